//! What was news, for whom, and what of it went out.

use super::Subscription;
use super::readers::Reader;
use crate::news::News;
use crate::rules::Target;
use allmende_core::{Id, Instant};
use allmende_db::{DbError, Row, Tx, sql};
use std::collections::HashMap;

/// Days for which news is kept, in feeds and against telling it twice.
const KEPT_DAYS: i64 = 90;
/// Entries of a private feed.
const FEED_MAX: i64 = 50;

/// Stands for a moment that is not set yet; no other transaction ever sees it.
const UNSET: i64 = 0;

/// Marker of a row in `subscription_item`.
#[derive(Debug)]
pub enum ItemRow {}

/// The news that is kept of these things of one kind: key, and when it happened.
///
/// # Errors
/// What the database reports.
pub fn known(tx: &mut Tx<'_>, kind: &str, object_ids: &[i64]) -> Result<HashMap<String, Instant>, DbError> {
    let site = tx.site()?;
    let rows = tx.list(
        sql!("SELECT news_key, happened_at FROM subscription_item WHERE site_id = $1 AND kind = $2 AND object_id ANY_OF($3)"),
        &[&site, &kind, &object_ids],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(rows.into_iter().collect())
}

/// Keeps a piece of news; one that is kept already stays as it is. Says whether it is new.
///
/// # Errors
/// What the database reports.
pub fn keep(tx: &mut Tx<'_>, news: &News) -> Result<(Id<ItemRow>, bool), DbError> {
    let site = tx.site()?;
    let (part_of, part_of_path) = news.part_of.as_ref().map(|(title, path)| (title, path)).unzip();
    let new = tx.find(
        sql!(
            "INSERT INTO subscription_item (site_id, news_key, kind, object_id, happening, path, title, part_of, part_of_path, words, happened_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (site_id, news_key) DO NOTHING RETURNING id"
        ),
        &[&site, &news.key, &news.kind, &news.object_id, &news.happening, &news.path, &news.title, &part_of, &part_of_path, &news.words, &news.happened_at],
        |row| row.get(0),
    )?;
    if let Some(id) = new {
        return Ok((id, true));
    }
    let known = tx.find(sql!("SELECT id FROM subscription_item WHERE site_id = $1 AND news_key = $2"), &[&site, &news.key], |row| row.get(0))?;
    known.map(|id| (id, false)).ok_or(DbError::Conflict)
}

/// Ties a piece of news to subscriptions that have a feed and no mail, each once. Returns how many ties are new.
///
/// # Errors
/// What the database reports.
pub fn tell_by_feed(tx: &mut Tx<'_>, item: Id<ItemRow>, subscriptions: &[i64]) -> Result<u64, DbError> {
    if subscriptions.is_empty() {
        return Ok(0);
    }
    let site = tx.site()?;
    tx.execute(
        sql!(
            "INSERT INTO subscription_news (site_id, subscription_id, item_id, reader_id) SELECT s.site_id, s.id, CAST($2 AS BIGINT), s.reader_id \
             FROM subscription s WHERE s.site_id = $1 AND s.id ANY_OF($3) ON CONFLICT DO NOTHING"
        ),
        &[&site, &item, &subscriptions],
    )
}

/// Ties a piece of news to subscriptions whose readers get mails, each once. A reader who was told it for another subscription
/// gets no second mail. When the mails go out is said by [`set_due`], in the same transaction. Returns how many ties are new.
///
/// # Errors
/// What the database reports.
pub fn tell_by_mail(tx: &mut Tx<'_>, item: Id<ItemRow>, subscriptions: &[i64]) -> Result<u64, DbError> {
    if subscriptions.is_empty() {
        return Ok(0);
    }
    let site = tx.site()?;
    tx.execute(
        sql!(
            "INSERT INTO subscription_news (site_id, subscription_id, item_id, reader_id, due_at, sent_at) \
             SELECT t.site_id, t.id, CAST($2 AS BIGINT), t.reader_id, CASE WHEN t.sent_at IS NULL THEN CAST($4 AS BIGINT) END, t.sent_at \
             FROM (SELECT s.site_id, s.id, s.reader_id, (SELECT MIN(n.sent_at) FROM subscription_news n WHERE +n.site_id = $1 \
             AND n.item_id = $2 AND n.reader_id = s.reader_id) AS sent_at FROM subscription s WHERE s.site_id = $1 AND s.id ANY_OF($3)) AS t \
             WHERE 1 = 1 ON CONFLICT DO NOTHING"
        ),
        &[&site, &item, &subscriptions, &UNSET],
    )
}

/// Says when the mails for what [`tell_by_mail`] tied to these subscriptions go out.
///
/// # Errors
/// What the database reports.
pub fn set_due(tx: &mut Tx<'_>, subscriptions: &[i64], due_at: Instant) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(
        sql!("UPDATE subscription_news SET due_at = $2 WHERE +site_id = $1 AND subscription_id ANY_OF($3) AND +due_at = $4"),
        &[&site, &due_at, &subscriptions, &UNSET],
    )?;
    Ok(())
}

/// Takes the words of a thing that is public no longer out of everything that was or will be told of it.
///
/// # Errors
/// What the database reports.
pub fn silence(tx: &mut Tx<'_>, kind: &str, object_ids: &[i64]) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(
        sql!(
            "UPDATE subscription_item SET title = '', path = '', words = NULL, part_of = NULL, part_of_path = NULL \
             WHERE site_id = $1 AND kind = $2 AND object_id ANY_OF($3)"
        ),
        &[&site, &kind, &object_ids],
    )?;
    Ok(())
}

