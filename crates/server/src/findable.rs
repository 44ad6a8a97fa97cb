//! What is found: between the council and the decisions, so that residents find each decision once.
//!
//! The council tells the search of agenda items with an outcome, the decisions of those outcomes that count. Both stay sources,
//! as subscribers hear of either; the index leaves out agenda items as long as a public decision stands for them, and the
//! decision takes over what only its agenda item says. The decisions name an agenda item in the change feed whenever that
//! begins or ends ([`allmende_decisions::store::keep`]). Read in this order: [`sources`], [`indexed`].

use allmende_council::store::documents::meetings::ITEMS;
use allmende_db::{DbError, Tx};
use allmende_decisions::store::open;
use allmende_platform::search::{Document, Source};
use std::collections::HashMap;

/// What all rooms tell the search.
#[must_use]
pub fn sources() -> Vec<Source> {
    let mut sources = allmende_council::sources();
    sources.push(Source { load: decisions, ..open::SOURCE });
    sources.push(allmende_undertakings::store::open::SOURCE);
    sources.extend(allmende_dialogue::sources());
    sources
}

/// What of that the index keeps.
#[must_use]
pub fn indexed() -> Vec<Source> {
    let keep = |source: Source| if source.kind == ITEMS.kind { Source { load: without_decision, ..source } } else { source };
    sources().into_iter().map(keep).collect()
}

/// Decisions with the body (municipality, district) that their agenda item names.
fn decisions(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Document>, DbError> {
    let mut documents = (open::SOURCE.load)(tx, ids)?;
    let items = open::items(tx, ids)?;
    let rows: Vec<i64> = items.values().copied().collect();
    let mut told: HashMap<i64, Document> = (ITEMS.load)(tx, &rows)?.into_iter().map(|item| (item.object_id, item)).collect();
    for document in &mut documents {
        document.body = items.get(&document.object_id).and_then(|item| told.remove(item)).and_then(|item| item.body);
    }
    Ok(documents)
}

/// Agenda items that no public decision stands for.
fn without_decision(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Document>, DbError> {
    let decided = open::decided(tx, ids)?;
    let rest: Vec<i64> = ids.iter().copied().filter(|id| !decided.contains(id)).collect();
    (ITEMS.load)(tx, &rest)
}
