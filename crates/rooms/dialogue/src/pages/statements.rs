//! `/beteiligung/{slug}/stellungnahmen`: all statements with their answers, narrowed by passage, channel and answer; and one alone.

use super::frame::{self, Frame, Here};
use super::passages::Item;
use super::process::Read;
use super::words::Words;
use super::{Parameters, id_of, parameter};
use crate::rules::{Channel, State};
use crate::store::lists::{self, Filter, Listed};
use crate::store::versions;
use crate::texts::{self, Shown};
use allmende_db::Tx;
use allmende_platform::texts::Speaker;
use allmende_platform::thread;
use allmende_platform::web::{AppError, Choice, MapParts, Original, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, Query, State as Axum};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Statements on one page.
const ROWS: usize = 30;

struct Entry {
    choice: Choice,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "beteiligung/statements.html")]
struct ListPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    frame: Frame,
    heading: String,
    is_narrowed: bool,
    channels: Vec<Entry>,
    answers: Vec<Entry>,
    passage: Option<(i64, String)>,
    items: Vec<Item>,
    first: Option<String>,
    next: Option<String>,
    map: Option<MapParts>,
    as_list: String,
    as_map: String,
}

/// The list.
///
/// # Errors
/// 404 for what is no public process, 410 for what was one.
pub async fn list(Axum(app): Axum<App>, ctx: Ctx, Path(slug): Path<String>, Query(query): Parameters) -> Result<Response, AppError> {
    let id = id_of(&slug)?;
    let filter = Filter {
        unit: parameter(&query, "absatz").and_then(|unit| unit.parse().ok()),
        channel: parameter(&query, "weg").and_then(Channel::of),
        is_answered: match parameter(&query, "antwort") {
            Some("da") => Some(true),
            Some("fehlt") => Some(false),
            _ => None,
        },
        has_place: parameter(&query, "ansicht") == Some("karte"),
    };
    let from = parameter(&query, "ab").and_then(|number| number.parse::<i64>().ok()).filter(|number| *number > 0).unwrap_or(1);
    let (reader, asked) = (ctx.actor.person(), filter.clone());
    let read = move |tx: &mut Tx<'_>| {
        let read = Read::of(tx, id)?;
        let shown = read.newest().cloned().map(|version| versions::shown(tx, &version)).transpose()?;
        let rows = lists::list(tx, id, &asked, from, reader, i64::try_from(ROWS).unwrap_or(0) + 1)?;
        Ok((read, shown, rows))
    };
    let write =
        |(read, shown, rows): (Read, Option<Arc<Shown>>, Vec<Listed>)| list_page(&app, &ctx, &filter, from, &read, shown.as_deref(), rows).map(Original::from);
    app.page_together(&ctx, &(id, &filter, from, reader), false, read, write).await
}

fn list_page(app: &App, ctx: &Ctx, filter: &Filter, from: i64, read: &Read, shown: Option<&Shown>, mut rows: Vec<Listed>) -> Result<Response, AppError> {
    let (t, words) = (ctx.t, Words::new(ctx, read.now));
    let next = (rows.len() > ROWS).then(|| rows.last().map(|row| row.number)).flatten();
    rows.truncate(ROWS);
    let own = format!("{}/stellungnahmen", read.process.path());
    let address = |from: Option<i64>| {
        let mut parts = Vec::new();
        parts.extend(filter.unit.map(|unit| format!("absatz={unit}")));
        parts.extend(filter.channel.map(|channel| format!("weg={}", channel.key())));
        parts.extend(filter.is_answered.map(|is_answered| format!("antwort={}", if is_answered { "da" } else { "fehlt" })));
        parts.extend(filter.has_place.then(|| "ansicht=karte".to_owned()));
        parts.extend(from.map(|from| format!("ab={from}")));
        if parts.is_empty() { own.clone() } else { format!("{own}?{}", parts.join("&")) }
    };
    let passage = filter.unit.map(|unit| {
        let name = shown.zip(texts::unit_of(unit)).map_or_else(|| t.get("dialogue-whole").to_owned(), |(shown, unit)| texts::name(&shown.text, unit));
        (unit, name)
    });
    let entry = |value: &str, label: &str, is_chosen: bool| Entry { choice: Choice::new(value, label), is_chosen };
    let shell = frame::shell(app, ctx, &read.process, t.with("dialogue-statements-title", &[("title", (&read.process.title).into())]))
        .crumb(read.process.title.clone(), read.process.path())
        .here(t.get("dialogue-view-statements"))
        .feed(t.get("dialogue-take-geojson"), format!("{own}.geojson"), "application/geo+json");
    let view = ListPage {
        map: filter.has_place.then(|| MapParts::new(app, &shell)),
        shell,
        as_list: own.clone(),
        as_map: format!("{own}?ansicht=karte"),
        frame: Frame::new(&words, &read.process, &read.phases, &read.versions, Here::Statements),
        heading: t.get(if filter.has_place { "dialogue-places" } else { "dialogue-view-statements" }).to_owned(),
        is_narrowed: *filter != Filter { has_place: filter.has_place, ..Filter::default() },
        channels: Channel::ALL
            .into_iter()
            .map(|channel| {
                let label = t.find(&format!("dialogue-channel-{}", channel.key())).unwrap_or_default();
                entry(channel.key(), label, filter.channel == Some(channel))
            })
            .collect(),
        answers: vec![
            entry("da", t.get("dialogue-filter-answered"), filter.is_answered == Some(true)),
            entry("fehlt", t.get("dialogue-filter-unanswered"), filter.is_answered == Some(false)),
        ],
        passage,
        items: rows.into_iter().map(|listed| Item::new(&words, read.process.id, listed, shown, true)).collect(),
        first: (from > 1).then(|| address(None)),
        next: next.map(|number| address(Some(number))),
        words,
        t,
    };
    MapParts::admit(view.map.as_ref(), page(&view)?)
}

