//! The configuration: one TOML file in the data folder, every key also by environment variable `ALLMENDE_…`.
//!
//! [`KEYS`] is the list of all keys with their meanings; `allmende init` writes it into the file and a test holds it against
//! [`Config`] and against the operators' documentation.

use allmende_core::Redacted;
use allmende_platform::mail::{self, Delivery, Encryption, Smtp};
use allmende_platform::tiles::Tiles;
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Name of the file in the data folder.
pub const FILE: &str = "allmende.toml";

/// All keys with their defaults.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: String,
    /// `postgres://…`; empty for the SQLite file in the data folder. Can hold a password.
    pub database: String,
    /// Threads that read the database, 1 to 64; 0 for one a core, at least two.
    pub readers: usize,
    /// Whether responses carry `Server-Timing`.
    pub server_timing: bool,
    /// Whether a reverse proxy in front is trusted to name the client.
    pub behind_proxy: bool,
    /// What is logged, such as `info` or `allmende=debug`.
    pub log: String,
    /// Threads that do jobs, 1 to 16.
    pub job_threads: usize,
    /// Who sends it may read `/metrics` from elsewhere; empty: only from this machine.
    pub metrics_token: Redacted<String>,
    /// Mail.
    pub mail: MailConfig,
    /// Maps.
    pub map: MapConfig,
    /// Signing in.
    pub sign_in: SignInConfig,
}

/// The keys below `sign_in`.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct SignInConfig {
    /// Whether the provider of accounts (OpenID Connect) may stand in the own network, and be asked without TLS.
    pub allow_private: bool,
}

/// The keys below `map`.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct MapConfig {
    /// Where pictures of a map come from, with `{z}`, `{x}` and `{y}`; empty: maps show boundaries and call no other server.
    pub tiles: String,
    /// Who is named beside that map.
    pub credit: String,
}

/// The keys below `mail`.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct MailConfig {
    /// Name of the mail server; empty: mails wait.
    pub host: String,
    /// Its port; 0 for the usual one of the encryption.
    pub port: u16,
    /// How the connection is protected.
    pub encryption: Encryption,
    /// User name; empty if the server asks for none.
    pub user: String,
    /// Password.
    pub password: Redacted<String>,
    /// Longest wait for an answer, in seconds.
    pub timeout_seconds: u64,
    /// The address from which sites write.
    pub from: String,
    /// Instead of a server: a folder for mails as files, relative to the data folder.
    pub sink: String,
    /// Another address to write from for some sites, by their key.
    pub sites: BTreeMap<String, String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            database: String::new(),
            readers: 0,
            server_timing: false,
            behind_proxy: false,
            log: "warn".to_owned(),
            job_threads: 2,
            metrics_token: Redacted::default(),
            mail: MailConfig::default(),
            map: MapConfig::default(),
            sign_in: SignInConfig::default(),
        }
    }
}

impl Default for MailConfig {
    fn default() -> Self {
        Self {
            host: String::new(),
            port: 0,
            encryption: Encryption::Starttls,
            user: String::new(),
            password: Redacted::default(),
            timeout_seconds: 20,
            from: String::new(),
            sink: String::new(),
            sites: BTreeMap::new(),
        }
    }
}

/// The type of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A whole number.
    Number,
    /// Yes or no.
    Flag,
}

/// A key of the configuration.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Its name, with a dot before the part below a table.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
    /// Its default as TOML.
    pub default: &'static str,
    /// What it means, in one line.
    pub meaning: &'static str,
}

const fn key(name: &'static str, kind: Kind, default: &'static str, meaning: &'static str) -> Key {
    Key { name, kind, default, meaning }
}

