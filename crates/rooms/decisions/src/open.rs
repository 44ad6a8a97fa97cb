//! Decisions for other programs: Atom of what was reported, JSON and CSV of all decisions, and what the columns mean.
//!
//! Sources: RFC 4287 (Atom), RFC 4180 (CSV), W3C "Metadata Vocabulary for Tabular Data" (CSVW).

use crate::pages::{Parameters, parameter};
use crate::rules::Status;
use crate::store::decisions::Cursor;
use crate::store::open::{self, OpenDecision};
use crate::store::{path, records};
use crate::table::Table;
use allmende_core::Instant;
use allmende_platform::{App, AppError, Ctx, limits};
use atom_syndication::{Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use axum::extract::{Query, State};
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Entries of the feed.
const ENTRIES_MAX: i64 = 50;
/// Other programs may ask once a minute.
const CACHED: &str = "public, max-age=60";

/// The columns of the table: name, type in XML Schema, what it holds.
const COLUMNS: [(&str, &str, &str, &str); 22] = [
    ("id", "integer", "Nummer des Beschlusses auf dieser Seite", "Number of the decision on this site"),
    ("url", "anyURI", "Dauerhafte Adresse", "Permanent address"),
    ("title", "string", "Titel des Tagesordnungspunktes", "Title of the agenda item"),
    (
        "kind",
        "string",
        "adopted: beschlossen; changed: mit Änderung oder zum Teil; rejected: abgelehnt",
        "adopted, changed (with a change or in part), rejected",
    ),
    ("decided_on", "date", "Tag der Sitzung", "Day of the meeting"),
    ("committee", "string", "Gremium", "Committee"),
    ("papers", "string", "Nummern der Vorlagen, getrennt durch Semikolon", "Numbers of the papers, separated by semicolons"),
    ("result", "string", "Ergebnis im Wortlaut des Gremiums", "Result in the committee's own words"),
    ("resolution", "string", "Wortlaut des Beschlusses", "Text of the decision"),
    ("votes_yes", "integer", "Ja-Stimmen", "Votes for it"),
    ("votes_no", "integer", "Nein-Stimmen", "Votes against it"),
    ("votes_abstained", "integer", "Enthaltungen", "Abstentions"),
    (
        "status",
        "string",
        "Umsetzung: open, in-progress, partly, done, not-feasible, superseded, no-action, not-reported",
        "Implementation: open, in-progress, partly, done, not-feasible, superseded, no-action, not-reported",
    ),
    ("reason", "string", "Begründung", "Reason"),
    ("next_step", "string", "Nächster Schritt", "Next step"),
    ("expected_on", "date", "Erwarteter Abschluss", "Expected completion"),
    ("cost_cents", "integer", "Kosten in Cent", "Cost in euro cents"),
    ("department", "string", "Zuständiges Amt", "Responsible department"),
    ("contact", "string", "Auskunft gibt", "Whom to ask"),
    ("superseded_by", "anyURI", "Adresse des Beschlusses, der an die Stelle trat", "Address of the decision that took its place"),
    ("reported_at", "dateTime", "Letzte Meldung des Amtes", "Last report of the department"),
    ("changed_at", "dateTime", "Letzte Änderung des Eintrags", "Last change of the entry"),
];

fn open_headers(media_type: &'static str) -> [(axum::http::HeaderName, &'static str); 3] {
    [(CONTENT_TYPE, media_type), (ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (CACHE_CONTROL, CACHED)]
}

/// `/beschluesse.csv`: all public decisions.
///
/// # Errors
/// What the database reports.
pub async fn csv(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let asked = ctx.clone();
    let table = app
        .read(&ctx, move |tx| {
            let mut table = Table::new(&COLUMNS.map(|(name, ..)| name));
            open::each(tx, |decision| {
                table.row(&cells(&asked, decision).iter().map(String::as_str).collect::<Vec<_>>());
                Ok(())
            })?;
            Ok::<_, AppError>(table)
        })
        .await?;
    Ok(table.answer())
}

fn cells(ctx: &Ctx, decision: &OpenDecision) -> [String; 22] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let moment = |at: Option<Instant>| at.map(|at| at.timestamp().to_string()).unwrap_or_default();
    let votes = decision.votes;
    [
        decision.id.to_string(),
        url(ctx, decision.id, &decision.title),
        decision.title.clone(),
        decision.kind.key().to_owned(),
        day(ctx, decision.decided_at).unwrap_or_default(),
        text(&decision.committee),
        text(&decision.papers),
        text(&decision.result),
        text(&decision.resolution),
        number(votes.map(|votes| votes.yes)),
        number(votes.map(|votes| votes.no)),
        number(votes.map(|votes| votes.abstained)),
        decision.status.key().to_owned(),
        text(&decision.reason),
        text(&decision.next_step),
        decision.expected_on.map(|day| day.to_string()).unwrap_or_default(),
        number(decision.cost_cents),
        text(&decision.department),
        text(&decision.contact),
        decision.superseded_by.map(|id| url(ctx, id, "")).unwrap_or_default(),
        moment(decision.reported_at),
        moment(Some(decision.changed_at)),
    ]
}

