//! Ideas and comments: how fast lists and pages are with a hundred thousand ideas and a million comments, on both engines.
//!
//! The rows are written by an example of the room that is measured, unoptimised, because the database does that work; then the program
//! serves them. `ALLMENDE_BENCH_IDEAS` and `ALLMENDE_BENCH_COMMENTS` set other sizes. Start at [`run`].

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use nix::sys::signal::Signal;

use super::council::{page, row};
use super::{load, memory_kb, table};
use crate::build::{self, Profile};
use crate::http;
use crate::postgres::{Cluster, Use};
use crate::process::{self, Scratch};
use crate::repo::Repo;

pub fn run(repo: &Repo) -> Result<String> {
    let binary = build::run(repo, Profile::Release)?;
    let sqlite = on_engine(repo, &binary, None)?;
    println!("### SQLite\n\n{sqlite}");
    let cluster = Cluster::start(repo, Use::Measurements)?;
    let postgres = on_engine(repo, &binary, Some(&cluster.url()))?;
    Ok(format!("### SQLite\n\n{sqlite}\n### PostgreSQL\n\n{postgres}"))
}

/// A size from the environment.
fn size(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

fn on_engine(repo: &Repo, binary: &Path, database: Option<&str>) -> Result<String> {
    let folder = Scratch::new(repo.target_folder(&format!("bench/dialogue-{}", std::process::id()))?);
    let (ideas, comments) = (size("ALLMENDE_BENCH_IDEAS", 100_000), size("ALLMENDE_BENCH_COMMENTS", 1_000_000));
    let mut init = Command::new(binary);
    // The site is found by host and port, so they are chosen before it is made.
    let address = http::free_address()?;
    init.args(["init", "--base-url", &format!("http://{address}"), "--data"]).arg(folder.path());
    if let Some(url) = database {
        init.args(["--database", url]);
    }
    process::output(&mut init).context("allmende init")?;
    let target = database.map_or_else(|| format!("sqlite:{}", folder.path().join("allmende.db").display()), str::to_owned);
    let started = Instant::now();
    let said = process::output(
        process::cargo()
            .args(["run", "--quiet", "--package", "allmende-dialogue", "--example", "dialogue_bench", "--"])
            .args([target, ideas.to_string(), comments.to_string()])
            .current_dir(&repo.root),
    )
    .context("the example dialogue_bench")?;
    let filled_seconds = started.elapsed().as_secs_f64();
    let log = repo.target_folder("bench")?.join("serve.log");
    let mut command = Command::new(binary);
    command.arg("serve").arg("--data").arg(folder.path()).args(["--listen", &address.to_string()]).env("ALLMENDE_SERVER_TIMING", "1");
    let mut server = process::spawn_logged(&mut command, Signal::SIGTERM, &log)?;
    process::wait_until(&mut server, Duration::from_secs(60), || http::is_ok(address, "/readyz"))?;
    let statics = load::measure(address, "/site.css")?;
    let mut rows = Vec::new();
    for (name, paths) in pages(&said) {
        let first = *paths.first().with_context(|| format!("{name} has no address"))?;
        let shown = page(address, first)?;
        let measured = load::measure_each(address, &paths, folder.path())?;
        let name = if paths.len() == 1 { name.to_owned() } else { format!("{name}, {} in turn", paths.len()) };
        rows.push(row(&name, first, &shown, &measured, &statics));
    }
    let head = ["page", "address", "requests/s", "static/page", "p50 ms", "p99 ms", "statements", "HTML bytes"];
    let memory = memory_kb(server.id(), "RssAnon:").context("the server has no memory to look at")? / 1024;
    Ok(format!(
        "{ideas} ideas and {comments} comments, written in {filled_seconds:.0} s.\n\n{}\nAnonymous memory after the load: {memory} MB.\n",
        table(&head, rows.into_iter())
    ))
}

/// The lines `name TAB address address …` of the filling program.
fn pages(said: &str) -> impl Iterator<Item = (&str, Vec<&str>)> {
    said.lines().filter_map(|line| line.split_once('\t')).map(|(name, paths)| (name, paths.split(' ').collect()))
}

#[cfg(test)]
mod tests {
    use super::pages;

    #[test]
    fn the_pages_are_read_from_what_the_filling_program_says() {
        let said = "warm\nidea list\t/beteiligung/1/ideen /beteiligung/1/ideen?ab=1_0\n";
        assert_eq!(pages(said).collect::<Vec<_>>(), [("idea list", vec!["/beteiligung/1/ideen", "/beteiligung/1/ideen?ab=1_0"])]);
    }
}
