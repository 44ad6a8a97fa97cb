//! What council texts mean: the outcome of an agenda item, the part a committee plays, where a paper stands.
//!
//! Council systems write results, roles and kinds as free text. These rules read them by folded keywords, so that a resident
//! sees one word for one thing; the official wording stays beside it. Pure: knows no database, no clock and no language.

use allmende_core::Instant;
use allmende_core::fold::fold;

/// A result longer than this (characters) is a text, not a word.
const RESULT_CHARS_MAX: usize = 160;

/// What came out of an agenda item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Decided as proposed.
    Adopted,
    /// Decided with a change.
    AdoptedChanged,
    /// Turned down.
    Rejected,
    /// Put off to a later meeting.
    Postponed,
    /// Taken note of.
    Noted,
    /// Handed to another committee.
    Referred,
    /// Taken off the agenda.
    TakenOff,
    /// Recommended to the committee that decides.
    Recommended,
    /// Anything else, in the council's own words.
    Other(String),
}

impl Outcome {
    /// Reads a result; nothing for a text that says that there is none.
    #[must_use]
    pub fn read(result: &str, role: Option<&str>) -> Option<Self> {
        let text = result.trim();
        let folded = fold(text);
        let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
        if says_nothing(&folded) {
            return None;
        }
        let other = || Some(Self::Other(text.to_owned()));
        if text.chars().count() > RESULT_CHARS_MAX {
            return other();
        }
        if has(&["abgesetzt", "absetzung", "von der tagesordnung"]) {
            return Some(Self::TakenOff);
        }
        if has(&["teilweise", "zum teil", "zurueckgezogen", "gewaehlt", "erledigt", "stellungnahme einverstanden", "uebernommen", "abstimmung gestellt"]) {
            return other();
        }
        if has(&["vertagt", "vertagung", "zurueckgestellt", "verschoben"]) {
            return Some(Self::Postponed);
        }
        if has(&["verwiesen", "verweisung", "ueberwiesen", "weiterbehandlung", "fachgremium"]) {
            return Some(Self::Referred);
        }
        if has(&["abgelehnt", "ablehn", "abzulehnen", "lehnt", "nicht zugestimmt", "stimmt nicht zu", "nicht beschlossen", "nicht angenommen"]) {
            return Some(Self::Rejected);
        }
        if has(&["kenntnis"]) {
            return Some(Self::Noted);
        }
        if has(&[
            "beschlossen",
            "beschliesst",
            "zugestimmt",
            "zustimmung",
            "stimmt zu",
            "angenommen",
            "genehmigt",
            "einverstanden",
            "empfohlen",
            "empfehlung",
            "vorberaten",
            "befuerwortet",
            "einstimmig",
            "mehrheitlich",
        ]) {
            return Some(adopted(&folded, role));
        }
        match Votes::read(text) {
            Some(votes) if votes.yes > votes.no => Some(adopted(&folded, role)),
            Some(_) => Some(Self::Rejected),
            None => other(),
        }
    }

    /// The last word of its text keys.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Adopted => "adopted",
            Self::AdoptedChanged => "adopted-changed",
            Self::Rejected => "rejected",
            Self::Postponed => "postponed",
            Self::Noted => "noted",
            Self::Referred => "referred",
            Self::TakenOff => "taken-off",
            Self::Recommended => "recommended",
            Self::Other(_) => "other",
        }
    }

    /// The shape before the word: `done`, `no`, `busy` or `open`.
    #[must_use]
    pub const fn shape(&self) -> &'static str {
        match self {
            Self::Adopted | Self::AdoptedChanged | Self::Noted => "done",
            Self::Rejected => "no",
            Self::Recommended => "busy",
            Self::Postponed | Self::Referred | Self::TakenOff | Self::Other(_) => "open",
        }
    }

    /// Whether the matter itself was decided.
    #[must_use]
    pub const fn is_decision(&self) -> bool {
        matches!(self, Self::Adopted | Self::AdoptedChanged | Self::Rejected)
    }

    /// Whether the paper went back or to another committee.
    #[must_use]
    pub const fn sends_back(&self) -> bool {
        matches!(self, Self::Postponed | Self::Referred | Self::TakenOff)
    }
}

/// Words that stand in the field for a result and say that there is none.
fn says_nothing(folded: &str) -> bool {
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(bare, "" | "ohne" | "keine" | "keines" | "kein" | "entfaellt" | "kein text vorhanden" | "offen" | "unbekannt")
}

