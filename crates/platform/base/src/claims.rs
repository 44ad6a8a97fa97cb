//! What a site's provider of accounts says of people (claims, OpenID Connect Core 1.0, 5.1), as far as the site keeps it: that somebody
//! lives in the municipality, say. Who may take part can rest on it.
//!
//! Owns the tables `claim_name` and `person_claim`. The administrator names the claims; everything else that a provider tells is
//! forgotten at once. A site believes its own provider only. Knows nothing of how people sign in, nor of conditions.

use crate::own_rows;
use crate::personal::Personal;
use allmende_core::{Id, Person, Refusal};
use allmende_db::{DbError, Tx, sql};
use std::collections::{BTreeMap, BTreeSet};

/// Claims that one site keeps.
pub const NAMES_MAX: usize = 10;
/// Values of all claims of one person.
pub const VALUES_MAX: usize = 50;
/// Characters of a name or a value; what is longer is not kept.
pub const CHARS_MAX: usize = 200;

/// What is said of somebody: the values of each claim by its name.
pub type Claims = BTreeMap<String, BTreeSet<String>>;

/// Reads names as an administrator types them: between commas or in lines, each once.
///
/// # Errors
/// `claims-names` for more than [`NAMES_MAX`], for blanks within a name and for a name of more than [`CHARS_MAX`] characters.
pub fn parse_names(typed: &str) -> Result<BTreeSet<String>, Refusal> {
    let names: BTreeSet<String> = typed.split([',', '\n']).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let is_odd = |name: &String| name.chars().count() > CHARS_MAX || name.chars().any(|sign| sign.is_whitespace() || sign.is_control());
    if names.len() > NAMES_MAX || names.iter().any(is_odd) { Err(Refusal::of_field("claims", "claims-names")) } else { Ok(names) }
}

/// The claims that this site keeps. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_names(tx: &mut Tx<'_>) -> Result<Vec<String>, DbError> {
    let site = tx.site()?;
    tx.list(sql!("SELECT name FROM claim_name WHERE site_id = $1 ORDER BY name"), &[&site], |row| row.get(0))
}

/// Says which claims this site keeps from now on. What is kept of people under other names is forgotten.
///
/// # Errors
/// What the database reports.
pub fn set_names(tx: &mut Tx<'_>, names: &BTreeSet<String>) -> Result<(), DbError> {
    let site = tx.site()?;
    for before in list_names(tx)?.iter().filter(|before| !names.contains(*before)) {
        tx.execute(sql!("DELETE FROM person_claim WHERE site_id = $1 AND name = $2"), &[&site, before])?;
        tx.execute(sql!("DELETE FROM claim_name WHERE site_id = $1 AND name = $2"), &[&site, before])?;
    }
    for name in names {
        tx.execute(sql!("INSERT INTO claim_name (site_id, name) VALUES ($1, $2) ON CONFLICT DO NOTHING"), &[&site, name])?;
    }
    Ok(())
}

/// Forgets what is kept of everybody on this site: another provider speaks from now on.
///
/// # Errors
/// What the database reports.
pub fn forget_all(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(sql!("DELETE FROM person_claim WHERE site_id = $1"), &[&site]).map(|_| ())
}

/// What this site keeps of a person. One statement.
///
/// # Errors
/// What the database reports.
pub fn of_person(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Claims, DbError> {
    let site = tx.site()?;
    let statement = sql!("SELECT name, value FROM person_claim WHERE site_id = $1 AND person_id = $2 ORDER BY name, value");
    let mut claims = Claims::new();
    for (name, value) in tx.list(statement, &[&site, &person], |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)))? {
        claims.entry(name).or_default().insert(value);
    }
    Ok(claims)
}

/// Keeps what the provider says of a person now, in the place of what it said before; only claims that the site keeps.
///
/// # Errors
/// What the database reports.
pub fn replace(tx: &mut Tx<'_>, person: Id<Person>, said: &Claims) -> Result<(), DbError> {
    let (site, names) = (tx.site()?, list_names(tx)?);
    tx.execute(sql!("DELETE FROM person_claim WHERE site_id = $1 AND person_id = $2"), &[&site, &person])?;
    let kept = names.iter().filter_map(|name| Some((name, said.get(name)?)));
    for (name, value) in kept.flat_map(|(name, values)| values.iter().map(move |value| (name, value))).take(VALUES_MAX) {
        tx.execute(sql!("INSERT INTO person_claim (site_id, person_id, name, value) VALUES ($1, $2, $3, $4)"), &[&site, &person, name, value])?;
    }
    Ok(())
}

/// Forgets what is kept of a person on all sites.
///
/// # Errors
/// What the database reports.
pub fn forget(tx: &mut Tx<'_>, person: Id<Person>) -> Result<(), DbError> {
    tx.execute(sql!("DELETE FROM person_claim WHERE person_id = $1 AND site_id = site_id"), &[&person]).map(|_| ())
}

/// Goes with the account; told among its roles.
pub const PERSONAL: Personal = Personal {
    export: |tx, person| {
        Ok(vec![own_rows!(
            tx,
            "person_claim",
            ["site_id", "person_id", "name", "value"],
            "WHERE person_id = $1 AND site_id = site_id ORDER BY site_id, name, value",
            &[&person]
        )?])
    },
    erase: forget,
    ..Personal::NOTHING
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_between_commas_or_in_lines() {
        let names = |typed: &str| parse_names(typed).map(|names| names.into_iter().collect::<Vec<_>>().join(" ")).map_err(|refusal| refusal.key);
        assert_eq!(names(" wohnort, ags ,\nags, realm_access.roles"), Ok("ags realm_access.roles wohnort".to_owned()));
        assert_eq!(names(""), Ok(String::new()));
        for wrong in ["zwei worte".to_owned(), "x".repeat(201), (0..11).map(|number| format!("n{number}")).collect::<Vec<_>>().join(",")] {
            assert_eq!(names(&wrong), Err("claims-names"), "{wrong}");
        }
    }
}
