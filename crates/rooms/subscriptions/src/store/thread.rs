//! What this room reads of the thread: events of things, their nodes, and which nodes lead to which.
//!
//! The tables belong to `platform::thread`. Reads only.

use allmende_core::Instant;
use allmende_db::{DbError, Row, Tx, sql};
use std::collections::{HashMap, HashSet};

/// Longest way from a node to what it led to.
const STEPS_MAX: usize = 8;
/// Nodes above one thing at the most.
const ABOVE_MAX: usize = 500;

/// A public event with its node.
#[derive(Debug, Clone)]
pub struct EventRow {
    /// The event's row.
    pub id: i64,
    /// The node's row.
    pub node: i64,
    /// The node's kind.
    pub kind: String,
    /// The row of the thing.
    pub object_id: i64,
    /// The kind of the event.
    pub happening: String,
    /// When it happened.
    pub happened_at: Instant,
    /// Why, in words for residents.
    pub reason: Option<String>,
    /// The node's title.
    pub title: String,
    /// The node's address; empty if it has no page.
    pub path: String,
    /// Where the thing stands.
    pub state: Option<String>,
    /// Whether the node is public now.
    pub is_public: bool,
}

/// The public events of these things of one kind since a moment, in order.
///
/// # Errors
/// What the database reports.
pub fn events(tx: &mut Tx<'_>, kind: &str, object_ids: &[i64], since: Instant) -> Result<Vec<EventRow>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT e.id, n.id, n.kind, n.object_id, e.kind, e.happened_at, e.reason, n.title, n.path, n.state, n.is_public \
             FROM node n JOIN event e ON e.node_id = n.id \
             WHERE n.site_id = $1 AND n.kind = $2 AND n.object_id ANY_OF($3) AND e.is_public = 1 AND e.happened_at >= $4 ORDER BY e.id"
        ),
        &[&site, &kind, &object_ids, &since],
        |row| {
            Ok(EventRow {
                id: row.get(0)?,
                node: row.get(1)?,
                kind: row.get(2)?,
                object_id: row.get(3)?,
                happening: row.get(4)?,
                happened_at: row.get(5)?,
                reason: row.get(6)?,
                title: row.get(7)?,
                path: row.get(8)?,
                state: row.get(9)?,
                is_public: row.get::<i64>(10)? == 1,
            })
        },
    )
}

/// A node as it is named on pages.
#[derive(Debug, Clone)]
pub struct Named {
    /// Its row.
    pub node: i64,
    /// Its title.
    pub title: String,
    /// Its address; empty if it has no page.
    pub path: String,
}

/// The public node of a thing.
///
/// # Errors
/// What the database reports.
pub fn find_public(tx: &mut Tx<'_>, kind: &str, object_id: i64) -> Result<Option<Named>, DbError> {
    let site = tx.site()?;
    tx.find(
        sql!("SELECT id, title, path FROM node WHERE site_id = $1 AND kind = $2 AND object_id = $3 AND is_public = 1"),
        &[&site, &kind, &object_id],
        |row| Ok(Named { node: row.get(0)?, title: row.get(1)?, path: row.get(2)? }),
    )
}

/// The node whose page has this address, and whether it had a public event since a moment.
///
/// # Errors
/// What the database reports.
pub fn find_by_path(tx: &mut Tx<'_>, path: &str, since: Instant) -> Result<Option<(i64, bool)>, DbError> {
    let site = tx.site()?;
    tx.find(
        sql!(
            "SELECT n.id, CAST(CASE WHEN EXISTS (SELECT 1 FROM event e WHERE e.node_id = n.id AND e.is_public = 1 AND e.happened_at >= $3) \
             THEN 1 ELSE 0 END AS BIGINT) FROM node n WHERE n.site_id = $1 AND n.path = $2 AND n.is_public = 1 LIMIT 1"
        ),
        &[&site, &path, &since],
        |row| Ok((row.get(0)?, row.get::<i64>(1)? == 1)),
    )
}

