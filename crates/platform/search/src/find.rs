//! Answers questions: [`Search`] on the index.
//!
//! Start at [`Index::find`] of the trait; what a question means stands in [`crate::plan`], how it is found in [`crate::walk`],
//! what is gathered in [`crate::gather`], what is shown in [`crate::passages`].

use crate::gather::{Filters, Gathered, Gathering, Wish, nearest_m};
use crate::index::{Generation, Index, View};
use crate::kept::Kept;
use crate::parse::{self, Part};
use crate::passages::{Marker, reasons};
use crate::plan::{Plan, Planner};
use crate::schema::{Card, plain_reference};
use crate::texts::Packed;
use crate::walk::walk;
use allmende_core::{Id, Instant, Site};
use allmende_platform::search::{Document, Found, Hit, Named, Point, Query, Search, SearchError, Suggestion};
use std::ops::ControlFlow;
use tantivy::schema::Value;
use tantivy::{DocAddress, TantivyDocument};

/// Hits of a page at the most.
const LIMIT_MAX: usize = 100;
/// Hits that can be left out at the most.
const OFFSET_MAX: usize = 10_000;

/// What was asked and found: of a page of hits hardly 10 kB each.
pub(crate) type Answers = Kept<String, Found, 512>;

impl From<crate::index::IndexError> for SearchError {
    fn from(error: crate::index::IndexError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

pub(crate) fn unavailable(error: tantivy::TantivyError) -> SearchError {
    SearchError::Unavailable(error.to_string())
}

impl Search for Index {
    fn find(&self, sites: &[Id<Site>], query: &Query) -> Result<Found, SearchError> {
        let parts = parse::parse(&query.words)?;
        let generation = self.generation();
        let view = generation.view();
        view.answers.of(format!("{sites:?} {query:?}"), || {
            let _place = self.gate.enter();
            Seeker { generation: &generation, view: &view }.find(sites, query, &parts).map_err(unavailable)
        })
    }

    fn suggest(&self, sites: &[Id<Site>], typed: &str, limit: usize) -> Result<Vec<Suggestion>, SearchError> {
        let _place = self.gate.enter();
        crate::suggest::suggest(&self.generation(), sites, typed, limit).map_err(unavailable)
    }

    fn similar(&self, site: Id<Site>, kind: &str, object_id: i64, limit: usize) -> Result<Vec<Hit>, SearchError> {
        crate::similar::similar(&self.generation(), &self.gate, site, kind, object_id, limit).map_err(unavailable)
    }

    fn matching(&self, site: Id<Site>, documents: &[Document], queries: &[Query]) -> Result<Vec<Vec<usize>>, SearchError> {
        // Whoever waits for documents would miss what is in compounds as long as no vocabulary is learnt.
        if !self.is_built() && !documents.is_empty() && !queries.is_empty() {
            return Err(SearchError::Unavailable("the first index is being built".to_owned()));
        }
        crate::matching::matching(&self.generation(), site, documents, queries)
    }
}

/// Answers from one view of one generation.
pub(crate) struct Seeker<'a> {
    /// The generation.
    pub generation: &'a Generation,
    /// What it shows.
    pub view: &'a View,
}

impl Seeker<'_> {
    /// The plan of a question.
    pub(crate) fn plan(&self, typed: &str, parts: &[Part]) -> tantivy::Result<Plan> {
        let planner = Planner { fields: &self.generation.fields, corpus: &self.generation.corpus, view: self.view, known: self.view };
        planner.plan(typed, parts)
    }

    fn find(&self, sites: &[Id<Site>], query: &Query, parts: &[Part]) -> tantivy::Result<Found> {
        let plan = self.plan(&query.words, parts)?;
        let limit = query.limit.min(LIMIT_MAX);
        let keep = if limit == 0 { 0 } else { query.offset.min(OFFSET_MAX) + limit };
        let gathered = self.gather(sites, query, &plan, plan.sought.wanted.len() / 2, keep)?;
        let offset = query.offset.min(OFFSET_MAX);
        let hits = gathered.best.get(offset..).unwrap_or_default();
        Ok(Found {
            total: gathered.total,
            hits: self.hits(hits, query, &plan)?,
            did_you_mean: corrected(&query.words, &plan).filter(|_| gathered.total > 0),
            words_left_out: gathered.missing,
            facets: gathered.facets,
        })
    }

