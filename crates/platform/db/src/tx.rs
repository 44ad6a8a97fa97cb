//! The transaction a closure works on: statements, the site it works for, and the database's clock.

use crate::EngineKind;
use crate::error::DbError;
use crate::row::Row;
use crate::session::Session;
use crate::statement::Statement;
use crate::value::{Param, Value};
use allmende_core::{Id, Instant, Site};

/// For whom a transaction works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// One site; every statement on a table with sites names it.
    Site(Id<Site>),
    /// The installation: migrations, the job queue, the list of sites.
    Installation,
}

impl From<Id<Site>> for Scope {
    fn from(site: Id<Site>) -> Self {
        Self::Site(site)
    }
}

/// The clock that closures see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The database's own clock (for SQLite that is the computer's).
    Database,
    /// The database's clock moved by so many milliseconds: demos and tests play on a chosen day.
    Shifted(i64),
    /// A clock that stands still.
    Fixed(Instant),
}

pub(crate) enum Engine<'c> {
    Sqlite(&'c rusqlite::Connection),
    Postgres(&'c mut Session),
}

/// What a closure works on.
pub struct Tx<'c> {
    engine: Engine<'c>,
    scope: Scope,
    clock: Clock,
    now: Option<Instant>,
    statements: u64,
    after: Vec<fn()>,
    is_unseen: bool,
    /// What reads is only sent: see [`Tx::foresee`].
    is_foreseeing: bool,
}

impl<'c> Tx<'c> {
    pub(crate) const fn new(engine: Engine<'c>) -> Self {
        Self { engine, scope: Scope::Installation, clock: Clock::Database, now: None, statements: 0, after: Vec::new(), is_unseen: false, is_foreseeing: false }
    }

    pub(crate) fn begin_for(&mut self, scope: Scope, clock: Clock) {
        self.scope = scope;
        self.clock = clock;
        self.statements = 0;
        self.now = None;
        self.after.clear();
        self.is_unseen = false;
        self.is_foreseeing = false;
    }

    /// Calls `then` once the commit is durable, and not at all if the work is rolled back: to wake who waits for it.
    pub fn after_commit(&mut self, then: fn()) {
        if !self.after.contains(&then) {
            self.after.push(then);
        }
    }

    /// Says that no page shows what this closure writes, such as a mark in a queue: what was read before it stays good, and
    /// [`crate::Db::writes`] does not count it.
    pub const fn unseen(&mut self) {
        self.is_unseen = true;
    }

    pub(crate) const fn is_unseen(&self) -> bool {
        self.is_unseen
    }