fn url(ctx: &Ctx, id: i64, title: &str) -> String {
    format!("{}{}", ctx.site.base_url, path(id, title))
}

fn day(ctx: &Ctx, at: Option<Instant>) -> Option<String> {
    at.map(|at| at.at(&ctx.site.zone).date().to_string())
}

/// `/beschluesse.csv-metadata.json`: what the columns of the table mean, for programs and for a catalogue of open data.
///
/// # Errors
/// None.
pub async fn csv_metadata(ctx: Ctx) -> Result<Response, AppError> {
    let columns: Vec<Value> = COLUMNS
        .iter()
        .map(|(name, datatype, german, english)| {
            json!({
                "name": name, "titles": name, "datatype": datatype, "required": matches!(*name, "id" | "url" | "title" | "kind" | "status" | "changed_at"),
                "dc:description": [{ "@value": german, "@language": "de" }, { "@value": english, "@language": "en" }],
            })
        })
        .collect();
    let body = json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "de" }],
        "url": format!("{}/beschluesse.csv", ctx.site.base_url),
        "dc:title": [{ "@value": "Beschlüsse und ihre Umsetzung", "@language": "de" }, { "@value": "Decisions and what became of them", "@language": "en" }],
        "dc:publisher": ctx.site.name,
        "dc:format": "text/csv",
        "dialect": { "encoding": "utf-8", "delimiter": ",", "header": true, "lineTerminators": ["\r\n"] },
        "tableSchema": { "columns": columns, "primaryKey": "id", "aboutUrl": format!("{}/beschluesse/{{id}}", ctx.site.base_url) },
    });
    Ok((open_headers("application/csvm+json"), body.to_string()).into_response())
}

/// `/beschluesse.json`: decisions, newest first, page by page; `next` leads on.
///
/// # Errors
/// What the database reports.
pub async fn json(State(app): State<App>, ctx: Ctx, Query(query): Parameters) -> Result<Response, AppError> {
    let number = |name: &str| parameter(&query, name).and_then(|value| value.parse::<i64>().ok());
    let limit = number("limit").unwrap_or(limits::INTERFACE_ROWS).clamp(1, limits::INTERFACE_ROWS_MAX);
    let from = parameter(&query, "ab").and_then(|text| text.split_once('_')).and_then(|(at, id)| Some(Cursor { at: at.parse().ok()?, id: id.parse().ok()? }));
    let mut rows = app.read(&ctx, move |tx| Ok::<_, AppError>(open::list(tx, from.unwrap_or(Cursor::START), limit + 1)?)).await?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = rows.len() > shown;
    rows.truncate(shown);
    let last = rows.last().filter(|_| has_more);
    let next = last.map(|row| format!("{}/beschluesse.json?limit={limit}&ab={}_{}", ctx.site.base_url, row.sort_at, row.id));
    let body = json!({ "decisions": rows.iter().map(|row| object(&ctx, row)).collect::<Vec<_>>(), "next": next });
    Ok((open_headers("application/json; charset=utf-8"), body.to_string()).into_response())
}

