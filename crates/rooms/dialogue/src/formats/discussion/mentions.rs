//! Whoever was named in a comment is told by mail: one mail with all of it, at most each hour.
//!
//! A job each few minutes; who got a mail within the last hour waits. The mail names the process and leads to the comments; it holds no
//! word that somebody typed but the title of the process.

use super::store::{self, Named};
use allmende_core::{Id, Site};
use allmende_db::{Db, Scope};
use allmende_platform::AppError;
use allmende_platform::jobs::{Every, JobContext, JobError, Outcome};
use allmende_platform::mail::{self, Mail};
use allmende_platform::sites::{self, Settings};
use allmende_platform::texts::Texts;

/// The kind of this job.
pub const JOB: &str = "dialogue-mentions";
/// When it runs.
pub const SCHEDULE: Every = Every { key: JOB, seconds: 600, kind: JOB };
/// Comments that one mail leads to.
const LINKS_MAX: usize = 20;

/// Writes the mails of all sites.
///
/// # Errors
/// What the database reports.
pub fn handle(context: &JobContext, texts: &'static Texts) -> Result<Outcome, JobError> {
    write_due(&context.db, texts).map_err(|error| JobError::Transient(error.to_string()))?;
    Ok(Outcome::Done)
}

/// Writes one mail to everybody who was named and has had none within the hour.
///
/// # Errors
/// What the database reports.
pub fn write_due(db: &Db, texts: &'static Texts) -> Result<(), AppError> {
    let sites = db.read_blocking::<_, AppError>(Scope::Installation, |tx| Ok(sites::list(tx)?))?;
    for site in sites {
        let id: Id<Site> = site.id;
        db.write_blocking::<_, AppError>(id, move |tx| {
            let named = store::list_named(tx)?;
            for of_person in named.chunk_by(|one, other| one.participant == other.participant) {
                if let Some(mail) = mail_of(&site, texts, of_person) {
                    mail::enqueue(tx, &mail)?;
                }
                of_person.iter().try_for_each(|named| store::told(tx, named))?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn mail_of(site: &Settings, texts: &'static Texts, named: &[Named]) -> Option<Mail> {
    let first = named.first()?;
    let t = texts.speak(first.language);
    let links: Vec<String> =
        named.iter().take(LINKS_MAX).map(|own| format!("{}/beteiligung/{}/kommentar/{}", site.base_url, own.process, own.comment)).collect();
    let (links, count) = (links.join("\n"), i64::try_from(named.len()).unwrap_or(i64::MAX));
    let args = [("count", count.into()), ("title", (&first.title).into()), ("links", (&links).into()), ("site", (&site.name).into())];
    let subject: String = t.with("comment-mail-mention-subject", &args).chars().filter(|sign| !sign.is_control()).take(200).collect();
    Some(Mail { to: first.email.clone(), subject, text: t.with("comment-mail-mention-text", &args), html: None, language: first.language })
}
