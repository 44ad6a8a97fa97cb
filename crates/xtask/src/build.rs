//! The program with its assets.
//!
//! First the front end (`web/dist/` with its manifest), then the binary, which embeds it. Start at [`run`].

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;
use crate::repo::Repo;

/// How the program is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Quick to build; the one the tests use.
    Debug,
    /// The one that is shipped and measured.
    Release,
}

impl Profile {
    /// The profile of a command line that may say `--debug`.
    pub fn debug_if(debug: bool) -> Self {
        if debug { Self::Debug } else { Self::Release }
    }

    /// Its folder below the build folder.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }
}

/// Builds everything and prints where the binary lies and how large it is.
///
/// # Errors
/// When a part fails.
pub fn run(repo: &Repo, profile: Profile) -> Result<PathBuf> {
    assets(repo)?;
    let binary = program(repo, profile)?;
    let bytes = binary.metadata()?.len();
    let megabytes = bytes as f64 / 1_000_000.0;
    println!("{} ({megabytes:.1} MB)", repo.show(&binary));
    Ok(binary)
}

/// Builds the front end; its packages are installed already.
///
/// # Errors
/// When it fails or leaves no manifest.
pub fn assets(repo: &Repo) -> Result<()> {
    process::run(Command::new("node").arg(repo.path("web/build.mjs")).current_dir(repo.path("web"))).context("node web/build.mjs")?;
    if !repo.path("web/dist/manifest.json").is_file() {
        bail!("node web/build.mjs left no web/dist/manifest.json");
    }
    Ok(())
}

/// Builds the binary `allmende`.
///
/// # Errors
/// When it fails.
pub fn program(repo: &Repo, profile: Profile) -> Result<PathBuf> {
    let mut command = process::cargo();
    command.args(["build", "--package", "allmende", "--bin", "allmende"]).current_dir(&repo.root);
    if profile == Profile::Release {
        command.arg("--release");
    }
    process::run(&mut command).context("cargo build")?;
    Ok(repo.target.join(profile.folder()).join("allmende"))
}
