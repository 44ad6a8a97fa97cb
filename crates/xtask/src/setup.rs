//! What build, tests and benchmarks need of the machine: looks for it, installs it as root, names it otherwise.
//!
//! Owns the table of needs (Debian 12). Installs nothing that is there. Start at [`run`].

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::repo::Repo;
use crate::{postgres, process, python};

/// What the machine is to be made ready for; each includes the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// `build`, `demo`, `release`.
    Build,
    /// `test`.
    Test,
    /// `bench`.
    Bench,
}

/// A need, the Debian packages that meet it, and how to see that it is met.
struct Need {
    purpose: Purpose,
    packages: &'static [&'static str],
    is_met: fn() -> bool,
}

const NEEDS: &[Need] = &[
    // The linker, and the compiler for the database that is built in.
    Need { purpose: Purpose::Build, packages: &["gcc", "libc6-dev"], is_met: || process::on_path("cc").is_some() },
    // The same Chromium without windows: it draws a page for half the processor time of the one with them.
    Need { purpose: Purpose::Test, packages: &["chromium-headless-shell"], is_met: || process::on_path("chromium-headless-shell").is_some() },
    Need { purpose: Purpose::Test, packages: &["postgresql"], is_met: || postgres::folder_of_programs().is_some() },
    // The check of HTML validity is a Java program.
    Need { purpose: Purpose::Test, packages: &["default-jre-headless"], is_met: || process::on_path("java").is_some() },
    // Replay server, conformance check and mail server of the tests.
    Need { purpose: Purpose::Test, packages: &["python3", "python3-venv"], is_met: || succeeds("python3", &["-c", "import ensurepip, venv"]) },
    // Opens the documents that the program writes.
    Need { purpose: Purpose::Test, packages: &["libreoffice-writer-nogui"], is_met: || process::on_path("soffice").is_some() },
    Need { purpose: Purpose::Test, packages: &["zstd"], is_met: || process::on_path("zstd").is_some() },
    Need { purpose: Purpose::Bench, packages: &["wrk"], is_met: || process::on_path("wrk").is_some() },
];

/// Makes the machine ready.
///
/// # Errors
/// When something is missing and this user may not install it; the message names the command to type.
pub fn run(repo: &Repo, purpose: Purpose) -> Result<()> {
    ensure_node()?;
    ensure_packages(purpose)?;
    if purpose >= Purpose::Test {
        ensure_rust_components()?;
    }
    ensure_npm(repo)?;
    if purpose >= Purpose::Test {
        python::ensure(repo)?;
    }
    Ok(())
}

fn ensure_node() -> Result<()> {
    if process::on_path("node").is_none() || process::on_path("npm").is_none() {
        bail!("Node.js 20 or newer with npm is needed (https://nodejs.org)");
    }
    let version = process::output(Command::new("node").arg("--version"))?;
    let major = major_version(&version).context("`node --version` says nothing of use")?;
    if major < 20 {
        bail!("Node.js 20 or newer is needed, {} is installed", version.trim());
    }
    Ok(())
}

fn major_version(text: &str) -> Option<u32> {
    text.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}

fn missing_packages(purpose: Purpose) -> Vec<&'static str> {
    NEEDS.iter().filter(|need| need.purpose <= purpose && !(need.is_met)()).flat_map(|need| need.packages).copied().collect()
}

fn ensure_packages(purpose: Purpose) -> Result<()> {
    let missing = missing_packages(purpose);
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if !nix::unistd::geteuid().is_root() {
        bail!("{}", how_to_install(&list));
    }
    if process::on_path("apt-get").is_none() {
        bail!("missing: {list} (Debian's names); this system has no apt-get to install them with");
    }
    println!("installing {list}");
    process::run(Command::new("apt-get").args(["--quiet", "update"]))?;
    process::run(
        Command::new("apt-get").args(["--quiet", "--yes", "install", "--no-install-recommends"]).args(&missing).env("DEBIAN_FRONTEND", "noninteractive"),
    )?;
    let still = missing_packages(purpose);
    if still.is_empty() { Ok(()) } else { bail!("installed, but still not found: {}", still.join(" ")) }
}

fn how_to_install(list: &str) -> String {
    format!(
        "these packages are missing: {list}\ninstall them with:\n\n  \
         sudo apt-get update && sudo apt-get install --no-install-recommends {list}\n"
    )
}

/// The formatter and the linter belong to the Rust toolchain, not to Debian.
fn ensure_rust_components() -> Result<()> {
    let mut missing = Vec::new();
    for (component, command) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if !is_quietly_ok(process::cargo().args([command, "--version"])) {
            missing.push(component);
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    if process::on_path("rustup").is_some() {
        process::run(Command::new("rustup").args(["component", "add"]).args(&missing))
    } else {
        bail!("the Rust toolchain lacks {}; install Rust with rustup, or these parts with your system", missing.join(" and "))
    }
}

/// Installs the front end's packages when they are older than the lock file.
fn ensure_npm(repo: &Repo) -> Result<()> {
    let web = repo.path("web");
    let lock = web.join("package-lock.json");
    // npm writes this file last, so an interrupted installation is repeated.
    let installed = web.join("node_modules/.package-lock.json");
    if !lock.exists() {
        bail!("web/package-lock.json is missing");
    }
    if is_newer(&installed, &lock) {
        return Ok(());
    }
    println!("installing npm packages");
    process::run(Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&web)).context("npm ci in web/")
}

fn is_newer(file: &Path, than: &Path) -> bool {
    let time = |path: &Path| path.metadata().and_then(|meta| meta.modified());
    matches!((time(file), time(than)), (Ok(file), Ok(than)) if file >= than)
}

fn succeeds(program: &str, arguments: &[&str]) -> bool {
    is_quietly_ok(Command::new(program).args(arguments))
}

fn is_quietly_ok(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::{Purpose, how_to_install, is_newer, major_version, succeeds};

    #[test]
    fn a_bench_needs_all_that_a_test_needs() {
        assert!(Purpose::Bench > Purpose::Test);
        assert!(Purpose::Test > Purpose::Build);
    }

    #[test]
    fn without_root_the_command_to_type_is_named() {
        let text = how_to_install("libreoffice-writer-nogui zstd");
        assert!(text.contains("sudo apt-get install --no-install-recommends libreoffice-writer-nogui zstd"));
    }

    #[test]
    fn versions_of_node_are_read() {
        assert_eq!(major_version("v20.19.1\n"), Some(20));
        assert_eq!(major_version("nonsense"), None);
    }

    #[test]
    fn a_missing_program_is_not_met() {
        assert!(succeeds("true", &[]));
        assert!(!succeeds("false", &[]));
        assert!(!succeeds("no-such-program-anywhere", &[]));
    }

    #[test]
    fn packages_are_installed_again_only_when_older_than_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = (folder.path().join("1"), folder.path().join("2"));
        let write = |path: &std::path::Path, second: u64| {
            let file = std::fs::File::create(path).unwrap();
            let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(second);
            file.set_modified(time).unwrap();
        };
        assert!(!is_newer(&first, &second));
        write(&second, 100);
        assert!(!is_newer(&first, &second));
        write(&first, 99);
        assert!(!is_newer(&first, &second));
        write(&first, 100);
        assert!(is_newer(&first, &second));
    }
}
