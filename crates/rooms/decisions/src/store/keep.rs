//! Decisions from outcomes: made, brought up to date, taken out of the public eye.
//!
//! Idempotent: what is as it was is not written, tells the feed nothing and moves no moment of change. What people set by hand
//! (`by_hand`) stays. In the thread a paper is `decided_by` the decision, and the decision was `discussed_in` the agenda item.
//! Where a decision appears or disappears, the feed names its agenda item too: the search shows the one or the other.

use super::{KIND, counts, kind_at, path, status_at};
use crate::rules::{Kind, Rules, Status};
use allmende_core::fold::fold;
use allmende_core::{Actor, Id, Instant};
use allmende_db::{DbError, Row, Tx, sql};
use allmende_platform::changes;
use allmende_platform::outcomes::{Outcome, Paper, Votes};
use allmende_platform::thread::{self, LinkKind, Node, NodeData, Step};
use jiff::tz::TimeZone;
use std::collections::HashMap;

/// A decision older than this when it is first seen is history: nobody is told that it was made.
const NEWS_DAYS: i64 = 60;
/// The kind of what decisions come from.
const ITEM: &str = "agenda_item";

/// What a row says of an outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    is_open: bool,
    prepares: bool,
    pub(super) kind: Kind,
    pub(super) title: String,
    pub(super) resolution: Option<String>,
    result: Option<String>,
    votes: Option<Votes>,
    decided_at: Option<Instant>,
    committee: Option<(i64, String, String)>,
    meeting: Option<String>,
    item_path: Option<String>,
    office_folded: Option<String>,
}

impl Facts {
    pub(super) const fn is_public(&self) -> bool {
        self.is_open && !matches!(self.kind, Kind::None)
    }
}

/// A row as it stands.
pub(super) struct Stored {
    id: i64,
    pub(super) by_hand: String,
    status: Status,
    first_status: Status,
    is_imported: bool,
    pub(super) department: Option<i64>,
    pub(super) facts: Facts,
}

/// A paper as a decision's row names it: row, number, title, page.
type PaperLine = (i64, Option<String>, String, String);

/// What deriving needs to know of the site.
pub struct Site {
    rules: Rules,
    departments: HashMap<String, i64>,
    zone: TimeZone,
}

impl Site {
    /// Reads it. Three statements.
    ///
    /// # Errors
    /// What the database reports.
    pub fn load(tx: &mut Tx<'_>) -> Result<Self, DbError> {
        let site = tx.site()?;
        let departments =
            tx.list(sql!("SELECT name_folded, id FROM department WHERE site_id = $1 AND closed_at IS NULL"), &[&site], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Self { rules: super::words::load(tx)?, departments: departments.into_iter().collect(), zone: zone_of(tx)? })
    }
}

/// Hands a new department the decisions whose papers name it as the leading office and that nobody has yet.
///
/// # Errors
/// What the database reports.
pub fn adopt(tx: &mut Tx<'_>, department: i64, name: &str) -> Result<(), DbError> {
    let (site, folded) = (tx.site()?, fold(name));
    tx.execute(
        sql!("UPDATE decision SET department_id = $3 WHERE site_id = $1 AND office_folded = $2 AND department_id IS NULL"),
        &[&site, &folded, &department],
    )?;
    counts::count_anew(tx)
}

pub(super) fn zone_of(tx: &mut Tx<'_>) -> Result<TimeZone, DbError> {
    let site = tx.site()?;
    let name = tx.find(sql!("SELECT time_zone FROM site WHERE id = $1"), &[&site], |row| row.get::<String>(0))?;
    Ok(name.and_then(|name| TimeZone::get(&name).ok()).unwrap_or(TimeZone::UTC))
}

