//! Parts of the site's settings with forms of their own: host names, logo, texts per language.

use super::form;
use super::site::build;
use crate::rules;
use allmende_core::{Language, Refusal};
use allmende_db::DbError;
use allmende_platform::sites;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::{pairs, refused_page};
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::{Multipart, State};
use axum::response::{IntoResponse, Redirect, Response};

/// The texts that a municipality sets, in the order of the page. The last three are Markdown.
const TEXTS: [&str; 6] = ["question", "promise", "town-hall", "imprint", "privacy", "accessibility"];

async fn refuse(app: &App, ctx: &Ctx, fields: &Fields, refusal: Refusal) -> Result<Response, AppError> {
    refused_page(&build(app, ctx, None, Some(Form::refused(ctx.t, fields, [refusal]))).await?)
}

async fn saved(app: &App, path: &str) -> Result<Response, AppError> {
    app.sites.refresh(&app.parts.db).await?;
    Ok(Redirect::to(path).into_response())
}

/// Adds a host name or takes one away. The host of the site's address stays.
pub(crate) async fn set_hosts(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let (site, remove) = (ctx.site.id, fields.has("remove"));
    let host = fields.line(if remove { "remove" } else { "host" }).to_ascii_lowercase();
    let is_host = sites::host_of(&format!("https://{host}")) == Some(host.as_str());
    if !is_host {
        return refuse(&app, &ctx, &fields, Refusal::of_field("host", "admin-host-form")).await;
    }
    if remove && sites::host_of(&ctx.site.base_url) == Some(host.as_str()) {
        return refuse(&app, &ctx, &fields, Refusal::of_field("host", "admin-host-main")).await;
    }
    let done = app
        .write(&ctx, move |tx| {
            if remove {
                return Ok(sites::remove_host(tx, site, &host)?);
            }
            match sites::add_host(tx, site, &host) {
                Err(DbError::Unique(_)) => Err(AppError::Refused(Refusal::of_field("host", "admin-host-taken"))),
                other => Ok(other?),
            }
        })
        .await;
    match done {
        Ok(()) => saved(&app, "/verwaltung/seite?hinweis=saved").await,
        Err(AppError::Refused(refusal)) => refuse(&app, &ctx, &fields, refusal).await,
        Err(error) => Err(error),
    }
}

/// Takes a logo, or takes it away. What it is is told by its bytes, not by its name.
pub(crate) async fn set_logo(State(app): State<App>, ctx: Ctx, mut parts: Multipart) -> Result<Response, AppError> {
    let unreadable = || AppError::Refused(Refusal::of_field("logo", "admin-logo-kind"));
    let (mut bytes, mut remove) = (Vec::new(), false);
    while let Some(mut part) = parts.next_field().await.map_err(|_| unreadable())? {
        match part.name() {
            Some("remove") => remove = true,
            Some("logo") => {
                // One byte more than allowed is enough to know.
                while let Some(chunk) = part.chunk().await.map_err(|_| unreadable())? {
                    let room = (rules::LOGO_BYTES_MAX + 1).saturating_sub(bytes.len());
                    bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
                }
            }
            _ => {}
        }
    }
    let site = ctx.site.id;
    let logo = match (remove, rules::logo_kind(&bytes)) {
        (true, _) => None,
        (false, Ok(media_type)) => Some((bytes, media_type)),
        (false, Err(refusal)) => return refuse(&app, &ctx, &Fields::default(), refusal).await,
    };
    app.write(&ctx, move |tx| {
        let logo = logo.as_ref().map(|(bytes, media_type)| (bytes.as_slice(), *media_type));
        Ok::<_, AppError>(sites::set_logo(tx, site, logo)?)
    })
    .await?;
    saved(&app, "/verwaltung/seite?hinweis=saved").await
}

#[derive(Template)]
#[template(path = "site_texts.html")]
struct TextsPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    form: Form,
    languages: Vec<LanguageLink>,
    /// The language that is written now.
    language: Language,
    /// Says how many texts have no version in this language yet, if there are some.
    missing: Option<String>,
}

struct LanguageLink {
    language: Language,
    current: bool,
}

fn written_language(text: &str) -> Language {
    Language::from_key(text).unwrap_or_default()
}

/// The texts in one language.
pub(crate) async fn show_texts(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let asked = pairs(ctx.query.as_bytes()).into_iter().find(|(name, _)| name == "sprache").map(|(_, key)| key).unwrap_or_default();
    let language = written_language(&asked);
    let (t, site) = (ctx.t, &ctx.site);
    let own = |key: &str| if site.has_text(key, language) { site.text(key, language) } else { "" };
    let form = TEXTS.iter().fold(form(t).with("sprache", language.key()), |form, key| form.with(*key, own(key)));
    let gaps = TEXTS.iter().filter(|key| !site.has_text(key, language)).count();
    let missing = (gaps > 0).then(|| t.count("admin-texts-missing", gaps));
    let shell = Shell::new(&app, &ctx, t.get("admin-texts")).crumb(t.get("admin-heading"), "/verwaltung").crumb(t.get("admin-site"), "/verwaltung/seite");
    let languages = Language::ALL.into_iter().map(|each| LanguageLink { language: each, current: each == language }).collect();
    page(&TextsPage { shell, t, desk: desk(&app, &ctx), form, languages, language, missing })
}

/// Keeps the texts of one language; an empty one is taken away, and the page falls back to German.
pub(crate) async fn save_texts(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let (site, language) = (ctx.site.id, written_language(fields.raw("sprache")));
    let texts: Vec<(&str, String)> = TEXTS.iter().filter(|key| fields.has(key)).map(|key| (*key, fields.text(key))).collect();
    app.write(&ctx, move |tx| {
        for (key, text) in &texts {
            sites::set_text(tx, site, key, language, text)?;
        }
        Ok::<_, AppError>(())
    })
    .await?;
    saved(&app, &format!("/verwaltung/seite/texte?sprache={}&hinweis=saved", language.key())).await
}
