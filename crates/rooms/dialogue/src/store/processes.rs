//! Processes: made, changed, published, withdrawn, copied, listed.

use super::{PROCESS, day_at, path, short};
use crate::audience::rules::{json, parse};
use crate::rules::Audience;
use allmende_core::{Actor, Id, Instant};
use allmende_db::{DbError, Row, Tx, sql};
use allmende_platform::changes;
use allmende_platform::thread::{self, Node, NodeData, Step};
use jiff::civil::Date;

/// A process as its row holds it.
#[derive(Debug, Clone)]
pub struct Process {
    /// Its row.
    pub id: i64,
    /// `draft`, `public` or `withdrawn`.
    pub state: String,
    /// The template it was made from.
    pub template: String,
    /// Its title.
    pub title: String,
    /// What it is about, in a few sentences.
    pub lead: String,
    /// What is open.
    pub open_text: String,
    /// What is fixed.
    pub fixed_text: String,
    /// Who decides.
    pub decides: String,
    /// When they decide.
    pub decides_on: Option<Date>,
    /// How to take part on paper.
    pub paper_way: String,
    /// Whom to ask.
    pub contact: String,
    /// The department that answers.
    pub department: Option<i64>,
    /// Whether somebody looks at contributions before they are public.
    pub is_moderated_before: bool,
    /// Who may take part.
    pub audience: Audience,
    /// Days within which an answer is promised.
    pub answer_days: Option<i64>,
    /// The process it was copied from.
    pub copied_from: Option<i64>,
    /// Its node in the thread, from the moment it is public.
    pub node: Option<Id<Node>>,
    /// Why it was withdrawn.
    pub withdrawn_reason: Option<String>,
    /// The first moment in which residents may do something.
    pub begins_at: Option<Instant>,
    /// The first moment after the last of these.
    pub ends_at: Option<Instant>,
    /// Public statements.
    pub statements: i64,
    /// How many of them have their answer.
    pub answered: i64,
    /// Public ideas.
    pub ideas: i64,
    /// Public comments.
    pub comments: i64,
    /// People who took part.
    pub participants: i64,
    /// When it was published.
    pub published_at: Option<Instant>,
    /// When anything changed last.
    pub changed_at: Instant,
    /// Whether ideas are collected in it.
    pub has_ideas: bool,
    /// Whether there is a discussion in it.
    pub has_discussion: bool,
}

impl Process {
    /// Its permanent page.
    #[must_use]
    pub fn path(&self) -> String {
        path(self.id, &self.title)
    }

    /// Whether everybody sees it.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.state == "public"
    }
}

macro_rules! process {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT p.id, p.state, p.template, p.title, p.lead, p.open_text, p.fixed_text, p.decides, p.decides_on, p.paper_way, p.contact, p.department_id, \
             p.moderation, p.audience, p.answer_days, p.copied_from_id, p.node_id, p.withdrawn_reason, p.begins_at, p.ends_at, p.statements, p.answered, \
             p.ideas, p.comments, p.participants, p.published_at, p.changed_at, \
             (SELECT CAST(COUNT(*) AS BIGINT) FROM process_part f WHERE f.process_id = p.id AND f.format = 'ideas'), \
             (SELECT CAST(COUNT(*) AS BIGINT) FROM process_part f WHERE f.process_id = p.id AND f.format = 'discussion') FROM process p ",
            $rest
        ))
    };
}

fn read(row: &Row<'_>) -> Result<Process, DbError> {
    Ok(Process {
        id: row.get(0)?,
        state: row.get(1)?,
        template: row.get(2)?,
        title: row.get(3)?,
        lead: row.get(4)?,
        open_text: row.get(5)?,
        fixed_text: row.get(6)?,
        decides: row.get(7)?,
        decides_on: day_at(row, 8)?,
        paper_way: row.get(9)?,
        contact: row.get(10)?,
        department: row.get(11)?,
        is_moderated_before: row.get::<String>(12)? == "before",
        audience: parse(&row.get::<String>(13)?),
        answer_days: row.get(14)?,
        copied_from: row.get(15)?,
        node: row.get(16)?,
        withdrawn_reason: row.get(17)?,
        begins_at: row.get(18)?,
        ends_at: row.get(19)?,
        statements: row.get(20)?,
        answered: row.get(21)?,
        ideas: row.get(22)?,
        comments: row.get(23)?,
        participants: row.get(24)?,
        published_at: row.get(25)?,
        changed_at: row.get(26)?,
        has_ideas: row.get::<i64>(27)? > 0,
        has_discussion: row.get::<i64>(28)? > 0,
    })
}

