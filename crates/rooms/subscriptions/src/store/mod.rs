//! The rows of this room: readers, their subscriptions, what was news, what was told to whom, and the tries of strangers.
//!
//! Here stands what goes over several of them: taking away and giving out everything of one reader.

pub mod news;
pub mod personal;
pub mod readers;
pub mod subscriptions;
pub mod thread;
pub mod tries;

use allmende_core::Id;
use allmende_db::{DbError, Tx, sql};
use readers::Reader;

/// Marker of a row in `subscription`.
#[derive(Debug)]
pub enum Subscription {}

/// Removes a reader with everything that is kept of them, the address first of all.
///
/// # Errors
/// What the database reports.
pub fn erase(tx: &mut Tx<'_>, reader: Id<Reader>) -> Result<(), DbError> {
    // The reader was found by a secret, by its account or on its own site before.
    tx.execute(sql!("DELETE FROM subscription_news WHERE reader_id = $1 AND site_id = site_id"), &[&reader])?;
    tx.execute(sql!("DELETE FROM subscription WHERE reader_id = $1 AND site_id = site_id"), &[&reader])?;
    tx.execute(sql!("DELETE FROM subscription_reader WHERE id = $1 AND site_id = site_id"), &[&reader])?;
    Ok(())
}

/// Removes one subscription of a reader of this site, and the reader with the last one if there is no account behind. False if
/// the reader has no such subscription.
///
/// # Errors
/// What the database reports.
pub fn remove(tx: &mut Tx<'_>, reader: Id<Reader>, subscription: Id<Subscription>) -> Result<bool, DbError> {
    let site = tx.site()?;
    tx.execute(sql!("DELETE FROM subscription_news WHERE site_id = $1 AND reader_id = $2 AND subscription_id = $3"), &[&site, &reader, &subscription])?;
    let removed = tx.execute(sql!("DELETE FROM subscription WHERE site_id = $1 AND reader_id = $2 AND id = $3"), &[&site, &reader, &subscription])?;
    tx.execute(
        sql!(
            "DELETE FROM subscription_reader WHERE site_id = $1 AND id = $2 AND person_id IS NULL \
             AND NOT EXISTS (SELECT 1 FROM subscription s WHERE s.reader_id = $2 AND s.site_id = $1)"
        ),
        &[&site, &reader],
    )?;
    Ok(removed == 1)
}

/// Removes requests whose link ended without being used, and readers who are left without any; of all sites.
///
/// # Errors
/// What the database reports.
pub fn delete_unconfirmed(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    let now = tx.now()?;
    let removed = tx.execute(sql!("DELETE FROM subscription WHERE confirmed_at IS NULL AND confirm_until < $1 AND site_id = site_id"), &[&now])?;
    tx.execute(
        sql!(
            "DELETE FROM subscription_reader WHERE person_id IS NULL AND site_id = site_id \
             AND NOT EXISTS (SELECT 1 FROM subscription s WHERE s.reader_id = subscription_reader.id AND s.site_id = subscription_reader.site_id)"
        ),
        &[],
    )?;
    Ok(removed)
}

/// Everything that is kept of a reader, without secrets.
///
/// # Errors
/// What the database reports.
pub fn export(tx: &mut Tx<'_>, reader: Id<Reader>) -> Result<serde_json::Value, DbError> {
    let when = |at: Option<allmende_core::Instant>| at.map(|at| at.timestamp().to_string());
    let head = tx.find(
        sql!(
            "SELECT s.key, r.email, r.language, r.hour, r.weekday, r.confirmed_at, r.paused_at, r.pause_cause, r.created_at \
             FROM subscription_reader r JOIN site s ON s.id = r.site_id WHERE r.id = $1"
        ),
        &[&reader],
        |row| {
            Ok(serde_json::json!({
                "site": row.get::<String>(0)?, "email": row.get::<Option<String>>(1)?, "language": row.get::<String>(2)?,
                "hour": row.get::<i64>(3)?, "weekday": row.get::<i64>(4)?, "confirmed_at": when(row.get(5)?), "paused_at": when(row.get(6)?),
                "pause_cause": row.get::<Option<String>>(7)?, "created_at": when(row.get(8)?),
            }))
        },
    )?;
    let subscriptions = tx.list(
        sql!(
            "SELECT target, name, frequency, confirmed_at, created_at, (SELECT CAST(COUNT(*) AS BIGINT) FROM subscription_news n \
             WHERE n.subscription_id = subscription.id AND n.sent_at IS NOT NULL) FROM subscription WHERE reader_id = $1 AND site_id = site_id ORDER BY id"
        ),
        &[&reader],
        |row| {
            Ok(serde_json::json!({
                "address": format!("/abonnieren?{}", row.get::<String>(0)?), "name": row.get::<String>(1)?, "frequency": row.get::<String>(2)?,
                "confirmed_at": when(row.get(3)?), "created_at": when(row.get(4)?), "news_sent_in_the_last_quarter": row.get::<i64>(5)?,
            }))
        },
    )?;
    Ok(serde_json::json!({ "reader": head, "subscriptions": subscriptions }))
}
