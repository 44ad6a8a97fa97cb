//! The departments as far as this room asks for them: one place to change when they move.

use allmende_core::{Id, Person};
use allmende_db::{DbError, Tx, sql};

/// The departments of the site by name: row and name.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<(i64, String)>, DbError> {
    let site = tx.site()?;
    tx.list(sql!("SELECT id, name FROM department WHERE site_id = $1 AND closed_at IS NULL ORDER BY name_folded LIMIT 500"), &[&site], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// Whether a person belongs to a department.
///
/// # Errors
/// What the database reports.
pub fn has_person(tx: &mut Tx<'_>, department: i64, person: Id<Person>) -> Result<bool, DbError> {
    let site = tx.site()?;
    let statement = sql!("SELECT 1 FROM department_person WHERE site_id = $1 AND department_id = $2 AND person_id = $3");
    Ok(tx.find(statement, &[&site, &department, &person], |_| Ok(()))?.is_some())
}
