//! The words of a corpus, learnt from the corpus itself, and compounds split by them.
//!
//! Nothing is shipped but the closed classes of the language: the sounds that join parts (`s`, `n`, `es` …), prefixes and
//! endings that are no words. A part is a word that stands alone often enough elsewhere. All parts that lie on some whole
//! division of a word are told, so `Straßenbahnhaltestelle` has `Straße`, `Bahn`, `Straßenbahn`, `Haltestelle`. Works on
//! stems of collapsed words (see [`crate::stem`]). Read in this order: [`Learner`], [`Vocabulary::split`].

use crate::stem::{Stemmer, collapse};
use crate::words::{self, Found};
use std::collections::HashMap;

/// Sounds between the parts of a compound.
const LINKS: [&str; 8] = ["", "s", "n", "e", "en", "es", "er", "ens"];
/// Beginnings of words that are no words of their own, or none that somebody looks for.
const PREFIXES: [&str; 33] = [
    "ab", "an", "auf", "aus", "be", "bei", "da", "dar", "durch", "ein", "ent", "er", "fur", "ge", "gegen", "her", "hin", "mit", "nach", "uber", "um", "un",
    "unter", "ver", "vor", "voraus", "wieder", "zer", "zu", "zusammen", "zuruck", "zwischen", "miss",
];
/// Endings of words that are no words of their own.
const ENDINGS: [&str; 24] = [
    "ung", "ungen", "heit", "keit", "lich", "isch", "schaft", "schaften", "chen", "lein", "ling", "nis", "tum", "bar", "sam", "haft", "los", "ion", "ionen",
    "ierung", "erung", "tat", "igkeit", "end",
];
/// Letters of the shortest part.
const PART_MIN: usize = 3;
/// Letters of the shortest part beside something that is no word.
const PART_BESIDE_UNKNOWN_MIN: usize = 5;
/// Letters of the shortest part between two things that are no words.
const PART_AMID_UNKNOWN_MIN: usize = 6;
/// Letters of the shortest and the longest word that is divided.
const DIVIDED: std::ops::RangeInclusive<usize> = 6..=80;
/// Most words that are kept.
const WORDS_MAX: usize = 400_000;

/// How often a word was seen.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    all: u32,
    capital: u32,
}

/// A word, how often it was seen, and how often with a capital.
#[derive(Debug, Clone)]
struct Word {
    folded: Box<str>,
    /// As most texts write it; empty where that is the folded word.
    written: Box<str>,
    count: Count,
}

impl Word {
    /// As most texts write it. A word that is seldom written with a capital has none.
    fn written(&self) -> &str {
        let has_capital = self.count.capital * 2 > self.count.all;
        if self.written.is_empty() || (!has_capital && self.written.eq_ignore_ascii_case(&self.folded)) { &self.folded } else { &self.written }
    }
}

/// Counts words.
#[derive(Debug, Default)]
pub(crate) struct Learner {
    words: HashMap<Box<str>, (Count, Box<str>)>,
    bytes: usize,
}

impl Learner {
    /// Reads a text.
    pub(crate) fn read(&mut self, text: &str) {
        self.bytes += text.len();
        words::scan(text, |found| {
            let Found::Word { folded, is_capital, start, end } = found else { return };
            if !(PART_MIN..=40).contains(&folded.len()) || folded.bytes().any(|byte| byte.is_ascii_digit()) {
                return;
            }
            let (count, written) = match self.words.get_mut(folded) {
                Some(known) => known,
                None => self.words.entry(folded.into()).or_default(),
            };
            count.all += 1;
            count.capital += u32::from(is_capital);
            let seen = &text[start..end];
            if written.is_empty() && seen != folded && seen.chars().skip(1).all(|letter| letter.is_lowercase()) {
                *written = seen.into();
            }
        });
    }

    /// How much was read, in bytes.
    #[must_use]
    pub(crate) const fn bytes(&self) -> usize {
        self.bytes
    }

