//! What the database knows of people: their accounts and their roles on a site.
//!
//! A person has one account in the whole installation and roles on each site; every function here that tells of roles is bound to the
//! site of the transaction. Links, registrations, providers and identities, passkeys, tries and what is given out stand beside it
//! in files of their own.

pub(crate) mod attempts;
pub(crate) mod identities;
pub(crate) mod links;
pub(crate) mod passkeys;
pub mod personal;
pub(crate) mod providers;
pub(crate) mod registrations;
pub(crate) mod ways;

use allmende_core::{Id, Language, Person, Role, Roles};
use allmende_db::{DbError, Row, Tx, sql};

/// An account as its owner and the sign-in need it.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub id: Id<Person>,
    /// As it was written; empty for a first administrator who has not come yet.
    pub email: String,
    pub name: String,
    pub language: Language,
    pub password_hash: Option<String>,
    pub is_blocked: bool,
}

impl Account {
    /// Whether somebody was invited and has not come yet: who comes gives a name.
    pub(crate) const fn is_awaited(&self) -> bool {
        self.name.is_empty()
    }
}

fn account(row: &Row<'_>) -> Result<Account, DbError> {
    Ok(Account {
        id: row.get(0)?,
        email: row.get(1)?,
        name: row.get(2)?,
        language: row.get(3)?,
        password_hash: row.get(4)?,
        is_blocked: row.get::<Option<i64>>(5)?.is_some(),
    })
}

/// The account of a folded address.
pub(crate) fn find_by_email(tx: &mut Tx<'_>, folded: &str) -> Result<Option<Account>, DbError> {
    tx.find(sql!("SELECT id, email, public_name, language, password_hash, blocked_at FROM person WHERE email_folded = $1"), &[&folded], account)
}

