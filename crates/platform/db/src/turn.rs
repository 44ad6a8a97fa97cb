//! Who of this program's writers goes next on PostgreSQL.
//!
//! Two writers at once mostly want the same rows (the next number, the end of the queue): one of them would work for nothing and begin
//! again. So they go one after the other in the order in which they came, as under SQLite, with two exceptions. One that takes long
//! holds nobody up: others go beside it. And one that lost to those beside it too often goes alone. Other nodes know nothing of this;
//! between them the server judges.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Who has been writing for so long is passed by others. On a crowded machine a group of closures takes a while.
const PATIENCE: Duration = Duration::from_millis(100);

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
    /// How many came so far, and how many of them have had their turn.
    came: u64,
    went: u64,
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
        let number = inside.came;
        inside.came += 1;
        loop {
            let wait = match (way, inside.writers, inside.since) {
                _ if inside.went != number => None,
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
        inside.went += 1;
        inside.writers += 1;
        inside.since = Some(Instant::now());
        inside.is_closed = way == Way::Alone;
        drop(inside);
        // The next one has to know how long to be patient.
        self.changed.notify_all();
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
    use std::sync::mpsc::{Receiver, channel};

    /// Lets another thread take a turn; tells when it has it.
    fn taking(turn: &'static Turn, way: Way) -> Receiver<()> {
        let (told, hears) = channel();
        std::thread::spawn(move || {
            let _taken = turn.take(way);
            told.send(())
        });
        hears
    }

    fn turn() -> &'static Turn {
        Box::leak(Box::default())
    }

    #[test]
    fn writers_go_one_after_the_other() {
        let turn = turn();
        let first = turn.take(Way::Usual);
        let next = taking(turn, Way::Usual);
        assert!(next.recv_timeout(PATIENCE / 5).is_err());
        drop(first);
        assert_eq!(next.recv(), Ok(()));
    }

    #[test]
    fn who_came_first_goes_first() {
        let turn = turn();
        let first = turn.take(Way::Usual);
        let (told, hears) = channel();
        for number in 0..5 {
            while turn.lock().came != number + 1 {
                std::thread::yield_now();
            }
            let told = told.clone();
            std::thread::spawn(move || {
                let _taken = turn.take(Way::Alone);
                told.send(number)
            });
        }
        while turn.lock().came != 6 {
            std::thread::yield_now();
        }
        drop(first);
        assert_eq!(hears.iter().take(5).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn who_takes_long_is_passed_by_others() {
        let turn = turn();
        let _long = turn.take(Way::Usual);
        assert_eq!(taking(turn, Way::Usual).recv(), Ok(()));
    }

    #[test]
    fn who_must_be_alone_waits_for_all_and_is_passed_by_nobody() {
        let turn = turn();
        let first = turn.take(Way::Usual);
        let alone = taking(turn, Way::Alone);
        assert!(alone.recv_timeout(PATIENCE * 2).is_err(), "the first is still writing");
        drop(first);
        assert_eq!(alone.recv(), Ok(()));
        let alone = turn.take(Way::Alone);
        let others = [taking(turn, Way::Usual), taking(turn, Way::Alone)];
        assert!(others.iter().all(|other| other.recv_timeout(PATIENCE * 2).is_err()));
        drop(alone);
        assert!(others.iter().all(|other| other.recv() == Ok(())));
    }
}
