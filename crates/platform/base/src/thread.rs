//! The thread: nodes, what ties them, and what happened to them. Rooms never import one another; they meet here.
//!
//! Owns the tables `node`, `link` and `event`. A node is anything with a public address; a room writes it in the transaction
//! that writes the thing itself; each such step stands in the change feed as well. The public part of a page shows only nodes and events that are public.

use crate::changes;
use crate::personal::{Fate, Personal};
use allmende_core::{Actor, Id, Instant, Person};
use allmende_db::{DbError, Row, Tx, sql};

/// Marker of a row in `node`.
#[derive(Debug)]
pub enum Node {}

/// How one node is tied to another. Read as a sentence: *from* decided by *to*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// From is the answer to to.
    Answers,
    /// To came out of from.
    LeadsTo,
    /// From was talked about in to.
    DiscussedIn,
    /// From was weighed in to.
    ConsideredIn,
    /// From was decided by to.
    DecidedBy,
    /// From changed the text of to.
    ChangesTextOf,
    /// From carries out to.
    Implements,
    /// The effect of from is measured by to.
    MeasuredBy,
    /// From says the same as to.
    Duplicates,
    /// From has to do with to.
    Related,
}

impl LinkKind {
    /// The key in the database and in texts.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Answers => "answers",
            Self::LeadsTo => "leads_to",
            Self::DiscussedIn => "discussed_in",
            Self::ConsideredIn => "considered_in",
            Self::DecidedBy => "decided_by",
            Self::ChangesTextOf => "changes_text_of",
            Self::Implements => "implements",
            Self::MeasuredBy => "measured_by",
            Self::Duplicates => "duplicates",
            Self::Related => "related",
        }
    }
}

/// What a room tells of one of its public things.
#[derive(Debug, Clone)]
pub struct NodeData<'a> {
    /// What it is: `paper`, `meeting`, `impulse` …
    pub kind: &'a str,
    /// The number of its row in the room's own table.
    pub object_id: i64,
    /// Its title as residents read it.
    pub title: &'a str,
    /// One or two sentences, if there are any.
    pub summary: Option<&'a str>,
    /// Its permanent address, from the slash on; empty as long as it has no page.
    pub path: &'a str,
    /// When it happened or will happen.
    pub happened_at: Option<Instant>,
    /// Where it stands: in words, such as a result, or as a word for which there is a text `state-KIND-WORD`.
    pub state: Option<&'a str>,
}

/// Writes the public node of a thing or brings it up to date. Returns its id and whether it is new.
///
/// # Errors
/// What the database reports.
pub fn keep(tx: &mut Tx<'_>, node: &NodeData<'_>) -> Result<(Id<Node>, bool), DbError> {
    let site = tx.site()?;
    let known = tx.find(
        sql!(
            "UPDATE node SET title = $4, summary = $5, path = $6, happened_at = $7, state = $8, is_public = 1 \
             WHERE site_id = $1 AND kind = $2 AND object_id = $3 RETURNING id"
        ),
        &[&site, &node.kind, &node.object_id, &node.title, &node.summary, &node.path, &node.happened_at, &node.state],
        |row| row.get(0),
    )?;
    match known {
        Some(id) => changes::note(tx, node.kind, node.object_id).map(|()| (id, false)),
        None => Ok((insert(tx, node)?, true)),
    }
}

/// Writes the public node of a thing that has none yet.
///
/// # Errors
/// `DbError::Unique` if it has one.
pub fn insert(tx: &mut Tx<'_>, node: &NodeData<'_>) -> Result<Id<Node>, DbError> {
    let site = tx.site()?;
    changes::note(tx, node.kind, node.object_id)?;
    tx.insert(
        sql!(
            "INSERT INTO node (site_id, kind, object_id, title, summary, path, happened_at, state, is_public) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1) RETURNING id"
        ),
        &[&site, &node.kind, &node.object_id, &node.title, &node.summary, &node.path, &node.happened_at, &node.state],
    )
}

/// Takes a thing out of the public eye. Returns its node if it was public.
///
/// # Errors
/// What the database reports.
pub fn withdraw(tx: &mut Tx<'_>, kind: &str, object_id: i64) -> Result<Option<Id<Node>>, DbError> {
    let site = tx.site()?;
    let withdrawn = tx.find(
        sql!("UPDATE node SET is_public = 0 WHERE site_id = $1 AND kind = $2 AND object_id = $3 AND is_public = 1 RETURNING id"),
        &[&site, &kind, &object_id],
        |row| row.get(0),
    )?;
    if withdrawn.is_some() {
        changes::note(tx, kind, object_id)?;
    }
    Ok(withdrawn)
}

/// The address of a thing, if it has a node.
///
/// # Errors
/// What the database reports.
pub fn find_path(tx: &mut Tx<'_>, kind: &str, object_id: i64) -> Result<Option<String>, DbError> {
    let site = tx.site()?;
    tx.find(sql!("SELECT path FROM node WHERE site_id = $1 AND kind = $2 AND object_id = $3"), &[&site, &kind, &object_id], |row| row.get(0))
}

