//! Undertakings for other programs: Atom of what happened, JSON, CSV and GeoJSON of all public ones, and what the columns mean.
//!
//! Sources: RFC 4287 (Atom), RFC 4180 (CSV), W3C "Metadata Vocabulary for Tabular Data" (CSVW), RFC 7946 (GeoJSON).

use crate::geometry::Geometry;
use crate::pages::{Parameters, parameter};
use crate::rules::State as Standing;
use crate::store::open::{self, PublicUndertaking};
use crate::store::path;
use allmende_core::Instant;
use allmende_platform::table::Table;
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
const COLUMNS: [(&str, &str, &str, &str); 19] = [
    ("id", "integer", "Nummer des Vorhabens auf dieser Seite", "Number of the undertaking on this site"),
    ("url", "anyURI", "Dauerhafte Adresse", "Permanent address"),
    ("title", "string", "Titel", "Title"),
    ("summary", "string", "Stand heute in einem Satz", "Where it stands, in a sentence"),
    ("aim", "string", "Ziel", "Aim"),
    (
        "state",
        "string",
        "Stand: planned, prepared, participation, decided, carried-out, finished, given-up",
        "State: planned, prepared, participation, decided, carried-out, finished, given-up",
    ),
    ("state_reason", "string", "Begründung des Standes", "Reason of the state"),
    ("next_step", "string", "Nächster Schritt", "Next step"),
    ("cost_planned_cents", "integer", "Geplante Kosten in Cent", "Planned cost in euro cents"),
    ("cost_actual_cents", "integer", "Bisher ausgegeben, in Cent", "Spent so far, in euro cents"),
    ("cost_note", "string", "Hinweis zu den Kosten", "Note on the cost"),
    ("place", "string", "Straße oder Ort in Worten", "Street or place in words"),
    ("district", "string", "Ortsteil", "District"),
    ("longitude", "decimal", "Längengrad der Markierung (WGS 84)", "Longitude of the pin (WGS 84)"),
    ("latitude", "decimal", "Breitengrad der Markierung (WGS 84)", "Latitude of the pin (WGS 84)"),
    ("department", "string", "Zuständiges Amt", "Responsible department"),
    ("takes_part", "boolean", "Ob Mitmachen möglich ist", "Whether residents can take part"),
    ("part", "string", "Wie man mitmacht, oder warum nicht", "How to take part, or why not"),
    ("changed_at", "dateTime", "Letzte Änderung des Eintrags", "Last change of the entry"),
];

fn open_headers(media_type: &'static str) -> [(axum::http::HeaderName, &'static str); 3] {
    [(CONTENT_TYPE, media_type), (ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (CACHE_CONTROL, CACHED)]
}

fn url(ctx: &Ctx, row: &PublicUndertaking) -> String {
    format!("{}{}", ctx.site.base_url, path(row.id, &row.title))
}

/// `/vorhaben.csv`: all public undertakings.
///
/// # Errors
/// What the database reports.
pub async fn csv(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let asked = ctx.clone();
    let table = app
        .read(&ctx, move |tx| {
            let mut table = Table::new(&COLUMNS.map(|(name, ..)| name));
            open::each(tx, |row| {
                table.row(&cells(&asked, row).iter().map(String::as_str).collect::<Vec<_>>());
                Ok(())
            })?;
            Ok::<_, AppError>(table)
        })
        .await?;
    Ok(table.answer())
}

fn cells(ctx: &Ctx, row: &PublicUndertaking) -> [String; 19] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let pin = row.geometry.as_ref().map(Geometry::pin);
    [
        row.id.to_string(),
        url(ctx, row),
        row.title.clone(),
        row.summary.clone(),
        row.aim.clone(),
        row.state.key().to_owned(),
        text(&row.state_reason),
        text(&row.next_step),
        number(row.cost_planned_cents),
        number(row.cost_actual_cents),
        text(&row.cost_note),
        text(&row.place),
        text(&row.district),
        pin.map(|pin| pin.longitude.to_string()).unwrap_or_default(),
        pin.map(|pin| pin.latitude.to_string()).unwrap_or_default(),
        text(&row.department),
        row.takes_part.to_string(),
        row.part.clone(),
        row.changed_at.timestamp().to_string(),
    ]
}

/// `/vorhaben.csv-metadata.json`: what the columns of the table mean, for programs and for a catalogue of open data.
///
/// # Errors
/// None.
pub async fn csv_metadata(ctx: Ctx) -> Result<Response, AppError> {
    let required = ["id", "url", "title", "state", "takes_part", "changed_at"];
    let column = |(name, datatype, german, english): &(&str, &str, &str, &str)| {
        json!({
            "name": name, "titles": name, "datatype": datatype, "required": required.contains(name),
            "dc:description": [{ "@value": german, "@language": "de" }, { "@value": english, "@language": "en" }],
        })
    };
    let body = json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "de" }],
        "url": format!("{}/vorhaben.csv", ctx.site.base_url),
        "dc:title": [{ "@value": "Vorhaben", "@language": "de" }, { "@value": "Undertakings", "@language": "en" }],
        "dc:publisher": ctx.site.name,
        "dc:format": "text/csv",
        "dialect": { "encoding": "utf-8", "delimiter": ",", "header": true, "lineTerminators": ["\r\n"] },
        "tableSchema": { "columns": COLUMNS.iter().map(column).collect::<Vec<Value>>(), "primaryKey": "id", "aboutUrl": format!("{}/vorhaben/{{id}}", ctx.site.base_url) },
    });
    Ok((open_headers("application/csvm+json"), body.to_string()).into_response())
}

