//! All SQL of this room.
//!
//! [`processes`] and [`phases`] are the frame, [`participants`] who takes part, [`versions`] the texts and what a new version does to
//! the statements at the old one, [`statements`] what people say (written, read), [`lists`] pages of them, [`open`] what interfaces and
//! the search are given, [`moderated`] what moderation is offered, [`personal`] what belongs to one person, [`given`] what an account gave.

pub mod given;
pub mod lists;
pub mod moderated;
pub mod open;
pub mod participants;
pub mod personal;
pub mod phases;
pub mod processes;
pub mod statements;
pub mod versions;

use allmende_core::fold::slug;
use allmende_db::{DbError, Row};
use jiff::civil::Date;

/// The kind of a process's node and of its changes in the feed.
pub const PROCESS: &str = "process";
/// The kind of a statement's node and of its changes in the feed.
pub const STATEMENT: &str = "statement";

/// The permanent page of a process.
#[must_use]
pub fn path(id: i64, title: &str) -> String {
    match slug(title) {
        slug if slug.is_empty() => format!("/beteiligung/{id}"),
        slug => format!("/beteiligung/{id}-{slug}"),
    }
}

/// The permanent page of a statement: `number` is its number within the process.
#[must_use]
pub fn statement_path(process: i64, number: i64) -> String {
    format!("/beteiligung/{process}/stellungnahmen/{number}")
}

/// A text without what would make it long, for summaries: whole words, at most 200 characters.
pub(crate) fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 200 {
        return line;
    }
    let cut: String = line.chars().take(199).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", &cut[..end])
}

pub(crate) fn day_at(row: &Row<'_>, position: usize) -> Result<Option<Date>, DbError> {
    Ok(row.get::<Option<String>>(position)?.and_then(|day| day.parse().ok()))
}

/// A unique constraint that was met because somebody else was first: the closure tries again and finds what they wrote.
pub(crate) fn again(error: DbError) -> DbError {
    match error {
        DbError::Unique(_) => DbError::Conflict,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{path, short};

    #[test]
    fn an_address_holds_the_number_and_the_words_of_the_title() {
        assert_eq!(path(7, "Welche Bäume sollen geschützt sein?"), "/beteiligung/7-welche-baeume-sollen-geschuetzt-sein");
        assert_eq!(path(7, "…"), "/beteiligung/7");
    }

    #[test]
    fn a_summary_ends_with_a_whole_word() {
        assert_eq!(short(" a \n b "), "a b");
        let long = short(&"Wort ".repeat(60));
        assert!(long.ends_with("Wort…") && long.chars().count() <= 200);
    }
}
