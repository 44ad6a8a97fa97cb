//! Takes what was met: filters, counts facets, keeps the best.
//!
//! A facet is counted over the hits that all *other* filters let through, so the choices beside a chosen one keep their
//! numbers. Where nothing has all that is wanted, what lacks least is kept. Start at [`Gathering`].

use crate::columns::{Columns, Names, Seen, Value};
use crate::plan::Plan;
use crate::schema::{FACETS, YEAR};
use crate::walk::Met;
use allmende_core::{Id, Site};
use allmende_platform::search::{Facet, Near, Point, Query, Sort};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use tantivy::DocAddress;

/// Values of a facet that are told.
const VALUES_MAX: usize = 30;
/// What a part of something is worth beside the whole: an agenda item bears the title of its paper, but the paper is meant.
const PART_WORTH: f32 = 0.6;
/// Metres of a degree of latitude, and of one of longitude at the equator.
const DEGREE_M: f64 = 111_195.0;

/// What a document must be, beside its words.
#[derive(Debug, Default)]
pub(crate) struct Filters {
    sites: Vec<u32>,
    facets: [Option<Vec<Value>>; FACETS.len()],
    /// From and until, in milliseconds.
    dates: Vec<(i64, i64)>,
    /// The same, when it must not have been.
    dates_left_out: Vec<(i64, i64)>,
    near: Option<Near>,
}

impl Filters {
    /// The filters of a question. Values that no document has let nothing through.
    #[must_use]
    pub(crate) fn new(sites: &[Id<Site>], query: &Query, plan: &Plan, seen: &Seen) -> Self {
        let none = Vec::new();
        let asked = [&query.kinds, &query.bodies, &query.committees, &query.places, &none, &query.dimensions, &query.statuses];
        let facets = std::array::from_fn(|facet| {
            let values: &Vec<String> = asked[facet];
            (!values.is_empty()).then(|| values.iter().filter_map(|value| seen.names.find(facet, value)).collect())
        });
        let mut dates = plan.periods.clone();
        if query.from.is_some() || query.until.is_some() {
            let from = query.from.map_or(i64::MIN + 1, allmende_core::Instant::millis);
            dates.push((from, query.until.map_or(i64::MAX, allmende_core::Instant::millis)));
        }
        let sites = sites.iter().filter_map(|site| u32::try_from(site.get()).ok()).collect();
        Self { sites, facets, dates, dates_left_out: plan.periods_left_out.clone(), near: query.near }
    }
}

/// The way between two points in metres, on a sphere; exact to half a percent.
#[must_use]
pub(crate) fn distance_m(one: Point, other: Point) -> f64 {
    let (latitude, latitude_other) = (one.latitude.to_radians(), other.latitude.to_radians());
    let north = ((latitude_other - latitude) / 2.0).sin();
    let east = ((other.longitude - one.longitude).to_radians() / 2.0).sin();
    let half = north * north + latitude.cos() * latitude_other.cos() * east * east;
    2.0 * half.sqrt().min(1.0).asin() * DEGREE_M * 180.0 / std::f64::consts::PI
}

/// Metres from the middle to the nearest of some points, if one lies within the radius.
#[must_use]
pub(crate) fn nearest_m(near: &Near, points: &[Point]) -> Option<f64> {
    let radius = f64::from(near.radius_m);
    let high = radius / DEGREE_M * 1.01;
    let inside = points.iter().filter(|point| (point.latitude - near.point.latitude).abs() <= high);
    inside.map(|point| distance_m(near.point, *point)).filter(|distance| *distance <= radius).min_by(f64::total_cmp)
}

