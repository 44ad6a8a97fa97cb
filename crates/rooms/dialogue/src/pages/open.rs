//! Processes and statements for other programs: JSON, Atom, iCalendar, CSV. Public structs only; nobody of the house stands in them.
//!
//! Sources: RFC 4287 (Atom), RFC 5545 (iCalendar), RFC 4180 (CSV).

use super::frame;
use super::id_of;
use crate::place::Place;
use crate::store::lists::{self, Filter, Listed};
use crate::store::open::{self, PublicProcess};
use crate::store::processes::{self, Process};
use crate::store::{path, statement_path, versions};
use crate::texts;
use allmende_core::Instant;
use allmende_platform::search::Point;
use allmende_platform::{App, AppError, Ctx};
use atom_syndication::{Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use axum::extract::{Path, State};
use axum::http::HeaderName;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use icalendar::{Calendar, Component, Event, Property};
use serde_json::{Value, json};

/// Entries of the feed.
const ENTRIES_MAX: i64 = 50;
/// Processes of the list for programs.
const PROCESSES_MAX: i64 = 500;
/// Calendars look back a year.
const LOOK_BACK_SECONDS: i64 = 366 * 86_400;
/// Other programs may ask once a minute.
const CACHED: &str = "public, max-age=60";
/// Who wrote the calendar. Source: RFC 5545, 3.7.3.
const PRODUCT: &str = "-//Allmende//Beteiligung//DE";
const END: &str = "END:VCALENDAR\r\n";
/// A calendar must have something in it (RFC 5545, 3.6); one without phases has the zone of its moments.
const ZONE: &str = "BEGIN:VTIMEZONE\r\nTZID:Etc/UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

pub(super) fn open_headers(media_type: &'static str) -> [(HeaderName, &'static str); 3] {
    [(CONTENT_TYPE, media_type), (ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (CACHE_CONTROL, CACHED)]
}

fn moment(at: Option<Instant>) -> Option<String> {
    at.map(|at| at.timestamp().to_string())
}

/// `/beteiligung.json`: all public processes, those that run or come first.
///
/// # Errors
/// What the database reports.
pub async fn json(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let rows: Vec<Process> = app
        .read(&ctx, |tx| {
            let now = tx.now()?;
            let mut rows = processes::list_current(tx, now, PROCESSES_MAX)?;
            rows.extend(processes::list_ended(tx, now, None, PROCESSES_MAX)?);
            Ok::<_, AppError>(rows)
        })
        .await?;
    let processes: Vec<Value> = rows.iter().map(|process| object(&ctx, &PublicProcess::from(process))).collect();
    Ok((open_headers("application/json; charset=utf-8"), json!({ "processes": processes }).to_string()).into_response())
}

fn object(ctx: &Ctx, process: &PublicProcess) -> Value {
    let url = format!("{}{}", ctx.site.base_url, path(process.id, &process.title));
    json!({
        "id": process.id,
        "url": url,
        "title": process.title,
        "lead": process.lead,
        "open": process.open_text,
        "fixed": process.fixed_text,
        "decides": process.decides,
        "decidesOn": process.decides_on,
        "audience": process.audience,
        "begins": moment(process.begins_at),
        "ends": moment(process.ends_at),
        "statements": process.statements,
        "answered": process.answered,
        "ideas": process.ideas,
        "comments": process.comments,
        "statementsUrl": format!("{url}/stellungnahmen.json"),
        "published": moment(process.published_at),
        "changed": process.changed_at.timestamp().to_string(),
    })
}

/// `/beteiligung.atom`: what happened in public processes, newest first.
///
/// # Errors
/// What the database reports.
pub async fn atom(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let news = app.read(&ctx, |tx| Ok::<_, AppError>(open::list_news(tx, ENTRIES_MAX)?)).await?;
    let base = &ctx.site.base_url;
    let entries: Vec<Entry> = news
        .iter()
        .map(|news| Entry {
            title: Text::plain(format!("{}: {}", ctx.t.find(&format!("event-{}", news.happening)).unwrap_or(ctx.t.get("event-process-changed")), news.title)),
            id: format!("{base}/beteiligung/{}#ereignis-{}", news.process, news.id),
            updated: date(news.happened_at),
            published: Some(date(news.happened_at)),
            links: vec![link(format!("{base}{}", path(news.process, &news.title)), "alternate", "text/html")],
            summary: news.reason.clone().map(Text::plain),
            ..Entry::default()
        })
        .collect();
    let own = format!("{base}/beteiligung.atom");
    let feed = Feed {
        title: Text::plain(format!("{} – {}", ctx.t.get("dialogue-feed"), ctx.site.name)),
        id: own.clone(),
        updated: date(news.first().map_or(ctx.site.changed_at, |news| news.happened_at)),
        authors: vec![Person { name: ctx.site.name.clone(), ..Person::default() }],
        generator: Some(Generator { value: "Allmende".to_owned(), ..Generator::default() }),
        links: vec![link(own, "self", "application/atom+xml"), link(format!("{base}/beteiligung"), "alternate", "text/html")],
        entries,
        ..Feed::default()
    };
    Ok((open_headers("application/atom+xml; charset=utf-8"), feed.to_string()).into_response())
}

fn link(href: String, rel: &str, media_type: &str) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: Some(media_type.to_owned()), ..Link::default() }
}

