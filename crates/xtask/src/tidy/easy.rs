//! Leichte Sprache: what a machine can say of it (BITV 2.0, annex 2, part 2).
//!
//! Short sentences; no genitive, no passive, no subjunctive, no abbreviations, no signs for words. Owns the lists of
//! words; a rule that would be wrong too often is left out. Start at [`check`].

use super::translations::resources;
use super::{Findings, tree::Tree};

/// More words than this are two sentences.
const WORDS_MAX: usize = 12;

/// More letters than this want a hyphen.
const LETTERS_TO_WARN: usize = 17;

const GENITIVE: &[&str] = &["des", "eines", "deren", "dessen", "wessen", "meines", "ihres", "unseres", "dieses"];

const SUBJUNCTIVE: &[&str] =
    &["würde", "würden", "wäre", "wären", "hätte", "hätten", "könnte", "könnten", "müsste", "müssten", "dürfte", "dürften", "sollte", "sollten"];

const ABBREVIATIONS: &[&str] = &[
    "z. b.", "z.b.", "d. h.", "d.h.", "u. a.", "u.a.", "usw.", "bzw.", "ca.", "nr.", "str.", "inkl.", "ggf.", "evtl.", "vgl.", "bspw.", "etc.", "abs.", "max.",
    "min.", "tel.",
];

/// Words in capitals that are known better than what they stand for.
const KNOWN_CAPITALS: &[&str] = &["PDF", "SMS", "WC"];

const SIGNS: &[(char, &str)] = &[('%', "Prozent"), ('§', "Paragraf"), ('&', "und"), (';', "ein Punkt")];

const AUXILIARIES: &[&str] = &["wird", "werden", "wurde", "wurden", "werde"];

/// They look like participles and are none.
const NO_PARTICIPLES: &[&str] = &[
    "gehen",
    "geben",
    "gelten",
    "gelingen",
    "gewinnen",
    "gehören",
    "gefallen",
    "geschehen",
    "gegen",
    "gestern",
    "genießen",
    "gestalten",
    "genügen",
    "geraten",
    "gerecht",
    "gemeint",
    "gebiet",
    "gebieten",
    "gericht",
    "gewicht",
    "gesicht",
    "geschäften",
    "gebäuden",
    "gesetzen",
    "gemeinden",
    "geräten",
    "gedicht",
    "gespräch",
    "gesamt",
    "gewässern",
    "bereit",
    "bekannt",
    "bestimmt",
];

const SEPARABLE: &[&str] = &[
    "ab", "an", "auf", "aus", "bei", "durch", "ein", "fest", "her", "hin", "los", "mit", "nach", "statt", "um", "vor", "weg", "weiter", "zu", "zurück",
    "zusammen",
];

const INSEPARABLE: &[&str] = &["be", "ent", "er", "ver", "zer"];

pub fn check(tree: &Tree, findings: &mut Findings) {
    for (folder, languages) in resources(tree) {
        let Some(resource) = languages.get("leicht.ftl") else {
            continue;
        };
        let path = format!("{folder}/leicht.ftl");
        for entry in &resource.entries {
            for text in variants(&entry.text) {
                for fault in faults(&text) {
                    findings.error(&path, entry.line, format!("`{}`: {fault}", entry.key));
                }
                if let Some(word) = long_word(&text) {
                    findings.warn(&path, entry.line, format!("`{}`: a long word: {word}", entry.key));
                }
            }
        }
    }
}

/// The texts that a reader can get: one, or one per variant of a selection; each `{ … }` inside counts as one word.
fn variants(text: &str) -> Vec<String> {
    if !text.contains("->") {
        return vec![without_placeables(text)];
    }
    text.lines()
        .filter_map(|line| line.trim_start_matches('*').strip_prefix('['))
        .filter_map(|line| line.split_once(']'))
        .map(|(_, variant)| without_placeables(variant))
        .collect()
}

fn without_placeables(text: &str) -> String {
    let mut out = String::new();
    let mut depth = 0;
    for character in text.chars() {
        match character {
            '{' => {
                if depth == 0 {
                    out.push('X');
                }
                depth += 1;
            }
            '}' => depth -= 1,
            _ if depth > 0 => {}
            _ => out.push(character),
        }
    }
    // Marks of HTML in a text are no words.
    let mut plain = String::new();
    let mut is_tag = false;
    for character in out.chars() {
        match character {
            '<' => is_tag = true,
            '>' => is_tag = false,
            _ if is_tag => {}
            _ => plain.push(character),
        }
    }
    plain
}

/// Everything that is wrong with a text.
fn faults(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let lower = text.to_lowercase();
    for abbreviation in ABBREVIATIONS.iter().filter(|short| has_abbreviation(&lower, short)) {
        found.push(format!("an abbreviation: {abbreviation}"));
    }
    for (sign, instead) in SIGNS.iter().filter(|(sign, _)| has_sign(text, *sign)) {
        found.push(format!("the sign {sign} instead of {instead}"));
    }
    for sentence in sentences(text) {
        sentence_faults(sentence, &mut found);
    }
    found
}

