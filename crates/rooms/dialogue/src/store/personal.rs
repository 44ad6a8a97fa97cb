//! What belongs to one person: what they gave, and what goes when their account goes.
//!
//! A statement is part of a public matter and was weighed: it stays, without its author. Support stays counted, without who gave it.

use super::path;
use crate::rules::State;
use allmende_core::{Id, Instant, Person};
use allmende_db::{DbError, Tx, sql};

/// Something that a person gave.
#[derive(Debug, Clone)]
pub struct Given {
    /// Its process.
    pub process: i64,
    /// The title of the process.
    pub title: String,
    /// Its number.
    pub number: i64,
    /// Its receipt number.
    pub receipt: String,
    /// What it says.
    pub text: String,
    /// Where it stands.
    pub state: State,
    /// When it was made.
    pub submitted_at: Instant,
    /// When its answer was complete.
    pub answered_at: Option<Instant>,
    /// Until when an answer is promised.
    pub answer_by: Option<jiff::civil::Date>,
}

impl Given {
    /// The page of its process.
    #[must_use]
    pub fn process_path(&self) -> String {
        path(self.process, &self.title)
    }
}

/// The statements of an account on this site, the latest first. One statement.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, person: Id<Person>, limit: i64) -> Result<Vec<Given>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT p.id, p.title, s.number, s.receipt, s.text, s.state, s.submitted_at, s.answered_at, s.answer_by FROM participant a \
             JOIN statement s ON s.participant_id = a.id JOIN process p ON p.id = s.process_id \
             WHERE a.site_id = $1 AND a.person_id = $2 ORDER BY s.id DESC LIMIT $3"
        ),
        &[&site, &person, &limit],
        |row| {
            Ok(Given {
                process: row.get(0)?,
                title: row.get(1)?,
                number: row.get(2)?,
                receipt: row.get(3)?,
                text: row.get(4)?,
                state: State::of(&row.get::<String>(5)?).ok_or(DbError::Type { position: 5, expected: "a state" })?,
                submitted_at: row.get(6)?,
                answered_at: row.get(7)?,
                answer_by: super::day_at(row, 8)?,
            })
        },
    )
}

/// The name that stands where an author was.
pub const ERASED: &str = "Gelöschtes Konto";

/// Takes a person out of all processes of all sites: their statements stay under [`ERASED`], their participant is nobody any more.
///
/// # Errors
/// What the database reports.
pub fn erase(tx: &mut Tx<'_>, person: Id<Person>) -> Result<(), DbError> {
    let erased = ERASED;
    tx.execute(
        sql!("UPDATE statement SET author_name = $2 WHERE site_id = site_id AND participant_id IN (SELECT id FROM participant WHERE person_id = $1)"),
        &[&person, &erased],
    )?;
    tx.execute(
        sql!("UPDATE idea SET author_name = $2 WHERE site_id = site_id AND participant_id IN (SELECT id FROM participant WHERE person_id = $1)"),
        &[&person, &erased],
    )?;
    tx.execute(
        sql!("UPDATE comment SET author_name = $2 WHERE site_id = site_id AND participant_id IN (SELECT id FROM participant WHERE person_id = $1)"),
        &[&person, &erased],
    )?;
    crate::formats::erase(tx, person)?;
    tx.execute(sql!("UPDATE participant SET person_id = NULL, public_name = $2, proof = 'erased' WHERE person_id = $1 AND site_id = site_id"), &[&person, &erased])?;
    for statement in UNLINK {
        tx.execute(statement, &[&person])?;
    }
    Ok(())
}

/// What people of the house did stays, without their name.
static UNLINK: [&allmende_db::Statement; 11] = [
    sql!("UPDATE process SET created_by = NULL WHERE created_by = $1 AND site_id = site_id"),
    sql!("UPDATE process_extension SET person_id = NULL WHERE person_id = $1 AND site_id = site_id"),
    sql!("UPDATE statement SET entered_by = NULL WHERE entered_by = $1 AND site_id = site_id"),
    sql!("UPDATE statement SET confirmed_by = NULL WHERE confirmed_by = $1 AND site_id = site_id"),
    sql!("UPDATE idea SET entered_by = NULL WHERE entered_by = $1 AND site_id = site_id"),
    sql!("UPDATE idea SET confirmed_by = NULL WHERE confirmed_by = $1 AND site_id = site_id"),
    sql!("UPDATE idea_lineage SET person_id = NULL WHERE person_id = $1 AND site_id = site_id"),
    sql!("UPDATE weighing SET proposed_by = NULL WHERE proposed_by = $1 AND site_id = site_id"),
    sql!("UPDATE weighing SET approved_by = NULL WHERE approved_by = $1 AND site_id = site_id"),
    sql!("UPDATE weighing_record SET person_id = NULL WHERE person_id = $1 AND site_id = site_id"),
    sql!("UPDATE statement_note SET person_id = NULL WHERE person_id = $1 AND site_id = site_id"),
];
