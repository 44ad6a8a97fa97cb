//! `/rat/sitzungen/{id}-{slug}`: one meeting with its agenda, the results, the papers and the way of each. With `.ics` at the
//! end it is the entry for a calendar.

use super::address::{Found, Parameters, admit, id_of, moved, parameter, person_path, place_path};
use super::markup::Markup;
use super::paper::{FileItem, file_item};
use super::words::{AGENDA_ITEMS_MAX, State, StationItem, Tally, Words, joined, paper_path, stations_of};
use crate::feeds::calendar;
use crate::rules::{Outcome, Votes};
use crate::store::feeds::MeetingRow;
use crate::store::files::{self, FileRow};
use crate::store::meetings::{self, Around, ItemRow, Meeting};
use crate::store::nodes;
use crate::store::papers::{self, PaperRow, StationRow};
use allmende_core::{Instant, Language};
use allmende_db::Tx;
use allmende_platform::texts::Speaker;
use allmende_platform::web::{AppError, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, Query, State as Axum};
use axum::response::Response;

/// People named before the rest is folded.
const PEOPLE_OPEN_MAX: usize = 8;
/// Stations of ways on one page: an agenda whose papers have long ways shows the rest on the papers' own pages.
const STATIONS_MAX: usize = 200;
/// Characters of a text below an item; the whole stands on the page of the paper.
const SUMMARY_CHARS_MAX: usize = 280;

/// What the page of a meeting is made from.
pub struct Read {
    now: Instant,
    meeting: Meeting,
    items: Vec<ItemRow>,
    stations: Vec<StationRow>,
    files: Vec<FileRow>,
    around: Around,
}

/// One item of the agenda as it is shown.
struct Item {
    position: i64,
    number: String,
    title: String,
    is_translated: bool,
    path: Option<String>,
    summary: Option<String>,
    is_summary_translated: bool,
    reference: Markup,
    files: Vec<FileItem>,
    non_public: Option<Markup>,
    state: Option<State>,
    official: Option<String>,
    long: Option<String>,
    is_long_translated: bool,
    tally: Option<Tally>,
    way: Vec<StationItem>,
}

/// The page of a meeting in words.
#[derive(Template)]
#[template(path = "rat/meeting.html")]
pub struct MeetingPage {
    /// What surrounds it.
    pub shell: Shell,
    t: Speaker,
    words: Words,
    kind: String,
    title: String,
    lead: Markup,
    is_short: bool,
    when: Markup,
    place: Option<(String, String)>,
    attendance: String,
    minutes: Markup,
    items: Vec<Item>,
    is_past: bool,
    earlier: Option<String>,
    later: Option<String>,
    files: Vec<FileItem>,
    calendar: Option<String>,
    next: Option<(String, Markup)>,
    committees: Vec<(String, String)>,
    people: Vec<(String, String)>,
    more_people: Vec<(String, String)>,
    web: Option<String>,
}

/// The page of a meeting.
///
/// # Errors
/// 404 for what is not public, 410 for what was withdrawn.
pub async fn meeting(Axum(app): Axum<App>, ctx: Ctx, Path(slug): Path<String>, Query(query): Parameters) -> Result<Response, AppError> {
    if let Some(slug) = slug.strip_suffix(".ics") {
        return entry(&app, &ctx, id_of(slug)?).await;
    }
    let id = id_of(&slug)?;
    let from = parameter(&query, "ab").and_then(|from| from.parse::<i64>().ok()).unwrap_or(0).max(0);
    let asked = ctx.clone();
    let found = app
        .read(&ctx, move |tx| {
            let meeting = meetings::find(tx, id, asked.language())?.ok_or(AppError::NotFound)?;
            let path = nodes::meeting_path(id, meeting.name.as_deref().unwrap_or_default());
            if let Some(path) = admit(&asked, &meeting.state, &path)? {
                return Ok(Found::Moved(path));
            }
            Ok::<_, AppError>(Found::Page(around(tx, meeting, asked.language(), from)?))
        })
        .await?;
    match found {
        Found::Moved(path) => Ok(moved(&path)),
        Found::Page(read) => page(&view(&app, &ctx, read, from)),
    }
}

/// Reads the page of a meeting whatever its state, its agenda from a position on.
///
/// # Errors
/// `AppError::NotFound` if there is no such meeting.
pub fn read(tx: &mut Tx<'_>, id: i64, language: Language, from: i64) -> Result<Read, AppError> {
    let meeting = meetings::find(tx, id, language)?.ok_or(AppError::NotFound)?;
    around(tx, meeting, language, from)
}

