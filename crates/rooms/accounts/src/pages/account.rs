//! One's own page: what one gave and what became of it, what one follows, one's data; name and language, password, sessions.

use super::given::{self, GivenRow};
use super::{count_client, form, languages, mails_too_often, reader};
use crate::mails;
use crate::rules::{self, Password, PublicName};
use crate::store::{self, Account, attempts, links};
use allmende_core::{Act, Id, Language, Person, Refusal};
use allmende_platform::dates::Dates;
use allmende_platform::personal::{OwnPage, Window};
use allmende_platform::sessions::{self, Listed};
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::{Choice, Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx, mail};
use askama::Template;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "account.html")]
pub(crate) struct AccountPage {
    shell: Shell,
    t: Speaker,
    email: String,
    has_password: bool,
    roles: Vec<&'static str>,
    /// The newest things that the reader gave.
    given: Vec<GivenRow>,
    /// What the reader follows, in words.
    followed: Vec<String>,
    profile: Form,
    address: Form,
    password: Form,
    /// The form that was refused, for the summary at the head of the page.
    refused: Form,
    languages: Vec<Choice>,
    sessions: Vec<SessionRow>,
    /// The rooms' own pages for the reader.
    pages: Vec<OwnPage>,
}

/// So many of the newest things that somebody gave stand on the account's page.
const GIVEN_ROWS: i64 = 5;

struct SessionRow {
    key: String,
    own: bool,
    began: String,
    seen: String,
}

/// The forms as they stand after a refusal; `None` is a form as it was kept.
#[derive(Default)]
pub(crate) struct Refused {
    pub profile: Option<Form>,
    pub address: Option<Form>,
    pub password: Option<Form>,
}

/// The page: as kept, or with a refused form.
pub(crate) async fn build(app: &App, ctx: &Ctx, refused: Refused) -> Result<AccountPage, AppError> {
    let (person, token) = (reader(ctx)?.person, ctx.session_token.clone().unwrap_or_default());
    let (t, own, zone) = (ctx.t, app.clone(), ctx.site.zone.clone());
    let (account, open, given, followed, dates) = app
        .read(ctx, move |tx| {
            let account = store::find(tx, person)?.ok_or(AppError::NotFound)?;
            let (rooms, now) = (&own.parts.ports.personal, tx.now()?);
            let dates = Dates::new(t, zone.clone(), now);
            let given = given::list(tx, rooms, &Window { person, before: now.plus_seconds(1), rows: GIVEN_ROWS, t, dates: dates.clone() })?;
            let mut followed = Vec::new();
            for list in rooms.iter().filter_map(|room| room.followed) {
                followed.extend(list(tx, person, t)?);
            }
            Ok::<_, AppError>((account, sessions::list(tx, person, &token)?, given, followed, dates))
        })
        .await?;
    let mut shell = Shell::new(app, ctx, t.get("account-heading")).crumb(t.get("nav-start"), "/");
    shell.hidden_from_search = true;
    let kept = form(t).prefixed("konto-").with("name", &account.name).with("language", account.language.key());
    let summary = refused.profile.as_ref().or(refused.address.as_ref()).or(refused.password.as_ref()).cloned().unwrap_or_else(|| form(t));
    summary.mark(&mut shell);
    let roles = reader(ctx)?.roles.iter().filter_map(|role| t.find(&format!("role-{}", role.key()))).collect();
    Ok(AccountPage {
        shell,
        t,
        email: account.email,
        has_password: account.password_hash.is_some(),
        roles,
        given: given.into_iter().map(|given| GivenRow::new(t, &dates, given)).collect(),
        followed,
        profile: refused.profile.unwrap_or(kept),
        address: refused.address.unwrap_or_else(|| form(t).prefixed("adresse-")),
        password: refused.password.unwrap_or_else(|| form(t).prefixed("passwort-")),
        refused: summary,
        languages: languages(),
        sessions: open.into_iter().map(|session| row(&dates, session)).collect(),
        pages: app.parts.ports.personal.iter().filter_map(|room| room.page).collect(),
    })
}

fn row(dates: &Dates, session: Listed) -> SessionRow {
    let day = |at| dates.day(dates.local(at).date());
    SessionRow { began: day(session.created_at), seen: day(session.seen_at), own: session.own, key: session.key }
}

/// The page.
pub(crate) async fn show(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    page(&build(&app, &ctx, Refused::default()).await?)
}

