//! The provider of a site, errands to it, and arrivals from it. The database keeps digests of what opens them.

use crate::oidc::client::Known;
use crate::oidc::token::Named;
use crate::oidc::{ARRIVAL_SECONDS, ERRAND_SECONDS};
use allmende_core::Instant;
use allmende_db::{DbError, Tx, sql};
use allmende_platform::sessions::{Token, digest_of};

/// Where people of a site may come from.
#[derive(Debug, Clone)]
pub(crate) struct Provider {
    pub issuer: String,
    pub client_id: String,
    /// Sealed.
    pub secret: Vec<u8>,
    pub button: String,
    description: String,
    key_set: String,
    fetched_at: Option<Instant>,
}

impl Provider {
    /// What the provider said of itself, unless that is older than this or was never asked.
    pub(crate) fn known(&self, now: Instant, seconds: i64) -> Option<Known> {
        let fetched_at = self.fetched_at?;
        (fetched_at.plus_seconds(seconds) > now).then(|| Known { description: self.description.clone(), key_set: self.key_set.clone() })
    }
}

/// The provider of this site.
pub(crate) fn find(tx: &mut Tx<'_>) -> Result<Option<Provider>, DbError> {
    let site = tx.site()?;
    tx.find(sql!("SELECT issuer, client_id, secret, button, discovery, key_set, fetched_at FROM sign_in_provider WHERE site_id = $1"), &[&site], |row| {
        Ok(Provider {
            issuer: row.get(0)?,
            client_id: row.get(1)?,
            secret: row.get(2)?,
            button: row.get(3)?,
            description: row.get(4)?,
            key_set: row.get(5)?,
            fetched_at: row.get(6)?,
        })
    })
}

/// What stands on the button of this site's provider.
pub(crate) fn find_button(tx: &mut Tx<'_>) -> Result<Option<String>, DbError> {
    let site = tx.site()?;
    tx.find(sql!("SELECT button FROM sign_in_provider WHERE site_id = $1"), &[&site], |row| row.get(0))
}

/// Sets the provider of this site, with what it said of itself just now.
pub(crate) fn save(tx: &mut Tx<'_>, new: &Provider, known: &Known) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!(
            "INSERT INTO sign_in_provider (site_id, issuer, client_id, secret, button, changed_at, discovery, key_set, fetched_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $6) ON CONFLICT (site_id) DO UPDATE SET issuer = excluded.issuer, \
             client_id = excluded.client_id, secret = excluded.secret, button = excluded.button, changed_at = excluded.changed_at, \
             discovery = excluded.discovery, key_set = excluded.key_set, fetched_at = excluded.fetched_at"
        ),
        &[&site, &new.issuer, &new.client_id, &new.secret, &new.button, &now, &known.description, &known.key_set],
    )?;
    Ok(())
}

impl Provider {
    /// A provider as an administrator sets it; nothing is known of it yet.
    pub(crate) const fn new(issuer: String, client_id: String, secret: Vec<u8>, button: String) -> Self {
        Self { issuer, client_id, secret, button, description: String::new(), key_set: String::new(), fetched_at: None }
    }
}

/// Keeps what the provider said of itself, if it still is this site's provider.
pub(crate) fn set_known(tx: &mut Tx<'_>, issuer: &str, known: &Known) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!("UPDATE sign_in_provider SET discovery = $3, key_set = $4, fetched_at = $5 WHERE site_id = $1 AND issuer = $2"),
        &[&site, &issuer, &known.description, &known.key_set, &now],
    )?;
    Ok(())
}

/// Takes the provider of this site away. Identities stay: it may come back.
pub(crate) fn delete(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(sql!("DELETE FROM sign_in_provider WHERE site_id = $1"), &[&site])?;
    Ok(())
}

/// Notes that somebody goes to the provider.
pub(crate) fn insert_errand(tx: &mut Tx<'_>, state: &str, browser: &str, onward: &str) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!("INSERT INTO sign_in_errand (state_digest, site_id, browser_digest, onward, expires_at) VALUES ($1, $2, $3, $4, $5)"),
        &[&digest_of(state), &site, &digest_of(browser), &onward, &now.plus_seconds(ERRAND_SECONDS)],
    )?;
    Ok(())
}

/// Uses an errand up and says where its reader wanted to go on. Nothing if it ended, was used, or belongs to another browser: then
/// it stays for its own.
pub(crate) fn use_up_errand(tx: &mut Tx<'_>, state: &str, browser: &str) -> Result<Option<String>, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.find(
        sql!("DELETE FROM sign_in_errand WHERE state_digest = $1 AND site_id = $2 AND browser_digest = $3 AND expires_at > $4 RETURNING onward"),
        &[&digest_of(state), &site, &digest_of(browser), &now],
        |row| row.get(0),
    )
}

/// Somebody whom the provider has named and whom no account here belongs to yet.
#[derive(Debug, Clone)]
pub(crate) struct Arrival {
    pub issuer: String,
    pub named: Named,
    pub onward: String,
}

/// Keeps an arrival and returns what its browser opens it with.
pub(crate) fn insert_arrival(tx: &mut Tx<'_>, new: &Arrival) -> Result<Token, DbError> {
    let (site, now, token) = (tx.site()?, tx.now()?, Token::random()?);
    tx.execute(
        sql!(
            "INSERT INTO sign_in_arrival (token_digest, site_id, issuer, subject, label, email, onward, expires_at, claims) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        &[
            &token.digest(),
            &site,
            &new.issuer,
            &new.named.subject,
            &new.named.label,
            &new.named.email,
            &new.onward,
            &now.plus_seconds(ARRIVAL_SECONDS),
            &serde_json::to_string(&new.named.claims).unwrap_or_default(),
        ],
    )?;
    Ok(token)
}

/// The arrival of a browser, if it still waits.
pub(crate) fn find_arrival(tx: &mut Tx<'_>, token: &str) -> Result<Option<Arrival>, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.find(
        sql!("SELECT issuer, subject, label, email, onward, claims FROM sign_in_arrival WHERE token_digest = $1 AND site_id = $2 AND expires_at > $3"),
        &[&digest_of(token), &site, &now],
        |row| {
            let claims = serde_json::from_str(&row.get::<String>(5)?).unwrap_or_default();
            let named = Named { subject: row.get(1)?, label: row.get(2)?, email: row.get(3)?, claims };
            Ok(Arrival { issuer: row.get(0)?, named, onward: row.get(4)? })
        },
    )
}

/// Takes an arrival away: it has an account now.
pub(crate) fn delete_arrival(tx: &mut Tx<'_>, token: &str) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(sql!("DELETE FROM sign_in_arrival WHERE token_digest = $1 AND site_id = $2"), &[&digest_of(token), &site])?;
    Ok(())
}

/// Removes errands and arrivals that ended, on all sites.
pub(crate) fn delete_ended(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    let now = tx.now()?;
    let errands = tx.execute(sql!("DELETE FROM sign_in_errand WHERE expires_at <= $1 AND site_id = site_id"), &[&now])?;
    Ok(errands + tx.execute(sql!("DELETE FROM sign_in_arrival WHERE expires_at <= $1 AND site_id = site_id"), &[&now])?)
}
