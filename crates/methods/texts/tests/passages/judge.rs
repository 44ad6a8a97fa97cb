//! Whether a carried anchor stands at the right passage, by what the words of a script remember.

use super::chance::Chance;
use super::script::{Draft, EDITS, Edit, Placed};
use allmende_texts::{Anchor, Carried, How, Spot, Text, align, carry};
use std::collections::{BTreeMap, BTreeSet};

/// What came of anchors.
#[derive(Debug, Default, Clone)]
pub struct Score {
    pub anchors: usize,
    pub right: usize,
    pub gone: usize,
    /// By tenths of how sure the answer was: anchors and right ones.
    pub by_sure: [(usize, usize); 11],
    pub wrong: Vec<String>,
}

impl Score {
    pub fn add(&mut self, carried: &Carried, is_right: bool, told: impl FnOnce() -> String) {
        self.anchors += 1;
        self.right += usize::from(is_right);
        self.gone += usize::from(carried.how == How::Gone);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let tenth = (carried.sure * 10.0).clamp(0.0, 10.0) as usize;
        self.by_sure[tenth].0 += 1;
        self.by_sure[tenth].1 += usize::from(is_right);
        if !is_right {
            self.wrong.push(told());
        }
    }

    pub fn join(&mut self, other: Self) {
        self.anchors += other.anchors;
        self.right += other.right;
        self.gone += other.gone;
        for (own, more) in self.by_sure.iter_mut().zip(other.by_sure) {
            *own = (own.0 + more.0, own.1 + more.1);
        }
        self.wrong.extend(other.wrong);
    }

    pub fn percent(&self) -> f64 {
        #[allow(clippy::cast_precision_loss)]
        let share = self.right as f64 / self.anchors.max(1) as f64;
        100.0 * share
    }
}

/// Carries anchors over scripted edits, each kind in turn, and prints a table. `sources` are drafts of old versions.
pub fn play(sources: &[Draft], rounds: usize, seed: u64) -> Score {
    let pool: Vec<String> =
        sources.iter().flat_map(|draft| draft.0.iter()).flat_map(|(_, sentences)| sentences.iter().flatten()).map(|word| word.text.clone()).collect();
    let mut by_edit: BTreeMap<Edit, Score> = BTreeMap::new();
    for round in 0..rounds {
        let edit = EDITS[round % EDITS.len()];
        let mut chance = Chance::new(seed + u64::try_from(round).unwrap());
        let source = &sources[round % sources.len()];
        let (old, old_words) = source.render();
        let (mut draft, mut at) = (source.clone(), 0);
        for _ in 0..50 {
            at = chance.below(source.0.len());
            draft = source.clone();
            if draft.edit(edit, at, &pool, &mut chance) {
                break;
            }
        }
        for _ in 0..3 {
            let other = chance.below(draft.0.len());
            let background = EDITS[chance.below(EDITS.len())];
            draft.edit(background, other, &pool, &mut chance);
        }
        // An edit may leave a unit without words.
        draft.0.retain(|(_, sentences)| sentences.iter().any(|sentence| !sentence.is_empty()));
        let (new, new_words) = draft.render();
        let new = align(&old, new);
        let picks: Vec<(Anchor, BTreeSet<usize>)> =
            (0..12).map(|index| pick(&old, &old_words, if index % 2 == 0 { Some(at) } else { None }, &mut chance)).collect();
        let anchors: Vec<Anchor> = picks.iter().map(|(anchor, _)| anchor.clone()).collect();
        let carried = carry(&old, &new, &anchors);
        assert_eq!(carried.len(), anchors.len(), "none is lost");
        for (carried, (anchor, origins)) in carried.iter().zip(&picks) {
            none_is_lost(anchor, carried, &new);
            let told = || {
                format!(
                    "{edit} ({round}): »{}« became {:?} »{}«, {:.2}, at {:?}",
                    anchor.quote,
                    carried.how,
                    carried.anchor.words(&new).unwrap_or_default(),
                    carried.sure,
                    carried.anchor.spot
                )
            };
            by_edit.entry(edit).or_default().add(carried, is_right(carried, origins, &new, &old_words, &new_words), told);
        }
    }
    let mut all = Score::default();
    println!("{:<34} {:>7} {:>7} {:>7}", "edit", "anchors", "right", "gone");
    for (edit, score) in by_edit {
        println!("{edit:<34} {:>7} {:>6.1}% {:>7}", score.anchors, score.percent(), score.gone);
        all.join(score);
    }
    all
}

