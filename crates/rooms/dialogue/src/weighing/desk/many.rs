//! Acts on many bundles at once: approve, bundle, hand to a department, take up what is new, publish what is approved.

use super::overview::{address, filter};
use super::{done, own_path, refused, ticked};
use crate::store::processes;
use crate::weighing::rules::{MANY_MAX, Stage};
use crate::weighing::store::{answers, bundles, lists};
use allmende_core::Refusal;
use allmende_platform::web::{AppError, Fields};
use allmende_platform::{App, Ctx, departments};
use axum::extract::{Path, State as Axum};
use axum::response::{IntoResponse, Redirect, Response};
use std::collections::HashMap;

/// What was asked for.
#[derive(Clone, Copy)]
enum Act {
    Approve,
    ApproveAll,
    Bundle,
    Assign,
}

/// One act on the ticked bundles, or on all that the filter lets through.
pub(super) async fn act(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let own = own_path(id);
    let query: HashMap<String, String> =
        ["absatz", "amt", "stand", "nur", "spaet"].iter().map(|name| ((*name).to_owned(), fields.raw(name).to_owned())).collect();
    let narrowed = filter(&query);
    let back = address(&own, &narrowed, None);
    let act = match fields.raw("act") {
        "approve" => Act::Approve,
        "approve-all" => Act::ApproveAll,
        "bundle" => Act::Bundle,
        "assign" => Act::Assign,
        _ => return Err(AppError::NotFound),
    };
    let chosen = ticked(&fields, "bundle");
    let (title, office, day) = (fields.line("title"), fields.raw("department").parse::<i64>().unwrap_or(0), fields.line("answer_by"));
    let (asked, zone) = (ctx.clone(), ctx.site.zone.clone());
    let result = app
        .write(&ctx, move |tx| {
            processes::find(tx, id)?.ok_or(AppError::NotFound)?;
            if chosen.is_empty() && !matches!(act, Act::ApproveAll) {
                return Err(Refusal::new("admin-weighing-tick").into());
            }
            let (count, left) = match act {
                Act::Approve => {
                    let approved = answers::approve_many(tx, id, &chosen, &asked.actor)?;
                    (approved.approved, approved.own)
                }
                Act::ApproveAll => {
                    let today = tx.now()?.at(&zone).date();
                    let all = lists::ids(tx, id, &lists::Filter { stage: Some(Stage::Proposed), ..narrowed }, today, MANY_MAX)?;
                    let approved = answers::approve_many(tx, id, &all, &asked.actor)?;
                    (approved.approved, approved.own)
                }
                Act::Bundle => {
                    bundles::merge(tx, id, &chosen, &title, &asked.actor)?;
                    (chosen.len(), 0)
                }
                Act::Assign => {
                    let known = departments::list(tx)?;
                    let office = Some(office).filter(|id| known.iter().any(|own| own.id == *id));
                    let day = day.parse::<jiff::civil::Date>().ok().map(|day| day.to_string());
                    (answers::assign(tx, id, &chosen, office, day.as_deref(), &asked.actor)?, 0)
                }
            };
            Ok::<_, AppError>((count, left))
        })
        .await;
    match result {
        Ok((count, left)) => {
            let join = if back.contains('?') { '&' } else { '?' };
            Ok(Redirect::to(&format!("{back}{join}zahl={count}&eigene={left}")).into_response())
        }
        Err(error) => refused(&back, error),
    }
}

/// Takes up the points that came in since.
pub(super) async fn take_up(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>) -> Result<Response, AppError> {
    app.write(&ctx, move |tx| {
        processes::find(tx, id)?.ok_or(AppError::NotFound)?;
        Ok::<_, AppError>(bundles::take_up(tx, id)?)
    })
    .await?;
    Ok(done(&own_path(id), "admin-weighing-taken"))
}

/// Publishes everything that is approved.
pub(super) async fn publish(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>) -> Result<Response, AppError> {
    let asked = ctx.clone();
    let published = app
        .write(&ctx, move |tx| {
            let process = processes::find(tx, id)?.filter(|process| process.is_public()).ok_or(AppError::NotFound)?;
            answers::publish(tx, &process, &asked.actor)
        })
        .await?;
    Ok(Redirect::to(&format!("{}?stand=published&zahl={}", own_path(id), published.bundles)).into_response())
}
