//! Registrations that nobody confirmed yet. The database keeps digests of their links only.

use allmende_core::Language;
use allmende_db::{DbError, Tx, sql};
use allmende_platform::sessions::{Token, digest_of};

/// What somebody wrote who wants an account.
#[derive(Debug, Clone)]
pub(crate) struct Registration {
    pub email: String,
    pub email_folded: String,
    pub name: String,
    pub language: Language,
}

/// Keeps a registration on this site; an earlier one of the same address goes, and its link ends.
pub(crate) fn insert(tx: &mut Tx<'_>, new: &Registration, seconds: i64) -> Result<Token, DbError> {
    let (site, now, token) = (tx.site()?, tx.now()?, Token::random()?);
    delete(tx, &new.email_folded)?;
    tx.execute(
        sql!(
            "INSERT INTO registration (token_digest, site_id, email, email_folded, public_name, language, created_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        &[&token.digest(), &site, &new.email, &new.email_folded, &new.name, &new.language, &now, &now.plus_seconds(seconds)],
    )?;
    Ok(token)
}

/// The registration behind a link of this site that still holds.
pub(crate) fn find(tx: &mut Tx<'_>, token: &str) -> Result<Option<Registration>, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.find(
        sql!("SELECT email, email_folded, public_name, language FROM registration WHERE token_digest = $1 AND site_id = $2 AND expires_at > $3"),
        &[&digest_of(token), &site, &now],
        |row| Ok(Registration { email: row.get(0)?, email_folded: row.get(1)?, name: row.get(2)?, language: row.get(3)? }),
    )
}

/// Removes the registration of an address on this site.
pub(crate) fn delete(tx: &mut Tx<'_>, folded: &str) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(sql!("DELETE FROM registration WHERE site_id = $1 AND email_folded = $2"), &[&site, &folded])?;
    Ok(())
}

/// Removes what nobody confirmed in time, on all sites.
pub(crate) fn delete_ended(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    let now = tx.now()?;
    tx.execute(sql!("DELETE FROM registration WHERE expires_at <= $1 AND site_id = site_id"), &[&now])
}
