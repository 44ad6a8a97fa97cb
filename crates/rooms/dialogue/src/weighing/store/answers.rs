//! Answers on their way: proposed, sent back, approved by a second person, published, taken back.

use super::{notices, record, stage_at};
use crate::store::processes::Process;
use crate::weighing::rules::{Proposal, Stage, may_approve, may_change};
use allmende_core::{Actor, Id, Person, Refusal};
use allmende_db::{DbError, Tx, sql};
use allmende_platform::thread::{self, Step};
use allmende_platform::{AppError, changes};

struct Standing {
    stage: Stage,
    proposed_by: Option<Id<Person>>,
}

fn find(tx: &mut Tx<'_>, process: i64, bundle: i64) -> Result<Standing, AppError> {
    let site = tx.site()?;
    let found = tx.find(
        sql!("SELECT state, proposed_by FROM weighing WHERE site_id = $1 AND process_id = $2 AND id = $3 AND points > 0"),
        &[&site, &process, &bundle],
        |row| Ok(Standing { stage: stage_at(row, 0)?, proposed_by: row.get(1)? }),
    )?;
    found.ok_or(AppError::NotFound)
}

/// Proposes an answer, or changes the one that was proposed: whoever changes it is its author from then on.
///
/// # Errors
/// `admin-weighing-is-public`.
pub fn propose(tx: &mut Tx<'_>, process: i64, bundle: i64, proposal: &Proposal, actor: &Actor) -> Result<(), AppError> {
    let (site, now) = (tx.site()?, tx.now()?);
    may_change(find(tx, process, bundle)?.stage)?;
    let day = proposal.answer_by.map(|day| day.to_string());
    tx.execute(
        sql!(
            "UPDATE weighing SET code = $3, reason = $4, calculation = $5, department_id = $6, answer_by = $7, state = 'proposed', proposed_by = $8, \
             proposed_at = $9, approved_by = NULL, approved_at = NULL, changed_at = $9 WHERE site_id = $1 AND id = $2"
        ),
        &[&site, &bundle, &i64::from(proposal.code.code()), &proposal.reason, &proposal.calculation, &proposal.department, &day, &actor.person(), &now],
    )?;
    Ok(record(tx, &[bundle], "proposed", None, actor.person())?)
}

/// Sends a proposed or approved answer back to the desk, with a word for whoever proposed it.
///
/// # Errors
/// `admin-weighing-not-proposed`, `admin-weighing-is-public`.
pub fn send_back(tx: &mut Tx<'_>, process: i64, bundle: i64, note: &str, actor: &Actor) -> Result<(), AppError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let stage = find(tx, process, bundle)?.stage;
    may_change(stage)?;
    if stage == Stage::Open {
        return Err(Refusal::new("admin-weighing-not-proposed").into());
    }
    tx.execute(
        sql!("UPDATE weighing SET state = 'open', approved_by = NULL, approved_at = NULL, changed_at = $3 WHERE site_id = $1 AND id = $2"),
        &[&site, &bundle, &now],
    )?;
    Ok(record(tx, &[bundle], "sent-back", Some(note), actor.person())?)
}

/// Approves one proposed answer as a second person.
///
/// # Errors
/// What [`may_approve`] says.
pub fn approve(tx: &mut Tx<'_>, process: i64, bundle: i64, actor: &Actor) -> Result<(), AppError> {
    let standing = find(tx, process, bundle)?;
    may_approve(standing.stage, standing.proposed_by, actor.person())?;
    approve_many(tx, process, &[bundle], actor)?;
    Ok(())
}

/// How many answers were approved, and how many were left because the same person proposed them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Approved {
    /// Approved now.
    pub approved: usize,
    /// Left: their own.
    pub own: usize,
}

/// Approves proposed answers as a second person; one's own and those that are not proposed are left. Three statements for any number.
///
/// # Errors
/// `admin-weighing-nobody` without an account; what the database reports.
pub fn approve_many(tx: &mut Tx<'_>, process: i64, bundles: &[i64], actor: &Actor) -> Result<Approved, AppError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let person = actor.person().ok_or(Refusal::new("admin-weighing-nobody"))?;
    let bundles = bundles.to_vec();
    let own = tx.find(
        sql!(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM weighing WHERE site_id = $1 AND process_id = $2 AND id ANY_OF($3) AND points > 0 AND state = 'proposed' \
             AND proposed_by = $4"
        ),
        &[&site, &process, &bundles, &person],
        |row| row.get::<i64>(0),
    )?;
    let approved: Vec<i64> = tx.list(
        sql!(
            "UPDATE weighing SET state = 'approved', approved_by = $4, approved_at = $5, changed_at = $5 WHERE site_id = $1 AND process_id = $2 \
             AND id ANY_OF($3) AND points > 0 AND state = 'proposed' AND (proposed_by IS NULL OR proposed_by <> $4) RETURNING id"
        ),
        &[&site, &process, &bundles, &person, &now],
        |row| row.get(0),
    )?;
    record(tx, &approved, "approved", None, Some(person))?;
    Ok(Approved { approved: approved.len(), own: usize::try_from(own.unwrap_or(0)).unwrap_or(0) })
}

