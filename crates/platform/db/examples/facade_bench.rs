//! Compares the facade with the raw drivers on the same statements, in one run, as ratios.
//!
//! `cargo xtask bench facade` runs it in a release build. Needs `ALLMENDE_TEST_POSTGRES` for the second engine. Both sides
//! hand their work to the same number of threads over the same kind of channel, so that only the facade itself differs.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a measuring program speaks on its standard output and stops at the first error")]

use allmende_db::migrate::{self, Migration};
use allmende_db::{Clock, Db, DbError, Options, Scope, Target, sql};
use anyhow::{Context, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

const SCHEMA: &[Migration] = &[Migration {
    number: 1,
    name: "bench",
    sql: "CREATE TABLE idea (id IDENTITY, author_id BIGINT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, votes BIGINT NOT NULL);\nCREATE INDEX idea_votes ON idea (votes, id);\n",
}];

const IDEAS: i64 = 20_000;
const ASKERS: usize = 32;
const THREADS: usize = 2;
const RUN: Duration = Duration::from_millis(1_500);
/// Both sides are asked so often, in turn, and the middle one counts: what else the machine does then hits both alike.
const ROUNDS: usize = 7;

const LIST: &str = "SELECT id, author_id, title, votes FROM idea WHERE votes <= $1 ORDER BY votes DESC, id DESC LIMIT 50";
const FIND: &str = "SELECT id, author_id, title, body, votes FROM idea WHERE id = $1";
const INSERT: &str = "INSERT INTO idea (author_id, title, body, votes) VALUES ($1, $2, $3, 0)";

type Row = (i64, i64, String, i64);

fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("bench.db");
    let db = open(Target::Sqlite(path.clone()))?;
    println!("| engine | work | raw driver /s | facade /s | facade : raw |\n|---|---|---|---|---|");
    report("SQLite", &raw_sqlite(&path)?, &facade(&db));
    drop(db);
    let server = allmende_testing::Server::from_environment().context("the second engine")?;
    let name = server.create()?;
    let db = open(Target::Postgres(server.url_of(&name)))?;
    report("PostgreSQL", &raw_postgres(&server.url_of(&name))?, &facade(&db));
    drop(db);
    server.remove(&name)
}

fn open(target: Target) -> Result<Db> {
    let db = Db::open(&Options { target, readers: THREADS, clock: Clock::Database })?;
    migrate::run(&db, SCHEMA)?;
    for start in (0..IDEAS).step_by(1000) {
        db.write_blocking::<_, DbError>(Scope::Installation, move |tx| {
            for number in start..start + 1000 {
                tx.execute(
                    sql!("INSERT INTO idea (author_id, title, body, votes) VALUES ($1, $2, $3, $4)"),
                    &[&(number % 997), &format!("Idee {number}"), &"Ein Text von mittlerer Länge. ".repeat(10), &(number * 7919 % 5000)],
                )?;
            }
            Ok(())
        })?;
    }
    Ok(db)
}

/// One unit of work for a running number.
type Work = Arc<dyn Fn(i64) + Send + Sync>;

/// The three works of one side, in the order of the report. Inserts come last: they make the table larger for whoever follows.
type Works = [Work; 3];

fn report(engine: &str, raw: &Works, facade: &Works) {
    for (position, name) in ["list of 50", "one row", "insert, durable"].iter().enumerate() {
        let rounds: Vec<[f64; 2]> = (0..ROUNDS).map(|_| [measure(&raw[position]), measure(&facade[position])]).collect();
        let middle = |figure: fn(&[f64; 2]) -> f64| {
            let mut figures: Vec<f64> = rounds.iter().map(figure).collect();
            figures.sort_by(f64::total_cmp);
            figures[ROUNDS / 2]
        };
        println!("| {engine} | {name} | {:.0} | {:.0} | {:.2} |", middle(|round| round[0]), middle(|round| round[1]), middle(|round| round[1] / round[0]));
    }
}

