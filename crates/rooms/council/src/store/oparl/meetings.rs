//! Meetings and agenda items.

use super::{Grouped, Loading, OWN, addresses, common, group, instant_at, pair, places, shared, shown};
use allmende_db::{DbError, Row, Tx, sql};
use allmende_oparl::{AgendaItem, Embedded, File, Kind, Meeting};
use serde_json::json;

/// A file and what it is to the one that has it.
pub(super) type FileUse = (String, Embedded<File>);

/// The files of some owners with their roles, in order.
pub(super) fn file_uses(tx: &mut Tx<'_>, loading: &Loading<'_>, statement: &'static allmende_db::Statement, ids: &[i64]) -> Result<Grouped<FileUse>, DbError> {
    let site = tx.site()?;
    let uses = tx.list(statement, &[&site, &ids], |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?, row.get::<String>(2)?)))?;
    let mut files = places::embedded_files(tx, loading, uses.iter().map(|(_, file, _)| *file))?;
    Ok(group(uses.into_iter().filter_map(|(owner, file, role)| Some((owner, (role, files.take(file)?)))).collect()))
}

/// Meetings by row, with agenda, files and place.
///
/// # Errors
/// What the database reports.
pub fn meetings(tx: &mut Tx<'_>, loading: &Loading<'_>, ids: &[i64]) -> Result<Vec<Meeting>, DbError> {
    let (site, further) = (tx.site()?, loading.further_state());
    let rows = tx.list(
        sql!(concat!(
            "SELECT ",
            shared!("x", "meeting"),
            ", x.name, x.meeting_state, x.cancelled, x.starts_at, x.ends_at, ",
            shown!("council_location", "x.location_id"),
            " FROM council_meeting x WHERE x.site_id = $1 AND x.id ANY_OF($2) AND x.state IN ('public', 'withdrawn') ORDER BY x.id"
        )),
        &[&site, &ids, &further],
        |row| {
            let name: Option<String> = row.get(OWN)?;
            let meeting = Meeting {
                common: common(row, loading, Kind::Meeting, name.as_deref().unwrap_or_default())?,
                name,
                meeting_state: row.get(OWN + 1)?,
                cancelled: row.get(OWN + 2)?,
                start: instant_at(row, OWN + 3)?,
                end: instant_at(row, OWN + 4)?,
                ..Meeting::default()
            };
            Ok((row.get::<i64>(0)?, row.get::<Option<i64>>(OWN + 5)?, meeting))
        },
    )?;
    let mut places = places::by_row(tx, loading, rows.iter().filter_map(|(_, place, _)| *place))?;
    let mut organizations = addresses(
        tx.list(
            sql!(
                "SELECT m.meeting_id, o.id FROM council_meeting_organization m JOIN council_organization o ON o.id = m.organization_id \
                 WHERE m.site_id = $1 AND m.meeting_id ANY_OF($2) AND (o.state IN ('public', 'withdrawn') OR o.state = $3) ORDER BY m.meeting_id, m.position"
            ),
            &[&site, &ids, &further],
            pair,
        )?,
        loading,
        Kind::Organization,
    );
    let mut participants = addresses(
        tx.list(
            sql!(
                "SELECT m.meeting_id, p.id FROM council_meeting_participant m JOIN council_person p ON p.id = m.person_id \
                 WHERE m.site_id = $1 AND m.meeting_id ANY_OF($2) AND (p.state IN ('public', 'withdrawn') OR p.state = $3) ORDER BY m.meeting_id, m.position"
            ),
            &[&site, &ids, &further],
            pair,
        )?,
        loading,
        Kind::Person,
    );
    let of_meetings = sql!(
        "SELECT u.meeting_id, u.file_id, u.role FROM council_file_use u JOIN council_file f ON f.id = u.file_id AND f.state = 'public' \
         WHERE u.site_id = $1 AND u.meeting_id ANY_OF($2) ORDER BY u.meeting_id, u.position"
    );
    let mut files = file_uses(tx, loading, of_meetings, ids)?;
    let mut items: Grouped<AgendaItem> = group(items_where(tx, loading, Chosen::Meetings, ids)?);
    Ok(rows
        .into_iter()
        .map(|(id, place, mut meeting)| {
            meeting.location = place.and_then(|place| places.take(place));
            meeting.organization = organizations.remove(&id).unwrap_or_default();
            meeting.participant = participants.remove(&id).unwrap_or_default();
            for (role, file) in files.remove(&id).unwrap_or_default() {
                match role.as_str() {
                    "invitation" => meeting.invitation = Some(file),
                    "results" => meeting.results_protocol = Some(file),
                    "verbatim" => meeting.verbatim_protocol = Some(file),
                    _ => meeting.auxiliary_file.push(file),
                }
            }
            meeting.agenda_item = items.remove(&id).unwrap_or_default().into_iter().map(Embedded::new).collect();
            meeting
        })
        .collect())
}

