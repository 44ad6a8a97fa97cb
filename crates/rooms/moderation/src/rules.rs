//! What may be reported, decided and objected to. Pure.

use allmende_core::{Id, Instant, Person, Refusal};
use allmende_platform::mail::check_address;
use allmende_platform::moderated::Standing;

/// The published rules in their order; each has texts `moderation-rule-KEY` and `moderation-rule-KEY-title` that a site may reword.
pub const RULES: [&str; 8] = ["respect", "hate", "violence", "privacy", "truth", "topic", "advertising", "rights"];
/// The rule of contents that a law forbids: it stands beside the rules of the house.
pub const LAW: &str = "law";
/// What a report can be about: a rule, or something else in one's own words.
pub const OTHER: &str = "other";
/// What a notice of illegal content can be about.
pub const OFFENCES: [&str; 7] = ["insult", "incitement", "threat", "minors", "privacy-law", "copyright", "other-law"];
/// Abuse of minors: whoever reports it need not say who they are (DSA, Art. 16 (2) c).
pub const MINORS: &str = "minors";
/// Characters of the words of a report, a reason and an objection.
pub const WORDS_CHARS_MAX: usize = 3_000;
/// Characters that explain a notice at the least.
pub const EXPLANATION_CHARS_MIN: usize = 20;
/// Characters of a reason and of an objection at the least.
pub const REASON_CHARS_MIN: usize = 10;
/// Days within which one may object. No six months are longer (DSA, Art. 20 (1)).
pub const APPEAL_DAYS: i64 = 184;
/// Reports of one client in an hour.
pub const REPORTS_MAX: i64 = 20;
/// The kind of what no room offers for moderation.
pub const PAGE: &str = "page";

/// What a moderator does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Takes a contribution out of the public eye.
    Hide,
    /// Leaves it as it is.
    Keep,
    /// Hands it to whoever is responsible for the page.
    Pass,
    /// Publishes what waited.
    Release,
    /// Shows again what was hidden.
    Restore,
    /// Lets it wait for a closer look.
    Hold,
    /// Leaves a decision as it is after an objection.
    Uphold,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 7] = [Self::Hide, Self::Keep, Self::Pass, Self::Release, Self::Restore, Self::Hold, Self::Uphold];

    /// The key in the database and in texts.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Hide => "hidden",
            Self::Keep => "kept",
            Self::Pass => "passed",
            Self::Release => "released",
            Self::Restore => "restored",
            Self::Hold => "held",
            Self::Uphold => "upheld",
        }
    }

    /// The action of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.key() == key)
    }

    /// Where it brings a contribution, if anywhere.
    #[must_use]
    pub const fn leads_to(self) -> Option<Standing> {
        match self {
            Self::Hide => Some(Standing::Hidden),
            Self::Release | Self::Restore => Some(Standing::Public),
            Self::Hold => Some(Standing::Waiting),
            Self::Keep | Self::Pass | Self::Uphold => None,
        }
    }

    /// Whether it restricts what somebody wrote, so that they are owed reasons (DSA, Art. 17).
    #[must_use]
    pub const fn restricts(self) -> bool {
        matches!(self, Self::Hide | Self::Hold)
    }
}

/// What can be done with a contribution where it stands; with a page of another room nothing but answer.
#[must_use]
pub const fn actions(standing: Option<Standing>) -> &'static [Action] {
    match standing {
        None => &[Action::Keep, Action::Pass],
        Some(Standing::Waiting) => &[Action::Release, Action::Hide],
        Some(Standing::Public) => &[Action::Keep, Action::Hide, Action::Hold],
        Some(Standing::Hidden) => &[Action::Keep, Action::Restore],
        Some(Standing::Withdrawn) => &[Action::Keep],
    }
}

/// A decision that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What is done.
    pub action: Action,
    /// Which rule it rests on, where something is hidden or held.
    pub rule: Option<&'static str>,
    /// Why, in words that everybody concerned reads.
    pub words: String,
}

/// Checks a decision against where the contribution stands.
///
/// # Errors
/// `admin-moderation-refusal-action` for what cannot be done there, `admin-moderation-refusal-rule` for hiding or holding without a rule,
/// `admin-moderation-refusal-words` outside 10 to 3,000 characters. Releasing needs no words: nobody is refused anything.
pub fn verdict(action: &str, rule: &str, words: &str, standing: Option<Standing>) -> Result<Verdict, Vec<Refusal>> {
    let Some(action) = Action::from_key(action).filter(|action| actions(standing).contains(action)) else {
        return Err(vec![Refusal::of_field("action", "admin-moderation-refusal-action")]);
    };
    let rule = RULES.into_iter().chain([LAW]).find(|known| *known == rule);
    let mut refusals = Vec::new();
    if action.restricts() && rule.is_none() {
        refusals.push(Refusal::of_field("rule", "admin-moderation-refusal-rule"));
    }
    if action != Action::Release {
        refusals.extend(reason(words, "admin-moderation-refusal-words").err());
    }
    let words = words.chars().take(WORDS_CHARS_MAX).collect();
    if refusals.is_empty() { Ok(Verdict { action, rule: rule.filter(|_| action.restricts()), words }) } else { Err(refusals) }
}

/// Checks the words of a reason or an objection.
///
/// # Errors
/// `key` outside [`REASON_CHARS_MIN`] to [`WORDS_CHARS_MAX`] characters.
pub fn reason(words: &str, key: &'static str) -> Result<(), Refusal> {
    if (REASON_CHARS_MIN..=WORDS_CHARS_MAX).contains(&words.chars().count()) { Ok(()) } else { Err(Refusal::of_field("words", key)) }
}

