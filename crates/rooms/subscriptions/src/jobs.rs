//! The work behind the pages: once a minute, find what is news and whose it is, then write the mails that are due.
//!
//! A minute gathers what belongs together: an import that publishes ten papers makes one mail, not ten.

use crate::digest;
use crate::matching::{self, Enrich};
use allmende_core::{Id, Site};
use allmende_db::{DbError, Scope};
use allmende_platform::AppError;
use allmende_platform::app::Ports;
use allmende_platform::jobs::{Every, JobContext, JobError, Outcome};
use allmende_platform::sites::{self, Settings};
use allmende_platform::texts::Texts;
use jiff::tz::TimeZone;

/// The kind of job.
pub const JOB: &str = "subscriptions";
/// How often it runs.
pub const SCHEDULE: Every = Every { key: "subscriptions", seconds: 60, kind: JOB };

/// What the work needs beside the database.
#[derive(Clone)]
pub struct Work {
    texts: &'static Texts,
    ports: Ports,
    enrich: Option<Enrich>,
}

impl Work {
    /// With the texts of the mails, and what rooms offer: documents and the search.
    #[must_use]
    pub const fn new(texts: &'static Texts, ports: Ports) -> Self {
        Self { texts, ports, enrich: None }
    }

    /// Adds to documents what the index is given too.
    #[must_use]
    pub fn enriched_by(mut self, enrich: Enrich) -> Self {
        self.enrich = Some(enrich);
        self
    }

    /// The handler of [`JOB`]: follows the feed to its end and writes all mails that are due. Done twice it does nothing more.
    ///
    /// # Errors
    /// Transient, if the database or the search cannot answer.
    pub fn handle(&self, context: &JobContext, _: &str) -> Result<Outcome, JobError> {
        let sites = context.db.read_blocking::<_, DbError>(Scope::Installation, sites::list)?;
        while !context.should_stop() {
            let step = matching::step(&context.db, &self.ports, self.enrich.as_ref(), |site| zone(&sites, site))
                .map_err(|error| JobError::Transient(error.to_string()))?;
            if step.changes == 0 {
                break;
            }
        }
        for site in &sites {
            digest::send_due(&context.db, site, self.texts, || !context.should_stop()).map_err(told)?;
        }
        Ok(if context.should_stop() { Outcome::Later(0) } else { Outcome::Done })
    }
}

/// What the administrator's page shows: the cause, which names no person.
fn told(error: AppError) -> JobError {
    match error {
        AppError::Internal(cause) => JobError::Transient(format!("{cause:#}")),
        other => JobError::Transient(other.to_string()),
    }
}

fn zone(sites: &[Settings], site: Id<Site>) -> TimeZone {
    sites.iter().find(|settings| settings.id == site).map_or(TimeZone::UTC, |settings| settings.zone.clone())
}