impl Filters {
    /// Whether a document passes, or which filter alone it fails.
    fn judge(&self, columns: &Columns, document: u32) -> Judgement {
        let at = document as usize;
        if !self.sites.contains(&columns.sites[at]) {
            return Judgement::Out;
        }
        let values = columns.values.of(document);
        let failed_facets = self.facets.iter().enumerate().filter(|(_, allowed)| {
            let has_one = |allowed: &Vec<Value>| values.iter().any(|value| allowed.contains(value));
            allowed.as_ref().is_some_and(|allowed| !has_one(allowed))
        });
        let happened = columns.happened[at];
        if self.dates_left_out.iter().any(|(from, until)| happened >= *from && happened < *until) {
            return Judgement::Out;
        }
        let is_at_another_time = self.dates.iter().any(|(from, until)| happened < *from || happened >= *until);
        let mut failed = failed_facets.map(|(facet, _)| facet).chain(is_at_another_time.then_some(YEAR));
        let (first, second) = (failed.next(), failed.next());
        if second.is_some() {
            return Judgement::Out;
        }
        let distance = match &self.near {
            Some(near) => match nearest_m(near, columns.points.of(document)) {
                Some(distance) => distance,
                None => return Judgement::Out,
            },
            None => 0.0,
        };
        first.map_or(Judgement::In(distance), Judgement::OnlyFor)
    }
}

impl Filters {
    /// Whether a document passes.
    #[must_use]
    pub(crate) fn lets_through(&self, seen: &Seen, address: DocAddress) -> bool {
        let columns = seen.segments.get(address.segment_ord as usize);
        columns.is_some_and(|columns| matches!(self.judge(columns, address.doc_id), Judgement::In(_)))
    }
}

enum Judgement {
    /// So many metres away, if that was asked.
    In(f64),
    OnlyFor(usize),
    Out,
}

/// The place of a hit in the order: greater comes first.
type Rank = (bool, i64, i64);

/// What is to be gathered.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wish {
    /// The order.
    pub sort: Sort,
    /// Hits to keep.
    pub keep: usize,
    /// Whether facets are counted.
    pub with_facets: bool,
    /// Whether what has the word as a whole comes before what has it in a compound only.
    pub whole_first: bool,
}

/// Hits that lack equally much.
#[derive(Debug, Default)]
struct Tally {
    total: u64,
    best: BinaryHeap<Reverse<(Rank, Reverse<DocAddress>)>>,
    counts: Vec<u32>,
}

/// Gathers what is met.
#[derive(Debug)]
pub(crate) struct Gathering<'a> {
    seen: &'a Seen,
    filters: Filters,
    wish: Wish,
    /// By what is missing. Those beyond `least` are of no use any more.
    tallies: Vec<Tally>,
    /// The least that a hit lacks so far.
    least: usize,
}

impl<'a> Gathering<'a> {
    /// Gathers behind filters.
    #[must_use]
    pub(crate) fn new(seen: &'a Seen, filters: Filters, wish: Wish) -> Self {
        Self { seen, filters, wish, tallies: Vec::new(), least: usize::MAX }
    }

    /// Takes what was met, if it may be a hit.
    pub(crate) fn take(&mut self, met: Met) {
        if met.missing > self.least {
            return;
        }
        let document = met.address.doc_id;
        let Some(columns) = self.seen.segments.get(met.address.segment_ord as usize) else { return };
        let judgement = self.filters.judge(columns, document);
        let distance = match judgement {
            Judgement::Out => return,
            Judgement::OnlyFor(_) if !self.wish.with_facets => return,
            Judgement::OnlyFor(_) => 0.0,
            Judgement::In(distance) => distance,
        };
        if self.tallies.len() <= met.missing {
            self.tallies.resize_with(met.missing + 1, Tally::default);
        }
        let tally = &mut self.tallies[met.missing];
        if self.wish.with_facets {
            let names = &self.seen.names;
            tally.counts.resize(names.len(), 0);
            let only = if let Judgement::OnlyFor(facet) = judgement { Some(facet) } else { None };
            for value in columns.values.of(document) {
                if only.is_none_or(|facet| names.facet(*value) == facet) {
                    tally.counts[*value as usize] += 1;
                }
            }
        }
        if matches!(judgement, Judgement::In(_)) {
            self.least = met.missing;
            let rank = rank(&self.wish, columns, &met, distance);
            tally.keep((rank, Reverse(met.address)), self.wish.keep);
        }
    }

