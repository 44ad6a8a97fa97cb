//! What is done with one bundle: an answer proposed, approved, sent back, taken back; points taken out; a note written.

use super::bundle::{Forms, build};
use super::{bundle_path, done, own_path, refused, ticked};
use crate::rules::check_reason;
use crate::store::processes;
use crate::weighing::rules::{Proposal, REASON_CHARS};
use crate::weighing::store::{answers, bundles, lists, notes};
use allmende_core::Refusal;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::{AppError, Fields, Form};
use allmende_platform::{App, Ctx, departments};
use axum::extract::{Path, State as Axum};
use axum::response::{IntoResponse, Redirect, Response};

/// Takes a proposed answer; `act=next` goes on with the next bundle that has none.
pub(super) async fn propose(Axum(app): Axum<App>, ctx: Ctx, Path((process, id)): Path<(i64, i64)>, fields: Fields) -> Result<Response, AppError> {
    let refused = async |refusals: Vec<Refusal>| {
        let answer = Some(Form::refused(ctx.t, &fields, refusals));
        refused_page(&build(&app, &ctx, process, id, None, Forms { answer, ..Forms::default() }).await?)
    };
    let sent = (fields.text("reason"), fields.text("calculation"), fields.line("answer_by"));
    let mut proposal = match Proposal::read(fields.raw("code"), &sent.0, &sent.1, fields.raw("department"), &sent.2) {
        Ok(proposal) => proposal,
        Err(refusals) => return refused(refusals).await,
    };
    let block = fields.line("block");
    let asked = ctx.clone();
    let goes_on = fields.raw("act") == "next";
    let result = app
        .write(&ctx, move |tx| {
            if let Some(office) = proposal.department {
                let known = departments::list(tx)?;
                proposal.department = known.iter().any(|own| own.id == office).then_some(office);
            }
            answers::propose(tx, process, id, &proposal, &asked.actor)?;
            if !block.is_empty() {
                notes::insert_block(tx, process, &block, i64::from(proposal.code.code()), &proposal.reason)?;
            }
            let next = lists::find(tx, process, id)?.and_then(|bundle| bundle.next.or(bundle.before));
            Ok::<_, AppError>(next)
        })
        .await;
    match result {
        Ok(Some(next)) if goes_on => Ok(Redirect::to(&bundle_path(process, next)).into_response()),
        Ok(None) if goes_on => Ok(done(&format!("{}?stand=proposed", own_path(process)), "admin-weighing-all-proposed")),
        Ok(_) => Ok(done(&bundle_path(process, id), "admin-weighing-proposed")),
        Err(AppError::Refused(refusal)) => refused(vec![refusal]).await,
        Err(error) => Err(error),
    }
}

/// A second person approves, or sends back with a word.
pub(super) async fn decide(Axum(app): Axum<App>, ctx: Ctx, Path((process, id)): Path<(i64, i64)>, fields: Fields) -> Result<Response, AppError> {
    let (asked, note) = (ctx.clone(), fields.text("note"));
    if fields.raw("act") == "approve" {
        let result = app.write(&ctx, move |tx| answers::approve(tx, process, id, &asked.actor)).await;
        return match result {
            Ok(()) => Ok(done(&bundle_path(process, id), "admin-weighing-approved")),
            Err(error) => refused(&bundle_path(process, id), error),
        };
    }
    if !(3..=*REASON_CHARS.end()).contains(&note.chars().count()) {
        let back = Some(Form::refused(ctx.t, &fields, [Refusal::of_field("note", "admin-weighing-note-missing")]).prefixed("zurueck-"));
        return refused_page(&build(&app, &ctx, process, id, None, Forms { back, ..Forms::default() }).await?);
    }
    match app.write(&ctx, move |tx| answers::send_back(tx, process, id, &note, &asked.actor)).await {
        Ok(()) => Ok(done(&bundle_path(process, id), "admin-weighing-sent-back")),
        Err(error) => refused(&bundle_path(process, id), error),
    }
}

/// Takes points out of the bundle: each is alone again.
pub(super) async fn take_out(Axum(app): Axum<App>, ctx: Ctx, Path((process, id)): Path<(i64, i64)>, fields: Fields) -> Result<Response, AppError> {
    let (asked, points) = (ctx.clone(), ticked(&fields, "point"));
    match app.write(&ctx, move |tx| bundles::take_out(tx, process, id, &points, &asked.actor)).await {
        Ok(()) => Ok(done(&bundle_path(process, id), "admin-weighing-taken-out")),
        Err(error) => refused(&bundle_path(process, id), error),
    }
}

/// Writes a note of the house on one of the statements.
pub(super) async fn note(Axum(app): Axum<App>, ctx: Ctx, Path((process, id)): Path<(i64, i64)>, fields: Fields) -> Result<Response, AppError> {
    let text = fields.text("note");
    if !(1..=*REASON_CHARS.end()).contains(&text.chars().count()) {
        let note = Some(Form::refused(ctx.t, &fields, [Refusal::of_field("note", "admin-weighing-note-missing")]).prefixed("notiz-"));
        return refused_page(&build(&app, &ctx, process, id, None, Forms { note, ..Forms::default() }).await?);
    }
    let number = fields.raw("number").parse::<i64>().map_err(|_| AppError::NotFound)?;
    let asked = ctx.clone();
    app.write(&ctx, move |tx| {
        let is_written = notes::insert(tx, process, number, &text, asked.actor.person())?;
        if is_written { Ok(()) } else { Err(AppError::NotFound) }
    })
    .await?;
    Ok(done(&bundle_path(process, id), "admin-weighing-noted"))
}

/// Takes a public answer back, with a reason that is public.
pub(super) async fn reopen(Axum(app): Axum<App>, ctx: Ctx, Path((process, id)): Path<(i64, i64)>, fields: Fields) -> Result<Response, AppError> {
    let (asked, reason) = (ctx.clone(), fields.text("reason"));
    if let Err(refusal) = check_reason(&reason) {
        let reopen = Some(Form::refused(ctx.t, &fields, [refusal]).prefixed("ruecknahme-"));
        return refused_page(&build(&app, &ctx, process, id, None, Forms { reopen, ..Forms::default() }).await?);
    }
    let result = app
        .write(&ctx, move |tx| {
            let process = processes::find(tx, process)?.ok_or(AppError::NotFound)?;
            answers::reopen(tx, &process, id, &reason, &asked.actor)
        })
        .await;
    match result {
        Ok(()) => Ok(done(&bundle_path(process, id), "admin-weighing-reopened")),
        Err(error) => refused(&bundle_path(process, id), error),
    }
}
