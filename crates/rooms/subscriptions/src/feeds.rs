//! Private feeds by a secret link: the news of one subscription as Atom (RFC 4287), and what has a date as iCalendar (RFC 5545).
//!
//! The calendar of a committee, a search or a place holds the meetings that the search finds for it; that of a paper or a thread
//! everything with a date that it leads to.

use crate::rules::Target;
use crate::store::subscriptions::Listed;
use crate::store::{news, subscriptions, thread};
use crate::{address, digest, pages};
use allmende_core::Instant;
use allmende_platform::search::{Query, Sort};
use allmende_platform::{App, AppError, Ctx, sites};
use atom_syndication::{Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName};
use axum::response::{IntoResponse, Response};
use icalendar::{Calendar, Component, Event};

/// The reader's program may ask again after five minutes; nobody between keeps it.
const CACHED: &str = "private, max-age=300";
/// No search engine lists a private feed that somebody passed on.
const ROBOTS: (HeaderName, &str) = (HeaderName::from_static("x-robots-tag"), "noindex");
/// Calendars look back three months.
const LOOK_BACK_SECONDS: i64 = 92 * 86_400;
/// Something without a known end takes two hours in a diary.
const USUAL_SECONDS: i64 = 2 * 3_600;
/// Dates of one calendar that the search gives.
const DATES_MAX: usize = 100;

/// The news of a subscription.
pub(crate) async fn atom(State(app): State<App>, ctx: Ctx, Path(secret): Path<String>) -> Result<Response, AppError> {
    let (listed, items) = app
        .read(&ctx, move |tx| {
            let listed = subscriptions::find_by_feed(tx, &secret)?.ok_or(AppError::NotFound)?;
            let items = news::list_of(tx, listed.id)?;
            Ok::<_, AppError>((listed, items))
        })
        .await?;
    let base = &ctx.site.base_url;
    let own = format!("{base}{}", ctx.path);
    let feed = Feed {
        title: Text::plain(format!("{} – {}", pages::reason(ctx.t, &listed.target, &listed.name), ctx.site.name)),
        // The secret stays out of what programs show: the number of the subscription is enough to tell feeds apart.
        id: format!("{base}/abos#{}", listed.id),
        updated: date(items.first().map_or(ctx.site.changed_at, |item| item.happened_at)),
        authors: vec![Person { name: ctx.site.name.clone(), ..Person::default() }],
        generator: Some(Generator { value: "Allmende".to_owned(), ..Generator::default() }),
        links: vec![link(own, "self", "application/atom+xml")],
        lang: Some("de".to_owned()),
        entries: items.iter().filter_map(|item| entry(&ctx, item)).collect(),
        ..Feed::default()
    };
    Ok(([(CONTENT_TYPE, "application/atom+xml; charset=utf-8"), (CACHE_CONTROL, CACHED), ROBOTS], feed.to_string()).into_response())
}

fn entry(ctx: &Ctx, item: &news::Item) -> Option<Entry> {
    let base = &ctx.site.base_url;
    let part_of = item.part_of.as_ref().map(|(title, _)| format!("{} {title}", ctx.t.get("abo-mail-part-of")));
    let about: Vec<String> = [Some(digest::happening(ctx.t, item)), part_of, item.words.clone()].into_iter().flatten().collect();
    Some(Entry {
        title: Text::plain(digest::title_of(ctx.t, item)?),
        id: format!("{base}/abos#neues-{}", item.id),
        updated: date(item.happened_at),
        links: if item.path.is_empty() { Vec::new() } else { vec![link(format!("{base}{}", item.path), "alternate", "text/html")] },
        summary: Some(Text::plain(about.join(". "))),
        ..Entry::default()
    })
}

fn link(href: String, rel: &str, media_type: &str) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: Some(media_type.to_owned()), ..Link::default() }
}

fn date(at: Instant) -> FixedDateTime {
    // Both crates write RFC 3339; a moment that jiff knows is one that the other reads.
    at.timestamp().to_string().parse().unwrap_or_default()
}

