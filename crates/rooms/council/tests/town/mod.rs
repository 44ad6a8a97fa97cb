//! What the tests of the import share: a replayed city, a site, runs, and a picture of all that the council room stores.

#![allow(dead_code, reason = "each test file uses its part")]

pub mod compare;
pub mod scripted;

use allmende_core::{Id, Site};
use allmende_council::import::{Import, ImportError, Options, Progress, Report};
use allmende_db::{Db, DbError, Scope, sql};
use allmende_outbound::{Backoff, Client, Policy};
use allmende_testing::picture::Picture;
use anyhow::{Context, Result, ensure};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A city behind the replay server, stopped when dropped.
pub struct City {
    process: Child,
    folder: tempfile::TempDir,
    /// `http://127.0.0.1:PORT`
    pub url: String,
}

impl Drop for City {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Where the recorded cities lie, or nothing (and a line that says so).
pub fn shared() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared");
    if shared.join("checks/oparl_replay_server.py").is_file() {
        return Some(shared);
    }
    println!("skipped: ../shared is not here");
    None
}

impl City {
    /// Unpacks and serves `karlsruhe` or `huertgenwald`.
    pub fn start(name: &str) -> Result<Option<Self>> {
        let Some(shared) = shared() else { return Ok(None) };
        let folder = tempfile::tempdir()?;
        let data = shared.join("data/oparl");
        if name == "karlsruhe" {
            for entry in std::fs::read_dir(data.join("karlsruhe"))? {
                let path = entry?.path();
                let Some(file) = path.file_name().and_then(|file| file.to_str()) else { continue };
                if let Some(plain) = file.strip_suffix(".zst").filter(|plain| !plain.contains("final") && !plain.starts_with("texts")) {
                    run(Command::new("zstd").args(["-q", "-d", "-o"]).arg(folder.path().join(plain)).arg(&path))?;
                }
            }
            run(Command::new("tar").arg("-xf").arg(folder.path().join("updates.tar")).arg("-C").arg(folder.path()))?;
        } else {
            let tar = folder.path().join("city.tar");
            run(Command::new("zstd").args(["-q", "-d", "-o"]).arg(&tar).arg(data.join(format!("{name}-pseudonymised.tar.zst"))))?;
            run(Command::new("tar").arg("-xf").arg(&tar).arg("-C").arg(folder.path()))?;
        }
        let root = find_root(folder.path(), name)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut process = Command::new("python3")
            .arg(shared.join("checks/oparl_replay_server.py"))
            .args([name, &root.to_string_lossy(), &port.to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .context("python3")?;
        let mut ready = String::new();
        BufReader::new(process.stdout.take().context("stdout")?).read_line(&mut ready)?;
        ensure!(ready.starts_with("ready"), "the replay server says {ready:?}");
        Ok(Some(Self { process, folder, url: format!("http://127.0.0.1:{port}") }))
    }

    /// Sends a command such as `/_advance` and returns the answer.
    pub fn post(&self, path: &str) -> Result<String> {
        let host = self.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host)?;
        write!(stream, "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer.split("\r\n\r\n").nth(1).unwrap_or_default().to_owned())
    }

    /// The files of one update batch, one JSON object per line.
    pub fn batches(&self) -> Result<Vec<Vec<serde_json::Value>>> {
        let mut files: Vec<_> =
            std::fs::read_dir(self.folder.path().join("updates"))?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
        files.sort();
        files
            .iter()
            .filter(|file| file.extension().is_some_and(|extension| extension == "ndjson"))
            .map(|file| std::fs::read_to_string(file)?.lines().filter(|line| !line.is_empty()).map(|line| Ok(serde_json::from_str(line)?)).collect())
            .collect()
    }
}

fn run(command: &mut Command) -> Result<()> {
    ensure!(command.status()?.success(), "{command:?}");
    Ok(())
}

/// The folder that the replay server wants: the one with `system.json` or the records.
fn find_root(folder: &Path, name: &str) -> Result<PathBuf> {
    if name == "karlsruhe" || folder.join("system.json").is_file() {
        return Ok(folder.to_owned());
    }
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir()
            && let Ok(found) = find_root(&path, name)
        {
            return Ok(found);
        }
    }
    anyhow::bail!("no system.json below {}", folder.display())
}

/// A site to import into.
pub fn site(db: &Db) -> Result<Id<Site>> {
    Ok(db.write_blocking::<_, DbError>(Scope::Installation, |tx| {
        tx.insert(
            sql!(
                "INSERT INTO site (key, kind, name, base_url, hue, chroma_thousandths, time_zone, created_at, changed_at) \
                 VALUES ('town', 'municipality', 'Town', 'https://town.example', 200, 90, 'Europe/Berlin', 0, 0) RETURNING id"
            ),
            &[],
        )
    })?)
}

/// A client that may ask loopback and loses patience soon.
pub fn client() -> Client {
    Client::new(Policy { allow_private: true, read_timeout: Duration::from_millis(1500), ..Policy::default() })
}

/// Options without long waits.
pub fn options() -> Options {
    let backoff = Backoff { attempts_max: 6, first_wait: Duration::from_millis(4), wait_max: Duration::from_millis(40), ..Backoff::with_seed(1) };
    Options { backoff, silence: Duration::ZERO, ..Options::default() }
}

/// One run.
pub fn import(db: &Db, site: Id<Site>, url: &str, options: Options, progress: &dyn Fn(&Progress)) -> Result<Report, ImportError> {
    let client = client();
    Import { db, site, url, client: &client, options }.run(progress)
}

/// How many rows of a table are in a state.
pub fn count(db: &Db, table: &'static str, state: &'static str) -> Result<i64> {
    macro_rules! count {
        ($($table:literal),*) => {
            match table {
                $($table => sql!(concat!("SELECT CAST(COUNT(*) AS BIGINT) FROM council_", $table, " WHERE state = $1")),)*
                _ => anyhow::bail!("no table {table}"),
            }
        };
    }
    let statement = count!("body", "term", "organization", "person", "membership", "meeting", "agenda_item", "paper", "consultation", "file", "location");
    Ok(db.read_blocking::<_, DbError>(Scope::Installation, move |tx| tx.find(statement, &[&state], |row| row.get(0)))?.unwrap_or(-1))
}

/// All rows of the council room and the thread, without the runs themselves.
pub fn picture(db: &Db) -> Result<Picture> {
    let wants =
        |table: &str| (table.starts_with("council_") && !matches!(table, "council_run" | "council_finding")) || matches!(table, "node" | "link" | "event");
    Picture::of(db, wants, |_, _, _| false)
}

/// A fresh SQLite database whose clock stands still.
pub fn fresh(folder: &Path, name: &str) -> Result<Db> {
    let target = allmende_db::Target::Sqlite(folder.join(name));
    let clock = allmende_db::Clock::Fixed(allmende_core::Instant::from_millis(1_790_000_000_000));
    let db = Db::open(&allmende_db::Options { target, readers: 1, clock })?;
    allmende_db::migrate::run(&db, allmende_db::schema::MIGRATIONS)?;
    Ok(db)
}
