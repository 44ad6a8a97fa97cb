//! The accounts elsewhere that let a person in. One identity belongs to one person in the whole installation.

use crate::oidc::token::Named;
use allmende_core::{Id, Person};
use allmende_db::{DbError, Tx, sql};

/// Whom an identity lets in; notes that it was used.
pub(crate) fn use_one(tx: &mut Tx<'_>, issuer: &str, subject: &str) -> Result<Option<Id<Person>>, DbError> {
    let now = tx.now()?;
    tx.find(sql!("UPDATE person_identity SET used_at = $3 WHERE issuer = $1 AND subject = $2 RETURNING person_id"), &[&issuer, &subject, &now], |row| {
        row.get(0)
    })
}

/// Lets an identity in as a person from now on. `DbError::Unique` if it is somebody's already.
pub(crate) fn insert(tx: &mut Tx<'_>, person: Id<Person>, issuer: &str, named: &Named) -> Result<(), DbError> {
    let now = tx.now()?;
    tx.execute(
        sql!("INSERT INTO person_identity (person_id, issuer, subject, label, linked_at) VALUES ($1, $2, $3, $4, $5)"),
        &[&person, &issuer, &named.subject, &named.label, &now],
    )?;
    Ok(())
}

/// Takes an identity of a person away; another person's number takes nothing.
pub(crate) fn delete(tx: &mut Tx<'_>, person: Id<Person>, id: i64) -> Result<bool, DbError> {
    Ok(tx.execute(sql!("DELETE FROM person_identity WHERE id = $1 AND person_id = $2"), &[&id, &person])? == 1)
}

/// Takes all identities of a person away.
pub(crate) fn delete_all(tx: &mut Tx<'_>, person: Id<Person>) -> Result<(), DbError> {
    tx.execute(sql!("DELETE FROM person_identity WHERE person_id = $1"), &[&person])?;
    Ok(())
}
