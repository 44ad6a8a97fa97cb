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

const LIST_OF_SQLITE: &str = "SELECT id, author_id, title, votes FROM idea WHERE votes <= ?1 ORDER BY votes DESC, id DESC LIMIT 50";
const FIND_OF_SQLITE: &str = "SELECT id, author_id, title, body, votes FROM idea WHERE id = ?1";
const INSERT_OF_SQLITE: &str = "INSERT INTO idea (author_id, title, body, votes) VALUES (?1, ?2, ?3, 0)";

type Row = (i64, i64, String, i64);

fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("bench.db");
    let db = open(Target::Sqlite(path.clone()))?;
    println!("| engine | work | raw driver /s | facade /s | facade : raw | the same by processor time |\n|---|---|---|---|---|---|");
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
        let rounds: Vec<[Rate; 2]> = (0..ROUNDS).map(|_| [measure(&raw[position]), measure(&facade[position])]).collect();
        let middle = |figure: fn(&[Rate; 2]) -> f64| {
            let mut figures: Vec<f64> = rounds.iter().map(figure).collect();
            figures.sort_by(f64::total_cmp);
            figures[ROUNDS / 2]
        };
        let (raw, facade) = (middle(|round| round[0].by_clock), middle(|round| round[1].by_clock));
        let ratio = middle(|round| round[1].by_clock / round[0].by_clock);
        let by_processor = middle(|round| round[1].by_processor / round[0].by_processor);
        println!("| {engine} | {name} | {raw:.0} | {facade:.0} | {ratio:.2} | {by_processor:.2} |");
    }
}

/// Answers for each second of the clock, and for each second that processors worked for this program.
struct Rate {
    by_clock: f64,
    by_processor: f64,
}

fn processor_seconds() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// Asks from many threads for a while.
fn measure(work: &Work) -> Rate {
    let (count, started, worked) = (AtomicI64::new(0), Instant::now(), processor_seconds());
    std::thread::scope(|scope| {
        for _ in 0..ASKERS {
            scope.spawn(|| {
                while started.elapsed() < RUN {
                    work(count.fetch_add(1, Ordering::Relaxed));
                }
            });
        }
    });
    let count = count.load(Ordering::Relaxed) as f64;
    Rate { by_clock: count / started.elapsed().as_secs_f64(), by_processor: count / (processor_seconds() - worked) }
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

/// One unit of work for a raw connection. It keeps its answer until the transaction is over, then sends it to the asker.
trait Job<C>: Send {
    fn run(&mut self, connection: &mut C);
    fn tell(self: Box<Self>);
}

struct Asked<T, F> {
    work: F,
    answer: Option<T>,
    asker: tokio::sync::oneshot::Sender<Option<T>>,
}

impl<C, T: Send, F: FnMut(&mut C) -> T + Send> Job<C> for Asked<T, F> {
    fn run(&mut self, connection: &mut C) {
        self.answer = Some((self.work)(connection));
    }

    fn tell(self: Box<Self>) {
        let _ = self.asker.send(self.answer);
    }
}

/// Begins and ends the transaction around a unit of work.
type Around<C> = fn(&mut C, &mut dyn FnMut(&mut C));

/// Threads that own a connection each, as the facade has them.
fn pool<C: Send + 'static>(connections: Vec<C>, around: Around<C>) -> crossbeam_channel::Sender<Box<dyn Job<C>>> {
    let (sender, jobs) = crossbeam_channel::unbounded::<Box<dyn Job<C>>>();
    for mut connection in connections {
        let jobs = jobs.clone();
        std::thread::spawn(move || {
            while let Ok(mut job) = jobs.recv() {
                around(&mut connection, &mut |connection| job.run(connection));
                job.tell();
            }
        });
    }
    sender
}

fn ask<C: 'static, T: Send + 'static>(pool: &crossbeam_channel::Sender<Box<dyn Job<C>>>, work: impl FnMut(&mut C) -> T + Send + 'static) -> T {
    let (asker, wait) = tokio::sync::oneshot::channel();
    assert!(pool.send(Box::new(Asked { work, answer: None, asker })).is_ok());
    wait.blocking_recv().unwrap().unwrap()
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
        let rows = ask(&readers, move |connection| {
            let mut statement = connection.prepare_cached(LIST_OF_SQLITE).unwrap();
            let rows = statement.query_map([number % 5000], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).unwrap();
            rows.collect::<Result<Vec<Row>, _>>().unwrap()
        });
        std::hint::black_box(rows);
    });
    let find: Work = Arc::new(move |number| {
        let row = ask(&finders, move |connection| {
            let mut statement = connection.prepare_cached(FIND_OF_SQLITE).unwrap();
            let row = statement.query_row([number % IDEAS + 1], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?, row.get::<_, String>(3)?, row.get::<_, i64>(4)?))
            });
            row.unwrap()
        });
        std::hint::black_box(row);
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
                connection.prepare_cached(INSERT_OF_SQLITE).unwrap().execute((number, "Titel", "Text")).unwrap();
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
        let rows = ask(&readers, move |prepared| {
            let rows = prepared.client.query(&prepared.list, &[&(number % 5000)]).unwrap();
            rows.iter().map(|row| (row.get(0), row.get(1), row.get(2), row.get(3))).collect::<Vec<Row>>()
        });
        std::hint::black_box(rows);
    });
    let find: Work = Arc::new(move |number| {
        let row = ask(&finders, move |prepared| {
            let row = prepared.client.query_one(&prepared.find, &[&(number % IDEAS + 1)]).unwrap();
            (row.get::<_, i64>(0), row.get::<_, i64>(1), row.get::<_, String>(2), row.get::<_, String>(3), row.get::<_, i64>(4))
        });
        std::hint::black_box(row);
    });
    let insert: Work = Arc::new(move |number| {
        ask(&writers, move |prepared| {
            prepared.client.execute(&prepared.insert, &[&number, &"Titel", &"Text"]).unwrap();
        });
    });
    Ok([list, find, insert])
}
