//! What came in, at the desk: a second person confirms what a colleague entered, or refuses it with a reason. What residents sent is
//! decided on in the room of moderation.

use super::{own_path, process_shell};
use crate::pages::words::{State as Shape, Words};
use crate::pages::{Parameters, parameter};
use crate::rules::{self, State};
use crate::store::lists::{self, AtDesk};
use crate::store::{STATEMENT, processes, statement_path, statements};
use allmende_core::{Act, Refusal, may};
use allmende_platform::moderated;
use allmende_platform::texts::Speaker;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{AppError, Choice, Fields, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, Query, State as Axum};
use axum::response::{IntoResponse, Redirect, Response};

/// Statements on one page.
const ROWS: usize = 50;

struct Row {
    id: i64,
    number: i64,
    path: Option<String>,
    receipt: String,
    author: String,
    channel: &'static str,
    day: String,
    text: String,
    state: Shape,
    reason: Option<String>,
    house: String,
    can_confirm: bool,
    care: Option<String>,
}

#[derive(Template)]
#[template(path = "beteiligung/desk_statements.html")]
struct ListPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    words: Words,
    states: Vec<(Choice, bool)>,
    rows: Vec<Row>,
    own: String,
    next: Option<String>,
}

/// The list, the latest first.
pub(super) async fn list(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>, Query(query): Parameters) -> Result<Response, AppError> {
    let state = parameter(&query, "stand").and_then(State::of);
    let before = parameter(&query, "vor").and_then(|number| number.parse::<i64>().ok()).unwrap_or(i64::MAX);
    let (process, now, mut rows) = app
        .read(&ctx, move |tx| {
            let process = processes::find(tx, id)?.ok_or(AppError::NotFound)?;
            Ok::<_, AppError>((process, tx.now()?, lists::at_desk(tx, id, state, before, i64::try_from(ROWS).unwrap_or(0) + 1)?))
        })
        .await?;
    let (t, words) = (ctx.t, Words::new(&ctx, now));
    let has_more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let own = format!("{}/stellungnahmen", own_path(id));
    let narrowed = state.map(|state| format!("stand={}&", state.key())).unwrap_or_default();
    let next = rows.last().filter(|_| has_more).map(|last| format!("{own}?{narrowed}vor={}", last.number));
    let states = State::ALL.into_iter().map(|own| {
        let label = t.find(&format!("dialogue-state-{}", own.key())).unwrap_or_default();
        (Choice::new(own.key(), label), state == Some(own))
    });
    page(&ListPage {
        shell: process_shell(&app, &ctx, &process, t.get("admin-dialogue-statements")),
        t,
        desk: desk(&app, &ctx),
        states: states.collect(),
        rows: rows.into_iter().map(|row| shown(&ctx, &words, id, row)).collect(),
        own,
        next,
        words,
    })
}

fn shown(ctx: &Ctx, words: &Words, process: i64, row: AtDesk) -> Row {
    let t = ctx.t;
    let (me, is_moderator) = (ctx.actor.person(), may(&ctx.actor, Act::Moderate));
    let entered = row.entered_by.as_ref().map(|(_, name)| t.with("admin-dialogue-entered-by", &[("name", name.into())]));
    let confirmed = row.confirmed_by.as_ref().map(|name| t.with("admin-dialogue-confirmed-by", &[("name", name.into())]));
    Row {
        path: (row.state == State::Public).then(|| statement_path(process, row.number)),
        can_confirm: row.state == State::Unconfirmed && row.entered_by.as_ref().is_some_and(|(person, _)| Some(*person) != me),
        care: (is_moderator && !matches!(row.state, State::Unconfirmed | State::Withdrawn)).then(|| moderated::desk_path(STATEMENT, row.id)),
        house: entered.into_iter().chain(confirmed).collect::<Vec<_>>().join(", "),
        channel: t.find(&format!("dialogue-channel-{}", row.channel.key())).unwrap_or_default(),
        day: words.day_of(row.submitted_at),
        state: words.stands(row.state),
        id: row.id,
        number: row.number,
        receipt: row.receipt,
        author: row.author,
        text: row.text,
        reason: row.reason,
    }
}

/// Confirms what a colleague entered, or refuses it.
pub(super) async fn act(Axum(app): Axum<App>, ctx: Ctx, Path(statement): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let (asked, is_refused, reason) = (ctx.clone(), fields.raw("act") == "refuse", fields.text("reason"));
    let process = app
        .write(&ctx, move |tx| {
            let (row, process) = statements::with_process(tx, statement)?;
            if is_refused {
                rules::check_reason(&reason)?;
            }
            let done = if is_refused {
                statements::refuse_entered(tx, &process, &row, &reason, &asked.actor)?
            } else {
                statements::confirm_entered(tx, &process, &row, &asked.actor)?
            };
            if done { Ok(process.id) } else { Err(AppError::Refused(Refusal::new("admin-dialogue-confirm-other"))) }
        })
        .await?;
    let notice = if is_refused { "admin-dialogue-refused" } else { "admin-dialogue-confirmed" };
    Ok(Redirect::to(&format!("{}/stellungnahmen?hinweis={notice}", own_path(process))).into_response())
}
