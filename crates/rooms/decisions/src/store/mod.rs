//! All SQL of this room.
//!
//! [`keep`] writes decisions from what the council tells, [`corrections`] what clerks set by hand, [`records`] what departments report; [`decisions`]
//! reads lists and one page, [`counts`] the figures above them, [`report`] the half-yearly report, [`open`] what interfaces
//! and the search are given. [`explanations`], [`inbox`] and [`words`] belong to the pages of those names. Only [`records`]
//! reads the notes of the house.

pub mod corrections;
pub mod counts;
pub mod decisions;
pub mod explanations;
pub mod inbox;
pub mod keep;
pub mod open;
pub mod personal;
pub mod records;
pub mod reminders;
pub mod report;
pub mod words;

use crate::rules::{Kind, Status};
use allmende_core::fold::slug;
use allmende_db::{DbError, Row};
use jiff::civil::Date;

/// The kind of a decision's node and of its changes in the feed.
pub const KIND: &str = "decision";

/// The permanent page of a decision.
#[must_use]
pub fn path(id: i64, title: &str) -> String {
    match slug(title) {
        slug if slug.is_empty() => format!("/beschluesse/{id}"),
        slug => format!("/beschluesse/{id}-{slug}"),
    }
}

fn kind_at(row: &Row<'_>, position: usize) -> Result<Kind, DbError> {
    Kind::of(&row.get::<String>(position)?).ok_or(DbError::Type { position, expected: "a kind of decision" })
}

fn status_at(row: &Row<'_>, position: usize) -> Result<Status, DbError> {
    Status::of(&row.get::<String>(position)?).ok_or(DbError::Type { position, expected: "a status" })
}

fn day_at(row: &Row<'_>, position: usize) -> Result<Option<Date>, DbError> {
    Ok(row.get::<Option<String>>(position)?.and_then(|day| day.parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn an_address_holds_the_number_and_the_words_of_the_title() {
        assert_eq!(path(7, "Radweg an der Straße"), "/beschluesse/7-radweg-an-der-strasse");
        assert_eq!(path(7, "…"), "/beschluesse/7");
    }
}
