//! What counts as a decision, what may become of it, and what a report must say. Pure: knows no database and no clock.
//!
//! Read in this order: [`Kind`] and [`Rules`] (which outcomes are decisions), [`Status`], [`Report`], [`Half`].

use allmende_core::fold::fold;
use allmende_core::{Act, Actor, Refusal, may};
pub use allmende_platform::money::{COST_CENTS_MAX, cents};
use allmende_platform::outcomes::Votes;
use jiff::civil::Date;

/// Characters of one line of a report.
pub const LINE_CHARS_MAX: usize = 300;
/// Characters of a reason, a next step or a note.
pub const TEXT_CHARS_MAX: usize = 2_000;
/// A result longer than this (characters) is a text and no word; then only the vote tells.
const RESULT_CHARS_MAX: usize = 160;
/// Patterns of one kind at the most.
pub const PATTERNS_MAX: usize = 100;
/// Characters of a pattern.
pub const PATTERN_CHARS: std::ops::RangeInclusive<usize> = 2..=80;

/// What an outcome is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// No decision: put off, referred, noted, withdrawn, only prepared.
    None,
    /// Decided with a change, or in part.
    Changed,
    /// Turned down.
    Rejected,
    /// Decided.
    Adopted,
}

impl Kind {
    /// All kinds in the order in which their patterns are asked.
    pub const ALL: [Self; 4] = [Self::None, Self::Changed, Self::Rejected, Self::Adopted];

    /// The key in the database and in texts.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Changed => "changed",
            Self::Rejected => "rejected",
            Self::Adopted => "adopted",
        }
    }

    /// The kind of a key; none for an unknown one.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The shape before the word.
    #[must_use]
    pub const fn shape(self) -> &'static str {
        match self {
            Self::Adopted | Self::Changed => "done",
            Self::Rejected => "no",
            Self::None => "open",
        }
    }
}

/// The words that the program itself knows, gathered from the results of a large city and a small town. What is approved (»genehmigt«)
/// in councils is nearly always the minutes: nothing follows from that.
const DEFAULTS: [(Kind, &[&str]); 4] = [
    (
        Kind::None,
        &[
            "abgesetzt",
            "absetzung",
            "von der tagesordnung",
            "vertag",
            "zurückgestellt",
            "verschoben",
            "verwiesen",
            "verweisung",
            "überwiesen",
            "weiterbehandlung",
            "beratung im",
            "kenntnis",
            "zurückgezogen",
            "erledigt",
            "übernommen",
            "keine abstimmung",
            "nicht zur abstimmung",
            "keine mitteilung",
            "mit stellungnahme",
            "vorberaten",
            "empfohlen",
            "empfiehlt",
            "empfehlung",
            "befürwortet",
            "aushang",
            "siehe",
            "genehmigt",
            "beantwortet",
            "bekannt gegeben",
            "=ohne",
            "=keine",
            "=entfällt",
            "=kein text vorhanden",
        ],
    ),
    (Kind::Changed, &["teilweise", "zum teil", "geändert", "verändert", "mit änderung", "modifiziert", "abweichend"]),
    (Kind::Rejected, &["abgelehnt", "ablehn", "abzulehnen", "lehnt", "nicht zugestimmt", "stimmt nicht zu", "nicht beschlossen", "nicht angenommen"]),
    (
        Kind::Adopted,
        &["beschlossen", "beschließt", "zugestimmt", "zustimmung", "stimmt zu", "angenommen", "einverstanden", "gewählt", "einstimmig", "mehrheitlich"],
    ),
];

/// The patterns of a site. A pattern stands for every result in which a word begins with it; one that begins with `=` for
/// results that say just this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules(Vec<(Kind, String)>);

impl Default for Rules {
    fn default() -> Self {
        Self(DEFAULTS.into_iter().flat_map(|(kind, patterns)| patterns.iter().map(move |pattern| (kind, fold(pattern)))).collect())
    }
}

impl Rules {
    /// The patterns of a site, folded; without any the program's own.
    #[must_use]
    pub fn of(patterns: Vec<(Kind, String)>) -> Self {
        if patterns.is_empty() {
            return Self::default();
        }
        let mut patterns: Vec<_> = patterns.into_iter().map(|(kind, pattern)| (kind, fold(&pattern))).collect();
        patterns.sort_by_key(|(kind, _)| *kind);
        Self(patterns)
    }

