//! What the desk shows: counts, lists of bundles, one bundle with its points, points for the search for equal ones.

use super::stage_at;
use crate::rules::{Channel, State};
use crate::store::day_at;
use crate::weighing::rules::Stage;
use allmende_core::{Id, Instant, Person};
use allmende_db::{DbError, Row, Tx, sql};
use jiff::civil::Date;

/// Points of one department in one stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The department; none if nobody has them.
    pub department: Option<(i64, String)>,
    /// The stage; none for points that were not taken up yet.
    pub stage: Option<Stage>,
    /// Points.
    pub points: i64,
    /// Bundles.
    pub bundles: i64,
    /// Points whose answer is later than promised.
    pub late: i64,
}

/// The points of a process by department and stage. One statement.
///
/// # Errors
/// What the database reports.
pub fn count(tx: &mut Tx<'_>, process: i64, today: Date) -> Result<Vec<Count>, DbError> {
    let (site, today) = (tx.site()?, today.to_string());
    tx.list(
        sql!(
            "SELECT d.id, d.name, COALESCE(w.state, ''), CAST(COUNT(*) AS BIGINT), CAST(COUNT(DISTINCT w.id) AS BIGINT), \
             CAST(SUM(CASE WHEN COALESCE(w.answer_by, s.answer_by) < $3 AND COALESCE(w.state, '') <> 'published' THEN 1 ELSE 0 END) AS BIGINT) \
             FROM statement s JOIN statement_point p ON p.statement_id = s.id LEFT JOIN weighing w ON w.id = p.bundle_id \
             LEFT JOIN department d ON d.id = w.department_id \
             WHERE +s.site_id = $1 AND s.process_id = $2 AND s.state = 'public' GROUP BY d.id, d.name, w.state ORDER BY d.name, w.state"
        ),
        &[&site, &process, &today],
        |row| {
            let department: (Option<i64>, Option<String>) = (row.get(0)?, row.get(1)?);
            Ok(Count {
                department: department.0.zip(department.1),
                stage: Stage::of(&row.get::<String>(2)?),
                points: row.get(3)?,
                bundles: row.get(4)?,
                late: row.get(5)?,
            })
        },
    )
}

/// What a list of bundles is narrowed to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filter {
    /// One passage; 0 for the whole text.
    pub unit: Option<i64>,
    /// One department; 0 for none.
    pub department: Option<i64>,
    /// One stage.
    pub stage: Option<Stage>,
    /// Only bundles of several points.
    pub is_bundle: bool,
    /// Only what is later than promised.
    pub is_late: bool,
}

/// A bundle in a list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its row.
    pub id: i64,
    /// Its name, if it has one.
    pub title: String,
    /// Where its answer stands.
    pub stage: Stage,
    /// The code of the answer.
    pub code: Option<i64>,
    /// Why.
    pub reason: String,
    /// The department.
    pub department: Option<String>,
    /// Until when an answer is promised.
    pub answer_by: Option<Date>,
    /// Its points.
    pub points: i64,
    /// The number of its first statement.
    pub number: i64,
    /// The passage of its first statement.
    pub unit: i64,
    /// What its first point says.
    pub text: String,
    /// Who proposed the answer.
    pub proposed_by: Option<(Id<Person>, String)>,
}

/// Bundles of a process in the order in which they came up, behind one of them. One statement.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, process: i64, filter: &Filter, today: Date, after: i64, limit: i64) -> Result<Vec<Listed>, DbError> {
    let (site, today) = (tx.site()?, today.to_string());
    let stage = filter.stage.map(Stage::key);
    tx.list(
        sql!(
            "SELECT w.id, w.title, w.state, w.code, w.reason, d.name, w.answer_by, w.points, s.number, s.unit, f.text, w.proposed_by, q.public_name \
             FROM weighing w JOIN statement_point f ON f.id = w.first_point JOIN statement s ON s.id = f.statement_id \
             LEFT JOIN department d ON d.id = w.department_id LEFT JOIN person q ON q.id = w.proposed_by \
             WHERE +w.site_id = $1 AND w.process_id = $2 AND w.points > 0 AND w.id > $3 AND (w.state = $4 OR $4 IS NULL) \
             AND (COALESCE(w.department_id, 0) = $5 OR $5 IS NULL) AND w.points >= $6 \
             AND (s.unit = $7 OR $7 IS NULL) AND (CAST($8 AS BIGINT) = 0 OR (w.answer_by < $9 AND w.state <> 'published')) ORDER BY w.id LIMIT $10"
        ),
        &[
            &site,
            &process,
            &after,
            &stage,
            &filter.department,
            &if filter.is_bundle { 2_i64 } else { 1 },
            &filter.unit,
            &i64::from(filter.is_late),
            &today,
            &limit,
        ],
        |row| {
            Ok(Listed {
                id: row.get(0)?,
                title: row.get(1)?,
                stage: stage_at(row, 2)?,
                code: row.get(3)?,
                reason: row.get(4)?,
                department: row.get(5)?,
                answer_by: day_at(row, 6)?,
                points: row.get(7)?,
                number: row.get(8)?,
                unit: row.get(9)?,
                text: row.get(10)?,
                proposed_by: named(row, 11)?,
            })
        },
    )
}

