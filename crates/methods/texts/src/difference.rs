//! What is different between two versions, sentence by sentence, with the changed words of a sentence marked.
//!
//! Needs versions that were aligned ([`crate::align`]); knows nothing of who caused a change. Start with [`difference`].

use crate::lcs::{heaviest_chain, matches};
use crate::sentences::sentences;
use crate::text::{Text, Unit, UnitId, slice};
use crate::versions::{Change, Step, families, steps};
use crate::words::{Lexicon, Word, likeness};
use std::ops::Range;

/// Likeness from which a sentence is another one reworded.
const REWORDED_MIN: f32 = 0.35;
/// Share of words two sentences must have in common for single words to be marked; below, all of it is.
const MARKED_MIN: f32 = 0.3;
/// Pairs of sentences that are compared one by one.
const PAIRS_MAX: usize = 40_000;

/// Words that are all changed, or all kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words, with the white space between them.
    pub text: String,
    /// Whether they are not in the other version.
    pub is_changed: bool,
}

/// A sentence of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its unit.
    pub unit: UnitId,
    /// The how manieth of its unit it is, from 1.
    pub number: usize,
    /// Its characters in the unit.
    pub range: Range<usize>,
    /// Its words, changed ones apart.
    pub pieces: Vec<Piece>,
}

/// What became of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Became {
    /// The same.
    Same,
    /// Other words.
    Changed,
    /// It is new.
    Inserted,
    /// It is gone.
    Deleted,
}

/// A sentence in both versions, as far as it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentenceStep {
    /// What became of it.
    pub became: Became,
    /// Before.
    pub old: Option<Sentence>,
    /// After.
    pub new: Option<Sentence>,
}

/// What is different in a unit, or in several that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitDifference {
    /// What became of the unit.
    pub step: Step,
    /// Its sentences in reading order.
    pub sentences: Vec<SentenceStep>,
}

/// How many sentences became what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sentences that are the same.
    pub same: usize,
    /// Sentences with other words.
    pub changed: usize,
    /// New sentences.
    pub inserted: usize,
    /// Sentences that are gone.
    pub deleted: usize,
}

/// What is different between a version and the next one, in the order of [`steps`].
#[must_use]
pub fn difference(old: &Text, new: &Text) -> Vec<UnitDifference> {
    let mut lexicon = Lexicon::default();
    let families = families(old.units(), new.units());
    let of = |(family, step): (crate::versions::Family, Step)| {
        let before = parts(old.units(), &family.old, &mut lexicon);
        let after = parts(new.units(), &family.new, &mut lexicon);
        let sentences = if step.change == Change::Same { same(&before, &after) } else { compared(&before, &after, &lexicon) };
        UnitDifference { step, sentences }
    };
    families.into_iter().zip(steps(old, new)).map(of).collect()
}

/// Counts sentences.
#[must_use]
pub fn count(differences: &[UnitDifference]) -> Counts {
    let mut counts = Counts::default();
    for step in differences.iter().flat_map(|difference| &difference.sentences) {
        *match step.became {
            Became::Same => &mut counts.same,
            Became::Changed => &mut counts.changed,
            Became::Inserted => &mut counts.inserted,
            Became::Deleted => &mut counts.deleted,
        } += 1;
    }
    counts
}

/// A sentence with its words.
struct Part<'t> {
    unit: &'t Unit,
    number: usize,
    range: Range<usize>,
    words: Vec<Word>,
}

fn parts<'t>(units: &'t [Unit], members: &[usize], lexicon: &mut Lexicon) -> Vec<Part<'t>> {
    let mut out = Vec::new();
    for unit in members.iter().map(|member| &units[*member]) {
        let words = lexicon.words(&unit.text);
        let mut from = 0;
        for (index, range) in sentences(&unit.text).into_iter().enumerate() {
            let to = from + words[from..].partition_point(|word| word.start < range.end);
            out.push(Part { unit, number: index + 1, range, words: words[from..to].to_vec() });
            from = to;
        }
    }
    out
}

fn same(before: &[Part<'_>], after: &[Part<'_>]) -> Vec<SentenceStep> {
    let step = |(old, new): (&Part<'_>, &Part<'_>)| SentenceStep { became: Became::Same, old: Some(old.shown(&[])), new: Some(new.shown(&[])) };
    before.iter().zip(after).map(step).collect()
}

