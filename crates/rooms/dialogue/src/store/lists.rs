//! Statements as pages show them: at one passage with their answers, in a list, one alone. Only what everybody may read, except
//! for the fields that say what is the reader's own.

use super::day_at;
use crate::rules::{Channel, State};
use allmende_core::{Id, Instant, Person};
use allmende_db::{DbError, Row, Tx, sql};
use allmende_texts::Anchor;
use jiff::civil::Date;

/// An answer to a point of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The place of its point within the statement, from 1.
    pub position: i64,
    /// What the point says.
    pub point: String,
    /// The code of XBeteiligung 1.2: 1000, 2000, 3000, 4000 or 5000.
    pub code: i64,
    /// Why.
    pub reason: String,
    /// How it was reckoned.
    pub calculation: Option<String>,
    /// The department.
    pub department: Option<String>,
    /// When it was published.
    pub published_at: Option<Instant>,
}

/// A statement as everybody reads it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its row.
    pub id: i64,
    /// Its number.
    pub number: i64,
    /// Who says it, by their public name.
    pub author: String,
    /// How it came in.
    pub channel: Channel,
    /// What it says.
    pub text: String,
    /// How the passage should read.
    pub suggestion: Option<String>,
    /// A place as GeoJSON.
    pub place: Option<String>,
    /// Where it stands in the text now.
    pub anchor: Option<Anchor>,
    /// Its passage; 0 for the whole text.
    pub unit: i64,
    /// `kept`, `moved`, `reworded` or `gone`.
    pub how: String,
    /// Where it stands.
    pub state: State,
    /// Why it was hidden.
    pub reason: Option<String>,
    /// How many support it.
    pub supports: i64,
    /// When it was made.
    pub submitted_at: Instant,
    /// Until when an answer is promised.
    pub answer_by: Option<Date>,
    /// The number of the version it was written on.
    pub version: i64,
    /// Whether the reader supports it.
    pub is_supported: bool,
    /// Whether it is the reader's own.
    pub is_own: bool,
    /// The answers to its points.
    pub answers: Vec<Answer>,
}

impl Listed {
    /// Takes out everything that its author said: what was hidden or taken back keeps its number, its day, its passage and the reason.
    pub fn silence(&mut self) {
        (self.author, self.text) = (String::new(), String::new());
        (self.suggestion, self.place) = (None, None);
        self.supports = 0;
        self.answers.clear();
    }
}

// A reader without an account owns nothing: their rows are not looked for.
macro_rules! listed {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT s.id, s.number, s.author_name, s.channel, s.text, s.suggestion, s.place, s.anchor, s.unit, s.anchor_how, s.state, s.supports, s.submitted_at, \
             s.answer_by, v.number, \
             CASE WHEN CAST($2 AS BIGINT) IS NOT NULL \
             THEN (SELECT 1 FROM statement_support u JOIN participant a ON a.id = u.participant_id WHERE u.statement_id = s.id AND a.person_id = $2) END, \
             CASE WHEN CAST($2 AS BIGINT) IS NOT NULL THEN (SELECT 1 FROM participant a WHERE a.id = s.participant_id AND a.person_id = $2) END, \
             q.position, q.text, w.code, w.reason, w.calculation, d.name, w.published_at, s.state_reason \
             FROM statement s JOIN text_version v ON v.id = s.version_id \
             LEFT JOIN statement_point q ON q.statement_id = s.id LEFT JOIN weighing w ON w.id = q.bundle_id AND w.state = 'published' AND w.code IS NOT NULL \
             LEFT JOIN department d ON d.id = w.department_id WHERE +s.site_id = $1 AND ",
            $rest
        ))
    };
}

/// Rows of one statement after another into statements with their answers.
fn gather(rows: Vec<(Listed, Option<Answer>)>) -> Vec<Listed> {
    let mut out: Vec<Listed> = Vec::new();
    for (listed, answer) in rows {
        match out.last_mut() {
            Some(last) if last.id == listed.id => last.answers.extend(answer),
            _ => out.push(Listed { answers: answer.into_iter().collect(), ..listed }),
        }
    }
    out
}

