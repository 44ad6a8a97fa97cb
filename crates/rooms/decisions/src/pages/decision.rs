//! `/beschluesse/{id}-{slug}`: one decision, explained, in its own words, and what became of it.

use super::words::{State, Tally, Words};
use super::{Parameters, id_of};
use crate::rules::Kind;
use crate::store::decisions::{self, Decision, PaperLine};
use crate::store::explanations::{self, Version};
use crate::store::path;
use crate::store::records::{self, Record};
use allmende_core::{Act, Instant, Language, may};
use allmende_platform::texts::Speaker;
use allmende_platform::thread::{self, Neighbour};
use allmende_platform::web::{AppError, Shell, page};
use allmende_platform::{App, Ctx, markdown};
use askama::Template;
use axum::extract::{Path, Query, State as Axum};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

struct Read {
    now: Instant,
    decision: Decision,
    papers: Vec<PaperLine>,
    records: Vec<Record>,
    explained: Vec<Version>,
    neighbours: Vec<Neighbour>,
}

enum Found {
    Page(Box<Read>),
    Moved(String),
}

/// A station of what became of it.
struct Station {
    class: &'static str,
    day: String,
    who: String,
    state: State,
    lines: Vec<(&'static str, String)>,
}

/// A part of the explanation.
struct Part {
    heading: &'static str,
    html: String,
}

struct ThreadItem {
    relation: &'static str,
    title: String,
    path: String,
    summary: Option<String>,
    day: String,
}

#[derive(Template)]
#[template(path = "beschluss/decision.html")]
struct DecisionPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    title: String,
    kind: String,
    now: String,
    status: State,
    parts: Vec<Part>,
    parts_language: &'static str,
    is_other_language: bool,
    resolution: Option<String>,
    result: Option<String>,
    outcome: State,
    tally: Option<Tally>,
    is_reported: bool,
    stations: Vec<Station>,
    owes: String,
    facts: Vec<(&'static str, String)>,
    superseded_by: Option<(String, String)>,
    committee: Option<(String, String)>,
    meeting: Option<(String, String)>,
    papers: Vec<PaperLine>,
    thread: Vec<ThreadItem>,
    desk_path: Option<String>,
}

/// The page of a decision. Five statements.
///
/// # Errors
/// 404 for what is no public decision, 410 for what was one.
pub async fn decision(Axum(app): Axum<App>, ctx: Ctx, Path(slug): Path<String>, Query(_): Parameters) -> Result<Response, AppError> {
    let id = id_of(&slug)?;
    let asked = ctx.clone();
    let found = app
        .read(&ctx, move |tx| {
            let decision = decisions::find(tx, id)?.ok_or(AppError::NotFound)?;
            if !decision.is_public {
                return Err(if decision.was_public { AppError::Gone } else { AppError::NotFound });
            }
            if asked.path != decision.path() {
                return Ok(Found::Moved(decision.path()));
            }
            let (papers, records) = (decisions::list_papers(tx, id)?, records::list(tx, id)?);
            let (explained, neighbours) = (explanations::list_public(tx, id)?, thread::neighbours(tx, crate::store::KIND, id)?);
            Ok::<_, AppError>(Found::Page(Box::new(Read { now: tx.now()?, decision, papers, records, explained, neighbours })))
        })
        .await?;
    match found {
        Found::Moved(path) => {
            let path = if ctx.query.is_empty() { path } else { format!("{path}?{}", ctx.query) };
            Ok((StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, path)]).into_response())
        }
        Found::Page(read) => page(&view(&app, &ctx, *read)),
    }
}

