//! Which deadlines a department is to be reminded of, and of which it was.

use crate::rules::reminder_round;
use allmende_core::{Id, Language, Person};
use allmende_db::{DbError, Tx, sql};
use jiff::civil::Date;

/// Deadlines looked at in one go.
const DEADLINES_MAX: i64 = 5_000;

/// A deadline for which a reminder is due.
#[derive(Debug, Clone)]
pub struct Due {
    /// The decision.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// The department.
    pub department: i64,
    /// The day.
    pub expected_on: Date,
    /// Which reminder it is.
    pub round: i64,
}

/// Deadlines of which nobody was reminded in their present round, by department and day.
///
/// # Errors
/// What the database reports.
pub fn list_due(tx: &mut Tx<'_>, today: Date) -> Result<Vec<Due>, DbError> {
    let (site, until) = (tx.site()?, today.saturating_add(jiff::Span::new().days(7)).to_string());
    let open = tx.list(
        sql!(
            "SELECT d.id, d.title, d.department_id, d.expected_on, COALESCE((SELECT MAX(r.round) FROM decision_reminder r WHERE r.decision_id = d.id \
             AND r.expected_on = d.expected_on), -1) FROM decision d WHERE d.site_id = $1 AND d.expected_on IS NOT NULL AND d.is_public = 1 \
             AND d.expected_on <= $2 AND d.department_id IS NOT NULL AND d.status IN ('not-reported', 'open', 'in-progress', 'partly') \
             ORDER BY d.department_id, d.expected_on, d.id LIMIT $3"
        ),
        &[&site, &until, &DEADLINES_MAX],
        |row| Ok((row.get::<i64>(0)?, row.get::<String>(1)?, row.get::<i64>(2)?, super::day_at(row, 3)?, row.get::<i64>(4)?)),
    )?;
    let due = open.into_iter().filter_map(|(id, title, department, expected_on, last)| {
        let expected_on = expected_on?;
        let round = reminder_round(expected_on, today).filter(|round| *round > last)?;
        Some(Due { id, title, department, expected_on, round })
    });
    Ok(due.collect())
}

/// Notes that a reminder went out.
///
/// # Errors
/// What the database reports.
pub fn mark(tx: &mut Tx<'_>, due: &Due) -> Result<(), DbError> {
    let (site, now, day) = (tx.site()?, tx.now()?, due.expected_on.to_string());
    tx.execute(
        sql!(
            "INSERT INTO decision_reminder (site_id, decision_id, expected_on, round, reminded_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (decision_id, expected_on, round) DO NOTHING"
        ),
        &[&site, &due.id, &day, &due.round, &now],
    )?;
    Ok(())
}

/// Somebody of a department, with where and in which language to write.
#[derive(Debug, Clone)]
pub struct Member {
    /// The department.
    pub department: i64,
    /// The account.
    pub person: Id<Person>,
    /// The mail address.
    pub email: String,
    /// The language.
    pub language: Language,
}

/// Everybody of all departments of the site who still works here and is not blocked.
///
/// # Errors
/// What the database reports.
pub fn list_members(tx: &mut Tx<'_>) -> Result<Vec<Member>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT m.department_id, p.id, p.email, p.language FROM department_person m JOIN person p ON p.id = m.person_id AND p.blocked_at IS NULL \
             JOIN person_role r ON r.site_id = m.site_id AND r.person_id = p.id AND r.role = 'department' WHERE m.site_id = $1 ORDER BY p.id, m.department_id"
        ),
        &[&site],
        |row| Ok(Member { department: row.get(0)?, person: row.get(1)?, email: row.get(2)?, language: row.get(3)? }),
    )
}
