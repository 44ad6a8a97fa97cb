//! Which unit of a new version continues which unit of the old one.
//!
//! Four rounds, each over what the one before left: equal units in order; equal units that moved; similar units between the
//! same neighbours; similar units elsewhere. Then what still has no partner may be a part of a unit that was split, or have
//! been merged into one. Words count by how rare they are in these two texts, so that "die" pairs nothing.

use crate::lcs::{heaviest_chain, matches};
use crate::text::Unit;
use crate::words::{Lexicon, likeness};
use std::collections::HashMap;

/// Pairs of positions that are compared one by one between two equal units.
const CELLS_MAX: usize = 2_500;
/// Likeness from which units between the same neighbours are the same one reworded.
const NEAR_MIN: f32 = 0.4;
/// The same where nothing else stands between those neighbours.
const ALONE_MIN: f32 = 0.25;
/// Likeness from which units anywhere are the same one moved and reworded.
const FAR_MIN: f32 = 0.6;
/// Weight of words below which a unit is too short to be recognised elsewhere.
const FAR_WEIGHT_MIN: f32 = 4.0;
/// Share of a unit's words that must come from another to be a part of it.
const PART_MIN: f32 = 0.6;
/// Weight of words below which a unit is too short to be known as a part.
const PART_WEIGHT_MIN: f32 = 2.0;
/// Units of a gap between neighbours that are all compared with one another.
const GAP_MAX: usize = 8;
/// Candidates that are looked at for a unit.
const CANDIDATES_MAX: usize = 6;

/// The words of one version.
struct Side {
    /// For each unit its words in order, and the same sorted.
    words: Vec<(Vec<u32>, Vec<u32>)>,
    /// For each unit one number, equal for equal words.
    keys: Vec<u32>,
    /// The unit of the other version that it belongs to.
    partner: Vec<Option<usize>>,
}

/// Two versions, unit by unit.
pub(super) struct Pairing {
    old: Side,
    new: Side,
    /// For each new unit the old ones of which it took words, beside its partner.
    origins: Vec<Vec<usize>>,
    lexicon: Lexicon,
    /// How much each word says.
    weights: Vec<f32>,
}

impl Pairing {
    /// Pairs the units of two versions.
    pub(super) fn of(old: &[Unit], new: &[Unit]) -> Self {
        let (mut lexicon, mut keys) = (Lexicon::default(), HashMap::new());
        let old = Side::of(old, &mut lexicon, &mut keys);
        let new = Side::of(new, &mut lexicon, &mut keys);
        let mut spread = vec![0; lexicon.len()];
        for (_, sorted) in old.words.iter().chain(&new.words) {
            for id in sorted.chunk_by(|a, b| a == b).filter_map(|run| run.first()) {
                spread[*id as usize] += 1;
            }
        }
        let units = (old.words.len() + new.words.len()) as f32;
        let says = |(id, spread): (u32, &u32)| lexicon.weight(id) * (1.0 + units / (*spread).max(1) as f32).ln().min(4.0);
        let weights = (0..).zip(&spread).map(says).collect();
        let origins = vec![Vec::new(); new.words.len()];
        let mut pairing = Self { old, new, origins, lexicon, weights };
        pairing.equal_in_order();
        pairing.equal_elsewhere();
        pairing.similar_in_order();
        pairing.similar_elsewhere();
        pairing.parts();
        pairing
    }

    /// The old unit that a new one continues.
    pub(super) fn old_of(&self, new: usize) -> Option<usize> {
        self.new.partner[new]
    }

    /// Further old units of which a new one took words.
    pub(super) fn origins_of(&self, new: usize) -> &[usize] {
        &self.origins[new]
    }

    /// How much a word says: more if it is rare here and no mere sign.
    fn weight(&self, id: u32) -> f32 {
        self.weights[id as usize]
    }

    fn total(&self, words: &[u32]) -> f32 {
        words.iter().map(|id| self.weight(*id)).sum()
    }

    fn likeness(&self, old: usize, new: usize) -> f32 {
        if self.old.keys[old] == self.new.keys[new] {
            return 1.0;
        }
        likeness(&self.old.words[old].1, &self.new.words[new].1, |id| self.weight(id))
    }

    fn pair(&mut self, old: usize, new: usize) {
        self.old.partner[old] = Some(new);
        self.new.partner[new] = Some(old);
    }

    fn equal_in_order(&mut self) {
        for (old, new) in matches(&self.old.keys, &self.new.keys, CELLS_MAX, &|_| 1.0) {
            self.pair(old, new);
        }
    }

    /// Equal units that are the only ones left with their words, if they have enough of them.
    fn equal_elsewhere(&mut self) {
        let mut left: HashMap<u32, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for (old, key) in self.old.keys.iter().enumerate().filter(|(old, _)| self.old.partner[*old].is_none()) {
            left.entry(*key).or_default().0.push(old);
        }
        for (new, key) in self.new.keys.iter().enumerate().filter(|(new, _)| self.new.partner[*new].is_none()) {
            left.entry(*key).or_default().1.push(new);
        }
        for (olds, news) in left.into_values() {
            let is_long = olds.first().is_some_and(|old| self.old.words[*old].0.len() >= 4);
            let is_one = olds.len() == 1 && news.len() == 1;
            if is_one || is_long {
                for (old, new) in olds.into_iter().zip(news) {
                    self.pair(old, new);
                }
            }
        }
    }

