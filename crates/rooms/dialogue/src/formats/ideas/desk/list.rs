//! The ideas of a process at the desk; and, for a monthly topic that has ended, the list for the council.

use super::super::rules::{Settings, State};
use super::super::store::desk::{self as store, AtDesk, View};
use super::{list_path, shell};
use crate::formats::ideas::pages::stands;
use crate::formats::sender::number;
use crate::pages::words::{State as Shape, Words};
use crate::pages::{Parameters, frame, parameter};
use crate::rules::{Act, Audience, Proof, may_take_part};
use crate::store::phases::{self, Part, Phase};
use crate::store::processes;
use allmende_core::{Act as Permission, Instant, Refusal, may};
use allmende_platform::texts::Speaker;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{AppError, Choice, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, Query, State as Axum};
use axum::response::{IntoResponse, Redirect, Response};

/// Ideas on one page.
const ROWS: usize = 50;

struct Row {
    path: String,
    title: String,
    kind: String,
    stands: Shape,
    state: Option<String>,
}

#[derive(Template)]
#[template(path = "beteiligung/desk_ideen.html")]
struct ListPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    words: Words,
    own: String,
    views: Vec<(Choice, bool)>,
    rows: Vec<Row>,
    next: Option<String>,
    is_clerk: bool,
    csv: Option<String>,
    council: Vec<String>,
    council_part: i64,
    council_note: Option<String>,
}

/// The list: what has no answer, first.
pub(super) async fn list(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>, Query(query): Parameters) -> Result<Response, AppError> {
    let view = match parameter(&query, "zeige") {
        Some("wartet") => View::Waiting,
        Some("alle") => View::All,
        _ => View::Open,
    };
    let from = number(&query, "vor");
    let (process, topic, best, is_done, mut rows, now) = app
        .read(&ctx, move |tx| {
            let process = processes::find(tx, id)?.ok_or(AppError::NotFound)?;
            let (parts, now) = (phases::list_parts(tx, id)?, tx.now()?);
            let topic = parts.into_iter().find(|part| part.format == "ideas" && Settings::parse(&part.settings).council_count() > 0);
            let (mut best, mut is_done) = (Vec::new(), false);
            if let Some(part) = &topic {
                is_done = store::was_handed_on(tx, part.id)?;
                if !is_done && has_ended(&phases::list(tx, id)?, part, now) {
                    best = store::list_best(tx, part.id, Settings::parse(&part.settings).council_count())?;
                }
            }
            let rows = store::list(tx, id, view, from, i64::try_from(ROWS).unwrap_or(0) + 1)?;
            Ok::<_, AppError>((process, topic, best, is_done, rows, now))
        })
        .await?;
    let (t, words, own) = (ctx.t, Words::new(&ctx, now), list_path(id));
    let has_more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let word = |view: View| match view {
        View::Open => "offen",
        View::Waiting => "wartet",
        View::All => "alle",
    };
    let next = rows.last().filter(|_| has_more).map(|last| format!("{own}?zeige={}&vor={}", word(view), last.number));
    let views = [(View::Open, t.get("admin-ideas-open")), (View::Waiting, t.get("admin-ideas-waiting")), (View::All, t.get("admin-ideas-all"))];
    let is_clerk = may(&ctx.actor, Permission::RunProcesses);
    let council_note = topic.as_ref().map(|_| {
        t.get(if is_done {
            "admin-ideas-council-done"
        } else if best.is_empty() {
            "admin-ideas-council-later"
        } else {
            "admin-ideas-council-now"
        })
    });
    page(&ListPage {
        shell: shell(&app, &ctx, &process, t.get("admin-ideas")),
        desk: desk(&app, &ctx),
        views: views.into_iter().map(|(own, label)| (Choice::new(word(own), label), own == view)).collect(),
        rows: rows.into_iter().map(|row| shown(&words, &own, row)).collect(),
        council: best
            .into_iter()
            .map(|(_, _, title, supports)| t.with("admin-ideas-council-row", &[("title", (&title).into()), ("count", supports.into())]))
            .collect(),
        council_part: topic.map_or(0, |part| part.id),
        council_note: council_note.map(str::to_owned),
        csv: process.is_public().then(|| format!("{}/ideen.csv", process.path())),
        next,
        is_clerk,
        own,
        words,
        t,
    })
}

fn shown(words: &Words, own: &str, row: AtDesk) -> Row {
    let t = words.t;
    let supports = t.with("idea-supports-count", &[("count", row.supports.into())]);
    Row {
        path: format!("{own}/{}", row.number),
        kind: [words.dates.day(words.dates.local(row.submitted_at).date()), supports].into_iter().chain(row.department).collect::<Vec<_>>().join(" · "),
        stands: stands(words, row.answer, row.answer_by),
        state: (row.state != State::Public).then(|| t.find(&format!("idea-state-{}", row.state.key())).unwrap_or_default().to_owned()),
        title: row.title,
    }
}

/// Whether nobody can propose or support in a collection any more.
fn has_ended(phases: &[Phase], part: &Part, now: Instant) -> bool {
    let periods = phases::periods_of(phases, Some(part.id));
    let is_over = |act: Act| {
        let refusal = may_take_part(act, &periods, &Audience::open(), &Proof::default(), now).err();
        refusal.is_some_and(|refusal| matches!(refusal.key, "dialogue-over" | "dialogue-not-offered"))
    };
    is_over(Act::Propose) && is_over(Act::Support)
}

/// Makes the list for the council, once, after the end.
pub(super) async fn hand_on(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>) -> Result<Response, AppError> {
    let asked = ctx.clone();
    app.write(&ctx, move |tx| {
        let process = frame::public(processes::find(tx, id)?)?;
        let (parts, now) = (phases::list_parts(tx, id)?, tx.now()?);
        let part = parts.into_iter().find(|part| part.format == "ideas" && Settings::parse(&part.settings).council_count() > 0).ok_or(AppError::NotFound)?;
        if !has_ended(&phases::list(tx, id)?, &part, now) {
            return Err(AppError::Refused(Refusal::new("admin-ideas-council-later")));
        }
        store::hand_on(tx, &process, part.id, Settings::parse(&part.settings).council_count(), &asked.actor)?;
        Ok(())
    })
    .await?;
    Ok(Redirect::to(&format!("{}?hinweis=admin-ideas-handed-on", list_path(id))).into_response())
}
