//! `/rat/vorlagen`: all papers, newest first, with how each stands.

use super::address::{Parameters, parameter};
use super::words::{PaperItem, Words};
use crate::store::Named;
use crate::store::papers::{self, Choices, Cursor, Filter, PaperRow, StationRow};
use allmende_core::Instant;
use allmende_db::{DbError, Tx};
use allmende_platform::texts::Speaker;
use allmende_platform::web::routes::encode;
use allmende_platform::web::{AppError, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use std::collections::HashMap;
use std::sync::Arc;

/// Papers on one page.
const PAPERS_MAX: i64 = 30;

/// What was asked for.
#[derive(Debug, Clone, Default)]
struct Asked {
    filter: Filter,
    year: Option<i16>,
    cursor: Option<Cursor>,
}

impl Asked {
    fn read(query: &HashMap<String, String>) -> Self {
        let number = |name: &str| parameter(query, name).and_then(|value| value.parse::<i64>().ok());
        let year = number("jahr").and_then(|year| i16::try_from(year).ok()).filter(|year| (1900..=2200).contains(year));
        let filter =
            Filter { kind: parameter(query, "art"), organization: number("gremium"), place: number("ort"), from: year.map(|year| format!("{year:04}-00-00")) };
        Self { filter, year, cursor: parameter(query, "ab").and_then(|text| cursor(&text)) }
    }

    fn start(&self) -> Cursor {
        match (&self.cursor, self.year) {
            (Some(cursor), _) => cursor.clone(),
            (None, Some(year)) => Cursor { day: Some(format!("{year:04}-99-99")), id: i64::MAX },
            (None, None) => Cursor::start(),
        }
    }

    fn narrows(&self) -> bool {
        self.filter.kind.is_some() || self.filter.organization.is_some() || self.filter.place.is_some() || self.year.is_some()
    }
}

/// `2026-03-03_123`, or `_123` among the papers without a day.
fn cursor(text: &str) -> Option<Cursor> {
    let (day, id) = text.rsplit_once('_')?;
    let id = id.parse().ok()?;
    let is_day = day.len() == 10 && day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    (day.is_empty() || is_day).then(|| Cursor { day: (!day.is_empty()).then(|| day.to_owned()), id })
}

fn cursor_text(row: &PaperRow) -> String {
    format!("{}_{}", row.dated_on.as_deref().unwrap_or_default(), row.id)
}

/// One page of papers and where it goes on.
struct Listed {
    rows: Vec<PaperRow>,
    next: Option<String>,
}

fn list(tx: &mut Tx<'_>, asked: &Asked) -> Result<Listed, DbError> {
    let mut rows = some(tx, asked, &asked.start(), PAPERS_MAX + 1)?;
    let more = rows.len() > usize::try_from(PAPERS_MAX).unwrap_or(0);
    rows.truncate(usize::try_from(PAPERS_MAX).unwrap_or(0));
    let next = rows.last().filter(|_| more).map(cursor_text);
    Ok(Listed { rows, next })
}

/// Rows after a cursor: first those with a day, then, unless the list is of one year, those without.
fn some(tx: &mut Tx<'_>, asked: &Asked, from: &Cursor, limit: i64) -> Result<Vec<PaperRow>, DbError> {
    let mut rows = match &from.day {
        Some(day) => papers::list_dated(tx, &asked.filter, day, from.id, limit)?,
        None => Vec::new(),
    };
    let left = limit - i64::try_from(rows.len()).unwrap_or(limit);
    if left > 0 && asked.year.is_none() {
        let id = if from.day.is_none() { from.id } else { i64::MAX };
        rows.extend(papers::list_undated(tx, &asked.filter, id, left)?);
    }
    Ok(rows)
}

struct Read {
    now: Instant,
    choices: Arc<Choices>,
    place: Option<Named>,
    listed: Listed,
    stations: Vec<StationRow>,
}

#[derive(Template)]
#[template(path = "rat/papers.html")]
struct PapersPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    rows: Vec<PaperItem>,
    kinds: Vec<(String, bool)>,
    committees: Vec<(Named, bool)>,
    years: Vec<(i16, bool)>,
    place: Option<Named>,
    is_narrowed: bool,
    is_first: bool,
    next: Option<String>,
    first: String,
}

