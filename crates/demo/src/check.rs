//! The rules that hold the town together: every reference exists, and every record is complete and plausible.
//!
//! Pure; reads a loaded town and says which file breaks which rule. Start at `town`.

use std::collections::BTreeSet;

use crate::DemoError;
use crate::model::{AgendaItem, Decision, Meeting, NodeKind, Outcome, Paper, Stage, Thread, Town, Undertaking};

/// Longest summary ("Kurz gesagt"), in characters.
const SUMMARY_CHARACTERS_MAX: usize = 200;

/// Checks everything.
///
/// # Errors
/// The first rule that is broken, as `DemoError::Unknown` or `DemoError::Rule`.
pub(crate) fn town(town: &Town) -> Result<(), DemoError> {
    let known = Known::of(town)?;
    records(town, &known)?;
    for paper in &town.papers {
        self::paper(paper, &known)?;
    }
    for meeting in &town.meetings {
        self::meeting(town, meeting, &known)?;
    }
    for decision in &town.decisions {
        self::decision(town, decision)?;
    }
    for thread in &town.threads {
        self::thread(town, thread, &known)?;
    }
    for undertaking in &town.undertakings {
        self::undertaking(town, undertaking, &known)?;
    }
    Ok(())
}

/// An undertaking names places, papers and decisions that exist, and its course is in order and has happened.
fn undertaking(town: &Town, undertaking: &Undertaking, known: &Known<'_>) -> Result<(), DemoError> {
    let file = &format!("undertakings.toml: {}", undertaking.key);
    need_all(&known.places, file, "place", undertaking.place.iter())?;
    need_all(&known.papers, file, "paper", undertaking.papers.iter())?;
    for (meeting, item) in &undertaking.decisions {
        let agenda = town.meetings.iter().find(|other| other.key == *meeting).map(|meeting| &meeting.agenda);
        if !agenda.is_some_and(|agenda| agenda.iter().any(|other| other.number == *item)) {
            return Err(rule(file, format!("{meeting} has no item {item}")));
        }
    }
    let days: Vec<_> = std::iter::once(undertaking.date).chain(undertaking.states.iter().map(|state| state.date)).collect();
    let asked = undertaking.request.iter().flat_map(|request| [Some(request.date), request.answer.as_ref().map(|answer| answer.date)]).flatten();
    if !days.is_sorted() || days.iter().copied().chain(asked).any(|day| day >= town.today) {
        return Err(rule(file, "its days are not in order, or in the future".to_owned()));
    }
    if undertaking.request.as_ref().is_some_and(|request| request.names.is_empty()) {
        return Err(rule(file, "nobody asks".to_owned()));
    }
    Ok(())
}

/// What became of a decision hangs on an agenda item that decided something, and its reports are in order.
fn decision(town: &Town, decision: &Decision) -> Result<(), DemoError> {
    let file = "decisions.toml";
    let decided = |meeting: &str, number: &str| {
        let agenda = town.meetings.iter().find(|other| other.key == meeting).map(|meeting| &meeting.agenda);
        let item = agenda.and_then(|agenda| agenda.iter().find(|item| item.number == number));
        item.is_some_and(|item| matches!(item.outcome, Some(Outcome::Adopted | Outcome::AdoptedAmended | Outcome::Rejected)))
    };
    if !decided(&decision.meeting, &decision.item) {
        return Err(rule(file, format!("{} {} decided nothing", decision.meeting, decision.item)));
    }
    if !decision.reports.is_sorted_by_key(|report| report.date) || decision.reports.iter().any(|report| report.date >= town.today) {
        return Err(rule(file, format!("the reports on {} {} are not in order, or in the future", decision.meeting, decision.item)));
    }
    for report in &decision.reports {
        if let (Some(meeting), Some(number)) = (&report.superseded_by_meeting, &report.superseded_by_item)
            && !decided(meeting, number)
        {
            return Err(rule(file, format!("{meeting} {number} decided nothing")));
        }
    }
    Ok(())
}

/// The keys of the town, by kind.
struct Known<'a> {
    districts: BTreeSet<&'a str>,
    places: BTreeSet<&'a str>,
    persons: BTreeSet<&'a str>,
    organizations: BTreeSet<&'a str>,
    papers: BTreeSet<&'a str>,
}

