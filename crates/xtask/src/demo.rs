//! The invented town, ready to click.
//!
//! Builds the program if needed and stays in front of it until Ctrl-C. Start at [`run`].

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use nix::sys::signal::Signal;

use crate::repo::Repo;
use crate::{build, http, process};

const DEFAULT_ADDRESS: &str = "127.0.0.1:8080";

/// Serves the demo until it is interrupted.
///
/// # Errors
/// When it cannot be built or started, or ends by itself with an error.
pub fn run(repo: &Repo, listen: Option<&str>) -> Result<()> {
    let binary = build::run(repo, build::Profile::Release)?;
    let listen = listen.unwrap_or(DEFAULT_ADDRESS);
    let mut server = process::spawn(Command::new(binary).args(["demo", "--listen", listen]), Signal::SIGTERM)?;
    let address = listen.parse().with_context(|| format!("{listen} is no address like {DEFAULT_ADDRESS}"))?;
    process::wait_until(&mut server, Duration::from_secs(120), || http::is_ok(address, "/readyz"))?;
    println!("\nThe demo is ready: http://{address}/   (Ctrl-C ends it)");
    server.wait()
}
