//! `/rat/vorlagen/{id}-{slug}`: one paper with where it stands, its way through the committees, its files and its thread.

use super::address::{Found, admit, file_path, id_of, moved, person_path, place_path};
use super::markup::Markup;
use super::words::{State, StationItem, Words, paper_path};
use crate::rules::{Outcome, last_held, standing};
use crate::store::Named;
use crate::store::files::{self, FileRow};
use crate::store::nodes;
use crate::store::papers::{self, Paper, StationRow, Tie};
use allmende_core::{Instant, Language};
use allmende_db::Tx;
use allmende_platform::search::Hit;
use allmende_platform::texts::Speaker;
use allmende_platform::thread::{self, LinkKind, Neighbour};
use allmende_platform::web::routes::encode;
use allmende_platform::web::{AppError, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, State as Axum};
use axum::response::Response;
use std::sync::Arc;

/// Papers like this one that are named.
const SIMILAR_MAX: usize = 5;
/// Things like this one that are looked at for papers among them.
const SIMILAR_LOOKED_AT: usize = 20;
/// Files shown before the rest is folded.
const FILES_OPEN_MAX: usize = 12;

/// What the page of a paper is made from.
pub struct Read {
    now: Instant,
    paper: Paper,
    stations: Vec<StationRow>,
    files: Vec<FileRow>,
    ties: Vec<(Tie, Named, Option<String>)>,
    neighbours: Vec<Neighbour>,
}

/// A file beside the page.
pub struct FileItem {
    /// Its page.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Format, pages, size.
    pub note: String,
}

/// A part of the thread.
struct ThreadItem {
    relation: &'static str,
    title: String,
    path: String,
    summary: Option<String>,
    day: Markup,
}

/// A decision on this paper, and how far it is.
struct BecameItem {
    title: String,
    path: String,
    day: Markup,
    state: State,
}

