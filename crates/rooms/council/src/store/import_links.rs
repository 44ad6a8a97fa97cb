//! What ties objects together: files and their users, stations and organizations, papers and papers.
//!
//! Links belong to the object that names them. A known object's links are taken away and written anew; a new one has none.

use crate::store::noted;
use allmende_db::{DbError, Statement, Tx, sql};
use allmende_oparl::Kind;

/// The links of one kind that an object has.
#[derive(Debug, Clone, Copy)]
pub enum Link {
    /// Meeting to organization.
    MeetingOrganization,
    /// Meeting to participant.
    MeetingParticipant,
    /// Consultation to organization.
    ConsultationOrganization,
    /// Paper to place.
    PaperLocation,
}

/// Takes away all links of an object that is written anew.
///
/// # Errors
/// What the database reports.
pub fn delete_all(tx: &mut Tx<'_>, kind: Kind, id: i64) -> Result<(), DbError> {
    let statements: &[&'static Statement] = match kind {
        Kind::Meeting => &[
            sql!("DELETE FROM council_meeting_organization WHERE site_id = $1 AND meeting_id = $2"),
            sql!("DELETE FROM council_meeting_participant WHERE site_id = $1 AND meeting_id = $2"),
            sql!("DELETE FROM council_file_use WHERE site_id = $1 AND meeting_id = $2"),
        ],
        Kind::AgendaItem => &[sql!("DELETE FROM council_file_use WHERE site_id = $1 AND agenda_item_id = $2")],
        Kind::Paper => &[
            sql!("DELETE FROM council_paper_link WHERE site_id = $1 AND paper_id = $2"),
            sql!("DELETE FROM council_paper_originator WHERE site_id = $1 AND paper_id = $2"),
            sql!("DELETE FROM council_paper_location WHERE site_id = $1 AND paper_id = $2"),
            sql!("DELETE FROM council_file_use WHERE site_id = $1 AND paper_id = $2"),
        ],
        Kind::Consultation => &[sql!("DELETE FROM council_consultation_organization WHERE site_id = $1 AND consultation_id = $2")],
        _ => &[],
    };
    let site = tx.site()?;
    for statement in statements {
        tx.execute(statement, &[&site, &id])?;
    }
    Ok(())
}

/// Ties two objects. A second time changes nothing.
///
/// # Errors
/// What the database reports.
pub fn add(tx: &mut Tx<'_>, link: Link, from: i64, to: i64, position: i64) -> Result<(), DbError> {
    let statement = match link {
        Link::MeetingOrganization => {
            sql!("INSERT INTO council_meeting_organization (site_id, meeting_id, organization_id, position) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING")
        }
        Link::MeetingParticipant => {
            sql!("INSERT INTO council_meeting_participant (site_id, meeting_id, person_id, position) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING")
        }
        Link::ConsultationOrganization => sql!(
            "INSERT INTO council_consultation_organization (site_id, consultation_id, organization_id, position) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"
        ),
        Link::PaperLocation => {
            sql!("INSERT INTO council_paper_location (site_id, paper_id, location_id, position) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING")
        }
    };
    let site = tx.site()?;
    tx.execute(statement, &[&site, &from, &to, &position])?;
    Ok(())
}

/// Ties a paper to another: `related`, `superordinate` or `subordinate`.
///
/// # Errors
/// What the database reports.
pub fn add_paper(tx: &mut Tx<'_>, paper_id: i64, other_id: i64, kind: &'static str, position: i64) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(
        sql!("INSERT INTO council_paper_link (site_id, paper_id, other_id, kind, position) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"),
        &[&site, &paper_id, &other_id, &kind, &position],
    )?;
    Ok(())
}

