//! PostgreSQL: each thread owns one client and its prepared statements; each closure is one transaction.
//!
//! Reads run REPEATABLE READ READ ONLY, writes SERIALIZABLE, so that a closure means the same as under SQLite's single
//! writer. A conflict repeats the closure, a lost connection is made anew before the next job.

use crate::error::DbError;
use crate::statement::Statement;
use crate::tx::{Engine, Tx};
use crate::value::Value;
use crate::{EngineKind, ReadJob, Verdict, WriteJob};
use allmende_core::Instant;
use crossbeam_channel::{Receiver, Sender, unbounded};
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::ToSql;
use postgres::{Client, Config, NoTls, SimpleQueryMessage};
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::Duration;

/// A write is tried so often before its asker hears of the conflict.
const TRIES_MAX: u32 = 12;
/// How often a closure is tried beside other writers before it goes alone.
const BESIDE_MAX: u32 = 4;

/// Each statement is planned once per connection, as under SQLite: planning anew with the values of each call, which the server
/// prefers for statements with several subqueries, took more time than running them. Nothing runs so long that compiling it pays.
const SETTINGS: &str = "-c plan_cache_mode=force_generic_plan -c jit=off";

pub(crate) struct Postgres {
    readers: Option<Sender<ReadJob>>,
    writers: Option<Sender<Box<dyn WriteJob>>>,
    threads: Vec<JoinHandle<()>>,
}

impl Postgres {
    /// Half as many threads write as read, and two at least: more of them would only meet in conflicts, and behind one a transaction
    /// that takes its time would stop all others.
    pub(crate) fn open(url: &str, readers: usize) -> Result<Self, DbError> {
        let mut config: Config = url.parse().map_err(|error: postgres::Error| DbError::Unavailable(error.to_string()))?;
        config.application_name("allmende").connect_timeout(Duration::from_secs(10)).keepalives_idle(Duration::from_secs(60));
        let settings = config.get_options().map_or_else(|| SETTINGS.to_owned(), |own| format!("{SETTINGS} {own}"));
        config.options(&settings);
        let (read_sender, read_receiver) = unbounded::<ReadJob>();
        let (write_sender, write_receiver) = unbounded();
        let mut threads = Vec::new();
        let turn = Arc::new(RwLock::new(()));
        for number in 0..readers {
            let mut reading = Session::connect(&config)?;
            let jobs = read_receiver.clone();
            threads.push(spawn(&format!("db-read-{number}"), move || read_loop(&mut reading, &jobs))?);
        }
        for number in 0..(readers / 2).max(2) {
            let mut writing = Session::connect(&config)?;
            let (jobs, turn) = (write_receiver.clone(), Arc::clone(&turn));
            threads.push(spawn(&format!("db-write-{number}"), move || write_loop(&mut writing, &jobs, &turn))?);
        }
        Ok(Self { readers: Some(read_sender), writers: Some(write_sender), threads })
    }

    pub(crate) fn read(&self, job: ReadJob) -> Result<(), DbError> {
        self.readers.as_ref().and_then(|sender| sender.send(job).ok()).ok_or_else(|| DbError::Unavailable("closing".to_owned()))
    }

    pub(crate) fn write(&self, job: Box<dyn WriteJob>) -> Result<(), DbError> {
        self.writers.as_ref().and_then(|sender| sender.send(job).ok()).ok_or_else(|| DbError::Unavailable("closing".to_owned()))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.readers = None;
        self.writers = None;
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, DbError> {
    std::thread::Builder::new().name(name.to_owned()).spawn(work).map_err(|error| DbError::Unavailable(error.to_string()))
}

/// One client with its prepared statements. The key is the statement's address: statements are statics.
pub(crate) struct Session {
    config: Config,
    client: Client,
    prepared: HashMap<usize, postgres::Statement>,
    /// The question for the time, of which there is one text per engine.
    clock: Option<postgres::Statement>,
}

impl Session {
    fn connect(config: &Config) -> Result<Self, DbError> {
        Ok(Self { client: config.connect(NoTls)?, config: config.clone(), prepared: HashMap::new(), clock: None })
    }

    /// Makes the connection anew if it was lost.
    fn ensure(&mut self) -> Result<(), DbError> {
        if self.client.is_closed() {
            self.client = self.config.connect(NoTls)?;
            self.prepared.clear();
            self.clock = None;
        }
        Ok(())
    }

    fn prepare(&mut self, statement: &'static Statement) -> Result<postgres::Statement, DbError> {
        let key = std::ptr::from_ref(statement).addr();
        if let Some(prepared) = self.prepared.get(&key) {
            return Ok(prepared.clone());
        }
        let prepared = self.client.prepare(statement.text(EngineKind::Postgres))?;
        self.prepared.insert(key, prepared.clone());
        Ok(prepared)
    }

    pub(crate) fn query(&mut self, statement: &'static Statement, values: &[Value<'_>]) -> Result<Vec<postgres::Row>, DbError> {
        let prepared = self.prepare(statement)?;
        Ok(self.client.query(&prepared, &bound(values))?)
    }

    pub(crate) fn execute(&mut self, statement: &'static Statement, values: &[Value<'_>]) -> Result<u64, DbError> {
        let prepared = self.prepare(statement)?;
        Ok(self.client.execute(&prepared, &bound(values))?)
    }