    /// For each unit how many pairs in order stand before it; units of both versions with one number lie between the same two.
    fn gaps(&self) -> (Vec<usize>, Vec<usize>) {
        let pairs: Vec<(usize, usize, f32)> =
            self.new.partner.iter().enumerate().filter_map(|(new, old)| old.map(|old| (old, new, 1.0 + self.total(&self.old.words[old].0)))).collect();
        let chain = heaviest_chain(&pairs);
        let (mut old_gaps, mut new_gaps) = (vec![0; self.old.words.len()], vec![0; self.new.words.len()]);
        for index in chain {
            let (old, new, _) = pairs[index];
            old_gaps[old] = 1;
            new_gaps[new] = 1;
        }
        for gaps in [&mut old_gaps, &mut new_gaps] {
            let mut sum = 0;
            for gap in gaps.iter_mut() {
                sum += *gap;
                *gap = sum;
            }
        }
        (old_gaps, new_gaps)
    }

    fn similar_in_order(&mut self) {
        let (old_gaps, new_gaps) = self.gaps();
        let mut between: HashMap<usize, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for (old, gap) in old_gaps.iter().enumerate().filter(|(old, _)| self.old.partner[*old].is_none()) {
            between.entry(*gap).or_default().0.push(old);
        }
        for (new, gap) in new_gaps.iter().enumerate().filter(|(new, _)| self.new.partner[*new].is_none()) {
            between.entry(*gap).or_default().1.push(new);
        }
        let far = self.candidates();
        // What is very much alike elsewhere has moved there; it is not taken for its new neighbour.
        let mut claims: (HashMap<usize, usize>, HashMap<usize, usize>) = Default::default();
        for (old, new, _) in far.iter().filter(|(_, _, likeness)| *likeness >= FAR_MIN) {
            claims.0.insert(*old, *new);
            claims.1.insert(*new, *old);
        }
        let claimed = |old: usize, new: usize| claims.0.get(&old).is_some_and(|other| *other != new) || claims.1.get(&new).is_some_and(|other| *other != old);
        let mut pairs: Vec<(usize, usize, f32)> =
            far.iter().filter(|(old, new, likeness)| old_gaps[*old] == new_gaps[*new] && *likeness >= NEAR_MIN).copied().collect();
        for (olds, news) in between.values() {
            let is_alone = olds.len() == 1 && news.len() == 1;
            // In a large gap only units at about the same place are compared, beside those that share a rare word.
            let reach = if olds.len().max(news.len()) <= GAP_MAX { GAP_MAX } else { 1 };
            for (rank, old) in olds.iter().enumerate() {
                let scaled = rank * news.len() / olds.len();
                for new in &news[scaled.saturating_sub(reach)..news.len().min(scaled + reach + 1)] {
                    let likeness = self.likeness(*old, *new);
                    if likeness >= NEAR_MIN || (is_alone && likeness >= ALONE_MIN && !claimed(*old, *new)) {
                        pairs.push((*old, *new, likeness));
                    }
                }
            }
        }
        for (_, _, likeness) in &mut pairs {
            *likeness -= ALONE_MIN / 2.0;
        }
        for index in heaviest_chain(&pairs) {
            let (old, new, _) = pairs[index];
            self.pair(old, new);
        }
    }

    fn similar_elsewhere(&mut self) {
        let mut pairs = self.candidates();
        pairs.retain(|(old, _, likeness)| *likeness >= FAR_MIN && self.total(&self.old.words[*old].0) >= FAR_WEIGHT_MIN);
        pairs.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
        for (old, new, _) in pairs {
            if self.old.partner[old].is_none() && self.new.partner[new].is_none() {
                self.pair(old, new);
            }
        }
    }

    /// Pairs of units without partner that share rare words, with their likeness.
    fn candidates(&self) -> Vec<(usize, usize, f32)> {
        let olds = (0..self.old.words.len()).filter(|old| self.old.partner[*old].is_none());
        let mut index = Index::of(&self.old, olds, self.lexicon.len());
        let mut out = Vec::new();
        for new in (0..self.new.words.len()).filter(|new| self.new.partner[*new].is_none()) {
            out.extend(index.alike(&self.new.words[new].1).into_iter().map(|old| (old, new, self.likeness(old, new))));
        }
        out
    }

