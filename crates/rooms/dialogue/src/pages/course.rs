//! `/beteiligung/{slug}/verlauf`: the phases as stations, deadlines that were moved, and what the process hangs together with.

use super::frame::{self, Frame, Here};
use super::id_of;
use super::process::Read;
use super::words::Words;
use crate::store::phases::Phase;
use crate::store::{STATEMENT, open};
use allmende_platform::texts::Speaker;
use allmende_platform::thread::{self, Neighbour};
use allmende_platform::web::{AppError, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, State as Axum};
use axum::response::Response;

struct Station {
    class: &'static str,
    days: String,
    title: String,
    note: String,
    extended: Option<String>,
}

struct ThreadItem {
    relation: &'static str,
    title: String,
    path: String,
    summary: Option<String>,
    day: String,
}

struct Event {
    day: String,
    what: String,
    reason: Option<String>,
}

#[derive(Template)]
#[template(path = "beteiligung/course.html")]
struct CoursePage {
    shell: Shell,
    t: Speaker,
    words: Words,
    frame: Frame,
    stations: Vec<Station>,
    thread: Vec<ThreadItem>,
    events: Vec<Event>,
}

/// The page. Five statements.
///
/// # Errors
/// 404 for what is no public process, 410 for what was one.
pub async fn course(Axum(app): Axum<App>, ctx: Ctx, Path(slug): Path<String>) -> Result<Response, AppError> {
    let id = id_of(&slug)?;
    let (read, neighbours, events) = app
        .read(&ctx, move |tx| {
            let read = Read::of(tx, id)?;
            let neighbours = thread::neighbours_but(tx, crate::store::PROCESS, id, STATEMENT)?;
            let events = open::list_events(tx, id, 50)?;
            Ok::<_, AppError>((read, neighbours, events))
        })
        .await?;
    let (t, words) = (ctx.t, Words::new(&ctx, read.now));
    let events = events.into_iter().map(|event| Event {
        day: words.day_of(event.happened_at),
        what: t.find(&format!("event-{}", event.happening)).unwrap_or(t.get("event-process-changed")).to_owned(),
        reason: event.reason,
    });
    page(&CoursePage {
        shell: frame::shell(&app, &ctx, &read.process, t.with("dialogue-course-title", &[("title", (&read.process.title).into())]))
            .crumb(read.process.title.clone(), read.process.path())
            .here(t.get("dialogue-view-course")),
        frame: Frame::new(&words, &read.process, &read.phases, &read.versions, Here::Course),
        stations: read.phases.iter().map(|phase| station(&words, phase)).collect(),
        thread: neighbours.iter().map(|other| in_thread(&words, other)).collect(),
        events: events.collect(),
        words,
        t,
    })
}

fn station(words: &Words, phase: &Phase) -> Station {
    let t = words.t;
    let (first, last) = (words.dates.local(phase.period.starts_at).date(), words.last_day(phase.period.ends_at));
    let now = words.dates.now();
    let class = if phase.period.holds(now) {
        "now"
    } else if now < phase.period.starts_at {
        "ahead"
    } else {
        ""
    };
    Station {
        class,
        days: t.with("dialogue-from-to", &[("first", (&words.dates.day_short(first)).into()), ("last", (&words.dates.day(last)).into())]),
        title: phase.title.clone(),
        note: phase.note.clone(),
        extended: phase.extended.as_ref().map(|(reason, before)| {
            let before = words.dates.day(words.last_day(*before));
            t.with("dialogue-extended", &[("day", (&words.dates.day(last)).into()), ("before", (&before).into()), ("reason", reason.into())])
        }),
    }
}

fn in_thread(words: &Words, neighbour: &Neighbour) -> ThreadItem {
    let direction = if neighbour.incoming { "from" } else { "to" };
    let relation = words.t.find(&format!("thread-link-{}-{direction}", neighbour.link.replace('_', "-")));
    ThreadItem {
        relation: relation.unwrap_or(words.t.get("thread-link-related-to")),
        title: neighbour.title.clone(),
        path: neighbour.path.clone(),
        summary: neighbour.summary.clone(),
        day: neighbour.happened_at.map(|at| words.day_of(at)).unwrap_or_default(),
    }
}
