//! The fields of the index, and a document of a room as the index keeps it.
//!
//! Texts are analysed before they come here ([`crate::analysis`]), so the fields only part at spaces. What a hit shows is kept
//! as one [`Card`] and the text as it is; what filters and facets count stands in columns. Start at [`Fields`].

use crate::analysis::{Analyser, Lines};
use crate::shelf::Shelf;
use crate::texts::{self, Mark, PAGE_BREAK};
use allmende_core::{Id, Site};
use allmende_platform::search::{Document, Point};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::io;
use tantivy::schema::{BytesOptions, Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions};
use tantivy::{TantivyDocument, Term};

/// Changes whenever an index written before cannot be read, or finds other things.
pub(crate) const VERSION: u32 = 3;
/// Bytes of text of one document that are indexed and kept; the rest is cut.
pub(crate) const TEXT_BYTES_MAX: usize = 8_000_000;

/// The fields.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    /// All of them.
    pub schema: Schema,
    /// Site, kind and number of the thing.
    pub key: Field,
    /// Words with their places.
    pub word: Field,
    /// Stems of everything.
    pub stem: Field,
    /// Parts of compounds of everything.
    pub part: Field,
    /// Stems of the title.
    pub title: Field,
    /// Parts of compounds of the title.
    pub title_part: Field,
    /// Tokens of single properties, such as `n=#2024/123`.
    pub property: Field,
    /// What a hit shows.
    pub card: Field,
    /// Where the packed text stands on the shelf: its first byte, its bytes, and those that tell of its pieces.
    pub text: [Field; 3],
    /// The site.
    pub site: Field,
    /// Instant in milliseconds.
    pub happened: Field,
    /// Points, see [`pack`].
    pub points: Field,
    /// Whether it is a part of something.
    pub is_part: Field,
    /// Values to count, see [`FACETS`].
    pub facets: [Field; FACETS.len()],
}

/// Where a text stands.
pub(crate) const TEXT: [&str; 3] = ["text_start", "text_length", "text_head"];
/// What is counted, in this order.
pub(crate) const FACETS: [&str; 7] = ["kind", "body", "committee", "place", "year", "dimension", "status"];
/// The place of the year, which a filter by date narrows.
pub(crate) const YEAR: usize = 4;
/// Years that are counted.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2199;

impl Fields {
    /// The fields, always in the same order.
    #[must_use]
    pub(crate) fn new() -> Self {
        let mut builder = Schema::builder();
        let text = |record| TextOptions::default().set_indexing_options(TextFieldIndexing::default().set_tokenizer("whitespace").set_index_option(record));
        let raw = TextOptions::default()
            .set_indexing_options(TextFieldIndexing::default().set_tokenizer("raw").set_fieldnorms(false).set_index_option(IndexRecordOption::Basic));
        let properties = TextOptions::default()
            .set_indexing_options(TextFieldIndexing::default().set_tokenizer("whitespace").set_fieldnorms(false).set_index_option(IndexRecordOption::Basic));
        let fast = NumericOptions::default().set_fast();
        let key = builder.add_text_field("key", raw);
        let word = builder.add_text_field("word", text(IndexRecordOption::WithFreqsAndPositions));
        let stem = builder.add_text_field("stem", text(IndexRecordOption::WithFreqs));
        let part = builder.add_text_field("part", text(IndexRecordOption::WithFreqs));
        let title = builder.add_text_field("title", text(IndexRecordOption::WithFreqs));
        let title_part = builder.add_text_field("title_part", text(IndexRecordOption::WithFreqs));
        let property = builder.add_text_field("property", properties);
        let card = builder.add_bytes_field("card", BytesOptions::default().set_stored());
        let site = builder.add_u64_field("site", fast.clone());
        let happened = builder.add_i64_field("happened", fast.clone());
        let points = builder.add_u64_field("points", fast.clone());
        let is_part = builder.add_u64_field("is_part", fast.clone());
        let text = TEXT.map(|name| builder.add_u64_field(name, fast.clone()));
        let facets = FACETS.map(|name| builder.add_text_field(name, TextOptions::default().set_fast("raw")));
        Self { schema: builder.build(), key, word, stem, part, title, title_part, property, card, text, site, happened, points, is_part, facets }
    }

    /// The term that finds one thing.
    #[must_use]
    pub(crate) fn key_of(&self, site: Id<Site>, kind: &str, object_id: i64) -> Term {
        Term::from_field_text(self.key, &key(site, kind, object_id))
    }
}

