//! Statements as they come in and as their state changes. Lists of them are read in [`super::lists`].
//!
//! A statement is one transaction of few statements: its number, its row, its first point, the count of its passage, its node. The
//! same send twice finds the first ([`find_sent`]); two at once meet at the unique key and the later one tries again.

use super::participants::{self, Participant};
use super::processes::{self, Process};
use super::{STATEMENT, again, short, statement_path, versions};
use crate::rules::{self, Channel, State};
use allmende_core::{Actor, Id, Instant, Person};
use allmende_db::{DbError, Tx, sql};
use allmende_platform::thread::{self, LinkKind, NodeData, Step};
use allmende_platform::{AppError, changes};
use allmende_texts::Anchor;
use jiff::civil::Date;

/// A statement on its way in.
#[derive(Debug, Clone)]
pub struct New {
    /// The part whose text it is about.
    pub part: i64,
    /// The version that it was written on.
    pub version: i64,
    /// The passage; none for the whole text.
    pub anchor: Option<Anchor>,
    /// Who says it, unless it came on paper or from nobody known.
    pub participant: Option<Id<Participant>>,
    /// The name that the public reads.
    pub author_name: String,
    /// What it says.
    pub text: String,
    /// How the passage should read.
    pub suggestion: Option<String>,
    /// A place as GeoJSON.
    pub place: Option<String>,
    /// How it came in.
    pub channel: Channel,
    /// Where it stands at first.
    pub state: State,
    /// When it was made: now, or the day on the letter.
    pub submitted_at: Instant,
    /// Until when an answer is promised.
    pub answer_by: Option<Date>,
    /// The key of the form it came from.
    pub once: String,
}

/// What somebody gets for a statement.
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
    /// The passage; 0 for the whole text.
    pub unit: i64,
    /// What it says.
    pub text: String,
}

/// What was sent from the form with this key, if anything was. One statement.
///
/// # Errors
/// What the database reports.
pub fn find_sent(tx: &mut Tx<'_>, once: &str) -> Result<Option<Sent>, DbError> {
    let site = tx.site()?;
    tx.find(
        sql!("SELECT id, process_id, number, receipt, state, submitted_at, answer_by, unit, text FROM statement WHERE site_id = $1 AND once_key = $2"),
        &[&site, &once],
        |row| {
            Ok(Sent {
                id: row.get(0)?,
                process: row.get(1)?,
                number: row.get(2)?,
                receipt: row.get(3)?,
                state: State::of(&row.get::<String>(4)?).ok_or(DbError::Type { position: 4, expected: "a state" })?,
                submitted_at: row.get(5)?,
                answer_by: super::day_at(row, 6)?,
                unit: row.get(7)?,
                text: row.get(8)?,
            })
        },
    )
}

/// Writes a statement. The number is given here, in the order of commits and without gaps.
///
/// # Errors
/// What the database reports; `DbError::Conflict` if the same form was sent at the same moment.
pub fn insert(tx: &mut Tx<'_>, process: &Process, new: &New, actor: &Actor) -> Result<Sent, AppError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let is_public = new.state == State::Public;
    let number: i64 = tx
        .find(
            sql!(
                "UPDATE process SET numbers_given = numbers_given + 1, statements = statements + $3, changed_at = $4 WHERE site_id = $1 AND id = $2 \
                 RETURNING numbers_given"
            ),
            &[&site, &process.id, &i64::from(is_public), &now],
            |row| row.get(0),
        )?
        .ok_or(AppError::NotFound)?;
    let receipt = rules::receipt(process.id, number);
    let anchor = new.anchor.as_ref().map(serde_json::to_string).transpose().map_err(anyhow::Error::from)?;
    let unit = new.anchor.as_ref().map_or(0, versions::unit_of);
    let entered_by = if new.channel == Channel::Web { None } else { actor.person() };
    let id: Id<Sent> = tx
        .insert(
            sql!(
                "INSERT INTO statement (site_id, process_id, part_id, version_id, number, receipt, participant_id, channel, entered_by, author_name, text, suggestion, \
                 place, anchor, anchor_first, unit, anchor_how, state, supports, submitted_at, answer_by, once_key) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, $15, 'kept', $16, 0, $17, $18, $19) RETURNING id"
            ),
            &[
                &site,
                &process.id,
                &new.part,
                &new.version,
                &number,
                &receipt,
                &new.participant,
                &new.channel.key(),
                &entered_by,
                &new.author_name,
                &new.text,
                &new.suggestion,
                &new.place,
                &anchor,
                &unit,
                &new.state.key(),
                &new.submitted_at,
                &new.answer_by.map(|day| day.to_string()),
                &new.once,
            ],
        )
        .map_err(again)?;
    tx.execute_later(sql!("INSERT INTO statement_point (site_id, statement_id, position, text) VALUES ($1, $2, 1, $3)"), &[&site, &id, &new.text])?;
    if is_public {
        versions::count_one(tx, new.part, unit, new.version, 1)?;
        let shown = Shown { id: id.get(), process: process.id, number, text: &new.text, submitted_at: new.submitted_at };
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
        unit,
        text: new.text.clone(),
    })
}

