//! The rows of the queue: writing, taking, ending, trying again.

use super::{Backoff, Every, Job, JobError, Outcome, runner};
use allmende_core::{Id, Instant, Site};
use allmende_db::{DbError, Row, Tx, sql};
use std::collections::BTreeMap;

/// Who takes a job has so long until the next word; a node that dies keeps its job from others no longer.
pub const LEASE_SECONDS: i64 = 60;
/// Done jobs stay visible for so many days.
pub const KEEP_DAYS: i64 = 14;
/// Longest text that is kept of an error, in characters.
const ERROR_CHARS_MAX: usize = 500;

/// Work to be done after the transaction that writes it.
#[derive(Debug, Clone)]
pub struct NewJob<'a> {
    /// What is to be done: the key of a handler.
    pub kind: &'a str,
    /// What the handler needs to know, usually JSON with an id. No secrets: administrators see failed jobs.
    pub payload: String,
    /// While a row with this key exists (also a done one, for [`KEEP_DAYS`]) no other is written. A job that may come again
    /// carries in its key what tells one time from the next: a revision, a span of time.
    pub unique_key: Option<String>,
    /// Not before this moment; none for at once.
    pub run_at: Option<Instant>,
    /// So many tries before it has failed, at least 1.
    pub attempts_max: i64,
}

impl<'a> NewJob<'a> {
    /// A job for at once with eight tries.
    #[must_use]
    pub const fn new(kind: &'a str, payload: String) -> Self {
        Self { kind, payload, unique_key: None, run_at: None, attempts_max: 8 }
    }
}

macro_rules! insert {
    ($rest:literal) => {
        sql!(concat!(
            "INSERT INTO job (site_id, kind, payload, state, unique_key, run_at, attempts, attempts_max, created_at) \
             VALUES ($1, $2, $3, 'waiting', $4, $5, 0, $6, $7) ON CONFLICT (unique_key) DO NOTHING",
            $rest
        ))
    };
}

/// Writes a job for the site of the transaction (or the installation) and wakes a worker once that is committed. Returns
/// nothing if its unique key is there already.
///
/// # Errors
/// What the database reports.
pub fn enqueue(tx: &mut Tx<'_>, job: &NewJob<'_>) -> Result<Option<Id<Job>>, DbError> {
    let (site, now) = (tx.site().ok(), tx.now()?);
    let id = tx.find(
        insert!(" RETURNING id"),
        &[&site, &job.kind, &job.payload, &job.unique_key, &job.run_at.unwrap_or(now), &job.attempts_max.max(1), &now],
        |row| row.get(0),
    )?;
    if id.is_some() {
        tx.after_commit(runner::wake);
    }
    Ok(id)
}

/// [`enqueue`] for who does not ask whether the key was there, and so waits for nothing.
///
/// # Errors
/// As [`Tx::execute_later`].
pub fn enqueue_later(tx: &mut Tx<'_>, job: &NewJob<'_>) -> Result<(), DbError> {
    let (site, now) = (tx.site().ok(), tx.now()?);
    tx.after_commit(runner::wake);
    tx.execute_later(insert!(""), &[&site, &job.kind, &job.payload, &job.unique_key, &job.run_at.unwrap_or(now), &job.attempts_max.max(1), &now])
}

/// Writes the jobs of the current span of each schedule, for the installation. Another node may have done so already.
///
/// # Errors
/// What the database reports.
pub fn enqueue_schedules(tx: &mut Tx<'_>, schedules: &[Every]) -> Result<usize, DbError> {
    let now = tx.now()?;
    let mut written = 0;
    for every in schedules {
        let span = now.millis().div_euclid(1000).div_euclid(every.seconds.max(1));
        let unique_key = Some(format!("every:{}:{span}", every.key));
        if enqueue(tx, &NewJob { unique_key, ..NewJob::new(every.kind, String::new()) })?.is_some() {
            written += 1;
        }
    }
    Ok(written)
}

/// A job that this node has taken.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The row.
    pub id: Id<Job>,
    /// Its site, if it has one.
    pub site: Option<Id<Site>>,
    /// The key of its handler.
    pub kind: String,
    /// What the handler needs to know.
    pub payload: String,
    /// Which try this is, from 1. Also tells this taking from a later one, if the lease was lost.
    pub attempt: i64,
    /// So many tries before it has failed.
    pub attempts_max: i64,
}

