//! The German nouns of search addresses: `art=vorlage` means papers, `status=beschlossen` what was adopted. They stay in every
//! language of the page. A value that has no noun stands in addresses as it is. Pure.

/// One value: its key in the index, its noun in addresses.
type Noun = (&'static str, &'static str);

const KINDS: [Noun; 11] = [
    ("paper", "vorlage"),
    ("file", "datei"),
    ("meeting", "sitzung"),
    ("agenda_item", "tagesordnungspunkt"),
    ("decision", "beschluss"),
    ("undertaking", "vorhaben"),
    ("process", "verfahren"),
    ("statement", "stellungnahme"),
    ("idea", "idee"),
    ("organization", "gremium"),
    ("person", "mensch"),
];

const STATUSES: [Noun; 7] = [
    ("adopted", "beschlossen"),
    ("adopted-changed", "geaendert-beschlossen"),
    ("rejected", "abgelehnt"),
    ("noted", "zur-kenntnis"),
    ("postponed", "vertagt"),
    ("under-discussion", "in-beratung"),
    ("cancelled", "faellt-aus"),
];

const DIMENSIONS: [Noun; 3] = [("transparency", "transparenz"), ("participation", "beteiligung"), ("cooperation", "kooperation")];

/// The nouns of a facet: key and noun.
#[must_use]
pub fn of(field: &str) -> &'static [Noun] {
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
    of(field).iter().find(|(known, _)| *known == key).map_or(key, |(_, noun)| noun)
}

/// The value that a noun stands for. The key itself is understood too.
#[must_use]
pub fn key<'v>(field: &str, noun: &'v str) -> &'v str {
    of(field).iter().find(|(_, known)| *known == noun).map_or(noun, |(key, _)| key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_and_keys_belong_together() {
        for field in ["kind", "status", "dimension"] {
            for (known, german) in of(field) {
                assert_eq!((noun(field, known), key(field, german), key(field, known)), (*german, *known, *known));
            }
        }
        assert_eq!((noun("committee", "Rat"), key("committee", "Rat")), ("Rat", "Rat"));
        assert_eq!((noun("kind", "impulse"), key("kind", "impulse")), ("impulse", "impulse"));
    }
}
