//! What many ask for in one moment is read once for all of them (single flight), as on the last day of a consultation.
//!
//! While one reading of a page is under way, whoever asks for the same page waits for the next, and all who wait share it. What was
//! read stays good until this node writes something that pages show, a tenth of a second at the most: so each asker sees all that
//! this node wrote before they asked, and what other nodes wrote a tenth of a second before. Start at [`Together::share`].

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::fmt::Debug;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::OnceCell;

/// How long what other nodes wrote may be overlooked.
const OLD: Duration = Duration::from_millis(100);
/// Readings that are kept; with more of them those that are too old go first.
const KEPT_MAX: usize = 32;

/// Where something is read, on which site, and what it is asked for.
type Key = (TypeId, i64, String);

/// The readings under way, no more of them than there are requests, and those that are still good.
#[derive(Debug, Default)]
pub struct Together {
    lines: Mutex<HashMap<Key, Asked>>,
    kept: Mutex<HashMap<Key, Kept>>,
}

/// What was read.
#[derive(Debug)]
struct Kept {
    /// What [`allmende_db::Db::writes`] said before.
    writes: u64,
    begun: Instant,
    what: Arc<dyn Any + Send + Sync>,
}

/// A line, and how many stand in it.
#[derive(Debug)]
struct Asked {
    people: usize,
    line: Arc<dyn Any + Send + Sync>,
}

/// All who ask for one thing.
#[derive(Debug)]
struct Line<T> {
    /// One reading at a time.
    turn: tokio::sync::Mutex<()>,
    /// The reading that whoever comes now will share.
    next: Mutex<Arc<OnceCell<Arc<T>>>>,
}

impl<T> Default for Line<T> {
    fn default() -> Self {
        Self { turn: tokio::sync::Mutex::default(), next: Mutex::default() }
    }
}

impl<T> Line<T> {
    fn join(&self) -> Arc<OnceCell<Arc<T>>> {
        Arc::clone(&lock(&self.next))
    }

    /// From here on nobody joins this reading.
    fn close(&self, reading: &Arc<OnceCell<Arc<T>>>) {
        let mut next = lock(&self.next);
        if Arc::ptr_eq(&next, reading) {
            *next = Arc::default();
        }
    }
}

impl Together {
    /// What `read` returns, or what it returned to another who asked for the same. `F` stands for the place where it is read, and
    /// `asked` for everything else that it depends on besides the site. `writes` asks [`allmende_db::Db::writes`]. When a reading fails,
    /// each who waited for it reads anew.
    ///
    /// # Errors
    /// Whatever reading returns.
    pub async fn share<F, T, E, R>(
        &self,
        site: i64,
        asked: &(impl Debug + Sync),
        writes: impl Fn() -> u64 + Sync,
        read: impl FnOnce() -> R + Send,
    ) -> Result<T, E>
    where
        F: 'static,
        T: Clone + Send + Sync + 'static,
        E: Send,
        R: Future<Output = Result<T, E>> + Send,
    {
        let key = (TypeId::of::<F>(), site, format!("{asked:?}"));
        if let Some(what) = self.still_good::<T>(&key, writes()) {
            return Ok(Arc::unwrap_or_clone(what));
        }
        let place = self.enter::<T>(key);
        let reading = place.line.join();
        let what = reading
            .get_or_try_init(|| async {
                let _turn = place.line.turn.lock().await;
                place.line.close(&reading);
                let (writes, begun) = (writes(), Instant::now());
                // Whoever read before began after the last write.
                if let Some(what) = self.still_good(&place.key, writes) {
                    return Ok(what);
                }
                let what = read().await.map(Arc::new)?;
                self.keep(place.key.clone(), Kept { writes, begun, what: Arc::clone(&what) as Arc<dyn Any + Send + Sync> });
                Ok(what)
            })
            .await
            .cloned()?;
        drop(reading);
        Ok(Arc::unwrap_or_clone(what))
    }

    fn still_good<T: Send + Sync + 'static>(&self, key: &Key, writes: u64) -> Option<Arc<T>> {
        let kept = lock(&self.kept);
        let kept = kept.get(key).filter(|kept| kept.writes == writes && kept.begun.elapsed() < OLD)?;
        Arc::clone(&kept.what).downcast().ok()
    }

    fn keep(&self, key: Key, what: Kept) {
        let mut kept = lock(&self.kept);
        if kept.len() >= KEPT_MAX {
            kept.retain(|_, kept| kept.begun.elapsed() < OLD);
        }
        if kept.len() < KEPT_MAX || kept.contains_key(&key) {
            kept.insert(key, what);
        }
    }

    fn enter<T: Send + Sync + 'static>(&self, key: Key) -> Place<'_, T> {
        let mut lines = lock(&self.lines);
        let asked = lines.entry(key.clone()).or_insert_with(|| Asked { people: 0, line: Arc::new(Line::<T>::default()) });
        asked.people += 1;
        // The key names the place in the program, and each place reads one type.
        let line = Arc::clone(&asked.line).downcast().unwrap_or_default();
        Place { together: self, key, line }
    }
}

/// Somebody's place in a line. Whoever leaves last takes the line away.
struct Place<'t, T> {
    together: &'t Together,
    key: Key,
    line: Arc<Line<T>>,
}

