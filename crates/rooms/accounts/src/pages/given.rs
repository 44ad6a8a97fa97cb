//! What somebody gave, and what became of it: gathered from all rooms, the newest first.

use super::{asked, reader};
use allmende_core::{Id, Instant, Person};
use allmende_db::{DbError, Tx};
use allmende_platform::dates::Dates;
use allmende_platform::limits::PAGE_ROWS;
use allmende_platform::personal::{Given, Personal, Window};
use allmende_platform::texts::Speaker;
use allmende_platform::web::{Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

#[derive(Template)]
#[template(path = "given.html")]
struct GivenPage {
    shell: Shell,
    t: Speaker,
    given: Vec<GivenRow>,
    /// Milliseconds before which the next page begins.
    next: Option<i64>,
}

/// One thing that somebody gave, as pages show it.
pub(super) struct GivenRow {
    pub(super) title: String,
    pub(super) path: String,
    /// What it is and when it was given.
    pub(super) about: String,
    pub(super) state: String,
    pub(super) shape: &'static str,
    pub(super) answer: Option<AnswerRow>,
}

pub(super) struct AnswerRow {
    pub(super) date: String,
    pub(super) text: String,
    pub(super) path: String,
}

impl GivenRow {
    pub(super) fn new(t: Speaker, dates: &Dates, given: Given) -> Self {
        let day = |at| dates.day(dates.local(at).date());
        let about = t.with("given-about", &[("kind", given.kind.as_str().into()), ("date", day(given.at).as_str().into())]);
        let answer = given.answer.map(|answer| AnswerRow { date: day(answer.at), text: answer.text, path: answer.path });
        Self { title: given.title, path: given.path, about, state: given.state, shape: given.shape, answer }
    }
}

/// The newest things that a person gave on this site before a moment. One statement a room.
pub(super) fn list(tx: &mut Tx<'_>, rooms: &[Personal], t: Speaker, person: Id<Person>, before: Instant, rows: i64) -> Result<Vec<Given>, DbError> {
    let window = Window { person, before, rows, t };
    let mut all = Vec::new();
    for room in rooms {
        if let Some(given) = room.given {
            all.extend(given(tx, &window)?);
        }
    }
    all.sort_by_key(|given| std::cmp::Reverse(given.at));
    all.truncate(usize::try_from(rows).unwrap_or(usize::MAX));
    Ok(all)
}

/// The page: `?vor=` is the moment, in milliseconds, before which its things were given.
pub(crate) async fn show(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let (person, t, own) = (reader(&ctx)?.person, ctx.t, app.clone());
    let before = asked(&ctx, "vor").parse().ok().map(Instant::from_millis);
    let (mut given, now) = app
        .read(&ctx, move |tx| {
            let now = tx.now()?;
            // What was given in this very moment belongs to it.
            let before = before.unwrap_or_else(|| now.plus_seconds(1));
            Ok::<_, AppError>((list(tx, &own.parts.ports.personal, t, person, before, PAGE_ROWS + 1)?, now))
        })
        .await?;
    let rows = usize::try_from(PAGE_ROWS).unwrap_or(usize::MAX);
    let has_more = given.len() > rows;
    given.truncate(rows);
    let next = if has_more { given.last().map(|last| last.at.millis()) } else { None };
    let dates = Dates::new(t, ctx.site.zone.clone(), now);
    let mut shell = Shell::new(&app, &ctx, t.get("given-heading")).crumb(t.get("nav-start"), "/").crumb(t.get("account-heading"), "/konto");
    shell.hidden_from_search = true;
    page(&GivenPage { shell, t, given: given.into_iter().map(|given| GivenRow::new(t, &dates, given)).collect(), next })
}
