//! The database facade beside the raw drivers, on the same statements and both engines.
//!
//! The measuring program is an example of the crate that it measures; this starts it and hands its table on.

use anyhow::{Context, Result};

use crate::postgres::{Cluster, Use};
use crate::process;
use crate::repo::Repo;

pub fn run(repo: &Repo) -> Result<String> {
    let cluster = Cluster::start(repo, Use::Measurements)?;
    process::output(
        process::cargo()
            .args(["run", "--quiet", "--release", "--package", "allmende-db", "--example", "facade_bench"])
            .env("ALLMENDE_TEST_POSTGRES", cluster.url())
            .current_dir(&repo.root),
    )
    .context("the example facade_bench")
}