/// The page of a paper in words.
#[derive(Template)]
#[template(path = "rat/paper.html")]
pub struct PaperPage {
    /// What surrounds it.
    pub shell: Shell,
    t: Speaker,
    words: Words,
    id: i64,
    title: String,
    is_translated: bool,
    kind: Markup,
    now: Markup,
    gap: Option<&'static str>,
    summary: Option<String>,
    is_summary_translated: bool,
    reference: Option<String>,
    official_kind: Option<String>,
    kind_help: Option<&'static str>,
    day: Markup,
    brought_in: Vec<(String, String)>,
    led_by: Vec<(String, String)>,
    places: Vec<(String, String)>,
    stations: Vec<StationItem>,
    results: Vec<(Markup, String)>,
    files: Vec<FileItem>,
    more_files: Vec<FileItem>,
    groups: Vec<(&'static str, Vec<(String, String)>)>,
    became: Vec<BecameItem>,
    thread: Vec<ThreadItem>,
    similar: Vec<(String, String)>,
    web: Option<String>,
}

/// The page of a paper.
///
/// # Errors
/// 404 for what is not public, 410 for what was withdrawn.
pub async fn paper(Axum(app): Axum<App>, ctx: Ctx, Path(slug): Path<String>) -> Result<Response, AppError> {
    let id = id_of(&slug)?;
    let asked = ctx.clone();
    let found = app
        .read(&ctx, move |tx| {
            let paper = papers::find(tx, id, asked.language())?.ok_or(AppError::NotFound)?;
            if let Some(path) = admit(&asked, &paper.state, &paper_path(&paper.row))? {
                return Ok(Found::Moved(path));
            }
            Ok::<_, AppError>(Found::Page(around(tx, id, paper)?))
        })
        .await?;
    match found {
        Found::Moved(path) => Ok(moved(&path)),
        Found::Page(read) => {
            let similar = similar(&app, &ctx, id).await;
            page(&view(&app, &ctx, read, similar))
        }
    }
}

/// Address and title of the papers most like one. A search that does not answer knows none: the page stands without it.
async fn similar(app: &App, ctx: &Ctx, id: i64) -> Vec<(String, String)> {
    let (search, site) = (Arc::clone(&app.parts.ports.search), ctx.site.id);
    let found = tokio::task::spawn_blocking(move || search.similar(site, "paper", id, SIMILAR_LOOKED_AT)).await;
    let papers = found.ok().and_then(Result::ok).unwrap_or_default().into_iter().filter(|hit| hit.kind == "paper" && hit.object_id != id);
    let title = |hit: &Hit| hit.title.pieces.iter().map(|(text, _)| text.as_str()).collect::<String>();
    papers.map(|hit| (hit.path.clone(), title(&hit))).filter(|(_, title)| !title.trim().is_empty()).take(SIMILAR_MAX).collect()
}

/// Reads the page of a paper whatever its state.
///
/// # Errors
/// `AppError::NotFound` if there is no such paper.
pub fn read(tx: &mut Tx<'_>, id: i64, language: Language) -> Result<Read, AppError> {
    let paper = papers::find(tx, id, language)?.ok_or(AppError::NotFound)?;
    around(tx, id, paper)
}

fn around(tx: &mut Tx<'_>, id: i64, paper: Paper) -> Result<Read, AppError> {
    let stations = papers::stations(tx, &[id])?;
    let files = files::list_of_paper(tx, id)?;
    let ties = papers::ties(tx, id)?;
    let neighbours = thread::neighbours(tx, "paper", id)?;
    Ok(Read { now: tx.now()?, paper, stations, files, ties, neighbours })
}

impl FileItem {
    /// Leads to the file itself, for those who may see it before it is public.
    pub fn lead_to_content(&mut self) {
        if let Some(id) = self.path.strip_prefix("/rat/dateien/") {
            self.path = format!("/dateien/{id}/datei");
        }
    }
}

impl PaperPage {
    /// Lets its links work before it is public.
    pub fn at_desk(&mut self) {
        self.files.iter_mut().chain(&mut self.more_files).for_each(FileItem::lead_to_content);
    }
}

/// A file as it stands in lists.
#[must_use]
pub fn file_item(words: &Words, file: &FileRow) -> FileItem {
    FileItem { path: file_path(file.id), title: words.file_title(file), note: words.file_note(file) }
}

/// The page in words.
#[must_use]
pub fn view(app: &App, ctx: &Ctx, read: Read, similar: Vec<(String, String)>) -> PaperPage {
    let words = Words::new(ctx, read.now);
    let t = ctx.t;
    let row = &read.paper.row;
    let title = read.paper.name_in.clone().unwrap_or_else(|| words.title(row));
    let (now, gap) = sentence(&words, &read.stations);
    let here = row.reference.clone().filter(|reference| !reference.is_empty()).unwrap_or_else(|| title.clone());
    let shell = super::shell(app, ctx, title.clone()).crumb(t.get("council-papers"), "/rat/vorlagen").here(here).about(t.get("council-paper-about"));
    let shell = match row.kind.as_deref().filter(|kind| !kind.is_empty()) {
        Some(kind) => shell.feed(t.get("council-take-kind-papers"), format!("/rat/vorlagen.atom?art={}", encode(kind)), super::ATOM),
        None => shell.feed(t.get("council-take-papers"), "/rat/vorlagen.atom", super::ATOM),
    };
    let of = |wanted: &Tie, path: fn(&Named) -> String| -> Vec<(String, String)> {
        read.ties.iter().filter(|(tie, _, _)| tie == wanted).map(|(_, named, _)| (path(named), named.name.clone())).collect()
    };
    let by_id = |named: &Named| nodes::paper_path(named.id, &named.name);
    let mut brought_in = of(&Tie::Person, |named| person_path(named.id, &named.name));
    brought_in.extend(of(&Tie::Organization, |named| nodes::organization_path(named.id, &named.name)));
    let groups = [(Tie::Superordinate, "council-superordinate"), (Tie::Subordinate, "council-subordinate"), (Tie::Related, "council-related")];
    let groups = groups.into_iter().map(|(tie, key)| (t.get(key), of(&tie, by_id))).filter(|(_, papers)| !papers.is_empty()).collect();
    let mut files: Vec<FileItem> = read.files.iter().map(|file| file_item(&words, file)).collect();
    let more_files = files.split_off(files.len().min(FILES_OPEN_MAX));
    let kind = row.kind.as_deref().map(str::trim).filter(|kind| !kind.is_empty());
    PaperPage {
        id: row.id,
        kind: words.kind_line(row),
        now,
        gap,
        is_summary_translated: read.paper.summary_in.is_some(),
        summary: read.paper.summary_in.clone().or_else(|| read.paper.summary.clone()),
        is_translated: read.paper.name_in.is_some(),
        reference: row.reference.clone(),
        official_kind: kind.map(str::to_owned),
        kind_help: kind.and_then(|kind| words.kind_help(kind)),
        day: row.dated_on.as_deref().map(|day| words.day(day)).unwrap_or_default(),
        brought_in,
        led_by: of(&Tie::Direction, |named| nodes::organization_path(named.id, &named.name)),
        places: of(&Tie::Place, |named| place_path(named.id, &named.name)),
        stations: stations(&words, &read.stations, true),
        results: long_results(&words, &read.stations),
        files,
        more_files,
        groups,
        became: read.neighbours.iter().filter(|neighbour| is_decision(neighbour)).map(|neighbour| became(&words, neighbour)).collect(),
        thread: read.neighbours.iter().filter(|neighbour| !is_decision(neighbour)).map(|neighbour| in_thread(&words, neighbour)).collect(),
        web: read.paper.web.filter(|web| web.starts_with("https://") || web.starts_with("http://")),
        similar,
        title,
        shell,
        t,
        words,
    }
}

/// The way of one paper as a line with stations.
#[must_use]
pub fn stations(words: &Words, rows: &[StationRow], is_linked: bool) -> Vec<StationItem> {
    let last = last_held(rows.iter().map(|row| (row.starts_at, row.cancelled)), words.dates.now());
    rows.iter().enumerate().map(|(position, row)| words.station(row, is_linked, last == Some(position))).collect()
}

/// Results that are too long for a station, with the committee before each.
fn long_results(words: &Words, rows: &[StationRow]) -> Vec<(Markup, String)> {
    let is_long = |row: &&StationRow| row.result.as_deref().is_some_and(|result| result.trim().chars().count() > 60);
    rows.iter().filter(is_long).map(|row| (Markup::text(&words.committee(row)), row.result.clone().unwrap_or_default())).collect()
}

/// "Stand heute" in at most three sentences, and the key of what is missing.
fn sentence(words: &Words, rows: &[StationRow]) -> (Markup, Option<&'static str>) {
    let t = words.t;
    let stations = words.stations(rows);
    let found = standing(&stations, words.dates.now());
    let mut out = Markup::default();
    let with_place = |position: usize| {
        let date = stations[position].at.map(|at| words.date_of(at)).unwrap_or_default();
        (date, words.place_of(&words.committee(&rows[position])))
    };
    let outcome = found.result.and_then(|position| Some((position, stations[position].outcome.as_ref()?)));
    if let Some((position, outcome)) = outcome {
        let (date, place) = with_place(position);
        let key = now_key(outcome);
        out.join(" ", &words.fill(key, &[("date", &date), ("in", &place), ("text", &words.outcome_word(outcome))]));
    } else if let Some(position) = found.last {
        let (date, place) = with_place(position);
        out.join(" ", &words.fill("council-now-held", &[("date", &date), ("in", &place)]));
    }
    if let Some(position) = found.next {
        let day = stations[position].at.map(|at| words.dates.near(words.dates.local(at).date())).unwrap_or_default();
        let place = Markup::text(&words.committee(&rows[position]));
        out.join(" ", &words.fill("council-now-next", &[("where", &place), ("when", &Markup::text(&day))]));
    }
    let is_waiting = outcome.is_some_and(|(_, outcome)| matches!(outcome, Outcome::Postponed | Outcome::Recommended | Outcome::Referred | Outcome::TakenOff));
    let gap = match (found.last, found.next, outcome) {
        (None, None, _) => {
            out.join(" ", &Markup::text(t.get("council-now-none")));
            Some(t.get("council-gap-no-meeting"))
        }
        (Some(_), None, None) => Some(t.get("council-gap-no-result")),
        (Some(_), None, Some(_)) if is_waiting => Some(t.get("council-gap-no-decision")),
        _ => None,
    };
    (out, gap)
}

fn now_key(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Adopted => "council-now-adopted",
        Outcome::AdoptedChanged => "council-now-adopted-changed",
        Outcome::Rejected => "council-now-rejected",
        Outcome::Postponed => "council-now-postponed",
        Outcome::Noted => "council-now-noted",
        Outcome::Referred => "council-now-referred",
        Outcome::TakenOff => "council-now-taken-off",
        Outcome::Recommended => "council-now-recommended",
        Outcome::Other(_) => "council-now-other",
    }
}

