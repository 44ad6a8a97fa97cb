//! What we take from others: which licences are allowed, which advisories do not concern us and why.
//!
//! Reads `supply-chain.toml`. Start at [`Policy::read`].

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::repo::Repo;

/// The file with our decisions.
pub const FILE: &str = "supply-chain.toml";

/// Our decisions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Licences of crates.
    pub licences: Licences,
    /// Advisories that do not concern us.
    #[serde(default)]
    pub ignore: Vec<Ignored>,
}

/// Licences by their SPDX names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Licences {
    /// Fine for every crate.
    pub allow: Vec<String>,
    /// Fine for one crate.
    #[serde(default)]
    pub exception: Vec<Exception>,
}

/// A licence that one crate may have.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The name of the crate.
    #[serde(rename = "crate")]
    pub name: String,
    /// The licence.
    pub licence: String,
    /// Why.
    pub reason: String,
}

/// An advisory that does not concern us.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ignored {
    /// `RUSTSEC-2026-0001`.
    pub id: String,
    /// Why.
    pub reason: String,
}

impl Policy {
    /// # Errors
    /// When the file is missing or not understood, or a decision has no reason.
    pub fn read(repo: &Repo) -> Result<Self> {
        let text = std::fs::read_to_string(repo.path(FILE)).context(FILE)?;
        Self::parse(&text).context(FILE)
    }

    pub(super) fn parse(text: &str) -> Result<Self> {
        let policy: Self = toml::from_str(text)?;
        for ignored in &policy.ignore {
            ensure!(!ignored.reason.trim().is_empty(), "{} needs a reason", ignored.id);
        }
        for exception in &policy.licences.exception {
            ensure!(!exception.reason.trim().is_empty(), "{} needs a reason", exception.name);
        }
        Ok(policy)
    }
}

#[cfg(test)]
mod tests {
    use super::Policy;

    #[test]
    fn a_decision_needs_a_reason() {
        let with = |reason: &str| Policy::parse(&format!("[licences]\nallow = [\"MIT\"]\n[[ignore]]\nid = \"RUSTSEC-2026-0001\"\nreason = \"{reason}\"\n"));
        assert!(with("not compiled in").is_ok());
        assert!(with(" ").is_err());
    }
}
