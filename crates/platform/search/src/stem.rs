//! Stems: what the forms of a word have in common, in German and in English.
//!
//! Works on folded words. Umlauts written out are run together with their vowels, so `Haus`, `Häuser` and `Haeuser` have
//! one stem. Pure; start at [`Stemmer::german`].

use rust_stemmers::Algorithm;

/// Gives stems.
pub(crate) struct Stemmer {
    german: rust_stemmers::Stemmer,
    english: rust_stemmers::Stemmer,
}

impl Default for Stemmer {
    fn default() -> Self {
        Self { german: rust_stemmers::Stemmer::create(Algorithm::German), english: rust_stemmers::Stemmer::create(Algorithm::English) }
    }
}

impl std::fmt::Debug for Stemmer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stemmer")
    }
}

/// A folded word with `ae`, `oe`, `ue` run together to one vowel, but not in `neue`, `bauen`, `quelle`.
#[must_use]
pub(crate) fn collapse(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    let mut last = ' ';
    for character in folded.chars() {
        let is_umlaut = character == 'e' && (matches!(last, 'a' | 'o') || (last == 'u' && !before_last_is_vowel(&out)));
        if is_umlaut {
            // The vowel stands already; what follows it begins anew.
            last = ' ';
        } else {
            out.push(character);
            last = character;
        }
    }
    out
}

/// Whether `u` at the end of what is written follows a vowel or `q`, so that no umlaut is meant.
fn before_last_is_vowel(written: &str) -> bool {
    matches!(written.as_bytes().iter().rev().nth(1), Some(b'a' | b'e' | b'o' | b'q'))
}

impl Stemmer {
    /// The German stem of a folded word.
    #[must_use]
    pub(crate) fn german(&self, folded: &str) -> String {
        self.of_collapsed(&collapse(folded))
    }

    /// The German stem of a word that [`collapse`] gave.
    #[must_use]
    pub(crate) fn of_collapsed(&self, collapsed: &str) -> String {
        if collapsed.bytes().any(|byte| byte.is_ascii_digit()) {
            return collapsed.to_owned();
        }
        // The stemmer takes a farmer for a building.
        if matches!(collapsed, "bauer" | "bauern" | "bauers") {
            return "bauer".to_owned();
        }
        let base = without_ending_of_women(collapsed);
        let stem = self.german.stem(base).into_owned();
        without_foreign_plural(&stem).to_owned()
    }

    /// The English stem of a folded word.
    #[must_use]
    pub(crate) fn english(&self, folded: &str) -> String {
        self.english.stem(folded).into_owned()
    }
}

/// `Lehrerinnen` and `Lehrerin` are looked for with `Lehrer`.
fn without_ending_of_women(word: &str) -> &str {
    let ending = ["erinnen", "erin"].into_iter().find(|ending| word.len() >= ending.len() + 4 && word.ends_with(ending));
    match ending {
        Some(ending) => &word[..word.len() - ending.len() + 2],
        None => word,
    }
}

/// `Kitas`, `Autos`, `Büros`: the stemmer leaves an `s` after a vowel.
fn without_foreign_plural(stem: &str) -> &str {
    let bytes = stem.as_bytes();
    match bytes {
        [.., b'a' | b'o' | b'u' | b'y', b's'] if bytes.len() >= 5 => &stem[..stem.len() - 1],
        _ => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::{Stemmer, collapse};
    use crate::words::fold;

    fn check_same(words: &[&str]) {
        let stemmer = Stemmer::default();
        let stems: Vec<String> = words.iter().map(|word| stemmer.german(&fold(word))).collect();
        assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{words:?}: {stems:?}");
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        check_same(&["Haus", "Hauses", "Häuser", "Haeuser", "HÄUSERN"]);
        check_same(&["Straße", "Strasse", "Straßen"]);
        check_same(&["Kita", "Kitas"]);
        check_same(&["Radweg", "Radwege", "Radwegen"]);
        check_same(&["Lehrer", "Lehrerin", "Lehrerinnen"]);
        check_same(&["Müller", "Mueller"]);
        check_same(&["Schule", "Schulen"]);
        check_same(&["Spielplatz", "Spielplätze", "Spielplaetzen"]);
    }

    #[test]
    fn only_umlauts_are_run_together() {
        assert_eq!(collapse("neue"), "neue");
        assert_eq!(collapse("bauen"), "bauen");
        assert_eq!(collapse("quelle"), "quelle");
        assert_eq!(collapse("fuenf"), "funf");
        assert_eq!(collapse("oeffnen"), "offnen");
    }
}
