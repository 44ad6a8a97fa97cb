//! The pages of the house: a process in four steps, its next version, what came on paper, and what residents sent.
//!
//! Everything here stands behind `RunProcesses`, but for the entering of what came on paper (`EnterStatements`). A form leads to
//! the next one, so that a process is public within a dozen clicks. Read in this order: [`list`], [`about`], [`text`], [`when`],
//! [`publish`], [`paper`], [`statements`].

pub mod about;
pub mod list;
pub mod paper;
pub mod publish;
pub mod statements;
pub mod text;
pub mod when;

use crate::store::phases::{self, Part, Phase};
use crate::store::processes::{self, Process};
use crate::store::versions::{self, Version};
use allmende_core::{Act, Instant};
use allmende_db::Tx;
use allmende_platform::web::{Policy, Routes, Shell};
use allmende_platform::{App, AppError, Ctx};

pub(crate) fn routes() -> Routes {
    let (run, enter) = (Policy::Act(Act::RunProcesses), Policy::Act(Act::EnterStatements));
    Routes::new()
        .get("/verwaltung/beteiligung", enter, list::list)
        .get("/verwaltung/beteiligung/neu/{template}", run, about::new)
        .post("/verwaltung/beteiligung/neu/{template}", run, about::create)
        .post("/verwaltung/beteiligung/stellungnahmen/{statement}", enter, statements::act)
        .get("/verwaltung/beteiligung/{id}", enter, publish::overview)
        .get("/verwaltung/beteiligung/{id}/worum", run, about::show)
        .post("/verwaltung/beteiligung/{id}/worum", run, about::save)
        .get("/verwaltung/beteiligung/{id}/text", run, text::show)
        .post("/verwaltung/beteiligung/{id}/text", run, text::save)
        .post("/verwaltung/beteiligung/{id}/fassung", run, text::publish)
        .get("/verwaltung/beteiligung/{id}/wann", run, when::show)
        .post("/verwaltung/beteiligung/{id}/wann", run, when::save)
        .get("/verwaltung/beteiligung/{id}/vorschau", run, publish::preview)
        .post("/verwaltung/beteiligung/{id}/vorschau", run, publish::publish)
        .post("/verwaltung/beteiligung/{id}/kopie", run, publish::copy)
        .post("/verwaltung/beteiligung/{id}/verlaengern", run, when::extend)
        .post("/verwaltung/beteiligung/{id}/runde", run, when::append)
        .post("/verwaltung/beteiligung/{id}/zurueckziehen", run, publish::withdraw)
        .get("/verwaltung/beteiligung/{id}/papier", enter, paper::show)
        .post("/verwaltung/beteiligung/{id}/papier", enter, paper::enter)
        .get("/verwaltung/beteiligung/{id}/stellungnahmen", enter, statements::list)
}

/// The surroundings of a page of the desk.
pub(crate) fn shell(app: &App, ctx: &Ctx, title: impl Into<String>) -> Shell {
    let mut shell = Shell::new(app, ctx, title).crumb(ctx.t.get("nav-start"), "/").crumb(ctx.t.get("shell-desk"), "/verwaltung");
    shell.hidden_from_search = true;
    shell
}

/// The surroundings of a page of one process.
pub(crate) fn process_shell(app: &App, ctx: &Ctx, process: &Process, here: &'static str) -> Shell {
    shell(app, ctx, format!("{here}: {}", process.title))
        .crumb(ctx.t.get("admin-dialogue"), "/verwaltung/beteiligung")
        .crumb(process.title.clone(), own_path(process.id))
        .here(here)
}

/// The desk's page of a process.
pub(crate) fn own_path(id: i64) -> String {
    format!("/verwaltung/beteiligung/{id}")
}

/// Everything the desk knows of a process. Four statements.
pub(crate) struct Whole {
    pub now: Instant,
    pub process: Process,
    pub parts: Vec<Part>,
    pub phases: Vec<Phase>,
    /// The newest first, drafts among them.
    pub versions: Vec<Version>,
}

impl Whole {
    fn read(tx: &mut Tx<'_>, id: i64) -> Result<Self, AppError> {
        let process = processes::find(tx, id)?.ok_or(AppError::NotFound)?;
        let (parts, phases) = (phases::list_parts(tx, id)?, phases::list(tx, id)?);
        Ok(Self { now: tx.now()?, process, parts, phases, versions: versions::list(tx, id)? })
    }

    /// The part with a text.
    fn consultation(&self) -> Option<&Part> {
        self.parts.iter().find(|part| part.format == "consultation")
    }

    fn draft(&self) -> Option<&Version> {
        self.versions.iter().find(|version| !version.is_public)
    }

    fn newest_public(&self) -> Option<&Version> {
        self.versions.iter().find(|version| version.is_public)
    }
}

/// One step of the way to a public process.
pub(crate) struct Step {
    pub label: &'static str,
    pub path: String,
    pub is_here: bool,
}

/// The steps of a process; `here` counts from 1.
fn steps(ctx: &Ctx, id: i64, has_text: bool, here: usize) -> Vec<Step> {
    let t = ctx.t;
    let all = [
        (1, t.get("admin-dialogue-step-about"), "worum"),
        (2, t.get("admin-dialogue-step-text"), "text"),
        (3, t.get("admin-dialogue-step-when"), "wann"),
        (4, t.get("admin-dialogue-step-preview"), "vorschau"),
    ];
    let shown = all.into_iter().filter(|(number, ..)| has_text || *number != 2);
    shown.map(|(number, label, word)| Step { label, path: format!("{}/{word}", own_path(id)), is_here: number == here }).collect()
}
