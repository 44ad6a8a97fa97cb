//! Meetings as iCalendar. Source: RFC 5545 and, for the calendar's name, RFC 7986.

use super::{CACHED, clean, number_of};
use crate::model::Organization;
use crate::store::feeds::{self, MeetingRow};
use crate::store::nodes;
use allmende_core::Instant;
use allmende_platform::{App, AppError, Ctx, sites};
use axum::extract::{Path, State};
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

/// Calendars look back a year, so that a meeting does not vanish from one's diary the day after.
const LOOK_BACK_SECONDS: i64 = 366 * 86_400;
/// A meeting without a known end takes two hours in a diary.
const USUAL_SECONDS: i64 = 2 * 3_600;
/// Who wrote the calendar. Source: RFC 5545, 3.7.3.
const PRODUCT: &str = "-//Allmende//Sitzungen//DE";
const END: &str = "END:VCALENDAR\r\n";
/// A calendar must have something in it (RFC 5545, 3.6); one without meetings has the zone of its moments.
const ZONE: &str = "BEGIN:VTIMEZONE\r\nTZID:Etc/UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

/// All public meetings.
///
/// # Errors
/// What the database reports.
pub async fn all(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let meetings = app
        .read(&ctx, |tx| {
            let since = tx.now()?.plus_seconds(-LOOK_BACK_SECONDS);
            Ok::<_, AppError>(feeds::meetings(tx, None, since)?)
        })
        .await?;
    let name = ctx.t.with("council-calendar-all", &[("site", (&ctx.site.name).into())]);
    Ok(answer(&ctx, &name, &meetings))
}

/// The public meetings of one committee.
///
/// # Errors
/// `AppError::NotFound` if there is no such public committee.
pub async fn of_organization(State(app): State<App>, ctx: Ctx, Path(slug): Path<String>) -> Result<Response, AppError> {
    let id = number_of::<Organization>(&slug).ok_or(AppError::NotFound)?;
    let (name, meetings) = app
        .read(&ctx, move |tx| {
            let name = feeds::organization_name(tx, id)?.ok_or(AppError::NotFound)?;
            let since = tx.now()?.plus_seconds(-LOOK_BACK_SECONDS);
            Ok::<_, AppError>((name, feeds::meetings(tx, Some(id), since)?))
        })
        .await?;
    Ok(answer(&ctx, &format!("{name} – {}", ctx.site.name), &meetings))
}

/// A calendar of these meetings.
#[must_use]
pub fn answer(ctx: &Ctx, name: &str, meetings: &[MeetingRow]) -> Response {
    let mut calendar = Calendar::empty();
    for (key, value) in [("VERSION", "2.0"), ("PRODID", PRODUCT), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property(Property::new(key, value));
    }
    // The library escapes texts by the name of their property and does not know that NAME (RFC 7986) is one.
    let name = clean(name);
    calendar.append_property(Property::new("NAME", name.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")));
    calendar.append_property(Property::new("X-WR-CALNAME", name));
    for meeting in meetings {
        calendar.push(event(ctx, meeting));
    }
    let headers = [(CONTENT_TYPE, "text/calendar; charset=utf-8"), (ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (CACHE_CONTROL, CACHED)];
    let text = calendar.done().to_string();
    let text = if meetings.is_empty() { text.replacen(END, &format!("{ZONE}{END}"), 1) } else { text };
    (headers, text).into_response()
}

fn event(ctx: &Ctx, meeting: &MeetingRow) -> Event {
    let host = sites::host_of(&ctx.site.base_url).unwrap_or("allmende");
    let title = if meeting.organizations.is_empty() { &meeting.name } else { &meeting.organizations };
    let end = meeting.ends_at.filter(|end| *end > meeting.starts_at).unwrap_or_else(|| meeting.starts_at.plus_seconds(USUAL_SECONDS));
    let mut event = Event::new();
    event
        .uid(&format!("meeting-{}@{host}", meeting.id))
        .summary(&clean(title))
        .add_property("DTSTAMP", utc(meeting.modified_at))
        .add_property("LAST-MODIFIED", utc(meeting.modified_at))
        .add_property("DTSTART", utc(meeting.starts_at))
        .add_property("DTEND", utc(end))
        .status(if meeting.cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed })
        .url(&format!("{}{}", ctx.site.base_url, nodes::meeting_path(meeting.id, &meeting.name)));
    if !meeting.place.is_empty() {
        event.location(&clean(&meeting.place));
    }
    event.done()
}

/// `20260609T170000Z`
fn utc(at: Instant) -> String {
    at.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string()
}
