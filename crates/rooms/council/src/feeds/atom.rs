//! New and changed papers as Atom. Source: RFC 4287.

use super::{CACHED, clean, number_of};
use crate::model::{Location, Organization};
use crate::store::feeds::{self, PaperRow, Papers};
use crate::store::nodes;
use allmende_core::Instant;
use allmende_platform::{App, AppError, Ctx};
use atom_syndication::{Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use axum::extract::{Path, Query, State};
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

/// Which papers `/rat/vorlagen.atom` shows.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    /// A kind of paper, as the council calls it.
    art: Option<String>,
}

/// All papers, or those of one kind.
///
/// # Errors
/// What the database reports.
pub async fn all(State(app): State<App>, ctx: Ctx, Query(wanted): Query<Wanted>) -> Result<Response, AppError> {
    let kind = wanted.art.filter(|kind| !kind.is_empty());
    let name = kind.clone().unwrap_or_else(|| ctx.t.get("council-feed-papers").to_owned());
    let which = kind.map_or(Papers::All, Papers::Kind);
    let papers = app.read(&ctx, move |tx| Ok::<_, AppError>(feeds::papers(tx, &which)?)).await?;
    Ok(answer(&ctx, &name, &papers))
}

/// The papers that a committee deals with.
///
/// # Errors
/// `AppError::NotFound` if there is no such public committee.
pub async fn of_organization(State(app): State<App>, ctx: Ctx, Path(slug): Path<String>) -> Result<Response, AppError> {
    let id = number_of::<Organization>(&slug).ok_or(AppError::NotFound)?;
    let (name, papers) = app
        .read(&ctx, move |tx| {
            let name = feeds::organization_name(tx, id)?.ok_or(AppError::NotFound)?;
            Ok::<_, AppError>((name, feeds::papers(tx, &Papers::Organization(id))?))
        })
        .await?;
    Ok(answer(&ctx, &name, &papers))
}

/// The papers about a place.
///
/// # Errors
/// `AppError::NotFound` if there is no such public place.
pub async fn of_location(State(app): State<App>, ctx: Ctx, Path(slug): Path<String>) -> Result<Response, AppError> {
    let id = number_of::<Location>(&slug).ok_or(AppError::NotFound)?;
    let (name, papers) = app
        .read(&ctx, move |tx| {
            let name = feeds::location_name(tx, id)?.ok_or(AppError::NotFound)?;
            Ok::<_, AppError>((name, feeds::papers(tx, &Papers::Location(id))?))
        })
        .await?;
    Ok(answer(&ctx, &name, &papers))
}

fn answer(ctx: &Ctx, name: &str, papers: &[PaperRow]) -> Response {
    let base = &ctx.site.base_url;
    let query = if ctx.query.is_empty() { String::new() } else { format!("?{}", ctx.query) };
    let own = format!("{base}{}{query}", ctx.path);
    let feed = Feed {
        title: Text::plain(clean(&format!("{name} – {}", ctx.site.name))),
        id: own.clone(),
        updated: date(papers.first().map_or(ctx.site.changed_at, |paper| paper.modified_at)),
        authors: vec![Person { name: ctx.site.name.clone(), ..Person::default() }],
        generator: Some(Generator { value: "Allmende".to_owned(), ..Generator::default() }),
        links: vec![link(own, "self", "application/atom+xml"), link(format!("{base}/rat/vorlagen"), "alternate", "text/html")],
        lang: Some("de".to_owned()),
        entries: papers.iter().map(|paper| entry(ctx, paper)).collect(),
        ..Feed::default()
    };
    let headers = [(CONTENT_TYPE, "application/atom+xml; charset=utf-8"), (ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (CACHE_CONTROL, CACHED)];
    (headers, feed.to_string()).into_response()
}

fn entry(ctx: &Ctx, paper: &PaperRow) -> Entry {
    let base = &ctx.site.base_url;
    let about: Vec<&str> = [paper.kind.as_deref(), paper.reference.as_deref(), paper.summary.as_deref()].into_iter().flatten().collect();
    Entry {
        title: Text::plain(clean(&paper.name)),
        // The address of a page follows its title; this one stays for ever.
        id: format!("{base}/oparl/v1.1/paper/{}", paper.id),
        updated: date(paper.modified_at),
        published: Some(date(paper.created_at)),
        links: vec![link(format!("{base}{}", nodes::paper_path(paper.id, &paper.name)), "alternate", "text/html")],
        summary: (!about.is_empty()).then(|| Text::plain(clean(&about.join(". ")))),
        ..Entry::default()
    }
}

fn link(href: String, rel: &str, media_type: &str) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: Some(media_type.to_owned()), ..Link::default() }
}

fn date(at: Instant) -> FixedDateTime {
    // Both crates write RFC 3339; a moment that jiff knows is one that the other reads.
    at.timestamp().to_string().parse().unwrap_or_default()
}
