//! The queue keeps its promises on both engines: once while alive, again after a death, never lost with its transaction.

use allmende_core::Id;
use allmende_db::schema::MIGRATIONS;
use allmende_db::{Clock, Db, DbError, Scope, sql};
use allmende_platform::jobs::queue::{self, Taken};
use allmende_platform::jobs::{Backoff, Every, Handlers, Job, JobContext, JobError, NewJob, Outcome, Runner, overview};
use allmende_testing::on_both_engines;
use anyhow::{Result, ensure};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

fn run(test: impl Fn(&Db) -> Result<()>) {
    if let Err(error) = on_both_engines(MIGRATIONS, Clock::Database, test) {
        panic!("{error:?}");
    }
}

fn enqueue(db: &Db, job: NewJob<'static>) -> Result<Option<Id<Job>>, DbError> {
    db.write_blocking(Scope::Installation, move |tx| queue::enqueue(tx, &job))
}

fn take(db: &Db) -> Result<Option<Taken>, DbError> {
    db.write_blocking(Scope::Installation, queue::take)
}

/// Whether leases were lost, by asking, and then by freeing their jobs.
fn free_lost(db: &Db) -> Result<(bool, u64), DbError> {
    Ok((db.read_blocking(Scope::Installation, queue::is_any_lost)?, db.write_blocking(Scope::Installation, queue::free_lost)?))
}

fn end(db: &Db, taken: &Taken, result: Result<Outcome, JobError>) -> Result<(), DbError> {
    let taken = taken.clone();
    db.write_blocking(Scope::Installation, move |tx| queue::end(tx, &taken, &result, Backoff::EAGER))
}

fn make_due(db: &Db) -> Result<(), DbError> {
    db.write_blocking(Scope::Installation, |tx| tx.execute(sql!("UPDATE job SET run_at = 0, leased_until = 0 WHERE state IN ('waiting', 'running')"), &[]))?;
    Ok(())
}

