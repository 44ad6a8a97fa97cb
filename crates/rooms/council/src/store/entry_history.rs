//! What happened to an object that the public knows, as the desk shows it: published, corrected, withdrawn, with the reason.
//!
//! Papers, meetings, agenda items and organizations have a public node in the thread. People, places, terms, bodies, memberships
//! and files have one that strangers do not see: it carries their events and nothing else. Start with [`record`].

use crate::store::entry_list;
use crate::store::{kind_key, thread_kind};
use allmende_core::{Actor, Id, Instant};
use allmende_db::{DbError, Tx, sql};
use allmende_oparl::Kind;
use allmende_platform::thread::{self, NodeData, Step};

/// Events that the desk shows of one object.
const SHOWN_MAX: i64 = 30;

/// Records an act on an object that the public knows. The public hears of it with its reason; what changed is for the house.
///
/// # Errors
/// What the database reports.
pub fn record(tx: &mut Tx<'_>, kind: Kind, id: i64, actor: &Actor, act: &'static str, reason: Option<&str>, detail: Option<&str>) -> Result<(), DbError> {
    let node = match thread::find(tx, kind_key(kind), id)? {
        Some(node) => node,
        None if thread_kind(kind).is_none() => put_hidden(tx, kind, id)?,
        // A draft's item, or an item without a result: the thread does not know it yet.
        None => return Ok(()),
    };
    thread::record(tx, node, actor, &Step { kind: act, reason, detail, is_public: true })
}

/// The node of an object whose kind has no place in the public thread.
fn put_hidden(tx: &mut Tx<'_>, kind: Kind, id: i64) -> Result<Id<thread::Node>, DbError> {
    let title = entry_list::some(tx, kind, &[id])?.into_iter().next().map(|entry| entry.name).unwrap_or_default();
    let path = match kind {
        Kind::Person => format!("/rat/menschen/{id}"),
        Kind::Location => format!("/rat/orte/{id}"),
        Kind::File => format!("/rat/dateien/{id}"),
        Kind::LegislativeTerm => "/rat/wahlperioden".to_owned(),
        _ => "/rat".to_owned(),
    };
    thread::put(tx, &NodeData { kind: kind_key(kind), object_id: id, title: &title, summary: None, path: &path, happened_at: None, is_public: false })
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
