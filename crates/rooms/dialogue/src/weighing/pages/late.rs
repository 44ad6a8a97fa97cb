//! `/beteiligung/ueberfaellig`: statements whose answer is later than promised, the longest waiting first; `?verfahren=7` one process.

use crate::pages::words::{State, Words};
use crate::pages::{Parameters, parameter};
use crate::store::lists;
use crate::store::{path, statement_path};
use allmende_platform::texts::Speaker;
use allmende_platform::web::{AppError, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Query, State as Axum};
use axum::response::Response;

/// Statements on the page.
const ROWS: i64 = 200;

struct Row {
    path: String,
    number: i64,
    process: String,
    process_path: String,
    text: String,
    department: Option<String>,
    state: State,
}

#[derive(Template)]
#[template(path = "beteiligung/abwaegung_late.html")]
struct LatePage {
    shell: Shell,
    t: Speaker,
    words: Words,
    rows: Vec<Row>,
    is_narrowed: bool,
}

/// The list. One statement.
///
/// # Errors
/// What the database reports.
pub async fn list(Axum(app): Axum<App>, ctx: Ctx, Query(query): Parameters) -> Result<Response, AppError> {
    let process = parameter(&query, "verfahren").and_then(|id| id.parse::<i64>().ok());
    let zone = ctx.site.zone.clone();
    let (now, owed) = app
        .read(&ctx, move |tx| {
            let now = tx.now()?;
            Ok::<_, AppError>((now, lists::list_owed(tx, process, now.at(&zone).date(), ROWS)?))
        })
        .await?;
    let (t, words) = (ctx.t, Words::new(&ctx, now));
    let rows = owed.into_iter().map(|row| Row {
        path: statement_path(row.process, row.number),
        number: row.number,
        process_path: path(row.process, &row.title),
        process: row.title,
        text: row.text,
        department: row.department,
        state: words.waits(Some(row.answer_by)),
    });
    page(&LatePage {
        rows: rows.collect(),
        shell: crate::pages::shell(&app, &ctx, t.get("weighing-late")).crumb(t.get("nav-dialogue"), "/beteiligung").here(t.get("weighing-late")),
        is_narrowed: process.is_some(),
        words,
        t,
    })
}
