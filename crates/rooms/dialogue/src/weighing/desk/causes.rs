//! What caused each change of a version: the statements that were followed there, or words such as a committee's decision.

use super::{done, own_path};
use crate::desk::process_shell;
use crate::pages::{Parameters, parameter};
use crate::store::versions::{self, Version};
use crate::store::{processes, short};
use crate::texts::{self, Shown};
use crate::weighing::store::causes::{self, Candidate, Set};
use allmende_core::Refusal;
use allmende_platform::texts::Speaker;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{AppError, Fields, Shell, page};
use allmende_platform::{App, Ctx};
use allmende_texts::difference::{Became, SentenceStep, UnitDifference};
use allmende_texts::write::html;
use allmende_texts::{difference, versions::Step};
use askama::Template;
use axum::extract::{Path, Query, State as Axum};
use axum::response::Response;
use std::sync::Arc;

struct Choice {
    bundle: i64,
    label: String,
    text: String,
    is_set: bool,
}

struct Change {
    id: String,
    heading: String,
    before: String,
    after: String,
    unit: i64,
    sentence: i64,
    here: Vec<Choice>,
    elsewhere: Vec<Choice>,
    words: String,
}

#[derive(Template)]
#[template(path = "beteiligung/abwaegung_causes.html")]
struct CausesPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    german: &'static str,
    path: String,
    version: i64,
    lead: String,
    changes: Vec<Change>,
    others: Vec<(i64, String)>,
}

struct Read {
    version: Version,
    old: Arc<Shown>,
    new: Arc<Shown>,
    candidates: Vec<Candidate>,
    set: Vec<Set>,
}

/// The changes of a version (`?fassung=3`, without it the newest, a draft too), each with the answers that may have caused it.
pub(super) async fn show(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>, Query(query): Parameters) -> Result<Response, AppError> {
    let asked = parameter(&query, "fassung").and_then(|number| number.parse::<i64>().ok());
    let (process, all, read) = app
        .read(&ctx, move |tx| {
            let process = processes::find(tx, id)?.ok_or(AppError::NotFound)?;
            let all = versions::list(tx, id)?;
            let version = all.iter().find(|version| version.number > 1 && asked.is_none_or(|number| number == version.number)).cloned();
            let Some(version) = version else { return Ok((process, all, None)) };
            let before = all.iter().find(|other| other.part == version.part && other.number + 1 == version.number).cloned().ok_or(AppError::NotFound)?;
            let (old, new) = (versions::shown(tx, &before)?, versions::shown(tx, &version)?);
            let read = Read { old, new, candidates: causes::list_candidates(tx, version.part)?, set: causes::list(tx, version.id)?, version };
            Ok::<_, AppError>((process, all, Some(read)))
        })
        .await?;
    let t = ctx.t;
    let shell = process_shell(&app, &ctx, &process, t.get("admin-weighing-causes"));
    let others =
        all.iter().filter(|version| version.number > 1).map(|version| (version.number, t.with("dialogue-changes-of", &[("number", version.number.into())])));
    let (version, changes) = match read {
        None => (0, Vec::new()),
        Some(read) => {
            let number = read.version.number;
            (number, tokio::task::spawn_blocking(move || compared(t, &read)).await.map_err(anyhow::Error::from)?)
        }
    };
    page(&CausesPage {
        german: if ctx.language() == allmende_core::Language::German { "" } else { " lang=\"de\"" },
        path: format!("{}/anlaesse", own_path(id)),
        lead: t.with("admin-weighing-causes-lead", &[("number", version.into()), ("count", changes.len().into())]),
        others: others.filter(|(number, _)| *number != version).collect(),
        desk: desk(&app, &ctx),
        changes,
        version,
        shell,
        t,
    })
}

