//! What two sequences have in common, in order.
//!
//! [`matches`] pairs equal elements so that the pairs weigh most; a run of pairs costs something to begin, so that a stray comma or
//! article between two different passages pairs with nothing. Long sequences are first parted at what is unique in both
//! (the "patience" rule). [`heaviest_chain`] picks, out of pairs that may cross, those in order that weigh most.

use std::collections::{HashMap, HashSet};

/// What a run of pairs costs to begin.
const RUN_COST: f32 = 0.55;
/// Pairs of positions that are looked at one by one at most.
const CELLS_MAX: usize = 4_000_000;

/// Pairs of equal elements, rising on both sides. Sequences with more than `cells_max` pairs of positions are parted first.
pub(crate) fn matches(old: &[u32], new: &[u32], cells_max: usize, weight: &dyn Fn(u32) -> f32) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    part(old, new, (0, 0), cells_max, weight, &mut out);
    out
}

fn part(old: &[u32], new: &[u32], base: (usize, usize), cells_max: usize, weight: &dyn Fn(u32) -> f32, out: &mut Vec<(usize, usize)>) {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    out.extend((0..head).map(|index| (base.0 + index, base.1 + index)));
    let (inner_old, inner_new) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let inner = (base.0 + head, base.1 + head);
    if !inner_old.is_empty() && !inner_new.is_empty() {
        let cells = inner_old.len().saturating_mul(inner_new.len());
        let backbone = if cells > cells_max { backbone(inner_old, inner_new) } else { Vec::new() };
        if !backbone.is_empty() {
            let mut from = (0, 0);
            for (a, b) in backbone {
                part(&inner_old[from.0..a], &inner_new[from.1..b], (inner.0 + from.0, inner.1 + from.1), cells_max, weight, out);
                out.push((inner.0 + a, inner.1 + b));
                from = (a + 1, b + 1);
            }
            part(&inner_old[from.0..], &inner_new[from.1..], (inner.0 + from.0, inner.1 + from.1), cells_max, weight, out);
        } else if cells <= CELLS_MAX && have_common(inner_old, inner_new) {
            out.extend(heaviest(inner_old, inner_new, weight).into_iter().map(|(a, b)| (inner.0 + a, inner.1 + b)));
        }
    }
    let ends = (base.0 + old.len() - tail, base.1 + new.len() - tail);
    out.extend((0..tail).map(|index| (ends.0 + index, ends.1 + index)));
}

/// Whether there is anything to pair at all.
fn have_common(old: &[u32], new: &[u32]) -> bool {
    let known: HashSet<u32> = old.iter().copied().collect();
    new.iter().any(|id| known.contains(id))
}

/// Elements that are unique on both sides, as many of them in order as there can be.
fn backbone(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let mut seen: HashMap<u32, (usize, usize, usize, usize)> = HashMap::new();
    for (index, id) in old.iter().enumerate() {
        let entry = seen.entry(*id).or_default();
        (entry.0, entry.1) = (entry.0 + 1, index);
    }
    for (index, id) in new.iter().enumerate() {
        if let Some(entry) = seen.get_mut(id) {
            (entry.2, entry.3) = (entry.2 + 1, index);
        }
    }
    let mut pairs: Vec<(usize, usize, f32)> = seen.into_values().filter(|entry| entry.0 == 1 && entry.2 == 1).map(|entry| (entry.1, entry.3, 1.0)).collect();
    pairs.sort_unstable_by_key(|pair| pair.0);
    heaviest_chain(&pairs).into_iter().map(|index| (pairs[index].0, pairs[index].1)).collect()
}

/// Where the best way to a cell comes from.
const FROM_OLD: u8 = 0;
const FROM_NEW: u8 = 1;
const PAIR: u8 = 2;
/// Beside the way: whether the pair of a cell goes on with the run of the pair before.
const RUNS_ON: u8 = 4;

