//! `/suche`: the hits with filters, order and pages; `/suche/karte`: the same hits on a map; `/suche/hilfe`: how to search.

use crate::shown::{Group, HitItem, Order, Radius, Words};
use allmende_core::{Id, Site};
use allmende_platform::asked::{Asked, OFFSET_MAX, RADIUS_M, coordinates};
use allmende_platform::search::{Found, Point, SearchError};
use allmende_platform::sites::{Settings, SiteKind};
use allmende_platform::texts::Speaker;
use allmende_platform::web::{MapParts, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Hits on one page.
pub const HITS: usize = 20;
/// Hits on the map.
const HITS_ON_MAP: usize = 100;
/// A site with this text set is found only on its own pages, not on those of a network of its installation.
pub const APART: &str = "search-apart";
/// Where to look: the own site, or, for a network, all sites of the installation that do not keep apart.
#[must_use]
pub fn sites_of(ctx: &Ctx, all: &[Arc<Settings>]) -> Vec<Id<Site>> {
    if ctx.site.kind != SiteKind::Network {
        return vec![ctx.site.id];
    }
    let takes_part = |site: &&Arc<Settings>| site.id == ctx.site.id || site.text(APART, allmende_core::Language::German).is_empty();
    all.iter().filter(takes_part).map(|site| site.id).collect()
}

/// Where something was asked for, or why not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Place {
    /// Nowhere.
    Nowhere,
    /// At a point.
    At(Point),
    /// At an address that nobody knows here.
    Unknown,
}

impl Place {
    /// The point, if there is one.
    #[must_use]
    pub const fn point(self) -> Option<Point> {
        match self {
            Self::At(point) => Some(point),
            Self::Nowhere | Self::Unknown => None,
        }
    }
}

/// Finds where coordinates or an address lie: coordinates by reading them, an address by what the site knows of its places.
///
/// # Errors
/// What the database reports.
pub async fn locate(app: &App, ctx: &Ctx, asked: &Asked) -> Result<Place, AppError> {
    if asked.near.is_empty() {
        return Ok(Place::Nowhere);
    }
    if let Some(point) = coordinates(&asked.near) {
        return Ok(Place::At(point));
    }
    let (resolve, address) = (app.parts.ports.resolve_place, asked.near.clone());
    let point = app.read(ctx, move |tx| Ok::<_, AppError>(resolve(tx, &address)?)).await?;
    Ok(point.map_or(Place::Unknown, Place::At))
}

/// Asks the index on a thread that may block.
///
/// # Errors
/// [`SearchError`]; `AppError::Internal` if the thread fails.
pub async fn find(app: &App, ctx: &Ctx, asked: &Asked, point: Option<Point>, hits: usize, with_facets: bool) -> Result<Result<Found, SearchError>, AppError> {
    let search = Arc::clone(&app.parts.ports.search);
    let sites = sites_of(ctx, &app.sites.all());
    let mut query = asked.query(&ctx.site.zone, point, hits);
    query.with_facets = with_facets;
    tokio::task::spawn_blocking(move || search.find(&sites, &query)).await.map_err(|error| anyhow::Error::from(error).into())
}

