//! Who gets mails: an account, or an address that was confirmed. One row per reader and site.

use crate::rules::{Frequency, Schedule};
use allmende_core::{Id, Instant, Language, Person};
use allmende_db::{DbError, Row, Tx, sql};
use allmende_platform::mail::Cause;
use allmende_platform::sessions::Token;
use jiff::tz::TimeZone;

/// A row in `subscription_reader`.
#[derive(Debug, Clone)]
pub struct Reader {
    /// The row.
    pub id: Id<Self>,
    /// The account, if there is one.
    pub person: Option<Id<Person>>,
    /// The address that mails go to; that of the account if there is one. Empty for an account without an address.
    pub email: String,
    /// The language of the mails.
    pub language: Language,
    /// What opens the page of this reader without an account, and stops the mails.
    pub secret: String,
    /// When daily and weekly mails go out.
    pub schedule: Schedule,
    /// Since when a returned mail lets the subscriptions rest, and how it came back.
    pub paused: Option<(Instant, String)>,
}

/// How a reader is found.
#[derive(Debug, Clone)]
pub enum Door {
    /// By the account that is signed in.
    Account(Id<Person>),
    /// By the secret of the link in every mail.
    Secret(String),
}

macro_rules! reader {
    ($which:literal) => {
        sql!(concat!(
            "SELECT r.id, r.person_id, COALESCE(r.email, p.email, ''), CASE WHEN p.id IS NULL THEN r.language ELSE p.language END, r.secret, \
             r.hour, r.weekday, r.paused_at, r.pause_cause \
             FROM subscription_reader r LEFT JOIN person p ON p.id = r.person_id WHERE r.site_id = $1 AND ",
            $which
        ))
    };
}

fn reader(row: &Row<'_>) -> Result<Reader, DbError> {
    let paused: Option<Instant> = row.get(7)?;
    let cause: Option<String> = row.get(8)?;
    Ok(Reader {
        id: row.get(0)?,
        person: row.get(1)?,
        email: row.get(2)?,
        language: row.get(3)?,
        secret: row.get(4)?,
        schedule: Schedule::new(row.get(5)?, row.get(6)?).unwrap_or(Schedule::USUAL),
        paused: paused.map(|at| (at, cause.unwrap_or_default())),
    })
}

/// The reader behind a door. One without an account only once an address was confirmed.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, door: &Door) -> Result<Option<Reader>, DbError> {
    let site = tx.site()?;
    match door {
        Door::Account(person) => tx.find(reader!("r.person_id = $2"), &[&site, person], reader),
        Door::Secret(secret) => tx.find(reader!("r.secret = $2 AND r.confirmed_at IS NOT NULL"), &[&site, secret], reader),
    }
}

/// The reader with a row's number, whose address was confirmed and whose account is not blocked.
///
/// # Errors
/// What the database reports.
pub fn find_open(tx: &mut Tx<'_>, id: Id<Reader>) -> Result<Option<Reader>, DbError> {
    let site = tx.site()?;
    tx.find(reader!("r.id = $2 AND r.confirmed_at IS NOT NULL AND r.paused_at IS NULL AND p.blocked_at IS NULL"), &[&site, &id], reader)
}

/// The reader of a folded address without an account, confirmed or not.
///
/// # Errors
/// What the database reports.
pub fn find_by_email(tx: &mut Tx<'_>, folded: &str) -> Result<Option<(Reader, bool)>, DbError> {
    let site = tx.site()?;
    let Some(found) = tx.find(reader!("r.email_folded = $2"), &[&site, &folded], reader)? else { return Ok(None) };
    let confirmed =
        tx.find(sql!("SELECT 1 FROM subscription_reader WHERE site_id = $1 AND id = $2 AND confirmed_at IS NOT NULL"), &[&site, &found.id], |_| Ok(()))?;
    Ok(Some((found, confirmed.is_some())))
}

/// A new reader: with an account, whose address counts as confirmed, or with an address that is not yet.
///
/// # Errors
/// `DbError::Unique` if there is one already.
pub fn insert(tx: &mut Tx<'_>, person: Option<Id<Person>>, email: Option<(&str, &str)>, language: Language) -> Result<Id<Reader>, DbError> {
    let (site, now, secret) = (tx.site()?, tx.now()?, Token::random()?.text());
    let confirmed_at = person.map(|_| now);
    let (email, folded) = email.unzip();
    tx.insert(
        sql!(
            "INSERT INTO subscription_reader (site_id, person_id, email, email_folded, language, secret, hour, weekday, confirmed_at, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id"
        ),
        &[&site, &person, &email, &folded, &language, &secret, &Schedule::USUAL.hour(), &Schedule::USUAL.weekday(), &confirmed_at, &now],
    )
}

