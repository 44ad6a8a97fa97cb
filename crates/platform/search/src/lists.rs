//! The lists of the index, opened once for everything a searcher sees: which things have a token, how often, what it is worth.
//!
//! What a token is worth follows BM25 with the usual constants. Start at [`Lists`].

use crate::schema::Fields;
use std::sync::Arc;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{InvertedIndexReader, Searcher};

/// How soon a word that comes again is worth no more.
const K1: f32 = 1.2;
/// How much a long text counts less.
const B: f32 = 0.75;

/// A field that has lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    /// Words.
    Word,
    /// Stems of everything.
    Stem,
    /// Parts of compounds of everything.
    Part,
    /// Stems of the title.
    Title,
    /// Parts of compounds of the title.
    TitlePart,
    /// Tokens of single properties.
    Property,
    /// Site, kind and number.
    Key,
}

/// All of them, each at its own place.
const LINES: [Line; 7] = [Line::Word, Line::Stem, Line::Part, Line::Title, Line::TitlePart, Line::Property, Line::Key];

/// One field of one segment.
struct Opened {
    index: Arc<InvertedIndexReader>,
    lengths: Option<FieldNormReader>,
}

/// What length of a text costs, for each length that the index tells apart.
pub(crate) type Costs = [f32; 256];

/// The lists of all segments of a searcher.
pub(crate) struct Lists {
    segments: Vec<[Opened; LINES.len()]>,
    costs: [Costs; LINES.len()],
    documents: f32,
}

/// A token that some document has.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// Its field.
    pub line: Line,
    /// Documents that have it.
    pub frequency: u32,
    /// Where its list stands in each segment.
    places: Vec<Option<TermInfo>>,
}

impl Lists {
    /// Opens the lists of a searcher.
    ///
    /// # Errors
    /// What the index reports.
    pub(crate) fn open(searcher: &Searcher, fields: &Fields) -> tantivy::Result<Self> {
        let field = |line| match line {
            Line::Word => fields.word,
            Line::Stem => fields.stem,
            Line::Part => fields.part,
            Line::Title => fields.title,
            Line::TitlePart => fields.title_part,
            Line::Property => fields.property,
            Line::Key => fields.key,
        };
        let mut segments = Vec::new();
        for reader in searcher.segment_readers() {
            let open = |line| -> tantivy::Result<Opened> {
                let field = field(line);
                let has_lengths = !matches!(line, Line::Property | Line::Key);
                let lengths = if has_lengths { Some(reader.get_fieldnorms_reader(field)?) } else { None };
                Ok(Opened { index: reader.inverted_index(field)?, lengths })
            };
            let [a, b, c, d, e, f, g] = LINES;
            segments.push([open(a)?, open(b)?, open(c)?, open(d)?, open(e)?, open(f)?, open(g)?]);
        }
        let documents = searcher.segment_readers().iter().map(|reader| f64::from(reader.max_doc())).sum::<f64>();
        let costs = std::array::from_fn(|at| {
            let tokens: u64 = segments.iter().map(|lines| lines[at].index.total_num_tokens()).sum();
            let mean = (tokens as f64 / documents.max(1.0)).max(1.0);
            std::array::from_fn(|length| {
                let length = f64::from(FieldNormReader::id_to_fieldnorm(u8::try_from(length).unwrap_or(u8::MAX)));
                K1 * (1.0 - B + B * (length / mean) as f32)
            })
        });
        Ok(Self { segments, costs, documents: documents as f32 })
    }

    /// A token of a field; none if nothing has it.
    ///
    /// # Errors
    /// What the index reports.
    pub(crate) fn find(&self, line: Line, token: &str) -> tantivy::Result<Option<Token>> {
        let places: Vec<Option<TermInfo>> =
            self.segments.iter().map(|lines| lines[line as usize].index.terms().get(token.as_bytes())).collect::<Result<_, _>>()?;
        let frequency = places.iter().flatten().map(|place| place.doc_freq).sum();
        Ok((frequency > 0).then_some(Token { line, frequency, places }))
    }

    /// How much a token tells: the more, the fewer have it.
    #[must_use]
    pub(crate) fn rarity(&self, token: &Token) -> f32 {
        let having = token.frequency as f32;
        (1.0 + (self.documents - having + 0.5) / (having + 0.5)).ln() * (1.0 + K1)
    }

    /// The list of a token in a segment.
    ///
    /// # Errors
    /// What the index reports.
    pub(crate) fn read(&self, segment: usize, token: &Token) -> tantivy::Result<Option<BlockSegmentPostings>> {
        let Some(place) = token.places.get(segment).and_then(Option::as_ref) else { return Ok(None) };
        let opened = &self.segments[segment][token.line as usize];
        Ok(Some(opened.index.read_block_postings_from_terminfo(place, IndexRecordOption::WithFreqs)?))
    }

    /// The lengths of a field's texts in a segment, and what they cost; none where it is not kept how often a token comes.
    #[must_use]
    pub(crate) fn lengths(&self, segment: usize, line: Line) -> Option<(&FieldNormReader, &Costs)> {
        let lengths = self.segments[segment][line as usize].lengths.as_ref()?;
        Some((lengths, &self.costs[line as usize]))
    }
}
