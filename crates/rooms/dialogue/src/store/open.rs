//! What interfaces and the search are given. Public rows and public fields only.

use super::processes::Process;
use super::{PROCESS, STATEMENT, path, short, statement_path};
use crate::place::Place;
use allmende_core::Instant;
use allmende_db::{DbError, Tx, sql};
use allmende_platform::search::{Document, Named, Source};

/// A process as open data.
#[derive(Debug, Clone)]
pub struct PublicProcess {
    /// Its row.
    pub id: i64,
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
    pub decides_on: Option<String>,
    /// Who may take part: the kinds of the conditions that all hold.
    pub audience: Vec<&'static str>,
    /// First moment of taking part.
    pub begins_at: Option<Instant>,
    /// First moment after it.
    pub ends_at: Option<Instant>,
    /// Public statements.
    pub statements: i64,
    /// How many of them have their answer.
    pub answered: i64,
    /// Public ideas.
    pub ideas: i64,
    /// Public comments.
    pub comments: i64,
    /// When it was published.
    pub published_at: Option<Instant>,
    /// When anything changed last.
    pub changed_at: Instant,
}

impl From<&Process> for PublicProcess {
    fn from(process: &Process) -> Self {
        Self {
            id: process.id,
            title: process.title.clone(),
            lead: process.lead.clone(),
            open_text: process.open_text.clone(),
            fixed_text: process.fixed_text.clone(),
            decides: process.decides.clone(),
            decides_on: process.decides_on.map(|day| day.to_string()),
            audience: process.audience.conditions().iter().map(allmende_audience::Condition::kind).collect(),
            begins_at: process.begins_at,
            ends_at: process.ends_at,
            statements: process.statements,
            answered: process.answered,
            ideas: process.ideas,
            comments: process.comments,
            published_at: process.published_at,
            changed_at: process.changed_at,
        }
    }
}

/// A phase for calendars.
#[derive(Debug, Clone)]
pub struct PublicPhase {
    /// Its row.
    pub id: i64,
    /// Its process.
    pub process: i64,
    /// The title of the process.
    pub process_title: String,
    /// Its title.
    pub title: String,
    /// What happens in it.
    pub note: String,
    /// Its first moment.
    pub starts_at: Instant,
    /// The first moment after it.
    pub ends_at: Instant,
    /// When its process changed last.
    pub changed_at: Instant,
}

/// The phases of public processes that end after a moment, in order of their beginning, at most 500. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_phases(tx: &mut Tx<'_>, since: Instant) -> Result<Vec<PublicPhase>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT f.id, p.id, p.title, f.title, f.note, f.starts_at, f.ends_at, p.changed_at FROM process_phase f JOIN process p ON p.id = f.process_id \
             WHERE f.site_id = $1 AND p.state = 'public' AND f.ends_at > $2 ORDER BY f.starts_at, f.id LIMIT 500"
        ),
        &[&site, &since],
        |row| {
            Ok(PublicPhase {
                id: row.get(0)?,
                process: row.get(1)?,
                process_title: row.get(2)?,
                title: row.get(3)?,
                note: row.get(4)?,
                starts_at: row.get(5)?,
                ends_at: row.get(6)?,
                changed_at: row.get(7)?,
            })
        },
    )
}

/// What happened to processes in public.
#[derive(Debug, Clone)]
pub struct News {
    /// The event.
    pub id: i64,
    /// Its process.
    pub process: i64,
    /// The title of the process.
    pub title: String,
    /// What happened: a key `event-…`.
    pub happening: String,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub happened_at: Instant,
}

/// The latest public events of processes. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_news(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<News>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT e.id, p.id, p.title, e.kind, e.reason, e.happened_at FROM process p JOIN event e ON e.node_id = p.node_id AND e.is_public = 1 \
             WHERE p.site_id = $1 AND p.state = 'public' ORDER BY e.id DESC LIMIT $2"
        ),
        &[&site, &limit],
        |row| Ok(News { id: row.get(0)?, process: row.get(1)?, title: row.get(2)?, happening: row.get(3)?, reason: row.get(4)?, happened_at: row.get(5)? }),
    )
}

