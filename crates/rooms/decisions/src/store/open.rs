//! What interfaces, the search and other rooms are given. Public rows and public fields only.

use super::{KIND, day_at, kind_at, path, status_at};
use crate::rules::{Kind, Status};
use allmende_core::Instant;
use allmende_db::{DbError, Row, Tx, sql};
use allmende_platform::outcomes::{Extra, Votes};
use allmende_platform::search::{Document, Source};
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use std::collections::{HashMap, HashSet};

/// A decision as open data.
#[derive(Debug, Clone)]
pub struct OpenDecision {
    /// Its row.
    pub id: i64,
    /// The council's row of its agenda item.
    pub agenda_item: i64,
    /// Its title.
    pub title: String,
    /// What was decided.
    pub kind: Kind,
    /// The text.
    pub resolution: Option<String>,
    /// The result in the council's words.
    pub result: Option<String>,
    /// The vote.
    pub votes: Option<Votes>,
    /// When.
    pub decided_at: Option<Instant>,
    /// What lists are ordered by.
    pub sort_at: i64,
    /// The committee.
    pub committee: Option<String>,
    /// Numbers of its papers, separated by semicolons.
    pub papers: Option<String>,
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
    /// The department.
    pub department: Option<String>,
    /// The row of the decision that took its place.
    pub superseded_by: Option<i64>,
    /// When somebody reported last.
    pub reported_at: Option<Instant>,
    /// When anything changed last.
    pub changed_at: Instant,
}

macro_rules! open {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT d.id, d.agenda_item_id, d.title, d.kind, d.resolution, d.result, d.votes_yes, d.votes_no, d.votes_abstained, d.decided_at, d.sort_at, \
             d.committee, (SELECT string_agg(x.reference, '; ') FROM decision_paper x WHERE x.decision_id = d.id), d.status, d.reason, d.next_step, d.expected_on, \
             d.cost_cents, COALESCE(d.contact, p.contact), p.name, \
             (SELECT s.id FROM decision s WHERE s.id = d.superseded_by_id AND s.is_public = 1), d.reported_at, d.changed_at \
             FROM decision d LEFT JOIN department p ON p.id = d.department_id WHERE d.site_id = $1 AND d.is_public = 1",
            $rest
        ))
    };
}

/// Hands over all public decisions, newest first, without keeping them.
///
/// # Errors
/// What the database or `visit` reports.
pub fn each(tx: &mut Tx<'_>, mut visit: impl FnMut(&OpenDecision) -> Result<(), DbError>) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.each(open!(" ORDER BY d.sort_at DESC, d.id DESC"), &[&site], |row| visit(&read(row)?))
}

/// Public decisions before a place, newest first, at most `limit`.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, from: super::decisions::Cursor, limit: i64) -> Result<Vec<OpenDecision>, DbError> {
    let site = tx.site()?;
    tx.list(open!(" AND (d.sort_at, d.id) < ($2, $3) ORDER BY d.sort_at DESC, d.id DESC LIMIT $4"), &[&site, &from.at, &from.id, &limit], read)
}

fn read(row: &Row<'_>) -> Result<OpenDecision, DbError> {
    let votes = (row.get::<Option<i64>>(6)?, row.get::<Option<i64>>(7)?, row.get::<Option<i64>>(8)?);
    Ok(OpenDecision {
        id: row.get(0)?,
        agenda_item: row.get(1)?,
        title: row.get(2)?,
        kind: kind_at(row, 3)?,
        resolution: row.get(4)?,
        result: row.get(5)?,
        votes: votes.0.zip(votes.1).map(|(yes, no)| Votes { yes, no, abstained: votes.2.unwrap_or(0) }),
        decided_at: row.get(9)?,
        sort_at: row.get(10)?,
        committee: row.get(11)?,
        papers: row.get(12)?,
        status: status_at(row, 13)?,
        reason: row.get(14)?,
        next_step: row.get(15)?,
        expected_on: day_at(row, 16)?,
        cost_cents: row.get(17)?,
        contact: row.get(18)?,
        department: row.get(19)?,
        superseded_by: row.get(20)?,
        reported_at: row.get(21)?,
        changed_at: row.get(22)?,
    })
}

/// What OParl's agenda items say of their decision.
pub const EXTRA: Extra = Extra { kind: "agenda_item", property: "allmende:decision", load: properties };