fn around(tx: &mut Tx<'_>, meeting: Meeting, language: Language, from: i64) -> Result<Read, AppError> {
    let items = meetings::agenda(tx, meeting.id, language, from, AGENDA_ITEMS_MAX + 1)?;
    let papers: Vec<i64> = items.iter().filter_map(|item| Some(item.paper.as_ref()?.id)).collect();
    let stations = papers::stations(tx, &papers)?;
    let files = files::list_of_meeting(tx, meeting.id)?;
    let now = tx.now()?;
    let after = meeting.starts_at.unwrap_or(now).max(now);
    let around = meetings::around(tx, meeting.id, meeting.organizations.first().map(|organization| organization.id), after)?;
    Ok(Read { now, meeting, items, stations, files, around })
}

impl MeetingPage {
    /// Lets its links work before it is public: a calendar has no entry of it yet.
    pub fn at_desk(&mut self) {
        self.calendar = None;
        self.later = None;
        self.files.iter_mut().chain(self.items.iter_mut().flat_map(|item| &mut item.files)).for_each(FileItem::lead_to_content);
    }
}

/// The page in words.
#[must_use]
pub fn view(app: &App, ctx: &Ctx, mut read: Read, from: i64) -> MeetingPage {
    let words = Words::new(ctx, read.now);
    let t = ctx.t;
    let later = (i64::try_from(read.items.len()).unwrap_or(0) > AGENDA_ITEMS_MAX).then(|| read.items.pop()).flatten();
    let meeting = &read.meeting;
    let title = heading(&words, meeting);
    let path = nodes::meeting_path(meeting.id, meeting.name.as_deref().unwrap_or_default());
    let is_past = meeting.starts_at.is_some_and(|at| at <= read.now);
    let here = match meeting.starts_at {
        Some(at) => t.with("council-meeting-here", &[("date", (&words.dates.day(words.dates.local(at).date())).into())]),
        None => title.clone(),
    };
    let shell = super::shell(app, ctx, title.clone()).crumb(t.get("council-meetings"), "/rat/sitzungen").here(here).about(t.get("council-meeting-about"));
    let mut budget = STATIONS_MAX;
    let items: Vec<Item> = read.items.iter().map(|row| item(&words, row, &read, &mut budget)).collect();
    let own: Vec<&FileRow> = read.files.iter().filter(|file| file.agenda_item.is_none()).collect();
    let is_whole = from == 0 && later.is_none();
    let (lead, is_short) = lead(&words, meeting, &read.items, is_past, is_whole);
    let mut people: Vec<(String, String)> = read.around.people.iter().map(|person| (person_path(person.id, &person.name), person.name.clone())).collect();
    let more_people = people.split_off(people.len().min(PEOPLE_OPEN_MAX));
    let next = read.around.next.as_ref().map(|(named, at)| (nodes::meeting_path(named.id, &named.name), words.moment(*at)));
    MeetingPage {
        kind: kind(t, meeting),
        lead,
        is_short,
        when: when(&words, meeting),
        place: place(meeting),
        attendance: attendance(&words, meeting, read.around.people.len()),
        minutes: minutes(&words, &own, is_past),
        items,
        is_past,
        earlier: (from > 0).then(|| path.clone()),
        later: later.map(|item| format!("{path}?ab={}", item.position)),
        files: own.iter().map(|file| file_item(&words, file)).collect(),
        calendar: meeting.starts_at.filter(|_| !meeting.cancelled).map(|_| format!("{path}.ics")),
        next,
        committees: meeting.organizations.iter().map(|named| (nodes::organization_path(named.id, &named.name), named.name.clone())).collect(),
        people,
        more_people,
        web: meeting.web.clone().filter(|web| web.starts_with("https://") || web.starts_with("http://")),
        title,
        shell,
        t,
        words,
    }
}

/// "Gemeinderat am 3. März 2026"
fn heading(words: &Words, meeting: &Meeting) -> String {
    let names = joined(words.t, meeting.organizations.iter().map(|organization| organization.name.as_str()));
    let name = if names.is_empty() {
        meeting.name.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| words.t.get("council-meeting").to_owned())
    } else {
        names
    };
    match meeting.starts_at {
        Some(at) => words.t.with("council-meeting-title", &[("name", (&name).into()), ("date", (&words.dates.day(words.dates.local(at).date())).into())]),
        None => name,
    }
}

/// "Sitzung 3/2026", or the meeting's own name where it says more than the committee's.
fn kind(t: Speaker, meeting: &Meeting) -> String {
    if let Some(number) = meeting.number.as_deref().filter(|number| !number.is_empty()) {
        return format!("{} {number}", t.get("council-meeting"));
    }
    let name = meeting.name.as_deref().map(str::trim).filter(|name| !name.is_empty() && meeting.organizations.iter().all(|other| other.name != *name));
    name.unwrap_or(t.get("council-meeting")).to_owned()
}