    /// What was gathered.
    #[must_use]
    pub(crate) fn finish(mut self) -> Gathered {
        let names = &self.seen.names;
        let missing = if self.least == usize::MAX { 0 } else { self.least };
        self.tallies.truncate(missing + 1);
        let hits = if self.tallies.len() > missing { self.tallies.pop().unwrap_or_default() } else { Tally::default() };
        let mut counts = hits.counts;
        // What lacks less but fails one filter is a choice that this filter could offer.
        for other in self.tallies.iter().filter(|other| !other.counts.is_empty()) {
            counts.resize(names.len(), 0);
            counts.iter_mut().zip(&other.counts).for_each(|(sum, count)| *sum += count);
        }
        let facets = if self.wish.with_facets { facets(names, &counts) } else { Vec::new() };
        let mut best = hits.best.into_vec();
        best.sort_unstable();
        Gathered { total: hits.total, missing, best: best.into_iter().map(|Reverse((_, Reverse(address)))| address).collect(), facets }
    }
}

impl Tally {
    fn keep(&mut self, hit: (Rank, Reverse<DocAddress>), keep: usize) {
        self.total += 1;
        if self.best.len() < keep {
            self.best.push(Reverse(hit));
        } else if let Some(mut worst) = self.best.peek_mut()
            && Reverse(hit) < *worst
        {
            *worst = Reverse(hit);
        }
    }
}

fn rank(wish: &Wish, columns: &Columns, met: &Met, distance: f64) -> Rank {
    let at = met.address.doc_id as usize;
    let score = if columns.parts[at] { met.score * PART_WORTH } else { met.score };
    let score = (f64::from(score) * 65_536.0) as i64;
    match wish.sort {
        Sort::Relevance => (wish.whole_first && met.is_whole, score, columns.happened[at]),
        Sort::Newest => (false, columns.happened[at], score),
        Sort::Nearest => (false, -((distance * 100.0) as i64), score),
    }
}

/// What was gathered.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    /// Hits in all.
    pub total: u64,
    /// How much of what is wanted all of them lack.
    pub missing: usize,
    /// The best, the best first.
    pub best: Vec<DocAddress>,
    /// The facets, if they were wished.
    pub facets: Vec<Facet>,
}

/// The most frequent values of each facet, the most frequent first; years from the latest.
fn facets(names: &Names, counts: &[u32]) -> Vec<Facet> {
    let mut found: [Vec<(Reverse<u32>, usize, &str)>; FACETS.len()] = Default::default();
    for (number, ((facet, name), count)) in names.all().zip(counts).enumerate() {
        if *count > 0 {
            found[facet].push((Reverse(*count), number, name));
        }
    }
    let told = FACETS.iter().zip(found).enumerate().map(|(facet, (field, mut values))| {
        values.sort_unstable();
        values.truncate(VALUES_MAX);
        if facet == YEAR {
            values.sort_unstable_by_key(|(_, _, year)| Reverse(*year));
        }
        Facet { field, values: values.into_iter().map(|(Reverse(count), _, name)| (name.to_owned(), u64::from(count))).collect() }
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::{Near, Point, distance_m, nearest_m};

    #[test]
    fn a_distance_is_exact_to_half_a_percent() {
        // Karlsruhe, palace to main station: 2,250 m.
        let (palace, station) = (Point { longitude: 8.4044, latitude: 49.0134 }, Point { longitude: 8.4019, latitude: 48.9936 });
        assert!((distance_m(palace, station) - 2_209.0).abs() < 15.0, "{}", distance_m(palace, station));
        let near = |radius_m| Near { point: palace, radius_m };
        assert!(nearest_m(&near(2_300), &[station]).is_some());
        assert!(nearest_m(&near(2_100), &[station]).is_none());
        assert!(nearest_m(&near(2_100), &[station, palace]).is_some_and(|distance| distance < 1.0));
        assert!(nearest_m(&near(2_100), &[]).is_none());
    }
}
