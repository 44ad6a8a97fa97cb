//! Writing a backup while the program runs: the database as one read transaction sees it, then the files.
//!
//! Kept files bear the hash of their content as their name and never change; those that the snapshot names were there before
//! it, so reading them afterwards finds them all.

use crate::seal::{self, Hashing};
use crate::{CONFIG, FOLDERS, FORMAT, MANIFEST, Manifest, Member, PART_BYTES, Step, TableNote, row};
use allmende_core::hex;
use allmende_db::{Db, DbError, EngineKind, Scope, Tx, dump};
use anyhow::{Context, Result, anyhow, bail};
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Zstandard's own default: as fast as the disk, a quarter of the size.
const LEVEL: i32 = 3;

type Archive = tar::Builder<zstd::Encoder<'static, Hashing<BufWriter<File>>>>;

/// What was written.
#[derive(Debug, Clone)]
pub struct Report {
    /// What is in it.
    pub manifest: Manifest,
    /// Size of the file in bytes.
    pub bytes: u64,
}

/// Writes a backup of a database and its data folder to a new file that only its owner may read.
///
/// # Errors
/// If the file exists, cannot be written, or the database or a file cannot be read. No half-written backup stays.
pub fn write(db: &Db, data: &Path, to: &Path, program: &'static str) -> Result<Report> {
    if to.exists() {
        bail!("{} exists already", to.display());
    }
    let unfinished = unfinished(to)?;
    let outcome = write_unfinished(db, data, &unfinished, program).and_then(|report| {
        std::fs::rename(&unfinished, to)?;
        if let Some(folder) = to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            File::open(folder)?.sync_all()?;
        }
        Ok(report)
    });
    if outcome.is_err() {
        let _ = std::fs::remove_file(&unfinished);
    }
    outcome
}

fn unfinished(to: &Path) -> Result<PathBuf> {
    let mut name = to.file_name().context("a file name is missing")?.to_owned();
    name.push(".part");
    Ok(to.with_file_name(name))
}

fn write_unfinished(db: &Db, data: &Path, to: &Path, program: &'static str) -> Result<Report> {
    let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(to).with_context(|| to.display().to_string())?;
    let mut encoder = zstd::Encoder::new(Hashing::new(BufWriter::with_capacity(256 * 1024, file)), LEVEL)?;
    encoder.include_checksum(true)?;
    let mut writer = Writer { archive: tar::Builder::new(encoder), members: Vec::new(), modified: 0 };
    let (mut writer, manifest) = db
        .read_blocking::<_, Stop>(Scope::Installation, move |tx| {
            let manifest = writer.database(tx, program)?;
            Ok((writer, manifest))
        })
        .map_err(|stop| stop.0)?;
    writer.files(data)?;
    let (manifest, hashed) = writer.finish(manifest)?;
    let mut output = seal::close(hashed)?;
    output.flush()?;
    let file = output.into_inner().map_err(|error| anyhow!("{error}"))?;
    file.sync_all()?;
    Ok(Report { manifest, bytes: file.metadata()?.len() })
}

/// Carries any error out of a database closure.
pub(crate) struct Stop(pub anyhow::Error);

impl From<DbError> for Stop {
    fn from(error: DbError) -> Self {
        Self(error.into())
    }
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Self(error)
    }
}

struct Writer {
    archive: Archive,
    members: Vec<Member>,
    modified: u64,
}

impl Writer {
    fn database(&mut self, tx: &mut Tx<'_>, program: &str) -> Result<Manifest> {
        let now = tx.now()?;
        self.modified = now.millis().unsigned_abs() / 1000;
        let migrations = dump::migrations(tx)?.into_iter().map(|(number, checksum)| Step { number, checksum }).collect();
        let mut tables = Vec::new();
        for table in dump::tables(tx)? {
            let last_id = dump::last_id(tx, &table)?;
            let rows = self.table(tx, &table)?;
            let columns = table.columns.into_iter().map(|(name, kind)| (name, kind.key().to_owned())).collect();
            tables.push(TableNote { name: table.name, columns, rows, last_id });
        }
        let engine = if tx.engine() == EngineKind::Sqlite { "sqlite" } else { "postgres" };
        Ok(Manifest {
            format: FORMAT.to_owned(),
            program: program.to_owned(),
            taken_at: now.timestamp().to_string(),
            engine: engine.to_owned(),
            migrations,
            tables,
            members: Vec::new(),
        })
    }

