//! What a machine can check of the house style.
use anyhow::Result;

use crate::repo::Repo;

pub fn run(_repo: &Repo) -> Result<()> {
    Ok(())
}
