//! The threads of the town: what is not a council matter gets a node of its own, and all nodes are tied.

use super::objects;
use allmende_core::{Id, Instant};
use allmende_db::{DbError, Tx};
use allmende_demo::{LinkKind, NodeKind, ThreadNode, Town};
use allmende_platform::thread::{self, NodeData};
use jiff::civil::time;
use jiff::tz::TimeZone;
use std::collections::HashMap;

/// The nodes of council matters, by the keys of the files.
#[derive(Default, Clone)]
pub(super) struct Nodes {
    pub papers: HashMap<String, Id<thread::Node>>,
    pub meetings: HashMap<String, Id<thread::Node>>,
    pub items: HashMap<(String, String), Id<thread::Node>>,
    pub decisions: HashMap<(String, String), Id<thread::Node>>,
    /// By the keys of thread and station.
    pub undertakings: HashMap<(String, String), Id<thread::Node>>,
}

/// Writes the nodes and links of all threads.
///
/// # Errors
/// What the database reports.
pub(super) fn write(tx: &mut Tx<'_>, town: &Town, known: &Nodes, zone: &TimeZone) -> Result<(), DbError> {
    let mut number = 0;
    for thread in &town.threads {
        let mut nodes = HashMap::new();
        for node in &thread.nodes {
            number += 1;
            let undertaking = known.undertakings.get(&(thread.key.clone(), node.key.clone())).copied();
            let id = match undertaking.or_else(|| council(node, known)) {
                Some(id) => id,
                None => own(tx, node, number, zone)?,
            };
            nodes.insert(node.key.as_str(), id);
        }
        for link in &thread.links {
            if let (Some(from), Some(to)) = (nodes.get(link.from.as_str()), nodes.get(link.to.as_str())) {
                thread::link(tx, *from, kind(link.kind), *to)?;
            }
        }
    }
    Ok(())
}

/// The council matter that a station of the thread is.
fn council(node: &ThreadNode, known: &Nodes) -> Option<Id<thread::Node>> {
    match (&node.paper, &node.meeting, &node.item) {
        (Some(paper), ..) => known.papers.get(paper).copied(),
        (None, Some(meeting), Some(item)) => {
            let key = (meeting.clone(), item.clone());
            let decision = known.decisions.get(&key).filter(|_| node.kind == NodeKind::Decision);
            decision.or_else(|| known.items.get(&key)).copied()
        }
        (None, Some(meeting), None) => known.meetings.get(meeting).copied(),
        (None, None, _) => None,
    }
}

/// A station that no room of this program shows yet: it has words, but no page.
fn own(tx: &mut Tx<'_>, station: &ThreadNode, number: i64, zone: &TimeZone) -> Result<Id<thread::Node>, DbError> {
    let node = NodeData {
        kind: word(station.kind),
        object_id: number,
        title: &station.title,
        summary: Some(&station.text),
        path: "",
        happened_at: Some(Instant::from_millis(objects::millis(station.date.to_datetime(time(12, 0, 0, 0)), zone))),
        state: station.state.as_deref(),
    };
    thread::keep(tx, &node).map(|(id, _)| id)
}

const fn word(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Impulse => "impulse",
        NodeKind::Undertaking => "undertaking",
        NodeKind::Process => "process",
        NodeKind::Contribution => "contribution",
        NodeKind::Answer => "answer",
        NodeKind::Paper => "paper",
        NodeKind::AgendaItem => "agenda_item",
        NodeKind::Decision => "decision",
        NodeKind::Measure => "measure",
        NodeKind::Indicator => "indicator",
        NodeKind::ObservationSeries => "observation_series",
        NodeKind::Meeting => "meeting",
    }
}

const fn kind(kind: LinkKind) -> thread::LinkKind {
    match kind {
        LinkKind::Answers => thread::LinkKind::Answers,
        LinkKind::LeadsTo => thread::LinkKind::LeadsTo,
        LinkKind::DiscussedIn => thread::LinkKind::DiscussedIn,
        LinkKind::ConsideredIn => thread::LinkKind::ConsideredIn,
        LinkKind::DecidedBy => thread::LinkKind::DecidedBy,
        LinkKind::ChangesTextOf => thread::LinkKind::ChangesTextOf,
        LinkKind::Implements => thread::LinkKind::Implements,
        LinkKind::MeasuredBy => thread::LinkKind::MeasuredBy,
        LinkKind::Duplicates => thread::LinkKind::Duplicates,
        LinkKind::Related => thread::LinkKind::Related,
    }
}
