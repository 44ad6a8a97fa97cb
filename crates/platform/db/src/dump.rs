//! All rows of all tables, out of one engine and into the other: for backup and restore.
//!
//! The only place where statements are put together at run time, from the names that the schema itself reports. Knows no
//! format: rows go out as [`Row`] and come in as [`Owned`].

use crate::EngineKind;
use crate::error::DbError;
use crate::row::{Cell, Row};
use crate::tx::{Engine, Tx};
use crate::value::Value;
use tokio_postgres::types::Type;

/// The table of applied migrations: made by migrating, never copied.
const MIGRATIONS: &str = "schema_migration";

/// The type of a column, the same on both engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// BIGINT.
    Int,
    /// DOUBLE PRECISION.
    Real,
    /// TEXT.
    Text,
    /// BYTEA or BLOB.
    Bytes,
}

impl ColumnKind {
    /// The name in migrations and in backups.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Int => "BIGINT",
            Self::Real => "DOUBLE PRECISION",
            Self::Text => "TEXT",
            Self::Bytes => "BYTEA",
        }
    }

    /// The kind of a name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Int, Self::Real, Self::Text, Self::Bytes].into_iter().find(|kind| kind.key() == key)
    }

    const fn postgres(self) -> Type {
        match self {
            Self::Int => Type::INT8,
            Self::Real => Type::FLOAT8,
            Self::Text => Type::TEXT,
            Self::Bytes => Type::BYTEA,
        }
    }
}

/// A table of the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Names and types of its columns, by name.
    pub columns: Vec<(String, ColumnKind)>,
}

impl Table {
    fn column_list(&self) -> String {
        self.columns.iter().map(|(name, _)| quoted(name)).collect::<Vec<_>>().join(", ")
    }
}

/// A value that belongs to the caller.
#[derive(Debug, Clone, PartialEq)]
pub enum Owned {
    /// SQL NULL.
    Null,
    /// BIGINT.
    Int(i64),
    /// DOUBLE PRECISION.
    Real(f64),
    /// TEXT.
    Text(String),
    /// BYTEA or BLOB.
    Bytes(Vec<u8>),
}

impl Owned {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Int(number) => Value::Int(*number),
            Self::Real(number) => Value::Real(*number),
            Self::Text(text) => Value::Text(text),
            Self::Bytes(bytes) => Value::Bytes(bytes),
        }
    }
}

impl From<Cell<'_>> for Owned {
    fn from(cell: Cell<'_>) -> Self {
        match cell {
            Cell::Null => Self::Null,
            Cell::Int(number) => Self::Int(number),
            Cell::Real(number) => Self::Real(number),
            Cell::Text(text) => Self::Text(text.to_owned()),
            Cell::Bytes(bytes) => Self::Bytes(bytes.to_vec()),
        }
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// All tables with data, by name; not the list of applied migrations.
///
/// # Errors
/// What the engine reports; a column of a type that no migration of ours makes.
pub fn tables(tx: &mut Tx<'_>) -> Result<Vec<Table>, DbError> {
    let mut tables: Vec<Table> = Vec::new();
    for (table, column, kind) in tx.schema()?.into_iter().filter(|(table, _, _)| table != MIGRATIONS) {
        let kind = ColumnKind::from_key(&kind).ok_or_else(|| DbError::Other(format!("{table}.{column} has a foreign type")))?;
        match tables.last_mut() {
            Some(last) if last.name == table => last.columns.push((column, kind)),
            _ => tables.push(Table { name: table, columns: vec![(column, kind)] }),
        }
    }
    Ok(tables)
}

/// Applied migrations: number and checksum, in order. Empty for a database without tables.
///
/// # Errors
/// What the engine reports.
pub fn migrations(tx: &mut Tx<'_>) -> Result<Vec<(i64, String)>, DbError> {
    if !tx.schema()?.iter().any(|(table, _, _)| table == MIGRATIONS) {
        return Ok(Vec::new());
    }
    let rows = tx.rows_of(&format!("SELECT CAST(number AS TEXT), checksum FROM {MIGRATIONS} ORDER BY number"))?;
    Ok(rows.into_iter().filter_map(|row| Some((row.first()?.as_deref()?.parse().ok()?, row.get(1)?.clone()?))).collect())
}

/// Hands each row of a table to `visit`, its columns in the table's order, without keeping them.
///
/// # Errors
/// What the engine or `visit` reports.
pub fn each_row<E: From<DbError>>(tx: &mut Tx<'_>, table: &Table, mut visit: impl FnMut(&Row<'_>) -> Result<(), E>) -> Result<(), E> {
    let text = format!("SELECT {} FROM {}", table.column_list(), quoted(&table.name));
    match tx.raw() {
        Engine::Sqlite(connection) => {
            let mut prepared = connection.prepare(&text).map_err(DbError::from)?;
            let mut rows = prepared.raw_query();
            while let Some(row) = rows.next().map_err(DbError::from)? {
                visit(&Row::sqlite(row))?;
            }
            Ok(())
        }
        Engine::Postgres(session) => session.each(&text, |row| visit(&Row::postgres(row))),
    }
}

