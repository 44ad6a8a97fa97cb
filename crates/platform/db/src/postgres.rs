//! PostgreSQL: each thread owns one connection ([`crate::session`]); each closure is one transaction.
//!
//! Reads run REPEATABLE READ READ ONLY, writes SERIALIZABLE, so that a closure means the same as under SQLite's single
//! writer. Closures that wait are committed together, as there, and are told when that is durable ([`crate::durable`]). A conflict
//! repeats the closure, a lost connection is made anew before the next job.

use crate::durable::{Committed, Durable};
use crate::error::DbError;
use crate::session::Session;
use crate::turn::{Taken, Turn, Way};
use crate::tx::{Engine, Tx};
use crate::{ReadJob, Verdict, WriteJob};
use crossbeam_channel::{Receiver, Sender, unbounded};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;
use tokio_postgres::Config;

/// A write is tried so often before its asker hears of the conflict.
const TRIES_MAX: u32 = 12;
/// How often a closure is tried beside other writers before it goes alone.
const BESIDE_MAX: u32 = 4;
/// So often a group is tried before its closures go by themselves.
const GROUP_TRIES_MAX: usize = 3;
/// As many closures commit together at the most; more would let the first of them wait too long.
const GROUP_MAX: usize = 32;
/// After so long a group commits what it has: who comes later waits for no more than that, and for their own. A third of it makes groups so
/// small that begin and commit take the time of every second statement; three times as much doubles how long everybody waits.
const GROUP_TIME: Duration = Duration::from_millis(8);

/// A transaction begins and tells the time in one message: nearly every closure asks for it.
macro_rules! begin {
    ($before:literal, $level:literal) => {
        concat!($before, "BEGIN ISOLATION LEVEL ", $level, "; SELECT CAST(extract(epoch FROM now()) * 1000 AS BIGINT)")
    };
}

const BEGIN_READ: &str = begin!("", "REPEATABLE READ READ ONLY");
const NEXT_READ: &str = begin!("ROLLBACK; ", "REPEATABLE READ READ ONLY");
const BEGIN_WRITE: &str = begin!("", "SERIALIZABLE");

/// Writers do not wait for the disk: what they wrote is told when it is there.
const SETTINGS_OF_WRITERS: &str = "-c synchronous_commit=off";

/// Each statement is planned once per connection, as under SQLite: planning anew with the values of each call, which the server
/// prefers for statements with several subqueries, took more time than running them. Such a plan must be good however full the tables
/// become, so it goes from row to row by indexes, as SQLite does: without this the server reads whole tables that were small when it
/// planned, or supposes that a limit it does not know is a tenth of the rows (7 ms instead of 0.7 for the statements at a passage), or
/// gathers and sorts a whole list though an index has its order, because it takes rows that lie apart for four times as dear as on today's
/// disks (a second instead of a millisecond for lists of ideas). What is found by one of two columns is therefore asked for twice, with
/// UNION. Nothing runs so long that compiling it pays.
const SETTINGS: &str = "-c plan_cache_mode=force_generic_plan -c enable_hashjoin=off -c enable_mergejoin=off -c enable_seqscan=off \
                        -c enable_bitmapscan=off -c random_page_cost=1.1 -c jit=off";

pub(crate) struct Postgres {
    readers: Option<Sender<ReadJob>>,
    writers: Option<Sender<Box<dyn WriteJob>>>,
    threads: Vec<JoinHandle<()>>,
}

