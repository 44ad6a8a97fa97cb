//! Deleting one's own account: what goes, what stays, and the act.
//!
//! What becomes of each thing is said by whoever keeps it ([`allmende_platform::personal`]), and erased by them in one transaction.
//! Who has no password shows by a link that was used just now who asks. Who is the last to administer a site hands that over
//! first. Start with [`show`].

use super::account::load_for_password;
use super::proof::{self, Proof, proof};
use super::{count_client, form, reader};
use crate::mails;
use crate::store;
use allmende_core::{Id, Person, Refusal};
use allmende_platform::personal::Fate;
use allmende_platform::sessions;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::{Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "farewell.html")]
struct FarewellPage {
    shell: Shell,
    t: Speaker,
    form: Form,
    goes: Vec<&'static str>,
    stays: Vec<&'static str>,
    is_needed: bool,
    email: String,
    proof: Proof,
}

async fn build(app: &App, ctx: &Ctx, person: Id<Person>, sent: Option<Form>) -> Result<FarewellPage, AppError> {
    let (own, token) = (app.clone(), ctx.session_token.clone().unwrap_or_default());
    let (account, proof, is_needed, fates) = app
        .read(ctx, move |tx| {
            let account = store::find(tx, person)?.ok_or(AppError::NotFound)?;
            let mut fates = Vec::new();
            // The account itself is erased last and told first.
            for kept in own.parts.ports.personal.iter().rev() {
                fates.extend((kept.fates)(tx, person)?);
            }
            Ok::<_, AppError>((account.clone(), proof(tx, &account, &token)?, store::is_last_administrator(tx, person)?, fates))
        })
        .await?;
    let t = ctx.t;
    let mut shell = Shell::new(app, ctx, t.get("farewell-heading")).crumb(t.get("nav-start"), "/").crumb(t.get("account-heading"), "/konto");
    shell.hidden_from_search = true;
    let mut form = sent.unwrap_or_else(|| form(t));
    if is_needed && form.errors().is_empty() {
        form.refuse(&Refusal::new("farewell-needed"));
    }
    form.mark(&mut shell);
    let sentences = |stays: bool| fates.iter().filter(|fate: &&Fate| fate.stays == stays).map(|fate| t.get(fate.key)).collect();
    Ok(FarewellPage { goes: sentences(false), stays: sentences(true), shell, t, form, is_needed, email: account.email, proof })
}

/// What it means, and the form.
pub(crate) async fn show(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let person = reader(&ctx)?.person;
    page(&build(&app, &ctx, person, None).await?)
}

/// Deletes the account: with the password, or with a tick shortly after signing in by a link.
pub(crate) async fn delete(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    count_client(&app, &ctx).await?;
    let person = reader(&ctx)?.person;
    let account = load_for_password(&app, &ctx, person).await?;
    let wrong = match proof::check(&app, &ctx, &account, &fields).await? {
        (Proof::Fresh, None) if fields.raw("yes") != "1" => Some(Refusal { key: "farewell-yes-missing", field: Some("yes") }),
        (_, wrong) => wrong,
    };
    if let Some(wrong) = wrong {
        return refused_page(&build(&app, &ctx, person, Some(Form::refused(ctx.t, &fields, [wrong]))).await?);
    }
    let (own, site) = (app.clone(), ctx.site.clone());
    let done = app
        .write(&ctx, move |tx| {
            if store::is_last_administrator(tx, person)? {
                return Err(AppError::Refused(Refusal::new("farewell-needed")));
            }
            for kept in &own.parts.ports.personal {
                (kept.erase)(tx, person)?;
            }
            mails::send_farewell(tx, &own, &site, &account)
        })
        .await;
    match done {
        Ok(()) => Ok((AppendHeaders([(SET_COOKIE, sessions::remove_cookie(&ctx.site))]), Redirect::to("/?hinweis=farewell")).into_response()),
        Err(AppError::Refused(refusal)) => refused_page(&build(&app, &ctx, person, Some(Form::refused(ctx.t, &fields, [refusal]))).await?),
        Err(error) => Err(error),
    }
}