struct Happened {
    day: String,
    what: String,
    reason: Option<String>,
}

#[derive(Template)]
#[template(path = "beteiligung/one.html")]
struct OnePage {
    shell: Shell,
    t: Speaker,
    words: Words,
    title: String,
    process: String,
    process_path: String,
    item: Item,
    wording: Option<String>,
    back: String,
    thread: Vec<Happened>,
    map: Option<MapParts>,
    all_places: String,
}

/// One statement with its passage and its answers; who is not its author only sees it in public. What was taken back keeps its number
/// and says so (410).
///
/// # Errors
/// 404 for no such statement.
pub async fn one(Axum(app): Axum<App>, ctx: Ctx, Path((slug, number)): Path<(String, i64)>) -> Result<Response, AppError> {
    let (id, reader) = (id_of(&slug)?, ctx.actor.person());
    let (read, listed, shown, neighbours) = app
        .read(&ctx, move |tx| {
            let process = frame::public(crate::store::processes::find(tx, id)?)?;
            let listed = lists::find(tx, id, number, reader)?.ok_or(AppError::NotFound)?;
            // What was hidden or taken back says so, and nothing of what it said.
            if !matches!(listed.state, State::Public | State::Hidden | State::Withdrawn) && !listed.is_own {
                return Err(AppError::NotFound);
            }
            let mut versions = versions::list(tx, id)?;
            versions.retain(|version| version.is_public);
            let shown = versions.first().cloned().map(|version| versions::shown(tx, &version)).transpose()?;
            let neighbours = thread::neighbours(tx, crate::store::STATEMENT, listed.id)?;
            let read = Read { now: tx.now()?, process, phases: Vec::new(), versions };
            Ok::<_, AppError>((read, listed, shown, neighbours))
        })
        .await?;
    let (t, words) = (ctx.t, Words::new(&ctx, read.now));
    let title = t.with("dialogue-statement-title", &[("number", number.into())]);
    let unit = listed.unit;
    let wording = shown.as_ref().zip(texts::unit_of(unit)).and_then(|(shown, unit)| Some(shown.text.unit(unit)?.text.clone())).filter(|_| listed.how != "gone");
    let others = neighbours.iter().filter(|other| other.kind != crate::store::PROCESS).map(|other| Happened {
        day: other.happened_at.map(|at| words.day_of(at)).unwrap_or_default(),
        what: other.title.clone(),
        reason: other.summary.clone(),
    });
    let mut shell = frame::shell(&app, &ctx, &read.process, format!("{title}: {}", read.process.title))
        .crumb(read.process.title.clone(), read.process.path())
        .crumb(t.get("dialogue-view-statements"), format!("{}/stellungnahmen", read.process.path()))
        .here(title.clone());
    shell.hidden_from_search = listed.state != State::Public;
    let status = if listed.state == State::Withdrawn && !listed.is_own { StatusCode::GONE } else { StatusCode::OK };
    let item = Item::new(&words, id, listed, shown.as_deref(), true);
    let view = OnePage {
        map: item.place.as_ref().filter(|place| !place.shape.is_empty()).map(|_| MapParts::new(&app, &shell)),
        all_places: format!("{}/stellungnahmen?ansicht=karte", read.process.path()),
        shell,
        title,
        process: read.process.title.clone(),
        process_path: read.process.path(),
        back: format!("{}?absatz={unit}#u{unit}", read.process.path()),
        thread: others.collect(),
        item,
        wording,
        words,
        t,
    };
    let page = MapParts::admit(view.map.as_ref(), page(&view)?)?;
    Ok((status, page).into_response())
}
