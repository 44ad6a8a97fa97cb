//! The council room with a real city's data: how long the import takes, how fast its pages are.
//!
//! Imports the recorded Karlsruhe into an empty folder, imports again without changes, then serves it and asks for the
//! pages that readers ask for most; all of it on SQLite, then on PostgreSQL. Start at [`run`].

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::sys::signal::Signal;

use super::load::{self, Load};
use super::replay::Replay;
use super::{memory_kb, table};
use crate::build::{self, Profile};
use crate::http;
use crate::postgres::{Cluster, Use};
use crate::process::{self, Running, Scratch};
use crate::repo::Repo;

/// Where readers begin; the first links of these lists lead to the pages that are measured.
const PAPERS: &str = "/rat/vorlagen";
const MEETINGS: &str = "/rat/sitzungen";
const DECISIONS: &str = "/beschluesse";
/// A list that did not change for so long is whole.
const QUIET: Duration = Duration::from_secs(6);

pub fn run(repo: &Repo) -> Result<String> {
    let binary = build::run(repo, Profile::Release)?;
    let mut report = format!("### SQLite\n\n{}", on_engine(repo, &binary, None)?);
    let cluster = Cluster::start(repo, Use::Measurements)?;
    write!(report, "\n### PostgreSQL\n\n{}", on_engine(repo, &binary, Some(&cluster.url()))?)?;
    Ok(report)
}

fn on_engine(repo: &Repo, binary: &Path, database: Option<&str>) -> Result<String> {
    let folder = Scratch::new(repo.target_folder(&format!("bench/council-{}", std::process::id()))?);
    let mut init = Command::new(binary);
    // The site is found by host and port, so they are chosen before it is made.
    let address = http::free_address()?;
    init.args(["init", "--base-url", &format!("http://{address}"), "--data"]).arg(folder.path());
    if let Some(url) = database {
        init.args(["--database", url]);
    }
    process::output(&mut init).context("allmende init")?;
    let replay = Replay::start(repo)?;
    let mut rows = Vec::new();
    for name in ["first import", "import without changes"] {
        rows.push(import(repo, binary, folder.path(), &replay.system(), name)?);
    }
    drop(replay);
    let imports = table(&["run", "seconds", "most memory (MB)", "what it says"], rows.into_iter());
    Ok(format!("{imports}\n{}", pages(repo, binary, folder.path(), address)?))
}

/// One run of the importer; the program's own report stands in the last line of its output.
fn import(repo: &Repo, binary: &Path, data: &Path, system: &str, name: &str) -> Result<Vec<String>> {
    let log = repo.target_folder("bench")?.join("import.log");
    let mut command = Command::new(binary);
    command.args(["import", "oparl", system, "--allow-private", "--files", "link", "--data"]).arg(data);
    let started = Instant::now();
    let mut importer = process::spawn_logged(&mut command, Signal::SIGTERM, &log)?;
    let most_kb = peak_memory(&mut importer);
    let seconds = started.elapsed().as_secs_f64();
    let said = std::fs::read_to_string(&log)?;
    importer.wait().with_context(|| process::last_lines(&said, 20))?;
    let last = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
    Ok(vec![name.to_owned(), format!("{seconds:.2}"), megabytes(most_kb), last.trim().replace('|', "/")])
}

/// Looks at the process until it ends; the kernel keeps the maximum, so the last look is enough.
fn peak_memory(process: &mut Running) -> u64 {
    let mut most = 0;
    while process.still_runs().is_ok() {
        most = memory_kb(process.id(), "VmHWM:").unwrap_or(most).max(most);
        std::thread::sleep(Duration::from_millis(5));
    }
    most
}

