//! Bundles and points: taken up, merged, taken apart, split, put together again. The number of statements never depends on that of points.
//!
//! Points of statements that their authors took back stay in their bundle, to be seen; they count no more and nothing is done with them.

use super::record;
use crate::weighing::rules::{self, POINTS_MAX, Stage, may_change};
use allmende_core::{Actor, Refusal};
use allmende_db::{DbError, Tx, sql};
use allmende_platform::AppError;

/// Gives each new point of a public statement a bundle of its own, with the department of the process and the promised day.
/// Doing it twice is once. Three statements.
///
/// # Errors
/// What the database reports.
pub fn take_up(tx: &mut Tx<'_>, process: i64) -> Result<u64, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let taken = tx.execute(
        sql!(
            "INSERT INTO weighing (site_id, process_id, part_id, title, reason, department_id, answer_by, state, points, first_point, changed_at) \
             SELECT s.site_id, s.process_id, s.part_id, '', '', r.department_id, s.answer_by, 'open', 1, p.id, $3 FROM statement_point p \
             JOIN statement s ON s.id = p.statement_id JOIN process r ON r.id = s.process_id \
             WHERE s.site_id = $1 AND s.process_id = $2 AND s.state = 'public' AND p.bundle_id IS NULL ORDER BY s.number, p.position \
             ON CONFLICT (first_point) DO NOTHING"
        ),
        &[&site, &process, &now],
    )?;
    if taken > 0 {
        tx.execute(
            sql!(
                "UPDATE statement_point SET bundle_id = (SELECT w.id FROM weighing w WHERE w.first_point = statement_point.id) WHERE site_id = $1 \
                 AND bundle_id IS NULL AND statement_id IN (SELECT s.id FROM statement s WHERE s.process_id = $2 AND s.state = 'public')"
            ),
            &[&site, &process],
        )?;
    }
    Ok(taken)
}

/// A bundle as acts on it need it.
#[derive(Debug, Clone)]
struct Known {
    id: i64,
    part: i64,
    stage: Stage,
    points: i64,
    has_answer: bool,
}

fn find_many(tx: &mut Tx<'_>, process: i64, bundles: &[i64]) -> Result<Vec<Known>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!("SELECT id, part_id, state, points, code FROM weighing WHERE site_id = $1 AND process_id = $2 AND points > 0 AND id ANY_OF($3) ORDER BY id"),
        &[&site, &process, &bundles.to_vec()],
        |row| {
            let has_answer = row.get::<Option<i64>>(4)?.is_some();
            Ok(Known { id: row.get(0)?, part: row.get(1)?, stage: super::stage_at(row, 2)?, points: row.get(3)?, has_answer })
        },
    )
}

/// Makes one bundle of several and returns it: the one that has an answer already, else the largest, else the oldest.
///
/// # Errors
/// `admin-weighing-few` for fewer than two, `admin-weighing-parts` for points of different texts, `admin-weighing-is-public` if one
/// of them is answered in public.
pub fn merge(tx: &mut Tx<'_>, process: i64, bundles: &[i64], title: &str, actor: &Actor) -> Result<i64, AppError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let known = find_many(tx, process, bundles)?;
    let target = known.iter().max_by_key(|bundle| (bundle.has_answer, bundle.points, std::cmp::Reverse(bundle.id))).cloned();
    let Some(target) = target.filter(|_| known.len() > 1) else { return Err(Refusal::new("admin-weighing-few").into()) };
    if known.iter().any(|bundle| bundle.part != target.part) {
        return Err(Refusal::new("admin-weighing-parts").into());
    }
    known.iter().try_for_each(|bundle| may_change(bundle.stage))?;
    let all: Vec<i64> = known.iter().map(|bundle| bundle.id).collect();
    let others: Vec<i64> = all.iter().copied().filter(|id| *id != target.id).collect();
    record(tx, &others, "merged", Some(&target.id.to_string()), actor.person())?;
    tx.execute(sql!("UPDATE statement_point SET bundle_id = $2 WHERE site_id = $1 AND bundle_id ANY_OF($3)"), &[&site, &target.id, &others])?;
    let stage = target.stage.after_change().key();
    tx.execute(
        sql!(
            "UPDATE weighing SET state = $4, title = CASE WHEN $5 = '' THEN title ELSE $5 END, changed_at = $6, approved_by = NULL, approved_at = NULL, \
             points = (SELECT CAST(COUNT(*) AS BIGINT) FROM statement_point p JOIN statement s ON s.id = p.statement_id AND s.state <> 'withdrawn' \
             WHERE p.bundle_id = weighing.id), \
             answer_by = (SELECT MIN(o.answer_by) FROM weighing o WHERE o.id ANY_OF($3)) WHERE site_id = $1 AND id = $2"
        ),
        &[&site, &target.id, &all, &stage, &title, &now],
    )?;
    tx.execute(
        sql!(
            "UPDATE weighing SET points = 0, first_point = NULL, state = 'open', code = NULL, reason = '', changed_at = $3 WHERE site_id = $1 AND id ANY_OF($2)"
        ),
        &[&site, &others, &now],
    )?;
    record(tx, &[target.id], "bundled", None, actor.person())?;
    Ok(target.id)
}