    /// The patterns of one kind as an editor sees them: one on each line.
    #[must_use]
    pub fn lines(&self, kind: Kind) -> String {
        self.0.iter().filter(|(own, _)| *own == kind).map(|(_, pattern)| pattern.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// Reads what an editor wrote for a kind, one pattern on each line; empty lines do not count.
    ///
    /// # Errors
    /// `admin-decision-rule-length` for a pattern of other than 2 to 80 characters, `admin-decision-rule-many` for more than 100.
    pub fn parse(kind: Kind, text: &str) -> Result<Vec<(Kind, String)>, Refusal> {
        let field = field_of(kind);
        let patterns: Vec<_> = text.lines().map(fold).filter(|line| !line.is_empty()).map(|line| (kind, line)).collect();
        if patterns.len() > PATTERNS_MAX {
            return Err(Refusal::of_field(field, "admin-decision-rule-many"));
        }
        let is_fine = |pattern: &str| PATTERN_CHARS.contains(&pattern.trim_start_matches('=').chars().count());
        if patterns.iter().any(|(_, pattern)| !is_fine(pattern)) {
            return Err(Refusal::of_field(field, "admin-decision-rule-length"));
        }
        Ok(patterns)
    }

    /// What an outcome is. Words that say that nothing was decided come first, then a change, a refusal, a consent; where no
    /// word is known the vote tells. A committee that prepares decides nothing.
    #[must_use]
    pub fn read(&self, result: Option<&str>, has_resolution: bool, votes: Option<Votes>, prepares: bool) -> Kind {
        if prepares {
            return Kind::None;
        }
        let result = result.map(str::trim).filter(|result| !result.is_empty());
        let known = result.filter(|result| result.chars().count() <= RESULT_CHARS_MAX).and_then(|result| {
            let folded = fold(result);
            self.0.iter().find(|(_, pattern)| matches(&folded, pattern)).map(|(kind, _)| *kind)
        });
        match (known, votes) {
            (Some(kind), _) => kind,
            (None, Some(votes)) if votes.yes > votes.no => Kind::Adopted,
            (None, Some(_)) => Kind::Rejected,
            (None, None) if result.is_none() && has_resolution => Kind::Adopted,
            (None, None) => Kind::None,
        }
    }
}

/// The form field of a kind's patterns.
#[must_use]
pub const fn field_of(kind: Kind) -> &'static str {
    kind.key()
}

fn matches(folded: &str, pattern: &str) -> bool {
    if let Some(whole) = pattern.strip_prefix('=') {
        return folded.trim_matches(|c: char| !c.is_alphanumeric()) == whole.trim();
    }
    folded.match_indices(pattern).any(|(at, _)| !folded[..at].ends_with(char::is_alphanumeric))
}

/// How far a decision is carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// It came from another system, and nobody reported yet.
    NotReported,
    /// To be done, not begun.
    Open,
    /// Begun.
    InProgress,
    /// Done in part.
    Partly,
    /// Done.
    Done,
    /// It cannot be done.
    NotFeasible,
    /// Another decision took its place.
    Superseded,
    /// There is nothing to do.
    NoAction,
}

impl Status {
    /// All in the order of lists.
    pub const ALL: [Self; 8] = [Self::InProgress, Self::Open, Self::Partly, Self::Done, Self::NotFeasible, Self::Superseded, Self::NoAction, Self::NotReported];

    /// The key in the database, in addresses and in texts.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotReported => "not-reported",
            Self::Open => "open",
            Self::InProgress => "in-progress",
            Self::Partly => "partly",
            Self::Done => "done",
            Self::NotFeasible => "not-feasible",
            Self::Superseded => "superseded",
            Self::NoAction => "no-action",
        }
    }

    /// The status of a key.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.key() == key)
    }

    /// The German word, for what knows no reader: the facets of the search.
    #[must_use]
    pub const fn german(self) -> &'static str {
        match self {
            Self::NotReported => "noch nicht gemeldet",
            Self::Open => "noch nicht begonnen",
            Self::InProgress => "in Arbeit",
            Self::Partly => "teilweise umgesetzt",
            Self::Done => "umgesetzt",
            Self::NotFeasible => "nicht umsetzbar",
            Self::Superseded => "durch anderen Beschluss ersetzt",
            Self::NoAction => "nichts umzusetzen",
        }
    }

    /// The shape before the word.
    #[must_use]
    pub const fn shape(self) -> &'static str {
        match self {
            Self::NotReported | Self::Open => "open",
            Self::InProgress | Self::Partly => "busy",
            Self::Done | Self::NoAction => "done",
            Self::NotFeasible | Self::Superseded => "no",
        }
    }

    /// Whether something is still to come.
    #[must_use]
    pub const fn is_pending(self) -> bool {
        matches!(self, Self::NotReported | Self::Open | Self::InProgress | Self::Partly)
    }

    /// Where a new decision stands: what was turned down asks for nothing, what came from elsewhere is not reported yet.
    #[must_use]
    pub const fn first(kind: Kind, is_imported: bool) -> Self {
        match (kind, is_imported) {
            (Kind::Rejected, _) => Self::NoAction,
            (_, true) => Self::NotReported,
            (_, false) => Self::Open,
        }
    }
}

/// Whether somebody may report on a decision: people of its department, and whoever may correct it.
#[must_use]
pub fn may_report(actor: &Actor, belongs_to_department: bool) -> bool {
    may(actor, Act::CorrectDecisions) || (belongs_to_department && may(actor, Act::ReportDecisions))
}