/// Brings the decisions of these agenda items to what their outcomes say; items without an outcome have none any more.
/// Returns how many rows changed.
///
/// # Errors
/// What the database reports.
pub fn keep(tx: &mut Tx<'_>, items: &[i64], outcomes: Vec<Outcome>) -> Result<usize, DbError> {
    let site = Site::load(tx)?;
    let mut known = stored(tx, items)?;
    let mut papers = stored_papers(tx, items)?;
    let mut changed = 0;
    for outcome in outcomes {
        let before = known.remove(&outcome.agenda_item);
        let papers_before = before.as_ref().and_then(|before| papers.remove(&before.id)).unwrap_or_default();
        changed += usize::from(keep_one(tx, &site, before, &papers_before, outcome)?);
    }
    for stored in known.into_values().filter(|stored| stored.facts.is_open) {
        let facts = Facts { is_open: false, ..stored.facts.clone() };
        update(tx, &site.zone, &stored, &facts, stored.status, stored.department)?;
        if stored.facts.is_public() {
            withdraw(tx, stored.id)?;
        }
        changed += 1;
    }
    if changed > 0 {
        counts::count_anew(tx)?;
    }
    Ok(changed)
}

fn keep_one(tx: &mut Tx<'_>, site: &Site, before: Option<Stored>, papers_before: &[PaperLine], mut outcome: Outcome) -> Result<bool, DbError> {
    let papers = std::mem::take(&mut outcome.papers);
    let lines: Vec<PaperLine> = papers.iter().map(|paper| (paper.id, paper.reference.clone(), paper.title.clone(), paper.path.clone())).collect();
    let (item, node, is_imported) = (outcome.agenda_item, outcome.node, outcome.is_imported);
    let read = site.rules.read(outcome.result.as_deref(), outcome.resolution.is_some(), outcome.votes, outcome.prepares);
    let mut facts = facts(outcome, read);
    let office = facts.office_folded.as_ref().and_then(|office| site.departments.get(office)).copied();
    let Some(stored) = before else {
        let id = insert(tx, site, item, &facts, is_imported, office)?;
        keep_papers(tx, id, &lines)?;
        if facts.is_public() {
            tell(tx, id, &facts, Status::first(facts.kind, is_imported), node, &papers)?;
        }
        return Ok(true);
    };
    if stored.by_hand.contains("\"kind\"") {
        facts.kind = stored.facts.kind;
    }
    if stored.by_hand.contains("\"title\"") {
        facts.title.clone_from(&stored.facts.title);
    }
    if stored.by_hand.contains("\"resolution\"") {
        facts.resolution.clone_from(&stored.facts.resolution);
    }
    let department = stored.department.or(office);
    if facts == stored.facts && lines == papers_before && department == stored.department {
        return Ok(false);
    }
    update(tx, &site.zone, &stored, &facts, status_of(&stored, &facts), department)?;
    if lines != papers_before {
        keep_papers(tx, stored.id, &lines)?;
    }
    if facts.is_public() {
        tell(tx, stored.id, &facts, status_of(&stored, &facts), node, &papers)?;
    } else if stored.facts.is_public() {
        withdraw(tx, stored.id)?;
    }
    Ok(true)
}

fn facts(outcome: Outcome, kind: Kind) -> Facts {
    Facts {
        is_open: true,
        prepares: outcome.prepares,
        kind,
        title: outcome.title,
        resolution: outcome.resolution,
        result: outcome.result,
        votes: outcome.votes,
        decided_at: outcome.decided_at,
        committee: outcome.committee.map(|committee| (committee.id, committee.name, committee.path)),
        meeting: outcome.meeting,
        item_path: Some(outcome.path),
        office_folded: outcome.office.map(|office| fold(&office)),
    }
}

/// As long as nobody reported, the status follows the kind.
pub(super) fn status_of(stored: &Stored, facts: &Facts) -> Status {
    let is_reported = stored.status != stored.first_status;
    if is_reported || stored.facts.kind == facts.kind { stored.status } else { Status::first(facts.kind, stored.is_imported) }
}

