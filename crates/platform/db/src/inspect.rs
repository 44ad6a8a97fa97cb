//! What the engine says of itself: for `doctor`.

use crate::EngineKind;
use crate::error::DbError;
use crate::tx::Tx;

/// Damage that the engine finds in its own data, one line each; empty if there is none. PostgreSQL looks after itself: there
/// the answer is always empty.
///
/// # Errors
/// What the engine reports.
pub fn damage(tx: &mut Tx<'_>) -> Result<Vec<String>, DbError> {
    if tx.engine() == EngineKind::Postgres {
        return Ok(Vec::new());
    }
    let mut found: Vec<String> = tx.rows_of("PRAGMA integrity_check(20)")?.into_iter().flatten().flatten().filter(|line| line != "ok").collect();
    let broken = tx.rows_of("SELECT \"table\" || ' → ' || parent || ': ' || COUNT(*) FROM pragma_foreign_key_check GROUP BY \"table\", parent LIMIT 20")?;
    found.extend(broken.into_iter().flatten().flatten().map(|line| format!("rows that refer to nothing: {line}")));
    Ok(found)
}

/// A PostgreSQL server's version as a number (150004 is 15.4) and its encoding; nothing on SQLite.
///
/// # Errors
/// What the engine reports.
pub fn server(tx: &mut Tx<'_>) -> Result<Option<(i64, String)>, DbError> {
    if tx.engine() == EngineKind::Sqlite {
        return Ok(None);
    }
    let rows = tx.rows_of("SELECT current_setting('server_version_num'), current_setting('server_encoding')")?;
    let mut row = rows.into_iter().flatten().map(Option::unwrap_or_default);
    let version = row.next().and_then(|text| text.parse().ok()).unwrap_or(0);
    Ok(Some((version, row.next().unwrap_or_default())))
}
