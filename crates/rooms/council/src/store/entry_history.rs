//! What happened to an object that the public knows, as the desk shows it: published, corrected, withdrawn, with the reason.
//!
//! Papers, meetings, agenda items and organizations have a public node in the thread. People, places, terms, bodies, memberships
//! and files have one that strangers do not see: it carries their events and nothing else. Start with [`list`]; `entry_state::record` writes.

use crate::store::entry_list;
use crate::store::kind_key;
use allmende_core::{Id, Instant};
use allmende_db::{DbError, Tx, sql};
use allmende_oparl::Kind;
use allmende_platform::thread;

/// Events that the desk shows of one object.
const SHOWN_MAX: i64 = 30;

/// The node of an object whose kind has no place in the public thread. Strangers meet it nowhere; it carries what happened.
///
/// # Errors
/// What the database reports.
pub fn hidden_node(tx: &mut Tx<'_>, kind: Kind, id: i64) -> Result<Id<thread::Node>, DbError> {
    let title = entry_list::some(tx, kind, &[id])?.into_iter().next().map(|entry| entry.name).unwrap_or_default();
    let path = match kind {
        Kind::Person => format!("/rat/menschen/{id}"),
        Kind::Location => format!("/rat/orte/{id}"),
        Kind::File => format!("/rat/dateien/{id}"),
        Kind::LegislativeTerm => "/rat/wahlperioden".to_owned(),
        _ => "/rat".to_owned(),
    };
    thread::put_hidden(tx, kind_key(kind), id, &title, &path)
}

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Happened {
    /// When.
    pub at: Instant,
    /// What: `published`, `changed`, `corrected`, `result`, `withdrawn` or `restored`.
    pub act: String,
    /// The role of whoever did it, or `system`.
    pub role: String,
    /// Why.
    pub reason: Option<String>,
}

/// What happened to an object, the newest first, at most [`SHOWN_MAX`].
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, kind: Kind, id: i64) -> Result<Vec<Happened>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT e.happened_at, e.kind, e.actor_role, e.reason FROM node n JOIN event e ON e.node_id = n.id \
             WHERE n.site_id = $1 AND n.kind = $2 AND n.object_id = $3 ORDER BY e.id DESC LIMIT $4"
        ),
        &[&site, &kind_key(kind), &id, &SHOWN_MAX],
        |row| Ok(Happened { at: row.get(0)?, act: row.get(1)?, role: row.get(2)?, reason: row.get(3)? }),
    )
}

/// Whether anything ever happened to an object in public.
///
/// # Errors
/// What the database reports.
pub fn was_public(tx: &mut Tx<'_>, kind: Kind, id: i64) -> Result<bool, DbError> {
    Ok(thread::find(tx, kind_key(kind), id)?.is_some())
}
