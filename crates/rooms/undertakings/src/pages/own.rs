//! `/konto/vorhaben`: what the reader asked to take part in, and the way out.

use super::words::Words;
use crate::store::askers::{self, Asker};
use crate::store::path;
use allmende_core::{Id, Person};
use allmende_platform::texts::Speaker;
use allmende_platform::web::{AppError, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

struct Row {
    id: i64,
    path: String,
    title: String,
    day: String,
    name: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "vorhaben/own.html")]
struct OwnPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    rows: Vec<Row>,
}

fn reader(ctx: &Ctx) -> Result<Id<Person>, AppError> {
    ctx.actor.person().ok_or(AppError::Forbidden)
}

/// What the reader asked for.
///
/// # Errors
/// What the database reports.
pub async fn show(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let person = reader(&ctx)?;
    let (now, rows) = app.read(&ctx, move |tx| Ok::<_, AppError>((tx.now()?, askers::list_of_person(tx, person)?))).await?;
    let (t, words) = (ctx.t, Words::new(&ctx, now));
    let mut shell = Shell::new(&app, &ctx, t.get("undertaking-own-heading")).crumb(t.get("undertaking-start"), "/").crumb(t.get("shell-account"), "/konto");
    shell.hidden_from_search = true;
    let row = |asker: Asker| Row {
        id: asker.id,
        path: path(asker.undertaking, &asker.title),
        day: words.day_of(asker.created_at),
        title: asker.title,
        name: asker.asked.name,
        reason: asker.asked.reason,
    };
    let rows = rows.into_iter().map(row).collect();
    page(&OwnPage { shell, t, rows, words })
}

/// Takes the reader out of a request.
///
/// # Errors
/// 404 for a request of somebody else.
pub async fn leave(State(app): State<App>, ctx: Ctx, Path(id): Path<i64>) -> Result<Response, AppError> {
    let person = reader(&ctx)?;
    app.write(&ctx, move |tx| {
        let asker = askers::find_of_person(tx, person, id)?.ok_or(AppError::NotFound)?;
        Ok::<_, AppError>(askers::leave(tx, &asker)?)
    })
    .await?;
    Ok(Redirect::to("/konto/vorhaben?hinweis=undertaking-left").into_response())
}
