//! Edits whose truth is known: every word remembers which old word it is, or of which it took the place.

use super::chance::Chance;
use allmende_texts::sentences::sentences;
use allmende_texts::{Kind, Text};
use std::fmt;

#[derive(Debug, Clone)]
pub struct Word {
    pub text: String,
    /// The old word that it is.
    pub origin: Option<usize>,
    /// Old words of which it took the place.
    pub replaces: Vec<usize>,
}

type Sentence = Vec<Word>;

/// A text as units of sentences of words.
#[derive(Debug, Clone)]
pub struct Draft(pub Vec<(Kind, Vec<Sentence>)>);

/// Where a word stands.
#[derive(Debug, Clone)]
pub struct Placed {
    pub word: Word,
    /// The position of the unit.
    pub unit: usize,
    pub start: usize,
    pub end: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edit {
    Reword,
    RewordMuch,
    MoveUnit,
    MoveAndReword,
    MoveSentence,
    Split,
    SplitAndReword,
    Merge,
    DeleteUnit,
    DeleteSentence,
    InsertUnit,
    InsertSentence,
}

pub const EDITS: [Edit; 12] = [
    Edit::Reword,
    Edit::RewordMuch,
    Edit::MoveUnit,
    Edit::MoveAndReword,
    Edit::MoveSentence,
    Edit::Split,
    Edit::SplitAndReword,
    Edit::Merge,
    Edit::DeleteUnit,
    Edit::DeleteSentence,
    Edit::InsertUnit,
    Edit::InsertSentence,
];

impl fmt::Display for Edit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::Reword => "words replaced",
            Self::RewordMuch => "a third of a unit replaced",
            Self::MoveUnit => "unit moved",
            Self::MoveAndReword => "unit moved and reworded",
            Self::MoveSentence => "sentence moved into another unit",
            Self::Split => "unit split",
            Self::SplitAndReword => "unit split and reworded",
            Self::Merge => "two units merged",
            Self::DeleteUnit => "unit deleted",
            Self::DeleteSentence => "sentence deleted",
            Self::InsertUnit => "unit inserted",
            Self::InsertSentence => "sentence inserted",
        })
    }
}

impl Draft {
    /// The units of a text from one to before another.
    pub fn of(text: &Text, units: std::ops::Range<usize>) -> Self {
        let mut count = 0;
        let mut word = |text: &str| {
            count += 1;
            Word { text: text.to_owned(), origin: Some(count - 1), replaces: Vec::new() }
        };
        let unit = |unit: &allmende_texts::Unit| {
            let of = |range: std::ops::Range<usize>| unit.passage(range.start, range.end).split_whitespace().map(&mut word).collect();
            (unit.kind.clone(), sentences(&unit.text).into_iter().map(of).collect())
        };
        Self(text.units()[units].iter().map(unit).collect())
    }

    /// The text, and where its words stand.
    pub fn render(&self) -> (Text, Vec<Placed>) {
        let mut placed = Vec::new();
        let mut parts = Vec::new();
        for (unit, (kind, sentences)) in self.0.iter().enumerate() {
            let mut text = String::new();
            let mut at = 0;
            for word in sentences.iter().flatten() {
                if !text.is_empty() {
                    text.push(' ');
                    at += 1;
                }
                text.push_str(&word.text);
                let end = at + word.text.chars().count();
                placed.push(Placed { word: word.clone(), unit, start: at, end });
                at = end;
            }
            parts.push((kind.clone(), text, Vec::new()));
        }
        (Text::numbered(parts).unwrap(), placed)
    }

    /// Does an edit at a unit, if it is possible there. `pool` is where new words come from.
    pub fn edit(&mut self, edit: Edit, at: usize, pool: &[String], chance: &mut Chance) -> bool {
        let sentences = self.0[at].1.len();
        match edit {
            Edit::Reword => reword(&mut self.0[at].1, 8, pool, chance),
            Edit::RewordMuch => reword(&mut self.0[at].1, 3, pool, chance),
            Edit::MoveUnit | Edit::MoveAndReword => {
                if self.0.len() < 4 {
                    return false;
                }
                let mut unit = self.0.remove(at);
                let to = chance.below(self.0.len());
                if edit == Edit::MoveAndReword {
                    reword(&mut unit.1, 8, pool, chance);
                }
                self.0.insert(if to >= at { to + 1 } else { to }, unit);
                true
            }
            Edit::MoveSentence => {
                let other = chance.below(self.0.len());
                if sentences < 2 || other == at {
                    return false;
                }
                let from = chance.below(sentences);
                let sentence = self.0[at].1.remove(from);
                let to = chance.below(self.0[other].1.len() + 1);
                self.0[other].1.insert(to, sentence);
                true
            }
            Edit::Split | Edit::SplitAndReword => {
                if sentences < 2 {
                    return false;
                }
                let second = self.0[at].1.split_off(1 + chance.below(sentences - 1));
                let kind = self.0[at].0.clone();
                self.0.insert(at + 1, (kind, second));
                if edit == Edit::SplitAndReword {
                    reword(&mut self.0[at].1, 10, pool, chance);
                    reword(&mut self.0[at + 1].1, 10, pool, chance);
                }
                true
            }
            Edit::Merge => {
                if at + 1 >= self.0.len() {
                    return false;
                }
                let (_, second) = self.0.remove(at + 1);
                self.0[at].1.extend(second);
                true
            }
            Edit::DeleteUnit => {
                if self.0.len() < 4 {
                    return false;
                }
                self.0.remove(at);
                true
            }
            Edit::DeleteSentence => {
                if sentences < 2 {
                    return false;
                }
                self.0[at].1.remove(chance.below(sentences));
                true
            }
            Edit::InsertUnit => {
                let sentence = new_sentence(12 + chance.below(20), pool, chance);
                self.0.insert(at, (Kind::Paragraph, vec![sentence]));
                true
            }
            Edit::InsertSentence => {
                let sentence = new_sentence(5 + chance.below(12), pool, chance);
                let to = chance.below(sentences + 1);
                self.0[at].1.insert(to, sentence);
                true
            }
        }
    }
}

/// Replaces runs of one to three words so that about one word in `one_in` goes.
fn reword(sentences: &mut [Sentence], one_in: usize, pool: &[String], chance: &mut Chance) -> bool {
    let count: usize = sentences.iter().map(Vec::len).sum();
    if count < 4 {
        return false;
    }
    for _ in 0..(count / (2 * one_in)).max(1) {
        let sentence = &mut sentences[chance.below(sentences.len())];
        if sentence.is_empty() {
            continue;
        }
        let from = chance.below(sentence.len());
        let to = (from + 1 + chance.below(3)).min(sentence.len());
        let gone: Vec<usize> = sentence[from..to].iter().flat_map(|word| word.origin.into_iter().chain(word.replaces.iter().copied())).collect();
        let new: Vec<Word> =
            (0..1 + chance.below(3)).map(|_| Word { text: pool[chance.below(pool.len())].clone(), origin: None, replaces: gone.clone() }).collect();
        sentence.splice(from..to, new);
    }
    true
}

fn new_sentence(words: usize, pool: &[String], chance: &mut Chance) -> Sentence {
    let mut sentence: Sentence = (0..words).map(|_| Word { text: pool[chance.below(pool.len())].clone(), origin: None, replaces: Vec::new() }).collect();
    if let Some(last) = sentence.last_mut() {
        last.text.push('.');
    }
    sentence
}
