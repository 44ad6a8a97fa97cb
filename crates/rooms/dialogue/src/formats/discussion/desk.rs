//! Comments at the desk: what waits, what is public, what was hidden; let through, or hide with a reason that the public reads.

use super::store::{self, Comment};
use crate::pages::words::{State as Shape, Words};
use crate::pages::{Parameters, frame, parameter};
use crate::rules::{self, State};
use crate::store::processes;
use allmende_core::{Act, Refusal};
use allmende_platform::texts::Speaker;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{Choice, Fields, Policy, Routes, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::{Path, Query, State as Axum};
use axum::response::{IntoResponse, Redirect, Response};

/// Comments on one page.
const ROWS: usize = 50;

pub(super) fn routes() -> Routes {
    Routes::new().get("/verwaltung/beteiligung/{id}/kommentare", Policy::Act(Act::RunProcesses), list).post(
        "/verwaltung/beteiligung/kommentare/{comment}",
        Policy::Act(Act::RunProcesses),
        act,
    )
}

struct Row {
    id: i64,
    path: String,
    author: String,
    day: String,
    text: String,
    state: Shape,
    reason: Option<String>,
    can_show: bool,
    can_hide: bool,
}

#[derive(Template)]
#[template(path = "beteiligung/desk_kommentare.html")]
struct ListPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    words: Words,
    title: String,
    states: Vec<(Choice, bool)>,
    rows: Vec<Row>,
    own: String,
    next: Option<String>,
}

/// The list of one state, the latest first; what waits at first.
async fn list(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>, Query(query): Parameters) -> Result<Response, AppError> {
    let state = parameter(&query, "stand").and_then(State::of).unwrap_or(State::Public);
    let from = parameter(&query, "vor").and_then(|number| number.parse().ok());
    let (process, now, mut rows) = app
        .read(&ctx, move |tx| {
            let process = processes::find(tx, id)?.ok_or(AppError::NotFound)?;
            Ok::<_, AppError>((process, tx.now()?, store::list_for_desk(tx, id, state, from, i64::try_from(ROWS).unwrap_or(0) + 1)?))
        })
        .await?;
    let (t, words) = (ctx.t, Words::new(&ctx, now));
    let has_more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let own = format!("/verwaltung/beteiligung/{id}/kommentare");
    let next = rows.last().filter(|_| has_more).map(|last| format!("{own}?stand={}&vor={}", state.key(), last.listed.id));
    let title = t.get("admin-comments");
    let mut shell = Shell::new(&app, &ctx, format!("{title}: {}", process.title))
        .crumb(t.get("nav-start"), "/")
        .crumb(t.get("shell-desk"), "/verwaltung")
        .crumb(t.get("admin-dialogue"), "/verwaltung/beteiligung")
        .crumb(process.title.clone(), format!("/verwaltung/beteiligung/{id}"))
        .here(title);
    shell.hidden_from_search = true;
    let path = process.path();
    page(&ListPage {
        shell,
        desk: desk(&app, &ctx),
        title: process.title.clone(),
        states: [State::Public, State::Waiting, State::Unconfirmed, State::Hidden, State::Withdrawn]
            .into_iter()
            .map(|own| (Choice::new(own.key(), t.find(&format!("dialogue-state-{}", own.key())).unwrap_or_default()), own == state))
            .collect(),
        rows: rows.into_iter().map(|comment| shown(&words, &path, comment)).collect(),
        own,
        next,
        words,
        t,
    })
}

fn shown(words: &Words, path: &str, comment: Comment) -> Row {
    let own = comment.listed;
    Row {
        id: own.id,
        path: format!("{path}/kommentar/{}", own.id),
        day: words.day_of(own.submitted_at),
        state: words.stands(own.state),
        can_show: own.state.may_become(State::Public),
        can_hide: own.state.may_become(State::Hidden),
        author: own.author_name,
        text: comment.text,
        reason: own.reason,
    }
}

/// Lets one comment through or hides it.
async fn act(Axum(app): Axum<App>, ctx: Ctx, Path(comment): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let (asked, reason) = (ctx.clone(), fields.text("reason"));
    let next = if fields.raw("act") == "show" { State::Public } else { State::Hidden };
    let process = app
        .write(&ctx, move |tx| {
            let comment = store::find(tx, comment, None)?.ok_or(AppError::NotFound)?;
            let process = frame::public(processes::find(tx, comment.process)?)?;
            if next == State::Hidden {
                rules::check_reason(&reason)?;
            }
            if !comment.listed.state.may_become(next) {
                return Err(AppError::Refused(Refusal::new("admin-dialogue-state")));
            }
            store::set_state(tx, &process, &comment, next, Some(reason.as_str()).filter(|reason| !reason.is_empty()), &asked.actor)?;
            Ok(process.id)
        })
        .await?;
    let notice = if next == State::Public { "admin-dialogue-shown" } else { "admin-dialogue-hidden" };
    Ok(Redirect::to(&format!("/verwaltung/beteiligung/{process}/kommentare?stand={}&hinweis={notice}", next.key())).into_response())
}
