//! What departments report and the house notes: each a row of its own, nothing overwritten.

use super::keep::keep_node;
use super::{KIND, counts, day_at, status_at};
use crate::rules::{Report, Status};
use allmende_core::{Actor, Id, Instant, Person};
use allmende_db::{DbError, Row, Tx, sql};
use allmende_platform::thread::{self, Step};
use jiff::civil::Date;

use super::decisions::Decision;

/// One report as the public reads it.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its row.
    pub id: i64,
    /// Where the decision stood before.
    pub before: Status,
    /// Where it stands since.
    pub status: Status,
    /// Why.
    pub reason: Option<String>,
    /// What came next.
    pub next_step: Option<String>,
    /// When it was to be done.
    pub expected_on: Option<Date>,
    /// What it cost.
    pub cost_cents: Option<i64>,
    /// The department.
    pub department: Option<String>,
    /// The role of whoever reported; the public hears no name.
    pub role: String,
    /// When.
    pub recorded_at: Instant,
}

/// The reports on a decision, the oldest first, at most 200. One statement.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, decision: i64) -> Result<Vec<Record>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT r.id, r.before, r.status, r.reason, r.next_step, r.expected_on, r.cost_cents, p.name, r.role, r.recorded_at FROM decision_record r \
             LEFT JOIN department p ON p.id = r.department_id WHERE +r.site_id = $1 AND r.decision_id = $2 ORDER BY r.id LIMIT 200"
        ),
        &[&site, &decision],
        record,
    )
}

fn record(row: &Row<'_>) -> Result<Record, DbError> {
    Ok(Record {
        id: row.get(0)?,
        before: status_at(row, 1)?,
        status: status_at(row, 2)?,
        reason: row.get(3)?,
        next_step: row.get(4)?,
        expected_on: day_at(row, 5)?,
        cost_cents: row.get(6)?,
        department: row.get(7)?,
        role: row.get(8)?,
        recorded_at: row.get(9)?,
    })
}

/// Writes a report: the record, the row that lists show, the node, and the event that followers hear of.
///
/// # Errors
/// What the database reports.
pub fn insert(tx: &mut Tx<'_>, decision: &Decision, report: &Report, actor: &Actor) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let (person, role) = (actor.person(), role_of(actor));
    let day = report.expected_on.map(|day| day.to_string());
    let department = decision.department.as_ref().map(|(id, _)| *id);
    tx.execute(
        sql!(
            "INSERT INTO decision_record (site_id, decision_id, before, status, reason, next_step, expected_on, cost_cents, contact, department_id, \
             superseded_by_id, recorded_at, role, person_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
        ),
        &[
            &site,
            &decision.id,
            &decision.status.key(),
            &report.status.key(),
            &report.reason,
            &report.next_step,
            &day,
            &report.cost_cents,
            &report.contact,
            &department,
            &report.superseded_by,
            &now,
            &role,
            &person,
        ],
    )?;
    tx.execute(
        sql!(
            "UPDATE decision SET status = $3, reason = $4, next_step = $5, expected_on = $6, cost_cents = $7, contact = $8, superseded_by_id = $9, \
             reported_at = $10, changed_at = $10 WHERE site_id = $1 AND id = $2"
        ),
        &[&site, &decision.id, &report.status.key(), &report.reason, &report.next_step, &day, &report.cost_cents, &report.contact, &report.superseded_by, &now],
    )?;
    if report.status != decision.status {
        counts::count_anew(tx)?;
    }
    if decision.is_public {
        let (node, _) = keep_node(tx, decision.id, &decision.title, decision.resolution.as_deref(), decision.decided_at, report.status)?;
        let detail = detail(decision, report);
        let step =
            Step { kind: event(report.status), reason: report.reason.as_deref().or(report.next_step.as_deref()), detail: Some(&detail), is_public: true };
        thread::record(tx, node, actor, &step)?;
    }
    Ok(())
}

/// The kind of event that a report is: `implementation-STATUS`, for which there is a text `event-…`.
const fn event(status: Status) -> &'static str {
    match status {
        Status::Open | Status::NotReported => "implementation-open",
        Status::InProgress => "implementation-in-progress",
        Status::Partly => "implementation-partly",
        Status::Done => "implementation-done",
        Status::NotFeasible => "implementation-not-feasible",
        Status::Superseded => "implementation-superseded",
        Status::NoAction => "implementation-no-action",
    }
}

/// What changed, for the record.
fn detail(decision: &Decision, report: &Report) -> String {
    serde_json::json!({
        "before": decision.status.key(),
        "after": report.status.key(),
        "next_step": report.next_step,
        "expected_on": report.expected_on.map(|day| day.to_string()),
        "cost_cents": report.cost_cents,
    })
    .to_string()
}