impl<T> Drop for Place<'_, T> {
    fn drop(&mut self) {
        let mut lines = lock(&self.together.lines);
        if let Some(asked) = lines.get_mut(&self.key) {
            asked.people -= 1;
            if asked.people == 0 {
                lines.remove(&self.key);
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
    use tokio::sync::Semaphore;
    use tokio::task::{JoinHandle, yield_now};

    /// Where the tests read.
    struct Here;

    /// Readings that wait to be let go; each answers with its number.
    struct Shelf {
        together: Together,
        begun: AtomicUsize,
        writes: AtomicU64,
        may_end: Semaphore,
    }

    impl Shelf {
        fn new() -> Arc<Self> {
            Arc::new(Self { together: Together::default(), begun: AtomicUsize::new(0), writes: AtomicU64::new(0), may_end: Semaphore::new(0) })
        }

        fn ask(self: &Arc<Self>, site: i64, asked: &'static str) -> JoinHandle<Result<usize, usize>> {
            let shelf = Arc::clone(self);
            tokio::spawn(
                async move { shelf.together.share::<Here, _, _, _>(site, &asked, || shelf.writes.load(Ordering::Relaxed), || shelf.read(asked)).await },
            )
        }

        async fn read(&self, asked: &str) -> Result<usize, usize> {
            let number = self.begun.fetch_add(1, Ordering::Relaxed) + 1;
            self.may_end.acquire().await.map_err(|_| 0_usize)?.forget();
            if asked == "missing" { Err(number) } else { Ok(number) }
        }
    }

    /// Lets everybody come as far as they can.
    async fn settle() {
        for _ in 0..50 {
            yield_now().await;
        }
    }

    async fn answers(asking: Vec<JoinHandle<Result<usize, usize>>>) -> Vec<Result<usize, usize>> {
        let mut out = Vec::new();
        for one in asking {
            out.push(one.await.unwrap());
        }
        out
    }

    #[tokio::test]
    async fn who_asks_while_it_is_read_shares_the_next_reading() {
        let shelf = Shelf::new();
        let first = shelf.ask(1, "page");
        settle().await;
        let others = (0..5).map(|_| shelf.ask(1, "page")).collect();
        settle().await;
        assert_eq!(shelf.begun.load(Ordering::Relaxed), 1, "one reading at a time");
        shelf.writes.fetch_add(1, Ordering::Relaxed);
        shelf.may_end.add_permits(2);
        assert_eq!(first.await.unwrap(), Ok(1));
        assert_eq!(answers(others).await, vec![Ok(2); 5], "nobody gets what was read before the last write");
        assert!(lock(&shelf.together.lines).is_empty());
    }

    #[tokio::test]
    async fn what_was_read_stays_good_until_something_is_written_and_not_for_long() {
        let shelf = Shelf::new();
        shelf.may_end.add_permits(10);
        assert_eq!(shelf.ask(1, "page").await.unwrap(), Ok(1));
        assert_eq!(shelf.ask(1, "page").await.unwrap(), Ok(1));
        assert_eq!(shelf.ask(1, "other page").await.unwrap(), Ok(2), "another page is another reading");
        shelf.writes.fetch_add(1, Ordering::Relaxed);
        assert_eq!(shelf.ask(1, "page").await.unwrap(), Ok(3));
        for kept in lock(&shelf.together.kept).values_mut() {
            kept.begun -= OLD;
        }
        assert_eq!(shelf.ask(1, "page").await.unwrap(), Ok(4), "another node may have written");
    }

    #[tokio::test]
    async fn few_readings_are_kept() {
        let together = Together::default();
        for number in 0..KEPT_MAX * 3 {
            let read = || async { Ok::<_, usize>(number) };
            assert_eq!(together.share::<Here, _, _, _>(1, &number, || 0, read).await, Ok(number));
        }
        assert_eq!(lock(&together.kept).len(), KEPT_MAX);
    }

    #[tokio::test]
    async fn other_pages_and_other_sites_do_not_wait() {
        let shelf = Shelf::new();
        let asking = vec![shelf.ask(1, "page"), shelf.ask(1, "other page"), shelf.ask(2, "page")];
        settle().await;
        assert_eq!(shelf.begun.load(Ordering::Relaxed), 3);
        shelf.may_end.add_permits(3);
        assert_eq!(answers(asking).await, [Ok(1), Ok(2), Ok(3)]);
    }

    #[tokio::test]
    async fn a_reading_that_fails_is_nobody_elses() {
        let shelf = Shelf::new();
        shelf.may_end.add_permits(3);
        let asking = (0..3).map(|_| shelf.ask(1, "missing")).collect();
        assert_eq!(answers(asking).await, [Err(1), Err(2), Err(3)]);
        assert!(lock(&shelf.together.lines).is_empty());
    }

    #[tokio::test]
    async fn who_leaves_while_reading_holds_nobody_up() {
        let shelf = Shelf::new();
        let leaving = shelf.ask(1, "page");
        settle().await;
        let staying = shelf.ask(1, "page");
        settle().await;
        leaving.abort();
        shelf.may_end.add_permits(1);
        assert_eq!(staying.await.unwrap(), Ok(2));
        assert!(lock(&shelf.together.lines).is_empty());
    }
}