impl<'a> Known<'a> {
    fn of(town: &'a Town) -> Result<Self, DemoError> {
        Ok(Self {
            districts: unique("places.toml", town.districts.iter().map(|district| district.key.as_str()))?,
            places: unique("places.toml", town.places.iter().map(|place| place.key.as_str()))?,
            persons: unique("persons.toml", town.persons.iter().map(|person| person.key.as_str()))?,
            organizations: unique("organizations.toml", town.organizations.iter().map(|o| o.key.as_str()))?,
            papers: unique("papers", town.papers.iter().map(|paper| paper.key.as_str()))?,
        })
    }
}

fn unique<'a>(file: &str, keys: impl Iterator<Item = &'a str>) -> Result<BTreeSet<&'a str>, DemoError> {
    let mut seen = BTreeSet::new();
    for key in keys {
        if !seen.insert(key) {
            return Err(rule(file, format!("the key »{key}« is used twice")));
        }
    }
    Ok(seen)
}

fn records(town: &Town, known: &Known<'_>) -> Result<(), DemoError> {
    for place in &town.places {
        need(&known.districts, "places.toml", "district", &place.district)?;
    }
    for person in &town.persons {
        need_all(&known.districts, "persons.toml", "district", person.district.iter())?;
    }
    for account in &town.site.accounts {
        need_all(&known.persons, "site.toml", "person", account.person.iter())?;
    }
    for membership in &town.memberships {
        let file = "memberships.toml";
        need(&known.persons, file, "person", &membership.person)?;
        need(&known.organizations, file, "organization", &membership.organization)?;
        need_all(&known.organizations, file, "organization", membership.on_behalf_of.iter())?;
        if membership.end.is_some_and(|end| end < membership.start) {
            return Err(rule(file, format!("{} ends before it begins", membership.person)));
        }
    }
    let boundary = &town.site.boundary;
    if boundary.len() < 4 || boundary.first() != boundary.last() {
        return Err(rule("site.toml", "the boundary is not a closed ring".to_owned()));
    }
    Ok(())
}

fn paper(paper: &Paper, known: &Known<'_>) -> Result<(), DemoError> {
    let file = &format!("papers/…/{}.md", paper.key);
    need_all(&known.organizations, file, "organization", paper.from_organizations.iter().chain(&paper.committee))?;
    need_all(&known.persons, file, "person", paper.from_persons.iter())?;
    need_all(&known.districts, file, "district", paper.district.iter())?;
    need_all(&known.places, file, "place", paper.place.iter())?;
    need_all(&known.papers, file, "paper", paper.superordinate.iter().chain(&paper.related))?;
    if paper.from_organizations.is_empty() && paper.from_persons.is_empty() {
        return Err(rule(file, "comes from nobody".to_owned()));
    }
    short(file, &paper.summary)?;
    for (language, translation) in &paper.translations {
        known_language(file, language)?;
        short(file, &translation.summary)?;
    }
    if paper.body.is_empty() {
        return Err(rule(file, "has no text".to_owned()));
    }
    Ok(())
}

fn meeting(town: &Town, meeting: &Meeting, known: &Known<'_>) -> Result<(), DemoError> {
    let file = &format!("meetings/…/{}.toml", meeting.key);
    need(&known.organizations, file, "organization", &meeting.organization)?;
    need_all(&known.places, file, "place", meeting.place.iter())?;
    short(file, &meeting.summary)?;
    for (language, summary) in &meeting.translations {
        known_language(file, language)?;
        short(file, summary)?;
    }
    if meeting.end <= meeting.start {
        return Err(rule(file, "ends before it begins".to_owned()));
    }
    let day = meeting.start.date();
    for key in &meeting.excused {
        if !town.members_on(&meeting.organization, day).iter().any(|member| member.person == *key) {
            return Err(DemoError::Unknown { file: file.clone(), kind: "member on that day", key: key.clone() });
        }
    }
    unique(file, meeting.agenda.iter().map(|item| item.number.as_str()))?;
    for item in &meeting.agenda {
        agenda_item(town, meeting, item, file, known)?;
    }
    Ok(())
}