#[derive(Template)]
#[template(path = "search/results.html")]
struct ResultsPage {
    shell: Shell,
    t: Speaker,
    german: &'static str,
    asked: Asked,
    radius_m: u32,
    radii: Vec<Radius>,
    kept: Vec<(&'static str, String)>,
    is_asked: bool,
    place_unknown: bool,
    refused: Option<&'static str>,
    total: String,
    hits: Vec<HitItem>,
    groups: Vec<Group>,
    chosen: Vec<(String, String)>,
    orders: Vec<Order>,
    did_you_mean: Option<(String, String)>,
    left_out: Option<String>,
    pages: String,
    earlier: Option<String>,
    later: Option<String>,
    other_view: String,
    without_filters: Option<String>,
    kinds: Vec<(&'static str, &'static str)>,
    centre: String,
    map: Option<MapParts>,
}

/// The hits.
///
/// # Errors
/// What the index reports.
pub async fn results(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    answer(&app, &ctx, "/suche").await
}

/// The hits on a map.
///
/// # Errors
/// What the index reports.
pub async fn map(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    answer(&app, &ctx, "/suche/karte").await
}

async fn answer(app: &App, ctx: &Ctx, path: &'static str) -> Result<Response, AppError> {
    let asked = Asked::read(&ctx.query);
    let place = locate(app, ctx, &asked).await?;
    let is_map = path == "/suche/karte";
    let hits = if is_map { HITS_ON_MAP } else { HITS };
    let found = if asked.is_empty() && !is_map { Ok(Found::default()) } else { find(app, ctx, &asked, place.point(), hits, true).await? };
    let (status, found, refused) = match found {
        Ok(found) => (StatusCode::OK, found, None),
        Err(SearchError::Refused(key)) => (StatusCode::UNPROCESSABLE_ENTITY, Found::default(), Some(ctx.t.find(key).unwrap_or(ctx.t.get("search-refused")))),
        Err(SearchError::Unavailable(cause)) => {
            tracing::warn!(cause, "the search does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, Found::default(), Some(ctx.t.get("search-unavailable")))
        }
    };
    let view = view(app, ctx, asked, place, &found, refused, path);
    let page = MapParts::admit(view.map.as_ref(), page(&view)?)?;
    Ok((status, page).into_response())
}

fn view(app: &App, ctx: &Ctx, asked: Asked, place: Place, found: &Found, refused: Option<&'static str>, path: &'static str) -> ResultsPage {
    let t = ctx.t;
    let words = Words::new(t, ctx.site.zone.clone());
    let is_map = path == "/suche/karte";
    let radius_m = asked.radius_m.unwrap_or(RADIUS_M);
    let hits_max = if is_map { HITS_ON_MAP } else { HITS };
    let title = match (asked.words.is_empty(), is_map) {
        (true, false) => t.get("search-heading").to_owned(),
        (true, true) => t.get("search-map-heading").to_owned(),
        (false, false) => t.with("search-title", &[("words", asked.words.as_str().into())]),
        (false, true) => t.with("search-map-title", &[("words", asked.words.as_str().into())]),
    };
    let mut shell = Shell::new(app, ctx, title).crumb(t.get("search-start"), "/").here(t.get(if is_map { "search-map-heading" } else { "search-heading" }));
    if is_map {
        shell = shell.crumb(t.get("search-heading"), asked.address("/suche"));
    }
    shell = shell.about(t.get("search-about")).feed(t.get("search-feed"), asked.changed(|_| ()).address("/suche.atom"), "application/atom+xml");
    shell.hidden_from_search = !asked.is_empty();
    let total = usize::try_from(found.total).unwrap_or(usize::MAX);
    let last = total.min(OFFSET_MAX + hits_max).div_ceil(hits_max).max(1);
    let turn = |page: usize| Asked { page, ..asked.clone() }.address(path);
    let first = asked.page.saturating_sub(1).saturating_mul(hits_max).min(OFFSET_MAX);
    let sites = app.sites.all();
    let did_you_mean = found.did_you_mean.as_ref().map(|other| (other.clone(), asked.changed(|asked| other.clone_into(&mut asked.words)).address(path)));
    let no_filters = Asked { words: asked.words.clone(), page: 1, ..Asked::default() };
    ResultsPage {
        german: if t.language() == allmende_core::Language::English { " lang=\"de\"" } else { "" },
        radius_m,
        radii: words.radii(radius_m),
        kept: asked.pairs().into_iter().filter(|(name, _)| !matches!(*name, "q" | "von" | "bis" | "naehe" | "umkreis")).collect(),
        is_asked: refused.is_none() && (!asked.is_empty() || is_map),
        place_unknown: place == Place::Unknown,
        refused,
        total: match total {
            0 => t.get("search-total-none").to_owned(),
            1 => t.get("search-total-one").to_owned(),
            count => t.with("search-total", &[("count", count.into())]),
        },
        hits: found.hits.iter().zip(first + 1..).map(|(hit, number)| words.hit(hit, number, ctx.site.id, &sites)).collect(),
        groups: words.groups(&found.facets, &asked, path),
        chosen: words.chosen(&asked, path),
        orders: words.orders(&asked, place.point().is_some(), path),
        did_you_mean,
        left_out: match found.words_left_out {
            0 => None,
            1 => Some(t.get("search-left-out-one").to_owned()),
            count => Some(t.count("search-left-out", count)),
        },
        pages: t.with("search-pages-of", &[("number", asked.page.into()), ("count", last.into())]),
        earlier: (asked.page > 1).then(|| turn(asked.page - 1)),
        later: (asked.page < last && !found.hits.is_empty()).then(|| turn(asked.page + 1)),
        other_view: asked.changed(|_| ()).address(if is_map { "/suche" } else { "/suche/karte" }),
        without_filters: asked.narrows().then(|| no_filters.address(path)),
        kinds: ["process", "statement", "idea", "paper", "decision", "undertaking", "file", "meeting", "agenda_item", "organization", "person"]
            .into_iter()
            .filter_map(|kind| Some((t.get(crate::words::text_key("kind", kind)?), allmende_platform::nouns::noun("kind", kind))))
            .collect(),
        centre: place.point().map(|point| format!("{},{}", point.longitude, point.latitude)).unwrap_or_default(),
        map: is_map.then(|| MapParts::new(app, &shell)),
        asked,
        shell,
        t,
    }
}

#[derive(Template)]
#[template(path = "search/help.html")]
struct HelpPage {
    shell: Shell,
    t: Speaker,
    examples: Vec<(&'static str, String, &'static str)>,
}

/// How to search.
///
/// # Errors
/// `AppError::Internal` if the template fails.
pub async fn help(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let t = ctx.t;
    let shell = Shell::new(&app, &ctx, t.get("search-help-heading")).crumb(t.get("search-start"), "/").crumb(t.get("search-heading"), "/suche");
    let examples = [
        ("Radweg Schule", "search-help-words"),
        ("\"sicherer Schulweg\"", "search-help-phrase"),
        ("Spielplatz -Lärm", "search-help-without"),
        ("titel:Haushalt", "search-help-field"),
        ("2026/016", "search-help-reference"),
    ];
    let address = |words: &str| Asked { words: words.to_owned(), page: 1, ..Asked::default() }.address("/suche");
    page(&HelpPage { shell, t, examples: examples.into_iter().map(|(words, key)| (words, address(words), t.get(key))).collect() })
}
