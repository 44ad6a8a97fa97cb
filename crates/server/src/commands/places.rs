//! `allmende places FILE`: the streets and districts of a site from a file, all of it or nothing.

use super::{DataFolder, find_site, open, start_log};
use crate::config::Config;
use allmende_db::{Clock, DbError};
use allmende_places::read::{FILE_BYTES_MAX, read};
use allmende_places_room::store;
use anyhow::{Context, Result, bail};
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

/// Loads a gazetteer.
#[derive(Debug, clap::Args)]
pub(super) struct Places {
    /// A GeoJSON FeatureCollection, or CSV with the columns name, kind, lat, lon, district; WGS 84
    file: PathBuf,
    #[command(flatten)]
    folder: DataFolder,
    /// Short name of the site; not needed where there is only one
    #[arg(long, value_name = "KEY")]
    site: Option<String>,
    /// Only say what was understood
    #[arg(long)]
    check: bool,
}

impl Places {
    pub(super) fn run(self) -> Result<()> {
        let config = Config::load(&self.folder.data)?;
        start_log(&config);
        let name = self.file.display().to_string();
        let mut bytes = Vec::new();
        let file = File::open(&self.file).with_context(|| name.clone())?;
        file.take(FILE_BYTES_MAX as u64 + 1).read_to_end(&mut bytes).with_context(|| name.clone())?;
        let reading = read(&bytes);
        for problem in &reading.problems {
            eprintln!("{problem}");
        }
        let more = (reading.errors + reading.warnings).saturating_sub(reading.problems.len());
        if more > 0 {
            eprintln!("and {more} more");
        }
        println!("{} places, {} errors, {} warnings", reading.places.len(), reading.errors, reading.warnings);
        if !reading.is_sound() {
            bail!("{name} was not loaded: mend the errors above and try again; nothing has changed");
        }
        if self.check {
            return Ok(());
        }
        let db = open(&config, &self.folder.data, Clock::Database)?;
        let site = find_site(&db, self.site.as_deref())?;
        let source = self.file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let places = reading.places;
        let replaced = db.write_blocking::<_, DbError>(site.id, move |tx| store::replace(tx, &places, &source))?;
        println!("{}: {} new, {} changed, {} gone, {} as before", site.key, replaced.new, replaced.changed, replaced.gone, replaced.same);
        Ok(())
    }
}
