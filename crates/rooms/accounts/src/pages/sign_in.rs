//! Signing in and out.

use super::register;
use super::{ONWARD, asked_onward, client_tries_too_often, form, home, signed_in, with_onward};
use crate::oidc::pages::{BEGIN, after_signing_out};
use crate::passkeys::pages::options_to_sign_in;
use crate::rules;
use crate::store::{self, Account, attempts, providers};
use allmende_core::{Actor, Refusal};
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::{Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx, mail, sessions};
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "sign_in.html")]
pub(super) struct SignInPage {
    shell: Shell,
    t: Speaker,
    form: Form,
    /// The page where an account is made; it leads on to the same page as this one.
    register: String,
    /// What stands on the provider's button, if the site has one, and where it leads.
    extern_button: Option<String>,
    begin: String,
    /// What the script needs for passkeys; nothing where devices keep no keys.
    passkey: Option<String>,
}

impl SignInPage {
    async fn build(app: &App, ctx: &Ctx, form: Form) -> Result<Self, AppError> {
        let (extern_button, now) = app.read(ctx, |tx| Ok::<_, AppError>((providers::find_button(tx)?, tx.now()?))).await?;
        let mut shell = Shell::new(app, ctx, ctx.t.get("sign-in-heading")).crumb(ctx.t.get("nav-start"), "/");
        shell.hidden_from_search = true;
        form.mark(&mut shell);
        let onward = rules::onward(form.value(ONWARD)).unwrap_or_default();
        let (register, begin) = (with_onward(register::PATH, onward), with_onward(BEGIN, onward));
        Ok(Self { shell, t: ctx.t, register, extern_button, begin, passkey: options_to_sign_in(app, ctx, now)?, form })
    }
}

/// The form; who is signed in already goes on at once.
pub(crate) async fn show(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let asked = asked_onward(&ctx);
    let onward = rules::onward(&asked);
    if let Actor::Person(person) = &ctx.actor {
        return Ok(Redirect::to(onward.unwrap_or(home(person.person, &person.public_name, person.roles))).into_response());
    }
    page(&SignInPage::build(&app, &ctx, form(ctx.t).with(ONWARD, onward.unwrap_or_default())).await?)
}

/// What was found before the password is compared. The hash leaves the closure because hashing must not hold a connection.
enum Found {
    TooOften,
    Account(Option<Account>),
}

/// Signs somebody in: an unknown address, a wrong password and a blocked account have one answer, after the same work.
pub(crate) async fn sign_in(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let (folded, password) = (mail::folded(&fields.line("email")), fields.raw("password").to_owned());
    let account = match look_up(&app, &ctx, folded).await? {
        Found::TooOften => return Err(AppError::TooMany),
        Found::Account(account) => account.filter(|account| !account.is_blocked),
    };
    let kept = account.as_ref().and_then(|account| account.password_hash.clone());
    let short = if password.chars().count() > allmende_platform::limits::PASSWORD_CHARS_MAX { String::new() } else { password };
    let fits = app.passwords.fits(short, kept).await?;
    let (Some(account), true) = (account, fits) else { return refuse(&app, &ctx, &fields, Refusal::new("sign-in-wrong")).await };
    let old = ctx.session_token.clone();
    let begun = app
        .write(&ctx, move |tx| {
            // The password may have changed or the account been blocked since it was compared.
            let now = store::find(tx, account.id)?.filter(|now| !now.is_blocked && now.password_hash == account.password_hash);
            let Some(now) = now else { return Ok::<_, AppError>(None) };
            if let Some(old) = &old {
                sessions::end(tx, old)?;
            }
            let roles = store::find_roles(tx, now.id)?.unwrap_or_default();
            Ok(Some((sessions::begin(tx, now.id)?, home(now.id, &now.name, roles))))
        })
        .await?;
    let Some((token, home)) = begun else { return refuse(&app, &ctx, &fields, Refusal::new("sign-in-wrong")).await };
    Ok(signed_in(&ctx.site, &token, rules::onward(fields.raw(ONWARD)).unwrap_or(home)))
}

async fn look_up(app: &App, ctx: &Ctx, folded: String) -> Result<Found, AppError> {
    let (own_app, own_ctx) = (app.clone(), ctx.clone());
    app.write(ctx, move |tx| {
        // A client that tries too often does not use up the tries of an account.
        if client_tries_too_often(tx, &own_app, &own_ctx)? {
            return Ok(Found::TooOften);
        }
        let subject = own_app.parts.seal.daily("account", &folded, tx.now()?);
        if attempts::add(tx, &subject, rules::WINDOW_SECONDS)? > rules::ACCOUNT_TRIES_MAX {
            return Ok(Found::TooOften);
        }
        Ok::<_, AppError>(Found::Account(store::find_by_email(tx, &folded)?))
    })
    .await
}

/// The page again, with what was refused.
pub(crate) async fn refuse(app: &App, ctx: &Ctx, fields: &Fields, refusal: Refusal) -> Result<Response, AppError> {
    refused_page(&SignInPage::build(app, ctx, Form::refused(ctx.t, fields, [refusal])).await?)
}

/// Ends the session. Who came in by the provider is asked whether to sign out there too.
pub(crate) async fn sign_out(State(app): State<App>, ctx: Ctx, headers: HeaderMap) -> Result<Response, AppError> {
    if let Some(token) = ctx.session_token.clone() {
        app.write(&ctx, move |tx| Ok::<_, AppError>(sessions::end(tx, &token)?)).await?;
    }
    let gone = (SET_COOKIE, sessions::remove_cookie(&ctx.site));
    Ok(match after_signing_out(&headers, &ctx.site) {
        Some((path, came)) => (AppendHeaders([gone, (SET_COOKIE, came)]), Redirect::to(path)).into_response(),
        None => (AppendHeaders([gone]), Redirect::to("/?hinweis=signed-out")).into_response(),
    })
}