/// Ties a paper to a person (`person`) or an organization (`organization`, `direction`) behind it.
///
/// # Errors
/// What the database reports.
pub fn add_originator(tx: &mut Tx<'_>, paper_id: i64, kind: &'static str, position: i64, id: i64) -> Result<(), DbError> {
    let site = tx.site()?;
    let (person_id, organization_id) = if kind == "person" { (Some(id), None) } else { (None, Some(id)) };
    tx.execute(
        sql!(
            "INSERT INTO council_paper_originator (site_id, paper_id, kind, position, person_id, organization_id) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING"
        ),
        &[&site, &paper_id, &kind, &position, &person_id, &organization_id],
    )?;
    Ok(())
}

/// Ties a file to the paper, meeting or agenda item that has it. The import ties many at once, in its batch.
///
/// # Errors
/// What the database reports; `DbError::Unsupported` for an owner of another type.
pub fn add_file(tx: &mut Tx<'_>, owner: Kind, owner_id: i64, role: &'static str, position: i64, file_id: i64) -> Result<(), DbError> {
    let statement = match owner {
        Kind::Paper => sql!("INSERT INTO council_file_use (site_id, file_id, role, position, paper_id) VALUES ($1, $2, $3, $4, $5)"),
        Kind::Meeting => sql!("INSERT INTO council_file_use (site_id, file_id, role, position, meeting_id) VALUES ($1, $2, $3, $4, $5)"),
        Kind::AgendaItem => sql!("INSERT INTO council_file_use (site_id, file_id, role, position, agenda_item_id) VALUES ($1, $2, $3, $4, $5)"),
        _ => return Err(DbError::Unsupported("a file of such an owner")),
    };
    let site = tx.site()?;
    tx.execute(statement, &[&site, &file_id, &role, &position, &owner_id])?;
    Ok(())
}

/// Fills the reference of a part to its whole where the part itself names none. `$3` is the whole's row.
///
/// # Errors
/// What the database reports.
pub fn fill_whole(tx: &mut Tx<'_>, whole: Kind, part: Kind, part_id: i64, whole_id: i64) -> Result<(), DbError> {
    let statement = match (whole, part) {
        (Kind::Body, Kind::LegislativeTerm) => sql!("UPDATE council_term SET body_id = $3 WHERE site_id = $1 AND id = $2 AND body_id IS NULL"),
        (Kind::Person, Kind::Membership) => sql!("UPDATE council_membership SET person_id = $3 WHERE site_id = $1 AND id = $2 AND person_id IS NULL"),
        (Kind::Organization, Kind::Membership) => {
            sql!("UPDATE council_membership SET organization_id = $3 WHERE site_id = $1 AND id = $2 AND organization_id IS NULL")
        }
        (Kind::Meeting, Kind::AgendaItem) => sql!("UPDATE council_agenda_item SET meeting_id = $3 WHERE site_id = $1 AND id = $2 AND meeting_id IS NULL"),
        (Kind::Paper, Kind::Consultation) => sql!("UPDATE council_consultation SET paper_id = $3 WHERE site_id = $1 AND id = $2 AND paper_id IS NULL"),
        _ => return Ok(()),
    };
    let site = tx.site()?;
    tx.execute(statement, &[&site, &part_id, &whole_id])?;
    Ok(())
}

/// Puts a known part of a changed object where it stands now.
///
/// # Errors
/// What the database reports.
pub fn place(tx: &mut Tx<'_>, part: Kind, part_id: i64, position: i64) -> Result<(), DbError> {
    let statement = match part {
        Kind::AgendaItem => sql!("UPDATE council_agenda_item SET position = $3 WHERE site_id = $1 AND id = $2 AND position <> $3"),
        Kind::Consultation => sql!("UPDATE council_consultation SET position = $3 WHERE site_id = $1 AND id = $2 AND position <> $3"),
        _ => return Ok(()),
    };
    let site = tx.site()?;
    tx.execute(statement, &[&site, &part_id, &position])?;
    Ok(())
}

