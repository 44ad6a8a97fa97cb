//! What the house does with ideas: answer, promise, merge, split, hand the best-supported to the council.

use super::{IDEA, Idea, New, Sent, insert, set_state};
use crate::formats::ideas::rules::{Answer, Settings, State};
use crate::store::processes::Process;
use allmende_core::{Actor, Instant};
use allmende_db::{DbError, Tx, sql};
use allmende_platform::thread::{self, LinkKind, Step};
use allmende_platform::{AppError, changes};
use jiff::civil::Date;

/// Answers an idea, or changes the answer. A new answer is on record as one.
///
/// # Errors
/// What the database reports.
pub fn answer(tx: &mut Tx<'_>, idea: &Idea, answer: Answer, text: &str, department: Option<i64>, actor: &Actor) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!(
            "UPDATE idea SET answer_state = $3, answer_text = $4, answer_department_id = $5, answered_at = COALESCE(answered_at, $6) WHERE site_id = $1 AND id = $2"
        ),
        &[&site, &idea.id, &answer.key(), &text, &department, &now],
    )?;
    if let Some(node) = thread::find(tx, IDEA, idea.id)? {
        let kind = if idea.answered_at.is_some() { "idea-answer-changed" } else { "idea-answered" };
        let detail = serde_json::json!({ "before": idea.answer.map(Answer::key), "after": answer.key() }).to_string();
        thread::record(tx, node, actor, &Step { kind, reason: Some(text), detail: Some(&detail), is_public: true })?;
    }
    changes::note(tx, IDEA, idea.id)
}

/// Promises an answer until a day, by a department. Moving the day is on record with what it was.
///
/// # Errors
/// What the database reports.
pub fn promise(tx: &mut Tx<'_>, idea: &Idea, day: Date, department: Option<i64>, actor: &Actor) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(
        sql!("UPDATE idea SET answer_by = $3, answer_department_id = $4 WHERE site_id = $1 AND id = $2"),
        &[&site, &idea.id, &day.to_string(), &department],
    )?;
    if let Some(node) = thread::find(tx, IDEA, idea.id)? {
        let detail = serde_json::json!({ "before": idea.answer_by.map(|day| day.to_string()), "after": day.to_string() }).to_string();
        thread::record(tx, node, actor, &Step { kind: "idea-promised", reason: None, detail: Some(&detail), is_public: true })?;
    }
    changes::note(tx, IDEA, idea.id)
}

/// Merges an idea into another one of the same collection: who supported either supports the other one, each once. Its page stays
/// and leads on.
///
/// # Errors
/// What the database reports.
pub fn merge(tx: &mut Tx<'_>, process: &Process, from: &Idea, to: &Idea, reason: &str, actor: &Actor) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    lineage(tx, from.id, to.id, "merged", reason, actor)?;
    let added = tx.execute(
        sql!(
            "INSERT INTO idea_support (site_id, idea_id, participant_id, supported_at) SELECT site_id, CAST($3 AS BIGINT), participant_id, CAST($4 AS BIGINT) \
             FROM idea_support WHERE site_id = $1 AND idea_id = $2 AND participant_id <> $5 ON CONFLICT DO NOTHING"
        ),
        &[&site, &from.id, &to.id, &now, &to.participant.map_or(0, allmende_core::Id::get)],
    )?;
    let added = i64::try_from(added).unwrap_or(0);
    tx.execute(sql!("UPDATE idea SET supports = supports + $3 WHERE site_id = $1 AND id = $2"), &[&site, &to.id, &added])?;
    set_state(tx, process, from, State::Merged, Some(reason), actor)?;
    let (one, other) = (thread::find(tx, IDEA, from.id)?, thread::find(tx, IDEA, to.id)?);
    if let Some((one, other)) = one.zip(other) {
        thread::link(tx, one, LinkKind::Duplicates, other)?;
        thread::record(tx, other, actor, &Step { kind: "idea-joined", reason: Some(reason), detail: None, is_public: true })?;
    }
    changes::note(tx, IDEA, to.id)
}

/// Splits off a part of an idea as an idea of its own, by the same author. Both pages tell of it.
///
/// # Errors
/// What the database reports.
pub fn split(tx: &mut Tx<'_>, process: &Process, from: &Idea, new: &New, reason: &str, actor: &Actor) -> Result<Sent, AppError> {
    let unlimited = Settings { per_person: None, ..from.settings.clone() };
    let sent = insert(tx, process, &unlimited, new, actor)?;
    lineage(tx, from.id, sent.id, "split", reason, actor)?;
    let (one, other) = (thread::find(tx, IDEA, from.id)?, thread::find(tx, IDEA, sent.id)?);
    if let Some((one, other)) = one.zip(other) {
        thread::link(tx, other, LinkKind::Related, one)?;
        thread::record(tx, one, actor, &Step { kind: "idea-split", reason: Some(reason), detail: None, is_public: true })?;
    }
    changes::note(tx, IDEA, from.id)?;
    Ok(sent)
}

fn lineage(tx: &mut Tx<'_>, from: i64, to: i64, kind: &str, reason: &str, actor: &Actor) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!(
            "INSERT INTO idea_lineage (site_id, from_idea_id, to_idea_id, kind, reason, happened_at, person_id) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"
        ),
        &[&site, &from, &to, &kind, &reason, &now, &actor.person()],
    )?;
    Ok(())
}

/// The best-supported ideas of a collection that are not with the council yet: row, number, title, supports; earlier ones first where
/// they are level. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_best(tx: &mut Tx<'_>, part: i64, count: i64) -> Result<Vec<(i64, i64, String, i64)>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT id, number, title, supports FROM idea WHERE +site_id = $1 AND part_id = $2 AND state = 'public' AND to_council_at IS NULL \
             ORDER BY supports DESC, id LIMIT $3"
        ),
        &[&site, &part, &count],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )
}

