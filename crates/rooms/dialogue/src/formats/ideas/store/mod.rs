//! Ideas in the database: sent, supported, changed, taken back. [`lists`] reads pages of them, [`edits`] what they said before,
//! [`pictures`] what they show, [`desk`] holds what the house does, [`open`] what the search is given.

pub mod desk;
pub mod edits;
pub mod lists;
pub mod open;
pub mod pictures;

use super::rules::{self, Settings, State};
use super::similar;
use crate::rules as common;
use crate::store::participants::{self, Participant};
use crate::store::processes::Process;
use crate::store::{again, short};
use allmende_core::{Actor, Id, Instant, Person};
use allmende_db::{DbError, Row, Tx, sql};
use allmende_platform::search::Point;
use allmende_platform::thread::{self, LinkKind, Node, NodeData, Step};
use allmende_platform::{AppError, changes};
use jiff::civil::Date;

/// The kind of an idea's node, of its changes in the feed and of its confirmations.
pub const IDEA: &str = "idea";

/// The permanent page of an idea: `number` is its number within the process.
#[must_use]
pub fn path(process: i64, number: i64) -> String {
    format!("/beteiligung/{process}/ideen/{number}")
}

/// An idea on its way in.
#[derive(Debug, Clone)]
pub struct New {
    /// The collection.
    pub part: i64,
    /// Who proposes it; nobody known where a process is open to anyone.
    pub participant: Option<Id<Participant>>,
    /// The name that the public reads.
    pub author_name: String,
    /// Its title.
    pub title: String,
    /// What it says.
    pub text: String,
    /// Its category.
    pub category: Option<String>,
    /// The words of its place.
    pub place: Option<String>,
    /// Where that is.
    pub point: Option<Point>,
    /// Where it stands at first.
    pub state: State,
    /// When it was made.
    pub submitted_at: Instant,
    /// Until when an answer is promised.
    pub answer_by: Option<Date>,
    /// The key of the form it came from.
    pub once: String,
}

/// What somebody gets for an idea.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Its row.
    pub id: i64,
    /// Its process.
    pub process: i64,
    /// Its number within the process.
    pub number: i64,
    /// Its receipt number.
    pub receipt: String,
    /// Where it stands.
    pub state: State,
    /// When it was made.
    pub submitted_at: Instant,
    /// Until when an answer is promised.
    pub answer_by: Option<Date>,
    /// Its title.
    pub title: String,
    /// What it says.
    pub text: String,
}

fn state_at(row: &Row<'_>, position: usize) -> Result<State, DbError> {
    State::of(&row.get::<String>(position)?).ok_or(DbError::Type { position, expected: "a state of an idea" })
}

fn day_at(row: &Row<'_>, position: usize) -> Result<Option<Date>, DbError> {
    Ok(row.get::<Option<String>>(position)?.and_then(|day| day.parse().ok()))
}

/// What was sent from the form with this key, if anything was. One statement.
///
/// # Errors
/// What the database reports.
pub fn find_sent(tx: &mut Tx<'_>, once: &str) -> Result<Option<Sent>, DbError> {
    let site = tx.site()?;
    tx.find(
        sql!("SELECT id, process_id, number, receipt, state, submitted_at, answer_by, title, text FROM idea WHERE site_id = $1 AND once_key = $2"),
        &[&site, &once],
        |row| {
            Ok(Sent {
                id: row.get(0)?,
                process: row.get(1)?,
                number: row.get(2)?,
                receipt: row.get(3)?,
                state: state_at(row, 4)?,
                submitted_at: row.get(5)?,
                answer_by: day_at(row, 6)?,
                title: row.get(7)?,
                text: row.get(8)?,
            })
        },
    )
}

