//! The facade keeps its promises on both engines: migrations, types, group commit, rollback, conflicts, panics, the clock.

use allmende_core::{Id, Instant, Site};
use allmende_db::migrate::Migration;
use allmende_db::{Clock, Db, DbError, EngineKind, Scope, Tx, sql};
use allmende_testing::on_both_engines;
use anyhow::{Result, ensure};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

const SCHEMA: &[Migration] = &[Migration {
    number: 1,
    name: "test",
    sql: "CREATE TABLE vote (id IDENTITY, voter BIGINT NOT NULL, weight DOUBLE PRECISION, note TEXT, seal BYTEA, UNIQUE (voter));\n",
}];

const NOW: i64 = 1_780_000_000_000;

fn run(test: impl Fn(&Db) -> Result<()>) {
    if let Err(error) = on_both_engines(SCHEMA, Clock::Fixed(Instant::from_millis(NOW)), test) {
        panic!("{error:?}");
    }
}

fn insert(tx: &mut Tx<'_>, voter: i64) -> Result<Id<str>, DbError> {
    tx.insert(sql!("INSERT INTO vote (voter) VALUES ($1) RETURNING id"), &[&voter])
}

fn insert_later(tx: &mut Tx<'_>, voter: i64) -> Result<(), DbError> {
    tx.execute_later(sql!("INSERT INTO vote (voter) VALUES ($1)"), &[&voter])
}

fn voters(tx: &mut Tx<'_>, from: i64) -> Result<Vec<i64>, DbError> {
    tx.list(sql!("SELECT voter, note FROM vote WHERE voter >= $1 ORDER BY voter"), &[&from], |row| row.get(0))
}

