//! What may be entered, published, withdrawn and corrected. Pure: knows no database, no clock and no language.

use allmende_core::Refusal;
use jiff::civil::Date;

/// Characters of a title.
const TITLE_CHARS: std::ops::RangeInclusive<usize> = 3..=300;
/// Characters of a reason.
const REASON_CHARS: std::ops::RangeInclusive<usize> = 5..=1000;
/// Years of a date: town councils are old, plans reach far.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2200;

/// Where an entered object stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Entered, not yet published.
    Draft,
    /// Not public: never leaves the house.
    Internal,
    /// Public.
    Public,
    /// Was public once; OParl's deletion.
    Withdrawn,
}

impl State {
    /// All states.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Internal, Self::Public, Self::Withdrawn];

    /// The word in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Internal => "internal",
            Self::Public => "public",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of a word of the database; a placeholder is as good as a draft.
    #[must_use]
    pub fn of(key: &str) -> Self {
        Self::ALL.into_iter().find(|state| state.key() == key).unwrap_or(Self::Draft)
    }

    /// Goes over to another state.
    ///
    /// # Errors
    /// `admin-council-refusal-withdraw-instead` for what is public and would become hidden without a trace; `admin-council-refusal-withdrawn-stays`
    /// for what was withdrawn and would become anything but public; `admin-council-refusal-not-public` for what is withdrawn without
    /// ever having been public; `admin-council-refusal-reason` without a reason where the public has a right to one.
    pub fn go(self, to: Self, reason: &str) -> Result<Self, Refusal> {
        let needs_reason = matches!((self, to), (Self::Public, Self::Withdrawn) | (Self::Withdrawn, Self::Public));
        match (self, to) {
            (Self::Public, Self::Draft | Self::Internal) => Err(Refusal::new("admin-council-refusal-withdraw-instead")),
            (Self::Withdrawn, Self::Draft | Self::Internal) => Err(Refusal::new("admin-council-refusal-withdrawn-stays")),
            (Self::Draft | Self::Internal, Self::Withdrawn) => Err(Refusal::new("admin-council-refusal-not-public")),
            _ if needs_reason => check_reason(reason).map(|_| to),
            _ => Ok(to),
        }
    }
}

/// Whether an object may be deleted without a trace: only what the public has never seen.
///
/// # Errors
/// `admin-council-refusal-withdraw-instead` for what is public, `admin-council-refusal-was-public` for what was.
pub fn check_delete(state: State, was_public: bool) -> Result<(), Refusal> {
    match state {
        State::Public => Err(Refusal::new("admin-council-refusal-withdraw-instead")),
        State::Withdrawn => Err(Refusal::new("admin-council-refusal-was-public")),
        State::Draft | State::Internal if was_public => Err(Refusal::new("admin-council-refusal-was-public")),
        State::Draft | State::Internal => Ok(()),
    }
}

/// Who may learn of an agenda item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Openness {
    /// Dealt with in public.
    Public,
    /// Not public, but its title and the reason stand on the agenda, as municipal law often asks.
    Announced,
    /// Not public, and nothing of it leaves the house.
    Closed,
}

impl Openness {
    /// The word in forms.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Announced => "announced",
            Self::Closed => "closed",
        }
    }

    /// The openness of a word of a form; anything unknown is closed.
    #[must_use]
    pub fn of(key: &str) -> Self {
        [Self::Public, Self::Announced].into_iter().find(|openness| openness.key() == key).unwrap_or(Self::Closed)
    }

    /// The state of such an item on an agenda that is in `meeting`.
    #[must_use]
    pub const fn state(self, meeting: State) -> State {
        match self {
            Self::Closed => State::Internal,
            Self::Public | Self::Announced => meeting,
        }
    }
}

/// The state of a station of a paper: it is public only if paper, meeting and agenda item are.
#[must_use]
pub fn station_state(before: State, paper: State, meeting: State, item: State) -> State {
    let around = [paper, meeting, item];
    if around.iter().all(|state| *state == State::Public) {
        State::Public
    } else if matches!(before, State::Public | State::Withdrawn) {
        State::Withdrawn
    } else if around.contains(&State::Internal) {
        State::Internal
    } else {
        State::Draft
    }
}

