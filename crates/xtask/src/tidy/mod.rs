//! What a machine can check of the house style; one module per check.
//!
//! Owns the list of checks and their report. A check reads the [`Tree`] and adds findings; it changes nothing and
//! reaches no network. Each has tests that it can fail. Start at [`CHECKS`].

mod advisories;
mod clock;
mod easy;
mod files;
mod fluent;
mod keys;
mod layers;
mod licences;
mod rust;
mod sql;
mod supply;
mod templates;
mod translations;
mod tree;
mod words;

use anyhow::{Result, bail};

use crate::repo::Repo;
use tree::Tree;

pub use licences::{Dependency, dependencies};

/// Reads the files and adds what it finds.
type Check = fn(&Tree, &mut Findings);

/// The checks that need nothing but the files, each with its name in the report.
const CHECKS: &[(&str, Check)] = &[
    ("headers and sizes", files::check),
    ("who may depend on whom", layers::check),
    ("SQL in stores only", sql::check),
    ("clock and chance in the platform only", clock::check),
    ("translations", translations::check),
    ("keys of translations", keys::check),
    ("Leichte Sprache", easy::check),
    ("texts in templates", templates::check),
    ("words", words::check),
];

/// What the checks found.
#[derive(Default)]
pub struct Findings {
    errors: Vec<String>,
    warnings: Vec<String>,
}

impl Findings {
    /// Something that fails the run. `line` from 1; 0 for the whole file.
    fn error(&mut self, file: &str, line: usize, text: impl AsRef<str>) {
        self.errors.push(place(file, line, text.as_ref()));
    }

    /// Something worth knowing.
    fn warn(&mut self, file: &str, line: usize, text: impl AsRef<str>) {
        self.warnings.push(place(file, line, text.as_ref()));
    }
}

fn place(file: &str, line: usize, text: &str) -> String {
    if line == 0 { format!("{file}: {text}") } else { format!("{file}:{line}: {text}") }
}

/// Runs all checks and prints what they find.
///
/// # Errors
/// When one of them found something.
pub fn run(repo: &Repo) -> Result<()> {
    let tree = Tree::read(repo)?;
    let mut findings = Findings::default();
    let mut failed = Vec::new();
    let mut note = |name: &'static str, findings: &Findings, before: usize| {
        if findings.errors.len() > before {
            failed.push(name);
        }
    };
    for (name, check) in CHECKS {
        let before = findings.errors.len();
        check(&tree, &mut findings);
        note(name, &findings, before);
    }
    let policy = supply::Policy::read(repo)?;
    let before = findings.errors.len();
    if let Err(error) = licences::check(repo, &policy, &mut findings) {
        findings.error("Cargo.lock", 0, format!("{error:#}"));
    }
    note("licences", &findings, before);
    let before = findings.errors.len();
    if let Err(error) = advisories::check(repo, &policy, &mut findings) {
        findings.error("Cargo.lock", 0, format!("{error:#}"));
    }
    note("advisories", &findings, before);
    for warning in &findings.warnings {
        println!("warning: {warning}");
    }
    for error in &findings.errors {
        println!("error: {error}");
    }
    if !findings.errors.is_empty() {
        bail!("{} findings in: {}", findings.errors.len(), failed.join(", "));
    }
    println!("{} files are tidy", tree.files.len());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Findings, Tree};

    /// What a check says of an invented tree: its errors.
    pub fn errors(check: super::Check, files: &[(&str, &str)]) -> Vec<String> {
        let mut findings = Findings::default();
        check(&Tree::of(files), &mut findings);
        findings.errors
    }

    #[test]
    fn a_finding_names_its_place() {
        assert_eq!(super::place("a.rs", 3, "no"), "a.rs:3: no");
        assert_eq!(super::place("a.rs", 0, "no"), "a.rs: no");
    }
}
