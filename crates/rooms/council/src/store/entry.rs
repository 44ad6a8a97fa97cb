//! Writes what was entered by hand: an OParl object with its state, its own columns and its links.
//!
//! The rows are written by `import_objects` and `import_links`, as those of an import are; what only this house knows
//! (short summaries, votes, reasons) is set beside them. Links that another object names stay. Start with [`paper`].

use crate::entry::rules::{State, Votes};
use crate::store::import_links::{self as links, Link};
use crate::store::import_objects::{self as objects, Shared};
use crate::store::noted;
use allmende_core::Language;
use allmende_db::{DbError, Statement, Tx, sql};
use allmende_oparl::{AgendaItem, Body, Common, Consultation, File, Kind, LegislativeTerm, Location, Meeting, Membership, Organization, Paper, Person};

/// Where an object stands: its row, if it has one, its state and its own dates.
#[derive(Debug, Clone, Copy)]
pub struct Stand {
    /// The row; nothing for a new object.
    pub id: Option<i64>,
    /// Its state.
    pub state: State,
    /// When it was made, milliseconds UTC.
    pub created_at: i64,
    /// When it was changed, milliseconds UTC.
    pub modified_at: i64,
}

impl Stand {
    fn shared(&self, common: &Common) -> Shared {
        Shared::entered(common, self.id, self.state.key(), self.created_at, self.modified_at)
    }
}

/// # Errors
/// What the database reports.
pub fn location(tx: &mut Tx<'_>, stand: &Stand, object: &Location) -> Result<i64, DbError> {
    objects::location(tx, &stand.shared(&object.common), object)
}

/// # Errors
/// What the database reports.
pub fn body(tx: &mut Tx<'_>, stand: &Stand, object: &Body, location_id: Option<i64>, main_organization_id: Option<i64>) -> Result<i64, DbError> {
    objects::body(tx, &stand.shared(&object.common), object, location_id, main_organization_id)
}

/// # Errors
/// What the database reports.
pub fn term(tx: &mut Tx<'_>, stand: &Stand, object: &LegislativeTerm, body_id: Option<i64>) -> Result<i64, DbError> {
    objects::term(tx, &stand.shared(&object.common), object, body_id)
}

/// # Errors
/// What the database reports.
pub fn organization(tx: &mut Tx<'_>, stand: &Stand, object: &Organization, rows: &objects::OrganizationRows) -> Result<i64, DbError> {
    objects::organization(tx, &stand.shared(&object.common), object, rows)
}

/// # Errors
/// What the database reports.
pub fn person(tx: &mut Tx<'_>, stand: &Stand, object: &Person, rows: &objects::PersonRows) -> Result<i64, DbError> {
    let id = objects::person(tx, &stand.shared(&object.common), object, rows)?;
    noted::note(tx, &[(Kind::Person, id)])?;
    Ok(id)
}

/// # Errors
/// What the database reports.
pub fn membership(tx: &mut Tx<'_>, stand: &Stand, object: &Membership, rows: &objects::MembershipRows) -> Result<i64, DbError> {
    let id = objects::membership(tx, &stand.shared(&object.common), object, rows)?;
    noted::note(tx, &[(Kind::Membership, id)])?;
    Ok(id)
}

/// A meeting as it was entered.
#[derive(Debug, Clone, Default)]
pub struct MeetingEntry {
    /// What OParl knows of it.
    pub object: Meeting,
    /// Which meeting of its organization in the year or term it is.
    pub number: Option<String>,
    /// What it is about, in one or two sentences.
    pub summary: Option<String>,
    /// How many guests came.
    pub guest_count: Option<i64>,
    /// Its body.
    pub body_id: Option<i64>,
    /// Its place.
    pub location_id: Option<i64>,
    /// The organizations that meet, the first one first.
    pub organization_ids: Vec<i64>,
    /// The people present, or expected.
    pub participant_ids: Vec<i64>,
}

