//! The job that reads the text of files: uploaded ones from the content store, imported ones from their server.
//!
//! The file is read in a confined child process; what comes out is stored page by page beside the file. A file that its server
//! has no longer, or that must not be asked for, has failed, and waits again when the import finds it changed; what another try
//! may bring is tried again by the queue. The program must call `allmende_extract::child_main_if_asked` first thing in its
//! `main`. Start with [`handlers`].

use crate::store::{entry, entry_files};
use allmende_core::{Id, Site};
use allmende_db::{DbError, Scope, Tx};
use allmende_extract::{ExtractError, Extracted, Extractor, Limits};
use allmende_outbound::{Client, FetchError, Policy, Request};
use allmende_platform::files::Files;
use allmende_platform::jobs::{Backoff, Every, Handlers, JobContext, JobError, NewJob, Outcome, enqueue};
use allmende_platform::limits::UPLOAD_BYTES_MAX;
use std::path::PathBuf;
use std::sync::Arc;

/// Reads the text of one file; the payload is its row.
const ONE: &str = "council.read_file";
/// Writes a job for each file that waits, for instance after an import.
const WAITING: &str = "council.read_waiting";
/// Why a file has no text: it has no address, or its server has it no longer or hands it to nobody.
const GONE: &str = "file-gone";
/// Files for which jobs are written at a time.
const WAITING_MAX: i64 = 500;

/// Looks for waiting files once a minute.
pub const SCHEDULE: Every = Every { key: "council.read_waiting", seconds: 60, kind: WAITING };

/// Adds the handlers of this room. `program` is started for each child, see [`Extractor::new`]; `allow_private` lets files of
/// loopback and private addresses be loaded.
#[must_use]
pub fn handlers(handlers: Handlers, program: PathBuf, allow_private: bool) -> Handlers {
    let reader = Arc::new(Reader {
        extractor: Extractor::new(program, Limits::default()),
        client: Client::new(Policy { allow_private, max_body_bytes: UPLOAD_BYTES_MAX as u64, ..Policy::default() }),
    });
    handlers
        .with(ONE, Backoff::PATIENT, move |context, payload| reader.read(context, payload))
        .with(WAITING, Backoff::EAGER, |context, _| ask_for_waiting(context))
}

/// The key of a file's job: the same for one version of the file.
const KEY: &str = "council.read_file:";

/// Writes the job that reads a file's text. `changed_at` tells one version of the file from the next.
///
/// # Errors
/// What the database reports.
pub fn ask(tx: &mut Tx<'_>, file: i64, changed_at: i64) -> Result<(), DbError> {
    let unique_key = Some(format!("{KEY}{file}:{changed_at}"));
    enqueue(tx, &NewJob { unique_key, ..NewJob::new(ONE, file.to_string()) })?;
    Ok(())
}

fn ask_for_waiting(context: &JobContext) -> Result<Outcome, JobError> {
    let waiting = context.db.read_blocking::<_, DbError>(Scope::Installation, |tx| entry_files::list_unread(tx, KEY, WAITING_MAX))?;
    for (site, file, changed_at) in waiting {
        if context.should_stop() {
            break;
        }
        context.db.write_blocking::<_, DbError>(Id::<Site>::new(site), move |tx| ask(tx, file, changed_at))?;
    }
    Ok(Outcome::Done)
}

struct Reader {
    extractor: Extractor,
    client: Client,
}

impl Reader {
    fn read(&self, context: &JobContext, payload: &str) -> Result<Outcome, JobError> {
        let site = context.site.ok_or_else(|| JobError::Permanent("a file without a site".to_owned()))?;
        let file = payload.parse::<i64>().map_err(|_| JobError::Permanent("a file without a row".to_owned()))?;
        let Some(unread) = context.db.read_blocking::<_, DbError>(site, move |tx| entry_files::unread(tx, file))? else { return Ok(Outcome::Done) };
        let files = Files::of(&context.data);
        let (outcome, copy) = match (&unread.sha256, &unread.url) {
            (Some(digest), _) => (self.extract(files.path(digest), &unread.media_type)?, None),
            (None, Some(url)) => self.fetch(&files, url, &unread)?,
            (None, None) => (Err(GONE), None),
        };
        context.db.write_blocking::<_, DbError>(site, move |tx| {
            if let Some(copy) = &copy {
                entry::file_kept(tx, file, copy)?;
            }
            match &outcome {
                Ok(text) => entry::file_text(tx, file, &text.pages),
                Err(problem) => entry::file_unreadable(tx, file, problem),
            }
        })?;
        Ok(Outcome::Done)
    }

    fn extract(&self, path: Option<PathBuf>, media_type: &str) -> Result<Read, JobError> {
        let Some(path) = path else { return Ok(Err(ExtractError::Broken.key())) };
        judge(self.extractor.extract_file(&path, media_type))
    }

    /// Loads a file, reads it, and keeps it only if its source says so.
    fn fetch(&self, files: &Files, url: &str, unread: &entry_files::Unread) -> Result<(Read, Option<String>), JobError> {
        let mut bytes = Vec::new();
        let download = match self.client.download(&Request::new(url), &mut bytes) {
            Ok(download) => download,
            // A certificate that ran out and a server in trouble are put right some day.
            Err(error) if error.is_transient() || matches!(error, FetchError::Tls(_) | FetchError::Protocol(_)) => {
                return Err(JobError::Transient(error.key().to_owned()));
            }
            Err(FetchError::TooLarge(_)) => return Ok((Err(ExtractError::TooLarge.key()), None)),
            Err(error) => return Ok((Err(error.key()), None)),
        };
        if download.written.is_none() {
            let is_transient = download.status >= 500 || matches!(download.status, 408 | 429);
            return if is_transient { Err(JobError::Transient(format!("the server answered {}", download.status))) } else { Ok((Err(GONE), None)) };
        }
        let copy = if unread.keeps_copy {
            let stored = files.store(&mut bytes.as_slice(), UPLOAD_BYTES_MAX as u64).map_err(|error| JobError::Transient(error.to_string()))?;
            Some(stored.sha256)
        } else {
            None
        };
        Ok((judge(self.extractor.extract(&bytes, &unread.media_type))?, copy))
    }
}

/// What became of a file: its text, or the key of why there is none.
type Read = Result<Extracted, &'static str>;

/// What lies at the file and what lies at the machine: only the latter is tried again.
fn judge(outcome: Result<Extracted, ExtractError>) -> Result<Read, JobError> {
    match outcome {
        Err(ExtractError::Unavailable(cause)) => Err(JobError::Transient(format!("the reader could not run: {cause}"))),
        Err(problem) => Ok(Err(problem.key())),
        Ok(text) => Ok(Ok(text)),
    }
}
