//! What a sheet rests on: public nodes of the thread, found by their address, number or row; and the links that say so.

use super::KIND;
use allmende_core::Id;
use allmende_db::{DbError, Tx, sql};
use allmende_platform::thread::{self, LinkKind, Node};

/// A node that a sheet rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Its row.
    pub node: i64,
    /// What it is.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Its address.
    pub path: String,
}

/// The public node whose page has this address.
///
/// # Errors
/// What the database reports.
pub fn find_by_path(tx: &mut Tx<'_>, path: &str) -> Result<Option<i64>, DbError> {
    let site = tx.site()?;
    tx.find(sql!("SELECT id FROM node WHERE site_id = $1 AND path = $2 AND is_public = 1 ORDER BY id LIMIT 1"), &[&site, &path], |row| row.get(0))
}

/// The public node of a thing.
///
/// # Errors
/// What the database reports.
pub fn find_by_object(tx: &mut Tx<'_>, kind: &str, object_id: i64) -> Result<Option<i64>, DbError> {
    let site = tx.site()?;
    let statement = sql!("SELECT id FROM node WHERE site_id = $1 AND kind = $2 AND object_id = $3 AND is_public = 1");
    tx.find(statement, &[&site, &kind, &object_id], |row| row.get(0))
}

/// What a sheet rests on, in order; also what is not public any more, for the house.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, undertaking: i64) -> Result<Vec<Reference>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT n.id, n.kind, n.title, n.path FROM undertaking_reference r JOIN node n ON n.id = r.node_id \
             WHERE r.site_id = $1 AND r.undertaking_id = $2 ORDER BY r.position, n.id"
        ),
        &[&site, &undertaking],
        |row| Ok(Reference { node: row.get(0)?, kind: row.get(1)?, title: row.get(2)?, path: row.get(3)? }),
    )
}

/// Sets what a sheet rests on.
///
/// # Errors
/// What the database reports.
pub fn replace(tx: &mut Tx<'_>, undertaking: i64, nodes: &[i64]) -> Result<(), DbError> {
    let site = tx.site()?;
    let before = list(tx, undertaking)?;
    tx.execute(sql!("DELETE FROM undertaking_reference WHERE site_id = $1 AND undertaking_id = $2"), &[&site, &undertaking])?;
    for (position, node) in (0_i64..).zip(nodes) {
        tx.execute(
            sql!("INSERT INTO undertaking_reference (site_id, undertaking_id, node_id, position) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"),
            &[&site, &undertaking, node, &position],
        )?;
    }
    if let Some(own) = thread::find(tx, KIND, undertaking)? {
        for gone in before.iter().filter(|reference| !nodes.contains(&reference.node)) {
            thread::unlink(tx, own, relation(&gone.kind), Id::new(gone.node))?;
        }
    }
    Ok(())
}

/// Ties the node of an undertaking to what its sheet rests on.
///
/// # Errors
/// What the database reports.
pub fn tie(tx: &mut Tx<'_>, undertaking: i64, own: Id<Node>) -> Result<(), DbError> {
    for reference in list(tx, undertaking)? {
        thread::link(tx, own, relation(&reference.kind), Id::new(reference.node))?;
    }
    Ok(())
}

/// How an undertaking is tied to a thing of a kind: it is decided by decisions, talked about in papers and meetings, and leads to
/// processes.
#[must_use]
pub fn relation(kind: &str) -> LinkKind {
    match kind {
        "decision" => LinkKind::DecidedBy,
        "paper" | "meeting" | "agenda_item" => LinkKind::DiscussedIn,
        "process" | "measure" => LinkKind::LeadsTo,
        _ => LinkKind::Related,
    }
}
