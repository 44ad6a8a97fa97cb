//! A file that one room made goes to a paper of the council: the room that keeps papers offers it here.
//!
//! The asking room stores the content (`files`), then hands it over inside its own transaction; it never learns how papers are kept.
//! Whoever calls has checked that the actor may edit papers ([`allmende_core::Act::EditCouncil`]). Start with [`Attachments`].

use crate::files::Stored;
use crate::web::AppError;
use allmende_db::{DbError, Tx};

/// A paper that can take a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenPaper {
    /// Its row in the offering room.
    pub id: i64,
    /// Its reference, if it has one, and its title.
    pub title: String,
}

/// A file to attach.
#[derive(Debug, Clone, Copy)]
pub struct NewFile<'a> {
    /// What it is called in the list of the paper's files, 3 to 300 characters.
    pub title: &'a str,
    /// The name under which it is taken along, with its ending.
    pub name: &'a str,
    /// Its content: what it is, its first bytes say.
    pub content: &'a [u8],
    /// Where the content lies.
    pub stored: &'a Stored,
}

/// The papers of the transaction's site that take files, the newest first, at most so many. One statement.
pub type ListPapers = fn(&mut Tx<'_>, i64) -> Result<Vec<OpenPaper>, DbError>;
/// Attaches a file and returns the address of the paper at the desk. The file is public no sooner than the paper.
pub type AttachFile = fn(&mut Tx<'_>, i64, &NewFile<'_>) -> Result<String, AppError>;

/// What the room that keeps papers offers.
#[derive(Debug, Clone, Copy)]
pub struct Attachments {
    /// Lists papers.
    pub papers: ListPapers,
    /// Attaches.
    pub attach: AttachFile,
}
