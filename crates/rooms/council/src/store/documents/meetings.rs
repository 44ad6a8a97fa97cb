//! Meetings for the search with the topics of their agendas, and what was decided on an agenda.

use super::{DIMENSION, Places, once, said, status_of, variants};
use crate::store::{nodes, papers};
use allmende_core::{Instant, Language};
use allmende_db::{DbError, Tx, sql};
use allmende_platform::search::{Document, Named, Source};
use std::collections::HashMap;

/// Meetings.
pub const MEETINGS: Source = Source { kind: "meeting", load: load_meetings, list_after: list_meetings_after };
/// Agenda items with a result or a resolution.
pub const ITEMS: Source = Source { kind: "agenda_item", load: load_items, list_after: list_items_after };

fn list_meetings_after(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Vec<i64>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!("SELECT m.id FROM council_meeting m WHERE m.id > $2 AND +m.site_id = $1 AND m.state = 'public' ORDER BY m.id LIMIT $3"),
        &[&site, &after, &limit],
        |row| row.get(0),
    )
}

fn list_items_after(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Vec<i64>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT i.id FROM council_agenda_item i JOIN council_meeting m ON m.id = i.meeting_id AND m.state = 'public' \
             WHERE i.id > $2 AND +i.site_id = $1 AND i.state = 'public' AND COALESCE(i.is_public, 1) = 1 \
             AND (i.result IS NOT NULL OR i.resolution_text IS NOT NULL) ORDER BY i.id LIMIT $3"
        ),
        &[&site, &after, &limit],
        |row| row.get(0),
    )
}

