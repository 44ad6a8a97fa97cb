//! Texts as the index takes them: words, stems, and parts of compounds, each a line of tokens between spaces.
//!
//! One walk through a text gives all three. What is found once for a word is remembered, as most words come again and again.
//! Start at [`Analyser::read`].

use crate::stem::Stemmer;
use crate::vocabulary::Vocabulary;
use crate::words::{self, Found};
use allmende_core::Language;
use std::collections::HashMap;
use std::sync::Arc;

/// Words whose stems and parts are remembered at the most, per language.
const REMEMBERED_MAX: usize = 200_000;

/// A text as lines of tokens.
#[derive(Debug, Default, Clone)]
pub(crate) struct Lines {
    /// Folded words in their order.
    pub words: String,
    /// Stems, numbers of papers and dates.
    pub stems: String,
    /// Stems of the parts of compounds.
    pub parts: String,
}

impl Lines {
    /// Empties the lines and keeps their memory.
    pub(crate) fn clear(&mut self) {
        self.words.clear();
        self.stems.clear();
        self.parts.clear();
    }
}

/// What belongs to one word.
#[derive(Debug)]
struct Known {
    stem: Box<str>,
    parts: Box<str>,
}

/// Stems and compounds of one corpus.
#[derive(Debug, Default)]
pub(crate) struct Corpus {
    /// Gives stems.
    pub stemmer: Stemmer,
    /// Splits compounds.
    pub vocabulary: Vocabulary,
}

/// Reads texts. Each thread has its own.
#[derive(Debug)]
pub(crate) struct Analyser {
    corpus: Arc<Corpus>,
    german: HashMap<Box<str>, Known>,
    english: HashMap<Box<str>, Known>,
}

impl Analyser {
    /// An analyser that remembers nothing yet.
    #[must_use]
    pub(crate) fn new(corpus: Arc<Corpus>) -> Self {
        Self { corpus, german: HashMap::new(), english: HashMap::new() }
    }

    /// Adds a text to lines.
    pub(crate) fn read(&mut self, text: &str, spoken: Language, lines: &mut Lines) {
        let is_english = spoken == Language::English;
        words::scan(text, |found| match found {
            Found::Word { folded, .. } => {
                push(&mut lines.words, folded);
                self.word(folded, is_english, lines);
            }
            Found::Joined { folded, is_number: true, .. } => push(&mut lines.stems, &number(folded)),
            Found::Joined { folded, .. } => self.word(&folded.replace(['-', '/'], ""), is_english, lines),
            Found::Date { day, .. } => {
                push(&mut lines.stems, &format!("@{day}"));
                if day.day.is_some() {
                    push(&mut lines.stems, &format!("@{}", day.month_only()));
                }
            }
        });
    }

    fn word(&mut self, folded: &str, is_english: bool, lines: &mut Lines) {
        let Self { corpus, german, english } = self;
        let remembered = if is_english { english } else { german };
        if let Some(known) = remembered.get(folded) {
            known.tell(lines);
            return;
        }
        let known = if is_english {
            Known { stem: corpus.stemmer.english(folded).into(), parts: Box::default() }
        } else {
            Known { stem: corpus.stemmer.german(folded).into(), parts: corpus.vocabulary.split(folded).join(" ").into() }
        };
        known.tell(lines);
        if remembered.len() >= REMEMBERED_MAX {
            remembered.clear();
        }
        remembered.insert(folded.into(), known);
    }
}

impl Known {
    fn tell(&self, lines: &mut Lines) {
        push(&mut lines.stems, &self.stem);
        if !self.parts.is_empty() {
            push(&mut lines.parts, &self.parts);
        }
    }
}

/// The token of a number: its figures without zeros in front of them, so `2024/0123` and `2024/123` are the same.
#[must_use]
pub(crate) fn number(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len() + 1);
    out.push('#');
    for (index, part) in folded.split(['/', '-', '.']).enumerate() {
        if index > 0 {
            out.push('/');
        }
        let bare = part.trim_start_matches('0');
        out.push_str(if bare.is_empty() { "0" } else { bare });
    }
    out
}

fn push(line: &mut String, token: &str) {
    if !line.is_empty() {
        line.push(' ');
    }
    line.push_str(token);
}
