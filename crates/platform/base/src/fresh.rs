//! What many pages read alike and seldom changes, such as the choices of a filter: kept until something is written.
//!
//! Whatever this node writes empties it at once; what other nodes write is seen two seconds later at the latest. So it is only for
//! what may be that old, never for what somebody may not see any more. Start at [`Fresh::of`].

use allmende_db::{DbError, Tx};
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long what other nodes wrote may be overlooked.
const OLD: Duration = Duration::from_secs(2);

/// One thing of each type for each site.
#[derive(Debug)]
pub struct Fresh {
    kept: Mutex<HashMap<(TypeId, i64), Kept>>,
    at_most: Duration,
}

impl Default for Fresh {
    fn default() -> Self {
        Self::for_at_most(OLD)
    }
}

#[derive(Debug, Clone)]
struct Kept {
    /// What [`allmende_db::Db::writes`] said before it was read.
    writes: u64,
    read_at: Instant,
    what: Arc<dyn Any + Send + Sync>,
}

impl Fresh {
    /// Keeps things for so long, whatever other nodes write.
    #[must_use]
    pub fn for_at_most(at_most: Duration) -> Self {
        Self { kept: Mutex::default(), at_most }
    }

    /// What was read for the transaction's site, or what is read now. `writes` is what [`allmende_db::Db::writes`] said before the
    /// transaction began.
    ///
    /// # Errors
    /// Whatever reading returns.
    pub fn of<T: Send + Sync + 'static>(&self, tx: &mut Tx<'_>, writes: u64, read: impl FnOnce(&mut Tx<'_>) -> Result<T, DbError>) -> Result<Arc<T>, DbError> {
        let key = (TypeId::of::<T>(), tx.site()?.get());
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(what) = kept.filter(|kept| kept.writes == writes && kept.read_at.elapsed() < self.at_most).and_then(|kept| kept.what.downcast().ok()) {
            return Ok(what);
        }
        let read_at = Instant::now();
        let what = Arc::new(read(tx)?);
        let kept = Kept { writes, read_at, what: Arc::clone(&what) as Arc<dyn Any + Send + Sync> };
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).insert(key, kept);
        Ok(what)
    }
}