fn when(words: &Words, meeting: &Meeting) -> Markup {
    let Some(start) = meeting.starts_at else { return Markup::text(words.t.get("council-day-unknown")) };
    let mut out = words.moment(start);
    if let Some(end) = meeting.ends_at.filter(|end| *end > start && words.has_time(*end) && words.dates.local(*end).date() == words.dates.local(start).date()) {
        out = words.fill("council-from-until", &[("from", &out), ("until", &Markup::text(&words.dates.time(end)))]);
    }
    out
}

fn place(meeting: &Meeting) -> Option<(String, String)> {
    let place = meeting.place.as_ref()?;
    let room = meeting.room.as_deref().filter(|room| !place.name.contains(room));
    let name = room.map_or_else(|| place.name.clone(), |room| format!("{}, {room}", place.name));
    Some((place_path(place.id, &place.name), name))
}

fn attendance(words: &Words, meeting: &Meeting, people: usize) -> String {
    let mut parts = Vec::new();
    if people > 0 {
        parts.push(words.t.count("council-people-count", people));
    }
    if let Some(guests) = meeting.guests.filter(|guests| *guests > 0) {
        parts.push(words.t.with("council-guests", &[("count", guests.into())]));
    }
    parts.join(", ")
}

/// Whether there are minutes, and since when.
fn minutes(words: &Words, files: &[&FileRow], is_past: bool) -> Markup {
    let found = files.iter().find(|file| file.role == "results" || file.role == "verbatim");
    match found {
        Some(file) => match &file.dated_on {
            Some(day) => words.fill("council-minutes-of", &[("date", &words.day(day))]),
            None => Markup::text(words.t.get("council-minutes-there")),
        },
        None if is_past => Markup::text(words.t.get("council-minutes-missing")),
        None => Markup::text(words.t.get("council-minutes-later")),
    }
}

/// "Kurz gesagt" with the summary, or "Stand heute" with what can be told from the agenda.
fn lead(words: &Words, meeting: &Meeting, items: &[ItemRow], is_past: bool, is_whole: bool) -> (Markup, bool) {
    let t = words.t;
    if let Some(summary) = &meeting.summary_in {
        return (Markup::text(summary), true);
    }
    if let Some(summary) = meeting.summary.as_deref().filter(|summary| !summary.is_empty()) {
        return (words.in_german(summary), true);
    }
    if meeting.cancelled {
        return (Markup::text(t.get("council-meeting-cancelled")), false);
    }
    if items.is_empty() {
        let key = if is_past { "council-meeting-no-agenda" } else { "council-meeting-agenda-later" };
        return (Markup::text(t.get(key)), false);
    }
    if !is_past {
        let near = meeting.starts_at.map(|at| words.dates.near(words.dates.local(at).date())).unwrap_or_default();
        return (words.fill("council-meeting-coming", &[("when", &Markup::text(&near))]), false);
    }
    let outcomes: Vec<Outcome> = items.iter().filter_map(outcome).collect();
    let count = |wanted: fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| wanted(outcome)).count();
    let adopted = count(|outcome| matches!(outcome, Outcome::Adopted | Outcome::AdoptedChanged | Outcome::Recommended));
    let (rejected, postponed) = (count(|outcome| *outcome == Outcome::Rejected), count(|outcome| matches!(outcome, Outcome::Postponed | Outcome::TakenOff)));
    let mut parts = Vec::new();
    for (number, key) in [(adopted, "council-count-adopted"), (rejected, "council-count-rejected"), (postponed, "council-count-postponed")] {
        if number > 0 {
            parts.push(t.count(key, number));
        }
    }
    if parts.is_empty() || !is_whole {
        return (Markup::text(t.get(if outcomes.is_empty() { "council-meeting-no-results" } else { "council-meeting-held" })), false);
    }
    (words.fill("council-meeting-counts", &[("counts", &Markup::text(&parts.join(", ")))]), false)
}

fn outcome(row: &ItemRow) -> Option<Outcome> {
    let by_votes = || Votes::of(row.votes.0, row.votes.1, row.votes.2).map(|votes| if votes.yes > votes.no { Outcome::Adopted } else { Outcome::Rejected });
    row.result.as_deref().map_or_else(by_votes, |result| Outcome::read(result, row.role.as_deref()))
}