    /// What was learnt. Words that were seen once or twice in a large corpus are forgotten: they are mostly torn or mistyped.
    #[must_use]
    pub(crate) fn finish(self, stemmer: &Stemmer) -> Vocabulary {
        let seldom = if self.bytes > 4_000_000 { 3 } else { 1 };
        let words = self.words.into_iter().filter(|(_, (count, _))| count.all >= seldom);
        let mut words: Vec<Word> = words.map(|(folded, (count, written))| Word { folded, written, count }).collect();
        words.sort_unstable_by(|a, b| b.count.all.cmp(&a.count.all).then_with(|| a.folded.cmp(&b.folded)));
        words.truncate(WORDS_MAX);
        Vocabulary::new(words, self.bytes, stemmer)
    }
}

/// What is known of a stem.
#[derive(Debug, Clone, Copy)]
struct Entry {
    all: u32,
    /// Whether most of its words are written with a capital.
    is_noun: bool,
}

/// The words of a corpus.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    stems: HashMap<Box<str>, Entry>,
    surfaces: HashMap<Box<str>, Box<str>>,
    /// In the order of the alphabet.
    words: Vec<Word>,
    bytes: usize,
    often: u32,
}

impl Vocabulary {
    fn new(mut words: Vec<Word>, bytes: usize, stemmer: &Stemmer) -> Self {
        let mut sums: HashMap<Box<str>, Count> = HashMap::new();
        let mut surfaces = HashMap::new();
        for Word { folded, count, .. } in &words {
            let collapsed = collapse(folded);
            let stem: Box<str> = stemmer.of_collapsed(&collapsed).into();
            let sum = sums.entry(stem.clone()).or_default();
            sum.all += count.all;
            sum.capital += count.capital;
            if *collapsed != *stem {
                surfaces.insert(collapsed.into_boxed_str(), stem);
            }
        }
        words.sort_unstable_by(|a, b| a.folded.cmp(&b.folded));
        // In a small corpus every word counts; in a large one a word that is a part is seen again and again.
        let often = u32::try_from((bytes / 1_500_000).clamp(1, 12)).unwrap_or(1);
        let stems = sums.into_iter().map(|(stem, sum)| (stem, Entry { all: sum.all, is_noun: sum.capital * 5 > sum.all * 3 })).collect();
        Self { stems, surfaces, words, bytes, often }
    }

    /// The words that begin so, as texts write them, the most frequent first, at most so many.
    #[must_use]
    pub(crate) fn beginning(&self, beginning: &str, limit: usize) -> Vec<&str> {
        let first = self.words.partition_point(|word| *word.folded < *beginning);
        let mut found: Vec<&Word> = self.words[first..].iter().take_while(|word| word.folded.starts_with(beginning)).collect();
        found.sort_unstable_by(|a, b| b.count.all.cmp(&a.count.all).then_with(|| a.folded.cmp(&b.folded)));
        found.truncate(limit);
        found.into_iter().map(Word::written).collect()
    }

    /// The vocabulary as a file.
    #[must_use]
    pub(crate) fn to_text(&self) -> String {
        let mut text = format!("{}\n", self.bytes);
        for Word { folded, written, count } in &self.words {
            text.push_str(&format!("{folded} {} {} {written}\n", count.all, count.capital));
        }
        text
    }

    /// The vocabulary of a file; `None` if it is not one.
    #[must_use]
    pub(crate) fn from_text(text: &str, stemmer: &Stemmer) -> Option<Self> {
        let mut lines = text.lines();
        let bytes = lines.next()?.parse().ok()?;
        let mut words = Vec::new();
        for line in lines {
            let mut parts = line.split(' ');
            let folded = parts.next()?.into();
            let count = Count { all: parts.next()?.parse().ok()?, capital: parts.next()?.parse().ok()? };
            words.push(Word { folded, count, written: parts.next()?.into() });
        }
        Some(Self::new(words, bytes, stemmer))
    }

