//! What an administrator and a monitor see of the queue.

use super::Job;
use allmende_core::{Id, Instant};
use allmende_db::{DbError, Tx, sql};

/// Counts by state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Depth {
    /// Waiting for their moment or their turn.
    pub waiting: i64,
    /// Being done.
    pub running: i64,
    /// Done, not yet removed.
    pub done: i64,
    /// Given up.
    pub failed: i64,
}

/// The whole installation's queue by state.
///
/// # Errors
/// What the database reports.
pub fn depth(tx: &mut Tx<'_>) -> Result<Depth, DbError> {
    let mut depth = Depth::default();
    tx.each(sql!("SELECT state, CAST(COUNT(*) AS BIGINT) FROM job GROUP BY state"), &[], |row| {
        let slot = match row.get::<String>(0)?.as_str() {
            "waiting" => &mut depth.waiting,
            "running" => &mut depth.running,
            "done" => &mut depth.done,
            _ => &mut depth.failed,
        };
        *slot = row.get(1)?;
        Ok(())
    })?;
    Ok(depth)
}

/// Seconds for which the oldest job that never had a try has been due; 0 if none is.
///
/// # Errors
/// What the database reports.
pub fn age_seconds(tx: &mut Tx<'_>) -> Result<i64, DbError> {
    let now = tx.now()?;
    let oldest =
        tx.find(sql!("SELECT MIN(run_at) FROM job WHERE state = 'waiting' AND attempts = 0 AND run_at <= $1"), &[&now], |row| row.get::<Option<i64>>(0))?;
    Ok(oldest.flatten().map_or(0, |oldest| (now.millis() - oldest) / 1000))
}

/// A job as an administrator sees it: without its payload.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The row.
    pub id: Id<Job>,
    /// The key of its handler.
    pub kind: String,
    /// `waiting`, `running`, `done` or `failed`.
    pub state: String,
    /// When it runs or ran.
    pub run_at: Instant,
    /// Tries so far.
    pub attempts: i64,
    /// Tries at the most.
    pub attempts_max: i64,
    /// Why the last try did not work.
    pub last_error: Option<String>,
}

/// The newest jobs of this site and of the installation, what needs attention first. Done ones are left out.
///
/// # Errors
/// `DbError::NoSite` outside a site; what the database reports.
pub fn list_open(tx: &mut Tx<'_>, rows_max: i64) -> Result<Vec<Listed>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT id, kind, state, run_at, attempts, attempts_max, last_error FROM job \
             WHERE (site_id = $1 OR site_id IS NULL) AND state IN ('failed', 'running', 'waiting') ORDER BY state, id DESC LIMIT $2"
        ),
        &[&site, &rows_max],
        |row| {
            Ok(Listed {
                id: row.get(0)?,
                kind: row.get(1)?,
                state: row.get(2)?,
                run_at: row.get(3)?,
                attempts: row.get(4)?,
                attempts_max: row.get(5)?,
                last_error: row.get(6)?,
            })
        },
    )
}

/// The queue of this site and of the installation by state.
///
/// # Errors
/// `DbError::NoSite` outside a site; what the database reports.
pub fn depth_of_site(tx: &mut Tx<'_>) -> Result<Depth, DbError> {
    let site = tx.site()?;
    let counted = tx.find(
        sql!(
            "SELECT CAST(COALESCE(SUM(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END), 0) AS BIGINT), \
             CAST(COALESCE(SUM(CASE WHEN state = 'running' THEN 1 ELSE 0 END), 0) AS BIGINT), \
             CAST(COALESCE(SUM(CASE WHEN state = 'done' THEN 1 ELSE 0 END), 0) AS BIGINT), \
             CAST(COALESCE(SUM(CASE WHEN state = 'failed' THEN 1 ELSE 0 END), 0) AS BIGINT) \
             FROM job WHERE site_id = $1 OR site_id IS NULL"
        ),
        &[&site],
        |row| Ok(Depth { waiting: row.get(0)?, running: row.get(1)?, done: row.get(2)?, failed: row.get(3)? }),
    )?;
    Ok(counted.unwrap_or_default())
}
