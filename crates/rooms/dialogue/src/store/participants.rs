//! Who takes part in a process: accounts, guests with an address, and the links that show an address is theirs.

use super::again;
use allmende_core::{Id, Instant, Language, Person};
use allmende_db::{DbError, Tx, sql};
use allmende_platform::mail;
use allmende_platform::sessions::{Token, digest_of};

/// Days within which a guest confirms.
pub const CONFIRM_DAYS: i64 = 7;

/// Marker of a row of `participant`.
#[derive(Debug)]
pub enum Participant {}

/// Somebody in a process and where mails to them go.
#[derive(Debug, Clone)]
pub struct Known {
    /// The row.
    pub id: Id<Participant>,
    /// The mail address; of an account the account's.
    pub email: String,
    /// The language of mails.
    pub language: Language,
}

/// The participant of an account, written if the account takes part for the first time. At most three statements.
///
/// # Errors
/// What the database reports.
pub fn of_account(tx: &mut Tx<'_>, process: i64, person: Id<Person>, public_name: &str) -> Result<Known, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let (known, email, language): (Option<Id<Participant>>, String, Language) = tx
        .find(
            sql!(
                "SELECT a.id, p.email, p.language FROM person p LEFT JOIN participant a ON a.person_id = p.id AND a.process_id = $2 AND a.site_id = $1 \
                 WHERE p.id = $3"
            ),
            &[&site, &process, &person],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?
        .ok_or(DbError::Conflict)?;
    if let Some(id) = known {
        return Ok(Known { id, email, language });
    }
    let id = tx
        .insert(
            sql!(
                "INSERT INTO participant (site_id, process_id, person_id, language, public_name, proof, confirmed_at, created_at) \
                 VALUES ($1, $2, $3, $4, $5, 'account', $6, $6) RETURNING id"
            ),
            &[&site, &process, &person, &language, &public_name, &now],
        )
        .map_err(again)?;
    count_one(tx, process)?;
    Ok(Known { id, email, language })
}

/// The participant of a guest's address, written if it is new here. Nothing of it counts before the address is confirmed.
///
/// # Errors
/// What the database reports.
pub fn of_guest(tx: &mut Tx<'_>, process: i64, email: &str, public_name: &str, language: Language) -> Result<Known, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let folded = mail::folded(email);
    let id = tx.find(
        sql!(
            "INSERT INTO participant (site_id, process_id, guest_email, guest_email_folded, language, public_name, proof, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, 'email', $7) ON CONFLICT (process_id, guest_email_folded) DO UPDATE SET language = excluded.language RETURNING id"
        ),
        &[&site, &process, &email, &folded, &language, &public_name, &now],
        |row| row.get(0),
    )?;
    Ok(Known { id: id.ok_or(DbError::Conflict)?, email: email.to_owned(), language })
}

/// A participant without account and address, where the audience lets such people in and they showed something once.
///
/// # Errors
/// What the database reports.
pub fn of_nobody(tx: &mut Tx<'_>, process: i64, public_name: &str, language: Language) -> Result<Id<Participant>, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let id = tx.insert(
        sql!(
            "INSERT INTO participant (site_id, process_id, language, public_name, proof, confirmed_at, created_at) \
             VALUES ($1, $2, $3, $4, 'shown', $5, $5) RETURNING id"
        ),
        &[&site, &process, &language, &public_name, &now],
    )?;
    count_one(tx, process)?;
    Ok(id)
}

/// Gives a participant without address one. False if somebody else takes part under it.
///
/// # Errors
/// What the database reports.
pub fn give_address(tx: &mut Tx<'_>, process: i64, participant: Id<Participant>, email: &str, language: Language) -> Result<bool, DbError> {
    let (site, folded) = (tx.site()?, mail::folded(email));
    let is_taken =
        tx.find(sql!("SELECT id FROM participant WHERE site_id = $1 AND process_id = $2 AND guest_email_folded = $3"), &[&site, &process, &folded], |row| {
            row.get::<Id<Participant>>(0)
        })?;
    if is_taken.is_some() {
        return Ok(false);
    }
    tx.execute(
        sql!("UPDATE participant SET guest_email = $3, guest_email_folded = $4, language = $5 WHERE site_id = $1 AND id = $2 AND guest_email_folded IS NULL"),
        &[&site, &participant, &email, &folded, &language],
    )
    .map_err(again)?;
    Ok(true)
}

