//! What became of the town's decisions: the offices, the reports at their own days, notes and explanations.
//!
//! Made by the decisions' own room from the agenda, as in any town; only the clock is that of each day. Start with [`write`].

use crate::rooms;
use allmende_core::{Actor, Id, Instant, Language, Role, Site};
use allmende_db::{Clock, Db, DbError, Scope, Tx};
use allmende_decisions::follow;
use allmende_decisions::rules::{Report, Status};
use allmende_decisions::store::explanations::{self, Act, Explanation};
use allmende_decisions::store::{KIND, corrections, decisions, keep, open, records};
use allmende_demo::{Decision, DecisionReport, DecisionStatus, Department, Town};
use allmende_platform::thread::{self, Node};
use allmende_platform::{departments, people, sites};
use jiff::civil::time;
use jiff::tz::TimeZone;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Rows of agenda items by meeting and number.
type Items = HashMap<(String, String), i64>;

/// Makes the decisions of a site and tells what became of them, in the order of time.
///
/// # Errors
/// What the database reports.
pub(super) fn write(db: &Db, site: Id<Site>, town: &Arc<Town>, items: &Items, zone: &TimeZone) -> Result<(), DbError> {
    let offices: BTreeSet<Department> = town.papers.iter().map(|paper| paper.department).collect();
    let phone = town.site.phone.clone();
    db.write_blocking::<_, DbError>(site, move |tx| {
        for office in &offices {
            let id = departments::insert(tx, office.label(), Some(&format!("{}, Telefon {phone}", office.label())))?;
            keep::adopt(tx, id, office.label())?;
        }
        Ok(())
    })?;
    follow::catch_up(db, &rooms::offers())?;
    let found = db.read_blocking::<_, DbError>(site, by_item)?;
    let row = |meeting: &str, item: &str| items.get(&(meeting.to_owned(), item.to_owned())).and_then(|item| found.get(item)).copied();
    let mut told: Vec<(Instant, i64, Told)> = Vec::new();
    let mut with_story = BTreeSet::new();
    for decision in &town.decisions {
        let Some(id) = row(&decision.meeting, &decision.item) else { continue };
        set_up(db, site, id, decision)?;
        with_story.insert(id);
        for report in &decision.reports {
            let at: Instant = report.date.to_datetime(time(11, 0, 0, 0)).to_zoned(zone.clone()).map_or(Instant::from_millis(0), |at| at.timestamp().into());
            let other = report.superseded_by_meeting.as_deref().zip(report.superseded_by_item.as_deref());
            told.push((at, id, Told { report: report.clone(), superseded_by: other.and_then(|(meeting, item)| row(meeting, item)) }));
        }
    }
    told.extend(older(db, site, town, zone)?.into_iter().filter(|(_, id, _)| !with_story.contains(id)));
    told.sort_by_key(|(at, id, _)| (*at, *id));
    told.into_iter().try_for_each(|(at, id, told)| report(&db.with_clock(Clock::Fixed(at)), site, id, told))
}

/// Days after which the offices of the town have dealt with what nobody tells more of.
const DEALT_WITH_DAYS: i64 = 240;

/// What was decided long ago and has no story in the files was done some months later.
fn older(db: &Db, site: Id<Site>, town: &Arc<Town>, zone: &TimeZone) -> Result<Vec<(Instant, i64, Told)>, DbError> {
    let today: Instant = town.today.to_datetime(time(0, 0, 0, 0)).to_zoned(zone.clone()).map_or(Instant::from_millis(0), |day| day.timestamp().into());
    let before = today.plus_seconds(-DEALT_WITH_DAYS * 86_400);
    let mut found = Vec::new();
    db.read_blocking::<_, DbError>(site, move |tx| {
        open::each(tx, |decision| {
            if let Some(at) = decision.decided_at.filter(|at| *at < before && decision.status == Status::Open) {
                found.push((at.plus_seconds(DEALT_WITH_DAYS / 2 * 86_400), decision.id));
            }
            Ok(())
        })?;
        Ok(found)
    })
    .map(|found| {
        let done = |(at, id): (Instant, i64)| {
            let report = DecisionReport {
                date: at.at(zone).date(),
                status: DecisionStatus::Done,
                reason: None,
                next_step: None,
                expected: None,
                cost_euros: None,
                superseded_by_meeting: None,
                superseded_by_item: None,
            };
            (at, id, Told { report, superseded_by: None })
        };
        found.into_iter().map(done).collect()
    })
}

