//! Every crate that goes into the program has a licence that we allow and comes from the registry.
//!
//! Asks `cargo metadata`; decides by `supply-chain.toml`. Start at [`check`].

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use super::Findings;
use super::supply::{FILE, Policy};
use crate::process;
use crate::repo::Repo;

/// A crate that is not ours.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Dependency {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence as declared (SPDX).
    pub license: Option<String>,
    /// Where its source is kept.
    pub repository: Option<String>,
    /// Where cargo has it from; none for our own.
    #[serde(skip_serializing)]
    source: Option<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Dependency>,
}

/// All crates that are not ours, for the system that we build for.
///
/// # Errors
/// When `Cargo.lock` is missing or does not fit the manifests.
pub fn dependencies(repo: &Repo) -> Result<Vec<Dependency>> {
    if !repo.path("Cargo.lock").is_file() {
        bail!("Cargo.lock is missing: it belongs into the repository");
    }
    let text = process::output(
        process::cargo()
            .args(["metadata", "--format-version=1", "--locked", "--all-features"])
            .arg("--filter-platform=x86_64-unknown-linux-gnu")
            .current_dir(&repo.root),
    )
    .context("cargo metadata")?;
    let mut metadata: Metadata = serde_json::from_str(&text).context("cargo metadata")?;
    metadata.packages.retain(|package| package.source.is_some());
    metadata.packages.sort_by(|one, other| (&one.name, &one.version).cmp(&(&other.name, &other.version)));
    Ok(metadata.packages)
}

pub fn check(repo: &Repo, policy: &Policy, findings: &mut Findings) -> Result<()> {
    for dependency in dependencies(repo)? {
        judge(&dependency, policy, findings);
    }
    Ok(())
}

fn judge(dependency: &Dependency, policy: &Policy, findings: &mut Findings) {
    let Dependency { name, version, .. } = dependency;
    if dependency.source.as_deref().is_some_and(|source| source.starts_with("git+")) {
        findings.error(FILE, 0, format!("{name} {version} comes from git, not from the registry"));
    }
    let Some(expression) = &dependency.license else {
        return findings.error(FILE, 0, format!("{name} {version} declares no licence"));
    };
    let is_allowed = |licence: &str| {
        policy.licences.allow.iter().any(|allowed| allowed == licence)
            || policy.licences.exception.iter().any(|exception| exception.name == *name && exception.licence == licence)
    };
    match Expression::is_met(expression, &is_allowed) {
        Ok(true) => {}
        Ok(false) => findings.error(FILE, 0, format!("{name} {version} has the licence {expression}, which is not allowed")),
        Err(error) => findings.error(FILE, 0, format!("{name} {version}: {error}")),
    }
}

/// An SPDX expression, read from left to right: `OR` binds weaker than `AND`, `A/B` is an old form of `A OR B`.
struct Expression {
    tokens: Vec<String>,
    at: usize,
}

impl Expression {
    fn is_met(text: &str, is_allowed: &dyn Fn(&str) -> bool) -> Result<bool> {
        let spaced = text.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
        let mut expression = Expression { tokens: spaced.split_whitespace().map(str::to_owned).collect(), at: 0 };
        let is_met = expression.any(is_allowed)?;
        if expression.at < expression.tokens.len() {
            bail!("`{text}` is no licence expression");
        }
        Ok(is_met)
    }

    fn take(&mut self, word: &str) -> bool {
        let is_next = self.tokens.get(self.at).is_some_and(|token| token == word);
        if is_next {
            self.at += 1;
        }
        is_next
    }

    fn any(&mut self, is_allowed: &dyn Fn(&str) -> bool) -> Result<bool> {
        let mut is_met = self.all(is_allowed)?;
        while self.take("OR") {
            is_met |= self.all(is_allowed)?;
        }
        Ok(is_met)
    }

    fn all(&mut self, is_allowed: &dyn Fn(&str) -> bool) -> Result<bool> {
        let mut is_met = self.one(is_allowed)?;
        while self.take("AND") {
            is_met &= self.one(is_allowed)?;
        }
        Ok(is_met)
    }

    fn one(&mut self, is_allowed: &dyn Fn(&str) -> bool) -> Result<bool> {
        if self.take("(") {
            let is_met = self.any(is_allowed)?;
            if !self.take(")") {
                bail!("a licence expression without its closing parenthesis");
            }
            return Ok(is_met);
        }
        let licence = self.next()?;
        if self.take("WITH") {
            let with = format!("{licence} WITH {}", self.next()?);
            return Ok(is_allowed(&with) || is_allowed(&licence));
        }
        Ok(is_allowed(&licence))
    }

    fn next(&mut self) -> Result<String> {
        let token = self.tokens.get(self.at).context("a licence expression that ends early")?;
        self.at += 1;
        Ok(token.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::{Dependency, Expression, judge};
    use crate::tidy::{Findings, supply::Policy};

    #[test]
    fn an_expression_is_met_as_spdx_says() {
        let check = |text: &str, expected: bool| {
            let is_allowed = |licence: &str| ["MIT", "BSD-3-Clause"].contains(&licence);
            assert_eq!(Expression::is_met(text, &is_allowed).unwrap(), expected, "{text}");
        };
        check("MIT", true);
        check("GPL-3.0-only", false);
        check("MIT OR GPL-3.0-only", true);
        check("MIT/GPL-3.0", true);
        check("MIT AND GPL-3.0-only", false);
        check("GPL-3.0-only OR MIT AND BSD-3-Clause", true);
        check("(GPL-3.0-only OR MIT) AND BSD-3-Clause", true);
        check("(GPL-3.0-only OR MIT) AND Zlib", false);
        check("MIT WITH some-exception", true);
        assert!(Expression::is_met("MIT MIT", &|_| true).is_err());
        assert!(Expression::is_met("(MIT", &|_| true).is_err());
        assert!(Expression::is_met("MIT OR", &|_| true).is_err());
    }

    #[test]
    fn what_is_not_allowed_or_comes_from_git_is_found() {
        let policy = Policy::parse(
            "[licences]\nallow = [\"MIT\"]\n\
             [[licences.exception]]\ncrate = \"special\"\nlicence = \"OFL-1.1\"\nreason = \"fonts\"\n",
        )
        .unwrap();
        let count = |name: &str, licence: Option<&str>, source: &str| {
            let mut findings = Findings::default();
            let dependency = Dependency {
                name: name.to_owned(),
                version: "1.0.0".to_owned(),
                license: licence.map(str::to_owned),
                repository: None,
                source: Some(source.to_owned()),
            };
            judge(&dependency, &policy, &mut findings);
            findings.errors.len()
        };
        let registry = "registry+https://example.org/index";
        assert_eq!(count("a", Some("MIT"), registry), 0);
        assert_eq!(count("a", Some("OFL-1.1"), registry), 1);
        assert_eq!(count("special", Some("OFL-1.1"), registry), 0);
        assert_eq!(count("a", None, registry), 1);
        assert_eq!(count("a", Some("MIT"), "git+https://example.org/a"), 1);
    }
}