fn compared(before: &[Part<'_>], after: &[Part<'_>], lexicon: &Lexicon) -> Vec<SentenceStep> {
    let pairs = pairs(before, after, lexicon);
    let mut out = Vec::new();
    let (mut old, mut new) = (0, 0);
    for (a, b) in pairs.into_iter().chain([(before.len(), after.len())]) {
        let gone = |part: &Part<'_>| SentenceStep { became: Became::Deleted, old: Some(part.shown(std::slice::from_ref(&(0..part.words.len())))), new: None };
        let come = |part: &Part<'_>| SentenceStep { became: Became::Inserted, old: None, new: Some(part.shown(std::slice::from_ref(&(0..part.words.len())))) };
        out.extend(before[old..a].iter().map(gone));
        out.extend(after[new..b].iter().map(come));
        if let (Some(one), Some(other)) = (before.get(a), after.get(b)) {
            out.push(pair(one, other, lexicon));
        }
        (old, new) = (a + 1, b + 1);
    }
    out
}

/// Sentences that belong together, in order.
fn pairs(before: &[Part<'_>], after: &[Part<'_>], lexicon: &Lexicon) -> Vec<(usize, usize)> {
    let sorted = |part: &Part<'_>| {
        let mut ids: Vec<u32> = part.words.iter().map(|word| word.id).collect();
        ids.sort_unstable();
        ids
    };
    let (olds, news): (Vec<_>, Vec<_>) = (before.iter().map(sorted).collect(), after.iter().map(sorted).collect());
    // In a unit of hundreds of sentences only those at about the same place are compared.
    let reach = PAIRS_MAX / before.len().max(1);
    let mut pairs = Vec::new();
    for (a, old) in olds.iter().enumerate() {
        let scaled = a * news.len() / olds.len();
        for (b, new) in news.iter().enumerate().take(scaled + reach + 1).skip(scaled.saturating_sub(reach)) {
            let alike = likeness(old, new, |id| lexicon.weight(id));
            if alike >= REWORDED_MIN {
                pairs.push((a, b, alike));
            }
        }
    }
    heaviest_chain(&pairs).into_iter().map(|index| (pairs[index].0, pairs[index].1)).collect()
}

fn pair(old: &Part<'_>, new: &Part<'_>, lexicon: &Lexicon) -> SentenceStep {
    let ids = |part: &Part<'_>| part.words.iter().map(|word| word.id).collect::<Vec<_>>();
    let (olds, news) = (ids(old), ids(new));
    if olds == news {
        return SentenceStep { became: Became::Same, old: Some(old.shown(&[])), new: Some(new.shown(&[])) };
    }
    let mut kept = matches(&olds, &news, 1_000_000, &|id| lexicon.weight(id));
    let weight = |ids: &[u32]| ids.iter().map(|id| lexicon.weight(*id)).sum::<f32>();
    let common: f32 = kept.iter().map(|(at, _)| lexicon.weight(olds[*at])).sum();
    if 2.0 * common < MARKED_MIN * (weight(&olds) + weight(&news)) {
        kept.clear();
    }
    let old_changed = runs_without(olds.len(), kept.iter().map(|pair| pair.0));
    let new_changed = runs_without(news.len(), kept.iter().map(|pair| pair.1));
    SentenceStep { became: Became::Changed, old: Some(old.shown(&old_changed)), new: Some(new.shown(&new_changed)) }
}

/// The runs of positions below `count` that are not among the kept ones.
fn runs_without(count: usize, kept: impl Iterator<Item = usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    for at in kept.chain([count]) {
        if from < at {
            out.push(from..at);
        }
        from = at + 1;
    }
    out
}

impl Part<'_> {
    /// The sentence with some runs of its words marked as changed.
    fn shown(&self, changed: &[Range<usize>]) -> Sentence {
        let mut pieces = Vec::new();
        let mut from = self.range.start;
        let mut push = |to: usize, is_changed: bool| {
            if from < to {
                pieces.push(Piece { text: slice(&self.unit.text, from, to).to_owned(), is_changed });
            }
            from = to.max(from);
        };
        for run in changed {
            if let (Some(first), Some(last)) = (self.words.get(run.start), run.end.checked_sub(1).and_then(|last| self.words.get(last))) {
                push(first.start, false);
                push(last.end, true);
            }
        }
        push(self.range.end, false);
        Sentence { unit: self.unit.id, number: self.number, range: self.range.clone(), pieces }
    }
}