/// Whether anything still uses a file or place that one of its owners let go.
///
/// # Errors
/// What the database reports.
pub fn is_used(tx: &mut Tx<'_>, kind: Kind, id: i64) -> Result<bool, DbError> {
    let statement = match kind {
        Kind::File => sql!(
            "SELECT 1 FROM council_file_use WHERE site_id = $1 AND file_id = $2 \
             UNION ALL SELECT 1 FROM council_person WHERE site_id = $1 AND image_file_id = $2"
        ),
        Kind::Location => sql!(
            "SELECT 1 FROM council_meeting WHERE site_id = $1 AND location_id = $2 \
             UNION ALL SELECT 1 FROM council_organization WHERE site_id = $1 AND location_id = $2 \
             UNION ALL SELECT 1 FROM council_person WHERE site_id = $1 AND location_id = $2 \
             UNION ALL SELECT 1 FROM council_body WHERE site_id = $1 AND location_id = $2 \
             UNION ALL SELECT 1 FROM council_paper_location WHERE site_id = $1 AND location_id = $2"
        ),
        _ => return Ok(false),
    };
    let site = tx.site()?;
    Ok(tx.find(statement, &[&site, &id], |_| Ok(()))?.is_some())
}

/// Fills the sides of relations that only the other side named, and gives an agenda item the station of its own where
/// several stations came under one id. Never overwrites what the server said. Returns how many rows it changed.
///
/// # Errors
/// What the database reports.
pub fn fill_inverse(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    let site = tx.site()?;
    let statements = [
        (
            Kind::AgendaItem,
            sql!(
                "UPDATE council_agenda_item SET consultation_id = \
                 (SELECT MIN(c.id) FROM council_consultation c WHERE c.agenda_item_id = council_agenda_item.id AND c.state = 'public') \
                 WHERE site_id = $1 AND consultation_id IS NULL AND state = 'public' AND EXISTS \
                 (SELECT 1 FROM council_consultation c WHERE c.agenda_item_id = council_agenda_item.id AND c.state = 'public') RETURNING id"
            ),
        ),
        (
            Kind::AgendaItem,
            sql!(
                "UPDATE council_agenda_item SET consultation_id = \
                 (SELECT MIN(own.id) FROM council_consultation own JOIN council_consultation named ON named.paper_id = own.paper_id \
                  WHERE own.agenda_item_id = council_agenda_item.id AND own.state = 'public' AND named.id = council_agenda_item.consultation_id) \
                 WHERE site_id = $1 AND EXISTS \
                 (SELECT 1 FROM council_consultation named JOIN council_consultation own ON named.paper_id = own.paper_id \
                  WHERE named.id = council_agenda_item.consultation_id AND named.agenda_item_id <> council_agenda_item.id \
                    AND own.agenda_item_id = council_agenda_item.id AND own.state = 'public') RETURNING id"
            ),
        ),
        (
            Kind::Consultation,
            sql!(
                "UPDATE council_consultation SET agenda_item_id = \
                 (SELECT MIN(i.id) FROM council_agenda_item i WHERE i.consultation_id = council_consultation.id AND i.state = 'public') \
                 WHERE site_id = $1 AND agenda_item_id IS NULL AND state = 'public' AND EXISTS \
                 (SELECT 1 FROM council_agenda_item i WHERE i.consultation_id = council_consultation.id AND i.state = 'public') RETURNING id"
            ),
        ),
        (
            Kind::Consultation,
            sql!(
                "UPDATE council_consultation SET meeting_id = (SELECT i.meeting_id FROM council_agenda_item i WHERE i.id = council_consultation.agenda_item_id) \
                 WHERE site_id = $1 AND meeting_id IS NULL AND state = 'public' AND EXISTS \
                 (SELECT 1 FROM council_agenda_item i WHERE i.id = council_consultation.agenda_item_id AND i.meeting_id IS NOT NULL) RETURNING id"
            ),
        ),
    ];
    let mut changed = Vec::new();
    for (kind, statement) in statements {
        changed.extend(tx.list(statement, &[&site], |row| Ok((kind, row.get::<i64>(0)?)))?);
    }
    noted::note(tx, &changed)?;
    Ok(u64::try_from(changed.len()).unwrap_or(u64::MAX))
}
