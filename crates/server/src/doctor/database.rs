//! The database: reachable, whole, at the right schema, with sites that fit the settings and files that are there.

use super::{Finding, settings};
use crate::config::Config;
use crate::rooms;
use allmende_core::Instant;
use allmende_db::{Clock, Db, DbError, Options, Scope, Target, Tx, dump, inspect, schema};
use allmende_platform::sites::{self, host_of};
use std::collections::HashSet;
use std::path::Path;

/// Clocks may differ by so much.
const CLOCK_MILLIS_MAX: i64 = 5_000;
/// The oldest PostgreSQL that is tested.
const POSTGRES_MIN: i64 = 150_000;

struct Seen {
    applied: Vec<(i64, String)>,
    damage: Vec<String>,
    server: Option<(i64, String)>,
    now: Instant,
}

/// Everything that needs the database.
#[must_use]
pub fn examine(config: &Config, data: &Path) -> Vec<Finding> {
    let Ok(target) = config.target(data) else { return Vec::new() };
    if let Target::Sqlite(path) = &target
        && !path.exists()
    {
        return vec![Finding::error("database", format!("{} is not there", path.display()), "Make it with `allmende init`, or restore a backup.")];
    }
    let db = match Db::open(&Options { target, readers: 1, clock: Clock::Database }) {
        Ok(db) => db,
        Err(error) => return vec![Finding::error("database", format!("the database cannot be opened: {error}"), "Check address, user and server.")],
    };
    let seen = db.read_blocking::<_, DbError>(Scope::Installation, |tx| {
        Ok(Seen { damage: inspect::damage(tx)?, applied: dump::migrations(tx)?, server: inspect::server(tx)?, now: tx.now()? })
    });
    let seen = match seen {
        Ok(seen) => seen,
        Err(error) => return vec![Finding::error("database", format!("the database cannot be read: {error}"), "Restore the last backup.")],
    };
    let mut findings = engine(&seen);
    let schema = migrations(&seen.applied);
    let is_usable = schema.is_empty();
    findings.extend(schema);
    if is_usable {
        findings.extend(content(&db, config, data).unwrap_or_else(|error| vec![Finding::error("database", error.to_string(), "Restore the last backup.")]));
    }
    findings
}

fn engine(seen: &Seen) -> Vec<Finding> {
    let damaged = |line: &String| Finding::error("integrity", line.clone(), "Stop the program, keep the folder, restore the last backup.");
    let mut findings: Vec<Finding> = seen.damage.iter().map(damaged).collect();
    if findings.is_empty() {
        findings.push(Finding::ok("integrity", "the database is whole"));
    }
    if let Some((version, encoding)) = &seen.server {
        if *version < POSTGRES_MIN {
            findings.push(Finding::error("postgres", format!("PostgreSQL {} is too old", version / 10_000), "Take PostgreSQL 15 or newer."));
        }
        if encoding != "UTF8" {
            findings.push(Finding::error("postgres", format!("the database's encoding is {encoding}"), "Create it with --encoding=UTF8 and restore a backup."));
        }
    }
    let apart = seen.now.millis() - jiff::Timestamp::now().as_millisecond();
    if apart.abs() > CLOCK_MILLIS_MAX {
        let text = format!("the database's clock is {} seconds apart from this machine's", apart / 1000);
        findings.push(Finding::warning("clock", text, "Let both follow a time server: deadlines are judged by the database's clock."));
    }
    findings
}

fn migrations(applied: &[(i64, String)]) -> Vec<Finding> {
    let known = schema::MIGRATIONS;
    let mut findings = Vec::new();
    for (number, checksum) in applied {
        match known.iter().find(|migration| migration.number == *number) {
            None => findings.push(Finding::error("schema", format!("the database was used by a newer program (step {number})"), "Take that program.")),
            Some(migration) if migration.checksum() != *checksum => {
                findings.push(Finding::error("schema", format!("step {number} of the schema is another one"), "Take the program that made this database."));
            }
            Some(_) => {}
        }
    }
    if findings.is_empty() && applied.len() < known.len() {
        let text = format!("the database lacks {} steps of the schema", known.len() - applied.len());
        findings.push(Finding::warning("schema", text, "Make a backup; the next start of `allmende serve` makes the steps."));
    }
    findings
}

fn content(db: &Db, config: &Config, data: &Path) -> Result<Vec<Finding>, DbError> {
    let (sites, wanted) = db.read_blocking::<_, DbError>(Scope::Installation, |tx: &mut Tx<'_>| {
        let mut wanted = HashSet::new();
        for list in rooms::KEPT {
            wanted.extend(list(tx)?);
        }
        Ok((sites::list(tx)?, wanted))
    })?;
    let mut findings = addresses(&sites, config);
    for key in config.mail.sites.keys().filter(|key| !sites.iter().any(|site| site.key == **key)) {
        findings.push(Finding::warning("mail-sites", format!("`mail.sites` names {key}, which is no site"), "Correct or remove the key."));
    }
    findings.extend(files(data, &wanted));
    Ok(findings)
}

fn addresses(sites: &[sites::Settings], config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    if sites.is_empty() {
        findings.push(Finding::error("sites", "there is no site", "Make one with `allmende init` in a new folder."));
    }
    for site in sites {
        let host = host_of(&site.base_url).unwrap_or_default();
        let is_here = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
        if site.base_url.starts_with("http://") && !is_here {
            let text = format!("{} is reached without encryption at {}", site.key, site.base_url);
            findings.push(Finding::error("https", text, "Put a reverse proxy with TLS in front and set an address with https://."));
        }
        if is_here && settings::is_public(&config.listen) == Some(true) {
            let text = format!("{} answers the public, but its address is {}", site.key, site.base_url);
            findings.push(Finding::warning("base-url", text, "Set the address under which the public finds it."));
        }
        if site.base_url.starts_with("https://") && !config.behind_proxy {
            let text = format!("{} is behind a proxy that ends TLS, but `behind_proxy` is false: all clients seem to be one", site.key);
            findings.push(Finding::warning("proxy", text, "Set `behind_proxy` to true and let only the proxy reach the program."));
        }
    }
    findings
}

/// Contents that rows name against contents that are there.
fn files(data: &Path, wanted: &HashSet<String>) -> Vec<Finding> {
    let mut here = HashSet::new();
    let mut open = vec![data.join("files")];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && name != "incoming" => open.push(entry.path()),
                Ok(kind) if kind.is_file() && name.len() == 64 => {
                    here.insert(name);
                }
                _ => {}
            }
        }
    }
    let (missing, orphaned) = (wanted.difference(&here).count(), here.difference(wanted).count());
    let mut findings = Vec::new();
    if missing > 0 {
        findings.push(Finding::error("files", format!("{missing} kept files are missing"), "Restore them from the last backup (folder files)."));
    }
    if orphaned > 0 {
        findings.push(Finding::warning("files", format!("{orphaned} kept files belong to nothing"), "Nothing to do: they are removed after a day."));
    }
    if findings.is_empty() {
        findings.push(Finding::ok("files", format!("{} kept files, all there", here.len())));
    }
    findings
}
