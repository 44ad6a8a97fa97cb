//! How often something was tried in a window of time. Subjects are keyed digests, never addresses.

use allmende_db::{DbError, Tx, sql};

/// Counts one more try of a subject and returns how many there were in this window, with this one.
///
/// # Errors
/// What the database reports.
pub fn add(tx: &mut Tx<'_>, subject: &str, window_seconds: i64) -> Result<i64, DbError> {
    let window_millis = window_seconds * 1_000;
    let window_at = tx.now()?.millis().div_euclid(window_millis) * window_millis;
    let count = tx.find(
        sql!(
            "INSERT INTO undertaking_try (subject, window_at, count) VALUES ($1, $2, 1) \
             ON CONFLICT (subject, window_at) DO UPDATE SET count = undertaking_try.count + 1 RETURNING count"
        ),
        &[&subject, &window_at],
        |row| row.get(0),
    )?;
    Ok(count.unwrap_or(i64::MAX))
}

/// Removes windows that began more than a day ago.
///
/// # Errors
/// What the database reports.
pub fn delete_old(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    let before = tx.now()?.plus_seconds(-86_400);
    tx.execute(sql!("DELETE FROM undertaking_try WHERE window_at < $1"), &[&before])
}
