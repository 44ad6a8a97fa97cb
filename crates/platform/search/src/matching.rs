//! Queries that wait for documents: which of many saved questions a small batch answers.
//!
//! The batch becomes an index in memory, with the vocabulary of the large one, and every different question is asked once. A
//! word counts as known if either index has it, so that a saved question does not suddenly forgive a typing error that it did
//! not forgive before. A question whose words do not all stand in a document does not match it: nothing is left out here.

use crate::find::{Seeker, unavailable};
use crate::index::{Generation, Writer};
use crate::parse;
use crate::plan::Planner;
use allmende_core::{Id, Site};
use allmende_platform::search::{Document, Query, SearchError};
use std::collections::HashMap;
use std::sync::Arc;

/// For each query the indexes of those documents that it finds.
pub(crate) fn matching(large: &Generation, site: Id<Site>, documents: &[Document], queries: &[Query]) -> Result<Vec<Vec<usize>>, SearchError> {
    if documents.is_empty() || queries.is_empty() {
        return Ok(vec![Vec::new(); queries.len()]);
    }
    let batch = Arc::new(Generation::beside(large)?);
    let mut writer = Writer::new(Arc::clone(&batch))?;
    for document in documents {
        writer.put(site, document)?;
    }
    writer.commit("")?;
    let (known, view) = (large.view(), batch.view());
    let seeker = Seeker { generation: &batch, view: &view };
    let indexes: HashMap<(&str, i64), usize> = documents.iter().enumerate().map(|(index, document)| ((document.kind, document.object_id), index)).collect();
    let places = seeker.places(&indexes).map_err(unavailable)?;
    let mut answers: HashMap<String, Vec<usize>> = HashMap::new();
    let mut all = Vec::with_capacity(queries.len());
    for query in queries {
        let asked = Query { offset: 0, limit: 0, sort: allmende_platform::search::Sort::Newest, with_facets: false, ..query.clone() };
        let key = format!("{asked:?}");
        if let Some(answer) = answers.get(&key) {
            all.push(answer.clone());
            continue;
        }
        let answer = match parse::parse(&asked.words) {
            Ok(parts) => {
                let planner = Planner { fields: &batch.fields, corpus: &batch.corpus, view: &view, known: &known };
                let plan = planner.plan(&asked.words, &parts).map_err(unavailable)?;
                let gathered = seeker.gather(&[site], &asked, &plan, 0, documents.len()).map_err(unavailable)?;
                let mut found: Vec<usize> = gathered.best.iter().filter_map(|address| places.get(address).copied()).collect();
                found.sort_unstable();
                found
            }
            // What cannot be understood matches nothing.
            Err(_) => Vec::new(),
        };
        answers.insert(key, answer.clone());
        all.push(answer);
    }
    Ok(all)
}

impl Seeker<'_> {
    /// Which document of a batch stands where.
    fn places(&self, indexes: &HashMap<(&str, i64), usize>) -> tantivy::Result<HashMap<tantivy::DocAddress, usize>> {
        let mut places = HashMap::new();
        for (segment, reader) in self.view.searcher.segment_readers().iter().enumerate() {
            for document in reader.doc_ids_alive() {
                let address = tantivy::DocAddress::new(u32::try_from(segment).unwrap_or_default(), document);
                let card = self.card(address)?;
                if let Some(index) = indexes.get(&(card.kind.as_str(), card.object_id)) {
                    places.insert(address, *index);
                }
            }
        }
        Ok(places)
    }
}