    /// The stem that a piece of a compound stands for, if it is a word that may be a part.
    fn part(&self, piece: &str) -> Option<(&str, Entry)> {
        if piece.len() < PART_MIN || PREFIXES.contains(&piece) || ENDINGS.contains(&piece) {
            return None;
        }
        let stem = self.stems.get_key_value(piece).map(|(stem, _)| &**stem).or_else(|| self.surfaces.get(piece).map(|stem| &**stem))?;
        let entry = *self.stems.get(stem)?;
        let enough = match piece.len() {
            3 => entry.is_noun && entry.all >= self.often * 20,
            4 => entry.all >= self.often * 5,
            _ => entry.all >= self.often,
        };
        (enough && stem.len() >= PART_MIN && !PREFIXES.contains(&stem)).then_some((stem, entry))
    }

    /// The stems of the parts of a folded word; none if it is no compound. Without the word itself.
    #[must_use]
    pub(crate) fn split(&self, folded: &str) -> Vec<Box<str>> {
        let word = collapse(folded);
        let mut parts: Vec<Box<str>> = Vec::new();
        if DIVIDED.contains(&word.len()) && word.is_ascii() && !word.bytes().any(|byte| byte.is_ascii_digit()) {
            let lattice = Lattice::new(self, &word);
            lattice.tell(|stem| {
                if !parts.iter().any(|known| **known == *stem) {
                    parts.push(stem.into());
                }
            });
        }
        parts
    }
}

/// A piece of a word that is a word.
struct Arc<'a> {
    start: usize,
    /// Its last byte and, for each sound that may follow it, the byte after that.
    end: usize,
    ends: Vec<usize>,
    stem: &'a str,
    entry: Entry,
}

/// All pieces of a word that are words, and where whole divisions go.
struct Lattice<'a> {
    word: &'a str,
    arcs: Vec<Arc<'a>>,
    /// Places that a chain of parts reaches from the beginning.
    from_start: Vec<bool>,
    /// Places from which a chain of parts reaches the end.
    to_end: Vec<bool>,
}

impl<'a> Lattice<'a> {
    fn new(vocabulary: &'a Vocabulary, word: &'a str) -> Self {
        let length = word.len();
        let mut lattice = Self { word, arcs: Vec::new(), from_start: vec![false; length + 1], to_end: vec![false; length + 1] };
        for start in 0..=length.saturating_sub(PART_MIN) {
            for end in start + PART_MIN..=length {
                if end - start == length {
                    continue;
                }
                if let Some((stem, entry)) = vocabulary.part(&word[start..end]) {
                    let links = LINKS.iter().filter(|link| word[end..].starts_with(**link));
                    let ends = links.map(|link| end + link.len()).filter(|next| *next != length || *next == end).collect();
                    lattice.arcs.push(Arc { start, end, ends, stem, entry });
                }
            }
        }
        lattice.add_last_parts(vocabulary);
        lattice.from_start[0] = true;
        for arc in &lattice.arcs {
            if lattice.from_start[arc.start] {
                arc.ends.iter().for_each(|end| lattice.from_start[*end] = true);
            }
        }
        lattice.to_end[length] = true;
        for arc in lattice.arcs.iter().rev() {
            lattice.to_end[arc.start] |= arc.ends.iter().any(|end| lattice.to_end[*end]);
        }
        lattice
    }

    /// The last part may stand in a form that was never seen alone, such as »…wege«.
    fn add_last_parts(&mut self, vocabulary: &'a Vocabulary) {
        let (stemmer, length) = (Stemmer::default(), self.word.len());
        for start in 1..=length.saturating_sub(PART_MIN) {
            let piece = &self.word[start..];
            let is_known = self.arcs.iter().any(|arc| arc.start == start && arc.end == length);
            if is_known || ENDINGS.contains(&piece) {
                continue;
            }
            if let Some((stem, entry)) = vocabulary.part(&stemmer.of_collapsed(piece)) {
                self.arcs.push(Arc { start, end: length, ends: vec![length], stem, entry });
            }
        }
        self.arcs.sort_by_key(|arc| arc.start);
    }