/// Writes a meeting with its organizations and participants; its files and agenda stay.
///
/// # Errors
/// What the database reports.
pub fn meeting(tx: &mut Tx<'_>, stand: &Stand, entry: &MeetingEntry) -> Result<i64, DbError> {
    let id = objects::meeting(tx, &stand.shared(&entry.object.common), &entry.object, entry.body_id, entry.location_id)?;
    let site = tx.site()?;
    tx.execute(
        sql!("UPDATE council_meeting SET number = $3, summary = $4, guest_count = $5 WHERE site_id = $1 AND id = $2"),
        &[&site, &id, &entry.number, &entry.summary, &entry.guest_count],
    )?;
    clear(
        tx,
        stand,
        &[
            sql!("DELETE FROM council_meeting_organization WHERE site_id = $1 AND meeting_id = $2"),
            sql!("DELETE FROM council_meeting_participant WHERE site_id = $1 AND meeting_id = $2"),
        ],
    )?;
    tie(tx, Link::MeetingOrganization, id, &entry.organization_ids)?;
    tie(tx, Link::MeetingParticipant, id, &entry.participant_ids)?;
    Ok(id)
}

/// A paper as it was entered.
#[derive(Debug, Clone, Default)]
pub struct PaperEntry {
    /// What OParl knows of it.
    pub object: Paper,
    /// "Kurz gesagt": one or two sentences.
    pub summary: Option<String>,
    /// Its body.
    pub body_id: Option<i64>,
    /// The people it comes from.
    pub person_ids: Vec<i64>,
    /// The organizations it comes from.
    pub organization_ids: Vec<i64>,
    /// The organizations in charge.
    pub direction_ids: Vec<i64>,
    /// The places it is about.
    pub location_ids: Vec<i64>,
    /// Papers on the same matter.
    pub related_ids: Vec<i64>,
    /// Papers that it belongs to.
    pub superordinate_ids: Vec<i64>,
}

/// Writes a paper with its originators, places and ties to other papers, which hear of it on their side; its files and
/// consultations stay.
///
/// # Errors
/// What the database reports.
pub fn paper(tx: &mut Tx<'_>, stand: &Stand, entry: &PaperEntry) -> Result<i64, DbError> {
    let id = objects::paper(tx, &stand.shared(&entry.object.common), &entry.object, entry.body_id)?;
    let site = tx.site()?;
    tx.execute(sql!("UPDATE council_paper SET summary = $3 WHERE site_id = $1 AND id = $2"), &[&site, &id, &entry.summary])?;
    clear(
        tx,
        stand,
        &[
            sql!("DELETE FROM council_paper_originator WHERE site_id = $1 AND paper_id = $2"),
            sql!("DELETE FROM council_paper_location WHERE site_id = $1 AND paper_id = $2"),
            sql!("DELETE FROM council_paper_link WHERE site_id = $1 AND paper_id = $2 AND kind IN ('related', 'superordinate')"),
            sql!("DELETE FROM council_paper_link WHERE site_id = $1 AND other_id = $2 AND kind IN ('related', 'subordinate')"),
        ],
    )?;
    for (kind, ids) in [("person", &entry.person_ids), ("organization", &entry.organization_ids), ("direction", &entry.direction_ids)] {
        for (position, other) in (1..).zip(ids) {
            links::add_originator(tx, id, kind, position, *other)?;
        }
    }
    tie(tx, Link::PaperLocation, id, &entry.location_ids)?;
    for (own, back, ids) in [("related", "related", &entry.related_ids), ("superordinate", "subordinate", &entry.superordinate_ids)] {
        for (position, other) in (1..).zip(ids.iter().filter(|other| **other != id)) {
            links::add_paper(tx, id, *other, own, position)?;
            links::add_paper(tx, *other, id, back, position)?;
        }
    }
    Ok(id)
}

