//! Processes in which residents took part: what they are about, their phases, texts, and what people said.

use jiff::civil::Date;
use serde::Deserialize;

/// A process.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Process {
    /// Its key.
    pub key: String,
    /// The template it is made from.
    pub template: String,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub lead: String,
    /// What is open.
    pub open: String,
    /// What is fixed.
    pub fixed: String,
    /// Who decides.
    pub decides: String,
    /// When they decide.
    #[serde(default, deserialize_with = "crate::load::day_or_none")]
    pub decides_on: Option<Date>,
    /// How to take part on paper.
    #[serde(default)]
    pub paper: String,
    /// The day on which it was published.
    #[serde(deserialize_with = "crate::load::day")]
    pub published: Date,
    /// Days within which an answer is promised.
    #[serde(default)]
    pub answer_days: Option<i64>,
    /// Its phases, in order.
    pub phases: Vec<ProcessPhase>,
    /// The versions of its text, the oldest first.
    #[serde(default)]
    pub versions: Vec<ProcessVersion>,
    /// What people said, in order of time.
    #[serde(default)]
    pub statements: Vec<ProcessStatement>,
    /// What the house answered.
    #[serde(default)]
    pub answers: Vec<ProcessAnswer>,
}

/// A phase of a process.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcessPhase {
    /// Its title.
    pub title: String,
    /// What happens in it.
    #[serde(default)]
    pub note: String,
    /// Its first day.
    #[serde(deserialize_with = "crate::load::day")]
    pub from: Date,
    /// Its last day.
    #[serde(deserialize_with = "crate::load::day")]
    pub until: Date,
    /// What can be done, as words separated by spaces.
    pub acts: String,
}

/// A version of a text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcessVersion {
    /// The day on which it was published.
    #[serde(deserialize_with = "crate::load::day")]
    pub date: Date,
    /// What is new in it.
    pub note: String,
    /// Markdown.
    pub text: String,
}

/// What somebody said.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcessStatement {
    /// The day.
    #[serde(deserialize_with = "crate::load::day")]
    pub date: Date,
    /// The words with which its paragraph begins; empty for the whole text.
    #[serde(default)]
    pub at: String,
    /// The public name.
    pub author: String,
    /// How it came in, unless on the site.
    #[serde(default)]
    pub channel: Option<String>,
    /// What it is about on the map: an address, or a shape and its GeoJSON coordinates, as in `Point [7.05,54.38]`; empty without.
    #[serde(default)]
    pub place: String,
    /// How many people support it.
    pub supports: usize,
    /// What it says.
    pub text: String,
    /// Whether its author took it back later that day.
    #[serde(default)]
    pub is_withdrawn: bool,
}

/// One answer to all statements that say the same.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcessAnswer {
    /// The day on which it was published.
    #[serde(deserialize_with = "crate::load::day")]
    pub date: Date,
    /// The numbers of the statements.
    pub numbers: Vec<i64>,
    /// What several statements have in common, in a few words.
    #[serde(default)]
    pub title: String,
    /// The code of XBeteiligung 1.2.
    pub code: i64,
    /// Why.
    pub reason: String,
    /// How it was reckoned.
    #[serde(default)]
    pub calculation: String,
    /// The words with which the sentences of the next version begin that changed because of it.
    #[serde(default)]
    pub changed: Vec<String>,
    /// What else caused the change.
    #[serde(default)]
    pub words: String,
}
