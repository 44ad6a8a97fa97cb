//! What goes out: the program, its checksum and the list of everything it is made of.
//!
//! Written to `target/release-files/`. Start at [`run`].

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde::Serialize;
use serde_json::Value;

use crate::build::{self, Profile};
use crate::repo::Repo;
use crate::{process, tidy};

const PROGRAM: &str = "allmende";
const PARTS: &str = "allmende-parts.json";
const CHECKSUMS: &str = "SHA256SUMS";

/// Everything in the program that is not ours.
#[derive(Serialize)]
struct Parts {
    version: &'static str,
    crates: Vec<tidy::Dependency>,
    web: Vec<WebPackage>,
}

/// A package of the front end.
#[derive(Debug, PartialEq, Serialize)]
struct WebPackage {
    name: String,
    version: String,
    license: Option<String>,
}

/// Builds the program and writes it with its papers.
///
/// # Errors
/// When the build fails or a file cannot be written.
pub fn run(repo: &Repo) -> Result<()> {
    let binary = build::run(repo, Profile::Release)?;
    let folder = repo.target_folder("release-files")?;
    std::fs::copy(&binary, folder.join(PROGRAM)).context("cannot copy the program")?;
    let lock = std::fs::read_to_string(repo.path("web/package-lock.json")).context("web/package-lock.json")?;
    let parts = Parts { version: env!("CARGO_PKG_VERSION"), crates: tidy::dependencies(repo)?, web: web_packages(&lock)? };
    std::fs::write(folder.join(PARTS), serde_json::to_string_pretty(&parts)?)?;
    std::fs::copy(repo.path("LICENSE"), folder.join("LICENSE")).context("cannot copy the licence")?;
    let sums = checksums(&folder)?;
    std::fs::write(folder.join(CHECKSUMS), &sums)?;
    print!("{sums}");
    println!("in {}", repo.show(&folder));
    Ok(())
}

fn checksums(folder: &Path) -> Result<String> {
    process::output(Command::new("sha256sum").args([PROGRAM, PARTS, "LICENSE"]).current_dir(folder))
}

/// The packages that go into the program, from npm's lock file; those for building and testing only stay out.
fn web_packages(lock: &str) -> Result<Vec<WebPackage>> {
    let lock: Value = serde_json::from_str(lock)?;
    let packages = lock.get("packages").and_then(Value::as_object).context("the lock file lists no packages")?;
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    Ok(packages
        .iter()
        .filter(|(path, value)| !path.is_empty() && value.get("dev") != Some(&Value::Bool(true)))
        .map(|(path, value)| WebPackage {
            name: path.rsplit("node_modules/").next().unwrap_or(path).to_owned(),
            version: text(value, "version").unwrap_or_default(),
            license: text(value, "license"),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::web_packages;

    #[test]
    fn only_packages_that_go_out_are_listed() {
        let lock = r#"{"packages": {
            "": {"name": "web"},
            "node_modules/@a/b": {"version": "1.0.0", "license": "MIT"},
            "node_modules/c": {"version": "2.0.0", "dev": true}
        }}"#;
        let packages = web_packages(lock).unwrap();
        assert_eq!(packages.len(), 1);
        assert_eq!(packages[0].name, "@a/b");
        assert_eq!(packages[0].license.as_deref(), Some("MIT"));
        assert!(web_packages("{}").is_err());
    }
}
