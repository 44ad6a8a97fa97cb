//! `allmende bounce`: takes one mail that came back, as the mail server hands it over through a pipe, and notes what it reports.
//!
//! Meant for a line such as `noreply: "|allmende bounce --data /srv/allmende"` in the aliases of the address that sites write from.
//! A mail that is no report of a failure changes nothing, and is no error: a mail server would send it on and on.

use super::{DataFolder, open};
use crate::config::Config;
use crate::rooms;
use allmende_db::Clock;
use allmende_platform::mail::returned::{self, Accepted, REPORT_BYTES_MAX};
use anyhow::{Context, Result};
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

/// Takes a mail that came back.
#[derive(Debug, clap::Args)]
pub(super) struct Bounce {
    #[command(flatten)]
    folder: DataFolder,
    /// Files with one mail each, instead of one from the standard input
    files: Vec<PathBuf>,
}

impl Bounce {
    pub(super) fn run(self) -> Result<()> {
        let config = Config::load(&self.folder.data)?;
        let db = open(&config, &self.folder.data, Clock::Database)?;
        let take = |bytes: &[u8]| -> Result<()> {
            println!("{}", said(returned::accept(&db, bytes, rooms::ON_RETURNED)?));
            Ok(())
        };
        if self.files.is_empty() {
            return take(&read(std::io::stdin())?);
        }
        for path in &self.files {
            let file = File::open(path).with_context(|| path.display().to_string())?;
            take(&read(file).with_context(|| path.display().to_string())?)?;
        }
        Ok(())
    }
}

/// The beginning of a mail: what counts stands there. The rest is read too, so that the mail server sees its pipe emptied.
fn read(mut from: impl Read) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.by_ref().take(REPORT_BYTES_MAX as u64).read_to_end(&mut bytes)?;
    std::io::copy(&mut from, &mut std::io::sink())?;
    Ok(bytes)
}

const fn said(accepted: Accepted) -> &'static str {
    match accepted {
        Accepted::Noted => "noted: subscriptions of this address rest",
        Accepted::Unknown => "nothing changed: noted before, or not about a mail of this installation",
        Accepted::NoFailure => "nothing changed: no report of a mail that failed for good",
    }
}
