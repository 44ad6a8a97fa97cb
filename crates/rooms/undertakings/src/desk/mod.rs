//! The desk: what is there, one form for each part of the sheet in plain order, preview, publishing, state, answers, history.
//!
//! Read in this order: [`list`], [`edit`], [`overview`], [`acts`].

mod acts;
mod edit;
mod list;
mod overview;

use crate::rules::may_change;
use crate::store::sheets::{self, Undertaking};
use allmende_core::Act;
use allmende_db::Tx;
use allmende_platform::web::{Policy, Routes, Shell};
use allmende_platform::{App, AppError, Ctx, departments};

/// The routes of the desk.
#[must_use]
pub fn routes() -> Routes {
    let (report, manage) = (Policy::Act(Act::ReportUndertakings), Policy::Act(Act::ManageUndertakings));
    Routes::new()
        .get("/verwaltung/vorhaben", report, list::list)
        .get("/verwaltung/vorhaben/neu", manage, edit::show_new)
        .post("/verwaltung/vorhaben/neu", manage, edit::add)
        .get("/verwaltung/vorhaben/{id}", report, overview::show)
        .get("/verwaltung/vorhaben/{id}/vorschau", report, overview::preview)
        .post("/verwaltung/vorhaben/{id}/stand", report, acts::set_state)
        .post("/verwaltung/vorhaben/{id}/antwort", report, acts::answer)
        .post("/verwaltung/vorhaben/{id}/veroeffentlichen", manage, acts::publish)
        .post("/verwaltung/vorhaben/{id}/zurueckziehen", manage, acts::withdraw)
        .get("/verwaltung/vorhaben/{id}/bogen/{part}", report, edit::show)
        .post("/verwaltung/vorhaben/{id}/bogen/{part}", report, edit::save)
}

/// The surroundings of a page of the desk.
fn shell(app: &App, ctx: &Ctx, title: impl Into<String>) -> Shell {
    let mut shell = Shell::new(app, ctx, title).crumb(ctx.t.get("shell-desk"), "/verwaltung");
    shell.hidden_from_search = true;
    shell
}

/// The undertaking with steps and references, if the reader may work on it. At most four statements.
///
/// # Errors
/// 404 for an unknown one, 403 for one of another department.
fn allowed(tx: &mut Tx<'_>, ctx: &Ctx, id: i64) -> Result<Undertaking, AppError> {
    let own = sheets::find_whole(tx, id)?.ok_or(AppError::NotFound)?;
    let belongs = match (own.sheet.department, ctx.actor.person()) {
        (Some(department), Some(person)) => departments::has_person(tx, department, person)?,
        _ => false,
    };
    if may_change(&ctx.actor, belongs) { Ok(own) } else { Err(AppError::Forbidden) }
}