struct Shown<'a> {
    id: i64,
    process: i64,
    number: i64,
    text: &'a str,
    submitted_at: Instant,
}

/// The public node of a statement, tied to its process, and the event that followers hear of.
fn put_node(tx: &mut Tx<'_>, process: Option<Id<thread::Node>>, shown: &Shown<'_>, actor: &Actor) -> Result<(), DbError> {
    let (path, title) = (statement_path(shown.process, shown.number), format!("Stellungnahme {}", shown.number));
    let summary = short(shown.text);
    let data = NodeData {
        kind: STATEMENT,
        object_id: shown.id,
        title: &title,
        summary: Some(&summary),
        path: &path,
        happened_at: Some(shown.submitted_at),
        state: None,
    };
    let node = thread::insert(tx, &data)?;
    if let Some(process) = process {
        thread::link(tx, node, LinkKind::ConsideredIn, process)?;
    }
    // Who said it is told by the page, never by the record: an account can be erased.
    let by = if actor.person().is_some() { Actor::Stranger } else { actor.clone() };
    thread::record(tx, node, &by, &Step { kind: "statement-made", reason: None, detail: None, is_public: true })
}

/// A statement as acts on it need it.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its row.
    pub id: i64,
    /// Its process.
    pub process: i64,
    /// Its part.
    pub part: i64,
    /// The version it was written on.
    pub version: i64,
    /// Its number.
    pub number: i64,
    /// Its receipt number.
    pub receipt: String,
    /// Where it stands.
    pub state: State,
    /// Its passage.
    pub unit: i64,
    /// What it says.
    pub text: String,
    /// When it was made.
    pub submitted_at: Instant,
    /// Who said it.
    pub participant: Option<Id<Participant>>,
    /// Who entered it.
    pub entered_by: Option<Id<Person>>,
    /// Who confirmed what was entered.
    pub confirmed_by: Option<Id<Person>>,
    /// How it came in.
    pub channel: Channel,
    /// How the passage should read.
    pub suggestion: Option<String>,
    /// Its place as GeoJSON.
    pub place: Option<String>,
    /// Whether any of its points has a public answer.
    pub is_answered: bool,
}

macro_rules! row {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT s.id, s.process_id, s.part_id, s.version_id, s.number, s.receipt, s.state, s.unit, s.text, s.submitted_at, s.participant_id, s.entered_by, \
             s.confirmed_by, s.channel, s.suggestion, s.place, (SELECT MAX(w.id) FROM statement_point q JOIN weighing w ON w.id = q.bundle_id AND w.state = 'published' \
             WHERE q.statement_id = s.id) FROM statement s WHERE s.site_id = $1 AND ",
            $rest
        ))
    };
}

