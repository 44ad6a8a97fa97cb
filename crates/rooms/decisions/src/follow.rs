//! Follows the council through the change feed: new and changed outcomes become decisions within a second or two.
//!
//! Works in small transactions; what it does twice comes to the same. A site that was there before the feed, and one that was
//! not followed for so long that the feed has forgotten, is walked through from its first agenda item. Start with [`step`].

use crate::store::keep;
use allmende_core::{Id, Site};
use allmende_db::{Db, DbError, Scope, Tx};
use allmende_platform::app::Ports;
use allmende_platform::changes::{self, Change};
use allmende_platform::follow;
use allmende_platform::outcomes::Outcomes;
use allmende_platform::sites;

/// Name of this room as a reader of the feed.
const READER: &str = "decisions";
/// What an outcome is told of.
const KINDS: [&str; 3] = ["agenda_item", "meeting", "paper"];
/// Agenda items worked on in one transaction.
const ITEMS_MAX: i64 = 500;

/// Works on the next changes. Returns whether there may be more.
///
/// # Errors
/// What the database reports.
pub fn step(db: &Db, ports: &Ports) -> Result<bool, DbError> {
    let Some(outcomes) = ports.outcomes else { return Ok(false) };
    if is_lost(db)? {
        begin_anew(db, outcomes)?;
    }
    follow::step(db, READER, move |tx, batch| work(tx, outcomes, batch))
}

/// Works until nothing is left, for the command line and tests.
///
/// # Errors
/// What the database reports.
pub fn catch_up(db: &Db, ports: &Ports) -> Result<(), DbError> {
    while step(db, ports)? {}
    Ok(())
}

fn work(tx: &mut Tx<'_>, outcomes: Outcomes, batch: &[Change]) -> Result<(), DbError> {
    let mut items = Vec::new();
    for kind in KINDS {
        let ids = follow::ids_of(batch, kind);
        if !ids.is_empty() {
            items.extend((outcomes.affected)(tx, kind, &ids)?);
        }
    }
    keep_items(tx, outcomes, items)
}

/// Brings the decisions of these agenda items up to date.
///
/// # Errors
/// What the database reports.
pub fn keep_items(tx: &mut Tx<'_>, outcomes: Outcomes, mut items: Vec<i64>) -> Result<(), DbError> {
    items.sort_unstable();
    items.dedup();
    for items in items.chunks(usize::try_from(ITEMS_MAX).unwrap_or(1)) {
        let told = (outcomes.load)(tx, items)?;
        keep::keep(tx, items, told)?;
    }
    Ok(())
}

/// Whether this room has no place in the feed, or one that the feed has forgotten.
fn is_lost(db: &Db) -> Result<bool, DbError> {
    db.read_blocking(Scope::Installation, |tx| {
        let place = changes::find_place(tx, READER)?;
        Ok(match changes::ends(tx)? {
            Some((oldest, _)) => place + 1 < oldest || place == 0,
            None => false,
        })
    })
}

/// Walks through all agenda items of all sites, and goes on from what the feed's end was before.
fn begin_anew(db: &Db, outcomes: Outcomes) -> Result<(), DbError> {
    let (end, sites) = db.read_blocking::<_, DbError>(Scope::Installation, |tx| {
        let sites: Vec<Id<Site>> = sites::list(tx)?.into_iter().map(|site| site.id).collect();
        Ok((changes::ends(tx)?.map_or(0, |(_, newest)| newest), sites))
    })?;
    for site in sites {
        let mut after = 0;
        loop {
            let from = after;
            let last = db.write_blocking::<_, DbError>(site, move |tx| {
                let items = (outcomes.list_after)(tx, from, ITEMS_MAX)?;
                let last = items.last().copied();
                keep_items(tx, outcomes, items)?;
                Ok(last)
            })?;
            match last {
                Some(last) => after = last,
                None => break,
            }
        }
    }
    db.write_blocking::<_, DbError>(Scope::Installation, move |tx| changes::keep_place(tx, READER, end))
}