fn insert(tx: &mut Tx<'_>, site: &Site, item: i64, facts: &Facts, is_imported: bool, department: Option<i64>) -> Result<i64, DbError> {
    let (site_id, now) = (tx.site()?, tx.now()?);
    let status = Status::first(facts.kind, is_imported).key();
    let (committee_id, committee, committee_path) = parts(facts.committee.as_ref());
    let id: Id<Node> = tx.insert(
        sql!(
            "INSERT INTO decision (site_id, agenda_item_id, is_open, is_public, is_imported, prepares, kind, by_hand, title, resolution, result, votes_yes, \
             votes_no, votes_abstained, decided_at, sort_at, year, committee_id, committee, committee_path, meeting, item_path, office_folded, first_status, \
             status, department_id, created_at, changed_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, '[]', $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $23, $24, $25, $25) RETURNING id"
        ),
        &[
            &site_id,
            &item,
            &i64::from(facts.is_open),
            &i64::from(facts.is_public()),
            &i64::from(is_imported),
            &i64::from(facts.prepares),
            &facts.kind.key(),
            &facts.title,
            &facts.resolution,
            &facts.result,
            &facts.votes.map(|votes| votes.yes),
            &facts.votes.map(|votes| votes.no),
            &facts.votes.map(|votes| votes.abstained),
            &facts.decided_at,
            &facts.decided_at.map_or(0, Instant::millis),
            &year(facts, &site.zone),
            &committee_id,
            &committee,
            &committee_path,
            &facts.meeting,
            &facts.item_path,
            &facts.office_folded,
            &status,
            &department,
            &now,
        ],
    )?;
    if facts.is_public() {
        changes::note(tx, ITEM, item)?;
    }
    Ok(id.get())
}

fn parts(committee: Option<&(i64, String, String)>) -> (i64, Option<&String>, Option<&String>) {
    committee.map_or((0, None, None), |(id, name, path)| (*id, Some(name), Some(path)))
}

fn year(facts: &Facts, zone: &TimeZone) -> i64 {
    facts.decided_at.map_or(0, |at| at.at(zone).year().into())
}

pub(super) fn update(tx: &mut Tx<'_>, zone: &TimeZone, stored: &Stored, facts: &Facts, status: Status, department: Option<i64>) -> Result<(), DbError> {
    let (site_id, now) = (tx.site()?, tx.now()?);
    let (committee_id, committee, committee_path) = parts(facts.committee.as_ref());
    let first = if status == stored.status { stored.first_status } else { status };
    tx.execute(
        sql!(
            "UPDATE decision SET is_open = $3, is_public = $4, prepares = $5, kind = $6, title = $7, resolution = $8, result = $9, votes_yes = $10, \
             votes_no = $11, votes_abstained = $12, decided_at = $13, sort_at = $14, year = $15, committee_id = $16, committee = $17, committee_path = $18, \
             meeting = $19, item_path = $20, office_folded = $21, status = $22, first_status = $23, department_id = $24, changed_at = $25 WHERE site_id = $1 AND id = $2"
        ),
        &[
            &site_id,
            &stored.id,
            &i64::from(facts.is_open),
            &i64::from(facts.is_public()),
            &i64::from(facts.prepares),
            &facts.kind.key(),
            &facts.title,
            &facts.resolution,
            &facts.result,
            &facts.votes.map(|votes| votes.yes),
            &facts.votes.map(|votes| votes.no),
            &facts.votes.map(|votes| votes.abstained),
            &facts.decided_at,
            &facts.decided_at.map_or(0, Instant::millis),
            &year(facts, zone),
            &committee_id,
            &committee,
            &committee_path,
            &facts.meeting,
            &facts.item_path,
            &facts.office_folded,
            &status.key(),
            &first.key(),
            &department,
            &now,
        ],
    )?;
    if facts.is_public() != stored.facts.is_public() {
        let item = tx.find(sql!("SELECT agenda_item_id FROM decision WHERE site_id = $1 AND id = $2"), &[&site_id, &stored.id], |row| row.get::<i64>(0))?;
        item.map_or(Ok(()), |item| changes::note(tx, ITEM, item))?;
    }
    Ok(())
}