/// A piece of news as mails and feeds show it.
#[derive(Debug, Clone)]
pub struct Item {
    /// The row.
    pub id: i64,
    /// The thing's kind.
    pub kind: String,
    /// The number of the thing's row.
    pub object_id: i64,
    /// What happened.
    pub happening: String,
    /// The thing's page; empty if it has none.
    pub path: String,
    /// Its title; empty if it is public no longer.
    pub title: String,
    /// What it is a part of: title and address.
    pub part_of: Option<(String, String)>,
    /// The result, or why, in words.
    pub words: Option<String>,
    /// When it happened.
    pub happened_at: Instant,
}

fn item(row: &Row<'_>) -> Result<Item, DbError> {
    let part_of: Option<String> = row.get(6)?;
    let part_of_path: Option<String> = row.get(7)?;
    Ok(Item {
        id: row.get(0)?,
        kind: row.get(1)?,
        object_id: row.get(2)?,
        happening: row.get(3)?,
        path: row.get(4)?,
        title: row.get(5)?,
        part_of: part_of.zip(part_of_path),
        words: row.get(8)?,
        happened_at: row.get(9)?,
    })
}

/// Readers of this site to whom a mail is due, at most `limit`.
///
/// # Errors
/// What the database reports.
pub fn list_due(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Id<Reader>>, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.list(
        sql!(
            "SELECT DISTINCT n.reader_id FROM subscription_news n JOIN subscription_reader r ON r.id = n.reader_id \
             LEFT JOIN person p ON p.id = r.person_id \
             WHERE n.site_id = $1 AND n.due_at <= $2 AND r.confirmed_at IS NOT NULL AND r.paused_at IS NULL \
             AND p.blocked_at IS NULL ORDER BY n.reader_id LIMIT $3"
        ),
        &[&site, &now, &limit],
        |row| row.get(0),
    )
}

/// A piece of news and one of the subscriptions that it is told for.
#[derive(Debug, Clone)]
pub struct Owed {
    /// The news.
    pub item: Item,
    /// The subscription.
    pub subscription: Id<Subscription>,
    /// What the subscription is called.
    pub name: String,
    /// What it is about.
    pub target: Target,
}

/// What is owed to a reader now: everything due, with all subscriptions of the reader that wait for the same news, newest first.
///
/// # Errors
/// What the database reports.
pub fn list_owed(tx: &mut Tx<'_>, reader: Id<Reader>) -> Result<Vec<Owed>, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let rows = tx.list(
        sql!(
            "SELECT i.id, i.kind, i.object_id, i.happening, i.path, i.title, i.part_of, i.part_of_path, i.words, i.happened_at, s.id, s.name, s.target \
             FROM subscription_news n JOIN subscription_item i ON i.id = n.item_id JOIN subscription s ON s.id = n.subscription_id \
             WHERE n.site_id = $1 AND n.reader_id = $2 AND n.due_at IS NOT NULL \
             AND n.item_id IN (SELECT d.item_id FROM subscription_news d WHERE d.site_id = $1 AND d.reader_id = $2 AND d.due_at <= $3) \
             ORDER BY i.happened_at DESC, i.id DESC, s.id"
        ),
        &[&site, &reader, &now],
        |row| Ok((item(row)?, row.get(10)?, row.get::<String>(11)?, row.get::<String>(12)?)),
    )?;
    Ok(rows
        .into_iter()
        .filter_map(|(item, subscription, name, target)| Some(Owed { item, subscription, name, target: Target::parse(&target).ok()? }))
        .collect())
}

/// Marks as sent what [`list_owed`] lists in the same transaction.
///
/// # Errors
/// What the database reports.
pub fn mark_sent(tx: &mut Tx<'_>, reader: Id<Reader>) -> Result<u64, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!(
            "UPDATE subscription_news SET sent_at = $3, due_at = NULL WHERE site_id = $1 AND reader_id = $2 AND due_at IS NOT NULL \
             AND item_id IN (SELECT d.item_id FROM subscription_news d WHERE d.site_id = $1 AND d.reader_id = $2 AND d.due_at <= $3)"
        ),
        &[&site, &reader, &now],
    )
}

/// The newest news of a subscription that is still public.
///
/// # Errors
/// What the database reports.
pub fn list_of(tx: &mut Tx<'_>, subscription: Id<Subscription>) -> Result<Vec<Item>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT i.id, i.kind, i.object_id, i.happening, i.path, i.title, i.part_of, i.part_of_path, i.words, i.happened_at \
             FROM subscription_news n JOIN subscription_item i ON i.id = n.item_id \
             WHERE n.site_id = $1 AND n.subscription_id = $2 AND (i.title <> '' OR i.happening = 'withdrawn') ORDER BY i.happened_at DESC, i.id DESC LIMIT $3"
        ),
        &[&site, &subscription, &FEED_MAX],
        item,
    )
}

/// Removes news older than [`KEPT_DAYS`] days, of all sites.
///
/// # Errors
/// What the database reports.
pub fn delete_old(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    let before = tx.now()?.plus_seconds(-KEPT_DAYS * 86_400);
    tx.execute(
        sql!("DELETE FROM subscription_news WHERE item_id IN (SELECT id FROM subscription_item WHERE happened_at < $1 AND site_id = site_id)"),
        &[&before],
    )?;
    tx.execute(sql!("DELETE FROM subscription_item WHERE happened_at < $1 AND site_id = site_id"), &[&before])
}
