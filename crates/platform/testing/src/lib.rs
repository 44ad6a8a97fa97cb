//! For tests only: fresh, migrated databases on both engines, [`town`]: an invented town to drive a room through HTTP, and
//! [`picture`]: what a database holds, to compare, and [`canaries`] in everything private.
//!
//! PostgreSQL is found through `ALLMENDE_TEST_POSTGRES`, which `cargo xtask test` sets to a server it started; without it
//! these tests fail, they do not skip.

pub mod canaries;
pub mod picture;
pub mod town;

use allmende_db::migrate::{self, Migration};
use allmende_db::{Clock, Db, Options, Target};
use anyhow::{Context, Result};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::atomic::{AtomicU32, Ordering};

/// Runs a test once on SQLite and once on PostgreSQL, each time on a fresh database with the given schema.
///
/// # Errors
/// What the test reports, with the engine's name; a missing PostgreSQL.
pub fn on_both_engines(migrations: &'static [Migration], clock: Clock, test: impl Fn(&Db) -> Result<()>) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let sqlite = open(Target::Sqlite(folder.path().join("allmende.db")), migrations, clock)?;
    test(&sqlite).context("on SQLite")?;
    drop(sqlite);
    let server = Server::from_environment()?;
    let name = server.create_with(migrations)?;
    let postgres = open(Target::Postgres(server.url_of(&name)), migrations, clock)?;
    let outcome = test(&postgres).context("on PostgreSQL");
    drop(postgres);
    server.remove(&name)?;
    outcome
}

fn open(target: Target, migrations: &'static [Migration], clock: Clock) -> Result<Db> {
    let db = Db::open(&Options { target, readers: 2, clock })?;
    migrate::run(&db, migrations)?;
    Ok(db)
}

/// The PostgreSQL server of the test run.
pub struct Server {
    url: String,
}

impl Server {
    /// The server named by `ALLMENDE_TEST_POSTGRES`, a URL that ends with the name of a maintenance database.
    ///
    /// # Errors
    /// If the variable is not set.
    pub fn from_environment() -> Result<Self> {
        let url = std::env::var("ALLMENDE_TEST_POSTGRES").context("ALLMENDE_TEST_POSTGRES is not set: run the tests with `cargo xtask test`")?;
        Ok(Self { url })
    }

    /// The server that tests may make fail, named by `ALLMENDE_TEST_POSTGRES_FAILING`: only one test uses it at a time.
    ///
    /// # Errors
    /// If the variable is not set.
    pub fn that_fails() -> Result<Self> {
        let url =
            std::env::var("ALLMENDE_TEST_POSTGRES_FAILING").context("ALLMENDE_TEST_POSTGRES_FAILING is not set: run the tests with `cargo xtask test`")?;
        Ok(Self { url })
    }

    /// Creates an empty database and returns its name.
    ///
    /// # Errors
    /// If the server refuses.
    pub fn create(&self) -> Result<String> {
        self.create_from("template0")
    }

    /// Creates a database with a schema and returns its name. It is copied from one that the server keeps: that takes a fifth of the
    /// time of migrating.
    ///
    /// # Errors
    /// If the server refuses; what migrating reports.
    pub fn create_with(&self, migrations: &'static [Migration]) -> Result<String> {
        let mut hasher = DefaultHasher::new();
        for migration in migrations {
            (migration.number, migration.name, migration.sql).hash(&mut hasher);
        }
        let template = format!("schema_{:016x}", hasher.finish());
        let mut client = postgres::Client::connect(&self.url, postgres::NoTls)?;
        // One test makes it, the others wait until it is made. The lock ends with the connection.
        client.execute("SELECT pg_advisory_lock(hashtext($1))", &[&template])?;
        if client.query_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&template])?.is_none() {
            let unfinished = self.create()?;
            drop(open(Target::Postgres(self.url_of(&unfinished)), migrations, Clock::Database)?);
            client.batch_execute(&format!("ALTER DATABASE {unfinished} RENAME TO {template}"))?;
        }
        drop(client);
        self.create_from(&template)
    }

    fn create_from(&self, template: &str) -> Result<String> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("t{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        self.maintain(&format!("CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE {template}"))?;
        Ok(name)
    }

    /// The URL of a database on this server.
    #[must_use]
    pub fn url_of(&self, name: &str) -> String {
        match self.url.rsplit_once('/') {
            Some((server, _)) => format!("{server}/{name}"),
            None => self.url.clone(),
        }
    }

    /// Removes a database, whoever is still connected.
    ///
    /// # Errors
    /// If the server refuses.
    pub fn remove(&self, name: &str) -> Result<()> {
        self.maintain(&format!("DROP DATABASE {name} WITH (FORCE)"))
    }

    fn maintain(&self, statement: &str) -> Result<()> {
        postgres::Client::connect(&self.url, postgres::NoTls)?.batch_execute(statement)?;
        Ok(())
    }
}