/// An account.
pub(crate) fn find(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Option<Account>, DbError> {
    tx.find(sql!("SELECT id, email, public_name, language, password_hash, blocked_at FROM person WHERE id = $1"), &[&person], account)
}

/// A new account without a password. `DbError::Unique` if the folded address has one already.
pub(crate) fn insert(tx: &mut Tx<'_>, email: &str, folded: &str, name: &str, language: Language) -> Result<Id<Person>, DbError> {
    let now = tx.now()?;
    tx.insert(
        sql!("INSERT INTO person (email, email_folded, public_name, language, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id"),
        &[&email, &folded, &name, &language, &now],
    )
}

/// Sets a new password.
pub(crate) fn set_password(tx: &mut Tx<'_>, person: Id<Person>, hash: &str) -> Result<(), DbError> {
    tx.execute(sql!("UPDATE person SET password_hash = $2 WHERE id = $1"), &[&person, &hash])?;
    Ok(())
}

/// Changes name and language.
pub(crate) fn set_profile(tx: &mut Tx<'_>, person: Id<Person>, name: &str, language: Language) -> Result<(), DbError> {
    tx.execute(sql!("UPDATE person SET public_name = $2, language = $3 WHERE id = $1"), &[&person, &name, &language])?;
    Ok(())
}

/// Changes the address. `DbError::Unique` if another account has it.
pub(crate) fn set_email(tx: &mut Tx<'_>, person: Id<Person>, email: &str, folded: &str) -> Result<(), DbError> {
    tx.execute(sql!("UPDATE person SET email = $2, email_folded = $3 WHERE id = $1"), &[&person, &email, &folded])?;
    Ok(())
}

/// Blocks an account or lets it in again.
pub(crate) fn set_blocked(tx: &mut Tx<'_>, person: Id<Person>, blocked: bool) -> Result<(), DbError> {
    let at = if blocked { Some(tx.now()?) } else { None };
    tx.execute(sql!("UPDATE person SET blocked_at = $2 WHERE id = $1"), &[&person, &at])?;
    Ok(())
}

/// The roles of a person on this site; nothing if the person has none here.
pub(crate) fn find_roles(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Option<Roles>, DbError> {
    let site = tx.site()?;
    let keys = tx.list(sql!("SELECT role FROM person_role WHERE site_id = $1 AND person_id = $2"), &[&site, &person], |row| row.get::<String>(0))?;
    Ok((!keys.is_empty()).then(|| keys.iter().filter_map(|key| Role::from_key(key)).collect()))
}

/// Sets the roles of a person on this site. The role of a resident always stays: it is what lists a person here.
pub(crate) fn set_roles(tx: &mut Tx<'_>, person: Id<Person>, roles: Roles, by: Option<Id<Person>>) -> Result<(), DbError> {
    let (site, now, roles) = (tx.site()?, tx.now()?, roles.with(Role::Resident));
    let before = find_roles(tx, person)?.unwrap_or_default();
    for role in Role::ALL {
        if roles.has(role) && !before.has(role) {
            tx.execute(
                sql!(
                    "INSERT INTO person_role (site_id, person_id, role, granted_at, granted_by) VALUES ($1, $2, $3, $4, $5) \
                     ON CONFLICT (site_id, person_id, role) DO NOTHING"
                ),
                &[&site, &person, &role.key(), &now, &by],
            )?;
        } else if before.has(role) && !roles.has(role) {
            tx.execute(sql!("DELETE FROM person_role WHERE site_id = $1 AND person_id = $2 AND role = $3"), &[&site, &person, &role.key()])?;
        }
    }
    Ok(())
}

/// Whether a person has roles on another site than this one.
pub(crate) fn has_roles_elsewhere(tx: &mut Tx<'_>, person: Id<Person>) -> Result<bool, DbError> {
    let site = tx.site()?;
    let found = tx.find(sql!("SELECT 1 FROM person_role WHERE person_id = $1 AND site_id <> $2 LIMIT 1"), &[&person, &site], |_| Ok(()))?;
    Ok(found.is_some())
}

/// How many other people can administer this site: not blocked, and not only invited.
pub(crate) fn count_other_administrators(tx: &mut Tx<'_>, person: Id<Person>) -> Result<i64, DbError> {
    let site = tx.site()?;
    let count = tx.find(
        sql!(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM person_role r JOIN person p ON p.id = r.person_id WHERE r.site_id = $1 \
             AND r.role = 'administrator' AND r.person_id <> $2 AND p.blocked_at IS NULL AND p.public_name <> ''"
        ),
        &[&site, &person],
        |row| row.get(0),
    )?;
    Ok(count.unwrap_or(0))
}

/// Whether a site, whichever, would be left without anybody who can administer it.
pub(crate) fn is_last_administrator(tx: &mut Tx<'_>, person: Id<Person>) -> Result<bool, DbError> {
    // Not bound to a site on purpose: an account is one everywhere.
    let found = tx.find(
        sql!(
            "SELECT 1 FROM person_role r WHERE r.person_id = $1 AND r.role = 'administrator' AND NOT EXISTS \
             (SELECT 1 FROM person_role o JOIN person p ON p.id = o.person_id WHERE o.site_id = r.site_id AND o.role = 'administrator' \
              AND o.person_id <> $1 AND p.blocked_at IS NULL AND p.public_name <> '') LIMIT 1"
        ),
        &[&person],
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}

/// Deletes an account with its roles and links on every site, and what waits under its address; what it granted to others stays
/// granted. `DbError::Constraint` while another table names the person.
fn delete(tx: &mut Tx<'_>, person: Id<Person>) -> Result<(), DbError> {
    tx.execute(sql!("DELETE FROM registration WHERE email_folded = (SELECT email_folded FROM person WHERE id = $1) AND site_id = site_id"), &[&person])?;
    tx.execute(sql!("DELETE FROM sign_in_link WHERE person_id = $1 AND site_id = site_id"), &[&person])?;
    identities::delete_all(tx, person)?;
    passkeys::delete_all(tx, person)?;
    tx.execute(sql!("UPDATE person_role SET granted_by = NULL WHERE granted_by = $1 AND site_id = site_id"), &[&person])?;
    tx.execute(sql!("DELETE FROM person_role WHERE person_id = $1 AND site_id = site_id"), &[&person])?;
    tx.execute(sql!("DELETE FROM person WHERE id = $1"), &[&person])?;
    Ok(())
}

/// A person as the administration of a site sees them.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    pub account: Account,
    pub roles: Roles,
}

/// The people of this site in the order in which they came, after one of them. Two statements.
pub(crate) fn list(tx: &mut Tx<'_>, after: i64, rows: i64) -> Result<Vec<Listed>, DbError> {
    let site = tx.site()?;
    let mut people = tx.list(
        sql!(
            "SELECT p.id, p.email, p.public_name, p.language, p.password_hash, p.blocked_at FROM person p WHERE p.id > $2 \
             AND EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = p.id AND r.site_id = $1) ORDER BY p.id LIMIT $3"
        ),
        &[&site, &after, &rows],
        |row| Ok(Listed { account: account(row)?, roles: Roles::default() }),
    )?;
    let ids: Vec<i64> = people.iter().map(|person| person.account.id.get()).collect();
    let roles = tx.list(sql!("SELECT person_id, role FROM person_role WHERE site_id = $1 AND person_id ANY_OF($2)"), &[&site, &ids], |row| {
        Ok((row.get::<Id<Person>>(0)?, row.get::<String>(1)?))
    })?;
    for (person, role) in roles {
        if let (Some(listed), Some(role)) = (people.iter_mut().find(|listed| listed.account.id == person), Role::from_key(&role)) {
            listed.roles = listed.roles.with(role);
        }
    }
    Ok(people)
}
