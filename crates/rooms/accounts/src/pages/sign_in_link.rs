//! Signing in by a link in a mail, beside the password.

use super::links::{KEY, ended, open};
use super::register::{LetInPage, let_in};
use super::sign_in::refuse;
use super::{ONWARD, asked, client_tries_too_often, count_client, home, mails_too_often, signed_in};
use crate::mails;
use crate::rules::{self, Email};
use crate::store::{self, links};
use allmende_platform::web::{Fields, page};
use allmende_platform::{App, AppError, Ctx};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

/// Says that a mail is on its way.
pub(crate) const SENT: &str = "/anmelden/gesendet";

/// Sends a link if the address has an account. The answer is the same if it has none, and also if it got too many mails.
pub(crate) async fn ask(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let email = match Email::new(&fields.line("email")) {
        Ok(email) => email,
        Err(refusal) => return refuse(&app, &ctx, &fields, refusal).await,
    };
    let onward = rules::onward(fields.raw(ONWARD)).unwrap_or_default().to_owned();
    let (own_app, own_ctx) = (app.clone(), ctx.clone());
    let too_often = app
        .write(&ctx, move |tx| {
            if client_tries_too_often(tx, &own_app, &own_ctx)? {
                return Ok::<_, AppError>(true);
            }
            let too_many_mails = mails_too_often(tx, &own_app, "sign-in-mail", &email.folded())?;
            let account = store::find_by_email(tx, &email.folded())?.filter(|account| !account.is_blocked);
            if let (Some(account), false) = (account, too_many_mails) {
                mails::send_sign_in(tx, &own_app, &own_ctx.site, &account, &onward)?;
            }
            Ok(false)
        })
        .await?;
    if too_often { Err(AppError::TooMany) } else { Ok(Redirect::to(SENT).into_response()) }
}

/// The button behind the link. Opening it uses nothing up.
pub(crate) async fn show(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let token = asked(&ctx, KEY);
    let Some((account, _)) = open(&app, &ctx, token.clone()).await? else { return ended(&app, &ctx) };
    page(&LetInPage::new(&app, &ctx, token, &account.email, ["let-in-heading", "let-in-lead", "sign-in-button"]))
}

/// Uses the link up and begins a session.
pub(crate) async fn accept(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    count_client(&app, &ctx).await?;
    let token = fields.raw(KEY).to_owned();
    let Some((account, _)) = open(&app, &ctx, token.clone()).await? else { return ended(&app, &ctx) };
    let old = ctx.session_token.clone();
    let begun = app
        .write(&ctx, move |tx| {
            if !links::use_up(tx, &token, account.id)? {
                return Ok::<_, AppError>(None);
            }
            let session = let_in(tx, &account, old.as_deref())?;
            let roles = store::find_roles(tx, account.id)?.unwrap_or_default();
            Ok(Some((session, home(account.id, &account.name, roles))))
        })
        .await?;
    let Some((session, home)) = begun else { return ended(&app, &ctx) };
    Ok(signed_in(&ctx.site, &session, rules::onward(fields.raw(ONWARD)).unwrap_or(home)))
}
