//! What filters and facets need of every document, in memory: values as small numbers, instants, points.
//!
//! Read once per segment when it is opened; a search then only looks numbers up. Numbers of values are the same in all
//! segments of a [`Store`], so counts add up without a string. About 60 bytes a document. Start at [`Columns`].

use crate::schema::{FACETS, unpack};
use allmende_core::Instant;
use allmende_platform::search::Point;
use jiff::tz::TimeZone;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::index::SegmentId;
use tantivy::{Searcher, SegmentReader};

/// The number of a value of a facet.
pub(crate) type Value = u32;

/// The values of one facet, numbered in the order in which they came.
#[derive(Debug, Default, Clone)]
pub(crate) struct Names {
    names: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, Value>,
}

impl Names {
    fn number(&mut self, name: &str) -> Value {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let (name, number): (Arc<str>, _) = (name.into(), u32::try_from(self.names.len()).unwrap_or(u32::MAX));
        self.names.push(Arc::clone(&name));
        self.numbers.insert(name, number);
        number
    }

    /// The number of a value that some document has.
    #[must_use]
    pub(crate) fn find(&self, name: &str) -> Option<Value> {
        self.numbers.get(name).copied()
    }

    /// How many values there are.
    #[must_use]
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// The value of a number.
    #[must_use]
    pub(crate) fn name(&self, number: usize) -> &str {
        self.names.get(number).map_or("", |name| name)
    }
}

/// Some values per document.
#[derive(Debug)]
pub(crate) struct Several<T> {
    starts: Vec<u32>,
    values: Vec<T>,
}

impl<T> Default for Several<T> {
    fn default() -> Self {
        Self { starts: Vec::new(), values: Vec::new() }
    }
}

impl<T> Several<T> {
    fn push(&mut self, values: impl Iterator<Item = T>) {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        self.values.extend(values);
        self.starts.push(u32::try_from(self.values.len()).unwrap_or(u32::MAX));
    }

    /// The values of a document.
    #[must_use]
    pub(crate) fn of(&self, document: u32) -> &[T] {
        let at = document as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(start), Some(end)) => &self.values[*start as usize..*end as usize],
            _ => &[],
        }
    }
}

/// One segment.
#[derive(Debug)]
pub(crate) struct Columns {
    /// Numbers of sites.
    pub sites: Vec<u32>,
    /// Milliseconds; `i64::MIN` for none.
    pub happened: Vec<i64>,
    /// Years in the clocks of Germany; 0 for none.
    pub years: Vec<u16>,
    /// Whether it is a part of something, such as a file of a paper.
    pub parts: Vec<bool>,
    /// Points.
    pub points: Several<Point>,
    /// Values for each of [`FACETS`].
    pub facets: [Several<Value>; FACETS.len()],
}

impl Columns {
    fn read(segment: &SegmentReader, names: &mut [Names; FACETS.len()]) -> tantivy::Result<Self> {
        let fast = segment.fast_fields();
        let (sites, happened, points, parts) = (fast.u64("site")?, fast.i64("happened")?, fast.u64("points")?, fast.u64("is_part")?);
        let documents = 0..segment.max_doc();
        let mut columns = Self {
            sites: documents.clone().map(|document| u32::try_from(sites.first(document).unwrap_or_default()).unwrap_or_default()).collect(),
            happened: documents.clone().map(|document| happened.first(document).unwrap_or(i64::MIN)).collect(),
            years: Vec::new(),
            parts: documents.clone().map(|document| parts.first(document) == Some(1)).collect(),
            points: Several::default(),
            facets: std::array::from_fn(|_| Several::default()),
        };
        let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
        columns.years = columns.happened.iter().map(|millis| year(*millis, &zone)).collect();
        documents.clone().for_each(|document| columns.points.push(points.values_for_doc(document).map(unpack)));
        for (index, facet) in FACETS.iter().enumerate() {
            let Some(column) = fast.str(facet)? else { continue };
            let mut numbers = Vec::with_capacity(column.num_terms());
            let mut name = String::new();
            for ordinal in 0..column.num_terms() as u64 {
                name.clear();
                column.ord_to_str(ordinal, &mut name)?;
                numbers.push(names[index].number(&name));
            }
            for document in documents.clone() {
                let values = column.term_ords(document).filter_map(|ordinal| numbers.get(usize::try_from(ordinal).ok()?).copied());
                columns.facets[index].push(values);
            }
        }
        Ok(columns)
    }
}

/// The year of an instant; 0 for none.
fn year(millis: i64, zone: &TimeZone) -> u16 {
    if millis == i64::MIN { 0 } else { u16::try_from(Instant::from_millis(millis).at(zone).year()).unwrap_or_default() }
}

/// The segments that a searcher sees, and the values of facets.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// In the order of the searcher's segments.
    pub segments: Vec<Arc<Columns>>,
    /// The values for each of [`FACETS`].
    pub names: Arc<[Names; FACETS.len()]>,
}

/// Columns of all segments that were opened.
#[derive(Debug, Default)]
pub(crate) struct Store {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    known: HashMap<SegmentId, Arc<Columns>>,
    names: Arc<[Names; FACETS.len()]>,
}

impl Store {
    /// The columns of a searcher's segments; reads those that are new and forgets those that are gone.
    pub(crate) fn see(&self, searcher: &Searcher) -> tantivy::Result<Seen> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let mut known = HashMap::new();
        let mut segments = Vec::new();
        for reader in searcher.segment_readers() {
            let id = reader.segment_id();
            let columns = match inner.known.get(&id) {
                Some(columns) => Arc::clone(columns),
                None => Arc::new(Columns::read(reader, Arc::make_mut(&mut inner.names))?),
            };
            known.insert(id, Arc::clone(&columns));
            segments.push(columns);
        }
        inner.known = known;
        Ok(Seen { segments, names: Arc::clone(&inner.names) })
    }
}
