//! `allmende serve`: all sites of a data folder, until the system says stop.

use super::{DataFolder, open, start_log};
use crate::config::Config;
use crate::gazetteers::Seen;
use crate::{figures, followers, keys, rooms};
use allmende_db::{Clock, Db};
use allmende_platform::App;
use allmende_platform::app::{Parts, Ports};
use allmende_platform::jobs::Runner;
use allmende_platform::limits;
use allmende_platform::passwords::Cost;
use allmende_platform::web::operations::Operations;
use allmende_platform::web::{layers, serve};
use anyhow::{Context, Result};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
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

/// Serves an opened database on a bound socket until SIGTERM or SIGINT. Then open requests and running jobs end first.
pub(super) fn run_on(config: &Config, data: &Path, db: Db, listener: std::net::TcpListener) -> Result<()> {
    listener.set_nonblocking(true)?;
    let operations = Operations { render: Some(figures::start()?), metrics_token: config.metrics_token.clone() };
    let tiles = config.tiles()?.map(Arc::new);
    let (ports, indexer) = rooms::ports(&db, data)?;
    let ports = Ports { tiles, private_sign_in: config.sign_in.allow_private, ..ports };
    let runner = Runner::new(db.clone(), data.to_owned(), rooms::handlers(config, data)?, rooms::schedules());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let app = App::start(Parts {
            db,
            texts: rooms::texts()?,
            navigation: rooms::navigation(),
            desk: rooms::desk(),
            front: rooms::front(),
            ports,
            data: data.to_owned(),
            server_timing: config.server_timing,
            behind_proxy: config.behind_proxy,
            password_cost: Cost::OWASP,
            seal: keys::load_or_make(data)?,
        })
        .await?;
        let router = layers::assemble_with(&app, rooms::routes(), operations);
        let listener = TcpListener::from_std(listener)?;
        let mut stop = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        tokio::spawn(followers::run(app.parts.db.clone(), app.parts.ports.clone()));
        tokio::spawn(keep_sites_fresh(app.clone()));
        tokio::spawn(keep_places_fresh(app));
        let jobs = runner.start(config.job_threads)?;
        println!("Allmende answers at http://{}", listener.local_addr()?);
        let (stopping, stopped) = tokio::sync::oneshot::channel();
        serve::serve(listener, router, async move {
            tokio::select! {
                _ = stop.recv() => {}
                _ = interrupt.recv() => {}
            }
            // Requests and jobs end at the same time, not one after the other.
            let ending = tokio::task::spawn_blocking(move || jobs.stop(limits::DRAIN_TIME_MAX));
            let _ = stopping.send(ending);
        })
        .await?;
        if let Ok(ending) = stopped.await
            && !ending.await.unwrap_or(false)
        {
            tracing::warn!("some jobs did not end in time: their leases end within a minute, then they run again");
        }
        Ok::<_, anyhow::Error>(())
    })?;
    indexer.stop();
    Ok(())
}

/// Sites are kept in memory; what the command line or another node changed is seen within this time.
const SITES_FRESH: Duration = Duration::from_secs(10);

async fn keep_sites_fresh(app: App) {
    loop {
        tokio::time::sleep(SITES_FRESH).await;
        if let Err(error) = app.sites.refresh(&app.parts.db).await {
            tracing::warn!(%error, "the sites could not be read again");
        }
    }
}

/// A gazetteer that was loaded on any node changes the places of all documents: each node builds its index anew.
async fn keep_places_fresh(app: App) {
    let mut seen = Seen::default();
    loop {
        let (db, data) = (app.parts.db.clone(), app.parts.data.clone());
        let looked = tokio::task::spawn_blocking(move || {
            if let Err(error) = seen.look(&db, &data) {
                tracing::warn!(%error, "the gazetteers could not be looked at");
            }
            seen
        });
        let Ok(next) = looked.await else { return };
        seen = next;
        tokio::time::sleep(SITES_FRESH).await;
    }
}