/// Changes name and language; the pages speak the new language from now on.
pub(crate) async fn set_profile(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let person = reader(&ctx)?.person;
    let is_staff = allmende_core::may(&ctx.actor, Act::EnterDesk);
    let keep = |name: PublicName| if is_staff { Ok(name) } else { rules::keep_house_names(&name, &ctx.site.name).map(|()| name) };
    let name = match PublicName::new(&fields.line("name")).and_then(keep) {
        Ok(name) => name,
        Err(refusal) => {
            let profile = Some(Form::refused(ctx.t, &fields, [refusal]).prefixed("konto-"));
            return refused_page(&build(&app, &ctx, Refused { profile, ..Refused::default() }).await?);
        }
    };
    let language = Language::from_key(fields.raw("language")).unwrap_or_default();
    app.write(&ctx, move |tx| Ok::<_, AppError>(store::set_profile(tx, person, name.as_str(), language)?)).await?;
    let cookie = format!("lang={}; Path=/; Max-Age=31536000; SameSite=Lax", language.key());
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), Redirect::to("/konto?hinweis=saved")).into_response())
}

/// Changes the password with the old one; all other sessions and open links end, this session gets a new token.
pub(crate) async fn set_password(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    count_client(&app, &ctx).await?;
    let person = reader(&ctx)?.person;
    let account = load_for_password(&app, &ctx, person).await?;
    if account.password_hash.is_none() {
        return send_first_password(&app, &ctx, account).await;
    }
    let fits = password_fits(&app, &account, &fields).await?;
    let new = Password::new(fields.raw("password"), &account.email, &account.name);
    let password = match (fits, new) {
        (true, Ok(password)) => password,
        (fits, new) => {
            let wrong = (!fits).then_some(Refusal { key: "password-old-wrong", field: Some("old") });
            let password = Some(Form::refused(ctx.t, &fields, wrong.into_iter().chain(new.err())).prefixed("passwort-"));
            return refused_page(&build(&app, &ctx, Refused { password, ..Refused::default() }).await?);
        }
    };
    let hash = app.passwords.hash(password.into_text()).await?;
    let own = app.clone();
    let site = ctx.site.clone();
    let token = app
        .write(&ctx, move |tx| {
            store::set_password(tx, person, &hash)?;
            sessions::end_all(tx, person)?;
            links::end_all(tx, person)?;
            mails::send_changed(tx, &own, &site, &account)?;
            Ok::<_, AppError>(sessions::begin(tx, person)?)
        })
        .await?;
    Ok((AppendHeaders([(SET_COOKIE, sessions::set_cookie(&ctx.site, &token))]), Redirect::to("/konto?hinweis=password")).into_response())
}

/// Who signs in by links alone sets the first password by a link too: an open screen is not enough for it.
async fn send_first_password(app: &App, ctx: &Ctx, account: Account) -> Result<Response, AppError> {
    let (own, site) = (app.clone(), ctx.site.clone());
    let too_often = app
        .write(ctx, move |tx| {
            let too_often = mails_too_often(tx, &own, "reset", &mail::folded(&account.email))?;
            if !too_often {
                mails::send_reset(tx, &own, &site, &account)?;
            }
            Ok::<_, AppError>(too_often)
        })
        .await?;
    if too_often { Err(AppError::TooMany) } else { Ok(Redirect::to("/konto?hinweis=first-password").into_response()) }
}

/// Whether the field `old` holds the account's password.
pub(crate) async fn password_fits(app: &App, account: &Account, fields: &Fields) -> Result<bool, AppError> {
    let old = fields.raw("old").chars().take(allmende_platform::limits::PASSWORD_CHARS_MAX).collect::<String>();
    Ok(app.passwords.fits(old, account.password_hash.clone()).await?)
}

/// The account, with the try counted: somebody at an open screen must not guess for ever.
pub(crate) async fn load_for_password(app: &App, ctx: &Ctx, person: Id<Person>) -> Result<Account, AppError> {
    let own = app.clone();
    let found = app
        .write(ctx, move |tx| {
            let subject = own.parts.seal.daily("password", &person.to_string(), tx.now()?);
            let too_often = attempts::add(tx, &subject, rules::WINDOW_SECONDS)? > rules::ACCOUNT_TRIES_MAX;
            Ok::<_, AppError>(if too_often { None } else { store::find(tx, person)? })
        })
        .await?;
    found.ok_or(AppError::TooMany)
}

/// Ends one other session, or all others.
pub(crate) async fn end_sessions(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let (person, token, key) = (reader(&ctx)?.person, ctx.session_token.clone().unwrap_or_default(), fields.raw("session").to_owned());
    app.write(&ctx, move |tx| {
        if key == "others" {
            sessions::end_others(tx, person, &token)?;
        } else {
            sessions::end_listed(tx, person, &key)?;
        }
        Ok::<_, AppError>(())
    })
    .await?;
    Ok(Redirect::to("/konto?hinweis=sessions").into_response())
}
