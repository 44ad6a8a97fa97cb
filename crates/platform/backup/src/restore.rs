//! Restoring a backup into an empty folder and an empty database.

use crate::read::{each_member, verify};
use crate::seal::Hashing;
use crate::write::Stop;
use crate::{FOLDERS, Manifest, Member, TableNote, row};
use allmende_core::hex;
use allmende_db::dump::{self, ColumnKind, Table};
use allmende_db::migrate::Migration;
use allmende_db::{Conflicts, Db, DbError, Scope, Tx, migrate};
use anyhow::{Context, Result, anyhow, bail};
use std::collections::HashMap;
use std::fs::OpenOptions;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Checks a backup, unpacks its files into an empty or new folder, lets `open` open the database that belongs to the folder
/// (with no tables yet) and fills it. Afterwards the database is at the newest of `migrations`.
///
/// # Errors
/// If the backup is damaged or newer than the program, the folder or the database is not empty, or writing fails. The folder is
/// empty again then; the database is as it was, or has empty tables.
pub fn restore(path: &Path, data: &Path, migrations: &'static [Migration], open: impl FnOnce() -> Result<Db>) -> Result<Manifest> {
    let manifest = verify(path)?;
    check_migrations(&manifest, migrations)?;
    prepare(data)?;
    let outcome = unpack(path, data, &manifest).and_then(|()| {
        let db = open()?;
        fill(path, &db, &manifest, migrations)
    });
    if outcome.is_err() {
        clear(data);
    }
    outcome.map(|()| manifest)
}

fn check_migrations(manifest: &Manifest, migrations: &'static [Migration]) -> Result<()> {
    for step in &manifest.migrations {
        match migrations.iter().find(|migration| migration.number == step.number) {
            None => bail!("the backup is of a newer program (step {} of the schema): take version {} or newer", step.number, manifest.program),
            Some(migration) if migration.checksum() != step.checksum => bail!("step {} of the schema differs from this program's", step.number),
            Some(_) => {}
        }
    }
    Ok(())
}

fn prepare(data: &Path) -> Result<()> {
    if data.exists() {
        if std::fs::read_dir(data).with_context(|| data.display().to_string())?.next().is_some() {
            bail!("{} is not empty: a backup is restored into an empty folder only", data.display());
        }
        return Ok(());
    }
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(data).with_context(|| data.display().to_string())
}

/// The folder was empty before: whatever is in it now came from here.
fn clear(data: &Path) {
    for entry in std::fs::read_dir(data).into_iter().flatten().flatten() {
        let path = entry.path();
        let _ = if path.is_dir() { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
    }
}

fn unpack(path: &Path, data: &Path, manifest: &Manifest) -> Result<()> {
    let notes = notes(manifest);
    each_member(path, |name, entry| {
        let is_file = name == crate::CONFIG || FOLDERS.iter().any(|folder| name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')));
        if !is_file {
            return Ok(());
        }
        let target = data.join(name);
        if let Some(folder) = target.parent() {
            std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        }
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&target).with_context(|| target.display().to_string())?;
        let mut content = Hashing::new(entry);
        std::io::copy(&mut content, &mut file)?;
        file.sync_all()?;
        as_noted(&notes, name, content)
    })
}

fn notes(manifest: &Manifest) -> HashMap<&str, &Member> {
    manifest.members.iter().map(|member| (member.name.as_str(), member)).collect()
}

/// The file was checked before; this is the second reading, and it must be the same file still.
fn as_noted<R>(notes: &HashMap<&str, &Member>, name: &str, content: Hashing<R>) -> Result<()> {
    let (_, hash) = content.finish();
    match notes.get(name) {
        Some(note) if note.sha256 == hex(&hash) => Ok(()),
        _ => bail!("{name} changed while it was read"),
    }
}

impl Conflicts for Stop {
    fn is_conflict(&self) -> bool {
        matches!(self.0.downcast_ref(), Some(DbError::Conflict))
    }
}

fn fill(path: &Path, db: &Db, manifest: &Manifest, migrations: &'static [Migration]) -> Result<()> {
    let count = migrations.iter().filter(|migration| migration.number <= manifest.schema_step()).count();
    migrate::run(db, &migrations[..count]).context("the database cannot be prepared")?;
    let (path, manifest): (PathBuf, Manifest) = (path.to_owned(), manifest.clone());
    db.write_blocking(Scope::Installation, move |tx| fill_tables(tx, &path, &manifest).map_err(Stop)).map_err(|stop: Stop| stop.0)?;
    migrate::run(db, migrations).context("the database cannot be brought to this program's schema")?;
    Ok(())
}

fn fill_tables(tx: &mut Tx<'_>, path: &Path, manifest: &Manifest) -> Result<()> {
    if !dump::is_empty(tx)? {
        bail!("the database is not empty: a backup is restored into an empty one only");
    }
    let tables = matched(tx, manifest)?;
    let unchecked = dump::leave_references_open(tx)?;
    let notes = notes(manifest);
    let mut rows: HashMap<&str, u64> = HashMap::new();
    each_member(path, |name, entry| {
        let Some(table) = name.strip_prefix("tables/").and_then(|rest| rest.split('/').next()).and_then(|name| tables.get(name)) else { return Ok(()) };
        let mut content = Hashing::new(entry);
        let mut lines = Lines { reader: BufReader::with_capacity(256 * 1024, &mut content), line: Vec::new() };
        *rows.entry(&table.name).or_default() += dump::fill::<Stop>(tx, table, || lines.next(table).map_err(Stop)).map_err(|stop| stop.0)?;
        as_noted(&notes, name, content)
    })?;
    for note in &manifest.tables {
        let found = rows.get(note.name.as_str()).copied().unwrap_or(0);
        if found != note.rows {
            bail!("{} has {found} rows instead of {}", note.name, note.rows);
        }
        if let (Some(last), Some(table)) = (note.last_id, tables.get(&note.name)) {
            dump::set_last_id(tx, table, last)?;
        }
    }
    dump::check_references(tx, &unchecked)?;
    dump::count_tables(tx)?;
    Ok(())
}

struct Lines<R> {
    reader: R,
    line: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    fn next(&mut self, table: &Table) -> Result<Option<Vec<dump::Owned>>> {
        self.line.clear();
        if self.reader.read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        row::decode(&self.line, &table.columns).map(Some).with_context(|| format!("in the table {}", table.name))
    }
}

/// The tables of the backup as the migrated database has them: same names, same columns, in the backup's order.
fn matched(tx: &mut Tx<'_>, manifest: &Manifest) -> Result<HashMap<String, Table>> {
    let here: HashMap<String, Table> = dump::tables(tx)?.into_iter().map(|table| (table.name.clone(), table)).collect();
    let matches = |note: &TableNote| -> Result<Table> {
        let columns = note.columns.iter().map(|(name, kind)| Ok((name.clone(), ColumnKind::from_key(kind).ok_or_else(|| anyhow!("the type {kind}"))?)));
        let table = Table { name: note.name.clone(), columns: columns.collect::<Result<_>>()? };
        let mut sorted = table.columns.clone();
        sorted.sort_by(|a, b| a.0.cmp(&b.0));
        match here.get(&note.name) {
            Some(found) if found.columns == sorted => Ok(table),
            _ => bail!("the table {} is another one here", note.name),
        }
    };
    if manifest.tables.len() != here.len() {
        bail!("the backup has {} tables, this schema {}", manifest.tables.len(), here.len());
    }
    manifest.tables.iter().map(|note| Ok((note.name.clone(), matches(note)?))).collect()
}
