//! Goes once through everything that matches: filters, counts facets, keeps the best.
//!
//! A facet is counted over the hits that all *other* filters let through, so the choices beside a chosen one keep their
//! numbers. Start at [`Gather`].

use crate::columns::{Columns, Seen, Value};
use crate::schema::FACETS;
use allmende_core::{Id, Site};
use allmende_platform::search::{Facet, Near, Point, Query, Sort};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

/// Values of a facet that are told.
const VALUES_MAX: usize = 30;
/// The place of the date among the filters, after [`FACETS`].
const DATE: usize = FACETS.len();
/// The first and the last year that is counted.
const YEARS: std::ops::RangeInclusive<u16> = 1800..=2199;
/// What a part of something is worth beside the whole: an agenda item bears the title of its paper, but the paper is meant.
const PART_WORTH: Score = 0.6;
/// Metres of a degree of latitude, and of one of longitude at the equator.
const DEGREE_M: f64 = 111_195.0;

/// What a document must be, beside its words.
#[derive(Debug, Default)]
pub(crate) struct Filters {
    sites: Vec<u32>,
    facets: [Option<Vec<Value>>; FACETS.len()],
    /// From and until, in milliseconds.
    dates: Vec<(i64, i64)>,
    near: Option<Near>,
}

impl Filters {
    /// The filters of a question. Values that no document has let nothing through.
    #[must_use]
    pub(crate) fn new(sites: &[Id<Site>], query: &Query, periods: &[(i64, i64)], seen: &Seen) -> Self {
        let asked = [&query.kinds, &query.bodies, &query.committees, &query.places, &query.dimensions, &query.statuses];
        let facets = std::array::from_fn(|index| {
            let values: &Vec<String> = asked[index];
            (!values.is_empty()).then(|| values.iter().filter_map(|value| seen.names[index].find(value)).collect())
        });
        let mut dates = periods.to_vec();
        if query.from.is_some() || query.until.is_some() {
            let from = query.from.map_or(i64::MIN + 1, allmende_core::Instant::millis);
            dates.push((from, query.until.map_or(i64::MAX, allmende_core::Instant::millis)));
        }
        Self { sites: sites.iter().filter_map(|site| u32::try_from(site.get()).ok()).collect(), facets, dates, near: query.near }
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

/// The place of a hit in the order: greater comes first.
type Rank = (i64, i64);

/// The collector of one question.
#[derive(Debug)]
pub(crate) struct Gather {
    /// What the searcher sees.
    pub seen: Seen,
    /// The filters.
    pub filters: Arc<Filters>,
    /// The order.
    pub sort: Sort,
    /// Whether the words give points.
    pub has_words: bool,
    /// Hits to keep.
    pub keep: usize,
    /// Whether facets are counted.
    pub with_facets: bool,
}

/// What was gathered.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    /// Hits in all.
    pub total: u64,
    /// The best, the best first.
    pub best: Vec<DocAddress>,
    counts: Vec<Vec<u32>>,
}

impl Gathered {
    /// The facets with the names of their values.
    #[must_use]
    pub(crate) fn facets(&self, seen: &Seen) -> Vec<Facet> {
        if self.counts.is_empty() {
            return Vec::new();
        }
        let mut facets: Vec<Facet> = FACETS
            .iter()
            .enumerate()
            .map(|(index, field)| Facet { field, values: most(&self.counts[index], |number| seen.names[index].name(number).to_owned()) })
            .collect();
        let mut years = most(&self.counts[DATE], |number| (number + usize::from(*YEARS.start())).to_string());
        years.sort_by(|a, b| b.0.cmp(&a.0));
        facets.insert(4, Facet { field: "year", values: years });
        facets
    }
}

fn most(counts: &[u32], name: impl Fn(usize) -> String) -> Vec<(String, u64)> {
    let mut values: Vec<(usize, u32)> = counts.iter().copied().enumerate().filter(|(_, count)| *count > 0).collect();
    values.sort_unstable_by_key(|(number, count)| (Reverse(*count), *number));
    values.truncate(VALUES_MAX);
    values.into_iter().map(|(number, count)| (name(number), u64::from(count))).collect()
}

/// The collector of one segment.
pub(crate) struct Part {
    columns: Arc<Columns>,
    filters: Arc<Filters>,
    sort: Sort,
    keep: usize,
    with_facets: bool,
    segment: SegmentOrdinal,
    total: u64,
    best: BinaryHeap<Reverse<(Rank, Reverse<DocAddress>)>>,
    counts: Vec<Vec<u32>>,
}

impl Part {
    /// Whether a document passes, or which filter alone it fails.
    fn judge(&self, document: DocId) -> Judgement {
        let (filters, columns) = (&self.filters, &self.columns);
        let at = document as usize;
        if !filters.sites.contains(&columns.sites[at]) {
            return Judgement::Out;
        }
        let mut failed = None;
        for (index, allowed) in filters.facets.iter().enumerate() {
            let Some(allowed) = allowed else { continue };
            if !columns.facets[index].of(document).iter().any(|value| allowed.contains(value)) {
                if failed.is_some() || !self.with_facets {
                    return Judgement::Out;
                }
                failed = Some(index);
            }
        }
        let happened = columns.happened[at];
        if filters.dates.iter().any(|(from, until)| happened < *from || happened >= *until) {
            if failed.is_some() || !self.with_facets {
                return Judgement::Out;
            }
            failed = Some(DATE);
        }
        let distance = match &filters.near {
            Some(near) => match nearest_m(near, columns.points.of(document)) {
                Some(distance) => distance,
                None => return Judgement::Out,
            },
            None => 0.0,
        };
        failed.map_or(Judgement::In(distance), Judgement::OnlyFor)
    }

