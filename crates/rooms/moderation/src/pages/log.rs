//! `/moderation`: what was done, by which rule, by which role. No names, no titles, no words of anybody.

use super::words;
use crate::store::decisions::{self, PublicLine};
use allmende_platform::dates::Dates;
use allmende_platform::limits::PAGE_ROWS;
use allmende_platform::texts::Speaker;
use allmende_platform::web::{Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

/// A line as the page and the feed show it.
pub(crate) struct Line {
    pub day: String,
    pub kind: &'static str,
    pub action: &'static str,
    pub shape: &'static str,
    pub rule: String,
    pub role: &'static str,
    pub is_after_appeal: bool,
}

/// One line of the log in the reader's words.
pub(crate) fn line(app: &App, ctx: &Ctx, dates: &Dates, line: &PublicLine) -> Line {
    let t = ctx.t;
    Line {
        day: dates.day(dates.local(line.decided_at).date()),
        kind: words::kind(app, t, &line.kind),
        action: words::action(t, line.action.key()),
        shape: words::shape(line.action),
        rule: line.rule.as_deref().map(|rule| words::rule(&ctx.site, t, rule).0).unwrap_or_default(),
        role: words::role(t, &line.role),
        is_after_appeal: line.is_after_appeal,
    }
}

#[derive(Template)]
#[template(path = "moderation/log.html")]
struct LogPage {
    shell: Shell,
    t: Speaker,
    lines: Vec<Line>,
    is_first: bool,
    earlier: Option<i64>,
}

/// The log, newest first; `?vor=` goes on from a line.
///
/// # Errors
/// What the database reports.
pub async fn log(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let before = super::asked(&ctx, "vor").parse::<i64>().ok();
    let (mut rows, now) = app.read(&ctx, move |tx| Ok::<_, AppError>((decisions::list_log(tx, before.unwrap_or(i64::MAX), PAGE_ROWS + 1)?, tx.now()?))).await?;
    let shown = usize::try_from(PAGE_ROWS).unwrap_or(usize::MAX);
    let has_more = rows.len() > shown;
    rows.truncate(shown);
    let t = ctx.t;
    let dates = Dates::new(t, ctx.site.zone.clone(), now);
    let shell = Shell::new(&app, &ctx, t.get("moderation-heading")).crumb(t.get("nav-start"), "/").about(t.get("moderation-lead")).feed(
        t.get("moderation-heading"),
        "/moderation.atom",
        "application/atom+xml",
    );
    page(&LogPage {
        shell,
        t,
        lines: rows.iter().map(|row| line(&app, &ctx, &dates, row)).collect(),
        is_first: before.is_none(),
        earlier: rows.last().filter(|_| has_more).map(|row| row.id),
    })
}
