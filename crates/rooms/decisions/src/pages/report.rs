//! `/beschluesse/bericht/2026-1`: the half-yearly report to the council, as a page that prints and as a table.

use super::words::{State, Words};
use crate::rules::{Half, Status};
use crate::store::decisions::{self, Filter, LateCursor, Listed};
use crate::store::path;
use crate::store::report::{self, Changed, Standing};
use crate::table::Table;
use allmende_core::Instant;
use allmende_db::Tx;
use allmende_platform::texts::Speaker;
use allmende_platform::web::{AppError, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, State as Axum};
use axum::response::Response;
use jiff::tz::TimeZone;

/// Changes on the page; the table has all.
const CHANGES_SHOWN: i64 = 200;
/// Decisions later than planned on the page.
const LATE_SHOWN: i64 = 100;

struct Line {
    state: State,
    before: String,
    after: String,
    change: String,
}

struct ChangeItem {
    path: String,
    title: String,
    day: String,
    from: Option<&'static str>,
    state: State,
    note: String,
    department: String,
}

#[derive(Template)]
#[template(path = "beschluss/report.html")]
struct ReportPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    title: String,
    lead: String,
    is_running: bool,
    lines: Vec<Line>,
    total_before: String,
    total_after: String,
    changes: Vec<ChangeItem>,
    has_more: bool,
    late: Vec<super::list::Item>,
    csv: String,
    earlier: String,
    later: Option<String>,
}

struct Read {
    now: Instant,
    standing: Standing,
    changed: Vec<Changed>,
    late: Vec<Listed>,
}

/// First moment of a half year and of the next.
fn bounds(half: Half, zone: &TimeZone) -> (Instant, Instant) {
    let start = |half: Half| half.first_day().to_zoned(zone.clone()).map_or(Instant::from_millis(0), |day| day.timestamp().into());
    (start(half), start(half.after()))
}

/// A half year that has begun; anything else has no report.
fn half_of(name: &str, now: Instant, zone: &TimeZone) -> Result<Half, AppError> {
    let half = Half::parse(name).ok_or(AppError::NotFound)?;
    if half > Half::of(now.at(zone).date()) { Err(AppError::NotFound) } else { Ok(half) }
}

/// The report as a page, or with `.csv` at the end as a table. Three statements.
///
/// # Errors
/// 404 for what is no half year, or none that has begun.
pub async fn report(Axum(app): Axum<App>, ctx: Ctx, Path(name): Path<String>) -> Result<Response, AppError> {
    let zone = ctx.site.zone.clone();
    if let Some(name) = name.strip_suffix(".csv") {
        let name = name.to_owned();
        let changed = app
            .read(&ctx, move |tx| {
                let (from, until) = bounds(half_of(&name, tx.now()?, &zone)?, &zone);
                Ok::<_, AppError>(report::list_changed(tx, from, until, report::CHANGES_MAX)?)
            })
            .await?;
        return Ok(table(&ctx, &changed));
    }
    let (half, read) = app
        .read(&ctx, move |tx| {
            let half = half_of(&name, tx.now()?, &zone)?;
            Ok::<_, AppError>((half, read(tx, half, &zone)?))
        })
        .await?;
    page(&view(&app, &ctx, half, read))
}

fn read(tx: &mut Tx<'_>, half: Half, zone: &TimeZone) -> Result<Read, AppError> {
    let (now, (from, until)) = (tx.now()?, bounds(half, zone));
    let late_on = now.at(zone).date();
    let is_running = now < until;
    Ok(Read {
        now,
        standing: report::standing(tx, from, until)?,
        changed: report::list_changed(tx, from, until, CHANGES_SHOWN + 1)?,
        // What is late is known for today only: an old report does not tell of it.
        late: if is_running { decisions::list_late(tx, &Filter::default(), late_on, LateCursor::START, LATE_SHOWN)? } else { Vec::new() },
    })
}

