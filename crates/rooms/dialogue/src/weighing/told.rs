//! Each author is told what became of their statement and why: when the answers are published, and again when the council decided.
//!
//! Publishing writes notices and one job in its own transaction; the job writes the mails, one to a person with all their
//! statements, and marks the notices in the transaction of the mail. So a mail is written exactly once, and a thousand mails do not
//! hold up the desk. The mails answer what somebody sent and are no newsletter: there is nothing to unsubscribe from.

use super::store::notices::{self, Told, Waiting};
use crate::store::{PROCESS, path, statement_path};
use allmende_core::{Id, Site};
use allmende_db::{Db, Scope, Tx};
use allmende_platform::AppError;
use allmende_platform::jobs::{self, Every, JobContext, JobError, NewJob, Outcome};
use allmende_platform::mail::{self, Mail};
use allmende_platform::sites::{self, Settings};
use allmende_platform::texts::Texts;
use allmende_platform::thread::{self, Neighbour};

/// The kind of this job.
pub const JOB: &str = "weighing-mails";
/// Looks each hour whether a decision was tied to a process since, and writes what an interrupted job left.
pub const SCHEDULE: Every = Every { key: JOB, seconds: 3_600, kind: JOB };
/// The kind of a decision's node.
const DECISION: &str = "decision";
/// People in one go.
const TOGETHER: i64 = 100;

/// Writes the job that tells whoever waits, in the transaction that made them wait.
///
/// # Errors
/// What the database reports.
pub fn enqueue(tx: &mut Tx<'_>) -> Result<(), AppError> {
    jobs::enqueue(tx, &NewJob::new(JOB, String::new()))?;
    Ok(())
}

/// The handler of [`JOB`].
///
/// # Errors
/// What the database reports, to be tried again.
pub fn handle(context: &JobContext, texts: &'static Texts) -> Result<Outcome, JobError> {
    write_all(&context.db, texts).map_err(|error| JobError::Transient(error.to_string()))?;
    Ok(Outcome::Done)
}

/// Tells everybody on all sites who waits. Returns how many mails were written.
///
/// # Errors
/// What the database reports.
pub fn write_all(db: &Db, texts: &'static Texts) -> Result<usize, AppError> {
    let sites = db.read_blocking::<_, AppError>(Scope::Installation, |tx| Ok(sites::list(tx)?))?;
    let mut written = 0;
    for site in sites {
        let id: Id<Site> = site.id;
        db.write_blocking::<_, AppError>(id, note_decisions)?;
        loop {
            let waiting = db.read_blocking::<_, AppError>(id, |tx| Ok(notices::list_waiting(tx, TOGETHER)?))?;
            if waiting.is_empty() {
                break;
            }
            for one in waiting {
                let site = site.clone();
                written += usize::from(db.write_blocking::<_, AppError>(id, move |tx| tell(tx, texts, &site, &one))?);
            }
        }
    }
    Ok(written)
}

/// What names a decision for good: its address without the words of its title.
fn key(decision: &Neighbour) -> &str {
    decision.path.split('-').next().unwrap_or(&decision.path)
}

fn decisions(tx: &mut Tx<'_>, process: i64) -> Result<Vec<Neighbour>, AppError> {
    let mut all = thread::neighbours_but(tx, PROCESS, process, crate::store::STATEMENT)?;
    all.retain(|other| other.kind == DECISION);
    Ok(all)
}

/// Notes whom a decision that was tied to a process since is to be told.
fn note_decisions(tx: &mut Tx<'_>) -> Result<(), AppError> {
    for process in notices::list_answered(tx)? {
        for decision in decisions(tx, process)? {
            if !notices::knows(tx, process, key(&decision))? {
                notices::note_decided(tx, process, key(&decision))?;
            }
        }
    }
    Ok(())
}

/// Marks what one person waits for and writes their mail. Returns whether there was one to write.
fn tell(tx: &mut Tx<'_>, texts: &'static Texts, site: &Settings, to: &Waiting) -> Result<bool, AppError> {
    let told = notices::take(tx, to.participant)?;
    let Some(email) = to.email.clone().filter(|_| !told.is_empty()) else { return Ok(false) };
    let decided: Vec<Neighbour> = if told.iter().any(|one| one.decision.is_some()) { decisions(tx, to.process)? } else { Vec::new() };
    let t = texts.speak(to.language);
    let decision = told.iter().find_map(|one| one.decision.as_deref()).and_then(|own| decided.iter().find(|other| key(other) == own));
    let args = |key: &str| {
        let link = format!("{}{}", site.base_url, path(to.process, &to.title));
        let (what, at) = decision.map_or((String::new(), String::new()), |own| (own.title.clone(), format!("{}{}", site.base_url, own.path)));
        t.with(
            key,
            &[
                ("title", (&to.title).into()),
                ("link", (&link).into()),
                ("site", (&site.name).into()),
                ("decision", (&what).into()),
                ("where", (&at).into()),
                ("answers", (&answers(t, site, to.process, &told)).into()),
            ],
        )
    };
    let (subject, text) = match decision {
        Some(_) => (args("weighing-mail-decided-subject"), args("weighing-mail-decided-text")),
        None => (args("weighing-mail-subject"), args("weighing-mail-text")),
    };
    let subject: String = subject.chars().filter(|sign| !sign.is_control()).take(200).collect();
    match mail::enqueue(tx, &Mail { to: email, subject, text, html: None, language: to.language }) {
        Ok(_) => Ok(true),
        // An address that is none keeps nobody else from their mail.
        Err(AppError::Refused(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The statements of one person with their answers.
fn answers(t: allmende_platform::texts::Speaker, site: &Settings, process: i64, told: &[Told]) -> String {
    let mut out = String::new();
    let mut before = 0;
    for one in told {
        if one.number != before {
            let link = format!("{}{}", site.base_url, statement_path(process, one.number));
            out.push_str(&t.with("weighing-mail-statement", &[("number", one.number.into()), ("receipt", (&one.receipt).into()), ("link", (&link).into())]));
            out.push_str("\n\n");
            before = one.number;
        }
        if one.points > 1 {
            out.push_str(&format!("„{}“\n", crate::store::short(&one.point)));
        }
        let word = t.find(&format!("weighing-told-{}", one.code)).unwrap_or_default();
        out.push_str(&format!("{word}\n{}\n\n", one.reason.trim()));
    }
    out.trim_end().to_owned()
}
