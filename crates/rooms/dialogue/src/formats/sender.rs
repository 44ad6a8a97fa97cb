//! Who sends a contribution: an account, or a guest with a name and an address that a mail confirms. Used by statements, ideas and
//! comments.
//!
//! The same rules for all of them: the database's clock decides, the guard of the form stands before everything else, and what is to
//! be looked at first waits. Read in this order: [`Writing`], [`Sender::read`], [`Sender::admit`].

use super::confirm;
use crate::audience::entry::{self, Author, Entry};
use crate::audience::rules::needs_address;
use crate::care;
use crate::care::question::{self, Question};
use crate::pages::parameter;
use crate::rules::{self, Act, NAME_CHARS, State, may_take_part};
use crate::store::participants::{self, Known, Participant};
use crate::store::phases::{self, Phase};
use crate::store::processes::Process;
use allmende_core::{Id, Instant, Refusal};
use allmende_db::Tx;
use allmende_platform::dates::Dates;
use allmende_platform::mail::{self, Mail};
use allmende_platform::sessions::Token;
use allmende_platform::web::guard::{Issued, Suspicion};
use allmende_platform::web::routes::encode;
use allmende_platform::web::{Fields, Form, Guard, Shell};
use allmende_platform::{App, AppError, Ctx};
use std::collections::HashMap;

/// What every form of a contribution brings besides its words.
pub(crate) struct Sender {
    name: String,
    email: Option<String>,
    /// What confirms that the address is theirs.
    pub token: Token,
}

/// A contribution that somebody wants to make.
pub(crate) struct Attempt<'a> {
    pub ctx: &'a Ctx,
    /// The guard of its form.
    pub guard: &'a Guard,
    /// What was sent.
    pub fields: &'a Fields,
    pub process: &'a Process,
    pub part: i64,
    pub act: Act,
    /// Its words.
    pub text: &'a str,
}

/// The guard of a form of this room. One household sends less than one that has accounts: a school is one client.
pub(crate) fn guard(app: &App, ctx: &Ctx, form: &'static str) -> Guard {
    let sends_max = if ctx.actor.person().is_some() { rules::CLIENT_SENDS_AN_HOUR_MAX } else { rules::SENDS_AN_HOUR_MAX };
    Guard::new(app, ctx, form).at_most(sends_max)
}

impl Sender {
    /// From a form; what was refused stands beside its field.
    pub fn read(ctx: &Ctx, fields: &Fields) -> Result<(Self, Vec<Refusal>), AppError> {
        let is_guest = ctx.actor.person().is_none();
        let (name, email) = if is_guest { (fields.line("name"), fields.line("email")) } else { (String::new(), String::new()) };
        let mut refusals = Vec::new();
        if is_guest && !NAME_CHARS.contains(&name.chars().count()) {
            refusals.push(Refusal::of_field("name", "dialogue-name-length"));
        }
        if is_guest && !email.is_empty() && mail::check_address(&email).is_err() {
            refusals.push(Refusal::of_field("email", "mail-address"));
        }
        Ok((Self { name, email: Some(email).filter(|email| !email.is_empty()), token: Token::random()? }, refusals))
    }

    /// Whether this act is allowed now, first in a writing closure; counts the send, and says where the contribution stands at first.
    pub fn admit(&self, tx: &mut Tx<'_>, attempt: &Attempt<'_>) -> Result<Admitted, AppError> {
        let (ctx, process) = (attempt.ctx, attempt.process);
        let periods = phases::periods_of(&phases::list(tx, process.id)?, Some(attempt.part));
        let passed = attempt.guard.check(tx, attempt.fields)?;
        let entry = Entry::read(tx, ctx, process, self.email.as_deref())?;
        may_take_part(attempt.act, &periods, &process.audience, &entry.proof, tx.now()?)?;
        if let Some(person) = ctx.actor.person() {
            attempt.guard.check_person(tx, &format!("person {person}"), rules::SENDS_AN_HOUR_MAX)?;
        }
        let (Author { name, participant, known }, is_guest) = (entry.author(tx, ctx, process, &self.name)?, ctx.actor.person().is_none());
        // A mail that somebody confirms, or a pass, shows more than the work of a browser does.
        let is_suspect = passed.suspicion == Suspicion::NoWork && participant.is_none();
        let waits = is_suspect || care::waits(tx, attempt.text, participant, &ctx.actor)?;
        let state = State::first(known.is_some() && is_guest, process.is_moderated_before || waits);
        Ok(Admitted { name, participant, known, state, is_guest, once: passed.once })
    }

