//! The subscriptions of readers.

use super::Subscription;
use super::readers::Reader;
use crate::rules::{self, Frequency, Schedule, Target};
use allmende_core::{Id, Instant};
use allmende_db::{DbError, Row, Tx, sql};
use allmende_platform::sessions::{Token, digest_of};
use jiff::tz::TimeZone;

/// A subscription as its owner sees it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The row.
    pub id: Id<Subscription>,
    /// What it is about.
    pub target: Target,
    /// What it is called.
    pub name: String,
    /// How often it speaks.
    pub frequency: Frequency,
    /// What opens its private feed.
    pub feed_secret: String,
}

fn listed(row: &Row<'_>) -> Result<Listed, DbError> {
    let broken = |what: &str| DbError::Other(format!("a subscription with a {what} that this program does not know"));
    Ok(Listed {
        id: row.get(0)?,
        target: Target::parse(&row.get::<String>(1)?).map_err(|_| broken("target"))?,
        name: row.get(2)?,
        frequency: Frequency::new(&row.get::<String>(3)?).map_err(|_| broken("frequency"))?,
        feed_secret: row.get(4)?,
    })
}

/// The confirmed subscriptions of a reader of this site in the order in which they were made.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, reader: Id<Reader>) -> Result<Vec<Listed>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT id, target, name, frequency, feed_secret FROM subscription WHERE site_id = $1 AND reader_id = $2 \
             AND confirmed_at IS NOT NULL ORDER BY id LIMIT $3"
        ),
        &[&site, &reader, &rules::SUBSCRIPTIONS_MAX],
        listed,
    )
}

/// The confirmed subscription that a private feed belongs to, with its row's number.
///
/// # Errors
/// What the database reports.
pub fn find_by_feed(tx: &mut Tx<'_>, secret: &str) -> Result<Option<Listed>, DbError> {
    let site = tx.site()?;
    tx.find(
        sql!("SELECT id, target, name, frequency, feed_secret FROM subscription WHERE site_id = $1 AND feed_secret = $2 AND confirmed_at IS NOT NULL"),
        &[&site, &secret],
        listed,
    )
}

/// How many subscriptions a reader has or asked for.
///
/// # Errors
/// What the database reports.
pub fn count(tx: &mut Tx<'_>, reader: Id<Reader>) -> Result<i64, DbError> {
    let site = tx.site()?;
    let count =
        tx.find(sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM subscription WHERE site_id = $1 AND reader_id = $2"), &[&site, &reader], |row| row.get(0))?;
    Ok(count.unwrap_or(0))
}

/// Whether a reader has this subscription, and whether it is confirmed.
///
/// # Errors
/// What the database reports.
pub fn find_state(tx: &mut Tx<'_>, reader: Id<Reader>, target: &Target) -> Result<Option<(Id<Subscription>, bool)>, DbError> {
    let site = tx.site()?;
    tx.find(sql!("SELECT id, confirmed_at FROM subscription WHERE site_id = $1 AND reader_id = $2 AND target = $3"), &[&site, &reader, &target.text()], |row| {
        Ok((row.get(0)?, row.get::<Option<Instant>>(1)?.is_some()))
    })
}

/// What a new subscription is.
#[derive(Debug, Clone)]
pub struct New<'a> {
    /// What it is about.
    pub target: &'a Target,
    /// What it is called.
    pub name: &'a str,
    /// How often it speaks.
    pub frequency: Frequency,
}

/// A new subscription that speaks from now on. One that the reader has or asked for already takes the new frequency.
///
/// # Errors
/// What the database reports.
pub fn insert(tx: &mut Tx<'_>, reader: Id<Reader>, new: &New<'_>) -> Result<(), DbError> {
    let (site, now, secret) = (tx.site()?, tx.now()?, Token::random()?.text());
    tx.execute(
        sql!(
            "INSERT INTO subscription (site_id, reader_id, target, name, frequency, feed_secret, confirmed_at, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT (reader_id, target) DO UPDATE SET frequency = excluded.frequency, \
             confirmed_at = COALESCE(subscription.confirmed_at, excluded.confirmed_at), confirm_digest = NULL, confirm_until = NULL"
        ),
        &[&site, &reader, &new.target.text(), &new.name, &new.frequency.key(), &secret, &now],
    )?;
    Ok(())
}

