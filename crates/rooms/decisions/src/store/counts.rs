//! How many public decisions stand where: kept beside the rows, because a page must not count thousands of them.

use crate::rules::Status;
use allmende_db::{DbError, Row, Tx, sql};

/// A number of decisions that share year, committee, department and status.
#[derive(Debug, Clone)]
pub struct Count {
    /// The year; 0 where the day is not known.
    pub year: i64,
    /// The council's row of the committee; 0 for none.
    pub committee: i64,
    /// Its name.
    pub committee_name: String,
    /// The department; 0 for none.
    pub department: i64,
    /// Its name.
    pub department_name: Option<String>,
    /// The status.
    pub status: Status,
    /// How many.
    pub count: i64,
}

/// All numbers of the site. One statement; a large city has some hundred rows.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Count>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT c.year, c.committee_id, c.committee, c.department_id, d.name, c.status, c.count FROM decision_count c \
             LEFT JOIN department d ON d.id = c.department_id WHERE c.site_id = $1"
        ),
        &[&site],
        |row: &Row<'_>| {
            Ok(Count {
                year: row.get(0)?,
                committee: row.get(1)?,
                committee_name: row.get(2)?,
                department: row.get(3)?,
                department_name: row.get(4)?,
                status: super::status_at(row, 5)?,
                count: row.get(6)?,
            })
        },
    )
}

/// Counts the site's decisions anew, in the transaction that changed some of them.
///
/// # Errors
/// What the database reports.
pub fn count_anew(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(sql!("DELETE FROM decision_count WHERE site_id = $1"), &[&site])?;
    tx.execute(
        sql!(
            "INSERT INTO decision_count (site_id, year, committee_id, committee, department_id, status, count) \
             SELECT site_id, year, committee_id, MAX(COALESCE(committee, '')), COALESCE(department_id, 0), status, CAST(COUNT(*) AS BIGINT) FROM decision \
             WHERE site_id = $1 AND is_public = 1 GROUP BY site_id, year, committee_id, COALESCE(department_id, 0), status"
        ),
        &[&site],
    )?;
    Ok(())
}
