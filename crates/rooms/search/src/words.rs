//! The texts of what the index knows by keys: kinds, statuses, dimensions. Their nouns in addresses stand in
//! [`allmende_platform::nouns`].

/// One value: its key in the index, the key of its text.
type Term = (&'static str, &'static str);

const KINDS: [Term; 11] = [
    ("paper", "search-kind-paper"),
    ("file", "search-kind-file"),
    ("meeting", "search-kind-meeting"),
    ("agenda_item", "search-kind-agenda-item"),
    ("decision", "search-kind-decision"),
    ("undertaking", "search-kind-undertaking"),
    ("process", "search-kind-process"),
    ("statement", "search-kind-statement"),
    ("idea", "search-kind-idea"),
    ("organization", "search-kind-organization"),
    ("person", "search-kind-person"),
];

const STATUSES: [Term; 7] = [
    ("adopted", "search-status-adopted"),
    ("adopted-changed", "search-status-adopted-changed"),
    ("rejected", "search-status-rejected"),
    ("noted", "search-status-noted"),
    ("postponed", "search-status-postponed"),
    ("under-discussion", "search-status-under-discussion"),
    ("cancelled", "search-status-cancelled"),
];

const DIMENSIONS: [Term; 3] =
    [("transparency", "search-dimension-transparency"), ("participation", "search-dimension-participation"), ("cooperation", "search-dimension-cooperation")];

fn terms(field: &str) -> &'static [Term] {
    match field {
        "kind" => &KINDS,
        "status" => &STATUSES,
        "dimension" => &DIMENSIONS,
        _ => &[],
    }
}

/// The key of the text of a value that has one.
#[must_use]
pub fn text_key(field: &str, key: &str) -> Option<&'static str> {
    terms(field).iter().find(|(known, _)| *known == key).map(|(_, text)| *text)
}

/// The shape before a status: `done`, `no`, `busy` or `open`.
#[must_use]
pub fn shape(status: &str) -> &'static str {
    match status {
        "adopted" | "adopted-changed" | "noted" => "done",
        "rejected" | "cancelled" => "no",
        "under-discussion" => "busy",
        _ => "open",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use allmende_platform::nouns;

    #[test]
    fn whatever_has_a_noun_has_a_text() {
        for field in ["kind", "status", "dimension"] {
            let known: Vec<&str> = terms(field).iter().map(|(key, _)| *key).collect();
            assert_eq!(known, nouns::of(field).iter().map(|(key, _)| *key).collect::<Vec<_>>(), "{field}");
        }
        assert_eq!(text_key("status", "in my words"), None);
    }
}
