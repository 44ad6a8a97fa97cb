//! A throw-away PostgreSQL cluster for one run of tests or measurements.
//!
//! Owns its folder and its process; both go when [`Cluster`] is dropped. Knows nothing of what is stored in it.
//! It listens at a socket in its folder alone and asks for no password: never for anything else than tests and measurements. Start at
//! [`Cluster::start`].

use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};
use nix::sys::signal::Signal;
use nix::unistd::User;

use crate::process::{self, Running, Scratch};
use crate::repo::Repo;

/// What a cluster is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Quick and forgetful.
    Tests,
    /// Its processes are killed; it holds on to nothing longer than it must.
    Failures,
    /// As durable as in earnest.
    Measurements,
}

impl Use {
    fn settings(self) -> &'static [&'static str] {
        match self {
            Self::Tests => &["fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB", "max_wal_size=256MB"],
            Self::Failures => &["fsync=off", "full_page_writes=off", "shared_buffers=64MB", "wal_writer_delay=10s"],
            Self::Measurements => &["shared_buffers=256MB", "max_wal_size=1GB"],
        }
    }
}

/// Settings of every cluster. Its socket is in its data folder.
const SETTINGS: &[&str] = &["max_connections=200", "min_wal_size=32MB", "listen_addresses=", "unix_socket_directories=."];
/// The name of a socket, of whose path systems take no more than 107 bytes.
const SOCKET: &str = "data/.s.PGSQL.5432";
const SOCKET_BYTES_MAX: usize = 107;

/// A running cluster.
pub struct Cluster {
    // In this order: the server stops before its folder goes.
    server: Running,
    folder: Scratch,
}

impl Cluster {
    /// Creates and starts a cluster in a folder of its own.
    ///
    /// # Errors
    /// When PostgreSQL is missing or does not come up; its log is part of the message.
    pub fn start(repo: &Repo, purpose: Use) -> Result<Self> {
        let programs = folder_of_programs().context("PostgreSQL's server programs are missing")?;
        let owner = Owner::of_this_run()?;
        let folder = Scratch::new(owner.create_folder(repo)?);
        let data = folder.path().join("data");
        let mut initdb = Command::new(programs.join("initdb"));
        initdb
            .arg("--pgdata")
            .arg(&data)
            .args(["--username=postgres", "--auth=trust"])
            .args(["--encoding=UTF8", "--locale=C", "--no-sync"])
            .current_dir(folder.path());
        process::output(owner.lend(&mut initdb)).context("initdb")?;

        let name = folder.path().file_name().unwrap_or_default();
        let log = repo.target_folder("test")?.join(name).with_extension("log");
        let mut postgres = Command::new(programs.join("postgres"));
        postgres.arg("-D").arg(&data).args(["-p", "5432"]).current_dir(folder.path());
        for setting in SETTINGS.iter().chain(purpose.settings()) {
            postgres.args(["-c", setting]);
        }
        // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
        let mut server = process::spawn_logged(owner.lend(&mut postgres), Signal::SIGINT, &log)?;
        let is_ready = programs.join("pg_isready");
        process::wait_until(&mut server, Duration::from_secs(60), || {
            let mut ask = Command::new(&is_ready);
            ask.arg("--host").arg(&data).args(["--port", "5432"]);
            process::output(&mut ask).is_ok()
        })
        .with_context(|| {
            let text = std::fs::read_to_string(&log).unwrap_or_default();
            process::last_lines(&text, 20)
        })?;
        Ok(Self { server, folder })
    }

    /// The address for `ALLMENDE_TEST_POSTGRES`.
    pub fn url(&self) -> String {
        let data = self.folder.path().join("data");
        let signs = data.as_os_str().as_bytes().iter();
        let host: String = signs.map(|byte| if byte.is_ascii_alphanumeric() { char::from(*byte).to_string() } else { format!("%{byte:02X}") }).collect();
        format!("postgres://postgres@{host}:5432/postgres")
    }

    /// # Errors
    /// When the server has ended.
    pub fn still_runs(&mut self) -> Result<()> {
        self.server.still_runs()
    }
}

/// The folder with `initdb` and `postgres`: Debian keeps it off the path, the newest version wins.
pub fn folder_of_programs() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, folder)| has_programs(folder))
        .collect();
    versions.sort();
    if let Some((_, folder)) = versions.pop() {
        return Some(folder);
    }
    let folder = process::on_path("initdb")?.parent()?.to_path_buf();
    has_programs(&folder).then_some(folder)
}

fn has_programs(folder: &Path) -> bool {
    ["initdb", "postgres", "pg_isready"].iter().all(|program| folder.join(program).is_file())
}

/// Counts the clusters of this run.
static NUMBER: AtomicU32 = AtomicU32::new(0);

/// Who runs the server: PostgreSQL refuses to run as root.
struct Owner {
    other: Option<User>,
}

impl Owner {
    fn of_this_run() -> Result<Self> {
        if !nix::unistd::geteuid().is_root() {
            return Ok(Self { other: None });
        }
        for name in ["postgres", "nobody"] {
            if let Some(user) = User::from_name(name)? {
                return Ok(Self { other: Some(user) });
            }
        }
        anyhow::bail!("PostgreSQL does not run as root and there is no user `postgres`")
    }

    fn lend<'command>(&self, command: &'command mut Command) -> &'command mut Command {
        if let Some(user) = &self.other {
            command.uid(user.uid.as_raw()).gid(user.gid.as_raw()).env("HOME", "/");
        }
        command
    }

    /// A new folder that belongs to the owner: below the build folder where the owner can get there (a checkout in root's home is
    /// closed to others) and a socket's path is not too long, below the system's folder for temporary files otherwise.
    fn create_folder(&self, repo: &Repo) -> Result<PathBuf> {
        let below = repo.target_folder("test")?;
        let name = format!("allmende-postgres-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let fits = below.join(&name).join(SOCKET).as_os_str().len() <= SOCKET_BYTES_MAX;
        let parent = if fits && (self.other.is_none() || is_open_to_others(&below)) { below } else { std::env::temp_dir() };
        let folder = parent.join(name);
        std::fs::create_dir(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o700))?;
        if let Some(user) = &self.other {
            std::os::unix::fs::chown(&folder, Some(user.uid.as_raw()), Some(user.gid.as_raw()))?;
        }
        Ok(folder)
    }
}

fn is_open_to_others(folder: &Path) -> bool {
    folder.ancestors().all(|part| part.metadata().is_ok_and(|metadata| metadata.mode() & 0o001 != 0))
}

#[cfg(test)]
mod tests {
    use super::{has_programs, is_open_to_others};
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_folder_below_a_closed_one_is_closed() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        std::fs::create_dir(&inner).unwrap();
        let set = |mode| {
            std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(mode)).unwrap();
        };
        set(0o755);
        assert!(is_open_to_others(&inner));
        set(0o700);
        assert!(!is_open_to_others(&inner));
    }

    #[test]
    fn a_folder_without_the_server_is_not_enough() {
        let folder = tempfile::tempdir().unwrap();
        for program in ["initdb", "pg_isready"] {
            std::fs::write(folder.path().join(program), "").unwrap();
        }
        assert!(!has_programs(folder.path()));
        std::fs::write(folder.path().join("postgres"), "").unwrap();
        assert!(has_programs(folder.path()));
    }
}
