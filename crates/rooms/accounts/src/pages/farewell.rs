//! Deleting one's own account: what goes, what stays, and the act with the password.
//!
//! The person's row goes, with roles, sessions, links and what other rooms keep for it on every site. What an office did stays on
//! record without the name. Who is the last to administer a site hands that over first. Start with [`show`].

use super::account::{load_for_password, password_fits};
use super::{count_client, form, reader};
use crate::mails;
use crate::store;
use allmende_core::{Id, Person, Refusal};
use allmende_platform::app::Personal;
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
    personal: Vec<Personal>,
    has_acted: bool,
    is_needed: bool,
}

async fn build(app: &App, ctx: &Ctx, person: Id<Person>, sent: Option<Form>) -> Result<FarewellPage, AppError> {
    let (is_needed, has_acted) =
        app.read(ctx, move |tx| Ok::<_, AppError>((store::is_last_administrator(tx, person)?, allmende_platform::thread::has_acted(tx, person)?))).await?;
    let t = ctx.t;
    let mut shell = Shell::new(app, ctx, t.get("farewell-heading")).crumb(t.get("nav-start"), "/").crumb(t.get("account-heading"), "/konto");
    shell.hidden_from_search = true;
    let mut form = sent.unwrap_or_else(|| form(t));
    if is_needed && form.errors().is_empty() {
        form.refuse(&Refusal::new("farewell-needed"));
    }
    form.mark(&mut shell);
    Ok(FarewellPage { shell, t, form, personal: app.parts.ports.personal.clone(), has_acted, is_needed })
}

/// What it means, and the form.
pub(crate) async fn show(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let person = reader(&ctx)?.person;
    page(&build(&app, &ctx, person, None).await?)
}

/// Deletes the account with the password.
pub(crate) async fn delete(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    count_client(&app, &ctx).await?;
    let person = reader(&ctx)?.person;
    let account = load_for_password(&app, &ctx, person).await?;
    if !password_fits(&app, &account, &fields).await? {
        let refused = Form::refused(ctx.t, &fields, [Refusal { key: "password-old-wrong", field: Some("old") }]);
        return refused_page(&build(&app, &ctx, person, Some(refused)).await?);
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
            sessions::end_all(tx, person)?;
            allmende_platform::thread::forget(tx, person)?;
            store::delete(tx, person)?;
            mails::send_farewell(tx, &own, &site, &account)
        })
        .await;
    match done {
        Ok(()) => Ok((AppendHeaders([(SET_COOKIE, sessions::remove_cookie(&ctx.site))]), Redirect::to("/?hinweis=farewell")).into_response()),
        Err(AppError::Refused(refusal)) => refused_page(&build(&app, &ctx, person, Some(Form::refused(ctx.t, &fields, [refusal]))).await?),
        Err(error) => Err(error),
    }
}
