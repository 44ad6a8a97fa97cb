//! The link in the mail that asks back. Opening it changes nothing, because programs that look at mails open links too; the
//! button on its page confirms. Afterwards the same link leads to the way out.

use super::shell;
use crate::store::askers::{self, Asker, Confirmed};
use crate::store::path;
use allmende_core::Refusal;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::pairs;
use allmende_platform::web::{Fields, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// Name of the link's key in the address and in the form.
const KEY: &str = "schluessel";

#[derive(Template)]
#[template(path = "vorhaben/confirm.html")]
struct ConfirmPage {
    shell: Shell,
    t: Speaker,
    german: &'static str,
    title: String,
    path: String,
    name: String,
    reason: String,
    is_confirmed: bool,
    refused: Option<&'static str>,
    token: String,
}

#[derive(Template)]
#[template(path = "vorhaben/ended.html")]
struct EndedPage {
    shell: Shell,
    t: Speaker,
}

fn own_shell(app: &App, ctx: &Ctx, heading: &'static str) -> Shell {
    let mut shell = shell(app, ctx, heading).crumb(ctx.t.get("undertaking-heading"), "/vorhaben");
    shell.hidden_from_search = true;
    shell
}

/// 410: the link was used up or is too old; nothing tells which, and the page shows the ways on.
fn ended(app: &App, ctx: &Ctx) -> Result<Response, AppError> {
    let shell = own_shell(app, ctx, ctx.t.get("undertaking-ended-heading"));
    Ok((StatusCode::GONE, page(&EndedPage { shell, t: ctx.t })?).into_response())
}

fn confirm_page(app: &App, ctx: &Ctx, asker: Asker, token: String, refusal: Option<&Refusal>) -> ConfirmPage {
    let t = ctx.t;
    let heading = t.get(if asker.confirmed_at.is_some() { "undertaking-confirmed-heading" } else { "undertaking-confirm-heading" });
    ConfirmPage {
        shell: own_shell(app, ctx, heading),
        t,
        german: if ctx.language() == allmende_core::Language::German { "" } else { " lang=\"de\"" },
        path: path(asker.undertaking, &asker.title),
        title: asker.title,
        name: asker.asked.name,
        reason: asker.asked.reason,
        is_confirmed: asker.confirmed_at.is_some(),
        refused: refusal.map(|refusal| t.find(refusal.key).unwrap_or(refusal.key)),
        token,
    }
}

/// What the link asks to confirm, or what was confirmed with it.
///
/// # Errors
/// 410 for a link that has ended.
pub async fn show(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let token = pairs(ctx.query.as_bytes()).into_iter().find(|(name, _)| name == KEY).map(|(_, value)| value).unwrap_or_default();
    let own = token.clone();
    match app.read(&ctx, move |tx| Ok::<_, AppError>(askers::find_by_token(tx, &own)?)).await? {
        Some(asker) => page(&confirm_page(&app, &ctx, asker, token, None)),
        None => ended(&app, &ctx),
    }
}

/// Confirms, and shows the sheet.
///
/// # Errors
/// 410 for a link that has ended; what may not be asked any more stands on the page.
pub async fn confirm(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let (token, own_ctx) = (fields.raw(KEY).to_owned(), ctx.clone());
    let sent = token.clone();
    let done = app
        .write(&ctx, move |tx| {
            let Some(asker) = askers::find_by_token(tx, &sent)? else { return Ok::<_, AppError>(None) };
            let today = tx.now()?.at(&own_ctx.site.zone).date();
            let confirmed = askers::confirm(tx, &asker, &own_ctx.actor, today)?;
            Ok(Some((path(asker.undertaking, &asker.title), confirmed)))
        })
        .await;
    match done {
        Ok(Some((path, confirmed))) => {
            let notice = if confirmed == Confirmed::Already { "undertaking-asked-before" } else { "undertaking-asked" };
            Ok(Redirect::to(&format!("{path}?hinweis={notice}#anfragen")).into_response())
        }
        Ok(None) => ended(&app, &ctx),
        Err(AppError::Refused(refusal)) => {
            let own = token.clone();
            let found = app.read(&ctx, move |tx| Ok::<_, AppError>(askers::find_by_token(tx, &own)?)).await?;
            let asker = found.ok_or(AppError::Gone)?;
            let answer = page(&confirm_page(&app, &ctx, asker, token, Some(&refusal)))?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
        }
        Err(error) => Err(error),
    }
}

/// Takes somebody out of a request again, by the same link.
///
/// # Errors
/// 410 for a link that has ended.
pub async fn leave(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let token = fields.raw(KEY).to_owned();
    let left = app
        .write(&ctx, move |tx| {
            let Some(asker) = askers::find_by_token(tx, &token)? else { return Ok::<_, AppError>(None) };
            askers::leave(tx, &asker)?;
            Ok(Some(path(asker.undertaking, &asker.title)))
        })
        .await?;
    match left {
        Some(path) => Ok(Redirect::to(&format!("{path}?hinweis=undertaking-left")).into_response()),
        None => ended(&app, &ctx),
    }
}
