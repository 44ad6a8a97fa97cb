//! `/rat`: what is on this week, the newest papers, and the ways on.

use super::meetings::{MeetingItem, item, midnight, never};
use super::words::{PaperItem, Words};
use crate::store::meetings::{self, MeetingRow};
use crate::store::papers::{self, Cursor, Filter, PaperRow, StationRow};
use allmende_core::Instant;
use allmende_db::{DbError, Tx};
use allmende_platform::texts::Speaker;
use allmende_platform::web::{AppError, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use jiff::ToSpan;
use jiff::tz::TimeZone;

/// Papers on the entrance.
const PAPERS_MAX: i64 = 6;
/// Meetings of a week.
const MEETINGS_MAX: i64 = 8;
/// Meetings to come or held, where the week has none.
const OTHERS_MAX: i64 = 4;

/// The meetings that belong on a first page.
pub struct Week {
    /// The database's time.
    pub now: Instant,
    /// Meetings from today to the end of the week; if there are none, the next ones.
    pub rows: Vec<MeetingRow>,
    /// Whether they are of this week.
    pub is_this_week: bool,
    /// The last meetings, if this week has none.
    pub held: Vec<MeetingRow>,
    /// What the meetings to come are about.
    pub topics: Vec<(i64, String)>,
}

/// Reads the meetings of the week from Monday to Sunday on the clocks of the site. At most three statements.
///
/// # Errors
/// What the database reports.
pub fn week(tx: &mut Tx<'_>, zone: &TimeZone, with_held: bool) -> Result<Week, DbError> {
    let now = tx.now()?;
    let today = now.at(zone).date();
    let monday = today.checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days()).unwrap_or(today);
    let next_monday = midnight(monday.checked_add(7.days()).unwrap_or(today), zone);
    let mut rows = meetings::list_from(tx, None, (midnight(today, zone), 0), never(), MEETINGS_MAX)?;
    let of_week = rows.iter().take_while(|row| row.starts_at.is_some_and(|at| at < next_monday)).count();
    rows.truncate(if of_week > 0 { of_week } else { usize::try_from(OTHERS_MAX).unwrap_or(0) });
    let held = if with_held && of_week == 0 {
        meetings::list_before(tx, None, (midnight(today, zone), 0), Instant::from_millis(i64::MIN), OTHERS_MAX)?
    } else {
        Vec::new()
    };
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let topics = if ids.is_empty() { Vec::new() } else { meetings::topics(tx, &ids)? };
    Ok(Week { now, is_this_week: of_week > 0, rows, held, topics })
}

#[derive(Template)]
#[template(path = "rat/entrance.html")]
struct EntrancePage {
    shell: Shell,
    t: Speaker,
    words: Words,
    meetings: Vec<MeetingItem>,
    is_this_week: bool,
    held: Vec<MeetingItem>,
    papers: Vec<PaperItem>,
}

/// The entrance of the council room.
///
/// # Errors
/// What the database reports.
pub async fn entrance(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let zone = ctx.site.zone.clone();
    let (week, papers, stations) = app
        .read(&ctx, move |tx| {
            let week = week(tx, &zone, true)?;
            let start = Cursor::start();
            let papers = papers::list_dated(tx, &Filter::default(), start.day.as_deref().unwrap_or_default(), start.id, PAPERS_MAX)?;
            let ids: Vec<i64> = papers.iter().map(|paper| paper.id).collect();
            let stations = papers::stations(tx, &ids)?;
            Ok::<(Week, Vec<PaperRow>, Vec<StationRow>), AppError>((week, papers, stations))
        })
        .await?;
    let words = Words::new(&ctx, week.now);
    let t = ctx.t;
    let shell = Shell::new(&app, &ctx, t.get("council-rat")).crumb(t.get("council-start"), "/").about(t.get("council-entrance-lead"));
    page(&EntrancePage {
        meetings: week.rows.iter().map(|row| item(&words, row, &week.topics)).collect(),
        is_this_week: week.is_this_week,
        held: week.held.iter().map(|row| item(&words, row, &[])).collect(),
        papers: words.papers(&papers, &stations),
        shell,
        t,
        words,
    })
}
