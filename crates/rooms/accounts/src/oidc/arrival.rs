//! Somebody whom the provider names and whom no account belongs to yet: an account is made with a chosen public name, or the
//! identity is added to the account that its reader is signed in with.
//!
//! An identity never comes to an account by its address alone: whoever runs the provider would own the account. So an address
//! that has an account here leads to signing in first, and back to [`show`], which then asks for the same proof as other
//! changes that an open screen must not be enough for.

use super::Fault;
use super::pages::{came, refused};
use crate::pages::account::load_for_password;
use crate::pages::proof::{self, Proof};
use crate::pages::register::let_in;
use crate::pages::{count_client, form, languages, reader, with_onward};
use crate::rules::{self, Email, PublicName};
use crate::store::providers::{self, Arrival};
use crate::store::{self, identities};
use allmende_core::{Language, Refusal};
use allmende_db::{DbError, Tx};
use allmende_platform::sessions::{self, Token};
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::{Choice, Fields, Form, Shell, cookies, page};
use allmende_platform::{App, AppError, Ctx, claims};
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};

/// The page.
pub(crate) const PATH: &str = "/anmelden/extern/neu";
/// Binds an arrival to its browser.
pub(crate) const COOKIE: &str = "allmende-ankunft";

/// What is offered to somebody who arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Offer {
    /// A new account with this address.
    New(Email),
    /// An account here has the address already, or the provider tells none: sign in or register first.
    SignInFirst,
    /// Adding the identity to the reader's account.
    Link(Proof),
}

#[derive(Template)]
#[template(path = "extern_arrival.html")]
struct ArrivalPage {
    shell: Shell,
    t: Speaker,
    form: Form,
    offer: Offer,
    /// How the provider names whoever arrived.
    label: String,
    /// The address of the reader's account.
    email: String,
    languages: Vec<Choice>,
    sign_in: String,
    register: String,
}

/// What is known of the browser's arrival.
struct Found {
    arrival: Arrival,
    offer: Offer,
    email: String,
}

fn find(tx: &mut Tx<'_>, ctx: &Ctx, token: &str) -> Result<Option<Found>, DbError> {
    let Some(arrival) = providers::find_arrival(tx, token)? else { return Ok(None) };
    if let Some(reader) = ctx.actor.signed_in() {
        let Some(account) = store::find(tx, reader.person)? else { return Ok(None) };
        let offer = Offer::Link(proof::proof(tx, &account, ctx.session_token.as_deref().unwrap_or_default())?);
        return Ok(Some(Found { arrival, offer, email: account.email }));
    }
    let free = match Email::new(&arrival.named.email) {
        Ok(email) if store::find_by_email(tx, &email.folded())?.is_none() => Some(email),
        _ => None,
    };
    Ok(Some(Found { arrival, offer: free.map_or(Offer::SignInFirst, Offer::New), email: String::new() }))
}

async fn load(app: &App, ctx: &Ctx, token: &str) -> Result<Option<Found>, AppError> {
    let (own, token) = (ctx.clone(), token.to_owned());
    app.read(ctx, move |tx| Ok::<_, AppError>(find(tx, &own, &token)?)).await
}

fn build(app: &App, ctx: &Ctx, found: Found, form: Form) -> ArrivalPage {
    let heading = if matches!(found.offer, Offer::Link(_)) { "extern-link-heading" } else { "extern-new-heading" };
    let mut shell = Shell::new(app, ctx, ctx.t.get(heading)).crumb(ctx.t.get("sign-in-heading"), "/anmelden");
    shell.hidden_from_search = true;
    form.mark(&mut shell);
    ArrivalPage {
        shell,
        t: ctx.t,
        form,
        label: if found.arrival.named.label.is_empty() { found.arrival.issuer } else { found.arrival.named.label },
        offer: found.offer,
        email: found.email,
        languages: languages(),
        sign_in: with_onward("/anmelden", PATH),
        register: with_onward("/registrieren", PATH),
    }
}

/// What can be done with whom the provider named.
pub(crate) async fn show(State(app): State<App>, ctx: Ctx, headers: HeaderMap) -> Result<Response, AppError> {
    let token = cookies::read(&headers, &ctx.site, COOKIE).unwrap_or_default().to_owned();
    let Some(found) = load(&app, &ctx, &token).await? else { return refused(&app, &ctx, &Fault::Ended, "") };
    page(&build(&app, &ctx, found, form(ctx.t).with("language", ctx.language().key())))
}

