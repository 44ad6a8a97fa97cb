//! Killed at any moment (SIGKILL, the real program), it loses nothing that it acknowledged and leaves nothing half done:
//! while it imports and while people enter things by hand.
//!
//! Moments of the kills come from a seed, so that a failure can be repeated. `ALLMENDE_KILL_CYCLES` sets how many kills each
//! test makes, `ALLMENDE_KILL_SEED` the seed; `cargo xtask bench crash` runs the same with 100. Read in this order:
//! [`import`], [`entry`].

mod entry;
mod import;
#[path = "../program/mod.rs"]
mod program;

use allmende::config::Config;
use allmende_db::{Clock, Db, DbError, Options, Scope, inspect};
use allmende_testing::Server;
use anyhow::{Result, ensure};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How many kills one test makes, if nothing else is said.
fn kills(usual: usize) -> usize {
    number("ALLMENDE_KILL_CYCLES").and_then(|number| usize::try_from(number).ok()).unwrap_or(usual)
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// Numbers that look random and are the same for the same seed. Source: SplitMix64.
struct Moments(u64);

impl Moments {
    fn new() -> Self {
        let seed = number("ALLMENDE_KILL_SEED").unwrap_or(20_261_121);
        println!("seed {seed}");
        Self(seed)
    }

    /// A number from 0 to `below`, which it does not reach.
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % below.max(1)
    }

    fn within(&mut self, span: Duration) -> Duration {
        Duration::from_micros(self.next(u64::try_from(span.as_micros()).unwrap_or(u64::MAX)))
    }
}

/// Where a test keeps its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// A folder for data folders and, on PostgreSQL, the databases behind them, which go with it.
struct Ground {
    folder: tempfile::TempDir,
    server: Option<Server>,
    databases: Vec<String>,
}

impl Ground {
    fn new(engine: Engine) -> Result<Self> {
        let server = if engine == Engine::Postgres { Some(Server::from_environment()?) } else { None };
        Ok(Self { folder: tempfile::tempdir()?, server, databases: Vec::new() })
    }

    /// Makes a data folder and returns it with the first administrator's link.
    fn init(&mut self, name: &str) -> Result<(PathBuf, String)> {
        let data = self.folder.path().join(name);
        let url = match &self.server {
            None => None,
            Some(server) => {
                let database = server.create()?;
                let url = server.url_of(&database);
                self.databases.push(database);
                Some(url)
            }
        };
        let said = program::init(&data, url.as_deref())?;
        Ok((data, said.lines().last().unwrap_or_default().to_owned()))
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        for database in &self.databases {
            if let Some(server) = &self.server {
                let _ = server.remove(database);
            }
        }
    }
}

/// The database of a data folder, beside the program.
fn open(data: &Path) -> Result<Db> {
    Ok(Db::open(&Options { target: Config::load(data)?.target(data)?, readers: 1, clock: Clock::Database })?)
}

/// Fails unless the engine finds its own data whole: structure, indexes, references. PostgreSQL holds references itself.
fn check_integrity(db: &Db) -> Result<()> {
    let damage = db.read_blocking::<_, DbError>(Scope::Installation, inspect::damage)?;
    ensure!(damage.is_empty(), "{damage:?}");
    Ok(())
}
