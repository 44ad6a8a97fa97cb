//! What interfaces and the search are given. Public rows and public fields only.

use super::{KIND, path, state_at};
use crate::geometry::Geometry;
use crate::rules::State;
use allmende_core::Instant;
use allmende_db::{DbError, Row, Tx, sql};
use allmende_platform::search::{Document, Point, Source};

/// An undertaking as open data.
#[derive(Debug, Clone)]
pub struct PublicUndertaking {
    /// Its row.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// Where it stands today, in a sentence.
    pub summary: String,
    /// What it is for.
    pub aim: String,
    /// Where it stands.
    pub state: State,
    /// Why.
    pub state_reason: Option<String>,
    /// What it is to cost.
    pub cost_planned_cents: Option<i64>,
    /// What was spent.
    pub cost_actual_cents: Option<i64>,
    /// What is to be said of the cost.
    pub cost_note: Option<String>,
    /// Street, address or place in words.
    pub place: Option<String>,
    /// The part of the town.
    pub district: Option<String>,
    /// Where it lies.
    pub geometry: Option<Geometry>,
    /// Name of the department.
    pub department: Option<String>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// Whether residents can take part.
    pub takes_part: bool,
    /// How, or why not.
    pub part: String,
    /// The first step that is not done.
    pub next_step: Option<String>,
    /// When it became public.
    pub published_at: Option<Instant>,
    /// When anything changed last.
    pub changed_at: Instant,
}

macro_rules! open {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT u.id, u.title, u.summary, u.aim, u.state, u.state_reason, u.cost_planned_cents, u.cost_actual_cents, u.cost_note, u.place, u.district, \
             u.geometry, d.name, COALESCE(u.contact, d.contact), u.takes_part, u.part_text, (SELECT s.text FROM undertaking_step s \
             WHERE s.undertaking_id = u.id AND s.is_done = 0 ORDER BY s.position LIMIT 1), u.published_at, u.changed_at \
             FROM undertaking u LEFT JOIN department d ON d.id = u.department_id WHERE u.site_id = $1 AND u.visibility = 'public'",
            $rest
        ))
    };
}

/// Hands over all public undertakings by row, without keeping them.
///
/// # Errors
/// What the database or `visit` reports.
pub fn each(tx: &mut Tx<'_>, mut visit: impl FnMut(&PublicUndertaking) -> Result<(), DbError>) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.each(open!(" ORDER BY u.id"), &[&site], |row| visit(&read(row)?))
}

/// Public undertakings before a moment (milliseconds) and row, the newest first, at most `limit`.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, before: (i64, i64), limit: i64) -> Result<Vec<PublicUndertaking>, DbError> {
    let site = tx.site()?;
    let statement = open!(" AND (u.changed_at, u.id) < ($2, $3) ORDER BY u.changed_at DESC, u.id DESC LIMIT $4");
    tx.list(statement, &[&site, &before.0, &before.1, &limit], read)
}

fn read(row: &Row<'_>) -> Result<PublicUndertaking, DbError> {
    Ok(PublicUndertaking {
        id: row.get(0)?,
        title: row.get(1)?,
        summary: row.get(2)?,
        aim: row.get(3)?,
        state: state_at(row, 4)?,
        state_reason: row.get(5)?,
        cost_planned_cents: row.get(6)?,
        cost_actual_cents: row.get(7)?,
        cost_note: row.get(8)?,
        place: row.get(9)?,
        district: row.get(10)?,
        geometry: row.get::<Option<String>>(11)?.and_then(|text| Geometry::parse(&text).ok()),
        department: row.get(12)?,
        contact: row.get(13)?,
        takes_part: row.get(14)?,
        part: row.get(15)?,
        next_step: row.get(16)?,
        published_at: row.get(17)?,
        changed_at: row.get(18)?,
    })
}

/// Something that happened to a public undertaking, for the feed.
#[derive(Debug, Clone)]
pub struct Happened {
    /// The record's row.
    pub record: i64,
    /// The undertaking's row.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// Its sentence for today.
    pub summary: String,
    /// The new state; nothing where it became public.
    pub state: Option<State>,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub at: Instant,
}

/// What happened last, the newest first, at most `limit`. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_latest(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Happened>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT r.id, u.id, u.title, u.summary, r.after, r.reason, r.recorded_at FROM undertaking_record r \
             JOIN undertaking u ON u.id = r.undertaking_id WHERE r.site_id = $1 AND u.visibility = 'public' \
             AND r.kind IN ('state', 'published') ORDER BY r.recorded_at DESC, r.id DESC LIMIT $2"
        ),
        &[&site, &limit],
        |row| {
            Ok(Happened {
                record: row.get(0)?,
                id: row.get(1)?,
                title: row.get(2)?,
                summary: row.get(3)?,
                state: row.get::<Option<String>>(4)?.and_then(|key| State::of(&key)),
                reason: row.get(5)?,
                at: row.get(6)?,
            })
        },
    )
}

/// How the search learns of undertakings.
pub const SOURCE: Source = Source { kind: KIND, load: documents, list_after };

fn documents(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Document>, DbError> {
    let site = tx.site()?;
    let rows = tx.list(open!(" AND u.id ANY_OF($2)"), &[&site, &ids], read)?;
    Ok(rows.into_iter().map(document).collect())
}

fn document(row: PublicUndertaking) -> Document {
    let point = row.geometry.as_ref().map(Geometry::pin);
    let text = [Some(row.aim), row.next_step, Some(row.part), row.state_reason].into_iter().flatten().filter(|text| !text.is_empty());
    Document {
        kind: KIND,
        object_id: row.id,
        path: path(row.id, &row.title),
        title: row.title,
        summary: Some(row.summary).filter(|text| !text.is_empty()),
        pages: vec![text.collect::<Vec<_>>().join("\n\n")],
        places: row.district.into_iter().chain(row.place).collect(),
        points: point.map(|point| Point { longitude: point.longitude, latitude: point.latitude }).into_iter().collect(),
        happened_at: Some(row.changed_at),
        dimension: Some(if row.takes_part { "participation" } else { "transparency" }),
        status: Some(row.state.german().to_owned()),
        ..Document::default()
    }
}

fn list_after(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Vec<i64>, DbError> {
    let site = tx.site()?;
    tx.list(sql!("SELECT id FROM undertaking WHERE site_id = $1 AND visibility = 'public' AND id > $2 ORDER BY id LIMIT $3"), &[&site, &after, &limit], |row| {
        row.get(0)
    })
}