/// The highest generated id so far; none for a table that generates none.
///
/// # Errors
/// What the engine reports.
pub fn last_id(tx: &mut Tx<'_>, table: &Table) -> Result<Option<i64>, DbError> {
    let number = |rows: Vec<Vec<Option<String>>>| rows.first().and_then(|row| row.first()?.as_deref()?.parse::<i64>().ok());
    if let Engine::Sqlite(_) = tx.raw() {
        let text = format!("SELECT CAST(seq AS TEXT) FROM sqlite_sequence WHERE name = {}", literal(&table.name));
        return Ok(number(tx.rows_of(&text)?));
    }
    match sequence(tx, table)? {
        None => Ok(None),
        Some(name) => Ok(number(tx.rows_of(&format!("SELECT CAST(last_value AS TEXT) FROM {name} WHERE is_called"))?)),
    }
}

fn sequence(tx: &mut Tx<'_>, table: &Table) -> Result<Option<String>, DbError> {
    if !table.columns.iter().any(|(name, _)| name == "id") {
        return Ok(None);
    }
    let rows = tx.rows_of(&format!("SELECT pg_get_serial_sequence({}, 'id')", literal(&quoted(&table.name))))?;
    Ok(rows.into_iter().next().and_then(|row| row.into_iter().next().flatten()))
}

/// Lets the next generated id be higher than `last`.
///
/// # Errors
/// What the engine reports.
pub fn set_last_id(tx: &mut Tx<'_>, table: &Table, last: i64) -> Result<(), DbError> {
    let name = literal(&table.name);
    if let Engine::Sqlite(_) = tx.raw() {
        return tx.batch(&format!("DELETE FROM sqlite_sequence WHERE name = {name}; INSERT INTO sqlite_sequence (name, seq) VALUES ({name}, {last})"));
    }
    match sequence(tx, table)? {
        None => Ok(()),
        Some(sequence) => tx.rows_of(&format!("SELECT CAST(setval({}, {last}) AS TEXT)", literal(&sequence))).map(|_| ()),
    }
}

/// Whether no table holds a row.
///
/// # Errors
/// What the engine reports.
pub fn is_empty(tx: &mut Tx<'_>) -> Result<bool, DbError> {
    for table in tables(tx)? {
        if !tx.rows_of(&format!("SELECT '1' FROM {} LIMIT 1", quoted(&table.name)))?.is_empty() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Foreign keys that are left out while tables are filled; they hold again when the transaction ends.
#[derive(Debug)]
pub struct Unchecked(Vec<String>);

/// Lets rows come in before those they refer to, until [`check_references`] or the end of the transaction.
///
/// # Errors
/// What the engine reports.
pub fn leave_references_open(tx: &mut Tx<'_>) -> Result<Unchecked, DbError> {
    if let Engine::Sqlite(_) = tx.raw() {
        tx.batch("PRAGMA defer_foreign_keys = ON")?;
        return Ok(Unchecked(Vec::new()));
    }
    let rows = tx.rows_of(
        "SELECT CAST(conrelid::regclass AS TEXT), quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint \
         WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2",
    )?;
    let mut again = Vec::with_capacity(rows.len());
    for row in rows {
        let mut parts = row.into_iter().map(Option::unwrap_or_default);
        let mut next = || parts.next().unwrap_or_default();
        let (table, name, definition) = (next(), next(), next());
        tx.batch(&format!("ALTER TABLE {table} DROP CONSTRAINT {name}"))?;
        again.push(format!("ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"));
    }
    Ok(Unchecked(again))
}

/// Checks every reference that was left open.
///
/// # Errors
/// `DbError::Constraint` for a row that refers to nothing; on SQLite at the latest with the commit.
pub fn check_references(tx: &mut Tx<'_>, unchecked: &Unchecked) -> Result<(), DbError> {
    unchecked.0.iter().try_for_each(|statement| tx.batch(statement))
}

/// Lets a PostgreSQL server count what was filled in. It would do so by itself within minutes; until then it takes the tables for
/// nearly empty, and a list of a hundred thousand ideas comes 22 times a second instead of 1,800.
///
/// # Errors
/// What the engine reports.
pub fn count_tables(tx: &mut Tx<'_>) -> Result<(), DbError> {
    match tx.engine() {
        EngineKind::Sqlite => Ok(()),
        EngineKind::Postgres => tx.batch("ANALYZE"),
    }
}

/// Fills a table with rows from `next`, their values in the order of the table's columns. Returns how many there were.
///
/// # Errors
/// What the engine or `next` reports.
pub fn fill<E: From<DbError>>(tx: &mut Tx<'_>, table: &Table, mut next: impl FnMut() -> Result<Option<Vec<Owned>>, E>) -> Result<u64, E> {
    let mut count = 0;
    match tx.raw() {
        Engine::Sqlite(connection) => {
            let places = (1..=table.columns.len()).map(|number| format!("?{number}")).collect::<Vec<_>>().join(", ");
            let text = format!("INSERT INTO {} ({}) VALUES ({places})", quoted(&table.name), table.column_list());
            let mut prepared = connection.prepare(&text).map_err(DbError::from)?;
            while let Some(row) = next()? {
                for (position, value) in row.iter().enumerate() {
                    prepared.raw_bind_parameter(position + 1, value.value()).map_err(DbError::from)?;
                }
                prepared.raw_execute().map_err(DbError::from)?;
                count += 1;
            }
        }
        Engine::Postgres(session) => {
            let text = format!("COPY {} ({}) FROM STDIN (FORMAT binary)", quoted(&table.name), table.column_list());
            let types: Vec<Type> = table.columns.iter().map(|(_, kind)| kind.postgres()).collect();
            count = session.copy(&text, &types, |put| match next()? {
                Some(row) => put(&row.iter().map(Owned::value).collect::<Vec<_>>()).map(|()| true).map_err(E::from),
                None => Ok(false),
            })?;
        }
    }
    Ok(count)
}
