//! Who of this program's writers goes next on PostgreSQL.
//!
//! Two writers at once mostly want the same rows (the next number, the end of the queue): one of them would work for nothing and begin
//! again. So they go one after the other, as under SQLite, with two exceptions. One that takes long holds nobody up: others go beside
//! it. And one that lost to those beside it too often goes alone. Other nodes know nothing of this; between them the server judges.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Who has been writing for so long is passed by others.
const PATIENCE: Duration = Duration::from_millis(50);

/// The turn of the writers.
#[derive(Debug, Default)]
pub(crate) struct Turn {
    inside: Mutex<Inside>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Inside {
    writers: usize,
    /// Since when the youngest of them has been writing.
    since: Option<Instant>,
    /// One of them must be alone.
    is_closed: bool,
}

/// How a writer wants to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// After others, but beside one that takes long.
    Usual,
    /// With nobody else of this program.
    Alone,
}

impl Turn {
    /// Waits for the turn. It ends when what is returned is dropped.
    pub(crate) fn take(&self, way: Way) -> Taken<'_> {
        let mut inside = self.lock();
        loop {
            let wait = match (way, inside.writers, inside.since) {
                (_, 0, _) => break,
                (Way::Usual, _, Some(since)) if !inside.is_closed => match PATIENCE.checked_sub(since.elapsed()) {
                    None => break,
                    left => left,
                },
                _ => None,
            };
            inside = match wait {
                Some(time) => self.changed.wait_timeout(inside, time).unwrap_or_else(PoisonError::into_inner).0,
                None => self.changed.wait(inside).unwrap_or_else(PoisonError::into_inner),
            };
        }
        inside.writers += 1;
        inside.since = Some(Instant::now());
        inside.is_closed = way == Way::Alone;
        Taken(self)
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A turn that was taken.
#[derive(Debug)]
pub(crate) struct Taken<'t>(&'t Turn);

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let mut inside = self.0.lock();
        inside.writers -= 1;
        if inside.writers == 0 {
            inside.is_closed = false;
        }
        drop(inside);
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// How many were inside together at the most.
    fn together(turns: &[(Way, Duration)]) -> usize {
        let (turn, now, most) = (Turn::default(), AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for (way, time) in turns {
                let (turn, now, most) = (&turn, &now, &most);
                scope.spawn(move || {
                    let _taken = turn.take(*way);
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::sleep(*time);
                    now.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        most.into_inner()
    }

    #[test]
    fn writers_go_one_after_the_other() {
        assert_eq!(together(&[(Way::Usual, Duration::ZERO); 40]), 1);
    }

    #[test]
    fn who_must_be_alone_is_alone_however_long() {
        assert_eq!(together(&[(Way::Alone, PATIENCE * 3), (Way::Alone, PATIENCE * 3), (Way::Alone, Duration::ZERO)]), 1);
    }

    #[test]
    fn who_takes_long_is_passed() {
        let turn = Turn::default();
        let long = turn.take(Way::Usual);
        let begun = Instant::now();
        let beside = turn.take(Way::Usual);
        assert!(begun.elapsed() >= PATIENCE / 2, "not at once");
        drop((long, beside));
        assert_eq!(turn.lock().writers, 0);
        let _alone = turn.take(Way::Alone);
    }
}