/// Public events of one process, the latest first. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_events(tx: &mut Tx<'_>, process: i64, limit: i64) -> Result<Vec<News>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT e.id, p.id, p.title, e.kind, e.reason, e.happened_at FROM process p JOIN event e ON e.node_id = p.node_id AND e.is_public = 1 \
             WHERE p.site_id = $1 AND p.id = $2 ORDER BY e.id DESC LIMIT $3"
        ),
        &[&site, &process, &limit],
        |row| Ok(News { id: row.get(0)?, process: row.get(1)?, title: row.get(2)?, happening: row.get(3)?, reason: row.get(4)?, happened_at: row.get(5)? }),
    )
}

/// What this room tells the search of processes.
pub const PROCESSES: Source = Source { kind: PROCESS, load: processes, list_after: processes_after };
/// What this room tells the search of statements.
pub const STATEMENTS: Source = Source { kind: STATEMENT, load: statements, list_after: statements_after };

fn processes(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Document>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT id, title, lead, open_text, fixed_text, decides, begins_at FROM process WHERE site_id = $1 AND id ANY_OF($2) AND state = 'public' ORDER BY id"
        ),
        &[&site, &ids],
        |row| {
            let (id, title, lead): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let parts: [String; 3] = [row.get(3)?, row.get(4)?, row.get(5)?];
            Ok(Document {
                kind: PROCESS,
                object_id: id,
                path: path(id, &title),
                summary: Some(short(&lead)),
                pages: vec![format!("{lead}\n{}", parts.join("\n"))],
                happened_at: row.get(6)?,
                dimension: Some("participation"),
                title,
                ..Document::default()
            })
        },
    )
}

fn processes_after(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Vec<i64>, DbError> {
    let site = tx.site()?;
    tx.list(sql!("SELECT id FROM process WHERE site_id = $1 AND id > $2 AND state = 'public' ORDER BY id LIMIT $3"), &[&site, &after, &limit], |row| row.get(0))
}

fn statements(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Document>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT s.id, s.process_id, p.title, s.number, s.receipt, s.text, s.suggestion, s.submitted_at, s.place FROM statement s \
             JOIN process p ON p.id = s.process_id AND p.state = 'public' WHERE s.site_id = $1 AND s.id ANY_OF($2) AND s.state = 'public' ORDER BY s.id"
        ),
        &[&site, &ids],
        |row| {
            let (process, title, number): (i64, String, i64) = (row.get(1)?, row.get(2)?, row.get(3)?);
            let (text, suggestion): (String, Option<String>) = (row.get(5)?, row.get(6)?);
            let place = row.get::<Option<String>>(8)?.as_deref().and_then(Place::parse).unwrap_or_default();
            Ok(Document {
                points: place.pin().into_iter().collect(),
                places: [place.street, place.district].into_iter().flatten().collect(),
                kind: STATEMENT,
                object_id: row.get(0)?,
                path: statement_path(process, number),
                title: format!("Stellungnahme {number}: {title}"),
                summary: Some(short(&text)),
                reference: Some(row.get(4)?),
                pages: vec![[Some(text), suggestion].into_iter().flatten().collect::<Vec<_>>().join("\n")],
                happened_at: row.get(7)?,
                dimension: Some("participation"),
                part_of: Some(Named { path: path(process, &title), title }),
                ..Document::default()
            })
        },
    )
}

fn statements_after(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Vec<i64>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT s.id FROM statement s JOIN process p ON p.id = s.process_id AND p.state = 'public' \
             WHERE s.site_id = $1 AND s.id > $2 AND s.state = 'public' ORDER BY s.id LIMIT $3"
        ),
        &[&site, &after, &limit],
        |row| row.get(0),
    )
}
