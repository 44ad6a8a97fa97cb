//! What is allowed in a process: acts, phases, who may take part, states, lengths. Pure: the clock and the actor come as arguments.
//!
//! Start with [`may_take_part`]. The pages ask it to show what is open; inside a writing closure it is asked again with the
//! database's time, and only that answer counts.

pub use crate::audience::rules::Proof;
pub use allmende_audience::{Audience, Condition};

use allmende_core::{Instant, Refusal};
use jiff::ToSpan;
use jiff::civil::Date;

/// Characters of a title.
pub const TITLE_CHARS: std::ops::RangeInclusive<usize> = 8..=160;
/// Characters of a statement.
pub const STATEMENT_CHARS: std::ops::RangeInclusive<usize> = 3..=10_000;
/// Characters of a public name.
pub const NAME_CHARS: std::ops::RangeInclusive<usize> = 2..=60;
/// Characters of a reason that the public reads.
pub const REASON_CHARS: std::ops::RangeInclusive<usize> = 10..=1_000;
/// Days of a promise to answer.
pub const ANSWER_DAYS_MAX: i64 = 365;
/// Contributions that one client may send in an hour.
pub const SENDS_AN_HOUR_MAX: i64 = 60;
/// Contributions of one client within an hour, from all accounts behind it.
pub const CLIENT_SENDS_AN_HOUR_MAX: i64 = 600;

/// Something that people do in a phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Put forward an idea.
    Propose,
    /// Comment.
    Comment,
    /// Support what others said.
    Support,
    /// Make a statement on a text.
    State,
    /// Mark a place.
    Annotate,
    /// Answer, as the house.
    Answer,
}

impl Act {
    /// All acts in their order in forms.
    pub const ALL: [Self; 6] = [Self::Propose, Self::Comment, Self::Support, Self::State, Self::Annotate, Self::Answer];

    /// The word in the database and in texts.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Propose => "propose",
            Self::Comment => "comment",
            Self::Support => "support",
            Self::State => "state",
            Self::Annotate => "annotate",
            Self::Answer => "answer",
        }
    }
}

/// A set of acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Acts(u8);

impl Acts {
    /// Reads words separated by spaces; unknown ones are left out.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Act::ALL.into_iter().filter(|act| text.split(' ').any(|word| word == act.key())).fold(Self::default(), Self::with)
    }

    /// The set with one more.
    #[must_use]
    pub const fn with(self, act: Act) -> Self {
        Self(self.0 | 1 << act as u8)
    }

    /// The set without one.
    #[must_use]
    pub const fn without(self, act: Act) -> Self {
        Self(self.0 & !(1 << act as u8))
    }

    /// Whether it holds the act.
    #[must_use]
    pub const fn has(self, act: Act) -> bool {
        self.0 & (1 << act as u8) != 0
    }

    /// Whether what this act makes may bear a place.
    #[must_use]
    pub const fn marks_places(self, act: Act) -> bool {
        self.has(act) && self.has(Act::Annotate)
    }

    /// Whether residents can do something, beyond reading.
    #[must_use]
    pub fn are_for_residents(self) -> bool {
        Act::ALL.into_iter().any(|act| act != Act::Answer && self.has(act))
    }

    /// The words separated by spaces.
    #[must_use]
    pub fn text(self) -> String {
        Act::ALL.into_iter().filter(|act| self.has(*act)).map(Act::key).collect::<Vec<_>>().join(" ")
    }
}

/// A period with what can be done in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Its first moment.
    pub starts_at: Instant,
    /// The first moment that no longer belongs to it.
    pub ends_at: Instant,
    /// What can be done.
    pub acts: Acts,
}

impl Period {
    /// Whether a moment belongs to it.
    #[must_use]
    pub fn holds(&self, at: Instant) -> bool {
        self.starts_at <= at && at < self.ends_at
    }
}

/// Whether an act is allowed now.
///
/// # Errors
/// `dialogue-not-offered` if no phase has the act; `dialogue-not-yet` before its first phase, `dialogue-pause` between two,
/// `dialogue-over` behind the last; what [`Proof::admitted`] says.
pub fn may_take_part(act: Act, periods: &[Period], audience: &Audience, proof: &Proof, now: Instant) -> Result<(), Refusal> {
    let mut own = periods.iter().filter(|period| period.acts.has(act)).peekable();
    if own.peek().is_none() {
        return Err(Refusal::new("dialogue-not-offered"));
    }
    let (mut past, mut ahead) = (false, false);
    for period in own {
        if period.holds(now) {
            return proof.admitted(audience);
        }
        past |= period.ends_at <= now;
        ahead |= now < period.starts_at;
    }
    Err(Refusal::new(match (past, ahead) {
        (true, true) => "dialogue-pause",
        (false, _) => "dialogue-not-yet",
        (true, false) => "dialogue-over",
    }))
}

