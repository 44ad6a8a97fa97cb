//! `/rat/sitzungen`: meetings to come and meetings held, by key.

use super::address::{Parameters, parameter};
use super::markup::Markup;
use super::words::{Words, joined};
use crate::store::Named;
use crate::store::meetings::{self, MeetingRow};
use crate::store::nodes;
use crate::store::papers::{self, Choices};
use allmende_core::Instant;
use allmende_platform::texts::Speaker;
use allmende_platform::web::{AppError, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::HashMap;
use std::sync::Arc;

/// Meetings on one page.
const MEETINGS_MAX: usize = 40;
/// Titles of agenda items named in a list.
const TOPICS_MAX: usize = 3;

/// A meeting in a list.
pub struct MeetingItem {
    /// Its page.
    pub path: String,
    /// The committee.
    pub title: String,
    /// Its day and time.
    pub when: Markup,
    /// Where it is held.
    pub place: String,
    /// What it is about.
    pub topics: String,
    /// What is to be known: called off, no agenda yet.
    pub state: Option<(&'static str, &'static str)>,
}

/// A meeting in residents' words; `topics` are those of many meetings.
#[must_use]
pub fn item(words: &Words, row: &MeetingRow, topics: &[(i64, String)]) -> MeetingItem {
    let t = words.t;
    let is_ahead = row.starts_at.is_none_or(|at| at > words.dates.now());
    let state = match row {
        _ if row.cancelled => Some(("no", t.get("council-cancelled"))),
        _ if !row.has_agenda && is_ahead => Some(("open", t.get("council-agenda-later"))),
        _ => None,
    };
    let own: Vec<&str> = topics.iter().filter(|(meeting, _)| *meeting == row.id).map(|(_, title)| title.trim()).collect();
    let mut about = own.iter().take(TOPICS_MAX).copied().collect::<Vec<_>>().join("; ");
    if own.len() > TOPICS_MAX {
        about.push_str(&t.with("council-topics-more", &[("count", (own.len() - TOPICS_MAX).into())]));
    }
    MeetingItem {
        path: nodes::meeting_path(row.id, row.name.as_deref().unwrap_or_default()),
        title: title(t, row),
        when: row.starts_at.map_or_else(|| Markup::text(t.get("council-day-unknown")), |at| words.moment_short(at)),
        place: row.place.clone().unwrap_or_default(),
        topics: about,
        state,
    }
}

/// The committees of a meeting, or else its own name.
#[must_use]
pub fn title(t: Speaker, row: &MeetingRow) -> String {
    let names = joined(t, row.organization.as_deref().into_iter().chain(row.second.as_deref()));
    if !names.is_empty() {
        return names;
    }
    row.name.as_deref().map(str::trim).filter(|name| !name.is_empty()).unwrap_or(t.get("council-meeting")).to_owned()
}

/// The first moment of a day on the clocks of a place.
#[must_use]
pub fn midnight(date: Date, zone: &TimeZone) -> Instant {
    date.to_zoned(zone.clone()).map_or(Instant::from_millis(0), |zoned| zoned.timestamp().into())
}

/// Later than any meeting.
#[must_use]
pub fn never() -> Instant {
    Instant::from_millis(i64::MAX)
}

#[derive(Debug, Clone)]
struct Asked {
    is_past: bool,
    organization: Option<i64>,
    year: Option<i16>,
    cursor: Option<(Instant, i64)>,
}

impl Asked {
    fn read(query: &HashMap<String, String>) -> Self {
        let number = |name: &str| parameter(query, name).and_then(|value| value.parse::<i64>().ok());
        let cursor = parameter(query, "ab").and_then(|text| {
            let (at, id) = text.split_once('_')?;
            Some((Instant::from_millis(at.parse().ok()?), id.parse().ok()?))
        });
        let year = number("jahr").and_then(|year| i16::try_from(year).ok()).filter(|year| (1900..=2200).contains(year));
        let is_past = parameter(query, "ansicht").as_deref() == Some("vergangen") || year.is_some();
        Self { is_past, organization: number("gremium"), year, cursor }
    }
}

struct Read {
    now: Instant,
    rows: Vec<MeetingRow>,
    undated: Vec<MeetingRow>,
    choices: Arc<Choices>,
}

#[derive(Template)]
#[template(path = "rat/meetings.html")]
struct MeetingsPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    rows: Vec<MeetingItem>,
    undated: Vec<MeetingItem>,
    committees: Vec<(Named, bool)>,
    years: Vec<(i16, bool)>,
    is_past: bool,
    is_narrowed: bool,
    is_first: bool,
    coming: String,
    past: String,
    first: String,
    next: Option<String>,
}