fn view(app: &App, ctx: &Ctx, read: Read) -> DecisionPage {
    let (t, words) = (ctx.t, Words::new(ctx, read.now));
    let Read { decision, papers, records, explained, neighbours, .. } = read;
    let shell = super::shell(app, ctx, t.with("decision-title", &[("title", (&decision.title).into())]))
        .crumb(t.get("decision-list"), "/beschluesse")
        .here(t.with("decision-number", &[("number", decision.id.into())]))
        .about(t.get("decision-about"));
    let version = chosen(&explained, ctx.language());
    let title = decision.title.clone();
    DecisionPage {
        kind: kind_line(&words, &decision),
        now: sentence(&words, &decision),
        status: words.status(decision.status, decision.expected_on),
        parts: version.map(|version| parts(t, version)).unwrap_or_default(),
        parts_language: version.map_or("", |version| version.language.tag()),
        is_other_language: version.is_some_and(|version| version.language != ctx.language()),
        outcome: State { shape: decision.kind.shape(), text: kind_word(t, decision.kind).to_owned() },
        tally: decision.votes.map(|votes| words.tally(votes)),
        is_reported: !records.is_empty(),
        stations: stations(&words, &decision, &records),
        owes: decision.department.as_ref().map_or_else(|| t.get("decision-town-hall").to_owned(), |(_, name)| name.clone()),
        facts: facts(&words, &decision),
        superseded_by: decision.superseded_by.as_ref().map(|(id, title)| (path(*id, title), title.clone())),
        committee: decision.committee.clone(),
        meeting: decision.item_path.clone().map(|path| (decision.meeting.clone().unwrap_or_else(|| t.get("decision-meeting").to_owned()), path)),
        thread: neighbours
            .iter()
            .filter(|neighbour| neighbour.kind != "agenda_item" && neighbour.kind != "paper")
            .map(|other| in_thread(&words, other))
            .collect(),
        desk_path: may(&ctx.actor, Act::ReportDecisions).then(|| format!("/verwaltung/beschluesse/{}", decision.id)),
        resolution: decision.resolution.filter(|text| !text.trim().is_empty()),
        result: decision.result.filter(|text| !text.trim().is_empty()),
        papers,
        title,
        shell,
        t,
        words,
    }
}

fn kind_word(t: Speaker, kind: Kind) -> &'static str {
    t.find(&format!("decision-kind-{}", kind.key())).unwrap_or_default()
}

fn kind_line(words: &Words, decision: &Decision) -> String {
    words.t.with("decision-number", &[("number", decision.id.into())])
}

/// "Stand heute" in at most three sentences.
fn sentence(words: &Words, decision: &Decision) -> String {
    let t = words.t;
    let day = decision.decided_at.map_or_else(|| t.get("decision-day-unknown").to_owned(), |at| words.dates.day(words.dates.local(at).date()));
    let mut out = t.with(&format!("decision-now-{}", decision.kind.key()), &[("date", (&day).into())]);
    out.push(' ');
    out.push_str(t.find(&format!("decision-now-status-{}", decision.status.key())).unwrap_or_default());
    if let Some(day) = decision.expected_on.filter(|_| decision.status.is_pending()) {
        out.push(' ');
        if words.is_late(decision.status, Some(day)) {
            out.push_str(&t.with("decision-now-late", &[("count", (-words.dates.days_until(day)).into()), ("day", (&words.dates.day(day)).into())]));
        } else {
            out.push_str(&t.with("decision-now-until", &[("until", (&words.dates.until(day)).into())]));
        }
    }
    out
}

/// The public version in the reader's language, or else in German, or else in any.
fn chosen(versions: &[Version], language: Language) -> Option<&Version> {
    let of = |wanted: Language| versions.iter().find(|version| version.language == wanted);
    of(language).or_else(|| of(Language::German)).or_else(|| versions.first())
}

fn parts(t: Speaker, version: &Version) -> Vec<Part> {
    let text = &version.text;
    [
        ("decision-explained-about", &text.about),
        ("decision-explained-alternatives", &text.alternatives),
        ("decision-explained-conflicts", &text.conflicts),
        ("decision-explained-reasons", &text.reasons),
    ]
    .into_iter()
    .filter(|(_, text)| !text.trim().is_empty())
    .map(|(key, text)| Part {
        heading: t.find(key).unwrap_or(key),
        html: markdown::to_html(text).replace("<h3", "<h4").replace("</h3", "</h4").replace("<h2", "<h4").replace("</h2", "</h4"),
    })
    .collect()
}

