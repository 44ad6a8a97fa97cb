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
    let mut result = Cow::Borrowed(text);
    while let Some(once) = unescaped_once(&result) {
        result = Cow::Owned(once);
    }
    result
}

/// None if nothing is escaped. Each replacement makes the text shorter, so repeating it ends.
fn unescaped_once(text: &str) -> Option<String> {
    if !text.contains('&') {
        return None;
    }
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    let mut found = false;
    while let Some(at) = rest.find('&') {
        result.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((character, length)) = entity(rest) {
            result.push(character);
            rest = &rest[length..];
            found = true;
        } else {
            result.push('&');
            rest = &rest[1..];
        }
    }
    result.push_str(rest);
    found.then_some(result)
}

/// The character that an entity at the start of the text stands for, and the entity's length in bytes. The names are
/// those that German servers produce.
fn entity(text: &str) -> Option<(char, usize)> {
    const LENGTH_MAX: usize = 10;
    let end = text.bytes().take(LENGTH_MAX).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let character = match name {
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
        _ => numeric(name.strip_prefix('#')?)?,
    };
    Some((character, end + 1))
}

/// A numeric entity. One that names no character (`&#0;`, a surrogate) becomes the replacement character.
fn numeric(digits: &str) -> Option<char> {
    let (digits, radix) = match digits.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => (hexadecimal, 16),
        None => (digits, 10),
    };
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let code = u32::from_str_radix(digits, radix).unwrap_or(0);
    Some(char::from_u32(code).filter(|character| *character != '\0').unwrap_or(char::REPLACEMENT_CHARACTER))
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
            ("&#99999999;", "&#99999999;"),
            ("A & B; C &unknown; &", "A & B; C &unknown; &"),
            ("&ä;", "&ä;"),
        ] {
            assert_eq!(unescaped(from), to);
        }
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
