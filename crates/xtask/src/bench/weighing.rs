//! The desk of the weighing with five hundred statements: how long each of its steps takes, on both engines.
//!
//! The measuring program is an example of the room that it measures; this starts it and hands its table on.

use anyhow::{Context, Result};

use super::{rows_of, table};
use crate::postgres::{Cluster, Use};
use crate::process;
use crate::repo::Repo;

pub fn run(repo: &Repo) -> Result<String> {
    let cluster = Cluster::start(repo, Use::Measurements)?;
    let said = process::output(
        process::cargo()
            .args(["run", "--quiet", "--release", "--package", "allmende-dialogue", "--example", "weighing"])
            .env("ALLMENDE_TEST_POSTGRES", cluster.url())
            .current_dir(&repo.root),
    )
    .context("the example weighing")?;
    // The first of them is the program's own head.
    let rows = rows_of(&said).into_iter().skip(1).map(|row| row.trim_matches(['|', ' ']).split(" | ").map(str::to_owned).collect());
    Ok(table(&["engine", "step", "status", "time", "statements"], rows))
}
