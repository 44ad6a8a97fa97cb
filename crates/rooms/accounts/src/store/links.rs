//! Links that let somebody in once: the first administrator's, an invitation, a new password, signing in. The database keeps their digests only.

use allmende_core::{Id, Person};
use allmende_db::{DbError, Tx, sql};
use allmende_platform::sessions::{Token, digest_of};

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The first administrator gives address, name and password.
    First,
    /// An invited person gives name and password.
    Invitation,
    /// Somebody who forgot the password sets a new one.
    Reset,
    /// Somebody signs in without a password.
    SignIn,
}

impl Purpose {
    const ALL: [Self; 4] = [Self::First, Self::Invitation, Self::Reset, Self::SignIn];

    const fn key(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Invitation => "invitation",
            Self::Reset => "reset",
            Self::SignIn => "sign_in",
        }
    }

    /// The page that takes the link.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::First | Self::Invitation => "/willkommen",
            Self::Reset => "/passwort-neu",
            Self::SignIn => "/anmelden/link",
        }
    }
}

/// A new link for a person on this site; earlier ones for the same purpose end.
pub(crate) fn insert(tx: &mut Tx<'_>, person: Id<Person>, purpose: Purpose, seconds: i64) -> Result<Token, DbError> {
    let (site, now, token) = (tx.site()?, tx.now()?, Token::random()?);
    tx.execute(sql!("DELETE FROM sign_in_link WHERE site_id = $1 AND person_id = $2 AND purpose = $3 AND used_at IS NULL"), &[&site, &person, &purpose.key()])?;
    tx.execute(
        sql!("INSERT INTO sign_in_link (token_digest, site_id, person_id, purpose, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)"),
        &[&token.digest(), &site, &person, &purpose.key(), &now, &now.plus_seconds(seconds)],
    )?;
    Ok(token)
}

/// Whom an unused, unexpired link of this site lets in, and for what.
pub(crate) fn find(tx: &mut Tx<'_>, token: &str) -> Result<Option<(Id<Person>, Purpose)>, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let found = tx.find(
        sql!(
            "SELECT l.person_id, l.purpose FROM sign_in_link l JOIN person p ON p.id = l.person_id WHERE l.token_digest = $1 AND l.site_id = $2 \
             AND l.expires_at > $3 AND l.used_at IS NULL AND p.blocked_at IS NULL"
        ),
        &[&digest_of(token), &site, &now],
        |row| Ok((row.get(0)?, row.get::<String>(1)?)),
    )?;
    Ok(found.and_then(|(person, key)| Some((person, Purpose::ALL.into_iter().find(|purpose| purpose.key() == key)?))))
}

/// Uses a link up; false if somebody was faster or it has ended. All other open links of the person end with it, on every site.
pub(crate) fn use_up(tx: &mut Tx<'_>, token: &str, person: Id<Person>) -> Result<bool, DbError> {
    let (site, now, digest) = (tx.site()?, tx.now()?, digest_of(token));
    let used = tx.execute(
        sql!("UPDATE sign_in_link SET used_at = $4 WHERE token_digest = $1 AND site_id = $2 AND person_id = $3 AND used_at IS NULL AND expires_at > $4"),
        &[&digest, &site, &person, &now],
    )?;
    end_all(tx, person)?;
    Ok(used == 1)
}

/// Ends all open links of a person on every site: after a change of password they would be a way around it.
pub(crate) fn end_all(tx: &mut Tx<'_>, person: Id<Person>) -> Result<(), DbError> {
    // Not bound to a site on purpose: the password is one.
    tx.execute(sql!("DELETE FROM sign_in_link WHERE person_id = $1 AND used_at IS NULL AND site_id = site_id"), &[&person])?;
    Ok(())
}

/// The first administrator of this site who has not come yet.
pub(crate) fn find_awaited(tx: &mut Tx<'_>) -> Result<Option<Id<Person>>, DbError> {
    let site = tx.site()?;
    tx.find(
        sql!(
            "SELECT r.person_id FROM person_role r JOIN person p ON p.id = r.person_id WHERE r.site_id = $1 AND r.role = 'administrator' \
             AND p.email = '' AND p.password_hash IS NULL ORDER BY r.person_id LIMIT 1"
        ),
        &[&site],
        |row| row.get(0),
    )
}

/// Removes links that ended a day ago or more, used or not.
pub(crate) fn delete_ended(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    let before = tx.now()?.plus_seconds(-86_400);
    // Of all sites: the end does not depend on where a link leads.
    tx.execute(sql!("DELETE FROM sign_in_link WHERE expires_at < $1 AND site_id = site_id"), &[&before])
}
