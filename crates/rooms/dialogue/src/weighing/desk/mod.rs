//! The desk of the weighing: a clerk answers five hundred statements in a day.
//!
//! Every act is one closure and a redirect; every page works without script and by keyboard. Whoever may weigh proposes, bundles,
//! splits and approves what a colleague proposed; publishing and setting causes is the clerk's. Read in this order: [`overview`] with
//! [`many`], [`suggestions`], [`bundle`] with [`acts`], [`split`], [`causes`], [`blocks`], [`attach`].

mod acts;
mod attach;
mod blocks;
mod bundle;
mod causes;
mod many;
mod overview;
mod split;
mod suggestions;

use crate::pages::words::{State, Words};
use crate::weighing::pages::files;
use crate::weighing::rules::Stage;
use allmende_core::Act;
use allmende_platform::AppError;
use allmende_platform::web::{Fields, Policy, Routes};
use axum::response::{IntoResponse, Redirect, Response};

pub(crate) fn routes() -> Routes {
    let (weigh, run) = (Policy::Act(Act::WeighStatements), Policy::Act(Act::RunProcesses));
    Routes::new()
        .get("/verwaltung/beteiligung/{id}/abwaegung", weigh, overview::show)
        .post("/verwaltung/beteiligung/{id}/abwaegung", weigh, many::act)
        .post("/verwaltung/beteiligung/{id}/abwaegung/aufnehmen", weigh, many::take_up)
        .post("/verwaltung/beteiligung/{id}/abwaegung/veroeffentlichen", run, many::publish)
        .get("/verwaltung/beteiligung/{id}/abwaegung/vorschlaege", weigh, suggestions::show)
        .post("/verwaltung/beteiligung/{id}/abwaegung/vorschlaege", weigh, suggestions::act)
        .get("/verwaltung/beteiligung/{id}/abwaegung/bausteine", weigh, blocks::show)
        .post("/verwaltung/beteiligung/{id}/abwaegung/bausteine", weigh, blocks::act)
        .get("/verwaltung/beteiligung/{id}/abwaegung/anlaesse", run, causes::show)
        .post("/verwaltung/beteiligung/{id}/abwaegung/anlaesse", run, causes::save)
        .get("/verwaltung/beteiligung/{id}/abwaegung/tabelle/{name}", weigh, files::house)
        .get("/verwaltung/beteiligung/{id}/abwaegung/vorlage", Policy::Act(Act::EditCouncil), attach::show)
        .post("/verwaltung/beteiligung/{id}/abwaegung/vorlage", Policy::Act(Act::EditCouncil), attach::act)
        .get("/verwaltung/beteiligung/{id}/abwaegung/punkt/{point}", weigh, split::show)
        .post("/verwaltung/beteiligung/{id}/abwaegung/punkt/{point}", weigh, split::act)
        .get("/verwaltung/beteiligung/{id}/abwaegung/{bundle}", weigh, bundle::show)
        .post("/verwaltung/beteiligung/{id}/abwaegung/{bundle}", weigh, acts::propose)
        .post("/verwaltung/beteiligung/{id}/abwaegung/{bundle}/freigabe", weigh, acts::decide)
        .post("/verwaltung/beteiligung/{id}/abwaegung/{bundle}/punkte", weigh, acts::take_out)
        .post("/verwaltung/beteiligung/{id}/abwaegung/{bundle}/notiz", weigh, acts::note)
        .post("/verwaltung/beteiligung/{id}/abwaegung/{bundle}/zuruecknehmen", run, acts::reopen)
}

/// The desk's page of a weighing.
fn own_path(process: i64) -> String {
    format!("{}/abwaegung", crate::desk::own_path(process))
}

/// The desk's page of a bundle.
fn bundle_path(process: i64, bundle: i64) -> String {
    format!("{}/{bundle}", own_path(process))
}

/// The answer after an act: the page with a sentence about it.
fn done(path: &str, key: &str) -> Response {
    let join = if path.contains('?') { '&' } else { '?' };
    Redirect::to(&format!("{path}{join}hinweis={key}")).into_response()
}

/// The rows that were ticked.
fn ticked(fields: &Fields, name: &str) -> Vec<i64> {
    fields.all(name).filter_map(|value| value.parse().ok()).take(crate::weighing::rules::MANY_MAX).collect()
}

/// Where the answer to a bundle stands, as shape and words.
fn stage(words: &Words, stage: Stage) -> State {
    let shape = match stage {
        Stage::Open => "open",
        Stage::Proposed | Stage::Approved => "busy",
        Stage::Published => "done",
    };
    State { shape, text: words.t.find(&format!("admin-weighing-stage-{}", stage.key())).unwrap_or_default().to_owned() }
}

/// An act without a page of its own that was refused: the key of the refusal becomes the sentence on the page before.
fn refused(path: &str, error: AppError) -> Result<Response, AppError> {
    match error {
        AppError::Refused(refusal) => Ok(done(path, refusal.key)),
        other => Err(other),
    }
}
