//! Following the change feed: reads on from where a reader was and hands over what changed, site by site.
//!
//! Whoever derives rows from the feed in the same database names a reader; its place is kept in the transaction that did
//! the work, so each change is worked on once however many nodes follow. Owns no table (the feed is [`crate::changes`]). Start
//! with [`step`]; who must ask something outside of the database between reading and writing takes [`next`] and [`Batch::finish`].

use crate::changes::{self, Change};
use allmende_core::{Id, Site};
use allmende_db::{Conflicts, Db, DbError, Scope, Tx};

/// Changes worked on in one transaction.
pub const BATCH: i64 = 1_000;

/// The next changes of one site for one reader.
#[derive(Debug, Clone)]
pub struct Batch {
    /// Whose they are.
    pub site: Id<Site>,
    /// The changes in the order of the feed; never empty.
    pub changes: Vec<Change>,
    reader: &'static str,
    /// Where the reader was before.
    place: i64,
    /// Where it is afterwards.
    last: i64,
}

/// The next changes of a reader; none at the end of the feed.
///
/// # Errors
/// What the database reports.
pub fn next(db: &Db, reader: &'static str) -> Result<Option<Batch>, DbError> {
    let (place, mut changes) = db.read_blocking::<_, DbError>(Scope::Installation, move |tx| {
        let place = changes::find_place(tx, reader)?;
        Ok((place, changes::list_after(tx, place, BATCH)?))
    })?;
    let Some(site) = changes.first().map(|change| change.site) else { return Ok(None) };
    let other = changes.iter().position(|change| change.site != site).unwrap_or(changes.len());
    changes.truncate(other);
    let last = changes.last().map_or(place, |change| change.id);
    Ok(Some(Batch { site, changes, reader, place, last }))
}

impl Batch {
    /// Does the work and keeps the reader's place, both or neither. `None` if another node was faster: then its work counts, and
    /// the next step goes on behind it. The work is done again after a conflict.
    ///
    /// # Errors
    /// What the database or the work reports; then nothing of this step is kept.
    pub fn finish<T, E>(self, db: &Db, work: impl Fn(&mut Tx<'_>, &[Change]) -> Result<T, E> + Send + 'static) -> Result<Option<T>, E>
    where
        T: Send + 'static,
        E: From<DbError> + Conflicts + Send + 'static,
    {
        db.write_blocking::<_, E>(self.site, move |tx| {
            if changes::find_place(tx, self.reader)? != self.place {
                return Ok(None);
            }
            let done = work(tx, &self.changes)?;
            changes::keep_place(tx, self.reader, self.last)?;
            Ok(Some(done))
        })
    }
}

/// Works on the next changes of one site. Returns whether there may be more. The work is done again after a conflict and must
/// come to the same when it is done twice.
///
/// # Errors
/// What the database or the work reports; then nothing of this step is kept.
pub fn step(db: &Db, reader: &'static str, work: impl Fn(&mut Tx<'_>, &[Change]) -> Result<(), DbError> + Send + 'static) -> Result<bool, DbError> {
    let Some(batch) = next(db, reader)? else { return Ok(false) };
    batch.finish(db, work)?;
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
