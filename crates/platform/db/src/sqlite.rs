//! SQLite: threads that read, one thread that writes.
//!
//! The writer takes whatever waits, runs each closure in a savepoint of its own, commits them together and only then tells
//! each asker. `synchronous=FULL` makes that answer a promise: in a test with lost power NORMAL broke it, FULL never did.

use crate::error::DbError;
use crate::tx::{Engine, Tx};
use crate::{BUSY_TIMEOUT, ReadJob, Verdict, WriteJob};
use crossbeam_channel::{Receiver, Sender, unbounded};
use rusqlite::{Connection, OpenFlags};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

/// As many closures commit together at the most; more would let the first of them wait too long.
const GROUP_MAX: usize = 256;

pub(crate) struct Sqlite {
    path: PathBuf,
    readers: Option<Sender<ReadJob>>,
    writer: Option<Sender<Box<dyn WriteJob>>>,
    /// The writer, then the readers.
    threads: Vec<JoinHandle<()>>,
}

impl Sqlite {
    pub(crate) fn open(path: &Path, readers: usize) -> Result<Self, DbError> {
        let writing = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        writing.pragma_update(None, "journal_mode", "WAL")?;
        writing.pragma_update(None, "synchronous", "FULL")?;
        writing.pragma_update(None, "foreign_keys", 1)?;
        let (read_sender, read_receiver) = unbounded::<ReadJob>();
        let (write_sender, write_receiver) = unbounded();
        let mut threads = vec![spawn("db-write", move || write_loop(&writing, &write_receiver))?];
        for number in 0..readers {
            let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
            connection.pragma_update(None, "query_only", 1)?;
            let jobs = read_receiver.clone();
            threads.push(spawn(&format!("db-read-{number}"), move || read_loop(&connection, &jobs))?);
        }
        Ok(Self { path: path.to_owned(), readers: Some(read_sender), writer: Some(write_sender), threads })
    }

    pub(crate) fn read(&self, job: ReadJob) -> Result<(), DbError> {
        send(self.readers.as_ref(), job)
    }

    pub(crate) fn write(&self, job: Box<dyn WriteJob>) -> Result<(), DbError> {
        send(self.writer.as_ref(), job)
    }

    pub(crate) fn copy_to(&self, to: &Path) -> Result<(), DbError> {
        let connection = connect(&self.path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let target = to.to_str().ok_or(DbError::Unsupported("a path that is not UTF-8"))?;
        connection.execute("VACUUM INTO ?1", [target])?;
        Ok(())
    }
}

fn send<T>(sender: Option<&Sender<T>>, job: T) -> Result<(), DbError> {
    sender.and_then(|sender| sender.send(job).ok()).ok_or_else(|| DbError::Unavailable("closing".to_owned()))
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        // The writer goes last: the last connection to close brings the log into the file, and readers may not write.
        self.readers = None;
        for thread in self.threads.drain(1..) {
            let _ = thread.join();
        }
        self.writer = None;
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, DbError> {
    std::thread::Builder::new().name(name.to_owned()).spawn(work).map_err(|error| DbError::Unavailable(error.to_string()))
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, DbError> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(512);
    // Without it SQLite compiles a statement again for each value that it can plan with, such as that of `LIMIT $1`.
    connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.pragma_update(None, "cache_size", -8_000)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // Untrusted text reaches the database, untrusted schemas never should.
    connection.pragma_update(None, "trusted_schema", 0)?;
    Ok(connection)
}

fn read_loop(connection: &Connection, jobs: &Receiver<ReadJob>) {
    while let Ok(job) = jobs.recv() {
        // Without a transaction every statement would see its own moment.
        if let Err(error) = connection.prepare_cached("BEGIN").and_then(|mut begin| begin.raw_execute()) {
            tracing::error!(%error, "could not begin to read");
        }
        let _ = catch_unwind(AssertUnwindSafe(|| job(&mut Tx::new(Engine::Sqlite(connection)))));
        if let Err(error) = connection.prepare_cached("ROLLBACK").and_then(|mut end| end.raw_execute()) {
            tracing::error!(%error, "could not end reading");
        }
    }
}

fn write_loop(connection: &Connection, jobs: &Receiver<Box<dyn WriteJob>>) {
    while let Ok(first) = jobs.recv() {
        let mut group = vec![first];
        while group.len() < GROUP_MAX
            && let Ok(next) = jobs.try_recv()
        {
            group.push(next);
        }
        if let Err(error) = connection.execute_batch("BEGIN IMMEDIATE").map_err(DbError::from) {
            for job in group {
                job.tell(Err(error.again()));
            }
            continue;
        }
        let mut waiting = Vec::with_capacity(group.len());
        for mut job in group {
            let outcome = in_savepoint(connection, &mut *job);
            match outcome {
                Ok(()) => waiting.push(job),
                Err(error) => job.tell(Err(error)),
            }
        }
        let committed = connection.execute_batch("COMMIT").map_err(DbError::from);
        if committed.is_err() && !connection.is_autocommit() {
            let _ = connection.execute_batch("ROLLBACK");
        }
        for job in waiting {
            job.tell(committed.as_ref().copied().map_err(DbError::again));
        }
    }
}

/// Runs one closure of a group. Its failure leaves the others' work alone.
fn in_savepoint(connection: &Connection, job: &mut dyn WriteJob) -> Result<(), DbError> {
    connection.prepare_cached("SAVEPOINT one")?.raw_execute()?;
    let verdict = catch_unwind(AssertUnwindSafe(|| job.run(&mut Tx::new(Engine::Sqlite(connection)))));
    if let Ok(Verdict::Keep) = verdict {
        connection.prepare_cached("RELEASE one")?.raw_execute()?;
        return Ok(());
    }
    connection.execute_batch("ROLLBACK TO one; RELEASE one")?;
    match verdict {
        Ok(_) => Ok(()),
        Err(_) => Err(DbError::Panicked),
    }
}
