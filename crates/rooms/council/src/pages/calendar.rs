//! `/rat/kalender`: one month of meetings, a table of weeks that reads as a list on narrow screens.

use super::address::{Parameters, parameter};
use super::meetings::{MeetingItem, item, midnight};
use super::words::{Words, breakable};
use crate::store::meetings::{self, MeetingRow};
use allmende_core::Instant;
use allmende_platform::dates::Dates;
use allmende_platform::texts::Speaker;
use allmende_platform::web::{AppError, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use jiff::ToSpan;
use jiff::civil::Date;

/// Meetings shown in one month.
const MEETINGS_MAX: i64 = 300;

/// One cell of the table; without a date before the first and after the last day.
struct Day {
    date: Option<Date>,
    long: String,
    is_today: bool,
    meetings: Vec<(String, MeetingItem)>,
}

#[derive(Template)]
#[template(path = "rat/calendar.html")]
struct CalendarPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    title: String,
    month: String,
    count: usize,
    weekdays: Vec<&'static str>,
    weeks: Vec<Vec<Day>>,
    before: (String, String),
    after: (String, String),
    is_current: bool,
}

/// The first day of the month `2026-06`.
fn month(text: &str) -> Option<Date> {
    let (year, month) = text.split_once('-')?;
    let is_plain = year.len() == 4 && month.len() == 2;
    Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok().filter(|date| is_plain && (1900..=2200).contains(&date.year()))
}

/// The page of a month.
///
/// # Errors
/// What the database reports.
pub async fn calendar(State(app): State<App>, ctx: Ctx, Query(query): Parameters) -> Result<Response, AppError> {
    let asked = parameter(&query, "monat").and_then(|text| month(&text));
    let zone = ctx.site.zone.clone();
    let (now, first, rows) = app
        .read(&ctx, move |tx| {
            let now = tx.now()?;
            let first = asked.unwrap_or_else(|| now.at(&zone).date().first_of_month());
            let next = first.checked_add(1.month()).unwrap_or(first);
            let rows = meetings::list_from(tx, None, (midnight(first, &zone), 0), midnight(next, &zone), MEETINGS_MAX)?;
            Ok::<_, AppError>((now, first, rows))
        })
        .await?;
    page(&view(&app, &ctx, now, first, &rows))
}

fn named(dates: &Dates, first: Date) -> String {
    format!("{} {}", dates.month(first), first.year())
}

fn view(app: &App, ctx: &Ctx, now: Instant, first: Date, rows: &[MeetingRow]) -> CalendarPage {
    let words = Words::new(ctx, now);
    let t = ctx.t;
    let month = named(&words.dates, first);
    let title = t.with("council-calendar-title", &[("month", (&month).into())]);
    let other = |months: i64| {
        let date = first.checked_add(months.months()).unwrap_or(first);
        (format!("/rat/kalender?monat={:04}-{:02}", date.year(), date.month()), named(&words.dates, date))
    };
    CalendarPage {
        shell: super::shell(app, ctx, title.clone()).here(t.get("council-calendar")).about(t.get("council-calendar-about")).feed(
            t.get("council-take-meetings"),
            "/rat/kalender.ics",
            super::CALENDAR,
        ),
        count: rows.len(),
        weekdays: ["council-mo", "council-tu", "council-we", "council-th", "council-fr", "council-sa", "council-su"].map(|key| t.get(key)).to_vec(),
        weeks: weeks(&words, first, rows),
        before: other(-1),
        after: other(1),
        is_current: first == words.dates.today().first_of_month(),
        title,
        month,
        t,
        words,
    }
}

fn weeks(words: &Words, first: Date, rows: &[MeetingRow]) -> Vec<Vec<Day>> {
    let empty = || Day { date: None, long: String::new(), is_today: false, meetings: Vec::new() };
    let offset = usize::try_from(first.weekday().to_monday_zero_offset()).unwrap_or(0);
    let mut days: Vec<Day> = (0..offset).map(|_| empty()).collect();
    for number in 1..=first.days_in_month() {
        let Ok(date) = Date::new(first.year(), first.month(), number) else { continue };
        let of_day = rows.iter().filter(|row| row.starts_at.is_some_and(|at| words.dates.local(at).date() == date));
        let meetings = of_day.map(|row| (time(words, row), narrow(words, row))).collect();
        days.push(Day { date: Some(date), long: words.dates.weekday_day(date), is_today: date == words.dates.today(), meetings });
    }
    while !days.len().is_multiple_of(7) {
        days.push(empty());
    }
    let mut weeks = Vec::new();
    while !days.is_empty() {
        let rest = days.split_off(days.len().min(7));
        weeks.push(std::mem::replace(&mut days, rest));
    }
    weeks
}

/// A meeting in a cell of the table.
fn narrow(words: &Words, row: &MeetingRow) -> MeetingItem {
    let meeting = item(words, row, &[]);
    MeetingItem { title: breakable(&meeting.title), ..meeting }
}

fn time(words: &Words, row: &MeetingRow) -> String {
    row.starts_at.filter(|at| words.has_time(*at)).map(|at| words.dates.time(at)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_four_and_two_digits() {
        assert_eq!(month("2026-06"), Some(Date::constant(2026, 6, 1)));
        for wrong in ["2026-13", "2026-6", "26-06", "1899-12", "2201-01", "x", "2026-06-01"] {
            assert_eq!(month(wrong), None, "{wrong}");
        }
        assert!(month("1900-01").is_some() && month("2200-12").is_some());
    }
}