fn is_decision(neighbour: &Neighbour) -> bool {
    neighbour.kind == "decision" && neighbour.link == LinkKind::DecidedBy.key() && !neighbour.path.is_empty()
}

fn became(words: &Words, neighbour: &Neighbour) -> BecameItem {
    let state = neighbour.state.as_deref().unwrap_or_default();
    BecameItem {
        title: neighbour.title.clone(),
        path: neighbour.path.clone(),
        day: neighbour.happened_at.map(|at| words.date_of(at)).unwrap_or_default(),
        state: State { shape: thread::shape(state), text: Markup::text(words.t.find(&format!("state-decision-{state}")).unwrap_or(state)) },
    }
}

/// A neighbour in the thread with the link in words, read from this paper.
fn in_thread(words: &Words, neighbour: &Neighbour) -> ThreadItem {
    let direction = if neighbour.incoming { "from" } else { "to" };
    let relation = words.t.find(&format!("thread-link-{}-{direction}", neighbour.link.replace('_', "-")));
    ThreadItem {
        relation: relation.unwrap_or(words.t.get("thread-link-related-to")),
        title: neighbour.title.clone(),
        path: neighbour.path.clone(),
        summary: neighbour.summary.clone(),
        day: neighbour.happened_at.map(|at| words.date_of(at)).unwrap_or_default(),
    }
}
