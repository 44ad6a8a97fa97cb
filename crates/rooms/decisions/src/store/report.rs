//! The half-yearly report: how things stood at its end and before, and what changed in it.

use super::{day_at, status_at};
use crate::rules::Status;
use allmende_core::Instant;
use allmende_db::{DbError, Tx, sql};
use jiff::civil::Date;

/// Changes shown on the page; the table to download has all of them.
pub const CHANGES_MAX: i64 = 20_000;

/// How the public decisions stood at the beginning and at the end of a time, and how many were made in it.
#[derive(Debug, Clone)]
pub struct Standing {
    /// How many stood where at the beginning; every status once.
    pub before: Vec<(Status, i64)>,
    /// How many stood where at the end.
    pub after: Vec<(Status, i64)>,
    /// How many were made.
    pub made: i64,
}

/// One statement.
///
/// # Errors
/// What the database reports.
pub fn standing(tx: &mut Tx<'_>, from: Instant, until: Instant) -> Result<Standing, DbError> {
    let site = tx.site()?;
    let none = || Status::ALL.into_iter().map(|status| (status, 0)).collect::<Vec<(Status, i64)>>();
    let mut standing = Standing { before: none(), after: none(), made: 0 };
    // Who has no report before a moment stood where it began.
    tx.each(
        sql!(
            "WITH moment(side, at) AS (SELECT CAST(0 AS BIGINT), CAST($2 AS BIGINT) UNION ALL SELECT CAST(1 AS BIGINT), CAST($3 AS BIGINT)) \
             SELECT s.side, s.status, CAST(COUNT(*) AS BIGINT) FROM ( \
               SELECT m.side AS side, COALESCE((SELECT r.status FROM decision_record r WHERE r.id = \
                 (SELECT MAX(x.id) FROM decision_record x WHERE x.decision_id = d.id AND x.recorded_at < m.at)), d.first_status) AS status \
               FROM moment m JOIN decision d ON d.site_id = $1 AND d.is_public = 1 AND d.sort_at < m.at) s GROUP BY s.side, s.status \
             UNION ALL SELECT 2, 'made', CAST(COUNT(*) AS BIGINT) FROM decision WHERE site_id = $1 AND is_public = 1 AND sort_at >= $2 AND sort_at < $3"
        ),
        &[&site, &from, &until],
        |row| {
            let count: i64 = row.get(2)?;
            let counts = match row.get::<i64>(0)? {
                0 => &mut standing.before,
                1 => &mut standing.after,
                _ => {
                    standing.made = count;
                    return Ok(());
                }
            };
            let status = status_at(row, 1)?;
            counts.iter_mut().filter(|(own, _)| *own == status).for_each(|slot| slot.1 = count);
            Ok(())
        },
    )?;
    Ok(standing)
}

/// A decision that was made or reported on in the time of a report.
#[derive(Debug, Clone)]
pub struct Changed {
    /// Its row.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// When it was decided.
    pub decided_at: Option<Instant>,
    /// The committee.
    pub committee: Option<String>,
    /// The department.
    pub department: Option<String>,
    /// Where it stood at the beginning; none if it was made in this time.
    pub before: Option<Status>,
    /// Where it stood at the end.
    pub after: Status,
    /// Why, as reported last.
    pub reason: Option<String>,
    /// What came next, as reported last.
    pub next_step: Option<String>,
    /// When it is to be done, as reported last.
    pub expected_on: Option<Date>,
    /// When it was reported last.
    pub reported_at: Option<Instant>,
}

/// The last report in a time on each decision, newest first, with where it stood before. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_changed(tx: &mut Tx<'_>, from: Instant, until: Instant, limit: i64) -> Result<Vec<Changed>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT d.id, d.title, d.decided_at, d.committee, p.name, \
             CASE WHEN d.sort_at >= $2 THEN NULL ELSE COALESCE((SELECT y.status FROM decision_record y WHERE y.id = \
               (SELECT MAX(x.id) FROM decision_record x WHERE x.decision_id = d.id AND x.recorded_at < $2)), d.first_status) END, \
             r.status, r.reason, r.next_step, r.expected_on, r.recorded_at \
             FROM decision_record r JOIN decision d ON d.id = r.decision_id AND d.is_public = 1 LEFT JOIN department p ON p.id = r.department_id \
             WHERE r.site_id = $1 AND r.recorded_at >= $2 AND r.recorded_at < $3 \
             AND r.id = (SELECT MAX(z.id) FROM decision_record z WHERE z.decision_id = d.id AND z.recorded_at < $3) ORDER BY r.recorded_at DESC, r.id DESC LIMIT $4"
        ),
        &[&site, &from, &until, &limit],
        |row| {
            Ok(Changed {
                id: row.get(0)?,
                title: row.get(1)?,
                decided_at: row.get(2)?,
                committee: row.get(3)?,
                department: row.get(4)?,
                before: row.get::<Option<String>>(5)?.and_then(|key| Status::of(&key)),
                after: status_at(row, 6)?,
                reason: row.get(7)?,
                next_step: row.get(8)?,
                expected_on: day_at(row, 9)?,
                reported_at: row.get(10)?,
            })
        },
    )
}