/// Whether places can be marked with an act: in a phase that allows both now.
#[must_use]
pub fn may_mark_places(act: Act, periods: &[Period], now: Instant) -> bool {
    periods.iter().any(|period| period.holds(now) && period.acts.marks_places(act))
}

/// Whether the author of a statement may take it back now: while statements are taken, and before the house has answered any of it.
/// What was weighed stays on record.
///
/// # Errors
/// `dialogue-withdraw-answered`; `dialogue-withdraw-late` outside the phases with [`Act::State`].
pub fn may_withdraw(is_answered: bool, periods: &[Period], now: Instant) -> Result<(), Refusal> {
    match periods.iter().any(|period| period.acts.has(Act::State) && period.holds(now)) {
        _ if is_answered => Err(Refusal::new("dialogue-withdraw-answered")),
        true => Ok(()),
        false => Err(Refusal::new("dialogue-withdraw-late")),
    }
}

/// Where a process stands at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It begins later.
    Soon,
    /// One can take part.
    Running,
    /// Taking part is over.
    Ended,
}

/// Where a process stands, by the first and last moment in which residents may do something.
#[must_use]
pub fn standing(begins_at: Option<Instant>, ends_at: Option<Instant>, now: Instant) -> Standing {
    match (begins_at, ends_at) {
        (Some(begins), _) if now < begins => Standing::Soon,
        (Some(_), Some(ends)) if now < ends => Standing::Running,
        _ => Standing::Ended,
    }
}

/// Where a contribution stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// A guest has not confirmed the address, or a second person of the house what was entered.
    Unconfirmed,
    /// Somebody looks at it before it is public.
    Waiting,
    /// Everybody reads it.
    Public,
    /// Taken out of the public eye, with a reason.
    Hidden,
    /// Taken back by its author.
    Withdrawn,
}

impl State {
    /// All states.
    pub const ALL: [Self; 5] = [Self::Unconfirmed, Self::Waiting, Self::Public, Self::Hidden, Self::Withdrawn];

    /// The word in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unconfirmed => "unconfirmed",
            Self::Waiting => "waiting",
            Self::Public => "public",
            Self::Hidden => "hidden",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of a word.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// Where a new contribution stands.
    #[must_use]
    pub const fn first(must_be_confirmed: bool, is_moderated_before: bool) -> Self {
        match (must_be_confirmed, is_moderated_before) {
            (true, _) => Self::Unconfirmed,
            (false, true) => Self::Waiting,
            (false, false) => Self::Public,
        }
    }

    /// Whether its author may take it back, as far as it depends on the state.
    #[must_use]
    pub const fn may_be_withdrawn(self) -> bool {
        matches!(self, Self::Unconfirmed | Self::Waiting | Self::Public)
    }

    /// Whether the house may set the state: what its author took back stays so, and nothing unconfirmed becomes public.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Waiting, Self::Public | Self::Hidden)
                | (Self::Public, Self::Hidden | Self::Waiting)
                | (Self::Hidden, Self::Public)
                | (Self::Unconfirmed, Self::Hidden)
        )
    }
}

/// How a statement came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// On this site.
    Web,
    /// By letter.
    Letter,
    /// By telephone.
    Telephone,
    /// By postcard.
    Postcard,
    /// At the counter.
    Counter,
    /// At an event.
    Event,
}

impl Channel {
    /// All channels.
    pub const ALL: [Self; 6] = [Self::Web, Self::Letter, Self::Telephone, Self::Postcard, Self::Counter, Self::Event];

    /// The word in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Letter => "letter",
            Self::Telephone => "telephone",
            Self::Postcard => "postcard",
            Self::Counter => "counter",
            Self::Event => "event",
        }
    }

    /// The channel of a word.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.key() == key)
    }
}

/// The day until which an answer is promised.
#[must_use]
pub fn answer_by(submitted_on: Date, answer_days: Option<i64>) -> Option<Date> {
    let days = answer_days.filter(|days| (1..=ANSWER_DAYS_MAX).contains(days))?;
    submitted_on.checked_add(days.days()).ok()
}

/// The number that somebody gets for what they gave: process and running number.
#[must_use]
pub fn receipt(process: i64, number: i64) -> String {
    format!("{process}-{number:04}")
}

/// Whether a deadline may be moved: only to a later moment, and only with a reason.
///
/// # Errors
/// `admin-dialogue-extend-later`, `admin-dialogue-reason`.
pub fn may_extend(before: Instant, after: Instant, reason: &str) -> Result<(), Refusal> {
    if after <= before {
        return Err(Refusal::of_field("until", "admin-dialogue-extend-later"));
    }
    check_reason(reason)
}

/// Whether a reason says something.
///
/// # Errors
/// `admin-dialogue-reason`.
pub fn check_reason(reason: &str) -> Result<(), Refusal> {
    if REASON_CHARS.contains(&reason.chars().count()) { Ok(()) } else { Err(Refusal::of_field("reason", "admin-dialogue-reason")) }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
