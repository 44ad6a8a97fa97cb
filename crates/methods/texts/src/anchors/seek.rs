//! Words that are not where they were, looked for in what is new elsewhere.

use super::mapping::{Mapping, Side};
use crate::lcs::matches;
use crate::text::Unit;
use crate::words::Lexicon;
use std::collections::HashMap;

/// Units that hold a word at most, for it to lead anywhere.
const SPREAD_MAX: usize = 200;
/// Words of a passage that are asked for.
const WORDS_MAX: usize = 8;
/// Units that are looked at word by word.
const CANDIDATES_MAX: usize = 4;
/// Weight of words below which a passage is too short to be recognised anywhere.
const WEIGHT_MIN: f32 = 3.0;

/// The new and changed units of a version by the words in them.
pub(super) struct Index {
    units: HashMap<u32, Vec<usize>>,
}

/// Where words were found.
pub(super) struct Found {
    /// The unit.
    pub unit: usize,
    /// From the words that were looked for to those of the unit.
    pub mapping: Mapping,
    /// The share of the words, by weight, that was found.
    pub kept: f32,
}

impl Index {
    /// An index over some units of a version.
    pub(super) fn of(units: &[Unit], members: impl Iterator<Item = usize>, lexicon: &mut Lexicon) -> Self {
        let mut index: HashMap<u32, Vec<usize>> = HashMap::new();
        for member in members {
            for word in lexicon.words(&units[member].text) {
                let list = index.entry(word.id).or_default();
                if list.last() != Some(&member) {
                    list.push(member);
                }
            }
        }
        Self { units: index }
    }

    /// Looks for words; the place that holds most of them closest together. `inherited` tells of a unit which of its words
    /// stood in it before: they are not where others went.
    pub(super) fn seek(
        &self,
        sought: &Side,
        units: &[Unit],
        lexicon: &mut Lexicon,
        mut inherited: impl FnMut(usize, &mut Lexicon) -> Vec<bool>,
    ) -> Option<Found> {
        let total: f32 = sought.words.iter().map(|(_, word)| lexicon.weight(word.id)).sum();
        if total < WEIGHT_MIN {
            return None;
        }
        let ids: Vec<u32> = sought.words.iter().map(|(_, word)| word.id).collect();
        let mut best: Option<Found> = None;
        for unit in self.candidates(&ids) {
            let side = Side { words: lexicon.words(&units[unit].text).into_iter().map(|word| (unit, word)).collect() };
            let target: Vec<u32> = side.words.iter().map(|(_, word)| word.id).collect();
            let is_old = inherited(unit, lexicon);
            // Words that were there before match nothing: they stand for themselves.
            let open: Vec<u32> = target.iter().enumerate().map(|(at, id)| if is_old.get(at) == Some(&true) { u32::MAX } else { *id }).collect();
            let pairs = matches(&ids, &open, 1_000_000, &|id| lexicon.weight(id));
            let kept = pairs.iter().map(|(at, _)| lexicon.weight(ids[*at])).sum::<f32>() / total;
            let width = pairs.first().zip(pairs.last()).map_or(0, |(first, last)| last.1 + 1 - first.1);
            if width > 2 * ids.len() + 4 || best.as_ref().is_some_and(|best| best.kept >= kept) {
                continue;
            }
            let mut mapping =
                Mapping { forward: vec![None; ids.len()], is_inherited: vec![false; target.len()], old: Side { words: sought.words.clone() }, new: side };
            for (a, b) in pairs {
                mapping.forward[a] = Some(b);
                mapping.is_inherited[b] = true;
            }
            best = Some(Found { unit, mapping, kept });
        }
        best
    }

    /// Units that share most of the rarest words.
    fn candidates(&self, ids: &[u32]) -> Vec<usize> {
        let mut rare: Vec<u32> = ids.to_vec();
        rare.sort_unstable();
        rare.dedup();
        let mut lists: Vec<&Vec<usize>> = rare.iter().filter_map(|id| self.units.get(id)).filter(|list| list.len() <= SPREAD_MAX).collect();
        lists.sort_by_key(|list| list.len());
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for unit in lists.into_iter().take(WORDS_MAX).flatten() {
            *shared.entry(*unit).or_default() += 1;
        }
        let mut best: Vec<(usize, usize)> = shared.into_iter().collect();
        best.sort_unstable_by_key(|(unit, count)| (std::cmp::Reverse(*count), *unit));
        best.truncate(CANDIDATES_MAX);
        best.into_iter().map(|(unit, _)| unit).collect()
    }
}
