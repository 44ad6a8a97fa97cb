//! Asking to take part where nothing is planned, or joining who asked: with an account it counts at once, without one a mail asks
//! back. The answer to a stranger is the same whatever is known of the address.

use super::sheet::{self, public};
use super::{id_of, shell};
use crate::mails;
use crate::rules::{self, Request};
use crate::store::askers::{self, New, Who};
use crate::store::{requests, tries};
use allmende_core::Refusal;
use allmende_db::{DbError, Tx};
use allmende_platform::mail::check_address;
use allmende_platform::sessions::Token;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::{Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx, seal};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

/// A field that no person sees: whoever fills it in is a program.
const TRAP: &str = "webseite";
/// Characters of the key of a form.
const ONCE_CHARS: usize = 64;

/// What somebody sent, read and in order.
#[derive(Clone)]
struct Sent {
    undertaking: i64,
    once: String,
    email: String,
    asked: Request,
}

/// How a send ended.
enum Done {
    /// An account asks, or asked before.
    Counted(String),
    /// A mail is on its way.
    Mailed,
    /// Too many tries.
    TooMany,
}

/// Takes a request.
///
/// # Errors
/// 404 and 410 as the sheet, 429 after too many tries; what is refused stands on the sheet.
pub async fn ask(State(app): State<App>, ctx: Ctx, Path(slug): Path<String>, fields: Fields) -> Result<Response, AppError> {
    let id = id_of(&slug)?;
    if !fields.raw(TRAP).is_empty() {
        return Ok(Redirect::to("/vorhaben/anfrage/gesendet").into_response());
    }
    let joins = app
        .read(&ctx, move |tx| {
            public(tx, id)?;
            Ok::<_, AppError>(requests::find_open(tx, id)?.is_some())
        })
        .await?;
    let sent = match read(&ctx, id, &fields, joins) {
        Ok(sent) => sent,
        Err(refusals) => return refused(&app, &ctx, id, &fields, refusals).await,
    };
    let (own_app, own_ctx) = (app.clone(), ctx.clone());
    let done = app.write(&ctx, move |tx| keep(tx, &own_app, &own_ctx, &sent)).await;
    match done {
        Ok(Done::Counted(path)) => Ok(Redirect::to(&format!("{path}?hinweis=undertaking-asked#anfragen")).into_response()),
        Ok(Done::Mailed) => Ok(Redirect::to("/vorhaben/anfrage/gesendet").into_response()),
        Ok(Done::TooMany) => Err(AppError::TooMany),
        Err(AppError::Refused(refusal)) => refused(&app, &ctx, id, &fields, vec![refusal]).await,
        Err(error) => Err(error),
    }
}

fn read(ctx: &Ctx, undertaking: i64, fields: &Fields, joins: bool) -> Result<Sent, Vec<Refusal>> {
    let email = fields.line("email");
    let asked = Request::read(&fields.line("name"), &fields.text("reason"), joins);
    let is_mail_wrong = ctx.actor.person().is_none() && check_address(&email).is_err();
    match asked {
        Ok(asked) if !is_mail_wrong => {
            let once: String = fields.raw("once").chars().filter(char::is_ascii_hexdigit).take(ONCE_CHARS).collect();
            Ok(Sent { undertaking, once, email, asked })
        }
        asked => {
            let mut refusals = asked.err().unwrap_or_default();
            refusals.extend(is_mail_wrong.then(|| Refusal::of_field("email", "undertaking-ask-email")));
            Err(refusals)
        }
    }
}

/// The sheet with what was refused: 422.
async fn refused(app: &App, ctx: &Ctx, id: i64, fields: &Fields, refusals: Vec<Refusal>) -> Result<Response, AppError> {
    let read = app
        .read(ctx, move |tx| {
            let own = public(tx, id)?;
            sheet::read(tx, own)
        })
        .await?;
    let form = Form::refused(ctx.t, fields, refusals).prefixed("anfrage-");
    refused_page(&sheet::view(app, ctx, &read, form, false))
}

/// Counts a try of a subject and says whether it was one too many. The count stays even if the request fails later.
fn is_too_often(tx: &mut Tx<'_>, app: &App, (kind, value): (&str, &str), window_seconds: i64, tries_max: i64) -> Result<bool, DbError> {
    let subject = app.parts.seal.daily(kind, value, tx.now()?);
    Ok(tries::add(tx, &subject, window_seconds)? > tries_max)
}

fn keep(tx: &mut Tx<'_>, app: &App, ctx: &Ctx, sent: &Sent) -> Result<Done, AppError> {
    let own = public(tx, sent.undertaking)?;
    rules::may_ask(own.asking())?;
    let client = ctx.client.map_or_else(|| "unknown".to_owned(), seal::household);
    if is_too_often(tx, app, ("undertaking-client", &client), rules::WINDOW_SECONDS, rules::CLIENT_TRIES_MAX)? {
        return Ok(Done::TooMany);
    }
    // A form without a key, such as one of a program of its own, counts as sent once.
    let once = if sent.once.len() == ONCE_CHARS { sent.once.clone() } else { Token::random()?.text() };
    let folded = sent.email.to_lowercase();
    let who = ctx.actor.person().map_or(Who::Mail(&sent.email, &folded), Who::Account);
    let new = New { undertaking: own.id, once: &once, who, asked: &sent.asked, language: ctx.language() };
    match who {
        Who::Account(person) => {
            if is_too_often(tx, app, ("undertaking-account", &person.to_string()), rules::MAIL_WINDOW_SECONDS, rules::ACCOUNT_TRIES_MAX)? {
                return Ok(Done::TooMany);
            }
            if let Some((row, _)) = askers::insert(tx, &new)?
                && let Some(asker) = askers::find(tx, row)?
            {
                let today = tx.now()?.at(&ctx.site.zone).date();
                askers::confirm(tx, &asker, &ctx.actor, today)?;
            }
            Ok(Done::Counted(own.path()))
        }
        Who::Mail(..) => {
            // Whoever gets mail too often gets none, and the answer here is the same.
            if is_too_often(tx, app, ("undertaking-mail", &folded), rules::MAIL_WINDOW_SECONDS, rules::MAILS_MAX)? {
                return Ok(Done::Mailed);
            }
            if let Some((_, token)) = askers::insert(tx, &new)? {
                mails::send_confirm(tx, ctx.t, &ctx.site, &sent.email, &own.sheet.german.title, &token)?;
            }
            Ok(Done::Mailed)
        }
    }
}

#[derive(Template)]
#[template(path = "vorhaben/sent.html")]
struct SentPage {
    shell: Shell,
    t: Speaker,
}

/// Says that a mail is on its way.
///
/// # Errors
/// If the template fails.
pub async fn sent(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let mut shell = shell(&app, &ctx, ctx.t.get("undertaking-sent-heading")).crumb(ctx.t.get("undertaking-heading"), "/vorhaben");
    shell.hidden_from_search = true;
    page(&SentPage { shell, t: ctx.t })
}
