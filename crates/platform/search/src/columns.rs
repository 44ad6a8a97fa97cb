//! What filters and facets need of every document, in memory: values as small numbers, instants, points.
//!
//! Read once per segment when it is opened; a search then only looks numbers up. Numbers of values are the same in all
//! segments of a [`Store`], so counts add up without a string. About 80 bytes a document. Start at [`Columns`].

use crate::schema::{FACETS, TEXT, unpack};
use crate::shelf::Spot;
use allmende_platform::search::Point;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::index::SegmentId;
use tantivy::{Searcher, SegmentReader};

/// The number of a value of a facet, among the values of all facets.
pub(crate) type Value = u32;

/// The values of all facets, numbered in the order in which they came.
#[derive(Debug, Default, Clone)]
pub(crate) struct Names {
    names: Vec<(usize, Arc<str>)>,
    numbers: [HashMap<Arc<str>, Value>; FACETS.len()],
}

impl Names {
    fn number(&mut self, facet: usize, name: &str) -> Value {
        if let Some(number) = self.numbers[facet].get(name) {
            return *number;
        }
        let (name, number): (Arc<str>, _) = (name.into(), u32::try_from(self.names.len()).unwrap_or(u32::MAX));
        self.names.push((facet, Arc::clone(&name)));
        self.numbers[facet].insert(name, number);
        number
    }

    /// The number of a value that some document has.
    #[must_use]
    pub(crate) fn find(&self, facet: usize, name: &str) -> Option<Value> {
        self.numbers[facet].get(name).copied()
    }

    /// How many values there are.
    #[must_use]
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// The facet of a value.
    #[must_use]
    pub(crate) fn facet(&self, value: Value) -> usize {
        self.names.get(value as usize).map_or(FACETS.len(), |(facet, _)| *facet)
    }

    /// All values: their facets and names, in the order of their numbers.
    pub(crate) fn all(&self) -> impl Iterator<Item = (usize, &str)> {
        self.names.iter().map(|(facet, name)| (*facet, &**name))
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
    /// Whether it is a part of something, such as a file of a paper.
    pub parts: Vec<bool>,
    /// Points.
    pub points: Several<Point>,
    /// Values of [`FACETS`], in their order.
    pub values: Several<Value>,
    /// Where texts stand, and the bytes that tell of their pieces.
    pub texts: Vec<(Spot, u32)>,
}

impl Columns {
    fn read(segment: &SegmentReader, names: &mut Names) -> tantivy::Result<Self> {
        let fast = segment.fast_fields();
        let (sites, happened, points, parts) = (fast.u64("site")?, fast.i64("happened")?, fast.u64("points")?, fast.u64("is_part")?);
        let documents = 0..segment.max_doc();
        let mut columns = Self {
            sites: documents.clone().map(|document| u32::try_from(sites.first(document).unwrap_or_default()).unwrap_or_default()).collect(),
            happened: documents.clone().map(|document| happened.first(document).unwrap_or(i64::MIN)).collect(),
            parts: documents.clone().map(|document| parts.first(document) == Some(1)).collect(),
            points: Several::default(),
            values: Several::default(),
            texts: Vec::new(),
        };
        let [start, length, head] = TEXT.map(|name| fast.u64(name));
        let (start, length, head) = (start?, length?, head?);
        let spot = |document| Spot { start: start.first(document).unwrap_or(0), length: length.first(document).unwrap_or(0) };
        let head = |document| u32::try_from(head.first(document).unwrap_or(0)).unwrap_or(0);
        columns.texts = documents.clone().map(|document| (spot(document), head(document))).collect();
        documents.clone().for_each(|document| columns.points.push(points.values_for_doc(document).map(unpack)));
        let mut stored = Vec::new();
        for (facet, name) in FACETS.iter().enumerate() {
            let Some(column) = fast.str(name)? else { continue };
            let mut numbers = Vec::with_capacity(column.num_terms());
            let mut value = String::new();
            for ordinal in 0..column.num_terms() as u64 {
                value.clear();
                column.ord_to_str(ordinal, &mut value)?;
                numbers.push(names.number(facet, &value));
            }
            stored.push((column, numbers));
        }
        for document in documents {
            columns.values.push(
                stored
                    .iter()
                    .flat_map(|(column, numbers)| column.term_ords(document).filter_map(|ordinal| numbers.get(usize::try_from(ordinal).ok()?).copied())),
            );
        }
        Ok(columns)
    }
}

/// The segments that a searcher sees, and the values of facets.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// In the order of the searcher's segments.
    pub segments: Vec<Arc<Columns>>,
    /// The values of all facets.
    pub names: Arc<Names>,
}

/// Columns of all segments that were opened.
#[derive(Debug, Default)]
pub(crate) struct Store {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    known: HashMap<SegmentId, Arc<Columns>>,
    names: Arc<Names>,
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