    /// The server's time at the start of the transaction. Not a counted statement: it is the facade's own question.
    pub(crate) fn now(&mut self) -> Result<Instant, DbError> {
        let clock = match self.clock.take() {
            Some(clock) => clock,
            None => self.client.prepare("SELECT CAST(extract(epoch FROM now()) * 1000 AS BIGINT)")?,
        };
        let millis = self.client.query_one(&clock, &[])?.try_get(0)?;
        self.clock = Some(clock);
        Ok(Instant::from_millis(millis))
    }

    pub(crate) const fn client(&mut self) -> &mut Client {
        &mut self.client
    }

    /// Rows one after the other, never all at once.
    pub(crate) fn each<E: From<DbError>>(&mut self, text: &str, mut visit: impl FnMut(&postgres::Row) -> Result<(), E>) -> Result<(), E> {
        let mut rows = self.client.query_raw(text, std::iter::empty::<&(dyn ToSql + Sync)>()).map_err(DbError::from)?;
        while let Some(row) = rows.next().map_err(DbError::from)? {
            visit(&row)?;
        }
        Ok(())
    }

    pub(crate) fn batch(&mut self, text: &str) -> Result<(), DbError> {
        Ok(self.client.batch_execute(text)?)
    }

    pub(crate) fn columns(&mut self, statement: &'static Statement) -> Result<Vec<String>, DbError> {
        Ok(self.prepare(statement)?.columns().iter().map(|column| column.name().to_owned()).collect())
    }

    pub(crate) fn rows_of(&mut self, text: &str) -> Result<Vec<Vec<Option<String>>>, DbError> {
        let messages = self.client.simple_query(text)?;
        Ok(messages
            .iter()
            .filter_map(|message| match message {
                SimpleQueryMessage::Row(row) => Some((0..row.len()).map(|position| row.get(position).map(str::to_owned)).collect()),
                _ => None,
            })
            .collect())
    }
}

fn bound<'v>(values: &'v [Value<'v>]) -> Vec<&'v (dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

fn read_loop(session: &mut Session, jobs: &Receiver<ReadJob>) {
    while let Ok(job) = jobs.recv() {
        let begun = session.ensure().and_then(|()| session.batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
        if let Err(error) = &begun {
            tracing::error!(%error, "could not begin to read");
        }
        let _ = catch_unwind(AssertUnwindSafe(|| job(&mut Tx::new(Engine::Postgres(session)))));
        if begun.is_ok() && session.batch("ROLLBACK").is_err() {
            tracing::warn!("connection lost while reading");
        }
    }
}

fn write_loop(session: &mut Session, jobs: &Receiver<Box<dyn WriteJob>>, turn: &RwLock<()>) {
    while let Ok(mut job) = jobs.recv() {
        let committed = transact(session, &mut *job, turn);
        job.tell(committed);
    }
}

/// Runs a closure in transactions until it commits, refuses, or has met too many conflicts.
///
/// Writers go beside each other and hold `turn` for reading. One that lost [`BESIDE_MAX`] times takes it for writing: then nobody of
/// this program stands in its way, so a long transaction among many short ones is not refused for ever.
fn transact(session: &mut Session, job: &mut dyn WriteJob, turn: &RwLock<()>) -> Result<(), DbError> {
    for attempt in 0..TRIES_MAX {
        let beside = (attempt < BESIDE_MAX).then(|| turn.read().unwrap_or_else(PoisonError::into_inner));
        let alone = (attempt >= BESIDE_MAX).then(|| turn.write().unwrap_or_else(PoisonError::into_inner));
        session.ensure()?;
        session.batch("BEGIN ISOLATION LEVEL SERIALIZABLE")?;
        let verdict = catch_unwind(AssertUnwindSafe(|| job.run(&mut Tx::new(Engine::Postgres(session)))));
        let outcome = match verdict {
            Ok(Verdict::Keep) => session.batch("COMMIT"),
            Ok(Verdict::Conflict) => session.batch("ROLLBACK").and(Err(DbError::Conflict)),
            Ok(Verdict::Discard) => return session.batch("ROLLBACK"),
            Err(_) => return session.batch("ROLLBACK").and(Err(DbError::Panicked)),
        };
        match outcome {
            Err(DbError::Conflict) if attempt + 1 < TRIES_MAX => {
                if session.client.is_closed() {
                    return Err(DbError::Unavailable("connection lost".to_owned()));
                }
                drop((beside, alone));
                // Waiting a little longer each time lets the other transaction finish.
                std::thread::sleep(Duration::from_millis(1 << attempt.min(6)));
            }
            other => return other,
        }
    }
    Err(DbError::Conflict)
}