/// Answers a second when many threads ask.
fn measure(work: &Work) -> f64 {
    let (count, started) = (AtomicI64::new(0), Instant::now());
    std::thread::scope(|scope| {
        for _ in 0..ASKERS {
            scope.spawn(|| {
                while started.elapsed() < RUN {
                    work(count.fetch_add(1, Ordering::Relaxed));
                }
            });
        }
    });
    count.load(Ordering::Relaxed) as f64 / started.elapsed().as_secs_f64()
}

fn facade(db: &Db) -> Works {
    let (listing, finding, writing) = (db.clone(), db.clone(), db.clone());
    let list: Work = Arc::new(move |number| {
        let rows: Vec<Row> = listing
            .read_blocking::<_, DbError>(Scope::Installation, move |tx| {
                tx.list(
                    sql!("SELECT id, author_id, title, votes FROM idea WHERE votes <= $1 ORDER BY votes DESC, id DESC LIMIT 50"),
                    &[&(number % 5000)],
                    |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
                )
            })
            .unwrap();
        std::hint::black_box(rows);
    });
    let find: Work = Arc::new(move |number| {
        let row = finding
            .read_blocking::<_, DbError>(Scope::Installation, move |tx| {
                tx.find(sql!("SELECT id, author_id, title, body, votes FROM idea WHERE id = $1"), &[&(number % IDEAS + 1)], |row| {
                    Ok((row.get::<i64>(0)?, row.get::<i64>(1)?, row.get::<String>(2)?, row.get::<String>(3)?, row.get::<i64>(4)?))
                })
            })
            .unwrap();
        std::hint::black_box(row);
    });
    let insert: Work = Arc::new(move |number| {
        writing
            .write_blocking::<_, DbError>(Scope::Installation, move |tx| {
                tx.execute(sql!("INSERT INTO idea (author_id, title, body, votes) VALUES ($1, $2, $3, 0)"), &[&number, &"Titel", &"Text"])
            })
            .unwrap();
    });
    [list, find, insert]
}

/// One unit of work for a raw connection, and whom to tell.
type Job<C> = (Box<dyn FnOnce(&mut C) + Send>, tokio::sync::oneshot::Sender<()>);

/// Begins and ends the transaction around a unit of work.
type Around<C> = fn(&mut C, &mut dyn FnMut(&mut C));

/// Threads that own a connection each, as the facade has them.
fn pool<C: Send + 'static>(connections: Vec<C>, around: Around<C>) -> crossbeam_channel::Sender<Job<C>> {
    let (sender, jobs) = crossbeam_channel::unbounded::<Job<C>>();
    for mut connection in connections {
        let jobs = jobs.clone();
        std::thread::spawn(move || {
            while let Ok((job, tell)) = jobs.recv() {
                let mut job = Some(job);
                around(&mut connection, &mut |connection| {
                    if let Some(job) = job.take() {
                        job(connection);
                    }
                });
                let _ = tell.send(());
            }
        });
    }
    sender
}

fn ask<C>(pool: &crossbeam_channel::Sender<Job<C>>, job: impl FnOnce(&mut C) + Send + 'static) {
    let (tell, wait) = tokio::sync::oneshot::channel();
    pool.send((Box::new(job), tell)).unwrap();
    wait.blocking_recv().unwrap();
}

fn raw_sqlite(path: &std::path::Path) -> Result<Works> {
    let connect = || -> Result<rusqlite::Connection> {
        let connection = rusqlite::Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(30))?;
        connection.set_prepared_statement_cache_capacity(512);
        connection.pragma_update(None, "cache_size", -8_000)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        Ok(connection)
    };
    let transaction: Around<rusqlite::Connection> = |connection, work| {
        connection.prepare_cached("BEGIN").unwrap().raw_execute().unwrap();
        work(connection);
        connection.prepare_cached("COMMIT").unwrap().raw_execute().unwrap();
    };
    let readers = pool((0..THREADS).map(|_| connect()).collect::<Result<_>>()?, transaction);
    let finders = readers.clone();
    let list: Work = Arc::new(move |number| {
        ask(&readers, move |connection| {
            let mut statement = connection.prepare_cached(&LIST.replace('$', "?")).unwrap();
            let rows = statement.query_map([number % 5000], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).unwrap();
            std::hint::black_box(rows.collect::<Result<Vec<Row>, _>>().unwrap());
        });
    });
    let find: Work = Arc::new(move |number| {
        ask(&finders, move |connection| {
            let mut statement = connection.prepare_cached(&FIND.replace('$', "?")).unwrap();
            let row = statement.query_row([number % IDEAS + 1], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?, row.get::<_, String>(3)?, row.get::<_, i64>(4)?))
            });
            std::hint::black_box(row.unwrap());
        });
    });
    let insert = raw_group_commit(connect()?);
    Ok([list, find, insert])
}

