//! Dialogue: processes (Verfahren) in which residents take part while something is open, and consultation on a text.
//!
//! Owns the tables `process*`, `participant`, `guest_confirmation`, `audience_*`, `text_version`, `statement*`, `passage_count`,
//! `weighing*`, `change_cause`, `idea*` and `comment*`, and the addresses below `/beteiligung` and
//! `/verwaltung/beteiligung`. Knows nothing of the council: a process meets its decisions in the thread. Read in this order:
//! [`rules`], [`templates`], [`store`], [`texts`], [`audience`], [`care`], [`place`], [`pages`], [`desk`], [`formats`], [`weighing`].

pub mod audience;
pub mod care;
pub mod desk;
pub mod formats;
pub mod pages;
pub mod place;
pub mod rules;
pub mod store;
pub mod templates;
pub mod texts;
pub mod weighing;

use allmende_core::Act;
use allmende_db::{DbError, Tx};
use allmende_platform::app::DeskEntry;
use allmende_platform::search;
use allmende_platform::texts::Source;
use allmende_platform::web::Routes;

pub use formats::ideas::store::pictures::kept as kept_files;
pub use store::moderated::OFFERED;
pub use store::personal::PERSONAL;

/// The texts of this room.
pub const TEXTS: Source = allmende_platform::texts!();

/// What this room tells the search.
#[must_use]
pub fn sources() -> Vec<search::Source> {
    vec![store::open::PROCESSES, store::open::STATEMENTS, formats::ideas::store::open::IDEAS]
}

/// The routes of this room.
#[must_use]
pub fn routes() -> Routes {
    pages::routes().merge(desk::routes()).merge(formats::routes()).merge(audience::routes()).merge(weighing::routes())
}

/// What this room has on the desk of the administration.
#[must_use]
pub fn desk() -> Vec<DeskEntry> {
    vec![DeskEntry { key: "admin-dialogue", help_key: "admin-dialogue-help", path: "/verwaltung/beteiligung", act: Act::EnterStatements }]
}

/// Removes what is of no use any more. For a daily job, for the whole installation.
///
/// # Errors
/// What the database reports.
pub fn delete_outdated(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    Ok(store::participants::delete_outdated(tx)? + audience::store::delete_outdated(tx)?)
}