fn item(words: &Words, row: &ItemRow, read: &Read, budget: &mut usize) -> Item {
    let outcome = outcome(row);
    let is_non_public = row.is_public == Some(false);
    let paper = row.paper.as_ref().map(|paper| PaperRow {
        id: paper.id,
        name: Some(paper.name.clone()),
        reference: row.reference.clone(),
        kind: row.kind.clone(),
        dated_on: None,
    });
    let name = row.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let fallback = if is_non_public { "council-item-non-public" } else { "council-item-untitled" };
    let title = row.name_in.as_deref().or(name).or(row.paper.as_ref().map(|paper| paper.name.as_str())).unwrap_or(words.t.get(fallback)).to_owned();
    let votes = Votes::of(row.votes.0, row.votes.1, row.votes.2).or_else(|| row.result.as_deref().and_then(Votes::read));
    let result = row.result.as_deref().map(str::trim).filter(|result| !result.is_empty());
    let is_verbatim = matches!(&outcome, Some(Outcome::Other(_)));
    Item {
        position: row.position,
        number: row.number.as_deref().map_or_else(|| row.position.to_string(), |number| number.trim().to_owned()),
        path: paper.as_ref().map(paper_path),
        reference: paper.as_ref().map(|paper| words.kind_line(paper)).unwrap_or_default(),
        is_translated: row.name_in.is_some(),
        summary: row.summary_in.as_deref().or(row.summary.as_deref()).map(shortened),
        is_summary_translated: row.summary_in.is_some(),
        files: read.files.iter().filter(|file| file.agenda_item == Some(row.id)).map(|file| file_item(words, file)).collect(),
        non_public: is_non_public.then(|| non_public(words, row)),
        official: result.filter(|result| outcome.is_some() && !is_verbatim && result.chars().count() <= 60).map(str::to_owned),
        is_long_translated: row.resolution_in.is_some(),
        long: row.resolution_in.clone().or_else(|| row.resolution.clone()).or_else(|| result.filter(|result| result.chars().count() > 60).map(str::to_owned)).as_deref().map(shortened),
        state: outcome.map(|outcome| State { shape: outcome.shape(), text: words.outcome_word(&outcome) }),
        tally: votes.map(|votes| words.tally(votes)),
        way: way(words, row, read, budget),
        title,
    }
}

/// The way of the item's paper, if it has more stations than this meeting.
fn way(words: &Words, row: &ItemRow, read: &Read, budget: &mut usize) -> Vec<StationItem> {
    let Some(paper) = &row.paper else { return Vec::new() };
    let rows = stations_of(&read.stations, paper.id);
    if rows.len() < 2 || rows.len() > *budget {
        return Vec::new();
    }
    *budget -= rows.len();
    let mut stations = super::paper::stations(words, rows, false);
    for (station, row) in stations.iter_mut().zip(rows) {
        station.official.clear();
        // Without `<time>`: hundreds of them would be a tenth of the page. The paper's own page has it.
        if let Some(at) = row.starts_at {
            station.day = Markup::text(&words.dates.day(words.dates.local(at).date()));
        }
    }
    stations
}

fn non_public(words: &Words, row: &ItemRow) -> Markup {
    match row.reason_non_public.as_deref().map(str::trim).filter(|reason| !reason.is_empty()) {
        Some(reason) => {
            // Clerks write "weil es um Preise geht" or "Preise und Verträge": both make a sentence.
            let key = if reason.starts_with("weil ") { "council-non-public-because" } else { "council-non-public-reason" };
            words.fill(key, &[("reason", &Markup::text(reason.trim_end_matches('.')))])
        }
        None => Markup::text(words.t.get("council-non-public")),
    }
}

fn shortened(text: &str) -> String {
    let text = text.trim();
    if text.chars().count() <= SUMMARY_CHARS_MAX {
        return text.to_owned();
    }
    let cut: String = text.chars().take(SUMMARY_CHARS_MAX).collect();
    format!("{} …", cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole))
}

/// The entry for a calendar: the meeting alone, as the calendar of its committee has it.
async fn entry(app: &App, ctx: &Ctx, id: i64) -> Result<Response, AppError> {
    let language = ctx.language();
    let (now, meeting) = app
        .read(ctx, move |tx| {
            let meeting = meetings::find(tx, id, language)?.ok_or(AppError::NotFound)?;
            Ok::<_, AppError>((tx.now()?, meeting))
        })
        .await?;
    let name = meeting.name.clone().unwrap_or_default();
    if let Some(path) = admit(ctx, &meeting.state, &format!("{}.ics", nodes::meeting_path(id, &name)))? {
        return Ok(moved(&path));
    }
    let names = joined(ctx.t, meeting.organizations.iter().map(|organization| organization.name.as_str()));
    let title = if names.is_empty() { heading(&Words::new(ctx, now), &meeting) } else { names };
    let row = MeetingRow {
        id,
        name,
        organizations: title.clone(),
        starts_at: meeting.starts_at.ok_or(AppError::NotFound)?,
        ends_at: meeting.ends_at,
        cancelled: meeting.cancelled,
        place: place(&meeting).map(|(_, name)| name).unwrap_or_default(),
        modified_at: now,
    };
    Ok(calendar::answer(ctx, &title, &[row]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_ends_with_a_whole_word() {
        assert_eq!(shortened(&"x".repeat(280)), "x".repeat(280));
        assert_eq!(shortened(&format!("{} yy", "x".repeat(278))), format!("{} …", "x".repeat(278)));
    }
}