/// The bundles of points.
fn bundles_of(tx: &mut Tx<'_>, process: i64, points: &[i64]) -> Result<Vec<i64>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT DISTINCT p.bundle_id FROM statement_point p JOIN statement s ON s.id = p.statement_id \
             WHERE p.site_id = $1 AND s.process_id = $2 AND p.bundle_id IS NOT NULL AND p.id ANY_OF($3) ORDER BY 1"
        ),
        &[&site, &process, &points.to_vec()],
        |row| row.get(0),
    )
}

/// Accepts a proposed bundle: the ticked points lie in one from now on, the others are said to equal no other.
///
/// # Errors
/// As [`merge`].
pub fn accept(tx: &mut Tx<'_>, process: i64, points: &[i64], others: &[i64], title: &str, actor: &Actor) -> Result<i64, AppError> {
    take_up(tx, process)?;
    let bundles = bundles_of(tx, process, points)?;
    let target = merge(tx, process, &bundles, title, actor)?;
    set_apart(tx, process, others)?;
    Ok(target)
}

/// Says of points that they equal no other: they are not proposed for a bundle again.
///
/// # Errors
/// What the database reports.
pub fn set_apart(tx: &mut Tx<'_>, process: i64, points: &[i64]) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(
        sql!(
            "UPDATE statement_point SET is_apart = 1 WHERE site_id = $1 AND id ANY_OF($3) \
             AND statement_id IN (SELECT s.id FROM statement s WHERE s.process_id = $2)"
        ),
        &[&site, &process, &points.to_vec()],
    )?;
    Ok(())
}

/// Takes points out of a bundle: each is alone again.
///
/// # Errors
/// `admin-weighing-pick` if none is of this bundle, `admin-weighing-all` if none would stay, `admin-weighing-is-public`.
pub fn take_out(tx: &mut Tx<'_>, process: i64, bundle: i64, points: &[i64], actor: &Actor) -> Result<(), AppError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let known = find_many(tx, process, &[bundle])?.pop().ok_or(AppError::NotFound)?;
    may_change(known.stage)?;
    let own: Vec<i64> = tx.list(
        sql!(
            "SELECT p.id FROM statement_point p JOIN statement s ON s.id = p.statement_id AND s.state <> 'withdrawn' \
             WHERE +p.site_id = $1 AND p.bundle_id = $2 ORDER BY p.id"
        ),
        &[&site, &bundle],
        |row| row.get(0),
    )?;
    let (out, stay): (Vec<i64>, Vec<i64>) = own.into_iter().partition(|point| points.contains(point));
    let Some(first) = stay.first() else { return Err(Refusal::of_field("point", "admin-weighing-all").into()) };
    if out.is_empty() {
        return Err(Refusal::of_field("point", "admin-weighing-pick").into());
    }
    tx.execute(sql!("UPDATE statement_point SET bundle_id = NULL, is_apart = 1 WHERE site_id = $1 AND id ANY_OF($2)"), &[&site, &out])?;
    tx.execute(
        sql!(
            "UPDATE weighing SET points = $3, state = $4, changed_at = $5, approved_by = NULL, approved_at = NULL, \
             first_point = CASE WHEN first_point ANY_OF($6) THEN $7 ELSE first_point END WHERE site_id = $1 AND id = $2"
        ),
        &[&site, &bundle, &i64::try_from(stay.len()).unwrap_or(i64::MAX), &known.stage.after_change().key(), &now, &out, first],
    )?;
    record(tx, &[bundle], "taken-out", None, actor.person())?;
    take_up(tx, process)?;
    Ok(())
}

