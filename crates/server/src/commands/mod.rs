//! The command line. Exit codes: 0 done, 1 failed, 2 wrong use.

mod backup;
mod bounce;
mod demo;
mod doctor;
mod import;
mod init;
mod link;
mod places;
mod serve;
mod site;

use crate::config::Config;
use allmende_db::{Clock, Db, Options, Scope, migrate, schema};
use allmende_platform::sites::{self, Settings};
use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// A municipality opens itself to its people: council, participation, data, in one program and one folder.
#[derive(Debug, Parser)]
#[command(name = "allmende", version, about)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a data folder with an empty database, a first site and a sign-in link for its administrator
    Init(init::Init),
    /// Serve the sites of a data folder
    Serve(serve::Serve),
    /// Print a new sign-in link for an administrator
    Link(link::Link),
    /// Add or list sites
    Site(site::Site),
    /// Write everything into one file while the program runs, or check such a file
    Backup(backup::Backup),
    /// Make an empty folder what it was when a backup was written
    Restore(backup::Restore),
    /// Examine a data folder and say what to do; exit code 1 if something must be done
    Doctor(doctor::Doctor),
    /// Bring a council's complete record in from its own server
    #[command(subcommand)]
    Import(import::Import),
    /// Take a mail that came back, from a pipe of the mail server: the subscriptions of its address rest
    Bounce(bounce::Bounce),
    /// Load the streets and districts of a site from a GeoJSON or CSV file, in place of those before
    Places(places::Places),
    /// Serve an invented town with everything in it, ready to click
    Demo(demo::Demo),
}

/// The data folder, as every command takes it.
#[derive(Debug, Clone, clap::Args)]
struct DataFolder {
    /// The data folder
    #[arg(long, env = "ALLMENDE_DATA", value_name = "DIR")]
    data: PathBuf,
}

/// Runs a command and tells its failure in one line per cause.
#[must_use]
pub fn run(arguments: Arguments) -> ExitCode {
    let outcome = match arguments.command {
        Command::Init(command) => command.run(),
        Command::Serve(command) => command.run(),
        Command::Link(command) => command.run(),
        Command::Site(command) => command.run(),
        Command::Backup(command) => command.run(),
        Command::Restore(command) => command.run(),
        Command::Doctor(command) => command.run(),
        Command::Import(command) => command.run(),
        Command::Bounce(command) => command.run(),
        Command::Places(command) => command.run(),
        Command::Demo(command) => command.run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("allmende: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Opens the database of a folder and brings it up to this program's schema.
fn open(config: &Config, data: &Path, clock: Clock) -> Result<Db> {
    let options = Options { target: config.target(data)?, readers: config.reader_threads(), clock };
    let db = Db::open(&options).context("the database cannot be opened")?;
    migrate::run(&db, schema::MIGRATIONS)?;
    Ok(db)
}

/// The site of a short name, or the only one.
fn find_site(db: &Db, key: Option<&str>) -> Result<Settings> {
    let mut sites = db.read_blocking(Scope::Installation, sites::list)?;
    let known = sites.iter().map(|site| site.key.as_str()).collect::<Vec<_>>().join(", ");
    if let Some(key) = key {
        sites.retain(|site| site.key == key);
    }
    match (sites.pop(), sites.is_empty(), key) {
        (Some(site), true, _) => Ok(site),
        (None, _, Some(key)) => bail!("there is no site {key}; there are: {known}"),
        (None, _, None) => bail!("there is no site yet: allmende init makes one"),
        (Some(_), false, _) => bail!("there are several sites; say which with --site: {known}"),
    }
}

fn start_log(config: &Config) {
    // A second start in one process (tests) keeps the first one's log.
    let _ = tracing::subscriber::set_global_default(allmende_platform::log::subscriber(&config.log, std::io::stderr));
}
