//! The two clocks that work outside a database closure may ask: one that only measures, and the one on the wall.
//!
//! Deadlines and dates of rows are judged by the database's clock (`Tx::now`), never by these.

use std::time::Instant;

/// A moment for measuring how long something takes.
#[must_use]
pub fn ticks() -> Instant {
    Instant::now()
}

/// The computer's own time, for answers of other servers that speak of theirs.
#[must_use]
pub fn wall() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
