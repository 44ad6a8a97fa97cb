//! The data folder: is it there, who may read it, is there room.

use super::Finding;
use crate::config::{Config, FILE};
use allmende_platform::limits;
use allmende_platform::web::operations::free_bytes;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Twice what a node needs to call itself ready: time to act.
const DISK_WARNING_BYTES: u64 = 10 * limits::DISK_FREE_BYTES_MIN;

/// The folder itself and its disk.
#[must_use]
pub fn examine(data: &Path) -> Vec<Finding> {
    if !data.is_dir() {
        return vec![Finding::error("folder", format!("{} is not there", data.display()), "Make it with `allmende init`.")];
    }
    let mut findings = Vec::new();
    if !data.join(FILE).exists() {
        findings.push(Finding::warning("config", format!("{FILE} is missing: the defaults hold"), "Make the folder with `allmende init`."));
    }
    if mode(data).is_some_and(|mode| mode & 0o002 != 0) {
        findings.push(Finding::error("folder-rights", "every user of this machine can write into the data folder", "chmod 0700 the folder."));
    } else if mode(data).is_some_and(|mode| mode & 0o007 != 0) {
        findings.push(Finding::warning("folder-rights", "every user of this machine can look into the data folder", "chmod 0700 the folder."));
    }
    let probe = data.join(".doctor");
    match std::fs::write(&probe, "").and_then(|()| std::fs::remove_file(&probe)) {
        Ok(()) => {}
        Err(error) => findings.push(Finding::error("folder-rights", format!("the data folder cannot be written: {error}"), "Run as the user of the service.")),
    }
    match free_bytes(data) {
        Some(free) if free < limits::DISK_FREE_BYTES_MIN => {
            findings.push(Finding::error("disk", format!("only {} MB are free", free / 1_000_000), "Make room: soon nothing can be written."));
        }
        Some(free) if free < DISK_WARNING_BYTES => {
            findings.push(Finding::warning("disk", format!("only {} MB are free", free / 1_000_000), "Make room in the next days."));
        }
        Some(free) => findings.push(Finding::ok("disk", format!("{} MB are free", free / 1_000_000))),
        None => {}
    }
    findings
}

/// Files with secrets that others can read.
#[must_use]
pub fn secrets(data: &Path, config: &Config) -> Vec<Finding> {
    let advice = "chmod 0600 the file.";
    let open = |path: &Path| mode(path).is_some_and(|mode| mode & 0o077 != 0);
    let mut findings = Vec::new();
    let has_secret = !config.mail.password.reveal().is_empty() || !config.metrics_token.reveal().is_empty() || config.database.contains('@');
    if has_secret && open(&data.join(FILE)) {
        findings.push(Finding::error("secrets", format!("other users can read {FILE}, and it can hold passwords"), advice));
    }
    for entry in std::fs::read_dir(data.join("keys")).into_iter().flatten().flatten() {
        if open(&entry.path()) {
            findings.push(Finding::error("secrets", format!("other users can read keys/{}", entry.file_name().to_string_lossy()), advice));
        }
    }
    let database = data.join("allmende.db");
    if mode(&database).is_some_and(|mode| mode & 0o004 != 0) && mode(data).is_some_and(|mode| mode & 0o001 != 0) {
        findings.push(Finding::error("secrets", "every user of this machine can read the database", "chmod 0700 the data folder."));
    }
    findings
}

fn mode(path: &Path) -> Option<u32> {
    Some(path.metadata().ok()?.permissions().mode())
}
