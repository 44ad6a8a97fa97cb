//! Files for the search, with their text page by page. A file is public only as long as something public has it.

use super::{DIMENSION, Places, once, places_of_papers, said, start_of};
use crate::store::nodes;
use allmende_core::{Instant, Language};
use allmende_db::{DbError, Tx, sql};
use allmende_platform::search::{Document, Named, Source};
use std::collections::HashMap;

/// Files.
pub const SOURCE: Source = Source { kind: "file", load, list_after };

/// A public file is had by a public paper, by a public meeting, or by an item that a public meeting deals with in public.
fn list_after(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Vec<i64>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT f.id FROM council_file f WHERE f.id > $2 AND +f.site_id = $1 AND f.state = 'public' AND EXISTS ( \
               SELECT 1 FROM council_file_use u LEFT JOIN council_paper p ON p.id = u.paper_id LEFT JOIN council_agenda_item i ON i.id = u.agenda_item_id \
               LEFT JOIN council_meeting m ON m.id = COALESCE(u.meeting_id, i.meeting_id) WHERE u.file_id = f.id AND (p.state = 'public' OR (m.state = 'public' \
               AND (i.id IS NULL OR (i.state = 'public' AND COALESCE(i.is_public, 1) = 1))))) ORDER BY f.id LIMIT $3"
        ),
        &[&site, &after, &limit],
        |row| row.get(0),
    )
}

/// What has a file: the first of a paper, an agenda item, a meeting.
#[derive(Debug, Clone)]
struct Owner {
    paper: Option<i64>,
    meeting: Option<i64>,
    part_of: Named,
    happened_at: Option<Instant>,
    body: Option<String>,
}

