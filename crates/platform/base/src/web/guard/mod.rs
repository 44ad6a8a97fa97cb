//! What stands before public forms instead of a captcha: a signed stamp with its time, a field that people leave empty, some work
//! for the browser, and limits for a client. No other service is asked and nobody is asked to look at pictures.
//!
//! Owns the table `guard_count`. A page issues a stamp and shows it with the macro `guard` of `forms.html`; the handler checks what
//! was sent:
//!
//! ```ignore
//! let guard = Guard::new(&app, &ctx, "report");
//! let issued = guard.issue(tx)?;                     // in the closure that reads the page
//! let passed = guard.check(tx, &fields)?;            // first in the closure that writes
//! ```
//!
//! A page that many read and few write on asks for its stamp with [`Guard::stamp`], which costs no statement.
//!
//! **Exactly once.** [`Passed::once`] is made of the stamp. A room writes it into a column that is unique for the site: a stamp
//! that is sent again, by a double click or by a program, is one contribution and no more.
//! **Without script** the work is missing: then one must have taken longer, and [`Passed::suspicion`] says that somebody should
//! look before it stands in public. Who is signed in need not work. What was refused counts nothing.
//! Read in this order: [`Guard::issue`], [`Guard::check`], `stamp`, `work`, [`links`].

pub mod links;
mod stamp;
mod store;
pub mod work;

pub use links::has_links;
pub use stamp::Stamp;
pub use store::delete_old;

use crate::app::App;
use crate::seal::household;
use crate::web::error::AppError;
use crate::web::forms::Fields;
use crate::web::request::Ctx;
use allmende_core::{Actor, Instant, Refusal};
use allmende_db::{DbError, Tx};

/// The field of the stamp.
pub const STAMP: &str = "stempel";
/// The field of the work.
pub const WORK: &str = "arbeit";
/// The field that people do not see and leave empty.
pub const EMPTY: &str = "webseite";
/// Seconds between page and send at the least, with the work done.
pub const SECONDS_MIN: i64 = 3;
/// Seconds between page and send at the least, without the work.
pub const SECONDS_MIN_WITHOUT_WORK: i64 = 10;
/// Seconds for which a page stays good.
pub const SECONDS_MAX: i64 = 24 * 3_600;
/// Seconds of one window of the limits.
pub const WINDOW_SECONDS: i64 = 3_600;
/// Sends of one client in a window, if the form says nothing else. A school or a library is one client.
pub const SENDS_MAX: i64 = 60;

/// The guard of one form for one request. Cheap to clone.
#[derive(Clone)]
pub struct Guard {
    app: App,
    ctx: Ctx,
    form: &'static str,
    sends_max: i64,
}

/// What a form carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The stamp.
    pub stamp: String,
    /// How many leading bits of a digest the browser makes zero.
    pub bits: u32,
    /// The form that it is for.
    pub form: &'static str,
    /// When the page was read that bears it.
    pub at: Instant,
}

/// Why somebody should look at what was sent before it stands in public.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suspicion {
    /// Nothing speaks against it.
    None,
    /// The browser did no work: it has no script, or it is none.
    NoWork,
}

/// What passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// 32 hexadecimal digits: the same for the same stamp, for a column that is unique for the site.
    pub once: String,
    /// Whether somebody should look first.
    pub suspicion: Suspicion,
}

impl Guard {
    /// The guard of a form. A stamp of one form is nothing to another.
    #[must_use]
    pub fn new(app: &App, ctx: &Ctx, form: &'static str) -> Self {
        Self { app: app.clone(), ctx: ctx.clone(), form, sends_max: SENDS_MAX }
    }

    /// Sets how often one client may send this form within [`WINDOW_SECONDS`].
    #[must_use]
    pub const fn at_most(mut self, sends_max: i64) -> Self {
        self.sends_max = sends_max;
        self
    }

    /// A new stamp; the work grows with what came from this client. One statement.
    ///
    /// # Errors
    /// What the database reports, or a system without randomness.
    pub fn issue(&self, tx: &mut Tx<'_>) -> Result<Issued, DbError> {
        let now = tx.now()?;
        let bits = work::bits(store::count(tx, &self.client(now), WINDOW_SECONDS)?, self.sends_max);
        let stamp = Stamp::new(now, bits)?.signed(&self.app.parts.seal, self.ctx.site.id, self.form);
        Ok(Issued { stamp, bits, form: self.form, at: now })
    }

    /// The stamp that was sent, as long as it is good, for the page of a refused form; else a new one.
    ///
    /// # Errors
    /// As [`Guard::issue`].
    pub fn issue_again(&self, tx: &mut Tx<'_>, fields: &Fields) -> Result<Issued, DbError> {
        let now = tx.now()?;
        match self.read(&fields.line(STAMP), now) {
            Ok(stamp) => Ok(Issued { stamp: fields.line(STAMP), bits: stamp.bits, form: self.form, at: now }),
            Err(_) => self.issue(tx),
        }
    }

