//! Decisions as pages show them: lists by key, and one decision with all that its page needs.

use super::{day_at, kind_at, path, status_at};
use crate::rules::{Kind, Status};
use allmende_core::Instant;
use allmende_db::{DbError, Row, Tx, sql};
use allmende_platform::outcomes::Votes;
use jiff::civil::Date;

/// A decision in a list. Public fields only.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its row.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// What was decided.
    pub kind: Kind,
    /// How far it is.
    pub status: Status,
    /// When the meeting began.
    pub decided_at: Option<Instant>,
    /// What the list is ordered by.
    pub sort_at: i64,
    /// The committee.
    pub committee: Option<String>,
    /// The department that answers.
    pub department: Option<String>,
    /// What comes next.
    pub next_step: Option<String>,
    /// When it will be done.
    pub expected_on: Option<Date>,
    /// The number of its first paper.
    pub reference: Option<String>,
}

impl Listed {
    /// Its page.
    #[must_use]
    pub fn path(&self) -> String {
        path(self.id, &self.title)
    }
}

/// What narrows a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only these.
    pub status: Option<Status>,
    /// A department.
    pub department: Option<i64>,
    /// The council's row of a committee.
    pub committee: Option<i64>,
    /// From this moment (inclusive) until that (exclusive), in milliseconds.
    pub between: Option<(i64, i64)>,
}

/// Before this moment and row, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// Milliseconds.
    pub at: i64,
    /// The row.
    pub id: i64,
}

impl Cursor {
    /// The beginning of a list.
    pub const START: Self = Self { at: i64::MAX, id: i64::MAX };
}

/// After this day and row, what waits longest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LateCursor {
    /// When it should have been done.
    pub day: Date,
    /// The row.
    pub id: i64,
}

impl LateCursor {
    /// The beginning of a list.
    pub const START: Self = Self { day: Date::constant(1, 1, 1), id: 0 };
}

macro_rules! rows {
    ($($where:literal),+) => {
        sql!(concat!(
            "SELECT d.id, d.title, d.kind, d.status, d.decided_at, d.sort_at, d.committee, p.name, d.next_step, d.expected_on, \
             (SELECT x.reference FROM decision_paper x WHERE x.decision_id = d.id ORDER BY x.position LIMIT 1) \
             FROM decision d LEFT JOIN department p ON p.id = d.department_id WHERE d.site_id = $1 AND d.is_public = 1",
            $($where),+
        ))
    };
}

// What is not asked for is left out of the statement, not answered by "or": only so the index of what is asked for is used.
macro_rules! newest {
    ($($where:literal),+) => {
        rows!(" AND (d.sort_at, d.id) < ($2, $3) AND d.sort_at >= $4", $($where),+, " ORDER BY d.sort_at DESC, d.id DESC LIMIT $7")
    };
}

/// Public decisions, newest first, at most `limit`. One statement.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, filter: &Filter, from: Cursor, limit: i64) -> Result<Vec<Listed>, DbError> {
    let site = tx.site()?;
    // One upper bound for the index, the nearer one; no row has the lowest number.
    let from = filter.between.map_or(from, |(_, until)| from.min(Cursor { at: until, id: i64::MIN }));
    let since = filter.between.map_or(i64::MIN, |(since, _)| since);
    let (department, committee, status) = (filter.department.unwrap_or(0), filter.committee.unwrap_or(0), filter.status.map(Status::key));
    let statement = match (filter.department, filter.committee, status) {
        (None, None, None) => newest!(" AND CAST($5 AS BIGINT) = 0 AND CAST($6 AS BIGINT) = 0"),
        (Some(_), None, None) => newest!(" AND d.department_id = $5 AND CAST($6 AS BIGINT) = 0"),
        (None, Some(_), None) => newest!(" AND CAST($5 AS BIGINT) = 0 AND d.committee_id = $6"),
        (Some(_), Some(_), None) => newest!(" AND d.department_id = $5 AND d.committee_id = $6"),
        (None, None, Some(_)) => newest!(" AND CAST($5 AS BIGINT) = 0 AND CAST($6 AS BIGINT) = 0 AND d.status = $8"),
        (Some(_), None, Some(_)) => newest!(" AND d.department_id = $5 AND CAST($6 AS BIGINT) = 0 AND d.status = $8"),
        (None, Some(_), Some(_)) => newest!(" AND CAST($5 AS BIGINT) = 0 AND d.committee_id = $6 AND d.status = $8"),
        (Some(_), Some(_), Some(_)) => newest!(" AND d.department_id = $5 AND d.committee_id = $6 AND d.status = $8"),
    };
    let common: [&dyn allmende_db::Param; 7] = [&site, &from.at, &from.id, &since, &department, &committee, &limit];
    match status {
        None => tx.list(statement, &common, listed),
        Some(status) => tx.list(statement, &[common.as_slice(), &[&status]].concat(), listed),
    }
}

