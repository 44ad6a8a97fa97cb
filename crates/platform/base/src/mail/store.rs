//! The rows of the table `mail`.

use super::{Mail, QueuedMail, Sender, Stored};
use crate::own_rows;
use crate::personal::{Fate, Personal};
use allmende_core::{Id, Instant, Site};
use allmende_db::{DbError, Tx, sql};

/// Sent mails are kept for so many days, for questions whether one went out.
const KEEP_DAYS: i64 = 30;

pub(super) fn insert(tx: &mut Tx<'_>, mail: &Mail, html: Option<&str>, unsubscribe_url: Option<&str>) -> Result<Id<QueuedMail>, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.insert(
        sql!(
            "INSERT INTO mail (site_id, recipient, subject, text_part, html_part, created_at, unsubscribe_url) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id"
        ),
        &[&site, &mail.to, &mail.subject, &mail.text, &html, &now, &unsubscribe_url],
    )
}

/// Those of these mails that did not go out yet.
pub(super) fn list_to_send(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Stored>, DbError> {
    let site = tx.site()?;
    let statement = sql!(
        "SELECT id, recipient, subject, text_part, html_part, created_at, unsubscribe_url FROM mail WHERE id ANY_OF($1) AND +site_id = $2 AND sent_at IS NULL \
         ORDER BY id"
    );
    tx.list(statement, &[&ids, &site], |row| {
        Ok(Stored {
            id: row.get(0)?,
            recipient: row.get(1)?,
            subject: row.get(2)?,
            text: row.get(3)?,
            html: row.get(4)?,
            created_at: row.get(5)?,
            unsubscribe_url: row.get(6)?,
        })
    })
}

pub(super) fn find_sender(tx: &mut Tx<'_>) -> Result<Sender, DbError> {
    let site = tx.site()?;
    let sender = tx.find(sql!("SELECT key, name, base_url FROM site WHERE id = $1"), &[&site], |row| {
        Ok(Sender { key: row.get(0)?, name: row.get(1)?, base_url: row.get(2)? })
    })?;
    sender.ok_or(DbError::NoSite)
}

pub(super) fn mark_sent(tx: &mut Tx<'_>, ids: &[i64]) -> Result<(), DbError> {
    tx.unseen();
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(sql!("UPDATE mail SET sent_at = $3 WHERE id ANY_OF($1) AND +site_id = $2 AND sent_at IS NULL"), &[&ids, &site, &now])?;
    Ok(())
}

/// A mail that has not gone out, as an administrator sees it: without recipient and text.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The row.
    pub id: Id<QueuedMail>,
    /// When it was written.
    pub created_at: Instant,
    /// State of its job; none if somebody removed it.
    pub state: Option<String>,
    /// Why the last try did not work.
    pub last_error: Option<String>,
}

/// The newest mails of this site that have not gone out.
///
/// # Errors
/// `DbError::NoSite` outside a site; what the database reports.
pub fn list_unsent(tx: &mut Tx<'_>, rows_max: i64) -> Result<Vec<Waiting>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT m.id, m.created_at, j.state, j.last_error FROM mail m LEFT JOIN job j ON j.unique_key = 'mail:' || CAST(m.id AS TEXT) \
             WHERE m.site_id = $1 AND m.sent_at IS NULL ORDER BY m.id DESC LIMIT $2"
        ),
        &[&site, &rows_max],
        |row| Ok(Waiting { id: row.get(0)?, created_at: row.get(1)?, state: row.get(2)?, last_error: row.get(3)? }),
    )
}

/// Mails of all sites that have not gone out.
///
/// # Errors
/// What the database reports.
pub fn count_unsent(tx: &mut Tx<'_>) -> Result<i64, DbError> {
    Ok(tx.find(sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM mail WHERE sent_at IS NULL AND site_id = site_id"), &[], |row| row.get(0))?.unwrap_or(0))
}

/// Removes mails of all sites that went out more than 30 days ago, and such as never went out after four times as long.
///
/// # Errors
/// What the database reports.
pub fn delete_old(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    let now = tx.now()?;
    let (sent, never) = (now.plus_seconds(-KEEP_DAYS * 86_400), now.plus_seconds(-4 * KEEP_DAYS * 86_400));
    tx.execute(sql!("DELETE FROM mail WHERE (sent_at < $1 OR created_at < $2) AND site_id = site_id"), &[&sent, &never])
}

/// Mails to the address of an account go with it, those that wait as well; the job of such a mail finds nothing to send.
pub const PERSONAL: Personal = Personal {
    fates: |_, _| Ok(vec![Fate::goes("own-goes-mails")]),
    export: |tx, person| {
        let mails = own_rows!(
            tx,
            "mail",
            ["id", "site_id", "recipient", "subject", "text_part", "html_part", "created_at", "sent_at", "returned_at", "return_status"],
            "WHERE recipient = (SELECT email FROM person WHERE id = $1) AND recipient <> '' AND site_id = site_id ORDER BY id",
            &[&person]
        )?;
        Ok(vec![mails])
    },
    erase: |tx, person| {
        let gone = sql!("DELETE FROM mail WHERE recipient = (SELECT email FROM person WHERE id = $1) AND recipient <> '' AND site_id = site_id");
        tx.execute(gone, &[&person]).map(|_| ())
    },
    ..Personal::NOTHING
};

/// Notes that a mail came back and says to whom it went; nothing if there is no such mail or it came back before.
pub(super) fn mark_returned(tx: &mut Tx<'_>, id: Id<QueuedMail>, status: &str) -> Result<Option<String>, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.find(
        sql!("UPDATE mail SET returned_at = $3, return_status = $4 WHERE id = $1 AND site_id = $2 AND returned_at IS NULL RETURNING recipient"),
        &[&id, &site, &now, &status],
        |row| row.get(0),
    )
}

/// The site of a mail that was written at this moment: both stand in its Message-ID.
pub(super) fn find_site(tx: &mut Tx<'_>, id: Id<QueuedMail>, created_at: Instant) -> Result<Option<Id<Site>>, DbError> {
    // Of all sites: a mail that comes back names none.
    tx.find(sql!("SELECT site_id FROM mail WHERE id = $1 AND created_at = $2"), &[&id, &created_at], |row| row.get(0))
}