/// Writes an idea. The number is given here, in the order of commits and without gaps.
///
/// # Errors
/// `idea-limit` if the person has as many as the collection allows; what the database reports, `DbError::Conflict` if the same form
/// was sent at the same moment.
pub fn insert(tx: &mut Tx<'_>, process: &Process, settings: &Settings, new: &New, actor: &Actor) -> Result<Sent, AppError> {
    let (site, now) = (tx.site()?, tx.now()?);
    if let (Some(limit), Some(participant)) = (settings.per_person, new.participant) {
        let has = tx.find(
            sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM idea WHERE +site_id = $1 AND participant_id = $2 AND part_id = $3 AND state NOT IN ('withdrawn', 'hidden')"),
            &[&site, &participant, &new.part],
            |row| row.get::<i64>(0),
        )?;
        rules::check_limit(has.unwrap_or(0), Some(limit), "idea-limit")?;
    }
    let is_public = new.state == State::Public;
    let number: i64 = tx
        .find(
            sql!(
                "UPDATE process SET numbers_given = numbers_given + 1, ideas = ideas + $3, changed_at = $4 WHERE site_id = $1 AND id = $2 RETURNING numbers_given"
            ),
            &[&site, &process.id, &i64::from(is_public), &now],
            |row| row.get(0),
        )?
        .ok_or(AppError::NotFound)?;
    let receipt = common::receipt(process.id, number);
    let id: Id<Sent> = tx
        .insert(
            sql!(
                "INSERT INTO idea (site_id, process_id, part_id, number, receipt, participant_id, channel, author_name, title, text, category, place, latitude, longitude, \
                 state, supports, comments, submitted_at, answer_by, shuffle, once_key) \
                 VALUES ($1, $2, $3, $4, $5, $6, 'web', $7, $8, $9, $10, $11, $12, $13, $14, 0, 0, $15, $16, $17, $18) RETURNING id"
            ),
            &[
                &site,
                &process.id,
                &new.part,
                &number,
                &receipt,
                &new.participant,
                &new.author_name,
                &new.title,
                &new.text,
                &new.category,
                &new.place,
                &new.point.map(|point| point.latitude),
                &new.point.map(|point| point.longitude),
                &new.state.key(),
                &new.submitted_at,
                &new.answer_by.map(|day| day.to_string()),
                &rules::shuffle_of(&new.once),
                &new.once,
            ],
        )
        .map_err(again)?;
    if is_public {
        let shown = Shown { id: id.get(), process: process.id, part: new.part, number, title: &new.title, text: &new.text, submitted_at: new.submitted_at };
        put_words(tx, &shown)?;
        put_node(tx, process.node, &shown, actor)?;
    }
    Ok(Sent {
        id: id.get(),
        process: process.id,
        number,
        receipt,
        state: new.state,
        submitted_at: new.submitted_at,
        answer_by: new.answer_by,
        title: new.title.clone(),
        text: new.text.clone(),
    })
}

struct Shown<'a> {
    id: i64,
    process: i64,
    part: i64,
    number: i64,
    title: &'a str,
    text: &'a str,
    submitted_at: Instant,
}

impl<'a> Shown<'a> {
    fn of(idea: &'a Idea) -> Self {
        Self { id: idea.id, process: idea.process, part: idea.part, number: idea.number, title: &idea.title, text: &idea.text, submitted_at: idea.submitted_at }
    }
}

/// Enters the words of a public idea, by which similar ones are found.
fn put_words(tx: &mut Tx<'_>, shown: &Shown<'_>) -> Result<(), DbError> {
    let site = tx.site()?;
    remove_words(tx, shown.id)?;
    for word in similar::words_of(shown.title) {
        tx.execute(
            sql!("INSERT INTO idea_word (site_id, part_id, word, idea_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"),
            &[&site, &shown.part, &word, &shown.id],
        )?;
    }
    Ok(())
}

fn remove_words(tx: &mut Tx<'_>, idea: i64) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(sql!("DELETE FROM idea_word WHERE site_id = $1 AND idea_id = $2"), &[&site, &idea])?;
    Ok(())
}