/// The address of a public thing; nothing for one that strangers must not know of.
///
/// # Errors
/// What the database reports.
pub fn find_public_path(tx: &mut Tx<'_>, kind: &str, object_id: i64) -> Result<Option<String>, DbError> {
    let site = tx.site()?;
    tx.find(
        sql!("SELECT path FROM node WHERE site_id = $1 AND kind = $2 AND object_id = $3 AND is_public = 1 AND path <> ''"),
        &[&site, &kind, &object_id],
        |row| row.get(0),
    )
}

/// Gives a node a new address, because the page that it is a part of moved.
///
/// # Errors
/// What the database reports.
pub fn relocate(tx: &mut Tx<'_>, node: Id<Node>, path: &str) -> Result<(), DbError> {
    let site = tx.site()?;
    let moved = tx.find(sql!("UPDATE node SET path = $3 WHERE site_id = $1 AND id = $2 RETURNING kind, object_id"), &[&site, &node, &path], |row| {
        Ok((row.get::<String>(0)?, row.get::<i64>(1)?))
    })?;
    moved.map_or(Ok(()), |(kind, object_id)| changes::note(tx, &kind, object_id))
}

/// The node of a thing, if it has one.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, kind: &str, object_id: i64) -> Result<Option<Id<Node>>, DbError> {
    let site = tx.site()?;
    tx.find(sql!("SELECT id FROM node WHERE site_id = $1 AND kind = $2 AND object_id = $3"), &[&site, &kind, &object_id], |row| row.get(0))
}

/// Ties two nodes; tying them twice is once.
///
/// # Errors
/// What the database reports.
pub fn link(tx: &mut Tx<'_>, from: Id<Node>, kind: LinkKind, to: Id<Node>) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!("INSERT INTO link (site_id, from_node_id, to_node_id, kind, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"),
        &[&site, &from, &to, &kind.key(), &now],
    )?;
    Ok(())
}

/// Takes a tie away; one that is not there is gone already.
///
/// # Errors
/// What the database reports.
pub fn unlink(tx: &mut Tx<'_>, from: Id<Node>, kind: LinkKind, to: Id<Node>) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(sql!("DELETE FROM link WHERE site_id = $1 AND from_node_id = $2 AND to_node_id = $3 AND kind = $4"), &[&site, &from, &to, &kind.key()])?;
    Ok(())
}

/// What happened to a node.
#[derive(Debug, Clone)]
pub struct Step<'a> {
    /// What happened: `published`, `changed`, `withdrawn`, `result` …
    pub kind: &'a str,
    /// Why, in words for residents.
    pub reason: Option<&'a str>,
    /// What changed, as JSON, for the record.
    pub detail: Option<&'a str>,
    /// Whether strangers may know of it.
    pub is_public: bool,
}

/// Records a step. The public hears the role of whoever did it, only the house hears the name.
///
/// # Errors
/// What the database reports.
pub fn record(tx: &mut Tx<'_>, node: Id<Node>, actor: &Actor, step: &Step<'_>) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let person: Option<Id<Person>> = actor.person();
    let role = role_of(actor);
    tx.execute(
        sql!(
            "INSERT INTO event (site_id, node_id, kind, happened_at, actor_role, person_id, reason, detail, is_public) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        &[&site, &node, &step.kind, &now, &role, &person, &step.reason, &step.detail, &i64::from(step.is_public)],
    )?;
    Ok(())
}

/// [`record`] for many things of one kind that have nodes. One statement for any number.
///
/// # Errors
/// What the database reports.
pub fn record_each(tx: &mut Tx<'_>, kind: &str, object_ids: &[i64], actor: &Actor, step: &Step<'_>) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let (person, role) = (actor.person(), role_of(actor));
    tx.execute(
        sql!(
            "INSERT INTO event (site_id, node_id, kind, happened_at, actor_role, person_id, reason, detail, is_public) \
             SELECT site_id, id, $4, $5, $6, $7, $8, $9, $10 FROM node WHERE site_id = $1 AND kind = $2 AND object_id ANY_OF($3)"
        ),
        &[&site, &kind, &object_ids.to_vec(), &step.kind, &now, &role, &person, &step.reason, &step.detail, &i64::from(step.is_public)],
    )?;
    Ok(())
}

fn role_of(actor: &Actor) -> &'static str {
    match actor {
        Actor::Stranger => "stranger",
        Actor::System => "system",
        Actor::Person(person) => person.roles.iter().last().map_or("resident", |role| role.key()),
    }
}

