//! A council's record is imported while the import is killed again and again; each next process goes on where the last one
//! stood, and in the end everything is as if nobody had disturbed it.
//!
//! The source is the invented town, served by this program itself; where the recorded cities are beside the repository, a real
//! town with a defective server too. Start at [`survive`].

use crate::program::{Program, command};
use crate::{Engine, Ground, Moments, check_integrity, kills, open};
use allmende_db::dump::Owned;
use allmende_db::{Db, DbError, Scope, sql};
use allmende_testing::picture::Picture;
use anyhow::{Context, Result, ensure};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant, SystemTime};

/// The day on which the invented town lives.
const DAY: &str = "2026-06-08";
/// A run that shows no sign of life is taken over after 15 seconds; nobody waits here, the last sign is made older.
const SILENCE_MILLIS: i64 = 60_000;

#[test]
fn a_kill_during_an_import_of_the_invented_town_loses_nothing_on_sqlite() -> Result<()> {
    invented(Engine::Sqlite)
}

#[test]
fn a_kill_during_an_import_of_the_invented_town_loses_nothing_on_postgresql() -> Result<()> {
    invented(Engine::Postgres)
}

#[test]
fn a_kill_during_an_import_of_a_real_town_loses_nothing() -> Result<()> {
    let Some(city) = RealTown::start()? else { return Ok(()) };
    // It is large enough to be killed often on its way.
    survive(&Source { name: "Hürtgenwald", system: city.system.clone(), parts: 6, kills: kills(4) }, Engine::Sqlite)
}

fn invented(engine: Engine) -> Result<()> {
    let town = Program::spawn(command(&["demo", "--listen", "127.0.0.1:0", "--today", DAY].map(OsStr::new)))?;
    let system = format!("http://{}/oparl/v1.1/system", town.address);
    survive(&Source { name: "Musterau", system, parts: 2, kills: kills(if engine == Engine::Sqlite { 12 } else { 6 }) }, engine)
}

/// What is imported and how it is disturbed.
struct Source {
    name: &'static str,
    system: String,
    /// A process is left alone for this part of the time that the whole import takes, on average: a half, a third …
    parts: u32,
    kills: usize,
}

/// Imports until so many imports were killed as are wanted, and compares each one that came to its end with a calm one.
fn survive(source: &Source, engine: Engine) -> Result<()> {
    let (name, system, kills) = (source.name, &source.system, source.kills);
    let begun = now_millis();
    let mut ground = Ground::new(engine)?;
    let (data, _) = ground.init("calm")?;
    let started = Instant::now();
    ensure!(import(&data, system, None)?, "an undisturbed import was killed");
    let whole = started.elapsed();
    let calm = picture(&open(&data)?, engine, begun)?;
    ensure!(calm.rows("council_paper") > 100, "only {} papers came", calm.rows("council_paper"));

    let mut moments = Moments::new();
    let (mut killed, mut ended, mut in_vain) = (0, 0, 0);
    while killed < kills {
        let (data, _) = ground.init(&format!("import-{ended}"))?;
        let db = open(&data)?;
        let mut before = Held::default();
        loop {
            // The last process of all is left alone.
            let moment = (killed < kills).then(|| moments.within(whole * 2 / source.parts));
            let is_whole = import(&data, system, moment).with_context(|| format!("after {killed} kills"))?;
            check_integrity(&db).with_context(|| format!("after {killed} kills"))?;
            let after = Held::read(&db).with_context(|| format!("after {killed} kills"))?;
            ensure!(after.origins >= before.origins && after.pages >= before.pages, "lost after {killed} kills: {before:?}, now {after:?}");
            if is_whole {
                break;
            }
            killed += 1;
            in_vain += usize::from(after == before);
            before = after;
            db.write_blocking::<_, DbError>(Scope::Installation, |tx| {
                tx.execute(sql!("UPDATE council_run SET beat_at = beat_at - $1 WHERE state = 'running'"), &[&SILENCE_MILLIS])
            })?;
        }
        calm.same_as(&picture(&db, engine, begun)?).with_context(|| format!("import {ended} differs after {killed} kills in all"))?;
        ended += 1;
    }
    // This proves nothing if the kills never met an import at work.
    ensure!(in_vain * 4 < killed * 3, "{in_vain} of {killed} kills found nothing new written");
    println!(
        "| import of {name} | {} | {killed} | {ended} imports came whole ({} papers, {:.1} s undisturbed); {} kills after which something new was there | 0 | clean |",
        engine.name(),
        calm.rows("council_paper"),
        whole.as_secs_f64(),
        killed - in_vain
    );
    Ok(())
}

/// One process of the importer. Returns whether it came to its end; with a moment it is killed then.
fn import(data: &Path, system: &str, moment: Option<Duration>) -> Result<bool> {
    let arguments = ["import", "oparl", system, "--allow-private", "--files", "link", "--data"].map(OsStr::new);
    let mut child = command(&arguments).arg(data).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (output, complaints) = (child.stdout.take().context("no output")?, child.stderr.take().context("no error output")?);
    let (ends, ended) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        let said = std::io::read_to_string(output.chain(complaints));
        let _ = ends.send(());
        said
    });
    if let Some(moment) = moment
        && ended.recv_timeout(moment) == Err(mpsc::RecvTimeoutError::Timeout)
    {
        child.kill()?;
    }
    let status = child.wait()?;
    let said = reader.join().unwrap_or_else(|_| Ok(String::new()))?;
    // Without a code it was the signal; a process may also end just before it.
    ensure!(status.success() || (moment.is_some() && status.code().is_none()), "the import ended with {status}: {said}");
    Ok(status.success())
}