/// The bundles of a process that a filter lets through, at most `limit`: for an act on all of them. One statement.
///
/// # Errors
/// What the database reports.
pub fn ids(tx: &mut Tx<'_>, process: i64, filter: &Filter, today: Date, limit: usize) -> Result<Vec<i64>, DbError> {
    let rows = list(tx, process, filter, today, 0, i64::try_from(limit).unwrap_or(i64::MAX))?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

fn named(row: &Row<'_>, position: usize) -> Result<Option<(Id<Person>, String)>, DbError> {
    let (id, name): (Option<Id<Person>>, Option<String>) = (row.get(position)?, row.get(position + 1)?);
    Ok(id.zip(name))
}

/// One bundle.
#[derive(Debug, Clone)]
pub struct Bundle {
    /// Its row.
    pub id: i64,
    /// Its part.
    pub part: i64,
    /// The title of its process.
    pub process_title: String,
    /// Its name, if it has one.
    pub title: String,
    /// Where its answer stands.
    pub stage: Stage,
    /// The code of the answer.
    pub code: Option<i64>,
    /// Why.
    pub reason: String,
    /// How it was reckoned.
    pub calculation: Option<String>,
    /// The department.
    pub department: Option<i64>,
    /// Until when an answer is promised.
    pub answer_by: Option<Date>,
    /// Its points.
    pub points: i64,
    /// Who proposed the answer.
    pub proposed_by: Option<(Id<Person>, String)>,
    /// Who approved it.
    pub approved_by: Option<(Id<Person>, String)>,
    /// The bundle before it that has the same stage.
    pub before: Option<i64>,
    /// The next one that has no proposal.
    pub next: Option<i64>,
    /// Bundles without a proposal.
    pub open: i64,
    /// The newest public version of its text: row and digest.
    pub version: Option<(i64, String)>,
}

/// One bundle of a process with its neighbours. One statement.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, process: i64, bundle: i64) -> Result<Option<Bundle>, DbError> {
    let site = tx.site()?;
    tx.find(
        sql!(
            "SELECT w.id, w.part_id, r.title, w.title, w.state, w.code, w.reason, w.calculation, w.department_id, w.answer_by, w.points, w.proposed_by, q.public_name, \
             w.approved_by, a.public_name, \
             (SELECT MAX(o.id) FROM weighing o WHERE o.process_id = w.process_id AND o.points > 0 AND o.state = 'open' AND o.id < w.id), \
             (SELECT MIN(o.id) FROM weighing o WHERE o.process_id = w.process_id AND o.points > 0 AND o.state = 'open' AND o.id > w.id), \
             (SELECT CAST(COUNT(*) AS BIGINT) FROM weighing o WHERE o.process_id = w.process_id AND o.points > 0 AND o.state = 'open'), v.id, v.digest \
             FROM weighing w JOIN process r ON r.id = w.process_id LEFT JOIN person q ON q.id = w.proposed_by LEFT JOIN person a ON a.id = w.approved_by \
             LEFT JOIN text_version v ON v.part_id = w.part_id AND v.state = 'public' \
             AND v.number = (SELECT MAX(n.number) FROM text_version n WHERE n.part_id = w.part_id AND n.state = 'public') \
             WHERE w.site_id = $1 AND w.process_id = $2 AND w.id = $3 AND w.points > 0"
        ),
        &[&site, &process, &bundle],
        |row| {
            let version: (Option<i64>, Option<String>) = (row.get(18)?, row.get(19)?);
            Ok(Bundle {
                id: row.get(0)?,
                part: row.get(1)?,
                process_title: row.get(2)?,
                title: row.get(3)?,
                stage: stage_at(row, 4)?,
                code: row.get(5)?,
                reason: row.get(6)?,
                calculation: row.get(7)?,
                department: row.get(8)?,
                answer_by: day_at(row, 9)?,
                points: row.get(10)?,
                proposed_by: named(row, 11)?,
                approved_by: named(row, 13)?,
                before: row.get(15)?,
                next: row.get(16)?,
                open: row.get(17)?,
                version: version.0.zip(version.1),
            })
        },
    )
}

