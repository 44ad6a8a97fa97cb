//! What holds for ideas: lengths, limits per person, how long one may change one's words, what an answer can be, the order by chance.
//!
//! Pure. Whether a phase is open is said by [`crate::rules::may_take_part`].

use crate::rules::TITLE_CHARS;
use allmende_core::{Instant, Refusal};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Characters of an idea's text.
pub const TEXT_CHARS: std::ops::RangeInclusive<usize> = 20..=5_000;
/// Characters of the description of a picture.
pub const DESCRIPTION_CHARS: std::ops::RangeInclusive<usize> = 5..=250;
/// Pictures that one account, or one client without one, may send in an hour.
pub const PICTURES_AN_HOUR_MAX: i64 = 60;
/// Characters of an answer.
pub const ANSWER_CHARS: std::ops::RangeInclusive<usize> = 20..=10_000;
/// Seconds within which authors change what they wrote.
pub const EDIT_SECONDS: i64 = 3_600;
/// Numbers of the order by chance: one below 2^20.
pub const SHUFFLE_END: i64 = 1 << 20;
/// Ideas that a monthly topic hands to the council, at most.
pub const TO_COUNCIL_MAX: i64 = 20;

/// What a collection of ideas is set to, as its part keeps it in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The categories to choose from; none if the collection has none.
    pub categories: Vec<String>,
    /// Ideas that one person may propose; no limit if missing.
    pub per_person: Option<i64>,
    /// Ideas that one person may support; no limit if missing.
    pub supports_per_person: Option<i64>,
    /// How many of the best-supported go to the council when the topic ends.
    pub to_council: Option<i64>,
}

impl Settings {
    /// From the part. What cannot be read sets nothing.
    #[must_use]
    pub fn parse(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }

    /// For the part.
    #[must_use]
    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| "{}".to_owned())
    }

    /// How many go to the council; 0 if the collection is no such topic.
    #[must_use]
    pub fn council_count(&self) -> i64 {
        self.to_council.unwrap_or(0).clamp(0, TO_COUNCIL_MAX)
    }
}

/// What is wrong with the words of an idea; each sentence belongs to its field.
#[must_use]
pub fn check_words(title: &str, text: &str, category: Option<&str>, settings: &Settings) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if !TITLE_CHARS.contains(&title.chars().count()) {
        refusals.push(Refusal::of_field("title", "idea-title-length"));
    }
    if !TEXT_CHARS.contains(&text.chars().count()) {
        refusals.push(Refusal::of_field("text", "idea-text-length"));
    }
    if category.is_some_and(|category| !settings.categories.iter().any(|own| own == category)) {
        refusals.push(Refusal::of_field("category", "idea-category-unknown"));
    }
    refusals
}

/// Whether one more may be added to what a person has already.
///
/// # Errors
/// `key` at the limit.
pub fn check_limit(has: i64, limit: Option<i64>, key: &'static str) -> Result<(), Refusal> {
    match limit {
        Some(limit) if has >= limit => Err(Refusal::new(key)),
        _ => Ok(()),
    }
}

/// Whether authors may still change their words.
#[must_use]
pub fn may_edit(submitted_at: Instant, now: Instant) -> bool {
    now < submitted_at.plus_seconds(EDIT_SECONDS)
}

/// What became of an idea.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It will be done.
    Planned,
    /// It was done, or was there before.
    Done,
    /// It is being examined.
    Examined,
    /// It will not be done.
    Declined,
    /// Others decide; it was handed on.
    HandedOn,
}

impl Answer {
    /// All answers in the order of forms and filters.
    pub const ALL: [Self; 5] = [Self::Planned, Self::Done, Self::Examined, Self::Declined, Self::HandedOn];

    /// The word in the database; its text is `idea-answer-KEY`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Done => "done",
            Self::Examined => "examined",
            Self::Declined => "declined",
            Self::HandedOn => "handed-on",
        }
    }

    /// The answer of a word.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.key() == key)
    }

    /// The class of its shape.
    #[must_use]
    pub const fn shape(self) -> &'static str {
        match self {
            Self::Planned | Self::Examined => "busy",
            Self::Done => "done",
            Self::Declined => "no",
            Self::HandedOn => "open",
        }
    }
}

