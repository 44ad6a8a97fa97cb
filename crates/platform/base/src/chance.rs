//! Chance: the only place from which rooms get it.

use allmende_db::DbError;

/// Random bytes of the system, fit for secrets.
///
/// # Errors
/// `DbError::Unavailable` if the system gives no randomness.
pub fn bytes<const N: usize>() -> Result<[u8; N], DbError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| DbError::Unavailable(error.to_string()))?;
    Ok(bytes)
}