fn count_one(tx: &mut Tx<'_>, process: i64) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(sql!("UPDATE process SET participants = participants + 1 WHERE site_id = $1 AND id = $2"), &[&site, &process])?;
    Ok(())
}

/// The row of an account's participant, if the account takes part.
///
/// # Errors
/// What the database reports.
pub fn find_of_account(tx: &mut Tx<'_>, process: i64, person: Id<Person>) -> Result<Option<Id<Participant>>, DbError> {
    let site = tx.site()?;
    tx.find(sql!("SELECT id FROM participant WHERE site_id = $1 AND process_id = $2 AND person_id = $3"), &[&site, &process, &person], |row| row.get(0))
}

/// Writes the link that a guest's mail holds: whoever opens it confirms one contribution.
///
/// # Errors
/// What the database reports.
pub fn insert_confirmation(tx: &mut Tx<'_>, participant: Id<Participant>, kind: &str, object: i64, token: &Token) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute_later(
        sql!(
            "INSERT INTO guest_confirmation (token_digest, site_id, participant_id, kind, object_id, created_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        &[&token.digest(), &site, &participant, &kind, &object, &now, &now.plus_seconds(CONFIRM_DAYS * 86_400)],
    )
}

/// What a link confirms.
#[derive(Debug, Clone)]
pub struct Confirmation {
    /// Who confirms.
    pub participant: Id<Participant>,
    /// What: `statement`, `idea`, `comment` …
    pub kind: String,
    /// Its row.
    pub object: i64,
    /// Whether it was used before.
    pub is_used: bool,
}

/// What the link with this token confirms, as long as it has not expired.
///
/// # Errors
/// What the database reports.
pub fn find_confirmation(tx: &mut Tx<'_>, token: &str) -> Result<Option<Confirmation>, DbError> {
    let (site, now, digest) = (tx.site()?, tx.now()?, digest_of(token));
    tx.find(
        sql!("SELECT participant_id, kind, object_id, used_at FROM guest_confirmation WHERE site_id = $1 AND token_digest = $2 AND (expires_at > $3 OR used_at IS NOT NULL)"),
        &[&site, &digest, &now],
        |row| Ok(Confirmation { participant: row.get(0)?, kind: row.get(1)?, object: row.get(2)?, is_used: row.get::<Option<Instant>>(3)?.is_some() }),
    )
}

/// Marks a link as used and its guest as confirmed; the first time the guest counts as somebody who took part.
///
/// # Errors
/// What the database reports.
pub fn confirm(tx: &mut Tx<'_>, token: &str, participant: Id<Participant>) -> Result<(), DbError> {
    let (site, now, digest) = (tx.site()?, tx.now()?, digest_of(token));
    tx.execute(sql!("UPDATE guest_confirmation SET used_at = $3 WHERE site_id = $1 AND token_digest = $2 AND used_at IS NULL"), &[&site, &digest, &now])?;
    let first: Option<i64> = tx.find(
        sql!("UPDATE participant SET confirmed_at = $3 WHERE site_id = $1 AND id = $2 AND confirmed_at IS NULL RETURNING process_id"),
        &[&site, &participant, &now],
        |row| row.get(0),
    )?;
    first.map_or(Ok(()), |process| count_one(tx, process))
}

/// Notes that a contribution of this participant was accepted, if it is the first one.
///
/// # Errors
/// What the database reports.
pub fn accept(tx: &mut Tx<'_>, participant: Id<Participant>) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(sql!("UPDATE participant SET accepted_at = $3 WHERE site_id = $1 AND id = $2 AND accepted_at IS NULL"), &[&site, &participant, &now])?;
    Ok(())
}

/// Removes links that ended more than ninety days ago. For a daily job, for the whole installation.
///
/// # Errors
/// What the database reports.
pub fn delete_outdated(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    let before = tx.now()?.plus_seconds(-90 * 86_400);
    tx.execute(sql!("DELETE FROM guest_confirmation WHERE expires_at < $1 AND site_id = site_id"), &[&before])
}