fn read(row: &Row<'_>) -> Result<(Listed, Option<Answer>), DbError> {
    let code: Option<i64> = row.get(19)?;
    let answer = match code {
        None => None,
        Some(code) => Some(Answer {
            position: row.get(17)?,
            point: row.get(18)?,
            code,
            reason: row.get(20)?,
            calculation: row.get(21)?,
            department: row.get(22)?,
            published_at: row.get(23)?,
        }),
    };
    let listed = Listed {
        id: row.get(0)?,
        number: row.get(1)?,
        author: row.get(2)?,
        channel: Channel::of(&row.get::<String>(3)?).unwrap_or(Channel::Web),
        text: row.get(4)?,
        suggestion: row.get(5)?,
        place: row.get(6)?,
        anchor: row.get::<Option<String>>(7)?.and_then(|anchor| serde_json::from_str(&anchor).ok()),
        unit: row.get(8)?,
        how: row.get(9)?,
        state: State::of(&row.get::<String>(10)?).ok_or(DbError::Type { position: 10, expected: "a state" })?,
        reason: row.get(24)?,
        supports: row.get(11)?,
        submitted_at: row.get(12)?,
        answer_by: day_at(row, 13)?,
        version: row.get(14)?,
        is_supported: row.get::<Option<i64>>(15)?.is_some(),
        is_own: row.get::<Option<i64>>(16)?.is_some(),
        answers: Vec::new(),
    };
    Ok((listed, answer))
}

/// The public statements at a passage, most supported first, with the reader's own whatever their state. One statement.
///
/// # Errors
/// What the database reports.
pub fn at_passage(tx: &mut Tx<'_>, part: i64, unit: i64, reader: Option<Id<Person>>, limit: i64) -> Result<Vec<Listed>, DbError> {
    let site = tx.site()?;
    let rows = tx.list(
        listed!(
            "s.id IN (SELECT x.id FROM statement x WHERE x.part_id = $3 AND x.unit = $4 AND x.state = 'public' ORDER BY x.supports DESC, x.id DESC LIMIT $5) \
             ORDER BY s.supports DESC, s.id DESC, q.position"
        ),
        &[&site, &reader, &part, &unit, &limit],
        read,
    )?;
    Ok(gather(rows))
}

/// What a list of statements is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// One passage.
    pub unit: Option<i64>,
    /// One channel.
    pub channel: Option<Channel>,
    /// Answered, or still without an answer.
    pub is_answered: Option<bool>,
    /// Only what is about a place.
    pub has_place: bool,
}

/// Public statements of a process by number, from one number on. One statement.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, process: i64, filter: &Filter, from: i64, reader: Option<Id<Person>>, limit: i64) -> Result<Vec<Listed>, DbError> {
    let site = tx.site()?;
    let channel = filter.channel.map(Channel::key);
    let (answered, placed) = (filter.is_answered.map(i64::from), i64::from(filter.has_place));
    let rows = tx.list(
        listed!(
            "s.id IN (SELECT x.id FROM statement x WHERE x.process_id = $3 AND x.state = 'public' AND x.number >= $4 AND (x.unit = $5 OR $5 IS NULL) \
             AND (x.channel = $6 OR $6 IS NULL) AND ((x.answered_at IS NOT NULL) = (CAST($7 AS BIGINT) = 1) OR CAST($7 AS BIGINT) IS NULL) \
             AND (x.place IS NOT NULL OR CAST($8 AS BIGINT) = 0) ORDER BY x.number LIMIT $9) \
             ORDER BY s.number, q.position"
        ),
        &[&site, &reader, &process, &from, &filter.unit, &channel, &answered, &placed, &limit],
        read,
    )?;
    Ok(gather(rows))
}

/// One statement of a process by its number, whatever its state. One statement.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, process: i64, number: i64, reader: Option<Id<Person>>) -> Result<Option<Listed>, DbError> {
    let site = tx.site()?;
    let rows = tx.list(listed!("s.process_id = $3 AND s.number = $4 ORDER BY s.id, q.position"), &[&site, &reader, &process, &number], read)?;
    Ok(gather(rows).pop())
}

/// Hands over public statements of a process in the order of their numbers, piece by piece.
///
/// # Errors
/// What the database or `visit` reports.
pub fn each(tx: &mut Tx<'_>, process: i64, filter: &Filter, mut visit: impl FnMut(&Listed)) -> Result<(), DbError> {
    const PIECE: i64 = 500;
    let mut from = 1;
    loop {
        let rows = list(tx, process, filter, from, None, PIECE)?;
        rows.iter().for_each(&mut visit);
        match rows.last() {
            Some(last) if i64::try_from(rows.len()).unwrap_or(0) == PIECE => from = last.number + 1,
            _ => return Ok(()),
        }
    }
}

