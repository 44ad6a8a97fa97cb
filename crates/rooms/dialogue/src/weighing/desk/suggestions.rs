//! Proposed bundles: points that are alike, to be accepted or said to be different in one step.

use super::{done, own_path, refused, ticked};
use crate::desk::process_shell;
use crate::store::{processes, short};
use crate::weighing::similar::{self, Suggestion};
use crate::weighing::store::{bundles, lists};
use allmende_platform::texts::Speaker;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{AppError, Fields, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, State as Axum};
use axum::response::Response;
use std::collections::HashMap;
use std::sync::Arc;

/// Proposals on one page: those that are done make room for the next.
const SHOWN: usize = 20;
/// Points of a proposal whose words are shown; the others are counted and go along.
const POINTS_SHOWN: usize = 60;

struct Item {
    point: i64,
    number: i64,
    text: String,
    likeness: String,
}

struct Proposal {
    heading: String,
    text: String,
    items: Vec<Item>,
    rest: Vec<i64>,
    longer: Vec<(i64, String)>,
}

#[derive(Template)]
#[template(path = "beteiligung/abwaegung_suggestions.html")]
struct SuggestionsPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    german: &'static str,
    own: String,
    lead: String,
    proposals: Vec<Proposal>,
    more: Option<String>,
}

/// The proposals for a process: those that are kept, or reckoned now. Two statements, one more if points changed.
pub(super) async fn read(app: &App, ctx: &Ctx, id: i64) -> Result<(processes::Process, Arc<Vec<Suggestion>>), AppError> {
    let site = ctx.site.id;
    let (process, points, kept, texts) = app
        .read(ctx, move |tx| {
            let process = processes::find(tx, id)?.ok_or(AppError::NotFound)?;
            let points = lists::list_candidates(tx, id)?;
            let kept = similar::find(site, id, &points);
            let ids: Vec<i64> = points.iter().map(|point| point.id).collect();
            let texts = if kept.is_some() { Vec::new() } else { lists::list_texts(tx, &ids)? };
            Ok::<_, AppError>((process, points, kept, texts))
        })
        .await?;
    let found = match kept {
        Some(found) => found,
        None => {
            let texts: HashMap<i64, String> = texts.into_iter().map(|(id, _, text)| (id, text)).collect();
            tokio::task::spawn_blocking(move || similar::reckon(site, id, &points, &texts)).await.map_err(anyhow::Error::from)?
        }
    };
    Ok((process, found))
}

/// The page. At most four statements.
pub(super) async fn show(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>) -> Result<Response, AppError> {
    let (process, found) = read(&app, &ctx, id).await?;
    let wanted: Vec<i64> =
        found.iter().take(SHOWN).flat_map(|one| one.points.iter().map(|(point, _)| *point).take(POINTS_SHOWN).chain(one.longer.iter().copied())).collect();
    let texts = app.read(&ctx, move |tx| Ok::<_, AppError>(lists::list_texts(tx, &wanted)?)).await?;
    let texts: HashMap<i64, (i64, String)> = texts.into_iter().map(|(id, number, text)| (id, (number, text))).collect();
    let (t, own) = (ctx.t, own_path(id));
    let proposals = found.iter().take(SHOWN).map(|one| proposal(t, &own, one, &texts));
    let points: usize = found.iter().map(|one| one.points.len()).sum();
    page(&SuggestionsPage {
        shell: process_shell(&app, &ctx, &process, t.get("admin-weighing-suggestions")),
        german: if ctx.language() == allmende_core::Language::German { "" } else { " lang=\"de\"" },
        lead: t.with("admin-weighing-suggestions-lead", &[("count", found.len().into()), ("points", points.into())]),
        proposals: proposals.collect(),
        more: found.len().checked_sub(SHOWN).filter(|more| *more > 0).map(|more| t.with("admin-weighing-suggestions-more", &[("count", more.into())])),
        desk: desk(&app, &ctx),
        own,
        t,
    })
}

fn proposal(t: Speaker, own: &str, one: &Suggestion, texts: &HashMap<i64, (i64, String)>) -> Proposal {
    let text = |point: i64| texts.get(&point).cloned().unwrap_or_default();
    let items = one.points.iter().take(POINTS_SHOWN).map(|(point, likeness)| {
        let (number, words) = text(*point);
        let percent = (likeness * 100.0).round() as i64;
        Item { point: *point, number, text: short(&words), likeness: t.with("admin-weighing-likeness", &[("percent", percent.into())]) }
    });
    let first = one.points.first().map_or((0, String::new()), |(point, _)| text(*point));
    Proposal {
        heading: t.with("admin-weighing-alike", &[("count", one.points.len().into())]),
        text: first.1,
        items: items.collect(),
        rest: one.points.iter().skip(POINTS_SHOWN).map(|(point, _)| *point).collect(),
        longer: one.longer.iter().map(|point| (text(*point).0, format!("{own}/punkt/{point}"))).collect(),
    }
}

/// Accepts a proposal as it is ticked, or says that its points are different.
pub(super) async fn act(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let back = format!("{}/vorschlaege", own_path(id));
    let (chosen, all, title) = (ticked(&fields, "point"), ticked(&fields, "all"), fields.line("title"));
    let (asked, is_apart) = (ctx.clone(), fields.raw("act") == "apart");
    let result = app
        .write(&ctx, move |tx| {
            processes::find(tx, id)?.ok_or(AppError::NotFound)?;
            if is_apart {
                return Ok(bundles::set_apart(tx, id, &all)?);
            }
            let others: Vec<i64> = all.iter().copied().filter(|point| !chosen.contains(point)).collect();
            bundles::accept(tx, id, &chosen, &others, &title, &asked.actor).map(|_| ())
        })
        .await;
    match result {
        Ok(()) => Ok(done(&back, if is_apart { "admin-weighing-apart" } else { "admin-weighing-bundled" })),
        Err(error) => refused(&back, error),
    }
}
