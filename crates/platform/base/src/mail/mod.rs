//! Mail: written in the transaction of its cause, sent by a job, at least once, with the same Message-ID each time.
//!
//! Owns the table `mail`. Knows no occasion for writing: rooms hand in subject and text, and are told when a mail came back.
//! Read in this order: [`enqueue`], [`Mailer`], [`message`], [`smtp`], [`returned`].

pub mod message;
pub mod returned;
pub mod smtp;
mod store;

pub use returned::{Cause, OnReturned, Returned};
pub use smtp::{Encryption, Failure, Smtp};
pub use store::{PERSONAL, Waiting, count_unsent, delete_old, list_unsent};

use crate::jobs::{self, JobContext, JobError, NewJob, Outcome};
use crate::web::error::AppError;
use allmende_core::{Id, Instant, Language, Refusal, Site};
use allmende_db::{DbError, Tx};
use askama::Template;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Duration;

/// The kind of job that sends a mail.
pub const JOB: &str = "mail";
/// With waits of five minutes at the most this is about two days.
const ATTEMPTS_MAX: i64 = 600;
/// After a server could not be reached, other mails do not try it for so long.
const REST: Duration = Duration::from_secs(10);
/// Mails that were read together are sent within this time; the others are read again.
const TOGETHER: Duration = Duration::from_secs(1);

/// Marker of a row of the table `mail`.
#[derive(Debug)]
pub enum QueuedMail {}

/// A mail to one person.
#[derive(Clone)]
pub struct Mail {
    /// The address, without a name: `ida@example.org`.
    pub to: String,
    /// One line, 1 to 200 characters.
    pub subject: String,
    /// The plain text; lines end with `\n`.
    pub text: String,
    /// The same as HTML, without head and frame; headings begin at `h2`. Its author is the program: it is not cleaned.
    pub html: Option<String>,
    /// The language of subject and text.
    pub language: Language,
}

/// How addresses are compared: in small letters, without what stands around them.
#[must_use]
pub fn folded(address: &str) -> String {
    address.trim().to_lowercase()
}

/// Checks that a text is one mail address and nothing else.
///
/// # Errors
/// `mail-address` for anything but `local@domain` of at most 254 characters without line breaks, spaces or names.
pub fn check_address(address: &str) -> Result<(), Refusal> {
    let refused = Refusal::new("mail-address");
    let strange = |letter: char| letter.is_control() || letter.is_whitespace() || matches!(letter, '<' | '>' | ',' | ';' | '"');
    if address.len() > 254 || address.contains(strange) {
        return Err(refused);
    }
    address.parse::<lettre::Address>().map(|_| ()).map_err(|_| refused)
}

fn check_subject(subject: &str) -> Result<(), Refusal> {
    let is_line = (1..=200).contains(&subject.chars().count()) && !subject.contains(char::is_control);
    if is_line { Ok(()) } else { Err(Refusal::new("mail-subject")) }
}

#[derive(Template)]
#[template(path = "mail.html")]
struct HtmlPart<'a> {
    language: &'static str,
    subject: &'a str,
    content: &'a str,
    site: &'a str,
    address: &'a str,
}

/// Writes a mail of this site and the job that sends it.
///
/// # Errors
/// `mail-address` or `mail-subject` refused; what the database reports, also outside a site.
pub fn enqueue(tx: &mut Tx<'_>, mail: &Mail) -> Result<Id<QueuedMail>, AppError> {
    write(tx, mail, None)
}

/// [`enqueue`] for mails that come without being asked for each time. `unsubscribe_url` is an address of this site where one
/// press stops them: it takes a `POST` with `List-Unsubscribe=One-Click` from mail programs (RFC 8058).
///
/// # Errors
/// As [`enqueue`].
pub fn enqueue_stoppable(tx: &mut Tx<'_>, mail: &Mail, unsubscribe_url: &str) -> Result<Id<QueuedMail>, AppError> {
    write(tx, mail, Some(unsubscribe_url))
}

fn write(tx: &mut Tx<'_>, mail: &Mail, unsubscribe_url: Option<&str>) -> Result<Id<QueuedMail>, AppError> {
    check_address(&mail.to)?;
    check_subject(&mail.subject)?;
    let html = match &mail.html {
        None => None,
        Some(content) => {
            let sender = store::find_sender(tx)?;
            let part = HtmlPart { language: mail.language.tag(), subject: &mail.subject, content, site: &sender.name, address: &sender.base_url };
            Some(part.render().map_err(anyhow::Error::from)?)
        }
    };
    let id = store::insert(tx, mail, html.as_deref(), unsubscribe_url)?;
    let job = NewJob { unique_key: Some(format!("mail:{id}")), attempts_max: ATTEMPTS_MAX, ..NewJob::new(JOB, id.to_string()) };
    jobs::enqueue_later(tx, &job)?;
    Ok(id)
}

