//! One page: is the installation well, what waits, what failed and why, and a button to try it again.

use allmende_core::{Id, Instant, Language};
use allmende_platform::dates::Dates;
use allmende_platform::jobs::overview::{self, Depth, Listed};
use allmende_platform::jobs::{self, Job};
use allmende_platform::mail::{self, Waiting};
use allmende_platform::texts::Speaker;
use allmende_platform::web::operations::{self, Problem};
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{Shell, page};
use allmende_platform::{App, AppError, Ctx, limits};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Redirect, Response};
use serde::Deserialize;

/// What `allmende backup` notes in the data folder.
#[derive(Deserialize)]
struct BackupNote {
    at: Instant,
    bytes: u64,
}

/// Name of that note.
const BACKUP_NOTE: &str = "last-backup.json";

struct JobRow {
    id: Id<Job>,
    /// What it does, in words where there are some.
    name: String,
    state: &'static str,
    shape: &'static str,
    tries: String,
    run_at: String,
    run_at_machine: String,
    error: String,
    can_retry: bool,
}

struct MailRow {
    number: i64,
    written: String,
    written_machine: String,
    state: &'static str,
    shape: &'static str,
    error: String,
}

#[derive(Template)]
#[template(path = "operations.html")]
struct OperationsPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    problems: Vec<String>,
    version: &'static str,
    disk: String,
    backup: String,
    depth: Depth,
    jobs: Vec<JobRow>,
    mails: Vec<MailRow>,
}

pub(crate) async fn overview(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let (depth, listed, unsent, now) = app
        .read::<_, AppError>(&ctx, |tx| {
            Ok((overview::depth_of_site(tx)?, overview::list_open(tx, limits::PAGE_ROWS)?, mail::list_unsent(tx, limits::PAGE_ROWS)?, tx.now()?))
        })
        .await?;
    let (t, dates) = (ctx.t, Dates::new(ctx.t, ctx.site.zone.clone(), now));
    let mut shell = Shell::new(&app, &ctx, t.get("admin-operations")).crumb(t.get("nav-start"), "/").crumb(t.get("shell-desk"), "/verwaltung");
    shell.hidden_from_search = true;
    page(&OperationsPage {
        shell,
        t,
        desk: desk(&app, &ctx),
        problems: operations::problems(&app).await.into_iter().map(|problem| in_words(problem, t)).collect(),
        version: env!("CARGO_PKG_VERSION"),
        disk: operations::free_bytes(&app.parts.data).map_or_else(|| t.get("admin-unknown").to_owned(), |bytes| size(bytes, t.language())),
        backup: last_backup(&app.parts.data, &dates, t),
        depth,
        jobs: listed.into_iter().map(|job| job_row(job, &dates, t)).collect(),
        mails: unsent.into_iter().map(|mail| mail_row(mail, &dates, t)).collect(),
    })
}

/// Lets a job run again at once.
pub(crate) async fn retry(State(app): State<App>, ctx: Ctx, Path(id): Path<Id<Job>>) -> Result<Redirect, AppError> {
    if app.write(&ctx, move |tx| Ok::<_, AppError>(jobs::retry(tx, id)?)).await? {
        Ok(Redirect::to("/verwaltung/betrieb?hinweis=admin-retried"))
    } else {
        Err(AppError::NotFound)
    }
}

fn last_backup(data: &std::path::Path, dates: &Dates, t: Speaker) -> String {
    let note = std::fs::read(data.join(BACKUP_NOTE)).ok().and_then(|text| serde_json::from_slice::<BackupNote>(&text).ok());
    match note {
        Some(note) => t.with("admin-backup-at", &[("at", (&dates.moment(note.at)).into()), ("size", (&size(note.bytes, t.language())).into())]),
        None => t.get("admin-backup-none").to_owned(),
    }
}

/// A problem as the administrator reads it; the log and supervisors have the English sentence.
fn in_words(problem: Problem, t: Speaker) -> String {
    match problem {
        Problem::DatabaseSlow => t.get("admin-problem-slow").to_owned(),
        Problem::DatabaseUnreadable => t.get("admin-problem-unreadable").to_owned(),
        Problem::SchemaOld { step, newest } => t.with("admin-problem-schema", &[("step", step.into()), ("newest", newest.into())]),
        Problem::JobDue { minutes } => t.with("admin-problem-job", &[("count", minutes.into())]),
        Problem::DiskFull { free_megabytes } => t.with("admin-problem-disk", &[("count", i64::try_from(free_megabytes).unwrap_or(i64::MAX).into())]),
    }
}

/// "12,4 GB" or "12.4 GB": hundreds of megabytes and more with one decimal.
fn size(bytes: u64, language: Language) -> String {
    let (tenths, point) = (bytes / 100_000_000, if language == Language::English { '.' } else { ',' });
    if tenths == 0 { format!("{}\u{a0}MB", bytes / 1_000_000) } else { format!("{}{point}{}\u{a0}GB", tenths / 10, tenths % 10) }
}

/// Key of the word for a state, and its shape in the style sheet.
fn state_words(state: &str) -> (&'static str, &'static str) {
    match state {
        "waiting" => ("admin-state-waiting", "open"),
        "running" => ("admin-state-running", "busy"),
        "done" => ("admin-state-done", "done"),
        _ => ("admin-state-failed", "late"),
    }
}

fn job_row(job: Listed, dates: &Dates, t: Speaker) -> JobRow {
    let (state, shape) = state_words(&job.state);
    JobRow {
        id: job.id,
        state: t.get(state),
        shape,
        tries: t.with("admin-tries", &[("count", job.attempts.into()), ("most", job.attempts_max.into())]),
        run_at: dates.moment(job.run_at),
        run_at_machine: dates.machine(job.run_at),
        error: job.last_error.unwrap_or_default(),
        can_retry: job.state != "running",
        name: t.find(&format!("admin-job-{}", job.kind.replace(['.', '_'], "-"))).map_or(job.kind, str::to_owned),
    }
}

fn mail_row(mail: Waiting, dates: &Dates, t: Speaker) -> MailRow {
    let (state, shape) = state_words(mail.state.as_deref().unwrap_or("failed"));
    MailRow {
        number: mail.id.get(),
        written: dates.moment(mail.created_at),
        written_machine: dates.machine(mail.created_at),
        state: t.get(state),
        shape,
        error: mail.last_error.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::size;
    use allmende_core::Language;

    #[test]
    fn sizes_are_given_so_that_one_can_compare_them() {
        let check = |bytes: u64, german: &str, english: &str| {
            assert_eq!((size(bytes, Language::German).as_str(), size(bytes, Language::Easy).as_str(), size(bytes, Language::English).as_str()), (german, german, english));
        };
        check(0, "0\u{a0}MB", "0\u{a0}MB");
        check(99_999_999, "99\u{a0}MB", "99\u{a0}MB");
        check(100_000_000, "0,1\u{a0}GB", "0.1\u{a0}GB");
        check(12_345_678_900, "12,3\u{a0}GB", "12.3\u{a0}GB");
    }
}