fn sentence_faults(sentence: &str, found: &mut Vec<String>) {
    let words: Vec<&str> = words(sentence).collect();
    if words.len() > WORDS_MAX {
        found.push(format!("{} words in a sentence, at most {WORDS_MAX}", words.len()));
    }
    for word in &words {
        if is_abbreviation_in_capitals(word) {
            found.push(format!("an abbreviation: {word}"));
        }
    }
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    for word in &lower {
        if GENITIVE.contains(&word.as_str()) {
            found.push(format!("a genitive: {word}"));
        }
        if SUBJUNCTIVE.contains(&word.as_str()) {
            found.push(format!("a subjunctive: {word}"));
        }
    }
    let has_auxiliary = lower.iter().any(|word| AUXILIARIES.contains(&word.as_str()));
    // Nouns begin with a capital: only a small word (or the first) can be a participle.
    let participle = words.iter().zip(&lower).find(|(word, lower)| word.chars().next().is_some_and(char::is_lowercase) && is_participle(lower));
    if lower.iter().any(|word| word == "worden") {
        found.push("a passive: worden".to_owned());
    } else if let (true, Some((word, _))) = (has_auxiliary, participle) {
        found.push(format!("a passive: {word}"));
    }
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['.', '!', '?', ':', '\n', '•']).filter(|sentence| !sentence.trim().is_empty())
}

/// Words: what has a letter or a digit; a hyphen joins.
fn words(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split(|character: char| character.is_whitespace() || "–—/„“”\"»«(),".contains(character)).filter(|word| word.chars().any(char::is_alphanumeric))
}

/// A `%` before a letter or a hyphen is a part of a date's pattern (`%-d`).
fn has_sign(text: &str, sign: char) -> bool {
    text.match_indices(sign).any(|(at, _)| {
        let next = text[at + sign.len_utf8()..].chars().next();
        sign != '%' || !next.is_some_and(|next| next.is_alphabetic() || next == '-')
    })
}

fn has_abbreviation(lower: &str, abbreviation: &str) -> bool {
    lower.match_indices(abbreviation).any(|(at, _)| !lower[..at].chars().next_back().is_some_and(char::is_alphanumeric))
}

fn is_abbreviation_in_capitals(word: &str) -> bool {
    word.split('-').any(|part| part.chars().count() >= 2 && part.chars().all(char::is_uppercase) && !KNOWN_CAPITALS.contains(&part))
}

fn is_participle(word: &str) -> bool {
    if NO_PARTICIPLES.contains(&word) || word.chars().count() < 5 {
        return false;
    }
    if word.ends_with("iert") || has_participle_form(word) {
        return true;
    }
    if word.ends_with('t') && INSEPARABLE.iter().any(|prefix| word.starts_with(prefix)) {
        return true;
    }
    SEPARABLE.iter().any(|prefix| word.strip_prefix(prefix).is_some_and(|rest| rest.chars().count() >= 5 && has_participle_form(rest)))
}

fn has_participle_form(word: &str) -> bool {
    word.starts_with("ge") && (word.ends_with('t') || word.ends_with("en")) && !NO_PARTICIPLES.contains(&word)
}

fn long_word(text: &str) -> Option<&str> {
    words(text).flat_map(|word| word.split(['-', '·', '\u{AD}'])).find(|part| part.chars().count() > LETTERS_TO_WARN)
}

#[cfg(test)]
mod tests {
    use super::{check, faults, long_word, variants};
    use crate::tidy::tests::errors;

    fn is_fine(text: &str) {
        assert_eq!(faults(text), Vec::<String>::new(), "{text}");
    }

    fn is_wrong(text: &str, fault: &str) {
        let found = faults(text);
        assert!(found.iter().any(|found| found.contains(fault)), "{text}: {found:?}");
    }

    #[test]
    fn a_sentence_has_at_most_twelve_words() {
        is_fine("eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf.");
        is_wrong("eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn.", "13 words");
        is_fine("Hier steht ein Satz. Hier steht noch ein Satz. Und hier steht der letzte Satz.");
    }

    #[test]
    fn genitive_and_subjunctive_are_found() {
        is_wrong("Das ist die Seite des Rates.", "genitive");
        is_wrong("Das könnte dauern.", "subjunctive");
        is_fine("Das ist die Seite von dem Rat.");
    }

    #[test]
    fn passive_is_found_and_future_is_not() {
        is_wrong("Der Plan wird heute beraten und beschlossen, er wird gelesen.", "passive");
        is_wrong("Das Papier wurde eingereicht.", "passive");
        is_wrong("Das wird bezahlt.", "passive");
        is_wrong("Der Bus ist gefahren worden.", "passive");
        is_wrong("Das wird notiert.", "passive");
        is_fine("Der Rat wird morgen gehen.");
        is_fine("Sie werden ein Gericht sehen.");
        is_fine("Der Rat hat den Plan gelesen.");
    }

    #[test]
    fn abbreviations_and_signs_are_found() {
        is_wrong("Zum Beispiel, z. B. hier", "abbreviation");
        is_wrong("Haus Nr. 3", "abbreviation");
        is_wrong("Der TOP kommt.", "abbreviation");
        is_wrong("Das sind 5 %", "Prozent");
        is_wrong("Das sind 5 % davon", "Prozent");
        is_fine("%-d. %B %Y");
        is_fine("Das ist eine PDF-Datei.");
        is_fine("Der Baum steht hier.");
    }

    #[test]
    fn each_variant_of_a_selection_is_a_text_of_its_own() {
        let text = "{ $count ->\n[one] Ein Papier.\n*[other] { $count } Papiere.\n}";
        assert_eq!(variants(text), [" Ein Papier.", " X Papiere."]);
    }

    #[test]
    fn long_words_want_a_hyphen() {
        assert_eq!(long_word("Die Tagesordnungspunkte"), Some("Tagesordnungspunkte"));
        assert_eq!(long_word("Die Tages-Ordnungs-Punkte"), None);
    }

    #[test]
    fn only_leichte_sprache_is_held_to_it() {
        let text = "a = Das ist die Seite des Rates.\n";
        assert_eq!(errors(check, &[("crates/a/i18n/leicht.ftl", text)]).len(), 1);
        assert_eq!(errors(check, &[("crates/a/i18n/de.ftl", text)]).len(), 0);
    }
}
