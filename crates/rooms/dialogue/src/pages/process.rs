//! `/beteiligung/{id}-{slug}`: a process, and for a consultation its text with the statements at each passage. A passage is opened by
//! its link (`?absatz=7#u7`), so that it works without script; a script only adds the choice of words within it.

use super::frame::{self, Frame, Here};
use super::passages::{self, Item, Passage};
use super::words::Words;
use super::{Parameters, id_of, parameter};
use crate::audience::entry::{supposed, way_in};
use crate::audience::rules::is_to_be_shown;
use crate::care::STATEMENT_FORM;
use crate::formats::sender::{self, Writing};
use crate::place::Field;
use crate::rules::{Act, Standing, may_mark_places, may_take_part, standing};
use crate::store::lists;
use crate::store::phases::{self, Phase};
use crate::store::processes::{self, Process};
use crate::store::versions::{self, Count, Version};
use crate::texts::Shown;
use allmende_core::{Act as Permission, Instant, Refusal, may};
use allmende_db::Tx;
use allmende_places::drawn::Shape;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::guard::Issued;
use allmende_platform::web::routes::encode;
use allmende_platform::web::{AppError, Form, MapParts, Original, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, Query, State as Axum};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Statements at an opened passage; the list has all.
const STATEMENTS_SHOWN: i64 = 10;

/// What a page of a process is made from.
#[derive(Clone)]
pub(crate) struct Read {
    pub now: Instant,
    pub process: Process,
    pub phases: Vec<Phase>,
    /// The newest first, the public ones alone.
    pub versions: Vec<Version>,
}

impl Read {
    /// Reads the head of a page: three statements.
    pub fn of(tx: &mut Tx<'_>, id: i64) -> Result<Self, AppError> {
        frame::foresee(tx, id, |tx| drop(versions::list(tx, id)));
        let process = frame::public(processes::find(tx, id)?)?;
        let phases = phases::list(tx, id)?;
        let mut versions = versions::list(tx, id)?;
        versions.retain(|version| version.is_public);
        Ok(Self { now: tx.now()?, process, phases, versions })
    }

    /// The version that is read now.
    pub fn newest(&self) -> Option<&Version> {
        self.versions.first()
    }
}

/// What of the text is shown.
#[derive(Clone)]
struct TextRead {
    shown: Arc<Shown>,
    counts: Vec<Count>,
    picked: Option<i64>,
    statements: Vec<lists::Listed>,
}

#[derive(Template)]
#[template(path = "beteiligung/process.html")]
struct ProcessPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    frame: Frame,
    version: Option<String>,
    note: String,
    is_old: bool,
    passages: Vec<Passage>,
    whole: Option<Passage>,
    picked: Option<i64>,
    items: Vec<Item>,
    more: Option<String>,
    is_open: bool,
    can_support: bool,
    closed: Option<&'static str>,
    sign_in: Option<String>,
    way_in: Option<String>,
    writing: Option<Writing>,
    place: Option<Field>,
    older: Vec<(String, String)>,
    owed: Option<String>,
    desk_path: Option<String>,
}

/// The page of a process.
///
/// # Errors
/// 404 for what is no public process, 410 for what was one.
pub async fn process(Axum(app): Axum<App>, ctx: Ctx, Path(slug): Path<String>, Query(query): Parameters) -> Result<Response, AppError> {
    let picked = parameter(&query, "absatz").and_then(|unit| unit.parse::<i64>().ok()).filter(|unit| *unit >= 0);
    show(&app, &ctx, &slug, picked, None).await
}

/// The page with a passage opened, and with what was refused in its form.
pub(super) async fn show(app: &App, ctx: &Ctx, slug: &str, picked: Option<i64>, refused: Option<Form>) -> Result<Response, AppError> {
    let (id, reader, is_refused) = (id_of(slug)?, ctx.actor.person(), refused.is_some());
    let read = move |tx: &mut Tx<'_>| {
        let read = Read::of(tx, id)?;
        let Some(version) = read.newest().cloned() else { return Ok((read, None)) };
        let counts = versions::list_counts(tx, version.part)?;
        // With a passage opened the text stands in memory in nearly every case: five statements without it.
        let statements = match picked {
            Some(unit) => lists::at_passage(tx, version.part, unit, reader, STATEMENTS_SHOWN)?,
            None => Vec::new(),
        };
        let shown = versions::shown(tx, &version)?;
        Ok((read, Some(TextRead { shown, counts, picked, statements })))
    };
    let write = |(read, text): (Read, Option<TextRead>)| {
        let canonical = read.process.path();
        if !is_refused && ctx.path != canonical {
            let path = if ctx.query.is_empty() { canonical } else { format!("{canonical}?{}", ctx.query) };
            return Ok((StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, path)]).into_response().into());
        }
        let mut view = view(app, ctx, &read, read.newest(), text, refused)?;
        if let Some(writing) = &view.writing {
            writing.mark(&mut view.shell);
        }
        let page = if is_refused { refused_page(&view) } else { page(&view) };
        let page = MapParts::admit(view.place.as_ref().map(|place| &place.map), page?)?;
        Ok(Original::from(page).stamped(view.writing.as_ref().map(|writing| &writing.issued)))
    };
    app.page_together(ctx, &(id, picked, reader), is_refused, read, write).await
}