/// The public node of an idea, written or brought up to date.
fn keep_node(tx: &mut Tx<'_>, process: Option<Id<Node>>, shown: &Shown<'_>) -> Result<(Id<Node>, bool), DbError> {
    let (path, summary) = (path(shown.process, shown.number), short(shown.text));
    let data = NodeData {
        kind: IDEA,
        object_id: shown.id,
        title: shown.title,
        summary: Some(&summary),
        path: &path,
        happened_at: Some(shown.submitted_at),
        state: None,
    };
    let (node, is_new) = thread::keep(tx, &data)?;
    if let Some(process) = process.filter(|_| is_new) {
        thread::link(tx, node, LinkKind::ConsideredIn, process)?;
    }
    Ok((node, is_new))
}

fn put_node(tx: &mut Tx<'_>, process: Option<Id<Node>>, shown: &Shown<'_>, actor: &Actor) -> Result<(), DbError> {
    let (node, _) = keep_node(tx, process, shown)?;
    // Who proposed it is told by the page, never by the record: an account can be erased.
    let by = if actor.person().is_some() { Actor::Stranger } else { actor.clone() };
    thread::record(tx, node, &by, &Step { kind: "idea-made", reason: None, detail: None, is_public: true })
}

/// An idea with all that its page and acts on it need.
#[derive(Debug, Clone)]
pub struct Idea {
    /// Its row.
    pub id: i64,
    /// Its process.
    pub process: i64,
    /// Its collection.
    pub part: i64,
    /// The title of the collection.
    pub part_title: String,
    /// What the collection is set to.
    pub settings: Settings,
    /// Its number within the process.
    pub number: i64,
    /// Its receipt number.
    pub receipt: String,
    /// Who proposed it.
    pub participant: Option<Id<Participant>>,
    /// The name that the public reads.
    pub author_name: String,
    /// Its title.
    pub title: String,
    /// What it says.
    pub text: String,
    /// Its category.
    pub category: Option<String>,
    /// The words of its place.
    pub place: Option<String>,
    /// Where that is.
    pub point: Option<Point>,
    /// Where it stands.
    pub state: State,
    /// Why it was hidden.
    pub reason: Option<String>,
    /// People who support it.
    pub supports: i64,
    /// Public comments on it.
    pub comments: i64,
    /// When it was made.
    pub submitted_at: Instant,
    /// Until when an answer is promised.
    pub answer_by: Option<Date>,
    /// When it was answered.
    pub answered_at: Option<Instant>,
    /// The answer in words.
    pub answer_text: Option<String>,
    /// What became of it.
    pub answer: Option<rules::Answer>,
    /// The department that answers: its row and name.
    pub department: Option<(i64, String)>,
    /// When it was handed to the council.
    pub to_council_at: Option<Instant>,
    /// When its words were changed last.
    pub edited_at: Option<Instant>,
    /// Whether other ideas went into it or it came out of one.
    pub has_lineage: bool,
    /// Whether the reader proposed it.
    pub is_own: bool,
    /// Whether the reader supports it.
    pub is_supported: bool,
    /// Its picture.
    pub picture: Option<pictures::Picture>,
}

macro_rules! idea {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT i.id, i.process_id, i.part_id, f.title, f.settings, i.number, i.receipt, i.participant_id, i.author_name, i.title, i.text, i.category, i.place, \
             i.latitude, i.longitude, i.state, i.state_reason, i.supports, i.comments, i.submitted_at, i.answer_by, i.answered_at, i.answer_text, i.answer_state, \
             i.answer_department_id, d.name, i.to_council_at, i.edited_at, a.person_id, s.participant_id, \
             CASE WHEN EXISTS (SELECT 1 FROM idea_lineage l WHERE l.from_idea_id = i.id) OR EXISTS (SELECT 1 FROM idea_lineage l WHERE l.to_idea_id = i.id) \
             THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END, k.description, k.large_width, k.large_height, k.small_width, k.small_height \
             FROM idea i JOIN process_part f ON f.id = i.part_id LEFT JOIN department d ON d.id = i.answer_department_id LEFT JOIN idea_picture k ON k.idea_id = i.id \
             LEFT JOIN participant a ON a.id = i.participant_id AND a.person_id = $2 \
             LEFT JOIN participant r ON r.process_id = i.process_id AND r.person_id = $2 \
             LEFT JOIN idea_support s ON s.idea_id = i.id AND s.participant_id = r.id ",
            $rest
        ))
    };
}

