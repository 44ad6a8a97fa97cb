//! `allmende link`: a new sign-in link for an administrator, when the first one was lost or no mail can be sent.

use super::{DataFolder, find_site, open};
use crate::config::Config;
use allmende_accounts::console::{self, LinkError};
use allmende_db::{Clock, Db};
use anyhow::Result;

/// Prints a link that signs an administrator in once.
#[derive(Debug, clap::Args)]
pub(super) struct Link {
    #[command(flatten)]
    folder: DataFolder,
    /// Short name of the site; needed if there are several
    #[arg(long)]
    site: Option<String>,
    /// Whose link: makes this address an administrator if it is none yet. Without it, the first administrator's
    #[arg(long)]
    email: Option<String>,
}

impl Link {
    pub(super) fn run(self) -> Result<()> {
        let config = Config::load(&self.folder.data)?;
        let db = open(&config, &self.folder.data, Clock::Database)?;
        let site = find_site(&db, self.site.as_deref())?;
        let link = match self.email {
            None => first(&db, &site.key)?,
            Some(email) => db.write_blocking::<_, LinkError>(site.id, move |tx| console::link_for(tx, &site, &email))?,
        };
        println!("{link}");
        Ok(())
    }
}

/// The first administrator's link of a site.
pub(super) fn first(db: &Db, site: &str) -> Result<String> {
    let site = find_site(db, Some(site))?;
    Ok(db.write_blocking::<_, LinkError>(site.id, move |tx| console::first_link(tx, &site))?)
}