fn agenda_item(town: &Town, meeting: &Meeting, item: &AgendaItem, file: &str, known: &Known<'_>) -> Result<(), DemoError> {
    let broken = |message: &str| Err(rule(file, format!("item {}: {message}", item.number)));
    need_all(&known.papers, file, "paper", item.paper.iter().chain(&item.more_papers))?;
    need_all(&known.persons, file, "person", item.biased.iter())?;
    let papers = item.paper.iter().chain(&item.more_papers);
    for paper in papers.filter_map(|key| town.paper(key)) {
        if paper.date >= meeting.start.date() {
            return broken("deals with a paper that is not older than the meeting");
        }
    }
    if item.paper.is_some() && item.stage.is_none() {
        return broken("a paper without a stage");
    }
    let says_something = item.outcome.is_some() || item.votes.is_some() || item.resolution.is_some();
    if !town.has_taken_place(meeting) && says_something {
        return broken("has a result before the meeting");
    }
    if town.has_taken_place(meeting) && item.is_public() && item.outcome.is_none() {
        return broken("is public and past and has no result");
    }
    if !item.is_public() && (item.votes.is_some() || item.resolution.is_some() || item.paper.is_some()) {
        return broken("is not public and says more than it may");
    }
    if let Some(votes) = item.votes {
        let present = meeting.present.iter().filter(|person| !item.biased.contains(person)).count();
        let cast = votes.yes + votes.no + votes.abstentions;
        if usize::try_from(cast) != Ok(present) {
            return broken(&format!("{cast} votes of {present} members"));
        }
        if !fits(item.outcome, votes.yes, votes.no) {
            return broken("votes and result do not fit");
        }
    }
    let decides = item.stage == Some(Stage::Decision) && matches!(item.outcome, Some(Outcome::Adopted));
    if decides && (item.votes.is_none() || item.resolution.is_none()) {
        return broken("was decided without votes or without the text of the resolution");
    }
    Ok(())
}

/// A tie rejects a motion.
fn fits(outcome: Option<Outcome>, yes: u32, no: u32) -> bool {
    match outcome {
        Some(
            Outcome::Adopted
            | Outcome::AdoptedAmended
            | Outcome::Recommended
            | Outcome::RecommendedAmended
            | Outcome::Postponed
            | Outcome::Referred
            | Outcome::Elected
            | Outcome::Approved,
        ) => yes > no,
        Some(Outcome::Rejected | Outcome::NotRecommended) => yes <= no,
        _ => false,
    }
}

fn thread(town: &Town, thread: &Thread, known: &Known<'_>) -> Result<(), DemoError> {
    let file = &format!("threads/{}.toml", thread.key);
    let nodes = unique(file, thread.nodes.iter().map(|node| node.key.as_str()))?;
    need_all(&known.places, file, "place", thread.place.iter())?;
    short(file, &thread.status)?;
    for node in &thread.nodes {
        need_all(&known.papers, file, "paper", node.paper.iter())?;
        let meeting = match &node.meeting {
            Some(key) => Some(town.meeting(key).ok_or_else(|| unknown(file, "meeting", key))?),
            None => None,
        };
        if let Some(number) = &node.item {
            let items = meeting.map(|meeting| meeting.agenda.as_slice()).unwrap_or_default();
            if !items.iter().any(|item| item.number == *number) {
                return Err(unknown(file, "agenda item", number));
            }
        }
        let is_of_council = matches!(node.kind, NodeKind::AgendaItem | NodeKind::Decision | NodeKind::Meeting);
        if is_of_council != node.meeting.is_some() || (node.kind == NodeKind::Paper) != node.paper.is_some() {
            return Err(rule(file, format!("node {}: kind and reference do not fit", node.key)));
        }
    }
    for link in &thread.links {
        need(&nodes, file, "node", &link.from)?;
        need(&nodes, file, "node", &link.to)?;
    }
    need_all(&nodes, file, "node", thread.observations.iter().map(|observation| &observation.series))
}

fn need(known: &BTreeSet<&str>, file: &str, kind: &'static str, key: &str) -> Result<(), DemoError> {
    if known.contains(key) { Ok(()) } else { Err(unknown(file, kind, key)) }
}

fn need_all<'a>(known: &BTreeSet<&str>, file: &str, kind: &'static str, mut keys: impl Iterator<Item = &'a String>) -> Result<(), DemoError> {
    keys.try_for_each(|key| need(known, file, kind, key))
}

fn short(file: &str, summary: &str) -> Result<(), DemoError> {
    let characters = summary.chars().count();
    if (1..=SUMMARY_CHARACTERS_MAX).contains(&characters) {
        return Ok(());
    }
    Err(rule(file, format!("a summary has {characters} characters, allowed are 1 to {SUMMARY_CHARACTERS_MAX}")))
}

fn known_language(file: &str, language: &str) -> Result<(), DemoError> {
    if ["en", "leicht"].contains(&language) { Ok(()) } else { Err(unknown(file, "language", language)) }
}

fn unknown(file: &str, kind: &'static str, key: &str) -> DemoError {
    DemoError::Unknown { file: file.to_owned(), kind, key: key.to_owned() }
}

fn rule(file: &str, message: String) -> DemoError {
    DemoError::Rule { file: file.to_owned(), message }
}
