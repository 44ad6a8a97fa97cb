//! The search index as rooms ask it: it answers saved questions from the moment on when it has been built.
//!
//! A node builds its index beside the first requests; until that is done the index is empty and knows no words of this place.
//! A search of that moment can be asked again. A saved question is held against a change once, so the change waits. Start at
//! [`BuiltIndex`].

use allmende_core::{Id, Site};
use allmende_platform::search::{Document, Found, Hit, Query, Search, SearchError, Suggestion};
use allmende_search_index::Index;
use std::sync::Arc;

/// An index that matches nothing as long as it is empty. That ends: whatever is held against questions is public, so that an
/// index that has been built takes it up too, and what is withdrawn before is not asked about again.
#[derive(Debug, Clone)]
pub struct BuiltIndex(pub Arc<Index>);

impl Search for BuiltIndex {
    fn find(&self, sites: &[Id<Site>], query: &Query) -> Result<Found, SearchError> {
        self.0.find(sites, query)
    }

    fn suggest(&self, sites: &[Id<Site>], typed: &str, limit: usize) -> Result<Vec<Suggestion>, SearchError> {
        self.0.suggest(sites, typed, limit)
    }

    fn similar(&self, site: Id<Site>, kind: &str, object_id: i64, limit: usize) -> Result<Vec<Hit>, SearchError> {
        self.0.similar(site, kind, object_id, limit)
    }

    fn matching(&self, site: Id<Site>, documents: &[Document], queries: &[Query]) -> Result<Vec<Vec<usize>>, SearchError> {
        if self.0.is_empty() && !documents.is_empty() && !queries.is_empty() {
            return Err(SearchError::Unavailable("it is being built".to_owned()));
        }
        self.0.matching(site, documents, queries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_question_waits_for_the_first_index() {
        let document = |id: i64, title: &str| Document { kind: "paper", object_id: id, title: title.to_owned(), ..Document::default() };
        let (site, question) = (Id::new(1), Query { words: "Radweg".to_owned(), ..Query::default() });
        let matching = |held: &[(Id<Site>, Document)], documents: &[Document], queries: &[Query]| {
            BuiltIndex(Arc::new(Index::in_memory(held).expect("an index"))).matching(site, documents, queries).ok()
        };
        let (changed, question) = ([document(2, "Der Radweg")], [question]);
        assert_eq!(matching(&[], &changed, &question), None);
        assert_eq!(matching(&[(site, document(1, "Anfang"))], &changed, &question), Some(vec![vec![0]]));
        assert_eq!(matching(&[], &[], &question), Some(vec![Vec::new()]));
        assert_eq!(matching(&[], &changed, &[]), Some(Vec::new()));
    }
}
