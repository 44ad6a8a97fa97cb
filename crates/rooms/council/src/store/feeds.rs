//! What calendars and feeds hold: meetings of a time, and the papers that changed last.

use allmende_core::{Id, Instant};
use allmende_db::{DbError, Row, Tx, sql};

use crate::model::{Location, Organization};

/// Meetings in one calendar at the most; with a look back of a year a large city stays far below.
const MEETINGS_MAX: i64 = 3_000;
/// Entries in one feed.
const PAPERS_MAX: i64 = 50;

/// A public meeting as a calendar shows it.
#[derive(Debug, Clone)]
pub struct MeetingRow {
    /// Its row.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The committees that meet, separated by commas.
    pub organizations: String,
    /// When it begins.
    pub starts_at: Instant,
    /// When it ends, if known.
    pub ends_at: Option<Instant>,
    /// Whether it was called off.
    pub cancelled: bool,
    /// Where: description, street, room, town, as far as known.
    pub place: String,
    /// When it was last changed.
    pub modified_at: Instant,
}

macro_rules! meetings {
    ($which:literal) => {
        sql!(concat!(
            "SELECT m.id, COALESCE(m.name, ''), COALESCE((SELECT string_agg(o.name, ', ') FROM council_meeting_organization mo \
             JOIN council_organization o ON o.id = mo.organization_id AND o.state = 'public' WHERE mo.meeting_id = m.id), ''), \
             m.starts_at, m.ends_at, COALESCE(m.cancelled, 0), m.modified_at, l.description, l.street_address, l.room, l.locality \
             FROM council_meeting m LEFT JOIN council_location l ON l.id = m.location_id AND l.state = 'public' \
             WHERE m.site_id = $1 AND m.state = 'public' AND m.starts_at >= $2 AND ",
            $which,
            " ORDER BY m.starts_at, m.id LIMIT $4"
        ))
    };
}

/// Public meetings from a moment on, of one organization or of all, in order of time.
///
/// # Errors
/// What the database reports.
pub fn meetings(tx: &mut Tx<'_>, organization: Option<Id<Organization>>, since: Instant) -> Result<Vec<MeetingRow>, DbError> {
    let site = tx.site()?;
    let statement = match organization {
        Some(_) => meetings!("EXISTS (SELECT 1 FROM council_meeting_organization x WHERE x.meeting_id = m.id AND x.organization_id = $3)"),
        None => meetings!("CAST($3 AS BIGINT) = 0"),
    };
    tx.list(statement, &[&site, &since, &organization.map_or(0, Id::get), &MEETINGS_MAX], meeting)
}

fn meeting(row: &Row<'_>) -> Result<MeetingRow, DbError> {
    let mut place: Vec<String> = Vec::new();
    for position in 7..=10 {
        if let Some(part) = row.get::<Option<String>>(position)?
            && !part.trim().is_empty()
            && !place.contains(&part)
        {
            place.push(part);
        }
    }
    Ok(MeetingRow {
        id: row.get(0)?,
        name: row.get(1)?,
        organizations: row.get(2)?,
        starts_at: row.get(3)?,
        ends_at: row.get(4)?,
        cancelled: row.get(5)?,
        modified_at: row.get(6)?,
        place: place.join(", "),
    })
}

/// A public paper as a feed shows it.
#[derive(Debug, Clone)]
pub struct PaperRow {
    /// Its row.
    pub id: i64,
    /// Its title.
    pub name: String,
    /// Its number.
    pub reference: Option<String>,
    /// What kind of paper, as the council calls it.
    pub kind: Option<String>,
    /// One sentence, if there is one.
    pub summary: Option<String>,
    /// When it came into being.
    pub created_at: Instant,
    /// When it was last changed.
    pub modified_at: Instant,
}

/// Which papers a feed is about.
#[derive(Debug, Clone)]
pub enum Papers {
    /// All.
    All,
    /// Those of one kind.
    Kind(String),
    /// Those that an organization deals with.
    Organization(Id<Organization>),
    /// Those about a place.
    Location(Id<Location>),
}

macro_rules! papers {
    ($which:literal) => {
        sql!(concat!(
            "SELECT p.id, COALESCE(p.name, ''), p.reference, p.kind, p.summary, p.created_at, p.modified_at FROM council_paper p \
             WHERE p.site_id = $1 AND p.state = 'public' AND ",
            $which,
            " ORDER BY p.modified_at DESC, p.id DESC LIMIT $3"
        ))
    };
}

/// The public papers that changed last, newest first.
///
/// # Errors
/// What the database reports.
pub fn papers(tx: &mut Tx<'_>, which: &Papers) -> Result<Vec<PaperRow>, DbError> {
    let site = tx.site()?;
    let read = |row: &Row<'_>| {
        Ok(PaperRow {
            id: row.get(0)?,
            name: row.get(1)?,
            reference: row.get(2)?,
            kind: row.get(3)?,
            summary: row.get(4)?,
            created_at: row.get(5)?,
            modified_at: row.get(6)?,
        })
    };
    match which {
        Papers::All => tx.list(papers!("CAST($2 AS BIGINT) = 0"), &[&site, &0_i64, &PAPERS_MAX], read),
        Papers::Kind(kind) => tx.list(papers!("p.kind = $2"), &[&site, kind, &PAPERS_MAX], read),
        Papers::Organization(id) => tx.list(
            papers!(
                "EXISTS (SELECT 1 FROM council_consultation c JOIN council_consultation_organization o ON o.consultation_id = c.id \
                 WHERE c.paper_id = p.id AND c.state = 'public' AND o.organization_id = $2)"
            ),
            &[&site, id, &PAPERS_MAX],
            read,
        ),
        Papers::Location(id) => {
            tx.list(papers!("EXISTS (SELECT 1 FROM council_paper_location l WHERE l.paper_id = p.id AND l.location_id = $2)"), &[&site, id, &PAPERS_MAX], read)
        }
    }
}

/// The name of a public organization.
///
/// # Errors
/// What the database reports.
pub fn organization_name(tx: &mut Tx<'_>, id: Id<Organization>) -> Result<Option<String>, DbError> {
    let site = tx.site()?;
    tx.find(sql!("SELECT name FROM council_organization WHERE site_id = $1 AND id = $2 AND state = 'public'"), &[&site, &id], |row| row.get(0))
}

/// The description of a public place.
///
/// # Errors
/// What the database reports.
pub fn location_name(tx: &mut Tx<'_>, id: Id<Location>) -> Result<Option<String>, DbError> {
    let site = tx.site()?;
    tx.find(
        sql!("SELECT COALESCE(description, street_address, locality, '') FROM council_location WHERE site_id = $1 AND id = $2 AND state = 'public'"),
        &[&site, &id],
        |row| row.get(0),
    )
}