/// Whether a job could be taken now. Asked by reading, so that an idle program does not write.
///
/// # Errors
/// What the database reports.
pub fn is_any_due(tx: &mut Tx<'_>) -> Result<bool, DbError> {
    let now = tx.now()?;
    let due = tx.find(sql!("SELECT id FROM job WHERE state = 'waiting' AND run_at <= $1 LIMIT 1"), &[&now], |row| row.get::<Id<Job>>(0))?;
    Ok(due.is_some())
}

/// Whether a lease was lost. Asked by reading, as above.
///
/// # Errors
/// What the database reports.
pub fn is_any_lost(tx: &mut Tx<'_>) -> Result<bool, DbError> {
    let now = tx.now()?;
    let lost = tx.find(sql!("SELECT id FROM job WHERE state = 'running' AND leased_until <= $1 LIMIT 1"), &[&now], |row| row.get::<Id<Job>>(0))?;
    Ok(lost.is_some())
}

/// Lets others take the jobs whose leases were lost. A job that lost it in its last try has failed. Returns how many there were.
///
/// # Errors
/// What the database reports.
pub fn free_lost(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    let now = tx.now()?;
    let freed = tx.execute(
        sql!(
            "UPDATE job SET leased_until = NULL, state = CASE WHEN attempts < attempts_max THEN 'waiting' ELSE 'failed' END, \
             ended_at = CASE WHEN attempts < attempts_max THEN NULL ELSE $1 END, \
             last_error = CASE WHEN attempts < attempts_max THEN last_error ELSE 'the program ended during the last try' END \
             WHERE state = 'running' AND leased_until <= $1"
        ),
        &[&now],
    )?;
    if freed > 0 {
        tx.after_commit(runner::wake);
    }
    Ok(freed)
}

/// Takes the job that has waited longest, with a lease.
///
/// # Errors
/// What the database reports.
pub fn take(tx: &mut Tx<'_>) -> Result<Option<Taken>, DbError> {
    Ok(take_due(tx, None, 1)?.pop())
}

/// Takes further jobs of a kind that wait, those first that have waited longest.
///
/// # Errors
/// What the database reports.
pub fn take_more(tx: &mut Tx<'_>, kind: &str, count: i64) -> Result<Vec<Taken>, DbError> {
    take_due(tx, Some(kind), count)
}

/// Found first and then taken: in one statement a server would be free to look for them anew for each row of the table.
fn take_due(tx: &mut Tx<'_>, kind: Option<&str>, count: i64) -> Result<Vec<Taken>, DbError> {
    let now = tx.now()?;
    let ids: Vec<i64> = tx.list(
        sql!("SELECT id FROM job WHERE state = 'waiting' AND run_at <= $1 AND (kind = $2 OR $2 IS NULL) ORDER BY run_at, id LIMIT $3 SKIP_LOCKED"),
        &[&now, &kind, &count],
        |row| row.get(0),
    )?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut jobs = tx.list(
        sql!(
            "UPDATE job SET state = 'running', attempts = attempts + 1, leased_until = $2 WHERE id ANY_OF($1) \
             RETURNING id, site_id, kind, payload, attempts, attempts_max"
        ),
        &[&ids, &now.plus_seconds(LEASE_SECONDS)],
        taken,
    )?;
    // Rows of an update come in no order.
    jobs.sort_by_key(|job| job.id.get());
    Ok(jobs)
}

fn taken(row: &Row<'_>) -> Result<Taken, DbError> {
    Ok(Taken { id: row.get(0)?, site: row.get(1)?, kind: row.get(2)?, payload: row.get(3)?, attempt: row.get(4)?, attempts_max: row.get(5)? })
}

/// Holds a taken job for another lease. False if it was lost to another node.
///
/// # Errors
/// What the database reports.
pub fn renew(tx: &mut Tx<'_>, id: Id<Job>, attempt: i64) -> Result<bool, DbError> {
    let until = tx.now()?.plus_seconds(LEASE_SECONDS);
    let held = tx.execute(sql!("UPDATE job SET leased_until = $3 WHERE id = $1 AND attempts = $2 AND state = 'running'"), &[&id, &attempt, &until])?;
    Ok(held == 1)
}

