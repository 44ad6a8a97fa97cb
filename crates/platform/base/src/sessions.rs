//! Sessions are rows: a random token in a cookie, its digest in the table, ended at once on any security change.
//!
//! Owns the table `session`. Who may have one is decided where people sign in.

use crate::chance;
use crate::limits::SESSION_DAYS;
use crate::own_rows;
use crate::personal::{Fate, Personal};
use crate::sites::Settings;
use crate::web::cookies;
use allmende_core::{Actor, Id, Instant, Person, Role, Roles, SignedIn, hex};
use allmende_db::{DbError, Tx, sql};
use sha2::{Digest, Sha256};

/// Name of the cookie without the prefix that it has over TLS.
const COOKIE: &str = "allmende-session";

const DAY_SECONDS: i64 = 86_400;
/// `seen_at` is written again only after so long: reading a page should not write.
const SEEN_AGAIN_SECONDS: i64 = 3_600;

/// The name of a site's session cookie. Over TLS it has the prefix that binds it to this host.
#[must_use]
pub fn cookie_name(site: &Settings) -> String {
    cookies::name(site, COOKIE)
}

/// The value of `Set-Cookie` for a session: out of reach of scripts and of other sites' forms.
#[must_use]
pub fn set_cookie(site: &Settings, token: &Token) -> String {
    cookies::set(site, COOKIE, &token.text(), SESSION_DAYS * DAY_SECONDS)
}

/// The value of `Set-Cookie` that takes a session's cookie away.
#[must_use]
pub fn remove_cookie(site: &Settings) -> String {
    cookies::set(site, COOKIE, "", 0)
}

/// A secret of 256 random bits that only its holder knows; the database keeps its digest.
pub struct Token([u8; 32]);

impl Token {
    /// A new random token.
    ///
    /// # Errors
    /// `DbError::Unavailable` if the system gives no randomness.
    pub fn random() -> Result<Self, DbError> {
        Ok(Self(chance::bytes()?))
    }

    /// The token as 64 hexadecimal digits, for a cookie or a link.
    #[must_use]
    pub fn text(&self) -> String {
        hex(&self.0)
    }

    /// What the database keeps.
    #[must_use]
    pub fn digest(&self) -> Vec<u8> {
        digest_of(&self.text())
    }
}

/// The digest of a token's text as a client sent it. Any text has one; only the right one is in the table.
#[must_use]
pub fn digest_of(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Begins a session for a person on this site and returns its token.
///
/// # Errors
/// What the database reports.
pub fn begin(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Token, DbError> {
    let (site, now, token) = (tx.site()?, tx.now()?, Token::random()?);
    tx.execute(
        sql!("INSERT INTO session (token_digest, site_id, person_id, created_at, seen_at, expires_at) VALUES ($1, $2, $3, $4, $4, $5)"),
        &[&token.digest(), &site, &person, &now, &now.plus_seconds(SESSION_DAYS * DAY_SECONDS)],
    )?;
    Ok(token)
}

/// Ends one session.
///
/// # Errors
/// What the database reports.
pub fn end(tx: &mut Tx<'_>, token: &str) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(sql!("DELETE FROM session WHERE token_digest = $1 AND site_id = $2"), &[&digest_of(token), &site])?;
    Ok(())
}

/// Ends all sessions of a person, on every site: after a change of password, address, role or a block.
///
/// # Errors
/// What the database reports.
pub fn end_all(tx: &mut Tx<'_>, person: Id<Person>) -> Result<u64, DbError> {
    // Not bound to a site on purpose: a stolen password is stolen everywhere.
    tx.execute(sql!("DELETE FROM session WHERE person_id = $1 AND site_id = site_id"), &[&person])
}

/// A session as its owner sees it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The digest of its token as hexadecimal digits; the token itself cannot be found from it.
    pub key: String,
    /// When it began.
    pub created_at: Instant,
    /// When it was last used, to the hour.
    pub seen_at: Instant,
    /// Whether it is the session that asks.
    pub own: bool,
}

/// The open sessions of a person on this site, the last used first, at most 50.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, person: Id<Person>, own_token: &str) -> Result<Vec<Listed>, DbError> {
    let (site, now, own) = (tx.site()?, tx.now()?, digest_of(own_token));
    tx.list(
        sql!(
            "SELECT token_digest, created_at, seen_at FROM session WHERE site_id = $1 AND person_id = $2 AND expires_at > $3 \
             ORDER BY seen_at DESC, created_at DESC LIMIT 50"
        ),
        &[&site, &person, &now],
        |row| {
            let digest: Vec<u8> = row.get(0)?;
            Ok(Listed { own: digest == own, key: hex(&digest), created_at: row.get(1)?, seen_at: row.get(2)? })
        },
    )
}

