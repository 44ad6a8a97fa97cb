//! `allmende site`: more sites in one installation, and a list of them.

use super::{DataFolder, find_site, link, open};
use crate::config::Config;
use allmende_core::Language;
use allmende_db::{Clock, DbError, Scope};
use allmende_platform::sites::{self, NewSite, SiteKind};
use anyhow::{Context, Result, bail};
use clap::{Subcommand, ValueEnum};

/// Works with the sites of a data folder.
#[derive(Debug, clap::Args)]
pub(super) struct Site {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Add a site; prints its first administrator's sign-in link
    Add(Add),
    /// Keep a site out of the search of networks in this installation, or let it take part again
    Search(Search),
    /// List the sites: short name, kind, address, name
    List {
        #[command(flatten)]
        folder: DataFolder,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    Municipality,
    District,
    Network,
}

#[derive(Debug, clap::Args)]
struct Add {
    #[command(flatten)]
    folder: DataFolder,
    /// Short name: 2 to 40 small letters, digits and hyphens
    #[arg(long)]
    key: String,
    /// Name as it stands on every page
    #[arg(long)]
    name: String,
    /// Where the public will find it
    #[arg(long, value_name = "URL")]
    base_url: String,
    /// What it is
    #[arg(long, value_enum, default_value = "municipality")]
    kind: Kind,
}

#[derive(Debug, clap::Args)]
struct Search {
    #[command(flatten)]
    folder: DataFolder,
    /// Short name of the site
    #[arg(long)]
    key: String,
    /// Whether networks may find what is on this site
    #[arg(long, value_enum)]
    networks: Networks,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Networks {
    Yes,
    No,
}

impl Site {
    pub(super) fn run(self) -> Result<()> {
        match self.command {
            Command::Add(add) => add.run(),
            Command::Search(search) => search.run(),
            Command::List { folder } => list(&folder),
        }
    }
}

impl Add {
    fn run(self) -> Result<()> {
        let new = NewSite {
            key: self.key,
            kind: match self.kind {
                Kind::Municipality => SiteKind::Municipality,
                Kind::District => SiteKind::District,
                Kind::Network => SiteKind::Network,
            },
            name: self.name,
            base_url: self.base_url.trim_end_matches('/').to_ascii_lowercase(),
            hue: 157,
            chroma_thousandths: 82,
            time_zone: "Europe/Berlin".to_owned(),
        };
        if let Err(refusal) = new.check() {
            bail!("not a usable site: {}", refusal.key);
        }
        let config = Config::load(&self.folder.data)?;
        let db = open(&config, &self.folder.data, Clock::Database)?;
        let key = new.key.clone();
        db.write_blocking::<_, DbError>(Scope::Installation, move |tx| sites::insert(tx, &new)).context("the site could not be added")?;
        println!("Added the site {key}. Its first administrator opens this link, once and within seven days:");
        println!("{}", link::first(&db, &key)?);
        println!("A running server answers for it after its next start.");
        Ok(())
    }
}

impl Search {
    fn run(self) -> Result<()> {
        let config = Config::load(&self.folder.data)?;
        let db = open(&config, &self.folder.data, Clock::Database)?;
        let site = find_site(&db, Some(&self.key))?.id;
        let text = if self.networks == Networks::No { "1" } else { "" };
        db.write_blocking::<_, DbError>(site, move |tx| sites::set_text(tx, site, allmende_search::pages::APART, Language::German, text))?;
        println!("Done. A running server knows it within ten seconds.");
        Ok(())
    }
}

fn list(folder: &DataFolder) -> Result<()> {
    let config = Config::load(&folder.data)?;
    let db = open(&config, &folder.data, Clock::Database)?;
    for site in db.read_blocking(Scope::Installation, sites::list)? {
        println!("{}\t{}\t{}\t{}", site.key, site.kind.key(), site.base_url, site.name);
    }
    Ok(())
}