/// `/beteiligung/{slug}/fassung/{number}`: an older version stays readable.
///
/// # Errors
/// 404 for no such public version.
pub async fn version(Axum(app): Axum<App>, ctx: Ctx, Path((slug, number)): Path<(String, i64)>) -> Result<Response, AppError> {
    let id = id_of(&slug)?;
    let (read, version, text) = app
        .read(&ctx, move |tx| {
            let read = Read::of(tx, id)?;
            let version = read.versions.iter().find(|version| version.number == number).cloned().ok_or(AppError::NotFound)?;
            let shown = versions::shown(tx, &version)?;
            Ok::<_, AppError>((read, version, TextRead { shown, counts: Vec::new(), picked: None, statements: Vec::new() }))
        })
        .await?;
    page(&view(&app, &ctx, &read, Some(&version), Some(text), None)?)
}

/// Whether this reader may make a statement now, before anything is known of an address.
pub(super) fn may_state(ctx: &Ctx, read: &Read) -> Result<(), Refusal> {
    let part = read.newest().map(|version| version.part);
    may_take_part(Act::State, &phases::periods_of(&read.phases, part), &read.process.audience, &supposed(ctx, &read.process), read.now)
}

fn view(app: &App, ctx: &Ctx, read: &Read, version: Option<&Version>, text: Option<TextRead>, refused: Option<Form>) -> Result<ProcessPage, AppError> {
    let (t, words, process) = (ctx.t, Words::new(ctx, read.now), &read.process);
    let is_old = version.zip(read.newest()).is_some_and(|(version, newest)| version.id != newest.id);
    let allowed = if is_old { Err(Refusal::new("dialogue-old-version")) } else { may_state(ctx, read) };
    let picked = text.as_ref().and_then(|text| text.picked);
    let (passages, whole, items) = match (&text, version) {
        (Some(text), Some(version)) => (
            passages::passages(&words, &text.shown, &text.counts, &read.versions, version.id, picked),
            (!is_old).then(|| passages::whole(&words, &text.counts, &read.versions, version.id, picked)),
            text.statements.iter().map(|listed| Item::new(&words, process.id, listed.clone(), Some(&text.shown), false)).collect(),
        ),
        _ => (Vec::new(), None, Vec::new()),
    };
    let writing = match picked {
        // What was written is never lost, if only something is to be shown first.
        Some(_) if allowed.is_ok() || (refused.is_some() && allowed.as_ref().is_err_and(is_to_be_shown)) => {
            Some(Writing::new(ctx, &sender::guard(app, ctx, STATEMENT_FORM), process, read.now, refused)?)
        }
        _ => None,
    };
    let marks = version.is_some_and(|version| may_mark_places(Act::State, &phases::periods_of(&read.phases, Some(version.part)), read.now));
    let needs_account = allowed.as_ref().is_err_and(|refusal| refusal.key == "dialogue-needs-account") && ctx.actor.person().is_none();
    let weiter = encode(&process.path());
    let here = picked.map_or_else(|| process.path(), |unit| format!("{}?absatz={unit}#u{unit}", process.path()));
    let is_weighed = standing(process.begins_at, process.ends_at, read.now) != Standing::Soon && process.statements > process.answered;
    let heading = version.map(|version| {
        let day = version.published_at.or(process.published_at).map(|at| words.dates.day(words.dates.local(at).date())).unwrap_or_default();
        t.with("dialogue-version-of", &[("number", version.number.into()), ("day", (&day).into())])
    });
    // The page of an earlier version is another page than that of the process.
    let title = heading.as_ref().filter(|_| is_old).map_or_else(|| process.title.clone(), |heading| format!("{heading}: {}", process.title));
    let mut shell = frame::shell(app, ctx, process, title);
    if version.is_some() {
        shell = shell.feed(t.get("dialogue-take-geojson"), format!("{}/stellungnahmen.geojson", process.path()), "application/geo+json");
    }
    Ok(ProcessPage {
        place: (writing.is_some() && marks).then(|| Field::new(app, &shell, t, &Shape::ALL)),
        shell,
        frame: Frame::new(&words, process, &read.phases, &read.versions, Here::Text),
        version: heading,
        note: version.map(|version| version.note.clone()).unwrap_or_default(),
        is_old,
        more: picked
            .filter(|_| i64::try_from(items.len()).unwrap_or(0) >= STATEMENTS_SHOWN)
            .map(|unit| format!("{}/stellungnahmen?absatz={unit}", process.path())),
        passages,
        whole,
        picked,
        items,
        is_open: allowed.is_ok(),
        can_support: ctx.actor.person().is_some() && may_support(ctx, read),
        way_in: allowed.as_ref().err().and_then(|refusal| way_in(process, refusal, &here)),
        closed: allowed
            .err()
            .filter(|refusal| !needs_account && (version.is_some() || refusal.key != "dialogue-not-offered"))
            .and_then(|refusal| t.find(refusal.key)),
        sign_in: needs_account.then(|| format!("/anmelden?weiter={weiter}")),
        writing,
        older: read.versions.iter().skip(1).map(|old| (version_label(&words, old), format!("{}/fassung/{}", process.path(), old.number))).collect(),
        owed: (is_weighed && process.answer_days.is_some()).then(|| format!("/beteiligung/ueberfaellig?verfahren={}", process.id)),
        desk_path: may(&ctx.actor, Permission::RunProcesses).then(|| format!("/verwaltung/beteiligung/{}", process.id)),
        words,
        t,
    })
}

fn may_support(ctx: &Ctx, read: &Read) -> bool {
    let part = read.newest().map(|version| version.part);
    may_take_part(Act::Support, &phases::periods_of(&read.phases, part), &read.process.audience, &supposed(ctx, &read.process), read.now).is_ok()
}

fn version_label(words: &Words, version: &Version) -> String {
    let day = version.published_at.map(|at| words.dates.day(words.dates.local(at).date())).unwrap_or_default();
    words.t.with("dialogue-version-of", &[("number", version.number.into()), ("day", (&day).into())])
}