/// When the session of a token began, if there is one on this site.
///
/// # Errors
/// What the database reports.
pub fn began(tx: &mut Tx<'_>, token: &str) -> Result<Option<Instant>, DbError> {
    let site = tx.site()?;
    tx.find(sql!("SELECT created_at FROM session WHERE token_digest = $1 AND site_id = $2"), &[&digest_of(token), &site], |row| row.get(0))
}

/// The sessions of a person go with the account.
pub const PERSONAL: Personal = Personal {
    fates: |_, _| Ok(vec![Fate::goes("own-goes-sessions")]),
    export: |tx, person| {
        let sessions = own_rows!(
            tx,
            "session",
            ["site_id", "person_id", "created_at", "seen_at", "expires_at"],
            "WHERE person_id = $1 AND site_id = site_id ORDER BY created_at",
            &[&person]
        )?;
        Ok(vec![sessions])
    },
    erase: |tx, person| end_all(tx, person).map(|_| ()),
    ..Personal::NOTHING
};

/// Ends one session of a person by its [`Listed::key`]; another person's key ends nothing.
///
/// # Errors
/// What the database reports.
pub fn end_listed(tx: &mut Tx<'_>, person: Id<Person>, key: &str) -> Result<bool, DbError> {
    let site = tx.site()?;
    let digests = tx.list(sql!("SELECT token_digest FROM session WHERE site_id = $1 AND person_id = $2"), &[&site, &person], |row| row.get::<Vec<u8>>(0))?;
    let Some(digest) = digests.into_iter().find(|digest| hex(digest) == key) else { return Ok(false) };
    Ok(tx.execute(sql!("DELETE FROM session WHERE token_digest = $1 AND site_id = $2"), &[&digest, &site])? == 1)
}

/// Ends all sessions of a person but the one that asks, on every site.
///
/// # Errors
/// What the database reports.
pub fn end_others(tx: &mut Tx<'_>, person: Id<Person>, own_token: &str) -> Result<u64, DbError> {
    // Not bound to a site on purpose, as in `end_all`.
    tx.execute(sql!("DELETE FROM session WHERE person_id = $1 AND token_digest <> $2 AND site_id = site_id"), &[&person, &digest_of(own_token)])
}

/// A session that was found, and whether its row should note that it was seen.
#[derive(Debug)]
pub struct Found {
    /// Who it is.
    pub actor: Actor,
    /// True if more than an hour has passed since the row was last touched.
    pub stale: bool,
}

/// The person behind a token, with the roles on this site. Nothing for unknown, expired or blocked ones.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, token: &str) -> Result<Option<Found>, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let mut found: Option<(SignedIn, i64)> = None;
    tx.each(
        sql!(
            "SELECT p.id, p.public_name, s.seen_at, r.role FROM session s JOIN person p ON p.id = s.person_id \
             LEFT JOIN person_role r ON r.person_id = p.id AND r.site_id = s.site_id \
             WHERE s.token_digest = $1 AND s.site_id = $2 AND s.expires_at > $3 AND p.blocked_at IS NULL"
        ),
        &[&digest_of(token), &site, &now],
        |row| {
            let role = row.get::<Option<String>>(3)?.and_then(|key| Role::from_key(&key));
            if found.is_none() {
                let roles = Roles::default().with(Role::Resident);
                found = Some((SignedIn { person: row.get(0)?, public_name: row.get(1)?, roles }, row.get(2)?));
            }
            if let (Some((person, _)), Some(role)) = (&mut found, role) {
                person.roles = person.roles.with(role);
            }
            Ok(())
        },
    )?;
    Ok(found.map(|(person, seen_at)| Found { actor: Actor::Person(person), stale: now.millis() - seen_at > SEEN_AGAIN_SECONDS * 1000 }))
}

/// Notes that a session was used; it lives on from now.
///
/// # Errors
/// What the database reports.
pub fn touch(tx: &mut Tx<'_>, token: &str) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!("UPDATE session SET seen_at = $3, expires_at = $4 WHERE token_digest = $1 AND site_id = $2"),
        &[&digest_of(token), &site, &now, &now.plus_seconds(SESSION_DAYS * DAY_SECONDS)],
    )?;
    Ok(())
}

/// Removes expired sessions; a job runs it daily.
///
/// # Errors
/// What the database reports.
pub fn delete_expired(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    let now = tx.now()?;
    // Of all sites: expiry does not depend on where somebody signed in.
    tx.execute(sql!("DELETE FROM session WHERE expires_at <= $1 AND site_id = site_id"), &[&now])
}