/// Something with a date.
struct Date {
    uid: String,
    title: String,
    path: String,
    at: Instant,
}

/// The dates of a subscription.
pub(crate) async fn calendar(State(app): State<App>, ctx: Ctx, Path(secret): Path<String>) -> Result<Response, AppError> {
    let (listed, name, below, now) = app
        .read(&ctx, move |tx| {
            let listed = subscriptions::find_by_feed(tx, &secret)?.ok_or(AppError::NotFound)?;
            let now = tx.now()?;
            let node = match listed.target.node() {
                Some((kind, id)) => thread::find_public(tx, kind, id)?,
                None => None,
            };
            let below = match (&listed.target, &node) {
                (Target::Paper(_) | Target::Thread { .. }, Some(node)) => thread::dated_below(tx, node.node, now.plus_seconds(-LOOK_BACK_SECONDS))?,
                _ => Vec::new(),
            };
            Ok::<_, AppError>((listed, node.map(|node| node.title), below, now))
        })
        .await?;
    let mut dates: Vec<Date> = below
        .into_iter()
        .map(|dated| Date { uid: format!("{}-{}", dated.kind, dated.object_id), title: dated.title, path: dated.path, at: dated.at })
        .collect();
    dates.extend(found(&app, &ctx, &listed, name, now)?);
    let mut calendar = Calendar::new();
    calendar.name(&format!("{} – {}", pages::reason(ctx.t, &listed.target, &listed.name), ctx.site.name));
    for date in &dates {
        calendar.push(event(&ctx, date, now));
    }
    Ok(([(CONTENT_TYPE, "text/calendar; charset=utf-8"), (CACHE_CONTROL, CACHED), ROBOTS], calendar.done().to_string()).into_response())
}

/// The meetings that the search finds for a committee, a search or a place.
fn found(app: &App, ctx: &Ctx, listed: &Listed, name: Option<String>, now: Instant) -> Result<Vec<Date>, AppError> {
    let query = match (&listed.target, name) {
        (Target::Committee(_), Some(name)) => Query { committees: vec![name], ..Query::default() },
        (Target::Search(text), _) => address::query(text, &ctx.site.zone),
        (Target::Place(near), _) => Query { near: Some(*near), ..Query::default() },
        _ => return Ok(Vec::new()),
    };
    let since = now.plus_seconds(-LOOK_BACK_SECONDS);
    let from = Some(query.from.map_or(since, |from| from.max(since)));
    let query = Query { kinds: vec!["meeting".to_owned()], from, sort: Sort::Newest, limit: DATES_MAX, ..query };
    let found = app.parts.ports.search.find(&[ctx.site.id], &query).map_err(anyhow::Error::from)?;
    let text = |pieces: &[(String, bool)]| pieces.iter().map(|(piece, _)| piece.as_str()).collect::<String>();
    let date = |hit: allmende_platform::search::Hit| {
        Some(Date { uid: format!("{}-{}", hit.kind, hit.object_id), title: text(&hit.title.pieces), path: hit.path, at: hit.happened_at? })
    };
    Ok(found.hits.into_iter().filter_map(date).collect())
}

fn event(ctx: &Ctx, date: &Date, now: Instant) -> Event {
    let host = sites::host_of(&ctx.site.base_url).unwrap_or("allmende");
    let mut event = Event::new();
    event
        .uid(&format!("{}@{host}", date.uid))
        .summary(&date.title)
        .add_property("DTSTAMP", utc(now))
        .add_property("DTSTART", utc(date.at))
        .add_property("DTEND", utc(date.at.plus_seconds(USUAL_SECONDS)));
    if !date.path.is_empty() {
        event.url(&format!("{}{}", ctx.site.base_url, date.path));
    }
    event.done()
}

/// `20260609T170000Z`
fn utc(at: Instant) -> String {
    at.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string()
}
