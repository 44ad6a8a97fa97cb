//! All SQL of this room.
//!
//! [`sheets`] keeps the sheet, [`course`] what may happen to it (published, withdrawn, another state), [`lists`] reads lists and
//! the figures above them, [`requests`] and [`askers`] what residents ask for, [`open`] what interfaces and the search are given.
//! [`references`] finds what a sheet rests on, [`moderated`] is what moderation is offered.

pub mod askers;
pub mod course;
pub mod lists;
pub mod moderated;
pub mod open;
pub mod personal;
pub mod references;
pub mod requests;
pub mod sheets;

use crate::rules::{State, Visibility};
use allmende_core::fold::slug;
use allmende_db::{DbError, Row};
use jiff::civil::Date;

/// The kind of an undertaking's node and of its changes in the feed.
pub const KIND: &str = "undertaking";

/// The permanent page of an undertaking.
#[must_use]
pub fn path(id: i64, title: &str) -> String {
    match slug(title) {
        slug if slug.is_empty() => format!("/vorhaben/{id}"),
        slug => format!("/vorhaben/{id}-{slug}"),
    }
}

fn state_at(row: &Row<'_>, position: usize) -> Result<State, DbError> {
    State::of(&row.get::<String>(position)?).ok_or(DbError::Type { position, expected: "a state" })
}

fn visibility_at(row: &Row<'_>, position: usize) -> Result<Visibility, DbError> {
    Visibility::of(&row.get::<String>(position)?).ok_or(DbError::Type { position, expected: "a visibility" })
}

fn day_at(row: &Row<'_>, position: usize) -> Result<Option<Date>, DbError> {
    Ok(row.get::<Option<String>>(position)?.and_then(|day| day.parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn an_address_holds_the_number_and_the_words_of_the_title() {
        assert_eq!(path(7, "Sicherer Schulweg in der Lindenallee"), "/vorhaben/7-sicherer-schulweg-in-der-lindenallee");
        assert_eq!(path(7, "…"), "/vorhaben/7");
    }
}
