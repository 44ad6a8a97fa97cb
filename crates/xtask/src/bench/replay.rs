//! A recorded city's council system on this machine: unpacked once, served by the replay server.
//!
//! Start at [`Replay::start`].

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use nix::sys::signal::Signal;

use crate::http;
use crate::process::{self, Running};
use crate::repo::Repo;

/// The running server.
pub struct Replay {
    _server: Running,
    address: SocketAddr,
}

impl Replay {
    /// Serves Karlsruhe.
    ///
    /// # Errors
    /// When the data beside the repository are missing or the server does not come up.
    pub fn start(repo: &Repo) -> Result<Self> {
        let data = unpack(repo)?;
        let program = repo.shared("checks/oparl_replay_server.py").context("../shared is not here")?;
        let address = http::free_address()?;
        let mut command = Command::new("python3");
        command.arg(program).arg("karlsruhe").arg(data).arg(address.port().to_string());
        let log = repo.target_folder("bench")?.join("replay.log");
        let mut server = process::spawn_logged(&mut command, Signal::SIGTERM, &log)?;
        process::wait_until(&mut server, Duration::from_secs(120), || http::is_ok(address, "/system"))?;
        Ok(Self { _server: server, address })
    }

    /// The address that an importer begins with.
    pub fn system(&self) -> String {
        format!("http://{}/system", self.address)
    }
}

/// Unpacks the recording below the build folder, once.
///
/// # Errors
/// When the data beside the repository are missing.
pub fn unpack(repo: &Repo) -> Result<PathBuf> {
    let packed = repo.shared("data/oparl/karlsruhe").context("../shared is not here")?;
    let folder = repo.target_folder("bench/karlsruhe")?;
    for entry in std::fs::read_dir(&packed)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(name) = name.strip_suffix(".tar.zst") {
            unpack_archive(&path, &folder, name)?;
        } else if let Some(name) = name.strip_suffix(".zst") {
            let to = folder.join(name);
            if !to.exists() {
                process::run(Command::new("zstd").args(["--quiet", "--force", "--decompress"]).arg(&path).arg("-o").arg(to))?;
            }
        }
    }
    Ok(folder)
}

fn unpack_archive(archive: &Path, folder: &Path, name: &str) -> Result<()> {
    if folder.join(name).exists() {
        return Ok(());
    }
    process::run(Command::new("tar").args(["--extract", "--zstd", "--file"]).arg(archive).arg("--directory").arg(folder))
}