    /// A stamp for a page that many read: without a statement, with the work of a client that sent nothing yet. `sent` is the stamp
    /// of a refused form, which stays as long as it is good, and empty for a page that is shown first.
    ///
    /// # Errors
    /// A system without randomness.
    pub fn stamp(&self, now: Instant, sent: &str) -> Result<Issued, DbError> {
        if let Ok(stamp) = self.read(sent, now) {
            return Ok(Issued { stamp: sent.to_owned(), bits: stamp.bits, form: self.form, at: now });
        }
        let stamp = Stamp::new(now, work::BITS_MIN)?.signed(&self.app.parts.seal, self.ctx.site.id, self.form);
        Ok(Issued { stamp, bits: work::BITS_MIN, form: self.form, at: now })
    }

    /// What makes the contribution of this form one, before anything is checked or counted: whoever finds it written already answers
    /// as the first time. Nothing for a stamp that is not good.
    #[must_use]
    pub fn once(&self, fields: &Fields, now: Instant) -> Option<String> {
        self.read(&fields.line(STAMP), now).ok().map(|stamp| stamp.once)
    }

    /// Checks what was sent and counts it. One statement. Without an error the contribution may be written, once.
    ///
    /// # Errors
    /// `guard-empty-field`, `guard-stamp`, `guard-old`, `guard-too-fast` refused; `TooMany` beyond the limit of the client.
    pub fn check(&self, tx: &mut Tx<'_>, fields: &Fields) -> Result<Passed, AppError> {
        let now = tx.now()?;
        if !fields.raw(EMPTY).is_empty() {
            return Err(Refusal::new("guard-empty-field").into());
        }
        let stamp = self.read(&fields.line(STAMP), now)?;
        let has_worked = work::is_done(&stamp.challenge, stamp.bits, fields.raw(WORK));
        let is_known = matches!(self.ctx.actor, Actor::Person(_));
        let seconds_min = if has_worked || is_known { SECONDS_MIN } else { SECONDS_MIN_WITHOUT_WORK };
        if now < stamp.issued_at.plus_seconds(seconds_min) {
            return Err(Refusal::new("guard-too-fast").into());
        }
        count(tx, &self.client(now), self.sends_max, WINDOW_SECONDS)?;
        let suspicion = if has_worked || is_known { Suspicion::None } else { Suspicion::NoWork };
        Ok(Passed { once: stamp.once, suspicion })
    }

    /// Counts a send of somebody who is known by something else than the client, such as an account or a mail address. It is kept as
    /// a keyed digest of this day only. One statement.
    ///
    /// # Errors
    /// `TooMany` beyond `sends_max` in a window.
    pub fn check_person(&self, tx: &mut Tx<'_>, who: &str, sends_max: i64) -> Result<(), AppError> {
        self.check_person_within(tx, who, sends_max, WINDOW_SECONDS)
    }

    /// The same within another window, of a day at most.
    ///
    /// # Errors
    /// `TooMany` beyond `sends_max` in a window.
    pub fn check_person_within(&self, tx: &mut Tx<'_>, who: &str, sends_max: i64, window_seconds: i64) -> Result<(), AppError> {
        let now = tx.now()?;
        let subject = self.app.parts.seal.daily("guard-person", &format!("{}\n{}\n{who}", self.ctx.site.id, self.form), now);
        count(tx, &subject, sends_max, window_seconds)
    }

    fn read(&self, text: &str, now: Instant) -> Result<Stamp, Refusal> {
        let stamp = Stamp::read(text, &self.app.parts.seal, self.ctx.site.id, self.form).ok_or(Refusal::new("guard-stamp"))?;
        // A stamp of the future comes from a clock that was set back; it is as good as an old one.
        if now > stamp.issued_at.plus_seconds(SECONDS_MAX) || now < stamp.issued_at {
            return Err(Refusal::new("guard-old"));
        }
        Ok(stamp)
    }

    fn client(&self, now: Instant) -> String {
        let client = self.ctx.client.map_or_else(|| "unknown".to_owned(), household);
        self.app.parts.seal.daily("guard-client", &format!("{}\n{}\n{client}", self.ctx.site.id, self.form), now)
    }
}

/// One send too many is refused and thereby not counted: after the window the client may go on.
fn count(tx: &mut Tx<'_>, subject: &str, sends_max: i64, window_seconds: i64) -> Result<(), AppError> {
    if store::add(tx, subject, window_seconds)? > sends_max { Err(AppError::TooMany) } else { Ok(()) }
}
