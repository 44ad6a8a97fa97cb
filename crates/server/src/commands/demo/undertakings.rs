//! The undertakings of the town, entered, published and asked about through their room's own store, each step at its own day.
//!
//! Start with [`write`].

use super::threads::Nodes;
use allmende_core::{Actor, Id, Instant, Language, Site};
use allmende_db::{Clock, Db, DbError};
use allmende_demo::{Town, Undertaking, UndertakingRequest, UndertakingWords};
use allmende_platform::search::Point;
use allmende_platform::thread::{self, Node};
use allmende_platform::{AppError, departments};
use allmende_undertakings::geometry::Geometry;
use allmende_undertakings::rules::{Answer, Request, State};
use allmende_undertakings::sheet::{Sheet, Step, Words};
use allmende_undertakings::store::askers::{self, New, Who};
use allmende_undertakings::store::{KIND, course, requests, sheets};
use jiff::civil::{Date, time};
use jiff::tz::TimeZone;
use std::collections::HashMap;
use std::sync::Arc;

/// What happens to an undertaking on a day.
enum Act {
    Enter,
    State(State, Option<String>),
    Ask(UndertakingRequest),
    Answer(Answer),
}

/// Writes all undertakings in the order of time. Returns the nodes of those that stand in a thread.
///
/// # Errors
/// What the database reports; a text that the room refuses.
pub(super) fn write(db: &Db, site: Id<Site>, town: &Arc<Town>, nodes: &Nodes, zone: &TimeZone) -> Result<HashMap<(String, String), Id<Node>>, DbError> {
    let mut acts: Vec<(Date, usize, Act)> = Vec::new();
    for (position, undertaking) in town.undertakings.iter().enumerate() {
        acts.push((undertaking.date, position, Act::Enter));
        for state in &undertaking.states {
            let known = State::of(&state.state).ok_or_else(|| DbError::Other(format!("{}: no state {}", undertaking.key, state.state)))?;
            acts.push((state.date, position, Act::State(known, state.reason.clone())));
        }
        if let Some(request) = &undertaking.request {
            acts.push((request.date, position, Act::Ask(request.clone())));
            acts.extend(request.answer.iter().map(|answer| {
                let told = Answer { is_yes: answer.yes, text: answer.text.clone() };
                (answer.date, position, Act::Answer(told))
            }));
        }
    }
    acts.sort_by_key(|(day, position, _)| (*day, *position));
    let mut rows: HashMap<usize, i64> = HashMap::new();
    let mut found = HashMap::new();
    for (day, position, act) in acts {
        let at: Instant = day.to_datetime(time(10, 0, 0, 0)).to_zoned(zone.clone()).map_or(Instant::from_millis(0), |at| at.timestamp().into());
        let then = db.with_clock(Clock::Fixed(at));
        let Some(undertaking) = town.undertakings.get(position) else { continue };
        match (rows.get(&position).copied(), act) {
            (None, Act::Enter) => {
                let (row, node) = enter(&then, site, town, undertaking, nodes)?;
                rows.insert(position, row);
                found.extend(undertaking.thread.clone().map(|key| (key, node)));
            }
            (Some(row), act) => happen(&then, site, row, act, day)?,
            (None, _) => {}
        }
    }
    Ok(found)
}

fn failed(error: AppError) -> DbError {
    DbError::Other(error.to_string())
}