fn keep_papers(tx: &mut Tx<'_>, decision: i64, papers: &[PaperLine]) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(sql!("DELETE FROM decision_paper WHERE site_id = $1 AND decision_id = $2"), &[&site, &decision])?;
    for (position, (paper, reference, title, path)) in (1_i64..).zip(papers) {
        tx.execute(
            sql!("INSERT INTO decision_paper (site_id, decision_id, paper_id, position, reference, title, path) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
            &[&site, &decision, paper, &position, reference, title, path],
        )?;
    }
    Ok(())
}

/// Writes the public node and its links; tells the thread that a decision was made, if that is news.
fn tell(tx: &mut Tx<'_>, id: i64, facts: &Facts, status: Status, item: Option<Id<Node>>, papers: &[Paper]) -> Result<(), DbError> {
    let (node, is_new) = keep_node(tx, id, &facts.title, facts.resolution.as_deref(), facts.decided_at, status)?;
    if let Some(item) = item {
        thread::link(tx, node, LinkKind::DiscussedIn, item)?;
    }
    for paper in papers.iter().filter_map(|paper| paper.node) {
        thread::link(tx, paper, LinkKind::DecidedBy, node)?;
    }
    let since = tx.now()?.plus_seconds(-NEWS_DAYS * 86_400);
    if is_new && facts.decided_at.is_some_and(|at| at >= since) {
        thread::record(tx, node, &Actor::System, &Step { kind: "decided", reason: None, detail: None, is_public: true })?;
    }
    Ok(())
}

/// Writes a decision's node.
///
/// # Errors
/// What the database reports.
pub fn keep_node(
    tx: &mut Tx<'_>,
    id: i64,
    title: &str,
    resolution: Option<&str>,
    decided_at: Option<Instant>,
    status: Status,
) -> Result<(Id<Node>, bool), DbError> {
    let summary = resolution.map(short);
    let node =
        NodeData { kind: KIND, object_id: id, title, summary: summary.as_deref(), path: &path(id, title), happened_at: decided_at, state: Some(status.key()) };
    thread::keep(tx, &node)
}

/// Takes a decision out of the public eye; who follows it hears so.
fn withdraw(tx: &mut Tx<'_>, id: i64) -> Result<(), DbError> {
    if let Some(node) = thread::withdraw(tx, KIND, id)? {
        thread::record(tx, node, &Actor::System, &Step { kind: "withdrawn", reason: None, detail: None, is_public: true })?;
    }
    Ok(())
}

/// The beginning of a text for lists: whole words, at most 280 characters.
#[must_use]
pub fn short(text: &str) -> String {
    const CHARS_MAX: usize = 280;
    let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(CHARS_MAX) {
        let cut = line[..end].rfind(' ').unwrap_or(end);
        line.truncate(cut);
        line.push_str(" …");
    }
    line
}

pub(super) fn stored(tx: &mut Tx<'_>, items: &[i64]) -> Result<HashMap<i64, Stored>, DbError> {
    let site = tx.site()?;
    let rows = tx.list(
        sql!(
            "SELECT agenda_item_id, id, by_hand, status, first_status, is_imported, department_id, is_open, prepares, kind, title, resolution, result, votes_yes, \
             votes_no, votes_abstained, decided_at, committee_id, committee, committee_path, meeting, item_path, office_folded \
             FROM decision WHERE site_id = $1 AND agenda_item_id ANY_OF($2)"
        ),
        &[&site, &items],
        |row| Ok((row.get(0)?, stored_row(row)?)),
    )?;
    Ok(rows.into_iter().collect())
}

fn stored_row(row: &Row<'_>) -> Result<Stored, DbError> {
    let votes = (row.get::<Option<i64>>(13)?, row.get::<Option<i64>>(14)?, row.get::<Option<i64>>(15)?);
    let committee = (row.get::<i64>(17)?, row.get::<Option<String>>(18)?, row.get::<Option<String>>(19)?);
    Ok(Stored {
        id: row.get(1)?,
        by_hand: row.get(2)?,
        status: status_at(row, 3)?,
        first_status: status_at(row, 4)?,
        is_imported: row.get(5)?,
        department: row.get(6)?,
        facts: Facts {
            is_open: row.get(7)?,
            prepares: row.get(8)?,
            kind: kind_at(row, 9)?,
            title: row.get(10)?,
            resolution: row.get(11)?,
            result: row.get(12)?,
            votes: votes.0.zip(votes.1).map(|(yes, no)| Votes { yes, no, abstained: votes.2.unwrap_or(0) }),
            decided_at: row.get(16)?,
            committee: committee.1.zip(committee.2).map(|(name, path)| (committee.0, name, path)),
            meeting: row.get(20)?,
            item_path: row.get(21)?,
            office_folded: row.get(22)?,
        },
    })
}

fn stored_papers(tx: &mut Tx<'_>, items: &[i64]) -> Result<HashMap<i64, Vec<PaperLine>>, DbError> {
    let site = tx.site()?;
    let mut out: HashMap<i64, Vec<PaperLine>> = HashMap::new();
    tx.each(
        sql!(
            "SELECT p.decision_id, p.paper_id, p.reference, p.title, p.path FROM decision d JOIN decision_paper p ON p.decision_id = d.id \
             WHERE d.site_id = $1 AND d.agenda_item_id ANY_OF($2) ORDER BY p.decision_id, p.position"
        ),
        &[&site, &items],
        |row| {
            out.entry(row.get(0)?).or_default().push((row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?));
            Ok(())
        },
    )?;
    Ok(out)
}

/// Reads all stored results of the site anew, after its words changed; what was set by hand stays. At most `limit` rows after
/// one; returns the last of them.
///
/// # Errors
/// What the database reports.
pub fn read_anew(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Option<i64>, DbError> {
    let (site_id, site) = (tx.site()?, Site::load(tx)?);
    let rows = tx.list(
        sql!(
            "SELECT agenda_item_id, id, by_hand, status, first_status, is_imported, department_id, is_open, prepares, kind, title, resolution, result, votes_yes, \
             votes_no, votes_abstained, decided_at, committee_id, committee, committee_path, meeting, item_path, office_folded \
             FROM decision WHERE site_id = $1 AND id > $2 ORDER BY id LIMIT $3"
        ),
        &[&site_id, &after, &limit],
        stored_row,
    )?;
    for stored in rows.iter().filter(|stored| !stored.by_hand.contains("\"kind\"")) {
        let facts = &stored.facts;
        let kind = site.rules.read(facts.result.as_deref(), facts.resolution.is_some(), facts.votes, facts.prepares);
        if kind != facts.kind {
            recast(tx, &site.zone, stored, kind)?;
        }
    }
    counts::count_anew(tx)?;
    Ok(rows.last().map(|stored| stored.id))
}

/// Gives a decision another kind.
fn recast(tx: &mut Tx<'_>, zone: &TimeZone, stored: &Stored, kind: Kind) -> Result<(), DbError> {
    let facts = Facts { kind, ..stored.facts.clone() };
    let status = status_of(stored, &facts);
    update(tx, zone, stored, &facts, status, stored.department)?;
    show(tx, stored.id, &facts, stored.facts.is_public(), status)
}

/// Brings the node to what the row says. Links that are missing are tied from the node of the agenda item.
pub(super) fn show(tx: &mut Tx<'_>, id: i64, facts: &Facts, was_public: bool, status: Status) -> Result<(), DbError> {
    if facts.is_public() {
        let site = tx.site()?;
        let (node, _) = keep_node(tx, id, &facts.title, facts.resolution.as_deref(), facts.decided_at, status)?;
        let item = tx.find(sql!("SELECT agenda_item_id FROM decision WHERE site_id = $1 AND id = $2"), &[&site, &id], |row| row.get::<i64>(0))?;
        let papers = tx.list(sql!("SELECT paper_id FROM decision_paper WHERE site_id = $1 AND decision_id = $2"), &[&site, &id], |row| row.get::<i64>(0))?;
        if let Some(item) = item
            && let Some(item) = thread::find(tx, ITEM, item)?
        {
            thread::link(tx, node, LinkKind::DiscussedIn, item)?;
        }
        for paper in papers {
            if let Some(paper) = thread::find(tx, "paper", paper)? {
                thread::link(tx, paper, LinkKind::DecidedBy, node)?;
            }
        }
    } else if was_public {
        withdraw(tx, id)?;
    }
    Ok(())
}