/// The decision itself, each report, and what is still ahead.
fn stations(words: &Words, decision: &Decision, records: &[Record]) -> Vec<Station> {
    let t = words.t;
    let decided = Station {
        class: "",
        day: decision.decided_at.map(|at| words.day_of(at)).unwrap_or_default(),
        who: decision.committee.as_ref().map(|(name, _)| name.clone()).unwrap_or_default(),
        state: State { shape: decision.kind.shape(), text: kind_word(t, decision.kind).to_owned() },
        lines: Vec::new(),
    };
    let last = records.len().saturating_sub(1);
    let reported = records.iter().enumerate().map(|(position, record)| Station {
        class: if position == last && record.status.is_pending() { "now" } else { "" },
        day: words.day_of(record.recorded_at),
        who: record.department.clone().unwrap_or_else(|| t.get("decision-town-hall").to_owned()),
        state: State { shape: record.status.shape(), text: words.status_word(record.status).to_owned() },
        lines: lines(words, record),
    });
    let ahead = decision.expected_on.filter(|_| decision.status.is_pending()).map(|day| Station {
        class: "ahead",
        day: words.day(day),
        who: decision.department.as_ref().map(|(_, name)| name.clone()).unwrap_or_default(),
        state: if words.is_late(decision.status, Some(day)) {
            State { shape: "late", text: words.late(day) }
        } else {
            State { shape: "open", text: t.get("decision-planned").to_owned() }
        },
        lines: Vec::new(),
    });
    std::iter::once(decided).chain(reported).chain(ahead).collect()
}

fn lines(words: &Words, record: &Record) -> Vec<(&'static str, String)> {
    let t = words.t;
    [
        (t.get("decision-reason"), record.reason.clone()),
        (t.get("decision-next-step"), record.next_step.clone()),
        (t.get("decision-expected"), record.expected_on.map(|day| words.dates.day(day))),
        (t.get("decision-cost"), record.cost_cents.map(|cents| words.euros(cents))),
    ]
    .into_iter()
    .filter_map(|(label, value)| Some((label, value?)))
    .collect()
}

/// What counts today.
fn facts(words: &Words, decision: &Decision) -> Vec<(&'static str, String)> {
    let t = words.t;
    let contact = decision.contact.clone().or_else(|| decision.department_contact.clone());
    [
        (t.get("decision-department"), decision.department.as_ref().map(|(_, name)| name.clone())),
        (t.get("decision-next-step"), decision.next_step.clone()),
        (t.get("decision-expected"), decision.expected_on.map(|day| words.dates.day(day))),
        (t.get("decision-cost"), decision.cost_cents.map(|cents| words.euros(cents))),
        (t.get("decision-contact"), contact),
        (t.get("decision-reported"), decision.reported_at.map(|at| words.dates.day(words.dates.local(at).date()))),
    ]
    .into_iter()
    .filter_map(|(label, value)| Some((label, value?)))
    .collect()
}

fn in_thread(words: &Words, neighbour: &Neighbour) -> ThreadItem {
    let direction = if neighbour.incoming { "from" } else { "to" };
    let relation = words.t.find(&format!("thread-link-{}-{direction}", neighbour.link.replace('_', "-")));
    ThreadItem {
        relation: relation.unwrap_or(words.t.get("thread-link-related-to")),
        title: neighbour.title.clone(),
        path: neighbour.path.clone(),
        summary: neighbour.summary.clone(),
        day: neighbour.happened_at.map(|at| words.day_of(at)).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(language: Language) -> Version {
        let text = explanations::Explanation { about: language.key().to_owned(), ..Default::default() };
        Version { language, is_public: true, text, written_at: Instant::from_millis(0) }
    }

    #[test]
    fn an_explanation_speaks_the_readers_language_or_german() {
        let all = [version(Language::German), version(Language::English)];
        let language = |versions: &[Version], wanted| chosen(versions, wanted).map(|version| version.language);
        assert_eq!(language(&all, Language::English), Some(Language::English));
        assert_eq!(language(&all, Language::Easy), Some(Language::German));
        assert_eq!(language(&all[1..], Language::Easy), Some(Language::English));
        assert_eq!(language(&[], Language::German), None);
    }
}
