//! The administrator's pages of the import: sources, progress, and what each server got wrong.

use super::jobs::{self, Payload};
use crate::store::import::list_findings;
use crate::store::import_desk::{self, Run, Source};
use allmende_core::{Act, Refusal};
use allmende_platform::app::DeskEntry;
use allmende_platform::dates::Dates;
use allmende_platform::texts::Speaker;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{Policy, Routes, Shell, page};
use allmende_platform::{App, AppError, Ctx, limits};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{Redirect, Response};
use serde::Deserialize;

/// Runs that the overview shows.
const RUNS: i64 = 20;

/// The entry of the desk.
pub const DESK: DeskEntry = DeskEntry { key: "admin-import", help_key: "admin-import-help", path: "/verwaltung/import", act: Act::RunImport };

/// The routes of these pages.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get("/verwaltung/import", Policy::Act(Act::RunImport), overview).post("/verwaltung/import", Policy::Act(Act::RunImport), start).get(
        "/verwaltung/import/{run}",
        Policy::Act(Act::RunImport),
        report,
    )
}

struct RunRow {
    path: String,
    url: String,
    mode: &'static str,
    state: &'static str,
    shape: &'static str,
    started: String,
    objects: String,
}

struct SourceRow {
    url: String,
    name: String,
    full: String,
}

#[derive(Template)]
#[template(path = "import/overview.html")]
struct Overview {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    sources: Vec<SourceRow>,
    runs: Vec<RunRow>,
}

async fn overview(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let (sources, runs, now) = app.read(&ctx, |tx| Ok::<_, AppError>((import_desk::list_sources(tx)?, import_desk::list_runs(tx, RUNS)?, tx.now()?))).await?;
    let (t, dates) = (ctx.t, Dates::new(ctx.t, ctx.site.zone.clone(), now));
    let mut shell = Shell::new(&app, &ctx, t.get("admin-import")).crumb(t.get("nav-start"), "/").crumb(t.get("shell-desk"), "/verwaltung");
    shell.hidden_from_search = true;
    let sources = sources.into_iter().map(|source| source_row(source, t, &dates)).collect();
    let runs = runs.into_iter().map(|run| run_row(&run, t, &dates)).collect();
    page(&Overview { shell, t, desk: desk(&app, &ctx), sources, runs })
}

fn source_row(source: Source, t: Speaker, dates: &Dates) -> SourceRow {
    let full = source.last_full_at.map_or_else(|| t.get("admin-import-never").to_owned(), |at| dates.moment(at));
    SourceRow { name: source.name.unwrap_or_default(), url: source.url, full }
}

fn run_row(run: &Run, t: Speaker, dates: &Dates) -> RunRow {
    let (state, shape) = state_words(&run.state, t);
    RunRow {
        path: format!("/verwaltung/import/{}", run.id),
        url: run.url.clone(),
        mode: mode_word(&run.mode, t),
        state,
        shape,
        started: dates.moment(run.started_at),
        objects: t.number(run.objects[0]),
    }
}

fn mode_word(mode: &str, t: Speaker) -> &'static str {
    t.get(match mode {
        "first" => "admin-import-mode-first",
        "changes" => "admin-import-mode-changes",
        _ => "admin-import-mode-reconcile",
    })
}

/// The word for a state and its shape in the style sheet.
fn state_words(state: &str, t: Speaker) -> (&'static str, &'static str) {
    match state {
        "running" => (t.get("admin-import-running"), "busy"),
        "done" => (t.get("admin-import-done"), "done"),
        "stopped" => (t.get("admin-import-stopped"), "open"),
        _ => (t.get("admin-import-failed"), "late"),
    }
}

#[derive(Debug, Deserialize)]
struct Start {
    url: String,
    #[serde(default)]
    reconcile: String,
}

/// Writes the job; the page of runs shows it as soon as it has begun.
async fn start(State(app): State<App>, ctx: Ctx, Form(start): Form<Start>) -> Result<Redirect, AppError> {
    let url = start.url.trim().to_owned();
    let web = url.starts_with("https://") || url.starts_with("http://");
    if !web || url.chars().count() > limits::LINE_CHARS_MAX || url.chars().any(char::is_whitespace) {
        return Err(Refusal::of_field("url", "admin-import-address").into());
    }
    let reconcile = start.reconcile == "1";
    app.write(&ctx, move |tx| Ok::<_, AppError>(jobs::enqueue(tx, &Payload { url: url.clone(), reconcile })?)).await?;
    Ok(Redirect::to("/verwaltung/import?hinweis=admin-import-started"))
}

struct FindingRow {
    label: String,
    key: String,
    count: String,
    example: String,
}

#[derive(Template)]
#[template(path = "import/run.html")]
struct RunPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    url: String,
    state: &'static str,
    shape: &'static str,
    mode: &'static str,
    started: String,
    ended: String,
    is_running: bool,
    list: String,
    page: i64,
    pages: Option<i64>,
    objects: [String; 4],
    requests: String,
    waited: String,
    own: String,
    problem: Option<String>,
    findings: Vec<FindingRow>,
}

async fn report(State(app): State<App>, ctx: Ctx, Path(id): Path<i64>) -> Result<Response, AppError> {
    let (run, findings, now) = app
        .read(&ctx, move |tx| {
            let run = import_desk::find_run(tx, id)?.ok_or(AppError::NotFound)?;
            Ok::<_, AppError>((run, list_findings(tx, id)?, tx.now()?))
        })
        .await?;
    let (t, dates) = (ctx.t, Dates::new(ctx.t, ctx.site.zone.clone(), now));
    let (state, shape) = state_words(&run.state, t);
    let started = dates.moment(run.started_at);
    let mut shell = Shell::new(&app, &ctx, t.with("admin-import-run", &[("when", (&started).into())]))
        .here(started.clone())
        .crumb(t.get("nav-start"), "/")
        .crumb(t.get("shell-desk"), "/verwaltung")
        .crumb(t.get("admin-import"), "/verwaltung/import");
    shell.hidden_from_search = true;
    let seconds = |millis: i64| t.with("admin-import-seconds", &[("count", (&t.number(millis / 1000)).into())]);
    page(&RunPage {
        shell,
        t,
        desk: desk(&app, &ctx),
        state,
        shape,
        mode: mode_word(&run.mode, t),
        started,
        ended: run.ended_at.map(|at| dates.moment(at)).unwrap_or_default(),
        is_running: run.state == "running",
        list: run.list_url.unwrap_or_default(),
        page: run.page,
        pages: run.pages,
        objects: run.objects.map(|count| t.number(count)),
        requests: t.number(run.requests),
        waited: seconds(run.millis[0]),
        own: seconds(run.millis[1]),
        problem: run.problem,
        findings: findings.into_iter().map(|finding| finding_row(finding, t)).collect(),
        url: run.url,
    })
}

/// A defect in words where there are some, and its key for those who look it up.
fn finding_row((key, count, examples): (String, i64, String), t: Speaker) -> FindingRow {
    let first = serde_json::from_str::<Vec<serde_json::Value>>(&examples).ok().and_then(|examples| examples.into_iter().next());
    let part = |name: &str| first.as_ref().and_then(|example| example[name].as_str()).unwrap_or_default().to_owned();
    let example = format!("{} {}", part("object"), part("detail")).trim().to_owned();
    FindingRow { label: t.find(&format!("admin-defect-{key}")).unwrap_or_default().to_owned(), count: t.number(count), example, key }
}
