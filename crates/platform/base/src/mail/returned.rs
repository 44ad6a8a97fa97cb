//! Mails that came back: refused while sending, or reported later by another mail server (RFC 3464).
//!
//! A report counts only if it carries the Message-ID of a mail of this house, with the moment in it: so nobody can silence a
//! stranger's mail by writing a report. Knows nothing of what rooms do then: they are told through [`OnReturned`]. Read in this
//! order: [`read_report`], [`accept`], [`keep`].

use super::{QueuedMail, store};
use allmende_core::{Id, Instant};
use allmende_db::{Db, DbError, Scope, Tx};

/// Longest report that is read, in bytes; reports quote the mail, and what counts stands before and at the head of it.
pub const REPORT_BYTES_MAX: usize = 1024 * 1024;

/// How a mail came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The mail server refused it for good while we were sending.
    Refused,
    /// A report came later.
    Bounced,
}

impl Cause {
    /// The key in the database and in texts.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Bounced => "bounced",
        }
    }
}

/// A mail that came back for good.
#[derive(Debug, Clone)]
pub struct Returned {
    /// To whom it went.
    pub recipient: String,
    /// How it came back.
    pub cause: Cause,
}

/// What a room does when a mail of the transaction's site came back, in the transaction that notes it.
pub type OnReturned = fn(&mut Tx<'_>, &Returned) -> Result<(), DbError>;

/// Notes that a mail of this site came back, once, and tells the listeners. False if that was known or there is no such mail.
///
/// # Errors
/// What the database or a listener reports.
pub fn keep(tx: &mut Tx<'_>, id: Id<QueuedMail>, cause: Cause, status: &str, listeners: &[OnReturned]) -> Result<bool, DbError> {
    let Some(recipient) = store::mark_returned(tx, id, status)? else { return Ok(false) };
    let returned = Returned { recipient, cause };
    for tell in listeners {
        tell(tx, &returned)?;
    }
    Ok(true)
}

/// What a report says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The mail, by its Message-ID.
    pub mail: Id<QueuedMail>,
    /// When that mail was written, by its Message-ID.
    pub written_at: Instant,
    /// Such as `5.1.1`.
    pub status: String,
}

/// What became of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accepted {
    /// The mail is marked and the rooms were told.
    Noted,
    /// It was noted before, or no mail of this house bears that Message-ID.
    Unknown,
    /// It is no report of a mail that failed for good.
    NoFailure,
}

/// Takes a mail that the mail server handed over and notes what it reports.
///
/// # Errors
/// What the database reports.
pub fn accept(db: &Db, bytes: &[u8], listeners: &'static [OnReturned]) -> Result<Accepted, DbError> {
    let Some(report) = read_report(&String::from_utf8_lossy(&bytes[..bytes.len().min(REPORT_BYTES_MAX)])) else { return Ok(Accepted::NoFailure) };
    let (id, written_at) = (report.mail, report.written_at);
    let Some(site) = db.read_blocking(Scope::Installation, move |tx| store::find_site(tx, id, written_at))? else { return Ok(Accepted::Unknown) };
    let is_new = db.write_blocking(site, move |tx| keep(tx, id, Cause::Bounced, &report.status, listeners))?;
    Ok(if is_new { Accepted::Noted } else { Accepted::Unknown })
}

/// Reads a delivery status notification. Nothing for any other mail, for delays, and for failures that may pass.
#[must_use]
pub fn read_report(text: &str) -> Option<Report> {
    let text = text.replace("\r\n", "\n");
    let (_, rest) = split_after(&text, "content-type: message/delivery-status")?;
    let (_, fields) = rest.split_once("\n\n")?;
    // The part ends where the next one begins; what the original mail said stands behind.
    let part = fields.split("\n--").next().unwrap_or(fields);
    let failed = part.split("\n\n").find(|group| field(group, "action").is_some_and(|action| action.eq_ignore_ascii_case("failed")))?;
    let status = field(failed, "status").filter(|status| status.starts_with("5."))?.split_whitespace().next()?.to_owned();
    let (mail, written_at) = own_message_id(fields)?;
    Some(Report { mail, written_at, status: status.chars().take(20).collect() })
}

