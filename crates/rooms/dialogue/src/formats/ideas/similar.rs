//! How alike two ideas are: by their words when they are looked up, by three letters in a row when they are put in order. Pure.
//!
//! The index holds digests of the beginnings of title words ([`words_of`]); what it finds is put in order by [`likeness`], and only
//! what is alike enough is shown. A word's beginning is enough for "Radweg", "Radwege" and "Radwegen" to meet.

use allmende_core::fold::fold;
use std::collections::HashSet;

/// Letters of a word that count: its beginning.
const BEGINNING_CHARS: usize = 5;
/// Words of a title that are indexed.
pub const WORDS_MAX: usize = 12;
/// The likeness from which an idea is shown as similar.
pub const ALIKE: f64 = 0.24;
/// Words that say nothing about an idea.
const EMPTY_WORDS: [&str; 30] = [
    "aber", "alle", "auch", "beim", "dass", "diese", "dieser", "eine", "einen", "einer", "fuer", "gegen", "haben", "kann", "koennen", "machen", "mehr", "nach",
    "nicht", "ohne", "oder", "sein", "sind", "sollen", "ueber", "unsere", "viele", "wieder", "wird", "zwischen",
];

/// Digests of the beginnings of the words of a title, each once, at most [`WORDS_MAX`].
#[must_use]
pub fn words_of(title: &str) -> Vec<i64> {
    let folded = fold(title);
    let words = folded.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|word| word.len() >= 4 && !EMPTY_WORDS.contains(word));
    let mut seen = HashSet::new();
    words.map(|word| digest(word.get(..BEGINNING_CHARS).unwrap_or(word))).filter(|word| seen.insert(*word)).take(WORDS_MAX).collect()
}

/// FNV-1a, cut to a positive number: the same on every machine and in every version.
#[must_use]
pub fn digest(text: &str) -> i64 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    i64::try_from(hash >> 1).unwrap_or(0)
}

fn trigrams(text: &str) -> HashSet<[u8; 3]> {
    let mut out = HashSet::new();
    for word in fold(text).split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|word| word.len() >= 3 && !EMPTY_WORDS.contains(word)) {
        let padded = format!(" {word} ");
        out.extend(padded.as_bytes().windows(3).filter_map(|window| <[u8; 3]>::try_from(window).ok()));
    }
    out
}

/// How alike two titles are, from 0 to 1: what they share of three letters in a row (Dice).
#[must_use]
pub fn likeness(one: &str, other: &str) -> f64 {
    let (one, other) = (trigrams(one), trigrams(other));
    let all = one.len() + other.len();
    if all == 0 {
        return 0.0;
    }
    let shared = u32::try_from(one.intersection(&other).count()).unwrap_or(u32::MAX);
    2.0 * f64::from(shared) / f64::from(u32::try_from(all).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_meet_and_empty_words_do_not() {
        let (one, other) = (words_of("Radwege für die Lindenallee"), words_of("Ein Radweg in der Lindenallee!"));
        assert!(one.iter().filter(|word| other.contains(word)).count() == 2, "{one:?} {other:?}");
        assert!(words_of("für alle und oder aber").is_empty());
        assert_eq!(words_of("Baum Baum Bäume").len(), 2);
        assert!(words_of(&"Wort1 Wort2 Wort3 Wort4 Wort5 Wald Wiese Berg1 Haus Hofplatz Garten Zaun Turm Tor1 Mauer".repeat(2)).len() <= WORDS_MAX);
    }

    #[test]
    fn what_says_the_same_is_alike_and_what_does_not_is_not() {
        for (one, other, is_alike) in [
            ("Mehr Bänke am Marktplatz", "Sitzbänke für den Marktplatz", true),
            ("Radweg in der Lindenallee", "Sicherer Radweg Lindenallee", true),
            ("Öffnungszeiten der Bücherei verlängern", "Bücherei länger öffnen", true),
            ("Mehr Bänke am Marktplatz", "Tempo 30 vor der Grundschule", false),
            ("Trinkbrunnen im Stadtpark", "Hundewiese am Fluss", false),
            ("", "", false),
        ] {
            assert_eq!(likeness(one, other) >= ALIKE, is_alike, "{one} / {other}: {}", likeness(one, other));
        }
        assert!((likeness("Ein Brunnen", "Ein Brunnen") - 1.0).abs() < 1e-9);
    }
}
