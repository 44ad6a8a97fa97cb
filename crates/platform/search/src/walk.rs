//! Goes through everything that has something of what is sought, and says of each how much of it.
//!
//! The lists of all tokens are poured into a small board, a window of documents at a time: each cell gathers what its document
//! has and what that is worth. So what has all, or most, or a word but not another, is found in one go, and the board stays in
//! the processor's nearest memory however large the index is. Start at [`walk`].

use crate::index::View;
use crate::lists::{Costs, Token};
use std::ops::ControlFlow;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{EnableScoring, PhraseQuery, Query, Scorer};
use tantivy::{DocAddress, DocId, DocSet, TERMINATED};

/// Documents of a window.
const WINDOW: u32 = 4096;
/// Leaves of a question at the most: one bit of a cell each.
pub(crate) const LEAVES_MAX: usize = 60;
/// The bit that says that a word stands there as a whole, not as a part of a compound.
const WHOLE: u64 = 1 << 63;

/// A list and what it is worth to be on it.
#[derive(Debug, Clone)]
pub(crate) struct Weighed {
    /// The token.
    pub token: Token,
    /// What it is worth.
    pub worth: Worth,
    /// Whether being on it means that the word stands there as a whole.
    pub is_whole: bool,
}

/// What it is worth to be on a list.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Worth {
    /// So much, times how much the token tells, how often it comes and how short the text is.
    Often(f32),
    /// So much, however often.
    Once(f32),
}

/// The smallest thing that can be sought: all ways in which one word, number or phrase stands in a document.
#[derive(Debug)]
pub(crate) enum Leaf {
    /// On one of these lists.
    Lists(Vec<Weighed>),
    /// Words one after the other.
    Phrase(PhraseQuery),
}

/// Leaves, each the bit of its place.
pub(crate) type Bits = u64;

/// One thing that is asked for: all leaves of one of several choices.
#[derive(Debug, Default, Clone)]
pub(crate) struct Need(pub Vec<Bits>);

impl Need {
    fn is_met(&self, bits: Bits) -> bool {
        self.0.iter().any(|choice| bits & choice == *choice)
    }
}

/// What is sought.
#[derive(Debug, Default)]
pub(crate) struct Sought {
    /// What can stand in a document.
    pub leaves: Vec<Leaf>,
    /// What should be there.
    pub wanted: Vec<Need>,
    /// What must not be there.
    pub unwanted: Vec<Need>,
    /// What is enough, whatever else is missing.
    pub enough: Option<Need>,
}

impl Sought {
    /// Adds a leaf and gives its bit.
    pub(crate) fn leaf(&mut self, leaf: Leaf) -> Bits {
        self.leaves.push(leaf);
        1 << (self.leaves.len() - 1).min(LEAVES_MAX)
    }
}

/// A document and what it has of what is sought.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Met {
    /// Where it stands.
    pub address: DocAddress,
    /// What its words are worth.
    pub score: f32,
    /// How much of what is wanted it has not.
    pub missing: usize,
    /// Whether a wanted word stands there as a whole.
    pub is_whole: bool,
}

/// Shows every document that lacks at most so much of what is wanted and has nothing unwanted, until told to stop.
///
/// # Errors
/// What the index reports.
pub(crate) fn walk(view: &View, sought: &Sought, missing_max: usize, mut show: impl FnMut(Met) -> ControlFlow<()>) -> tantivy::Result<()> {
    let mut board = Board::default();
    for (segment, reader) in view.searcher.segment_readers().iter().enumerate() {
        let mut feeds = feeds(view, sought, segment)?;
        let alive = reader.alive_bitset();
        let ordinal = u32::try_from(segment).unwrap_or_default();
        let mut start = 0;
        while start < reader.max_doc() {
            let end = (start + WINDOW).min(reader.max_doc());
            board.begin(start);
            if sought.wanted.is_empty() {
                board.touch_all(end - start);
            }
            feeds.iter_mut().for_each(|feed| feed.pour(end, &mut board));
            let stopped = board.each(|document, cell| {
                let missing = if sought.enough.as_ref().is_some_and(|need| need.is_met(cell.bits)) {
                    0
                } else {
                    sought.wanted.iter().filter(|need| !need.is_met(cell.bits)).count()
                };
                if missing > missing_max || alive.is_some_and(|alive| alive.is_deleted(document)) || sought.unwanted.iter().any(|need| need.is_met(cell.bits)) {
                    return ControlFlow::Continue(());
                }
                show(Met { address: DocAddress::new(ordinal, document), score: cell.score, missing, is_whole: cell.bits & WHOLE != 0 })
            });
            if stopped.is_break() {
                return Ok(());
            }
            let next = if sought.wanted.is_empty() { end } else { feeds.iter().map(Feed::next).min().unwrap_or(TERMINATED) };
            start = next.max(end);
        }
    }
    Ok(())
}

