//! The departments of a site and who belongs to them: rooms hand them work and say whom residents ask.
//!
//! Owns the tables `department` and `department_person`.

use crate::own_rows;
use crate::personal::Personal;
use allmende_core::fold::fold;
use allmende_core::{Id, Person};
use allmende_db::{DbError, Tx, sql};

/// A department.
#[derive(Debug, Clone)]
pub struct Department {
    /// Its row.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Whom residents ask: an office.
    pub contact: Option<String>,
}

/// The departments of the site by name.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Department>, DbError> {
    let site = tx.site()?;
    tx.list(sql!("SELECT id, name, contact FROM department WHERE site_id = $1 AND closed_at IS NULL ORDER BY name_folded LIMIT 500"), &[&site], |row| {
        Ok(Department { id: row.get(0)?, name: row.get(1)?, contact: row.get(2)? })
    })
}

/// Adds a department.
///
/// # Errors
/// `DbError::Unique` if there is one of this name.
pub fn insert(tx: &mut Tx<'_>, name: &str, contact: Option<&str>) -> Result<i64, DbError> {
    let (site, now, folded) = (tx.site()?, tx.now()?, fold(name));
    let id: Id<Department> = tx.insert(
        sql!("INSERT INTO department (site_id, name, name_folded, contact, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id"),
        &[&site, &name, &folded, &contact, &now],
    )?;
    Ok(id.get())
}

/// Changes what residents are told of a department. Returns whether there is one.
///
/// # Errors
/// What the database reports.
pub fn set_contact(tx: &mut Tx<'_>, id: i64, contact: Option<&str>) -> Result<bool, DbError> {
    let site = tx.site()?;
    Ok(tx.execute(sql!("UPDATE department SET contact = $3 WHERE site_id = $1 AND id = $2"), &[&site, &id, &contact])? == 1)
}

/// Sets who belongs to a department.
///
/// # Errors
/// What the database reports.
pub fn set_people(tx: &mut Tx<'_>, id: i64, people: &[Id<Person>], by: Option<Id<Person>>) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let kept: Vec<i64> = people.iter().map(|person| person.get()).collect();
    tx.execute(sql!("DELETE FROM department_person WHERE site_id = $1 AND department_id = $2 AND NOT (person_id ANY_OF($3))"), &[&site, &id, &kept])?;
    for person in people {
        tx.execute(
            sql!(
                "INSERT INTO department_person (site_id, department_id, person_id, added_at, added_by) VALUES ($1, $2, $3, $4, $5) \
                 ON CONFLICT (department_id, person_id) DO NOTHING"
            ),
            &[&site, &id, person, &now, &by],
        )?;
    }
    Ok(())
}

/// Who belongs where: department and person.
///
/// # Errors
/// What the database reports.
pub fn list_people(tx: &mut Tx<'_>) -> Result<Vec<(i64, Id<Person>)>, DbError> {
    let site = tx.site()?;
    tx.list(sql!("SELECT department_id, person_id FROM department_person WHERE site_id = $1"), &[&site], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Whether a person belongs to a department.
///
/// # Errors
/// What the database reports.
pub fn has_person(tx: &mut Tx<'_>, department: i64, person: Id<Person>) -> Result<bool, DbError> {
    let site = tx.site()?;
    let found =
        tx.find(sql!("SELECT 1 FROM department_person WHERE +site_id = $1 AND department_id = $2 AND person_id = $3"), &[&site, &department, &person], |_| {
            Ok(())
        })?;
    Ok(found.is_some())
}

/// Who belongs to a department leaves it with the account, on every site; whom they added stays.
pub const PERSONAL: Personal = Personal {
    export: |tx, person| {
        let departments = own_rows!(
            tx,
            "department_person",
            ["site_id", "department_id", "person_id", "added_at"],
            "WHERE person_id = $1 AND site_id = site_id ORDER BY department_id",
            &[&person]
        )?;
        Ok(vec![departments])
    },
    erase: |tx, person| {
        tx.execute(sql!("DELETE FROM department_person WHERE person_id = $1 AND site_id = site_id"), &[&person])?;
        tx.execute(sql!("UPDATE department_person SET added_by = NULL WHERE added_by = $1 AND site_id = site_id"), &[&person])?;
        Ok(())
    },
    ..Personal::NOTHING
};