/// The reader of an account, made if there is none.
///
/// # Errors
/// What the database reports.
pub fn of_person(tx: &mut Tx<'_>, person: Id<Person>, language: Language) -> Result<Id<Reader>, DbError> {
    match find(tx, &Door::Account(person))? {
        Some(reader) => Ok(reader.id),
        None => insert(tx, Some(person), None, language),
    }
}

/// The readers of an account on all sites.
///
/// # Errors
/// What the database reports.
pub fn list_of_person(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Vec<Id<Reader>>, DbError> {
    // Of all sites: an account is one in the whole installation.
    tx.list(sql!("SELECT id FROM subscription_reader WHERE person_id = $1 AND site_id = site_id ORDER BY id"), &[&person], |row| row.get(0))
}

/// Sets when daily and weekly mails go out, and the language of mails to an address without an account. What waits for its mail
/// waits for the new moment.
///
/// # Errors
/// What the database reports.
pub fn set_schedule(tx: &mut Tx<'_>, reader: Id<Reader>, schedule: Schedule, language: Language, zone: &TimeZone) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!("UPDATE subscription_reader SET hour = $3, weekday = $4, language = $5 WHERE site_id = $1 AND id = $2"),
        &[&site, &reader, &schedule.hour(), &schedule.weekday(), &language],
    )?;
    for frequency in [Frequency::Daily, Frequency::Weekly] {
        tx.execute(
            sql!(
                "UPDATE subscription_news SET due_at = $4 WHERE site_id = $1 AND reader_id = $2 AND due_at IS NOT NULL AND subscription_id IN \
                 (SELECT id FROM subscription WHERE reader_id = $2 AND frequency = $3 AND site_id = $1)"
            ),
            &[&site, &reader, &frequency.key(), &schedule.due(frequency, now, zone)],
        )?;
    }
    Ok(())
}

/// Lets the subscriptions of an address rest because a mail to it came back. What comes meanwhile is kept.
///
/// # Errors
/// What the database reports.
pub fn pause(tx: &mut Tx<'_>, folded: &str, cause: Cause) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let readers: Vec<i64> = tx.list(
        sql!(
            "UPDATE subscription_reader SET paused_at = $3, pause_cause = $4 WHERE +site_id = $1 AND paused_at IS NULL AND id IN \
             (SELECT id FROM subscription_reader WHERE site_id = $1 AND email_folded = $2 UNION \
             SELECT r.id FROM person p JOIN subscription_reader r ON r.person_id = p.id WHERE p.email_folded = $2) RETURNING id"
        ),
        &[&site, &folded, &now, &cause.key()],
        |row| row.get(0),
    )?;
    tx.execute(sql!("UPDATE subscription_news SET due_at = NULL WHERE site_id = $1 AND reader_id ANY_OF($2) AND due_at IS NOT NULL"), &[&site, &readers])?;
    Ok(())
}

/// Lets the subscriptions of a reader go on. What came since they rested is told with the next mails.
///
/// # Errors
/// What the database reports.
pub fn resume(tx: &mut Tx<'_>, reader: &Reader, zone: &TimeZone) -> Result<(), DbError> {
    let Some((since, _)) = &reader.paused else { return Ok(()) };
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(sql!("UPDATE subscription_reader SET paused_at = NULL, pause_cause = NULL WHERE site_id = $1 AND id = $2"), &[&site, &reader.id])?;
    for frequency in [Frequency::AtOnce, Frequency::Daily, Frequency::Weekly] {
        tx.execute(
            sql!(
                "UPDATE subscription_news SET due_at = $4 WHERE site_id = $1 AND reader_id = $2 AND due_at IS NULL AND sent_at IS NULL \
                 AND subscription_id IN (SELECT id FROM subscription WHERE reader_id = $2 AND frequency = $3 AND site_id = $1) \
                 AND item_id IN (SELECT id FROM subscription_item WHERE site_id = $1 AND happened_at >= $5)"
            ),
            &[&site, &reader.id, &frequency.key(), &reader.schedule.due(frequency, now, zone), since],
        )?;
    }
    Ok(())
}
