//! Mails: the link that confirms a request, and what became of it.
//!
//! The first holds no word that somebody typed but the title of a public undertaking: nobody can send words of their own through
//! this house to others. The answer goes out as a job in portions, to each person once.

use crate::store::{askers, requests};
use allmende_db::{DbError, Scope, Tx};
use allmende_platform::AppError;
use allmende_platform::jobs::{JobContext, JobError, Outcome};
use allmende_platform::mail::{self, Mail};
use allmende_platform::sessions::Token;
use allmende_platform::sites::{self, Settings};
use allmende_platform::texts::{Speaker, Texts};

/// The kind of job that tells who asked of the answer.
pub const JOB: &str = "undertaking-answer";
/// Mails written in one transaction.
const TOGETHER: i64 = 100;
/// Characters of a title in a mail's subject.
const SUBJECT_CHARS_MAX: usize = 120;

fn cut(text: &str) -> String {
    if text.chars().count() <= SUBJECT_CHARS_MAX {
        return text.to_owned();
    }
    text.chars().take(SUBJECT_CHARS_MAX - 1).chain(std::iter::once('…')).collect()
}

/// Asks whether somebody really asks to take part.
///
/// # Errors
/// As [`mail::enqueue`].
pub fn send_confirm(tx: &mut Tx<'_>, t: Speaker, site: &Settings, to: &str, title: &str, token: &Token) -> Result<(), AppError> {
    let link = format!("{}/vorhaben/anfrage/bestaetigen?schluessel={}", site.base_url, token.text());
    let title = cut(title);
    let args = [("site", (&site.name).into()), ("link", (&link).into()), ("title", (&title).into())];
    let mail = Mail {
        to: to.to_owned(),
        subject: t.with("undertaking-mail-confirm-subject", &args),
        text: t.with("undertaking-mail-confirm-text", &args),
        html: None,
        language: t.language(),
    };
    mail::enqueue(tx, &mail).map(|_| ())
}

/// The handler of [`JOB`]: writes a mail to everybody who asked and was not told yet. Done twice it does nothing more.
///
/// # Errors
/// Transient, if the database cannot answer; permanent for a job without site or request.
pub fn handle(context: &JobContext, payload: &str, texts: &'static Texts) -> Result<Outcome, JobError> {
    let (Some(id), Ok(request)) = (context.site, payload.parse::<i64>()) else { return Err(JobError::Permanent("no request".to_owned())) };
    let sites = context.db.read_blocking::<_, DbError>(Scope::Installation, sites::list)?;
    let Some(site) = sites.into_iter().find(|site| site.id == id) else { return Err(JobError::Permanent("no site".to_owned())) };
    let told = context.db.write_blocking::<_, AppError>(id, move |tx| tell(tx, &site, texts, request)).map_err(told_error)?;
    Ok(if told == TOGETHER { Outcome::Later(0) } else { Outcome::Done })
}

/// What the administrator's page shows: the cause, which names no person.
fn told_error(error: AppError) -> JobError {
    match error {
        AppError::Internal(cause) => JobError::Transient(format!("{cause:#}")),
        other => JobError::Transient(other.to_string()),
    }
}

/// Writes the next mails of a request. Returns how many people were told.
///
/// # Errors
/// What the database reports.
pub fn tell(tx: &mut Tx<'_>, site: &Settings, texts: &'static Texts, request: i64) -> Result<i64, AppError> {
    let Some(found) = requests::find(tx, request)? else { return Ok(0) };
    let Some((is_yes, text, _)) = &found.answer else { return Ok(0) };
    let untold = askers::list_untold(tx, request, TOGETHER)?;
    for (row, email, language) in &untold {
        let t = texts.speak(*language);
        let (link, title) = (format!("{}{}", site.base_url, found.path()), cut(&found.title));
        let args = [("site", (&site.name).into()), ("link", (&link).into()), ("title", (&title).into()), ("answer", text.into())];
        let key = if *is_yes { "undertaking-mail-yes-text" } else { "undertaking-mail-no-text" };
        let mail =
            Mail { to: email.clone(), subject: t.with("undertaking-mail-answer-subject", &args), text: t.with(key, &args), html: None, language: *language };
        mail::enqueue(tx, &mail)?;
        askers::mark_told(tx, *row)?;
    }
    Ok(i64::try_from(untold.len()).unwrap_or(i64::MAX))
}