fn pages(repo: &Repo, binary: &Path, data: &Path, address: SocketAddr) -> Result<String> {
    let log = repo.target_folder("bench")?.join("serve.log");
    let mut command = Command::new(binary);
    command.arg("serve").arg("--data").arg(data).args(["--listen", &address.to_string()]).env("ALLMENDE_SERVER_TIMING", "1");
    let started = Instant::now();
    let mut server = process::spawn_logged(&mut command, Signal::SIGTERM, &log)?;
    process::wait_until(&mut server, Duration::from_secs(60), || http::is_ok(address, "/readyz"))?;
    let start_ms = started.elapsed().as_millis();
    // Decisions are made from what was imported while the server runs.
    let followed_seconds = wait_for_decisions(&mut server, address)?;

    let list = page(address, PAPERS)?;
    let asset = first_link(&list.html, &|link| link.ends_with(".css")).context("the page has no style sheet")?;
    let paper = first_link(&list.html, &|link| link.starts_with(&format!("{PAPERS}/"))).context("no link to a paper")?;
    let meetings = page(address, MEETINGS)?;
    let meeting = first_link(&meetings.html, &|link| link.starts_with(&format!("{MEETINGS}/"))).context("no link to a meeting")?;
    let decisions = page(address, DECISIONS)?;
    let decision = first_link(&decisions.html, &is_decision).context("no link to a decision")?;
    let statics = load::measure(address, &asset)?;
    let mut rows = vec![row("static asset", &asset, &Page::default(), &statics, &statics)];
    let wanted = [("paper list", PAPERS), ("paper page", &paper), ("meeting page", &meeting), ("decision list", DECISIONS), ("decision page", &decision)];
    for (name, path) in wanted {
        let shown = page(address, path)?;
        let measured = load::measure(address, path)?;
        rows.push(row(name, path, &shown, &measured, &statics));
    }
    let head = ["page", "address", "requests/s", "static/page", "p50 ms", "p99 ms", "statements", "HTML bytes"];
    let mut report = table(&head, rows.into_iter());
    let memory = memory_kb(server.id(), "RssAnon:").context("the server has no memory to look at")?;
    writeln!(report, "\nFrom then until all decisions were made: {followed_seconds:.1} s.")?;
    write!(report, "\nStart until ready: {start_ms} ms. Anonymous memory after the load: {} MB.\n", megabytes(memory))?;
    Ok(report)
}

/// Waits until the list of decisions stays as it is. Returns after how many seconds it last changed.
fn wait_for_decisions(server: &mut Running, address: SocketAddr) -> Result<f64> {
    let begun = Instant::now();
    let (mut seen, mut changed) = (Vec::new(), begun);
    process::wait_until(server, Duration::from_secs(180), || {
        let body = http::get(address, DECISIONS).map(|answer| answer.body).unwrap_or_default();
        if body != seen {
            (seen, changed) = (body, Instant::now());
        }
        changed.elapsed() > QUIET && first_link(&String::from_utf8_lossy(&seen), &is_decision).is_some()
    })?;
    Ok(changed.duration_since(begun).as_secs_f64())
}

/// The page of one decision: neither the report nor a filter.
fn is_decision(link: &str) -> bool {
    link.strip_prefix("/beschluesse/").is_some_and(|rest| rest.starts_with(|character: char| character.is_ascii_digit()))
}

#[derive(Default)]
pub(super) struct Page {
    html: String,
    statements: Option<u32>,
}

pub(super) fn page(address: SocketAddr, path: &str) -> Result<Page> {
    let answer = http::get(address, path)?;
    if answer.status != 200 {
        bail!("{path} answers {}", answer.status);
    }
    Ok(Page { statements: answer.header("Server-Timing").and_then(statements), html: String::from_utf8_lossy(&answer.body).into_owned() })
}

/// From `db;desc="statements=4";dur=0.3`.
fn statements(header: &str) -> Option<u32> {
    let rest = header.split("statements=").nth(1)?;
    let end = rest.find(|character: char| !character.is_ascii_digit()).unwrap_or(rest.len());
    rest[..end].parse().ok()
}

fn first_link(html: &str, is_wanted: &dyn Fn(&str) -> bool) -> Option<String> {
    html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).find(|link| is_wanted(link)).map(|link| link.replace("&amp;", "&"))
}

pub(super) fn row(name: &str, path: &str, page: &Page, load: &Load, statics: &Load) -> Vec<String> {
    vec![
        name.to_owned(),
        format!("`{path}`"),
        format!("{:.0}", load.per_second),
        format!("{:.1}", statics.per_second / load.per_second),
        format!("{:.2}", load.p50_ms),
        format!("{:.2}", load.p99_ms),
        page.statements.map_or_else(|| "–".to_owned(), |count| count.to_string()),
        if page.html.is_empty() { "–".to_owned() } else { page.html.len().to_string() },
    ]
}

fn megabytes(kilobytes: u64) -> String {
    format!("{:.1}", kilobytes as f64 / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::{first_link, statements};

    #[test]
    fn the_number_of_statements_is_read_from_the_header() {
        assert_eq!(statements("app;dur=1, db;desc=\"statements=4\";dur=0.3"), Some(4));
        assert_eq!(statements("db;dur=0.3"), None);
    }

    #[test]
    fn the_first_link_that_fits_is_taken() {
        let html = "<a href=\"/rat/vorlagen\">…</a><a href=\"/rat/vorlagen/7?a&amp;b\">…</a>";
        let link = first_link(html, &|link| link.starts_with("/rat/vorlagen/"));
        assert_eq!(link.as_deref(), Some("/rat/vorlagen/7?a&b"));
        assert_eq!(first_link(html, &|link| link.ends_with(".css")), None);
    }
}
