//! `/beteiligung/{slug}/stellungnahmen/{number}/zurueckziehen`: authors take a statement back while statements are still taken and none of
//! it has an answer. The page says first what goes and what stays. A guest does the same by the link in the mail:
//! [`crate::formats::confirm`].

use super::words::Words;
use super::{frame, id_of};
use crate::rules::{State, may_withdraw};
use crate::store::processes::{self, Process};
use crate::store::statements::{self, Row};
use crate::store::{phases, statement_path};
use crate::weighing::store::bundles;
use allmende_core::{Actor, Instant, Refusal};
use allmende_db::Tx;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::{Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::{Path, State as Axum};
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "beteiligung/zurueckziehen.html")]
struct WithdrawPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    process: String,
    process_path: String,
    /// What is said in the place of the button.
    refused: Option<&'static str>,
    contact: String,
    receipt: String,
    text: String,
    stays: String,
    own: String,
}

struct Read {
    process: Process,
    row: Row,
    judged: Result<(), Refusal>,
    now: Instant,
}

/// What one's own page needs: 404 for what is not one's own or was taken back or hidden before. Three statements.
fn read(tx: &mut Tx<'_>, ctx: &Ctx, process: i64, number: i64) -> Result<Read, AppError> {
    let person = ctx.actor.person().ok_or(AppError::NotFound)?;
    let process = frame::public(processes::find(tx, process)?)?;
    let row = statements::find_own(tx, process.id, number, person)?.filter(|row| row.state.may_be_withdrawn()).ok_or(AppError::NotFound)?;
    let judged = judge(tx, &process, &row)?;
    Ok(Read { process, row, judged, now: tx.now()? })
}

/// What [`may_withdraw`] says of a statement now.
pub(crate) fn judge(tx: &mut Tx<'_>, process: &Process, row: &Row) -> Result<Result<(), Refusal>, AppError> {
    let periods = phases::periods_of(&phases::list(tx, process.id)?, Some(row.part));
    Ok(may_withdraw(row.is_answered, &periods, tx.now()?))
}

/// Takes a statement back for its author: it leaves lists, counts and the search, and nobody owes it an answer any more. False if
/// it was taken back or hidden before.
///
/// # Errors
/// What [`may_withdraw`] says; what the database reports.
pub fn take_back(tx: &mut Tx<'_>, process: &Process, row: &Row) -> Result<bool, AppError> {
    if !row.state.may_be_withdrawn() {
        return Ok(false);
    }
    judge(tx, process, row)??;
    statements::set_state(tx, process, row, State::Withdrawn, None, &Actor::Stranger)?;
    bundles::let_go(tx, row.id)?;
    Ok(true)
}

/// The page before it is done.
///
/// # Errors
/// 404 for what is not one's own.
pub async fn show(Axum(app): Axum<App>, ctx: Ctx, Path((slug, number)): Path<(String, i64)>) -> Result<Response, AppError> {
    let (id, asked) = (id_of(&slug)?, ctx.clone());
    let read = app.read(&ctx, move |tx| read(tx, &asked, id, number)).await?;
    page(&view(&app, &ctx, read))
}

fn view(app: &App, ctx: &Ctx, read: Read) -> WithdrawPage {
    let (t, number) = (ctx.t, read.row.number);
    let (own, process) = (statement_path(read.process.id, number), &read.process);
    let mut shell = frame::shell(app, ctx, process, format!("{}: {number}", t.get("dialogue-withdraw")))
        .crumb(process.title.clone(), process.path())
        .crumb(t.with("dialogue-statement-title", &[("number", number.into())]), own.clone())
        .here(t.get("dialogue-withdraw"));
    shell.hidden_from_search = true;
    WithdrawPage {
        shell,
        process: process.title.clone(),
        process_path: process.path(),
        refused: read.judged.err().and_then(|refusal| t.find(refusal.key)),
        contact: process.contact.clone(),
        stays: t.with("dialogue-withdraw-stays", &[("number", number.into())]),
        receipt: read.row.receipt,
        text: read.row.text,
        words: Words::new(ctx, read.now),
        own,
        t,
    }
}

/// Takes one's own statement back.
///
/// # Errors
/// 404 for what is not one's own; 422 with the page once an answer was given or statements are no longer taken.
pub async fn withdraw(Axum(app): Axum<App>, ctx: Ctx, Path((slug, number)): Path<(String, i64)>) -> Result<Response, AppError> {
    let (id, asked) = (id_of(&slug)?, ctx.clone());
    let read = app
        .write(&ctx, move |tx| {
            let read = read(tx, &asked, id, number)?;
            if read.judged.is_ok() {
                take_back(tx, &read.process, &read.row)?;
            }
            Ok::<_, AppError>(read)
        })
        .await?;
    if read.judged.is_err() {
        return refused_page(&view(&app, &ctx, read));
    }
    Ok(Redirect::to(&format!("{}/stellungnahmen?hinweis=dialogue-taken-back", read.process.path())).into_response())
}
