//! The departments of a site and who belongs to them; and what lies on whose desk.

use super::decisions::Listed;
use super::{counts, day_at, kind_at, status_at};
use allmende_core::fold::fold;
use allmende_core::{Id, Instant, Person};
use allmende_db::{DbError, Row, Tx, sql};
use jiff::civil::Date;

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

/// Adds a department; decisions whose papers name it as the leading office become its own.
///
/// # Errors
/// `DbError::Unique` if there is one of this name.
pub fn insert(tx: &mut Tx<'_>, name: &str, contact: Option<&str>) -> Result<i64, DbError> {
    let (site, now, folded) = (tx.site()?, tx.now()?, fold(name));
    let id: Id<Department> = tx.insert(
        sql!("INSERT INTO department (site_id, name, name_folded, contact, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id"),
        &[&site, &name, &folded, &contact, &now],
    )?;
    tx.execute(
        sql!("UPDATE decision SET department_id = $3 WHERE site_id = $1 AND office_folded = $2 AND department_id IS NULL"),
        &[&site, &folded, &id.get()],
    )?;
    counts::count_anew(tx)?;
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

macro_rules! inbox {
    ($where:literal) => {
        sql!(concat!(
            "SELECT d.id, d.title, d.kind, d.status, d.decided_at, d.sort_at, d.committee, p.name, d.next_step, d.expected_on, CAST(NULL AS TEXT) \
             FROM decision d LEFT JOIN department p ON p.id = d.department_id WHERE d.site_id = $1 AND d.kind <> 'none' AND d.is_open = 1 \
             AND d.status IN ('not-reported', 'open', 'in-progress', 'partly')",
            $where,
            " ORDER BY CASE WHEN d.expected_on < $2 THEN 0 WHEN d.status IN ('in-progress', 'partly') THEN 1 WHEN d.status = 'open' THEN 2 ELSE 3 END, \
             COALESCE(d.expected_on, '9999'), d.sort_at DESC, d.id DESC LIMIT $3 OFFSET $4"
        ))
    };
}

/// What is still to be done, what is later than planned first. `person` narrows it to the departments of that person.
///
/// # Errors
/// What the database reports.
pub fn inbox(tx: &mut Tx<'_>, person: Option<Id<Person>>, today: Date, limit: i64, offset: i64) -> Result<Vec<Listed>, DbError> {
    let (site, today) = (tx.site()?, today.to_string());
    match person {
        None => tx.list(inbox!(""), &[&site, &today, &limit, &offset], listed),
        Some(person) => {
            let statement = inbox!(" AND d.department_id IN (SELECT x.department_id FROM department_person x WHERE x.person_id = $5)");
            tx.list(statement, &[&site, &today, &limit, &offset, &person], listed)
        }
    }
}

/// An outcome that is no decision: its id, title, result and moment.
pub type Uncounted = (i64, String, Option<String>, Option<Instant>);

/// What the rules do not count as a decision, the newest first: where a clerk looks for what they missed.
///
/// # Errors
/// What the database reports.
pub fn list_uncounted(tx: &mut Tx<'_>, limit: i64, offset: i64) -> Result<Vec<Uncounted>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT id, title, result, decided_at FROM decision WHERE site_id = $1 AND is_public = 0 AND is_open = 1 AND kind = 'none' \
             ORDER BY sort_at DESC, id DESC LIMIT $2 OFFSET $3"
        ),
        &[&site, &limit, &offset],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )
}

fn listed(row: &Row<'_>) -> Result<Listed, DbError> {
    Ok(Listed {
        id: row.get(0)?,
        title: row.get(1)?,
        kind: kind_at(row, 2)?,
        status: status_at(row, 3)?,
        decided_at: row.get(4)?,
        sort_at: row.get(5)?,
        committee: row.get(6)?,
        department: row.get(7)?,
        next_step: row.get(8)?,
        expected_on: day_at(row, 9)?,
        reference: row.get(10)?,
    })
}
