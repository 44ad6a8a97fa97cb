//! Papers for the search: title, summary, who brought them in, their committees, their places, and where they stand.

use super::{DIMENSION, once, places_of_papers, said, start_of, status_of_way, variants};
use crate::pages::words::stations_of;
use crate::store::{nodes, papers};
use allmende_core::Language;
use allmende_db::{DbError, Tx, sql};
use allmende_platform::search::{Document, Source};
use std::collections::HashMap;

/// Papers.
pub const SOURCE: Source = Source { kind: "paper", load, list_after };

fn list_after(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Vec<i64>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!("SELECT p.id FROM council_paper p WHERE p.id > $2 AND +p.site_id = $1 AND p.state = 'public' ORDER BY p.id LIMIT $3"),
        &[&site, &after, &limit],
        |row| row.get(0),
    )
}

/// Five statements and one for the clock for any number of papers.
fn load(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Document>, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let mut documents = tx.list(
        sql!(
            "SELECT p.id, COALESCE(p.name, p.reference), p.reference, p.kind, p.dated_on, p.summary, b.name FROM council_paper p \
             LEFT JOIN council_body b ON b.id = p.body_id AND b.state = 'public' \
             WHERE p.id ANY_OF($1) AND +p.site_id = $2 AND p.state = 'public' ORDER BY p.id"
        ),
        &[&ids, &site],
        |row| {
            let id = row.get(0)?;
            let title: String = row.get::<Option<String>>(1)?.unwrap_or_default();
            Ok(Document {
                kind: SOURCE.kind,
                object_id: id,
                path: nodes::paper_path(id, &title),
                title,
                summary: said(row.get(5)?),
                reference: said(row.get(2)?),
                language: Language::German,
                type_word: said(row.get(3)?),
                body: said(row.get(6)?),
                happened_at: start_of(row.get::<Option<String>>(4)?.as_deref()),
                dimension: DIMENSION,
                ..Document::default()
            })
        },
    )?;
    let ids: Vec<i64> = documents.iter().map(|document| document.object_id).collect();
    let stations = papers::stations(tx, &ids)?;
    let mut places = places_of_papers(tx, &ids)?;
    let mut variants = variants(tx, SOURCE.kind, &ids)?;
    let mut originators = originators(tx, &ids)?;
    for document in &mut documents {
        let way = stations_of(&stations, document.object_id);
        let committees = way.iter().flat_map(|station| &station.organizations).map(|organization| organization.name.clone());
        document.committees = once(committees);
        document.status = status_of_way(way, now);
        let places = places.remove(&document.object_id).unwrap_or_default();
        (document.places, document.points) = (places.names, places.points);
        document.pages = variants.remove(&document.object_id).unwrap_or_default();
        document.pages.extend(originators.remove(&document.object_id).map(|names| once(names).join(", ")));
    }
    Ok(documents)
}

/// The names of those who brought papers in or lead the matter, by paper.
fn originators(tx: &mut Tx<'_>, papers: &[i64]) -> Result<HashMap<i64, Vec<String>>, DbError> {
    let site = tx.site()?;
    let mut found: HashMap<i64, Vec<String>> = HashMap::new();
    tx.each(
        sql!(
            "SELECT g.paper_id, COALESCE(h.name, o.name) FROM council_paper_originator g \
             LEFT JOIN council_person h ON h.id = g.person_id AND h.state = 'public' \
             LEFT JOIN council_organization o ON o.id = g.organization_id AND o.state = 'public' \
             WHERE g.paper_id ANY_OF($1) AND +g.site_id = $2 ORDER BY g.paper_id, g.kind, g.position"
        ),
        &[&papers, &site],
        |row| {
            if let Some(name) = said(row.get(1)?) {
                found.entry(row.get(0)?).or_default().push(name);
            }
            Ok(())
        },
    )?;
    Ok(found)
}
