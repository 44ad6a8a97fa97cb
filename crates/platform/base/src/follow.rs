//! Following the change feed: reads on from where a reader was and hands over what changed, site by site.
//!
//! Whoever derives rows from the feed in the same database names a reader; its place is kept in the transaction that did
//! the work, so each change is worked on once however many nodes follow. Owns no table (the feed is [`crate::changes`]).

use crate::changes::{self, Change};
use allmende_db::{Db, DbError, Scope, Tx};

/// Changes worked on in one transaction.
pub const BATCH: i64 = 1_000;

/// Works on the next changes of one site. Returns whether there may be more. The work is done again after a conflict and must
/// come to the same when it is done twice.
///
/// # Errors
/// What the database or the work reports; then nothing of this step is kept.
pub fn step(db: &Db, reader: &'static str, work: impl Fn(&mut Tx<'_>, &[Change]) -> Result<(), DbError> + Send + 'static) -> Result<bool, DbError> {
    let (place, mut batch) = db.read_blocking::<_, DbError>(Scope::Installation, move |tx| {
        let place = changes::find_place(tx, reader)?;
        Ok((place, changes::list_after(tx, place, BATCH)?))
    })?;
    let Some(site) = batch.first().map(|change| change.site) else { return Ok(false) };
    let other = batch.iter().position(|change| change.site != site).unwrap_or(batch.len());
    batch.truncate(other);
    let last = batch.last().map_or(place, |change| change.id);
    db.write_blocking::<_, DbError>(site, move |tx| {
        // Another node was faster: its work counts, and the next step goes on behind it.
        if changes::find_place(tx, reader)? != place {
            return Ok(());
        }
        work(tx, &batch)?;
        changes::keep_place(tx, reader, last)
    })?;
    Ok(true)
}

/// The rows of one kind in a batch, each once, in order.
#[must_use]
pub fn ids_of(batch: &[Change], kind: &str) -> Vec<i64> {
    let mut ids: Vec<i64> = batch.iter().filter(|change| change.kind == kind).map(|change| change.object_id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
