//! `/beteiligung`: what is running now, what comes soon, and what ended, newest first.

use super::words::{State, Words};
use super::{Parameters, parameter};
use crate::rules::Standing;
use crate::store::processes::{self, Cursor, Process};
use allmende_core::{Act, Instant, may};
use allmende_platform::texts::Speaker;
use allmende_platform::web::{AppError, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Query, State as Axum};
use axum::response::Response;

/// Ended processes on one page.
const ENDED: usize = 20;
/// Processes that run or come at the most.
const CURRENT: i64 = 200;

/// A process in a list.
pub(super) struct Row {
    pub path: String,
    pub title: String,
    pub lead: String,
    pub kind: &'static str,
    pub when: String,
    pub so_far: String,
    pub state: State,
    /// Days left, if they are few enough to be counted.
    pub days: Option<i64>,
}

impl Row {
    /// One process for one reader.
    pub fn new(words: &Words, process: &Process) -> Self {
        let standing = words.standing(process);
        let left = process.ends_at.filter(|_| standing == Standing::Running).map(|ends| words.dates.days_until(words.last_day(ends)));
        Self {
            path: process.path(),
            title: process.title.clone(),
            lead: crate::store::short(&process.lead),
            kind: words.kind(&process.template),
            when: words.when(process),
            so_far: words.so_far(process),
            state: words.state(process),
            days: left.filter(|left| (1..=99).contains(left)),
        }
    }
}

#[derive(Template)]
#[template(path = "beteiligung/list.html")]
struct ListPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    lead: String,
    running: Vec<Row>,
    soon: Vec<Row>,
    ended: Vec<Row>,
    next: Option<String>,
    is_first: bool,
    is_staff: bool,
}

fn cursor(text: &str) -> Option<Cursor> {
    let (ended, id) = text.split_once('_')?;
    Some(Cursor { ended: ended.parse().ok()?, id: id.parse().ok()? })
}

/// The list. Two statements.
///
/// # Errors
/// What the database reports.
pub async fn list(Axum(app): Axum<App>, ctx: Ctx, Query(query): Parameters) -> Result<Response, AppError> {
    let after = parameter(&query, "ab").and_then(cursor);
    let (now, current, mut ended): (Instant, Vec<Process>, Vec<Process>) = app
        .read(&ctx, move |tx| {
            let now = tx.now()?;
            let current = if after.is_none() { processes::list_current(tx, now, CURRENT)? } else { Vec::new() };
            Ok::<_, AppError>((now, current, processes::list_ended(tx, now, after, i64::try_from(ENDED).unwrap_or(0) + 1)?))
        })
        .await?;
    let (t, words) = (ctx.t, Words::new(&ctx, now));
    let has_more = ended.len() > ENDED;
    ended.truncate(ENDED);
    let next = ended.last().filter(|_| has_more).map(|last| format!("/beteiligung?ab={}_{}", last.ends_at.map_or(0, Instant::millis), last.id));
    let of =
        |standing: Standing| current.iter().filter(|process| words.standing(process) == standing).map(|process| Row::new(&words, process)).collect::<Vec<_>>();
    let (running, mut soon) = (of(Standing::Running), of(Standing::Soon));
    soon.reverse();
    page(&ListPage {
        shell: super::shell(&app, &ctx, t.get("nav-dialogue"))
            .feed(t.get("dialogue-feed"), "/beteiligung.atom", "application/atom+xml")
            .feed(t.get("dialogue-calendar"), "/beteiligung.ics", "text/calendar")
            .about(t.get("dialogue-list-about")),
        lead: match running.len() {
            0 => t.get("dialogue-list-none").to_owned(),
            count => t.count("dialogue-list-lead", count),
        },
        running,
        soon,
        ended: ended.iter().map(|process| Row::new(&words, process)).collect(),
        next,
        is_first: after.is_none(),
        is_staff: may(&ctx.actor, Act::EnterStatements),
        words,
        t,
    })
}

#[cfg(test)]
mod tests {
    use super::{Cursor, cursor};

    #[test]
    fn a_list_goes_on_behind_what_its_address_says() {
        assert_eq!(cursor("17_4"), Some(Cursor { ended: 17, id: 4 }));
        for wrong in ["", "17", "a_1", "1_b"] {
            assert_eq!(cursor(wrong), None, "{wrong}");
        }
    }
}
