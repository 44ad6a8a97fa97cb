//! `cargo xtask test`: everything, in the order in which a mistake shows soonest.
//!
//! Owns the order of the steps and the servers that they share. Fails where a part is missing; only the check that
//! needs the data beside the repository is skipped without them. Start at [`run`].

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use nix::sys::signal::Signal;

use crate::build::{self, Profile};
use crate::postgres::{Cluster, Use};
use crate::process::{self, Running, Scratch};
use crate::repo::Repo;
use crate::steps::Steps;
use crate::{http, python, setup, tidy};

/// The day on which the demo stands still, so that pages look the same in each run.
const DEMO_DAY: &str = "2026-06-08";

/// The pages that are looked at, one list per room, and the demo's accounts to look at them with.
const PAGES: &str = "tests/browser/pages";
const ACCOUNTS: &str = "tests/browser/accounts.json";

/// What tests are compiled from. Examples measure things and test nothing: clippy compiles them, nobody has to link them.
const TESTED: [&str; 4] = ["--workspace", "--lib", "--bins", "--tests"];

/// Which part of the tests is wanted.
pub struct Selection {
    /// Without the browser and the conformance check.
    pub quick: bool,
    /// Only tests whose name contains this; leaves out the checks of form.
    pub filter: Option<String>,
}

/// Runs the tests.
///
/// # Errors
/// When one of them failed; the summary names which.
pub fn run(repo: &Repo, selection: &Selection) -> Result<()> {
    let mut steps = Steps::new();
    let ready = steps.step("setup", || setup::run(repo, setup::Purpose::Test));
    if ready.is_none() {
        return steps.finish();
    }
    // The program embeds the front end: without it nothing compiles.
    if steps.step("assets", || build::assets(repo)).is_none() {
        return steps.finish();
    }
    if selection.filter.is_none() {
        checks_of_form(repo, &mut steps);
    }
    rust_tests(repo, &mut steps, selection.filter.as_deref());
    if !selection.quick {
        browser_tests(repo, &mut steps, selection.filter.as_deref());
    }
    steps.finish()
}

fn checks_of_form(repo: &Repo, steps: &mut Steps) {
    steps.step("formatting", || cargo(repo, &["fmt", "--all", "--check"], &[]));
    steps.step("clippy", || {
        let arguments = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
        cargo(repo, &arguments, &[])
    });
    steps.step("types of the scripts", || process::run(Command::new("npm").args(["run", "--silent", "check"]).current_dir(repo.path("web"))));
    steps.step("tidy", || tidy::run(repo));
}

fn cargo(repo: &Repo, arguments: &[&str], environment: &[(&str, &str)]) -> Result<()> {
    process::run(process::cargo().args(arguments).envs(environment.iter().copied()).current_dir(&repo.root))
}

fn rust_tests(repo: &Repo, steps: &mut Steps, filter: Option<&str>) {
    let Some(mut cluster) = steps.step("PostgreSQL cluster", || Cluster::start(repo, Use::Tests)) else {
        steps.fail("Rust tests", "no PostgreSQL to run them on");
        return;
    };
    let Some(failing) = steps.step("PostgreSQL cluster that fails", || Cluster::start(repo, Use::Failures)) else {
        steps.fail("Rust tests", "no PostgreSQL whose failures are tested");
        return;
    };
    let (url, url_of_failing) = (cluster.url(), failing.url());
    let interpreter = python::interpreter(repo);
    let interpreter = interpreter.to_string_lossy();
    let environment =
        [("ALLMENDE_TEST_POSTGRES", url.as_str()), ("ALLMENDE_TEST_POSTGRES_FAILING", url_of_failing.as_str()), ("ALLMENDE_TEST_PYTHON", interpreter.as_ref())];
    steps.step("Rust tests", || {
        // Tests wait for databases, files and each other half of the time.
        let threads = (2 * std::thread::available_parallelism()?.get()).to_string();
        let mut arguments = if process::on_path("cargo-nextest").is_some() {
            [&["nextest", "run", "--no-fail-fast", "--test-threads", &threads], &TESTED[..]].concat()
        } else {
            [&["test", "--no-fail-fast"], &TESTED[..]].concat()
        };
        if let Some(filter) = filter {
            arguments.push(filter);
            if arguments[0] == "nextest" {
                arguments.push("--no-tests=pass");
            }
        }
        cargo(repo, &arguments, &environment)
    });
    if filter.is_none() {
        // nextest does not run the examples in doc comments.
        steps.step("examples in the documentation", || {
            let arguments = ["test", "--workspace", "--doc", "--quiet"];
            cargo(repo, &arguments, &environment)
        });
    }
    steps.step("PostgreSQL cluster still runs", || cluster.still_runs());
}

/// The demo town, served for the tests.
struct Demo {
    _server: Running,
    _folder: Scratch,
    address: SocketAddr,
}

