//! `/orte`: all districts and streets, and one page for each with what leads on from there; the gazetteer as open data.

use crate::shape;
use crate::store::{self, After, Listed, PlaceRow};
use allmende_places::fold::key;
use allmende_places::{Geometry, Kind, Place, write};
use allmende_platform::texts::Speaker;
use allmende_platform::web::routes::encode;
use allmende_platform::web::{Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header::{self, HeaderMap};
use axum::http::{StatusCode, header::HeaderName};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, json};
use std::collections::HashMap;

/// Streets on one page; as many are shown without asking for a letter first.
const STREETS_MAX: i64 = 200;
/// Metres around a street or place in which things count as happening there.
const RADIUS_M: u32 = 500;

/// A place in a list.
struct Item {
    path: String,
    name: String,
    note: String,
}

/// A letter of the index.
struct Letter {
    letter: String,
    count: String,
    path: String,
    is_current: bool,
}

#[derive(Template)]
#[template(path = "orte/index.html")]
struct IndexPage {
    shell: Shell,
    t: Speaker,
    german: &'static str,
    districts: Vec<Item>,
    letters: Vec<Letter>,
    /// The letter whose streets are shown.
    letter: String,
    streets: Vec<Item>,
    next: Option<String>,
    is_empty: bool,
}

type Parameters = Query<HashMap<String, String>>;

/// The index of places.
///
/// # Errors
/// What the database reports.
pub async fn index(State(app): State<App>, ctx: Ctx, Query(query): Parameters) -> Result<Response, AppError> {
    let letter: String =
        query.get("buchstabe").map(|text| text.chars().take(1).flat_map(char::to_uppercase).filter(|letter| *letter != '\0').collect()).unwrap_or_default();
    let (asked, after) = (letter.clone(), after(&query));
    let (districts, letters, streets) = app
        .read(&ctx, move |tx| {
            let (districts, letters) = (store::list_districts(tx)?, store::list_letters(tx)?);
            let count: i64 = letters.iter().map(|(_, count)| count).sum();
            let streets = match asked.as_str() {
                "" if count > STREETS_MAX => Vec::new(),
                "" => store::list(tx, STREETS_MAX)?,
                letter => store::list_by_letter(tx, letter, &after, STREETS_MAX + 1)?,
            };
            Ok::<_, AppError>((districts, letters, streets))
        })
        .await?;
    let t = ctx.t;
    let (streets, next) = cut(streets, &format!("/orte?buchstabe={}&", encode(&letter)));
    let districts: Vec<Item> =
        districts.iter().map(|row| Item { path: store::path(row.id, &row.place.name), name: row.place.name.clone(), note: String::new() }).collect();
    let letters = letters.into_iter().map(|(own, count)| Letter {
        path: format!("/orte?buchstabe={}", encode(&own)),
        count: t.count("places-count", usize::try_from(count).unwrap_or_default()),
        is_current: own == letter,
        letter: own,
    });
    let letters: Vec<Letter> = letters.collect();
    let is_empty = districts.is_empty() && letters.is_empty();
    let shell = Shell::new(&app, &ctx, t.get("places-heading")).crumb(t.get("nav-start"), "/").about(t.get("places-lead"));
    page(&IndexPage {
        shell,
        t,
        german: german(&ctx),
        districts,
        letters,
        letter,
        streets: streets.iter().map(|row| item(row, t, true)).collect(),
        next,
        is_empty,
    })
}

/// Where a list goes on.
fn after(query: &HashMap<String, String>) -> After {
    let (sort_key, id) = query.get("nach").and_then(|text| text.rsplit_once('.')).unwrap_or_default();
    After { sort_key: sort_key.chars().filter(|letter| *letter != '\0').take(300).collect(), id: id.parse().unwrap_or_default() }
}