/// What one thing is found by.
#[must_use]
pub(crate) fn key(site: Id<Site>, kind: &str, object_id: i64) -> String {
    format!("{}/{kind}/{object_id}", site.get())
}

/// What a hit shows.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Card {
    /// The site's number.
    pub site: i64,
    /// What it is.
    pub kind: String,
    /// The number of its row.
    pub object_id: i64,
    /// Its address.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its summary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Its number as people write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Its own type in the words of the site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub type_word: Option<String>,
    /// When, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened_at: Option<i64>,
    /// Committees.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub committees: Vec<String>,
    /// Places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
    /// Longitudes and latitudes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<(f64, f64)>,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Title and address of what it is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<(String, String)>,
    /// Whether the text has pages.
    #[serde(default)]
    pub is_paged: bool,
    /// Whether the text is English.
    #[serde(default)]
    pub is_english: bool,
}

impl Card {
    fn of(site: Id<Site>, document: &Document) -> Self {
        Self {
            site: site.get(),
            kind: document.kind.to_owned(),
            object_id: document.object_id,
            path: document.path.clone(),
            title: document.title.clone(),
            summary: document.summary.clone(),
            reference: document.reference.clone(),
            type_word: document.type_word.clone(),
            happened_at: document.happened_at.map(allmende_core::Instant::millis),
            committees: document.committees.clone(),
            places: document.places.clone(),
            points: document.points.iter().map(|point| (point.longitude, point.latitude)).collect(),
            status: document.status.clone(),
            part_of: document.part_of.as_ref().map(|whole| (whole.title.clone(), whole.path.clone())),
            is_paged: document.is_paged,
            is_english: document.language == allmende_core::Language::English,
        }
    }
}

/// A point as one number: latitude above, longitude below, each in steps of about two centimetres or less.
#[must_use]
pub(crate) fn pack(point: Point) -> u64 {
    let scale = |value: f64, span: f64| ((value + span / 2.0).clamp(0.0, span) / span * f64::from(u32::MAX)).round() as u64;
    scale(point.latitude, 180.0) << 32 | scale(point.longitude, 360.0)
}

/// The point of a number.
#[must_use]
pub(crate) fn unpack(packed: u64) -> Point {
    let scale = |value: u64, span: f64| value as f64 / f64::from(u32::MAX) * span - span / 2.0;
    Point { latitude: scale(packed >> 32, 180.0), longitude: scale(packed & u64::from(u32::MAX), 360.0) }
}

/// Makes documents of the index. Keeps its memory between them.
#[derive(Debug)]
pub(crate) struct Maker {
    fields: Fields,
    analyser: Analyser,
    body: Lines,
    title: Lines,
    side: Lines,
    properties: String,
    /// The clocks that a year is told by.
    zone: TimeZone,
}

impl Maker {
    /// A maker for documents analysed in one way.
    #[must_use]
    pub(crate) fn new(fields: Fields, analyser: Analyser) -> Self {
        let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
        Self { fields, analyser, body: Lines::default(), title: Lines::default(), side: Lines::default(), properties: String::new(), zone }
    }

    /// The document of the index for one of a room. Puts its text on a shelf.
    ///
    /// # Errors
    /// What the file system reports.
    pub(crate) fn make(&mut self, site: Id<Site>, document: &Document, shelf: &Shelf) -> io::Result<TantivyDocument> {
        let (packed, head) = self.analyse(document, &texts::squeeze(&stored_text(document)));
        let spot = shelf.put(&packed)?;
        let fields = &self.fields;
        let mut made = TantivyDocument::default();
        made.add_text(fields.key, key(site, document.kind, document.object_id));
        for (field, line) in [
            (fields.word, &self.body.words),
            (fields.stem, &self.body.stems),
            (fields.part, &self.body.parts),
            (fields.title, &self.title.stems),
            (fields.title_part, &self.title.parts),
            (fields.property, &self.properties),
        ] {
            if !line.is_empty() {
                made.add_text(field, line);
            }
        }
        let card = serde_json::to_vec(&Card::of(site, document)).unwrap_or_default();
        made.add_bytes(fields.card, &card);
        for (field, number) in fields.text.iter().zip([spot.start, spot.length, head]) {
            made.add_u64(*field, number);
        }
        made.add_u64(fields.site, u64::try_from(site.get()).unwrap_or_default());
        if let Some(happened) = document.happened_at {
            made.add_i64(fields.happened, happened.millis());
        }
        made.add_u64(fields.is_part, u64::from(document.part_of.is_some()));
        for point in &document.points {
            made.add_u64(fields.points, pack(*point));
        }
        for (field, values) in fields.facets.iter().zip(facet_values(document, &self.zone)) {
            values.into_iter().filter(|value| !value.is_empty()).for_each(|value| made.add_text(*field, &*value));
        }
        Ok(made)
    }

