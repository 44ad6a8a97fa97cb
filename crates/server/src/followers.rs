//! What derives rows from the change feed runs here, beside the jobs: at once after a commit of this process, and every two
//! seconds for what other nodes and the command line committed.

use crate::rooms::FOLLOWERS;
use allmende_db::Db;
use allmende_platform::app::Ports;
use allmende_platform::changes;
use anyhow::{Context, Result};
use std::time::{Duration, Instant};

/// A look at the number of commits, which costs nothing.
const LOOK: Duration = Duration::from_millis(500);
/// A question to the database even if this process committed nothing.
const ASK: Duration = Duration::from_secs(2);

/// Follows until the program ends.
pub async fn run(db: Db, ports: Ports) {
    let (mut seen, mut asked): (Option<u64>, Instant) = (None, Instant::now());
    let mut told = String::new();
    loop {
        let commits = changes::commits();
        if seen != Some(commits) || asked.elapsed() >= ASK {
            (seen, asked) = (Some(commits), Instant::now());
            let (db, ports) = (db.clone(), ports.clone());
            match tokio::task::spawn_blocking(move || catch_up(&db, &ports)).await {
                Ok(Ok(())) => {
                    if !std::mem::take(&mut told).is_empty() {
                        tracing::info!("changes are followed again");
                    }
                }
                // What lasts, such as the building of a first index, is told once.
                Ok(Err(error)) => {
                    let error = format!("{error:#}");
                    if error != told {
                        tracing::warn!(error, "changes could not be followed: they wait");
                        told = error;
                    }
                }
                Err(error) => tracing::error!(%error, "a follower ended"),
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Works until no follower has anything left. One that fails does not hold up the others; its changes wait for the next time.
///
/// # Errors
/// What the first one that failed reports.
pub fn catch_up(db: &Db, ports: &Ports) -> Result<()> {
    let mut outcome = Ok(());
    for (name, follow) in FOLLOWERS {
        let followed = loop {
            match follow(db, ports).context(*name) {
                Ok(true) => {}
                Ok(false) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        outcome = outcome.and(followed);
    }
    outcome
}
