//! The outbox: a mail and the job that sends it, written in the transaction that gives the reason for it.

use allmende_db::{DbError, Tx, sql};

/// Marker of a row in `mail`.
pub(crate) enum MailRow {}

/// A mail to one person.
pub(crate) struct Mail<'a> {
    pub to: &'a str,
    pub subject: &'a str,
    pub text: &'a str,
    pub html: Option<&'a str>,
}

/// How often sending is tried before a mail counts as failed.
const TRIES_MAX: i64 = 10;

/// Puts a mail into the outbox of this site.
pub(crate) fn enqueue(tx: &mut Tx<'_>, mail: &Mail<'_>) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let id = tx.insert::<MailRow>(
        sql!("INSERT INTO mail (site_id, recipient, subject, text_part, html_part, created_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id"),
        &[&site, &mail.to, &mail.subject, &mail.text, &mail.html, &now],
    )?;
    let payload = serde_json::json!({ "mail": id.get() }).to_string();
    tx.execute(
        sql!(
            "INSERT INTO job (site_id, kind, payload, state, run_at, attempts, attempts_max, created_at) \
             VALUES ($1, 'mail.send', $2, 'waiting', $3, 0, $4, $3)"
        ),
        &[&site, &payload, &now, &TRIES_MAX],
    )?;
    Ok(())
}
