//! The change feed: what was written, changed or taken away, for all who derive something from it.
//!
//! Owns the tables `change` and `change_reader`. A room notes a change in the transaction that makes it; the search, the
//! subscriptions and other rooms read on from where they were, each at its own pace. A change only names a thing: whoever
//! reads asks for its present state, and a thing that is no longer public has none. Knows nothing of what is derived.

use allmende_core::{Id, Site};
use allmende_db::{DbError, Row, Tx, sql};
use std::sync::atomic::{AtomicU64, Ordering};

/// Days after which a change is forgotten. Whoever has not read it by then starts anew.
pub const KEPT_DAYS: i64 = 90;

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its place in the feed; later changes have greater ones, with gaps.
    pub id: i64,
    /// Whose it is.
    pub site: Id<Site>,
    /// What it is: the kind of its node, or `file`, `person` …
    pub kind: String,
    /// The number of its row in the room's own table.
    pub object_id: i64,
}

/// Notes that a thing of the transaction's site was written, changed or taken away.
///
/// # Errors
/// What the database reports.
pub fn note(tx: &mut Tx<'_>, kind: &str, object_id: i64) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!("INSERT INTO change (site_id, kind, object_id, transaction_number, changed_at) VALUES ($1, $2, $3, THIS_TRANSACTION, $4)"),
        &[&site, &kind, &object_id, &now],
    )?;
    tx.after_commit(count_one);
    Ok(())
}

/// Things of one statement of [`note_many`].
const TOGETHER: usize = 8;

/// [`note`] for many things at once: a statement costs more than a row.
///
/// # Errors
/// What the database reports.
pub fn note_many(tx: &mut Tx<'_>, things: &[(&'static str, i64)]) -> Result<(), DbError> {
    let (whole, rest) = things.as_chunks::<TOGETHER>();
    if !whole.is_empty() {
        let (site, now) = (tx.site()?, tx.now()?);
        for [a, b, c, d, e, f, g, h] in whole {
            tx.execute(
                sql!(
                    "INSERT INTO change (site_id, kind, object_id, transaction_number, changed_at) VALUES \
                     ($1, $3, $4, THIS_TRANSACTION, $2), ($1, $5, $6, THIS_TRANSACTION, $2), ($1, $7, $8, THIS_TRANSACTION, $2), \
                     ($1, $9, $10, THIS_TRANSACTION, $2), ($1, $11, $12, THIS_TRANSACTION, $2), ($1, $13, $14, THIS_TRANSACTION, $2), \
                     ($1, $15, $16, THIS_TRANSACTION, $2), ($1, $17, $18, THIS_TRANSACTION, $2)"
                ),
                &[&site, &now, &a.0, &a.1, &b.0, &b.1, &c.0, &c.1, &d.0, &d.1, &e.0, &e.1, &f.0, &f.1, &g.0, &g.1, &h.0, &h.1],
            )?;
        }
        tx.after_commit(count_one);
    }
    rest.iter().try_for_each(|(kind, object_id)| note(tx, kind, *object_id))
}

/// Commits with changes on this node so far. It spares whoever waits for changes most of the questions to the database.
#[must_use]
pub fn commits() -> u64 {
    COMMITS.load(Ordering::Relaxed)
}

static COMMITS: AtomicU64 = AtomicU64::new(0);

fn count_one() {
    COMMITS.fetch_add(1, Ordering::Relaxed);
}

/// The changes of all sites after a place in the feed, in its order, at most `limit`. A change is left out, and everything
/// after it, as long as a transaction that began before it may still commit: so nobody overlooks one.
///
/// # Errors
/// What the database reports.
pub fn list_after(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Vec<Change>, DbError> {
    tx.list(
        sql!("SELECT id, site_id, kind, object_id FROM change WHERE id > $1 AND IS_SETTLED(transaction_number) ORDER BY id LIMIT $2"),
        &[&after, &limit],
        |row: &Row<'_>| Ok(Change { id: row.get(0)?, site: row.get(1)?, kind: row.get(2)?, object_id: row.get(3)? }),
    )
}

/// The oldest and the newest place of the feed whose changes are settled; none as long as nothing changed.
///
/// # Errors
/// What the database reports.
pub fn ends(tx: &mut Tx<'_>) -> Result<Option<(i64, i64)>, DbError> {
    let ends = tx.find(sql!("SELECT MIN(id), MAX(id) FROM change WHERE IS_SETTLED(transaction_number)"), &[], |row| {
        Ok((row.get::<Option<i64>>(0)?, row.get::<Option<i64>>(1)?))
    })?;
    Ok(ends.and_then(|(oldest, newest)| oldest.zip(newest)))
}

/// How far a reader that keeps its place in the database has read; 0 at its beginning.
///
/// # Errors
/// What the database reports.
pub fn find_place(tx: &mut Tx<'_>, reader: &str) -> Result<i64, DbError> {
    Ok(tx.find(sql!("SELECT change_id FROM change_reader WHERE name = $1"), &[&reader], |row| row.get(0))?.unwrap_or_default())
}

/// Keeps how far a reader has read, in the transaction that did what follows from it.
///
/// # Errors
/// What the database reports.
pub fn keep_place(tx: &mut Tx<'_>, reader: &str, change: i64) -> Result<(), DbError> {
    let now = tx.now()?;
    tx.execute(
        sql!(
            "INSERT INTO change_reader (name, change_id, read_at) VALUES ($1, $2, $3) \
             ON CONFLICT (name) DO UPDATE SET change_id = excluded.change_id, read_at = excluded.read_at"
        ),
        &[&reader, &change, &now],
    )?;
    Ok(())
}

/// Forgets changes older than [`KEPT_DAYS`]. Returns how many.
///
/// # Errors
/// What the database reports.
pub fn delete_old(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    let before = tx.now()?.plus_seconds(-KEPT_DAYS * 86_400);
    tx.execute(sql!("DELETE FROM change WHERE changed_at < $1"), &[&before])
}
