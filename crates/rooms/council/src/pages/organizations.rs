//! `/rat/gremien` and one committee, and `/rat/wahlperioden`.

use super::address::{Found, admit, id_of, moved, person_path};
use super::markup::Markup;
use super::meetings::{MeetingItem, item};
use super::words::{PaperItem, Words};
use crate::names::Group;
use crate::store::meetings::{self, MeetingRow};
use crate::store::nodes;
use crate::store::organizations::{self, MembershipRow, Organization, OrganizationRow};
use crate::store::papers::{self, Cursor, Filter, PaperRow, StationRow};
use allmende_core::{Instant, Language};
use allmende_db::Tx;
use allmende_platform::texts::Speaker;
use allmende_platform::web::{AppError, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

/// Papers on the page of a committee.
const PAPERS_MAX: i64 = 8;

/// An organization in the list.
struct OrganizationItem {
    path: String,
    name: String,
    note: String,
    until: Markup,
}

#[derive(Template)]
#[template(path = "rat/organizations.html")]
struct OrganizationsPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    groups: Vec<(&'static str, &'static str, Vec<OrganizationItem>)>,
    former: Vec<OrganizationItem>,
}

/// The list of committees, groups and offices.
///
/// # Errors
/// What the database reports.
pub async fn organizations(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let zone = ctx.site.zone.clone();
    let (now, rows) = app
        .read(&ctx, move |tx| {
            let now = tx.now()?;
            Ok::<_, AppError>((now, organizations::list(tx, &now.at(&zone).date().to_string())?))
        })
        .await?;
    let words = Words::new(&ctx, now);
    let t = ctx.t;
    let today = words.dates.today().to_string();
    let (former, current): (Vec<OrganizationRow>, Vec<OrganizationRow>) =
        rows.into_iter().partition(|row| row.ends_on.as_ref().is_some_and(|day| *day < today));
    let mut groups = Vec::new();
    for (group, id) in [(Group::Council, "rat"), (Group::Committee, "ausschuesse"), (Group::Faction, "fraktionen"), (Group::Other, "weitere")] {
        let of_group = |row: &&OrganizationRow| Group::read(row.kind.as_deref(), row.classification.as_deref(), &row.name) == group;
        let items: Vec<OrganizationItem> = current.iter().filter(of_group).map(|row| listed(&words, row)).collect();
        if !items.is_empty() {
            groups.push((id, words.group(group), items));
        }
    }
    page(&OrganizationsPage {
        shell: super::shell(&app, &ctx, t.get("council-organizations")).about(t.get("council-organizations-lead")),
        groups,
        former: former.iter().map(|row| listed(&words, row)).collect(),
        t,
        words,
    })
}

fn listed(words: &Words, row: &OrganizationRow) -> OrganizationItem {
    let members = usize::try_from(row.members).unwrap_or(0);
    OrganizationItem {
        path: nodes::organization_path(row.id, &row.name),
        name: row.name.clone(),
        note: if members > 0 { words.t.count("council-members-count", members) } else { String::new() },
        until: row.ends_on.as_deref().map(|day| words.fill("council-until", &[("date", &words.day(day))])).unwrap_or_default(),
    }
}

/// A membership in the table.
pub struct MemberItem {
    /// The page of the person or organization.
    pub path: String,
    /// Its name.
    pub name: String,
    /// The part played, in the council's own words.
    pub role: String,
    /// First day.
    pub from: Markup,
    /// Last day.
    pub until: Markup,
    /// Where the bar begins and ends, 0 to 140.
    pub bar: (i64, i64),
    /// Whether it has ended.
    pub is_past: bool,
    /// For whom.
    pub on_behalf_of: String,
}