/// The list of papers.
///
/// # Errors
/// What the database reports.
pub async fn papers(State(app): State<App>, ctx: Ctx, Query(query): Parameters) -> Result<Response, AppError> {
    // Words are looked for by the search; addresses from before it lead there.
    if let Some(words) = parameter(&query, "q") {
        return Ok(Redirect::permanent(&format!("/suche?q={}&art=vorlage", encode(&words))).into_response());
    }
    let asked = Asked::read(&query);
    let (wanted, kept, writes) = (asked.clone(), app.clone(), app.parts.db.writes());
    let read = app
        .read(&ctx, move |tx| {
            let choices = kept.fresh.of(tx, writes, papers::choices)?;
            let place = wanted.filter.place.map_or(Ok(None), |place| papers::find_place(tx, place))?;
            let listed = list(tx, &wanted)?;
            let ids: Vec<i64> = listed.rows.iter().map(|row| row.id).collect();
            Ok::<_, AppError>(Read { now: tx.now()?, choices, place, stations: papers::stations(tx, &ids)?, listed })
        })
        .await?;
    page(&view(&app, &ctx, &asked, read))
}

/// The feed that is nearest to what is shown: its title and its address.
fn feed(t: Speaker, asked: &Asked) -> (&'static str, String) {
    match (asked.filter.organization, asked.filter.place, &asked.filter.kind) {
        (Some(id), _, _) => (t.get("council-take-organization-papers"), format!("/rat/gremien/{id}/vorlagen.atom")),
        (None, Some(id), _) => (t.get("council-take-place-papers"), format!("/rat/orte/{id}/vorlagen.atom")),
        (None, None, Some(kind)) => (t.get("council-take-kind-papers"), format!("/rat/vorlagen.atom?art={}", encode(kind))),
        (None, None, None) => (t.get("council-take-papers"), "/rat/vorlagen.atom".to_owned()),
    }
}

fn view(app: &App, ctx: &Ctx, asked: &Asked, read: Read) -> PapersPage {
    let words = Words::new(ctx, read.now);
    let t = ctx.t;
    let (title, path) = feed(t, asked);
    let shell = super::shell(app, ctx, t.get("council-papers")).about(t.get("council-papers-lead")).feed(title, path, super::ATOM);
    let rest = ctx.query_without("ab");
    let years = read.choices.days.as_ref().map(|(first, last)| (year(first), year(last))).unwrap_or_default();
    PapersPage {
        rows: words.papers(&read.listed.rows, &read.stations),
        kinds: read.choices.kinds.iter().map(|kind| (kind.clone(), asked.filter.kind.as_ref() == Some(kind))).collect(),
        committees: read.choices.organizations.iter().map(|other| (other.clone(), asked.filter.organization == Some(other.id))).collect(),
        years: (years.0.max(1900)..=years.1).rev().map(|year| (year, asked.year == Some(year))).collect(),
        place: read.place,
        is_narrowed: asked.narrows(),
        is_first: asked.cursor.is_none(),
        next: read.listed.next.map(|next| format!("/rat/vorlagen?{rest}ab={}", encode(&next))),
        first: format!("/rat/vorlagen?{}", rest.trim_end_matches('&')),
        shell,
        t,
        words,
    }
}

fn year(day: &str) -> i16 {
    day.get(..4).and_then(|year| year.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_a_day_and_a_number() {
        assert_eq!(cursor("2026-03-03_12"), Some(Cursor { day: Some("2026-03-03".to_owned()), id: 12 }));
        assert_eq!(cursor("_12"), Some(Cursor { day: None, id: 12 }));
        for wrong in ["", "12", "2026-03-03", "2026-03-0x_1", "2026-03-03_x"] {
            assert_eq!(cursor(wrong), None, "{wrong}");
        }
    }
}
