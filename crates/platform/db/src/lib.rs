//! One SQL text on two engines: SQLite in the data folder, PostgreSQL for several nodes.
//!
//! A page or an act is one closure on one thread that owns one connection: one hop, one consistent snapshot, and nothing
//! half written, because dropping the transaction rolls back. SQLite has one writer that commits waiting closures together
//! and answers only when the commit is durable; on PostgreSQL a closure is repeated after a serialization failure and so
//! must have no other effect. Knows nothing of sites beyond their id, and no table. Read in this order: [`Db`], [`Tx`],
//! [`statement`], [`dialect`], then the two engines.

pub mod dialect;
pub mod dump;
mod durable;
mod error;
pub mod inspect;
pub mod migrate;
mod postgres;
mod row;
pub mod schema;
mod session;
mod sqlite;
pub mod statement;
pub mod stats;
mod turn;
mod tx;
mod value;
mod wire;

pub use crate::error::DbError;
pub use crate::row::{Cell, FromCell, Row};
pub use crate::statement::Statement;
pub use crate::tx::{Clock, Scope, Tx};
pub use crate::value::{Param, Value};
#[doc(hidden)]
pub use linkme;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Where the data are and how many threads serve them.
#[derive(Debug, Clone)]
pub struct Options {
    /// The engine and its address.
    pub target: Target,
    /// Threads that read, 1..=64. On PostgreSQL half as many write, and two at least.
    pub readers: usize,
    /// The clock that transactions see.
    pub clock: Clock,
}

/// An engine and the address of its data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A SQLite file; its folder must exist.
    Sqlite(PathBuf),
    /// A PostgreSQL connection string or URL.
    Postgres(String),
}

impl Target {
    /// Reads `sqlite:PATH`, `postgres://…` or `postgresql://…`.
    ///
    /// # Errors
    /// `DbError::Unavailable` for any other form.
    pub fn parse(text: &str) -> Result<Self, DbError> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            Ok(Self::Sqlite(PathBuf::from(path)))
        } else if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Ok(Self::Postgres(text.to_owned()))
        } else {
            Err(DbError::Unavailable("a database address begins with sqlite: or postgres://".to_owned()))
        }
    }
}

/// Which engine answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EngineKind {
    /// Embedded SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

