//! What is done with an undertaking on the desk: published, withdrawn, another state, a request answered.

use super::allowed;
use super::overview::{Forms, build};
use crate::rules::{Answer, REASON_CHARS, State as UndertakingState, Visibility, check_state};
use crate::sheet::gaps;
use crate::store::{course, requests};
use allmende_core::Refusal;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::{Fields, Form};
use allmende_platform::{App, AppError, Ctx};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

fn back(id: i64, notice: &str) -> Response {
    Redirect::to(&format!("/verwaltung/vorhaben/{id}?hinweis={notice}")).into_response()
}

/// Records that an undertaking stands somewhere else now.
pub(super) async fn set_state(State(app): State<App>, ctx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let (asked, after, reason) = (ctx.clone(), UndertakingState::of(fields.raw("state")), fields.text("reason"));
    let done = app
        .write(&ctx, move |tx| {
            let own = allowed(tx, &asked, id)?;
            let after = after.ok_or_else(|| Refusal::of_field("state", "admin-undertaking-state-missing"))?;
            check_state(own.state, after, &reason)?;
            course::set_state(tx, &own, after, Some(reason.as_str()).filter(|reason| !reason.is_empty()), &asked.actor)?;
            Ok::<_, AppError>(())
        })
        .await;
    match done {
        Ok(()) => Ok(back(id, "undertaking-state")),
        Err(AppError::Refused(refusal)) => {
            let state = Some(Form::refused(ctx.t, &fields, [refusal]).prefixed("stand-"));
            refused_page(&build(&app, &ctx, id, Forms { state, ..Forms::default() }).await?)
        }
        Err(error) => Err(error),
    }
}

/// Publishes an undertaking whose sheet says everything that residents ask first.
pub(super) async fn publish(State(app): State<App>, ctx: Ctx, Path(id): Path<i64>) -> Result<Response, AppError> {
    let asked = ctx.clone();
    let missing = app
        .write(&ctx, move |tx| {
            let own = allowed(tx, &asked, id)?;
            let missing = gaps(&own.sheet);
            // Pressed twice it is published once.
            if missing.is_empty() && own.visibility != Visibility::Public {
                course::publish(tx, &own, &asked.actor)?;
            }
            Ok::<_, AppError>(missing)
        })
        .await?;
    if missing.is_empty() {
        return Ok(back(id, "undertaking-published"));
    }
    let publication = missing.into_iter().map(|(_, key)| Refusal::new(key)).collect();
    refused_page(&build(&app, &ctx, id, Forms { publication, ..Forms::default() }).await?)
}

/// Withdraws a public undertaking, with the reason.
pub(super) async fn withdraw(State(app): State<App>, ctx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let (asked, reason) = (ctx.clone(), fields.text("reason"));
    if !REASON_CHARS.contains(&reason.chars().count()) {
        let refusal = Refusal::of_field("reason", "admin-undertaking-withdraw-reason");
        let withdrawal = Some(Form::refused(ctx.t, &fields, [refusal]).prefixed("zurueck-"));
        return refused_page(&build(&app, &ctx, id, Forms { withdrawal, ..Forms::default() }).await?);
    }
    app.write(&ctx, move |tx| {
        let own = allowed(tx, &asked, id)?;
        if own.visibility == Visibility::Public {
            course::withdraw(tx, &own, &reason, &asked.actor)?;
        }
        Ok::<_, AppError>(())
    })
    .await?;
    Ok(back(id, "undertaking-withdrawn"))
}

/// Answers the open request in public.
pub(super) async fn answer(State(app): State<App>, ctx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let answer = match Answer::read(fields.raw("answer"), &fields.text("text")) {
        Ok(answer) => answer,
        Err(refusals) => {
            let answer = Some(Form::refused(ctx.t, &fields, refusals).prefixed("antwort-"));
            return refused_page(&build(&app, &ctx, id, Forms { answer, ..Forms::default() }).await?);
        }
    };
    let (asked, request) = (ctx.clone(), fields.raw("request").parse::<i64>().map_err(|_| AppError::NotFound)?);
    let is_first = app
        .write(&ctx, move |tx| {
            let own = allowed(tx, &asked, id)?;
            if own.visibility != Visibility::Public {
                return Err(AppError::NotFound);
            }
            Ok::<_, AppError>(requests::answer(tx, &own, request, &answer, &asked.actor)?)
        })
        .await?;
    Ok(back(id, if is_first { "undertaking-answered" } else { "undertaking-answered-before" }))
}
