//! Where each word of a family of units went.

use crate::lcs::matches;
use crate::text::Unit;
use crate::versions::Family;
use crate::words::{Lexicon, Word};

/// Pairs of words that are compared one by one; longer units are parted at words unique in both.
const CELLS_MAX: usize = 1_000_000;

/// The words of units one after the other.
#[derive(Default)]
pub(super) struct Side {
    /// For each word the position of its unit in the version, and the word.
    pub words: Vec<(usize, Word)>,
}

impl Side {
    fn of(units: &[Unit], members: &[usize], lexicon: &mut Lexicon) -> Self {
        let words = members.iter().flat_map(|member| lexicon.words(&units[*member].text).into_iter().map(|word| (*member, word)));
        Self { words: words.collect() }
    }

    fn ids(&self) -> Vec<u32> {
        self.words.iter().map(|(_, word)| word.id).collect()
    }

    /// The words that a range of characters of a unit touches.
    pub(super) fn touched(&self, unit: usize, start: usize, end: usize) -> std::ops::Range<usize> {
        let from = self.words.partition_point(|(at, word)| (*at, word.end) <= (unit, start));
        let to = self.words.partition_point(|(at, word)| (*at, word.start) < (unit, end));
        from..to.max(from)
    }
}

/// Where the words of a family went.
pub(super) struct Mapping {
    pub old: Side,
    pub new: Side,
    /// For each old word the new one that it became.
    pub forward: Vec<Option<usize>>,
    /// Whether a new word was there before.
    pub is_inherited: Vec<bool>,
}

/// Words of the new side that continue words of the old one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Landing {
    pub words: std::ops::Range<usize>,
    /// The share of the old words, by weight, that are still there.
    pub kept: f32,
    /// Whether the words on both sides are still the neighbours.
    pub is_framed: bool,
}

impl Mapping {
    pub(super) fn of(old: &[Unit], new: &[Unit], family: &Family, lexicon: &mut Lexicon) -> Self {
        let (old, new) = (Side::of(old, &family.old, lexicon), Side::of(new, &family.new, lexicon));
        Self::between(old, new, lexicon)
    }

    /// Maps any words onto any others.
    pub(super) fn between(old: Side, new: Side, lexicon: &Lexicon) -> Self {
        let mut forward = vec![None; old.words.len()];
        let mut is_inherited = vec![false; new.words.len()];
        for (a, b) in matches(&old.ids(), &new.ids(), CELLS_MAX, &|id| lexicon.weight(id)) {
            forward[a] = Some(b);
            is_inherited[b] = true;
        }
        Self { old, new, forward, is_inherited }
    }

    /// Where a run of old words went. The run may come out empty: then they are gone, and stood there.
    pub(super) fn land(&self, words: std::ops::Range<usize>, lexicon: &Lexicon) -> Landing {
        let weight = |at: usize| lexicon.weight(self.old.words[at].1.id);
        let total: f32 = words.clone().map(weight).sum();
        let kept: f32 = words.clone().filter(|at| self.forward[*at].is_some()).map(weight).sum();
        let from = self.start(words.start);
        let to = self.end(words.end).max(from);
        let before = words.start.checked_sub(1);
        let is_framed_before = before.is_none_or(|at| self.forward[at].is_some_and(|there| there + 1 == from));
        let is_framed_after = words.end >= self.forward.len() || self.forward[words.end] == Some(to);
        Landing { words: from..to, kept: if total > 0.0 { kept / total } else { 0.0 }, is_framed: is_framed_before && is_framed_after }
    }

    /// The new position of the edge before an old word, with what was put in at that edge left outside behind it.
    fn start(&self, at: usize) -> usize {
        match self.forward.get(at) {
            Some(Some(there)) => *there,
            _ => self.within(at),
        }
    }

    /// The new position of the edge behind the old word before `at`.
    fn end(&self, at: usize) -> usize {
        match at.checked_sub(1).and_then(|last| self.forward[last]) {
            Some(there) => there + 1,
            None => self.within(at),
        }
    }

    /// An edge within replaced words: as far into the new words as it was into the old ones.
    fn within(&self, at: usize) -> usize {
        let before = (0..at).rev().find(|index| self.forward[*index].is_some());
        let behind = (at..self.forward.len()).find(|index| self.forward[*index].is_some());
        let (old_from, new_from) = before.map_or((0, 0), |index| (index + 1, self.forward[index].unwrap_or(0) + 1));
        let (old_to, new_to) = behind.map_or((self.forward.len(), self.new.words.len()), |index| (index, self.forward[index].unwrap_or(0)));
        if old_to == old_from {
            return new_from;
        }
        new_from + (at - old_from) * new_to.saturating_sub(new_from) / (old_to - old_from)
    }
}
