//! The lists of the desk below `/verwaltung/rat`: what there is to do, and every kind page by page, with a search.
//!
//! Drafts stand among the others, each with its state in words. Start with [`routes`].

use crate::entry::kinds::{SORTS, Sort};
use crate::entry::rules::State;
use crate::store::entry_list::{self, Asked, Entry};
use allmende_core::{Act, may};
use allmende_oparl::Kind;
use allmende_platform::limits::{LINE_CHARS_MAX, PAGE_ROWS};
use allmende_platform::texts::Speaker;
use allmende_platform::web::routes::encode;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{Policy, Routes, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::{Path, Query, State as Extract};
use axum::response::Response;
use std::collections::HashMap;

/// The routes of the lists.
#[must_use]
pub fn routes() -> Routes {
    let read = Policy::Act(Act::ReadDrafts);
    Routes::new().get("/verwaltung/rat", read, overview).get("/verwaltung/rat/{sort}", read, list)
}

/// A row of a list as the desk shows it.
pub(super) struct Row {
    pub path: String,
    pub name: String,
    pub state: &'static str,
    pub shape: &'static str,
    pub id: i64,
}

pub(super) fn row(t: Speaker, sort: &Sort, entry: &Entry) -> Row {
    let (state, shape) = words(entry.state);
    let name = if entry.name.trim().is_empty() { t.get("admin-council-unnamed").to_owned() } else { entry.name.clone() };
    Row { path: sort.path_of(entry.id), name, state: t.get(state), shape, id: entry.id }
}

pub(super) const fn words(state: State) -> (&'static str, &'static str) {
    match state {
        State::Draft => ("admin-council-state-draft", "open"),
        State::Internal => ("admin-council-state-internal", "busy"),
        State::Public => ("admin-council-state-public", "done"),
        State::Withdrawn => ("admin-council-state-withdrawn", "no"),
    }
}

pub(super) fn shell(app: &App, ctx: &Ctx, title: impl Into<String>) -> Shell {
    let mut shell = Shell::new(app, ctx, title).crumb(ctx.t.get("shell-desk"), "/verwaltung").crumb(ctx.t.get("admin-council"), "/verwaltung/rat");
    shell.hidden_from_search = true;
    shell
}

#[derive(Template)]
#[template(path = "entry/overview.html")]
struct Overview {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    sorts: Vec<&'static Sort>,
    drafts: Vec<Row>,
    may_edit: bool,
}

async fn overview(Extract(app): Extract<App>, ctx: Ctx) -> Result<Response, AppError> {
    let (t, inside) = (ctx.t, may(&ctx.actor, Act::ReadNonPublic));
    let drafts = app
        .read(&ctx, move |tx| {
            let mut rows = Vec::new();
            for kind in [Kind::Meeting, Kind::Paper] {
                let Some(sort) = Sort::of(kind) else { continue };
                let entries = entry_list::list_drafts(tx, kind, inside, PAGE_ROWS)?;
                rows.extend(entries.iter().map(|entry| row(t, sort, entry)));
            }
            Ok::<_, AppError>(rows)
        })
        .await?;
    let mut shell = shell(&app, &ctx, t.get("admin-council"));
    shell.crumbs.pop();
    page(&Overview { shell, t, desk: desk(&app, &ctx), sorts: SORTS.iter().filter(|sort| sort.has_list()).collect(), drafts, may_edit: may(&ctx.actor, Act::EditCouncil) })
}

#[derive(Template)]
#[template(path = "entry/list.html")]
struct List {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    sort: &'static Sort,
    rows: Vec<Row>,
    query: String,
    is_first: bool,
    first: String,
    next: Option<String>,
    may_edit: bool,
}

async fn list(Extract(app): Extract<App>, ctx: Ctx, Path(path): Path<String>, Query(query): Query<HashMap<String, String>>) -> Result<Response, AppError> {
    let sort = Sort::at(&path).filter(|sort| sort.has_list()).ok_or(AppError::NotFound)?;
    let words: String = query.get("q").map(|words| words.trim().chars().take(LINE_CHARS_MAX).collect()).unwrap_or_default();
    let after = query.get("nach").and_then(|after| after.parse().ok());
    let asked = Asked { kind: sort.kind, with_internal: may(&ctx.actor, Act::ReadNonPublic), words: words.clone(), after };
    let found = app.read(&ctx, move |tx| Ok::<_, AppError>(entry_list::page(tx, &asked)?)).await?;
    let t = ctx.t;
    let address = |after: Option<i64>| {
        let parts = [(!words.is_empty()).then(|| format!("q={}", encode(&words))), after.map(|after| format!("nach={after}"))];
        let query = parts.into_iter().flatten().collect::<Vec<_>>().join("&");
        format!("/verwaltung/rat/{}{}{query}", sort.path, if query.is_empty() { "" } else { "?" })
    };
    page(&List {
        shell: shell(&app, &ctx, t.get(sort.many)),
        t,
        desk: desk(&app, &ctx),
        sort,
        rows: found.rows.iter().map(|entry| row(t, sort, entry)).collect(),
        is_first: after.is_none(),
        first: address(None),
        next: found.next.map(|next| address(Some(next))),
        query: words,
        may_edit: may(&ctx.actor, Act::EditCouncil),
    })
}
