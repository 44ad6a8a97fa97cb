//! The public pages of ideas: the list, one idea, proposing one, supporting, changing and taking back one's own.
//!
//! Read in this order: [`list`], [`one`], [`propose`], [`picture`], [`own`], [`open`].

pub mod list;
pub mod one;
pub mod open;
pub mod own;
pub mod picture;
pub mod propose;

use super::rules::Answer;
use crate::pages::words::{State as Shape, Words};
use crate::store::phases::{self, Part};
use allmende_core::Act;
use allmende_db::Tx;
use allmende_platform::AppError;
use allmende_platform::web::{Policy, Routes};
use jiff::civil::Date;

pub(super) fn routes() -> Routes {
    let own = Policy::Act(Act::KeepOwnAccount);
    Routes::new()
        .get("/beteiligung/{slug}/ideen", Policy::Public, list::list)
        .get("/beteiligung/{slug}/ideen.csv", Policy::Open, open::csv)
        .get("/beteiligung/{slug}/ideen.geojson", Policy::Open, open::geojson)
        .get("/beteiligung/{slug}/ideen/neu", Policy::Public, propose::form)
        .post("/beteiligung/{slug}/ideen/neu", Policy::Public, propose::send)
        .get("/beteiligung/{slug}/ideen/eingang", Policy::Public, propose::receipt)
        .get("/beteiligung/{slug}/ideen/{number}", Policy::Public, one::one)
        .get("/beteiligung/{slug}/ideen/{number}/bild/{size}", Policy::Public, picture::serve)
        .get("/beteiligung/{slug}/ideen/{number}/frueher", Policy::Public, own::history)
        .get("/beteiligung/{slug}/ideen/{number}/aendern", own, own::form)
        .post("/beteiligung/{slug}/ideen/{number}/aendern", own, own::change)
        .post("/beteiligung/{slug}/ideen/{number}/zustimmen", own, own::support)
}

/// A collection of a process: the first one, or the one that the address names.
fn part_of(tx: &mut Tx<'_>, process: i64, part: Option<i64>) -> Result<Part, AppError> {
    let parts = phases::list_parts(tx, process)?;
    parts.into_iter().find(|own| own.format == "ideas" && part.is_none_or(|part| own.id == part)).ok_or(AppError::NotFound)
}

/// Where an idea stands, for residents: its answer, or until when one is promised.
pub(crate) fn stands(words: &Words, answer: Option<Answer>, answer_by: Option<Date>) -> Shape {
    match answer {
        Some(answer) => Shape { shape: answer.shape(), text: answer_word(words, answer).to_owned() },
        None => words.waits(answer_by),
    }
}

/// An answer in a few words.
pub(crate) fn answer_word(words: &Words, answer: Answer) -> &'static str {
    let t = words.t;
    match answer {
        Answer::Planned => t.get("idea-answer-planned"),
        Answer::Done => t.get("idea-answer-done"),
        Answer::Examined => t.get("idea-answer-examined"),
        Answer::Declined => t.get("idea-answer-declined"),
        Answer::HandedOn => t.get("idea-answer-handed-on"),
    }
}