/// Public decisions that are later than planned on a day, what waits longest first, at most `limit`; the filter's status is not
/// asked for. One statement on an index that holds only what is pending and has a day.
///
/// # Errors
/// What the database reports.
pub fn list_late(tx: &mut Tx<'_>, filter: &Filter, today: Date, from: LateCursor, limit: i64) -> Result<Vec<Listed>, DbError> {
    let (site, today, after) = (tx.site()?, today.to_string(), from.day.to_string());
    let (since, until) = filter.between.unwrap_or((i64::MIN, i64::MAX));
    let (department, committee) = (filter.department.unwrap_or(0), filter.committee.unwrap_or(0));
    tx.list(
        rows!(
            " AND d.expected_on IS NOT NULL AND d.status IN ('not-reported', 'open', 'in-progress', 'partly') AND d.expected_on < $2 \
             AND (d.expected_on, d.id) > ($3, $4) AND d.sort_at >= $5 AND d.sort_at < $6 \
             AND (CAST($7 AS BIGINT) = 0 OR d.department_id = $7) AND (CAST($8 AS BIGINT) = 0 OR d.committee_id = $8) \
             ORDER BY d.expected_on, d.id LIMIT $9"
        ),
        &[&site, &today, &after, &from.id, &since, &until, &department, &committee, &limit],
        listed,
    )
}

fn listed(row: &Row<'_>) -> Result<Listed, DbError> {
    Ok(Listed {
        id: row.get(0)?,
        title: row.get(1)?,
        kind: kind_at(row, 2)?,
        status: status_at(row, 3)?,
        decided_at: row.get(4)?,
        sort_at: row.get(5)?,
        committee: row.get(6)?,
        department: row.get(7)?,
        next_step: row.get(8)?,
        expected_on: day_at(row, 9)?,
        reference: row.get(10)?,
    })
}

/// How many public decisions are later than planned on a day. One statement on an index that holds only what is
/// pending and has a day.
///
/// # Errors
/// What the database reports.
pub fn count_late(tx: &mut Tx<'_>, today: Date) -> Result<i64, DbError> {
    let (site, today) = (tx.site()?, today.to_string());
    let count = tx.find(
        sql!(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM decision WHERE site_id = $1 AND is_public = 1 AND expected_on IS NOT NULL \
             AND status IN ('not-reported', 'open', 'in-progress', 'partly') AND expected_on < $2"
        ),
        &[&site, &today],
        |row| row.get(0),
    )?;
    Ok(count.unwrap_or(0))
}

/// One decision. Public fields only.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Its row.
    pub id: i64,
    /// The council's row of its agenda item.
    pub agenda_item: i64,
    /// Whether strangers may see it.
    pub is_public: bool,
    /// Whether it was public once.
    pub was_public: bool,
    /// Its title.
    pub title: String,
    /// What was decided.
    pub kind: Kind,
    /// The text.
    pub resolution: Option<String>,
    /// The result in the council's own words.
    pub result: Option<String>,
    /// The vote.
    pub votes: Option<Votes>,
    /// When the meeting began.
    pub decided_at: Option<Instant>,
    /// The committee and its page.
    pub committee: Option<(String, String)>,
    /// The meeting.
    pub meeting: Option<String>,
    /// Where the agenda item stands.
    pub item_path: Option<String>,
    /// How far it is.
    pub status: Status,
    /// Why.
    pub reason: Option<String>,
    /// What comes next.
    pub next_step: Option<String>,
    /// When it will be done.
    pub expected_on: Option<Date>,
    /// What it costs.
    pub cost_cents: Option<i64>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// The department: row and name.
    pub department: Option<(i64, String)>,
    /// The department's own contact.
    pub department_contact: Option<String>,
    /// The decision that took its place: row and title.
    pub superseded_by: Option<(i64, String)>,
    /// When somebody reported last.
    pub reported_at: Option<Instant>,
    /// When anything changed last.
    pub changed_at: Instant,
}

