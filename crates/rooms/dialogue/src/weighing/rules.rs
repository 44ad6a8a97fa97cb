//! What is allowed in the weighing: states, four eyes, what an answer needs, how a statement is split. Pure.

use allmende_core::{Id, Person, Refusal};
use allmende_texts::sentences::sentences;
use allmende_xbeteiligung::Weighing as Code;
use jiff::civil::Date;

/// Characters of a reason.
pub const REASON_CHARS: std::ops::RangeInclusive<usize> = 10..=4_000;
/// Points that a statement can be split into.
pub const POINTS_MAX: usize = 50;
/// Bundles of one act on many.
pub const MANY_MAX: usize = 2_000;

/// Where the answer to a bundle stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Nobody proposed anything.
    Open,
    /// An answer is proposed.
    Proposed,
    /// A second person approved it.
    Approved,
    /// Everybody reads it.
    Published,
}

impl Stage {
    /// All, in their order.
    pub const ALL: [Self; 4] = [Self::Open, Self::Proposed, Self::Approved, Self::Published];

    /// The word in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Proposed => "proposed",
            Self::Approved => "approved",
            Self::Published => "published",
        }
    }

    /// The stage of a word.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.key() == key)
    }

    /// Where it stands after points came in or went out: who approved it has not seen what it says now.
    #[must_use]
    pub const fn after_change(self) -> Self {
        match self {
            Self::Approved => Self::Proposed,
            other => other,
        }
    }
}

/// Whether an answer may be proposed or changed, or points moved: not once it is public.
///
/// # Errors
/// `admin-weighing-is-public`.
pub fn may_change(stage: Stage) -> Result<(), Refusal> {
    if stage == Stage::Published { Err(Refusal::new("admin-weighing-is-public")) } else { Ok(()) }
}

/// Four eyes: whether a person may approve what was proposed.
///
/// # Errors
/// `admin-weighing-not-proposed`; `admin-weighing-own-proposal` for whoever proposed it; `admin-weighing-nobody` without an account.
pub fn may_approve(stage: Stage, proposed_by: Option<Id<Person>>, actor: Option<Id<Person>>) -> Result<(), Refusal> {
    if stage != Stage::Proposed {
        return Err(Refusal::new("admin-weighing-not-proposed"));
    }
    match actor {
        None => Err(Refusal::new("admin-weighing-nobody")),
        Some(actor) if proposed_by == Some(actor) => Err(Refusal::new("admin-weighing-own-proposal")),
        Some(_) => Ok(()),
    }
}

/// A proposed answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What is proposed.
    pub code: Code,
    /// Why, in words for the author.
    pub reason: String,
    /// How it was reckoned.
    pub calculation: Option<String>,
    /// The department that answers.
    pub department: Option<i64>,
    /// Until when.
    pub answer_by: Option<Date>,
}

impl Proposal {
    /// Reads what was sent. `department` 0 is none.
    ///
    /// # Errors
    /// `admin-weighing-code`, `admin-weighing-reason`, `admin-weighing-day`, each with its field.
    pub fn read(code: &str, reason: &str, calculation: &str, department: &str, answer_by: &str) -> Result<Self, Vec<Refusal>> {
        let mut refusals = Vec::new();
        let own = code.parse().ok().and_then(Code::of);
        if own.is_none() {
            refusals.push(Refusal::of_field("code", "admin-weighing-code"));
        }
        if !REASON_CHARS.contains(&reason.trim().chars().count()) {
            refusals.push(Refusal::of_field("reason", "admin-weighing-reason"));
        }
        if calculation.chars().count() > *REASON_CHARS.end() {
            refusals.push(Refusal::of_field("calculation", "admin-weighing-long"));
        }
        let day = answer_by.parse().ok();
        if day.is_none() && !answer_by.is_empty() {
            refusals.push(Refusal::of_field("answer_by", "admin-weighing-day"));
        }
        match own {
            Some(code) if refusals.is_empty() => Ok(Self {
                code,
                reason: reason.trim().to_owned(),
                calculation: Some(calculation.trim().to_owned()).filter(|text| !text.is_empty()),
                department: department.parse().ok().filter(|id: &i64| *id > 0),
                answer_by: day,
            }),
            _ => Err(refusals),
        }
    }
}

/// The sentences of a text, each with the white space behind it: put together they are the text again, character by character.
#[must_use]
pub fn segments(text: &str) -> Vec<&str> {
    let begins: Vec<usize> = sentences(text).into_iter().map(|range| range.start).skip(1).collect();
    let bytes: Vec<usize> = {
        let mut wanted = begins.into_iter().peekable();
        text.char_indices().enumerate().filter_map(|(position, (byte, _))| wanted.next_if(|begin| *begin == position).map(|_| byte)).collect()
    };
    let mut out = Vec::new();
    let mut from = 0;
    for byte in bytes {
        out.push(&text[from..byte]);
        from = byte;
    }
    if from < text.len() {
        out.push(&text[from..]);
    }
    out
}