/// How mails leave the house.
#[derive(Debug, Clone)]
pub enum Delivery {
    /// Not set up: mails wait.
    Unset,
    /// Files `ID.eml` in a folder, for tests and for trying out.
    Folder(PathBuf),
    /// A mail server.
    Smtp(Smtp),
}

/// What the operator set for mail.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How mails leave the house.
    pub delivery: Delivery,
    /// The address from which sites write; empty while mail is not set up. The name beside it is the site's.
    pub from: String,
    /// Another address for some sites, by their key.
    pub from_of_site: BTreeMap<String, String>,
}

/// Sends mails.
pub struct Mailer {
    settings: Settings,
    transport: Option<lettre::SmtpTransport>,
    listeners: &'static [OnReturned],
    resting_until: Mutex<Option<std::time::Instant>>,
}

impl Mailer {
    /// Prepares sending; no connection is made yet.
    ///
    /// # Errors
    /// `Failure::Later` for a server name that TLS cannot check.
    pub fn new(settings: Settings) -> Result<Self, Failure> {
        let transport = match &settings.delivery {
            Delivery::Smtp(smtp) => Some(smtp.transport()?),
            Delivery::Unset | Delivery::Folder(_) => None,
        };
        Ok(Self { settings, transport, listeners: &[], resting_until: Mutex::new(None) })
    }

    /// Tells these when a mail server refuses a mail for good.
    #[must_use]
    pub const fn telling(mut self, listeners: &'static [OnReturned]) -> Self {
        self.listeners = listeners;
        self
    }

    /// The handler of [`JOB`]: sends the mails whose ids are the payloads, unless they were sent. Each ends for itself: transient while the
    /// server cannot be reached or asks to come back, permanent when it refuses the mail.
    pub fn handle(&self, jobs: &[(JobContext, String)]) -> Vec<Result<Outcome, JobError>> {
        let Some((context, _)) = jobs.first() else { return Vec::new() };
        let mut of_site: BTreeMap<Id<Site>, Vec<i64>> = BTreeMap::new();
        for (context, payload) in jobs {
            if let (Some(site), Ok(id)) = (context.site, payload.parse()) {
                of_site.entry(site).or_default().push(id);
            }
        }
        let ended: HashMap<i64, Result<Outcome, JobError>> = of_site.into_iter().flat_map(|(site, ids)| self.send_all(context, site, ids)).collect();
        let result_of = |(context, payload): &(JobContext, String)| {
            let id: i64 = payload.parse().map_err(|_| JobError::Permanent("the payload is no number".to_owned()))?;
            context.site.ok_or_else(|| JobError::Permanent("a mail without a site".to_owned()))?;
            // What was sent before or is there no longer is done.
            ended.get(&id).cloned().unwrap_or(Ok(Outcome::Done))
        };
        jobs.iter().map(result_of).collect()
    }

    /// Sends mails of one site and marks them in one transaction. A slow server gets them one by one: nobody's mail should go out long after
    /// they were erased, and few should go out again should the program end.
    fn send_all(&self, context: &JobContext, site: Id<Site>, ids: Vec<i64>) -> Vec<(i64, Result<Outcome, JobError>)> {
        let wanted = ids.clone();
        let read = context.db.read_blocking::<_, DbError>(site, move |tx| Ok((store::list_to_send(tx, &wanted)?, store::find_sender(tx)?)));
        let (mails, sender) = match read.map_err(JobError::from) {
            Ok(read) => read,
            Err(error) => return ids.into_iter().map(|id| (id, Err(error.clone()))).collect(),
        };
        let begun = std::time::Instant::now();
        let mut ended: Vec<(i64, Result<Outcome, JobError>)> = Vec::with_capacity(mails.len());
        for mail in &mails {
            let is_for_later = !ended.is_empty() && !self.rests() && (context.should_stop() || begun.elapsed() > TOGETHER);
            let result = if is_for_later { Ok(Outcome::Later(0)) } else { jobs::guarded(|| self.send(context, site, mail, &sender)) };
            ended.push((mail.id.get(), result));
        }
        let sent: Vec<i64> = ended.iter().filter(|(_, result)| *result == Ok(Outcome::Done)).map(|(id, _)| *id).collect();
        if !sent.is_empty()
            && let Err(error) = context.db.write_blocking::<_, DbError>(site, move |tx| store::mark_sent(tx, &sent))
        {
            let error = JobError::from(error);
            ended.iter_mut().filter(|(_, result)| *result == Ok(Outcome::Done)).for_each(|(_, result)| *result = Err(error.clone()));
        }
        ended
    }