/// All keys. `mail.sites` is a table of its own: a key of a site and the address it writes from.
pub const KEYS: &[Key] = &[
    key("listen", Kind::Text, "\"127.0.0.1:8080\"", "address and port to listen on"),
    key("database", Kind::Text, "\"\"", "postgres://…; empty for the SQLite file in the data folder"),
    key("readers", Kind::Number, "0", "threads that read the database, 1 to 64; 0 for one a core, with PostgreSQL two, at least two"),
    key("behind_proxy", Kind::Flag, "false", "believe the reverse proxy in front who the client is"),
    key("log", Kind::Text, "\"warn\"", "what is logged, such as info or allmende=debug"),
    key("server_timing", Kind::Flag, "false", "answers carry Server-Timing: number of database statements and their time"),
    key("job_threads", Kind::Number, "2", "threads that do the work behind the pages, 1 to 16"),
    key("metrics_token", Kind::Text, "\"\"", "who sends it as bearer token may read /metrics; empty: only this machine may"),
    key("mail.host", Kind::Text, "\"\"", "name of the mail server; empty: mails wait"),
    key("mail.port", Kind::Number, "0", "its port; 0 for the usual one: 25, 587 or 465"),
    key("mail.encryption", Kind::Text, "\"starttls\"", "none, starttls or tls"),
    key("mail.user", Kind::Text, "\"\"", "user name at the mail server; empty if it asks for none"),
    key("mail.password", Kind::Text, "\"\"", "password at the mail server"),
    key("mail.timeout_seconds", Kind::Number, "20", "longest wait for an answer of the mail server, 1 to 300"),
    key("mail.from", Kind::Text, "\"\"", "the address from which sites write"),
    key("mail.sink", Kind::Text, "\"\"", "instead of a server: a folder for mails as files, for trying out"),
    key("map.tiles", Kind::Text, "\"\"", "map tiles of another server, https://…/{z}/{x}/{y}.png; empty: boundaries only"),
    key("map.credit", Kind::Text, "\"\"", "who is named beside that map, as its licence asks"),
    key("sign_in.allow_private", Kind::Flag, "false", "the provider of accounts may stand in the own network, also without TLS"),
];

/// The name of a key as an environment variable.
#[must_use]
pub fn variable_of(key: &Key) -> String {
    format!("ALLMENDE_{}", key.name.replace('.', "_").to_uppercase())
}

/// The text of a new configuration file: every key as a comment, so that defaults of later versions take effect.
#[must_use]
pub fn template() -> String {
    let mut text = String::from("# Configuration of Allmende. Every key is also an environment variable, which wins: ALLMENDE_LISTEN, ALLMENDE_MAIL_HOST …\n");
    let mut table = "";
    for key in KEYS {
        let (below, name) = key.name.split_once('.').map_or(("", key.name), |(below, name)| (below, name));
        if below != table {
            let _ = write!(text, "\n[{below}]");
            table = below;
        }
        let _ = write!(text, "\n# {}\n# {name} = {}\n", key.meaning, key.default);
    }
    text
}

impl Config {
    /// Reads the file of a data folder, if there is one, and then the environment.
    ///
    /// # Errors
    /// A key that does not exist or a value of the wrong type, with file and line.
    pub fn load(data: &Path) -> Result<Self> {
        let file = data.join(FILE);
        let text = if file.exists() { std::fs::read_to_string(&file).with_context(|| file.display().to_string())? } else { String::new() };
        Self::parse(&text, |name| std::env::var(name).ok()).with_context(|| file.display().to_string())
    }

    /// Reads the text of a file and then the environment.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn parse(text: &str, variable: impl Fn(&str) -> Option<String>) -> Result<Self> {
        // First alone: only from the text does an error know its line.
        toml::from_str::<Self>(text)?;
        let mut table: toml::Table = toml::from_str(text)?;
        for key in KEYS {
            let name = variable_of(key);
            if let Some(text) = variable(&name) {
                set(&mut table, key, value_of(key.kind, &text).with_context(|| name)?);
            }
        }
        Ok(table.try_into()?)
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

    /// Threads that read: one a core; with PostgreSQL two a core, since each waits for the server in between.
    #[must_use]
    pub fn reader_threads(&self) -> usize {
        let a_core = if self.database.starts_with("postgres") { 2 } else { 1 };
        match self.readers {
            0 => a_core * std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 16),
            readers => readers,
        }
    }

    /// Map tiles of another server, if one is set.
    ///
    /// # Errors
    /// An address or a credit that cannot be used, with the reason.
    pub fn tiles(&self) -> Result<Option<Tiles>> {
        if self.map.tiles.is_empty() {
            return Ok(None);
        }
        Tiles::new(&self.map.tiles, &self.map.credit).map(Some).map_err(|reason| anyhow::anyhow!("map.tiles, map.credit: {reason}"))
    }

    /// How mails leave the house.
    #[must_use]
    pub fn mail_settings(&self, data: &Path) -> mail::Settings {
        mail::Settings { delivery: self.mail.delivery(data), from: self.mail.from.clone(), from_of_site: self.mail.sites.clone() }
    }
}

impl MailConfig {
    fn delivery(&self, data: &Path) -> Delivery {
        if !self.sink.is_empty() {
            return Delivery::Folder(data.join(&self.sink));
        }
        self.smtp().map_or(Delivery::Unset, Delivery::Smtp)
    }