/// Whether saving puts right what the public has read, and so owes it a reason: something that stood there is different.
/// Adding what was missing, such as a result, is no correction.
#[must_use]
pub fn is_correction<'v>(changes: impl Iterator<Item = (&'v str, &'v str)>) -> bool {
    changes.into_iter().any(|(before, after)| !before.trim().is_empty() && before.trim() != after.trim())
}

/// Counted votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Votes {
    /// For it.
    pub yes: Option<i64>,
    /// Against it.
    pub no: Option<i64>,
    /// Abstentions.
    pub abstained: Option<i64>,
}

impl Votes {
    /// Votes of a meeting in which `present` people could vote, if that is known.
    ///
    /// # Errors
    /// `admin-council-refusal-votes` for a number outside 0..=1000, `admin-council-refusal-votes-too-many` for more votes than people.
    pub fn check(self, present: Option<i64>) -> Result<Self, Refusal> {
        let all = [self.yes, self.no, self.abstained];
        if all.iter().flatten().any(|number| !(0..=1000).contains(number)) {
            return Err(Refusal::of_field("votes_yes", "admin-council-refusal-votes"));
        }
        let sum: i64 = all.iter().flatten().sum();
        match present {
            Some(present) if sum > present => Err(Refusal::of_field("votes_yes", "admin-council-refusal-votes-too-many")),
            _ => Ok(self),
        }
    }
}

/// A title of 3 to 300 characters without surrounding white space.
///
/// # Errors
/// `admin-council-refusal-title` outside these bounds.
pub fn check_title(field: &'static str, text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if TITLE_CHARS.contains(&text.chars().count()) { Ok(text.to_owned()) } else { Err(Refusal::of_field(field, "admin-council-refusal-title")) }
}

/// A reason of 5 to 1000 characters.
///
/// # Errors
/// `admin-council-refusal-reason` outside these bounds.
pub fn check_reason(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if REASON_CHARS.contains(&text.chars().count()) { Ok(text.to_owned()) } else { Err(Refusal::of_field("reason", "admin-council-refusal-reason")) }
}

/// A day from the year 1800 to 2200, `YYYY-MM-DD`; nothing for an empty text.
///
/// # Errors
/// `admin-council-refusal-day` for anything else.
pub fn check_day(field: &'static str, text: &str) -> Result<Option<Date>, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse::<Date>() {
        Ok(day) if YEARS.contains(&day.year()) && text.len() == 10 => Ok(Some(day)),
        _ => Err(Refusal::of_field(field, "admin-council-refusal-day")),
    }
}

/// A period whose end is not before its start. Both ends count.
///
/// # Errors
/// `admin-council-refusal-end-before-start`.
pub fn check_period<T: PartialOrd>(field: &'static str, start: Option<&T>, end: Option<&T>) -> Result<(), Refusal> {
    match (start, end) {
        (Some(start), Some(end)) if end < start => Err(Refusal::of_field(field, "admin-council-refusal-end-before-start")),
        _ => Ok(()),
    }
}

/// What a paper needs before the public sees it: title, kind and day.
///
/// # Errors
/// `admin-council-refusal-title`, `admin-council-refusal-paper-kind` or `admin-council-refusal-paper-day`.
pub fn check_public_paper(title: Option<&str>, kind: Option<&str>, day: Option<Date>) -> Result<(), Refusal> {
    check_title("name", title.unwrap_or_default())?;
    if kind.is_none_or(|kind| kind.trim().is_empty()) {
        return Err(Refusal::of_field("kind", "admin-council-refusal-paper-kind"));
    }
    if day.is_none() {
        return Err(Refusal::of_field("dated_on", "admin-council-refusal-paper-day"));
    }
    Ok(())
}

