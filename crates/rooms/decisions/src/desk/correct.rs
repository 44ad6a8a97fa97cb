//! What a clerk corrects: what the outcome is, its title and text, and which department answers.

use super::record::{Forms, build};
use crate::rules::{Kind, LINE_CHARS_MAX};
use crate::store::corrections::{self, Correction};
use crate::store::records;
use allmende_core::Refusal;
use allmende_platform::departments;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::{Fields, Form};
use allmende_platform::{App, AppError, Ctx};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

/// Reads what was sent.
fn correction(fields: &Fields) -> Result<(Correction, String), Vec<Refusal>> {
    let mut refusals = Vec::new();
    let (kind, title, reason) = (Kind::of(fields.raw("kind")), fields.line("title"), fields.line("reason"));
    if kind.is_none() {
        refusals.push(Refusal::of_field("kind", "admin-decision-kind-missing"));
    }
    if title.is_empty() {
        refusals.push(Refusal::of_field("title", "admin-decision-title-missing"));
    }
    if !(3..=LINE_CHARS_MAX).contains(&reason.chars().count()) {
        refusals.push(Refusal::of_field("reason", "admin-decision-correction-reason"));
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let department = fields.raw("department").parse::<i64>().ok();
    Ok((Correction { kind, title: Some(title), resolution: Some(fields.text("resolution")), department }, reason))
}

/// Corrects a decision. What was corrected stays whatever the council's room tells later.
pub(super) async fn correct(State(app): State<App>, ctx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let (correction, reason) = match correction(&fields) {
        Ok(correction) => correction,
        Err(refusals) => {
            let correction = Some(Form::refused(ctx.t, &fields, refusals).prefixed("korrektur-"));
            return refused_page(&build(&app, &ctx, id, Forms { correction, ..Forms::default() }).await?);
        }
    };
    let asked = ctx.clone();
    app.write(&ctx, move |tx| {
        let mut correction = correction.clone();
        let known = departments::list(tx)?;
        correction.department = correction.department.filter(|id| *id == 0 || known.iter().any(|department| department.id == *id));
        let changed = corrections::correct(tx, id, &correction)?.ok_or(AppError::NotFound)?;
        Ok::<_, AppError>(records::insert_corrections(tx, id, &changed, &reason, &asked.actor)?)
    })
    .await?;
    Ok(Redirect::to(&format!("/verwaltung/beschluesse/{id}?hinweis=admin-decision-corrected")).into_response())
}