    fn count(&mut self, document: DocId, only: Option<usize>) {
        let Self { columns, counts, .. } = self;
        for (index, (values, counts)) in columns.facets.iter().zip(counts.iter_mut()).enumerate() {
            if only.is_none_or(|only| only == index) {
                for value in values.of(document) {
                    counts[*value as usize] += 1;
                }
            }
        }
        let year = columns.years[document as usize];
        if only.is_none_or(|only| only == DATE) && YEARS.contains(&year) {
            counts[DATE][usize::from(year - YEARS.start())] += 1;
        }
    }
}

enum Judgement {
    /// So many metres away, if that was asked.
    In(f64),
    OnlyFor(usize),
    Out,
}

/// A score as a number in the same order.
fn ordered(score: Score) -> i64 {
    (f64::from(score) * 65_536.0) as i64
}

impl SegmentCollector for Part {
    type Fruit = (Vec<(Rank, DocAddress)>, u64, Vec<Vec<u32>>);

    fn collect(&mut self, document: DocId, score: Score) {
        let distance = match self.judge(document) {
            Judgement::Out => return,
            Judgement::OnlyFor(filter) => return self.count(document, Some(filter)),
            Judgement::In(distance) => distance,
        };
        self.total += 1;
        if self.with_facets {
            self.count(document, None);
        }
        let happened = self.columns.happened[document as usize];
        let score = if self.columns.parts[document as usize] { score * PART_WORTH } else { score };
        let rank = match self.sort {
            Sort::Relevance => (ordered(score), happened),
            Sort::Newest => (happened, ordered(score)),
            Sort::Nearest => (-((distance * 100.0) as i64), ordered(score)),
        };
        let entry = Reverse((rank, Reverse(DocAddress::new(self.segment, document))));
        if self.best.len() < self.keep {
            self.best.push(entry);
        } else if let Some(mut worst) = self.best.peek_mut()
            && entry < *worst
        {
            *worst = entry;
        }
    }

    fn harvest(self) -> Self::Fruit {
        (self.best.into_iter().map(|Reverse((rank, Reverse(address)))| (rank, address)).collect(), self.total, self.counts)
    }
}

impl Collector for Gather {
    type Fruit = Gathered;
    type Child = Part;

    fn for_segment(&self, segment: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<Part> {
        let columns = self.seen.segments.get(segment as usize).cloned();
        let columns = columns.ok_or_else(|| tantivy::TantivyError::InternalError("a segment without columns".to_owned()))?;
        let sizes = self.seen.names.iter().map(crate::columns::Names::len).chain([YEARS.len()]);
        Ok(Part {
            columns,
            filters: Arc::clone(&self.filters),
            sort: self.sort,
            keep: self.keep,
            with_facets: self.with_facets,
            segment,
            total: 0,
            best: BinaryHeap::with_capacity(self.keep.min(256) + 1),
            counts: if self.with_facets { sizes.map(|size| vec![0; size]).collect() } else { Vec::new() },
        })
    }

    fn requires_scoring(&self) -> bool {
        self.has_words && self.keep > 0
    }

    fn merge_fruits(&self, fruits: Vec<<Part as SegmentCollector>::Fruit>) -> tantivy::Result<Gathered> {
        let mut gathered = Gathered::default();
        let mut best = Vec::new();
        for (some, total, counts) in fruits {
            best.extend(some);
            gathered.total += total;
            if gathered.counts.is_empty() {
                gathered.counts = counts;
            } else {
                let all = gathered.counts.iter_mut().flatten().zip(counts.into_iter().flatten());
                all.for_each(|(sum, count)| *sum += count);
            }
        }
        best.sort_unstable_by_key(|(rank, address)| (Reverse(*rank), *address));
        best.truncate(self.keep);
        gathered.best = best.into_iter().map(|(_, address)| address).collect();
        Ok(gathered)
    }
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