/// Writes that tries ended well: of a crowd by one statement for each number of tries. Nothing happens to a job whose lease was lost
/// meanwhile: the other node's word counts.
///
/// # Errors
/// What the database reports.
pub fn end_done<'a>(tx: &mut Tx<'_>, done: impl Iterator<Item = &'a Taken>) -> Result<(), DbError> {
    let now = tx.now()?;
    let mut by_attempt: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    done.for_each(|taken| by_attempt.entry(taken.attempt).or_default().push(taken.id.get()));
    for (attempt, ids) in by_attempt {
        tx.execute(
            sql!(
                "UPDATE job SET state = 'done', ended_at = $3, leased_until = NULL, last_error = NULL \
                 WHERE id ANY_OF($1) AND attempts = $2 AND state = 'running'"
            ),
            &[&ids, &attempt, &now],
        )?;
    }
    Ok(())
}

/// Writes how a try ended. Nothing happens if the lease was lost meanwhile.
///
/// # Errors
/// What the database reports.
pub fn end(tx: &mut Tx<'_>, taken: &Taken, result: &Result<Outcome, JobError>, backoff: Backoff) -> Result<(), DbError> {
    let now = tx.now()?;
    let seed = u64::try_from(taken.id.get()).unwrap_or(0).rotate_left(32) ^ u64::try_from(taken.attempt).unwrap_or(0);
    match result {
        Ok(Outcome::Done) => return end_done(tx, std::iter::once(taken)),
        Ok(Outcome::Later(seconds)) => tx.execute(
            sql!(
                "UPDATE job SET state = 'waiting', run_at = $3, attempts = 0, leased_until = NULL, last_error = NULL \
                 WHERE id = $1 AND attempts = $2 AND state = 'running'"
            ),
            &[&taken.id, &taken.attempt, &now.plus_seconds(*seconds)],
        )?,
        Err(JobError::Transient(text)) if taken.attempt < taken.attempts_max => tx.execute(
            sql!(
                "UPDATE job SET state = 'waiting', run_at = $3, leased_until = NULL, last_error = $4 \
                 WHERE id = $1 AND attempts = $2 AND state = 'running'"
            ),
            &[&taken.id, &taken.attempt, &Instant::from_millis(now.millis() + backoff.wait_millis(taken.attempt, seed)), &shortened(text)],
        )?,
        Err(JobError::Transient(text) | JobError::Permanent(text)) => tx.execute(
            sql!(
                "UPDATE job SET state = 'failed', ended_at = $3, leased_until = NULL, last_error = $4 \
                 WHERE id = $1 AND attempts = $2 AND state = 'running'"
            ),
            &[&taken.id, &taken.attempt, &now, &shortened(text)],
        )?,
    };
    Ok(())
}

fn shortened(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).take(ERROR_CHARS_MAX).collect()
}

/// Lets a failed or waiting job of this site (or of the installation) run at once, with its tries counted anew. False if there
/// is none such.
///
/// # Errors
/// `DbError::NoSite` outside a site; what the database reports.
pub fn retry(tx: &mut Tx<'_>, job: Id<Job>) -> Result<bool, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let changed = tx.execute(
        sql!(
            "UPDATE job SET state = 'waiting', run_at = $3, attempts = 0, ended_at = NULL, leased_until = NULL \
             WHERE id = $1 AND (site_id = $2 OR site_id IS NULL) AND state IN ('failed', 'waiting')"
        ),
        &[&job, &site, &now],
    )?;
    if changed == 1 {
        tx.after_commit(runner::wake);
    }
    Ok(changed == 1)
}

/// Removes jobs that were done more than [`KEEP_DAYS`] ago and such as failed four times as long ago, of all sites.
///
/// # Errors
/// What the database reports.
pub fn delete_old(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    let now = tx.now()?;
    let (done, failed) = (now.plus_seconds(-KEEP_DAYS * 86_400), now.plus_seconds(-4 * KEEP_DAYS * 86_400));
    tx.execute(
        sql!(
            "DELETE FROM job WHERE state IN ('done', 'failed') \
             AND ended_at < CASE state WHEN 'done' THEN CAST($1 AS BIGINT) ELSE CAST($2 AS BIGINT) END"
        ),
        &[&done, &failed],
    )
}
