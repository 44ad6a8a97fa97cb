//! `allmende init`: folder, keys, database, first site, link of its administrator.

use super::{DataFolder, link, open};
use crate::config::{Config, FILE, template};
use crate::keys;
use allmende_db::{Clock, DbError, Scope};
use allmende_platform::sites::{self, NewSite, SiteKind};
use anyhow::{Context, Result, bail};
use std::fs::{DirBuilder, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

/// Makes a data folder.
#[derive(Debug, clap::Args)]
pub(super) struct Init {
    #[command(flatten)]
    folder: DataFolder,
    /// PostgreSQL instead of the SQLite file in the folder: postgres://user@host/database
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Short name of the first site
    #[arg(long, default_value = "gemeinde")]
    site: String,
    /// Name of the municipality as it stands on every page
    #[arg(long, default_value = "Unsere Gemeinde")]
    name: String,
    /// Where the public will find it
    #[arg(long, default_value = "http://127.0.0.1:8080", value_name = "URL")]
    base_url: String,
}

impl Init {
    pub(super) fn run(self) -> Result<()> {
        let data = &self.folder.data;
        if data.join(FILE).exists() {
            bail!("{} exists already: this folder is in use", data.join(FILE).display());
        }
        // Personal data and keys lie here: for its owner only.
        DirBuilder::new().recursive(true).mode(0o700).create(data).with_context(|| data.display().to_string())?;
        let mut text = template();
        if let Some(database) = &self.database {
            text = text.replacen("# database = \"\"", &format!("database = {}", toml::Value::from(database.as_str())), 1);
        }
        let config = Config { database: self.database.clone().unwrap_or_default(), ..Config::load(data)? };
        let new = NewSite {
            key: self.site,
            kind: SiteKind::Municipality,
            name: self.name,
            base_url: self.base_url,
            hue: 157,
            chroma_thousandths: 82,
            time_zone: "Europe/Berlin".to_owned(),
        };
        if let Err(refusal) = new.check() {
            bail!("not a usable site: {}", refusal.key);
        }
        let db = open(&config, data, Clock::Database)?;
        let (key, address) = (new.key.clone(), new.base_url.clone());
        db.write_blocking::<_, DbError>(Scope::Installation, move |tx| sites::insert(tx, &new)).context("the site could not be made")?;
        keys::load_or_make(data)?;
        let first = link::first(&db, &key)?;
        write_private(&data.join(FILE), &text)?;
        println!("Made the site {key} in {}. Start it with: allmende serve --data {}", data.display(), data.display());
        println!("It will answer at {address}");
        println!("The first administrator opens this link, once and within seven days:");
        println!("{first}");
        Ok(())
    }
}

/// The file can come to hold passwords: only its owner reads it.
fn write_private(file: &Path, text: &str) -> Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    file.write_all(text.as_bytes())?;
    Ok(())
}
