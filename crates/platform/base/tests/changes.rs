//! The change feed on both engines: in order, with its transaction, and never past one that may still commit.

use allmende_core::{Id, Site};
use allmende_db::schema::MIGRATIONS;
use allmende_db::{Clock, Db, DbError, EngineKind, Scope, Tx, sql};
use allmende_platform::changes::{self, Change};
use allmende_platform::fresh::Fresh;
use allmende_platform::sites::{self, NewSite, SiteKind};
use allmende_testing::on_both_engines;
use anyhow::{Result, ensure};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

fn run(test: impl Fn(&Db, Id<Site>) -> Result<()>) {
    let outcome = on_both_engines(MIGRATIONS, Clock::Database, |db| {
        let new = NewSite {
            key: "muehlau".to_owned(),
            kind: SiteKind::Municipality,
            name: "Mühlau".to_owned(),
            base_url: "http://muehlau.example".to_owned(),
            hue: 1,
            chroma_thousandths: 1,
            time_zone: "UTC".to_owned(),
        };
        test(db, db.write_blocking::<_, DbError>(Scope::Installation, move |tx| sites::insert(tx, &new))?)
    });
    if let Err(error) = outcome {
        panic!("{error:?}");
    }
}

fn after(db: &Db, place: i64, limit: i64) -> Result<Vec<Change>, DbError> {
    db.read_blocking(Scope::Installation, move |tx| changes::list_after(tx, place, limit))
}

/// What is read as soon as as many changes are settled: on PostgreSQL any transaction of the same cluster, such as one of a
/// test beside this one, may delay them.
fn settled(db: &Db, number: usize) -> Result<Vec<Change>> {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let all = after(db, 0, 10)?;
        if all.len() >= number {
            return Ok(all);
        }
        ensure!(Instant::now() < deadline, "never settled: {all:?}");
        std::thread::yield_now();
    }
}

#[test]
fn a_change_lives_and_dies_with_its_transaction_and_is_read_in_order() {
    run(|db, site| {
        let before = changes::commits();
        db.write_blocking::<_, DbError>(site, |tx| changes::note(tx, "paper", 7).and(changes::note(tx, "file", 8)))?;
        let rolled_back: Result<(), DbError> = db.write_blocking(site, |tx| changes::note(tx, "paper", 9).and(Err(DbError::NoSite)));
        ensure!(rolled_back.is_err() && changes::commits() > before);
        let all = settled(db, 2)?;
        ensure!(all.iter().map(|change| (change.kind.as_str(), change.object_id)).collect::<Vec<_>>() == [("paper", 7), ("file", 8)], "{all:?}");
        ensure!(all.iter().all(|change| change.site == site));
        ensure!(after(db, 0, 1)? == all[..1] && after(db, all[0].id, 10)? == all[1..] && after(db, all[1].id, 10)?.is_empty());
        let ends = db.read_blocking::<_, DbError>(Scope::Installation, changes::ends)?;
        ensure!(ends == Some((all[0].id, all[1].id)), "{ends:?}");
        Ok(())
    });
}

#[test]
fn a_reader_finds_its_place_again_and_old_changes_are_forgotten() {
    run(|db, site| {
        ensure!(db.read_blocking::<_, DbError>(Scope::Installation, |tx| changes::find_place(tx, "digest"))? == 0);
        for place in [3, 5] {
            db.write_blocking::<_, DbError>(Scope::Installation, move |tx| changes::keep_place(tx, "digest", place))?;
            ensure!(db.read_blocking::<_, DbError>(Scope::Installation, |tx| changes::find_place(tx, "digest"))? == place);
        }
        db.write_blocking::<_, DbError>(site, |tx| changes::note(tx, "paper", 1))?;
        ensure!(db.write_blocking::<_, DbError>(Scope::Installation, changes::delete_old)? == 0);
        let later = db.write_blocking::<_, DbError>(Scope::Installation, |tx| tx.now())?.plus_seconds(changes::KEPT_DAYS * 86_400 + 1);
        ensure!(db.with_clock(Clock::Fixed(later)).write_blocking::<_, DbError>(Scope::Installation, changes::delete_old)? == 1);
        Ok(())
    });
}

#[test]
fn nobody_reads_past_a_transaction_that_may_still_commit() {
    run(|db, site| {
        if db.kind() == EngineKind::Sqlite {
            // One writer: a later number is never committed before an earlier one.
            return Ok(());
        }
        let (noted, was_noted) = channel();
        let (go_on, may_go_on) = channel::<()>();
        let (noted, may_go_on) = (Mutex::new(noted), Mutex::new(may_go_on));
        std::thread::scope(|scope| {
            let slow = scope.spawn(move || {
                db.write_blocking::<_, DbError>(site, move |tx| {
                    changes::note(tx, "paper", 1)?;
                    let _ = noted.lock().map(|noted| noted.send(()));
                    let _ = may_go_on.lock().map(|gate| gate.recv());
                    Ok(())
                })
            });
            was_noted.recv()?;
            db.write_blocking::<_, DbError>(site, |tx| changes::note(tx, "paper", 2))?;
            let early = after(db, 0, 10)?;
            go_on.send(())?;
            slow.join().map_err(|_| anyhow::anyhow!("the slow transaction failed"))??;
            ensure!(early.is_empty(), "{early:?}");
            ensure!(settled(db, 2)?.iter().map(|change| change.object_id).collect::<Vec<_>>() == [1, 2]);
            Ok(())
        })
    });
}

/// How many changes the site has, by way of what is kept since so many writes.
fn counted(db: &Db, site: Id<Site>, fresh: &Arc<Fresh>, writes: u64) -> Result<usize> {
    let fresh = Arc::clone(fresh);
    let count = |tx: &mut Tx<'_>| {
        let site = tx.site()?;
        Ok(tx.list(sql!("SELECT id FROM change WHERE site_id = $1"), &[&site], |row| row.get::<i64>(0))?.len())
    };
    Ok(*db.read_blocking::<_, DbError>(site, move |tx| fresh.of(tx, writes, count))?)
}

#[test]
fn what_many_read_is_kept_until_this_node_writes_or_it_is_old() {
    run(|db, site| {
        let (kept, never_kept) = (Arc::new(Fresh::for_at_most(Duration::MAX)), Arc::new(Fresh::for_at_most(Duration::ZERO)));
        let before = db.writes();
        ensure!(counted(db, site, &kept, before)? == 0 && counted(db, site, &never_kept, before)? == 0);
        db.write_blocking::<_, DbError>(site, |tx| changes::note(tx, "paper", 1))?;
        ensure!(db.writes() > before, "a write is counted before whoever wrote hears of it");
        ensure!(counted(db, site, &kept, before)? == 0, "nothing is asked as long as this node has not written");
        ensure!(counted(db, site, &never_kept, before)? == 1, "what is old is read anew");
        ensure!(counted(db, site, &kept, db.writes())? == 1, "what this node wrote is seen at once");
        let before = db.writes();
        let note_unseen = |tx: &mut Tx<'_>| {
            tx.unseen();
            changes::note(tx, "paper", 2)
        };
        db.write_blocking::<_, DbError>(site, note_unseen)?;
        ensure!(db.writes() == before, "what nobody sees is not counted");
        db.write_blocking::<_, DbError>(site, |tx| changes::note(tx, "paper", 3))?;
        ensure!(db.writes() == before + 1, "each closure speaks for itself");
        Ok(())
    });
}
