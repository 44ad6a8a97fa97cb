//! Care for contributions: what is asked before one is published, which ones wait for a look, and what moderation is offered of them.
//!
//! Reports, decisions, objections and their log belong to the room of moderation, which works on statements, ideas and comments
//! through what [`crate::store::moderated`] offers. Read in this order: [`question`], [`waits`], [`Link`].

pub mod question;

use crate::store::moderated;
use crate::store::participants::Participant;
use allmende_core::{Act, Actor, Id, may};
use allmende_db::{DbError, Tx};
use allmende_platform::moderated::{desk_path, report_path};
use allmende_platform::texts::Speaker;
use allmende_platform::web::guard::links::links_wait;

/// The form of a statement, for its guard.
pub const STATEMENT_FORM: &str = "dialogue-statement";
/// The form of an idea, for its guard.
pub const IDEA_FORM: &str = "dialogue-idea";
/// The form of a comment, for its guard.
pub const COMMENT_FORM: &str = "dialogue-comment";

/// The quiet link beside a contribution: anybody reports it there; who moderates decides there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub path: String,
    /// What it says, before the name of the contribution.
    pub label: &'static str,
}

impl Link {
    /// The link of a contribution; `kind` as in the thread.
    #[must_use]
    pub fn new(t: Speaker, is_moderator: bool, kind: &str, id: i64) -> Self {
        if is_moderator {
            Self { path: desk_path(kind, id), label: t.get("contribution-moderate") }
        } else {
            Self { path: report_path(kind, id), label: t.get("contribution-report") }
        }
    }
}

/// Whether a contribution waits for a look because it leads to other pages: links of somebody of whom the house has not let through
/// anything yet. One statement, for texts with links only.
///
/// # Errors
/// What the database reports.
pub fn waits(tx: &mut Tx<'_>, text: &str, participant: Option<Id<Participant>>, actor: &Actor) -> Result<bool, DbError> {
    if !links_wait(text, false) || may(actor, Act::Moderate) {
        return Ok(false);
    }
    match participant {
        Some(participant) => Ok(!moderated::is_accepted(tx, participant)?),
        None => Ok(true),
    }
}