/// The places of one page and the address of the next, if there is one; `path` ends with `?` or `&`.
fn cut(mut rows: Vec<Listed>, path: &str) -> (Vec<Listed>, Option<String>) {
    let most = usize::try_from(STREETS_MAX).unwrap_or(usize::MAX);
    let is_more = rows.len() > most;
    rows.truncate(most);
    let next = rows.last().filter(|_| is_more).map(|last| format!("{path}nach={}.{}", encode(&last.sort_key), last.id));
    (rows, next)
}

fn item(row: &Listed, t: Speaker, with_district: bool) -> Item {
    let kind = if row.kind == Kind::Place { t.get("places-kind-place") } else { "" };
    let district = row.district.as_deref().filter(|_| with_district).unwrap_or_default();
    let note = [kind, district].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    Item { path: store::path(row.id, &row.name), name: row.name.clone(), note }
}

/// Names are German in every language of the page.
fn german(ctx: &Ctx) -> &'static str {
    if ctx.language() == allmende_core::Language::English { " lang=\"de\"" } else { "" }
}

#[derive(Template)]
#[template(path = "orte/place.html")]
struct PlacePage {
    shell: Shell,
    t: Speaker,
    german: &'static str,
    kind: &'static str,
    name: String,
    district: Option<Item>,
    other_names: String,
    drawing: String,
    point: String,
    by_name: String,
    near: Option<String>,
    subscribe: String,
    streets: Vec<Item>,
    next: Option<String>,
}

/// The page of a place. At most four statements.
///
/// # Errors
/// 404 for an unknown place, 410 for one that the gazetteer holds no longer.
pub async fn place(State(app): State<App>, ctx: Ctx, Path(slug): Path<String>, Query(query): Parameters) -> Result<Response, AppError> {
    let (id, after) = (id_of(&slug)?, after(&query));
    let (row, districts, streets) = app
        .read(&ctx, move |tx| {
            let row = store::find(tx, id)?.ok_or(AppError::NotFound)?;
            if !row.is_current {
                return Err(AppError::Gone);
            }
            let districts = store::list_districts(tx)?;
            let streets = if row.place.kind == Kind::District { store::list_in_district(tx, &row.place.name, &after, STREETS_MAX + 1)? } else { Vec::new() };
            Ok((row, districts, streets))
        })
        .await?;
    let path = store::path(row.id, &row.place.name);
    if ctx.path != path {
        let path = if ctx.query.is_empty() { path } else { format!("{path}?{}", ctx.query) };
        return Ok((StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, path)]).into_response());
    }
    page(&view(&app, &ctx, row, &districts, streets, &path))
}

fn view(app: &App, ctx: &Ctx, row: PlaceRow, districts: &[PlaceRow], streets: Vec<Listed>, path: &str) -> PlacePage {
    let t = ctx.t;
    let place = row.place;
    let point = place.point();
    let (streets, next) = cut(streets, &format!("{path}?"));
    let named = |name: &String| districts.iter().find(|other| key(&other.place.name) == key(name));
    let district = place.district.as_ref().filter(|_| place.kind != Kind::District).map(|name| Item {
        path: named(name).map_or_else(String::new, |other| store::path(other.id, &other.place.name)),
        name: name.clone(),
        note: String::new(),
    });
    let near = point.filter(|_| place.kind != Kind::District).map(|point| format!("/suche?naehe={}&umkreis={RADIUS_M}", store::near(point)));
    let kind = t.get(kind_key(place.kind));
    let title = t.with("places-title", &[("name", (&place.name).into()), ("kind", kind.into())]);
    PlacePage {
        shell: Shell::new(app, ctx, title)
            .crumb(t.get("nav-start"), "/")
            .crumb(t.get("places-heading"), "/orte")
            .here(&place.name)
            .about(t.get("places-about")),
        german: german(ctx),
        kind,
        drawing: place.geometry.as_ref().map(|own| shape::drawing(own, &outlines(&place, districts))).unwrap_or_default(),
        point: point.map(|point| format!("{:.5}, {:.5}", point.latitude, point.longitude)).unwrap_or_default(),
        by_name: format!("/suche?ort={}", encode(&place.name)),
        near,
        subscribe: format!("/abonnieren?ort={}", row.id),
        other_names: place.other_names.join(", "),
        streets: streets.iter().map(|row| item(row, t, false)).collect(),
        next,
        name: place.name,
        district,
        t,
    }
}

