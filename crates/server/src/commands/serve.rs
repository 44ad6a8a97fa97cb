//! `allmende serve`: all sites of a data folder, until the system says stop.

use super::{DataFolder, open, start_log};
use crate::config::Config;
use crate::rooms;
use allmende_db::{Clock, Db};
use allmende_platform::App;
use allmende_platform::app::Parts;
use allmende_platform::passwords::Cost;
use allmende_platform::seal::Seal;
use allmende_platform::web::{layers, serve};
use anyhow::{Context, Result};
use std::path::Path;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// Serves a data folder.
#[derive(Debug, clap::Args)]
pub(super) struct Serve {
    #[command(flatten)]
    folder: DataFolder,
    /// Address and port, instead of the configured ones
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
}

impl Serve {
    pub(super) fn run(self) -> Result<()> {
        let mut config = Config::load(&self.folder.data)?;
        if let Some(listen) = self.listen {
            config.listen = listen;
        }
        start_log(&config);
        let db = open(&config, &self.folder.data, Clock::Database)?;
        let listener = std::net::TcpListener::bind(&config.listen).with_context(|| format!("cannot listen on {}", config.listen))?;
        run_on(&config, &self.folder.data, db, listener)
    }
}

/// Serves an opened database on a bound socket until SIGTERM or SIGINT; open requests end first.
pub(super) fn run_on(config: &Config, data: &Path, db: Db, listener: std::net::TcpListener) -> Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let app = App::start(Parts {
            db,
            texts: rooms::texts()?,
            navigation: rooms::navigation(),
            front: rooms::front(),
            desk: rooms::desk(),
            password_cost: Cost::OWASP,
            seal: Seal::random()?,
            data: data.to_owned(),
            server_timing: config.server_timing,
            behind_proxy: config.behind_proxy,
        })
        .await?;
        let router = layers::assemble(&app, rooms::routes());
        let listener = TcpListener::from_std(listener)?;
        println!("Allmende answers at http://{}", listener.local_addr()?);
        let mut stop = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        serve::serve(listener, router, async move {
            tokio::select! {
                _ = stop.recv() => {}
                _ = interrupt.recv() => {}
            }
        })
        .await?;
        Ok(())
    })
}
