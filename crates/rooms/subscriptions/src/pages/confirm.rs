//! The link in the mail that asks back. Opening it changes nothing, because programs that look at mails open links too; the
//! button on its page confirms.

use super::{asked, reason, shell};
use crate::store::readers::{self, Door};
use crate::store::subscriptions;
use allmende_platform::texts::Speaker;
use allmende_platform::web::{Fields, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// Key of the link in the address and in the form.
const KEY: &str = "schluessel";

#[derive(Template)]
#[template(path = "abos/confirm.html")]
struct ConfirmPage {
    shell: Shell,
    t: Speaker,
    what: String,
    frequency: &'static str,
    token: String,
}

#[derive(Template)]
#[template(path = "abos/ended.html")]
struct EndedPage {
    shell: Shell,
    t: Speaker,
}

/// 410: the link was used or is too old; nothing tells which, and the page shows the ways on.
pub(super) fn ended(app: &App, ctx: &Ctx) -> Result<Response, AppError> {
    let shell = shell(app, ctx, ctx.t.get("abo-ended-heading"));
    Ok((StatusCode::GONE, page(&EndedPage { shell, t: ctx.t })?).into_response())
}

/// What the link asks to confirm.
pub(crate) async fn show(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let token = asked(&ctx, KEY);
    let own = token.clone();
    let found = app.read(&ctx, move |tx| Ok::<_, AppError>(subscriptions::find_requested(tx, &own)?)).await?;
    let Some((listed, ..)) = found else { return ended(&app, &ctx) };
    let what = reason(ctx.t, &listed.target, &listed.name);
    let frequency = crate::digest::frequency(ctx.t, listed.frequency);
    page(&ConfirmPage { shell: shell(&app, &ctx, ctx.t.get("abo-confirm-heading")), t: ctx.t, what, frequency, token })
}

/// Confirms, and shows the subscriptions of the address. Mails that rested go on: this one arrived.
pub(crate) async fn confirm(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let (token, zone) = (fields.raw(KEY).to_owned(), ctx.site.zone.clone());
    let secret = app
        .write(&ctx, move |tx| {
            let Some((listed, reader, secret)) = subscriptions::find_requested(tx, &token)? else { return Ok::<_, AppError>(None) };
            subscriptions::confirm(tx, listed.id, reader)?;
            if let Some(reader) = readers::find(tx, &Door::Secret(secret.clone()))? {
                readers::resume(tx, &reader, &zone)?;
            }
            Ok(Some(secret))
        })
        .await?;
    match secret {
        Some(secret) => Ok(Redirect::to(&format!("/abos/{secret}?hinweis=abo-confirmed")).into_response()),
        None => ended(&app, &ctx),
    }
}