fn read(row: &Row<'_>) -> Result<Idea, DbError> {
    let (latitude, longitude): (Option<f64>, Option<f64>) = (row.get(13)?, row.get(14)?);
    let (department, name): (Option<i64>, Option<String>) = (row.get(24)?, row.get(25)?);
    Ok(Idea {
        id: row.get(0)?,
        process: row.get(1)?,
        part: row.get(2)?,
        part_title: row.get(3)?,
        settings: Settings::parse(&row.get::<String>(4)?),
        number: row.get(5)?,
        receipt: row.get(6)?,
        participant: row.get(7)?,
        author_name: row.get(8)?,
        title: row.get(9)?,
        text: row.get(10)?,
        category: row.get(11)?,
        place: row.get(12)?,
        point: latitude.zip(longitude).map(|(latitude, longitude)| Point { longitude, latitude }),
        state: state_at(row, 15)?,
        reason: row.get(16)?,
        supports: row.get(17)?,
        comments: row.get(18)?,
        submitted_at: row.get(19)?,
        answer_by: day_at(row, 20)?,
        answered_at: row.get(21)?,
        answer_text: row.get(22)?,
        answer: row.get::<Option<String>>(23)?.as_deref().and_then(rules::Answer::of),
        department: department.zip(name),
        to_council_at: row.get(26)?,
        edited_at: row.get(27)?,
        is_own: row.get::<Option<i64>>(28)?.is_some(),
        is_supported: row.get::<Option<i64>>(29)?.is_some(),
        has_lineage: row.get::<i64>(30)? == 1,
        picture: pictures::Picture::at(row, 31)?,
    })
}

/// An idea by its number within the process, in any state. One statement.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, process: i64, number: i64, reader: Option<Id<Person>>) -> Result<Option<Idea>, DbError> {
    let site = tx.site()?;
    tx.find(idea!("WHERE i.site_id = $1 AND i.process_id = $3 AND i.number = $4"), &[&site, &reader, &process, &number], read)
}

/// An idea by its row, in any state. One statement.
///
/// # Errors
/// What the database reports.
pub fn find_row(tx: &mut Tx<'_>, id: i64) -> Result<Option<Idea>, DbError> {
    let (site, nobody) = (tx.site()?, None::<i64>);
    tx.find(idea!("WHERE i.site_id = $1 AND i.id = $3"), &[&site, &nobody, &id], read)
}

