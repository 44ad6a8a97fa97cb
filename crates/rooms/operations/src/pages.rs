//! One page: is the installation well, what waits, what failed and why, and a button to try it again.

use allmende_core::{Id, Instant};
use allmende_platform::dates::Dates;
use allmende_platform::jobs::overview::{self, Depth, Listed};
use allmende_platform::jobs::{self, Job};
use allmende_platform::mail::{self, Waiting};
use allmende_platform::texts::Speaker;
use allmende_platform::web::{Shell, operations, page};
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
    kind: String,
    state: &'static str,
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
    error: String,
}

#[derive(Template)]
#[template(path = "operations.html")]
struct OperationsPage {
    shell: Shell,
    t: Speaker,
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
        problems: operations::problems(&app).await,
        version: env!("CARGO_PKG_VERSION"),
        disk: operations::free_bytes(&app.parts.data).map_or_else(|| t.get("admin-unknown").to_owned(), gigabytes),
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
        Some(note) => t.with("admin-backup-at", &[("at", (&dates.moment(note.at)).into()), ("size", (&gigabytes(note.bytes)).into())]),
        None => t.get("admin-backup-none").to_owned(),
    }
}

/// "12,4 GB": hundreds of megabytes and more.
fn gigabytes(bytes: u64) -> String {
    let tenths = bytes / 100_000_000;
    if tenths == 0 { format!("{}\u{a0}MB", bytes / 1_000_000) } else { format!("{},{}\u{a0}GB", tenths / 10, tenths % 10) }
}

fn state_key(state: &str) -> &'static str {
    match state {
        "waiting" => "admin-state-waiting",
        "running" => "admin-state-running",
        "done" => "admin-state-done",
        _ => "admin-state-failed",
    }
}

fn job_row(job: Listed, dates: &Dates, t: Speaker) -> JobRow {
    JobRow {
        id: job.id,
        state: t.get(state_key(&job.state)),
        tries: t.with("admin-tries", &[("count", job.attempts.into()), ("most", job.attempts_max.into())]),
        run_at: dates.moment(job.run_at),
        run_at_machine: dates.machine(job.run_at),
        error: job.last_error.unwrap_or_default(),
        can_retry: job.state != "running",
        kind: job.kind,
    }
}

fn mail_row(mail: Waiting, dates: &Dates, t: Speaker) -> MailRow {
    MailRow {
        number: mail.id.get(),
        written: dates.moment(mail.created_at),
        written_machine: dates.machine(mail.created_at),
        state: t.get(state_key(mail.state.as_deref().unwrap_or("failed"))),
        error: mail.last_error.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::gigabytes;

    #[test]
    fn sizes_are_given_so_that_one_can_compare_them() {
        let check = |bytes: u64, expected: &str| assert_eq!(gigabytes(bytes), expected);
        check(0, "0\u{a0}MB");
        check(99_999_999, "99\u{a0}MB");
        check(100_000_000, "0,1\u{a0}GB");
        check(12_345_678_900, "12,3\u{a0}GB");
    }
}
