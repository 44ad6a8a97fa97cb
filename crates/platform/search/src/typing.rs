//! Words of the index that are near a typed one: typing errors and beginnings.
//!
//! Start at [`near`].

use std::collections::HashMap;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

/// Words that one typing error may stand for.
const NEAR_MAX: usize = 4;
/// Letters from which one letter may differ, and two.
const ONE_FROM: usize = 4;
const TWO_FROM: usize = 8;

/// The most frequent words that differ from a folded word by the fewest letters, the most frequent first. A long word may differ by
/// two letters, a short one by none; two letters that changed places are one difference.
///
/// # Errors
/// What the index reports.
pub(crate) fn near(searcher: &Searcher, field: Field, word: &str) -> tantivy::Result<Vec<String>> {
    let letters = word.chars().count();
    if letters < ONE_FROM || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return Ok(Vec::new());
    }
    for distance in 1..=if letters < TWO_FROM { 1 } else { 2 } {
        let mut found: HashMap<String, u64> = HashMap::new();
        for segment in searcher.segment_readers() {
            let automaton = FuzzyTermQuery::new(Term::from_field_text(field, word), distance, true).automaton()?;
            let inverted = segment.inverted_index(field)?;
            let mut stream = inverted.terms().search(automaton).into_stream()?;
            while stream.advance() {
                let count = u64::from(stream.value().doc_freq);
                *found.entry(String::from_utf8_lossy(stream.key()).into_owned()).or_default() += count;
            }
        }
        // The first letter is seldom mistyped.
        let mut best: Vec<(bool, u64, String)> =
            found.into_iter().map(|(other, count)| (other.as_bytes().first() != word.as_bytes().first(), u64::MAX - count, other)).collect();
        if !best.is_empty() {
            best.sort_unstable();
            best.truncate(NEAR_MAX);
            return Ok(best.into_iter().map(|(_, _, word)| word).collect());
        }
    }
    Ok(Vec::new())
}

/// The words that begin so, with the number of texts that have them, the most frequent first, at most so many.
///
/// # Errors
/// What the index reports.
pub(crate) fn beginning(searcher: &Searcher, field: Field, beginning: &str, limit: usize) -> tantivy::Result<Vec<(String, u64)>> {
    let mut found: HashMap<Vec<u8>, u64> = HashMap::new();
    let mut after = beginning.as_bytes().to_vec();
    after.push(0xff);
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut stream = inverted.terms().range().ge(beginning.as_bytes()).lt(&after).into_stream()?;
        while stream.advance() {
            let count = u64::from(stream.value().doc_freq);
            match found.get_mut(stream.key()) {
                Some(sum) => *sum += count,
                None => drop(found.insert(stream.key().to_vec(), count)),
            }
        }
    }
    let mut words: Vec<(u64, Vec<u8>)> = found.into_iter().map(|(word, count)| (u64::MAX - count, word)).collect();
    if words.len() > limit {
        words.select_nth_unstable(limit);
        words.truncate(limit);
    }
    words.sort_unstable();
    Ok(words.into_iter().map(|(count, word)| (String::from_utf8_lossy(&word).into_owned(), u64::MAX - count)).collect())
}