    /// The mail server, if one is set.
    #[must_use]
    pub fn smtp(&self) -> Option<Smtp> {
        if self.host.is_empty() {
            return None;
        }
        let usual = match self.encryption {
            Encryption::None => 25,
            Encryption::Starttls => 587,
            Encryption::Tls => 465,
        };
        Some(Smtp {
            host: self.host.clone(),
            port: if self.port == 0 { usual } else { self.port },
            encryption: self.encryption,
            credentials: (!self.user.is_empty()).then(|| (self.user.clone(), self.password.clone())),
            timeout: Duration::from_secs(self.timeout_seconds.clamp(1, 300)),
        })
    }
}

fn value_of(kind: Kind, text: &str) -> Result<toml::Value> {
    Ok(match kind {
        Kind::Text => text.into(),
        Kind::Number => toml::Value::Integer(text.parse().context("not a number")?),
        Kind::Flag => toml::Value::Boolean(match text {
            "1" | "true" | "yes" => true,
            "" | "0" | "false" | "no" => false,
            _ => bail!("neither true nor false"),
        }),
    })
}

fn set(table: &mut toml::Table, key: &Key, value: toml::Value) {
    match key.name.split_once('.') {
        None => {
            table.insert(key.name.to_owned(), value);
        }
        Some((below, name)) => {
            if let Some(inner) = table.entry(below).or_insert_with(|| toml::Table::new().into()).as_table_mut() {
                inner.insert(name.to_owned(), value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none(_: &str) -> Option<String> {
        None
    }

    #[test]
    fn the_environment_wins_and_a_wrong_value_names_its_variable() {
        let set = |name: &'static str, text: &'static str| move |asked: &str| (asked == name).then(|| text.to_owned());
        let text = "readers = 3\n[mail]\nhost = \"a.example\"\n";
        assert_eq!(Config::parse(text, none).unwrap().reader_threads(), 3);
        assert_eq!(Config::parse(text, set("ALLMENDE_READERS", "7")).unwrap().reader_threads(), 7);
        assert_eq!(Config::parse(text, set("ALLMENDE_MAIL_HOST", "b.example")).unwrap().mail.host, "b.example");
        assert_eq!(Config::parse("", set("ALLMENDE_MAIL_PORT", "2525")).unwrap().mail.port, 2525);
        assert!(Config::parse("", set("ALLMENDE_BEHIND_PROXY", "1")).unwrap().behind_proxy);
        let error = format!("{:#}", Config::parse("", set("ALLMENDE_READERS", "seven")).unwrap_err());
        assert!(error.contains("ALLMENDE_READERS"), "{error}");
        assert!(Config::parse("", set("ALLMENDE_BEHIND_PROXY", "maybe")).is_err());
    }

    #[test]
    fn an_unknown_key_is_an_error_with_its_line() {
        let check = |text: &str, line: &str| {
            let error = format!("{:#}", Config::parse(text, none).unwrap_err());
            assert!(error.contains(line), "{error}");
        };
        check("# a\nlissten = \"127.0.0.1:1\"", "line 2");
        check("listen = 1", "line 1");
        check("\n[mail]\nhosst = \"a\"", "line 3");
        check("[mail]\nencryption = \"ssl\"", "line 2");
        assert!(Config::parse("listen = \"127.0.0.1:1\"", none).is_ok());
    }

    #[test]
    fn the_list_of_keys_is_the_configuration_with_its_defaults() {
        let uncommented: String = template()
            .lines()
            .filter_map(|line| line.strip_prefix("# ").filter(|rest| rest.contains(" = ")).or(line.starts_with('[').then_some(line)))
            .map(|line| format!("{line}\n"))
            .collect();
        let written: toml::Table = toml::from_str(&uncommented).unwrap();
        let mut defaults = toml::Table::try_from(Config { metrics_token: Redacted::default(), ..Config::default() }).unwrap();
        let mail = defaults.get_mut("mail").and_then(toml::Value::as_table_mut).unwrap();
        mail.remove("sites");
        mail.insert("password".to_owned(), "".into());
        defaults.insert("metrics_token".to_owned(), "".into());
        assert_eq!(written, defaults);
        assert!(Config::parse(&template(), none).is_ok());
    }

    #[test]
    fn the_operators_page_names_every_key() {
        let page = include_str!("../../../docs/operators/configuration.md");
        for key in KEYS {
            assert!(page.contains(&format!("| `{}` | `{}` |", key.name, variable_of(key))), "{} is missing in configuration.md", key.name);
        }
    }

    #[test]
    fn no_secret_is_printed() {
        let config = Config::parse("metrics_token = \"canary-1\"\n[mail]\npassword = \"canary-2\"", none).unwrap();
        assert_eq!(config.mail.password.reveal(), "canary-2");
        assert!(!format!("{config:?}").contains("canary"));
    }
}
