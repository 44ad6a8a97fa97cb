//! What is kept of people with an account: what each owner of tables shows of it, gives out, and takes away.
//!
//! Every room that keeps something of a person offers one [`Personal`]: the account's page lists what the person gave and
//! follows, the file of one's own data holds the rows of all tables, and deleting the account tells first what becomes of each
//! and then erases it in one transaction. The catalogue of columns says which columns belong into the file and what erasing
//! does; a test holds every room against it. Owns no table. Start with [`Personal`], then [`own_rows!`](crate::own_rows).

use crate::dates::Dates;
use crate::texts::Speaker;
use allmende_core::{Id, Instant, Person, hex};
use allmende_db::{Cell, DbError, Param, Statement, Tx};
use serde_json::{Map, Value};

/// What one owner of tables keeps of people with an account.
#[derive(Debug, Clone, Copy)]
pub struct Personal {
    /// Its own page for a person, if it has one: the account leads there.
    pub page: Option<OwnPage>,
    /// What a person gave on the transaction's site, the newest first. One statement.
    pub given: Option<ListGiven>,
    /// What a person follows on the transaction's site, in words. One statement.
    pub followed: Option<ListFollowed>,
    /// What becomes of it when the account goes, told before. At most one statement.
    pub fates: ListFates,
    /// What is kept of a person on all sites.
    pub export: ExportPerson,
    /// Takes away what is kept of a person on all sites, in the transaction that takes the account away.
    pub erase: ErasePerson,
}

impl Personal {
    /// Keeps nothing of anybody; what differs is set over it.
    pub const NOTHING: Self =
        Self { page: None, given: None, followed: None, fates: |_, _| Ok(Vec::new()), export: |_, _| Ok(Vec::new()), erase: |_, _| Ok(()) };
}

/// A page of a room for what it keeps of a person.
#[derive(Debug, Clone, Copy)]
pub struct OwnPage {
    /// Key of its name.
    pub key: &'static str,
    /// Key of the sentence that says what it is.
    pub help_key: &'static str,
    /// Its address.
    pub path: &'static str,
}

/// Lists what a person gave.
pub type ListGiven = fn(&mut Tx<'_>, &Window) -> Result<Vec<Given>, DbError>;
/// Lists what a person follows.
pub type ListFollowed = fn(&mut Tx<'_>, Id<Person>, Speaker) -> Result<Vec<String>, DbError>;
/// Lists what becomes of things.
pub type ListFates = fn(&mut Tx<'_>, Id<Person>) -> Result<Vec<Fate>, DbError>;
/// Gives out what is kept of a person on all sites.
pub type ExportPerson = fn(&mut Tx<'_>, Id<Person>) -> Result<Vec<Rows>, DbError>;
/// Takes away what is kept of a person on all sites.
pub type ErasePerson = fn(&mut Tx<'_>, Id<Person>) -> Result<(), DbError>;

/// Which part of what a person gave is asked for.
#[derive(Clone)]
pub struct Window {
    /// Who.
    pub person: Id<Person>,
    /// Only what was given before this moment.
    pub before: Instant,
    /// So many at the most.
    pub rows: i64,
    /// The reader's texts, for the words of kinds and states.
    pub t: Speaker,
    /// Days in the reader's language, on the clocks of the site.
    pub dates: Dates,
}

/// Something that a person gave: a statement, an idea, a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// What it is, in words.
    pub kind: String,
    /// Its title, or the beginning of its text.
    pub title: String,
    /// Its address.
    pub path: String,
    /// When it was given.
    pub at: Instant,
    /// Where it stands, in words.
    pub state: String,
    /// The shape before the state, as [`crate::thread::shape`] gives it.
    pub shape: &'static str,
    /// The newest answer to it.
    pub answer: Option<Answer>,
    /// What else became of it, each in a sentence.
    pub became: Vec<Became>,
}

/// Something that became of what a person gave: hidden with a reason, merged into another, a sentence that reads differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Became {
    /// The sentence.
    pub text: String,
    /// The page that shows it, if there is one.
    pub path: Option<String>,
}

/// The newest answer to something that a person gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its beginning, 200 characters at the most.
    pub text: String,
    /// Where it stands whole.
    pub path: String,
    /// When it was given.
    pub at: Instant,
}

/// What becomes of something when the account goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fate {
    /// Key of the sentence that says it.
    pub key: &'static str,
    /// Whether it stays, without the name; otherwise it goes.
    pub stays: bool,
}

impl Fate {
    /// Something goes.
    #[must_use]
    pub const fn goes(key: &'static str) -> Self {
        Self { key, stays: false }
    }

    /// Something stays, without the name.
    #[must_use]
    pub const fn stays(key: &'static str) -> Self {
        Self { key, stays: true }
    }
}

/// The rows of one table that are about a person, as they stand in the file of their data.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// The table.
    pub table: &'static str,
    /// Each row by its columns.
    pub rows: Vec<Map<String, Value>>,
}

/// Reads the rows of a statement that selects these columns in this order. Instants become times in UTC. For
/// [`own_rows!`](crate::own_rows), which cannot name other columns than it selects.
///
/// # Errors
/// What the database reports.
pub fn rows(tx: &mut Tx<'_>, table: &'static str, columns: &[&str], statement: &'static Statement, params: &[&dyn Param]) -> Result<Rows, DbError> {
    let mut found = Rows { table, rows: Vec::new() };
    tx.each(statement, params, |row| {
        let mut out = Map::new();
        for (position, column) in columns.iter().enumerate() {
            out.insert((*column).to_owned(), value(column, row.cell(position)?));
        }
        found.rows.push(out);
        Ok(())
    })?;
    Ok(found)
}

/// Columns that end so hold instants: house rule of the schema.
fn is_instant(column: &str) -> bool {
    column.ends_with("_at") || column.ends_with("_until")
}

fn value(column: &str, cell: Cell<'_>) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Int(millis) if is_instant(column) => Instant::from_millis(millis).timestamp().to_string().into(),
        Cell::Int(number) => number.into(),
        Cell::Real(number) => number.into(),
        Cell::Text(text) => text.into(),
        Cell::Bytes(bytes) => hex(bytes).into(),
    }
}

/// The rows of a table that are about a person, column by column.
///
/// ```ignore
/// own_rows!(tx, "session", ["site_id", "person_id", "created_at"], "WHERE person_id = $1 AND site_id = site_id", &[&person])
/// ```
#[macro_export]
macro_rules! own_rows {
    ($tx:expr, $table:literal, [$first:literal $(, $column:literal)* $(,)?], $rest:literal, $params:expr) => {
        $crate::personal::rows(
            $tx,
            $table,
            &[$first $(, $column)*],
            allmende_db::sql!(concat!("SELECT ", $first $(, ", ", $column)*, " FROM ", $table, " ", $rest)),
            $params,
        )
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_written_as_times_and_other_numbers_as_they_are() {
        assert_eq!(value("created_at", Cell::Int(0)), "1970-01-01T00:00:00Z");
        assert_eq!(value("confirm_until", Cell::Int(1_000)), "1970-01-01T00:00:01Z");
        assert_eq!(value("hour", Cell::Int(7)), 7);
        assert_eq!(value("sent_at", Cell::Null), Value::Null);
        assert_eq!(value("x", Cell::Bytes(&[0, 255])), "00ff");
    }
}