/// Four statements for any number of files.
fn load(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Document>, DbError> {
    let site = tx.site()?;
    let mut owners = owners(tx, ids)?;
    let papers: Vec<i64> = owners.values().filter_map(|owner| owner.paper).collect();
    let meetings: Vec<i64> = owners.values().filter_map(|owner| owner.meeting).collect();
    let committees = committees(tx, &papers, &meetings)?;
    let places = places_of_papers(tx, &papers)?;
    let mut documents = Vec::with_capacity(ids.len());
    tx.each(
        sql!(
            "SELECT f.id, COALESCE(f.name, f.file_name), f.dated_on, t.pages FROM council_file f LEFT JOIN council_file_text t ON t.file_id = f.id \
             WHERE f.id ANY_OF($1) AND +f.site_id = $2 AND f.state = 'public' ORDER BY f.id"
        ),
        &[&ids, &site],
        |row| {
            let id: i64 = row.get(0)?;
            let Some(owner) = owners.remove(&id) else { return Ok(()) };
            let pages: Vec<String> = row.get::<Option<String>>(3)?.and_then(|pages| serde_json::from_str(&pages).ok()).unwrap_or_default();
            let key = owner.paper.map(|paper| (0, paper)).or(owner.meeting.map(|meeting| (1, meeting)));
            let Places { names, points } = owner.paper.and_then(|paper| places.get(&paper).cloned()).unwrap_or_default();
            documents.push(Document {
                kind: SOURCE.kind,
                object_id: id,
                path: nodes::file_path(id),
                title: said(row.get(1)?).unwrap_or_else(|| owner.part_of.title.clone()),
                pages,
                is_paged: true,
                language: Language::German,
                body: owner.body,
                committees: key.and_then(|key| committees.get(&key).cloned()).map(once).unwrap_or_default(),
                places: names,
                points,
                happened_at: start_of(row.get::<Option<String>>(2)?.as_deref()).or(owner.happened_at),
                dimension: DIMENSION,
                part_of: Some(owner.part_of),
                ..Document::default()
            });
            Ok(())
        },
    )?;
    Ok(documents)
}

/// The public things that have these files, the first for each.
fn owners(tx: &mut Tx<'_>, files: &[i64]) -> Result<HashMap<i64, Owner>, DbError> {
    let site = tx.site()?;
    let mut found: HashMap<i64, Owner> = HashMap::new();
    tx.each(
        sql!(
            "SELECT u.file_id, 0, p.id, COALESCE(p.name, p.reference, ''), CAST(NULL AS TEXT), CAST(NULL AS BIGINT), p.dated_on, CAST(NULL AS BIGINT), b.name \
               FROM council_file_use u JOIN council_paper p ON p.id = u.paper_id AND p.state = 'public' \
               LEFT JOIN council_body b ON b.id = p.body_id AND b.state = 'public' WHERE u.file_id ANY_OF($1) AND +u.site_id = $2 \
             UNION ALL SELECT u.file_id, 1, m.id, COALESCE(m.name, ''), COALESCE(i.name, ''), i.position, CAST(NULL AS TEXT), m.starts_at, b.name \
               FROM council_file_use u JOIN council_agenda_item i ON i.id = u.agenda_item_id AND i.state = 'public' AND COALESCE(i.is_public, 1) = 1 \
               JOIN council_meeting m ON m.id = i.meeting_id AND m.state = 'public' \
               LEFT JOIN council_body b ON b.id = m.body_id AND b.state = 'public' WHERE u.file_id ANY_OF($1) AND +u.site_id = $2 \
             UNION ALL SELECT u.file_id, 2, m.id, COALESCE(m.name, ''), CAST(NULL AS TEXT), CAST(NULL AS BIGINT), CAST(NULL AS TEXT), m.starts_at, b.name \
               FROM council_file_use u JOIN council_meeting m ON m.id = u.meeting_id AND m.state = 'public' \
               LEFT JOIN council_body b ON b.id = m.body_id AND b.state = 'public' WHERE u.file_id ANY_OF($1) AND +u.site_id = $2 \
             ORDER BY 1, 2, 3"
        ),
        &[&files, &site],
        |row| {
            let (id, name): (i64, String) = (row.get(2)?, row.get(3)?);
            let is_paper = row.get::<i64>(1)? == 0;
            let (path, title) = match (is_paper, row.get::<Option<i64>>(5)?) {
                (true, _) => (nodes::paper_path(id, &name), name),
                (false, None) => (nodes::meeting_path(id, &name), name),
                (false, Some(position)) => (nodes::agenda_item_path(&nodes::meeting_path(id, &name), position), said(row.get(4)?).unwrap_or(name)),
            };
            let owner = Owner {
                paper: is_paper.then_some(id),
                meeting: (!is_paper).then_some(id),
                part_of: Named { title, path },
                happened_at: row.get::<Option<Instant>>(7)?.or_else(|| start_of(row.get::<Option<String>>(6).ok().flatten().as_deref())),
                body: said(row.get(8)?),
            };
            found.entry(row.get(0)?).or_insert(owner);
            Ok(())
        },
    )?;
    Ok(found)
}

/// The committees of papers (0) and of meetings (1).
fn committees(tx: &mut Tx<'_>, papers: &[i64], meetings: &[i64]) -> Result<HashMap<(i64, i64), Vec<String>>, DbError> {
    let site = tx.site()?;
    let mut found: HashMap<(i64, i64), Vec<String>> = HashMap::new();
    tx.each(
        sql!(
            "SELECT 0, c.paper_id, o.name, COALESCE(c.position, 0), c.id, k.position FROM council_consultation c \
               JOIN council_consultation_organization k ON k.consultation_id = c.id JOIN council_organization o ON o.id = k.organization_id AND o.state = 'public' \
               WHERE c.paper_id ANY_OF($1) AND +c.site_id = $3 AND c.state = 'public' \
             UNION ALL SELECT 1, k.meeting_id, o.name, 0, 0, k.position FROM council_meeting_organization k \
               JOIN council_organization o ON o.id = k.organization_id AND o.state = 'public' WHERE k.meeting_id ANY_OF($2) AND +k.site_id = $3 \
             ORDER BY 1, 2, 4, 5, 6"
        ),
        &[&papers, &meetings, &site],
        |row| {
            found.entry((row.get(0)?, row.get(1)?)).or_default().push(row.get(2)?);
            Ok(())
        },
    )?;
    Ok(found)
}