/// Where an idea stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// A guest has not confirmed the address.
    Unconfirmed,
    /// Somebody looks at it before it is public.
    Waiting,
    /// Everybody reads it.
    Public,
    /// Taken out of the public eye, with a reason.
    Hidden,
    /// Taken back by its author.
    Withdrawn,
    /// It went into another one.
    Merged,
}

impl State {
    /// All states.
    pub const ALL: [Self; 6] = [Self::Unconfirmed, Self::Waiting, Self::Public, Self::Hidden, Self::Withdrawn, Self::Merged];

    /// The word in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unconfirmed => "unconfirmed",
            Self::Waiting => "waiting",
            Self::Public => "public",
            Self::Hidden => "hidden",
            Self::Withdrawn => "withdrawn",
            Self::Merged => "merged",
        }
    }

    /// The state of a word.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// Whether the house may set the state: what its author took back stays so, and nothing unconfirmed becomes public.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Waiting, Self::Public | Self::Hidden)
                | (Self::Public, Self::Hidden | Self::Waiting | Self::Merged)
                | (Self::Hidden, Self::Public)
                | (Self::Unconfirmed, Self::Hidden)
        )
    }

    /// The state that all contributions have alike; what went into another idea can still be read.
    #[must_use]
    pub const fn common(self) -> crate::rules::State {
        use crate::rules::State as Of;
        match self {
            Self::Unconfirmed => Of::Unconfirmed,
            Self::Waiting => Of::Waiting,
            Self::Public | Self::Merged => Of::Public,
            Self::Hidden => Of::Hidden,
            Self::Withdrawn => Of::Withdrawn,
        }
    }

    /// Whether its author may take it back.
    #[must_use]
    pub const fn may_be_withdrawn(self) -> bool {
        matches!(self, Self::Unconfirmed | Self::Waiting | Self::Public)
    }
}

/// Whether somebody sees the picture of an idea that stands so: everybody as long as the idea is public, its author while it waits,
/// and the house as long as there is something to decide.
#[must_use]
pub const fn shows_picture(state: State, is_own: bool, is_house: bool) -> bool {
    match state {
        State::Public | State::Merged => true,
        State::Waiting => is_own || is_house,
        State::Hidden => is_house,
        State::Unconfirmed | State::Withdrawn => false,
    }
}

impl From<crate::rules::State> for State {
    fn from(state: crate::rules::State) -> Self {
        use crate::rules::State as Of;
        match state {
            Of::Unconfirmed => Self::Unconfirmed,
            Of::Waiting => Self::Waiting,
            Of::Public => Self::Public,
            Of::Hidden => Self::Hidden,
            Of::Withdrawn => Self::Withdrawn,
        }
    }
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Another beginning each day: every idea stands at the top now and then, the late ones too.
    #[default]
    Chance,
    /// The newest first.
    Newest,
    /// The most supported first.
    Supported,
}

impl Sort {
    /// All orders, as the page offers them.
    pub const ALL: [Self; 3] = [Self::Chance, Self::Newest, Self::Supported];

    /// The word in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Chance => "zufall",
            Self::Newest => "neu",
            Self::Supported => "zustimmung",
        }
    }

    /// The order of a word; by chance if there is none.
    #[must_use]
    pub fn of(key: &str) -> Self {
        Self::ALL.into_iter().find(|sort| sort.key() == key).unwrap_or_default()
    }
}

/// Where the order by chance begins on a day: a jump by the golden section, so that days in a row begin far apart.
#[must_use]
pub fn beginning(day: Date) -> i64 {
    let days = i64::from(day.year()) * 372 + i64::from(day.month()) * 31 + i64::from(day.day());
    (days * 648_055).rem_euclid(SHUFFLE_END)
}