/// `/vorhaben.json`: undertakings, the newest change first, page by page; `next` leads on.
///
/// # Errors
/// What the database reports.
pub async fn json(State(app): State<App>, ctx: Ctx, Query(query): Parameters) -> Result<Response, AppError> {
    let number = |name: &str| parameter(&query, name).and_then(|value| value.parse::<i64>().ok());
    let limit = number("limit").unwrap_or(limits::INTERFACE_ROWS).clamp(1, limits::INTERFACE_ROWS_MAX);
    let from = parameter(&query, "ab").and_then(|text| text.split_once('_')).and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)));
    let mut rows = app.read(&ctx, move |tx| Ok::<_, AppError>(open::list(tx, from.unwrap_or((i64::MAX, i64::MAX)), limit + 1)?)).await?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = rows.len() > shown;
    rows.truncate(shown);
    let last = rows.last().filter(|_| has_more);
    let next = last.map(|row| format!("{}/vorhaben.json?limit={limit}&ab={}_{}", ctx.site.base_url, row.changed_at.millis(), row.id));
    let body = json!({ "undertakings": rows.iter().map(|row| object(&ctx, row)).collect::<Vec<_>>(), "next": next });
    Ok((open_headers("application/json; charset=utf-8"), body.to_string()).into_response())
}

fn object(ctx: &Ctx, row: &PublicUndertaking) -> Value {
    json!({
        "id": row.id,
        "url": url(ctx, row),
        "title": row.title,
        "summary": row.summary,
        "aim": row.aim,
        "state": row.state.key(),
        "stateReason": row.state_reason,
        "nextStep": row.next_step,
        "costPlannedCents": row.cost_planned_cents,
        "costActualCents": row.cost_actual_cents,
        "costNote": row.cost_note,
        "place": row.place,
        "district": row.district,
        "geometry": row.geometry.as_ref().map(Geometry::json),
        "department": row.department,
        "contact": row.contact,
        "takesPart": row.takes_part,
        "part": row.part,
        "publishedAt": row.published_at.map(|at| at.timestamp().to_string()),
        "changedAt": row.changed_at.timestamp().to_string(),
    })
}

/// `/vorhaben.geojson`: all public undertakings that lie somewhere; the map draws their lines and areas from it.
///
/// # Errors
/// What the database reports.
pub async fn geojson(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let asked = ctx.clone();
    let features = app
        .read(&ctx, move |tx| {
            let mut features = Vec::new();
            open::each(tx, |row| {
                features.extend(row.geometry.as_ref().map(|geometry| {
                    json!({
                        "type": "Feature", "id": row.id, "geometry": geometry.json(),
                        "properties": { "title": row.title, "state": row.state.key(), "district": row.district, "takesPart": row.takes_part, "web": url(&asked, row) },
                    })
                }));
                Ok(())
            })?;
            Ok::<_, AppError>(features)
        })
        .await?;
    Ok((open_headers("application/geo+json; charset=utf-8"), json!({ "type": "FeatureCollection", "features": features }).to_string()).into_response())
}

/// `/vorhaben.atom`: what happened, the newest first.
///
/// # Errors
/// What the database reports.
pub async fn atom(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let news = app.read(&ctx, |tx| Ok::<_, AppError>(open::list_latest(tx, ENTRIES_MAX)?)).await?;
    let base = &ctx.site.base_url;
    let entry = |news: &open::Happened| Entry {
        title: Text::plain(format!("{}: {}", word(&ctx, news.state), news.title)),
        // The address of a page follows its title; this one stays for ever.
        id: format!("{base}/vorhaben/{}#schritt-{}", news.id, news.record),
        updated: date(news.at),
        published: Some(date(news.at)),
        links: vec![link(format!("{base}{}", path(news.id, &news.title)), "alternate", "text/html")],
        summary: Some(news.reason.clone().unwrap_or_else(|| news.summary.clone())).filter(|text| !text.is_empty()).map(Text::plain),
        ..Entry::default()
    };
    let own = format!("{base}/vorhaben.atom");
    let feed = Feed {
        title: Text::plain(format!("{} – {}", ctx.t.get("undertaking-feed"), ctx.site.name)),
        id: own.clone(),
        updated: date(news.first().map_or(ctx.site.changed_at, |news| news.at)),
        authors: vec![Person { name: ctx.site.name.clone(), ..Person::default() }],
        generator: Some(Generator { value: "Allmende".to_owned(), ..Generator::default() }),
        links: vec![link(own, "self", "application/atom+xml"), link(format!("{base}/vorhaben"), "alternate", "text/html")],
        entries: news.iter().map(entry).collect(),
        ..Feed::default()
    };
    Ok((open_headers("application/atom+xml; charset=utf-8"), feed.to_string()).into_response())
}

/// What happened: the new state, or that it is new.
fn word(ctx: &Ctx, state: Option<Standing>) -> &'static str {
    match state {
        Some(state) => ctx.t.find(&format!("state-undertaking-{}", state.key())).unwrap_or(state.key()),
        None => ctx.t.get("undertaking-feed-new"),
    }
}

fn link(href: String, rel: &str, media_type: &str) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: Some(media_type.to_owned()), ..Link::default() }
}

fn date(at: Instant) -> FixedDateTime {
    // Both crates write RFC 3339; a moment that jiff knows is one that the other reads.
    at.timestamp().to_string().parse().unwrap_or_default()
}
