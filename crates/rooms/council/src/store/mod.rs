//! All SQL of the council room.
//!
//! [`nodes`] keeps the thread's rows for council objects; whoever writes a paper, meeting, agenda item or organization calls
//! it. [`oparl`] reads rows as OParl objects. The modules that begin with `import` belong to the import: its runs and lists,
//! the objects it writes, and what ties them.

pub mod entry;
pub mod entry_nodes;
pub mod import;
pub mod import_links;
pub mod import_objects;
pub mod import_writer;
pub mod nodes;
pub mod oparl;
mod oparl_rows;

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

/// The type of such a word.
#[must_use]
pub fn kind_of(key: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| kind_key(*kind) == key)
}
