//! The council's sections of the start page: the meetings of this week and the latest decisions.

use super::entrance::week;
use super::meetings::{MeetingItem, item};
use super::words::{PaperItem, Words};
use crate::store::papers;
use allmende_db::{DbError, Tx};
use allmende_platform::app::FrontContext;
use allmende_platform::texts::Speaker;
use askama::Template;

/// Decisions on the start page.
const DECISIONS_MAX: usize = 5;

#[derive(Template)]
#[template(path = "rat/front_week.html")]
struct WeekPart {
    t: Speaker,
    words: Words,
    meetings: Vec<MeetingItem>,
    is_this_week: bool,
}

#[derive(Template)]
#[template(path = "rat/front_decided.html")]
struct DecidedPart {
    t: Speaker,
    words: Words,
    papers: Vec<PaperItem>,
}

fn rendered(template: &impl Template) -> Result<String, DbError> {
    template.render().map_err(|error| DbError::Other(error.to_string()))
}

/// "Diese Woche im Rat". Two statements; empty if no meeting is to come.
///
/// # Errors
/// What the database reports.
pub fn front_part(tx: &mut Tx<'_>, front: &FrontContext) -> Result<String, DbError> {
    let week = week(tx, &front.ctx.site.zone, false)?;
    if week.rows.is_empty() {
        return Ok(String::new());
    }
    let words = Words::new(&front.ctx, week.now);
    let meetings = week.rows.iter().map(|row| item(&words, row, &week.topics)).collect();
    rendered(&WeekPart { t: front.ctx.t, words, meetings, is_this_week: week.is_this_week })
}

/// "Was gerade beschlossen wurde". Two statements; empty if nothing was decided in the last 400 days.
///
/// # Errors
/// What the database reports.
pub fn decided_part(tx: &mut Tx<'_>, front: &FrontContext) -> Result<String, DbError> {
    let now = tx.now()?;
    let mut rows = papers::list_decided(tx, now, 20)?;
    rows.truncate(DECISIONS_MAX);
    if rows.is_empty() {
        return Ok(String::new());
    }
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut stations = papers::stations(tx, &ids)?;
    stations.sort_by_key(|station| station.paper);
    let words = Words::new(&front.ctx, now);
    let papers = words.papers(&rows, &stations);
    rendered(&DecidedPart { t: front.ctx.t, words, papers })
}