    fn send(&self, context: &JobContext, site: Id<Site>, mail: &Stored, sender: &Sender) -> Result<Outcome, JobError> {
        let (id, from) = (mail.id, self.settings.from_of_site.get(&sender.key).unwrap_or(&self.settings.from));
        let message = message::build(mail, sender, from).map_err(JobError::Permanent)?;
        let result = self.deliver(id, &message);
        let outcome = match &result {
            Ok(()) => "sent",
            Err(Failure::Never(_)) => "refused",
            Err(Failure::Later(_) | Failure::Unreachable(_)) => "later",
        };
        metrics::counter!("allmende_mails_total", "outcome" => outcome).increment(1);
        // Servers like to repeat the address; the queue's page shows causes, not people.
        let quiet = |text: &str| text.replace(&mail.recipient, "…");
        match result {
            Ok(()) => Ok(Outcome::Done),
            Err(Failure::Never(text)) => {
                let status = returned::status_in(&text).unwrap_or_else(|| "5.0.0".to_owned());
                let listeners = self.listeners;
                context.db.write_blocking::<_, DbError>(site, move |tx| returned::keep(tx, id, Cause::Refused, &status, listeners).map(|_| ()))?;
                Err(JobError::Permanent(quiet(&text)))
            }
            Err(Failure::Later(text) | Failure::Unreachable(text)) => Err(JobError::Transient(quiet(&text))),
        }
    }

    fn deliver(&self, id: Id<QueuedMail>, message: &lettre::Message) -> Result<(), Failure> {
        match (&self.settings.delivery, &self.transport) {
            (Delivery::Folder(folder), _) => write_file(folder, id, message).map_err(|error| Failure::Later(format!("the folder for mails: {error}"))),
            (Delivery::Smtp(_), Some(transport)) => {
                if self.rests() {
                    return Err(Failure::Later("the mail server could not be reached a moment ago".to_owned()));
                }
                let sent = smtp::send(transport, message);
                if let (Err(Failure::Unreachable(_)), Ok(mut slot)) = (&sent, self.resting_until.lock()) {
                    *slot = Some(std::time::Instant::now() + REST);
                }
                sent
            }
            _ => Err(Failure::Later("mail is not set up: see `mail` in the configuration".to_owned())),
        }
    }

    fn rests(&self) -> bool {
        self.resting_until.lock().is_ok_and(|slot| slot.is_some_and(|until| std::time::Instant::now() < until))
    }
}

/// Writes under another name first: who watches the folder never sees half a mail.
fn write_file(folder: &std::path::Path, id: Id<QueuedMail>, message: &lettre::Message) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let unfinished = folder.join(format!("{id}.part"));
    std::fs::write(&unfinished, message.formatted())?;
    std::fs::rename(unfinished, folder.join(format!("{id}.eml")))
}

/// A mail as the database holds it.
pub(crate) struct Stored {
    pub id: Id<QueuedMail>,
    pub recipient: String,
    pub subject: String,
    pub text: String,
    pub html: Option<String>,
    pub created_at: Instant,
    pub unsubscribe_url: Option<String>,
}

/// What of a site stands in its mails.
pub(crate) struct Sender {
    pub key: String,
    pub name: String,
    pub base_url: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_address_and_nothing_else() {
        let check = |address: &str, allowed: bool| assert_eq!(check_address(address).is_ok(), allowed, "{address:?}");
        check("ida@example.org", true);
        check("ida.m+rat@sub.example.org", true);
        check("jörg@müllerstadt.example", true);
        check("", false);
        check("ida", false);
        check("ida@", false);
        check("@example.org", false);
        check("ida@example.org\r\nBcc: all@example.org", false);
        check("ida@example.org\n", false);
        check("Ida <ida@example.org>", false);
        check("ida@example.org,otto@example.org", false);
        check("ida m@example.org", false);
        check(&format!("{}@example.org", "a".repeat(64)), true);
        check(&format!("{}@{}.org", "a".repeat(64), "b.".repeat(100)), false);
    }

    #[test]
    fn a_subject_is_one_line() {
        let check = |subject: &str, allowed: bool| assert_eq!(check_subject(subject).is_ok(), allowed, "{subject:?}");
        check("Ihr Konto", true);
        check(&"ä".repeat(200), true);
        check(&"ä".repeat(201), false);
        check("", false);
        check("Ihr Konto\r\nBcc: all@example.org", false);
        check("Ihr Konto\u{0}", false);
    }
}
