//! Texts made comparable: folded for looking up, keyed for sorting, shortened for addresses.
//!
//! The database compares bytes only, so what shall be found or sorted as a German reader expects is computed here and
//! stored beside the text. Pure.

/// Characters of the longest slug.
pub const SLUG_CHARS_MAX: usize = 60;

/// The text in lower case with umlauts and ligatures written out (`ä` → `ae`, `ß` → `ss`), accents dropped and white
/// space run together: two spellings of one reference fold to the same.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            'a'..='z' | '0'..='9' => out.push(character),
            'A'..='Z' => out.push(character.to_ascii_lowercase()),
            _ => character.to_lowercase().for_each(|lower| fold_one(&mut out, lower)),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn fold_one(out: &mut String, character: char) {
    match character {
        'ä' => out.push_str("ae"),
        'ö' => out.push_str("oe"),
        'ü' => out.push_str("ue"),
        // Combining marks of decomposed texts.
        '\u{308}' => out.push('e'),
        '\u{300}'..='\u{36f}' => {}
        _ if character.is_whitespace() => {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        }
        _ => push_plain(out, character),
    }
}

/// A key whose byte order is the order of a German telephone list without umlaut rules (DIN 5007-1): `ä` sorts as `a`,
/// `ß` as `ss`, case and punctuation do not count.
#[must_use]
pub fn sort_key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_lowercase) {
        match character {
            'ä' => out.push('a'),
            'ö' => out.push('o'),
            'ü' => out.push('u'),
            '\u{300}'..='\u{36f}' => {}
            _ if character.is_alphanumeric() => push_plain(&mut out, character),
            _ if !out.is_empty() && !out.ends_with(' ') => out.push(' '),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// A title as the readable part of an address: folded, words joined by hyphens, at most [`SLUG_CHARS_MAX`] characters and
/// whole words; only a first word longer than that is cut. Empty for a title without letters and digits.
#[must_use]
pub fn slug(title: &str) -> String {
    let folded = fold(title);
    let mut out = String::with_capacity(SLUG_CHARS_MAX);
    for word in folded.split(|character: char| !character.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if out.is_empty() {
            out.push_str(&word[..word.len().min(SLUG_CHARS_MAX)]);
        } else if out.len() + 1 + word.len() <= SLUG_CHARS_MAX {
            out.push('-');
            out.push_str(word);
        } else {
            break;
        }
    }
    out
}

/// A lower-case letter without the accents that council papers bear (Latin-1 and the neighbours' names).
fn push_plain(out: &mut String, character: char) {
    match character {
        'ß' => out.push_str("ss"),
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ą' | 'ă' => out.push('a'),
        'ç' | 'ć' | 'č' => out.push('c'),
        'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ě' => out.push('e'),
        'ğ' => out.push('g'),
        'ì' | 'í' | 'î' | 'ï' | 'ı' => out.push('i'),
        'ł' => out.push('l'),
        'ñ' | 'ń' | 'ň' => out.push('n'),
        'ò' | 'ó' | 'ô' | 'õ' | 'ø' | 'ő' => out.push('o'),
        'ř' => out.push('r'),
        'ś' | 'š' | 'ş' | 'ș' => out.push('s'),
        'ț' | 'ť' => out.push('t'),
        'ù' | 'ú' | 'û' | 'ű' | 'ů' => out.push('u'),
        'ý' | 'ÿ' => out.push('y'),
        'ź' | 'ż' | 'ž' => out.push('z'),
        other => out.push(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_thing_fold_to_the_same() {
        for (one, other) in [("Straße", "STRASSE"), ("Ä 1 / 2026", "ae  1 / 2026 "), ("Cafe\u{301}", "café"), ("o\u{308}l", "Öl")] {
            assert_eq!(fold(one), fold(other));
        }
        assert_eq!(fold(" \t "), "");
    }

    #[test]
    fn an_umlaut_sorts_with_its_letter() {
        let mut names = ["Özdemir", "Zander", "Oppermann", "»Ostermann«", "Ärzte", "Arzt", "von Ohl"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["Arzt", "Ärzte", "Oppermann", "»Ostermann«", "Özdemir", "von Ohl", "Zander"]);
    }

    #[test]
    fn a_slug_ends_with_a_whole_word_at_its_limit() {
        assert_eq!(slug("Begegnungszentrum für Durlach (Süd)"), "begegnungszentrum-fuer-durlach-sued");
        let sixty = format!("{} {}", "a".repeat(29), "b".repeat(30));
        assert_eq!(slug(&sixty).len(), 60);
        assert_eq!(slug(&format!("{sixty}b")), "a".repeat(29));
        assert_eq!(slug(&"x".repeat(61)).len(), 60);
        assert_eq!(slug("– ? –"), "");
    }
}