/// The titles of these public organizations.
///
/// # Errors
/// What the database reports.
pub fn titles(tx: &mut Tx<'_>, kind: &str, object_ids: &[i64]) -> Result<HashMap<i64, String>, DbError> {
    let site = tx.site()?;
    let rows = tx.list(
        sql!("SELECT object_id, title FROM node WHERE site_id = $1 AND kind = $2 AND object_id ANY_OF($3) AND is_public = 1"),
        &[&site, &kind, &object_ids],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(rows.into_iter().collect())
}

/// A node's kind and the row of its thing.
pub type Thing = (String, i64);

/// For each of these nodes: itself and everything that led to it, on ways of at most eight steps. Two statements a step.
///
/// A node leads to: what came out of it, where it was discussed, considered or decided, what answers it, what carries it out,
/// what its effect is measured by, and the text that it changed.
///
/// # Errors
/// What the database reports.
pub fn above(tx: &mut Tx<'_>, nodes: &[i64]) -> Result<HashMap<i64, Vec<Thing>>, DbError> {
    let mut parents: HashMap<i64, Vec<i64>> = HashMap::new();
    let mut known: HashSet<i64> = nodes.iter().copied().collect();
    let mut step: Vec<i64> = known.iter().copied().collect();
    for _ in 0..STEPS_MAX {
        if step.is_empty() {
            break;
        }
        let mut next = Vec::new();
        for (child, parent) in edges_above(tx, &step)? {
            parents.entry(child).or_default().push(parent);
            if known.insert(parent) {
                next.push(parent);
            }
        }
        step = next;
    }
    let all: Vec<i64> = known.into_iter().collect();
    let things = things(tx, &all)?;
    let of = |start: i64| closure(start, &parents).into_iter().filter_map(|node| things.get(&node).cloned()).collect();
    Ok(nodes.iter().map(|start| (*start, of(*start))).collect())
}

fn closure(start: i64, parents: &HashMap<i64, Vec<i64>>) -> Vec<i64> {
    let (mut seen, mut order) = (HashSet::from([start]), vec![start]);
    let mut at = 0;
    while let Some(node) = order.get(at).copied() {
        at += 1;
        for parent in parents.get(&node).into_iter().flatten() {
            if order.len() < ABOVE_MAX && seen.insert(*parent) {
                order.push(*parent);
            }
        }
    }
    order
}

fn edges_above(tx: &mut Tx<'_>, children: &[i64]) -> Result<Vec<(i64, i64)>, DbError> {
    let site = tx.site()?;
    let pair = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let mut edges = tx.list(
        sql!(
            "SELECT to_node_id, from_node_id FROM link WHERE site_id = $1 AND to_node_id ANY_OF($2) AND kind IN \
             ('leads_to', 'discussed_in', 'considered_in', 'decided_by', 'measured_by', 'changes_text_of')"
        ),
        &[&site, &children],
        pair,
    )?;
    edges.extend(tx.list(
        sql!("SELECT from_node_id, to_node_id FROM link WHERE site_id = $1 AND from_node_id ANY_OF($2) AND kind IN ('answers', 'implements')"),
        &[&site, &children],
        pair,
    )?);
    Ok(edges)
}

fn things(tx: &mut Tx<'_>, nodes: &[i64]) -> Result<HashMap<i64, Thing>, DbError> {
    let site = tx.site()?;
    let rows = tx.list(sql!("SELECT id, kind, object_id FROM node WHERE site_id = $1 AND id ANY_OF($2)"), &[&site, &nodes], |row| {
        Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))
    })?;
    Ok(rows.into_iter().collect())
}

/// Something with a date that a node led to.
#[derive(Debug, Clone)]
pub struct Dated {
    /// Its kind.
    pub kind: String,
    /// The row of the thing.
    pub object_id: i64,
    /// Its title.
    pub title: String,
    /// Its address.
    pub path: String,
    /// When.
    pub at: Instant,
}

/// What a node led to that has a date not before a moment, in order of time, on ways of at most eight steps.
///
/// # Errors
/// What the database reports.
pub fn dated_below(tx: &mut Tx<'_>, node: i64, since: Instant) -> Result<Vec<Dated>, DbError> {
    let (mut known, mut step) = (HashSet::from([node]), vec![node]);
    for _ in 0..STEPS_MAX {
        if step.is_empty() || known.len() >= ABOVE_MAX {
            break;
        }
        let below = edges_below(tx, &step)?;
        step = below.into_iter().filter(|node| known.insert(*node)).collect();
    }
    let (site, all) = (tx.site()?, known.into_iter().collect::<Vec<i64>>());
    tx.list(
        sql!(
            "SELECT kind, object_id, title, path, happened_at FROM node WHERE site_id = $1 AND id ANY_OF($2) AND is_public = 1 \
             AND happened_at >= $3 ORDER BY happened_at, id LIMIT 500"
        ),
        &[&site, &all, &since],
        |row| Ok(Dated { kind: row.get(0)?, object_id: row.get(1)?, title: row.get(2)?, path: row.get(3)?, at: row.get(4)? }),
    )
}

fn edges_below(tx: &mut Tx<'_>, parents: &[i64]) -> Result<Vec<i64>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT to_node_id FROM link WHERE site_id = $1 AND from_node_id ANY_OF($2) AND kind IN \
             ('leads_to', 'discussed_in', 'considered_in', 'decided_by', 'measured_by', 'changes_text_of') \
             UNION SELECT from_node_id FROM link WHERE site_id = $1 AND to_node_id ANY_OF($2) AND kind IN ('answers', 'implements')"
        ),
        &[&site, &parents],
        |row| row.get(0),
    )
}