impl Postgres {
    /// Half as many threads write as read, and two at least: behind one, a transaction that takes its time would stop all others.
    pub(crate) fn open(url: &str, readers: usize) -> Result<Self, DbError> {
        let mut config: Config = url.parse().map_err(|error: tokio_postgres::Error| DbError::Unavailable(error.to_string()))?;
        config.application_name("allmende").connect_timeout(Duration::from_secs(10)).keepalives_idle(Duration::from_secs(60));
        let own = config.get_options().unwrap_or_default().to_owned();
        config.options(format!("{SETTINGS} {own}"));
        let mut of_writers = config.clone();
        of_writers.options(format!("{SETTINGS} {own} {SETTINGS_OF_WRITERS}"));
        let (read_sender, read_receiver) = unbounded::<ReadJob>();
        let (write_sender, write_receiver) = unbounded();
        let mut threads = Vec::new();
        let (turn, durable) = (Arc::new(Turn::default()), Arc::new(Durable::default()));
        let (committed_sender, committed) = unbounded();
        for number in 0..readers {
            let mut reading = Session::connect(&config)?;
            let jobs = read_receiver.clone();
            threads.push(spawn(&format!("db-read-{number}"), move || read_loop(&mut reading, &jobs))?);
        }
        for number in 0..(readers / 2).max(2) {
            let mut writing = Session::connect(&of_writers)?;
            let jobs = write_receiver.clone();
            let told = Told { turn: Arc::clone(&turn), durable: Arc::clone(&durable), committed: committed_sender.clone() };
            threads.push(spawn(&format!("db-write-{number}"), move || write_loop(&mut writing, &jobs, &told))?);
        }
        let mut flushing = Session::connect(&config)?;
        // A server that forbids this would let everything be written and everybody be told that it was not.
        flushing.flush()?;
        threads.push(spawn("db-durable", move || durable.run(&mut flushing, &committed))?);
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

/// Where another closure waits already, its transaction begins with the message that ends the one before.
fn read_loop(session: &mut Session, jobs: &Receiver<ReadJob>) {
    let mut is_within = false;
    let mut next = jobs.recv().ok();
    while let Some(job) = next {
        let begun = session.begin(if is_within { NEXT_READ } else { BEGIN_READ });
        if let Err(error) = &begun {
            tracing::error!(%error, "could not begin to read");
        }
        session.begin_closure(0);
        let _ = catch_unwind(AssertUnwindSafe(|| job(&mut Tx::new(Engine::Postgres(session)))));
        is_within = begun.is_ok();
        next = jobs.try_recv().ok();
        if next.is_none() {
            if is_within && session.end(false).is_err() {
                tracing::warn!("connection lost while reading");
            }
            is_within = false;
            next = jobs.recv().ok();
        }
    }
}

/// What writers share: whose turn it is, and who tells what they committed.
struct Told {
    turn: Arc<Turn>,
    durable: Arc<Durable>,
    committed: Sender<Committed>,
}

impl Told {
    /// Tells a closure what became of it; what was committed is told when it is durable.
    fn tell(&self, job: Box<dyn WriteJob>, outcome: Result<(), DbError>, epoch: u64) {
        match outcome {
            // The other end goes after all writers.
            Ok(()) => drop(self.committed.send(Committed { job, epoch })),
            Err(error) => job.tell(Err(error)),
        }
    }
}

/// Who writes next takes what waits only when it is their turn: closures are done in the order in which they came.
fn write_loop(session: &mut Session, jobs: &Receiver<Box<dyn WriteJob>>, told: &Told) {
    while let Ok(mut first) = jobs.recv() {
        let taken = told.turn.take(Way::Usual);
        let epoch = told.durable.epoch();
        let Ok(second) = jobs.try_recv() else {
            let committed = transact(session, &mut *first, &told.turn, Some(taken));
            told.tell(first, committed, epoch);
            continue;
        };
        for mut job in together(session, vec![first, second], jobs, told, taken) {
            let committed = transact(session, &mut *job, &told.turn, None);
            told.tell(job, committed, epoch);
        }
    }
}

/// Runs closures in one transaction, which costs one commit, and tells them; returns those that must go by themselves. A group that met
/// a conflict tries again as a group, with no other writer beside it: were its closures to go one by one, more would come meanwhile
/// than are done, and who comes would wait ever longer.
fn together<'t>(
    session: &mut Session,
    mut group: Vec<Box<dyn WriteJob>>,
    jobs: &Receiver<Box<dyn WriteJob>>,
    told: &'t Told,
    taken: Taken<'t>,
) -> Vec<Box<dyn WriteJob>> {
    let (mut apart, mut taken) = (Vec::new(), Some(taken));
    for _ in 0..GROUP_TRIES_MAX {
        let taken = taken.take().unwrap_or_else(|| told.turn.take(Way::Alone));
        let epoch = told.durable.epoch();
        match try_group(session, &mut group, jobs) {
            Tried::Done(committed) => {
                drop(taken);
                for job in group {
                    told.tell(job, committed.as_ref().copied().map_err(DbError::again), epoch);
                }
                return apart;
            }
            Tried::Failed(place) => apart.push(group.remove(place)),
            Tried::Conflict => {}
        }
    }
    apart.extend(group);
    apart
}

/// What became of a group.
enum Tried {
    /// All of it was committed, or nobody knows.
    Done(Result<(), DbError>),
    /// The closure at this place did not succeed, and its failure took the others' work along.
    Failed(usize),
    /// Somebody else wrote what it relied on, or the connection was lost before it began.
    Conflict,
}

/// Runs the closures of the group, and what else waits while there is time, and commits. A closure that wrote nothing may refuse: there
/// is nothing to take back.
fn try_group(session: &mut Session, group: &mut Vec<Box<dyn WriteJob>>, jobs: &Receiver<Box<dyn WriteJob>>) -> Tried {
    if session.begin(BEGIN_WRITE).is_err() {
        return Tried::Conflict;
    }
    let (begun, mut done) = (std::time::Instant::now(), 0);
    let failed = loop {
        let Some(job) = group.get_mut(done) else { break None };
        match run(session, &mut **job, done) {
            Ok(Verdict::Conflict) => break Some(Tried::Conflict),
            Ok(Verdict::Keep) if !session.is_broken() => {}
            Ok(Verdict::Discard) if !session.is_broken() && !session.has_written() => {}
            // What one of them left to be sent may fail when the next asks for something.
            Ok(Verdict::Keep | Verdict::Discard) | Err(_) => break Some(Tried::Failed(session.culprit().unwrap_or(done))),
        }
        done += 1;
        if done == group.len() && done < GROUP_MAX && begun.elapsed() < GROUP_TIME {
            group.extend(jobs.try_recv());
        }
    };
    match (session.end(failed.is_none()), failed) {
        (_, Some(failed)) => failed,
        (Err(DbError::Conflict), None) => Tried::Conflict,
        (committed, None) => session.culprit().map_or(Tried::Done(committed), Tried::Failed),
    }
}

fn run(session: &mut Session, job: &mut dyn WriteJob, place: usize) -> std::thread::Result<Verdict> {
    session.begin_closure(place);
    catch_unwind(AssertUnwindSafe(|| job.run(&mut Tx::new(Engine::Postgres(session)))))
}

/// Runs a closure in transactions until it commits, refuses, or has met too many conflicts; the first time in a turn that may be taken.
fn transact(session: &mut Session, job: &mut dyn WriteJob, turn: &Turn, mut taken: Option<Taken<'_>>) -> Result<(), DbError> {
    for attempt in 0..TRIES_MAX {
        let taken = taken.take().unwrap_or_else(|| turn.take(if attempt < BESIDE_MAX { Way::Usual } else { Way::Alone }));
        session.begin(BEGIN_WRITE)?;
        let outcome = match run(session, job, 0) {
            Ok(Verdict::Keep) if session.is_broken() => session.end(false).and(Err(DbError::Other("a statement failed and nobody said so".to_owned()))),
            Ok(Verdict::Keep) => session.end(true),
            Ok(Verdict::Conflict) => session.end(false).and(Err(DbError::Conflict)),
            Ok(Verdict::Discard) => return session.end(false),
            Err(_) => return session.end(false).and(Err(DbError::Panicked)),
        };
        match outcome {
            Err(DbError::Conflict) if attempt + 1 < TRIES_MAX => {
                if session.is_closed() {
                    return Err(DbError::Unavailable("connection lost".to_owned()));
                }
                drop(taken);
                // Waiting a little longer each time lets the other transaction finish.
                std::thread::sleep(Duration::from_millis(1 << attempt.min(6)));
            }
            other => return other,
        }
    }
    Err(DbError::Conflict)
}
