//! The thread of an undertaking as stations: what happened (solid), what is now (ring), what lies ahead (dotted).

use super::words::{Standing, Words};
use crate::sheet::Step;
use crate::store::course::Recorded;
use crate::store::sheets::Undertaking;
use allmende_core::Instant;
use allmende_platform::thread::Neighbour;

/// A station of the thread.
pub struct Station {
    /// `now`, `ahead` or nothing.
    pub class: &'static str,
    /// The day; markup.
    pub day: String,
    /// Who acts, in German.
    pub who: String,
    /// What it is: a word before the heading.
    pub stage: String,
    /// The heading.
    pub heading: String,
    /// The attribute of the heading's and the text's language.
    pub lang: &'static str,
    /// The page it leads to; empty for none.
    pub path: String,
    /// What was done or said, in German.
    pub text: String,
    /// Parts with their shapes.
    pub parts: Vec<(String, Standing)>,
    /// What is missing, with who owes it; empty for nothing.
    pub gap: String,
}

/// What the stations are made from.
pub struct Course<'a> {
    /// The undertaking.
    pub own: &'a Undertaking,
    /// Its changes of state, the oldest first.
    pub states: &'a [Recorded],
    /// What it is tied to.
    pub neighbours: &'a [Neighbour],
    /// Whose answer it is, in words.
    pub owes: &'a str,
}

/// The stations in the order of time.
#[must_use]
pub fn stations(words: &Words, course: &Course<'_>) -> Vec<Station> {
    let now = words.dates.now();
    let (happened, coming): (Vec<&Neighbour>, Vec<&Neighbour>) =
        course.neighbours.iter().filter(|other| other.happened_at.is_some()).partition(|other| other.happened_at.is_some_and(|at| at <= now));
    let earlier = course.states.split_last().map_or(&[][..], |(_, earlier)| earlier);
    let mut past: Vec<(Instant, Station)> = happened.iter().filter_map(|other| Some((other.happened_at?, neighbour(words, other, "")))).collect();
    past.extend(earlier.iter().map(|record| (record.at, state(words, record, course.owes))));
    past.sort_by_key(|(at, _)| *at);
    let mut out: Vec<Station> = past.into_iter().map(|(_, station)| station).collect();
    out.push(today(words, course));
    let mut ahead: Vec<(Instant, Station)> = coming.iter().filter_map(|other| Some((other.happened_at?, neighbour(words, other, "ahead")))).collect();
    ahead.sort_by_key(|(at, _)| *at);
    let steps = course.own.sheet.steps.iter().filter(|step| course.own.state.is_pending() && is_ahead(words, step));
    out.extend(ahead.into_iter().map(|(_, station)| station));
    out.extend(steps.map(|step| step_ahead(words, step, course.owes)));
    out
}

/// Whether a step is still ahead, and not late.
fn is_ahead(words: &Words, step: &Step) -> bool {
    !step.is_done && step.due_on.is_none_or(|day| day >= words.dates.today())
}

fn neighbour(words: &Words, other: &Neighbour, class: &'static str) -> Station {
    let direction = if other.incoming { "from" } else { "to" };
    let relation = words.t.find(&format!("thread-link-{}-{direction}", other.link.replace('_', "-")));
    Station {
        class,
        day: other.happened_at.map(|at| words.day_of(at)).unwrap_or_default(),
        who: String::new(),
        stage: relation.unwrap_or(words.t.get("thread-link-related-to")).to_owned(),
        heading: other.title.clone(),
        lang: words.german,
        path: other.path.clone(),
        text: other.summary.clone().unwrap_or_default(),
        parts: Vec::new(),
        gap: String::new(),
    }
}

fn state(words: &Words, record: &Recorded, owes: &str) -> Station {
    let state = record.after.unwrap_or(crate::rules::State::Planned);
    Station {
        class: "",
        day: words.day_of(record.at),
        who: owes.to_owned(),
        stage: String::new(),
        heading: words.state_word(state).to_owned(),
        lang: "",
        path: String::new(),
        text: record.reason.clone().unwrap_or_default(),
        parts: Vec::new(),
        gap: String::new(),
    }
}

/// Where it stands today, with the steps that are done or late. A gap is named where nothing is planned.
fn today(words: &Words, course: &Course<'_>) -> Station {
    let (t, own) = (words.t, course.own);
    let shown = own.sheet.steps.iter().filter(|step| !(own.state.is_pending() && is_ahead(words, step)));
    let parts = shown.map(|step| {
        let standing = match step.due_on {
            _ if step.is_done => Standing { shape: "done", text: t.get("undertaking-step-done").to_owned() },
            Some(day) if own.state.is_pending() => Standing { shape: "late", text: words.late(day) },
            _ => Standing { shape: "no", text: t.get("undertaking-step-dropped").to_owned() },
        };
        (step.text.clone(), standing)
    });
    let has_next = own.sheet.steps.iter().any(|step| !step.is_done);
    let gap = if own.state.is_pending() && !has_next { t.with("undertaking-gap-next", &[("who", course.owes.into())]) } else { String::new() };
    Station {
        class: if own.state.is_pending() { "now" } else { "" },
        day: t.with("undertaking-since", &[("day", words.plain_day_of(own.state_at).as_str().into())]),
        who: course.owes.to_owned(),
        stage: t.get(if own.state.is_pending() { "undertaking-today" } else { "undertaking-end" }).to_owned(),
        heading: words.state_word(own.state).to_owned(),
        lang: "",
        path: String::new(),
        text: own.state_reason.clone().unwrap_or_default(),
        parts: parts.collect(),
        gap,
    }
}

fn step_ahead(words: &Words, step: &Step, owes: &str) -> Station {
    Station {
        class: "ahead",
        day: step.due_on.map_or_else(|| words.t.get("undertaking-step-undated").to_owned(), |day| words.day(day)),
        who: owes.to_owned(),
        stage: words.t.get("undertaking-step-ahead").to_owned(),
        heading: step.text.clone(),
        lang: words.german,
        path: String::new(),
        text: String::new(),
        parts: Vec::new(),
        gap: String::new(),
    }
}
