//! Jobs: work that leaves the request, written in the same transaction as its cause and done soon after.
//!
//! Owns the table `job`. A job is done at least once: whoever takes it holds a lease, and when the lease ends without word
//! another node takes it. Knows no kind of work: the server puts the [`Handlers`] together. Read in this order: [`enqueue`],
//! [`queue`], [`backoff`], [`runner`], [`overview`].

pub mod backoff;
pub mod overview;
pub mod queue;
pub mod runner;

pub use backoff::Backoff;
pub use queue::{NewJob, delete_old, enqueue, enqueue_later, retry};
pub use runner::{Runner, Running};

use allmende_core::{Id, Site};
use allmende_db::{Db, DbError};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Marker of a row of the table `job`.
#[derive(Debug)]
pub enum Job {}

/// How a job ended well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The work is done.
    Done,
    /// This part is done; the same job goes on after so many seconds, with its tries counted anew.
    Later(i64),
}

/// Why a job was not done. The text is for the administrator's page; it names no person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JobError {
    /// Another try may help: the job waits and runs again until its tries are used up.
    #[error("{0}")]
    Transient(String),
    /// No try will help: the job has failed.
    #[error("{0}")]
    Permanent(String),
}

impl From<DbError> for JobError {
    fn from(error: DbError) -> Self {
        Self::Transient(error.to_string())
    }
}

/// What the handler of a job is given.
#[derive(Clone)]
pub struct JobContext {
    /// The database.
    pub db: Db,
    /// The data folder.
    pub data: PathBuf,
    /// The site the job was written for; none for work of the whole installation.
    pub site: Option<Id<Site>>,
    /// The job.
    pub job: Id<Job>,
    /// Which try this is, from 1.
    pub attempt: i64,
    pub(crate) stop: Arc<AtomicBool>,
}

impl JobContext {
    /// Whether the program is about to end: long work should stop at the next good place and answer [`Outcome::Later`].
    #[must_use]
    pub fn should_stop(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// The work of one kind of job. It blocks its thread as long as it needs; the lease is renewed meanwhile.
pub type Handler = Arc<dyn Fn(&JobContext, &str) -> Result<Outcome, JobError> + Send + Sync>;

/// The work of several jobs of one kind, each with its payload. Says how each ended, in their order; a job that it says nothing of is
/// tried again.
pub type CrowdHandler = Arc<dyn Fn(&[(JobContext, String)]) -> Vec<Result<Outcome, JobError>> + Send + Sync>;

pub(crate) enum Work {
    One(Handler),
    Crowd(CrowdHandler),
}

pub(crate) struct Entry {
    pub backoff: Backoff,
    pub work: Work,
}

/// Runs work that may panic: then the job is tried again.
///
/// # Errors
/// Those of the work; `JobError::Transient` after a panic.
pub fn guarded<T>(work: impl FnOnce() -> Result<T, JobError>) -> Result<T, JobError> {
    let panicked = |_| Err(JobError::Transient("the work panicked".to_owned()));
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).unwrap_or_else(panicked)
}

/// Which work belongs to which kind of job.
#[derive(Default)]
pub struct Handlers {
    entries: HashMap<&'static str, Entry>,
}

impl Handlers {
    /// No kinds yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a kind with the waits between its tries.
    #[must_use]
    pub fn with(
        mut self,
        kind: &'static str,
        backoff: Backoff,
        handler: impl Fn(&JobContext, &str) -> Result<Outcome, JobError> + Send + Sync + 'static,
    ) -> Self {
        self.entries.insert(kind, Entry { backoff, work: Work::One(Arc::new(handler)) });
        self
    }

    /// [`Handlers::with`] for work that is done in a moment and comes in crowds, such as mails: a worker takes several at once. The handler
    /// looks after [`JobContext::should_stop`] between them.
    #[must_use]
    pub fn with_crowd(
        mut self,
        kind: &'static str,
        backoff: Backoff,
        handler: impl Fn(&[(JobContext, String)]) -> Vec<Result<Outcome, JobError>> + Send + Sync + 'static,
    ) -> Self {
        self.entries.insert(kind, Entry { backoff, work: Work::Crowd(Arc::new(handler)) });
        self
    }

    /// The kinds in alphabetical order.
    #[must_use]
    pub fn kinds(&self) -> Vec<&'static str> {
        let mut kinds: Vec<_> = self.entries.keys().copied().collect();
        kinds.sort_unstable();
        kinds
    }

    pub(crate) fn crowd_kinds(&self) -> Vec<&'static str> {
        self.entries.iter().filter(|(_, entry)| matches!(entry.work, Work::Crowd(_))).map(|(kind, _)| *kind).collect()
    }

    pub(crate) fn find(&self, kind: &str) -> Option<&Entry> {
        self.entries.get(kind)
    }
}

/// Work that comes again and again. However many nodes run, each span of time has it once.
#[derive(Debug, Clone, Copy)]
pub struct Every {
    /// Its name, part of the key that makes it unique.
    pub key: &'static str,
    /// Length of a span in seconds, at least 1. Spans are counted from 1970-01-01T00:00:00Z.
    pub seconds: i64,
    /// The kind of job.
    pub kind: &'static str,
}
