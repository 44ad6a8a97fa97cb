//! Passkeys of people on a site, and the challenges that were answered.

use crate::passkeys::ceremony::NewKey;
use allmende_core::{Id, Instant, Person};
use allmende_db::{DbError, Tx, sql};
use allmende_platform::sessions::digest_of;

/// A passkey as signing in needs it.
#[derive(Debug, Clone)]
pub(crate) struct Passkey {
    pub id: i64,
    pub person: Id<Person>,
    pub public_key: Vec<u8>,
    pub counter: i64,
}

/// The passkey of a credential on this site.
pub(crate) fn find(tx: &mut Tx<'_>, credential: &[u8]) -> Result<Option<Passkey>, DbError> {
    let site = tx.site()?;
    tx.find(sql!("SELECT id, person_id, public_key, counter FROM passkey WHERE site_id = $1 AND credential = $2"), &[&site, &credential], |row| {
        Ok(Passkey { id: row.get(0)?, person: row.get(1)?, public_key: row.get(2)?, counter: row.get(3)? })
    })
}

/// Keeps a new passkey. `DbError::Unique` if the site has the credential already.
pub(crate) fn insert(tx: &mut Tx<'_>, person: Id<Person>, new: &NewKey, name: &str) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!("INSERT INTO passkey (site_id, person_id, credential, public_key, counter, name, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        &[&site, &person, &new.credential, &new.public_key, &new.counter, &name, &now],
    )?;
    Ok(())
}

/// Notes that a passkey was used, and the device's count; false if it counted no further meanwhile.
pub(crate) fn note_used(tx: &mut Tx<'_>, key: &Passkey, counter: i64) -> Result<bool, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let noted = tx.execute(
        sql!("UPDATE passkey SET counter = $4, used_at = $5 WHERE id = $1 AND site_id = $2 AND counter = $3"),
        &[&key.id, &site, &key.counter, &counter, &now],
    )?;
    Ok(noted == 1)
}

/// Takes a passkey of a person away; another person's number takes nothing.
pub(crate) fn delete(tx: &mut Tx<'_>, person: Id<Person>, id: i64) -> Result<bool, DbError> {
    let site = tx.site()?;
    Ok(tx.execute(sql!("DELETE FROM passkey WHERE id = $1 AND site_id = $2 AND person_id = $3"), &[&id, &site, &person])? == 1)
}

/// Takes all passkeys of a person away, on every site.
pub(crate) fn delete_all(tx: &mut Tx<'_>, person: Id<Person>) -> Result<(), DbError> {
    tx.execute(sql!("DELETE FROM passkey WHERE person_id = $1 AND site_id = site_id"), &[&person])?;
    Ok(())
}

/// Uses a challenge up; false if it was answered before.
pub(crate) fn use_up(tx: &mut Tx<'_>, challenge: &str, until: Instant) -> Result<bool, DbError> {
    let site = tx.site()?;
    let used = tx.execute(
        sql!("INSERT INTO passkey_challenge (challenge_digest, site_id, expires_at) VALUES ($1, $2, $3) ON CONFLICT (challenge_digest) DO NOTHING"),
        &[&digest_of(challenge), &site, &until],
    )?;
    Ok(used == 1)
}

/// Removes answered challenges that nobody could answer again anyway, on all sites.
pub(crate) fn delete_ended(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    let now = tx.now()?;
    tx.execute(sql!("DELETE FROM passkey_challenge WHERE expires_at <= $1 AND site_id = site_id"), &[&now])
}
