//! Measures an import: `import_bench SYSTEM-URL DATABASE [RUNS]`, with a database address as `Target::parse` reads it.
//!
//! Prints for each run what was met, the program's own time and the server's, objects per second of own time, and the most
//! memory the process ever held. The first run must meet an empty database.

#![allow(clippy::print_stdout, reason = "it is a command")]

use allmende_council::import::{Import, Options};
use allmende_db::{Clock, Db, DbError, Scope, Target, migrate, schema::MIGRATIONS, sql};
use allmende_outbound::{Client, Policy};
use anyhow::{Context, Result};
use std::time::Instant;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let url = arguments.next().context("the system's address is missing")?;
    let target = Target::parse(&arguments.next().context("the database is missing")?)?;
    let runs: u32 = arguments.next().map_or(Ok(2), |runs| runs.parse())?;
    let db = Db::open(&allmende_db::Options { target, readers: 2, clock: Clock::Database })?;
    migrate::run(&db, MIGRATIONS)?;
    let site = db.write_blocking::<_, DbError>(Scope::Installation, |tx| {
        tx.insert(
            sql!(
                "INSERT INTO site (key, kind, name, hue, chroma_thousandths, time_zone, created_at, changed_at) \
                 VALUES ('bench', 'municipality', 'Bench', 200, 90, 'Europe/Berlin', 0, 0) RETURNING id"
            ),
            &[],
        )
    })?;
    for _ in 0..runs {
        let client = Client::new(Policy { allow_private: true, ..Policy::default() });
        let started = Instant::now();
        let report = Import { db: &db, site, url: &url, client: &client, options: Options::default() }.run(&|_| {})?;
        let totals = report.totals();
        let objects = totals.new + totals.changed + totals.unchanged;
        println!(
            "{:?}: {objects} objects ({} new), {} requests, {:.1} s in all, {:.1} s waiting for the server, {:.2} s own = {:.0} objects/s, peak {} MB",
            report.mode,
            totals.new,
            report.requests,
            started.elapsed().as_secs_f64(),
            report.waited.as_secs_f64(),
            report.own.as_secs_f64(),
            objects as f64 / report.own.as_secs_f64(),
            peak_megabytes().unwrap_or(0),
        );
    }
    Ok(())
}

/// The most memory this process ever held, as Linux counts it.
fn peak_megabytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? / 1024)
}