/// What of a segment is poured.
fn feeds<'v>(view: &'v View, sought: &Sought, segment: usize) -> tantivy::Result<Vec<Feed<'v>>> {
    let mut feeds = Vec::new();
    for (at, leaf) in sought.leaves.iter().enumerate() {
        let bits = 1 << at.min(LEAVES_MAX);
        match leaf {
            Leaf::Lists(lists) => {
                for list in lists {
                    let Some(postings) = view.lists.read(segment, &list.token)? else { continue };
                    let (weight, by_length) = match list.worth {
                        Worth::Often(worth) => (worth * view.lists.rarity(&list.token), view.lists.lengths(segment, list.token.line)),
                        Worth::Once(worth) => (worth, None),
                    };
                    let postings = Box::new(postings);
                    feeds.push(Feed::List { postings, at: 0, bits: if list.is_whole { bits | WHOLE } else { bits }, weight, by_length });
                }
            }
            Leaf::Phrase(phrase) => {
                let weight = phrase.weight(EnableScoring::enabled_from_searcher(&view.searcher))?;
                let scorer = weight.scorer(view.searcher.segment_reader(u32::try_from(segment).unwrap_or_default()), 1.0)?;
                feeds.push(Feed::Scorer { scorer, bits: bits | WHOLE });
            }
        }
    }
    Ok(feeds)
}

/// A list on its way through the windows.
enum Feed<'v> {
    List { postings: Box<BlockSegmentPostings>, at: usize, bits: Bits, weight: f32, by_length: Option<(&'v FieldNormReader, &'v Costs)> },
    Scorer { scorer: Box<dyn Scorer>, bits: Bits },
}

impl Feed<'_> {
    /// The next document of the list.
    fn next(&self) -> DocId {
        match self {
            Self::List { postings, at, .. } => postings.docs().get(*at).copied().unwrap_or(TERMINATED),
            Self::Scorer { scorer, .. } => scorer.doc(),
        }
    }

    /// Pours what lies before the end of the window.
    fn pour(&mut self, end: DocId, board: &mut Board) {
        match self {
            Self::List { postings, at, bits, weight, by_length } => loop {
                let rest = &postings.docs()[*at..];
                let now = rest.partition_point(|document| *document < end);
                let documents = &rest[..now];
                match by_length {
                    Some((lengths, costs)) => {
                        for (document, often) in documents.iter().zip(&postings.freqs()[*at..]) {
                            let often = *often as f32;
                            board.add(*document, *bits, *weight * often / (often + costs[usize::from(lengths.fieldnorm_id(*document))]));
                        }
                    }
                    None => documents.iter().for_each(|document| board.add(*document, *bits, *weight)),
                }
                let is_read_to_its_end = now == rest.len() && !rest.is_empty();
                *at += now;
                if !is_read_to_its_end {
                    return;
                }
                postings.advance();
                *at = 0;
            },
            Self::Scorer { scorer, bits } => {
                while scorer.doc() < end {
                    let (document, score) = (scorer.doc(), scorer.score());
                    board.add(document, *bits, score);
                    scorer.advance();
                }
            }
        }
    }
}

/// What a document of the window has.
#[derive(Debug, Default, Clone, Copy)]
struct Cell {
    bits: Bits,
    score: f32,
}

/// The cells of a window, and which of them are in use.
struct Board {
    start: DocId,
    cells: Box<[Cell]>,
    touched: [u64; WINDOW as usize / 64],
}

impl Default for Board {
    fn default() -> Self {
        Self { start: 0, cells: vec![Cell::default(); WINDOW as usize].into(), touched: [0; WINDOW as usize / 64] }
    }
}

impl Board {
    fn begin(&mut self, start: DocId) {
        self.start = start;
    }

    fn touch_all(&mut self, count: u32) {
        (0..count as usize).for_each(|at| self.touched[at / 64] |= 1 << (at % 64));
    }

    #[inline]
    fn add(&mut self, document: DocId, bits: Bits, score: f32) {
        let at = (document - self.start) as usize;
        let cell = &mut self.cells[at];
        cell.bits |= bits;
        cell.score += score;
        self.touched[at / 64] |= 1 << (at % 64);
    }

    /// Shows the cells in use and empties them.
    fn each(&mut self, mut show: impl FnMut(DocId, Cell) -> ControlFlow<()>) -> ControlFlow<()> {
        for (word, touched) in self.touched.iter_mut().enumerate() {
            while *touched != 0 {
                let at = word * 64 + touched.trailing_zeros() as usize;
                *touched &= *touched - 1;
                let cell = std::mem::take(&mut self.cells[at]);
                show(self.start + u32::try_from(at).unwrap_or_default(), cell)?;
            }
        }
        ControlFlow::Continue(())
    }
}
