//! The formats that stand in a process beside the consultation on a text: each is one folder with rules, store, pages and desk.
//!
//! [`discussion`] holds the comments, which [`ideas`] use too. Texts of both stand in `i18n` beside this file. What statements, ideas
//! and comments have alike: [`sender`] is who sends and what they are told, [`receipt`] the page of their number, [`confirm`] the page
//! on which guests confirm what they sent and take it back.

pub mod confirm;
pub mod discussion;
pub mod ideas;
pub(crate) mod receipt;
pub(crate) mod sender;
#[cfg(test)]
mod tests;

use allmende_core::{Id, Person};
use allmende_db::{DbError, Tx};
use allmende_platform::texts::Source;
use allmende_platform::web::{Policy, Routes};

/// The texts of the formats.
pub const TEXTS: Source = Source { german: include_str!("i18n/de.ftl"), english: include_str!("i18n/en.ftl"), easy: include_str!("i18n/leicht.ftl") };

/// The routes of all formats.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(confirm::PATH, Policy::Public, confirm::show)
        .post(confirm::PATH, Policy::Public, confirm::act)
        .merge(ideas::routes())
        .merge(discussion::routes())
}

/// Takes a person out of what the formats keep beside contributions: earlier wordings and pictures go, names can no longer be looked up, nobody is
/// told of mentions. The contributions stay under another name.
///
/// # Errors
/// What the database reports.
pub(crate) fn erase(tx: &mut Tx<'_>, person: Id<Person>) -> Result<(), DbError> {
    ideas::store::edits::erase(tx, person)?;
    ideas::store::pictures::erase(tx, person)?;
    discussion::store::erase(tx, person)
}
