//! The desk: what lies on a department's table, its reports, the clerk's corrections, the editor's explanations.
//!
//! Read in this order: [`inbox`], [`record`], [`correct`], [`explain`], [`words`], [`departments`].

mod correct;
mod departments;
mod explain;
mod inbox;
mod record;
mod words;

use allmende_core::Act;
use allmende_db::Tx;
use allmende_platform::departments as store;
use allmende_platform::web::{Policy, Routes, Shell};
use allmende_platform::{App, AppError, Ctx};

/// The routes of the desk.
#[must_use]
pub fn routes() -> Routes {
    let (report, correct, explain, manage) =
        (Policy::Act(Act::ReportDecisions), Policy::Act(Act::CorrectDecisions), Policy::Act(Act::ExplainDecisions), Policy::Act(Act::ManageDepartments));
    Routes::new()
        .get("/verwaltung/beschluesse", report, inbox::inbox)
        .get("/verwaltung/beschluesse/{id}", report, record::show)
        .post("/verwaltung/beschluesse/{id}", report, record::report)
        .post("/verwaltung/beschluesse/{id}/notiz", report, record::note)
        .post("/verwaltung/beschluesse/{id}/korrektur", correct, correct::correct)
        .get("/verwaltung/beschluesse-woerter", correct, words::show)
        .post("/verwaltung/beschluesse-woerter", correct, words::save)
        .get("/verwaltung/erklaerungen", explain, explain::list)
        .get("/verwaltung/erklaerungen/{id}", explain, explain::show)
        .post("/verwaltung/erklaerungen/{id}", explain, explain::save)
        .get("/verwaltung/aemter", manage, departments::list)
        .post("/verwaltung/aemter", manage, departments::add)
        .post("/verwaltung/aemter/{id}", manage, departments::save)
}

/// The surroundings of a page of the desk.
fn shell(app: &App, ctx: &Ctx, title: impl Into<String>) -> Shell {
    let mut shell = Shell::new(app, ctx, title).crumb(ctx.t.get("shell-desk"), "/verwaltung");
    shell.hidden_from_search = true;
    shell
}

/// Whether the reader belongs to a department.
fn belongs(tx: &mut Tx<'_>, ctx: &Ctx, department: Option<i64>) -> Result<bool, AppError> {
    match (department, ctx.actor.person()) {
        (Some(department), Some(person)) => Ok(store::has_person(tx, department, person)?),
        _ => Ok(false),
    }
}
