//! A statement is sent: checked, written in one transaction with its number, told at once on a page and by mail. Support likewise.
//!
//! The database's clock decides whether the phase is still open, inside the closure that writes. The form bears a stamp: sending it
//! twice answers with the page of the first time.

use super::process::show;
use super::{Parameters, frame, id_of, parameter};
use crate::audience::entry::Entry;
use crate::care::STATEMENT_FORM;
use crate::care::question::Question;
use crate::formats::receipt::Receipt;
use crate::formats::sender::{self, Attempt, Sender, Told};
use crate::place::{Marked, Place};
use crate::rules::{self, Act, Channel, STATEMENT_CHARS, State, may_mark_places, may_take_part};
use crate::store::phases;
use crate::store::processes::{self, Process};
use crate::store::statements::{self, New, Sent};
use crate::store::versions::{self, Version};
use crate::store::{STATEMENT, statement_path};
use crate::texts;
use allmende_core::Refusal;
use allmende_db::Tx;
use allmende_places::drawn;
use allmende_platform::web::{Fields, Form};
use allmende_platform::{App, AppError, Ctx};
use allmende_texts::Anchor;
use axum::extract::{Path, Query, State as Axum};
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;

/// What came with the form.
struct Input {
    process: i64,
    unit: i64,
    range: Option<(usize, usize)>,
    text: String,
    suggestion: Option<String>,
    place: Option<Marked>,
    sender: Sender,
    fields: Fields,
}

/// Takes a statement.
///
/// # Errors
/// 404 for no public process; 422 with the page and what was refused, or what is asked before it is published.
pub async fn send(Axum(app): Axum<App>, ctx: Ctx, Path(slug): Path<String>, fields: Fields) -> Result<Response, AppError> {
    let unit = fields.raw("unit").parse::<i64>().ok().filter(|unit| *unit >= 0).unwrap_or(0);
    let again = async |refusals: Vec<Refusal>| show(&app, &ctx, &slug, Some(unit), Some(Form::refused(ctx.t, &fields, refusals))).await;
    let input = match read(&ctx, &slug, unit, &fields)? {
        Ok(input) => Arc::new(input),
        Err(refusals) => return again(refusals).await,
    };
    let (asked, running) = (ctx.clone(), app.clone());
    let sent = match Marked::locate(input.place.as_ref(), &app, &ctx).await {
        Ok(place) => app.write(&ctx, move |tx| write(tx, &running, &asked, &input, place.as_ref())).await,
        Err(refused) => Err(refused),
    };
    match sent {
        Ok((sent, once)) => Ok(Redirect::to(&format!("/beteiligung/{}/eingang?schluessel={once}", sent.process)).into_response()),
        Err(AppError::Refused(refusal)) => again(vec![refusal]).await,
        Err(error) => Err(error),
    }
}

/// What was sent, or what was refused; nothing refused where only a question is open.
fn read(ctx: &Ctx, slug: &str, unit: i64, fields: &Fields) -> Result<Result<Input, Vec<Refusal>>, AppError> {
    let (text, suggestion) = (fields.text("text"), fields.text("suggestion"));
    let mut refusals = Vec::new();
    if !STATEMENT_CHARS.contains(&text.chars().count()) {
        refusals.push(Refusal::of_field("text", "dialogue-text-length"));
    }
    if suggestion.chars().count() > *STATEMENT_CHARS.end() {
        refusals.push(Refusal::of_field("suggestion", "dialogue-suggestion-length"));
    }
    let place = Marked::read(fields, &drawn::Shape::ALL).unwrap_or_else(|refusal| {
        refusals.push(refusal);
        None
    });
    let (sender, of_sender) = Sender::read(ctx, fields)?;
    refusals.extend(of_sender);
    if !refusals.is_empty() || Question::open(ctx.t, &[&text, &suggestion], fields).is_some() {
        return Ok(Err(refusals));
    }
    let number = |field: &str| fields.raw(field).parse::<usize>().ok();
    Ok(Ok(Input {
        process: id_of(slug)?,
        unit,
        range: number("start").zip(number("end")),
        text,
        suggestion: Some(suggestion).filter(|text| !text.is_empty()),
        place,
        sender,
        fields: fields.clone(),
    }))
}

