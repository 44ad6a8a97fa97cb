//! The index behind the search: German analysis, facets, passages, suggestions, and queries that wait for documents.
//!
//! [`Index`] implements [`allmende_platform::search::Search`]. In tests make one of documents with [`Index::in_memory`]; a
//! server starts an [`Indexer`], which opens or builds the index below the data folder and follows the change feed. One index
//! holds all sites. It is derived from the database: losing it loses nothing. Knows no table but the change feed; what is
//! public comes from the rooms' [`Source`](allmende_platform::search::Source)s. Read in this order: `words` (a text taken
//! apart), `stem`, `vocabulary` (compounds), `analysis`, `texts`, `shelf`, `schema`, `index`; then `parse`, `plan`, `lists`, `walk`, `gather`, `passages`, `find`.

mod analysis;
mod columns;
mod dates;
mod find;
mod folder;
mod follow;
mod gate;
mod gather;
mod index;
mod kept;
mod lists;
mod matching;
mod parse;
mod passages;
mod period;
mod plan;
mod schema;
mod shelf;
mod similar;
mod spaces;
mod stem;
mod suggest;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_follow;
mod texts;
mod typing;
mod vocabulary;
mod walk;
mod words;

pub use crate::folder::{is_rebuild_pending, request_rebuild};
pub use crate::follow::Indexer;
pub use crate::index::{Index, IndexError};
pub use crate::parse::{CHARS_MAX, PARTS_MAX};
pub use crate::words::folded_words;