    /// Writes the mail for what was sent: a receipt for an account, the link that confirms for a guest. It holds no word that somebody
    /// typed, but for the title of the process: nobody can send words of their own through this house. What waits for its link is seen
    /// by nobody: nothing that was read before is outdated by it.
    pub fn tell(&self, tx: &mut Tx<'_>, app: &App, ctx: &Ctx, process: &Process, admitted: &Admitted, sent: &Told<'_>) -> Result<(), AppError> {
        let Some(to) = &admitted.known else { return Ok(()) };
        if admitted.is_guest {
            participants::insert_confirmation(tx, to.id, sent.kind, sent.id, &self.token)?;
            if admitted.state == State::Unconfirmed {
                tx.unseen();
            }
        } else if sent.receipt.is_none() {
            return Ok(());
        }
        let (t, site) = (app.parts.texts.speak(to.language), &ctx.site);
        let dates = Dates::new(t, site.zone.clone(), tx.now()?);
        let link = match (admitted.is_guest, admitted.state) {
            (true, _) => format!("{}{}?schluessel={}", site.base_url, confirm::PATH, self.token.text()),
            (false, State::Public) => format!("{}{}", site.base_url, sent.path),
            // Nobody but its author finds it yet, on the page of the account.
            (false, _) => format!("{}/konto/beitraege", site.base_url),
        };
        // Who has to confirm first is promised nothing yet.
        let answer_by = sent.answer_by.filter(|_| !admitted.is_guest);
        let promise = answer_by.map(|day| t.with("format-mail-answer-by", &[("day", (&dates.day(day)).into())])).unwrap_or_default();
        let number = sent.receipt.map(|receipt| t.with("format-mail-number", &[("receipt", receipt.into())])).unwrap_or_default();
        let facts = number + &promise;
        let args = [
            ("receipt", sent.receipt.unwrap_or_default().into()),
            ("facts", (&facts).into()),
            ("title", (&process.title).into()),
            ("link", (&link).into()),
            ("site", (&site.name).into()),
        ];
        let (subject, text) = if admitted.is_guest {
            (t.with("format-mail-confirm-subject", &args), t.with("format-mail-confirm-text", &args))
        } else {
            (t.with("format-mail-receipt-subject", &args), t.with("format-mail-receipt-text", &args))
        };
        let subject: String = subject.chars().filter(|sign| !sign.is_control()).take(200).collect();
        mail::enqueue(tx, &Mail { to: to.email.clone(), subject, text, html: None, language: to.language })?;
        Ok(())
    }
}

/// What the mail needs to know of what was sent.
pub(crate) struct Told<'a> {
    /// `statement`, `idea` or `comment`.
    pub kind: &'static str,
    /// Its row.
    pub id: i64,
    /// Its receipt number; a comment has none.
    pub receipt: Option<&'a str>,
    /// Until when an answer is promised.
    pub answer_by: Option<jiff::civil::Date>,
    /// Its page.
    pub path: String,
}

/// Somebody who may send.
pub(crate) struct Admitted {
    /// The name that the public reads.
    pub name: String,
    /// Who it is in this process.
    pub participant: Option<Id<Participant>>,
    /// Whom to write to.
    pub known: Option<Known>,
    /// Where the contribution stands at first.
    pub state: State,
    /// Whether it is a guest, who confirms by mail.
    pub is_guest: bool,
    /// What makes the contribution one, however often the form is sent.
    pub once: String,
}

/// Whether a reader could do something now, and what the page says if not.
pub(crate) struct Open {
    /// Whether the form is shown.
    pub is_open: bool,
    /// Why it is not.
    pub closed: Option<&'static str>,
    /// Where one shows what is missing.
    pub way_in: Option<String>,
    /// Where one signs in, if that is what is missing.
    pub sign_in: Option<String>,
}

impl Open {
    /// What a page shows of an act, before anything is known of an address.
    pub fn of(ctx: &Ctx, process: &Process, phases: &[Phase], part: i64, act: Act, now: Instant, path: &str) -> Self {
        let allowed = may_take_part(act, &phases::periods_of(phases, Some(part)), &process.audience, &entry::supposed(ctx, process), now);
        let needs_account = allowed.as_ref().is_err_and(|refusal| refusal.key == "dialogue-needs-account") && ctx.actor.person().is_none();
        Self {
            is_open: allowed.is_ok(),
            way_in: allowed.as_ref().err().and_then(|refusal| entry::way_in(process, refusal, path)),
            closed: allowed.err().filter(|_| !needs_account).and_then(|refusal| ctx.t.find(refusal.key)),
            sign_in: needs_account.then(|| format!("/anmelden?weiter={}", encode(path))),
        }
    }
}

/// A form with its guard.
pub(crate) struct Writing {
    /// The values.
    pub form: Form,
    /// What the form carries for its guard.
    pub issued: Issued,
    /// Whether name and address are asked for.
    pub is_guest: bool,
    /// Whether the address must be given.
    pub needs_address: bool,
    /// What is to be asked about the words that were sent.
    pub question: Option<Question>,
    /// The answer to what was asked before, which goes on with the form.
    pub answered: Option<String>,
}

/// Fields with the words of a contribution. A place is meant to be an address, so it is not asked about.
const WORDS: [&str; 5] = ["title", "text", "suggestion", "comment", "picture_text"];

impl Writing {
    /// The form as it is shown first, or again with what was refused or is asked.
    pub fn new(ctx: &Ctx, guard: &Guard, process: &Process, now: Instant, form: Option<Form>) -> Result<Self, AppError> {
        let form = form.unwrap_or_else(|| Form::new(ctx.t));
        let issued = guard.stamp(now, form.value(allmende_platform::web::guard::STAMP))?;
        let (is_guest, needs_address) = (ctx.actor.person().is_none(), needs_address(&process.audience));
        let found = Question::about(ctx.t, &WORDS.map(|name| form.value(name)));
        let (answered, question) = match found {
            Some(question) if question.key == form.value(question::FIELD) => (Some(question.key), None),
            question => (None, question),
        };
        Ok(Self { form, issued, is_guest, needs_address, question, answered })
    }

    /// Says in the page's title that something was refused or is asked.
    pub fn mark(&self, shell: &mut Shell) {
        self.form.mark(shell);
        if self.question.is_some() && self.form.errors().is_empty() {
            shell.title = format!("{} {}", self.form.speaker().get("contribution-question"), shell.title);
        }
    }
}

/// A number from an address.
pub(crate) fn number(query: &HashMap<String, String>, name: &str) -> Option<i64> {
    parameter(query, name)?.parse().ok().filter(|number| *number > 0)
}
