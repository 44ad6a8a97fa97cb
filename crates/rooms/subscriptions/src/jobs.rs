//! The work behind the pages that waits for the clock: once a minute, write the mails that are due.
//!
//! What is news is found by following the change feed ([`crate::matching`]). A minute gathers what belongs together: an import that
//! publishes ten papers makes one mail, not ten.

use crate::digest;
use allmende_db::{DbError, Scope};
use allmende_platform::AppError;
use allmende_platform::jobs::{Every, JobContext, JobError, Outcome};
use allmende_platform::sites;
use allmende_platform::texts::Texts;

/// The kind of job.
pub const JOB: &str = "subscriptions";
/// How often it runs.
pub const SCHEDULE: Every = Every { key: "subscriptions", seconds: 60, kind: JOB };

/// The handler of [`JOB`]: writes all mails that are due. Done twice it does nothing more.
///
/// # Errors
/// Transient, if the database cannot answer.
pub fn handle(context: &JobContext, texts: &'static Texts) -> Result<Outcome, JobError> {
    for site in &context.db.read_blocking::<_, DbError>(Scope::Installation, sites::list)? {
        digest::send_due(&context.db, site, texts, || !context.should_stop()).map_err(told)?;
    }
    Ok(if context.should_stop() { Outcome::Later(0) } else { Outcome::Done })
}

/// What the administrator's page shows: the cause, which names no person.
fn told(error: AppError) -> JobError {
    match error {
        AppError::Internal(cause) => JobError::Transient(format!("{cause:#}")),
        other => JobError::Transient(other.to_string()),
    }
}
