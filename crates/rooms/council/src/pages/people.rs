//! `/rat/menschen` and one person: memberships over time, nothing private.

use super::address::{Found, Parameters, admit, id_of, moved, parameter, person_path};
use super::markup::Markup;
use super::organizations::{MemberItem, memberships};
use super::words::{PaperItem, Words};
use crate::names::Group;
use crate::store::nodes;
use crate::store::organizations::{self, MembershipRow};
use crate::store::papers::{self, PaperRow, StationRow};
use crate::store::people::{self, Person, PersonRow};
use allmende_core::Instant;
use allmende_platform::texts::Speaker;
use allmende_platform::web::routes::encode;
use allmende_platform::web::{AppError, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;

/// People on one page.
const PEOPLE_MAX: usize = 100;
/// Papers on the page of a person.
const PAPERS_MAX: i64 = 10;

/// A person in the list.
struct PersonItem {
    path: String,
    name: String,
    note: Markup,
}

#[derive(Template)]
#[template(path = "rat/people.html")]
struct PeoplePage {
    shell: Shell,
    t: Speaker,
    words: Words,
    letters: Vec<(String, Vec<PersonItem>)>,
    is_former: bool,
    is_first: bool,
    next: Option<String>,
}

/// The list of people.
///
/// # Errors
/// What the database reports.
pub async fn people(State(app): State<App>, ctx: Ctx, Query(query): Parameters) -> Result<Response, AppError> {
    let is_former = parameter(&query, "ansicht").as_deref() == Some("frueher");
    let after = parameter(&query, "ab").and_then(|text| {
        let (id, key) = text.split_once('_')?;
        Some((key.to_owned(), id.parse::<i64>().ok()?))
    });
    let is_first = after.is_none();
    let zone = ctx.site.zone.clone();
    let limit = i64::try_from(PEOPLE_MAX + 1).unwrap_or(i64::MAX);
    let (now, mut rows) = app
        .read(&ctx, move |tx| {
            let now = tx.now()?;
            let (key, id) = after.as_ref().map_or(("", 0), |(key, id)| (key.as_str(), *id));
            Ok::<_, AppError>((now, people::list(tx, !is_former, (key, id), &now.at(&zone).date().to_string(), limit)?))
        })
        .await?;
    let more = rows.len() > PEOPLE_MAX;
    rows.truncate(PEOPLE_MAX);
    let words = Words::new(&ctx, now);
    let t = ctx.t;
    let view = if is_former { "ansicht=frueher&" } else { "" };
    let next = rows.last().filter(|_| more).map(|row| format!("/rat/menschen?{view}ab={}", encode(&format!("{}_{}", row.id, row.sort_key))));
    page(&PeoplePage {
        shell: super::shell(&app, &ctx, t.get("council-people")).about(t.get("council-people-lead")),
        letters: letters(&words, &rows),
        is_former,
        is_first,
        next,
        t,
        words,
    })
}

/// People under their letters.
fn letters(words: &Words, rows: &[PersonRow]) -> Vec<(String, Vec<PersonItem>)> {
    let mut letters: Vec<(String, Vec<PersonItem>)> = Vec::new();
    for row in rows {
        let letter = row.sort_key.chars().next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
        let note = row.current.as_ref().map(|organization| note(words, &organization.name, row.memberships)).unwrap_or_default();
        let item = PersonItem { path: person_path(row.id, &row.name), name: row.name.clone(), note };
        match letters.last_mut().filter(|(last, _)| *last == letter) {
            Some((_, items)) => items.push(item),
            None => letters.push((letter, vec![item])),
        }
    }
    letters
}

fn note(words: &Words, organization: &str, count: i64) -> Markup {
    let name = Markup::text(organization);
    match count {
        ..=1 => name,
        2 => words.fill("council-person-and-one", &[("name", &name)]),
        _ => words.fill("council-person-and-more", &[("name", &name), ("count", &Markup::text(&words.t.number(count - 1)))]),
    }
}

struct Read {
    now: Instant,
    person: Person,
    memberships: Vec<MembershipRow>,
    papers: Vec<PaperRow>,
    stations: Vec<StationRow>,
}

#[derive(Template)]
#[template(path = "rat/person.html")]
struct PersonPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    name: String,
    lead: Markup,
    life: Option<String>,
    life_source: Option<String>,
    current: Vec<MemberItem>,
    former: Vec<MemberItem>,
    years: Option<(i16, i16)>,
    papers: Vec<PaperItem>,
}

/// The page of a person.
///
/// # Errors
/// 404 for what is not public, 410 for what was withdrawn.
pub async fn person(State(app): State<App>, ctx: Ctx, Path(slug): Path<String>) -> Result<Response, AppError> {
    let id = id_of(&slug)?;
    let asked = ctx.clone();
    let found = app
        .read(&ctx, move |tx| {
            let person = people::find(tx, id)?.ok_or(AppError::NotFound)?;
            if let Some(path) = admit(&asked, &person.state, &person_path(id, &person.name))? {
                return Ok(Found::Moved(path));
            }
            let memberships = organizations::memberships_of(tx, id)?;
            let papers = people::list_brought_in(tx, id, PAPERS_MAX)?;
            let ids: Vec<i64> = papers.iter().map(|paper| paper.id).collect();
            let stations = if ids.is_empty() { Vec::new() } else { papers::stations(tx, &ids)? };
            Ok::<_, AppError>(Found::Page(Read { now: tx.now()?, person, memberships, papers, stations }))
        })
        .await?;
    match found {
        Found::Moved(path) => Ok(moved(&path)),
        Found::Page(read) => page(&view(&app, &ctx, read)),
    }
}

fn view(app: &App, ctx: &Ctx, read: Read) -> PersonPage {
    let words = Words::new(ctx, read.now);
    let t = ctx.t;
    let (items, years) = memberships(&words, &read.memberships, true);
    let faction = read
        .memberships
        .iter()
        .zip(&items)
        .find(|(row, item)| !item.is_past && Group::read(row.kind.as_deref(), None, &row.organization.name) == Group::Faction);
    let mut lead = Markup::default();
    if let Some((row, _)) = faction {
        let link = Markup::link(&nodes::organization_path(row.organization.id, &row.organization.name), &row.organization.name);
        lead.join(" ", &words.fill("council-person-faction", &[("name", &link)]));
    }
    let (former, current): (Vec<MemberItem>, Vec<MemberItem>) = items.into_iter().partition(|item| item.is_past);
    let count = if current.is_empty() { t.get("council-person-no-mandate").to_owned() } else { t.count("council-person-mandates", current.len()) };
    lead.join(" ", &Markup::text(&count));
    let name = read.person.name.clone();
    PersonPage {
        shell: super::shell(app, ctx, name.clone()).crumb(t.get("council-people"), "/rat/menschen").about(t.get("council-person-about")),
        lead,
        life: read.person.life.filter(|life| !life.is_empty()),
        life_source: read.person.life_source.filter(|source| !source.is_empty()),
        current,
        former,
        years,
        papers: words.papers(&read.papers, &read.stations),
        name,
        t,
        words,
    }
}
