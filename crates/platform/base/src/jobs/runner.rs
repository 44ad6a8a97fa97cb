//! The threads that do the jobs.
//!
//! A commit that wrote a job wakes them at once; what other nodes wrote they find by asking every two seconds. One more thread
//! renews the leases of running jobs, frees the jobs whose leases were lost, and writes the schedules.

use super::queue::{self, LEASE_SECONDS, Taken};
use super::{Backoff, Every, Handlers, JobContext, JobError, Outcome, Work, guarded};
use allmende_db::{Db, DbError, Scope};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// So often a worker looks for jobs that nobody in this process wrote.
const ASK_AGAIN: Duration = Duration::from_secs(2);
/// So often schedules are written, leases renewed and lost ones found.
const KEEP_AGAIN: Duration = Duration::from_secs(LEASE_SECONDS.unsigned_abs() / 4);

/// So many jobs of a crowd are taken at once: few enough that others have their share.
const CROWD_MAX: i64 = 32;

/// A job that was done or given up, not yet written.
struct Ended {
    taken: Taken,
    result: Result<Outcome, JobError>,
    backoff: Backoff,
}

/// Counts the calls of [`wake`].
static CALLS: Mutex<u64> = Mutex::new(0);
static CALLED: Condvar = Condvar::new();

/// Lets every worker of this process look for jobs. Cheap and harmless if there are none.
pub fn wake() {
    *held(&CALLS) += 1;
    CALLED.notify_all();
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits for a call since `seen`, for a while at the most, and returns the number of calls.
fn wait_for_call(seen: u64, longest: Duration) -> u64 {
    let calls = held(&CALLS);
    let (calls, _) = CALLED.wait_timeout_while(calls, longest, |calls| *calls == seen).unwrap_or_else(PoisonError::into_inner);
    *calls
}

/// What works on the queue of one database.
pub struct Runner {
    db: Db,
    data: PathBuf,
    handlers: Handlers,
    schedules: Vec<Every>,
    stop: Arc<AtomicBool>,
    running: Mutex<Vec<Taken>>,
}

impl Runner {
    /// Puts a runner together; nothing runs yet.
    #[must_use]
    pub fn new(db: Db, data: PathBuf, handlers: Handlers, schedules: Vec<Every>) -> Self {
        Self { db, data, handlers, schedules, stop: Arc::new(AtomicBool::new(false)), running: Mutex::new(Vec::new()) }
    }

    /// Starts `threads` workers (1 to 16).
    ///
    /// # Errors
    /// If the system gives no threads.
    pub fn start(self, threads: usize) -> std::io::Result<Running> {
        let runner = Arc::new(self);
        let (ended, ends) = channel();
        let mut count = 0;
        for number in 0..threads.clamp(1, 16) {
            spawn(&format!("jobs-{number}"), &runner, &ended, Self::work)?;
            count += 1;
        }
        spawn("jobs-keeper", &runner, &ended, Self::keep)?;
        Ok(Running { stop: Arc::clone(&runner.stop), ends, count: count + 1 })
    }

    /// Takes one due job, or several of a crowd, and does them. False if none was due.
    ///
    /// # Errors
    /// What the database reports.
    pub fn step(&self) -> Result<bool, DbError> {
        if !self.is_any_due()? {
            return Ok(false);
        }
        let ended = self.perform_all(self.exchange(Vec::new(), true)?);
        let is_done = !ended.is_empty();
        self.exchange(ended, false)?;
        Ok(is_done)
    }

    fn is_any_due(&self) -> Result<bool, DbError> {
        self.db.read_blocking(Scope::Installation, queue::is_any_due)
    }

    /// Writes how jobs ended and takes the next ones, in one transaction.
    fn exchange(&self, ended: Vec<Ended>, takes: bool) -> Result<Vec<Taken>, DbError> {
        let crowds = self.handlers.crowd_kinds();
        let taken = self.db.write_blocking(Scope::Installation, move |tx| {
            tx.unseen();
            queue::end_done(tx, ended.iter().filter(|ended| ended.result == Ok(Outcome::Done)).map(|ended| &ended.taken))?;
            for Ended { taken, result, backoff } in ended.iter().filter(|ended| ended.result != Ok(Outcome::Done)) {
                queue::end(tx, taken, result, *backoff)?;
            }
            let mut taken = if takes { Vec::from_iter(queue::take(tx)?) } else { Vec::new() };
            if let Some(first) = taken.first().filter(|first| crowds.contains(&first.kind.as_str())) {
                let kind = first.kind.clone();
                taken.extend(queue::take_more(tx, &kind, CROWD_MAX - 1)?);
            }
            Ok::<_, DbError>(taken)
        })?;
        held(&self.running).extend(taken.iter().cloned());
        Ok(taken)
    }

    /// Does jobs of one kind.
    fn perform_all(&self, jobs: Vec<Taken>) -> Vec<Ended> {
        let (started, count) = (Instant::now(), u32::try_from(jobs.len()).unwrap_or(1).max(1));
        let (results, backoff) = self.perform(&jobs);
        held(&self.running).retain(|running| jobs.iter().all(|own| own.id != running.id));
        let each = started.elapsed() / count;
        let mut results = results.into_iter();
        let mut ended = |taken| {
            let result = results.next().unwrap_or_else(|| Err(JobError::Transient("the work said nothing of this job".to_owned())));
            tell(&taken, &result, each);
            Ended { taken, result, backoff }
        };
        jobs.into_iter().map(&mut ended).collect()
    }

    /// Writes the jobs of the current span of each schedule.
    ///
    /// # Errors
    /// What the database reports.
    pub fn write_schedules(&self) -> Result<usize, DbError> {
        let schedules = self.schedules.clone();
        self.db.write_blocking(Scope::Installation, move |tx| queue::enqueue_schedules(tx, &schedules))
    }

    fn perform(&self, jobs: &[Taken]) -> (Vec<Result<Outcome, JobError>>, Backoff) {
        let Some(entry) = jobs.first().and_then(|first| self.handlers.find(&first.kind)) else {
            // A newer node may know it.
            let unknown = Err(JobError::Transient("this program knows no work of this kind".to_owned()));
            return (vec![unknown; jobs.len()], Backoff::PATIENT);
        };
        let results = match &entry.work {
            Work::One(handler) => jobs.iter().map(|taken| guarded(|| handler(&self.context(taken), &taken.payload))).collect(),
            Work::Crowd(handler) => {
                let crowd: Vec<_> = jobs.iter().map(|taken| (self.context(taken), taken.payload.clone())).collect();
                guarded(|| Ok(handler(&crowd))).unwrap_or_else(|error| vec![Err(error); jobs.len()])
            }
        };
        (results, entry.backoff)
    }

    fn context(&self, taken: &Taken) -> JobContext {
        JobContext { db: self.db.clone(), data: self.data.clone(), site: taken.site, job: taken.id, attempt: taken.attempt, stop: Arc::clone(&self.stop) }
    }

    fn work(&self) {
        let mut seen = *held(&CALLS);
        let mut ended = Vec::new();
        loop {
            let stops = self.stop.load(Ordering::Relaxed);
            if stops && ended.is_empty() {
                return;
            }
            match self.next(std::mem::take(&mut ended), !stops) {
                Ok(taken) if !taken.is_empty() => ended = self.perform_all(taken),
                Ok(_) => seen = wait_for_call(seen, ASK_AGAIN),
                Err(error) => {
                    tracing::warn!(%error, "the job queue cannot be reached");
                    seen = wait_for_call(seen, ASK_AGAIN);
                }
            }
        }
    }

    /// Who has nothing to write asks by reading first: an idle program does not write.
    fn next(&self, ended: Vec<Ended>, takes: bool) -> Result<Vec<Taken>, DbError> {
        if ended.is_empty() && !self.is_any_due()? { Ok(Vec::new()) } else { self.exchange(ended, takes) }
    }

    fn keep(&self) {
        let mut next = Instant::now();
        let mut seen = *held(&CALLS);
        while !self.stop.load(Ordering::Relaxed) || !held(&self.running).is_empty() {
            if Instant::now() >= next {
                next = Instant::now() + KEEP_AGAIN;
                if !self.stop.load(Ordering::Relaxed)
                    && let Err(error) = self.write_schedules()
                {
                    tracing::warn!(%error, "schedules could not be written");
                }
                self.renew_leases();
                if let Err(error) = self.free_lost() {
                    tracing::warn!(%error, "lost leases could not be looked for");
                }
            }
            seen = wait_for_call(seen, ASK_AGAIN);
        }
    }

    fn free_lost(&self) -> Result<(), DbError> {
        if self.db.read_blocking(Scope::Installation, queue::is_any_lost)? {
            self.db.write_blocking(Scope::Installation, queue::free_lost)?;
        }
        Ok(())
    }

    fn renew_leases(&self) {
        for taken in held(&self.running).clone() {
            let renewed = self.db.write_blocking(Scope::Installation, move |tx| queue::renew(tx, taken.id, taken.attempt));
            if !matches!(renewed, Ok(true)) {
                tracing::warn!(job = taken.id.get(), "a running job lost its lease");
            }
        }
    }
}

fn spawn(name: &str, runner: &Arc<Runner>, ended: &Sender<()>, work: fn(&Runner)) -> std::io::Result<()> {
    let (runner, ended) = (Arc::clone(runner), ended.clone());
    std::thread::Builder::new().name(name.to_owned()).spawn(move || {
        work(&runner);
        // The database closes with its last holder: before the end is told.
        drop(runner);
        let _ = ended.send(());
    })?;
    Ok(())
}

fn tell(taken: &Taken, result: &Result<Outcome, JobError>, time: Duration) {
    let outcome = match result {
        Ok(Outcome::Done) => "done",
        Ok(Outcome::Later(_)) => "later",
        Err(JobError::Transient(_)) => "again",
        Err(JobError::Permanent(_)) => "failed",
    };
    metrics::counter!("allmende_jobs_total", "kind" => taken.kind.clone(), "outcome" => outcome).increment(1);
    metrics::histogram!("allmende_job_seconds", "kind" => taken.kind.clone()).record(time.as_secs_f64());
    // The cause stands in the row, for those who may see it: it can quote what another server said about somebody.
    tracing::info!(job = taken.id.get(), kind = taken.kind, attempt = taken.attempt, outcome, "job");
}

/// Workers that run.
pub struct Running {
    stop: Arc<AtomicBool>,
    ends: Receiver<()>,
    count: usize,
}

impl Running {
    /// Takes no more jobs and waits for the running ones, so long at the most. True if all ended; the others' leases let another
    /// node (or the next start) take them.
    #[must_use]
    pub fn stop(self, longest: Duration) -> bool {
        self.stop.store(true, Ordering::Relaxed);
        wake();
        let until = Instant::now() + longest;
        (0..self.count).all(|_| {
            let ended = self.ends.recv_timeout(until.saturating_duration_since(Instant::now())).is_ok();
            // The keeper waits for the last worker; this tells it at once.
            wake();
            ended
        })
    }
}