    /// What has no partner may be a part of a unit that was split, or have gone into one.
    fn parts(&mut self) {
        let mut all_old = Index::of(&self.old, 0..self.old.words.len(), self.lexicon.len());
        for new in (0..self.new.words.len()).filter(|new| self.new.partner[*new].is_none()) {
            let mut candidates = neighbours(new, self.new.words.len()).filter_map(|near| self.new.partner[near]).collect::<Vec<_>>();
            candidates.extend(all_old.alike(&self.new.words[new].1));
            let words = &self.new.words[new].0;
            let best = candidates.into_iter().filter(|old| self.old.partner[*old].is_some()).map(|old| {
                let rest = self.old.partner[old].map(|other| self.new.words[other].0.as_slice()).unwrap_or_default();
                (self.share(words, &self.old.words[old].0, rest), old)
            });
            if let Some((share, old)) = best.max_by(|a, b| a.0.total_cmp(&b.0))
                && share >= PART_MIN
            {
                self.origins[new].push(old);
            }
        }
        let mut all_new = Index::of(&self.new, 0..self.new.words.len(), self.lexicon.len());
        for old in (0..self.old.words.len()).filter(|old| self.old.partner[*old].is_none()) {
            let mut candidates = neighbours(old, self.old.words.len()).filter_map(|near| self.old.partner[near]).collect::<Vec<_>>();
            candidates.extend(all_new.alike(&self.old.words[old].1));
            let words = &self.old.words[old].0;
            let best = candidates.into_iter().filter(|new| self.new.partner[*new].is_some()).map(|new| {
                let rest = self.new.partner[new].map(|other| self.old.words[other].0.as_slice()).unwrap_or_default();
                (self.share(words, &self.new.words[new].0, rest), new)
            });
            if let Some((share, new)) = best.max_by(|a, b| a.0.total_cmp(&b.0))
                && share >= PART_MIN
            {
                self.origins[new].push(old);
            }
        }
    }

    /// The share of `part` that stands in `whole`, in order, where `whole` does not have it from (or give it to) `rest`.
    fn share(&self, part: &[u32], whole: &[u32], rest: &[u32]) -> f32 {
        let total = self.total(part);
        if total < PART_WEIGHT_MIN || part.len() < 3 {
            return 0.0;
        }
        let weight = |id: u32| self.lexicon.weight(id);
        let mut is_taken = vec![false; whole.len()];
        for (at, _) in matches(whole, rest, 1_000_000, &weight) {
            is_taken[at] = true;
        }
        let free: Vec<u32> = whole.iter().zip(&is_taken).filter(|(_, is_taken)| !**is_taken).map(|(id, _)| *id).collect();
        let found: f32 = matches(part, &free, 1_000_000, &weight).iter().map(|(at, _)| self.weight(part[*at])).sum();
        found / total
    }
}

/// Positions up to three away.
fn neighbours(at: usize, count: usize) -> impl Iterator<Item = usize> {
    (at.saturating_sub(3)..count.min(at + 4)).filter(move |near| *near != at)
}

impl Side {
    fn of(units: &[Unit], lexicon: &mut Lexicon, keys: &mut HashMap<Vec<u32>, u32>) -> Self {
        let words: Vec<(Vec<u32>, Vec<u32>)> = units
            .iter()
            .map(|unit| {
                let words: Vec<u32> = lexicon.words(&unit.text).iter().map(|word| word.id).collect();
                let mut sorted = words.clone();
                sorted.sort_unstable();
                (words, sorted)
            })
            .collect();
        let mut key = |words: &Vec<u32>| {
            let next = u32::try_from(keys.len()).unwrap_or(u32::MAX);
            *keys.entry(words.clone()).or_insert(next)
        };
        let keys = words.iter().map(|(words, _)| key(words)).collect();
        Self { keys, partner: vec![None; words.len()], words }
    }
}

/// Units by the words in them.
struct Index {
    /// For each word the units that hold it; none for a word that too many do.
    units: Vec<Vec<usize>>,
    /// For each unit how many of the words just asked for it holds; 0 between questions.
    shared: Vec<u32>,
}

impl Index {
    /// Units that hold a word at most, for it to say something.
    const SPREAD_MAX: usize = 64;
    /// Words of a unit that are asked for.
    const WORDS_MAX: usize = 16;

    fn of(side: &Side, units: impl Iterator<Item = usize>, words: usize) -> Self {
        let mut index = vec![Vec::new(); words];
        for unit in units {
            for id in side.words[unit].1.chunk_by(|a, b| a == b).filter_map(|run| run.first()) {
                index[*id as usize].push(unit);
            }
        }
        Self { units: index, shared: vec![0; side.words.len()] }
    }

    /// Units that share most of the rarest words, the best first.
    fn alike(&mut self, sorted: &[u32]) -> Vec<usize> {
        let mut rare: Vec<&Vec<usize>> = sorted.chunk_by(|a, b| a == b).filter_map(|run| self.units.get(*run.first()? as usize)).collect();
        rare.retain(|units| (1..=Self::SPREAD_MAX).contains(&units.len()));
        rare.sort_by_key(|units| units.len());
        let mut met = Vec::new();
        for unit in rare.into_iter().take(Self::WORDS_MAX).flatten() {
            if self.shared[*unit] == 0 {
                met.push(*unit);
            }
            self.shared[*unit] += 1;
        }
        let mut best: Vec<(u32, usize)> = met.into_iter().map(|unit| (std::mem::take(&mut self.shared[unit]), unit)).collect();
        best.sort_unstable_by_key(|(count, unit)| (std::cmp::Reverse(*count), *unit));
        best.truncate(CANDIDATES_MAX);
        best.into_iter().map(|(_, unit)| unit).collect()
    }
}