/// Agenda items by row, with their files.
///
/// # Errors
/// What the database reports.
pub fn agenda_items(tx: &mut Tx<'_>, loading: &Loading<'_>, ids: &[i64]) -> Result<Vec<AgendaItem>, DbError> {
    Ok(items_where(tx, loading, Chosen::Rows, ids)?.into_iter().map(|(_, item)| item).collect())
}

enum Chosen {
    Rows,
    Meetings,
}

macro_rules! item_columns {
    ($where:literal) => {
        sql!(concat!(
            "SELECT ",
            shared!("x", "agenda_item"),
            ", x.number, x.position, x.name, x.is_public, ",
            shown!("council_consultation", "x.consultation_id"),
            ", x.result, x.resolution_text, x.starts_at, x.ends_at, ",
            shown!("council_meeting", "x.meeting_id"),
            ", x.meeting_id, x.votes_yes, x.votes_no, x.votes_abstained, x.reason_non_public FROM council_agenda_item x WHERE x.site_id = $1 AND ",
            $where
        ))
    };
}

/// Agenda items with the meeting they belong to.
fn items_where(tx: &mut Tx<'_>, loading: &Loading<'_>, chosen: Chosen, ids: &[i64]) -> Result<Vec<(i64, AgendaItem)>, DbError> {
    let (site, further) = (tx.site()?, loading.further_state());
    let statement = match chosen {
        Chosen::Rows => item_columns!("x.id ANY_OF($2) AND x.state IN ('public', 'withdrawn') ORDER BY x.id"),
        Chosen::Meetings => item_columns!("x.meeting_id ANY_OF($2) AND x.state = 'public' ORDER BY x.meeting_id, x.position, x.id"),
    };
    let rows = tx.list(statement, &[&site, &ids, &further], |row| agenda_item(row, loading))?;
    let items: Vec<i64> = rows.iter().map(|(id, _, _)| *id).collect();
    let of_items = sql!(
        "SELECT u.agenda_item_id, u.file_id, u.role FROM council_file_use u JOIN council_file f ON f.id = u.file_id AND f.state = 'public' \
         WHERE u.site_id = $1 AND u.agenda_item_id ANY_OF($2) ORDER BY u.agenda_item_id, u.position"
    );
    let mut files = file_uses(tx, loading, of_items, &items)?;
    Ok(rows
        .into_iter()
        .map(|(id, meeting, mut item)| {
            for (role, file) in files.remove(&id).unwrap_or_default() {
                if role == "resolution" {
                    item.resolution_file = Some(file);
                } else {
                    item.auxiliary_file.push(file);
                }
            }
            (meeting, item)
        })
        .collect())
}

fn agenda_item(row: &Row<'_>, loading: &Loading<'_>) -> Result<(i64, i64, AgendaItem), DbError> {
    let name: Option<String> = row.get(OWN + 2)?;
    let mut item = AgendaItem {
        common: common(row, loading, Kind::AgendaItem, name.as_deref().unwrap_or_default())?,
        number: row.get(OWN)?,
        order: row.get(OWN + 1)?,
        name,
        public: row.get(OWN + 3)?,
        consultation: loading.reference(Kind::Consultation, row.get(OWN + 4)?),
        result: row.get(OWN + 5)?,
        resolution_text: row.get(OWN + 6)?,
        start: instant_at(row, OWN + 7)?,
        end: instant_at(row, OWN + 8)?,
        meeting: loading.reference(Kind::Meeting, row.get(OWN + 9)?),
        ..AgendaItem::default()
    };
    let votes: [Option<i64>; 3] = [row.get(OWN + 11)?, row.get(OWN + 12)?, row.get(OWN + 13)?];
    if let [Some(yes), Some(no), Some(abstained)] = votes {
        // OParl knows no counts of votes.
        item.common.vendor.insert("allmende:votes".to_owned(), json!({ "yes": yes, "no": no, "abstained": abstained }));
    }
    if let Some(reason) = row.get::<Option<String>>(OWN + 14)? {
        item.common.vendor.insert("allmende:reasonNonPublic".to_owned(), reason.into());
    }
    Ok((row.get(0)?, row.get::<Option<i64>>(OWN + 10)?.unwrap_or(0), item))
}