/// What holds for every anchor, wherever it lands.
pub fn none_is_lost(anchor: &Anchor, carried: &Carried, new: &Text) {
    assert_eq!((&carried.anchor.quote, &carried.anchor.before, &carried.anchor.after), (&anchor.quote, &anchor.before, &anchor.after), "the old words stay");
    assert!((0.0..=1.0).contains(&carried.sure), "{carried:?}");
    for spot in std::iter::once(&carried.anchor.spot).chain(&carried.further) {
        match spot {
            Spot::Passage { unit, start, end } => {
                let unit = new.unit(*unit).expect("the unit is there");
                assert!(start < end && *end <= unit.chars() && !unit.passage(*start, *end).trim().is_empty(), "{carried:?}");
                assert_ne!(carried.how, How::Gone);
            }
            Spot::Gap { unit, position } => {
                assert!(*position <= new.unit(*unit).expect("the unit is there").chars());
                assert_eq!(carried.how, How::Gone);
            }
            Spot::Between { after } => {
                assert!(after.is_none_or(|unit| new.unit(unit).is_some()));
                assert_eq!(carried.how, How::Gone);
            }
        }
    }
}

/// An anchor at some words: a few, a sentence's worth, or a whole unit.
fn pick(old: &Text, words: &[Placed], unit: Option<usize>, chance: &mut Chance) -> (Anchor, BTreeSet<usize>) {
    let unit = unit.unwrap_or_else(|| chance.below(old.units().len()));
    let own: Vec<&Placed> = words.iter().filter(|placed| placed.unit == unit).collect();
    let length = match chance.below(10) {
        0 => own.len(),
        1..=5 => 2 + chance.below(6),
        _ => 5 + chance.below(18),
    };
    let from = chance.below(own.len().saturating_sub(length).max(1));
    let picked = &own[from..own.len().min(from + length)];
    let anchor = Anchor::new(old, old.units()[unit].id, picked[0].start, picked[picked.len() - 1].end).unwrap();
    (anchor, picked.iter().filter_map(|placed| placed.word.origin).collect())
}

fn is_right(carried: &Carried, origins: &BTreeSet<usize>, new: &Text, old_words: &[Placed], new_words: &[Placed]) -> bool {
    let is_meant = |placed: &Placed| placed.word.origin.iter().chain(&placed.word.replaces).any(|origin| origins.contains(origin));
    let spots: Vec<&Spot> = std::iter::once(&carried.anchor.spot).chain(&carried.further).collect();
    let is_covered = |placed: &Placed| {
        let id = new.units()[placed.unit].id;
        spots.iter().any(|spot| matches!(spot, Spot::Passage { unit, start, end } if *unit == id && placed.start < *end && *start < placed.end))
    };
    let meant = new_words.iter().filter(|placed| is_meant(placed)).count();
    if meant == 0 {
        return carried.how == How::Gone && stands_there(&carried.anchor.spot, origins, new, old_words, new_words);
    }
    let both = new_words.iter().filter(|placed| is_meant(placed) && is_covered(placed)).count();
    // Words that were put in between belong to nobody.
    let covered = new_words.iter().filter(|placed| is_covered(placed) && (placed.word.origin.is_some() || !placed.word.replaces.is_empty())).count();
    2 * both >= meant && 2 * both >= covered
}

/// Whether a place without words is where the old ones stood: beside what was before or behind them.
fn stands_there(spot: &Spot, origins: &BTreeSet<usize>, new: &Text, old_words: &[Placed], new_words: &[Placed]) -> bool {
    let unit_of = |placed: &Placed| {
        new_words
            .iter()
            .find(|other| other.word.origin == placed.word.origin || placed.word.origin.is_some_and(|origin| other.word.replaces.contains(&origin)))
            .map(|other| other.unit)
    };
    let first = old_words.iter().position(|placed| placed.word.origin.is_some_and(|origin| origins.contains(&origin))).unwrap();
    let last = old_words.iter().rposition(|placed| placed.word.origin.is_some_and(|origin| origins.contains(&origin))).unwrap();
    let before = old_words[..first].iter().rev().find_map(unit_of);
    let behind = old_words[last + 1..].iter().find_map(unit_of);
    let unit_before = old_words[..first].iter().rev().filter(|placed| placed.unit < old_words[first].unit).find_map(unit_of);
    let position = |id| new.units().iter().position(|unit| unit.id == id);
    match spot {
        Spot::Gap { unit, .. } => [before, behind].contains(&position(*unit)),
        Spot::Between { after: Some(unit) } => {
            [before, unit_before].contains(&position(*unit)) || behind.is_some_and(|behind| position(*unit) == behind.checked_sub(1))
        }
        Spot::Between { after: None } => unit_before.is_none(),
        Spot::Passage { .. } => false,
    }
}
