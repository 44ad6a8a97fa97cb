//! Where an undertaking stands, who may change it, and when residents may ask to take part. Pure: knows no database and no clock.
//!
//! Read in this order: [`State`], [`Visibility`], [`may_change`], [`Request`], [`Answer`].

use allmende_core::{Act, Actor, Refusal, may};
use jiff::ToSpan;
use jiff::civil::Date;

/// Characters of a title.
pub const TITLE_CHARS: std::ops::RangeInclusive<usize> = 5..=120;
/// Characters of one line.
pub const LINE_CHARS_MAX: usize = 300;
/// Characters of the sentence below the title.
pub const SUMMARY_CHARS_MAX: usize = 400;
/// Characters of a long text.
pub const TEXT_CHARS_MAX: usize = 5_000;
/// Characters of a reason: of whoever asks, of whoever gives up, of whoever answers.
pub const REASON_CHARS: std::ops::RangeInclusive<usize> = 10..=2_000;
/// Characters of the name under which somebody asks.
pub const NAME_CHARS: std::ops::RangeInclusive<usize> = 2..=80;
/// Days within which a request has an answer.
pub const ANSWER_DAYS: i64 = 42;
/// The link that confirms a request holds so long.
pub const CONFIRM_SECONDS: i64 = 2 * 86_400;
/// Requests of one household within [`WINDOW_SECONDS`].
pub const CLIENT_TRIES_MAX: i64 = 10;
/// The window of [`CLIENT_TRIES_MAX`].
pub const WINDOW_SECONDS: i64 = 3_600;
/// Mails that strangers cause to one address within [`MAIL_WINDOW_SECONDS`].
pub const MAILS_MAX: i64 = 5;
/// The window of [`MAILS_MAX`].
pub const MAIL_WINDOW_SECONDS: i64 = 86_400;
/// Requests of one account within [`MAIL_WINDOW_SECONDS`].
pub const ACCOUNT_TRIES_MAX: i64 = 20;

/// Where an undertaking stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// It is intended.
    Planned,
    /// It is being prepared.
    Prepared,
    /// Residents are taking part.
    Participation,
    /// The council decided it.
    Decided,
    /// It is being carried out.
    CarriedOut,
    /// It is done.
    Finished,
    /// It will not be done.
    GivenUp,
}

impl State {
    /// All in the order of their way.
    pub const ALL: [Self; 7] = [Self::Planned, Self::Prepared, Self::Participation, Self::Decided, Self::CarriedOut, Self::Finished, Self::GivenUp];

    /// The key in the database, in addresses and in texts.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Prepared => "prepared",
            Self::Participation => "participation",
            Self::Decided => "decided",
            Self::CarriedOut => "carried-out",
            Self::Finished => "finished",
            Self::GivenUp => "given-up",
        }
    }

    /// The state of a key.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// The German word, for what knows no reader: the facets of the search.
    #[must_use]
    pub const fn german(self) -> &'static str {
        match self {
            Self::Planned => "geplant",
            Self::Prepared => "wird vorbereitet",
            Self::Participation => "in Beteiligung",
            Self::Decided => "entschieden",
            Self::CarriedOut => "wird ausgeführt",
            Self::Finished => "abgeschlossen",
            Self::GivenUp => "aufgegeben",
        }
    }

    /// The shape before the word.
    #[must_use]
    pub const fn shape(self) -> &'static str {
        match self {
            Self::Planned => "open",
            Self::Prepared | Self::Participation | Self::CarriedOut => "busy",
            Self::Decided | Self::Finished => "done",
            Self::GivenUp => "no",
        }
    }

    /// The kind of event that reaching this state is, for which followers are told.
    #[must_use]
    pub const fn event(self) -> &'static str {
        match self {
            Self::Planned => "undertaking-planned",
            Self::Prepared => "undertaking-prepared",
            Self::Participation => "undertaking-participation",
            Self::Decided => "undertaking-decided",
            Self::CarriedOut => "undertaking-carried-out",
            Self::Finished => "undertaking-finished",
            Self::GivenUp => "undertaking-given-up",
        }
    }

    /// Whether something is still to come.
    #[must_use]
    pub const fn is_pending(self) -> bool {
        !matches!(self, Self::Finished | Self::GivenUp)
    }

    /// What usually lies ahead, in order; nothing after an end.
    #[must_use]
    pub fn ahead(self) -> &'static [Self] {
        const WAY: [State; 6] = [State::Planned, State::Prepared, State::Participation, State::Decided, State::CarriedOut, State::Finished];
        WAY.iter().position(|state| *state == self).map_or(&[], |at| &WAY[at + 1..])
    }
}

