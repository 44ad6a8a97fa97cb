//! The settings of the site: name, address, kind, time zone, colours with a preview.

use super::form;
use allmende_core::Refusal;
use allmende_db::DbError;
use allmende_platform::sites::{self, NewSite, Settings, SiteKind};
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::{pairs, refused_page};
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{Choice, Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "site.html")]
pub(super) struct SitePage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    form: Form,
    /// The forms of hosts and logo, whose refusals stand in the same summary.
    parts: Form,
    refused: Form,
    kinds: Vec<Choice>,
    zones: Vec<Choice>,
    hosts: Vec<String>,
    main_host: String,
    has_logo: bool,
    version: i64,
}

fn kept(t: Speaker, site: &Settings) -> Form {
    form(t)
        .with("name", &site.name)
        .with("base_url", &site.base_url)
        .with("kind", site.kind.key())
        .with("time_zone", site.zone.iana_name().unwrap_or("UTC"))
        .with("hue", site.hue.to_string())
        .with("chroma", site.chroma_thousandths.to_string())
}

fn kinds(t: Speaker) -> Vec<Choice> {
    vec![
        Choice::new("municipality", t.get("admin-kind-municipality")),
        Choice::new("district", t.get("admin-kind-district")),
        Choice::new("network", t.get("admin-kind-network")),
    ]
}

/// The zones of Europe; a site elsewhere keeps the one it was made with.
fn zones(own: &str) -> Vec<Choice> {
    let mut names: Vec<String> = jiff::tz::db().available().map(|name| name.as_str().to_owned()).filter(|name| name.starts_with("Europe/")).collect();
    names.push(own.to_owned());
    names.sort();
    names.dedup();
    names.into_iter().map(|name| Choice::new(name.clone(), name.replace('_', " "))).collect()
}

/// The page: as kept, or with a refused form. `parts` holds what was refused of hosts or logo.
pub(super) async fn build(app: &App, ctx: &Ctx, sent: Option<Form>, parts: Option<Form>) -> Result<SitePage, AppError> {
    let site = ctx.site.id;
    let hosts = app.read(ctx, move |tx| Ok::<_, AppError>(sites::list_hosts(tx, site)?)).await?;
    let t = ctx.t;
    let mut shell = Shell::new(app, ctx, t.get("admin-site")).crumb(t.get("admin-heading"), "/verwaltung");
    let refused = sent.as_ref().or(parts.as_ref()).cloned().unwrap_or_else(|| form(t));
    refused.mark(&mut shell);
    Ok(SitePage {
        shell,
        t,
        desk: desk(app, ctx),
        form: sent.unwrap_or_else(|| kept(t, &ctx.site)),
        parts: parts.unwrap_or_else(|| form(t)),
        refused,
        kinds: kinds(t),
        zones: zones(ctx.site.zone.iana_name().unwrap_or("UTC")),
        hosts,
        main_host: sites::host_of(&ctx.site.base_url).unwrap_or_default().to_owned(),
        has_logo: ctx.site.has_logo,
        version: ctx.site.changed_at.millis(),
    })
}

/// The settings.
pub(crate) async fn show(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    page(&build(&app, &ctx, None, None).await?)
}

/// Keeps the settings, or shows the colours that were chosen without keeping anything.
pub(crate) async fn save(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    if fields.has("preview") {
        return page(&build(&app, &ctx, Some(Form::refused(ctx.t, &fields, [])), None).await?);
    }
    let number = |name: &str| fields.line(name).parse().unwrap_or(-1);
    let new = NewSite {
        key: ctx.site.key.clone(),
        kind: SiteKind::from_key(fields.raw("kind")),
        name: fields.line("name"),
        base_url: fields.line("base_url").trim_end_matches('/').to_ascii_lowercase(),
        hue: number("hue"),
        chroma_thousandths: number("chroma"),
        time_zone: fields.line("time_zone"),
    };
    let site = ctx.site.id;
    let done = match new.check() {
        Err(refusal) => Err(AppError::Refused(refusal)),
        Ok(()) => app.write(&ctx, move |tx| change(tx, site, &new)).await,
    };
    match done {
        Ok(()) => {
            app.sites.refresh(&app.parts.db).await?;
            Ok(Redirect::to("/verwaltung/seite?hinweis=saved").into_response())
        }
        Err(AppError::Refused(refusal)) => refused_page(&build(&app, &ctx, Some(Form::refused(ctx.t, &fields, [refusal])), None).await?),
        Err(error) => Err(error),
    }
}

/// Another site's host stays the other site's.
fn change(tx: &mut allmende_db::Tx<'_>, site: allmende_core::Id<allmende_core::Site>, new: &NewSite) -> Result<(), AppError> {
    let taken = || AppError::Refused(Refusal::of_field("base_url", "admin-host-taken"));
    match sites::update(tx, site, new) {
        Err(DbError::Unique(_)) => Err(taken()),
        other => Ok(other?),
    }
}

/// How the accent colour looks: an own page of the administration, so that nothing is kept for it.
pub(crate) async fn preview(ctx: Ctx) -> Response {
    let sent = Fields::new(pairs(ctx.query.as_bytes()));
    let number = |name: &str, max: i64| sent.line(name).parse::<i64>().unwrap_or(0).clamp(0, max);
    let colour = |lightness: &str| format!("oklch({lightness} 0.{:03} {})", number("chroma", 150), number("hue", 359));
    let (dark, light) = (colour("0.45"), colour("0.93"));
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 320 80\"><path fill=\"{light}\" d=\"M0 0h320v80H0z\"/><path fill=\"{dark}\" d=\"M24 20h120v40H24z\"/>\
         <path fill=\"none\" stroke=\"{dark}\" stroke-width=\"4\" d=\"M176 40h120\"/></svg>"
    );
    ([(CONTENT_TYPE, "image/svg+xml")], svg).into_response()
}