/// The pairs that weigh most, by looking at every pair of positions.
fn heaviest(old: &[u32], new: &[u32], weight: &dyn Fn(u32) -> f32) -> Vec<(usize, usize)> {
    let columns = new.len() + 1;
    let mut ways = vec![FROM_OLD; (old.len() + 1) * columns];
    // The best weight up to a cell, and the best of those that end with its pair.
    let (mut best_above, mut pair_above) = (vec![0.0_f32; columns], vec![f32::NEG_INFINITY; columns]);
    let (mut best, mut pair) = (vec![0.0_f32; columns], vec![f32::NEG_INFINITY; columns]);
    for (row, id) in old.iter().enumerate() {
        let own = weight(*id);
        for column in 1..columns {
            let cell = (row + 1) * columns + column;
            pair[column] = f32::NEG_INFINITY;
            if new[column - 1] == *id {
                let begun = best_above[column - 1] - RUN_COST;
                let runs_on = pair_above[column - 1] >= begun;
                pair[column] = own + if runs_on { pair_above[column - 1] } else { begun };
                ways[cell] |= if runs_on { RUNS_ON } else { 0 };
            }
            let (mut value, mut way) = (best_above[column], FROM_OLD);
            if best[column - 1] > value {
                (value, way) = (best[column - 1], FROM_NEW);
            }
            if pair[column] >= value {
                (value, way) = (pair[column], PAIR);
            }
            best[column] = value;
            ways[cell] |= way;
        }
        std::mem::swap(&mut best, &mut best_above);
        std::mem::swap(&mut pair, &mut pair_above);
    }
    trace(&ways, old.len(), columns)
}

fn trace(ways: &[u8], rows: usize, columns: usize) -> Vec<(usize, usize)> {
    let (mut row, mut column) = (rows, columns - 1);
    let mut out = Vec::new();
    let mut in_run = false;
    while row > 0 && column > 0 {
        let way = ways[row * columns + column];
        if in_run || way & 3 == PAIR {
            out.push((row - 1, column - 1));
            in_run = way & RUNS_ON != 0;
            (row, column) = (row - 1, column - 1);
        } else if way & 3 == FROM_NEW {
            column -= 1;
        } else {
            row -= 1;
        }
    }
    out.reverse();
    out
}

/// The indices of those pairs `(old, new, weight)` that rise strictly on both sides and weigh most together, in order.
pub(crate) fn heaviest_chain(pairs: &[(usize, usize, f32)]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    // Of pairs with one old element the later new one comes first, so that it cannot follow the other.
    order.sort_by_key(|index| (pairs[*index].0, std::cmp::Reverse(pairs[*index].1)));
    let width = pairs.iter().map(|pair| pair.1 + 1).max().unwrap_or(0);
    // A tree of best sums: the best chain that ends before a new element.
    let mut tree: Vec<Option<(f32, usize)>> = vec![None; width + 1];
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    let mut best: Option<(f32, usize)> = None;
    for index in order {
        let (_, new, weight) = pairs[index];
        let mut below: Option<(f32, usize)> = None;
        let mut at = new;
        while at > 0 {
            below = heavier(below, tree[at]);
            at &= at - 1;
        }
        before[index] = below.map(|(_, last)| last);
        let own = Some((weight + below.map_or(0.0, |(sum, _)| sum), index));
        best = heavier(best, own);
        let mut at = new + 1;
        while at <= width {
            tree[at] = heavier(tree[at], own);
            at += at & at.wrapping_neg();
        }
    }
    let mut out: Vec<usize> = std::iter::successors(best.map(|(_, last)| last), |index| before[*index]).collect();
    out.reverse();
    out
}

fn heavier(one: Option<(f32, usize)>, other: Option<(f32, usize)>) -> Option<(f32, usize)> {
    match (one, other) {
        (Some(a), Some(b)) => Some(if b.0 > a.0 { b } else { a }),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use super::{heaviest_chain, matches};

    #[test]
    fn a_stray_light_element_pairs_with_nothing_but_runs_do() {
        let weight = |id: u32| if id == 9 { 0.2 } else { 1.0 };
        assert_eq!(matches(&[1, 2, 9, 3], &[4, 5, 9, 6], 1_000, &weight), []);
        assert_eq!(matches(&[1, 2, 9, 3], &[4, 2, 9, 3], 1_000, &weight), [(1, 1), (2, 2), (3, 3)]);
        assert_eq!(matches(&[1, 2, 3], &[1, 7, 3], 1_000, &weight), [(0, 0), (2, 2)]);
        assert_eq!(matches(&[], &[1], 1_000, &weight), []);
    }

    #[test]
    fn parting_long_sequences_finds_the_same() {
        let old: Vec<u32> = (0..200).collect();
        let mut new = old.clone();
        new.remove(50);
        new.insert(120, 1_000);
        assert_eq!(matches(&old, &new, 10, &|_| 1.0), matches(&old, &new, 1_000_000, &|_| 1.0));
    }

    #[test]
    fn the_heaviest_chain_is_not_always_the_longest() {
        assert_eq!(heaviest_chain(&[(0, 5, 9.0), (1, 1, 1.0), (2, 2, 1.0), (3, 6, 1.0)]), [0, 3]);
        assert_eq!(heaviest_chain(&[(0, 0, 1.0), (0, 1, 1.0), (1, 1, 1.0)]), [0, 2]);
        assert_eq!(heaviest_chain(&[]), Vec::<usize>::new());
    }
}
