//! The rows of the weighing table: what everybody may read, and for the house also what is approved and not yet public.

use super::stage_at;
use crate::place::Place;
use crate::rules::Channel;
use crate::weighing::rules::Stage;
use allmende_core::Instant;
use allmende_db::{DbError, Row, Tx, sql};
use allmende_texts::Anchor;

/// One point with its answer. Holds no name of anybody.
#[derive(Debug, Clone)]
pub struct PublicRow {
    /// The number of the statement.
    pub number: i64,
    /// Its receipt number.
    pub receipt: String,
    /// The place of the point within the statement.
    pub position: i64,
    /// Points of the statement.
    pub points: i64,
    /// How it came in.
    pub channel: Channel,
    /// When it was made.
    pub submitted_at: Instant,
    /// The version it was made on.
    pub version: i64,
    /// The passage; 0 for the whole text.
    pub unit: i64,
    /// The words it is about.
    pub anchor: Option<Anchor>,
    /// The statement as a whole.
    pub text: String,
    /// How the passage should read.
    pub suggestion: Option<String>,
    /// What it is about in the town.
    pub place: Option<Place>,
    /// What the point says.
    pub point: String,
    /// Where the answer stands.
    pub stage: Option<Stage>,
    /// The code of the answer.
    pub code: Option<i64>,
    /// Why.
    pub reason: String,
    /// How it was reckoned.
    pub calculation: Option<String>,
    /// The department.
    pub department: Option<String>,
    /// When the answer was published.
    pub published_at: Option<Instant>,
}

/// Which answers a table shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// What everybody reads.
    Public,
    /// Proposals too: for the house and for the paper of the council.
    Proposals,
}

macro_rules! rows {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT s.number, s.receipt, p.position, (SELECT CAST(COUNT(*) AS BIGINT) FROM statement_point o WHERE o.statement_id = s.id), s.channel, \
             s.submitted_at, v.number, s.unit, s.anchor, s.text, s.suggestion, p.text, w.state, w.code, w.reason, w.calculation, d.name, w.published_at, s.place \
             FROM statement s JOIN text_version v ON v.id = s.version_id JOIN statement_point p ON p.statement_id = s.id \
             LEFT JOIN weighing w ON w.id = p.bundle_id AND w.code IS NOT NULL AND (w.state = 'published' OR (CAST($3 AS BIGINT) = 1 AND w.state <> 'open')) \
             LEFT JOIN department d ON d.id = w.department_id WHERE +s.site_id = $1 AND s.process_id = $2 AND s.state = 'public' AND ",
            $rest
        ))
    };
}

fn read(row: &Row<'_>) -> Result<PublicRow, DbError> {
    let state: Option<String> = row.get(12)?;
    Ok(PublicRow {
        number: row.get(0)?,
        receipt: row.get(1)?,
        position: row.get(2)?,
        points: row.get(3)?,
        channel: Channel::of(&row.get::<String>(4)?).unwrap_or(Channel::Web),
        submitted_at: row.get(5)?,
        version: row.get(6)?,
        unit: row.get(7)?,
        anchor: row.get::<Option<String>>(8)?.and_then(|anchor| serde_json::from_str(&anchor).ok()),
        text: row.get(9)?,
        suggestion: row.get(10)?,
        place: row.get::<Option<String>>(18)?.as_deref().and_then(Place::parse),
        point: row.get(11)?,
        stage: state.map(|_| stage_at(row, 12)).transpose()?,
        code: row.get(13)?,
        reason: row.get::<Option<String>>(14)?.unwrap_or_default(),
        calculation: row.get(15)?,
        department: row.get(16)?,
        published_at: row.get(17)?,
    })
}

/// The rows of a process by statement and point, from one statement on. One statement.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, process: i64, shows: Shows, from: i64, statements: i64) -> Result<Vec<PublicRow>, DbError> {
    let (site, proposals) = (tx.site()?, i64::from(shows == Shows::Proposals));
    tx.list(
        rows!(
            "s.id IN (SELECT x.id FROM statement x WHERE x.process_id = $2 AND x.state = 'public' AND x.number >= $4 ORDER BY x.number LIMIT $5) \
             ORDER BY s.number, p.position"
        ),
        &[&site, &process, &proposals, &from, &statements],
        read,
    )
}

/// How many points have which code in public. One statement.
///
/// # Errors
/// What the database reports.
pub fn count(tx: &mut Tx<'_>, process: i64) -> Result<Vec<(i64, i64)>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT w.code, CAST(COUNT(*) AS BIGINT) FROM statement s JOIN statement_point p ON p.statement_id = s.id \
             JOIN weighing w ON w.id = p.bundle_id AND w.state = 'published' AND w.code IS NOT NULL \
             WHERE +s.site_id = $1 AND s.process_id = $2 AND s.state = 'public' GROUP BY w.code ORDER BY w.code"
        ),
        &[&site, &process],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
