//! What lies on the reader's table: the decisions of their departments, what is later than planned first. The clerk sees all.

use crate::pages::list::Item;
use crate::pages::words::Words;
use crate::pages::{Parameters, parameter};
use crate::store::inbox as store;
use allmende_core::{Act, may};
use allmende_platform::limits::PAGE_ROWS;
use allmende_platform::texts::Speaker;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;

/// Pages of the list that can be turned to.
const PAGES_MAX: i64 = 1_000;

struct Uncounted {
    path: String,
    title: String,
    result: String,
    day: String,
}

#[derive(Template)]
#[template(path = "beschluss/inbox.html")]
struct InboxPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    words: Words,
    rows: Vec<Item>,
    uncounted: Vec<Uncounted>,
    is_clerk: bool,
    shows_uncounted: bool,
    earlier: Option<String>,
    later: Option<String>,
}

/// The list.
pub(super) async fn inbox(State(app): State<App>, ctx: Ctx, Query(query): Parameters) -> Result<Response, AppError> {
    let is_clerk = may(&ctx.actor, Act::CorrectDecisions);
    let shows_uncounted = is_clerk && parameter(&query, "zeige") == Some("andere");
    let number = parameter(&query, "seite").and_then(|text| text.parse::<i64>().ok()).unwrap_or(1).clamp(1, PAGES_MAX);
    let (offset, zone) = ((number - 1) * PAGE_ROWS, ctx.site.zone.clone());
    let person = if is_clerk { None } else { ctx.actor.person() };
    let (now, mut rows, mut uncounted) = app
        .read(&ctx, move |tx| {
            let now = tx.now()?;
            Ok::<_, AppError>(if shows_uncounted {
                (now, Vec::new(), store::list_uncounted(tx, PAGE_ROWS + 1, offset)?)
            } else {
                (now, store::inbox(tx, person, now.at(&zone).date(), PAGE_ROWS + 1, offset)?, Vec::new())
            })
        })
        .await?;
    let (words, shown) = (Words::new(&ctx, now), usize::try_from(PAGE_ROWS).unwrap_or(usize::MAX));
    let has_more = rows.len().max(uncounted.len()) > shown;
    rows.truncate(shown);
    uncounted.truncate(shown);
    let mode = if shows_uncounted { "zeige=andere&" } else { "" };
    let turn = |number: i64| format!("/verwaltung/beschluesse?{mode}seite={number}");
    let items = rows.into_iter().map(|row| {
        let id = row.id;
        Item { path: format!("/verwaltung/beschluesse/{id}"), ..Item::new(&words, row) }
    });
    page(&InboxPage {
        shell: super::shell(&app, &ctx, ctx.t.get("admin-decisions")),
        t: ctx.t,
        desk: desk(&app, &ctx),
        rows: items.collect(),
        uncounted: uncounted
            .into_iter()
            .map(|(id, title, result, at)| Uncounted {
                path: format!("/verwaltung/beschluesse/{id}"),
                title,
                result: result.unwrap_or_default(),
                day: at.map(|at| words.day_of(at)).unwrap_or_default(),
            })
            .collect(),
        is_clerk,
        shows_uncounted,
        earlier: (number > 1).then(|| turn(number - 1)),
        later: has_more.then(|| turn(number + 1)),
        words,
    })
}
