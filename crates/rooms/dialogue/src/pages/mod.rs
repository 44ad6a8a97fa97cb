//! The public pages below `/beteiligung`, the section of the start page, and the words they share.
//!
//! Every page is one closure on the database with at most five statements, then a template. Read in this order: [`words`], [`list`],
//! [`frame`] (what stands above each page of a process), [`process`] with [`passages`], [`send`], [`changes`], [`statements`], [`own`],
//! [`given`], [`course`], [`sheet`], [`open`], [`places`], [`front`]. How a guest confirms is said in [`crate::formats::confirm`].

pub mod changes;
pub mod course;
pub mod frame;
pub mod front;
pub mod given;
pub mod list;
pub mod open;
pub mod own;
pub mod passages;
pub mod places;
pub mod process;
pub mod send;
pub mod sheet;
pub mod statements;
pub mod words;

use allmende_core::Act;
use allmende_platform::web::{Policy, Routes, Shell};
use allmende_platform::{App, AppError, Ctx};
use axum::extract::Query;
use std::collections::HashMap;

/// The parameters of an address; the last one of a name counts.
pub type Parameters = Query<HashMap<String, String>>;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/beteiligung", Policy::Public, list::list)
        .get("/beteiligung.json", Policy::Open, open::json)
        .get("/beteiligung.atom", Policy::Open, open::atom)
        .get("/beteiligung.ics", Policy::Open, open::calendar)
        .get("/beteiligung/{slug}", Policy::Public, process::process)
        .get("/beteiligung/{slug}/fassung/{number}", Policy::Public, process::version)
        .get("/beteiligung/{slug}/aenderungen", Policy::Public, changes::changes)
        .get("/beteiligung/{slug}/verlauf", Policy::Public, course::course)
        .get("/beteiligung/{slug}/bogen", Policy::Public, sheet::sheet)
        .post("/beteiligung/{slug}/stellungnahme", Policy::Public, send::send)
        .get("/beteiligung/{slug}/eingang", Policy::Public, send::receipt)
        .post("/beteiligung/{slug}/zustimmen", Policy::Act(Act::KeepOwnAccount), send::support)
        .get("/beteiligung/{slug}/stellungnahmen", Policy::Public, statements::list)
        .get("/beteiligung/{slug}/stellungnahmen.csv", Policy::Open, open::statements_csv)
        .get("/beteiligung/{slug}/stellungnahmen.json", Policy::Open, open::statements_json)
        .get("/beteiligung/{slug}/stellungnahmen.geojson", Policy::Open, places::geojson)
        .get("/beteiligung/{slug}/stellungnahmen/{number}", Policy::Public, statements::one)
        .get("/beteiligung/{slug}/stellungnahmen/{number}/zurueckziehen", Policy::Act(Act::KeepOwnAccount), own::show)
        .post("/beteiligung/{slug}/stellungnahmen/{number}/zurueckziehen", Policy::Act(Act::KeepOwnAccount), own::withdraw)
}

/// A parameter that says something, of at most 100 characters.
pub(crate) fn parameter<'q>(query: &'q HashMap<String, String>, name: &str) -> Option<&'q str> {
    query.get(name).map(|value| value.trim()).filter(|value| !value.is_empty() && value.len() <= 100)
}

/// The number that begins the last part of an address.
pub(crate) fn id_of(segment: &str) -> Result<i64, AppError> {
    let number = segment.split('-').next().unwrap_or_default();
    let is_plain = !number.is_empty() && !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit());
    number.parse().ok().filter(|_| is_plain).ok_or(AppError::NotFound)
}

/// The surroundings of a page below `/beteiligung`.
pub(crate) fn shell(app: &App, ctx: &Ctx, title: impl Into<String>) -> Shell {
    Shell::new(app, ctx, title).crumb(ctx.t.get("nav-start"), "/")
}