/// One transaction: find the first send, judge, write, tell. Returns what was sent and the key of its receipt.
fn write(tx: &mut Tx<'_>, app: &App, ctx: &Ctx, input: &Input, place: Option<&Place>) -> Result<(Sent, String), AppError> {
    let (guard, now) = (sender::guard(app, ctx, STATEMENT_FORM), tx.now()?);
    let once = guard.once(&input.fields, now);
    frame::foresee(tx, input.process, |tx| {
        drop(once.as_deref().map(|once| statements::find_sent(tx, once)));
        drop(versions::list(tx, input.process));
    });
    if let Some(once) = once
        && let Some(sent) = statements::find_sent(tx, &once)?
    {
        return if sent.process == input.process { Ok((sent, once)) } else { Err(AppError::NotFound) };
    }
    let process = frame::public(processes::find(tx, input.process)?)?;
    let version = versions::list(tx, process.id)?.into_iter().find(|version| version.is_public).ok_or(AppError::NotFound)?;
    let text = format!("{}\n{}", input.text, input.suggestion.as_deref().unwrap_or_default());
    let attempt = Attempt { ctx, guard: &guard, fields: &input.fields, process: &process, part: version.part, act: Act::State, text: &text };
    let admitted = input.sender.admit(tx, &attempt)?;
    let anchor = anchor(tx, &version, input)?;
    let place = place_of(tx, &process, version.part, place)?;
    let new = New {
        part: version.part,
        version: version.id,
        anchor,
        participant: admitted.participant,
        author_name: admitted.name.clone(),
        text: input.text.clone(),
        suggestion: input.suggestion.clone(),
        place,
        channel: Channel::Web,
        state: admitted.state,
        submitted_at: now,
        answer_by: rules::answer_by(now.at(&ctx.site.zone).date(), process.answer_days),
        once: admitted.once.clone(),
    };
    let sent = statements::insert(tx, &process, &new, &ctx.actor)?;
    let path = statement_path(process.id, sent.number);
    let told = Told { kind: STATEMENT, id: sent.id, receipt: Some(&sent.receipt), answer_by: sent.answer_by, path };
    input.sender.tell(tx, app, ctx, &process, &admitted, &told)?;
    Ok((sent, admitted.once))
}

/// The passage that was picked: words of it if a script sent their place, else the whole unit.
fn anchor(tx: &mut Tx<'_>, version: &Version, input: &Input) -> Result<Option<Anchor>, AppError> {
    let Some(unit) = texts::unit_of(input.unit) else { return Ok(None) };
    let shown = versions::shown(tx, version)?;
    let anchor = match input.range {
        Some((start, end)) => Anchor::new(&shown.text, unit, start, end),
        None => Anchor::whole(&shown.text, unit),
    };
    anchor.map(Some).map_err(|_| AppError::Refused(Refusal::new("dialogue-passage-unknown")))
}

/// The place of a statement as GeoJSON, where its phase lets people mark places.
fn place_of(tx: &mut Tx<'_>, process: &Process, part: i64, place: Option<&Place>) -> Result<Option<String>, AppError> {
    let Some(place) = place else { return Ok(None) };
    let periods = phases::periods_of(&phases::list(tx, process.id)?, Some(part));
    if !may_mark_places(Act::State, &periods, tx.now()?) {
        return Err(AppError::Refused(Refusal::of_field("place", "dialogue-drawn-closed")));
    }
    Ok(Some(place.json().to_string()))
}

/// The receipt of what was sent from the form with this key: only who sent it knows the key.
///
/// # Errors
/// 404 for no such send.
pub async fn receipt(Axum(app): Axum<App>, ctx: Ctx, Path(slug): Path<String>, Query(query): Parameters) -> Result<Response, AppError> {
    let id = id_of(&slug)?;
    let once = parameter(&query, "schluessel").ok_or(AppError::NotFound)?.to_owned();
    let (sent, process, now) = app
        .read(&ctx, move |tx| {
            let sent = statements::find_sent(tx, &once)?.filter(|sent| sent.process == id).ok_or(AppError::NotFound)?;
            Ok::<_, AppError>((sent, frame::public(processes::find(tx, id)?)?, tx.now()?))
        })
        .await?;
    let receipt = Receipt {
        is_idea: false,
        back: format!("{}?absatz={}#u{}", process.path(), sent.unit, sent.unit),
        number: sent.receipt,
        text: sent.text,
        state: sent.state,
        submitted_at: sent.submitted_at,
        answer_by: sent.answer_by,
    };
    receipt.show(&app, &ctx, &process, now)
}

/// Supports a statement, or takes the support back. Exactly one of a person counts.
///
/// # Errors
/// 404 for no public statement; 422 outside the phase.
pub async fn support(Axum(app): Axum<App>, ctx: Ctx, Path(slug): Path<String>, fields: Fields) -> Result<Response, AppError> {
    let (id, asked) = (id_of(&slug)?, ctx.clone());
    let statement = fields.raw("statement").parse::<i64>().map_err(|_| AppError::NotFound)?;
    let is_added = fields.raw("act") != "remove";
    let (path, unit) = app
        .write(&ctx, move |tx| {
            let (row, process) = statements::with_process(tx, statement)?;
            let process = frame::public(Some(process))?;
            if row.process != id || row.state != State::Public {
                return Err(AppError::NotFound);
            }
            let person = asked.actor.signed_in().ok_or(AppError::Forbidden)?;
            let periods = phases::periods_of(&phases::list(tx, id)?, Some(row.part));
            let entry = Entry::read(tx, &asked, &process, None)?;
            may_take_part(Act::Support, &periods, &process.audience, &entry.proof, tx.now()?)?;
            let supporter = entry.author(tx, &asked, &process, &person.public_name)?.participant.ok_or(AppError::Forbidden)?;
            if row.participant == Some(supporter) {
                return Err(AppError::Refused(Refusal::new("dialogue-support-own")));
            }
            if is_added {
                statements::add_support(tx, statement, supporter)?;
            } else {
                statements::remove_support(tx, statement, supporter)?;
            }
            Ok((process.path(), row.unit))
        })
        .await?;
    Ok(Redirect::to(&format!("{path}?absatz={unit}#u{unit}")).into_response())
}