fn object(ctx: &Ctx, row: &OpenDecision) -> Value {
    let papers: Vec<&str> = row.papers.as_deref().map(|papers| papers.split("; ").collect()).unwrap_or_default();
    json!({
        "id": row.id,
        "url": url(ctx, row.id, &row.title),
        "agendaItem": format!("{}/oparl/v1.1/agenda-item/{}", ctx.site.base_url, row.agenda_item),
        "title": row.title,
        "kind": row.kind.key(),
        "decidedOn": day(ctx, row.decided_at),
        "committee": row.committee,
        "papers": papers,
        "result": row.result,
        "resolution": row.resolution,
        "votes": row.votes.map(|votes| json!({ "yes": votes.yes, "no": votes.no, "abstained": votes.abstained })),
        "status": row.status.key(),
        "reason": row.reason,
        "nextStep": row.next_step,
        "expectedOn": row.expected_on.map(|day| day.to_string()),
        "costCents": row.cost_cents,
        "department": row.department,
        "contact": row.contact,
        "supersededBy": row.superseded_by.map(|id| url(ctx, id, "")),
        "reportedAt": row.reported_at.map(|at| at.timestamp().to_string()),
        "changedAt": row.changed_at.timestamp().to_string(),
    })
}

/// `/beschluesse.atom`: what departments reported, newest first.
///
/// # Errors
/// What the database reports.
pub async fn atom(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let news = app.read(&ctx, |tx| Ok::<_, AppError>(records::list_latest(tx, ENTRIES_MAX)?)).await?;
    let base = &ctx.site.base_url;
    let entries: Vec<Entry> = news
        .iter()
        .map(|news| {
            let about = [news.reason.as_deref(), news.next_step.as_deref(), news.department.as_deref()];
            Entry {
                title: Text::plain(format!("{}: {}", status_word(&ctx, news.status), news.title)),
                // The address of a page follows its title; this one stays for ever.
                id: format!("{base}/beschluesse/{}#meldung-{}", news.id, news.record),
                updated: date(news.recorded_at),
                published: Some(date(news.recorded_at)),
                links: vec![link(format!("{base}{}", path(news.id, &news.title)), "alternate", "text/html")],
                summary: Some(about.into_iter().flatten().collect::<Vec<_>>().join(" – ")).filter(|text| !text.is_empty()).map(Text::plain),
                ..Entry::default()
            }
        })
        .collect();
    let own = format!("{base}/beschluesse.atom");
    let feed = Feed {
        title: Text::plain(format!("{} – {}", ctx.t.get("decision-feed"), ctx.site.name)),
        id: own.clone(),
        updated: date(news.first().map_or(ctx.site.changed_at, |news| news.recorded_at)),
        authors: vec![Person { name: ctx.site.name.clone(), ..Person::default() }],
        generator: Some(Generator { value: "Allmende".to_owned(), ..Generator::default() }),
        links: vec![link(own, "self", "application/atom+xml"), link(format!("{base}/beschluesse"), "alternate", "text/html")],
        entries,
        ..Feed::default()
    };
    Ok((open_headers("application/atom+xml; charset=utf-8"), feed.to_string()).into_response())
}

fn status_word(ctx: &Ctx, status: Status) -> &'static str {
    ctx.t.find(&format!("state-decision-{}", status.key())).unwrap_or(status.key())
}

fn link(href: String, rel: &str, media_type: &str) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: Some(media_type.to_owned()), ..Link::default() }
}

fn date(at: Instant) -> FixedDateTime {
    // Both crates write RFC 3339; a moment that jiff knows is one that the other reads.
    at.timestamp().to_string().parse().unwrap_or_default()
}
