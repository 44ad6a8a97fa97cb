//! The configuration: one TOML file in the data folder, every key also by environment variable `ALLMENDE_…`.

use anyhow::{Context, Result};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Name of the file in the data folder.
pub const FILE: &str = "allmende.toml";

/// All keys with their defaults.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: String,
    /// `postgres://…`; empty for the SQLite file in the data folder.
    pub database: String,
    /// Threads that read the database, 1 to 64; 0 for one a core, at least two.
    pub readers: usize,
    /// Whether responses carry `Server-Timing`.
    pub server_timing: bool,
    /// Whether a reverse proxy in front is trusted to name the client.
    pub behind_proxy: bool,
    /// What is logged, such as `info` or `allmende=debug`.
    pub log: String,
}

impl Default for Config {
    fn default() -> Self {
        Self { listen: "127.0.0.1:8080".to_owned(), database: String::new(), readers: 0, server_timing: false, behind_proxy: false, log: "warn".to_owned() }
    }
}

impl Config {
    /// Reads the file of a data folder, if there is one, and then the environment.
    ///
    /// # Errors
    /// A key that does not exist or a value of the wrong type, with file and line.
    pub fn load(data: &Path) -> Result<Self> {
        let file = data.join(FILE);
        let mut config = if file.exists() {
            let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
            toml::from_str(&text).with_context(|| file.display().to_string())?
        } else {
            Self::default()
        };
        config.apply(|key| std::env::var(format!("ALLMENDE_{key}")).ok())?;
        Ok(config)
    }

    fn apply(&mut self, variable: impl Fn(&str) -> Option<String>) -> Result<()> {
        let flag = |text: String| matches!(text.as_str(), "1" | "true" | "yes");
        if let Some(text) = variable("LISTEN") {
            self.listen = text;
        }
        if let Some(text) = variable("DATABASE") {
            self.database = text;
        }
        if let Some(text) = variable("READERS") {
            self.readers = text.parse().context("ALLMENDE_READERS")?;
        }
        if let Some(text) = variable("SERVER_TIMING") {
            self.server_timing = flag(text);
        }
        if let Some(text) = variable("BEHIND_PROXY") {
            self.behind_proxy = flag(text);
        }
        if let Some(text) = variable("LOG") {
            self.log = text;
        }
        Ok(())
    }

    /// The database to open: what is configured, or the file in the data folder.
    ///
    /// # Errors
    /// An address that is neither SQLite nor PostgreSQL.
    pub fn target(&self, data: &Path) -> Result<allmende_db::Target> {
        if self.database.is_empty() {
            return Ok(allmende_db::Target::Sqlite(PathBuf::from(data).join("allmende.db")));
        }
        Ok(allmende_db::Target::parse(&self.database)?)
    }

    /// Threads that read.
    #[must_use]
    pub fn reader_threads(&self) -> usize {
        match self.readers {
            0 => std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 16),
            readers => readers,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_wins_and_a_wrong_number_is_an_error() {
        let mut config = Config::default();
        let set = |key: &str| (key == "READERS").then(|| "7".to_owned());
        assert!(config.apply(set).is_ok());
        assert_eq!(config.reader_threads(), 7);
        assert!(config.apply(|key| (key == "READERS").then(|| "seven".to_owned())).is_err());
    }

    #[test]
    fn an_unknown_key_is_an_error() {
        assert!(toml::from_str::<Config>("listen = \"127.0.0.1:1\"").is_ok());
        assert!(toml::from_str::<Config>("lissten = \"127.0.0.1:1\"").is_err());
    }
}