fn compared(t: Speaker, read: &Read) -> Vec<Change> {
    let mut out = Vec::new();
    for step in &difference(&read.old.text, &read.new.text) {
        for sentence in step.sentences.iter().filter(|sentence| sentence.became != Became::Same) {
            out.push(change(t, read, step, sentence, out.len()));
        }
    }
    out
}

/// The unit that a change is kept under: the one of the new version, or for what is gone the first that took its place.
fn unit_of(step: &Step, sentence: &SentenceStep) -> i64 {
    let own = sentence.new.as_ref().map(|new| new.unit).or_else(|| step.new.first().copied()).or_else(|| sentence.old.as_ref().map(|old| old.unit));
    own.map_or(0, texts::number)
}

fn change(t: Speaker, read: &Read, step: &UnitDifference, sentence: &SentenceStep, place: usize) -> Change {
    let unit = unit_of(&step.step, sentence);
    let shown = if sentence.new.is_some() { &read.new } else { &read.old };
    let number = sentence.new.as_ref().or(sentence.old.as_ref()).map_or(0, |own| own.number);
    let named = sentence.new.as_ref().or(sentence.old.as_ref()).map(|own| texts::name(&shown.text, own.unit)).unwrap_or_default();
    let key = match sentence.became {
        Became::Inserted => "dialogue-change-new",
        Became::Deleted => "dialogue-change-gone",
        Became::Changed | Became::Same => "dialogue-change-other",
    };
    let number_kept = i64::try_from(number).unwrap_or(0);
    let own = |set: &&Set| set.unit == unit && set.sentence == number_kept;
    let units: Vec<i64> = step.step.new.iter().chain(&step.step.old).map(|unit| texts::number(*unit)).collect();
    let choice = |candidate: &Candidate| Choice {
        bundle: candidate.bundle,
        label: t.with("admin-weighing-of", &[("number", candidate.number.into()), ("count", candidate.points.into())]),
        text: short(&candidate.text),
        is_set: read.set.iter().filter(own).any(|set| set.bundle == Some(candidate.bundle)),
    };
    let (here, elsewhere): (Vec<&Candidate>, Vec<&Candidate>) = read.candidates.iter().partition(|candidate| units.contains(&candidate.unit));
    Change {
        id: format!("a{}", place + 1),
        heading: t.with(key, &[("passage", (&named).into()), ("number", number.into())]),
        before: sentence.old.as_ref().map(|old| html::pieces(&old.pieces, false)).unwrap_or_default(),
        after: sentence.new.as_ref().map(|new| html::pieces(&new.pieces, true)).unwrap_or_default(),
        unit,
        sentence: number_kept,
        here: here.into_iter().map(choice).collect(),
        elsewhere: elsewhere.into_iter().map(choice).collect(),
        words: read.set.iter().filter(own).find_map(|set| set.text.clone()).unwrap_or_default(),
    }
}

/// Sets the causes of one change.
pub(super) async fn save(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let number = |name: &str| fields.raw(name).parse::<i64>().map_err(|_| AppError::NotFound);
    let (version, unit, sentence) = (number("version")?, number("unit")?, number("sentence")?);
    let (chosen, words) = (super::ticked(&fields, "bundle"), fields.line("words"));
    let back = format!("{}/anlaesse?fassung={version}", own_path(id));
    let result = app
        .write(&ctx, move |tx| {
            let own = versions::list(tx, id)?.into_iter().find(|own| own.number == version && own.number > 1).ok_or(AppError::NotFound)?;
            let text = versions::shown(tx, &own)?;
            let known = texts::unit_of(unit).is_some_and(|unit| unit.0 < text.text.next_id());
            if !known || sentence < 0 {
                return Err(Refusal::new("admin-weighing-pick").into());
            }
            Ok::<_, AppError>(causes::set(tx, own.id, own.part, unit, sentence, &chosen, &words)?)
        })
        .await;
    match result {
        Ok(()) => Ok(done(&back, "admin-weighing-cause-saved")),
        Err(error) => super::refused(&back, error),
    }
}