/// Memberships as a table with bars on one scale; its first and last year.
#[must_use]
pub fn memberships(words: &Words, rows: &[MembershipRow], of_person: bool) -> (Vec<MemberItem>, Option<(i16, i16)>) {
    let today = words.dates.today();
    let day = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<jiff::civil::Date>().ok());
    let number = |date: jiff::civil::Date| i64::from(date.year()) * 366 + i64::from(date.day_of_year());
    let first = rows.iter().filter_map(|row| day(&row.starts_on)).min();
    let last = rows.iter().filter_map(|row| day(&row.ends_on)).max().unwrap_or(today).max(today);
    let (low, high) = (first.map_or_else(|| number(last) - 1, number), number(last));
    let scale = |date: jiff::civil::Date| (number(date) - low).clamp(0, (high - low).max(1)) * 140 / (high - low).max(1);
    let items = rows.iter().map(|row| {
        let (from, until) = (day(&row.starts_on), day(&row.ends_on));
        let other = if of_person { &row.organization } else { &row.person };
        let start = from.map_or(0, scale);
        MemberItem {
            path: if of_person { nodes::organization_path(other.id, &other.name) } else { person_path(other.id, &other.name) },
            name: other.name.clone(),
            role: row.role.clone().unwrap_or_default(),
            from: row.starts_on.as_deref().map_or_else(|| Markup::text(words.t.get("council-not-given")), |day| words.day(day)),
            until: row.ends_on.as_deref().map_or_else(|| Markup::text(words.t.get("council-today")), |day| words.day(day)),
            bar: (start, until.map_or_else(|| scale(today), scale).max(start + 2).min(140)),
            is_past: until.is_some_and(|until| until < today),
            on_behalf_of: row.on_behalf_of.as_ref().map(|other| other.name.clone()).unwrap_or_default(),
        }
    });
    (items.collect(), first.map(|first| (first.year(), last.year())))
}

/// What the page of a committee is made from.
pub struct Read {
    now: Instant,
    organization: Organization,
    members: Vec<MembershipRow>,
    meetings: Vec<MeetingRow>,
    papers: Vec<PaperRow>,
    stations: Vec<StationRow>,
}

