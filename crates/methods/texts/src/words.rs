//! Texts as words with a number each, so that comparing words is comparing numbers.

use std::collections::HashMap;

/// A word, number or sign of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    /// Equal for equal words of one lexicon.
    pub id: u32,
    /// Its first character in the unit.
    pub start: usize,
    /// The character after its last.
    pub end: usize,
}

/// The words met so far.
#[derive(Default)]
pub(crate) struct Lexicon {
    ids: HashMap<String, u32>,
    weights: Vec<f32>,
}

impl Lexicon {
    /// The words of a text in order. White space parts words and is none; each other sign that is neither letter nor digit is
    /// a word of its own, except between digits ("3,5", "20.06.2026").
    pub(crate) fn words(&mut self, text: &str) -> Vec<Word> {
        let mut out = Vec::new();
        let mut signs = text.char_indices().enumerate().peekable();
        while let Some((start, (byte, sign))) = signs.next() {
            if sign.is_whitespace() {
                continue;
            }
            let (mut end, mut byte_end) = (start + 1, byte + sign.len_utf8());
            if sign.is_alphanumeric() {
                while let Some(&(_, (at, next))) = signs.peek() {
                    let joins = matches!(next, '.' | ',' | ':') && text[..at].ends_with(is_digit) && text[at + 1..].starts_with(is_digit);
                    // A combining sign belongs to the letter before it.
                    if !(next.is_alphanumeric() || joins || ('\u{300}'..='\u{36f}').contains(&next)) {
                        break;
                    }
                    (end, byte_end) = (end + 1, at + next.len_utf8());
                    signs.next();
                }
            }
            out.push(Word { id: self.id(&text[byte..byte_end]), start, end });
        }
        out
    }

    /// The number of a word.
    pub(crate) fn id(&mut self, word: &str) -> u32 {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = u32::try_from(self.weights.len()).unwrap_or(u32::MAX);
        self.ids.insert(word.to_owned(), id);
        self.weights.push(weight(word));
        id
    }

    /// How much it says that a word is the same: 0.2 for a sign, 0.5 for a short word, 1 for others.
    pub(crate) fn weight(&self, id: u32) -> f32 {
        self.weights.get(usize::try_from(id).unwrap_or(usize::MAX)).copied().unwrap_or(1.0)
    }

    /// How many words are known; their numbers are below.
    pub(crate) fn len(&self) -> usize {
        self.weights.len()
    }
}

fn is_digit(sign: char) -> bool {
    sign.is_ascii_digit()
}

fn weight(word: &str) -> f32 {
    if !word.starts_with(char::is_alphanumeric) {
        0.2
    } else if word.chars().count() <= 3 && !word.starts_with(is_digit) {
        0.5
    } else {
        1.0
    }
}

/// How alike two bags of words are, by weight: 0 (nothing in common) to 1. Both sorted.
pub(crate) fn likeness(one: &[u32], other: &[u32], weight: impl Fn(u32) -> f32) -> f32 {
    let (mut a, mut b) = (0, 0);
    let mut common = 0.0;
    while a < one.len() && b < other.len() {
        match one[a].cmp(&other[b]) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => {
                common += weight(one[a]);
                a += 1;
                b += 1;
            }
        }
    }
    let sum: f32 = one.iter().chain(other).map(|id| weight(*id)).sum();
    if sum > 0.0 { 2.0 * common / sum } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::Lexicon;

    #[test]
    fn words_are_parted_where_a_reader_parts_them() {
        let text = "§ 5 Abs. 2: 3,5 m (z. B. Ä-Bäume), 20.06.2026.";
        let words: Vec<String> =
            Lexicon::default().words(text).iter().map(|word| text.chars().skip(word.start).take(word.end - word.start).collect()).collect();
        let expected = ["§", "5", "Abs", ".", "2", ":", "3,5", "m", "(", "z", ".", "B", ".", "Ä", "-", "Bäume", ")", ",", "20.06.2026", "."];
        assert_eq!(words, expected);
    }
}