/// A subscription that waits for its confirmation, and the token that confirms it. Asked for again, the earlier link ends.
///
/// # Errors
/// What the database reports.
pub fn request(tx: &mut Tx<'_>, reader: Id<Reader>, new: &New<'_>) -> Result<Token, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let (token, feed_secret) = (Token::random()?, Token::random()?.text());
    tx.execute(
        sql!(
            "INSERT INTO subscription (site_id, reader_id, target, name, frequency, feed_secret, confirm_digest, confirm_until, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (reader_id, target) DO UPDATE SET name = excluded.name, \
             frequency = excluded.frequency, confirm_digest = excluded.confirm_digest, confirm_until = excluded.confirm_until"
        ),
        &[&site, &reader, &new.target.text(), &new.name, &new.frequency.key(), &feed_secret, &token.digest(), &now.plus_seconds(rules::CONFIRM_SECONDS), &now],
    )?;
    Ok(token)
}

/// What a link asks to confirm: the subscription, its reader and the reader's secret; nothing once it has ended or was used.
///
/// # Errors
/// What the database reports.
pub fn find_requested(tx: &mut Tx<'_>, token: &str) -> Result<Option<(Listed, Id<Reader>, String)>, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.find(
        sql!(
            "SELECT s.id, s.target, s.name, s.frequency, s.feed_secret, s.reader_id, r.secret FROM subscription s \
             JOIN subscription_reader r ON r.id = s.reader_id WHERE s.site_id = $1 AND s.confirm_digest = $2 AND s.confirm_until > $3"
        ),
        &[&site, &digest_of(token), &now],
        |row| Ok((listed(row)?, row.get(5)?, row.get(6)?)),
    )
}

/// Uses a confirming link up: subscription and address are confirmed.
///
/// # Errors
/// What the database reports.
pub fn confirm(tx: &mut Tx<'_>, subscription: Id<Subscription>, reader: Id<Reader>) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!("UPDATE subscription SET confirmed_at = $3, confirm_digest = NULL, confirm_until = NULL WHERE site_id = $1 AND id = $2"),
        &[&site, &subscription, &now],
    )?;
    tx.execute(sql!("UPDATE subscription_reader SET confirmed_at = COALESCE(confirmed_at, $3) WHERE site_id = $1 AND id = $2"), &[&site, &reader, &now])?;
    Ok(())
}

/// Changes how often a subscription of a reader speaks. What waits for its mail waits for the new moment; what only the feed had
/// is not sent afterwards. False if the reader has no such subscription.
///
/// # Errors
/// What the database reports.
pub fn set_frequency(tx: &mut Tx<'_>, reader: &Reader, id: Id<Subscription>, frequency: Frequency, zone: &TimeZone) -> Result<bool, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let changed = tx.execute(
        sql!("UPDATE subscription SET frequency = $4 WHERE site_id = $1 AND reader_id = $2 AND id = $3 AND confirmed_at IS NOT NULL"),
        &[&site, &reader.id, &id, &frequency.key()],
    )?;
    tx.execute(
        sql!("UPDATE subscription_news SET due_at = $4 WHERE site_id = $1 AND reader_id = $2 AND subscription_id = $3 AND due_at IS NOT NULL"),
        &[&site, &reader.id, &id, &reader.schedule.due(frequency, now, zone)],
    )?;
    Ok(changed == 1)
}

/// A subscription as the matching needs it.
#[derive(Debug, Clone)]
pub struct Open {
    /// The row.
    pub id: i64,
    /// What it is about.
    pub target: Target,
    /// How often it speaks; [`Frequency::Feed`] also while its reader's mails rest.
    pub frequency: Frequency,
    /// When its reader's mails go out.
    pub schedule: Schedule,
    /// From when on news counts.
    pub confirmed_at: Instant,
}

/// All confirmed subscriptions of this site.
///
/// # Errors
/// What the database reports.
pub fn list_open(tx: &mut Tx<'_>) -> Result<Vec<Open>, DbError> {
    let site = tx.site()?;
    let rows = tx.list(
        sql!(
            "SELECT s.id, s.target, s.frequency, r.hour, r.weekday, s.confirmed_at, r.paused_at FROM subscription s \
             JOIN subscription_reader r ON r.id = s.reader_id \
             WHERE s.site_id = $1 AND s.confirmed_at IS NOT NULL AND r.confirmed_at IS NOT NULL ORDER BY s.id"
        ),
        &[&site],
        |row| {
            let (target, frequency): (String, String) = (row.get(1)?, row.get(2)?);
            let paused: Option<Instant> = row.get(6)?;
            let frequency = if paused.is_some() { Frequency::Feed } else { Frequency::new(&frequency).unwrap_or(Frequency::Feed) };
            let schedule = Schedule::new(row.get(3)?, row.get(4)?).unwrap_or(Schedule::USUAL);
            // One that a newer program wrote is left to it.
            Ok(Target::parse(&target).ok().map(|target| (target, frequency, schedule)).zip(Some((row.get(0)?, row.get(5)?))))
        },
    )?;
    Ok(rows.into_iter().flatten().map(|((target, frequency, schedule), (id, confirmed_at))| Open { id, target, frequency, schedule, confirmed_at }).collect())
}
