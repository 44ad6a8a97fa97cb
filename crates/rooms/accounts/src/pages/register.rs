//! Making an account oneself: name, address, language; a mail with a link; the account with the first press behind it.
//!
//! The answer is the same whether the address has an account or not: who has one gets a link for signing in. Nothing but a
//! waiting registration is kept until somebody with the mail confirms it. Read in this order: [`show`], [`register`], [`confirm`].

use super::links::{KEY, ended};
use super::{ONWARD, asked, asked_onward, client_tries_too_often, count_client, form, languages, mails_too_often, signed_in, with_onward};
use crate::mails;
use crate::rules::{self, Email, PublicName};
use crate::store::registrations::{self, Registration};
use crate::store::{self, Account};
use allmende_core::{Actor, Language, Refusal, Role};
use allmende_db::{DbError, Tx};
use allmende_platform::sessions::{self, Token};
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::guard::Issued;
use allmende_platform::web::{Choice, Fields, Form, Guard, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

/// The form.
pub(crate) const PATH: &str = "/registrieren";
/// Where the link leads.
pub(crate) const CONFIRM: &str = "/registrieren/bestaetigen";
/// Says that a mail is on its way.
pub(crate) const SENT: &str = "/registrieren/gesendet";

#[derive(Template)]
#[template(path = "register.html")]
struct RegisterPage {
    shell: Shell,
    t: Speaker,
    form: Form,
    issued: Issued,
    languages: Vec<Choice>,
    sign_in: String,
}

/// The guard of the form. The mail that asks back does the rest, so that nobody has to look first.
fn guard(app: &App, ctx: &Ctx) -> Guard {
    Guard::new(app, ctx, "register").at_most(rules::REGISTRATIONS_MAX)
}

impl RegisterPage {
    /// The form, empty or with what was refused: then it keeps its stamp.
    async fn read(app: &App, ctx: &Ctx, form: Form, fields: Fields) -> Result<Self, AppError> {
        let guard = guard(app, ctx);
        let issued = app.read(ctx, move |tx| guard.issue_again(tx, &fields)).await?;
        Ok(Self::new(app, ctx, form, issued))
    }

    fn new(app: &App, ctx: &Ctx, form: Form, issued: Issued) -> Self {
        let mut shell = Shell::new(app, ctx, ctx.t.get("register-heading")).crumb(ctx.t.get("nav-start"), "/");
        form.mark(&mut shell);
        let sign_in = with_onward("/anmelden", rules::onward(form.value(ONWARD)).unwrap_or_default());
        Self { shell, t: ctx.t, form, issued, languages: languages(), sign_in }
    }
}

/// The form; who is signed in already goes on at once.
pub(crate) async fn show(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let onward = asked_onward(&ctx);
    if let Actor::Person(_) = &ctx.actor {
        return Ok(Redirect::to(if onward.is_empty() { "/konto" } else { &onward }).into_response());
    }
    let form = form(ctx.t).with(ONWARD, onward).with("language", ctx.language().key());
    page(&RegisterPage::read(&app, &ctx, form, Fields::default()).await?)
}

fn check(fields: &Fields, site_name: &str) -> Result<(Email, Registration), Vec<Refusal>> {
    let name = PublicName::new(&fields.line("name")).and_then(|name| rules::keep_house_names(&name, site_name).map(|()| name));
    match (name, Email::new(&fields.line("email"))) {
        (Ok(name), Ok(email)) => {
            let language = Language::from_key(fields.raw("language")).unwrap_or_default();
            let new = Registration { email: email.as_str().to_owned(), email_folded: email.folded(), name: name.as_str().to_owned(), language };
            Ok((email, new))
        }
        (name, email) => Err(name.err().into_iter().chain(email.err()).collect()),
    }
}

/// Sends the link.
pub(crate) async fn register(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let (email, new) = match check(&fields, &ctx.site.name) {
        Ok(checked) => checked,
        Err(refusals) => return refused(&app, &ctx, fields, refusals).await,
    };
    let answer = Redirect::to(SENT).into_response();
    let onward = rules::onward(fields.raw(ONWARD)).unwrap_or_default().to_owned();
    let (own_app, own_ctx, given) = (app.clone(), ctx.clone(), fields.clone());
    let too_often = app
        .write(&ctx, move |tx| {
            guard(&own_app, &own_ctx).check(tx, &given)?;
            if client_tries_too_often(tx, &own_app, &own_ctx)? {
                return Ok::<_, AppError>(true);
            }
            if mails_too_often(tx, &own_app, "sign-in-mail", &email.folded())? {
                return Ok(false);
            }
            match store::find_by_email(tx, &email.folded())? {
                None => mails::send_registration(tx, &own_app, &own_ctx.site, &new, &onward)?,
                Some(account) if account.is_blocked => {}
                Some(account) => mails::send_sign_in(tx, &own_app, &own_ctx.site, &account, &onward)?,
            }
            Ok(false)
        })
        .await;
    match too_often {
        Ok(true) => Err(AppError::TooMany),
        Ok(false) => Ok(answer),
        Err(AppError::Refused(refusal)) => refused(&app, &ctx, fields, vec![refusal]).await,
        Err(error) => Err(error),
    }
}

/// The form with what was refused: 422.
async fn refused(app: &App, ctx: &Ctx, fields: Fields, refusals: Vec<Refusal>) -> Result<Response, AppError> {
    let form = Form::refused(ctx.t, &fields, refusals);
    refused_page(&RegisterPage::read(app, ctx, form, fields).await?)
}

#[derive(Template)]
#[template(path = "sent.html")]
struct SentPage {
    shell: Shell,
    t: Speaker,
    heading: &'static str,
    lead: &'static str,
}

/// The page that says that a mail is on its way: after registering and after asking for a link.
pub(crate) async fn sent(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let (heading, lead) = if ctx.path == SENT { ("sent-register-heading", "sent-register-lead") } else { ("sent-heading", "sent-sign-in-lead") };
    let (heading, lead) = (ctx.t.get(heading), ctx.t.get(lead));
    let mut shell = Shell::new(&app, &ctx, heading).crumb(ctx.t.get("nav-start"), "/");
    shell.hidden_from_search = true;
    page(&SentPage { shell, t: ctx.t, heading, lead })
}

/// The page behind a link that lets somebody in with one press: of a registration, or for signing in.
#[derive(Template)]
#[template(path = "let_in.html")]
pub(super) struct LetInPage {
    shell: Shell,
    t: Speaker,
    form: Form,
    heading: &'static str,
    lead: String,
    button: &'static str,
}

impl LetInPage {
    /// `keys` name heading, lead (with the address in it) and button.
    pub(super) fn new(app: &App, ctx: &Ctx, token: String, email: &str, keys: [&'static str; 3]) -> Self {
        let heading = ctx.t.get(keys[0]);
        let mut shell = Shell::new(app, ctx, heading).crumb(ctx.t.get("nav-start"), "/");
        shell.hidden_from_search = true;
        let form = form(ctx.t).with(KEY, token).with(ONWARD, asked_onward(ctx));
        Self { shell, t: ctx.t, form, heading, lead: ctx.t.with(keys[1], &[("email", email.into())]), button: ctx.t.get(keys[2]) }
    }
}

/// The button behind the link. Opening it makes nothing: programs that look at mails open links too.
pub(crate) async fn show_confirm(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let token = asked(&ctx, KEY);
    let own = token.clone();
    let Some(waiting) = app.read(&ctx, move |tx| Ok::<_, AppError>(registrations::find(tx, &own)?)).await? else {
        return ended(&app, &ctx);
    };
    page(&LetInPage::new(&app, &ctx, token, &waiting.email, ["confirm-heading", "confirm-lead", "confirm-button"]))
}

/// Makes the account, with the role of a resident, and begins a session.
pub(crate) async fn confirm(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    count_client(&app, &ctx).await?;
    let (token, old) = (fields.raw(KEY).to_owned(), ctx.session_token.clone());
    let begun = app
        .write(&ctx, move |tx| {
            let Some(account) = settle(tx, &token)? else { return Ok::<_, AppError>(None) };
            Ok(Some(let_in(tx, &account, old.as_deref())?))
        })
        .await?;
    let Some(token) = begun else { return ended(&app, &ctx) };
    Ok(signed_in(&ctx.site, &token, rules::onward(fields.raw(ONWARD)).unwrap_or("/konto?hinweis=registered")))
}

/// The account of a registration: a new one, or the one that the address has got meanwhile. Nothing if the link holds no more.
fn settle(tx: &mut Tx<'_>, token: &str) -> Result<Option<Account>, AppError> {
    let Some(new) = registrations::find(tx, token)? else { return Ok(None) };
    registrations::delete(tx, &new.email_folded)?;
    let person = match store::find_by_email(tx, &new.email_folded)? {
        Some(account) if account.is_blocked => return Ok(None),
        Some(account) => {
            if account.is_awaited() {
                store::set_profile(tx, account.id, &new.name, new.language)?;
            }
            account.id
        }
        None => match store::insert(tx, &new.email, &new.email_folded, &new.name, new.language) {
            // Somebody made the same account at the same moment: the closure runs again and finds it.
            Err(DbError::Unique(_)) => return Err(AppError::Conflict),
            other => other?,
        },
    };
    Ok(store::find(tx, person)?)
}

/// Makes somebody a resident of this site, ends the session that the browser had, and begins a new one.
pub(crate) fn let_in(tx: &mut Tx<'_>, account: &Account, old: Option<&str>) -> Result<Token, DbError> {
    let roles = store::find_roles(tx, account.id)?.unwrap_or_default();
    if !roles.has(Role::Resident) {
        store::set_roles(tx, account.id, roles, None)?;
    }
    if let Some(old) = old {
        sessions::end(tx, old)?;
    }
    sessions::begin(tx, account.id)
}
