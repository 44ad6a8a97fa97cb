//! What becomes of matters: decisions with their reports and plain pages, and the thread of one matter from impulse to effect.

use super::Translation;
use super::kinds::{DecisionStatus, Department, LinkKind, NodeKind};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What became of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Key of the meeting.
    pub meeting: String,
    /// Number of the agenda item.
    pub item: String,
    /// The office that answers.
    pub department: Department,
    /// A note that stays in the house.
    #[serde(default)]
    pub note: Option<String>,
    /// What the office reported, oldest first.
    #[serde(default)]
    pub reports: Vec<DecisionReport>,
    /// The plain page before it, by language: "de", "en", "leicht".
    #[serde(default)]
    pub explained: BTreeMap<String, Explained>,
}

/// One report of an office.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionReport {
    /// The day.
    #[serde(deserialize_with = "crate::load::day")]
    pub date: Date,
    /// How far it is.
    pub status: DecisionStatus,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
    /// What comes next.
    #[serde(default)]
    pub next_step: Option<String>,
    /// When it will be done.
    #[serde(default, deserialize_with = "crate::load::day_or_none")]
    pub expected: Option<Date>,
    /// What it costs, in whole euros.
    #[serde(default)]
    pub cost_euros: Option<u32>,
    /// Key of the meeting of the decision that took its place.
    #[serde(default)]
    pub superseded_by_meeting: Option<String>,
    /// Number of its agenda item there.
    #[serde(default)]
    pub superseded_by_item: Option<String>,
}

/// A decision in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explained {
    /// What it is about.
    pub about: String,
    /// What was weighed.
    #[serde(default)]
    pub alternatives: String,
    /// Where interests were at odds.
    #[serde(default)]
    pub conflicts: String,
    /// Why it was decided so.
    #[serde(default)]
    pub reasons: String,
}

/// One matter from impulse to effect.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thread {
    /// Stable key.
    pub key: String,
    /// Title.
    pub title: String,
    /// "Stand heute": at most 200 characters.
    pub status: String,
    /// Title and state in other languages, by "en" and "leicht".
    #[serde(default)]
    pub translations: BTreeMap<String, Translation>,
    /// Key of the place.
    pub place: Option<String>,
    /// Stations in order of date.
    pub nodes: Vec<ThreadNode>,
    /// Ties between the nodes.
    pub links: Vec<ThreadLink>,
    /// Results of a measurement, oldest first.
    #[serde(default)]
    pub observations: Vec<Observation>,
}

/// A station of the thread: anything with a public address.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThreadNode {
    /// Key within the thread.
    pub key: String,
    /// What it is.
    pub kind: NodeKind,
    /// Title.
    pub title: String,
    /// Day it happened, began or is expected.
    #[serde(deserialize_with = "crate::load::day")]
    pub date: Date,
    /// Last day, where it lasts.
    #[serde(default, deserialize_with = "crate::load::day_or_none")]
    pub until: Option<Date>,
    /// Who acts, in words.
    pub actor: String,
    /// What happened, in plain sentences.
    pub text: String,
    /// State in words, for instance "fertig seit 20. April 2026".
    #[serde(default)]
    pub state: Option<String>,
    /// Key of the paper this node is.
    #[serde(default)]
    pub paper: Option<String>,
    /// Key of the meeting this node is, or in which its agenda item stands.
    #[serde(default)]
    pub meeting: Option<String>,
    /// Number of the agenda item within `meeting`, for an item or the decision taken there.
    #[serde(default)]
    pub item: Option<String>,
}

/// A directed tie between two nodes of the thread.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThreadLink {
    /// Key of the node the link starts at.
    pub from: String,
    /// How the two belong together: `from` *kind* `to`.
    pub kind: LinkKind,
    /// Key of the node it leads to.
    pub to: String,
}

/// A measured value of one month.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observation {
    /// Key of the node that is the series.
    pub series: String,
    /// A day in the month (the 15th), so that it moves with the rest.
    #[serde(deserialize_with = "crate::load::day")]
    pub month: Date,
    /// Value in whole units.
    pub value: i64,
    /// Unit, for instance "km/h".
    pub unit: String,
}
