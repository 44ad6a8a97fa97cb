//! Who works here: the people of a site by role, for rooms that give them something to do or write to them.
//!
//! Owns no table: accounts belong to their own room. What stands here never leaves the house; public pages have no use for it.

use allmende_core::{Id, Language, Person, Role};
use allmende_db::{DbError, Row, Tx, sql};

/// Somebody of the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// The account.
    pub id: Id<Person>,
    /// The name.
    pub name: String,
    /// The mail address.
    pub email: String,
    /// The language that mails to this person have.
    pub language: Language,
}

/// Everybody with a role on the transaction's site who is not blocked, by name, at most 500.
///
/// # Errors
/// What the database reports.
pub fn list_with_role(tx: &mut Tx<'_>, role: Role) -> Result<Vec<Colleague>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT p.id, p.public_name, p.email, p.language FROM person_role r JOIN person p ON p.id = r.person_id \
             WHERE r.site_id = $1 AND r.role = $2 AND p.blocked_at IS NULL ORDER BY p.public_name, p.id LIMIT 500"
        ),
        &[&site, &role.key()],
        |row: &Row<'_>| Ok(Colleague { id: row.get(0)?, name: row.get(1)?, email: row.get(2)?, language: row.get(3)? }),
    )
}
