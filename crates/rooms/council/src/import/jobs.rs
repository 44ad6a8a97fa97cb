//! Imports as jobs: started by an administrator, or every hour for each source.

use super::{Import, ImportError, Mode, Options};
use crate::store::import_desk;
use allmende_db::{DbError, Scope};
use allmende_outbound::{Backoff, Client, Policy};
use allmende_platform::jobs::{self, Every, JobContext, JobError, NewJob, Outcome};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// One import of one source.
pub const IMPORT: &str = "council.import";
/// Imports of all sources.
pub const IMPORT_ALL: &str = "council.import-all";
/// Every hour whatever changed; once a week the import itself reads everything.
pub const HOURLY: Every = Every { key: "council-import", seconds: 3_600, kind: IMPORT_ALL };

/// One page of a large council's list can be big, but not endless.
const PAGE_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// A stopped import goes on after this time.
const AGAIN_SECONDS: i64 = 5;

/// What an import is told.
#[derive(Debug, Serialize, Deserialize)]
pub struct Payload {
    /// Address of the server's System object.
    pub url: String,
    /// Whether to read everything and withdraw what is gone.
    pub reconcile: bool,
}

/// Writes the job of one import for the site of the transaction. Nothing if one waits already.
///
/// # Errors
/// What the database reports.
pub fn enqueue(tx: &mut allmende_db::Tx<'_>, payload: &Payload) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let text = serde_json::to_string(payload).map_err(|error| DbError::Other(error.to_string()))?;
    // One a minute: two clicks are one import.
    let unique_key = Some(format!("{IMPORT}:{site}:{}:{}", payload.url, now.millis() / 60_000));
    jobs::enqueue(tx, &NewJob { unique_key, attempts_max: 3, ..NewJob::new(IMPORT, text) })?;
    Ok(())
}

/// Does one import. Private addresses are for the command line only: a page must not reach into the house's network.
///
/// # Errors
/// What kept the import from its end.
pub fn import(context: &JobContext, payload: &str) -> Result<Outcome, JobError> {
    let payload: Payload = serde_json::from_str(payload).map_err(|error| JobError::Permanent(error.to_string()))?;
    let site = context.site.ok_or_else(|| JobError::Permanent("an import needs a site".to_owned()))?;
    let client = Client::new(Policy { max_body_bytes: PAGE_BYTES_MAX, ..Policy::default() });
    let stop = Arc::new(AtomicBool::new(false));
    let options = Options {
        mode: payload.reconcile.then_some(Mode::Reconcile),
        backoff: Backoff { attempts_max: 6, ..Backoff::with_seed(context.job.get().unsigned_abs()) },
        stop: Arc::clone(&stop),
        ..Options::default()
    };
    let import = Import { db: &context.db, site, url: &payload.url, client: &client, options };
    let outcome = import.run(&|_| {
        if context.should_stop() {
            stop.store(true, Ordering::Relaxed);
        }
    });
    match outcome {
        Ok(_) | Err(ImportError::Busy | ImportError::TakenOver) => Ok(Outcome::Done),
        Err(ImportError::Stopped) => Ok(Outcome::Later(AGAIN_SECONDS)),
        Err(error) => Err(JobError::Transient(error.to_string())),
    }
}

/// Writes an import for each source of each site.
///
/// # Errors
/// What the database reports.
pub fn import_all(context: &JobContext, _: &str) -> Result<Outcome, JobError> {
    let sources = context.db.read_blocking(Scope::Installation, import_desk::list_all)?;
    for (site, url) in sources {
        let payload = Payload { url, reconcile: false };
        context.db.write_blocking::<_, DbError>(site, move |tx| enqueue(tx, &payload))?;
    }
    Ok(Outcome::Done)
}