fn view(app: &App, ctx: &Ctx, half: Half, mut read: Read) -> ReportPage {
    let (t, words) = (ctx.t, Words::new(ctx, read.now));
    let name =
        |half: Half| t.with(if half.half == 1 { "decision-report-first" } else { "decision-report-second" }, &[("year", (&half.year.to_string()).into())]);
    let title = name(half);
    let is_running = half == Half::of(words.dates.today());
    let has_more = read.changed.len() > usize::try_from(CHANGES_SHOWN).unwrap_or(0);
    read.changed.truncate(usize::try_from(CHANGES_SHOWN).unwrap_or(0));
    let total = |counts: &[(Status, i64)]| t.number(counts.iter().map(|(_, count)| count).sum());
    let lines = read.standing.before.iter().zip(&read.standing.after).filter(|((_, before), (_, after))| *before + *after > 0);
    let lines = lines.map(|((status, before), (_, after))| Line {
        state: words.status(*status, None),
        before: t.number(*before),
        after: t.number(*after),
        change: match after - before {
            0 => "0".to_owned(),
            more if more > 0 => format!("+{}", t.number(more)),
            less => t.number(less),
        },
    });
    let changed = i64::try_from(read.changed.len()).unwrap_or(0);
    ReportPage {
        shell: super::shell(app, ctx, t.with("decision-report-title", &[("half", (&title).into())]))
            .crumb(t.get("decision-list"), "/beschluesse")
            .here(title.clone())
            .about(t.get("decision-report-about")),
        lead: t.with("decision-report-lead", &[("made", read.standing.made.into()), ("changed", changed.into())]),
        is_running,
        lines: lines.collect(),
        total_before: total(&read.standing.before),
        total_after: total(&read.standing.after),
        changes: read.changed.iter().map(|changed| change_item(&words, changed)).collect(),
        has_more,
        late: read.late.into_iter().map(|row| super::list::Item::new(&words, row)).collect(),
        csv: format!("/beschluesse/bericht/{}.csv", half.key()),
        earlier: half.before().key(),
        later: (!is_running).then(|| half.after().key()),
        title,
        t,
        words,
    }
}

fn change_item(words: &Words, changed: &Changed) -> ChangeItem {
    ChangeItem {
        path: path(changed.id, &changed.title),
        title: changed.title.clone(),
        day: changed.reported_at.map(|at| words.day_of(at)).unwrap_or_default(),
        from: changed.before.filter(|before| *before != changed.after).map(|before| words.status_word(before)),
        state: State { shape: changed.after.shape(), text: words.status_word(changed.after).to_owned() },
        note: changed.reason.clone().or_else(|| changed.next_step.clone()).unwrap_or_default(),
        department: changed.department.clone().unwrap_or_default(),
    }
}

fn table(ctx: &Ctx, changed: &[Changed]) -> Response {
    let head = ["id", "url", "title", "decided_on", "committee", "department", "status_before", "status", "reason", "next_step", "expected_on", "reported_at"];
    let mut table = Table::new(&head);
    for row in changed {
        let day = |at: Option<Instant>| at.map(|at| at.at(&ctx.site.zone).date().to_string()).unwrap_or_default();
        table.row(&[
            &row.id.to_string(),
            &format!("{}{}", ctx.site.base_url, path(row.id, &row.title)),
            &row.title,
            &day(row.decided_at),
            row.committee.as_deref().unwrap_or_default(),
            row.department.as_deref().unwrap_or_default(),
            row.before.map_or("", Status::key),
            row.after.key(),
            row.reason.as_deref().unwrap_or_default(),
            row.next_step.as_deref().unwrap_or_default(),
            &row.expected_on.map(|day| day.to_string()).unwrap_or_default(),
            &row.reported_at.map(|at| at.timestamp().to_string()).unwrap_or_default(),
        ]);
    }
    table.answer()
}
