//! The OParl import: a council's complete record from its own server, the first time everything, then what changed.
//!
//! A run reads the system, its bodies and their lists page by page (`lists`), takes each object apart ([`tree`]) and writes
//! pages in one transaction each together with how far the list was read, so that a run killed at any moment goes on there.
//! What others refer to and no list held is asked for by its address. Nothing a server does fails a run but its complete
//! silence: what is wrong is a finding. Fetching and decoding happen on a thread of their own, writing on the caller's.
//!
//! Knows nothing of pages and command lines. Start with [`Import::run`]; the order of steps is in `run`.

pub mod desk;
mod fetch;
pub mod jobs;
mod lists;
mod run;
pub mod tree;

use crate::store::import_memory::Count;
use allmende_core::{Id, Site};
use allmende_db::{Conflicts, Db, DbError};
use allmende_oparl::{Findings, Kind};
use allmende_outbound::{Backoff, Client};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// What a run reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Everything, tombstones included, into a site that has nothing of this source yet.
    #[default]
    First,
    /// What was modified since the newest modification seen.
    Changes,
    /// Everything; what is gone from the server is withdrawn.
    Reconcile,
}

impl Mode {
    /// The word that the database uses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Changes => "changes",
            Self::Reconcile => "reconcile",
        }
    }

    /// The mode of such a word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::First, Self::Changes, Self::Reconcile].into_iter().find(|mode| mode.key() == key)
    }
}

/// What is done with files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FileMode {
    /// Only link to them.
    #[default]
    Link,
    /// Read their text and keep no copy.
    Text,
    /// Keep a copy.
    Keep,
}

impl FileMode {
    /// The word that the command line and the database use.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Text => "text",
            Self::Keep => "keep",
        }
    }
}

/// How a run is to be done. Whether private addresses may be asked is the client's policy.
#[derive(Debug, Clone)]
pub struct Options {
    /// What to read; chosen by what was read before if absent: everything the first time and after a week.
    pub mode: Option<Mode>,
    /// What to do with files.
    pub files: FileMode,
    /// So many objects are asked for per page, 1..=1000. Only a wish.
    pub limit: u32,
    /// How failed requests are repeated.
    pub backoff: Backoff,
    /// A running run that shows no sign of life for this long is taken over.
    pub silence: Duration,
    /// Set it to end the run after the page being written; it goes on next time.
    pub stop: Arc<AtomicBool>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            mode: None,
            files: FileMode::Link,
            limit: 500,
            backoff: Backoff { attempts_max: 6, ..Backoff::with_seed(0) },
            silence: Duration::from_secs(15),
            stop: Arc::default(),
        }
    }
}

/// What a run shows while it goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// What it is doing: `begin`, `lists`, `references`, `ends`.
    pub stage: &'static str,
    /// The list being read.
    pub list_url: Option<String>,
    /// Its page, from 1.
    pub page: i64,
    /// How many pages it has, if known.
    pub pages: Option<i64>,
    /// Objects met so far, parts included.
    pub objects: u64,
}

/// What a run did and found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The run's row.
    pub run_id: i64,
    /// What it read.
    pub mode: Mode,
    /// Whether it goes on where an earlier process was interrupted.
    pub is_resumed: bool,
    /// Objects by type.
    pub counts: BTreeMap<Kind, Count>,
    /// What the server got wrong.
    pub findings: Findings,
    /// Requests sent, repeated ones included.
    pub requests: u64,
    /// Time spent waiting for the server.
    pub waited: Duration,
    /// Time of the program's own work, decoding and writing added up.
    pub own: Duration,
}

impl Report {
    /// All types together.
    #[must_use]
    pub fn totals(&self) -> Count {
        self.counts.values().fold(Count::default(), |sum, count| Count {
            new: sum.new + count.new,
            changed: sum.changed + count.changed,
            unchanged: sum.unchanged + count.unchanged,
            withdrawn: sum.withdrawn + count.withdrawn,
        })
    }

    /// The counts of one type.
    #[must_use]
    pub fn count(&self, kind: Kind) -> Count {
        self.counts.get(&kind).copied().unwrap_or_default()
    }

    /// Adds what a transaction did.
    pub fn add(&mut self, counts: &BTreeMap<Kind, Count>) {
        for (kind, count) in counts {
            let sum = self.counts.entry(*kind).or_default();
            sum.new += count.new;
            sum.changed += count.changed;
            sum.unchanged += count.unchanged;
            sum.withdrawn += count.withdrawn;
        }
    }

    /// The counts as the database holds them: `{"Paper": [new, changed, unchanged, withdrawn], …}`.
    #[must_use]
    pub fn counts_json(&self) -> String {
        let map: serde_json::Map<_, _> = self
            .counts
            .iter()
            .map(|(kind, count)| (kind.name().to_owned(), serde_json::json!([count.new, count.changed, count.unchanged, count.withdrawn])))
            .collect();
        serde_json::Value::Object(map).to_string()
    }

    /// Takes over what an interrupted process counted.
    pub fn restore(&mut self, counts_json: &str) {
        let Ok(map) = serde_json::from_str::<BTreeMap<String, [u64; 4]>>(counts_json) else { return };
        for (name, [new, changed, unchanged, withdrawn]) in map {
            if let Some(kind) = Kind::from_type_url(&name) {
                self.counts.insert(kind, Count { new, changed, unchanged, withdrawn });
            }
        }
    }
}

/// Why a run did not come to its end. What was written stays; the next run goes on there.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Another run of this source is going on.
    #[error("another import of this source is running")]
    Busy,
    /// This run was taken over by another process.
    #[error("this import was taken over by another process")]
    TakenOver,
    /// The run was told to stop.
    #[error("stopped; the next import goes on here")]
    Stopped,
    /// The server's system or bodies could not be read.
    #[error("the server cannot be read: {0}")]
    Unreachable(String),
    /// The database did not do its part.
    #[error(transparent)]
    Database(#[from] DbError),
}

impl Conflicts for ImportError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Database(error) if error.is_conflict())
    }
}

/// One source of one site, ready to be imported.
#[derive(Debug)]
pub struct Import<'a> {
    /// Where it is written.
    pub db: &'a Db,
    /// For whom.
    pub site: Id<Site>,
    /// The address of the server's System object, or of a Body.
    pub url: &'a str,
    /// The way out. Its policy says which addresses may be asked and how large an answer may be.
    pub client: &'a Client,
    /// How.
    pub options: Options,
}

impl Import<'_> {
    /// Runs the import to its end, going on where an interrupted one stopped.
    ///
    /// # Errors
    /// [`ImportError`]; never for what single objects or lists have wrong.
    pub fn run(&self, progress: &dyn Fn(&Progress)) -> Result<Report, ImportError> {
        run::run(self, progress)
    }
}
