//! All SQL of the council room.
//!
//! [`nodes`] keeps the thread's rows for council objects; whoever writes a paper, meeting, agenda item or organization calls
//! it. [`oparl`] reads rows as OParl objects. The modules that begin with `import` belong to the import: its runs and lists,
//! the objects it writes, and what ties them. [`papers`], [`meetings`], [`organizations`], [`people`], [`places`] and [`files`] read
//! what the public pages show: only rows whose state is `public`. There `+x.site_id = $1` checks the site and keeps the planner
//! from walking through all rows of a site where the key of a parent finds a handful. [`kept`] names the contents that files
//! refer to. [`documents`] tells the search of everything public, [`noted`] which documents a written row changes.

pub mod documents;
pub mod entry;
pub mod entry_delete;
pub mod entry_files;
pub mod entry_history;
pub mod entry_list;
pub mod entry_nodes;
pub mod entry_read;
pub mod entry_state;
pub mod feeds;
pub mod files;
pub mod import;
mod import_batch;
pub mod import_desk;
pub mod import_links;
pub mod import_memory;
pub mod import_objects;
pub mod import_writer;
pub mod kept;
pub mod meetings;
pub mod nodes;
pub mod noted;
pub mod oparl;
pub mod organizations;
pub mod outcomes;
pub mod papers;
pub mod people;
pub mod places;

use allmende_db::{DbError, Row};
use allmende_oparl::Kind;

/// The word that the database uses for a type: in `council_origin.kind`, `council_list.kind` and, for the four kinds that
/// have a thread, in `node.kind`.
#[must_use]
pub const fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::System => "system",
        Kind::Body => "body",
        Kind::LegislativeTerm => "term",
        Kind::Organization => "organization",
        Kind::Person => "person",
        Kind::Membership => "membership",
        Kind::Meeting => "meeting",
        Kind::AgendaItem => "agenda_item",
        Kind::Paper => "paper",
        Kind::Consultation => "consultation",
        Kind::File => "file",
        Kind::Location => "location",
    }
}

/// The word of a type that has a thread: papers, meetings, agenda items and organizations.
#[must_use]
pub const fn thread_kind(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Paper | Kind::Meeting | Kind::AgendaItem | Kind::Organization => Some(kind_key(kind)),
        _ => None,
    }
}

/// The type of such a word.
#[must_use]
pub fn kind_of(key: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| kind_key(*kind) == key)
}

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