/// The number by chance that belongs to the key of a form: its first 20 bits.
#[must_use]
pub fn shuffle_of(once: &str) -> i64 {
    i64::from_str_radix(once.get(..5).unwrap_or_default(), 16).unwrap_or(0).rem_euclid(SHUFFLE_END)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_an_idea_have_bounds_on_both_sides() {
        let settings = Settings { categories: vec!["Verkehr".to_owned()], ..Settings::default() };
        let keys = |title: usize, text: usize, category: Option<&str>| {
            check_words(&"t".repeat(title), &"x".repeat(text), category, &settings).iter().map(|refusal| refusal.key).collect::<Vec<_>>()
        };
        assert!(keys(8, 20, Some("Verkehr")).is_empty() && keys(160, 5_000, None).is_empty());
        assert_eq!(keys(7, 20, None), ["idea-title-length"]);
        assert_eq!(keys(161, 19, Some("Wetter")), ["idea-title-length", "idea-text-length", "idea-category-unknown"]);
        assert_eq!(keys(8, 5_001, None), ["idea-text-length"]);
    }

    #[test]
    fn a_limit_lets_in_as_many_as_it_says() {
        for (has, limit, is_allowed) in
            [(0, Some(1), true), (1, Some(1), false), (2, Some(3), true), (3, Some(3), false), (1_000, None, true), (0, Some(0), false)]
        {
            assert_eq!(check_limit(has, limit, "idea-limit").is_ok(), is_allowed, "{has} of {limit:?}");
        }
    }

    #[test]
    fn words_are_changed_within_the_hour_and_not_after_it() {
        let at = Instant::from_millis(1_780_902_000_000);
        assert!(may_edit(at, Instant::from_millis(at.millis() + 3_599_999)));
        assert!(!may_edit(at, Instant::from_millis(at.millis() + 3_600_000)));
    }

    #[test]
    fn what_was_taken_back_or_merged_stays_so() {
        for state in State::ALL {
            assert_eq!(State::of(state.key()), Some(state));
            assert!(!State::Withdrawn.may_become(state) && !State::Merged.may_become(state));
            assert!(!State::Unconfirmed.may_become(State::Public));
        }
        assert!(State::Public.may_become(State::Merged) && !State::Hidden.may_become(State::Merged));
    }

    #[test]
    fn a_picture_is_seen_as_far_as_its_idea() {
        let check = |state: State, everybody: bool, author: bool, house: bool| {
            let seen = [(false, false), (true, false), (false, true)].map(|(is_own, is_house)| shows_picture(state, is_own, is_house));
            assert_eq!(seen, [everybody, author, house], "{state:?}");
        };
        check(State::Unconfirmed, false, false, false);
        check(State::Waiting, false, true, true);
        check(State::Public, true, true, true);
        check(State::Hidden, false, false, true);
        check(State::Withdrawn, false, false, false);
        check(State::Merged, true, true, true);
    }

    #[test]
    fn two_days_in_a_row_begin_far_apart_and_within_the_circle() {
        let mut day = Date::constant(2026, 1, 1);
        for _ in 0..400 {
            let next = day.tomorrow().unwrap_or(day);
            let (one, other) = (beginning(day), beginning(next));
            let apart = (one - other).rem_euclid(SHUFFLE_END).min((other - one).rem_euclid(SHUFFLE_END));
            assert!((0..SHUFFLE_END).contains(&one) && apart > SHUFFLE_END / 50, "{day}: {one}, {other}");
            day = next;
        }
    }

    #[test]
    fn settings_that_cannot_be_read_set_nothing() {
        assert_eq!(Settings::parse("{\"to_council\":3}").council_count(), 3);
        assert_eq!(Settings::parse("{\"to_council\":300}").council_count(), TO_COUNCIL_MAX);
        assert_eq!(Settings::parse("?"), Settings::default());
        let settings = Settings { categories: vec!["Grün".to_owned()], per_person: Some(3), ..Settings::default() };
        assert_eq!(Settings::parse(&settings.json()), settings);
    }

    #[test]
    fn the_number_by_chance_comes_from_the_key() {
        assert_eq!(shuffle_of("fffff000"), SHUFFLE_END - 1);
        assert_eq!((shuffle_of("00001abc"), shuffle_of("x"), shuffle_of("")), (1, 0, 0));
    }
}
