//! Answers that are kept as long as the index stands as it is: what many ask is found out once.
//!
//! A view of the index never changes, so what was found in it stays true; with the next view all of it is gone. Start at [`Kept::of`].

use std::collections::HashMap;
use std::hash::Hash;
use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Answers by what was asked: of those asked for lately at least half of `N`, never more than `N`.
#[derive(Debug)]
pub(crate) struct Kept<K, V, const N: usize>(Mutex<Halves<K, V>>);

/// What was asked for since the younger half was empty, and before. When the younger is full, it is the older one.
#[derive(Debug)]
struct Halves<K, V> {
    young: HashMap<K, V>,
    old: HashMap<K, V>,
}

impl<K, V, const N: usize> Default for Kept<K, V, N> {
    fn default() -> Self {
        Self(Mutex::new(Halves { young: HashMap::new(), old: HashMap::new() }))
    }
}

impl<K: Eq + Hash, V: Clone, const N: usize> Kept<K, V, N> {
    fn halves(&self) -> MutexGuard<'_, Halves<K, V>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer that is kept, or the one that is found now. Two who ask the same at once may both have it found.
    ///
    /// # Errors
    /// What finding returns; then nothing is kept.
    pub(crate) fn of<E>(&self, key: K, find: impl FnOnce() -> Result<V, E>) -> Result<V, E> {
        let known = {
            let mut halves = self.halves();
            match halves.young.get(&key) {
                Some(answer) => return Ok(answer.clone()),
                None => halves.old.remove(&key),
            }
        };
        let answer = known.map_or_else(find, Ok)?;
        let mut halves = self.halves();
        if halves.young.len() >= N / 2 {
            halves.old = mem::take(&mut halves.young);
        }
        halves.young.insert(key, answer.clone());
        Ok(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::Kept;
    use std::cell::RefCell;

    #[test]
    fn what_is_asked_again_is_not_found_again_and_what_is_not_goes() {
        let (kept, found) = (Kept::<u32, u32, 4>::default(), RefCell::new(Vec::new()));
        let ask = |key: u32| {
            kept.of(key, || {
                found.borrow_mut().push(key);
                Ok::<_, ()>(key * 10)
            })
        };
        for key in [1, 1, 2, 1, 3, 1, 4, 1, 5, 1, 2] {
            assert_eq!(ask(key), Ok(key * 10));
        }
        assert_eq!(found.into_inner(), [1, 2, 3, 4, 5, 2]);
    }

    #[test]
    fn what_failed_is_tried_again() {
        let kept = Kept::<u32, u32, 4>::default();
        assert_eq!(kept.of(1, || Err("away")), Err("away"));
        assert_eq!(kept.of(1, || Ok::<_, &str>(7)), Ok(7));
    }
}
