//! How many statements a request made and how long they took, for `Server-Timing` and for the tests that count them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Counters of one request.
#[derive(Debug, Default)]
pub struct Stats {
    statements: AtomicU64,
    micros: AtomicU64,
}

impl Stats {
    pub(crate) fn add(&self, statements: u64, time: Duration) {
        self.statements.fetch_add(statements, Ordering::Relaxed);
        self.micros.fetch_add(u64::try_from(time.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Statements so far.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Time spent in database closures so far.
    #[must_use]
    pub fn time(&self) -> Duration {
        Duration::from_micros(self.micros.load(Ordering::Relaxed))
    }
}

tokio::task_local! {
    static CURRENT: Arc<Stats>;
}

/// Runs a future whose database work is counted in `stats`.
pub async fn counted<F: Future>(stats: Arc<Stats>, future: F) -> F::Output {
    CURRENT.scope(stats, future).await
}

pub(crate) fn current() -> Option<Arc<Stats>> {
    CURRENT.try_with(Clone::clone).ok()
}