/// Four statements for any number of meetings.
fn load_meetings(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Document>, DbError> {
    let site = tx.site()?;
    let mut documents = tx.list(
        sql!(
            "SELECT m.id, m.name, m.summary, m.starts_at, COALESCE(m.cancelled, 0), b.name, \
             COALESCE(l.description, l.street_address, l.sub_locality, l.locality), l.sub_locality, l.geojson FROM council_meeting m \
             LEFT JOIN council_body b ON b.id = m.body_id AND b.state = 'public' \
             LEFT JOIN council_location l ON l.id = m.location_id AND l.state = 'public' \
             WHERE m.id ANY_OF($1) AND +m.site_id = $2 AND m.state = 'public' ORDER BY m.id"
        ),
        &[&ids, &site],
        |row| {
            let id = row.get(0)?;
            let title: String = row.get::<Option<String>>(1)?.unwrap_or_default();
            let mut places = Places::default();
            places.read(row, 6)?;
            Ok(Document {
                kind: MEETINGS.kind,
                object_id: id,
                path: nodes::meeting_path(id, &title),
                title,
                summary: said(row.get(2)?),
                language: Language::German,
                body: said(row.get(5)?),
                places: places.names,
                points: places.points,
                happened_at: row.get(3)?,
                dimension: DIMENSION,
                status: row.get::<bool>(4)?.then(|| "cancelled".to_owned()),
                ..Document::default()
            })
        },
    )?;
    let ids: Vec<i64> = documents.iter().map(|document| document.object_id).collect();
    let mut committees = committees(tx, &ids)?;
    let mut topics = topics(tx, &ids)?;
    let mut variants = variants(tx, MEETINGS.kind, &ids)?;
    for document in &mut documents {
        document.committees = once(committees.remove(&document.object_id).unwrap_or_default());
        document.pages = variants.remove(&document.object_id).unwrap_or_default();
        document.pages.extend(topics.remove(&document.object_id).map(|topics| topics.join("\n")));
    }
    Ok(documents)
}

/// The topics of public agendas by meeting, as the meeting's page shows them.
fn topics(tx: &mut Tx<'_>, meetings: &[i64]) -> Result<HashMap<i64, Vec<String>>, DbError> {
    let site = tx.site()?;
    let mut found: HashMap<i64, Vec<String>> = HashMap::new();
    tx.each(
        sql!(
            "SELECT a.meeting_id, a.name FROM council_agenda_item a \
             WHERE a.meeting_id ANY_OF($1) AND +a.site_id = $2 AND a.state = 'public' ORDER BY a.meeting_id, a.position, a.id"
        ),
        &[&meetings, &site],
        |row| {
            if let Some(topic) = said(row.get(1)?) {
                found.entry(row.get(0)?).or_default().push(topic);
            }
            Ok(())
        },
    )?;
    Ok(found)
}

fn committees(tx: &mut Tx<'_>, meetings: &[i64]) -> Result<HashMap<i64, Vec<String>>, DbError> {
    let site = tx.site()?;
    let mut found: HashMap<i64, Vec<String>> = HashMap::new();
    tx.each(
        sql!(
            "SELECT k.meeting_id, o.name FROM council_meeting_organization k JOIN council_organization o ON o.id = k.organization_id AND o.state = 'public' \
             WHERE k.meeting_id ANY_OF($1) AND +k.site_id = $2 ORDER BY k.meeting_id, k.position"
        ),
        &[&meetings, &site],
        |row| {
            found.entry(row.get(0)?).or_default().push(row.get(1)?);
            Ok(())
        },
    )?;
    Ok(found)
}

/// Two statements for any number of agenda items.
fn load_items(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Document>, DbError> {
    let site = tx.site()?;
    let items = tx.list(
        sql!(
            "SELECT i.id, i.name, i.summary, i.result, i.resolution_text, i.votes_yes, i.votes_no, i.votes_abstained, COALESCE(i.starts_at, m.starts_at), \
             i.position, m.id, m.name, b.name, c.role, COALESCE(p.name, p.reference) FROM council_agenda_item i \
             JOIN council_meeting m ON m.id = i.meeting_id AND m.state = 'public' \
             LEFT JOIN council_body b ON b.id = m.body_id AND b.state = 'public' \
             LEFT JOIN council_consultation c ON c.id = i.consultation_id AND c.state = 'public' \
             LEFT JOIN council_paper p ON p.id = c.paper_id AND p.state = 'public' \
             WHERE i.id ANY_OF($1) AND +i.site_id = $2 AND i.state = 'public' AND COALESCE(i.is_public, 1) = 1 \
             AND (i.result IS NOT NULL OR i.resolution_text IS NOT NULL) ORDER BY i.id"
        ),
        &[&ids, &site],
        |row| {
            let (result, resolution): (Option<String>, Option<String>) = (said(row.get(3)?), said(row.get(4)?));
            let meeting: i64 = row.get(10)?;
            let name: String = row.get::<Option<String>>(11)?.unwrap_or_default();
            let path = nodes::meeting_path(meeting, &name);
            let role: Option<String> = row.get(13)?;
            let outcome = papers::outcome(result.as_deref(), role.as_deref(), (row.get(5)?, row.get(6)?, row.get(7)?));
            let document = Document {
                kind: ITEMS.kind,
                object_id: row.get(0)?,
                path: nodes::agenda_item_path(&path, row.get(9)?),
                title: said(row.get(1)?).or(said(row.get(14)?)).unwrap_or_default(),
                summary: said(row.get(2)?),
                pages: resolution.into_iter().chain(result).collect(),
                language: Language::German,
                body: said(row.get(12)?),
                happened_at: row.get::<Option<Instant>>(8)?,
                dimension: DIMENSION,
                status: outcome.as_ref().map(|outcome| status_of(outcome).to_owned()),
                part_of: Some(Named { title: name, path }),
                ..Document::default()
            };
            Ok((meeting, document))
        },
    )?;
    let meetings: Vec<i64> = items.iter().map(|(meeting, _)| *meeting).collect();
    let committees = committees(tx, &meetings)?;
    let with_committees =
        |(meeting, document): (i64, Document)| Document { committees: committees.get(&meeting).cloned().map(once).unwrap_or_default(), ..document };
    Ok(items.into_iter().map(with_committees).collect())
}
