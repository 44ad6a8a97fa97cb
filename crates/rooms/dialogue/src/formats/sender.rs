//! Who sends a contribution: an account, or a guest with a name and an address that a mail confirms. Used by ideas and comments.
//!
//! The same rules as for statements: the database's clock decides, the form bears a key, and how often somebody sends is counted.

use crate::audience::entry::{self, Author, Entry};
use crate::audience::rules::needs_address;
use crate::pages::parameter;
use crate::rules::{self, Act, NAME_CHARS, State, may_take_part};
use crate::store::participants::{self, Known, Participant};
use crate::store::phases::{self, Phase};
use crate::store::processes::Process;
use crate::store::tries;
use allmende_core::{Id, Instant, Refusal};
use allmende_db::Tx;
use allmende_platform::dates::Dates;
use allmende_platform::mail::{self, Mail};
use allmende_platform::seal::household;
use allmende_platform::sessions::Token;
use allmende_platform::web::routes::encode;
use allmende_platform::web::{Fields, Form};
use allmende_platform::{App, AppError, Ctx};
use std::collections::HashMap;

/// Seconds of the window in which sends are counted.
const WINDOW_SECONDS: i64 = 3_600;

/// What every form of a contribution brings besides its words.
pub(crate) struct Sender {
    name: String,
    email: Option<String>,
    /// The key of the form.
    pub once: String,
    token: Token,
    /// Who sends: kept in memory alone, in the database only its digest of the day.
    who: String,
}

impl Sender {
    /// From a form; what was refused stands beside its field.
    pub fn read(ctx: &Ctx, fields: &Fields) -> Result<(Self, Vec<Refusal>), AppError> {
        if fields.is_trapped() {
            return Err(AppError::TooMany);
        }
        let is_guest = ctx.actor.person().is_none();
        let (name, email) = if is_guest { (fields.line("name"), fields.line("email")) } else { (String::new(), String::new()) };
        let mut refusals = Vec::new();
        if is_guest && !NAME_CHARS.contains(&name.chars().count()) {
            refusals.push(Refusal::of_field("name", "dialogue-name-length"));
        }
        if is_guest && !email.is_empty() && mail::check_address(&email).is_err() {
            refusals.push(Refusal::of_field("email", "mail-address"));
        }
        let once = fields.raw("once");
        let is_key = once.len() == 64 && once.bytes().all(|byte| byte.is_ascii_hexdigit());
        let who = match (ctx.actor.person(), ctx.client) {
            (Some(person), _) => format!("person {person}"),
            (None, Some(client)) => household(client),
            (None, None) => "nobody".to_owned(),
        };
        let sender = Self {
            name,
            email: Some(email).filter(|email| !email.is_empty()),
            once: if is_key { once.to_owned() } else { Token::random()?.text() },
            token: Token::random()?,
            who,
        };
        Ok((sender, refusals))
    }

    /// Whether this act is allowed now, in a writing closure; counts the send.
    pub fn admit(&self, tx: &mut Tx<'_>, app: &App, ctx: &Ctx, process: &Process, part: i64, act: Act) -> Result<Admitted, AppError> {
        let periods = phases::periods_of(&phases::list(tx, process.id)?, Some(part));
        let entry = Entry::read(tx, ctx, process, self.email.as_deref())?;
        let now = tx.now()?;
        may_take_part(act, &periods, &process.audience, &entry.proof, now)?;
        if tries::add(tx, &app.parts.seal.daily("send", &self.who, now), WINDOW_SECONDS)? > rules::SENDS_AN_HOUR_MAX {
            return Err(AppError::TooMany);
        }
        let (Author { name, participant, known }, is_guest) = (entry.author(tx, ctx, process, &self.name)?, ctx.actor.person().is_none());
        let state = State::first(known.is_some() && is_guest, process.is_moderated_before);
        Ok(Admitted { name, participant, known, state, is_guest })
    }

    /// Writes the mail for what was sent: a receipt for an account, the link that confirms for a guest. No word of the contribution
    /// stands in it.
    pub fn tell(&self, tx: &mut Tx<'_>, app: &App, ctx: &Ctx, process: &Process, admitted: &Admitted, sent: &Told<'_>) -> Result<(), AppError> {
        let Some(to) = &admitted.known else { return Ok(()) };
        if admitted.is_guest {
            participants::insert_confirmation(tx, to.id, sent.kind, sent.id, &self.token)?;
        } else if sent.receipt.is_none() {
            return Ok(());
        }
        let (t, site) = (app.parts.texts.speak(to.language), &ctx.site);
        let dates = Dates::new(t, site.zone.clone(), tx.now()?);
        let link = if admitted.is_guest {
            format!("{}/beteiligung/bestaetigen/beitrag?schluessel={}", site.base_url, self.token.text())
        } else {
            format!("{}{}", site.base_url, sent.path)
        };
        let promise = sent.answer_by.map(|day| t.with("format-mail-answer-by", &[("day", (&dates.day(day)).into())])).unwrap_or_default();
        let receipt = sent.receipt.unwrap_or_default();
        let args = [
            ("receipt", receipt.into()),
            ("title", (&process.title).into()),
            ("promise", (&promise).into()),
            ("link", (&link).into()),
            ("site", (&site.name).into()),
        ];
        let (subject, text) = match (admitted.is_guest, sent.receipt) {
            (true, _) => (t.with("format-mail-confirm-subject", &args), t.with("format-mail-confirm-text", &args)),
            (false, _) => (t.with("format-mail-receipt-subject", &args), t.with("format-mail-receipt-text", &args)),
        };
        let subject: String = subject.chars().filter(|sign| !sign.is_control()).take(200).collect();
        mail::enqueue(tx, &Mail { to: to.email.clone(), subject, text, html: None, language: to.language })?;
        Ok(())
    }
}

/// What the mail needs to know of what was sent.
pub(crate) struct Told<'a> {
    /// `idea` or `comment`.
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
    is_guest: bool,
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

/// A form with its key.
pub(crate) struct Writing {
    /// The values.
    pub form: Form,
    /// The key.
    pub once: String,
    /// Whether name and address are asked for.
    pub is_guest: bool,
    /// Whether the address must be given.
    pub needs_address: bool,
}

impl Writing {
    /// The form as it is shown first, or again with what was refused.
    pub fn new(ctx: &Ctx, process: &Process, form: Option<Form>) -> Result<Self, AppError> {
        let once = match &form {
            Some(form) if form.value("once").len() == 64 => form.value("once").to_owned(),
            _ => Token::random()?.text(),
        };
        let form = form.unwrap_or_else(|| Form::new(ctx.t));
        Ok(Self { form, once, is_guest: ctx.actor.person().is_none(), needs_address: needs_address(&process.audience) })
    }
}

/// A number from an address.
pub(crate) fn number(query: &HashMap<String, String>, name: &str) -> Option<i64> {
    parameter(query, name)?.parse().ok().filter(|number| *number > 0)
}