fn read(row: &allmende_db::Row<'_>) -> Result<Row, DbError> {
    Ok(Row {
        id: row.get(0)?,
        process: row.get(1)?,
        part: row.get(2)?,
        version: row.get(3)?,
        number: row.get(4)?,
        receipt: row.get(5)?,
        state: State::of(&row.get::<String>(6)?).ok_or(DbError::Type { position: 6, expected: "a state" })?,
        unit: row.get(7)?,
        text: row.get(8)?,
        submitted_at: row.get(9)?,
        participant: row.get(10)?,
        entered_by: row.get(11)?,
        confirmed_by: row.get(12)?,
        channel: Channel::of(&row.get::<String>(13)?).unwrap_or(Channel::Web),
        suggestion: row.get(14)?,
        place: row.get(15)?,
        is_answered: row.get::<Option<i64>>(16)?.is_some(),
    })
}

/// A statement in any state. One statement.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Row>, DbError> {
    let site = tx.site()?;
    tx.find(row!("s.id = $2"), &[&site, &id], read)
}

/// A statement of an account by its number within the process, in any state; nothing for those of others. One statement.
///
/// # Errors
/// What the database reports.
pub fn find_own(tx: &mut Tx<'_>, process: i64, number: i64, person: Id<Person>) -> Result<Option<Row>, DbError> {
    let site = tx.site()?;
    tx.find(
        row!("s.process_id = $2 AND s.number = $3 AND s.participant_id IN (SELECT a.id FROM participant a WHERE a.person_id = $4)"),
        &[&site, &process, &number, &person],
        read,
    )
}

/// Moves a statement to another state, with all that hangs on whether it is public: counts, node, feed, record.
///
/// # Errors
/// What the database reports.
pub fn set_state(tx: &mut Tx<'_>, process: &Process, row: &Row, state: State, reason: Option<&str>, actor: &Actor) -> Result<(), DbError> {
    let site = tx.site()?;
    let changed = tx.execute(
        sql!("UPDATE statement SET state = $3, state_reason = $4 WHERE site_id = $1 AND id = $2 AND state = $5"),
        &[&site, &row.id, &state.key(), &reason, &row.state.key()],
    )?;
    if changed == 0 || row.state == state {
        return Ok(());
    }
    let by = i64::from(state == State::Public) - i64::from(row.state == State::Public);
    if by != 0 {
        tx.execute(sql!("UPDATE process SET statements = statements + $3 WHERE site_id = $1 AND id = $2"), &[&site, &process.id, &by])?;
        versions::count_one(tx, row.part, row.unit, row.version, by)?;
    }
    if state == State::Public {
        let known = thread::find(tx, STATEMENT, row.id)?;
        let shown = Shown { id: row.id, process: row.process, number: row.number, text: &row.text, submitted_at: row.submitted_at };
        match known {
            None => put_node(tx, process.node, &shown, &Actor::Stranger)?,
            Some(node) => {
                let (path, title, summary) = (statement_path(row.process, row.number), format!("Stellungnahme {}", row.number), short(&row.text));
                let data = NodeData {
                    kind: STATEMENT,
                    object_id: row.id,
                    title: &title,
                    summary: Some(&summary),
                    path: &path,
                    happened_at: Some(row.submitted_at),
                    state: None,
                };
                thread::keep(tx, &data)?;
                thread::record(tx, node, actor, &Step { kind: "statement-shown", reason, detail: None, is_public: true })?;
            }
        }
        // What a guest confirms is public; accepted is what the house let through.
        if let Some(participant) = row.participant.filter(|_| actor.person().is_some()) {
            participants::accept(tx, participant)?;
        }
    } else if let Some(node) = thread::withdraw(tx, STATEMENT, row.id)? {
        let kind = match state {
            State::Withdrawn => "statement-withdrawn",
            State::Waiting => "statement-held",
            State::Hidden | State::Unconfirmed | State::Public => "statement-hidden",
        };
        // Who took it back is told by nothing: an account can be erased.
        let by = if state == State::Withdrawn { &Actor::Stranger } else { actor };
        thread::record(tx, node, by, &Step { kind, reason, detail: None, is_public: true })?;
    }
    changes::note(tx, STATEMENT, row.id)
}