fn count(db: &Db) -> Result<i64, DbError> {
    db.read_blocking(Scope::Installation, |tx| Ok(tx.find(sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM vote"), &[], |row| row.get(0))?.unwrap_or(-1)))
}

#[test]
fn every_kind_of_value_comes_back_as_it_went_in() {
    run(|db| {
        db.write_blocking(Scope::Installation, |tx| {
            tx.execute(sql!("INSERT INTO vote (note, voter, weight, seal) VALUES ($4, $1, $2, $3)"), &[&7_i64, &0.25_f64, &vec![0_u8, 255], &"Grüße, 'x' $1"])
        })?;
        let row = db.read_blocking(Scope::Installation, |tx| {
            tx.find(sql!("SELECT voter, weight, note, seal, id FROM vote WHERE voter ANY_OF($1)"), &[&vec![6_i64, 7]], |row| {
                Ok((row.get::<i64>(0)?, row.get::<f64>(1)?, row.get::<String>(2)?, row.get::<Option<Vec<u8>>>(3)?, row.get::<Id<str>>(4)?))
            })
        })?;
        ensure!(row == Some((7, 0.25, "Grüße, 'x' $1".to_owned(), Some(vec![0, 255]), Id::new(1))));
        let wrong = db.read_blocking(Scope::Installation, |tx| tx.find(sql!("SELECT note FROM vote"), &[], |row| row.get::<i64>(0)));
        ensure!(matches!(wrong, Err(DbError::Type { position: 0, .. })));
        Ok(())
    });
}

#[test]
fn an_error_rolls_back_all_of_its_closure_and_nothing_of_others() {
    run(|db| {
        let refused: Result<(), DbError> = db.write_blocking(Scope::Installation, |tx| {
            insert(tx, 1)?;
            insert(tx, 2)?;
            insert(tx, 1).map(|_| ())
        });
        ensure!(matches!(refused, Err(DbError::Unique(_))), "{refused:?}");
        ensure!(count(db)? == 0);
        let clones: Vec<_> = (0..40_i64)
            .map(|voter| {
                let db = db.clone();
                // Each voter is entered twice at once: the constraint lets one of the two through.
                std::thread::spawn(move || db.write_blocking(Scope::Installation, move |tx| insert(tx, voter / 2)).is_ok())
            })
            .collect();
        let kept = clones.into_iter().filter_map(|thread| thread.join().ok()).filter(|ok| *ok).count();
        ensure!(kept == 20, "{kept} of 20");
        ensure!(count(db)? == 20);
        Ok(())
    });
}

#[test]
fn a_panic_is_an_error_and_the_threads_live_on() {
    run(|db| {
        let panicked: Result<(), DbError> = db.write_blocking(Scope::Installation, |tx| {
            insert(tx, 1)?;
            panic!("planned");
        });
        ensure!(matches!(panicked, Err(DbError::Panicked)), "{panicked:?}");
        let panicked: Result<(), DbError> = db.read_blocking(Scope::Installation, |_| panic!("planned"));
        ensure!(matches!(panicked, Err(DbError::Panicked)));
        ensure!(count(db)? == 0);
        db.write_blocking(Scope::Installation, |tx| insert(tx, 1))?;
        ensure!(count(db)? == 1);
        Ok(())
    });
}

#[test]
fn a_failure_that_a_closure_keeps_to_itself_is_never_acknowledged_as_done() {
    run(|db| {
        let result: Result<(), DbError> = db.write_blocking(Scope::Installation, |tx| {
            insert(tx, 1)?;
            // PostgreSQL keeps nothing of a transaction in which a statement failed, and says so to nobody.
            let _ = insert(tx, 1);
            Ok(())
        });
        ensure!(count(db)? == i64::from(result.is_ok()), "{result:?}");
        db.write_blocking(Scope::Installation, |tx| insert(tx, 2))?;
        ensure!(count(db)? == i64::from(result.is_ok()) + 1);
        Ok(())
    });
}

#[test]
fn what_waits_is_committed_together_and_the_failure_of_one_concerns_only_that_one() {
    run(|db| {
        let (open, gate) = std::sync::mpsc::channel::<()>();
        let (gate, tries) = (Arc::new(Mutex::new(gate)), Arc::new(AtomicUsize::new(0)));
        let told = tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
            let mut tasks = tokio::task::JoinSet::new();
            for voter in 0..14_i64 {
                let (db, gate, tries) = (db.clone(), Arc::clone(&gate), Arc::clone(&tries));
                tasks.spawn(async move {
                    let done = db.write::<_, DbError>(Scope::Installation, move |tx| match voter {
                        // While these hold the writers up the others gather.
                        0 | 1 => {
                            let _ = gate.lock().map(|gate| gate.recv());
                            Ok(())
                        }
                        5 => insert(tx, 4).and_then(|_| insert(tx, 4)).map(|_| ()),
                        6 => panic!("planned"),
                        7 => Err(DbError::NoSite),
                        8 if tries.fetch_add(1, Ordering::SeqCst) == 0 && tx.engine() == EngineKind::Postgres => Err(DbError::Conflict),
                        // What was written before the refusal must go.
                        9 => insert(tx, 109).and(Err(DbError::NoSite)),
                        // PostgreSQL says so when another closure asks for something, or with the commit.
                        10 => insert_later(tx, 110).and_then(|()| insert_later(tx, 110)),
                        12 => insert_later(tx, 112),
                        _ => insert(tx, 100 + voter).map(|_| ()),
                    });
                    (voter, done.await.is_ok())
                });
            }
            // Tasks run in the order in which they were made: by now all have sent.
            tasks.spawn(async move {
                drop(open);
                (14, true)
            });
            tasks.join_all().await
        });
        let failed: Vec<i64> = told.iter().filter(|(_, is_done)| !is_done).map(|(voter, _)| *voter).collect();
        ensure!(failed.len() == 5 && failed.iter().all(|voter| matches!(voter, 5..=7 | 9 | 10)), "{failed:?}");
        ensure!(count(db)? == 7);
        Ok(())
    });
}

#[test]
fn what_is_executed_later_is_there_for_what_comes_next_and_fails_its_closure() {
    run(|db| {
        let seen = db.write_blocking::<_, DbError>(Scope::Installation, |tx| {
            insert_later(tx, 1)?;
            insert_later(tx, 2)?;
            voters(tx, 0)
        })?;
        ensure!(seen == [1, 2]);
        let refused: Result<(), DbError> = db.write_blocking(Scope::Installation, |tx| insert_later(tx, 3).and_then(|()| insert_later(tx, 1)));
        ensure!(matches!(refused, Err(DbError::Unique(_))), "told with the commit: {refused:?}");
        let refused = db.write_blocking(Scope::Installation, |tx| {
            insert_later(tx, 3)?;
            insert_later(tx, 1)?;
            insert_later(tx, 4)?;
            tx.foresee(|tx| drop(voters(tx, 0)));
            voters(tx, 0)
        });
        ensure!(matches!(refused, Err(DbError::Unique(_))), "the cause, not what followed: {refused:?}");
        ensure!(count(db)? == 2);
        Ok(())
    });
}

#[test]
fn what_is_foreseen_is_found_once_it_is_asked_for_unless_something_was_written_since() {
    run(|db| {
        let note = "x".repeat(20_000);
        db.write_blocking::<_, DbError>(Scope::Installation, move |tx| {
            (0..100_i64).try_for_each(|voter| tx.execute(sql!("INSERT INTO vote (voter, note) VALUES ($1, $2)"), &[&voter, &note]).map(|_| ()))
        })?;
        let (told, statements) = db.read_blocking::<_, DbError>(Scope::Installation, |tx| {
            // More than fits into the connection: an answer that is left alone must not hold up the others.
            tx.foresee(|tx| [90, 0, 50, 10].into_iter().for_each(|from| assert!(voters(tx, from).is_ok_and(|found| found.is_empty()))));
            let found = [10, 0, 0, 95].into_iter().map(|from| voters(tx, from).map(|found| found.len())).collect::<Result<Vec<_>, _>>()?;
            Ok((found, tx.statements()))
        })?;
        ensure!((&told[..], statements) == (&[90, 100, 100, 5], 4), "{told:?} in {statements}");
        let told = db.write_blocking::<_, DbError>(Scope::Installation, |tx| {
            tx.foresee(|tx| drop(voters(tx, 99)));
            insert(tx, 100)?;
            tx.foresee(|tx| drop(insert(tx, 101)));
            voters(tx, 99)
        })?;
        ensure!(told == [99, 100], "{told:?}");
        Ok(())
    });
}

#[test]
fn a_closure_that_met_a_conflict_is_repeated() {
    run(|db| {
        let runs = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&runs);
        let result: Result<i64, DbError> = db.write_blocking(Scope::Installation, move |tx| {
            if seen.fetch_add(1, Ordering::SeqCst) == 0 && tx.engine() == EngineKind::Postgres {
                return Err(DbError::Conflict);
            }
            insert(tx, 5).map(Id::get)
        });
        ensure!(result? == 1 || count(db)? == 1);
        Ok(())
    });
}