/// A process of this site in any state. One statement.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Process>, DbError> {
    let site = tx.site()?;
    tx.find(process!("WHERE p.site_id = $1 AND p.id = $2"), &[&site, &id], read)
}

/// Processes that end after a moment (running or still to come), the one that ends first at the top.
///
/// # Errors
/// What the database reports.
pub fn list_current(tx: &mut Tx<'_>, now: Instant, limit: i64) -> Result<Vec<Process>, DbError> {
    let site = tx.site()?;
    tx.list(process!("WHERE p.site_id = $1 AND p.state = 'public' AND p.ends_at > $2 ORDER BY p.ends_at, p.id LIMIT $3"), &[&site, &now, &limit], read)
}

/// Where a list of ended processes goes on: behind this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// When it ended, in milliseconds.
    pub ended: i64,
    /// Its row.
    pub id: i64,
}

/// Processes that ended, the latest first.
///
/// # Errors
/// What the database reports.
pub fn list_ended(tx: &mut Tx<'_>, now: Instant, after: Option<Cursor>, limit: i64) -> Result<Vec<Process>, DbError> {
    let site = tx.site()?;
    let after = after.unwrap_or(Cursor { ended: now.millis() + 1, id: 0 });
    tx.list(
        process!(
            "WHERE p.site_id = $1 AND p.state = 'public' AND p.ends_at <= $2 AND (p.ends_at < $3 OR (p.ends_at = $3 AND p.id < $4)) \
             ORDER BY p.ends_at DESC, p.id DESC LIMIT $5"
        ),
        &[&site, &now, &after.ended, &after.id, &limit],
        read,
    )
}

/// Everything at the desk, the newest first.
///
/// # Errors
/// What the database reports.
pub fn list_all(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Process>, DbError> {
    let site = tx.site()?;
    tx.list(process!("WHERE p.site_id = $1 ORDER BY p.id DESC LIMIT $2"), &[&site, &limit], read)
}

/// What a clerk writes about a process.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// Its title.
    pub title: String,
    /// What it is about.
    pub lead: String,
    /// What is open.
    pub open_text: String,
    /// What is fixed.
    pub fixed_text: String,
    /// Who decides.
    pub decides: String,
    /// When they decide.
    pub decides_on: Option<Date>,
    /// How to take part on paper.
    pub paper_way: String,
    /// Whom to ask.
    pub contact: String,
    /// The department that answers.
    pub department: Option<i64>,
}

/// Who may take part and how contributions are treated.
#[derive(Debug, Clone)]
pub struct Ways {
    /// Who may take part.
    pub audience: Audience,
    /// Whether somebody looks at contributions before they are public.
    pub is_moderated_before: bool,
    /// Days within which an answer is promised.
    pub answer_days: Option<i64>,
}

/// Makes a draft and returns its row.
///
/// # Errors
/// What the database reports.
pub fn insert(tx: &mut Tx<'_>, template: &str, about: &About, ways: &Ways, copied_from: Option<i64>, actor: &Actor) -> Result<i64, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let (day, moderation) = (about.decides_on.map(|day| day.to_string()), moderation(ways));
    let id: Id<Process> = tx.insert(
        sql!(
            "INSERT INTO process (site_id, state, template, title, lead, open_text, fixed_text, decides, decides_on, paper_way, contact, department_id, moderation, \
             guests, audience, answer_days, copied_from_id, numbers_given, statements, answered, ideas, comments, participants, created_at, created_by, changed_at) \
             VALUES ($1, 'draft', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 0, 0, 0, 0, 0, 0, $17, $18, $17) RETURNING id"
        ),
        &[
            &site,
            &template,
            &about.title,
            &about.lead,
            &about.open_text,
            &about.fixed_text,
            &about.decides,
            &day,
            &about.paper_way,
            &about.contact,
            &about.department,
            &moderation,
            &i64::from(ways.audience.lets_guests_in()),
            &json(&ways.audience),
            &ways.answer_days,
            &copied_from,
            &now,
            &actor.person(),
        ],
    )?;
    Ok(id.get())
}

fn moderation(ways: &Ways) -> &'static str {
    if ways.is_moderated_before { "before" } else { "after" }
}