impl Demo {
    fn start(repo: &Repo, binary: &Path) -> Result<Self> {
        let logs = repo.target_folder("test")?;
        let temporary = logs.join(format!("demo-{}", std::process::id()));
        std::fs::create_dir_all(&temporary)?;
        let folder = Scratch::new(temporary);
        let address = http::free_address()?;
        let log = logs.join("demo.log");
        let mut command = Command::new(binary);
        command.args(["demo", "--listen", &address.to_string()]).args(["--today", DEMO_DAY]).env("TMPDIR", folder.path());
        let mut server = process::spawn_logged(&mut command, Signal::SIGTERM, &log)?;
        process::wait_until(&mut server, Duration::from_secs(120), || http::is_ok(address, "/readyz")).with_context(|| {
            let text = std::fs::read_to_string(&log).unwrap_or_default();
            process::last_lines(&text, 20)
        })?;
        Ok(Self { _server: server, _folder: folder, address })
    }

    fn base(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// The program as the Rust tests built it: built by itself its dependencies would have other features, and all be built again.
fn tested_program(repo: &Repo) -> Result<PathBuf> {
    cargo(repo, &[&["test", "--no-run", "--quiet"], &TESTED[..]].concat(), &[])?;
    Ok(repo.target.join(Profile::Debug.folder()).join("allmende"))
}

fn browser_tests(repo: &Repo, steps: &mut Steps, filter: Option<&str>) {
    let journeys = match journeys(&repo.path("tests/browser/journeys"), filter) {
        Ok(journeys) => journeys,
        Err(error) => return steps.fail("journeys in the browser", &format!("{error:#}")),
    };
    if filter.is_some() && journeys.is_empty() {
        return;
    }
    let program = steps.step("program", || tested_program(repo));
    let demo = program.as_ref().and_then(|binary| steps.step("demo server", || Demo::start(repo, binary)));
    let (Some(program), Some(demo)) = (program, demo) else {
        return steps.fail("browser tests", "no demo server to look at");
    };
    let base = demo.base();
    let (list, accounts) = (repo.path(PAGES), repo.path(ACCOUNTS));
    let accounts = accounts.to_string_lossy();
    let place = ["--base", base.as_str(), "--accounts", &accounts];
    if filter.is_none() {
        steps.step("the page checks find planted faults", || node(repo, &program, "tests/browser/selftest.mjs", &[]));
        steps
            .step("all pages in the browser", || node(repo, &program, "tests/browser/pages.mjs", &[&place[..], &["--list", &list.to_string_lossy()]].concat()));
    }
    for journey in &journeys {
        let name = repo.show(journey);
        steps.step(&name, || node(repo, &program, &name, &place));
    }
    if filter.is_none() {
        conformance(repo, steps, &base);
        let list = repo.path("tests/browser/stored_script.json");
        steps.step("stored script is noticed", || node(repo, &program, "tests/browser/stored_script.mjs", &["--selftest"]));
        // Last: it writes into every field of the town.
        steps.step("stored script in every field", || {
            node(repo, &program, "tests/browser/stored_script.mjs", &[&place[..], &["--list", &list.to_string_lossy()]].concat())
        });
    }
}

/// Runs a script. A journey that needs a server of its own finds the program in `ALLMENDE_PROGRAM`.
fn node(repo: &Repo, program: &Path, script: &str, arguments: &[&str]) -> Result<()> {
    let path = repo.path(script);
    if !path.is_file() {
        bail!("{script} is missing");
    }
    process::run(
        Command::new("node")
            .arg(path)
            .args(arguments)
            .env("ALLMENDE_TEST_PYTHON", python::interpreter(repo))
            .env("ALLMENDE_PROGRAM", program)
            .current_dir(&repo.root),
    )
}

/// The journeys by name, those only that contain the filter.
fn journeys(folder: &Path, filter: Option<&str>) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(folder).with_context(|| format!("{} is missing", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".mjs") && filter.is_none_or(|filter| name.contains(filter)) {
            found.push(path);
        }
    }
    if found.is_empty() && filter.is_none() {
        bail!("no journey in {}", folder.display());
    }
    found.sort();
    Ok(found)
}

/// What we serve as OParl, against the standard's own schema.
fn conformance(repo: &Repo, steps: &mut Steps, base: &str) {
    let name = "OParl conformance of the demo town";
    let (Some(check), Some(schema)) = (repo.shared("checks/oparl_check.py"), repo.shared("data/oparl/spec/schema")) else {
        return steps.skip(name, "../shared is not here");
    };
    steps.step(name, || process::run(Command::new("python3").arg(check).arg(schema).args(["crawl", &format!("{base}/oparl/v1.1/system")])));
}

#[cfg(test)]
mod tests {
    use super::journeys;

    #[test]
    fn journeys_run_in_order_of_name_and_by_filter() {
        let folder = tempfile::tempdir().unwrap();
        assert!(journeys(folder.path(), None).is_err());
        assert!(journeys(folder.path(), Some("paper")).unwrap().is_empty());
        for name in ["b-paper.mjs", "a-meeting.mjs", "notes.md"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let all = journeys(folder.path(), None).unwrap();
        assert_eq!(all.len(), 2);
        assert!(all[0].ends_with("a-meeting.mjs"));
        assert_eq!(journeys(folder.path(), Some("paper")).unwrap().len(), 1);
        assert!(journeys(&folder.path().join("missing"), None).is_err());
    }
}
