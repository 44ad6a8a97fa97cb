//! The two longest proofs of the import: Karlsruhe through faults on every seventh answer, and Karlsruhe with all its changes on
//! PostgreSQL; both compared with the recorded server field by field.
//!
//! They are tests of the council room (`import_cities`) that answer at once unless they are asked for from here.

use anyhow::{Context, Result, ensure};

use super::{rows_of, table};
use crate::postgres::{Cluster, Use};
use crate::process;
use crate::repo::Repo;

const HEAD: [&str; 3] = ["what", "engine", "outcome"];

pub fn run(repo: &Repo) -> Result<String> {
    let cluster = Cluster::start(repo, Use::Measurements)?;
    let mut test = process::cargo();
    test.args(["test", "--quiet", "--package", "allmende-council", "--test", "import_cities", "--", "--nocapture", "--test-threads=1", "long_"]);
    test.env("ALLMENDE_LONG_PROOFS", "1").env("ALLMENDE_TEST_POSTGRES", cluster.url()).current_dir(&repo.root);
    let said = process::output(&mut test).context("the tests of cities")?;
    let rows = rows_of(&said);
    ensure!(rows.len() == 2, "the tests of cities do not say what came of them; is ../shared here?");
    Ok(format!("{}{}\n", table(&HEAD, std::iter::empty()), rows.join("\n")))
}