/// A point with what splitting it needs to know.
#[derive(Debug, Clone)]
pub struct Point {
    /// Its row.
    pub id: i64,
    /// Its statement.
    pub statement: i64,
    /// The number of its statement.
    pub number: i64,
    /// Its place within the statement.
    pub position: i64,
    /// What it says.
    pub text: String,
    /// Its bundle.
    pub bundle: i64,
    /// Where the answer to the bundle stands.
    pub stage: Stage,
    /// Points of the bundle.
    pub bundled: i64,
    /// Points of the statement.
    pub siblings: i64,
}

/// A point that was taken up, by its row, unless its statement was taken back. One statement.
///
/// # Errors
/// What the database reports.
pub fn find_point(tx: &mut Tx<'_>, process: i64, point: i64) -> Result<Option<Point>, DbError> {
    let site = tx.site()?;
    tx.find(
        sql!(
            "SELECT p.id, p.statement_id, s.number, p.position, p.text, p.bundle_id, w.state, w.points, \
             (SELECT CAST(COUNT(*) AS BIGINT) FROM statement_point o WHERE o.statement_id = s.id) \
             FROM statement_point p JOIN statement s ON s.id = p.statement_id JOIN weighing w ON w.id = p.bundle_id \
             WHERE p.site_id = $1 AND s.process_id = $2 AND p.id = $3 AND s.state <> 'withdrawn'"
        ),
        &[&site, &process, &point],
        |row| {
            Ok(Point {
                id: row.get(0)?,
                statement: row.get(1)?,
                number: row.get(2)?,
                position: row.get(3)?,
                text: row.get(4)?,
                bundle: row.get(5)?,
                stage: super::stage_at(row, 6)?,
                bundled: row.get(7)?,
                siblings: row.get(8)?,
            })
        },
    )
}

/// Splits a point: the picked sentences become a point of their own in a bundle of its own. Returns that bundle.
///
/// An answer that was proposed for the point alone is looked at again; one for many points stays theirs.
///
/// # Errors
/// What [`rules::split`] says, `admin-weighing-is-public`, `admin-weighing-points` beyond [`POINTS_MAX`].
pub fn split(tx: &mut Tx<'_>, process: i64, point: i64, picked: &[usize], actor: &Actor) -> Result<i64, AppError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let point = find_point(tx, process, point)?.ok_or(AppError::NotFound)?;
    may_change(point.stage)?;
    if usize::try_from(point.siblings).unwrap_or(usize::MAX) >= POINTS_MAX {
        return Err(Refusal::new("admin-weighing-points").into());
    }
    let (stays, goes) = rules::split(&point.text, picked)?;
    tx.execute(sql!("UPDATE statement_point SET text = $3 WHERE site_id = $1 AND id = $2"), &[&site, &point.id, &stays])?;
    tx.execute(
        sql!(
            "INSERT INTO statement_point (site_id, statement_id, position, text) \
             SELECT $1, $2, MAX(position) + 1, $3 FROM statement_point WHERE site_id = $1 AND statement_id = $2"
        ),
        &[&site, &point.statement, &goes],
    )?;
    let stage = if point.bundled == 1 { Stage::Open } else { point.stage.after_change() };
    tx.execute(
        sql!("UPDATE weighing SET state = $3, approved_by = NULL, approved_at = NULL, changed_at = $4 WHERE site_id = $1 AND id = $2"),
        &[&site, &point.bundle, &stage.key(), &now],
    )?;
    record(tx, &[point.bundle], "split", None, actor.person())?;
    take_up(tx, process)?;
    let made = tx.find(
        sql!("SELECT bundle_id FROM statement_point WHERE +site_id = $1 AND statement_id = $2 AND bundle_id IS NOT NULL ORDER BY position DESC LIMIT 1"),
        &[&site, &point.statement],
        |row| row.get(0),
    )?;
    made.ok_or(AppError::NotFound)
}