/// Whether the list for the council was made.
///
/// # Errors
/// What the database reports.
pub fn was_handed_on(tx: &mut Tx<'_>, part: i64) -> Result<bool, DbError> {
    let site = tx.site()?;
    let found = tx.find(
        sql!("SELECT id FROM idea WHERE +site_id = $1 AND part_id = $2 AND state = 'public' AND to_council_at IS NOT NULL LIMIT 1"),
        &[&site, &part],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// Hands the best-supported ideas to the council: each says so, and the process has the list on record. Returns how many; none if the
/// list was made before.
///
/// # Errors
/// What the database reports.
pub fn hand_on(tx: &mut Tx<'_>, process: &Process, part: i64, count: i64, actor: &Actor) -> Result<usize, DbError> {
    if was_handed_on(tx, part)? {
        return Ok(0);
    }
    let (site, now) = (tx.site()?, tx.now()?);
    let best = list_best(tx, part, count)?;
    for (id, ..) in &best {
        tx.execute(sql!("UPDATE idea SET to_council_at = $3 WHERE site_id = $1 AND id = $2"), &[&site, id, &now])?;
        if let Some(node) = thread::find(tx, IDEA, *id)? {
            thread::record(tx, node, actor, &Step { kind: "idea-to-council", reason: None, detail: None, is_public: true })?;
        }
        changes::note(tx, IDEA, *id)?;
    }
    if let Some(node) = process.node {
        let list: Vec<_> =
            best.iter().map(|(_, number, title, supports)| serde_json::json!({ "number": number, "title": title, "supports": supports })).collect();
        let titles = best.iter().map(|(_, _, title, _)| title.as_str()).collect::<Vec<_>>().join(" · ");
        let detail = serde_json::json!({ "ideas": list }).to_string();
        thread::record(tx, node, actor, &Step { kind: "ideas-to-council", reason: Some(&titles), detail: Some(&detail), is_public: true })?;
    }
    Ok(best.len())
}

/// An idea at the desk.
#[derive(Debug, Clone)]
pub struct AtDesk {
    /// Its number.
    pub number: i64,
    /// Its row.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub state: State,
    /// People who support it.
    pub supports: i64,
    /// When it was made.
    pub submitted_at: Instant,
    /// Until when an answer is promised.
    pub answer_by: Option<Date>,
    /// What became of it.
    pub answer: Option<Answer>,
    /// The department that answers.
    pub department: Option<String>,
}

/// Which ideas the desk shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Public and without an answer.
    Open,
    /// Not public yet.
    Waiting,
    /// All, in whatever state.
    All,
}

/// Ideas of a process at the desk, the newest first. `from`: the last row of the page before. One statement.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, process: i64, view: View, from: Option<i64>, limit: i64) -> Result<Vec<AtDesk>, DbError> {
    let site = tx.site()?;
    let statement = match view {
        View::Open => sql!(
            "SELECT i.number, i.id, i.title, i.state, i.supports, i.submitted_at, i.answer_by, i.answer_state, d.name FROM idea i \
             LEFT JOIN department d ON d.id = i.answer_department_id \
             WHERE i.site_id = $1 AND i.process_id = $2 AND i.number < $3 AND i.state = 'public' AND i.answered_at IS NULL ORDER BY i.number DESC LIMIT $4"
        ),
        View::Waiting => sql!(
            "SELECT i.number, i.id, i.title, i.state, i.supports, i.submitted_at, i.answer_by, i.answer_state, d.name FROM idea i \
             LEFT JOIN department d ON d.id = i.answer_department_id \
             WHERE i.site_id = $1 AND i.process_id = $2 AND i.number < $3 AND i.state IN ('waiting', 'unconfirmed') ORDER BY i.number DESC LIMIT $4"
        ),
        View::All => sql!(
            "SELECT i.number, i.id, i.title, i.state, i.supports, i.submitted_at, i.answer_by, i.answer_state, d.name FROM idea i \
             LEFT JOIN department d ON d.id = i.answer_department_id \
             WHERE i.site_id = $1 AND i.process_id = $2 AND i.number < $3 ORDER BY i.number DESC LIMIT $4"
        ),
    };
    tx.list(statement, &[&site, &process, &from.unwrap_or(i64::MAX), &limit], |row| {
        Ok(AtDesk {
            number: row.get(0)?,
            id: row.get(1)?,
            title: row.get(2)?,
            state: super::state_at(row, 3)?,
            supports: row.get(4)?,
            submitted_at: row.get(5)?,
            answer_by: super::day_at(row, 6)?,
            answer: row.get::<Option<String>>(7)?.as_deref().and_then(Answer::of),
            department: row.get(8)?,
        })
    })
}

/// Writes what a collection is set to.
///
/// # Errors
/// What the database reports.
pub fn update_settings(tx: &mut Tx<'_>, part: i64, settings: &Settings) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(sql!("UPDATE process_part SET settings = $3 WHERE site_id = $1 AND id = $2"), &[&site, &part, &settings.json()])?;
    Ok(())
}

/// Whether an idea went into another one, whatever its state is now. One statement.
///
/// # Errors
/// What the database reports.
pub fn is_merged(tx: &mut Tx<'_>, idea: i64) -> Result<bool, DbError> {
    let site = tx.site()?;
    let merged: Option<i64> =
        tx.find(sql!("SELECT to_idea_id FROM idea_lineage WHERE site_id = $1 AND from_idea_id = $2 AND kind = 'merged' LIMIT 1"), &[&site, &idea], |row| {
            row.get(0)
        })?;
    Ok(merged.is_some())
}