/// Writes the node of a thing that has no place in the public thread, so that what happens to it can be recorded; one that is
/// there stays as it is. Returns its id.
///
/// # Errors
/// What the database reports.
pub fn put_hidden(tx: &mut Tx<'_>, kind: &str, object_id: i64, title: &str, path: &str) -> Result<Id<Node>, DbError> {
    let site = tx.site()?;
    tx.execute(
        sql!("INSERT INTO node (site_id, kind, object_id, title, path, is_public) VALUES ($1, $2, $3, $4, $5, 0) ON CONFLICT DO NOTHING"),
        &[&site, &kind, &object_id, &title, &path],
    )?;
    let found = tx.find(sql!("SELECT id FROM node WHERE site_id = $1 AND kind = $2 AND object_id = $3"), &[&site, &kind, &object_id], |row| row.get(0))?;
    found.ok_or(DbError::Conflict)
}

/// What a person did on record stays, on every site, with the role and without the name.
pub const PERSONAL: Personal = Personal {
    fates: |tx, person| {
        let has_acted = tx.find(sql!("SELECT 1 FROM event WHERE person_id = $1 AND site_id = site_id LIMIT 1"), &[&person], |_| Ok(()))?.is_some();
        Ok(if has_acted { vec![Fate::stays("own-stays-acts")] } else { Vec::new() })
    },
    erase: |tx, person| tx.execute(sql!("UPDATE event SET person_id = NULL WHERE person_id = $1 AND site_id = site_id"), &[&person]).map(|_| ()),
    ..Personal::NOTHING
};

/// A public node beside the one whose page is shown.
#[derive(Debug, Clone)]
pub struct Neighbour {
    /// The kind of link.
    pub link: String,
    /// True if the link goes from the neighbour to the node of the page.
    pub incoming: bool,
    /// What the neighbour is.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// One sentence, if there is one.
    pub summary: Option<String>,
    /// Its address.
    pub path: String,
    /// When it happened.
    pub happened_at: Option<Instant>,
    /// Where it stands, as in [`NodeData::state`].
    pub state: Option<String>,
}

/// The shape before a state that has a text of its own (see [`NodeData::state`]): `done`, `busy`, `no` or `open`.
#[must_use]
pub fn shape(state: &str) -> &'static str {
    match state {
        "done" | "no-action" | "decided" | "finished" => "done",
        "in-progress" | "partly" | "prepared" | "participation" | "carried-out" => "busy",
        "not-feasible" | "superseded" | "given-up" => "no",
        _ => "open",
    }
}

/// The public neighbours of a thing, in order of time, at most 100. One statement.
///
/// # Errors
/// What the database reports.
pub fn neighbours(tx: &mut Tx<'_>, kind: &str, object_id: i64) -> Result<Vec<Neighbour>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT l.kind, 0, n.kind, n.title, n.summary, n.path, n.happened_at, n.state FROM node o JOIN link l ON l.from_node_id = o.id \
             JOIN node n ON n.id = l.to_node_id WHERE o.site_id = $1 AND o.kind = $2 AND o.object_id = $3 AND n.is_public = 1 \
             UNION ALL \
             SELECT l.kind, 1, n.kind, n.title, n.summary, n.path, n.happened_at, n.state FROM node o JOIN link l ON l.to_node_id = o.id \
             JOIN node n ON n.id = l.from_node_id WHERE o.site_id = $1 AND o.kind = $2 AND o.object_id = $3 AND n.is_public = 1 \
             ORDER BY 7, 4 LIMIT 100"
        ),
        &[&site, &kind, &object_id],
        neighbour,
    )
}

/// [`neighbours`] without those of one kind, of which a thing may have so many that they would leave no room for others. One statement.
///
/// # Errors
/// What the database reports.
pub fn neighbours_but(tx: &mut Tx<'_>, kind: &str, object_id: i64, without: &str) -> Result<Vec<Neighbour>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT l.kind, 0, n.kind, n.title, n.summary, n.path, n.happened_at, n.state FROM node o JOIN link l ON l.from_node_id = o.id \
             JOIN node n ON n.id = l.to_node_id WHERE o.site_id = $1 AND o.kind = $2 AND o.object_id = $3 AND n.is_public = 1 AND n.kind <> $4 \
             UNION ALL \
             SELECT l.kind, 1, n.kind, n.title, n.summary, n.path, n.happened_at, n.state FROM node o JOIN link l ON l.to_node_id = o.id \
             JOIN node n ON n.id = l.from_node_id WHERE o.site_id = $1 AND o.kind = $2 AND o.object_id = $3 AND n.is_public = 1 AND n.kind <> $4 \
             ORDER BY 7, 4 LIMIT 100"
        ),
        &[&site, &kind, &object_id, &without],
        neighbour,
    )
}

fn neighbour(row: &Row<'_>) -> Result<Neighbour, DbError> {
    Ok(Neighbour {
        link: row.get(0)?,
        incoming: row.get(1)?,
        kind: row.get(2)?,
        title: row.get(3)?,
        summary: row.get(4)?,
        path: row.get(5)?,
        happened_at: row.get(6)?,
        state: row.get(7)?,
    })
}