/// Enters and publishes an undertaking. Returns its row and its node.
fn enter(db: &Db, site: Id<Site>, town: &Town, undertaking: &Undertaking, nodes: &Nodes) -> Result<(i64, Id<Node>), DbError> {
    let mut sheet = sheet(town, undertaking);
    let papers = undertaking.papers.iter().filter_map(|key| nodes.papers.get(key));
    let decisions = undertaking.decisions.iter().filter_map(|key| nodes.decisions.get(key).or_else(|| nodes.items.get(key)));
    sheet.references = decisions.chain(papers).map(|node| node.get()).collect();
    let office = undertaking.department.label();
    db.write_blocking::<_, DbError>(site, move |tx| {
        let mut sheet = sheet.clone();
        sheet.department = departments::list(tx)?.into_iter().find(|department| department.name == office).map(|department| department.id);
        let row = sheets::insert(tx, &sheet, &Actor::System)?;
        let own = sheets::find_whole(tx, row)?.ok_or(DbError::Conflict)?;
        course::publish(tx, &own, &Actor::System)?;
        Ok((row, thread::find(tx, KIND, row)?.ok_or(DbError::Conflict)?))
    })
}

fn sheet(town: &Town, undertaking: &Undertaking) -> Sheet {
    let place = undertaking.place.as_deref().and_then(|key| town.place(key));
    let district = place.and_then(|place| town.districts.iter().find(|district| district.key == place.district));
    let points: Vec<Point> = undertaking.shape.iter().map(|(longitude, latitude)| Point { longitude: *longitude, latitude: *latitude }).collect();
    let geometry = match (points.as_slice(), place) {
        ([], None) => None,
        ([], Some(place)) => Some(Geometry::Point(Point { longitude: place.longitude, latitude: place.latitude })),
        ([first, .., last], _) if first == last => Some(Geometry::Area(vec![points])),
        _ => Some(Geometry::Line(points)),
    };
    let step = |step: &allmende_demo::UndertakingStep| Step { text: step.text.clone(), due_on: step.due, is_done: step.done };
    let cents = |euros: Option<u32>| euros.map(|euros| i64::from(euros) * 100);
    Sheet {
        german: words(&undertaking.de),
        english: undertaking.en.as_ref().map(words).unwrap_or_default(),
        easy: undertaking.leicht.as_ref().map(words).unwrap_or_default(),
        cost_planned_cents: cents(undertaking.planned_euros),
        cost_actual_cents: cents(undertaking.actual_euros),
        cost_note: undertaking.cost_note.clone(),
        place: place.map(|place| place.name.clone()),
        district: district.map(|district| district.name.clone()),
        geometry,
        takes_part: undertaking.takes_part,
        steps: undertaking.steps.iter().map(step).collect(),
        ..Sheet::default()
    }
}

fn words(words: &UndertakingWords) -> Words {
    Words { title: words.title.clone(), summary: words.summary.clone(), aim: words.aim.clone(), part: words.part.clone() }
}

/// Does what happens to an undertaking after it was entered.
fn happen(db: &Db, site: Id<Site>, row: i64, act: Act, day: Date) -> Result<(), DbError> {
    db.write_blocking::<_, DbError>(site, move |tx| {
        let own = sheets::find_whole(tx, row)?.ok_or(DbError::Conflict)?;
        match &act {
            Act::Enter => Ok(()),
            Act::State(state, reason) => course::set_state(tx, &own, *state, reason.as_deref(), &Actor::System),
            Act::Ask(request) => {
                for (number, name) in request.names.iter().enumerate() {
                    let asked = Request { name: name.clone(), reason: if number == 0 { request.reason.clone() } else { String::new() } };
                    let (once, email) = (format!("demo-{row}-{number}"), format!("anfrage-{row}-{number}@musterau.example"));
                    let new = New { undertaking: row, once: &once, who: Who::Mail(&email, &email), asked: &asked, language: Language::German };
                    let Some((asker, _)) = askers::insert(tx, &new)? else { continue };
                    let asker = askers::find(tx, asker)?.ok_or(DbError::Conflict)?;
                    askers::confirm(tx, &asker, &Actor::Stranger, day).map_err(failed)?;
                }
                Ok(())
            }
            Act::Answer(answer) => {
                let request = requests::find_open(tx, row)?.ok_or(DbError::Conflict)?;
                requests::answer(tx, &own, request, answer, &Actor::System).map(|_| ())
            }
        }
    })
}
