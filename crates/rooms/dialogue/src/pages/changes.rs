//! `/beteiligung/{slug}/aenderungen`: what changed between a version and the one before, sentence by sentence, and what caused it.

use super::frame::{self, Frame, Here};
use super::process::Read;
use super::words::Words;
use super::{Parameters, id_of, parameter};
use crate::store::statement_path;
use crate::store::versions::{self, Cause, Version};
use crate::texts::{self, Shown};
use allmende_platform::texts::Speaker;
use allmende_platform::web::{AppError, Shell, page};
use allmende_platform::{App, Ctx};
use allmende_texts::difference::{Became, Counts, Sentence, SentenceStep, UnitDifference, count};
use allmende_texts::write::html;
use allmende_texts::{Text, UnitId, difference};
use askama::Template;
use axum::extract::{Path, Query, State as Axum};
use axum::response::Response;
use std::sync::Arc;

/// One changed sentence.
struct Change {
    id: String,
    heading: String,
    /// As HTML, escaped by the writer of texts; empty if it was not there.
    before: String,
    after: String,
    statements: Vec<(i64, String)>,
    causes: Vec<String>,
    answer: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "beteiligung/changes.html")]
struct ChangesPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    frame: Frame,
    lead: String,
    note: String,
    changes: Vec<Change>,
    others: Vec<(String, String)>,
}

struct Pair {
    old: Arc<Shown>,
    new: Arc<Shown>,
    causes: Vec<Cause>,
}

/// The page; `?fassung=3` compares the third version with the second, without it the newest one.
///
/// # Errors
/// 404 for no such public version, or where there is only one.
pub async fn changes(Axum(app): Axum<App>, ctx: Ctx, Path(slug): Path<String>, Query(query): Parameters) -> Result<Response, AppError> {
    let id = id_of(&slug)?;
    let asked = parameter(&query, "fassung").and_then(|number| number.parse::<i64>().ok());
    let (read, version, before, pair) = app
        .read(&ctx, move |tx| {
            let read = Read::of(tx, id)?;
            let number = asked.or_else(|| read.newest().map(|version| version.number)).ok_or(AppError::NotFound)?;
            let find = |number: i64| read.versions.iter().find(|version| version.number == number).cloned().ok_or(AppError::NotFound);
            let (version, before) = (find(number)?, find(number - 1)?);
            let causes = versions::list_causes(tx, version.id)?;
            let pair = Pair { old: versions::shown(tx, &before)?, new: versions::shown(tx, &version)?, causes };
            Ok::<_, AppError>((read, version, before, pair))
        })
        .await?;
    // Comparing a long plan takes a tenth of a second: not on a thread that serves others.
    let worked = ctx.clone();
    let now = read.now;
    let (changes, counts) = tokio_blocking(move || compared(&Words::new(&worked, now), id, &pair)).await?;
    let (t, words) = (ctx.t, Words::new(&ctx, read.now));
    let day = |version: &Version| version.published_at.map(|at| words.dates.day(words.dates.local(at).date())).unwrap_or_default();
    let changed = counts.changed + counts.inserted + counts.deleted;
    let lead = t.with(
        "dialogue-changes-lead",
        &[
            ("old", before.number.into()),
            ("oldday", (&day(&before)).into()),
            ("new", version.number.into()),
            ("newday", (&day(&version)).into()),
            ("changed", changed.into()),
            ("same", counts.same.into()),
        ],
    );
    let others = read.versions.iter().filter(|other| other.number > 1 && other.id != version.id).map(|other| {
        let label = t.with("dialogue-changes-of", &[("number", other.number.into())]);
        (label, format!("{}/aenderungen?fassung={}", read.process.path(), other.number))
    });
    page(&ChangesPage {
        shell: frame::shell(&app, &ctx, &read.process, t.with("dialogue-changes-title", &[("title", (&read.process.title).into())]))
            .crumb(read.process.title.clone(), read.process.path())
            .here(t.get("dialogue-view-changes")),
        frame: Frame::new(&words, &read.process, &read.phases, &read.versions, Here::Changes),
        lead,
        note: version.note,
        changes,
        others: others.collect(),
        t,
        words,
    })
}

async fn tokio_blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
    Ok(tokio::task::spawn_blocking(work).await.map_err(anyhow::Error::from)?)
}

fn compared(words: &Words, process: i64, pair: &Pair) -> (Vec<Change>, Counts) {
    let steps = difference(&pair.old.text, &pair.new.text);
    let counts = count(&steps);
    let mut out = Vec::new();
    for step in &steps {
        for sentence in step.sentences.iter().filter(|sentence| sentence.became != Became::Same) {
            out.push(change(words, process, pair, step, sentence, out.len()));
        }
    }
    (out, counts)
}

fn change(words: &Words, process: i64, pair: &Pair, step: &UnitDifference, sentence: &SentenceStep, place: usize) -> Change {
    let t = words.t;
    let at = |text: &Text, sentence: &Sentence| (texts::name(text, sentence.unit), sentence.number);
    let (name, number) = match (&sentence.new, &sentence.old) {
        (Some(new), _) => at(&pair.new.text, new),
        (None, Some(old)) => at(&pair.old.text, old),
        (None, None) => (String::new(), 0),
    };
    let key = match sentence.became {
        Became::Inserted => "dialogue-change-new",
        Became::Deleted => "dialogue-change-gone",
        Became::Changed | Became::Same => "dialogue-change-other",
    };
    // What is gone for good is kept under its old unit.
    let units: Vec<UnitId> = step.step.new.iter().chain(&step.step.old).copied().collect();
    let own = pair.causes.iter().filter(|cause| {
        units.iter().any(|unit| texts::number(*unit) == cause.unit) && (cause.sentence == 0 || usize::try_from(cause.sentence).is_ok_and(|own| own == number))
    });
    let (mut statements, mut causes, mut answer) = (Vec::new(), Vec::new(), None);
    for cause in own {
        if let Some(number) = cause.statement
            && !statements.iter().any(|(own, _)| *own == number)
        {
            statements.push((number, statement_path(process, number)));
        }
        causes.extend(cause.text.clone().filter(|text| !causes.contains(text)));
        answer = cause.code.and_then(|code| t.find(&format!("weighing-word-{code}"))).or(answer);
    }
    Change {
        id: format!("a{}", place + 1),
        heading: t.with(key, &[("passage", (&name).into()), ("number", number.into())]),
        before: sentence.old.as_ref().map(|old| html::pieces(&old.pieces, false)).unwrap_or_default(),
        after: sentence.new.as_ref().map(|new| html::pieces(&new.pieces, true)).unwrap_or_default(),
        statements,
        causes,
        answer,
    }
}
