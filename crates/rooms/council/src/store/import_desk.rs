//! What the administrator sees of imports: sources, runs, and what each run found.

use allmende_core::{Id, Instant, Site};
use allmende_db::{DbError, Row, Tx, sql};

/// A source of this site.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its row.
    pub id: i64,
    /// Address of the server's System object.
    pub url: String,
    /// The name that the server gives itself.
    pub name: Option<String>,
    /// When everything was last read.
    pub last_full_at: Option<Instant>,
}

/// The sources of this site in the order in which they were added.
///
/// # Errors
/// What the database reports.
pub fn list_sources(tx: &mut Tx<'_>) -> Result<Vec<Source>, DbError> {
    let site = tx.site()?;
    tx.list(sql!("SELECT id, url, name, last_full_at FROM council_source WHERE site_id = $1 ORDER BY id LIMIT 100"), &[&site], |row| {
        Ok(Source { id: row.get(0)?, url: row.get(1)?, name: row.get(2)?, last_full_at: row.get(3)? })
    })
}

/// All sources of all sites, for the schedule.
///
/// # Errors
/// What the database reports.
pub fn list_all(tx: &mut Tx<'_>) -> Result<Vec<(Id<Site>, String)>, DbError> {
    tx.list(sql!("SELECT site_id, url FROM council_source ORDER BY id"), &[], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// A run of an import.
#[derive(Debug, Clone)]
pub struct Run {
    /// Its row.
    pub id: i64,
    /// Where it read.
    pub url: String,
    /// `first`, `changes` or `reconcile`.
    pub mode: String,
    /// `running`, `done`, `failed` or `stopped`.
    pub state: String,
    /// What it does or did last.
    pub stage: String,
    /// The list being read.
    pub list_url: Option<String>,
    /// Its page, from 1, and how many it has.
    pub page: i64,
    /// How many pages the list has, if known.
    pub pages: Option<i64>,
    /// When it began.
    pub started_at: Instant,
    /// When it ended.
    pub ended_at: Option<Instant>,
    /// Objects met, new, changed, withdrawn.
    pub objects: [i64; 4],
    /// Requests sent.
    pub requests: i64,
    /// Milliseconds spent waiting for the server and working.
    pub millis: [i64; 2],
    /// Why it did not come to its end.
    pub problem: Option<String>,
}

macro_rules! runs {
    ($which:literal) => {
        sql!(concat!(
            "SELECT r.id, s.url, r.mode, r.state, r.stage, r.list_url, r.page, r.pages, r.started_at, r.ended_at, r.objects_seen, r.objects_new, \
             r.objects_changed, r.objects_withdrawn, r.requests, r.waited_ms, r.own_ms, r.problem \
             FROM council_run r JOIN council_source s ON s.id = r.source_id WHERE r.site_id = $1 AND ",
            $which
        ))
    };
}

/// The newest runs of this site.
///
/// # Errors
/// What the database reports.
pub fn list_runs(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Run>, DbError> {
    let site = tx.site()?;
    tx.list(runs!("r.id > 0 ORDER BY r.id DESC LIMIT $2"), &[&site, &limit], run)
}

/// One run, if it is this site's.
///
/// # Errors
/// What the database reports.
pub fn find_run(tx: &mut Tx<'_>, id: i64) -> Result<Option<Run>, DbError> {
    let site = tx.site()?;
    tx.find(runs!("r.id = $2"), &[&site, &id], run)
}

fn run(row: &Row<'_>) -> Result<Run, DbError> {
    Ok(Run {
        id: row.get(0)?,
        url: row.get(1)?,
        mode: row.get(2)?,
        state: row.get(3)?,
        stage: row.get(4)?,
        list_url: row.get(5)?,
        page: row.get(6)?,
        pages: row.get(7)?,
        started_at: row.get(8)?,
        ended_at: row.get(9)?,
        objects: [row.get(10)?, row.get(11)?, row.get(12)?, row.get(13)?],
        requests: row.get(14)?,
        millis: [row.get(15)?, row.get(16)?],
        problem: row.get(17)?,
    })
}
