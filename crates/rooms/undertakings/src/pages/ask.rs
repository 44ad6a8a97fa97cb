//! Asking to take part where nothing is planned, or joining who asked: with an account it counts at once, without one a mail asks
//! back. The answer to a stranger is the same whatever is known of the address.

use super::sheet::{self, public};
use super::{id_of, shell};
use crate::mails;
use crate::rules::{self, Request};
use crate::store::askers::{self, New, Who};
use crate::store::requests;
use allmende_core::Refusal;
use allmende_db::Tx;
use allmende_platform::mail::check_address;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::{Fields, Form, Guard, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

/// The form, for its guard.
const FORM: &str = "undertaking-request";

/// What somebody sent, read and in order.
#[derive(Clone)]
struct Sent {
    undertaking: i64,
    email: String,
    asked: Request,
    fields: Fields,
}

/// How a send ended.
enum Done {
    /// An account asks, or asked before.
    Counted(String),
    /// A mail is on its way.
    Mailed,
}

/// The guard of the form.
pub(crate) fn guard(app: &App, ctx: &Ctx) -> Guard {
    Guard::new(app, ctx, FORM).at_most(rules::CLIENT_TRIES_MAX)
}

/// Takes a request.
///
/// # Errors
/// 404 and 410 as the sheet, 429 after too many tries; what is refused stands on the sheet.
pub async fn ask(State(app): State<App>, ctx: Ctx, Path(slug): Path<String>, fields: Fields) -> Result<Response, AppError> {
    let id = id_of(&slug)?;
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
        Err(AppError::Refused(refusal)) => refused(&app, &ctx, id, &fields, vec![refusal]).await,
        Err(error) => Err(error),
    }
}

fn read(ctx: &Ctx, undertaking: i64, fields: &Fields, joins: bool) -> Result<Sent, Vec<Refusal>> {
    let email = fields.line("email");
    let asked = Request::read(&fields.line("name"), &fields.text("reason"), joins);
    let is_mail_wrong = ctx.actor.person().is_none() && check_address(&email).is_err();
    match asked {
        Ok(asked) if !is_mail_wrong => Ok(Sent { undertaking, email, asked, fields: fields.clone() }),
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
    refused_page(&sheet::view(app, ctx, &read, form, false)?)
}

fn keep(tx: &mut Tx<'_>, app: &App, ctx: &Ctx, sent: &Sent) -> Result<Done, AppError> {
    let own = public(tx, sent.undertaking)?;
    rules::may_ask(own.asking())?;
    let guard = guard(app, ctx);
    // A mail asks back, or it is an account: nobody has to look first because a browser did no work.
    let once = guard.check(tx, &sent.fields)?.once;
    let folded = sent.email.to_lowercase();
    let who = ctx.actor.person().map_or(Who::Mail(&sent.email, &folded), Who::Account);
    let new = New { undertaking: own.id, once: &once, who, asked: &sent.asked, language: ctx.language() };
    match who {
        Who::Account(person) => {
            guard.check_person_within(tx, &format!("person {person}"), rules::ACCOUNT_TRIES_MAX, rules::MAIL_WINDOW_SECONDS)?;
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
            match guard.check_person_within(tx, &format!("mail {folded}"), rules::MAILS_MAX, rules::MAIL_WINDOW_SECONDS) {
                Err(AppError::TooMany) => return Ok(Done::Mailed),
                checked => checked?,
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
