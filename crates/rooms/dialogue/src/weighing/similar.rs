//! Proposed bundles: points of one text that are alike, found by `allmende-similarity` and kept in memory until a point changes.
//!
//! The points of a process never change their words without changing their rows or their bundles, so the rows tell whether what is
//! kept is still true. Reckoning takes a moment for thousands of points: it is done outside of the database, once.

use super::store::lists::Candidate;
use allmende_core::{Id, Site};
use allmende_similarity::{Settings, group};
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Processes whose proposals are kept.
const KEPT_MAX: usize = 32;

/// Points that are alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The points in the order of their statements, each with how alike it is to the first: 0 to 1.
    pub points: Vec<(i64, f64)>,
    /// Points that copy the first and say more: to be split first.
    pub longer: Vec<i64>,
}

/// What stands at the desk: the proposals and the state of the points they are true for.
#[derive(Debug, Clone)]
pub struct Kept {
    stamp: u64,
    /// The proposals, the largest first.
    pub suggestions: Arc<Vec<Suggestion>>,
}

type Key = (Id<Site>, i64);
static KEPT: LazyLock<Mutex<HashMap<Key, Kept>>> = LazyLock::new(Mutex::default);

fn stamp(points: &[Candidate]) -> u64 {
    let mut hasher = DefaultHasher::new();
    points.hash(&mut hasher);
    hasher.finish()
}

/// The proposals for these points, if they are kept.
#[must_use]
pub fn find(site: Id<Site>, process: i64, points: &[Candidate]) -> Option<Arc<Vec<Suggestion>>> {
    let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    kept.get(&(site, process)).filter(|kept| kept.stamp == stamp(points)).map(|kept| Arc::clone(&kept.suggestions))
}

/// Reckons the proposals for points with their words and keeps them.
#[must_use]
pub fn reckon(site: Id<Site>, process: i64, points: &[Candidate], texts: &HashMap<i64, String>) -> Arc<Vec<Suggestion>> {
    let suggestions = Arc::new(suggest(points, texts));
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= KEPT_MAX {
        kept.clear();
    }
    kept.insert((site, process), Kept { stamp: stamp(points), suggestions: Arc::clone(&suggestions) });
    suggestions
}

/// The proposals: groups within one text that do not lie in one bundle already, the largest first.
#[must_use]
pub fn suggest(points: &[Candidate], texts: &HashMap<i64, String>) -> Vec<Suggestion> {
    let parts: HashSet<i64> = points.iter().map(|point| point.part).collect();
    let mut out = Vec::new();
    let mut parts: Vec<i64> = parts.into_iter().collect();
    parts.sort_unstable();
    for part in parts {
        let own: Vec<&Candidate> = points.iter().filter(|point| point.part == part).collect();
        let words: Vec<&str> = own.iter().map(|point| texts.get(&point.id).map_or("", String::as_str)).collect();
        for found in group(&words, &Settings::default()) {
            let bundles: HashSet<Option<i64>> = found.members.iter().map(|member| own[member.index].bundle).collect();
            let is_bundled = bundles.len() == 1 && !bundles.contains(&None);
            let points = found.members.iter().map(|member| (own[member.index].id, member.likeness)).collect();
            if !is_bundled && found.members.len() > 1 {
                out.push(Suggestion { points, longer: found.longer.iter().map(|index| own[*index].id).collect() });
            }
        }
    }
    out.sort_by_key(|suggestion| std::cmp::Reverse(suggestion.points.len()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(id: i64, part: i64, bundle: Option<i64>) -> Candidate {
        Candidate { id, part, bundle }
    }

    #[test]
    fn points_of_two_texts_and_what_is_bundled_already_are_not_proposed() {
        let texts: HashMap<i64, String> = (1..=6).map(|id| (id, "Bitte schützen Sie auch die alten Hecken am Bach.".to_owned())).collect();
        let points = |bundle: Option<i64>| vec![candidate(1, 1, bundle), candidate(2, 1, Some(9)), candidate(3, 2, None)];
        assert_eq!(suggest(&points(None), &texts).len(), 1);
        assert_eq!(suggest(&points(Some(8)), &texts)[0].points.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [1, 2]);
        assert!(suggest(&points(Some(9)), &texts).is_empty());
    }

    #[test]
    fn what_is_kept_is_true_for_the_same_points_alone() {
        let (site, texts) = (Id::new(77), HashMap::new());
        let points = vec![candidate(1, 1, None)];
        assert!(find(site, 5, &points).is_none());
        let _ = reckon(site, 5, &points, &texts);
        assert!(find(site, 5, &points).is_some());
        assert!(find(site, 5, &[candidate(1, 1, Some(3))]).is_none() && find(site, 6, &points).is_none());
    }
}
