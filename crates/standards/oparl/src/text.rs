//! Texts as servers send them: blank ones, and those escaped for HTML.
//!
//! OParl forbids HTML escaping in JSON (1.1, section 2.4). Knows nothing of properties.

use std::borrow::Cow;

/// Whether a text says nothing: empty, white space, or »N/A«.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || text.eq_ignore_ascii_case("n/a")
}

/// The text without HTML escaping, also where it was escaped several times. Borrows where there is none.
#[must_use]
pub fn unescaped(text: &str) -> Cow<'_, str> {
    // Only a text made to cost time needs more: an entity spelled with entities that are spelled with entities.
    const PASSES_MAX: usize = 8;
    let mut result = Cow::Borrowed(text);
    for _ in 0..PASSES_MAX {
        match unescaped_once(&result) {
            Some(once) => result = Cow::Owned(once),
            None => return result,
        }
    }
    Cow::Owned(result.replace('&', ""))
}

/// None if nothing is escaped.
fn unescaped_once(text: &str) -> Option<String> {
    let mut result = String::new();
    let mut rest = text;
    let mut found = false;
    while let Some(at) = rest.find('&') {
        result.push_str(&rest[..at]);
        let mut behind = &rest[at + 1..];
        // An ampersand that was escaped may begin the next entity: `&amp;lt;`.
        let character = loop {
            match entity(behind) {
                Some((character, length)) => {
                    found = true;
                    behind = &behind[length..];
                    if character != '&' {
                        break character;
                    }
                }
                None => break '&',
            }
        };
        result.push(character);
        rest = behind;
    }
    result.push_str(rest);
    found.then_some(result)
}

/// The character that an entity stands for, and the entity's length in bytes; the text begins behind the ampersand. The
/// names are those that German servers produce.
fn entity(text: &str) -> Option<(char, usize)> {
    const NAME_LENGTH_MAX: usize = 5;
    if let Some(number) = text.strip_prefix('#') {
        let (digits, radix) = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => (hexadecimal, 16),
            None => (number, 10),
        };
        let end = digits.find(|character: char| !character.is_digit(radix))?;
        let closed = end > 0 && digits[end..].starts_with(';');
        return closed.then(|| (numeric(&digits[..end], radix), text.len() - digits.len() + end + 1));
    }
    let end = text.bytes().take(NAME_LENGTH_MAX + 1).position(|byte| byte == b';')?;
    let character = match text.get(..end)? {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "Uuml" => 'Ü',
        "szlig" => 'ß',
        "ndash" => '–',
        "bdquo" => '„',
        "ldquo" => '“',
        "euro" => '€',
        _ => return None,
    };
    Some((character, end + 1))
}

/// The character of this number; the replacement character for a number that names none (`&#0;`, a surrogate).
fn numeric(digits: &str, radix: u32) -> char {
    let code = u32::from_str_radix(digits, radix).unwrap_or(0);
    char::from_u32(code).filter(|character| *character != '\0').unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaping_is_undone_however_often_it_was_done() {
        for (from, to) in [
            ("M&uuml;ller &amp; S&#246;hne", "Müller & Söhne"),
            ("&amp;amp;quot;", "\""),
            ("&#x2013;&#0;&#55296;", "–\u{fffd}\u{fffd}"),
            ("&#99999999999999;&#00065;&#x;&#;", "\u{fffd}A&#x;&#;"),
            ("&am&#112;;lt;", "<"),
            ("A & B; C &unknown; &", "A & B; C &unknown; &"),
            ("&ä;", "&ä;"),
        ] {
            assert_eq!(unescaped(from), to);
        }
    }

    #[test]
    fn a_text_made_to_cost_time_costs_none() {
        let deep = format!("&{}lt;", "amp;".repeat(100_000));
        assert_eq!(unescaped(&deep), "<");
        let nested = |levels| (0..levels).fold("&#53;".to_owned(), |text, _| text.replacen('5', "&#53;", 1));
        assert_eq!(unescaped(&nested(7)), "5");
        assert!(matches!(unescaped(&unescaped(&nested(9))), Cow::Borrowed(_)));
    }

    #[test]
    fn nothing_said_is_blank() {
        for text in ["", " ", "\t\u{a0}", "N/A", " n/a "] {
            assert!(is_blank(text), "{text:?}");
        }
        for text in ["-", "0", "N/A (folgt)"] {
            assert!(!is_blank(text), "{text:?}");
        }
    }
}
