//! The Python of the tests: a virtual environment below the build folder, installed by checksum.
//!
//! Start at [`ensure`].

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;
use crate::repo::Repo;

/// The list of packages with their checksums.
const REQUIREMENTS: &str = "crates/xtask/python-requirements.txt";

/// The interpreter of the environment, whether it exists yet or not.
pub fn interpreter(repo: &Repo) -> PathBuf {
    repo.target.join("venv/bin/python3")
}

/// Creates the environment, or renews it when the list has changed.
///
/// # Errors
/// When Python or the package index cannot be reached.
pub fn ensure(repo: &Repo) -> Result<()> {
    let wanted = std::fs::read_to_string(repo.path(REQUIREMENTS)).context(REQUIREMENTS)?;
    let folder = repo.target.join("venv");
    let stamp = folder.join("installed.txt");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    println!("installing Python packages for the tests");
    std::fs::create_dir_all(&repo.target)?;
    process::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    process::run(
        Command::new(interpreter(repo))
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .args(["--require-hashes", "--requirement"])
            .arg(repo.path(REQUIREMENTS)),
    )?;
    std::fs::write(&stamp, wanted).with_context(|| stamp.display().to_string())
}