/// An agenda item as it was entered.
#[derive(Debug, Clone, Default)]
pub struct ItemEntry {
    /// What OParl knows of it.
    pub object: AgendaItem,
    /// Its meeting.
    pub meeting_id: Option<i64>,
    /// Its place in the agenda, from 1.
    pub position: i64,
    /// What it is about, in one or two sentences.
    pub summary: Option<String>,
    /// Why it is not public.
    pub reason_non_public: Option<String>,
    /// The consultation of a paper that happens here.
    pub consultation_id: Option<i64>,
    /// Counted votes.
    pub votes: Votes,
}

/// Writes an agenda item; its files stay.
///
/// # Errors
/// What the database reports.
pub fn agenda_item(tx: &mut Tx<'_>, stand: &Stand, entry: &ItemEntry) -> Result<i64, DbError> {
    let rows = objects::AgendaItemRows { meeting_id: entry.meeting_id, consultation_id: entry.consultation_id, position: Some(entry.position) };
    let id = objects::agenda_item(tx, &stand.shared(&entry.object.common), &entry.object, &rows)?;
    let site = tx.site()?;
    let votes = entry.votes;
    tx.execute(
        sql!(
            "UPDATE council_agenda_item SET summary = $3, reason_non_public = $4, votes_yes = $5, votes_no = $6, votes_abstained = $7 \
             WHERE site_id = $1 AND id = $2"
        ),
        &[&site, &id, &entry.summary, &entry.reason_non_public, &votes.yes, &votes.no, &votes.abstained],
    )?;
    Ok(id)
}

/// A consultation as it was entered: one station of a paper.
#[derive(Debug, Clone, Default)]
pub struct ConsultationEntry {
    /// What OParl knows of it.
    pub object: Consultation,
    /// Its paper.
    pub paper_id: Option<i64>,
    /// The item of an agenda at which it happens.
    pub agenda_item_id: Option<i64>,
    /// The meeting in which it happens.
    pub meeting_id: Option<i64>,
    /// Its place among the stations, from 1.
    pub position: i64,
    /// The organizations that consult.
    pub organization_ids: Vec<i64>,
}

/// Writes a consultation, and names it at its agenda item where that has none yet.
///
/// # Errors
/// What the database reports.
pub fn consultation(tx: &mut Tx<'_>, stand: &Stand, entry: &ConsultationEntry) -> Result<i64, DbError> {
    let rows = objects::ConsultationRows {
        paper_id: entry.paper_id,
        agenda_item_id: entry.agenda_item_id,
        meeting_id: entry.meeting_id,
        position: Some(entry.position),
    };
    let id = objects::consultation(tx, &stand.shared(&entry.object.common), &entry.object, &rows)?;
    clear(tx, stand, &[sql!("DELETE FROM council_consultation_organization WHERE site_id = $1 AND consultation_id = $2")])?;
    tie(tx, Link::ConsultationOrganization, id, &entry.organization_ids)?;
    let site = tx.site()?;
    tx.execute(
        sql!("UPDATE council_agenda_item SET consultation_id = $3 WHERE site_id = $1 AND id = $2 AND consultation_id IS NULL"),
        &[&site, &entry.agenda_item_id, &id],
    )?;
    Ok(id)
}

/// Writes a file whose content is kept here, under the digest of its content; its uses stay.
///
/// It has no address of its own: that of a kept file is made of its row and name by [`file_path`].
///
/// # Errors
/// What the database reports.
pub fn file(tx: &mut Tx<'_>, stand: &Stand, object: &File, stored_sha256: &str) -> Result<i64, DbError> {
    let id = objects::file(tx, &stand.shared(&object.common), object, None)?;
    let site = tx.site()?;
    tx.execute(sql!("UPDATE council_file SET stored_sha256 = $3 WHERE site_id = $1 AND id = $2"), &[&site, &id, &stored_sha256])?;
    noted::note(tx, &[(Kind::File, id)])?;
    Ok(id)
}

/// Where a kept file is read, from the slash on.
#[must_use]
pub fn file_path(id: i64, file_name: &str) -> String {
    let name = if file_name.is_empty() { "datei" } else { file_name };
    format!("/dateien/{id}/{}", allmende_platform::web::routes::encode(name).replace('/', "_"))
}