/// Writes what a process is about. A public one is told to the feed and the thread.
///
/// # Errors
/// What the database reports.
pub fn update_about(tx: &mut Tx<'_>, process: &Process, about: &About, actor: &Actor) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let day = about.decides_on.map(|day| day.to_string());
    tx.execute(
        sql!(
            "UPDATE process SET title = $3, lead = $4, open_text = $5, fixed_text = $6, decides = $7, decides_on = $8, paper_way = $9, contact = $10, \
             department_id = $11, changed_at = $12 WHERE site_id = $1 AND id = $2"
        ),
        &[
            &site,
            &process.id,
            &about.title,
            &about.lead,
            &about.open_text,
            &about.fixed_text,
            &about.decides,
            &day,
            &about.paper_way,
            &about.contact,
            &about.department,
            &now,
        ],
    )?;
    if process.is_public() {
        let node = keep_node(tx, process.id)?;
        thread::record(tx, node, actor, &Step { kind: "process-changed", reason: None, detail: None, is_public: true })?;
    }
    Ok(())
}

/// Writes who may take part and how.
///
/// # Errors
/// What the database reports.
pub fn update_ways(tx: &mut Tx<'_>, process: i64, ways: &Ways) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!("UPDATE process SET moderation = $3, guests = $4, audience = $5, answer_days = $6, changed_at = $7 WHERE site_id = $1 AND id = $2"),
        &[&site, &process, &moderation(ways), &i64::from(ways.audience.lets_guests_in()), &json(&ways.audience), &ways.answer_days, &now],
    )?;
    Ok(())
}

/// Brings the first and last moment of taking part up to date with the phases.
///
/// # Errors
/// What the database reports.
pub fn keep_bounds(tx: &mut Tx<'_>, process: i64, bounds: Option<(Instant, Instant)>) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let (begins, ends) = (bounds.map(|(begins, _)| begins), bounds.map(|(_, ends)| ends));
    tx.execute(
        sql!("UPDATE process SET begins_at = $3, ends_at = $4, changed_at = $5 WHERE site_id = $1 AND id = $2"),
        &[&site, &process, &begins, &ends, &now],
    )?;
    Ok(())
}

/// The public node of a process, written or brought up to date, and kept in its row.
///
/// # Errors
/// What the database reports; `DbError::Conflict` if the row is gone.
pub fn keep_node(tx: &mut Tx<'_>, process: i64) -> Result<Id<Node>, DbError> {
    let site = tx.site()?;
    let process = find(tx, process)?.ok_or(DbError::Conflict)?;
    let (path, summary) = (process.path(), short(&process.lead));
    let (node, is_new) = thread::keep(
        tx,
        &NodeData {
            kind: PROCESS,
            object_id: process.id,
            title: &process.title,
            summary: Some(&summary),
            path: &path,
            happened_at: process.begins_at,
            state: None,
        },
    )?;
    if is_new || process.node.is_none() {
        tx.execute(sql!("UPDATE process SET node_id = $3 WHERE site_id = $1 AND id = $2"), &[&site, &process.id, &node])?;
    }
    Ok(node)
}

/// Makes a draft public.
///
/// # Errors
/// What the database reports.
pub fn publish(tx: &mut Tx<'_>, process: i64, actor: &Actor) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!(
            "UPDATE process SET state = 'public', published_at = COALESCE(published_at, $3), changed_at = $3 WHERE site_id = $1 AND id = $2 AND state = 'draft'"
        ),
        &[&site, &process, &now],
    )?;
    let node = keep_node(tx, process)?;
    thread::record(tx, node, actor, &Step { kind: "process-published", reason: None, detail: None, is_public: true })
}

/// Takes a process out of the public eye, with the reason that its page shows from then on.
///
/// # Errors
/// What the database reports.
pub fn withdraw(tx: &mut Tx<'_>, process: &Process, reason: &str, actor: &Actor) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!("UPDATE process SET state = 'withdrawn', withdrawn_reason = $3, changed_at = $4 WHERE site_id = $1 AND id = $2"),
        &[&site, &process.id, &reason, &now],
    )?;
    if let Some(node) = thread::withdraw(tx, PROCESS, process.id)? {
        thread::record(tx, node, actor, &Step { kind: "process-withdrawn", reason: Some(reason), detail: None, is_public: true })?;
    }
    Ok(())
}

/// Notes in the feed that a process changed in a way that its own row does not tell.
///
/// # Errors
/// What the database reports.
pub fn note(tx: &mut Tx<'_>, process: i64) -> Result<(), DbError> {
    changes::note(tx, PROCESS, process)
}
