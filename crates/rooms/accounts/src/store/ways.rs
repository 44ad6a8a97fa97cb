//! The ways in that a person has besides password and mail, as its owner sees them.

use allmende_core::{Id, Instant, Person};
use allmende_db::{DbError, Tx, sql};

/// A passkey or an identity.
#[derive(Debug, Clone)]
pub(crate) struct Way {
    pub id: i64,
    /// What its owner calls a passkey, or how the provider names its owner.
    pub name: String,
    /// The provider; empty for a passkey.
    pub issuer: String,
    /// What the device calls a passkey; nothing for an identity.
    pub credential: Option<Vec<u8>>,
    pub since: Instant,
    pub used_at: Option<Instant>,
}

/// The passkeys of a person on this site and the identities anywhere, each the oldest first, at most 100.
pub(crate) fn list(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Vec<Way>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT id, name, '' AS issuer, credential, created_at AS since, used_at FROM passkey WHERE site_id = $1 AND person_id = $2 \
             UNION ALL SELECT id, label, issuer, NULL, linked_at, used_at FROM person_identity WHERE person_id = $2 ORDER BY 3, 1 LIMIT 100"
        ),
        &[&site, &person],
        |row| Ok(Way { id: row.get(0)?, name: row.get(1)?, issuer: row.get(2)?, credential: row.get(3)?, since: row.get(4)?, used_at: row.get(5)? }),
    )
}