/// What a department reports, as it was sent.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    /// Key of the status.
    pub status: String,
    /// Why.
    pub reason: String,
    /// What comes next.
    pub next_step: String,
    /// `YYYY-MM-DD`.
    pub expected_on: String,
    /// In euros, as people write it.
    pub cost: String,
    /// Whom to ask: an office, not a person.
    pub contact: String,
    /// Number of the decision that took its place.
    pub superseded_by: String,
}

/// A report that says what its status needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The status.
    pub status: Status,
    /// Why.
    pub reason: Option<String>,
    /// What comes next.
    pub next_step: Option<String>,
    /// When it will be done.
    pub expected_on: Option<Date>,
    /// What it costs.
    pub cost_cents: Option<i64>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// The decision that took its place.
    pub superseded_by: Option<i64>,
}

impl Report {
    /// # Errors
    /// `admin-decision-status-missing`; `admin-decision-reason-missing` where it is not feasible and nobody says why;
    /// `admin-decision-superseded-missing` where another took its place and nobody says which; `admin-decision-refused-date`, `admin-decision-refused-cost`,
    /// `admin-decision-text-long` for values outside their bounds. Each with its field.
    pub fn read(sent: &Sent) -> Result<Self, Vec<Refusal>> {
        let mut refusals = Vec::new();
        let status = Status::of(&sent.status).filter(|status| *status != Status::NotReported);
        if status.is_none() {
            refusals.push(Refusal::of_field("status", "admin-decision-status-missing"));
        }
        let mut text = |value: &str, field: &'static str, chars_max: usize| {
            if value.chars().count() > chars_max {
                refusals.push(Refusal::of_field(field, "admin-decision-text-long"));
            }
            Some(value.trim().to_owned()).filter(|value| !value.is_empty())
        };
        let (reason, next_step) = (text(&sent.reason, "reason", TEXT_CHARS_MAX), text(&sent.next_step, "next_step", TEXT_CHARS_MAX));
        let contact = text(&sent.contact, "contact", LINE_CHARS_MAX);
        if status == Some(Status::NotFeasible) && reason.is_none() {
            refusals.push(Refusal::of_field("reason", "admin-decision-reason-missing"));
        }
        let is_pending = status.is_some_and(Status::is_pending);
        let expected_on = match sent.expected_on.trim() {
            "" => None,
            day => day.parse::<Date>().ok().filter(|day| (2000..=2199).contains(&day.year())).map_or_else(
                || {
                    refusals.push(Refusal::of_field("expected_on", "admin-decision-refused-date"));
                    None
                },
                Some,
            ),
        };
        let cost_cents = match sent.cost.trim() {
            "" => None,
            cost => cents(cost).map_or_else(
                || {
                    refusals.push(Refusal::of_field("cost", "admin-decision-refused-cost"));
                    None
                },
                Some,
            ),
        };
        let superseded_by = sent.superseded_by.trim().parse::<i64>().ok().filter(|id| *id > 0 && status == Some(Status::Superseded));
        if status == Some(Status::Superseded) && superseded_by.is_none() {
            refusals.push(Refusal::of_field("superseded_by", "admin-decision-superseded-missing"));
        }
        match status.filter(|_| refusals.is_empty()) {
            // What has ended has neither a next step nor a day on which it will be done.
            Some(status) => Ok(Self {
                status,
                reason,
                next_step: next_step.filter(|_| is_pending),
                expected_on: expected_on.filter(|_| is_pending),
                cost_cents,
                contact,
                superseded_by,
            }),
            None => Err(refusals),
        }
    }
}

/// Half a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Half {
    /// 2000 to 2199.
    pub year: i16,
    /// 1 or 2.
    pub half: i8,
}

impl Half {
    /// The half year of a day.
    #[must_use]
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), half: if day.month() <= 6 { 1 } else { 2 } }
    }

    /// Reads `2026-1`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, half) = text.split_once('-')?;
        let (year, half) = (year.parse().ok().filter(|_| year.len() == 4)?, half.parse().ok().filter(|_| half.len() == 1)?);
        ((2000..=2199).contains(&year) && (1..=2).contains(&half)).then_some(Self { year, half })
    }

    /// `2026-1`
    #[must_use]
    pub fn key(self) -> String {
        format!("{:04}-{}", self.year, self.half)
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Date {
        Date::new(self.year, if self.half == 1 { 1 } else { 7 }, 1).unwrap_or(Date::ZERO)
    }

    /// The half year before.
    #[must_use]
    pub const fn before(self) -> Self {
        if self.half == 2 { Self { half: 1, ..self } } else { Self { year: self.year - 1, half: 2 } }
    }

    /// The half year after.
    #[must_use]
    pub const fn after(self) -> Self {
        if self.half == 1 { Self { half: 2, ..self } } else { Self { year: self.year + 1, half: 1 } }
    }
}

/// Which reminder a deadline is due for: 0 in the week before it, then 1 the day after and one more every four weeks. None
/// while it is farther away.
#[must_use]
pub fn reminder_round(expected_on: Date, today: Date) -> Option<i64> {
    let days = i64::from((today - expected_on).get_days());
    match days {
        ..-7 => None,
        -7..=0 => Some(0),
        late => Some(1 + (late - 1) / 28),
    }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