/// The list of meetings.
///
/// # Errors
/// What the database reports.
pub async fn meetings(State(app): State<App>, ctx: Ctx, Query(query): Parameters) -> Result<Response, AppError> {
    let asked = Asked::read(&query);
    let (wanted, zone, kept, writes) = (asked.clone(), ctx.site.zone.clone(), app.clone(), app.parts.db.writes());
    let limit = i64::try_from(MEETINGS_MAX + 1).unwrap_or(i64::MAX);
    let read = app
        .read(&ctx, move |tx| {
            let now = tx.now()?;
            let today = midnight(now.at(&zone).date(), &zone);
            let first_of = |year: i16| Date::new(year, 1, 1).map_or(today, |date| midnight(date, &zone));
            let rows = if wanted.is_past {
                let (since, until) = wanted.year.map_or((Instant::from_millis(i64::MIN), now), |year| (first_of(year), first_of(year + 1)));
                meetings::list_before(tx, wanted.organization, wanted.cursor.unwrap_or((until, 0)), since, limit)?
            } else {
                meetings::list_from(tx, wanted.organization, wanted.cursor.unwrap_or((today, 0)), never(), limit)?
            };
            let undated = if !wanted.is_past && wanted.cursor.is_none() { meetings::list_undated(tx, wanted.organization)? } else { Vec::new() };
            let choices = kept.fresh.of(tx, writes, papers::choices)?;
            Ok::<_, AppError>(Read { now, rows, undated, choices })
        })
        .await?;
    page(&view(&app, &ctx, &asked, read))
}

fn view(app: &App, ctx: &Ctx, asked: &Asked, mut read: Read) -> MeetingsPage {
    let words = Words::new(ctx, read.now);
    let t = ctx.t;
    let more = read.rows.len() > MEETINGS_MAX;
    read.rows.truncate(MEETINGS_MAX);
    let rest = ctx.query_without("ab");
    let last = read.rows.last().filter(|_| more).and_then(|row| Some((row.starts_at?.millis(), row.id)));
    let this_year = words.dates.today().year();
    let first_year = read.choices.days.as_ref().and_then(|(first, _)| first.get(..4)?.parse::<i16>().ok()).unwrap_or(this_year);
    let committee = asked.organization.map(|id| format!("gremium={id}")).unwrap_or_default();
    let shell = super::shell(app, ctx, t.get("council-meetings")).about(t.get("council-meetings-lead"));
    MeetingsPage {
        shell: match asked.organization {
            Some(id) => shell.feed(t.get("council-take-organization-meetings"), format!("/rat/gremien/{id}/kalender.ics"), super::CALENDAR),
            None => shell.feed(t.get("council-take-meetings"), "/rat/kalender.ics", super::CALENDAR),
        },
        rows: read.rows.iter().map(|row| item(&words, row, &[])).collect(),
        undated: read.undated.iter().map(|row| item(&words, row, &[])).collect(),
        committees: read.choices.organizations.iter().map(|other| (other.clone(), asked.organization == Some(other.id))).collect(),
        years: (first_year.max(1900)..=this_year).rev().map(|year| (year, asked.year == Some(year))).collect(),
        is_past: asked.is_past,
        is_narrowed: asked.organization.is_some() || asked.year.is_some(),
        is_first: asked.cursor.is_none(),
        coming: format!("/rat/sitzungen?{committee}"),
        past: format!("/rat/sitzungen?ansicht=vergangen{}{committee}", if committee.is_empty() { "" } else { "&" }),
        first: format!("/rat/sitzungen?{}", rest.trim_end_matches('&')),
        next: last.map(|(at, id)| format!("/rat/sitzungen?{rest}ab={at}_{id}")),
        t,
        words,
    }
}