/// What somebody reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// A key of [`RULES`], [`OTHER`] or [`OFFENCES`].
    pub category: &'static str,
    /// In their words; may be empty for a plain report.
    pub words: String,
    /// Whether it is a notice of illegal content.
    pub is_notice: bool,
    /// Who reports, if they say so.
    pub name: Option<String>,
    /// Where the answer goes, if anywhere.
    pub email: Option<String>,
}

/// Checks a plain report.
///
/// # Errors
/// `report-refusal-category` without a category, `report-refusal-words` for something else without words or for more than 3,000
/// characters, `mail-address` for an address that is none.
pub fn report(category: &str, words: &str, email: &str) -> Result<Report, Vec<Refusal>> {
    let found = RULES.into_iter().chain([OTHER]).find(|known| *known == category);
    let mut refusals = Vec::new();
    if found.is_none() {
        refusals.push(Refusal::of_field("category", "report-refusal-category"));
    }
    let count = words.chars().count();
    if count > WORDS_CHARS_MAX || (found == Some(OTHER) && count < REASON_CHARS_MIN) {
        refusals.push(Refusal::of_field("words", "report-refusal-words"));
    }
    refusals.extend(address(email).err());
    match found {
        Some(category) if refusals.is_empty() => Ok(Report { category, words: words.to_owned(), is_notice: false, name: None, email: some(email) }),
        _ => Err(refusals),
    }
}

/// Checks a notice of illegal content. Source: DSA, Art. 16 (2): explanation, place, name and address but for abuse of minors, good faith.
///
/// # Errors
/// `illegal-refusal-category`, `illegal-refusal-words` outside 20 to 3,000 characters, `illegal-refusal-name`, `mail-address`,
/// `illegal-refusal-faith`.
pub fn notice(category: &str, words: &str, name: &str, email: &str, is_in_good_faith: bool) -> Result<Report, Vec<Refusal>> {
    let found = OFFENCES.into_iter().find(|known| *known == category);
    let mut refusals = Vec::new();
    if found.is_none() {
        refusals.push(Refusal::of_field("category", "illegal-refusal-category"));
    }
    if !(EXPLANATION_CHARS_MIN..=WORDS_CHARS_MAX).contains(&words.chars().count()) {
        refusals.push(Refusal::of_field("words", "illegal-refusal-words"));
    }
    let may_hide = found == Some(MINORS);
    if name.is_empty() && !may_hide {
        refusals.push(Refusal::of_field("name", "illegal-refusal-name"));
    }
    if email.is_empty() && !may_hide {
        refusals.push(Refusal::of_field("email", "mail-address"));
    }
    refusals.extend(address(email).err());
    if !is_in_good_faith {
        refusals.push(Refusal::of_field("faith", "illegal-refusal-faith"));
    }
    match found {
        Some(category) if refusals.is_empty() => Ok(Report { category, words: words.to_owned(), is_notice: true, name: some(name), email: some(email) }),
        _ => Err(refusals),
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn address(email: &str) -> Result<(), Refusal> {
    if email.is_empty() { Ok(()) } else { check_address(email).map_err(|refusal| Refusal::of_field("email", refusal.key)) }
}

/// The path on this site that an address names.
///
/// # Errors
/// `illegal-refusal-place` for an address of another site or of none.
pub fn place(address: &str, base_url: &str) -> Result<String, Refusal> {
    let path = address.strip_prefix(base_url).unwrap_or(address);
    let path = if path.is_empty() && !address.is_empty() { "/" } else { path };
    let is_path = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', ' ']) && path.chars().count() <= 300;
    if is_path { Ok(path.to_owned()) } else { Err(Refusal::of_field("place", "illegal-refusal-place")) }
}

/// The number that stands for a page in [`PAGE`]: 53 bits, so that it is a number everywhere. Source: FNV-1a.
#[must_use]
pub fn page_number(path: &str) -> i64 {
    let hash = path.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    i64::try_from(hash >> 11).unwrap_or_default()
}

/// Until when one may object to a decision.
#[must_use]
pub fn appeal_until(decided_at: Instant) -> Instant {
    decided_at.plus_seconds(APPEAL_DAYS * 86_400)
}

/// Whether an objection comes in time.
///
/// # Errors
/// `appeal-refusal-late` after [`APPEAL_DAYS`].
pub fn check_appeal(decided_at: Instant, now: Instant) -> Result<(), Refusal> {
    if now <= appeal_until(decided_at) { Ok(()) } else { Err(Refusal::new("appeal-refusal-late")) }
}

/// Whether somebody may decide an objection: only another person than who decided first.
///
/// # Errors
/// `admin-moderation-refusal-same` for the same person.
pub fn check_second(decider: Option<Id<Person>>, first: Option<Id<Person>>) -> Result<(), Refusal> {
    if decider.is_some() && decider == first { Err(Refusal::new("admin-moderation-refusal-same")) } else { Ok(()) }
}

/// What an objection changes if it is right: what was hidden or held is shown, what was left is hidden. Nothing for what cannot be
/// objected to.
#[must_use]
pub const fn reversed(action: Action) -> Option<Action> {
    match action {
        Action::Hide | Action::Hold => Some(Action::Restore),
        Action::Keep | Action::Pass | Action::Release => Some(Action::Hide),
        Action::Restore | Action::Uphold => None,
    }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