fn adopted(folded: &str, role: Option<&str>) -> Outcome {
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    if has(&["empfohlen", "empfehlung", "vorberaten", "befuerwortet"]) || role.is_some_and(|role| Part::read(role, None).is_some_and(Part::prepares)) {
        return Outcome::Recommended;
    }
    let same = has(&["ungeaendert", "unveraendert", "ohne aenderung"]);
    if !same && has(&["geaendert", "veraendert", "aenderung", "modifi", "abweichend"]) { Outcome::AdoptedChanged } else { Outcome::Adopted }
}

/// A counted vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Votes {
    /// Votes for it.
    pub yes: i64,
    /// Votes against it.
    pub no: i64,
    /// Abstentions.
    pub abstained: i64,
}

impl Votes {
    /// The vote in numbers, if the columns hold one.
    #[must_use]
    pub fn of(yes: Option<i64>, no: Option<i64>, abstained: Option<i64>) -> Option<Self> {
        if yes.is_none() && no.is_none() {
            return None;
        }
        let votes = Self { yes: yes.unwrap_or(0).max(0), no: no.unwrap_or(0).max(0), abstained: abstained.unwrap_or(0).max(0) };
        (votes.all() > 0).then_some(votes)
    }

    /// The vote that a free text tells: "13 Ja-Stimmen, 1 Nein-Stimme, 0 Enthaltungen". Both yes and no must be named.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let (mut yes, mut no, mut abstained) = (None, None, None);
        let folded = fold(text);
        let mut rest = folded.as_str();
        while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
            let tail = &rest[start..];
            let end = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
            let number = tail[..end].parse::<i64>().ok().filter(|number| *number < 10_000);
            let word = tail[end..].trim_start_matches([' ', '-', 'x', '×']);
            let slot = if word.starts_with("ja") {
                Some(&mut yes)
            } else if word.starts_with("nein") || word.starts_with("gegen") {
                Some(&mut no)
            } else if word.starts_with("enth") {
                Some(&mut abstained)
            } else {
                None
            };
            if let Some(slot) = slot {
                *slot = slot.or(number);
            }
            rest = &tail[end..];
        }
        yes.and(no).and(Self::of(yes, no, abstained))
    }

    /// All votes cast.
    #[must_use]
    pub const fn all(self) -> i64 {
        self.yes + self.no + self.abstained
    }
}

/// What a committee does with a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// It decides.
    Decides,
    /// It prepares the decision of another.
    Prepares,
    /// It is heard.
    Heard,
    /// It is told.
    Told,
    /// It consults.
    Consults,
}

impl Part {
    /// Reads a role; nothing where it says nothing.
    #[must_use]
    pub fn read(role: &str, authoritative: Option<bool>) -> Option<Self> {
        let folded = fold(role);
        let has = |word: &str| folded.contains(word);
        if has("vorberat") || has("empfehl") {
            Some(Self::Prepares)
        } else if has("entscheid") || has("beschluss") {
            Some(Self::Decides)
        } else if has("anhoer") || has("stellungnahme") {
            Some(Self::Heard)
        } else if has("kenntnis") || has("information") {
            Some(Self::Told)
        } else if has("berat") || has("behandl") {
            Some(Self::Consults)
        } else if authoritative == Some(true) {
            Some(Self::Decides)
        } else {
            None
        }
    }

    /// The last word of its text key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Decides => "decides",
            Self::Prepares => "prepares",
            Self::Heard => "heard",
            Self::Told => "told",
            Self::Consults => "consults",
        }
    }

    /// Whether another committee decides afterwards.
    #[must_use]
    pub const fn prepares(self) -> bool {
        matches!(self, Self::Prepares | Self::Heard)
    }
}

/// One station of a paper as the rules see it.
#[derive(Debug, Clone, Default)]
pub struct Station {
    /// When the meeting begins.
    pub at: Option<Instant>,
    /// Whether the meeting does not take place.
    pub cancelled: bool,
    /// What the committee does.
    pub part: Option<Part>,
    /// What came out.
    pub outcome: Option<Outcome>,
}

/// Where a paper stands: positions in the list of its stations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// The station whose outcome counts today.
    pub result: Option<usize>,
    /// The last station that was held.
    pub last: Option<usize>,
    /// The next station to come.
    pub next: Option<usize>,
}