/// Makes the account, with the role of a resident, and begins a session.
pub(crate) async fn make(State(app): State<App>, ctx: Ctx, headers: HeaderMap, fields: Fields) -> Result<Response, AppError> {
    count_client(&app, &ctx).await?;
    let token = cookies::read(&headers, &ctx.site, COOKIE).unwrap_or_default().to_owned();
    let Some(found) = load(&app, &ctx, &token).await? else { return refused(&app, &ctx, &Fault::Ended, "") };
    let Offer::New(email) = found.offer.clone() else { return Ok(Redirect::to(PATH).into_response()) };
    let name = PublicName::new(&fields.line("name")).and_then(|name| rules::keep_house_names(&name, &ctx.site.name).map(|()| name));
    let name = match name {
        Ok(name) => name,
        Err(refusal) => return refused_page(&build(&app, &ctx, found, Form::refused(ctx.t, &fields, [refusal]))),
    };
    let (language, onward, old) = (Language::from_key(fields.raw("language")).unwrap_or_default(), found.arrival.onward.clone(), ctx.session_token.clone());
    let made = app
        .write(&ctx, move |tx| {
            let Some(arrival) = providers::find_arrival(tx, &token)? else { return Ok(None) };
            providers::delete_arrival(tx, &token)?;
            let made = store::insert(tx, email.as_str(), &email.folded(), name.as_str(), language);
            let person = made.map_err(|error| taken(error, "extern-email-taken"))?;
            identities::insert(tx, person, &arrival.issuer, &arrival.named).map_err(|error| taken(error, "extern-taken"))?;
            claims::replace(tx, person, &arrival.named.claims)?;
            let account = store::find(tx, person)?.ok_or(AppError::NotFound)?;
            Ok::<_, AppError>(Some(let_in(tx, &account, old.as_deref())?))
        })
        .await;
    match made {
        Ok(Some(session)) => Ok(done(&ctx, &session, rules::onward(&onward).unwrap_or("/konto?hinweis=registered"))),
        Ok(None) => refused(&app, &ctx, &Fault::Ended, ""),
        Err(AppError::Refused(refusal)) => refused_page(&build(&app, &ctx, found, Form::refused(ctx.t, &fields, [refusal]))),
        Err(error) => Err(error),
    }
}

fn taken(error: DbError, key: &'static str) -> AppError {
    if matches!(error, DbError::Unique(_)) { Refusal::new(key).into() } else { error.into() }
}

/// Signed in, and the arrival's cookie gone.
fn done(ctx: &Ctx, session: &Token, to: &str) -> Response {
    let gone = cookies::set(&ctx.site, COOKIE, "", 0);
    let cookies = [(SET_COOKIE, sessions::set_cookie(&ctx.site, session)), (SET_COOKIE, gone), (SET_COOKIE, came(&ctx.site))];
    (AppendHeaders(cookies), Redirect::to(to)).into_response()
}

/// Adds the identity to the reader's account.
pub(crate) async fn link(State(app): State<App>, ctx: Ctx, headers: HeaderMap, fields: Fields) -> Result<Response, AppError> {
    count_client(&app, &ctx).await?;
    let person = reader(&ctx)?.person;
    let token = cookies::read(&headers, &ctx.site, COOKIE).unwrap_or_default().to_owned();
    let Some(found) = load(&app, &ctx, &token).await? else { return refused(&app, &ctx, &Fault::Ended, "") };
    let account = load_for_password(&app, &ctx, person).await?;
    if let (_, Some(wrong)) = proof::check(&app, &ctx, &account, &fields).await? {
        return refused_page(&build(&app, &ctx, found, Form::refused(ctx.t, &fields, [wrong])));
    }
    let linked = app
        .write(&ctx, move |tx| {
            let Some(arrival) = providers::find_arrival(tx, &token)? else { return Ok(false) };
            providers::delete_arrival(tx, &token)?;
            identities::insert(tx, person, &arrival.issuer, &arrival.named).map_err(|error| taken(error, "extern-taken"))?;
            claims::replace(tx, person, &arrival.named.claims)?;
            Ok::<_, AppError>(true)
        })
        .await;
    match linked {
        Ok(true) => {
            let gone = AppendHeaders([(SET_COOKIE, cookies::set(&ctx.site, COOKIE, "", 0))]);
            Ok((gone, Redirect::to("/konto/zugang?hinweis=linked")).into_response())
        }
        Ok(false) => refused(&app, &ctx, &Fault::Ended, ""),
        Err(AppError::Refused(refusal)) => refused_page(&build(&app, &ctx, found, Form::refused(ctx.t, &fields, [refusal]))),
        Err(error) => Err(error),
    }
}
