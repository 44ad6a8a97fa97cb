//! What somebody gave, and what became of it: gathered from all rooms, the newest first.

use super::{asked, reader};
use allmende_core::Instant;
use allmende_db::{DbError, Tx};
use allmende_platform::dates::Dates;
use allmende_platform::limits::PAGE_ROWS;
use allmende_platform::personal::{Became, Given, Personal, Window};
use allmende_platform::texts::Speaker;
use allmende_platform::web::{Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

#[derive(Template)]
#[template(path = "given.html")]
struct GivenPage {
    shell: Shell,
    t: Speaker,
    given: Vec<GivenRow>,
    /// Where the next page begins.
    next: Option<String>,
}

/// One thing that somebody gave, as pages show it.
pub(super) struct GivenRow {
    pub(super) title: String,
    pub(super) path: String,
    /// What it is and when it was given.
    pub(super) about: String,
    pub(super) state: String,
    pub(super) shape: &'static str,
    pub(super) answer: Option<AnswerRow>,
    pub(super) became: Vec<Became>,
}

pub(super) struct AnswerRow {
    pub(super) date: String,
    pub(super) text: String,
    pub(super) path: String,
}

impl GivenRow {
    pub(super) fn new(t: Speaker, dates: &Dates, given: Given) -> Self {
        let day = |at| dates.day(dates.local(at).date());
        let about = t.with("given-about", &[("kind", given.kind.as_str().into()), ("date", day(given.at).as_str().into())]);
        let answer = given.answer.map(|answer| AnswerRow { date: day(answer.at), text: answer.text, path: answer.path });
        Self { title: given.title, path: given.path, about, state: given.state, shape: given.shape, answer, became: given.became }
    }
}

/// The newest things that a person gave on this site before a moment. One statement a room.
pub(super) fn list(tx: &mut Tx<'_>, rooms: &[Personal], window: &Window) -> Result<Vec<Given>, DbError> {
    let mut all = Vec::new();
    for room in rooms {
        if let Some(given) = room.given {
            all.extend(given(tx, window)?);
        }
    }
    all.sort_by_key(|given| std::cmp::Reverse(given.at));
    all.truncate(usize::try_from(window.rows).unwrap_or(usize::MAX));
    Ok(all)
}

/// Where a page begins: behind the things of this moment that the pages before have shown. Several things can have one moment, as what
/// came in at the same instant or was taken over from elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cursor {
    at: Instant,
    shown: usize,
}

impl Cursor {
    /// Things of one moment that are told apart, at most.
    const SHOWN_MAX: usize = 1_000;

    /// From `1780902000000-3`.
    fn parse(text: &str) -> Option<Self> {
        let (at, shown) = text.split_once('-')?;
        Some(Self { at: Instant::from_millis(at.parse().ok()?), shown: shown.parse().ok().filter(|shown| *shown <= Self::SHOWN_MAX)? })
    }

    fn text(self) -> String {
        format!("{}-{}", self.at.millis(), self.shown)
    }

    /// Behind the last of these rows, which a page from `self` shows.
    fn behind(before: Option<Self>, rows: &[Given]) -> Option<Self> {
        let at = rows.last()?.at;
        let own = rows.iter().rev().take_while(|given| given.at == at).count();
        let earlier = before.filter(|before| before.at == at).map_or(0, |before| before.shown);
        Some(Self { at, shown: own + earlier })
    }
}

/// The page: `?vor=` is the [`Cursor`] behind the page before.
pub(crate) async fn show(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let (person, t, own, zone) = (reader(&ctx)?.person, ctx.t, app.clone(), ctx.site.zone.clone());
    let cursor = Cursor::parse(&asked(&ctx, "vor"));
    let rows = usize::try_from(PAGE_ROWS).unwrap_or(usize::MAX);
    let (mut given, dates) = app
        .read(&ctx, move |tx| {
            let now = tx.now()?;
            let dates = Dates::new(t, zone.clone(), now);
            // Things of the very moment belong to it.
            let before = Instant::from_millis(cursor.map_or_else(|| now.plus_seconds(1), |cursor| cursor.at).millis().saturating_add(1));
            let shown = cursor.map_or(0, |cursor| cursor.shown);
            let window = Window { person, before, rows: PAGE_ROWS + 1 + i64::try_from(shown).unwrap_or(0), t, dates: dates.clone() };
            let given: Vec<Given> = list(tx, &own.parts.ports.personal, &window)?.into_iter().skip(shown).collect();
            Ok::<_, AppError>((given, dates))
        })
        .await?;
    let has_more = given.len() > rows;
    given.truncate(rows);
    let next = Cursor::behind(cursor, &given).filter(|_| has_more).map(Cursor::text);
    let mut shell = Shell::new(&app, &ctx, t.get("given-heading")).crumb(t.get("nav-start"), "/").crumb(t.get("account-heading"), "/konto");
    shell.hidden_from_search = true;
    page(&GivenPage { shell, t, given: given.into_iter().map(|given| GivenRow::new(t, &dates, given)).collect(), next })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(millis: i64) -> Given {
        let (kind, title, path, state) = (String::new(), String::new(), String::new(), String::new());
        Given { kind, title, path, at: Instant::from_millis(millis), state, shape: "open", answer: None, became: Vec::new() }
    }

    #[test]
    fn a_page_goes_on_behind_what_was_shown_of_one_moment() {
        let behind =
            |before: &str, millis: &[i64]| Cursor::behind(Cursor::parse(before), &millis.iter().copied().map(given).collect::<Vec<_>>()).map(Cursor::text);
        assert_eq!(behind("", &[9, 8, 7]).as_deref(), Some("7-1"));
        assert_eq!(behind("", &[9, 7, 7]).as_deref(), Some("7-2"));
        assert_eq!(behind("7-2", &[7, 7, 7]).as_deref(), Some("7-5"), "a moment longer than a page");
        assert_eq!(behind("7-2", &[7, 6]).as_deref(), Some("6-1"));
        assert_eq!(behind("7-2", &[]), None);
        for wrong in ["7", "-", "x-1", "7-x", "7--1", "7-1001"] {
            assert_eq!(Cursor::parse(wrong), None, "{wrong}");
        }
        assert!(Cursor::parse("7-1000").is_some());
    }
}
