//! Measurements.
use anyhow::Result;

use crate::repo::Repo;

pub fn run(_repo: &Repo, _only: Option<&str>) -> Result<()> {
    anyhow::bail!("not yet")
}
