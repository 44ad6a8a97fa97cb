//! The pages of the accounts. Public: registering, signing in and out, links, one's own account. For the administration: desk, people, site.

pub(crate) mod account;
pub(crate) mod desk;
pub(crate) mod farewell;
pub(crate) mod given;
pub(crate) mod links;
pub(crate) mod own_address;
pub(crate) mod own_data;
pub(crate) mod people;
pub(crate) mod proof;
pub(crate) mod register;
pub(crate) mod sign_in;
pub(crate) mod sign_in_link;
pub(crate) mod site;
pub(crate) mod site_parts;
pub(crate) mod ways_in;

use crate::rules;
use crate::store::attempts;
use allmende_core::{Act, Actor, Id, Language, Person, Roles, SignedIn, may};
use allmende_db::{DbError, Tx};
use allmende_platform::sessions::{self, Token};
use allmende_platform::sites::Settings;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::pairs;
use allmende_platform::web::routes::encode;
use allmende_platform::web::{Choice, Form};
use allmende_platform::{App, AppError, Ctx, seal};
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};

/// Key of the page to go on to, in addresses and forms.
pub(crate) const ONWARD: &str = "weiter";

/// Where somebody with these roles goes after signing in.
pub(crate) fn home(person: Id<Person>, name: &str, roles: Roles) -> &'static str {
    let actor = Actor::Person(SignedIn { person, public_name: name.to_owned(), roles });
    if may(&actor, Act::EnterDesk) { "/verwaltung" } else { "/konto" }
}

/// A value of the page's address.
pub(crate) fn asked(ctx: &Ctx, name: &str) -> String {
    pairs(ctx.query.as_bytes()).into_iter().find(|(own, _)| own == name).map(|(_, value)| value).unwrap_or_default()
}

/// Where the reader wanted to go, if that is on this site; else empty. From a page's address.
pub(crate) fn asked_onward(ctx: &Ctx) -> String {
    rules::onward(&asked(ctx, ONWARD)).unwrap_or_default().to_owned()
}

/// A path of this site that takes the reader's wish to go on along.
pub(crate) fn with_onward(path: &str, onward: &str) -> String {
    if onward.is_empty() { path.to_owned() } else { format!("{path}?{ONWARD}={}", encode(onward)) }
}

/// Counts a mail with a link of one kind to an address and says whether it was one too many.
fn mails_too_often(tx: &mut Tx<'_>, app: &App, kind: &str, folded: &str) -> Result<bool, DbError> {
    let subject = app.parts.seal.daily(kind, folded, tx.now()?);
    Ok(attempts::add(tx, &subject, rules::MAIL_WINDOW_SECONDS)? > rules::RESET_MAILS_MAX)
}

/// Sends the reader on with a session.
pub(crate) fn signed_in(site: &Settings, token: &Token, to: &str) -> Response {
    (AppendHeaders([(SET_COOKIE, sessions::set_cookie(site, token))]), Redirect::to(to)).into_response()
}

/// The subject under which tries of the client are counted.
fn client_subject(tx: &mut Tx<'_>, app: &App, ctx: &Ctx) -> Result<String, DbError> {
    let client = ctx.client.map_or_else(|| "unknown".to_owned(), seal::household);
    Ok(app.parts.seal.daily("client", &client, tx.now()?))
}

/// Counts a try of the client and says whether it was one too many.
fn client_tries_too_often(tx: &mut Tx<'_>, app: &App, ctx: &Ctx) -> Result<bool, DbError> {
    let subject = client_subject(tx, app, ctx)?;
    Ok(attempts::add(tx, &subject, rules::WINDOW_SECONDS)? > rules::CLIENT_TRIES_MAX)
}

/// Counts a try before anything else is done. The count stays even if the request fails later.
///
/// # Errors
/// `AppError::TooMany` for one try too many.
pub(crate) async fn count_client(app: &App, ctx: &Ctx) -> Result<(), AppError> {
    let (own_app, own_ctx) = (app.clone(), ctx.clone());
    let too_often = app.write(ctx, move |tx| Ok::<_, AppError>(client_tries_too_often(tx, &own_app, &own_ctx)?)).await?;
    if too_often { Err(AppError::TooMany) } else { Ok(()) }
}

/// The languages as choices, each by its own name.
pub(crate) fn languages() -> Vec<Choice> {
    Language::ALL.into_iter().map(|language| Choice::new(language.key(), language.name())).collect()
}

/// An empty form in the reader's language.
pub(crate) const fn form(t: Speaker) -> Form {
    Form::new(t)
}

/// The signed-in reader; the route's policy let nobody else in.
pub(crate) fn reader(ctx: &Ctx) -> Result<&SignedIn, AppError> {
    ctx.actor.signed_in().ok_or(AppError::Forbidden)
}