/// A point within a bundle.
#[derive(Debug, Clone)]
pub struct Point {
    /// Its row.
    pub id: i64,
    /// Its place within its statement.
    pub position: i64,
    /// What it says.
    pub text: String,
    /// The number of its statement.
    pub number: i64,
    /// Who says it, by their public name.
    pub author: String,
    /// How it came in.
    pub channel: Channel,
    /// How the passage should read.
    pub suggestion: Option<String>,
    /// The words it is about, as JSON of an anchor.
    pub anchor: Option<String>,
    /// The passage.
    pub unit: i64,
    /// How many support it.
    pub supports: i64,
    /// When it was made.
    pub submitted_at: Instant,
    /// Whether its statement has other points.
    pub has_others: bool,
    /// Where its statement stands.
    pub standing: State,
}

/// The points of a bundle by statement, at most `limit`. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_points(tx: &mut Tx<'_>, bundle: i64, limit: i64) -> Result<Vec<Point>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT p.id, p.position, p.text, s.number, s.author_name, s.channel, s.suggestion, s.anchor, s.unit, s.supports, s.submitted_at, \
             (SELECT MAX(o.id) FROM statement_point o WHERE o.statement_id = s.id AND o.id <> p.id), s.state FROM statement_point p \
             JOIN statement s ON s.id = p.statement_id WHERE +p.site_id = $1 AND p.bundle_id = $2 ORDER BY s.number, p.position LIMIT $3"
        ),
        &[&site, &bundle, &limit],
        |row| {
            Ok(Point {
                id: row.get(0)?,
                position: row.get(1)?,
                text: row.get(2)?,
                number: row.get(3)?,
                author: row.get(4)?,
                channel: Channel::of(&row.get::<String>(5)?).unwrap_or(Channel::Web),
                suggestion: row.get(6)?,
                anchor: row.get(7)?,
                unit: row.get(8)?,
                supports: row.get(9)?,
                submitted_at: row.get(10)?,
                has_others: row.get::<Option<i64>>(11)?.is_some(),
                standing: State::of(&row.get::<String>(12)?).ok_or(DbError::Type { position: 12, expected: "a state" })?,
            })
        },
    )
}

/// A point that may equal others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Candidate {
    /// Its row.
    pub id: i64,
    /// Its part.
    pub part: i64,
    /// Its bundle; none if it was not taken up yet.
    pub bundle: Option<i64>,
}

/// The points of a process whose bundle has no public answer and of which nobody said that they equal no other. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_candidates(tx: &mut Tx<'_>, process: i64) -> Result<Vec<Candidate>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT p.id, s.part_id, p.bundle_id FROM statement s JOIN statement_point p ON p.statement_id = s.id LEFT JOIN weighing w ON w.id = p.bundle_id \
             WHERE +s.site_id = $1 AND s.process_id = $2 AND s.state = 'public' AND p.is_apart = 0 AND COALESCE(w.state, 'open') <> 'published' \
             ORDER BY s.number, p.position LIMIT 20000"
        ),
        &[&site, &process],
        |row| Ok(Candidate { id: row.get(0)?, part: row.get(1)?, bundle: row.get(2)? }),
    )
}

/// The words of points: id, number of the statement, text. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_texts(tx: &mut Tx<'_>, points: &[i64]) -> Result<Vec<(i64, i64, String)>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!("SELECT p.id, s.number, p.text FROM statement_point p JOIN statement s ON s.id = p.statement_id WHERE +p.site_id = $1 AND p.id ANY_OF($2)"),
        &[&site, &points.to_vec()],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}
