//! A new version of a text takes up the ids of the old one, and two versions tell what became of each unit.
//!
//! [`align`] compares words once, when a version comes in; what it found is kept in the ids and in [`Unit::came_from`], so
//! that [`steps`] and everything behind it need the two versions and nothing else. Start with `pairing`.

mod families;
mod pairing;

pub(crate) use families::{Family, families};

use crate::lcs::heaviest_chain;
use crate::text::{Text, Unit, UnitId};
use pairing::Pairing;
use std::collections::BTreeSet;

/// Gives the units of a new version the ids of those that they continue, others new ones. A unit that took words of further
/// units over names them in `came_from`: both parts of a split one, the one that others were merged into.
#[must_use]
pub fn align(old: &Text, new: Text) -> Text {
    let pairing = Pairing::of(old.units(), new.units());
    let mut next = old.next_id();
    let mut units = new.into_units();
    for (index, unit) in units.iter_mut().enumerate() {
        let own = pairing.old_of(index).map(|at| old.units()[at].id);
        unit.id = own.unwrap_or_else(|| {
            next += 1;
            UnitId(next - 1)
        });
        unit.came_from = pairing.origins_of(index).iter().map(|at| old.units()[*at].id).filter(|origin| Some(*origin) != own).collect();
    }
    Text::assembled(units, next)
}

/// What became of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// The same words.
    Same,
    /// Other words.
    Changed,
    /// It is new.
    Inserted,
    /// It is gone.
    Deleted,
    /// One became several.
    Split,
    /// Several became one.
    Merged,
    /// Several became several others.
    Recast,
}

/// What became of a unit, or of several that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What happened.
    pub change: Change,
    /// Whether it stands elsewhere among the others.
    pub is_moved: bool,
    /// The units before, in their order.
    pub old: Vec<UnitId>,
    /// The units after, in their order.
    pub new: Vec<UnitId>,
}

/// What became of each unit between two versions, in the order of the new one; a deleted unit stands behind what it followed.
#[must_use]
pub fn steps(old: &Text, new: &Text) -> Vec<Step> {
    let families = families(old.units(), new.units());
    let moved = moved(&families, old.units());
    let step = |(index, family): (usize, &Family)| Step {
        change: family.change(old.units(), new.units()),
        is_moved: moved.contains(&index),
        old: family.old.iter().map(|at| old.units()[*at].id).collect(),
        new: family.new.iter().map(|at| new.units()[*at].id).collect(),
    };
    families.iter().enumerate().map(step).collect()
}

/// The families that do not stand in the order of the others; as few words as possible are said to have moved.
pub(crate) fn moved(families: &[Family], old: &[Unit]) -> BTreeSet<usize> {
    let placed: Vec<usize> = (0..families.len()).filter(|index| !families[*index].old.is_empty() && !families[*index].new.is_empty()).collect();
    let pairs: Vec<(usize, usize, f32)> = placed
        .iter()
        .map(|index| {
            let family = &families[*index];
            let weight = 1.0 + family.old.iter().map(|at| old[*at].text.len()).sum::<usize>() as f32;
            (family.old[0], family.new[0], weight)
        })
        .collect();
    let kept: BTreeSet<usize> = heaviest_chain(&pairs).into_iter().map(|at| placed[at]).collect();
    placed.into_iter().filter(|index| !kept.contains(index)).collect()
}
