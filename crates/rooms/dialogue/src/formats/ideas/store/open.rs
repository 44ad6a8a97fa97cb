//! What the search is given of ideas: public rows and public fields only.

use super::{IDEA, path};
use crate::store::short;
use allmende_db::{DbError, Tx, sql};
use allmende_platform::search::{Document, Named, Point, Source};

/// What this room tells the search of ideas.
pub const IDEAS: Source = Source { kind: IDEA, load: documents, list_after: documents_after };

fn documents(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Document>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT i.id, i.process_id, p.title, i.number, i.receipt, i.title, i.text, i.submitted_at, i.latitude, i.longitude, i.answer_text FROM idea i \
             JOIN process p ON p.id = i.process_id AND p.state = 'public' WHERE i.site_id = $1 AND i.id ANY_OF($2) AND i.state = 'public' ORDER BY i.id"
        ),
        &[&site, &ids],
        |row| {
            let (process, of, number): (i64, String, i64) = (row.get(1)?, row.get(2)?, row.get(3)?);
            let (text, answer): (String, Option<String>) = (row.get(6)?, row.get(10)?);
            let point = row.get::<Option<f64>>(9)?.zip(row.get::<Option<f64>>(8)?);
            Ok(Document {
                kind: IDEA,
                object_id: row.get(0)?,
                path: path(process, number),
                title: row.get(5)?,
                summary: Some(short(&text)),
                reference: Some(row.get(4)?),
                pages: vec![[Some(text), answer].into_iter().flatten().collect::<Vec<_>>().join("\n")],
                points: point.map(|(longitude, latitude)| Point { longitude, latitude }).into_iter().collect(),
                happened_at: row.get(7)?,
                dimension: Some("participation"),
                part_of: Some(Named { path: crate::store::path(process, &of), title: of }),
                ..Document::default()
            })
        },
    )
}

fn documents_after(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Vec<i64>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT i.id FROM idea i JOIN process p ON p.id = i.process_id AND p.state = 'public' WHERE i.site_id = $1 AND i.id > $2 AND i.state = 'public' \
             ORDER BY i.id LIMIT $3"
        ),
        &[&site, &after, &limit],
        |row| row.get(0),
    )
}