/// The page of a committee in words.
#[derive(Template)]
#[template(path = "rat/organization.html")]
pub struct OrganizationPage {
    /// What surrounds it.
    pub shell: Shell,
    t: Speaker,
    words: Words,
    name: String,
    is_translated: bool,
    kind: String,
    lead: Markup,
    facts: Vec<(&'static str, Markup)>,
    members: Vec<MemberItem>,
    former: Vec<MemberItem>,
    years: Option<(i16, i16)>,
    coming: Vec<MeetingItem>,
    held: Vec<MeetingItem>,
    papers: Vec<PaperItem>,
    id: i64,
}

/// The page of a committee.
///
/// # Errors
/// 404 for what is not public, 410 for what was withdrawn.
pub async fn organization(State(app): State<App>, ctx: Ctx, Path(slug): Path<String>) -> Result<Response, AppError> {
    let id = id_of(&slug)?;
    let asked = ctx.clone();
    let found = app
        .read(&ctx, move |tx| {
            let organization = organizations::find(tx, id, asked.language())?.ok_or(AppError::NotFound)?;
            if let Some(path) = admit(&asked, &organization.state, &nodes::organization_path(id, &organization.row.name))? {
                return Ok(Found::Moved(path));
            }
            Ok::<_, AppError>(Found::Page(around(tx, organization)?))
        })
        .await?;
    match found {
        Found::Moved(path) => Ok(moved(&path)),
        Found::Page(read) => page(&view(&app, &ctx, read)),
    }
}

/// Reads the page of a committee whatever its state.
///
/// # Errors
/// `AppError::NotFound` if there is no such committee.
pub fn read(tx: &mut Tx<'_>, id: i64, language: Language) -> Result<Read, AppError> {
    let organization = organizations::find(tx, id, language)?.ok_or(AppError::NotFound)?;
    around(tx, organization)
}

fn around(tx: &mut Tx<'_>, organization: Organization) -> Result<Read, AppError> {
    let (id, now) = (organization.row.id, tx.now()?);
    let members = organizations::members(tx, id)?;
    let meetings = meetings::list_around(tx, id, now)?;
    let filter = Filter { organization: Some(id), ..Filter::default() };
    let start = Cursor::start();
    let papers = papers::list_dated(tx, &filter, start.day.as_deref().unwrap_or_default(), start.id, PAPERS_MAX)?;
    let ids: Vec<i64> = papers.iter().map(|paper| paper.id).collect();
    let stations = papers::stations(tx, &ids)?;
    Ok(Read { now, organization, members, meetings, papers, stations })
}

/// The page in words.
#[must_use]
pub fn view(app: &App, ctx: &Ctx, read: Read) -> OrganizationPage {
    let words = Words::new(ctx, read.now);
    let t = ctx.t;
    let row = &read.organization.row;
    let (items, years) = memberships(&words, &read.members, false);
    let (former, members): (Vec<MemberItem>, Vec<MemberItem>) = items.into_iter().partition(|item| item.is_past);
    let (held, coming): (Vec<&MeetingRow>, Vec<&MeetingRow>) = read.meetings.iter().partition(|meeting| meeting.starts_at.is_some_and(|at| at <= read.now));
    let group = Group::read(row.kind.as_deref(), row.classification.as_deref(), &row.name);
    let name = read.organization.name_in.clone().unwrap_or_else(|| row.name.clone());
    let path = nodes::organization_path(row.id, &row.name);
    OrganizationPage {
        shell: super::shell(app, ctx, name.clone())
            .crumb(t.get("council-organizations"), "/rat/gremien")
            .about(t.get("council-organization-about"))
            .feed(t.get("council-take-organization-meetings"), format!("{path}/kalender.ics"), super::CALENDAR)
            .feed(t.get("council-take-organization-papers"), format!("{path}/vorlagen.atom"), super::ATOM),
        name,
        is_translated: read.organization.name_in.is_some(),
        kind: row.classification.clone().or_else(|| row.kind.clone()).unwrap_or_else(|| words.group(group).to_owned()),
        lead: lead(&words, &read, members.len(), coming.first().copied()),
        facts: facts(&words, &read.organization),
        years,
        coming: coming.into_iter().map(|row| item(&words, row, &[])).collect(),
        held: held.into_iter().rev().map(|row| item(&words, row, &[])).collect(),
        papers: words.papers(&read.papers, &read.stations),
        id: row.id,
        members,
        former,
        t,
        words,
    }
}

/// Members, next meeting, and whether it still exists.
fn lead(words: &Words, read: &Read, members: usize, next: Option<&MeetingRow>) -> Markup {
    let t = words.t;
    let mut out = Markup::default();
    let today = words.dates.today().to_string();
    if let Some(day) = read.organization.row.ends_on.as_deref().filter(|day| *day < today.as_str()) {
        out.join(" ", &words.fill("council-organization-ended", &[("date", &words.day(day))]));
    }
    if members > 0 {
        out.join(" ", &Markup::text(&t.count("council-organization-members", members)));
    }
    match next.and_then(|row| row.starts_at) {
        Some(at) => out.join(" ", &words.fill("council-organization-next", &[("when", &Markup::text(&words.dates.near(words.dates.local(at).date())))])),
        None if !read.meetings.is_empty() => out.join(" ", &Markup::text(t.get("council-organization-no-next"))),
        None => {}
    }
    out
}

fn facts(words: &Words, organization: &Organization) -> Vec<(&'static str, Markup)> {
    let t = words.t;
    let row = &organization.row;
    let mut facts = Vec::new();
    if let Some(short) = row.short_name.as_deref().filter(|short| !short.is_empty() && *short != row.name) {
        facts.push((t.get("council-short-name"), Markup::text(short)));
    }
    if let Some(day) = &row.starts_on {
        facts.push((t.get("council-since"), words.day(day)));
    }
    if let Some(day) = &row.ends_on {
        facts.push((t.get("council-till"), words.day(day)));
    }
    if let Some(parent) = &organization.parent {
        facts.push((t.get("council-part-of"), Markup::link(&nodes::organization_path(parent.id, &parent.name), &parent.name)));
    }
    if let Some(web) = organization.website.as_deref().filter(|web| web.starts_with("https://") || web.starts_with("http://")) {
        facts.push((t.get("council-website"), Markup::link(web, web)));
    }
    facts
}

/// A term in the table.
struct TermItem {
    name: String,
    from: Markup,
    until: Markup,
    is_current: bool,
    body: String,
}

#[derive(Template)]
#[template(path = "rat/terms.html")]
struct TermsPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    terms: Vec<TermItem>,
}

/// The terms of the council.
///
/// # Errors
/// What the database reports.
pub async fn terms(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let (now, rows) = app.read(&ctx, |tx| Ok::<_, AppError>((tx.now()?, organizations::terms(tx)?))).await?;
    let words = Words::new(&ctx, now);
    let t = ctx.t;
    let today = words.dates.today().to_string();
    let terms = rows.into_iter().map(|row| TermItem {
        is_current: row.starts_on.as_ref().is_some_and(|day| *day <= today) && row.ends_on.as_ref().is_none_or(|day| *day >= today),
        from: row.starts_on.as_deref().map_or_else(|| Markup::text(t.get("council-not-given")), |day| words.day(day)),
        until: row.ends_on.as_deref().map_or_else(|| Markup::text(t.get("council-open-end")), |day| words.day(day)),
        name: row.name.filter(|name| !name.is_empty()).unwrap_or_else(|| t.get("council-term").to_owned()),
        body: row.body.unwrap_or_default(),
    });
    page(&TermsPage { shell: super::shell(&app, &ctx, t.get("council-terms")).about(t.get("council-terms-lead")), terms: terms.collect(), t, words })
}
