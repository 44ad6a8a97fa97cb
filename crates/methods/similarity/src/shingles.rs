//! Texts as sets of shingles: three words in a row, folded, numbers made alike, numbered from the rarest to the most frequent.

use std::collections::HashMap;

/// Words of a shingle.
const WORDS: usize = 3;

/// The set of a text's shingles, the rarest among all texts first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shingles(Vec<u32>);

impl Shingles {
    /// How many there are.
    #[must_use]
    pub fn size(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn ids(&self) -> &[u32] {
        &self.0
    }

    /// The share of shingles in common (Jaccard): 0 to 1. Two empty sets are not alike.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> f64 {
        let (mut a, mut b, mut common) = (self.0.iter().peekable(), other.0.iter().peekable(), 0_usize);
        while let (Some(left), Some(right)) = (a.peek(), b.peek()) {
            match left.cmp(right) {
                std::cmp::Ordering::Less => {
                    a.next();
                }
                std::cmp::Ordering::Greater => {
                    b.next();
                }
                std::cmp::Ordering::Equal => {
                    common += 1;
                    a.next();
                    b.next();
                }
            }
        }
        let all = self.size() + other.size() - common;
        if all == 0 { 0.0 } else { common as f64 / all as f64 }
    }
}

/// The sets of texts, numbered together: rarer shingles have smaller numbers, those as rare as each other by first appearance.
#[must_use]
pub fn ranked(texts: &[&str]) -> Vec<Shingles> {
    let mut known: HashMap<Vec<u32>, u32> = HashMap::new();
    let mut words: HashMap<String, u32> = HashMap::new();
    let mut counts: Vec<u32> = Vec::new();
    let mut sets: Vec<Vec<u32>> = Vec::with_capacity(texts.len());
    for text in texts {
        let mut numbered = Vec::new();
        each_word(text, |word| {
            let next = u32::try_from(words.len()).unwrap_or(u32::MAX);
            let number = words.get(word).copied().unwrap_or_else(|| *words.entry(word.to_owned()).or_insert(next));
            numbered.push(number);
        });
        let mut set = Vec::with_capacity(numbered.len());
        let whole = numbered.len().clamp(1, WORDS);
        for shingle in numbered.windows(whole) {
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            let id = known.get(shingle).copied().unwrap_or_else(|| *known.entry(shingle.to_vec()).or_insert(next));
            if counts.len() <= id as usize {
                counts.push(0);
            }
            set.push(id);
        }
        set.sort_unstable();
        set.dedup();
        set.iter().for_each(|id| counts[*id as usize] += 1);
        sets.push(set);
    }
    let mut order: Vec<u32> = (0..u32::try_from(counts.len()).unwrap_or(u32::MAX)).collect();
    order.sort_by_key(|id| (counts[*id as usize], *id));
    let mut ranks = vec![0; order.len()];
    for (rank, id) in (0..).zip(&order) {
        ranks[*id as usize] = rank;
    }
    let rank = |set: Vec<u32>| {
        let mut set: Vec<u32> = set.into_iter().map(|id| ranks[id as usize]).collect();
        set.sort_unstable();
        Shingles(set)
    };
    sets.into_iter().map(rank).collect()
}

/// Hands over the words in lower case, "ß" as "ss", umlauts as two letters; every number is "0", so that house numbers, dates and
/// postal codes make no difference.
fn each_word(text: &str, mut visit: impl FnMut(&str)) {
    let mut word = String::new();
    for piece in text.split(|sign: char| !sign.is_alphanumeric()).filter(|piece| !piece.is_empty()) {
        word.clear();
        if piece.starts_with(|sign: char| sign.is_ascii_digit()) {
            word.push('0');
        } else {
            for sign in piece.chars().flat_map(char::to_lowercase) {
                match sign {
                    'ä' => word.push_str("ae"),
                    'ö' => word.push_str("oe"),
                    'ü' => word.push_str("ue"),
                    'ß' => word.push_str("ss"),
                    other => word.push(other),
                }
            }
        }
        visit(&word);
    }
}

#[cfg(test)]
mod tests {
    use super::ranked;

    fn alike(a: &str, b: &str) -> f64 {
        let sets = ranked(&[a, b]);
        sets[0].likeness(&sets[1])
    }

    #[test]
    fn case_signs_umlauts_and_numbers_make_no_difference() {
        assert!((alike("Größe: 80 cm, am 3. Mai", "GROESSE 120 cm am 14 mai!") - 1.0).abs() < f64::EPSILON);
        assert!(alike("am Markt 3a wohnen wir", "am Markt 17 wohnen wir") > 0.99);
    }

    #[test]
    fn the_share_is_that_of_the_union() {
        // abc bcd | abc bce: one of three.
        assert!((alike("a b c d", "a b c e") - 1.0 / 3.0).abs() < 1e-9);
        assert!(alike("", "").abs() < f64::EPSILON);
        assert!(alike("Ja", "Nein").abs() < f64::EPSILON && (alike("Ja", "ja!") - 1.0).abs() < f64::EPSILON);
    }
}