/// The role in which somebody reports: that of the department before all others.
fn role_of(actor: &Actor) -> &'static str {
    use allmende_core::Role;
    match actor {
        Actor::System | Actor::Stranger => "system",
        Actor::Person(person) if person.roles.has(Role::Department) => Role::Department.key(),
        Actor::Person(person) => person.roles.iter().last().map_or("resident", Role::key),
    }
}

/// A note of the house.
#[derive(Debug, Clone)]
pub struct Note {
    /// What it says.
    pub text: String,
    /// When it was written.
    pub written_at: Instant,
    /// By whom.
    pub name: Option<String>,
}

/// The notes on a decision, the newest first, at most 100. For the desk alone.
///
/// # Errors
/// What the database reports.
pub fn list_notes(tx: &mut Tx<'_>, decision: i64) -> Result<Vec<Note>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT n.text, n.written_at, p.public_name FROM decision_note n LEFT JOIN person p ON p.id = n.person_id \
             WHERE +n.site_id = $1 AND n.decision_id = $2 ORDER BY n.id DESC LIMIT 100"
        ),
        &[&site, &decision],
        |row| Ok(Note { text: row.get(0)?, written_at: row.get(1)?, name: row.get(2)? }),
    )
}

/// Writes a note of the house. Neither the thread nor the feed hears of it.
///
/// # Errors
/// What the database reports.
pub fn insert_note(tx: &mut Tx<'_>, decision: i64, text: &str, person: Option<Id<Person>>) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!("INSERT INTO decision_note (site_id, decision_id, text, written_at, person_id) VALUES ($1, $2, $3, $4, $5)"),
        &[&site, &decision, &text, &now, &person],
    )?;
    Ok(())
}

/// Writes what a clerk corrected, and why.
///
/// # Errors
/// What the database reports.
pub fn insert_corrections(tx: &mut Tx<'_>, decision: i64, changed: &[(&'static str, String, String)], reason: &str, actor: &Actor) -> Result<(), DbError> {
    let (site, now, person) = (tx.site()?, tx.now()?, actor.person());
    for (field, before, after) in changed {
        tx.execute(
            sql!(
                "INSERT INTO decision_correction (site_id, decision_id, field, before, after, reason, corrected_at, person_id) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
            ),
            &[&site, &decision, field, before, after, &reason, &now, &person],
        )?;
    }
    if let Some(node) = thread::find(tx, KIND, decision)? {
        let fields: Vec<&str> = changed.iter().map(|(field, ..)| *field).collect();
        let detail = serde_json::json!({ "fields": fields }).to_string();
        thread::record(tx, node, actor, &Step { kind: "corrected", reason: Some(reason), detail: Some(&detail), is_public: true })?;
    }
    Ok(())
}

/// What was corrected on a decision, the newest first, at most 100: field, before, after, reason, when.
///
/// # Errors
/// What the database reports.
pub fn list_corrections(tx: &mut Tx<'_>, decision: i64) -> Result<Vec<(String, String, Instant)>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!("SELECT field, reason, corrected_at FROM decision_correction WHERE +site_id = $1 AND decision_id = $2 ORDER BY id DESC LIMIT 100"),
        &[&site, &decision],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// A change for the start page and the Atom feed: the decision and the report.
#[derive(Debug, Clone)]
pub struct News {
    /// The report's row.
    pub record: i64,
    /// The decision's row.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// Where it stands since.
    pub status: Status,
    /// Why.
    pub reason: Option<String>,
    /// What comes next.
    pub next_step: Option<String>,
    /// When it will be done.
    pub expected_on: Option<Date>,
    /// The department.
    pub department: Option<String>,
    /// When it was reported.
    pub recorded_at: Instant,
}

/// The latest reports on public decisions. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_latest(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<News>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT r.id, d.id, d.title, r.status, r.reason, r.next_step, r.expected_on, p.name, r.recorded_at FROM decision_record r \
             JOIN decision d ON d.id = r.decision_id AND d.is_public = 1 LEFT JOIN department p ON p.id = r.department_id \
             WHERE r.site_id = $1 ORDER BY r.id DESC LIMIT $2"
        ),
        &[&site, &limit],
        |row| {
            Ok(News {
                record: row.get(0)?,
                id: row.get(1)?,
                title: row.get(2)?,
                status: status_at(row, 3)?,
                reason: row.get(4)?,
                next_step: row.get(5)?,
                expected_on: day_at(row, 6)?,
                department: row.get(7)?,
                recorded_at: row.get(8)?,
            })
        },
    )
}
