//! The parts of a process (the formats that stand in it), its phases, and their extensions.

use crate::rules::{Acts, Period};
use allmende_core::{Actor, Id, Instant};
use allmende_db::{DbError, Row, Tx, sql};
use allmende_platform::thread::{self, Step};

use super::processes::{self, Process};

/// A format that stands in a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its row.
    pub id: i64,
    /// Its place among the others.
    pub position: i64,
    /// `consultation`, `ideas` or `discussion`.
    pub format: String,
    /// Its title.
    pub title: String,
    /// What stands above it.
    pub intro: String,
    /// What only its format knows, as JSON.
    pub settings: String,
}

/// A phase with what its deadline was before, if it was moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phase {
    /// Its row.
    pub id: i64,
    /// The part it belongs to; none for the whole process.
    pub part: Option<i64>,
    /// Its title.
    pub title: String,
    /// What happens in it.
    pub note: String,
    /// When, and what can be done.
    pub period: Period,
    /// Why its deadline was moved last, and where it was before.
    pub extended: Option<(String, Instant)>,
}

/// The parts of a process, in order. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_parts(tx: &mut Tx<'_>, process: i64) -> Result<Vec<Part>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!("SELECT id, position, format, title, intro, settings FROM process_part WHERE +site_id = $1 AND process_id = $2 ORDER BY position, id LIMIT 50"),
        &[&site, &process],
        |row| Ok(Part { id: row.get(0)?, position: row.get(1)?, format: row.get(2)?, title: row.get(3)?, intro: row.get(4)?, settings: row.get(5)? }),
    )
}

/// The phases of a process, in order. One statement.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, process: i64) -> Result<Vec<Phase>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT f.id, f.part_id, f.title, f.note, f.starts_at, f.ends_at, f.acts, e.reason, e.ended_before FROM process_phase f \
             LEFT JOIN process_extension e ON e.id = (SELECT MAX(x.id) FROM process_extension x WHERE x.phase_id = f.id) \
             WHERE +f.site_id = $1 AND f.process_id = $2 ORDER BY f.position, f.id LIMIT 100"
        ),
        &[&site, &process],
        phase,
    )
}

fn phase(row: &Row<'_>) -> Result<Phase, DbError> {
    let (reason, before): (Option<String>, Option<Instant>) = (row.get(7)?, row.get(8)?);
    Ok(Phase {
        id: row.get(0)?,
        part: row.get(1)?,
        title: row.get(2)?,
        note: row.get(3)?,
        period: Period { starts_at: row.get(4)?, ends_at: row.get(5)?, acts: Acts::parse(&row.get::<String>(6)?) },
        extended: reason.zip(before),
    })
}

/// The periods in which something can be done in a part: its own and those of the whole process.
#[must_use]
pub fn periods_of(phases: &[Phase], part: Option<i64>) -> Vec<Period> {
    phases.iter().filter(|phase| phase.part.is_none() || part.is_none() || phase.part == part).map(|phase| phase.period).collect()
}

/// First and last moment in which residents may do something.
#[must_use]
pub fn bounds(periods: impl Iterator<Item = Period>) -> Option<(Instant, Instant)> {
    periods.filter(|period| period.acts.are_for_residents()).fold(None, |bounds, period| match bounds {
        None => Some((period.starts_at, period.ends_at)),
        Some((begins, ends)) => Some((period.starts_at.min(begins), period.ends_at.max(ends))),
    })
}

/// Adds a part behind the others and returns its row.
///
/// # Errors
/// What the database reports.
pub fn insert_part(tx: &mut Tx<'_>, process: i64, part: &Part) -> Result<i64, DbError> {
    let site = tx.site()?;
    let id: Id<Part> = tx.insert(
        sql!("INSERT INTO process_part (site_id, process_id, position, format, title, intro, settings) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id"),
        &[&site, &process, &part.position, &part.format, &part.title, &part.intro, &part.settings],
    )?;
    Ok(id.get())
}

/// A phase as a form or a template gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPhase {
    /// The part it belongs to; none for the whole process.
    pub part: Option<i64>,
    /// Its title.
    pub title: String,
    /// What happens in it.
    pub note: String,
    /// When, and what can be done.
    pub period: Period,
}

/// Puts these phases in the place of all others. For drafts: the deadline of a public process is moved by [`extend`] alone.
///
/// # Errors
/// What the database reports.
pub fn replace(tx: &mut Tx<'_>, process: i64, phases: &[NewPhase]) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(sql!("DELETE FROM process_phase WHERE site_id = $1 AND process_id = $2"), &[&site, &process])?;
    for (position, phase) in (1_i64..).zip(phases) {
        insert(tx, process, position, phase)?;
    }
    processes::keep_bounds(tx, process, bounds(phases.iter().map(|phase| phase.period)))
}

fn insert(tx: &mut Tx<'_>, process: i64, position: i64, phase: &NewPhase) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(
        sql!(
            "INSERT INTO process_phase (site_id, process_id, part_id, position, title, note, starts_at, ends_at, acts) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        &[&site, &process, &phase.part, &position, &phase.title, &phase.note, &phase.period.starts_at, &phase.period.ends_at, &phase.period.acts.text()],
    )?;
    Ok(())
}

/// Adds a phase behind the others: a further round of a process that is public already.
///
/// # Errors
/// What the database reports.
pub fn append(tx: &mut Tx<'_>, process: &Process, phase: &NewPhase, actor: &Actor) -> Result<(), DbError> {
    let known = list(tx, process.id)?;
    insert(tx, process.id, i64::try_from(known.len()).unwrap_or(i64::MAX - 1) + 1, phase)?;
    processes::keep_bounds(tx, process.id, bounds(known.iter().map(|phase| phase.period).chain([phase.period])))?;
    if process.is_public() {
        let node = processes::keep_node(tx, process.id)?;
        thread::record(tx, node, actor, &Step { kind: "process-phase-added", reason: Some(&phase.title), detail: None, is_public: true })?;
    }
    Ok(())
}

/// Moves the deadline of a phase. What it was and why stands in a row of its own, and in public.
///
/// # Errors
/// What the database reports.
pub fn extend(tx: &mut Tx<'_>, process: &Process, phase: &Phase, ends_at: Instant, reason: &str, actor: &Actor) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!(
            "INSERT INTO process_extension (site_id, process_id, phase_id, ended_before, ends_after, reason, extended_at, person_id) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        &[&site, &process.id, &phase.id, &phase.period.ends_at, &ends_at, &reason, &now, &actor.person()],
    )?;
    tx.execute(sql!("UPDATE process_phase SET ends_at = $3 WHERE site_id = $1 AND id = $2"), &[&site, &phase.id, &ends_at])?;
    let phases = list(tx, process.id)?;
    processes::keep_bounds(tx, process.id, bounds(phases.iter().map(|phase| phase.period)))?;
    if process.is_public() {
        let node = processes::keep_node(tx, process.id)?;
        let detail =
            serde_json::json!({ "phase": phase.title, "before": phase.period.ends_at.timestamp().to_string(), "after": ends_at.timestamp().to_string() });
        thread::record(tx, node, actor, &Step { kind: "process-extended", reason: Some(reason), detail: Some(&detail.to_string()), is_public: true })?;
    }
    Ok(())
}