#[test]
fn counters_do_not_lose_a_write_between_transactions() {
    run(|db| {
        db.write_blocking(Scope::Installation, |tx| tx.execute(sql!("INSERT INTO vote (voter, weight) VALUES (1, 0)"), &[]))?;
        let threads: Vec<_> = (0..16)
            .map(|_| {
                let db = db.clone();
                std::thread::spawn(move || {
                    db.write_blocking::<_, DbError>(Scope::Installation, |tx| {
                        let weight = tx.find(sql!("SELECT weight FROM vote WHERE voter = 1"), &[], |row| row.get::<f64>(0))?.unwrap_or(0.0);
                        tx.execute(sql!("UPDATE vote SET weight = $1 WHERE voter = 1"), &[&(weight + 1.0)])
                    })
                })
            })
            .collect();
        let mut kept = 0.0;
        for thread in threads {
            if thread.join().is_ok_and(|result| result.is_ok()) {
                kept += 1.0;
            }
        }
        let weight = db.read_blocking(Scope::Installation, |tx| tx.find(sql!("SELECT weight FROM vote WHERE voter = 1"), &[], |row| row.get::<f64>(0)))?;
        ensure!(weight == Some(kept), "{weight:?} of {kept}");
        ensure!(kept == 16.0, "one of them was refused for ever: {kept}");
        Ok(())
    });
}

#[test]
fn the_scope_and_the_clock_reach_the_closure() {
    run(|db| {
        let site: Id<Site> = Id::new(9);
        let (seen, now) = db.read_blocking::<_, DbError>(site, |tx| Ok((tx.site()?, tx.now()?)))?;
        ensure!(seen == site && now.millis() == NOW);
        let none = db.read_blocking::<_, DbError>(Scope::Installation, |tx| tx.site());
        ensure!(matches!(none, Err(DbError::NoSite)));
        Ok(())
    });
}

#[test]
fn a_changed_or_unknown_migration_is_refused() {
    const CHANGED: &[Migration] = &[Migration { number: 1, name: "test", sql: "CREATE TABLE other (id IDENTITY);\n" }];
    run(|db| {
        ensure!(allmende_db::migrate::run(db, SCHEMA)? == 0);
        ensure!(matches!(allmende_db::migrate::run(db, CHANGED), Err(DbError::Migration(_))));
        ensure!(matches!(allmende_db::migrate::run(db, &[]), Err(DbError::Migration(_))));
        Ok(())
    });
}
