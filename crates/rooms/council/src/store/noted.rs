//! Which documents of the search a written row changes, noted in the change feed in the same transaction.
//!
//! A document shows more than its own row: a paper shows what its stations decided, a meeting the topics of its agenda, a
//! file whose it is. The nodes of the thread note themselves; what they do not know of is noted here. A new name of a
//! committee, a place or a body reaches the documents that bear it when they change themselves or when the index is built
//! anew: `allmende doctor --reindex`.

use crate::store::kind_key;
use allmende_db::{DbError, Tx, sql};
use allmende_oparl::Kind;
use allmende_platform::changes;
use std::collections::BTreeSet;

/// Notes rows that were written or taken away, and all whose documents show something of them. At most one statement reads.
///
/// # Errors
/// What the database reports.
pub fn note(tx: &mut Tx<'_>, written: &[(Kind, i64)]) -> Result<(), DbError> {
    let mut things: BTreeSet<(&'static str, i64)> =
        written.iter().filter(|(kind, _)| matches!(kind, Kind::File | Kind::Person)).map(|(kind, id)| (kind_key(*kind), *id)).collect();
    let of = |wanted: Kind| -> Vec<i64> { written.iter().filter(|(kind, _)| *kind == wanted).map(|(_, id)| *id).collect() };
    let (papers, meetings, items) = (of(Kind::Paper), of(Kind::Meeting), of(Kind::AgendaItem));
    let (stations, memberships) = (of(Kind::Consultation), of(Kind::Membership));
    if [&papers, &meetings, &items, &stations, &memberships].iter().any(|ids| !ids.is_empty()) {
        let known: BTreeSet<(&'static str, i64)> = written.iter().map(|(kind, id)| (kind_key(*kind), *id)).collect();
        let site = tx.site()?;
        tx.each(
            sql!(
                "SELECT 'file', file_id FROM council_file_use WHERE paper_id ANY_OF($2) AND +site_id = $1 \
                 UNION SELECT 'file', file_id FROM council_file_use WHERE meeting_id ANY_OF($3) AND +site_id = $1 \
                 UNION SELECT 'file', file_id FROM council_file_use WHERE agenda_item_id ANY_OF($4) AND +site_id = $1 \
                 UNION SELECT 'file', u.file_id FROM council_agenda_item i JOIN council_file_use u ON u.agenda_item_id = i.id \
                   WHERE i.meeting_id ANY_OF($3) AND +i.site_id = $1 \
                 UNION SELECT 'file', u.file_id FROM council_consultation c JOIN council_file_use u ON u.paper_id = c.paper_id \
                   WHERE c.id ANY_OF($5) AND +c.site_id = $1 \
                 UNION SELECT 'file', u.file_id FROM council_consultation c JOIN council_file_use u ON u.paper_id = c.paper_id \
                   WHERE c.agenda_item_id ANY_OF($4) AND +c.site_id = $1 \
                 UNION SELECT 'agenda_item', id FROM council_agenda_item \
                   WHERE meeting_id ANY_OF($3) AND +site_id = $1 AND (result IS NOT NULL OR resolution_text IS NOT NULL) \
                 UNION SELECT 'meeting', meeting_id FROM council_agenda_item WHERE id ANY_OF($4) AND +site_id = $1 AND meeting_id IS NOT NULL \
                 UNION SELECT 'paper', paper_id FROM council_consultation WHERE id ANY_OF($5) AND +site_id = $1 AND paper_id IS NOT NULL \
                 UNION SELECT 'paper', paper_id FROM council_consultation WHERE meeting_id ANY_OF($3) AND +site_id = $1 AND paper_id IS NOT NULL \
                 UNION SELECT 'paper', paper_id FROM council_consultation WHERE agenda_item_id ANY_OF($4) AND +site_id = $1 AND paper_id IS NOT NULL \
                 UNION SELECT 'paper', c.paper_id FROM council_agenda_item i JOIN council_consultation c ON c.id = i.consultation_id \
                   WHERE i.id ANY_OF($4) AND +i.site_id = $1 AND c.paper_id IS NOT NULL \
                 UNION SELECT 'person', person_id FROM council_membership WHERE id ANY_OF($6) AND +site_id = $1 AND person_id IS NOT NULL"
            ),
            &[&site, &papers.as_slice(), &meetings.as_slice(), &items.as_slice(), &stations.as_slice(), &memberships.as_slice()],
            |row| {
                let kind = match row.get::<String>(0)?.as_str() {
                    "file" => "file",
                    "agenda_item" => "agenda_item",
                    "meeting" => "meeting",
                    "person" => "person",
                    _ => "paper",
                };
                let thing = (kind, row.get::<i64>(1)?);
                // What was written itself and has a node stands in the feed already.
                if !known.contains(&thing) {
                    things.insert(thing);
                }
                Ok(())
            },
        )?;
    }
    changes::note_many(tx, &things.into_iter().collect::<Vec<_>>())
}
