//! Killed at any moment, the program loses nothing that it acknowledged: on both engines, again and again.
//!
//! The test starts itself as a child that writes from several threads and prints each id after its commit, kills it, and looks
//! for every printed id. `ALLMENDE_KILL_CYCLES` sets how often (20). A server of PostgreSQL that fails loses nothing of that either.

use allmende_core::Id;
use allmende_db::migrate::{self, Migration};
use allmende_db::{Clock, Db, DbError, Options, Scope, Target, inspect, sql};
use allmende_testing::Server;
use anyhow::{Context, Result, ensure};
use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;

const SCHEMA: &[Migration] = &[Migration {
    number: 1,
    name: "test",
    sql: "CREATE TABLE act (id IDENTITY, note TEXT NOT NULL);\nCREATE TABLE echo (act_id BIGINT PRIMARY KEY REFERENCES act (id));\n",
}];

/// Names the database of the child.
const CHILD: &str = "ALLMENDE_KILL_CHILD";
const WRITERS: usize = 4;

fn open(address: &str) -> Result<Db> {
    Ok(Db::open(&Options { target: Target::parse(address)?, readers: WRITERS, clock: Clock::Database })?)
}

/// Writes two rows that belong together and returns when they are acknowledged.
fn act(db: &Db) -> Result<Id<str>, DbError> {
    db.write_blocking::<_, DbError>(Scope::Installation, |tx| {
        let id: Id<str> = tx.insert(sql!("INSERT INTO act (note) VALUES ('written') RETURNING id"), &[])?;
        tx.execute(sql!("INSERT INTO echo (act_id) VALUES ($1)"), &[&id])?;
        Ok(id)
    })
}

/// Not a test of its own: what the child does until it is killed.
#[test]
fn child() -> Result<()> {
    let Ok(address) = std::env::var(CHILD) else { return Ok(()) };
    let db = open(&address)?;
    std::thread::scope(|threads| {
        for _ in 0..WRITERS {
            threads.spawn(|| {
                loop {
                    if let Ok(id) = act(&db) {
                        let mut output = std::io::stdout().lock();
                        let _ = writeln!(output, "ack {id}").and_then(|()| output.flush());
                    }
                }
            });
        }
    });
    Ok(())
}

/// Lets a child write until it acknowledged `enough` writes, kills it at once, and returns all ids that it acknowledged.
fn killed(address: &str, enough: usize) -> Result<Vec<i64>> {
    let mut child = Command::new(std::env::current_exe()?)
        .args(["--exact", "child", "--nocapture", "--test-threads=1"])
        .env(CHILD, address)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut lines = BufReader::new(child.stdout.take().context("no output")?).lines();
    let mut acknowledged = Vec::new();
    let note = |line: &str, acknowledged: &mut Vec<i64>| {
        // The test harness may have begun the first line.
        if let Some(id) = line.rsplit_once("ack ").and_then(|(_, id)| id.parse().ok()) {
            acknowledged.push(id);
        }
    };
    for line in lines.by_ref() {
        note(&line?, &mut acknowledged);
        if acknowledged.len() >= enough {
            break;
        }
    }
    // SIGKILL: no destructor runs.
    child.kill()?;
    child.wait()?;
    // What was printed before and not read yet was acknowledged too; the last line may be cut off.
    let rest: Vec<String> = lines.map_while(Result::ok).collect();
    for line in rest.iter().take(rest.len().saturating_sub(1)) {
        note(line, &mut acknowledged);
    }
    ensure!(acknowledged.len() >= enough, "the child ended early after {} writes", acknowledged.len());
    Ok(acknowledged)
}

/// All that was acknowledged is there, and nothing by halves.
fn look(db: &Db, acknowledged: &HashSet<i64>) -> Result<()> {
    let (kept, halves, damage) = db.read_blocking::<_, DbError>(Scope::Installation, |tx| {
        let kept: HashSet<i64> = tx.list(sql!("SELECT id FROM act"), &[], |row| row.get(0))?.into_iter().collect();
        let halves = tx.find(sql!("SELECT COUNT(*) FROM act WHERE id NOT IN (SELECT act_id FROM echo)"), &[], |row| row.get::<i64>(0))?;
        Ok((kept, halves, inspect::damage(tx)?))
    })?;
    ensure!(acknowledged.is_subset(&kept), "lost {:?}", acknowledged.difference(&kept).collect::<Vec<_>>());
    ensure!(halves == Some(0), "half-written acts");
    ensure!(damage.is_empty(), "{damage:?}");
    Ok(())
}

fn cycles(address: &str) -> Result<()> {
    let db = open(address)?;
    migrate::run(&db, SCHEMA)?;
    drop(db);
    let cycles: usize = std::env::var("ALLMENDE_KILL_CYCLES").ok().and_then(|text| text.parse().ok()).unwrap_or(20);
    let mut all = HashSet::new();
    for cycle in 0..cycles {
        all.extend(killed(address, 1 + cycle * 37 % 101)?);
        look(&open(address)?, &all).with_context(|| format!("cycle {cycle}"))?;
    }
    println!("{cycles} kills, {} acknowledged writes, none lost", all.len());
    Ok(())
}

#[test]
fn a_kill_loses_no_acknowledged_write_on_sqlite() -> Result<()> {
    let folder = tempfile::tempdir()?;
    cycles(&format!("sqlite:{}", folder.path().join("kill.db").display()))
}

#[test]
fn a_kill_loses_no_acknowledged_write_on_postgresql() -> Result<()> {
    let server = Server::from_environment()?;
    let name = server.create()?;
    let outcome = cycles(&server.url_of(&name));
    server.remove(&name)?;
    outcome
}

/// How often the server fails, and how much is acknowledged before each time and after the last.
const FAILURES: usize = 5;
const BETWEEN: usize = 150;

/// When one of its processes is killed, the server ends all others, loses what was not on the disk, and begins anew.
#[test]
fn a_server_that_fails_loses_no_acknowledged_write() -> Result<()> {
    let server = Server::that_fails()?;
    let db = open(&server.url_of(&server.create()?))?;
    migrate::run(&db, SCHEMA)?;
    let (ends, (acknowledge, acknowledged)) = (AtomicBool::new(false), channel());
    let all = std::thread::scope(|threads| {
        for _ in 0..WRITERS {
            let (db, ends, acknowledge) = (&db, &ends, acknowledge.clone());
            threads.spawn(move || {
                while !ends.load(Ordering::Relaxed) {
                    if let Ok(id) = act(db) {
                        let _ = acknowledge.send(id.get());
                    }
                }
            });
        }
        let mut all: HashSet<i64> = acknowledged.iter().take(BETWEEN).collect();
        let failed: Result<()> = (0..FAILURES).try_for_each(|_| {
            let process = db.read_blocking::<_, DbError>(Scope::Installation, |tx| {
                tx.find(sql!("SELECT CAST(pg_backend_pid() AS BIGINT)"), &[], |row| row.get::<i64>(0))
            })?;
            let process = process.and_then(|id| rustix::process::Pid::from_raw(i32::try_from(id).ok()?)).context("a server without processes")?;
            rustix::process::kill_process(process, rustix::process::Signal::KILL)?;
            all.extend(acknowledged.iter().take(BETWEEN));
            Ok(())
        });
        ends.store(true, Ordering::Relaxed);
        failed.map(|()| all)
    })?;
    look(&db, &all)
}
