//! `allmende import oparl URL`: a council's record into a site, with progress while it goes on and a report at the end.

use super::{DataFolder, find_site, open, start_log};
use crate::config::Config;
use allmende_council::import::{self, FileMode, ImportError, Mode, Options, Progress, Report};
use allmende_db::Clock;
use allmende_outbound::{Backoff, Client, Policy};
use anyhow::{Result, bail};
use clap::{Subcommand, ValueEnum};
use std::cell::Cell;
use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// What can be imported.
#[derive(Debug, Subcommand)]
pub(super) enum Import {
    /// From an OParl 1.0 or 1.1 server: everything the first time, then only what changed
    Oparl(Oparl),
}

impl Import {
    pub(super) fn run(self) -> Result<()> {
        match self {
            Self::Oparl(oparl) => oparl.run(),
        }
    }
}

/// What to do with files.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Files {
    /// Only link to them
    Link,
    /// Read their text and keep no copy
    Text,
    /// Keep a copy
    Keep,
}

#[derive(Debug, clap::Args)]
pub(super) struct Oparl {
    /// Address of the server's System object
    url: String,
    #[command(flatten)]
    folder: DataFolder,
    /// Short name of the site; not needed where there is only one
    #[arg(long, value_name = "KEY")]
    site: Option<String>,
    /// What to do with files
    #[arg(long, value_enum, default_value = "link")]
    files: Files,
    /// Also ask loopback and private addresses
    #[arg(long)]
    allow_private: bool,
    /// Read everything again and withdraw what is gone from the server
    #[arg(long)]
    reconcile: bool,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

/// One page of a large council's list can be big, but not endless.
const PAGE_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Without a terminal a line of progress is written so often.
const PROGRESS_EVERY: Duration = Duration::from_secs(5);

impl Oparl {
    fn run(self) -> Result<()> {
        let config = Config::load(&self.folder.data)?;
        start_log(&config);
        let db = open(&config, &self.folder.data, Clock::Database)?;
        let site = find_site(&db, self.site.as_deref())?;
        let client = Client::new(Policy { allow_private: self.allow_private, max_body_bytes: PAGE_BYTES_MAX, ..Policy::default() });
        let stop = stop_on_interrupt()?;
        let seed = u64::try_from(jiff::Timestamp::now().as_millisecond()).unwrap_or(1);
        let options = Options {
            mode: self.reconcile.then_some(Mode::Reconcile),
            files: match self.files {
                Files::Link => FileMode::Link,
                Files::Text => FileMode::Text,
                Files::Keep => FileMode::Keep,
            },
            backoff: Backoff { attempts_max: 6, ..Backoff::with_seed(seed) },
            stop,
            ..Options::default()
        };
        let started = Instant::now();
        let import = import::Import { db: &db, site: site.id, url: &self.url, client: &client, options };
        let shown = Shown::new();
        let outcome = import.run(&|progress| shown.show(progress));
        shown.end();
        match outcome {
            Ok(report) if self.json => println!("{}", as_json(&report, started.elapsed())),
            Ok(report) => print(&report, started.elapsed()),
            Err(ImportError::Unreachable(cause)) if cause.contains("private") && !self.allow_private => {
                bail!("the server cannot be read: {cause}. If it stands in your own network, say --allow-private")
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }
}

/// Ctrl-C ends the run after the page being written; the next run goes on there.
fn stop_on_interrupt() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&stop);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    std::thread::spawn(move || {
        if runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
            told.store(true, Ordering::Relaxed);
        }
    });
    Ok(stop)
}

/// Progress on standard error: one line that changes on a terminal, a line now and then elsewhere.
struct Shown {
    on_terminal: bool,
    last: Cell<Option<Instant>>,
}

impl Shown {
    fn new() -> Self {
        Self { on_terminal: std::io::stderr().is_terminal(), last: Cell::new(None) }
    }

    fn show(&self, progress: &Progress) {
        let every = if self.on_terminal { Duration::from_millis(100) } else { PROGRESS_EVERY };
        if self.last.get().is_some_and(|last| last.elapsed() < every) {
            return;
        }
        self.last.set(Some(Instant::now()));
        let page = match progress.pages {
            Some(pages) => format!("page {} of {pages}", progress.page),
            None => format!("page {}", progress.page),
        };
        let list = progress.list_url.as_deref().unwrap_or_default();
        let line = format!("{}: {page}, {} objects. {list}", progress.stage, progress.objects);
        let (before, after) = if self.on_terminal { ("\r\x1b[K", "") } else { ("", "\n") };
        let _ = write!(std::io::stderr(), "{before}{line}{after}");
    }

    fn end(&self) {
        if self.on_terminal {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

fn print(report: &Report, elapsed: Duration) {
    println!("{:<18} {:>9} {:>9} {:>10} {:>10}", "", "new", "changed", "unchanged", "withdrawn");
    for (kind, count) in &report.counts {
        println!("{:<18} {:>9} {:>9} {:>10} {:>10}", kind.name(), count.new, count.changed, count.unchanged, count.withdrawn);
    }
    if !report.findings.is_empty() {
        println!("\nWhat the server got wrong:");
        for (defect, tally) in report.findings.iter() {
            let example = tally.examples.first().map(|example| format!("e.g. {} {}", example.object, example.detail)).unwrap_or_default();
            println!("{:>9} {:<28} {example}", tally.count, defect.key());
        }
    }
    println!("\n{}", summary(report, elapsed));
}

/// The last line, which programs may read.
fn summary(report: &Report, elapsed: Duration) -> String {
    let total = report.totals();
    let objects = total.new + total.changed + total.unchanged + total.withdrawn;
    let own = report.own.as_secs_f64();
    let speed = if own > 0.0 { objects as f64 / own } else { 0.0 };
    format!(
        "{}: {objects} objects, {} new, {} changed, {} withdrawn; {} requests; own time {own:.1} s ({speed:.0} objects/s), waited for the server {:.1} s, {:.1} s in all",
        report.mode.key(),
        total.new,
        total.changed,
        total.withdrawn,
        report.requests,
        report.waited.as_secs_f64(),
        elapsed.as_secs_f64()
    )
}

fn as_json(report: &Report, elapsed: Duration) -> String {
    let findings: serde_json::Map<_, _> = report
        .findings
        .iter()
        .map(|(defect, tally)| {
            let examples: Vec<_> = tally.examples.iter().map(|example| serde_json::json!({ "object": example.object, "detail": example.detail })).collect();
            (defect.key().to_owned(), serde_json::json!({ "count": tally.count, "examples": examples }))
        })
        .collect();
    let counts: serde_json::Value = serde_json::from_str(&report.counts_json()).unwrap_or_default();
    serde_json::json!({
        "mode": report.mode.key(), "counts": counts, "findings": findings, "requests": report.requests,
        "own_seconds": report.own.as_secs_f64(), "waited_seconds": report.waited.as_secs_f64(), "seconds": elapsed.as_secs_f64()
    })
    .to_string()
}
