//! The index behind the search: German analysis, facets, passages, suggestions, and queries that wait for documents.
