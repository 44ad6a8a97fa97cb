//! How often something was sent in a window of time. Subjects are keyed digests of one day, never addresses.

use allmende_db::{DbError, Tx, sql};

fn window(tx: &mut Tx<'_>, window_seconds: i64) -> Result<i64, DbError> {
    let window_millis = window_seconds * 1_000;
    Ok(tx.now()?.millis().div_euclid(window_millis) * window_millis)
}

/// How often a subject was counted in this window.
pub(super) fn count(tx: &mut Tx<'_>, subject: &str, window_seconds: i64) -> Result<i64, DbError> {
    let window_at = window(tx, window_seconds)?;
    let count = tx.find(sql!("SELECT count FROM guard_count WHERE subject = $1 AND window_at = $2"), &[&subject, &window_at], |row| row.get(0))?;
    Ok(count.unwrap_or_default())
}

/// Counts a subject and returns how often it was counted in this window, with this time.
pub(super) fn add(tx: &mut Tx<'_>, subject: &str, window_seconds: i64) -> Result<i64, DbError> {
    let window_at = window(tx, window_seconds)?;
    let count = tx.find(
        sql!(
            "INSERT INTO guard_count (subject, window_at, count) VALUES ($1, $2, 1) \
             ON CONFLICT (subject, window_at) DO UPDATE SET count = guard_count.count + 1 RETURNING count"
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
    tx.execute(sql!("DELETE FROM guard_count WHERE window_at < $1"), &[&before])
}
