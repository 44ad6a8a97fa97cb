//! The council room: meetings, agendas, papers, committees and people, and OParl in and out.
//!
//! Owns the tables `council_*` and the addresses below `/rat` and `/oparl`. Records each step in the thread; knows nothing of
//! processes, impulses or accounts. Read in this order: [`model`], [`rules`], [`names`], [`store`], then the import, the [`pages`] and [`api`].

pub mod api;
pub mod entry;
pub mod feeds;
pub mod import;
pub mod model;
pub mod names;
pub mod pages;
pub mod read_file;
pub mod rules;
pub mod store;

pub use entry::files::ATTACHMENTS;

use allmende_core::Act;
use allmende_db::{Db, DbError};
use allmende_platform::app::{DeskEntry, Ports};
use allmende_platform::search::Source;
use allmende_platform::web::Routes;
use allmende_platform::{follow, texts};

/// The texts of this room.
pub const TEXTS: texts::Source = allmende_platform::texts!();

/// The routes of this room.
#[must_use]
pub fn routes() -> Routes {
    pages::routes().merge(api::routes()).merge(feeds::routes()).merge(entry::routes()).merge(import::desk::routes())
}

/// What this room tells the search.
#[must_use]
pub fn sources() -> Vec<Source> {
    store::documents::sources()
}

/// Name of this room as a reader of the change feed.
const READER: &str = "council";

/// Follows what other rooms make of agenda items: their change is a change of the item. Returns whether there may be more.
///
/// # Errors
/// What the database reports.
pub fn follow(db: &Db, _: &Ports) -> Result<bool, DbError> {
    follow::step(db, READER, |tx, batch| {
        let decisions = follow::ids_of(batch, "decision");
        if decisions.is_empty() { Ok(()) } else { store::outcomes::touch_decided(tx, &decisions) }
    })
}

/// What this room has on the desk of the administration.
#[must_use]
pub fn desk() -> Vec<DeskEntry> {
    vec![DeskEntry { key: "admin-council", help_key: "admin-council-help", path: "/verwaltung/rat", act: Act::ReadDrafts }, import::desk::DESK]
}