fn date(at: Instant) -> FixedDateTime {
    // Both crates write RFC 3339; a moment that jiff knows is one that the other reads.
    at.timestamp().to_string().parse().unwrap_or_default()
}

/// `/beteiligung.ics`: the phases of public processes as periods of whole days.
///
/// # Errors
/// What the database reports.
pub async fn calendar(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let phases = app
        .read(&ctx, |tx| {
            let since = tx.now()?.plus_seconds(-LOOK_BACK_SECONDS);
            Ok::<_, AppError>(open::list_phases(tx, since)?)
        })
        .await?;
    let mut calendar = Calendar::empty();
    for (key, value) in [("VERSION", "2.0"), ("PRODID", PRODUCT), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property(Property::new(key, value));
    }
    let name = format!("{} – {}", ctx.t.get("nav-dialogue"), ctx.site.name);
    // The library escapes texts by the name of their property and does not know that NAME (RFC 7986) is one.
    let escaped = name.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    calendar.append_property(Property::new("NAME", escaped)).append_property(Property::new("X-WR-CALNAME", name));
    let host = allmende_platform::sites::host_of(&ctx.site.base_url).unwrap_or("localhost");
    let day = |at: Instant| at.at(&ctx.site.zone).strftime("%Y%m%d").to_string();
    for phase in &phases {
        let mut event = Event::new();
        event.uid(&format!("phase-{}@{host}", phase.id));
        event.summary(&format!("{}: {}", phase.process_title, phase.title));
        if !phase.note.is_empty() {
            event.description(&phase.note);
        }
        event.url(&format!("{}{}", ctx.site.base_url, path(phase.process, &phase.process_title)));
        event.add_property("DTSTAMP", phase.changed_at.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string());
        let value = |name: &str, text: String| Property::new(name, text).add_parameter("VALUE", "DATE").done();
        event.append_property(value("DTSTART", day(phase.starts_at)));
        event.append_property(value("DTEND", day(phase.ends_at)));
        calendar.push(event.done());
    }
    let text = calendar.done().to_string();
    let text = if phases.is_empty() { text.replacen(END, &format!("{ZONE}{END}"), 1) } else { text };
    Ok((open_headers("text/calendar; charset=utf-8"), text).into_response())
}

/// The columns of the table of statements.
const COLUMNS: [&str; 18] = [
    "number",
    "url",
    "author",
    "channel",
    "submitted_on",
    "version",
    "passage",
    "quote",
    "anchor",
    "text",
    "suggestion",
    "place",
    "latitude",
    "longitude",
    "geometry",
    "supports",
    "answer_code",
    "answer_reason",
];

/// `/beteiligung/{slug}/stellungnahmen.csv`: one line for each answer, and one for each statement without.
///
/// # Errors
/// 404 for what is no public process, 410 for what was one.
pub async fn statements_csv(State(app): State<App>, ctx: Ctx, Path(slug): Path<String>) -> Result<Response, AppError> {
    let id = id_of(&slug)?;
    let asked = ctx.clone();
    let table = app
        .read(&ctx, move |tx| {
            frame::public(processes::find(tx, id)?)?;
            let shown = newest(tx, id)?;
            let mut table = Table::new(&COLUMNS);
            lists::each(tx, id, &Filter::default(), |listed| rows(&asked, id, listed, shown.as_deref(), &mut table))?;
            Ok::<_, AppError>(table)
        })
        .await?;
    Ok((open_headers("text/csv; charset=utf-8; header=present"), table.text).into_response())
}

fn newest(tx: &mut allmende_db::Tx<'_>, process: i64) -> Result<Option<std::sync::Arc<texts::Shown>>, AppError> {
    let version = versions::list(tx, process)?.into_iter().find(|version| version.is_public);
    version.map(|version| versions::shown(tx, &version)).transpose()
}