    /// Tells the stems of all parts on whole divisions, or of those that are long enough beside something unknown.
    fn tell(&self, mut tell: impl FnMut(&str)) {
        let length = self.word.len();
        let mut divided = false;
        for arc in &self.arcs {
            let fits = self.from_start[arc.start] && arc.ends.iter().any(|end| self.to_end[*end]);
            if fits && (arc.entry.is_noun || arc.stem.len() >= PART_BESIDE_UNKNOWN_MIN) {
                tell(arc.stem);
                divided = true;
            }
        }
        for arc in self.arcs.iter().filter(|arc| arc.entry.is_noun) {
            let (before, after) = (arc.start, length - arc.end);
            let left_known = self.from_start[arc.start];
            let right_known = arc.ends.iter().any(|end| self.to_end[*end]);
            // »Vertrag« is no »Ertrag«, »Übertragung« neither.
            let may_be_prefix = self.word[arc.start..].starts_with("er");
            let left_fits = left_known || (!may_be_prefix && before >= 3 && !PREFIXES.contains(&&self.word[..before]));
            let right_fits = right_known || (after >= 3 && !ENDINGS.contains(&&self.word[arc.end..]));
            let enough = match (left_known, right_known) {
                (true, true) => usize::MAX,
                (false, false) => PART_AMID_UNKNOWN_MIN + usize::from(divided),
                _ => PART_BESIDE_UNKNOWN_MIN + usize::from(divided),
            };
            if left_fits && right_fits && arc.end - arc.start >= enough {
                tell(arc.stem);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Learner, Vocabulary};
    use crate::stem::Stemmer;
    use crate::words::fold;

    const CORPUS: &str = "Die Straße und die Bahn an der Haltestelle. Der Haushalt und der Plan der Stadt. Eine Schule, viele Kinder, \
        ein Garten. Das Rad, das Rad und der Weg. Es steht hoch, das Wasser. Der Schutz der Bäume. Spiele auf dem Platz. Eine Lage. Der Rat.";

    fn vocabulary() -> Vocabulary {
        let mut learner = Learner::default();
        (0..30).for_each(|_| learner.read(CORPUS));
        learner.finish(&Stemmer::default())
    }

    fn check(word: &str, mut expected: Vec<&str>) {
        let parts = vocabulary().split(&fold(word));
        let mut parts: Vec<&str> = parts.iter().map(|part| &**part).collect();
        parts.sort_unstable();
        expected.sort_unstable();
        assert_eq!(parts, expected, "{word}");
    }

    #[test]
    fn compounds_have_parts() {
        check("Straßenbahnhaltestelle", vec!["strass", "bahn", "haltestell"]);
        check("Haushaltsplan", vec!["haushalt", "plan"]);
        check("Schulkinder", vec!["schul", "kind"]);
        check("Kindergärten", vec!["kind", "gart"]);
        check("Radwege", vec!["rad", "weg"]);
        check("Hochwasserschutz", vec!["wass", "schutz"]);
        check("Spielplätze", vec!["spiel", "platz"]);
        check("Stadträte", vec!["stadt", "rat"]);
    }

    #[test]
    fn what_is_no_compound_has_none() {
        for word in ["Haushalt", "Vorlage", "Unterlage", "Schulung", "Rad", "Verrat", "2024"] {
            check(word, vec![]);
        }
    }

    #[test]
    fn a_long_part_is_known_beside_a_name() {
        check("Xylophonschule", vec!["schul"]);
        check("Kaltenbrunnerhaushaltsxyz", vec!["haushalt"]);
    }

    #[test]
    fn a_vocabulary_survives_its_file() {
        let (stemmer, known) = (Stemmer::default(), vocabulary());
        let again = Vocabulary::from_text(&known.to_text(), &stemmer).expect("a vocabulary");
        assert_eq!(again.split("haushaltsplan"), known.split("haushaltsplan"));
        assert_eq!(again.to_text(), known.to_text());
        assert!(Vocabulary::from_text("x", &stemmer).is_none());
    }
}
