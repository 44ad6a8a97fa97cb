//! What can be moderated: rooms with contributions of people offer them here, the room of moderation works on them.
//!
//! Neither side knows the other: a contribution is named by its kind and the number of its row, as in the thread. Each function works
//! inside the transaction of whoever calls. The offering room changes its own rows, counters and its node; moderation records
//! the step on the node and tells the people. Start with [`Moderated`].

use allmende_core::{Actor, Instant, Language};
use allmende_db::{DbError, Tx};

/// Where a contribution stands before the public.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It waits for a look before it is shown: moderation before publishing, or a suspicion.
    Waiting,
    /// It is shown.
    Public,
    /// It was taken out of the public eye with a reason.
    Hidden,
    /// Its author took it back; nothing is left to moderate.
    Withdrawn,
}

impl Standing {
    /// The key for texts.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Public => "public",
            Self::Hidden => "hidden",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// The picture of a contribution. Whoever moderates is served it as long as there is something to decide, public or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What is to be seen, in the words of its author.
    pub description: String,
    /// The address of the size for reading.
    pub path: String,
    /// The address of the small size.
    pub small_path: String,
    /// Points of the small size from left to right.
    pub width: i64,
    /// Points of the small size from top to bottom.
    pub height: i64,
}

/// A contribution as moderation sees it. It never leaves the house as a whole: a hidden text must not be read in public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// The number of its row in the room's own table.
    pub object_id: i64,
    /// What it is called; the first words of its text if it has no title.
    pub title: String,
    /// Its text as it was written.
    pub text: String,
    /// Its address on this site, from the slash on.
    pub path: String,
    /// The name under which it is shown. Of everything about its author moderation sees no more than that.
    pub author_name: String,
    /// What stands for its author in the offering room, for [`Moderated::reach`]; nothing for a contribution without one.
    pub author: Option<i64>,
    /// Where it stands.
    pub standing: Standing,
    /// When it was handed in.
    pub created_at: Instant,
    /// Why it waits, as a key for a sentence; empty if it does not, or for the usual moderation before publishing.
    pub waits_because: &'static str,
    /// The place that it names, in words; empty without one.
    pub place: String,
    /// Its picture.
    pub picture: Option<Picture>,
}

/// How an author is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// The mail address.
    pub email: String,
    /// The language of the mail.
    pub language: Language,
}

/// Finds a contribution by the number of its row on the transaction's site. At most two statements.
pub type FindContribution = fn(&mut Tx<'_>, i64) -> Result<Option<Contribution>, DbError>;
/// Contributions that wait for a look, the oldest first, at most so many. One statement.
pub type ListWaiting = fn(&mut Tx<'_>, i64) -> Result<Vec<Contribution>, DbError>;
/// How the author of a contribution is told; nothing if they cannot be.
pub type ReachAuthor = fn(&mut Tx<'_>, i64) -> Result<Option<Reach>, DbError>;
/// Brings a contribution from where it stands to another standing. Returns whether that was a change; one that was withdrawn or is not
/// there is never changed.
pub type SetStanding = fn(&mut Tx<'_>, &Change<'_>) -> Result<bool, DbError>;

/// A change of standing.
#[derive(Debug, Clone)]
pub struct Change<'a> {
    /// The number of the row.
    pub object_id: i64,
    /// Where it shall stand: [`Standing::Public`] releases or restores, [`Standing::Hidden`] hides, [`Standing::Waiting`] holds.
    pub to: Standing,
    /// Who does it.
    pub actor: &'a Actor,
    /// Why, in words that its author may read.
    pub reason: &'a str,
}

/// One kind of contribution of a room.
#[derive(Debug, Clone, Copy)]
pub struct Moderated {
    /// The kind, as in the thread: `statement`, `idea`, `comment` …
    pub kind: &'static str,
    /// Key of its name, such as »Stellungnahme«.
    pub name_key: &'static str,
    /// Finds one.
    pub find: FindContribution,
    /// Lists what waits.
    pub list_waiting: ListWaiting,
    /// Brings one to another standing: hides, shows, holds, releases.
    pub set_standing: SetStanding,
    /// How its author is told.
    pub reach: ReachAuthor,
}

/// The address of the form with which anybody reports a contribution: the link »Melden« beside it.
#[must_use]
pub fn report_path(kind: &str, object_id: i64) -> String {
    format!("/meldung?art={kind}&nr={object_id}")
}

/// The address at the desk where who moderates decides on a contribution.
#[must_use]
pub fn desk_path(kind: &str, object_id: i64) -> String {
    format!("/verwaltung/moderation/{kind}/{object_id}")
}
