//! The words by which a site tells decisions from other outcomes.

use crate::rules::{Kind, Rules};
use allmende_db::{DbError, Tx, sql};

/// The patterns of the transaction's site, or the program's own.
///
/// # Errors
/// What the database reports.
pub fn load(tx: &mut Tx<'_>) -> Result<Rules, DbError> {
    let site = tx.site()?;
    let patterns = tx.list(sql!("SELECT kind, pattern FROM decision_rule WHERE site_id = $1 ORDER BY kind, position"), &[&site], |row| {
        Ok((super::kind_at(row, 0)?, row.get::<String>(1)?))
    })?;
    Ok(Rules::of(patterns))
}

/// Sets the patterns of the site; none means the program's own.
///
/// # Errors
/// What the database reports.
pub fn replace(tx: &mut Tx<'_>, patterns: &[(Kind, String)]) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(sql!("DELETE FROM decision_rule WHERE site_id = $1"), &[&site])?;
    for (position, (kind, pattern)) in (1_i64..).zip(patterns) {
        tx.execute(sql!("INSERT INTO decision_rule (site_id, kind, position, pattern) VALUES ($1, $2, $3, $4)"), &[&site, &kind.key(), &position, pattern])?;
    }
    Ok(())
}

/// The site's results as the council words them, how each is read and how often it came, the most frequent first, at most 200.
///
/// # Errors
/// What the database reports.
pub fn list_results(tx: &mut Tx<'_>) -> Result<Vec<(String, Kind, i64)>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT result, kind, CAST(COUNT(*) AS BIGINT) FROM decision WHERE site_id = $1 AND result IS NOT NULL AND is_open = 1 \
             GROUP BY result, kind ORDER BY 3 DESC, 1 LIMIT 200"
        ),
        &[&site],
        |row| Ok((row.get(0)?, super::kind_at(row, 1)?, row.get(2)?)),
    )
}