/// The hand-written equal of the facade's writer: whatever waits is committed together.
fn raw_group_commit(connection: rusqlite::Connection) -> Work {
    let (sender, jobs) = crossbeam_channel::unbounded::<(i64, tokio::sync::oneshot::Sender<()>)>();
    std::thread::spawn(move || {
        while let Ok(first) = jobs.recv() {
            let mut group = vec![first];
            while group.len() < 256
                && let Ok(next) = jobs.try_recv()
            {
                group.push(next);
            }
            connection.execute_batch("BEGIN IMMEDIATE").unwrap();
            for (number, _) in &group {
                connection.prepare_cached("SAVEPOINT one").unwrap().raw_execute().unwrap();
                connection.prepare_cached(&INSERT.replace('$', "?")).unwrap().execute((number, "Titel", "Text")).unwrap();
                connection.prepare_cached("RELEASE one").unwrap().raw_execute().unwrap();
            }
            connection.execute_batch("COMMIT").unwrap();
            for (_, tell) in group {
                let _ = tell.send(());
            }
        }
    });
    Arc::new(move |number| {
        let (tell, wait) = tokio::sync::oneshot::channel();
        sender.send((number, tell)).unwrap();
        wait.blocking_recv().unwrap();
    })
}

/// A client with its three statements prepared.
struct Prepared {
    client: postgres::Client,
    list: postgres::Statement,
    find: postgres::Statement,
    insert: postgres::Statement,
}

fn raw_postgres(url: &str) -> Result<Works> {
    let connect = || -> Result<Prepared> {
        let mut client = postgres::Client::connect(url, postgres::NoTls)?;
        let (list, find, insert) = (client.prepare(LIST)?, client.prepare(FIND)?, client.prepare(INSERT)?);
        Ok(Prepared { client, list, find, insert })
    };
    let reading: Around<Prepared> = |prepared, work| {
        prepared.client.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").unwrap();
        work(prepared);
        prepared.client.batch_execute("ROLLBACK").unwrap();
    };
    let writing: Around<Prepared> = |prepared, work| {
        prepared.client.batch_execute("BEGIN ISOLATION LEVEL SERIALIZABLE").unwrap();
        work(prepared);
        prepared.client.batch_execute("COMMIT").unwrap();
    };
    let readers = pool((0..THREADS).map(|_| connect()).collect::<Result<_>>()?, reading);
    let writers = pool((0..THREADS).map(|_| connect()).collect::<Result<_>>()?, writing);
    let finders = readers.clone();
    let list: Work = Arc::new(move |number| {
        ask(&readers, move |prepared| {
            let rows = prepared.client.query(&prepared.list, &[&(number % 5000)]).unwrap();
            std::hint::black_box(rows.iter().map(|row| (row.get(0), row.get(1), row.get(2), row.get(3))).collect::<Vec<Row>>());
        });
    });
    let find: Work = Arc::new(move |number| {
        ask(&finders, move |prepared| {
            let row = prepared.client.query_one(&prepared.find, &[&(number % IDEAS + 1)]).unwrap();
            std::hint::black_box((row.get::<_, i64>(0), row.get::<_, String>(2), row.get::<_, String>(3)));
        });
    });
    let insert: Work = Arc::new(move |number| {
        ask(&writers, move |prepared| {
            prepared.client.execute(&prepared.insert, &[&number, &"Titel", &"Text"]).unwrap();
        });
    });
    Ok([list, find, insert])
}
