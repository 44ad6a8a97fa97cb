//! A guest confirms by the link in the mail. The page only shows a button, so that programs which open links confirm nothing.

use super::words::Words;
use super::{Parameters, frame, parameter};
use crate::care;
use crate::rules::State;
use crate::store::{participants, statements};
use allmende_core::{Actor, Refusal};
use allmende_platform::texts::Speaker;
use allmende_platform::web::{Fields, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::{Query, State as Axum};
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "beteiligung/confirm.html")]
struct ConfirmPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    title: String,
    text: String,
    receipt: String,
    key: String,
    is_used: bool,
    path: String,
}

/// The page behind the link.
///
/// # Errors
/// 404 for a link that is unknown or has expired.
pub async fn show(Axum(app): Axum<App>, ctx: Ctx, Query(query): Parameters) -> Result<Response, AppError> {
    let key = parameter(&query, "schluessel").ok_or(AppError::NotFound)?.to_owned();
    let asked = key.clone();
    let (confirmation, row, process, now) = app
        .read(&ctx, move |tx| {
            let confirmation = participants::find_confirmation(tx, &asked)?.ok_or(AppError::NotFound)?;
            if confirmation.kind != crate::store::STATEMENT {
                return Err(AppError::NotFound);
            }
            let (row, process) = statements::with_process(tx, confirmation.object)?;
            Ok((confirmation, row, frame::public(Some(process))?, tx.now()?))
        })
        .await?;
    let mut shell = super::shell(&app, &ctx, ctx.t.get("dialogue-confirm")).crumb(ctx.t.get("nav-dialogue"), "/beteiligung");
    shell.hidden_from_search = true;
    page(&ConfirmPage {
        shell,
        t: ctx.t,
        words: Words::new(&ctx, now),
        title: process.title.clone(),
        path: process.path(),
        text: row.text,
        receipt: row.receipt,
        key,
        is_used: confirmation.is_used,
    })
}

/// Confirms. Doing it twice is once.
///
/// # Errors
/// 404 for a link that is unknown or has expired.
pub async fn confirm(Axum(app): Axum<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let key = fields.raw("schluessel").to_owned();
    let (path, unit) = app
        .write(&ctx, move |tx| {
            let confirmation = participants::find_confirmation(tx, &key)?.ok_or(AppError::NotFound)?;
            if confirmation.kind != crate::store::STATEMENT {
                return Err(AppError::NotFound);
            }
            let (row, process) = statements::with_process(tx, confirmation.object)?;
            let process = frame::public(Some(process))?;
            if row.participant != Some(confirmation.participant) {
                return Err(AppError::Refused(Refusal::new("dialogue-confirm-other")));
            }
            if !confirmation.is_used {
                participants::confirm(tx, &key, confirmation.participant)?;
                if row.state == State::Unconfirmed {
                    let waits = process.is_moderated_before || care::waits(tx, &row.text, row.participant, &Actor::Stranger)?;
                    statements::set_state(tx, &process, &row, State::first(false, waits), None, &Actor::Stranger)?;
                }
            }
            Ok((process.path(), row.unit))
        })
        .await?;
    Ok(Redirect::to(&format!("{path}?absatz={unit}&hinweis=dialogue-confirmed#u{unit}")).into_response())
}