impl Decision {
    /// Its page.
    #[must_use]
    pub fn path(&self) -> String {
        path(self.id, &self.title)
    }
}

/// A decision by its row, public or not: the caller decides who may see it. One statement.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Decision>, DbError> {
    let site = tx.site()?;
    tx.find(
        sql!(
            "SELECT d.id, d.agenda_item_id, d.is_public, d.title, d.kind, d.resolution, d.result, d.votes_yes, d.votes_no, d.votes_abstained, d.decided_at, \
             d.committee, d.committee_path, d.meeting, d.item_path, d.status, d.reason, d.next_step, d.expected_on, d.cost_cents, d.contact, d.department_id, \
             p.name, p.contact, s.id, s.title, d.reported_at, d.changed_at, \
             CAST((CASE WHEN EXISTS (SELECT 1 FROM node n WHERE n.site_id = d.site_id AND n.kind = 'decision' AND n.object_id = d.id) THEN 1 ELSE 0 END) AS BIGINT) \
             FROM decision d LEFT JOIN department p ON p.id = d.department_id LEFT JOIN decision s ON s.id = d.superseded_by_id AND s.is_public = 1 \
             WHERE d.site_id = $1 AND d.id = $2"
        ),
        &[&site, &id],
        decision,
    )
}

fn decision(row: &Row<'_>) -> Result<Decision, DbError> {
    let votes = (row.get::<Option<i64>>(7)?, row.get::<Option<i64>>(8)?, row.get::<Option<i64>>(9)?);
    Ok(Decision {
        id: row.get(0)?,
        agenda_item: row.get(1)?,
        is_public: row.get(2)?,
        title: row.get(3)?,
        kind: kind_at(row, 4)?,
        resolution: row.get(5)?,
        result: row.get(6)?,
        votes: votes.0.zip(votes.1).map(|(yes, no)| Votes { yes, no, abstained: votes.2.unwrap_or(0) }),
        decided_at: row.get(10)?,
        committee: row.get::<Option<String>>(11)?.zip(row.get::<Option<String>>(12)?),
        meeting: row.get(13)?,
        item_path: row.get(14)?,
        status: status_at(row, 15)?,
        reason: row.get(16)?,
        next_step: row.get(17)?,
        expected_on: day_at(row, 18)?,
        cost_cents: row.get(19)?,
        contact: row.get(20)?,
        department: row.get::<Option<i64>>(21)?.zip(row.get::<Option<String>>(22)?),
        department_contact: row.get(23)?,
        superseded_by: row.get::<Option<i64>>(24)?.zip(row.get::<Option<String>>(25)?),
        reported_at: row.get(26)?,
        changed_at: row.get(27)?,
        was_public: row.get(28)?,
    })
}

/// A paper that a decision rests on.
#[derive(Debug, Clone)]
pub struct PaperLine {
    /// Its number.
    pub reference: Option<String>,
    /// Its title.
    pub title: String,
    /// Its page.
    pub path: String,
}

/// The papers of a decision, in order.
///
/// # Errors
/// What the database reports.
pub fn list_papers(tx: &mut Tx<'_>, id: i64) -> Result<Vec<PaperLine>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!("SELECT reference, title, path FROM decision_paper WHERE +site_id = $1 AND decision_id = $2 ORDER BY position LIMIT 50"),
        &[&site, &id],
        |row| Ok(PaperLine { reference: row.get(0)?, title: row.get(1)?, path: row.get(2)? }),
    )
}