/// Whether this person of the house may confirm or refuse what a colleague entered.
fn is_second(row: &Row, actor: &Actor) -> bool {
    let person = actor.person();
    row.channel != Channel::Web && person.is_some() && row.entered_by != person && row.state == State::Unconfirmed
}

/// A second person of the house does not confirm what a colleague entered, and says why. Returns false if it is not theirs to confirm.
///
/// # Errors
/// What the database reports.
pub fn refuse_entered(tx: &mut Tx<'_>, process: &Process, row: &Row, reason: &str, actor: &Actor) -> Result<bool, DbError> {
    if !is_second(row, actor) {
        return Ok(false);
    }
    set_state(tx, process, row, State::Hidden, Some(reason), actor)?;
    Ok(true)
}

/// A second person of the house confirms what a colleague entered. Returns false if it is not theirs to confirm.
///
/// # Errors
/// What the database reports.
pub fn confirm_entered(tx: &mut Tx<'_>, process: &Process, row: &Row, actor: &Actor) -> Result<bool, DbError> {
    let (site, person) = (tx.site()?, actor.person());
    if !is_second(row, actor) {
        return Ok(false);
    }
    tx.execute(sql!("UPDATE statement SET confirmed_by = $3 WHERE site_id = $1 AND id = $2"), &[&site, &row.id, &person])?;
    let next = State::first(false, process.is_moderated_before);
    set_state(tx, process, row, next, None, actor)?;
    Ok(true)
}

/// Adds somebody's support. Returns false if they support it already: exactly one counts, however often it is sent.
///
/// # Errors
/// What the database reports.
pub fn add_support(tx: &mut Tx<'_>, statement: i64, participant: Id<Participant>) -> Result<bool, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let added = tx.execute(
        sql!("INSERT INTO statement_support (site_id, statement_id, participant_id, supported_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"),
        &[&site, &statement, &participant, &now],
    )?;
    if added == 1 {
        tx.execute(sql!("UPDATE statement SET supports = supports + 1 WHERE site_id = $1 AND id = $2"), &[&site, &statement])?;
    }
    Ok(added == 1)
}

/// Takes somebody's support back. Returns false if there was none.
///
/// # Errors
/// What the database reports.
pub fn remove_support(tx: &mut Tx<'_>, statement: i64, participant: Id<Participant>) -> Result<bool, DbError> {
    let site = tx.site()?;
    let removed =
        tx.execute(sql!("DELETE FROM statement_support WHERE site_id = $1 AND statement_id = $2 AND participant_id = $3"), &[&site, &statement, &participant])?;
    if removed == 1 {
        tx.execute(sql!("UPDATE statement SET supports = supports - 1 WHERE site_id = $1 AND id = $2"), &[&site, &statement])?;
    }
    Ok(removed == 1)
}

/// Takes the nodes of all statements of a process that was withdrawn out of the public eye: searches and followers hear of it.
///
/// # Errors
/// What the database reports.
pub fn withdraw_nodes(tx: &mut Tx<'_>, process: i64) -> Result<(), DbError> {
    let site = tx.site()?;
    let ids: Vec<i64> =
        tx.list(sql!("SELECT id FROM statement WHERE +site_id = $1 AND process_id = $2 AND state = 'public'"), &[&site, &process], |row| row.get(0))?;
    ids.into_iter().try_for_each(|id| thread::withdraw(tx, STATEMENT, id).map(|_| ()))
}

/// The process of a statement, for acts that name the statement alone.
///
/// # Errors
/// 404 for no such statement.
pub fn with_process(tx: &mut Tx<'_>, id: i64) -> Result<(Row, Process), AppError> {
    let row = find(tx, id)?.ok_or(AppError::NotFound)?;
    let process = processes::find(tx, row.process)?.ok_or(AppError::NotFound)?;
    Ok((row, process))
}