/// Puts the points of a statement together again: one point with the words of the statement, in the bundle of the first. Returns it.
///
/// # Errors
/// `admin-weighing-whole` if there is only one point, `admin-weighing-is-public` if one of them is answered in public.
pub fn join(tx: &mut Tx<'_>, process: i64, point: i64, actor: &Actor) -> Result<i64, AppError> {
    let site = tx.site()?;
    let point = find_point(tx, process, point)?.ok_or(AppError::NotFound)?;
    let all: Vec<(i64, i64, Stage)> = tx.list(
        sql!(
            "SELECT p.id, p.bundle_id, w.state FROM statement_point p JOIN weighing w ON w.id = p.bundle_id WHERE +p.site_id = $1 AND p.statement_id = $2 \
             ORDER BY p.position"
        ),
        &[&site, &point.statement],
        |row| Ok((row.get(0)?, row.get(1)?, super::stage_at(row, 2)?)),
    )?;
    let Some(((first, bundle, _), rest)) = all.split_first().filter(|(_, rest)| !rest.is_empty()) else {
        return Err(Refusal::new("admin-weighing-whole").into());
    };
    all.iter().try_for_each(|(_, _, stage)| may_change(*stage))?;
    let gone: Vec<i64> = rest.iter().map(|(id, ..)| *id).collect();
    let touched: Vec<i64> = all.iter().map(|(_, bundle, _)| *bundle).collect();
    tx.execute(sql!("DELETE FROM statement_point WHERE site_id = $1 AND id ANY_OF($2)"), &[&site, &gone])?;
    tx.execute(
        sql!("UPDATE statement_point SET text = (SELECT s.text FROM statement s WHERE s.id = statement_point.statement_id) WHERE site_id = $1 AND id = $2"),
        &[&site, first],
    )?;
    count_points(tx, &touched)?;
    tx.execute(
        sql!(
            "UPDATE weighing SET state = CASE WHEN state = 'approved' THEN 'proposed' ELSE state END, approved_by = NULL, approved_at = NULL \
             WHERE site_id = $1 AND id ANY_OF($2)"
        ),
        &[&site, &touched],
    )?;
    record(tx, &touched, "joined", None, actor.person())?;
    Ok(*bundle)
}

/// Counts the points of bundles anew, and which one is the first.
fn count_points(tx: &mut Tx<'_>, bundles: &[i64]) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!(
            "UPDATE weighing SET points = (SELECT CAST(COUNT(*) AS BIGINT) FROM statement_point p JOIN statement s ON s.id = p.statement_id AND s.state <> 'withdrawn' \
             WHERE p.bundle_id = weighing.id), \
             first_point = (SELECT MIN(p.id) FROM statement_point p JOIN statement s ON s.id = p.statement_id AND s.state <> 'withdrawn' \
             WHERE p.bundle_id = weighing.id), changed_at = $3 WHERE site_id = $1 AND id ANY_OF($2)"
        ),
        &[&site, &bundles.to_vec(), &now],
    )?;
    Ok(())
}

/// Takes the points of a statement that its author took back out of what their bundles count: a bundle of theirs alone is nobody's work any
/// more, one with others keeps its answer for them. At most three statements.
///
/// # Errors
/// What the database reports.
pub fn let_go(tx: &mut Tx<'_>, statement: i64) -> Result<(), DbError> {
    let site = tx.site()?;
    let touched: Vec<i64> = tx.list(
        sql!("SELECT DISTINCT bundle_id FROM statement_point WHERE +site_id = $1 AND statement_id = $2 AND bundle_id IS NOT NULL ORDER BY 1"),
        &[&site, &statement],
        |row| row.get(0),
    )?;
    if touched.is_empty() {
        return Ok(());
    }
    record(tx, &touched, "let-go", None, None)?;
    count_points(tx, &touched)
}