/// Whether a change of state may be recorded: it changes something, and giving up has a reason.
///
/// # Errors
/// `admin-undertaking-state-same`, `admin-undertaking-reason-missing` and `admin-undertaking-reason-long`, each with its field.
pub fn check_state(before: State, after: State, reason: &str) -> Result<(), Refusal> {
    let chars = reason.trim().chars().count();
    if before == after {
        Err(Refusal::of_field("state", "admin-undertaking-state-same"))
    } else if after == State::GivenUp && chars < *REASON_CHARS.start() {
        Err(Refusal::of_field("reason", "admin-undertaking-reason-missing"))
    } else if chars > *REASON_CHARS.end() {
        Err(Refusal::of_field("reason", "admin-undertaking-reason-long"))
    } else {
        Ok(())
    }
}

/// Who may see an undertaking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// The house alone: it was never public.
    Draft,
    /// Everybody.
    Public,
    /// The house alone: it was public once.
    Withdrawn,
}

impl Visibility {
    /// The key in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Public => "public",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The visibility of a key.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        [Self::Draft, Self::Public, Self::Withdrawn].into_iter().find(|own| own.key() == key)
    }
}

/// Whether somebody may write the whole sheet: clerks and administrators all of them.
#[must_use]
pub fn may_manage(actor: &Actor) -> bool {
    may(actor, Act::ManageUndertakings)
}

/// Whether somebody may tell where an undertaking stands and answer requests on it: a department on its own ones too.
#[must_use]
pub fn may_change(actor: &Actor, belongs_to_department: bool) -> bool {
    may_manage(actor) || (belongs_to_department && may(actor, Act::ReportUndertakings))
}

/// What a request to take part depends on.
#[derive(Debug, Clone, Copy)]
pub struct Asking {
    /// Who may see the undertaking.
    pub visibility: Visibility,
    /// Where it stands.
    pub state: State,
    /// Whether residents can take part already.
    pub takes_part: bool,
}

/// Whether residents may ask to take part, or join who asked.
///
/// # Errors
/// `undertaking-ask-hidden` for what is not public, `undertaking-ask-ended` for what has ended, `undertaking-ask-open` where taking
/// part is possible already.
pub fn may_ask(asking: Asking) -> Result<(), Refusal> {
    if asking.visibility != Visibility::Public {
        Err(Refusal::new("undertaking-ask-hidden"))
    } else if !asking.state.is_pending() {
        Err(Refusal::new("undertaking-ask-ended"))
    } else if asking.takes_part {
        Err(Refusal::new("undertaking-ask-open"))
    } else {
        Ok(())
    }
}

/// A request as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The name that everybody sees.
    pub name: String,
    /// Why.
    pub reason: String,
}

impl Request {
    /// Reads a request. Whoever joins another one need not say why.
    ///
    /// # Errors
    /// `undertaking-ask-name` and `undertaking-ask-reason`, each with its field.
    pub fn read(name: &str, reason: &str, joins: bool) -> Result<Self, Vec<Refusal>> {
        let (name, reason) = (name.trim(), reason.trim());
        let mut refusals = Vec::new();
        if !NAME_CHARS.contains(&name.chars().count()) {
            refusals.push(Refusal::of_field("name", "undertaking-ask-name"));
        }
        let chars = reason.chars().count();
        let may_be_silent = joins && chars == 0;
        if !may_be_silent && !REASON_CHARS.contains(&chars) {
            refusals.push(Refusal::of_field("reason", "undertaking-ask-reason"));
        }
        if refusals.is_empty() { Ok(Self { name: name.to_owned(), reason: reason.to_owned() }) } else { Err(refusals) }
    }
}

/// The day by which a request made today has its answer.
#[must_use]
pub fn answer_by(today: Date) -> Date {
    today.checked_add(ANSWER_DAYS.days()).unwrap_or(Date::MAX)
}

/// Whether an answer is late: the day itself is still in time.
#[must_use]
pub fn is_overdue(answer_by: Date, today: Date) -> bool {
    answer_by < today
}

/// What the house answers to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Whether residents can take part.
    pub is_yes: bool,
    /// How, or why not.
    pub text: String,
}

impl Answer {
    /// # Errors
    /// `admin-undertaking-answer-missing` and `admin-undertaking-answer-text`, each with its field.
    pub fn read(answer: &str, text: &str) -> Result<Self, Vec<Refusal>> {
        let mut refusals = Vec::new();
        if !matches!(answer, "yes" | "no") {
            refusals.push(Refusal::of_field("answer", "admin-undertaking-answer-missing"));
        }
        if !REASON_CHARS.contains(&text.trim().chars().count()) {
            refusals.push(Refusal::of_field("text", "admin-undertaking-answer-text"));
        }
        if refusals.is_empty() { Ok(Self { is_yes: answer == "yes", text: text.trim().to_owned() }) } else { Err(refusals) }
    }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
