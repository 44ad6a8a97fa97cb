//! The search on the texts of Karlsruhe: building, recall, relevance beside two peers, latency, saved questions.
//!
//! The measuring program is an example of the crate that it measures; this starts it and hands its tables on. What a reader
//! judges by eye (sampled hits, words that were missed) lies beside the report.

use anyhow::{Context, Result};

use crate::postgres::{Cluster, Use};
use crate::process;
use crate::repo::Repo;

pub fn run(repo: &Repo) -> Result<String> {
    let cluster = Cluster::start(repo, Use::Measurements)?;
    process::output(
        process::cargo()
            .args(["run", "--quiet", "--release", "--package", "allmende-search-index", "--example", "search_bench"])
            .env("ALLMENDE_TEST_POSTGRES", cluster.url())
            .env("ALLMENDE_BENCH_NOTES", repo.target_folder("bench")?)
            .env("ALLMENDE_SHARED", repo.root.join("../shared"))
            .current_dir(&repo.root),
    )
    .context("the example search_bench")
}