/// A statement whose answer is later than promised.
#[derive(Debug, Clone)]
pub struct Owed {
    /// Its process.
    pub process: i64,
    /// The title of the process.
    pub title: String,
    /// Its number.
    pub number: i64,
    /// What it says, shortened.
    pub text: String,
    /// Until when the answer was promised.
    pub answer_by: Date,
    /// The department that owes it.
    pub department: Option<String>,
}

/// Public statements without the answer that was promised until before a day, what waits longest first. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_owed(tx: &mut Tx<'_>, process: Option<i64>, before: Date, limit: i64) -> Result<Vec<Owed>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT s.process_id, p.title, s.number, s.text, s.answer_by, d.name FROM statement s JOIN process p ON p.id = s.process_id AND p.state = 'public' \
             LEFT JOIN department d ON d.id = p.department_id \
             WHERE s.site_id = $1 AND s.answer_by < $2 AND s.answer_by IS NOT NULL AND s.answered_at IS NULL AND s.state = 'public' \
             AND (s.process_id = $3 OR $3 IS NULL) ORDER BY s.answer_by, s.id LIMIT $4"
        ),
        &[&site, &before.to_string(), &process, &limit],
        |row| {
            Ok(Owed {
                process: row.get(0)?,
                title: row.get(1)?,
                number: row.get(2)?,
                text: super::short(&row.get::<String>(3)?),
                answer_by: day_at(row, 4)?.ok_or(DbError::Type { position: 4, expected: "a day" })?,
                department: row.get(5)?,
            })
        },
    )
}

/// A statement at the desk.
#[derive(Debug, Clone)]
pub struct AtDesk {
    /// Its row.
    pub id: i64,
    /// Its number.
    pub number: i64,
    /// Its receipt number.
    pub receipt: String,
    /// Who says it, by their public name.
    pub author: String,
    /// How it came in.
    pub channel: Channel,
    /// What it says.
    pub text: String,
    /// Where it stands.
    pub state: State,
    /// Why.
    pub reason: Option<String>,
    /// When it was made.
    pub submitted_at: Instant,
    /// Who entered it: for the house alone.
    pub entered_by: Option<(Id<Person>, String)>,
    /// Who confirmed it: for the house alone.
    pub confirmed_by: Option<String>,
}

/// Statements of a process for the house, the latest first: one state, or all. One statement.
///
/// # Errors
/// What the database reports.
pub fn at_desk(tx: &mut Tx<'_>, process: i64, state: Option<State>, before: i64, limit: i64) -> Result<Vec<AtDesk>, DbError> {
    let site = tx.site()?;
    let state = state.map(State::key);
    tx.list(
        sql!(
            "SELECT s.id, s.number, s.receipt, s.author_name, s.channel, s.text, s.state, s.state_reason, s.submitted_at, s.entered_by, e.public_name, c.public_name \
             FROM statement s LEFT JOIN person e ON e.id = s.entered_by LEFT JOIN person c ON c.id = s.confirmed_by \
             WHERE +s.site_id = $1 AND s.process_id = $2 AND s.number < $3 AND (s.state = $4 OR $4 IS NULL) ORDER BY s.number DESC LIMIT $5"
        ),
        &[&site, &process, &before, &state, &limit],
        |row| {
            let entered: (Option<Id<Person>>, Option<String>) = (row.get(9)?, row.get(10)?);
            Ok(AtDesk {
                id: row.get(0)?,
                number: row.get(1)?,
                receipt: row.get(2)?,
                author: row.get(3)?,
                channel: Channel::of(&row.get::<String>(4)?).unwrap_or(Channel::Web),
                text: row.get(5)?,
                state: State::of(&row.get::<String>(6)?).ok_or(DbError::Type { position: 6, expected: "a state" })?,
                reason: row.get(7)?,
                submitted_at: row.get(8)?,
                entered_by: entered.0.zip(entered.1),
                confirmed_by: row.get(11)?,
            })
        },
    )
}
