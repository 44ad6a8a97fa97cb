//! Units of two versions that continue one another, by their ids.

use super::Change;
use crate::text::{Unit, UnitId};
use std::collections::HashMap;

/// Units, as positions in their versions, that belong together: of which words came from one to the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Family {
    /// Positions before, rising.
    pub old: Vec<usize>,
    /// Positions after, rising.
    pub new: Vec<usize>,
}

impl Family {
    /// What happened to it.
    pub(crate) fn change(&self, old: &[Unit], new: &[Unit]) -> Change {
        match (self.old.as_slice(), self.new.as_slice()) {
            (_, []) => Change::Deleted,
            ([], _) => Change::Inserted,
            ([before], [after]) => {
                let (before, after) = (&old[*before], &new[*after]);
                if before.text == after.text && before.kind == after.kind && before.marks == after.marks { Change::Same } else { Change::Changed }
            }
            ([_], _) => Change::Split,
            (_, [_]) => Change::Merged,
            _ => Change::Recast,
        }
    }
}

/// All families, in the order of the new version; one that is gone stands behind the family that it followed.
pub(crate) fn families(old: &[Unit], new: &[Unit]) -> Vec<Family> {
    let at: HashMap<UnitId, usize> = old.iter().enumerate().map(|(index, unit)| (unit.id, index)).collect();
    // The family of each unit before, and of each after, as far as known.
    let mut roots: Vec<usize> = (0..old.len() + new.len()).collect();
    for (index, unit) in new.iter().enumerate() {
        for origin in std::iter::once(&unit.id).chain(&unit.came_from) {
            if let Some(before) = at.get(origin) {
                let (one, other) = (root(&mut roots, *before), root(&mut roots, old.len() + index));
                roots[one.max(other)] = one.min(other);
            }
        }
    }
    let mut members: HashMap<usize, Family> = HashMap::new();
    for index in 0..old.len() {
        members.entry(root(&mut roots, index)).or_default().old.push(index);
    }
    for index in 0..new.len() {
        members.entry(root(&mut roots, old.len() + index)).or_default().new.push(index);
    }
    let mut families: Vec<Family> = members.into_values().collect();
    // Where what came before a unit stands now.
    let mut standing: Vec<Option<usize>> = vec![None; old.len()];
    for family in &families {
        for index in &family.old {
            standing[*index] = family.new.first().copied();
        }
    }
    let mut last = None;
    let before: Vec<Option<usize>> = standing
        .iter()
        .map(|place| {
            let next = place.or(last);
            std::mem::replace(&mut last, next)
        })
        .collect();
    families.sort_by_key(|family| match (family.new.first(), family.old.first()) {
        (Some(place), _) => (Some(*place), 0),
        (None, first) => (first.and_then(|index| before[*index]), first.map_or(0, |index| index + 1)),
    });
    families
}

fn root(roots: &mut [usize], mut index: usize) -> usize {
    while roots[index] != index {
        roots[index] = roots[roots[index]];
        index = roots[index];
    }
    index
}
