//! How many of the texts that have a word somewhere in a word are found, how precisely, and whether whole words come first.
//!
//! The truth is a scan over all folded words of all texts for the folded word as a piece of one, whatever it means there; so it
//! asks more than the bar, which asks for compounds of that meaning only.

use crate::corpus::{Corpus, SITE};
use allmende_platform::search::{Query, Search};
use allmende_search_index::{Index, folded_words};
use anyhow::Result;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;

const NAMED: [&str; 8] = ["Haushalt", "Schule", "Radweg", "Straßenbahn", "Kita", "Klima", "Spielplatz", "Hochwasser"];
const DRAWN: usize = 50;
const SEED: u64 = 20_261_121;
const PAGE: usize = 100;
const PAGES_MAX: usize = 100;
const SAMPLED: usize = 200;

/// Texts that have a piece, those that have it as a whole word in any form, and how many texts have each word around it.
#[derive(Default)]
struct Truth {
    piece: HashSet<i64>,
    whole: HashSet<i64>,
    words_of: HashMap<i64, HashSet<String>>,
}

/// A small random sequence, the same everywhere.
pub struct Dice(u64);

impl Dice {
    /// The sequence of a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below a bound.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % bound.max(1) as u64).unwrap_or(0)
    }
}

/// Nouns that at least forty texts have as whole words, drawn with a fixed seed.
pub fn drawn_words(corpus: &Corpus, number: usize) -> Result<Vec<String>> {
    let mut texts: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for text in corpus.texts()? {
        let mut seen: HashMap<&str, bool> = HashMap::new();
        for word in text.text.split(|letter: char| !letter.is_alphabetic()).filter(|word| (5..=12).contains(&word.chars().count())) {
            let has_capital = word.chars().next().is_some_and(char::is_uppercase) && word.chars().skip(1).all(char::is_lowercase);
            *seen.entry(word).or_default() |= has_capital;
        }
        for (word, has_capital) in seen {
            let count = texts.entry(word.to_owned()).or_default();
            count.0 += 1;
            count.1 += u32::from(has_capital);
        }
    }
    let lower: HashSet<String> = texts.iter().filter(|(word, _)| word.chars().all(char::is_lowercase)).map(|(word, _)| word.clone()).collect();
    let nouns = texts.into_iter().filter(|(word, (all, capital))| *all >= 40 && capital == all && !lower.contains(&word.to_lowercase()));
    let nouns: Vec<String> = nouns.map(|(word, _)| word).collect();
    let mut dice = Dice::new(SEED);
    let mut chosen: Vec<String> = Vec::new();
    while chosen.len() < number.min(nouns.len()) {
        let word = &nouns[dice.below(nouns.len())];
        if !chosen.contains(word) {
            chosen.push(word.clone());
        }
    }
    Ok(chosen)
}

/// Measures recall, ranking, and samples for precision.
pub fn run(corpus: &Corpus, index: &Index) -> Result<()> {
    let words: Vec<String> = NAMED.iter().map(|word| (*word).to_owned()).chain(drawn_words(corpus, DRAWN)?).collect();
    let truths = scan(corpus, &words)?;
    let (mut notes, mut samples) = (String::new(), Vec::new());
    let mut named = (0, 0);
    let mut drawn = (0, 0);
    println!(
        "| word | texts with it in a word | found of them | recall | as a whole word in any form | those among the first that many |\n|---|---|---|---|---|---|"
    );
    for (at, (word, truth)) in words.iter().zip(&truths).enumerate() {
        let found = hits(index, word)?;
        let all: HashSet<i64> = found.iter().map(|(id, _)| *id).collect();
        let right = truth.piece.intersection(&all).count();
        let first = found.iter().take(truth.whole.len()).filter(|(id, _)| truth.whole.contains(id)).count();
        let sum = if at < NAMED.len() { &mut named } else { &mut drawn };
        (sum.0, sum.1) = (sum.0 + right, sum.1 + truth.piece.len());
        println!(
            "| {word} | {} | {right} | {} | {} | {} |",
            truth.piece.len(),
            percent(right, truth.piece.len()),
            truth.whole.len(),
            percent(first, truth.whole.len())
        );
        write!(notes, "{}", missed(word, truth, &all))?;
        samples.extend(found.into_iter().map(|(id, passage)| format!("{word} | {id} | {passage}")));
    }
    println!(
        "\n| recall | value |\n|---|---|\n| the eight named words | {} |\n| the {DRAWN} drawn words | {} |\n",
        percent(named.0, named.1),
        percent(drawn.0, drawn.1)
    );
    let mut dice = Dice::new(SEED);
    write!(notes, "\nsampled hits\n")?;
    for _ in 0..SAMPLED.min(samples.len()) {
        writeln!(notes, "{}", samples.swap_remove(dice.below(samples.len())))?;
    }
    if let Some(folder) = std::env::var_os("ALLMENDE_BENCH_NOTES") {
        std::fs::write(std::path::Path::new(&folder).join("recall.txt"), notes)?;
    }
    Ok(())
}