    fn table(&mut self, tx: &mut Tx<'_>, table: &dump::Table) -> Result<u64> {
        let (mut rows, mut parts, mut part) = (0, 0, Vec::with_capacity(PART_BYTES + 64 * 1024));
        dump::each_row::<Stop>(tx, table, |cells| {
            for position in 0..table.columns.len() {
                part.push(if position == 0 { b'[' } else { b',' });
                row::encode(&mut part, cells.cell(position)?)?;
            }
            part.extend_from_slice(b"]\n");
            rows += 1;
            if part.len() >= PART_BYTES {
                parts += 1;
                self.part(table, parts, &part)?;
                part.clear();
            }
            Ok(())
        })
        .map_err(|stop| stop.0)?;
        if !part.is_empty() {
            self.part(table, parts + 1, &part)?;
        }
        Ok(rows)
    }

    fn part(&mut self, table: &dump::Table, number: u32, lines: &[u8]) -> Result<()> {
        self.bytes(&format!("tables/{}/{number:06}.ndjson", table.name), lines)
    }

    fn bytes(&mut self, name: &str, content: &[u8]) -> Result<()> {
        let bytes = u64::try_from(content.len())?;
        let mut header = self.header(bytes);
        self.archive.append_data(&mut header, name, content)?;
        self.members.push(Member { name: name.to_owned(), bytes, sha256: hex(&Sha256::digest(content)) });
        Ok(())
    }

    fn header(&self, bytes: u64) -> tar::Header {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes);
        header.set_mode(0o600);
        header.set_mtime(self.modified);
        header.set_entry_type(tar::EntryType::Regular);
        header
    }

    fn files(&mut self, data: &Path) -> Result<()> {
        if data.join(CONFIG).is_file() {
            self.file(data, CONFIG)?;
        }
        for folder in FOLDERS {
            for name in names_below(data, folder)? {
                self.file(data, &name)?;
            }
        }
        Ok(())
    }

    fn file(&mut self, data: &Path, name: &str) -> Result<()> {
        let path = data.join(name);
        let file = match File::open(&path) {
            // Removed since its name was read: no row names it any more, or `doctor` will say so.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            opened => opened.with_context(|| path.display().to_string())?,
        };
        let bytes = file.metadata()?.len();
        let mut header = self.header(bytes);
        let mut content = Hashing::new(file.take(bytes));
        self.archive.append_data(&mut header, name, &mut content).with_context(|| path.display().to_string())?;
        if content.bytes != bytes {
            bail!("{} became shorter while it was read", path.display());
        }
        let (_, hash) = content.finish();
        self.members.push(Member { name: name.to_owned(), bytes, sha256: hex(&hash) });
        Ok(())
    }

    fn finish(mut self, mut manifest: Manifest) -> Result<(Manifest, Hashing<BufWriter<File>>)> {
        manifest.members = std::mem::take(&mut self.members);
        let text = serde_json::to_vec(&manifest)?;
        self.bytes(MANIFEST, &text)?;
        Ok((manifest, self.archive.into_inner()?.finish()?))
    }
}

/// The names of all files below a folder of the data folder, sorted. Links and unfinished files are left out.
fn names_below(data: &Path, folder: &str) -> Result<Vec<String>> {
    let mut names = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = match std::fs::read_dir(data.join(&folder)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            entries => entries.with_context(|| data.join(&folder).display().to_string())?,
        };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().into_string().map_err(|name| anyhow!("a file name that is not UTF-8: {}", name.to_string_lossy()))?;
            let kind = entry.file_type()?;
            // What is still being taken in lies in `incoming`.
            if kind.is_dir() && name != "incoming" {
                open.push(format!("{folder}/{name}"));
            } else if kind.is_file() && !name.ends_with(".part") {
                names.push(format!("{folder}/{name}"));
            }
        }
    }
    names.sort();
    Ok(names)
}
