//! `allmende backup` and `allmende restore`.

use super::DataFolder;
use crate::config::{Config, FILE};
use allmende_backup::Manifest;
use allmende_core::Instant;
use allmende_db::{Clock, Db, Options, schema};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// What the administrators' page shows of the last backup; lies in the data folder.
const NOTE: &str = "last-backup.json";

/// Writes a backup while the program runs, or checks one.
#[derive(Debug, clap::Args)]
pub(super) struct Backup {
    /// The data folder
    #[arg(long, env = "ALLMENDE_DATA", value_name = "DIR", required_unless_present = "verify")]
    data: Option<PathBuf>,
    /// The new file
    #[arg(long, value_name = "FILE", required_unless_present = "verify")]
    to: Option<PathBuf>,
    /// Check every byte of an existing backup instead
    #[arg(long, value_name = "FILE", conflicts_with = "to")]
    verify: Option<PathBuf>,
}

impl Backup {
    pub(super) fn run(self) -> Result<()> {
        if let Some(file) = &self.verify {
            tell(&allmende_backup::verify(file)?);
            return Ok(());
        }
        let (Some(data), Some(to)) = (self.data, self.to) else { bail!("--data and --to belong together") };
        let config = Config::load(&data)?;
        let target = config.target(&data)?;
        if let allmende_db::Target::Sqlite(path) = &target
            && !path.exists()
        {
            bail!("{} is not there", path.display());
        }
        // Not migrated: a backup before an upgrade is of the schema that is there.
        let db = Db::open(&Options { target, readers: 1, clock: Clock::Database }).context("the database cannot be opened")?;
        let report = allmende_backup::write(&db, &data, &to, env!("CARGO_PKG_VERSION"))?;
        note(&data, &report)?;
        tell(&report.manifest);
        println!("{} ({} MB)", to.display(), report.bytes.div_ceil(1_000_000));
        Ok(())
    }
}

fn note(data: &Path, report: &allmende_backup::Report) -> Result<()> {
    let at: Instant = report.manifest.taken_at.parse::<jiff::Timestamp>()?.into();
    let text = serde_json::json!({ "at": at, "bytes": report.bytes });
    std::fs::write(data.join(NOTE), text.to_string()).context("the backup is written, but could not be noted in the data folder")
}

fn tell(manifest: &Manifest) {
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    let files = manifest.members.iter().filter(|member| member.name.starts_with("files/")).count();
    println!(
        "{} of {}, schema step {}: {rows} rows in {} tables, {files} files",
        manifest.engine,
        manifest.taken_at,
        manifest.schema_step(),
        manifest.tables.len()
    );
}

/// Restores a backup into an empty folder.
#[derive(Debug, clap::Args)]
pub(super) struct Restore {
    /// The backup
    file: PathBuf,
    #[command(flatten)]
    folder: DataFolder,
    /// Another database than the backup's configuration names: postgres://user@host/database, or `sqlite` for a file in the folder
    #[arg(long, value_name = "URL")]
    database: Option<String>,
}

impl Restore {
    pub(super) fn run(self) -> Result<()> {
        let data = &self.folder.data;
        let manifest = allmende_backup::restore(&self.file, data, schema::MIGRATIONS, || {
            if let Some(database) = &self.database {
                set_database(data, if database == "sqlite" { "" } else { database })?;
            }
            let config = Config::load(data)?;
            let options = Options { target: config.target(data)?, readers: 1, clock: Clock::Database };
            Db::open(&options).context("the database cannot be opened")
        })?;
        tell(&manifest);
        println!("Restored. Look at it with: allmende doctor --data {}", data.display());
        Ok(())
    }
}

/// Writes the address of the database into the restored configuration; the rest of it, comments too, stays.
fn set_database(data: &Path, database: &str) -> Result<()> {
    let file = data.join(FILE);
    let text = if file.exists() { std::fs::read_to_string(&file)? } else { String::new() };
    let line = format!("database = {}", toml::Value::from(database));
    let is_key = |line: &str| line.split('=').next().is_some_and(|key| key.trim() == "database");
    let mut lines: Vec<&str> = text.lines().filter(|line| !is_key(line)).collect();
    // Before the first table: behind it the key would belong to the table.
    let place = lines.iter().position(|line| line.trim_start().starts_with('[')).unwrap_or(lines.len());
    lines.insert(place, &line);
    std::fs::write(&file, lines.join("\n") + "\n")?;
    Ok(())
}
