//! Migrations: one numbered sequence for both engines, each in a transaction of its own, never changed after release.

use crate::dialect;
use crate::error::DbError;
use crate::tx::{Scope, Tx};
use crate::{Db, EngineKind, sql};
use sha2::{Digest, Sha256};

/// One step of the schema.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Position in the sequence, from 1, without gaps.
    pub number: i64,
    /// File name without number and ending.
    pub name: &'static str,
    /// The portable SQL text.
    pub sql: &'static str,
}

/// Brings the database up to the newest of `migrations`. Returns how many were applied.
///
/// # Errors
/// `DbError::Migration` if an applied one differs from the program's, or the database is newer than the program.
pub fn run(db: &Db, migrations: &'static [Migration]) -> Result<usize, DbError> {
    db.write_blocking(Scope::Installation, move |tx| {
        lock(tx)?;
        tx.batch(&dialect::migration(TABLE, tx.engine()).join(";"))?;
        let applied =
            tx.list(sql!("SELECT number, checksum FROM schema_migration ORDER BY number"), &[], |row| Ok((row.get::<i64>(0)?, row.get::<String>(1)?)))?;
        for (number, checksum) in &applied {
            match migrations.iter().find(|migration| migration.number == *number) {
                None => {
                    return Err(DbError::Migration(format!("the database has step {number}, which this program does not know: it was used by a newer one")));
                }
                Some(migration) if migration.checksum() != *checksum => {
                    return Err(DbError::Migration(format!("step {number} differs from the one that was applied")));
                }
                Some(_) => {}
            }
        }
        let now = tx.now()?;
        for migration in &migrations[applied.len().min(migrations.len())..] {
            for statement in dialect::migration(migration.sql, tx.engine()) {
                tx.batch(&statement).map_err(|error| DbError::Migration(format!("step {} ({}): {error}\n{statement}", migration.number, migration.name)))?;
            }
            tx.execute(
                sql!("INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)"),
                &[&migration.number, &migration.name, &migration.checksum(), &now],
            )?;
        }
        Ok(migrations.len() - applied.len())
    })
}

const TABLE: &str =
    "CREATE TABLE IF NOT EXISTS schema_migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)";

/// Two nodes that start together must not both migrate. SQLite's writer is alone anyway.
fn lock(tx: &mut Tx<'_>) -> Result<(), DbError> {
    match tx.engine() {
        EngineKind::Postgres => tx.batch("SELECT pg_advisory_xact_lock(4711002)"),
        EngineKind::Sqlite => Ok(()),
    }
}

impl Migration {
    /// The hash of its text: what was applied must not change afterwards.
    #[must_use]
    pub fn checksum(&self) -> String {
        allmende_core::hex(&Sha256::digest(self.sql.as_bytes()))
    }
}

pub(crate) fn schema(tx: &mut Tx<'_>) -> Result<Vec<(String, String, String)>, DbError> {
    let text = match tx.engine() {
        EngineKind::Sqlite => {
            "SELECT m.name, c.name, c.type FROM sqlite_schema m JOIN pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
        }
        EngineKind::Postgres => {
            "SELECT table_name, column_name, data_type FROM information_schema.columns \
             WHERE table_schema = current_schema() ORDER BY table_name COLLATE \"C\", column_name COLLATE \"C\""
        }
    };
    let common = |engine_type: &str| match engine_type {
        "INTEGER" | "bigint" => "BIGINT",
        "REAL" | "double precision" => "DOUBLE PRECISION",
        "BLOB" | "bytea" => "BYTEA",
        "TEXT" | "text" => "TEXT",
        _ => "?",
    };
    let rows = tx.rows_of(text)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let mut columns = row.into_iter().map(Option::unwrap_or_default);
            let mut next = || columns.next().unwrap_or_default();
            let (table, column, engine_type) = (next(), next(), next());
            (table, column, common(&engine_type).to_owned())
        })
        .collect())
}

pub(crate) fn foreign_keys_without_index(tx: &mut Tx<'_>) -> Result<Vec<String>, DbError> {
    let text = match tx.engine() {
        EngineKind::Sqlite => {
            "SELECT m.name || '.' || f.\"from\" FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' \
             AND NOT EXISTS (SELECT 1 FROM pragma_index_list(m.name) l JOIN pragma_index_info(l.name) i WHERE i.seqno = 0 AND i.name = f.\"from\") \
             AND NOT EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.pk = 1 AND c.name = f.\"from\") ORDER BY 1"
        }
        EngineKind::Postgres => {
            "SELECT CAST(c.conrelid::regclass AS text) || '.' || CAST(a.attname AS text) FROM pg_constraint c \
             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] \
             WHERE c.contype = 'f' AND c.connamespace = CAST(current_schema() AS regnamespace) \
             AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1]) ORDER BY 1"
        }
    };
    Ok(tx.rows_of(text)?.into_iter().flatten().flatten().collect())
}