    pub(crate) const fn raw(&mut self) -> &mut Engine<'c> {
        &mut self.engine
    }

    pub(crate) fn take_after(&mut self) -> Vec<fn()> {
        std::mem::take(&mut self.after)
    }

    /// The site this transaction works for.
    ///
    /// # Errors
    /// `DbError::NoSite` if it works for the installation.
    pub const fn site(&self) -> Result<Id<Site>, DbError> {
        match self.scope {
            Scope::Site(site) => Ok(site),
            Scope::Installation => Err(DbError::NoSite),
        }
    }

    /// Statements made so far in this closure.
    #[must_use]
    pub const fn statements(&self) -> u64 {
        self.statements
    }

    /// The engine behind.
    #[must_use]
    pub const fn engine(&self) -> EngineKind {
        match self.engine {
            Engine::Sqlite(_) => EngineKind::Sqlite,
            Engine::Postgres(_) => EngineKind::Postgres,
        }
    }

    /// The database's time, the same for the whole closure. Deadlines are judged by it.
    ///
    /// # Errors
    /// `DbError::Unavailable` if the server does not answer.
    pub fn now(&mut self) -> Result<Instant, DbError> {
        if let Some(now) = self.now {
            return Ok(now);
        }
        let base = match (&mut self.engine, self.clock) {
            (_, Clock::Fixed(now)) => now,
            (Engine::Sqlite(_), _) => jiff::Timestamp::now().into(),
            (Engine::Postgres(session), _) => session.now()?,
        };
        let now = match self.clock {
            Clock::Shifted(millis) => Instant::from_millis(base.millis() + millis),
            Clock::Database | Clock::Fixed(_) => base,
        };
        self.now = Some(now);
        Ok(now)
    }

    /// Names what this closure will ask for in any case. A PostgreSQL server is told all of it at once, instead of each when the one before
    /// is answered. Within `ask` nothing is found; who asks the same afterwards, before the closure writes anything, gets the rows.
    pub fn foresee(&mut self, ask: impl FnOnce(&mut Self)) {
        if self.engine() == EngineKind::Postgres {
            self.is_foreseeing = true;
            ask(self);
            self.is_foreseeing = false;
        }
    }

    /// All rows of a statement, in its order.
    ///
    /// # Errors
    /// What the engine or `read` reports.
    pub fn list<T>(
        &mut self,
        statement: &'static Statement,
        params: &[&dyn Param],
        mut read: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let mut out = Vec::new();
        self.each(statement, params, |row| {
            out.push(read(row)?);
            Ok(())
        })?;
        Ok(out)
    }

    /// The first row of a statement, if there is one.
    ///
    /// # Errors
    /// What the engine or `read` reports.
    pub fn find<T>(
        &mut self,
        statement: &'static Statement,
        params: &[&dyn Param],
        mut read: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        let mut first = None;
        self.each(statement, params, |row| {
            if first.is_none() {
                first = Some(read(row)?);
            }
            Ok(())
        })?;
        Ok(first)
    }

    /// Hands each row to `visit` without keeping them.
    ///
    /// # Errors
    /// What the engine or `visit` reports.
    pub fn each(
        &mut self,
        statement: &'static Statement,
        params: &[&dyn Param],
        mut visit: impl FnMut(&Row<'_>) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        self.statements += u64::from(!self.is_foreseeing);
        match &mut self.engine {
            Engine::Postgres(session) if self.is_foreseeing => session.foresee(statement, &values(params)),
            Engine::Sqlite(connection) => {
                let mut prepared = connection.prepare_cached(statement.text(EngineKind::Sqlite))?;
                bind(&mut prepared, params)?;
                let mut rows = prepared.raw_query();
                while let Some(row) = rows.next()? {
                    visit(&Row::sqlite(row))?;
                }
                Ok(())
            }
            Engine::Postgres(session) => {
                for row in session.query(statement, &values(params))? {
                    visit(&Row::postgres(&row))?;
                }
                Ok(())
            }
        }
    }

    /// Runs a statement that returns no rows and says how many it changed.
    ///
    /// # Errors
    /// `DbError::Unique` and `DbError::Constraint` where the schema says no; what the engine reports.
    pub fn execute(&mut self, statement: &'static Statement, params: &[&dyn Param]) -> Result<u64, DbError> {
        self.statements += 1;
        match &mut self.engine {
            Engine::Sqlite(connection) => {
                let mut prepared = connection.prepare_cached(statement.text(EngineKind::Sqlite))?;
                bind(&mut prepared, params)?;
                Ok(u64::try_from(prepared.raw_execute()?).unwrap_or(0))
            }
            Engine::Postgres(session) => session.execute(statement, &values(params)),
        }
    }

    /// Runs a statement of which nothing is to be known but that it worked. A PostgreSQL server gets it with whatever comes next, which
    /// fails if this did, at the latest the commit.
    ///
    /// # Errors
    /// As [`Tx::execute`], on SQLite at once.
    pub fn execute_later(&mut self, statement: &'static Statement, params: &[&dyn Param]) -> Result<(), DbError> {
        match &mut self.engine {
            Engine::Sqlite(_) => self.execute(statement, params).map(|_| ()),
            Engine::Postgres(session) => {
                self.statements += 1;
                session.post(statement, &values(params))
            }
        }
    }

    /// Runs an INSERT … RETURNING id.
    ///
    /// # Errors
    /// As [`Tx::execute`].
    pub fn insert<T: ?Sized>(&mut self, statement: &'static Statement, params: &[&dyn Param]) -> Result<Id<T>, DbError> {
        self.find(statement, params, |row| row.get(0))?.ok_or_else(|| DbError::Other("no id returned".to_owned()))
    }

    /// Runs a text that is not a registered statement: migrations, checks of the engine itself.
    ///
    /// # Errors
    /// What the engine reports.
    pub(crate) fn batch(&mut self, text: &str) -> Result<(), DbError> {
        match &mut self.engine {
            Engine::Sqlite(connection) => Ok(connection.execute_batch(text)?),
            Engine::Postgres(session) => session.batch(text),
        }
    }

    /// Prepares a statement without running it and names its result columns; for the test of the registry.
    ///
    /// # Errors
    /// What the engine reports: unknown tables or columns, wrong types.
    pub fn check(&mut self, statement: &'static Statement) -> Result<Vec<String>, DbError> {
        match &mut self.engine {
            Engine::Sqlite(connection) => {
                let prepared = connection.prepare(statement.text(EngineKind::Sqlite))?;
                Ok(prepared.column_names().map(str::to_owned).collect())
            }
            Engine::Postgres(session) => session.columns(statement),
        }
    }

    /// Tables and columns as the engine itself reports them: `table, column, type`, sorted. For tests and `doctor`.
    ///
    /// # Errors
    /// What the engine reports.
    pub fn schema(&mut self) -> Result<Vec<(String, String, String)>, DbError> {
        crate::migrate::schema(self)
    }

    /// Foreign keys (`table.column`) that no index begins with, sorted: deleting or joining the other side would scan the table.
    ///
    /// # Errors
    /// What the engine reports.
    pub fn foreign_keys_without_index(&mut self) -> Result<Vec<String>, DbError> {
        crate::migrate::foreign_keys_without_index(self)
    }

    pub(crate) fn rows_of(&mut self, text: &str) -> Result<Vec<Vec<Option<String>>>, DbError> {
        match &mut self.engine {
            Engine::Sqlite(connection) => {
                let mut prepared = connection.prepare(text)?;
                let width = prepared.column_count();
                let mut rows = prepared.raw_query();
                let mut out = Vec::new();
                while let Some(row) = rows.next()? {
                    out.push((0..width).map(|position| row.get::<_, Option<String>>(position)).collect::<Result<_, _>>()?);
                }
                Ok(out)
            }
            Engine::Postgres(session) => session.rows_of(text),
        }
    }
}

fn bind(prepared: &mut rusqlite::CachedStatement<'_>, params: &[&dyn Param]) -> Result<(), DbError> {
    for (position, param) in params.iter().enumerate() {
        prepared.raw_bind_parameter(position + 1, param.value())?;
    }
    Ok(())
}

fn values<'p>(params: &'p [&'p dyn Param]) -> Vec<Value<'p>> {
    params.iter().map(|param| param.value()).collect()
}
