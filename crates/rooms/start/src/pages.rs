//! The pages of the house itself.

use allmende_core::Language;
use allmende_platform::app::FrontContext;
use allmende_platform::texts::Speaker;
use allmende_platform::web::{Shell, page};
use allmende_platform::{App, AppError, Ctx, markdown};
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{HOST, REFERER, SET_COOKIE};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "start.html")]
struct StartPage {
    shell: Shell,
    t: Speaker,
    heading: String,
    lead: String,
    parts: Vec<String>,
}

/// The start page: one entrance, and the sections that the rooms give.
pub(crate) async fn start(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let (context, rooms) = (FrontContext { ctx: ctx.clone() }, app.parts.front.clone());
    let parts = app
        .read(&ctx, move |tx| {
            let parts = rooms.iter().map(|room| room(tx, &context)).collect::<Result<Vec<_>, _>>()?;
            Ok::<_, AppError>(parts.into_iter().filter(|part| !part.is_empty()).collect())
        })
        .await?;
    let set = |key: &str, otherwise: String| Some(ctx.site.text(key, ctx.language())).filter(|text| !text.is_empty()).map_or(otherwise, str::to_owned);
    let heading = set("question", ctx.t.get("start-heading").to_owned());
    let lead = set("promise", ctx.t.get("start-lead").to_owned());
    let mut shell = Shell::new(&app, &ctx, heading.clone()).about(lead.clone());
    shell.crumbs.clear();
    page(&StartPage { shell, t: ctx.t, heading, lead, parts })
}

/// A button of the display form: one of the two is sent.
#[derive(Deserialize)]
pub(crate) struct Display {
    theme: Option<String>,
    contrast: Option<String>,
}

/// Keeps the choice in a cookie for a year and goes back to where the reader was. `auto` forgets it.
pub(crate) async fn set_display(ctx: Ctx, headers: HeaderMap, Form(choice): Form<Display>) -> Response {
    let cookie = |name: &str, value: Option<&str>, known: &[&str]| {
        let value = value.map(|value| if known.contains(&value) { value } else { "" })?;
        Some((SET_COOKIE, format!("{name}={value}; Path=/; Max-Age={}; SameSite=Lax", if value.is_empty() { 0 } else { 31_536_000 })))
    };
    let cookies = [cookie("theme", choice.theme.as_deref(), &["light", "dark"]), cookie("contrast", choice.contrast.as_deref(), &["high"])];
    (AppendHeaders(cookies.into_iter().flatten()), Redirect::to(&back(&ctx, &headers))).into_response()
}

/// The page of this site that the form stood on.
fn back(ctx: &Ctx, headers: &HeaderMap) -> String {
    let from = headers.get(REFERER).and_then(|header| header.to_str().ok()).unwrap_or_default();
    let host = headers.get(HOST).and_then(|header| header.to_str().ok()).unwrap_or_default();
    let path = ["http://", "https://"].iter().find_map(|scheme| from.strip_prefix(scheme)?.strip_prefix(host));
    match path {
        Some(path) if path.starts_with('/') && !path.starts_with("//") && ctx.path != path => path.to_owned(),
        _ => "/".to_owned(),
    }
}

#[derive(Template)]
#[template(path = "interfaces.html")]
struct InterfacesPage {
    shell: Shell,
    t: Speaker,
    base: String,
    interfaces: [Interface; 8],
}

/// What programs can read: a title, what it is, and where.
struct Interface {
    title: &'static str,
    help: &'static str,
    paths: &'static [&'static str],
}

/// The interfaces of all rooms, in the words of the reader.
fn interfaces_of(t: Speaker) -> [Interface; 8] {
    const fn of(title: &'static str, help: &'static str, paths: &'static [&'static str]) -> Interface {
        Interface { title, help, paths }
    }
    [
        of("OParl 1.1", t.get("interfaces-oparl"), &["/oparl/v1.1/system"]),
        of(t.get("interfaces-calendar"), t.get("interfaces-calendar-help"), &["/rat/kalender.ics"]),
        of(t.get("interfaces-feed"), t.get("interfaces-feed-help"), &["/rat/vorlagen.atom"]),
        of(
            t.get("interfaces-decisions"),
            t.get("interfaces-decisions-help"),
            &["/beschluesse.csv", "/beschluesse.csv-metadata.json", "/beschluesse.json", "/beschluesse.atom"],
        ),
        of(
            t.get("interfaces-undertakings"),
            t.get("interfaces-undertakings-help"),
            &["/vorhaben.csv", "/vorhaben.csv-metadata.json", "/vorhaben.json", "/vorhaben.geojson", "/vorhaben.atom"],
        ),
        of(t.get("interfaces-search"), t.get("interfaces-search-help"), &["/suche.json?q=Radweg", "/suche.atom?q=Radweg", "/opensearch.xml"]),
        of(t.get("interfaces-places"), t.get("interfaces-places-help"), &["/orte.geojson", "/orte.csv"]),
        of(t.get("interfaces-subscriptions"), t.get("interfaces-subscriptions-help"), &["/abonnieren"]),
    ]
}

/// What others can build on.
pub(crate) async fn interfaces(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let shell = Shell::new(&app, &ctx, ctx.t.get("interfaces-heading")).crumb(ctx.t.get("nav-start"), "/");
    page(&InterfacesPage { shell, t: ctx.t, base: ctx.site.base_url.clone(), interfaces: interfaces_of(ctx.t) })
}

#[derive(Template)]
#[template(path = "text.html")]
struct TextPage {
    shell: Shell,
    t: Speaker,
    heading: &'static str,
    lead: &'static str,
    html: String,
    gap: &'static str,
    only_german: bool,
}

/// A page whose text the municipality sets; what is missing is said, with who owes it.
fn text_page(app: &App, ctx: &Ctx, key: &'static str, heading: &'static str, lead: &'static str, gap: &'static str) -> Result<Response, AppError> {
    let t = ctx.t;
    let html = markdown::to_html(ctx.site.text(key, ctx.language()));
    let only_german = !html.is_empty() && ctx.language() != Language::German && !ctx.site.has_text(key, ctx.language());
    let shell = Shell::new(app, ctx, t.get(heading)).crumb(t.get("nav-start"), "/");
    page(&TextPage { shell, t, heading: t.get(heading), lead: t.get(lead), html, gap: t.get(gap), only_german })
}

/// The accessibility statement.
pub(crate) async fn accessibility(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    text_page(&app, &ctx, "accessibility", "accessibility-heading", "accessibility-lead", "accessibility-gap")
}

/// What happens to personal data.
pub(crate) async fn privacy(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    text_page(&app, &ctx, "privacy", "privacy-heading", "privacy-lead", "privacy-gap")
}

/// Who is responsible.
pub(crate) async fn imprint(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    text_page(&app, &ctx, "imprint", "imprint-heading", "imprint-lead", "imprint-gap")
}
