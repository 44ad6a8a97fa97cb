//! The answers of the town to what people said: bundled, proposed by one person of the house, approved by another, published, and set
//! as causes of the next version, by the functions that the desk uses.

use super::dialogue::{on, say};
use allmende_core::{Actor, Role, Roles, SignedIn};
use allmende_db::{Db, DbError, Scope, Tx};
use allmende_demo::{Process, Town};
use allmende_dialogue::store::{processes, versions};
use allmende_dialogue::texts;
use allmende_dialogue::weighing::rules::Proposal;
use allmende_dialogue::weighing::store::{answers, bundles, causes, lists};
use allmende_platform::{AppError, people, sites};
use anyhow::{Context, Result, anyhow};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::HashMap;

/// Hours after the beginning of the day on which answers are published.
const HOUR: i64 = 13;

/// The day on which the town answered in a process; what people say later waits for another day.
pub(super) fn answered_on(process: &Process) -> Option<Date> {
    process.answers.iter().map(|answer| answer.date).max()
}

/// Answers what was said in the processes of the town, on each of its sites that has them, and lets people say what came afterwards.
///
/// # Errors
/// What the database reports; an answer to a statement that nobody made.
pub(super) fn write(db: &Db, town: &Town, zone: &TimeZone) -> Result<()> {
    for site in db.read_blocking::<_, DbError>(Scope::Installation, sites::list)? {
        for process in &town.processes {
            let Some(day) = answered_on(process) else { continue };
            let own = process.clone();
            let found = on(db, day, zone, HOUR).write_blocking::<_, AppError>(site.id, move |tx| weigh(tx, &own)).with_context(|| process.key.clone())?;
            let Some((id, part)) = found else { continue };
            for statement in process.statements.iter().filter(|statement| statement.date > day) {
                say(db, site.id, id, part, process, statement, zone).with_context(|| process.key.clone())?;
            }
        }
    }
    Ok(())
}

/// The person with a role, as an actor.
fn actor(tx: &mut Tx<'_>, role: Role) -> Result<Actor, AppError> {
    let person = people::list_with_role(tx, role)?.into_iter().next().ok_or_else(|| anyhow!("nobody is {}", role.key()))?;
    Ok(Actor::Person(SignedIn { person: person.id, public_name: person.name, roles: Roles::default().with(role) }))
}

/// Answers in a process; returns its row and its part with a text, or nothing on a site that does not have it.
fn weigh(tx: &mut Tx<'_>, own: &Process) -> Result<Option<(i64, i64)>, AppError> {
    let Some(process) = processes::list_all(tx, 100)?.into_iter().find(|process| process.title == own.title) else { return Ok(None) };
    let (clerk, second) = (actor(tx, Role::Clerk)?, actor(tx, Role::Administrator)?);
    bundles::take_up(tx, process.id)?;
    let today = tx.now()?.at(&TimeZone::UTC).date();
    let all = lists::list(tx, process.id, &lists::Filter::default(), today, 0, 10_000)?;
    let by_number: HashMap<i64, i64> = all.iter().map(|row| (row.number, row.id)).collect();
    for answer in &own.answers {
        let mine: Vec<i64> = answer.numbers.iter().filter_map(|number| by_number.get(number).copied()).collect();
        if mine.len() != answer.numbers.len() {
            return Err(anyhow!("an answer to a statement that nobody made: {:?}", answer.numbers).into());
        }
        let bundle = match mine.as_slice() {
            [one] => *one,
            many => bundles::merge(tx, process.id, many, &answer.title, &clerk)?,
        };
        let office = process.department.unwrap_or(0).to_string();
        let proposal = Proposal::read(&answer.code.to_string(), &answer.reason, &answer.calculation, &office, "")
            .map_err(|refusals| anyhow!("{:?}: {refusals:?}", answer.numbers))?;
        answers::propose(tx, process.id, bundle, &proposal, &clerk)?;
        answers::approve(tx, process.id, bundle, &second)?;
        for cause in &answer.changed {
            set_cause(tx, process.id, bundle, cause, &answer.words)?;
        }
    }
    answers::publish(tx, &process, &clerk)?;
    Ok(versions::list(tx, process.id)?.first().map(|version| (process.id, version.part)))
}

/// Sets a bundle as the cause of the sentence of the newest version that begins so.
fn set_cause(tx: &mut Tx<'_>, process: i64, bundle: i64, begins: &str, words: &str) -> Result<(), AppError> {
    let version = versions::list(tx, process)?.into_iter().find(|version| version.is_public).ok_or(AppError::NotFound)?;
    let shown = versions::shown(tx, &version)?;
    for unit in shown.text.units() {
        for (number, range) in (1_i64..).zip(allmende_texts::sentences::sentences(&unit.text)) {
            if unit.passage(range.start, range.end).starts_with(begins) {
                return Ok(causes::set(tx, version.id, version.part, texts::number(unit.id), number, &[bundle], words)?);
            }
        }
    }
    Err(anyhow!("no sentence begins with: {begins}").into())
}
