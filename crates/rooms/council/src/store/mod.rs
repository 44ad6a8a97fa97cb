//! All SQL of the council room.
//!
//! [`papers`], [`meetings`], [`organizations`], [`people`], [`places`] and [`files`] read what the public pages show: only
//! rows whose state is `public`, always of one site. [`nodes`] keeps the thread's rows.

pub mod files;
pub mod meetings;
pub mod nodes;
pub mod organizations;
pub mod papers;
pub mod people;
pub mod places;

use allmende_db::{DbError, Row};

/// A thing with a name and a page of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its row.
    pub id: i64,
    /// Its name.
    pub name: String,
}

/// Reads a [`Named`] from two neighbouring columns that may both be NULL.
fn named(row: &Row<'_>, at: usize) -> Result<Option<Named>, DbError> {
    Ok(match (row.get::<Option<i64>>(at)?, row.get::<Option<String>>(at + 1)?) {
        (Some(id), Some(name)) if !name.is_empty() => Some(Named { id, name }),
        _ => None,
    })
}

/// Whether a row may be shown, and if not, how to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// It is public.
    Public,
    /// It was public and was withdrawn.
    Withdrawn,
    /// Strangers must not learn that it exists.
    Hidden,
}

impl Visibility {
    /// Of a row's state.
    #[must_use]
    pub fn of(state: &str) -> Self {
        match state {
            "public" => Self::Public,
            "withdrawn" => Self::Withdrawn,
            _ => Self::Hidden,
        }
    }
}