fn rows(ctx: &Ctx, process: i64, listed: &Listed, shown: Option<&texts::Shown>, table: &mut Table) {
    let passage = shown.zip(texts::unit_of(listed.unit)).map(|(shown, unit)| texts::name(&shown.text, unit)).unwrap_or_default();
    let quote = listed.anchor.as_ref().map(|anchor| anchor.quote.as_str()).unwrap_or_default();
    let answers: Vec<(String, &str)> = match listed.answers.as_slice() {
        [] => vec![(String::new(), "")],
        answers => answers.iter().map(|answer| (answer.code.to_string(), answer.reason.as_str())).collect(),
    };
    let place = listed.place.as_deref().and_then(Place::parse).unwrap_or_default();
    let pin = place.pin();
    let degrees = |of: fn(Point) -> f64| pin.map(|point| format!("{:.6}", of(point))).unwrap_or_default();
    for (code, reason) in answers {
        table.row(&[
            &listed.number.to_string(),
            &format!("{}{}", ctx.site.base_url, statement_path(process, listed.number)),
            &listed.author,
            listed.channel.key(),
            &listed.submitted_at.at(&ctx.site.zone).date().to_string(),
            &listed.version.to_string(),
            &passage,
            quote,
            &listed.how,
            &listed.text,
            listed.suggestion.as_deref().unwrap_or_default(),
            &place.plain(),
            &degrees(|point| point.latitude),
            &degrees(|point| point.longitude),
            &place.drawn.as_ref().map(|drawn| drawn.json().to_string()).unwrap_or_default(),
            &listed.supports.to_string(),
            &code,
            reason,
        ]);
    }
}

/// `/beteiligung/{slug}/stellungnahmen.json`: all public statements with their answers.
///
/// # Errors
/// 404 for what is no public process, 410 for what was one.
pub async fn statements_json(State(app): State<App>, ctx: Ctx, Path(slug): Path<String>) -> Result<Response, AppError> {
    let id = id_of(&slug)?;
    let asked = ctx.clone();
    let (process, statements) = app
        .read(&ctx, move |tx| {
            let process = frame::public(processes::find(tx, id)?)?;
            let mut out = Vec::new();
            lists::each(tx, id, &Filter::default(), |listed| out.push(statement(&asked, id, listed)))?;
            Ok::<_, AppError>((process, out))
        })
        .await?;
    let body = json!({ "process": object(&ctx, &PublicProcess::from(&process)), "statements": statements });
    Ok((open_headers("application/json; charset=utf-8"), body.to_string()).into_response())
}

fn statement(ctx: &Ctx, process: i64, listed: &Listed) -> Value {
    let answers: Vec<Value> = listed
        .answers
        .iter()
        .map(|answer| json!({ "point": answer.point, "code": answer.code, "reason": answer.reason, "department": answer.department, "published": moment(answer.published_at) }))
        .collect();
    json!({
        "number": listed.number,
        "url": format!("{}{}", ctx.site.base_url, statement_path(process, listed.number)),
        "author": listed.author,
        "channel": listed.channel.key(),
        "submitted": listed.submitted_at.timestamp().to_string(),
        "version": listed.version,
        "unit": listed.unit,
        "quote": listed.anchor.as_ref().map(|anchor| &anchor.quote),
        "anchor": listed.how,
        "text": listed.text,
        "suggestion": listed.suggestion,
        "place": listed.place.as_deref().and_then(|place| serde_json::from_str::<Value>(place).ok()),
        "supports": listed.supports,
        "answerBy": listed.answer_by.map(|day| day.to_string()),
        "answers": answers,
    })
}

/// A table as CSV: commas, quotes where needed, lines that end with CRLF. What a spreadsheet would take for a formula begins with an
/// apostrophe there.
pub(crate) struct Table {
    pub text: String,
}

impl Table {
    pub fn new(head: &[&str]) -> Self {
        let mut table = Self { text: String::new() };
        table.row(head);
        table
    }

    pub fn row(&mut self, cells: &[&str]) {
        for (position, cell) in cells.iter().enumerate() {
            if position > 0 {
                self.text.push(',');
            }
            let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
            let mark = if is_formula { "'" } else { "" };
            if is_formula || cell.contains([',', '"', '\n', '\r']) {
                self.text.push_str(&format!("\"{mark}{}\"", cell.replace('"', "\"\"")));
            } else {
                self.text.push_str(cell);
            }
        }
        self.text.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn a_cell_is_quoted_where_it_must_be() {
        let mut table = Table::new(&["a", "b"]);
        table.row(&["x, \"y\"", "=1+1"]);
        assert_eq!(table.text, "a,b\r\n\"x, \"\"y\"\"\",\"'=1+1\"\r\n");
    }
}
