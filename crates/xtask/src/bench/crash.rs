//! The program killed a hundred times while it imports and a hundred times while people enter things by hand, on both engines.
//!
//! The killing is a test of the program (`crates/server/tests/crash`), which makes fewer kills when all tests run; this asks for
//! more and hands its rows on.

use anyhow::{Context, Result, ensure};

use super::{rows_of, table};
use crate::postgres::{Cluster, Use};
use crate::process;
use crate::repo::Repo;

/// Kills of each kind.
const KILLS: &str = "100";
const HEAD: [&str; 6] = ["what is killed", "engine", "kills", "what was done", "acknowledged and lost", "integrity"];

pub fn run(repo: &Repo) -> Result<String> {
    let cluster = Cluster::start(repo, Use::Measurements)?;
    let mut test = process::cargo();
    test.args(["test", "--quiet", "--package", "allmende", "--test", "crash", "--", "--nocapture", "--test-threads=1", "a_kill_"]);
    test.env("ALLMENDE_KILL_CYCLES", KILLS).env("ALLMENDE_TEST_POSTGRES", cluster.url()).current_dir(&repo.root);
    let said = process::output(&mut test).context("the test of kills")?;
    let rows = rows_of(&said);
    ensure!(!rows.is_empty(), "the test of kills says nothing");
    Ok(format!("{}{}\n", table(&HEAD, std::iter::empty()), rows.join("\n")))
}
