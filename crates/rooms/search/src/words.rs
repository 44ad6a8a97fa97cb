//! The German nouns of addresses: `art=vorlage` means papers, `status=beschlossen` what was adopted. They stay in every
//! language of the page. A value that has no noun stands in addresses as it is.

/// One value: its key in the index, its noun in addresses, the key of its text.
type Term = (&'static str, &'static str, &'static str);

const KINDS: [Term; 7] = [
    ("paper", "vorlage", "search-kind-paper"),
    ("file", "datei", "search-kind-file"),
    ("meeting", "sitzung", "search-kind-meeting"),
    ("agenda_item", "tagesordnungspunkt", "search-kind-agenda-item"),
    ("decision", "beschluss", "search-kind-decision"),
    ("organization", "gremium", "search-kind-organization"),
    ("person", "mensch", "search-kind-person"),
];

const STATUSES: [Term; 7] = [
    ("adopted", "beschlossen", "search-status-adopted"),
    ("adopted-changed", "geaendert-beschlossen", "search-status-adopted-changed"),
    ("rejected", "abgelehnt", "search-status-rejected"),
    ("noted", "zur-kenntnis", "search-status-noted"),
    ("postponed", "vertagt", "search-status-postponed"),
    ("under-discussion", "in-beratung", "search-status-under-discussion"),
    ("cancelled", "faellt-aus", "search-status-cancelled"),
];

const DIMENSIONS: [Term; 3] = [
    ("transparency", "transparenz", "search-dimension-transparency"),
    ("participation", "beteiligung", "search-dimension-participation"),
    ("cooperation", "kooperation", "search-dimension-cooperation"),
];

fn terms(field: &str) -> &'static [Term] {
    match field {
        "kind" => &KINDS,
        "status" => &STATUSES,
        "dimension" => &DIMENSIONS,
        _ => &[],
    }
}

/// The noun of a value of a facet.
#[must_use]
pub fn noun<'v>(field: &str, key: &'v str) -> &'v str {
    terms(field).iter().find(|(known, ..)| *known == key).map_or(key, |(_, noun, _)| noun)
}

/// The value that a noun stands for. The key itself is understood too.
#[must_use]
pub fn key<'v>(field: &str, noun: &'v str) -> &'v str {
    terms(field).iter().find(|(_, known, _)| *known == noun).map_or(noun, |(key, ..)| key)
}

/// The key of the text of a value that has one.
#[must_use]
pub fn text_key(field: &str, key: &str) -> Option<&'static str> {
    terms(field).iter().find(|(known, ..)| *known == key).map(|(.., text)| *text)
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

    #[test]
    fn nouns_and_keys_belong_together() {
        for field in ["kind", "status", "dimension"] {
            for (known, german, _) in terms(field) {
                assert_eq!((noun(field, known), key(field, german), key(field, known)), (*german, *known, *known));
            }
        }
        assert_eq!((noun("committee", "Rat"), key("committee", "Rat")), ("Rat", "Rat"));
        assert_eq!((noun("kind", "impulse"), key("kind", "impulse")), ("impulse", "impulse"));
        assert_eq!(text_key("status", "in my words"), None);
    }
}