/// Hands bundles to a department (or to none) with a day; what is public stays as it is.
///
/// # Errors
/// What the database reports.
pub fn assign(tx: &mut Tx<'_>, process: i64, bundles: &[i64], department: Option<i64>, answer_by: Option<&str>, actor: &Actor) -> Result<usize, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let changed: Vec<i64> = tx.list(
        sql!(
            "UPDATE weighing SET department_id = $4, answer_by = COALESCE($5, answer_by), changed_at = $6 WHERE site_id = $1 AND process_id = $2 AND id ANY_OF($3) \
             AND points > 0 AND state <> 'published' RETURNING id"
        ),
        &[&site, &process, &bundles.to_vec(), &department, &answer_by, &now],
        |row| row.get(0),
    )?;
    record(tx, &changed, "assigned", None, actor.person())?;
    Ok(changed.len())
}

/// What publishing did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Published {
    /// Bundles whose answer everybody reads now.
    pub bundles: usize,
    /// Statements whose answer is complete now.
    pub statements: usize,
}

/// Publishes all approved answers of a process. A statement counts as answered, and its author is told, once each of its points is.
/// The number of statements does not depend on that of answers.
///
/// # Errors
/// What the database reports.
pub fn publish(tx: &mut Tx<'_>, process: &Process, actor: &Actor) -> Result<Published, AppError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let bundles: Vec<i64> = tx.list(
        sql!(
            "UPDATE weighing SET state = 'published', published_at = $3, changed_at = $3 WHERE site_id = $1 AND process_id = $2 AND state = 'approved' AND points > 0 \
             RETURNING id"
        ),
        &[&site, &process.id, &now],
        |row| row.get(0),
    )?;
    if bundles.is_empty() {
        return Ok(Published::default());
    }
    record(tx, &bundles, "published", None, actor.person())?;
    let answered: Vec<i64> = tx.list(
        sql!(
            "UPDATE statement SET answered_at = $3 WHERE site_id = $1 AND process_id = $2 AND state = 'public' AND answered_at IS NULL \
             AND EXISTS (SELECT 1 FROM statement_point p WHERE p.statement_id = statement.id) \
             AND NOT EXISTS (SELECT 1 FROM statement_point p LEFT JOIN weighing w ON w.id = p.bundle_id WHERE p.statement_id = statement.id \
             AND (w.id IS NULL OR w.state <> 'published')) RETURNING id"
        ),
        &[&site, &process.id, &now],
        |row| row.get(0),
    )?;
    let by = i64::try_from(answered.len()).unwrap_or(0);
    tx.execute(sql!("UPDATE process SET answered = answered + $3, changed_at = $4 WHERE site_id = $1 AND id = $2"), &[&site, &process.id, &by, &now])?;
    notices::note_answered(tx, process.id, &answered)?;
    crate::weighing::told::enqueue(tx)?;
    thread::record_each(tx, crate::store::STATEMENT, &answered, actor, &Step { kind: "statement-answered", reason: None, detail: None, is_public: true })?;
    changes::note_many(tx, &answered.iter().map(|id| (crate::store::STATEMENT, *id)).collect::<Vec<_>>())?;
    changes::note(tx, crate::store::PROCESS, process.id)?;
    if let Some(node) = process.node {
        let detail = serde_json::json!({ "answers": bundles.len(), "statements": answered.len() }).to_string();
        thread::record(tx, node, actor, &Step { kind: "answers-published", reason: None, detail: Some(&detail), is_public: true })?;
    }
    Ok(Published { bundles: bundles.len(), statements: answered.len() })
}

/// Takes a public answer back, with the reason that the record of its statements tells; it can be proposed anew.
///
/// # Errors
/// `admin-weighing-not-public`.
pub fn reopen(tx: &mut Tx<'_>, process: &Process, bundle: i64, reason: &str, actor: &Actor) -> Result<(), AppError> {
    let (site, now) = (tx.site()?, tx.now()?);
    if find(tx, process.id, bundle)?.stage != Stage::Published {
        return Err(Refusal::new("admin-weighing-not-public").into());
    }
    tx.execute(
        sql!("UPDATE weighing SET state = 'open', published_at = NULL, approved_by = NULL, approved_at = NULL, changed_at = $3 WHERE site_id = $1 AND id = $2"),
        &[&site, &bundle, &now],
    )?;
    record(tx, &[bundle], "reopened", Some(reason), actor.person())?;
    let statements: Vec<i64> = tx.list(
        sql!(
            "UPDATE statement SET answered_at = NULL WHERE site_id = $1 AND answered_at IS NOT NULL \
             AND id IN (SELECT p.statement_id FROM statement_point p WHERE p.bundle_id = $2) RETURNING id"
        ),
        &[&site, &bundle],
        |row| row.get(0),
    )?;
    let by = i64::try_from(statements.len()).unwrap_or(0);
    tx.execute(sql!("UPDATE process SET answered = answered - $3, changed_at = $4 WHERE site_id = $1 AND id = $2"), &[&site, &process.id, &by, &now])?;
    notices::forget(tx, &statements)?;
    let step = Step { kind: "answer-taken-back", reason: Some(reason), detail: None, is_public: true };
    thread::record_each(tx, crate::store::STATEMENT, &statements, actor, &step)?;
    changes::note_many(tx, &statements.iter().map(|id| (crate::store::STATEMENT, *id)).collect::<Vec<_>>())?;
    Ok(())
}