    /// Bytes of analysed text of the last document.
    #[must_use]
    pub(crate) fn bytes(&self) -> usize {
        let lines = [&self.body.words, &self.body.stems, &self.body.parts, &self.title.stems, &self.title.parts, &self.properties];
        lines.into_iter().map(String::len).sum()
    }

    /// Analyses a document and packs its text.
    fn analyse(&mut self, document: &Document, text: &str) -> (Vec<u8>, u64) {
        let Self { analyser, body, title, side, properties, .. } = self;
        [&mut *body, title, side].into_iter().for_each(Lines::clear);
        properties.clear();
        analyser.read(&document.title, document.language, title);
        body.clone_from(title);
        if let Some(summary) = &document.summary {
            analyser.read(summary, document.language, body);
        }
        let mut pieces = Vec::new();
        for piece in texts::cut(text) {
            side.clear();
            analyser.read(piece, document.language, side);
            let mut mark = Mark::default();
            [&side.stems, &side.parts].into_iter().for_each(|line| mark.add(line));
            join(&mut body.words, &side.words);
            join(&mut body.stems, &side.stems);
            join(&mut body.parts, &side.parts);
            pieces.push((piece, mark));
        }
        let packed = texts::pack(&pieces);
        side.clear();
        // What belongs to it beside its own words is found by stem, but is no text that a phrase may meet.
        let beside = [&document.reference, &document.type_word, &document.part_of.as_ref().map(|whole| whole.title.clone())];
        for other in beside.into_iter().flatten().chain(&document.committees).chain(&document.places) {
            analyser.read(other, document.language, side);
        }
        join(&mut body.stems, &side.stems);
        join(&mut body.parts, &side.parts);
        let named = [('n', &document.reference), ('a', &document.type_word), ('s', &document.status), ('g', &document.body)];
        let named = named.into_iter().filter_map(|(letter, value)| value.as_ref().map(|value| (letter, value)));
        let several = document.committees.iter().map(|value| ('g', value)).chain(document.places.iter().map(|value| ('o', value)));
        let kind = document.kind.to_owned();
        for (letter, value) in named.chain(several).chain([('a', &kind)]) {
            side.clear();
            analyser.read(value, document.language, side);
            for token in side.stems.split(' ').chain(side.parts.split(' ')).filter(|token| !token.is_empty()) {
                properties.push_str(&format!("{letter}={token} "));
            }
        }
        properties.push_str(&format!("l={} ", document.path));
        if let Some(whole) = &document.part_of {
            properties.push_str(&format!("p={} ", whole.path));
        }
        if let Some(reference) = &document.reference {
            properties.push_str(&format!("n=={} ", plain_reference(reference)));
        }
        packed
    }
}

/// A number of a paper as its letters and figures, without zeros in front: `2024/0123`, `2024 123` are the same.
#[must_use]
pub(crate) fn plain_reference(reference: &str) -> String {
    let folded = crate::words::fold(reference);
    let groups = folded.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|group| !group.is_empty());
    groups.map(|group| group.trim_start_matches('0')).collect::<Vec<_>>().join("/")
}

fn join(line: &mut String, more: &str) {
    if !line.is_empty() && !more.is_empty() {
        line.push(' ');
    }
    line.push_str(more);
}

/// The pages one after the other, cut at [`TEXT_BYTES_MAX`].
fn stored_text(document: &Document) -> String {
    let mut text = document.pages.join(&PAGE_BREAK.to_string());
    if text.len() > TEXT_BYTES_MAX {
        let end = (0..=TEXT_BYTES_MAX).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        text.truncate(end);
    }
    text
}

/// The values of a document for each of [`FACETS`].
fn facet_values<'d>(document: &'d Document, zone: &TimeZone) -> [Vec<Cow<'d, str>>; FACETS.len()] {
    let one = |value: Option<&'d str>| value.into_iter().map(Cow::Borrowed).collect();
    let several = |values: &'d [String]| values.iter().map(|value| Cow::Borrowed(value.as_str())).collect();
    let year = document.happened_at.map(|at| at.at(zone).year()).filter(|year| YEARS.contains(year));
    [
        one(Some(document.kind)),
        one(document.body.as_deref()),
        several(&document.committees),
        several(&document.places),
        year.map(|year| Cow::Owned(year.to_string())).into_iter().collect(),
        one(document.dimension),
        one(document.status.as_deref()),
    ]
}