type ReadJob = Box<dyn FnOnce(&mut Tx<'_>) + Send>;

/// One write waiting for its turn. `run` may be called again after a serialization failure; `tell` comes once, at the end.
trait WriteJob: Send {
    fn run(&mut self, tx: &mut Tx<'_>) -> Verdict;
    fn tell(self: Box<Self>, committed: Result<(), DbError>);
}

/// What a write closure decided about its own work.
enum Verdict {
    Keep,
    Discard,
    /// The closure met a conflict that another try may avoid.
    Conflict,
}

enum Engine {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

/// The database. Cheap to clone; closes when the last clone is gone.
#[derive(Clone)]
pub struct Db {
    engine: Arc<Engine>,
    clock: Clock,
    writes: Arc<AtomicU64>,
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Db").field("kind", &self.kind()).finish_non_exhaustive()
    }
}

impl Db {
    /// Opens the database and starts its threads. Tables are made by [`migrate::run`].
    ///
    /// # Errors
    /// `DbError::Unavailable` if the file cannot be opened or the server cannot be reached.
    pub fn open(options: &Options) -> Result<Self, DbError> {
        let readers = options.readers.clamp(1, 64);
        let engine = match &options.target {
            Target::Sqlite(path) => Engine::Sqlite(sqlite::Sqlite::open(path, readers)?),
            Target::Postgres(url) => Engine::Postgres(postgres::Postgres::open(url, readers)?),
        };
        Ok(Self { engine: Arc::new(engine), clock: options.clock, writes: Arc::default() })
    }

    /// The engine behind.
    #[must_use]
    pub fn kind(&self) -> EngineKind {
        match &*self.engine {
            Engine::Sqlite(_) => EngineKind::Sqlite,
            Engine::Postgres(_) => EngineKind::Postgres,
        }
    }

    /// The same database seen with another clock: tests and demos move time without waiting.
    #[must_use]
    pub fn with_clock(&self, clock: Clock) -> Self {
        Self { engine: Arc::clone(&self.engine), clock, writes: Arc::clone(&self.writes) }
    }

    /// Runs a closure that only reads, on one consistent snapshot.
    ///
    /// # Errors
    /// Whatever the closure returns; `DbError::Unavailable` if no connection is to be had.
    pub async fn read<T, E>(&self, scope: impl Into<Scope>, f: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (answer, wait) = tokio::sync::oneshot::channel();
        self.send_read(scope.into(), stats::current(), f, answer)?;
        wait.await.unwrap_or_else(|_| Err(DbError::Panicked.into()))
    }

    /// [`Db::read`] for threads outside the async runtime.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn read_blocking<T, E>(&self, scope: impl Into<Scope>, f: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (answer, wait) = tokio::sync::oneshot::channel();
        self.send_read(scope.into(), None, f, answer)?;
        wait.blocking_recv().unwrap_or_else(|_| Err(DbError::Panicked.into()))
    }

    /// Runs a closure that writes. Returns only when the commit is durable. An error of the closure rolls all of it back.
    /// A caller that goes away does not cancel the write.
    ///
    /// # Errors
    /// Whatever the closure returns; `DbError::Unavailable` or `DbError::Full` if the commit failed.
    pub async fn write<T, E>(&self, scope: impl Into<Scope>, f: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Conflicts + Send + 'static,
    {
        let (answer, wait) = tokio::sync::oneshot::channel();
        self.send_write(scope.into(), stats::current(), f, answer)?;
        wait.await.unwrap_or_else(|_| Err(DbError::Panicked.into()))
    }

    /// [`Db::write`] for threads outside the async runtime.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_blocking<T, E>(&self, scope: impl Into<Scope>, f: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Conflicts + Send + 'static,
    {
        let (answer, wait) = tokio::sync::oneshot::channel();
        self.send_write(scope.into(), None, f, answer)?;
        wait.blocking_recv().unwrap_or_else(|_| Err(DbError::Panicked.into()))
    }

    /// How often this process has written so far, counted before whoever wrote hears of it; what nobody sees ([`Tx::unseen`]) does not
    /// count. What was read while the number stood can be used again as long as it stands, as far as this process is concerned.
    #[must_use]
    pub fn writes(&self) -> u64 {
        self.writes.load(Ordering::Acquire)
    }

    /// Writes a consistent copy of a SQLite database to a new file while others read and write.
    ///
    /// # Errors
    /// `DbError::Unsupported` on PostgreSQL; otherwise what SQLite reports.
    pub fn copy_sqlite_to(&self, path: &std::path::Path) -> Result<(), DbError> {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.copy_to(path),
            Engine::Postgres(_) => Err(DbError::Unsupported("copying the file of a PostgreSQL database")),
        }
    }

    fn send_read<T, E>(
        &self,
        scope: Scope,
        stats: Option<Arc<stats::Stats>>,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        answer: tokio::sync::oneshot::Sender<Result<T, E>>,
    ) -> Result<(), DbError>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let clock = self.clock;
        let job: ReadJob = Box::new(move |tx| {
            tx.begin_for(scope, clock);
            let started = std::time::Instant::now();
            let result = f(tx);
            if let Some(stats) = stats {
                stats.add(tx.statements(), started.elapsed());
            }
            let _ = answer.send(result);
        });
        match &*self.engine {
            Engine::Sqlite(engine) => engine.read(job),
            Engine::Postgres(engine) => engine.read(job),
        }
    }

    fn send_write<T, E, F>(
        &self,
        scope: Scope,
        stats: Option<Arc<stats::Stats>>,
        work: F,
        answer: tokio::sync::oneshot::Sender<Result<T, E>>,
    ) -> Result<(), DbError>
    where
        T: Send + 'static,
        E: From<DbError> + Conflicts + Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let job = Box::new(Write {
            work,
            result: None,
            answer,
            scope,
            stats,
            clock: self.clock,
            after: Vec::new(),
            writes: Arc::clone(&self.writes),
            is_unseen: false,
        });
        match &*self.engine {
            Engine::Sqlite(engine) => engine.write(job),
            Engine::Postgres(engine) => engine.write(job),
        }
    }
}

/// Lets an application error say that it only wraps a conflict between two transactions.
pub trait Conflicts {
    /// True if the work should be tried again in a new transaction.
    fn is_conflict(&self) -> bool;
}

impl Conflicts for DbError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Conflict)
    }
}

struct Write<T, E, F> {
    work: F,
    result: Option<Result<T, E>>,
    answer: tokio::sync::oneshot::Sender<Result<T, E>>,
    scope: Scope,
    stats: Option<Arc<stats::Stats>>,
    clock: Clock,
    after: Vec<fn()>,
    writes: Arc<AtomicU64>,
    is_unseen: bool,
}

impl<T, E, F> WriteJob for Write<T, E, F>
where
    T: Send,
    E: From<DbError> + Conflicts + Send,
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> Verdict {
        tx.begin_for(self.scope, self.clock);
        let started = std::time::Instant::now();
        let result = (self.work)(tx);
        if let Some(stats) = &self.stats {
            stats.add(tx.statements(), started.elapsed());
        }
        let verdict = match &result {
            Ok(_) => Verdict::Keep,
            Err(error) if error.is_conflict() => Verdict::Conflict,
            Err(_) => Verdict::Discard,
        };
        self.result = Some(result);
        self.after = tx.take_after();
        self.is_unseen = tx.is_unseen();
        verdict
    }

    fn tell(self: Box<Self>, committed: Result<(), DbError>) {
        if !self.is_unseen {
            self.writes.fetch_add(1, Ordering::Release);
        }
        if committed.is_ok() && matches!(self.result, Some(Ok(_))) {
            self.after.iter().for_each(|then| then());
        }
        let result = match (committed, self.result) {
            (Err(error), None | Some(Ok(_))) => Err(error.into()),
            (_, Some(result)) => result,
            (Ok(()), None) => Err(DbError::Panicked.into()),
        };
        // The asker may be gone; the work stands all the same.
        let _ = self.answer.send(result);
    }
}

/// How long a statement waits for another process that writes to the same SQLite file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);