/// What an import has written so far.
#[derive(Debug, Default, PartialEq, Eq)]
struct Held {
    origins: i64,
    pages: i64,
}

impl Held {
    /// Fails if something is half there: an object without its origin or the other way round, a public page without its node.
    fn read(db: &Db) -> Result<Self> {
        macro_rules! halves {
            ($tx:expr, $($kind:literal),*) => {
                [$((
                    $kind,
                    $tx.find(sql!(concat!(
                        "SELECT CAST((SELECT COUNT(*) FROM council_origin o WHERE o.kind = '", $kind, "' AND NOT EXISTS (SELECT 1 FROM council_", $kind,
                        " c WHERE c.id = o.object_id)) + (SELECT COUNT(*) FROM council_", $kind, " c WHERE NOT EXISTS \
                         (SELECT 1 FROM council_origin o WHERE o.kind = '", $kind, "' AND o.object_id = c.id)) AS BIGINT)"
                    )), &[], |row| row.get::<i64>(0))?
                )),*]
            };
        }
        macro_rules! unheard {
            ($tx:expr, $($kind:literal),*) => {
                [$((
                    $kind,
                    $tx.find(sql!(concat!(
                        "SELECT CAST(COUNT(*) AS BIGINT) FROM council_", $kind, " c LEFT JOIN node n ON n.site_id = c.site_id AND n.kind = '", $kind,
                        "' AND n.object_id = c.id AND n.is_public = 1 LEFT JOIN council_origin o ON o.site_id = c.site_id AND o.kind = '", $kind,
                        "' AND o.object_id = c.id WHERE c.state = 'public' AND (n.id IS NULL OR o.raw IS NULL)"
                    )), &[], |row| row.get::<i64>(0))?
                )),*]
            };
        }
        let (held, halves, unheard) = db.read_blocking::<_, DbError>(Scope::Installation, |tx| {
            let origins = tx.find(sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM council_origin WHERE raw IS NOT NULL"), &[], |row| row.get(0))?;
            let pages = tx.find(sql!("SELECT CAST(COALESCE(SUM(pages), 0) AS BIGINT) FROM council_list"), &[], |row| row.get(0))?;
            let halves =
                halves!(tx, "body", "term", "organization", "person", "membership", "meeting", "agenda_item", "paper", "consultation", "file", "location");
            let unheard = unheard!(tx, "organization", "meeting", "paper");
            Ok((Self { origins: origins.unwrap_or(0), pages: pages.unwrap_or(0) }, halves, unheard))
        })?;
        for (kind, count) in halves.iter().chain(&unheard) {
            ensure!(*count == Some(0), "{count:?} rows of {kind} are half there");
        }
        Ok(held)
    }
}

fn now_millis() -> i64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// All that the import wrote, but for the moments at which it wrote. PostgreSQL gives the number of a row that was rolled back
/// to nobody else, so that numbers of rows differ there.
fn picture(db: &Db, engine: Engine, begun: i64) -> Result<Picture> {
    let wants =
        |table: &str| (table.starts_with("council_") && !matches!(table, "council_run" | "council_finding")) || matches!(table, "node" | "link" | "event");
    Picture::of(db, wants, move |_, column, cell| {
        matches!(cell, Owned::Int(at) if *at >= begun) || (engine == Engine::Postgres && (column == "id" || column.ends_with("_id") || column == "path"))
    })
}

/// Hürtgenwald as recorded, behind the replay server; stopped when dropped.
struct RealTown {
    server: Child,
    _folder: tempfile::TempDir,
    system: String,
}

impl RealTown {
    fn start() -> Result<Option<Self>> {
        let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
        let program = shared.join("checks/oparl_replay_server.py");
        if !program.is_file() {
            println!("skipped: ../shared is not here");
            return Ok(None);
        }
        let folder = tempfile::tempdir()?;
        let mut unpack = Command::new("tar");
        unpack.args(["--extract", "--zstd", "--file"]).arg(shared.join("data/oparl/huertgenwald-pseudonymised.tar.zst"));
        ensure!(unpack.arg("--directory").arg(folder.path()).status()?.success(), "the recording cannot be unpacked");
        let root = std::iter::once(folder.path().to_owned())
            .chain(std::fs::read_dir(folder.path())?.filter_map(|entry| entry.ok().map(|entry| entry.path())))
            .find(|path| path.join("system.json").is_file())
            .context("no system.json in the recording")?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut python = Command::new("python3");
        python.arg(program).arg("huertgenwald").arg(root).arg(port.to_string());
        let mut server = python.stdout(Stdio::piped()).spawn().context("python3")?;
        let output = server.stdout.take().context("no output")?;
        let town = Self { server, _folder: folder, system: format!("http://127.0.0.1:{port}/system") };
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        ensure!(line.starts_with("ready"), "the replay server says {line:?}");
        Ok(Some(town))
    }
}

impl Drop for RealTown {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