fn state(db: &Db, id: Id<Job>) -> Result<(String, i64, Option<String>)> {
    let row = db.read_blocking::<_, DbError>(Scope::Installation, move |tx| {
        tx.find(sql!("SELECT state, attempts, last_error FROM job WHERE id = $1"), &[&id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    })?;
    row.ok_or_else(|| anyhow::anyhow!("no job {id}"))
}

fn runner(db: &Db, handlers: Handlers, schedules: Vec<Every>) -> Runner {
    Runner::new(db.clone(), PathBuf::new(), handlers, schedules)
}

#[test]
fn a_job_lives_and_dies_with_its_transaction_and_a_key_is_there_once() {
    run(|db| {
        let rolled_back: Result<(), DbError> = db.write_blocking(Scope::Installation, |tx| {
            queue::enqueue(tx, &NewJob::new("work", String::new()))?;
            Err(DbError::NoSite)
        });
        ensure!(rolled_back.is_err() && take(db)?.is_none());
        let keyed = || NewJob { unique_key: Some("once".to_owned()), ..NewJob::new("work", "a".to_owned()) };
        ensure!(enqueue(db, keyed())?.is_some());
        ensure!(enqueue(db, keyed())?.is_none());
        ensure!(take(db)?.is_some_and(|taken| taken.payload == "a" && taken.attempt == 1));
        ensure!(take(db)?.is_none());
        Ok(())
    });
}

#[test]
fn a_lost_lease_lets_another_take_the_job_and_the_first_word_counts_no_more() {
    run(|db| {
        let id = enqueue(db, NewJob { attempts_max: 2, ..NewJob::new("work", String::new()) })?.unwrap_or(Id::new(0));
        let first = take(db)?.ok_or(DbError::NoSite)?;
        ensure!(free_lost(db)? == (false, 0), "a lease that is held is nobody else's");
        make_due(db)?;
        ensure!(free_lost(db)? == (true, 1));
        let second = take(db)?.ok_or(DbError::NoSite)?;
        ensure!((first.attempt, second.attempt) == (1, 2));
        end(db, &first, Err(JobError::Permanent("too late".to_owned())))?;
        ensure!(state(db, id)? == ("running".to_owned(), 2, None));
        ensure!(!db.write_blocking(Scope::Installation, move |tx| queue::renew(tx, id, 1))?);
        ensure!(db.write_blocking(Scope::Installation, move |tx| queue::renew(tx, id, 2))?);
        end(db, &second, Ok(Outcome::Done))?;
        ensure!(state(db, id)?.0 == "done");

        let lost = enqueue(db, NewJob { attempts_max: 1, ..NewJob::new("work", String::new()) })?.unwrap_or(Id::new(0));
        ensure!(take(db)?.is_some());
        make_due(db)?;
        ensure!(free_lost(db)? == (true, 1));
        ensure!(take(db)?.is_none(), "no try is left");
        ensure!(state(db, lost)?.0 == "failed");
        Ok(())
    });
}

#[test]
fn tries_end_in_failure_and_a_hand_can_begin_anew() {
    run(|db| {
        let site = db.write_blocking::<_, DbError>(Scope::Installation, |tx| {
            tx.insert::<allmende_core::Site>(
                sql!(
                    "INSERT INTO site (key, kind, name, base_url, hue, chroma_thousandths, time_zone, created_at, changed_at) \
                     VALUES ('a', 'municipality', 'A', 'http://a.example', 1, 1, 'UTC', 0, 0) RETURNING id"
                ),
                &[],
            )
        })?;
        let id = enqueue(db, NewJob { attempts_max: 2, ..NewJob::new("work", String::new()) })?.unwrap_or(Id::new(0));
        let bad = || Err(JobError::Transient("the other side\r\nis away".to_owned()));
        let first = take(db)?.ok_or(DbError::NoSite)?;
        end(db, &first, bad())?;
        ensure!(state(db, id)? == ("waiting".to_owned(), 1, Some("the other side  is away".to_owned())));
        ensure!(take(db)?.is_none(), "it waits before its second try");
        make_due(db)?;
        let second = take(db)?.ok_or(DbError::NoSite)?;
        end(db, &second, bad())?;
        ensure!(state(db, id)?.0 == "failed");
        ensure!(db.write_blocking(site, move |tx| queue::retry(tx, id))?);
        let third = take(db)?.ok_or(DbError::NoSite)?;
        ensure!(third.attempt == 1);
        ensure!(!db.write_blocking(site, move |tx| queue::retry(tx, id))?, "a running job is left alone");
        end(db, &third, Ok(Outcome::Later(-1)))?;
        ensure!(take(db)?.is_some_and(|taken| taken.attempt == 1));
        let depth = db.read_blocking(site, overview::depth_of_site)?;
        ensure!(depth == db.read_blocking(Scope::Installation, overview::depth)? && depth.running == 1);
        Ok(())
    });
}

#[test]
fn many_workers_do_each_job_once() {
    run(|db| {
        for number in 0..60 {
            enqueue(db, NewJob::new("count", number.to_string()))?;
        }
        let done = Arc::new(Mutex::new(Vec::new()));
        let threads: Vec<_> = (0..4)
            .map(|_| {
                let (db, done) = (db.clone(), Arc::clone(&done));
                std::thread::spawn(move || -> Result<(), DbError> {
                    let handlers = Handlers::new().with("count", Backoff::EAGER, move |_, payload| {
                        done.lock().map_err(|_| JobError::Permanent(String::new()))?.push(payload.to_owned());
                        Ok(Outcome::Done)
                    });
                    let runner = runner(&db, handlers, Vec::new());
                    // A step may lose the race for the last jobs; then another worker has them.
                    while runner.step()? {}
                    Ok(())
                })
            })
            .collect();
        for thread in threads {
            thread.join().map_err(|_| anyhow::anyhow!("a worker panicked"))??;
        }
        let mut done = done.lock().map(|done| done.clone()).unwrap_or_default();
        done.sort();
        let count = done.len();
        done.dedup();
        ensure!(done.len() == 60 && count == 60, "{count} done, {} different", done.len());
        Ok(())
    });
}

#[test]
fn jobs_of_a_crowd_are_done_together_and_each_ends_for_itself() {
    run(|db| {
        let write = |kind, payload: &str| enqueue(db, NewJob::new(kind, payload.to_owned())).map(|id| id.unwrap_or(Id::new(0)));
        let ids = ["a", "b", "c", "d"].into_iter().map(|payload| write("crowd", payload)).collect::<Result<Vec<_>, _>>()?;
        let other = write("other", "e")?;
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (own, asked) = (Arc::clone(&seen), db.clone());
        // Says nothing of the last one.
        let crowd = move |jobs: &[(JobContext, String)]| {
            let running = asked.read_blocking(Scope::Installation, overview::depth).map(|depth| depth.running);
            let payloads: Vec<String> = jobs.iter().map(|(_, payload)| payload.clone()).collect();
            let ended = |payload: &String| if payload == "b" { Err(JobError::Permanent("no".to_owned())) } else { Ok(Outcome::Done) };
            let results = payloads.iter().take(3).map(ended).collect();
            own.lock().unwrap_or_else(PoisonError::into_inner).push((payloads, running.ok()));
            results
        };
        let handlers = Handlers::new().with_crowd("crowd", Backoff::EAGER, crowd).with("other", Backoff::EAGER, |_, _| Ok(Outcome::Done));
        let runner = runner(db, handlers, Vec::new());
        ensure!(runner.step()?);
        let seen = seen.lock().map(|seen| seen.clone()).unwrap_or_default();
        ensure!(seen == [(["a", "b", "c", "d"].map(str::to_owned).to_vec(), Some(4))], "{seen:?}");
        let states = ids.into_iter().map(|id| Ok(state(db, id)?.0)).collect::<Result<Vec<_>>>()?;
        ensure!(states == ["done", "failed", "done", "waiting"] && state(db, other)?.0 == "waiting", "{states:?}");
        ensure!(runner.step()? && !runner.step()? && state(db, other)?.0 == "done");
        Ok(())
    });
}

#[test]
fn a_crowd_that_panics_is_tried_again() {
    run(|db| {
        let ids = [1, 2].map(|_| enqueue(db, NewJob::new("crowd", String::new())));
        let handlers = Handlers::new().with_crowd("crowd", Backoff::EAGER, |_| panic!("planned"));
        ensure!(runner(db, handlers, Vec::new()).step()?);
        for id in ids {
            ensure!(state(db, id?.unwrap_or(Id::new(0)))? == ("waiting".to_owned(), 1, Some("the work panicked".to_owned())));
        }
        Ok(())
    });
}

#[test]
fn two_nodes_write_a_schedule_once() {
    run(|db| {
        let schedules =
            vec![Every { key: "daily", seconds: 86_400 * 365 * 100, kind: "tidy" }, Every { key: "other", seconds: 86_400 * 365 * 100, kind: "tidy" }];
        let (first, second) = (runner(db, Handlers::new(), schedules.clone()), runner(db, Handlers::new(), schedules));
        ensure!((first.write_schedules()?, second.write_schedules()?, first.write_schedules()?) == (2, 0, 0));
        Ok(())
    });
}

#[test]
fn a_commit_wakes_a_worker_and_stopping_lets_it_finish() {
    run(|db| {
        // Room for more than one: the other worker may take the job once more before it hears of the stop.
        let (begun, begins) = sync_channel(64);
        let (go_on, may_go_on) = channel::<()>();
        let may_go_on = Mutex::new(may_go_on);
        let handlers = Handlers::new().with("slow", Backoff::EAGER, move |context, _| {
            let _ = begun.try_send(());
            let _ = may_go_on.lock().map(|gate| gate.recv_timeout(Duration::from_secs(30)));
            Ok(if context.should_stop() { Outcome::Later(0) } else { Outcome::Done })
        });
        let running = runner(db, handlers, Vec::new()).start(2)?;
        let id = enqueue(db, NewJob::new("slow", String::new()))?.unwrap_or(Id::new(0));
        begins.recv_timeout(Duration::from_secs(20))?;
        let stopping = std::thread::spawn(move || running.stop(Duration::from_secs(20)));
        // Opens the gate for good.
        drop(go_on);
        ensure!(stopping.join().unwrap_or(false), "all workers ended");
        ensure!(["done", "waiting"].contains(&state(db, id)?.0.as_str()));
        Ok(())
    });
}

#[test]
fn a_panic_and_an_unknown_kind_are_errors_of_the_job() {
    run(|db| {
        let calls = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&calls);
        let handlers = Handlers::new().with("panic", Backoff::EAGER, move |_, _| {
            seen.fetch_add(1, Ordering::Relaxed);
            panic!("planned")
        });
        let runner = runner(db, handlers, Vec::new());
        let panicked = enqueue(db, NewJob::new("panic", String::new()))?.unwrap_or(Id::new(0));
        let unknown = enqueue(db, NewJob::new("unknown", String::new()))?.unwrap_or(Id::new(0));
        while runner.step()? {}
        ensure!(calls.load(Ordering::Relaxed) == 1);
        ensure!(state(db, panicked)? == ("waiting".to_owned(), 1, Some("the work panicked".to_owned())));
        ensure!(state(db, unknown)?.0 == "waiting");
        Ok(())
    });
}
