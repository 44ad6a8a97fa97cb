//! Decisions in the words of residents: days, euros, states, votes.

use crate::rules::Status;
use allmende_core::{Instant, Language};
use allmende_platform::Ctx;
use allmende_platform::dates::Dates;
use allmende_platform::money;
use allmende_platform::outcomes::Votes;
use allmende_platform::texts::Speaker;
use jiff::civil::Date;

/// Up to so many votes each has a mark of its own.
const TALLY_MARKS_MAX: i64 = 60;

/// Where something stands: a shape and words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The class of the shape.
    pub shape: &'static str,
    /// The words.
    pub text: String,
}

/// A vote as marks and words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The words.
    pub text: String,
    /// Width of the drawing; 0 for none.
    pub width: i64,
    /// Where the marks for it end.
    pub yes: i64,
    /// Where those against it end.
    pub no: i64,
    /// Where the abstentions end.
    pub all: i64,
}

/// Writes for one reader.
#[derive(Clone)]
pub struct Words {
    /// The texts.
    pub t: Speaker,
    /// The days.
    pub dates: Dates,
    /// The attribute of German texts on a page of another language.
    pub german: &'static str,
}

impl Words {
    /// For the reader of a request; `now` is the database's time.
    #[must_use]
    pub fn new(ctx: &Ctx, now: Instant) -> Self {
        let german = if ctx.language() == Language::German { "" } else { " lang=\"de\"" };
        Self { t: ctx.t, dates: Dates::new(ctx.t, ctx.site.zone.clone(), now), german }
    }

    /// `<time datetime="2026-03-03">3. März 2026</time>`: markup of the program itself.
    #[must_use]
    pub fn day(&self, day: Date) -> String {
        format!("<time datetime=\"{day}\">{}</time>", self.dates.day(day))
    }

    /// The day of a moment, as markup.
    #[must_use]
    pub fn day_of(&self, at: Instant) -> String {
        self.day(self.dates.local(at).date())
    }

    /// Whether it is later than planned today.
    #[must_use]
    pub fn is_late(&self, status: Status, expected_on: Option<Date>) -> bool {
        status.is_pending() && expected_on.is_some_and(|day| day < self.dates.today())
    }

    /// How far a decision is; what is later than planned says so.
    #[must_use]
    pub fn status(&self, status: Status, expected_on: Option<Date>) -> State {
        match expected_on {
            Some(day) if self.is_late(status, expected_on) => State { shape: "late", text: self.late(day) },
            _ => State { shape: status.shape(), text: self.status_word(status).to_owned() },
        }
    }

    /// "12 Tage später als geplant"
    #[must_use]
    pub fn late(&self, day: Date) -> String {
        self.t.with("decision-late", &[("count", (-self.dates.days_until(day)).into())])
    }

    /// The word of a status.
    #[must_use]
    pub fn status_word(&self, status: Status) -> &'static str {
        self.t.find(&format!("state-decision-{}", status.key())).unwrap_or(status.key())
    }

    /// "48.000 Euro", "48.000,50 Euro"
    #[must_use]
    pub fn euros(&self, cents: i64) -> String {
        money::euros(self.t, cents)
    }

    /// A vote.
    #[must_use]
    pub fn tally(&self, votes: Votes) -> Tally {
        let count = |key: &str, number: i64| self.t.with(key, &[("count", number.into())]);
        let mut parts = vec![count("decision-votes-yes", votes.yes), count("decision-votes-no", votes.no)];
        if votes.abstained > 0 {
            parts.push(count("decision-votes-abstained", votes.abstained));
        }
        let all = votes.yes + votes.no + votes.abstained;
        let width = if all <= TALLY_MARKS_MAX { (all * 10).max(180) } else { 0 };
        Tally { text: parts.join(", "), width, yes: votes.yes * 10, no: (votes.yes + votes.no) * 10, all: all * 10 }
    }
}