/// The last station that was held: a meeting that was called off or has no day is none. `stations` are in the order of time.
#[must_use]
pub fn last_held(mut stations: impl DoubleEndedIterator<Item = (Option<Instant>, bool)> + ExactSizeIterator, now: Instant) -> Option<usize> {
    stations.rposition(|(at, cancelled)| !cancelled && at.is_some_and(|at| at <= now))
}

/// Finds where a paper stands. `stations` are in the order of time. A decision of the committee that decides outweighs what
/// others said later; without one, the last outcome counts. A meeting that was called off is no station.
#[must_use]
pub fn standing(stations: &[Station], now: Instant) -> Standing {
    let mut standing = Standing::default();
    let mut decided = None;
    for (position, station) in stations.iter().enumerate().filter(|(_, station)| !station.cancelled) {
        let Some(at) = station.at else { continue };
        if at > now {
            standing.next = standing.next.or(Some(position));
            continue;
        }
        standing.last = Some(position);
        if let Some(outcome) = &station.outcome {
            standing.result = Some(position);
            if outcome.is_decision() && !station.part.is_some_and(Part::prepares) {
                decided = Some(position);
            }
        }
    }
    standing.result = decided.or(standing.result);
    standing
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(result: &str, role: &str, expected: &str) {
        let outcome = Outcome::read(result, (!role.is_empty()).then_some(role));
        assert_eq!(outcome.as_ref().map_or("none", Outcome::key), expected, "{result} ({role})");
    }

    #[test]
    fn the_results_of_a_large_city_are_read() {
        check("Kenntnisnahme", "", "noted");
        check("einstimmig zugestimmt", "Entscheidung", "adopted");
        check("einstimmig beschlossen", "Entscheidung", "adopted");
        check("mehrheitlich beschlossen", "unbekannt", "adopted");
        check("mehrheitlich abgelehnt", "Entscheidung", "rejected");
        check("erledigt", "", "other");
        check("mehrheitlich zugestimmt", "Vorberatung", "recommended");
        check("mehrheitlich zugestimmt", "Anhörung", "recommended");
        check("mehrheitlich zugestimmt", "Behandlung", "adopted");
        check("verwiesen in Fachausschuss", "", "referred");
        check("mit Stellungnahme einverstanden", "", "other");
        check("Beratung im Fachgremium/Arbeitskreis", "", "referred");
        check("vorberaten ohne Änderungen", "", "recommended");
        check("erledigt durch Stellungnahme der Verwaltung", "", "other");
        check("vertagt", "Entscheidung", "postponed");
        check("keine Abstimmung", "", "other");
        check("Zustimmung", "", "adopted");
        check("verwiesen in den Gemeinderat", "Vorberatung", "referred");
        check("Stellungnahme zur Kenntnis genommen", "", "noted");
        check("keine Mitteilungen", "", "other");
        check("Zugestimmt zu geändertem Beschlusstext", "", "adopted-changed");
        check("einverstanden", "", "adopted");
        check("Antrag ist erledigt", "", "other");
        check("mehrheitlich zugestimmt zu geändertem Beschlusstext", "", "adopted-changed");
        check("zurückgezogen", "", "other");
        check("Beschlossen mit geändertem Beschlusstext", "", "adopted-changed");
        check("teilweise zugestimmt", "", "other");
        check("gewählt", "", "other");
        check("Aushang im Foyer", "", "other");
        check("einstimmig abgelehnt", "", "rejected");
        check("siehe Dokument Abstimmungsergebnisse", "", "other");
        check("mehrheitlich zugestimmt zu geändertem Antrag", "", "adopted-changed");
        check("teilweise abgelehnt", "", "other");
        check("einstimmig zugestimmt zum modifizierten Antrag", "", "adopted-changed");
        check("vorberaten mit Änderungen", "", "recommended");
        check("genehmigt", "", "adopted");
        check("abgesetzt", "", "taken-off");
        check("- abgesetzt -", "", "taken-off");
        check("keine", "", "none");
        check("in Beschlussvorlage übernommen", "", "other");
        check("bei Stimmengleichheit abgelehnt", "", "rejected");
        check("Weiterbehandlung im Planungsausschuss", "", "referred");
        check("nicht zur Abstimmung gestellt", "", "other");
        check("ungeändert beschlossen", "", "adopted");
    }

    #[test]
    fn the_results_of_a_small_town_are_read() {
        check("einstimmig, 0 Enthaltungen", "", "adopted");
        check("Einstimmig; 0 Enthaltungen ", "", "adopted");
        check("einstimmig, 1 Enthaltung CDU-Fraktion", "", "adopted");
        check("einstimmig12 Ja-Stimmen, 0 Enthaltungen, 0 Nein-Stimmen", "", "adopted");
        check("13 Ja-Stimmen, 0 Enthaltungen, 0 Nein-Stimmen", "", "adopted");
        check("5 Ja-Stimmen, 8 Nein-Stimmen, 0 Enthaltungen", "", "rejected");
        check("6 Ja-Stimmen, 6 Nein-Stimmen", "", "rejected");
        check("7 Ja-Stimmen, 6 Nein-Stimmen", "Vorberatung", "recommended");
        check("ohne", "", "none");
        check("Ohne. ", "", "none");
        check("(kein Text vorhanden)", "", "none");
        check("entfällt", "", "none");
        check("", "", "none");
        check("Der Ausschuss nimmt die Ausführungen zur Kenntnis.", "", "noted");
        check("Die anwesenden Ausschussmitglieder nehmen den Sachverhalt einstimmig zur Kenntnis.", "", "noted");
        check("JaNeinEnthaltungBM1CDU81SPD6", "", "other");
    }

    #[test]
    fn a_long_result_is_a_text_and_no_word() {
        check(&format!("beschlossen {}", "x".repeat(148)), "", "adopted");
        check(&format!("beschlossen {}", "x".repeat(149)), "", "other");
    }

    #[test]
    fn votes_are_read_only_where_yes_and_no_are_named() {
        let check = |text: &str, expected: Option<(i64, i64, i64)>| {
            assert_eq!(Votes::read(text).map(|votes| (votes.yes, votes.no, votes.abstained)), expected, "{text}");
        };
        check("Einstimmig15-Ja-Stimmen, 0 Nein-Stimmen, 0 Enthaltungen", Some((15, 0, 0)));
        check("11 Ja-Stimmen, 1 Enthaltung, 2 Nein-Stimmen", Some((11, 2, 1)));
        check("12 ja, 3 nein", Some((12, 3, 0)));
        check("einstimmig, 2 Enthaltungen", None);
        check("12 Ja-Stimmen", None);
        check("0 Ja, 0 Nein", None);
        check("99999 Ja, 1 Nein", None);
    }

    #[test]
    fn a_role_says_what_the_committee_does() {
        let check = |role: &str, authoritative: Option<bool>, expected: Option<Part>| assert_eq!(Part::read(role, authoritative), expected, "{role}");
        check("Entscheidung", Some(true), Some(Part::Decides));
        check("Kenntnisnahme", None, Some(Part::Told));
        check("Vorberatung", None, Some(Part::Prepares));
        check("Beratung", None, Some(Part::Consults));
        check("Behandlung", None, Some(Part::Consults));
        check("Anhörung", None, Some(Part::Heard));
        check("unbekannt", None, None);
        check("unbekannt", Some(true), Some(Part::Decides));
        check("Empfehlungsbeschluss", None, Some(Part::Prepares));
    }

    fn station(day: i64, part: Part, outcome: Option<Outcome>) -> Station {
        Station { at: Some(Instant::from_millis(day)), cancelled: false, part: Some(part), outcome }
    }

    #[test]
    fn a_decision_outweighs_what_is_only_told_later() {
        let stations = [
            station(1, Part::Prepares, Some(Outcome::Recommended)),
            station(2, Part::Decides, Some(Outcome::Adopted)),
            station(3, Part::Told, Some(Outcome::Noted)),
            station(9, Part::Told, None),
        ];
        let now = Instant::from_millis(5);
        assert_eq!(standing(&stations, now), Standing { result: Some(1), last: Some(2), next: Some(3) });
        assert_eq!(standing(&stations[..1], now), Standing { result: Some(0), last: Some(0), next: None });
        assert_eq!(last_held(stations.iter().map(|station| (station.at, station.cancelled)), now), Some(2));
        assert_eq!(last_held(stations.iter().map(|station| (station.at, true)), now), None);
    }

    #[test]
    fn a_meeting_is_to_come_until_it_begins_and_none_if_called_off() {
        let mut stations = [station(5, Part::Decides, None)];
        assert_eq!(standing(&stations, Instant::from_millis(4)).next, Some(0));
        assert_eq!(standing(&stations, Instant::from_millis(5)).last, Some(0));
        stations[0].cancelled = true;
        assert_eq!(standing(&stations, Instant::from_millis(4)), Standing::default());
    }
}
