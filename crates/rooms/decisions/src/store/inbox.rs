//! What lies on whose desk: decisions that are still to be done, and outcomes that the rules do not count.

use super::decisions::Listed;
use super::{day_at, kind_at, status_at};
use allmende_core::{Id, Instant, Person};
use allmende_db::{DbError, Row, Tx, sql};
use jiff::civil::Date;

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