fn properties(tx: &mut Tx<'_>, base: &str, items: &[i64]) -> Result<HashMap<i64, Map<String, Value>>, DbError> {
    let site = tx.site()?;
    let mut out = HashMap::new();
    tx.each(open!(" AND d.agenda_item_id ANY_OF($2)"), &[&site, &items], |row| {
        let decision = read(row)?;
        out.insert(decision.agenda_item, property(base, &decision));
        Ok(())
    })?;
    Ok(out)
}

fn property(base: &str, decision: &OpenDecision) -> Map<String, Value> {
    let url = |id: i64, title: &str| format!("{base}{}", path(id, title));
    let values = [
        ("url", Some(json!(url(decision.id, &decision.title)))),
        ("kind", Some(json!(decision.kind.key()))),
        ("status", Some(json!(decision.status.key()))),
        ("reason", decision.reason.as_ref().map(|text| json!(text))),
        ("nextStep", decision.next_step.as_ref().map(|text| json!(text))),
        ("expectedDate", decision.expected_on.map(|day| json!(day.to_string()))),
        ("costCents", decision.cost_cents.map(|cents| json!(cents))),
        ("department", decision.department.as_ref().map(|text| json!(text))),
        ("contact", decision.contact.as_ref().map(|text| json!(text))),
        ("supersededBy", decision.superseded_by.map(|id| json!(url(id, "")))),
        ("reported", decision.reported_at.map(|at| json!(at.timestamp().to_string()))),
    ];
    values.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}

/// What this room tells the search.
pub const SOURCE: Source = Source { kind: KIND, load: documents, list_after };

fn documents(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Document>, DbError> {
    let site = tx.site()?;
    let mut explained: HashMap<i64, String> = HashMap::new();
    tx.each(
        sql!(
            "SELECT decision_id, about || ' ' || alternatives || ' ' || conflicts || ' ' || reasons FROM decision_explanation \
             WHERE +site_id = $1 AND decision_id ANY_OF($2) AND state = 'public' AND language = 'de'"
        ),
        &[&site, &ids],
        |row| {
            explained.insert(row.get(0)?, row.get(1)?);
            Ok(())
        },
    )?;
    let rows = tx.list(open!(" AND d.id ANY_OF($2) ORDER BY d.id"), &[&site, &ids], read)?;
    Ok(rows.into_iter().map(|row| document(row, &mut explained)).collect())
}

fn document(row: OpenDecision, explained: &mut HashMap<i64, String>) -> Document {
    let parts = [row.resolution.clone(), row.result.clone(), row.next_step.clone(), row.reason.clone(), explained.remove(&row.id)];
    Document {
        kind: KIND,
        object_id: row.id,
        path: path(row.id, &row.title),
        summary: row.resolution.as_deref().map(super::keep::short),
        reference: row.papers.as_deref().and_then(|papers| papers.split("; ").next()).map(str::to_owned),
        pages: vec![parts.into_iter().flatten().collect::<Vec<_>>().join("\n")],
        type_word: Some("Beschluss".to_owned()),
        committees: row.committee.into_iter().collect(),
        happened_at: row.decided_at,
        dimension: Some("transparency"),
        status: Some(row.status.german().to_owned()),
        title: row.title,
        ..Document::default()
    }
}

fn list_after(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Vec<i64>, DbError> {
    let site = tx.site()?;
    tx.list(sql!("SELECT id FROM decision WHERE site_id = $1 AND id > $2 AND is_public = 1 ORDER BY id LIMIT $3"), &[&site, &after, &limit], |row| row.get(0))
}

/// Those of the council's agenda items that a public decision came from.
///
/// # Errors
/// What the database reports.
pub fn decided(tx: &mut Tx<'_>, items: &[i64]) -> Result<HashSet<i64>, DbError> {
    let site = tx.site()?;
    let rows =
        tx.list(sql!("SELECT agenda_item_id FROM decision WHERE site_id = $1 AND agenda_item_id ANY_OF($2) AND is_public = 1"), &[&site, &items], |row| {
            row.get(0)
        })?;
    Ok(rows.into_iter().collect())
}

/// The council's agenda items of public decisions, by the row of the decision.
///
/// # Errors
/// What the database reports.
pub fn items(tx: &mut Tx<'_>, decisions: &[i64]) -> Result<HashMap<i64, i64>, DbError> {
    let site = tx.site()?;
    let rows =
        tx.list(sql!("SELECT id, agenda_item_id FROM decision WHERE +site_id = $1 AND id ANY_OF($2) AND is_public = 1"), &[&site, &decisions], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    Ok(rows.into_iter().collect())
}
