//! The mails of this room: the receipt for what an account sent, and the link that shows a guest's address is theirs.
//!
//! They hold no word that somebody typed, but for the title of the process: nobody can send words of their own through this house.

use crate::store::participants::Known;
use crate::store::processes::Process;
use crate::store::statements::Sent;
use allmende_db::Tx;
use allmende_platform::AppError;
use allmende_platform::dates::Dates;
use allmende_platform::mail::{self, Mail};
use allmende_platform::sessions::Token;
use allmende_platform::sites::Settings;
use allmende_platform::texts::Texts;

/// Tells an account which number their statement has, and when an answer is promised.
///
/// # Errors
/// What the database reports.
pub(super) fn send_receipt(tx: &mut Tx<'_>, texts: &'static Texts, site: &Settings, to: &Known, process: &Process, sent: &Sent) -> Result<(), AppError> {
    let t = texts.speak(to.language);
    let dates = Dates::new(t, site.zone.clone(), tx.now()?);
    let promise = match sent.answer_by {
        Some(day) => t.with("dialogue-mail-answer-by", &[("day", (&dates.day(day)).into())]),
        None => String::new(),
    };
    let link = format!("{}/konto/beitraege", site.base_url);
    let args = [
        ("receipt", (&sent.receipt).into()),
        ("title", (&process.title).into()),
        ("promise", (&promise).into()),
        ("link", (&link).into()),
        ("site", (&site.name).into()),
    ];
    write(tx, to, t.with("dialogue-mail-receipt-subject", &args), t.with("dialogue-mail-receipt-text", &args))
}

/// Asks a guest whether what came in under their address is theirs.
///
/// # Errors
/// What the database reports.
pub(super) fn send_confirm(
    tx: &mut Tx<'_>,
    texts: &'static Texts,
    site: &Settings,
    to: &Known,
    process: &Process,
    sent: &Sent,
    token: &Token,
) -> Result<(), AppError> {
    let t = texts.speak(to.language);
    let link = format!("{}/beteiligung/bestaetigen?schluessel={}", site.base_url, token.text());
    let args = [("receipt", (&sent.receipt).into()), ("title", (&process.title).into()), ("link", (&link).into()), ("site", (&site.name).into())];
    write(tx, to, t.with("dialogue-mail-confirm-subject", &args), t.with("dialogue-mail-confirm-text", &args))
}

fn write(tx: &mut Tx<'_>, to: &Known, subject: String, text: String) -> Result<(), AppError> {
    let subject: String = subject.chars().filter(|sign| !sign.is_control()).take(200).collect();
    mail::enqueue(tx, &Mail { to: to.email.clone(), subject, text, html: None, language: to.language }).map(|_| ())
}
