//! What council names tell: the kind of a paper, the group of an organization, the article of a committee.
//!
//! Councils name things freely; these rules read the names by folded keywords and endings. Pure.

use allmende_core::fold::fold;

/// The last word of the text key that explains a kind of paper, and whether residents say another word than "Vorlage".
#[must_use]
pub fn paper_kind(kind: &str) -> Option<&'static str> {
    let folded = fold(kind);
    let has = |word: &str| folded.contains(word);
    if has("aenderungsantrag") || has("ergaenzungsantrag") {
        Some("amendment")
    } else if has("antrag") {
        Some("motion")
    } else if has("anfrage") {
        Some("inquiry")
    } else if has("beschlussvorlage") || folded == "sitzungsvorlage" {
        Some("proposal")
    } else if has("informationsvorlage") || has("mitteilung") || has("bericht") {
        Some("information")
    } else if has("tischvorlage") {
        Some("late")
    } else if has("haushalt") {
        Some("budget")
    } else if has("offenlage") {
        Some("display")
    } else {
        None
    }
}

/// Groups of organizations, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The council itself.
    Council,
    /// Committees and local councils.
    Committee,
    /// Parliamentary groups and parties.
    Faction,
    /// Offices and others.
    Other,
}

impl Group {
    /// Reads what an organization is from its kind, its classification and its name.
    #[must_use]
    pub fn read(kind: Option<&str>, classification: Option<&str>, name: &str) -> Self {
        let (kind, classification, name) = (fold(kind.unwrap_or_default()), fold(classification.unwrap_or_default()), fold(name));
        let is_office = ["verwaltung", "dienststelle", "behoerde", "amt"].iter().any(|word| kind.contains(word) || classification.contains(word));
        if kind.contains("fraktion")
            || classification.contains("fraktion")
            || kind.contains("partei")
            || name.contains("fraktion") && !name.contains("geschaeftsstelle")
        {
            Self::Faction
        } else if ["gemeinderat", "stadtrat", "rat", "gemeindevertretung", "stadtverordnetenversammlung", "kreistag", "rat der gemeinde", "rat der stadt"]
            .contains(&name.as_str())
        {
            Self::Council
        } else if is_office {
            Self::Other
        } else if ["ausschuss", "ortschaftsrat", "ortsbeirat", "ortsrat", "bezirksvertretung", "beirat", "gemeinderat", "stadtrat", "kommission"]
            .iter()
            .any(|word| name.contains(word))
            || kind.contains("gremium")
        {
            Self::Committee
        } else {
            Self::Other
        }
    }

    /// The last word of its text key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Council => "council",
            Self::Committee => "committee",
            Self::Faction => "faction",
            Self::Other => "other",
        }
    }
}

/// The article of a committee's name, for "im Gemeinderat" and "in der Bezirksvertretung".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Article {
    /// der
    Masculine,
    /// die
    Feminine,
    /// Not known.
    Unknown,
}

impl Article {
    /// Reads it from the first word whose ending tells it.
    #[must_use]
    pub fn of(name: &str) -> Self {
        for word in name.split(|c: char| !c.is_alphanumeric()) {
            let word = fold(word);
            let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
            if ends(&["ausschuss", "rat", "kreistag", "senat", "vorstand"]) {
                return Self::Masculine;
            }
            if ends(&["versammlung", "vertretung", "kommission", "buergerschaft", "konferenz", "gruppe", "fraktion"]) {
                return Self::Feminine;
            }
        }
        Self::Unknown
    }

    /// The last word of its text key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Masculine => "der",
            Self::Feminine => "die",
            Self::Unknown => "name",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organizations_are_grouped_by_what_they_are_called() {
        let check = |kind: Option<&str>, name: &str, expected: Group| assert_eq!(Group::read(kind, None, name), expected, "{name}");
        check(None, "Gemeinderat", Group::Council);
        check(None, "Gemeinderat - Beratungen zum DHH", Group::Committee);
        check(None, "Ortschaftsrat Durlach", Group::Committee);
        check(Some("Fraktion"), "CDU", Group::Faction);
        check(Some("Dienststellen"), "Bauamt", Group::Other);
        check(None, "Fraktionsgeschäftsstelle", Group::Other);
        check(None, "Tiefbauamt", Group::Other);
    }

    #[test]
    fn the_ending_tells_the_article() {
        let check = |name: &str, expected: Article| assert_eq!(Article::of(name), expected, "{name}");
        check("Gemeinderat", Article::Masculine);
        check("Haupt- und Finanzausschuss", Article::Masculine);
        check("Ausschuss für Umwelt und Gesundheit", Article::Masculine);
        check("Rat der Gemeinde", Article::Masculine);
        check("Stadtverordnetenversammlung", Article::Feminine);
        check("Bezirksvertretung 3", Article::Feminine);
        check("Rathaus", Article::Unknown);
        check("Stadtwerke", Article::Unknown);
    }

    #[test]
    fn kinds_of_paper_have_plain_words() {
        for (kind, expected) in [
            ("Beschlussvorlage", Some("proposal")),
            ("Antrag", Some("motion")),
            ("Änderungs-/Ergänzungsantrag", Some("amendment")),
            ("Anfrage", Some("inquiry")),
            ("Informationsvorlage", Some("information")),
            ("Mitteilungsvorlage", Some("information")),
            ("Tischvorlage", Some("late")),
            ("Haushalt THH 4100", Some("budget")),
            ("Offenlage", Some("display")),
            ("Sonstiges", None),
        ] {
            assert_eq!(paper_kind(kind), expected, "{kind}");
        }
    }
}