    /// What a plan finds: what lacks least of what is wanted, and at most so much. Keeps the best.
    pub(crate) fn gather(&self, sites: &[Id<Site>], query: &Query, plan: &Plan, missing_max: usize, keep: usize) -> tantivy::Result<Gathered> {
        let filters = Filters::new(sites, query, plan, &self.view.seen);
        let wish = Wish { sort: query.sort, keep, with_facets: query.with_facets, whole_first: plan.is_one_word };
        let mut gathering = Gathering::new(&self.view.seen, filters, wish);
        walk(self.view, &plan.sought, missing_max, |met| {
            gathering.take(met);
            ControlFlow::Continue(())
        })?;
        Ok(gathering.finish())
    }

    fn hits(&self, addresses: &[DocAddress], query: &Query, plan: &Plan) -> tantivy::Result<Vec<Hit>> {
        let marker = Marker::new(&plan.signs, &self.generation.corpus);
        addresses.iter().map(|address| self.hit(*address, query, plan, &marker)).collect()
    }

    /// What a hit shows of a document.
    pub(crate) fn card(&self, address: DocAddress) -> tantivy::Result<Card> {
        let document: TantivyDocument = self.view.searcher.doc(address)?;
        let card = document.get_first(self.generation.fields.card).and_then(|value| value.as_bytes());
        serde_json::from_slice(card.unwrap_or_default()).map_err(|error| tantivy::TantivyError::InternalError(error.to_string()))
    }

    /// The text of a document.
    pub(crate) fn text(&self, address: DocAddress) -> Packed<'_> {
        let columns = self.view.seen.segments.get(address.segment_ord as usize);
        let (spot, head) = columns.and_then(|columns| columns.texts.get(address.doc_id as usize)).copied().unwrap_or_default();
        Packed::open(&self.generation.shelf, spot, u64::from(head))
    }

    fn hit(&self, address: DocAddress, query: &Query, plan: &Plan, marker: &Marker<'_>) -> tantivy::Result<Hit> {
        let (card, text) = (self.card(address)?, self.text(address));
        let (title, in_title) = marker.whole(&card.title);
        let marked = if text.len() == 0 { marker.short(card.summary.as_deref().unwrap_or_default()) } else { marker.best(&text, card.is_paged) };
        let is_reference = plan.reference.as_deref().is_some_and(|typed| card.reference.as_deref().is_some_and(|own| plain_reference(own) == typed));
        let points = points(&card);
        let distance = query.near.as_ref().and_then(|near| nearest_m(near, &points));
        Ok(Hit {
            title,
            passages: marked.passages,
            why: reasons(is_reference, &in_title, &marked.levels, distance.is_some()),
            distance_m: distance.map(|metres| metres.round() as u32),
            points,
            ..plain_hit(card)
        })
    }
}

fn points(card: &Card) -> Vec<Point> {
    card.points.iter().map(|(longitude, latitude)| Point { longitude: *longitude, latitude: *latitude }).collect()
}

/// A hit without marks.
pub(crate) fn plain_hit(card: Card) -> Hit {
    Hit {
        site: Id::new(card.site),
        points: points(&card),
        title: allmende_platform::search::Passage { page: None, pieces: vec![(card.title, false)] },
        kind: card.kind,
        object_id: card.object_id,
        path: card.path,
        reference: card.reference,
        type_word: card.type_word,
        happened_at: card.happened_at.map(Instant::from_millis),
        committees: card.committees,
        places: card.places,
        distance_m: None,
        status: card.status,
        part_of: card.part_of.map(|(title, path)| Named { title, path }),
        passages: Vec::new(),
        why: Vec::new(),
    }
}

/// The words with typing errors put right; none if there were none.
fn corrected(typed: &str, plan: &Plan) -> Option<String> {
    let words = typed.split_whitespace().map(|word| {
        let folded = crate::words::fold(word);
        let known = plan.corrections.iter().find(|(wrong, _)| folded.contains(wrong.as_str()));
        known.map_or_else(|| word.to_owned(), |(wrong, right)| folded.replace(wrong.as_str(), right))
    });
    (!plan.corrections.is_empty()).then(|| words.collect::<Vec<_>>().join(" "))
}