/// What stands before and after the first place of a text, whatever its letters' case. The needle is in small letters.
fn split_after<'t>(text: &'t str, needle: &str) -> Option<(&'t str, &'t str)> {
    let at = text.to_ascii_lowercase().find(needle)?;
    Some((&text[..at], &text[at + needle.len()..]))
}

/// The value of a field in a group of header lines; continued lines are not needed for the fields that are asked for.
fn field<'t>(group: &'t str, name: &str) -> Option<&'t str> {
    group.lines().filter_map(|line| line.split_once(':')).find(|(own, _)| own.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

/// The number and the moment in the first `<mail-NUMBER.MILLIS@…>` of a text.
fn own_message_id(text: &str) -> Option<(Id<QueuedMail>, Instant)> {
    text.split("<mail-").skip(1).find_map(|rest| {
        let (number, rest) = rest.split_once('.')?;
        let (millis, _) = rest.split_once('@')?;
        Some((number.parse().ok()?, Instant::from_millis(millis.parse().ok()?)))
    })
}

/// The extended status in the answer of a mail server: `5.1.1` in `550 5.1.1 no such mailbox`.
pub(super) fn status_in(text: &str) -> Option<String> {
    let is_status = |word: &&str| {
        let parts: Vec<&str> = word.split('.').collect();
        parts.len() == 3 && parts[0] == "5" && parts.iter().all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    text.split(|letter: char| letter.is_whitespace() || matches!(letter, '(' | ')' | ':' | ',')).find(is_status).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(action: &str, status: &str, original: &str) -> String {
        format!(
            "From: MAILER-DAEMON@mx.example\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"B\"\r\n\r\n\
             --B\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n\r\n\
             --B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
             Final-Recipient: rfc822; ida@example.org\r\nAction: {action}\r\nStatus: {status}\r\nDiagnostic-Code: smtp; 550 no\r\n\r\n\
             --B\r\nContent-Type: text/rfc822-headers\r\n\r\n{original}\r\n\r\n--B--\r\n"
        )
    }

    const ORIGINAL: &str = "Subject: Neues\r\nMessage-ID: <mail-7.1780000000000@muehlau.example>";

    #[test]
    fn a_report_of_a_failure_for_good_names_the_mail() {
        let read = read_report(&report("failed", "5.1.1", ORIGINAL));
        assert_eq!(read, Some(Report { mail: Id::new(7), written_at: Instant::from_millis(1_780_000_000_000), status: "5.1.1".to_owned() }));
        assert!(read_report(&report("Failed", "5.7.1 (policy)", &ORIGINAL.replace("Message-ID", "message-id"))).is_some());
    }

    #[test]
    fn delays_successes_and_mails_of_others_are_no_failures() {
        for (action, status, original) in [
            ("delayed", "4.4.1", ORIGINAL),
            ("delivered", "2.0.0", ORIGINAL),
            ("failed", "4.2.2", ORIGINAL),
            ("failed", "5.1.1", "Message-ID: <other@example.org>"),
            ("failed", "5.1.1", "Message-ID: <mail-7@muehlau.example>"),
        ] {
            assert_eq!(read_report(&report(action, status, original)), None, "{action} {status} {original}");
        }
        assert_eq!(read_report("Subject: Abwesend\n\nAction: failed\nStatus: 5.1.1\n<mail-7.1780000000000@x>"), None);
        assert_eq!(read_report(""), None);
    }

    #[test]
    fn only_the_failed_one_of_several_recipients_counts() {
        let text = report("delivered", "2.0.0\r\n\r\nFinal-Recipient: rfc822; otto@example.org\r\nAction: failed\r\nStatus: 5.2.1", ORIGINAL);
        assert_eq!(read_report(&text).map(|report| report.status).as_deref(), Some("5.2.1"));
    }

    #[test]
    fn the_status_is_found_in_an_answer() {
        assert_eq!(status_in("permanent error (550): 5.1.1 <x>: no such mailbox").as_deref(), Some("5.1.1"));
        assert_eq!(status_in("550 no").as_deref(), None);
        assert_eq!(status_in("from 10.0.0.1").as_deref(), None);
    }
}
