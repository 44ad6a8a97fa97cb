//! Entry by hand, for towns without a council system or licence: the desk below `/verwaltung/rat`.
//!
//! What is entered goes through the same writing functions as what is imported. Read in this order: [`rules`] (what is
//! allowed), `store::entry` (rows), then the pages.

pub mod files;
pub mod kinds;
pub mod lists;
pub mod names;
pub mod pages;
pub mod preview;
pub mod remove;
pub mod rules;
pub mod save;

use allmende_platform::web::Routes;

/// The routes of the desk and of kept files.
#[must_use]
pub fn routes() -> Routes {
    lists::routes().merge(pages::routes()).merge(preview::routes()).merge(remove::routes()).merge(files::routes())
}
