//! `allmende doctor`: finds what is wrong with an installation and says what to do about it.
//!
//! Changes nothing and does not migrate. Read in this order: [`examine`], [`settings`] (pure), [`folder`], [`database`], [`post`].

pub mod database;
pub mod folder;
pub mod post;
pub mod settings;

use crate::config::{Config, FILE};
use serde::Serialize;
use std::path::Path;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// All is well.
    Ok,
    /// It works, but not as it should.
    Warning,
    /// It does not work, or it is not safe.
    Error,
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub level: Level,
    /// Name of the check; stable, for programs that read `--json`.
    pub check: &'static str,
    /// What is the matter.
    pub text: String,
    /// What to do about it; empty if nothing.
    pub advice: &'static str,
}

impl Finding {
    fn ok(check: &'static str, text: impl Into<String>) -> Self {
        Self { level: Level::Ok, check, text: text.into(), advice: "" }
    }

    fn warning(check: &'static str, text: impl Into<String>, advice: &'static str) -> Self {
        Self { level: Level::Warning, check, text: text.into(), advice }
    }

    fn error(check: &'static str, text: impl Into<String>, advice: &'static str) -> Self {
        Self { level: Level::Error, check, text: text.into(), advice }
    }
}

/// Examines a data folder. `variables` are the names and values of the environment.
#[must_use]
pub fn examine(data: &Path, variables: &[(String, String)]) -> Vec<Finding> {
    let mut findings = folder::examine(data);
    if findings.iter().any(|finding| finding.level == Level::Error && finding.check == "folder") {
        return findings;
    }
    let text = std::fs::read_to_string(data.join(FILE)).unwrap_or_default();
    findings.extend(settings::variables(variables));
    let variable = |name: &str| variables.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    let config = match Config::parse(&text, variable) {
        Ok(config) => config,
        Err(error) => {
            findings.push(Finding::error("config", format!("{FILE}: {error:#}"), "Correct the key or the value; docs/operators/configuration.md lists all."));
            return findings;
        }
    };
    findings.extend(settings::examine(&config));
    findings.extend(folder::secrets(data, &config));
    findings.extend(database::examine(&config, data));
    findings.extend(post::examine(&config));
    findings
}
