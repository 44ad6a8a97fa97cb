//! What happens to an undertaking: published, withdrawn, another state. Each is a row that stays, and an event of the thread.

use super::{KIND, references, sheets};
use crate::rules::{State, Visibility};
use crate::store::sheets::Undertaking;
use allmende_core::{Actor, Id, Instant, Role};
use allmende_db::{DbError, Row, Tx, sql};
use allmende_platform::thread::{self, Node, NodeData, Step};

/// What is to be recorded.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// `entered`, `changed`, `published`, `withdrawn` or `state`.
    pub kind: &'a str,
    /// The state before.
    pub before: Option<State>,
    /// The state after.
    pub after: Option<State>,
    /// Why, in words for residents.
    pub reason: Option<&'a str>,
}

/// What was recorded, as the house reads it; the public reads changes of state only, and no name of anybody.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// Its row.
    pub id: i64,
    /// What happened.
    pub kind: String,
    /// The state after, for a change of state.
    pub after: Option<State>,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub at: Instant,
    /// The role of whoever did it.
    pub role: String,
    /// The name, for the house alone.
    pub name: Option<String>,
}

/// The role in which somebody acts: that of the department before all others.
pub(super) fn role_of(actor: &Actor) -> &'static str {
    match actor {
        Actor::System | Actor::Stranger => "system",
        Actor::Person(person) if person.roles.has(Role::Department) => Role::Department.key(),
        Actor::Person(person) => person.roles.iter().last().map_or("resident", Role::key),
    }
}

/// Records what happened.
///
/// # Errors
/// What the database reports.
pub fn record(tx: &mut Tx<'_>, id: i64, actor: &Actor, record: &Record<'_>) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!(
            "INSERT INTO undertaking_record (site_id, undertaking_id, kind, before, after, reason, recorded_at, role, person_id) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        &[&site, &id, &record.kind, &record.before.map(State::key), &record.after.map(State::key), &record.reason, &now, &role_of(actor), &actor.person()],
    )?;
    Ok(())
}

/// Brings the public node up to date. Returns it.
///
/// # Errors
/// What the database reports; `DbError::Conflict` if the undertaking is not there.
pub fn keep_node(tx: &mut Tx<'_>, id: i64) -> Result<Id<Node>, DbError> {
    let own = sheets::find(tx, id)?.ok_or(DbError::Conflict)?;
    let node = NodeData {
        kind: KIND,
        object_id: id,
        title: &own.sheet.german.title,
        summary: Some(own.sheet.german.summary.as_str()).filter(|text| !text.is_empty()),
        path: &own.path(),
        happened_at: Some(own.state_at),
        state: Some(own.state.key()),
    };
    thread::keep(tx, &node).map(|(node, _)| node)
}

/// Tells followers of an undertaking what happened.
///
/// # Errors
/// What the database reports.
pub fn tell(tx: &mut Tx<'_>, node: Id<Node>, actor: &Actor, kind: &str, reason: Option<&str>) -> Result<(), DbError> {
    thread::record(tx, node, actor, &Step { kind, reason, detail: None, is_public: true })
}

/// Records that it stands somewhere else now, with the reason.
///
/// # Errors
/// What the database reports.
pub fn set_state(tx: &mut Tx<'_>, own: &Undertaking, state: State, reason: Option<&str>, actor: &Actor) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!("UPDATE undertaking SET state = $3, state_reason = $4, state_on = $5, changed_at = $5 WHERE site_id = $1 AND id = $2"),
        &[&site, &own.id, &state.key(), &reason, &now],
    )?;
    record(tx, own.id, actor, &Record { kind: "state", before: Some(own.state), after: Some(state), reason })?;
    if own.visibility == Visibility::Public {
        let node = keep_node(tx, own.id)?;
        tell(tx, node, actor, state.event(), reason)?;
    }
    Ok(())
}

/// Makes an undertaking public.
///
/// # Errors
/// What the database reports.
pub fn publish(tx: &mut Tx<'_>, own: &Undertaking, actor: &Actor) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!(
            "UPDATE undertaking SET visibility = 'public', published_at = COALESCE(published_at, $3), changed_at = $3 \
             WHERE site_id = $1 AND id = $2"
        ),
        &[&site, &own.id, &now],
    )?;
    record(tx, own.id, actor, &Record { kind: "published", before: None, after: None, reason: None })?;
    let node = keep_node(tx, own.id)?;
    references::tie(tx, own.id, node)?;
    tell(tx, node, actor, "published", None)
}

/// Takes an undertaking out of the public eye, with the reason.
///
/// # Errors
/// What the database reports.
pub fn withdraw(tx: &mut Tx<'_>, own: &Undertaking, reason: &str, actor: &Actor) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(sql!("UPDATE undertaking SET visibility = 'withdrawn', changed_at = $3 WHERE site_id = $1 AND id = $2"), &[&site, &own.id, &now])?;
    record(tx, own.id, actor, &Record { kind: "withdrawn", before: None, after: None, reason: Some(reason) })?;
    if let Some(node) = thread::withdraw(tx, KIND, own.id)? {
        tell(tx, node, actor, "withdrawn", Some(reason))?;
    }
    Ok(())
}

/// The changes of state, the oldest first, at most 200. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_states(tx: &mut Tx<'_>, id: i64) -> Result<Vec<Recorded>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT id, kind, after, reason, recorded_at, role, CAST(NULL AS TEXT) FROM undertaking_record \
             WHERE site_id = $1 AND undertaking_id = $2 AND kind IN ('entered', 'state') ORDER BY id LIMIT 200"
        ),
        &[&site, &id],
        recorded,
    )
}

/// Everything that happened, the newest first, at most 200. For the desk alone.
///
/// # Errors
/// What the database reports.
pub fn list_all(tx: &mut Tx<'_>, id: i64) -> Result<Vec<Recorded>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT r.id, r.kind, r.after, r.reason, r.recorded_at, r.role, p.public_name FROM undertaking_record r \
             LEFT JOIN person p ON p.id = r.person_id WHERE r.site_id = $1 AND r.undertaking_id = $2 ORDER BY r.id DESC LIMIT 200"
        ),
        &[&site, &id],
        recorded,
    )
}

fn recorded(row: &Row<'_>) -> Result<Recorded, DbError> {
    Ok(Recorded {
        id: row.get(0)?,
        kind: row.get(1)?,
        after: row.get::<Option<String>>(2)?.and_then(|key| State::of(&key)),
        reason: row.get(3)?,
        at: row.get(4)?,
        role: row.get(5)?,
        name: row.get(6)?,
    })
}
