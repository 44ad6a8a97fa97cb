//! `/rat/orte` and one place: what the council deals with there, and what meets there.

use super::address::{Found, admit, id_of, moved, place_path};
use super::meetings::{MeetingItem, item};
use super::words::{PaperItem, Words};
use crate::store::meetings::{self, MeetingRow};
use crate::store::papers::{self, Cursor, Filter, PaperRow, StationRow};
use crate::store::places::{self, Place, PlaceRow};
use allmende_core::Instant;
use allmende_platform::texts::Speaker;
use allmende_platform::web::{AppError, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

/// Places on the page.
const PLACES_MAX: i64 = 200;
/// Papers on the page of a place.
const PAPERS_MAX: i64 = 30;
/// Meetings open on the page of a place; the rest is folded.
const MEETINGS_OPEN_MAX: usize = 10;

/// A place in the list.
struct PlaceItem {
    path: String,
    name: String,
    note: String,
}

#[derive(Template)]
#[template(path = "rat/places.html")]
struct PlacesPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    about: Vec<PlaceItem>,
    held: Vec<PlaceItem>,
}

/// The list of places.
///
/// # Errors
/// What the database reports.
pub async fn places(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let (now, rows) = app.read(&ctx, |tx| Ok::<_, AppError>((tx.now()?, places::list(tx, PLACES_MAX)?))).await?;
    let words = Words::new(&ctx, now);
    let t = ctx.t;
    let listed = |row: &PlaceRow| {
        let mut parts: Vec<String> = row.sub_locality.clone().filter(|part| *part != row.name).into_iter().collect();
        for (number, key) in [(row.papers, "council-papers-count"), (row.meetings, "council-meetings-count")] {
            if number > 0 {
                parts.push(t.with(key, &[("count", number.into())]));
            }
        }
        PlaceItem { path: place_path(row.id, &row.name), name: row.name.clone(), note: parts.join(", ") }
    };
    let (about, held): (Vec<PlaceRow>, Vec<PlaceRow>) = rows.into_iter().partition(|row| row.papers > 0);
    page(&PlacesPage {
        shell: super::shell(&app, &ctx, t.get("council-places")).about(t.get("council-places-lead")),
        about: about.iter().map(listed).collect(),
        held: held.iter().map(listed).collect(),
        t,
        words,
    })
}

struct Read {
    now: Instant,
    place: Place,
    papers: Vec<PaperRow>,
    stations: Vec<StationRow>,
    meetings: Vec<MeetingRow>,
}

#[derive(Template)]
#[template(path = "rat/place.html")]
struct PlacePage {
    shell: Shell,
    t: Speaker,
    words: Words,
    name: String,
    address: String,
    papers: Vec<PaperItem>,
    meetings: Vec<MeetingItem>,
    more_meetings: Vec<MeetingItem>,
    id: i64,
}

/// The page of a place.
///
/// # Errors
/// 404 for what is not public, 410 for what was withdrawn.
pub async fn place(State(app): State<App>, ctx: Ctx, Path(slug): Path<String>) -> Result<Response, AppError> {
    let id = id_of(&slug)?;
    let asked = ctx.clone();
    let found = app
        .read(&ctx, move |tx| {
            let place = places::find(tx, id)?.ok_or(AppError::NotFound)?;
            if let Some(path) = admit(&asked, &place.state, &place_path(id, &place.name))? {
                return Ok(Found::Moved(path));
            }
            let filter = Filter { place: Some(id), ..Filter::default() };
            let start = Cursor::start();
            let papers = papers::list_dated(tx, &filter, start.day.as_deref().unwrap_or_default(), start.id, PAPERS_MAX)?;
            let ids: Vec<i64> = papers.iter().map(|paper| paper.id).collect();
            let stations = if ids.is_empty() { Vec::new() } else { papers::stations(tx, &ids)? };
            let meetings = meetings::list_at_place(tx, &place.name)?;
            Ok::<_, AppError>(Found::Page(Read { now: tx.now()?, place, papers, stations, meetings }))
        })
        .await?;
    match found {
        Found::Moved(path) => Ok(moved(&path)),
        Found::Page(read) => page(&view(&app, &ctx, &read)),
    }
}

fn view(app: &App, ctx: &Ctx, read: &Read) -> PlacePage {
    let words = Words::new(ctx, read.now);
    let t = ctx.t;
    let place = &read.place;
    let name = if place.name.is_empty() { t.get("council-place-unnamed").to_owned() } else { place.name.clone() };
    let town: Vec<&str> = [place.postal_code.as_deref(), place.locality.as_deref()].into_iter().flatten().collect();
    let town = town.join(" ");
    let parts = [place.street_address.as_deref(), place.room.as_deref(), place.sub_locality.as_deref(), Some(town.as_str())];
    let address: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty() && *part != name).collect();
    let mut meetings: Vec<MeetingItem> = read.meetings.iter().map(|row| item(&words, row, &[])).collect();
    let more_meetings = meetings.split_off(meetings.len().min(MEETINGS_OPEN_MAX));
    PlacePage {
        shell: super::shell(app, ctx, name.clone()).crumb(t.get("council-places"), "/rat/orte").about(t.get("council-place-about")).feed(
            t.get("council-take-place-papers"),
            format!("{}/vorlagen.atom", ctx.path),
            super::ATOM,
        ),
        address: address.join(", "),
        papers: words.papers(&read.papers, &read.stations),
        meetings,
        more_meetings,
        id: place.id,
        name,
        t,
        words,
    }
}
