//! Ten thousand subscribers and the recorded updates of a real council, by the search index of the product, on both engines.
//!
//! The measuring program is an example of the room that it measures; this unpacks the recording and hands the tables on.

use anyhow::{Context, Result};

use super::replay;
use crate::postgres::{Cluster, Use};
use crate::process;
use crate::repo::Repo;

pub fn run(repo: &Repo) -> Result<String> {
    let recording = replay::unpack(repo)?;
    let cluster = Cluster::start(repo, Use::Measurements)?;
    process::output(
        process::cargo()
            .args(["run", "--quiet", "--release", "--package", "allmende-subscriptions", "--example", "subscriptions_bench", "--"])
            .arg(recording)
            .env("ALLMENDE_TEST_POSTGRES", cluster.url())
            .current_dir(&repo.root),
    )
    .context("the example subscriptions_bench")
}
