//! What comes out of meetings, for rooms that follow it up without knowing the council; and what such rooms add to its
//! open interface.
//!
//! The council room offers [`Outcomes`], others ask for them through [`crate::app::Ports`]: so the decisions know which agenda
//! item decided what, and the council knows nothing of decisions. The other way a room names an [`Extra`] with the properties
//! that it has to say about somebody else's objects. Owns no table. Read in this order: [`Outcome`], [`Outcomes`], [`Extra`].

use crate::thread::Node;
use allmende_core::{Id, Instant};
use allmende_db::{DbError, Tx};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// A paper that an outcome rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// The council's row.
    pub id: i64,
    /// Its node in the thread.
    pub node: Option<Id<Node>>,
    /// Its number as people write it.
    pub reference: Option<String>,
    /// Its title.
    pub title: String,
    /// Its page, from the slash on.
    pub path: String,
}

/// The committee that an agenda belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committee {
    /// The council's row.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its page, from the slash on.
    pub path: String,
}

/// Votes in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Votes {
    /// For it.
    pub yes: i64,
    /// Against it.
    pub no: i64,
    /// Abstentions.
    pub abstained: i64,
}

/// A public agenda item with a result or a resolution. Only what strangers may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The council's row.
    pub agenda_item: i64,
    /// Its node in the thread.
    pub node: Option<Id<Node>>,
    /// Its title.
    pub title: String,
    /// The result in the council's own words.
    pub result: Option<String>,
    /// The text that was resolved.
    pub resolution: Option<String>,
    /// The vote, if it was counted.
    pub votes: Option<Votes>,
    /// When the meeting began.
    pub decided_at: Option<Instant>,
    /// The committee that met; the first, where several did.
    pub committee: Option<Committee>,
    /// The name of the meeting.
    pub meeting: Option<String>,
    /// Where the item stands on the page of its meeting, from the slash on.
    pub path: String,
    /// Whether the committee only prepares what another decides.
    pub prepares: bool,
    /// Whether it came from another system.
    pub is_imported: bool,
    /// The papers, in order.
    pub papers: Vec<Paper>,
    /// The office that leads the matter, by name, if a paper names one.
    pub office: Option<String>,
}

/// Rows of one kind (as in the change feed) into the agenda items that they tell something about.
pub type Affected = fn(&mut Tx<'_>, &str, &[i64]) -> Result<Vec<i64>, DbError>;

/// How the room of the agendas tells of outcomes.
#[derive(Debug, Clone, Copy)]
pub struct Outcomes {
    /// The outcomes of these agenda items of the transaction's site. What is missing in the answer has none, or is not public.
    pub load: fn(&mut Tx<'_>, &[i64]) -> Result<Vec<Outcome>, DbError>,
    /// The agenda items whose outcome may be told in another way since these things of one kind (as in the change feed) changed.
    pub affected: Affected,
    /// All agenda items with an outcome after one, public or not, in order, at most so many: for whoever starts anew.
    pub list_after: fn(&mut Tx<'_>, i64, i64) -> Result<Vec<i64>, DbError>,
}

/// What is said of some objects, by object.
pub type Said = HashMap<i64, Map<String, Value>>;

/// The site's own address and rows into what is said of them.
pub type Properties = fn(&mut Tx<'_>, &str, &[i64]) -> Result<Said, DbError>;

/// What a room adds to the objects of another's open interface.
#[derive(Debug, Clone, Copy)]
pub struct Extra {
    /// The kind of those objects, as in the change feed.
    pub kind: &'static str,
    /// The name of the property, with the program's prefix: `allmende:…`.
    pub property: &'static str,
    /// The values for these objects, by object; the text is the site's own address. One statement.
    pub load: Properties,
}