/// Moves an idea to another state, with all that hangs on whether it is public: counts, words, node, feed, record.
///
/// # Errors
/// What the database reports.
pub fn set_state(tx: &mut Tx<'_>, process: &Process, idea: &Idea, state: State, reason: Option<&str>, actor: &Actor) -> Result<(), DbError> {
    let site = tx.site()?;
    let changed = tx.execute(
        sql!("UPDATE idea SET state = $3, state_reason = $4 WHERE site_id = $1 AND id = $2 AND state = $5"),
        &[&site, &idea.id, &state.key(), &reason, &idea.state.key()],
    )?;
    if changed == 0 || idea.state == state {
        return Ok(());
    }
    let by = i64::from(state == State::Public) - i64::from(idea.state == State::Public);
    if by != 0 {
        tx.execute(sql!("UPDATE process SET ideas = ideas + $3 WHERE site_id = $1 AND id = $2"), &[&site, &process.id, &by])?;
    }
    let shown = Shown::of(idea);
    match state {
        State::Public => {
            put_words(tx, &shown)?;
            let known = thread::find(tx, IDEA, idea.id)?;
            match known {
                None => put_node(tx, process.node, &shown, &Actor::Stranger)?,
                Some(_) => {
                    let (node, _) = keep_node(tx, process.node, &shown)?;
                    thread::record(tx, node, actor, &Step { kind: "idea-shown", reason, detail: None, is_public: true })?;
                }
            }
            // What a guest confirms is public; accepted is what the house let through.
            if let Some(participant) = idea.participant.filter(|_| actor.person().is_some()) {
                participants::accept(tx, participant)?;
            }
        }
        // What went into another idea keeps its page: old addresses lead on.
        State::Merged => {
            remove_words(tx, idea.id)?;
            let (kind, node) = match idea.state {
                State::Hidden => ("idea-shown", Some(keep_node(tx, process.node, &shown)?.0)),
                _ => ("idea-merged", thread::find(tx, IDEA, idea.id)?),
            };
            if let Some(node) = node {
                thread::record(tx, node, actor, &Step { kind, reason, detail: None, is_public: true })?;
            }
        }
        State::Hidden | State::Withdrawn | State::Unconfirmed | State::Waiting => {
            remove_words(tx, idea.id)?;
            // What its author took back is never shown again.
            if state == State::Withdrawn {
                pictures::delete(tx, idea.id)?;
            }
            if let Some(node) = thread::withdraw(tx, IDEA, idea.id)? {
                let kind = match state {
                    State::Withdrawn => "idea-withdrawn",
                    State::Waiting => "idea-held",
                    _ => "idea-hidden",
                };
                let by = if state == State::Withdrawn { Actor::Stranger } else { actor.clone() };
                thread::record(tx, node, &by, &Step { kind, reason, detail: None, is_public: true })?;
            }
        }
    }
    changes::note(tx, IDEA, idea.id)
}

/// Adds somebody's support. Returns false if they support it already: exactly one counts, however often and wherever it is sent.
///
/// # Errors
/// `idea-support-limit` if they support as many as the collection allows; what the database reports.
pub fn add_support(tx: &mut Tx<'_>, idea: &Idea, participant: Id<Participant>) -> Result<bool, AppError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let added = tx.execute(
        sql!("INSERT INTO idea_support (site_id, idea_id, participant_id, supported_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"),
        &[&site, &idea.id, &participant, &now],
    )?;
    if added == 0 {
        return Ok(false);
    }
    if let Some(limit) = idea.settings.supports_per_person {
        let has = tx.find(
            sql!(
                "SELECT CAST(COUNT(*) AS BIGINT) FROM idea_support s JOIN idea i ON i.id = s.idea_id AND i.part_id = $3 AND i.state = 'public' \
                 WHERE s.site_id = $1 AND s.participant_id = $2"
            ),
            &[&site, &participant, &idea.part],
            |row| row.get::<i64>(0),
        )?;
        // This one is counted already.
        rules::check_limit(has.unwrap_or(1) - 1, Some(limit), "idea-support-limit")?;
    }
    tx.execute(sql!("UPDATE idea SET supports = supports + 1 WHERE site_id = $1 AND id = $2"), &[&site, &idea.id])?;
    Ok(true)
}

/// Takes somebody's support back. Returns false if there was none.
///
/// # Errors
/// What the database reports.
pub fn remove_support(tx: &mut Tx<'_>, idea: i64, participant: Id<Participant>) -> Result<bool, DbError> {
    let site = tx.site()?;
    let removed = tx.execute(sql!("DELETE FROM idea_support WHERE site_id = $1 AND idea_id = $2 AND participant_id = $3"), &[&site, &idea, &participant])?;
    if removed == 1 {
        tx.execute(sql!("UPDATE idea SET supports = supports - 1 WHERE site_id = $1 AND id = $2"), &[&site, &idea])?;
    }
    Ok(removed == 1)
}
