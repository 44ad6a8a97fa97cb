//! Passwords are kept as argon2id hashes; hashing is work for few threads at a time, so that many sign-ins cannot fill the memory.
//!
//! Knows no rule of what a good password is; that stands in the room of the accounts.

use allmende_db::DbError;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::Semaphore;

/// Hashes computed at once.
const AT_ONCE: usize = 2;

/// What one hash costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB, at least 8.
    pub memory_kib: u32,
    /// Passes over the memory, at least 1.
    pub passes: u32,
}

impl Cost {
    /// 19 MiB and two passes. Source: OWASP Password Storage Cheat Sheet, "Argon2id".
    pub const OWASP: Self = Self { memory_kib: 19 * 1024, passes: 2 };
    /// As little as the algorithm allows: for tests only.
    pub const CHEAPEST: Self = Self { memory_kib: 8, passes: 1 };
}

/// Hashes and compares passwords with one cost.
pub struct Passwords {
    cost: Cost,
    room: Arc<Semaphore>,
    computed: Arc<AtomicU64>,
}

impl Passwords {
    /// With this cost for new hashes; older hashes carry their own.
    #[must_use]
    pub fn new(cost: Cost) -> Self {
        Self { cost, room: Arc::new(Semaphore::new(AT_ONCE)), computed: Arc::default() }
    }

    /// Hashes computed since the start, for comparing too.
    #[must_use]
    pub fn computed(&self) -> u64 {
        self.computed.load(Ordering::Relaxed)
    }

    /// The hash of a password as a PHC string, with a new random salt.
    ///
    /// # Errors
    /// `DbError::Unavailable` if the system gives no randomness or no memory.
    pub async fn hash(&self, password: String) -> Result<String, DbError> {
        let cost = self.cost;
        self.work(move |computed| hash(cost, &password, computed)).await?
    }

    /// Whether a password belongs to a hash. Without a hash, and with one that cannot be read, the same work is done for nothing,
    /// so that the time of an answer does not tell whether an account exists.
    ///
    /// # Errors
    /// `DbError::Unavailable` if the system gives no randomness or no memory.
    pub async fn fits(&self, password: String, hash_kept: Option<String>) -> Result<bool, DbError> {
        let cost = self.cost;
        self.work(move |computed| match hash_kept.as_deref().map(PasswordHash::new) {
            Some(Ok(kept)) => {
                computed.fetch_add(1, Ordering::Relaxed);
                Ok(Argon2::default().verify_password(password.as_bytes(), &kept).is_ok())
            }
            Some(Err(_)) | None => hash(cost, &password, computed).map(|_| false),
        })
        .await?
    }

    async fn work<T: Send + 'static>(&self, work: impl FnOnce(&AtomicU64) -> T + Send + 'static) -> Result<T, DbError> {
        let unavailable = |_| DbError::Unavailable("password hashing".to_owned());
        let place = Arc::clone(&self.room).acquire_owned().await.map_err(|_| DbError::Unavailable("password hashing".to_owned()))?;
        let computed = Arc::clone(&self.computed);
        let done = tokio::task::spawn_blocking(move || {
            let done = work(&computed);
            drop(place);
            done
        });
        done.await.map_err(unavailable)
    }
}

fn hash(cost: Cost, password: &str, computed: &AtomicU64) -> Result<String, DbError> {
    computed.fetch_add(1, Ordering::Relaxed);
    let unavailable = |error: String| DbError::Unavailable(error);
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|error| unavailable(error.to_string()))?;
    let params = Params::new(cost.memory_kib, cost.passes, 1, None).map_err(|error| unavailable(error.to_string()))?;
    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    hasher.hash_password_with_salt(password.as_bytes(), &salt).map(|hash| hash.to_string()).map_err(|error| unavailable(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_fits_its_password_only_and_no_two_are_alike() -> Result<(), DbError> {
        let passwords = Passwords::new(Cost::CHEAPEST);
        let (first, second) = (passwords.hash("Apfelbaum im Wind".to_owned()).await?, passwords.hash("Apfelbaum im Wind".to_owned()).await?);
        assert_ne!(first, second);
        assert!(first.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{first}");
        assert!(passwords.fits("Apfelbaum im Wind".to_owned(), Some(first.clone())).await?);
        assert!(!passwords.fits("Apfelbaum im wind".to_owned(), Some(first)).await?);
        assert!(!passwords.fits("Apfelbaum im Wind".to_owned(), Some("no hash".to_owned())).await?);
        assert!(!passwords.fits("Apfelbaum im Wind".to_owned(), None).await?);
        assert_eq!(passwords.computed(), 6, "two made, four compared, and each costs the same");
        Ok(())
    }

    #[test]
    fn the_cost_is_what_owasp_asks_for() {
        assert_eq!((Cost::OWASP.memory_kib, Cost::OWASP.passes), (19_456, 2));
    }
}
