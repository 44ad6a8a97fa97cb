//! No crate in `Cargo.lock` has a known weakness: RustSec's advisories, read offline from the data beside the repository.
//!
//! A weakness fails the run, a notice (unmaintained, unsound) is a warning. What does not concern us stands with its
//! reason in `supply-chain.toml`; what is listed there without need fails too. Start at [`check`].

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use semver::{Version, VersionReq};
use serde::Deserialize;

use super::Findings;
use super::supply::{FILE, Policy};
use crate::repo::Repo;

/// The advisories of a crate are the Markdown files in a folder of its name below this one.
const DATA: &str = "data/advisory-db/crates";

#[derive(Deserialize)]
struct Lock {
    #[serde(default)]
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    /// None for our own crates.
    source: Option<String>,
}

#[derive(Deserialize)]
struct Document {
    advisory: Advisory,
    #[serde(default)]
    versions: Versions,
    #[serde(default)]
    affected: Affected,
}

#[derive(Deserialize)]
struct Advisory {
    id: String,
    informational: Option<String>,
    withdrawn: Option<toml::Value>,
}

#[derive(Deserialize, Default)]
struct Versions {
    #[serde(default)]
    patched: Vec<String>,
    #[serde(default)]
    unaffected: Vec<String>,
}

#[derive(Deserialize, Default)]
struct Affected {
    #[serde(default)]
    os: Vec<String>,
}

pub fn check(repo: &Repo, policy: &Policy, findings: &mut Findings) -> Result<()> {
    let Some(data) = repo.shared(DATA) else {
        println!("skipped: ../shared is not here (advisories)");
        return Ok(());
    };
    let lock = std::fs::read_to_string(repo.path("Cargo.lock")).context("Cargo.lock")?;
    let lock: Lock = toml::from_str(&lock).context("Cargo.lock")?;
    audit(&lock, &data, policy, findings)
}

fn audit(lock: &Lock, data: &Path, policy: &Policy, findings: &mut Findings) -> Result<()> {
    let mut needed = BTreeSet::new();
    for package in lock.package.iter().filter(|package| package.source.is_some()) {
        let version: Version = package.version.parse()?;
        for document in documents(&data.join(&package.name))? {
            let id = document.advisory.id.clone();
            if !document.concerns(&version).with_context(|| id.clone())? {
                continue;
            }
            if policy.ignore.iter().any(|ignored| ignored.id == id) {
                needed.insert(id);
                continue;
            }
            let text = format!("{} {version} is concerned by {id}", package.name);
            match &document.advisory.informational {
                None => findings.error("Cargo.lock", 0, text),
                Some(kind) => findings.warn("Cargo.lock", 0, format!("{text} ({kind})")),
            }
        }
    }
    for ignored in &policy.ignore {
        if !needed.contains(&ignored.id) {
            findings.error(FILE, 0, format!("{} concerns no crate of ours any more", ignored.id));
        }
    }
    Ok(())
}

fn documents(folder: &Path) -> Result<Vec<Document>> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "md") {
            let text = std::fs::read_to_string(&path)?;
            found.push(Document::parse(&text).with_context(|| path.display().to_string())?);
        }
    }
    Ok(found)
}

impl Document {
    /// The facts stand in a block of TOML at the beginning.
    fn parse(text: &str) -> Result<Self> {
        let (_, rest) = text.split_once("```toml").context("no block of facts")?;
        let (facts, _) = rest.split_once("```").context("no end of the facts")?;
        Ok(toml::from_str(facts)?)
    }

    fn concerns(&self, version: &Version) -> Result<bool> {
        let is_elsewhere = !self.affected.os.is_empty() && !self.affected.os.iter().any(|os| os == "linux");
        if self.advisory.withdrawn.is_some() || is_elsewhere {
            return Ok(false);
        }
        for range in self.versions.patched.iter().chain(&self.versions.unaffected) {
            if VersionReq::parse(range)?.matches(version) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, Lock, audit};
    use crate::tidy::{Findings, supply::Policy};

    const ADVISORY: &str = "```toml\n[advisory]\nid = \"RUSTSEC-2026-0001\"\npackage = \"weak\"\n\
        [versions]\npatched = [\">= 1.2.3, < 2.0.0\", \">= 2.1.0\"]\nunaffected = [\"< 1.0.0\"]\n```\n# Title\n";

    #[test]
    fn a_version_is_concerned_between_the_ranges() {
        let check = |version: &str, expected: bool| {
            let document = Document::parse(ADVISORY).unwrap();
            let concerns = document.concerns(&version.parse().unwrap()).unwrap();
            assert_eq!(concerns, expected, "{version}");
        };
        check("0.9.9", false);
        check("1.0.0", true);
        check("1.2.2", true);
        check("1.2.3", false);
        check("2.0.0", true);
        check("2.0.9", true);
        check("2.1.0", false);
    }

    #[test]
    fn other_systems_and_withdrawn_advisories_do_not_concern_us() {
        let concerns = |more: &str| {
            let text = ADVISORY.replace("[versions]", &format!("{more}\n[versions]"));
            let version = "1.0.0".parse().unwrap();
            Document::parse(&text).unwrap().concerns(&version).unwrap()
        };
        assert!(concerns(""));
        assert!(!concerns("withdrawn = \"2026-01-01\""));
        assert!(!concerns("[affected]\nos = [\"windows\"]"));
        assert!(concerns("[affected]\nos = [\"windows\", \"linux\"]"));
    }

    #[test]
    fn a_weak_crate_fails_unless_there_is_a_reason_and_reasons_go_when_no_longer_needed() {
        let data = tempfile::tempdir().unwrap();
        std::fs::create_dir(data.path().join("weak")).unwrap();
        let file = data.path().join("weak/RUSTSEC-2026-0001.md");
        std::fs::write(&file, ADVISORY).unwrap();
        let count = |version: &str, policy: &str| {
            let lock: Lock = toml::from_str(&format!("[[package]]\nname = \"weak\"\nversion = \"{version}\"\nsource = \"registry\"\n")).unwrap();
            let policy = Policy::parse(&format!("[licences]\nallow = []\n{policy}")).unwrap();
            let mut findings = Findings::default();
            audit(&lock, data.path(), &policy, &mut findings).unwrap();
            (findings.warnings.len(), findings.errors.len())
        };
        let ignore = "[[ignore]]\nid = \"RUSTSEC-2026-0001\"\nreason = \"not compiled in\"\n";
        assert_eq!(count("1.0.0", ""), (0, 1));
        assert_eq!(count("1.2.3", ""), (0, 0));
        assert_eq!(count("1.0.0", ignore), (0, 0));
        assert_eq!(count("1.2.3", ignore), (0, 1));
        let notice = ADVISORY.replace("[versions]", "informational = \"unmaintained\"\n[versions]");
        std::fs::write(&file, notice).unwrap();
        assert_eq!(count("1.0.0", ""), (1, 0));
    }
}