fn percent(part: usize, whole: usize) -> String {
    if whole == 0 { "–".to_owned() } else { format!("{:.1} %", part as f64 / whole as f64 * 100.0) }
}

fn scan(corpus: &Corpus, words: &[String]) -> Result<Vec<Truth>> {
    let folded: Vec<String> = words.iter().map(|word| allmende_core::fold::fold(word)).collect();
    let mut truths: Vec<Truth> = words.iter().map(|_| Truth::default()).collect();
    for text in corpus.texts()? {
        let id = Corpus::object_of(&text);
        for own in folded_words(&text.text) {
            for (wanted, truth) in folded.iter().zip(&mut truths).filter(|(wanted, _)| own.contains(wanted.as_str())) {
                truth.piece.insert(id);
                truth.words_of.entry(id).or_default().insert(own.clone());
                if is_form(&own, wanted) {
                    truth.whole.insert(id);
                }
            }
        }
    }
    Ok(truths)
}

/// Whether a word is another as a whole, in any form: endings of up to three letters aside.
fn is_form(own: &str, wanted: &str) -> bool {
    let same = own.bytes().zip(wanted.bytes()).take_while(|(one, other)| one == other).count();
    own.len().abs_diff(wanted.len()) <= 3 && same + 2 >= wanted.len().min(own.len()).max(4)
}

/// The words in which a missed text has the piece, the most frequent first.
fn missed(word: &str, truth: &Truth, found: &HashSet<i64>) -> String {
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for id in truth.piece.difference(found) {
        for own in truth.words_of.get(id).into_iter().flatten() {
            *counts.entry(own).or_default() += 1;
        }
    }
    let mut counts: Vec<(&str, u32)> = counts.into_iter().collect();
    counts.sort_unstable_by_key(|(own, count)| (u32::MAX - count, *own));
    let listed: Vec<String> = counts.iter().take(12).map(|(own, count)| format!("{own} {count}")).collect();
    if listed.is_empty() { String::new() } else { format!("missed {word}: {}\n", listed.join(", ")) }
}

/// All files found for a word, with the best passage of each.
fn hits(index: &Index, word: &str) -> Result<Vec<(i64, String)>> {
    let mut found = Vec::new();
    for page in 0..PAGES_MAX {
        let query = Query { words: word.to_owned(), kinds: vec!["file".to_owned()], offset: page * PAGE, limit: PAGE, ..Query::default() };
        let some = index.find(&[SITE], &query)?;
        let is_last = some.hits.len() < PAGE;
        found.extend(some.hits.into_iter().map(|hit| {
            let passage = hit.passages.first().unwrap_or(&hit.title);
            let shown: String = passage.pieces.iter().map(|(piece, marked)| if *marked { format!("[{piece}]") } else { piece.clone() }).collect();
            (hit.object_id, shown)
        }));
        if is_last {
            break;
        }
    }
    Ok(found)
}
