//! From raw characters to text that reads well aloud.
//!
//! Ligatures resolved, hyphenation at line ends repaired, soft hyphens and control characters gone, every white
//! space a single space, NFC; lines and paragraphs stay. Knows German where hyphens need it: syllables never begin
//! with a capital, and »Haupt- und Nebenamt« keeps its hyphen.

use unicode_normalization::UnicodeNormalization;

const SOFT_HYPHEN: char = '\u{ad}';

/// Words after which a hyphen at the line's end was meant: »Haupt-« / »und Nebenamt«.
const JOINING_WORDS: [&str; 8] = ["und", "oder", "bzw", "beziehungsweise", "sowie", "bis", "als", "noch"];

/// Text that was painted on a page: a soft hyphen that was painted is a hyphen.
pub(crate) fn tidy_painted(text: &str) -> String {
    tidy(text.chars().map(|sign| if sign == SOFT_HYPHEN { '-' } else { sign }))
}

/// Text that was written: a soft hyphen only allows a break and is dropped.
pub(crate) fn tidy_written(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace("\u{ad}\n", "");
    tidy(text.chars().filter(|sign| *sign != SOFT_HYPHEN))
}

fn tidy(signs: impl Iterator<Item = char>) -> String {
    let mut plain = String::new();
    for sign in signs {
        push_resolved(&mut plain, sign);
    }
    let composed: String = plain.nfc().collect();
    let mut lines: Vec<String> = Vec::new();
    for line in composed.split('\n') {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        // One empty line parts paragraphs; more say nothing more.
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line);
        }
    }
    repair_hyphenation(lines).join("\n").trim().to_owned()
}

fn push_resolved(text: &mut String, sign: char) {
    match sign {
        '\n' => text.push('\n'),
        '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' => text.push('\n'),
        '\u{2029}' => text.push_str("\n\n"),
        '\u{fb00}' => text.push_str("ff"),
        '\u{fb01}' => text.push_str("fi"),
        '\u{fb02}' => text.push_str("fl"),
        '\u{fb03}' => text.push_str("ffi"),
        '\u{fb04}' => text.push_str("ffl"),
        '\u{fb05}' | '\u{fb06}' => text.push_str("st"),
        // The non-breaking and the explicit hyphen look and read like the common one.
        '\u{2010}' | '\u{2011}' => text.push('-'),
        // The bullet of Symbol and Wingdings; the rest of the private area means nothing outside its font.
        '\u{f0b7}' | '\u{f0a7}' => text.push('•'),
        '\u{e000}'..='\u{f8ff}' => {}
        // Invisible: zero-width spaces and joiners, direction marks, byte order mark, replacement character.
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffd}' => {}
        _ if sign.is_whitespace() => text.push(' '),
        _ if sign.is_control() => {}
        _ => text.push(sign),
    }
}

/// Brings the second half of a divided word up to the first. The line itself stays where it ends.
fn repair_hyphenation(lines: Vec<String>) -> Vec<String> {
    let mut repaired: Vec<String> = Vec::with_capacity(lines.len());
    for line in lines {
        let joined = repaired.last_mut().and_then(|last| join(last, &line));
        match joined {
            Some(rest) if rest.is_empty() => {}
            Some(rest) => repaired.push(rest),
            None => repaired.push(line),
        }
    }
    repaired
}

/// If `last` ends in a divided word, completes it from `line` and gives the rest of `line`.
fn join(last: &mut String, line: &str) -> Option<String> {
    let stem = last.strip_suffix('-')?;
    let before = stem.rsplit([' ', '-']).next()?;
    if !before.chars().next_back()?.is_alphanumeric() {
        return None;
    }
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let next = word.chars().next().filter(|sign| sign.is_alphanumeric())?;
    let bare = word.trim_end_matches(|sign: char| !sign.is_alphanumeric());
    if JOINING_WORDS.contains(&bare) {
        return None;
    }
    if !is_hyphen_meant(before, next) {
        last.pop();
    }
    last.push_str(word);
    Some(rest.to_owned())
}

/// Whether the hyphen belongs to the word itself: before capitals and figures (»Karlsruhe-Durlach«), after
/// abbreviations, figures and single letters (»SPD-Fraktion«, »E-Mail«).
fn is_hyphen_meant(before: &str, next: char) -> bool {
    !next.is_lowercase() || !before.chars().any(char::is_lowercase) || before.chars().any(|sign| sign.is_numeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, tidied: &str) {
        assert_eq!(tidy_painted(text), tidied, "{text:?}");
    }

    #[test]
    fn a_divided_word_becomes_whole() {
        check("Ortsverwaltung Wet-\ntersbach am Rhein", "Ortsverwaltung Wettersbach\nam Rhein");
        check("Ver\u{ad}\nwaltung", "Verwaltung");
        check("Haus-\nhalts-\nplan", "Haushaltsplan");
    }

    #[test]
    fn a_hyphen_that_is_meant_stays() {
        check("Karlsruhe-\nDurlach liegt", "Karlsruhe-Durlach\nliegt");
        check("Haupt-\nund Nebenamt", "Haupt-\nund Nebenamt");
        check("SPD-\nnahe", "SPD-nahe");
        check("E-\nmail", "E-mail");
        check("2020-\n2024", "2020-2024");
        check("Aufzählung -\nnoch etwas", "Aufzählung -\nnoch etwas");
    }

    #[test]
    fn paragraphs_part_words_from_one_another() {
        check("Rat-\n\nhaus", "Rat-\n\nhaus");
        check("a\n\n\n\nb", "a\n\nb");
    }

    #[test]
    fn ligatures_and_decomposed_umlauts_are_resolved() {
        check("Oﬃzielle Schiﬀfahrt", "Offizielle Schifffahrt");
        check("Mu\u{308}ll", "Müll");
    }

    #[test]
    fn nothing_invisible_remains() {
        check("a\u{0}b\u{200b}c\u{feff}\u{7}", "abc");
        check(" viel\u{a0}\u{2009} Raum\t ", "viel Raum");
        check("\u{f0b7} Punkt", "• Punkt");
    }

    #[test]
    fn written_soft_hyphens_vanish() {
        assert_eq!(tidy_written("Ver\u{ad}waltungs\u{ad}\r\nrat"), "Verwaltungsrat");
    }
}