/// What an agenda item must be: an open one has a title, an announced one a reason and nothing that tells of the matter.
///
/// # Errors
/// `admin-council-refusal-title`, `admin-council-refusal-item-reason`, `admin-council-refusal-item-closed-paper` or
/// `admin-council-refusal-item-closed-text`.
pub fn check_item(openness: Openness, title: &str, reason: &str, has_paper: bool, told_in: Option<&'static str>) -> Result<(), Refusal> {
    check_title("name", title)?;
    match openness {
        Openness::Announced if reason.trim().is_empty() => Err(Refusal::of_field("reason_non_public", "admin-council-refusal-item-reason")),
        Openness::Announced if has_paper => Err(Refusal::of_field("paper", "admin-council-refusal-item-closed-paper")),
        Openness::Announced => told_in.map_or(Ok(()), |field| Err(Refusal::of_field(field, "admin-council-refusal-item-closed-text"))),
        _ => Ok(()),
    }
}

/// The reference that follows the highest one of a year, in the form `2026/017`.
#[must_use]
pub fn next_reference<'r>(year: i16, known: impl Iterator<Item = &'r str>) -> String {
    let prefix = format!("{year}/");
    let highest = known.filter_map(|reference| reference.trim().strip_prefix(&prefix)?.parse::<u32>().ok()).max().unwrap_or(0);
    format!("{prefix}{:03}", highest.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_public_is_withdrawn_with_a_reason_and_never_hidden() {
        use State::{Draft, Internal, Public, Withdrawn};
        let check = |from: State, to: State, reason: &str, expected: Result<State, &'static str>| {
            assert_eq!(from.go(to, reason).map_err(|refusal| refusal.key), expected, "{from:?} to {to:?}");
        };
        check(Draft, Public, "", Ok(Public));
        check(Draft, Internal, "", Ok(Internal));
        check(Internal, Public, "", Ok(Public));
        check(Internal, Draft, "", Ok(Draft));
        check(Public, Draft, "wirklich", Err("admin-council-refusal-withdraw-instead"));
        check(Public, Internal, "wirklich", Err("admin-council-refusal-withdraw-instead"));
        check(Public, Withdrawn, "", Err("admin-council-refusal-reason"));
        check(Public, Withdrawn, "1234", Err("admin-council-refusal-reason"));
        check(Public, Withdrawn, "12345", Ok(Withdrawn));
        check(Public, Public, "", Ok(Public));
        check(Withdrawn, Public, "", Err("admin-council-refusal-reason"));
        check(Withdrawn, Public, "ein Versehen", Ok(Public));
        check(Withdrawn, Draft, "ein Versehen", Err("admin-council-refusal-withdrawn-stays"));
        check(Draft, Withdrawn, "ein Versehen", Err("admin-council-refusal-not-public"));
    }

    #[test]
    fn only_what_was_never_public_is_deleted() {
        let check = |state: State, was_public: bool, expected: Option<&str>| {
            assert_eq!(check_delete(state, was_public).err().map(|refusal| refusal.key), expected, "{state:?}");
        };
        check(State::Draft, false, None);
        check(State::Internal, false, None);
        check(State::Draft, true, Some("admin-council-refusal-was-public"));
        check(State::Internal, true, Some("admin-council-refusal-was-public"));
        check(State::Public, true, Some("admin-council-refusal-withdraw-instead"));
        check(State::Withdrawn, true, Some("admin-council-refusal-was-public"));
    }

    #[test]
    fn a_title_has_3_to_300_characters() {
        let check = |text: &str, is_ok: bool| assert_eq!(check_title("name", text).is_ok(), is_ok, "{}", text.len());
        check("ab", false);
        check("  ab ", false);
        check("abc", true);
        check("äöü", true);
        check(&"ä".repeat(300), true);
        check(&"ä".repeat(301), false);
    }

    #[test]
    fn a_day_is_between_1800_and_2200() {
        let check = |text: &str, expected: Result<bool, ()>| assert_eq!(check_day("day", text).map(|day| day.is_some()).map_err(|_| ()), expected, "{text}");
        check("", Ok(false));
        check("1800-01-01", Ok(true));
        check("1799-12-31", Err(()));
        check("2200-12-31", Ok(true));
        check("2201-01-01", Err(()));
        check("2026-02-29", Err(()));
        check("2026-06-08T10:00", Err(()));
        check("8.6.2026", Err(()));
    }

    #[test]
    fn an_end_is_not_before_its_start() {
        assert!(check_period("end", Some(&1), Some(&1)).is_ok());
        assert!(check_period("end", Some(&1), None).is_ok());
        assert!(check_period("end", Some(&2), Some(&1)).is_err());
    }

    #[test]
    fn there_are_not_more_votes_than_people() {
        let votes = |yes, no, abstained| Votes { yes: Some(yes), no: Some(no), abstained: Some(abstained) };
        let check = |votes: Votes, present: Option<i64>, expected: Option<&str>| {
            assert_eq!(votes.check(present).err().map(|refusal| refusal.key), expected, "{votes:?} of {present:?}");
        };
        check(votes(10, 5, 2), Some(17), None);
        check(votes(10, 5, 3), Some(17), Some("admin-council-refusal-votes-too-many"));
        check(votes(10, 5, 3), None, None);
        check(votes(-1, 0, 0), None, Some("admin-council-refusal-votes"));
        check(votes(1000, 0, 0), None, None);
        check(votes(1001, 0, 0), None, Some("admin-council-refusal-votes"));
        check(Votes::default(), Some(0), None);
    }

    #[test]
    fn a_public_paper_has_title_kind_and_day() {
        let day = Date::constant(2026, 6, 8);
        let check = |title: &str, kind: &str, day: Option<Date>, expected: Option<&str>| {
            assert_eq!(check_public_paper(Some(title), Some(kind), day).err().map(|refusal| refusal.key), expected);
        };
        check("Radweg", "Antrag", Some(day), None);
        check("", "Antrag", Some(day), Some("admin-council-refusal-title"));
        check("Radweg", " ", Some(day), Some("admin-council-refusal-paper-kind"));
        check("Radweg", "Antrag", None, Some("admin-council-refusal-paper-day"));
    }

    #[test]
    fn an_announced_item_tells_a_reason_and_no_matter() {
        let check = |openness, reason: &str, has_paper, expected: Option<&str>| {
            assert_eq!(check_item(openness, "Pacht", reason, has_paper, None).err().map(|refusal| refusal.key), expected);
        };
        let told = |openness| check_item(openness, "Pacht", "weil es um Preise geht", false, Some("summary")).err().map(|refusal| refusal.key);
        assert_eq!(told(Openness::Announced), Some("admin-council-refusal-item-closed-text"));
        assert_eq!(told(Openness::Closed), None);
        check(Openness::Public, "", true, None);
        check(Openness::Closed, "", true, None);
        check(Openness::Announced, "weil es um Preise geht", false, None);
        check(Openness::Announced, "", false, Some("admin-council-refusal-item-reason"));
        check(Openness::Announced, "weil es um Preise geht", true, Some("admin-council-refusal-item-closed-paper"));
        assert_eq!(Openness::Closed.state(State::Public), State::Internal);
        assert_eq!(Openness::Announced.state(State::Draft), State::Draft);
    }

    #[test]
    fn a_station_is_public_only_among_what_is_public() {
        use State::{Draft, Internal, Public, Withdrawn};
        let check = |before, around: (State, State, State), expected| assert_eq!(station_state(before, around.0, around.1, around.2), expected);
        check(Draft, (Public, Public, Public), Public);
        check(Withdrawn, (Public, Public, Public), Public);
        check(Draft, (Public, Public, Internal), Internal);
        check(Draft, (Public, Draft, Draft), Draft);
        check(Public, (Withdrawn, Public, Public), Withdrawn);
        check(Public, (Public, Public, Internal), Withdrawn);
    }

    #[test]
    fn only_what_stood_there_can_be_corrected() {
        assert!(!is_correction([("", "beschlossen"), ("Radweg", "Radweg ")].into_iter()));
        assert!(is_correction([("beschlossen", "abgelehnt")].into_iter()));
        assert!(is_correction([("beschlossen", "")].into_iter()));
    }

    #[test]
    fn the_next_reference_follows_the_highest_of_the_year() {
        let check = |known: &[&str], expected: &str| assert_eq!(next_reference(2026, known.iter().copied()), expected);
        check(&[], "2026/001");
        check(&["2026/016", "2026/009", "2025/400", "2026/x"], "2026/017");
        check(&["2026/999"], "2026/1000");
    }
}
