//! Who wrote on PostgreSQL hears of it when it is on the disk; the next to write need not wait so long.
//!
//! Writers go one after the other and want the same rows, so one that waits for the disk (2.4 ms on a virtual one, as long as writing
//! three statements) would hold all others up. They commit without waiting, and one more connection writes a word without meaning
//! into the server's log and waits until it is durable: with it is everything that was committed before. Then all of them are told.
//!
//! A server that fails between commit and disk loses what nobody was told of, and all its connections. So what was committed counts as
//! kept only if this connection has stood since before its transaction began: [`Durable::epoch`]. Start at [`run`].

use crate::WriteJob;
use crate::error::DbError;
use crate::session::Session;
use crossbeam_channel::{Receiver, RecvTimeoutError};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// So often an idle connection is asked whether it still stands.
const ASK_AGAIN: Duration = Duration::from_secs(2);

/// What was committed and may not be on the disk yet.
pub(crate) struct Committed {
    pub(crate) job: Box<dyn WriteJob>,
    /// [`Durable::epoch`] from before its transaction began.
    pub(crate) epoch: u64,
}

/// Counts the connections that made commits durable.
#[derive(Debug, Default)]
pub(crate) struct Durable {
    epoch: AtomicU64,
}

impl Durable {
    /// Changes whenever the connection was made anew.
    pub(crate) fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Acquire)
    }

    fn connect_again(&self, session: &mut Session) {
        match session.connect_again() {
            // Whoever began before this may have written to a server that has failed since.
            Ok(()) => drop(self.epoch.fetch_add(1, Ordering::AcqRel)),
            Err(error) => tracing::warn!(%error, "commits cannot be made durable: no connection"),
        }
    }

    /// Makes what comes durable and tells who wrote it, until all writers are gone.
    pub(crate) fn run(&self, session: &mut Session, committed: &Receiver<Committed>) {
        loop {
            let group: Vec<Committed> = match committed.recv_timeout(ASK_AGAIN) {
                Ok(first) => std::iter::once(first).chain(committed.try_iter()).collect(),
                Err(RecvTimeoutError::Timeout) => {
                    if !session.still_stands() {
                        self.connect_again(session);
                    }
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => return,
            };
            let outcome = session.flush();
            let epoch = self.epoch();
            if outcome.is_err() {
                self.connect_again(session);
            }
            for Committed { job, epoch: begun } in group {
                job.tell(match &outcome {
                    Ok(()) if begun == epoch => Ok(()),
                    Ok(()) => Err(DbError::Unavailable("the connection was lost before the commit was durable".to_owned())),
                    Err(error) => Err(error.again()),
                });
            }
        }
    }
}