/// Keeps the text of a file, page by page.
///
/// # Errors
/// What the database reports.
pub fn file_text(tx: &mut Tx<'_>, file_id: i64, pages: &[String]) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let text = serde_json::to_string(pages).unwrap_or_else(|_| "[]".to_owned());
    tx.execute(
        sql!(
            "INSERT INTO council_file_text (file_id, site_id, pages, read_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (file_id) DO UPDATE SET pages = excluded.pages, read_at = excluded.read_at"
        ),
        &[&file_id, &site, &text, &now],
    )?;
    let count = i64::try_from(pages.len()).unwrap_or(i64::MAX);
    tx.execute(
        sql!("UPDATE council_file SET text_state = 'done', text_problem = NULL, page_count = $3 WHERE site_id = $1 AND id = $2"),
        &[&site, &file_id, &count],
    )?;
    noted::note(tx, &[(Kind::File, file_id)])
}

/// Sets or removes the variant of a public text in another language. `field` is `name`, `summary` or `resolution_text`.
///
/// # Errors
/// What the database reports.
pub fn set_text(tx: &mut Tx<'_>, kind: Kind, id: i64, field: &'static str, language: Language, text: &str) -> Result<(), DbError> {
    let (site, kind) = (tx.site()?, crate::store::kind_key(kind));
    if text.is_empty() {
        tx.execute(
            sql!("DELETE FROM council_text WHERE site_id = $1 AND kind = $2 AND object_id = $3 AND field = $4 AND language = $5"),
            &[&site, &kind, &id, &field, &language],
        )?;
    } else {
        tx.execute(
            sql!(
                "INSERT INTO council_text (site_id, kind, object_id, field, language, text) VALUES ($1, $2, $3, $4, $5, $6) \
                 ON CONFLICT (site_id, kind, object_id, field, language) DO UPDATE SET text = excluded.text"
            ),
            &[&site, &kind, &id, &field, &language, &text],
        )?;
    }
    Ok(())
}

/// Takes away what a known object named; a new one has named nothing yet.
fn clear(tx: &mut Tx<'_>, stand: &Stand, statements: &[&'static Statement]) -> Result<(), DbError> {
    let site = tx.site()?;
    if let Some(id) = stand.id {
        for statement in statements {
            tx.execute(statement, &[&site, &id])?;
        }
    }
    Ok(())
}

fn tie(tx: &mut Tx<'_>, link: Link, id: i64, others: &[i64]) -> Result<(), DbError> {
    for (position, other) in (1..).zip(others) {
        links::add(tx, link, id, *other, position)?;
    }
    Ok(())
}

/// Gives a file another title and day.
///
/// # Errors
/// What the database reports.
pub fn rename_file(tx: &mut Tx<'_>, id: i64, name: Option<&str>, dated_on: Option<&str>, at: i64) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(
        sql!("UPDATE council_file SET name = $3, dated_on = $4, modified_at = $5 WHERE site_id = $1 AND id = $2"),
        &[&site, &id, &name, &dated_on, &at],
    )?;
    noted::note(tx, &[(Kind::File, id)])
}

/// Notes why a file has no text, as a key of the reader.
///
/// # Errors
/// What the database reports.
pub fn file_unreadable(tx: &mut Tx<'_>, file_id: i64, problem: &str) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(sql!("UPDATE council_file SET text_state = 'failed', text_problem = $3 WHERE site_id = $1 AND id = $2"), &[&site, &file_id, &problem])?;
    Ok(())
}

/// Notes where a copy of a file lies.
///
/// # Errors
/// What the database reports.
pub fn file_kept(tx: &mut Tx<'_>, file_id: i64, sha256: &str) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(sql!("UPDATE council_file SET stored_sha256 = $3 WHERE site_id = $1 AND id = $2"), &[&site, &file_id, &sha256])?;
    Ok(())
}
