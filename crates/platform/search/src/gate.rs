//! Lets as many searches work at a time as there are processors, in the order in which they came.
//!
//! More at a time would be none the sooner done, but each would wait for its turn in the middle of its work, and the slowest
//! answers would come tens of times later than the others. Start at [`Gate::enter`].

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::Thread;

/// The gate.
#[derive(Debug)]
pub(crate) struct Gate {
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    free: usize,
    waiting: VecDeque<Arc<Waiter>>,
}

#[derive(Debug)]
struct Waiter {
    thread: Thread,
    is_let_in: AtomicBool,
}

/// A place inside, given to the next who waits when it is dropped.
#[derive(Debug)]
pub(crate) struct Place<'g>(&'g Gate);

impl Default for Gate {
    fn default() -> Self {
        Self::new(std::thread::available_parallelism().map_or(2, usize::from))
    }
}

impl Gate {
    /// A gate with so many places.
    #[must_use]
    pub(crate) fn new(places: usize) -> Self {
        Self { inner: Mutex::new(Inner { free: places.max(1), waiting: VecDeque::new() }) }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a place.
    pub(crate) fn enter(&self) -> Place<'_> {
        let waiter = {
            let mut inner = self.inner();
            if inner.free > 0 {
                inner.free -= 1;
                return Place(self);
            }
            let waiter = Arc::new(Waiter { thread: std::thread::current(), is_let_in: AtomicBool::new(false) });
            inner.waiting.push_back(Arc::clone(&waiter));
            waiter
        };
        while !waiter.is_let_in.load(Ordering::Acquire) {
            std::thread::park();
        }
        Place(self)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let next = {
            let mut inner = self.0.inner();
            let next = inner.waiting.pop_front();
            if next.is_none() {
                inner.free += 1;
            }
            next
        };
        if let Some(next) = next {
            next.is_let_in.store(true, Ordering::Release);
            next.thread.unpark();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Gate;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn never_more_than_the_places_and_everybody_comes_in() {
        let (gate, inside, done) = (Gate::new(2), AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| {
                    for _ in 0..200 {
                        let place = gate.enter();
                        assert!(inside.fetch_add(1, Ordering::SeqCst) < 2);
                        std::thread::yield_now();
                        inside.fetch_sub(1, Ordering::SeqCst);
                        drop(place);
                        done.fetch_add(1, Ordering::SeqCst);
                    }
                });
            }
        });
        assert_eq!(done.into_inner(), 3_200);
    }
}
