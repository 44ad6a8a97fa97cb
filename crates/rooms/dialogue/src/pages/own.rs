//! `/konto/beitraege`: what the signed-in reader gave on this site, and what became of it.

use super::words::{State, Words};
use crate::rules::State as Stands;
use crate::store::{personal, statement_path};
use allmende_platform::texts::Speaker;
use allmende_platform::web::{AppError, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::State as Axum;
use axum::response::Response;

/// Contributions on the page.
const ROWS: i64 = 200;

struct Row {
    title: String,
    process_path: String,
    path: String,
    receipt: String,
    day: String,
    text: String,
    state: State,
}

#[derive(Template)]
#[template(path = "beteiligung/own.html")]
struct OwnPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    rows: Vec<Row>,
}

/// The page. One statement.
///
/// # Errors
/// What the database reports.
pub async fn list(Axum(app): Axum<App>, ctx: Ctx) -> Result<Response, AppError> {
    let person = ctx.actor.person().ok_or(AppError::Forbidden)?;
    let (now, given) = app.read(&ctx, move |tx| Ok::<_, AppError>((tx.now()?, personal::list(tx, person, ROWS)?))).await?;
    let (t, words) = (ctx.t, Words::new(&ctx, now));
    let rows = given.into_iter().map(|given| Row {
        process_path: given.process_path(),
        path: statement_path(given.process, given.number),
        day: words.day_of(given.submitted_at),
        state: match (given.state, given.answered_at) {
            (Stands::Public, Some(at)) => {
                State { shape: "done", text: t.with("dialogue-own-answered", &[("day", (&words.dates.day(words.dates.local(at).date())).into())]) }
            }
            (Stands::Public, None) => words.waits(given.answer_by),
            (state, _) => words.stands(state),
        },
        title: given.title,
        receipt: given.receipt,
        text: given.text,
    });
    let mut shell = Shell::new(&app, &ctx, t.get("dialogue-own")).crumb(t.get("nav-start"), "/").crumb(t.get("shell-account"), "/konto");
    shell.hidden_from_search = true;
    page(&OwnPage { shell, rows: rows.collect(), words, t })
}
