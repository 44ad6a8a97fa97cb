//! What a link lets somebody do once: come for the first time, or set a new password; and how such a link is asked for.

use super::{asked, client_tries_too_often, count_client, form, home, languages, signed_in};
use crate::mails;
use crate::rules::{Email, Password, PublicName};
use crate::store::links::{self, Purpose};
use crate::store::{self, Account};
use allmende_core::{Id, Language, Person, Refusal, Roles};
use allmende_db::DbError;
use allmende_platform::sessions::{self, Token};
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::{Choice, Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// Key of the link in the address and in the form.
pub(super) const KEY: &str = "schluessel";

#[derive(Template)]
#[template(path = "forgotten.html")]
struct ForgottenPage {
    shell: Shell,
    t: Speaker,
    form: Form,
}

impl ForgottenPage {
    fn new(app: &App, ctx: &Ctx, form: Form) -> Self {
        let mut shell = Shell::new(app, ctx, ctx.t.get("forgotten-heading")).crumb(ctx.t.get("sign-in-heading"), "/anmelden");
        shell.hidden_from_search = true;
        form.mark(&mut shell);
        Self { shell, t: ctx.t, form }
    }
}

/// Asks for the address.
pub(crate) async fn forgotten(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    page(&ForgottenPage::new(&app, &ctx, form(ctx.t)))
}

/// Sends a link if the address has an account. The answer is the same if it has none, and also if it got too many mails.
pub(crate) async fn send_reset(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let email = match Email::new(&fields.line("email")) {
        Ok(email) => email,
        Err(refusal) => return refused_page(&ForgottenPage::new(&app, &ctx, Form::refused(ctx.t, &fields, [refusal]))),
    };
    let (own_app, own_ctx) = (app.clone(), ctx.clone());
    let too_often = app
        .write(&ctx, move |tx| {
            if client_tries_too_often(tx, &own_app, &own_ctx)? {
                return Ok::<_, AppError>(true);
            }
            let too_many_mails = super::mails_too_often(tx, &own_app, "reset", &email.folded())?;
            let account = store::find_by_email(tx, &email.folded())?.filter(|account| !account.is_blocked);
            if let (Some(account), false) = (account, too_many_mails) {
                mails::send_reset(tx, &own_app, &own_ctx.site, &account)?;
            }
            Ok(false)
        })
        .await?;
    if too_often { Err(AppError::TooMany) } else { Ok(Redirect::to("/anmelden?hinweis=reset-sent").into_response()) }
}

#[derive(Template)]
#[template(path = "welcome.html")]
struct WelcomePage {
    shell: Shell,
    t: Speaker,
    form: Form,
    /// Whether the address is still to be given.
    asks_for_email: bool,
    /// Whether only a password is to be set.
    is_reset: bool,
    email: String,
    heading: &'static str,
    lead: &'static str,
    languages: Vec<Choice>,
}

impl WelcomePage {
    fn new(app: &App, ctx: &Ctx, purpose: Purpose, account: &Account, form: Form) -> Self {
        let (heading, lead) = match purpose {
            Purpose::First => ("welcome-first-heading", "welcome-first-lead"),
            Purpose::Invitation => ("welcome-heading", "welcome-lead"),
            Purpose::Reset | Purpose::SignIn => ("reset-heading", "reset-lead"),
        };
        let mut shell = Shell::new(app, ctx, ctx.t.get(heading));
        shell.hidden_from_search = true;
        form.mark(&mut shell);
        Self {
            shell,
            t: ctx.t,
            form,
            asks_for_email: account.email.is_empty(),
            is_reset: purpose == Purpose::Reset,
            email: account.email.clone(),
            heading: ctx.t.get(heading),
            lead: ctx.t.get(lead),
            languages: languages(),
        }
    }
}

#[derive(Template)]
#[template(path = "link_ended.html")]
struct LinkEndedPage {
    shell: Shell,
    t: Speaker,
}

/// 410: the link was used or is too old; nothing tells which, and the page shows the way to a new one.
pub(crate) fn ended(app: &App, ctx: &Ctx) -> Result<Response, AppError> {
    let mut shell = Shell::new(app, ctx, ctx.t.get("link-ended-heading"));
    shell.hidden_from_search = true;
    Ok((StatusCode::GONE, page(&LinkEndedPage { shell, t: ctx.t })?).into_response())
}

/// The link's account, if the link still holds and belongs to the page that was asked for.
pub(super) async fn open(app: &App, ctx: &Ctx, token: String) -> Result<Option<(Account, Purpose)>, AppError> {
    let path = ctx.path.clone();
    app.read(ctx, move |tx| {
        let Some((person, purpose)) = links::find(tx, &token)?.filter(|(_, purpose)| purpose.path() == path) else { return Ok(None) };
        Ok(store::find(tx, person)?.map(|account| (account, purpose)))
    })
    .await
}

/// The form behind a link. Opening it uses nothing up: programs that look at mails open links too.
pub(crate) async fn show(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let token = asked(&ctx, KEY);
    let Some((account, purpose)) = open(&app, &ctx, token.clone()).await? else { return ended(&app, &ctx) };
    let form = form(ctx.t).with(KEY, token).with("name", &account.name).with("language", account.language.key());
    page(&WelcomePage::new(&app, &ctx, purpose, &account, form))
}

/// What is kept of a person who comes by a link.
struct Newcomer {
    email: Option<Email>,
    name: Option<PublicName>,
    language: Language,
}

fn check(fields: &Fields, account: &Account, purpose: Purpose) -> Result<(Newcomer, Password), Vec<Refusal>> {
    let mut refusals = Vec::new();
    let mut keep = |refusal: Refusal| refusals.push(refusal);
    let email = if account.email.is_empty() { Email::new(&fields.line("email")).map_err(&mut keep).ok() } else { None };
    let name = if purpose == Purpose::Reset { None } else { PublicName::new(&fields.line("name")).map_err(&mut keep).ok() };
    let own_email = email.as_ref().map_or(account.email.as_str(), Email::as_str);
    let own_name = name.as_ref().map_or(account.name.as_str(), PublicName::as_str);
    let password = Password::new(fields.raw("password"), own_email, own_name).map_err(&mut keep).ok();
    let language = Language::from_key(fields.raw("language")).unwrap_or(account.language);
    match password {
        Some(password) if refusals.is_empty() => Ok((Newcomer { email, name, language }, password)),
        _ => Err(refusals),
    }
}

/// Uses a link: sets what was given, ends all sessions and other links, and begins a session.
pub(crate) async fn accept(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    count_client(&app, &ctx).await?;
    let token = fields.raw(KEY).to_owned();
    let Some((account, purpose)) = open(&app, &ctx, token.clone()).await? else { return ended(&app, &ctx) };
    let refuse = |refusals: Vec<Refusal>| refused_page(&WelcomePage::new(&app, &ctx, purpose, &account, Form::refused(ctx.t, &fields, refusals)));
    let (newcomer, password) = match check(&fields, &account, purpose) {
        Ok(checked) => checked,
        Err(refusals) => return refuse(refusals),
    };
    let hash = app.passwords.hash(password.into_text()).await?;
    let person = account.id;
    let done = app
        .write(&ctx, move |tx| {
            if !links::use_up(tx, &token, person)? {
                return Err(AppError::Gone);
            }
            settle(tx, person, &newcomer, &hash)
        })
        .await;
    match done {
        Ok((session, name, roles)) => Ok(signed_in(&ctx.site, &session, &format!("{}?hinweis=password", home(person, &name, roles)))),
        Err(AppError::Gone) => ended(&app, &ctx),
        Err(AppError::Refused(refusal)) => refuse(vec![refusal]),
        Err(error) => Err(error),
    }
}

fn settle(tx: &mut allmende_db::Tx<'_>, person: Id<Person>, newcomer: &Newcomer, hash: &str) -> Result<(Token, String, Roles), AppError> {
    if let Some(email) = &newcomer.email {
        if store::find_by_email(tx, &email.folded())?.is_some() {
            return Err(Refusal::of_field("email", "email-taken").into());
        }
        match store::set_email(tx, person, email.as_str(), &email.folded()) {
            Err(DbError::Unique(_)) => return Err(Refusal::of_field("email", "email-taken").into()),
            other => other?,
        }
    }
    if let Some(name) = &newcomer.name {
        store::set_profile(tx, person, name.as_str(), newcomer.language)?;
    }
    store::set_password(tx, person, hash)?;
    sessions::end_all(tx, person)?;
    let name = newcomer.name.as_ref().map_or("", PublicName::as_str).to_owned();
    let roles = store::find_roles(tx, person)?.unwrap_or_default();
    Ok((sessions::begin(tx, person)?, name, roles))
}