/// Splits a point in two: what stays, and the picked sentences as a point of their own. No character is lost and none is twice.
///
/// # Errors
/// `admin-weighing-split-none` if no sentence is picked, or one that is not there; `admin-weighing-split-all` if nothing would stay.
pub fn split(text: &str, picked: &[usize]) -> Result<(String, String), Refusal> {
    let segments = segments(text);
    if picked.is_empty() || picked.iter().any(|place| *place >= segments.len()) {
        return Err(Refusal::of_field("sentence", "admin-weighing-split-none"));
    }
    let (mut stays, mut goes) = (String::new(), String::new());
    for (place, segment) in segments.iter().enumerate() {
        let target = if picked.contains(&place) { &mut goes } else { &mut stays };
        target.push_str(segment);
    }
    if stays.trim().is_empty() { Err(Refusal::of_field("sentence", "admin-weighing-split-all")) } else { Ok((stays, goes)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDA: Id<Person> = Id::new(1);
    const OTTO: Id<Person> = Id::new(2);

    #[test]
    fn who_proposed_an_answer_does_not_approve_it() {
        let check = |stage, by, actor, expected: Result<(), &str>| {
            assert_eq!(may_approve(stage, by, actor).map_err(|refusal| refusal.key), expected, "{stage:?} {by:?} {actor:?}");
        };
        check(Stage::Proposed, Some(IDA), Some(OTTO), Ok(()));
        check(Stage::Proposed, Some(IDA), Some(IDA), Err("admin-weighing-own-proposal"));
        check(Stage::Proposed, None, Some(IDA), Ok(()));
        check(Stage::Proposed, Some(IDA), None, Err("admin-weighing-nobody"));
        for stage in [Stage::Open, Stage::Approved, Stage::Published] {
            check(stage, Some(IDA), Some(OTTO), Err("admin-weighing-not-proposed"));
        }
    }

    #[test]
    fn what_is_public_stays_and_what_is_approved_is_looked_at_again() {
        assert!(Stage::ALL.into_iter().all(|stage| may_change(stage).is_ok() == (stage != Stage::Published)));
        assert_eq!(Stage::ALL.map(Stage::after_change), [Stage::Open, Stage::Proposed, Stage::Proposed, Stage::Published]);
        assert!(Stage::ALL.into_iter().all(|stage| Stage::of(stage.key()) == Some(stage)));
    }

    #[test]
    fn an_answer_needs_a_code_of_the_list_and_a_reason() {
        let keys = |code: &str, reason: &str, day: &str| match Proposal::read(code, reason, "", "0", day) {
            Ok(_) => Vec::new(),
            Err(refusals) => refusals.into_iter().map(|refusal| refusal.key).collect(),
        };
        let reason = "r".repeat(10);
        assert_eq!(keys("1000", &reason, ""), [""; 0]);
        assert_eq!(keys("3000", &"r".repeat(4_000), "2026-07-01"), [""; 0]);
        assert_eq!(keys("1500", &reason, ""), ["admin-weighing-code"]);
        assert_eq!(keys("", &"r".repeat(9), "x"), ["admin-weighing-code", "admin-weighing-reason", "admin-weighing-day"]);
        assert_eq!(keys("5000", &"r".repeat(4_001), ""), ["admin-weighing-reason"]);
    }

    #[test]
    fn splitting_keeps_every_character() {
        let text = "Die Hecke fehlt. Gem. § 3 Abs. 2 ist das z. B. falsch!\n\n  Und die Frist ist zu kurz.  ";
        let segments = segments(text);
        assert_eq!(segments.concat(), text);
        assert_eq!(segments.len(), 3, "{segments:?}");
        let (stays, goes) = split(text, &[1]).expect("two points");
        assert_eq!((stays.as_str(), goes.as_str()), ("Die Hecke fehlt. Und die Frist ist zu kurz.  ", "Gem. § 3 Abs. 2 ist das z. B. falsch!\n\n  "));
        let mut all: Vec<char> = stays.chars().chain(goes.chars()).collect();
        let mut before: Vec<char> = text.chars().collect();
        all.sort_unstable();
        before.sort_unstable();
        assert_eq!(all, before);
    }

    #[test]
    fn something_is_picked_and_something_stays() {
        let key = |picked: &[usize]| split("Eins. Zwei. Drei.", picked).map_err(|refusal| refusal.key);
        assert_eq!(key(&[]), Err("admin-weighing-split-none"));
        assert_eq!(key(&[3]), Err("admin-weighing-split-none"));
        assert_eq!(key(&[0, 1, 2]), Err("admin-weighing-split-all"));
        assert!(key(&[0]).is_ok() && key(&[2, 1]).is_ok());
        assert_eq!(split("Nur ein Satz.", &[0]).map_err(|refusal| refusal.key), Err("admin-weighing-split-all"));
        assert!(segments("").is_empty());
    }
}
