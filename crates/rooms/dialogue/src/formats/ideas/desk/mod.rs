//! Ideas at the desk: what has no answer yet, the answer and its promise, hiding, merging, splitting, the list for the council, and what
//! the collection is set to. Departments answer; all else is the clerk's. Read in this order: [`list`], [`one`], [`settings`].

pub mod list;
pub mod one;
pub mod settings;

use crate::store::processes::Process;
use allmende_core::Act;
use allmende_platform::web::{Policy, Routes, Shell};
use allmende_platform::{App, Ctx};

pub(super) fn routes() -> Routes {
    let (run, enter) = (Policy::Act(Act::RunProcesses), Policy::Act(Act::EnterStatements));
    Routes::new()
        .get("/verwaltung/beteiligung/{id}/ideen", enter, list::list)
        .post("/verwaltung/beteiligung/{id}/ideen/rat", run, list::hand_on)
        .get("/verwaltung/beteiligung/{id}/ideen/regeln", run, settings::show)
        .post("/verwaltung/beteiligung/{id}/ideen/regeln", run, settings::save)
        .get("/verwaltung/beteiligung/{id}/ideen/{number}", enter, one::show)
        .post("/verwaltung/beteiligung/{id}/ideen/{number}", enter, one::act)
}

/// The desk's list of the ideas of a process.
fn list_path(id: i64) -> String {
    format!("/verwaltung/beteiligung/{id}/ideen")
}

/// The surroundings of a page of one process.
fn shell(app: &App, ctx: &Ctx, process: &Process, here: &str) -> Shell {
    let t = ctx.t;
    let mut shell = Shell::new(app, ctx, format!("{here}: {}", process.title))
        .crumb(t.get("nav-start"), "/")
        .crumb(t.get("shell-desk"), "/verwaltung")
        .crumb(t.get("admin-dialogue"), "/verwaltung/beteiligung")
        .crumb(process.title.clone(), format!("/verwaltung/beteiligung/{}", process.id))
        .here(here);
    shell.hidden_from_search = true;
    shell
}