struct Told {
    report: DecisionReport,
    superseded_by: Option<i64>,
}

/// The decisions of the site by the row of their agenda item.
fn by_item(tx: &mut Tx<'_>) -> Result<HashMap<i64, i64>, DbError> {
    let mut out = HashMap::new();
    open::each(tx, |decision| {
        out.insert(decision.agenda_item, decision.id);
        Ok(())
    })?;
    Ok(out)
}

/// The nodes of decisions, by meeting and number of the agenda item.
///
/// # Errors
/// What the database reports.
pub(super) fn nodes(tx: &mut Tx<'_>, items: &Items) -> Result<HashMap<(String, String), Id<Node>>, DbError> {
    let decisions = by_item(tx)?;
    let mut out = HashMap::new();
    for (key, item) in items {
        if let Some(id) = decisions.get(item)
            && let Some(node) = thread::find(tx, KIND, *id)?
        {
            out.insert(key.clone(), node);
        }
    }
    Ok(out)
}

/// The office, the note of the house and the explanations of a decision.
fn set_up(db: &Db, site: Id<Site>, id: i64, decision: &Decision) -> Result<(), DbError> {
    let decision = decision.clone();
    db.write_blocking::<_, DbError>(site, move |tx| {
        let office = departments::list(tx)?.into_iter().find(|department| department.name == decision.department.label());
        corrections::correct(tx, id, &corrections::Correction { department: office.map(|office| office.id), ..corrections::Correction::default() })?;
        if let Some(note) = &decision.note {
            records::insert_note(tx, id, note, None)?;
        }
        for (language, text) in &decision.explained {
            let Some(language) = Language::from_key(language) else { continue };
            let text = Explanation {
                about: text.about.clone(),
                alternatives: text.alternatives.clone(),
                conflicts: text.conflicts.clone(),
                reasons: text.reasons.clone(),
            };
            explanations::insert(tx, id, language, &text, Act::Publish, None)?;
        }
        Ok(())
    })
}

fn report(db: &Db, site: Id<Site>, id: i64, told: Told) -> Result<(), DbError> {
    db.write_blocking::<_, DbError>(site, move |tx| {
        let Some(decision) = decisions::find(tx, id)? else { return Ok(()) };
        let report = Report {
            status: status(told.report.status),
            reason: told.report.reason.clone(),
            next_step: told.report.next_step.clone(),
            expected_on: told.report.expected,
            cost_cents: told.report.cost_euros.map(|euros| i64::from(euros) * 100),
            contact: None,
            superseded_by: told.superseded_by,
        };
        records::insert(tx, &decision, &report, &Actor::System)
    })
}

const fn status(status: DecisionStatus) -> Status {
    match status {
        DecisionStatus::Open => Status::Open,
        DecisionStatus::InProgress => Status::InProgress,
        DecisionStatus::Partly => Status::Partly,
        DecisionStatus::Done => Status::Done,
        DecisionStatus::NotFeasible => Status::NotFeasible,
        DecisionStatus::Superseded => Status::Superseded,
        DecisionStatus::NoAction => Status::NoAction,
    }
}

/// Lets the accounts of offices belong to them, on all sites.
///
/// # Errors
/// What the database reports.
pub(super) fn add_people(db: &Db, accounts: &[allmende_demo::Account]) -> Result<(), DbError> {
    for site in db.read_blocking::<_, DbError>(Scope::Installation, sites::list)? {
        let accounts = accounts.to_vec();
        db.write_blocking::<_, DbError>(site.id, move |tx| {
            let people = people::list_with_role(tx, Role::Department)?;
            for office in departments::list(tx)? {
                let own =
                    |email: &str| accounts.iter().any(|account| account.email == email && account.department.is_some_and(|own| own.label() == office.name));
                let members: Vec<_> = people.iter().filter(|person| own(&person.email)).map(|person| person.id).collect();
                departments::set_people(tx, office.id, &members, None)?;
            }
            Ok(())
        })?;
    }
    Ok(())
}