/// The outlines that a place is drawn among: of all districts for a district, of its own for a street.
fn outlines<'d>(place: &Place, districts: &'d [PlaceRow]) -> Vec<&'d Geometry> {
    let own = place.district.as_deref().map(key);
    let is_shown = |other: &&PlaceRow| {
        matches!(other.place.geometry, Some(Geometry::Areas(_)))
            && (place.kind == Kind::District || own.as_ref().is_some_and(|own| *own == key(&other.place.name)))
    };
    districts.iter().filter(is_shown).filter_map(|other| other.place.geometry.as_ref()).collect()
}

const fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::District => "places-kind-district",
        Kind::Street => "places-kind-street",
        Kind::Place => "places-kind-place",
    }
}

/// The number that begins an address.
fn id_of(slug: &str) -> Result<i64, AppError> {
    let number = slug.split('-').next().unwrap_or_default();
    let is_plain = !number.starts_with('0') && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    number.parse().ok().filter(|_| is_plain).ok_or(AppError::NotFound)
}

/// The gazetteer as GeoJSON.
///
/// # Errors
/// What the database reports.
pub async fn geojson(State(app): State<App>, ctx: Ctx, headers: HeaderMap) -> Result<Response, AppError> {
    let base = ctx.site.base_url.clone();
    export(&app, &ctx, &headers, "application/geo+json; charset=utf-8", move |rows| {
        write::geojson(rows.iter().map(|row| &row.place), |position| {
            let address = rows.get(position).map(|row| format!("{base}{}", store::path(row.id, &row.place.name)));
            Map::from_iter(address.map(|address| ("web".to_owned(), json!(address))))
        })
    })
    .await
}

/// The gazetteer as CSV.
///
/// # Errors
/// What the database reports.
pub async fn csv(State(app): State<App>, ctx: Ctx, headers: HeaderMap) -> Result<Response, AppError> {
    // The mark at the beginning tells spreadsheets that this is UTF-8.
    export(&app, &ctx, &headers, "text/csv; charset=utf-8", |rows| format!("\u{feff}{}", write::csv(rows.iter().map(|row| &row.place)))).await
}

/// A file that is as old as the gazetteer: asked for again with its tag it is not made again.
async fn export(
    app: &App,
    ctx: &Ctx,
    headers: &HeaderMap,
    media_type: &'static str,
    write: impl FnOnce(&[PlaceRow]) -> String + Send + 'static,
) -> Result<Response, AppError> {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let (tag, rows) = app
        .read(ctx, move |tx| {
            let tag = store::find_gazetteer(tx)?.map_or_else(|| "\"none\"".to_owned(), |gazetteer| format!("\"{}\"", &gazetteer.version));
            let rows = if known.as_ref() == Some(&tag) { None } else { Some(store::list_all(tx)?) };
            Ok::<_, AppError>((tag, rows))
        })
        .await?;
    let heads: [(HeaderName, String); 4] = [
        (header::ETAG, tag),
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CACHE_CONTROL, "public, no-cache".to_owned()),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".to_owned()),
    ];
    let Some(rows) = rows else { return Ok((StatusCode::NOT_MODIFIED, heads).into_response()) };
    let body = tokio::task::spawn_blocking(move || write(&rows)).await.map_err(anyhow::Error::from)?;
    Ok((heads, body).into_response())
}

#[cfg(test)]
mod tests {
    use super::id_of;

    #[test]
    fn an_address_begins_with_a_plain_number() {
        let check = |slug: &str, expected: Option<i64>| assert_eq!(id_of(slug).ok(), expected, "{slug}");
        check("12-rosenweg", Some(12));
        check("12", Some(12));
        check("012", None);
        check("rosenweg", None);
        check("", None);
    }
}
