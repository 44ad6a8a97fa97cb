//! `/vorhaben/anfragen`: what residents ask for and the house owes: what is overdue first, then what is answered.

use super::sheet::RequestItem;
use super::words::Words;
use super::{Parameters, parameter, shell};
use crate::store::requests;
use allmende_platform::limits::PAGE_ROWS;
use allmende_platform::texts::Speaker;
use allmende_platform::web::{AppError, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;

/// Answers on the page.
const ANSWERED_MAX: i64 = 20;

#[derive(Template)]
#[template(path = "vorhaben/requests.html")]
struct RequestsPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    lead: String,
    open: Vec<RequestItem>,
    answered: Vec<RequestItem>,
    next: Option<String>,
}

/// The page. Three statements.
///
/// # Errors
/// What the database reports.
pub async fn list(State(app): State<App>, ctx: Ctx, Query(query): Parameters) -> Result<Response, AppError> {
    let after = parameter(&query, "nach").and_then(|text| text.split_once('_')).and_then(|(day, id)| Some((day.to_owned(), id.parse::<i64>().ok()?)));
    let (zone, from) = (ctx.site.zone.clone(), after.clone().unwrap_or_default());
    let (now, overdue, mut open, answered) = app
        .read(&ctx, move |tx| {
            let now = tx.now()?;
            let overdue = requests::count_overdue(tx, now.at(&zone).date())?;
            let open = requests::list_open(tx, (&from.0, from.1), PAGE_ROWS + 1)?;
            Ok::<_, AppError>((now, overdue, open, requests::list_answered(tx, ANSWERED_MAX)?))
        })
        .await?;
    let (t, words) = (ctx.t, Words::new(&ctx, now));
    let shown = usize::try_from(PAGE_ROWS).unwrap_or(usize::MAX);
    let has_more = open.len() > shown;
    open.truncate(shown);
    let place = |request: &requests::Request| Some(format!("/vorhaben/anfragen?nach={}_{}", request.answer_by?, request.id));
    page(&RequestsPage {
        shell: shell(&app, &ctx, t.get("undertaking-requests-heading"))
            .crumb(t.get("undertaking-heading"), "/vorhaben")
            .here(t.get("undertaking-requests"))
            .about(t.get("undertaking-requests-about")),
        lead: if overdue > 0 { t.with("undertaking-overdue-count", &[("count", overdue.into())]) } else { t.get("undertaking-overdue-none").to_owned() },
        next: open.last().filter(|_| has_more).and_then(place),
        open: open.iter().map(|request| RequestItem::new(&words, request)).collect(),
        answered: if after.is_none() { answered.iter().map(|request| RequestItem::new(&words, request)).collect() } else { Vec::new() },
        t,
        words,
    })
}
