//! Undertakings of the town: their sheets, their course, and what residents asked for.

use super::kinds::Department;
use jiff::civil::Date;
use serde::Deserialize;

/// An undertaking.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Undertaking {
    /// Stable key.
    pub key: String,
    /// The station of a thread that it is: key of the thread, key of the node.
    #[serde(default)]
    pub thread: Option<(String, String)>,
    /// The office that answers.
    pub department: Department,
    /// The day it was entered and published.
    #[serde(deserialize_with = "crate::load::day")]
    pub date: Date,
    /// Key of the place.
    #[serde(default)]
    pub place: Option<String>,
    /// Longitude and latitude along it, instead of the place's point; an area if it ends where it begins.
    #[serde(default)]
    pub shape: Vec<(f64, f64)>,
    /// What it is to cost, in whole euros.
    #[serde(default)]
    pub planned_euros: Option<u32>,
    /// What was spent, in whole euros.
    #[serde(default)]
    pub actual_euros: Option<u32>,
    /// What is to be said of the cost.
    #[serde(default)]
    pub cost_note: Option<String>,
    /// Whether residents can take part.
    pub takes_part: bool,
    /// Its words in German.
    pub de: UndertakingWords,
    /// In English.
    #[serde(default)]
    pub en: Option<UndertakingWords>,
    /// In Leichte Sprache.
    #[serde(default)]
    pub leicht: Option<UndertakingWords>,
    /// What comes next, in order.
    #[serde(default)]
    pub steps: Vec<UndertakingStep>,
    /// Keys of the papers it rests on.
    #[serde(default)]
    pub papers: Vec<String>,
    /// The decisions it rests on: key of the meeting, number of the item.
    #[serde(default)]
    pub decisions: Vec<(String, String)>,
    /// Where it stood when, oldest first; it begins as planned.
    #[serde(default)]
    pub states: Vec<UndertakingState>,
    /// What residents asked for.
    #[serde(default)]
    pub request: Option<UndertakingRequest>,
}

/// The words of a sheet in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UndertakingWords {
    /// Title.
    pub title: String,
    /// Where it stands today.
    pub summary: String,
    /// What it is for.
    pub aim: String,
    /// How residents take part, or why not.
    pub part: String,
}

/// A next step.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UndertakingStep {
    /// What is done.
    pub text: String,
    /// Until when.
    #[serde(default, deserialize_with = "crate::load::day_or_none")]
    pub due: Option<Date>,
    /// Whether it is done.
    #[serde(default)]
    pub done: bool,
}

/// A change of state.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UndertakingState {
    /// The day.
    #[serde(deserialize_with = "crate::load::day")]
    pub date: Date,
    /// The key of the state: `prepared`, `given-up` …
    pub state: String,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

/// A request to take part.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UndertakingRequest {
    /// The day.
    #[serde(deserialize_with = "crate::load::day")]
    pub date: Date,
    /// Why.
    pub reason: String,
    /// The names of those who ask; the first one asked.
    pub names: Vec<String>,
    /// The answer, if there is one.
    #[serde(default)]
    pub answer: Option<UndertakingAnswer>,
}

/// The answer to a request.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UndertakingAnswer {
    /// The day.
    #[serde(deserialize_with = "crate::load::day")]
    pub date: Date,
    /// Whether residents can take part.
    pub yes: bool,
    /// How, or why not.
    pub text: String,
}
