//! What rooms and the search say to one another: documents in, questions and hits out.
//!
//! A room that has something public names a [`Source`] for each of its kinds; the search reads documents from it, never rows.
//! A page that shows hits asks [`Search`], which the server puts into [`crate::app::Ports`]; without one nothing is found.
//! Knows nothing of indexes. Read in this order: [`Document`], [`Query`], [`Found`].

use allmende_core::{Id, Instant, Language, Site};
use allmende_db::{DbError, Tx};
use std::sync::Arc;

/// A point on the earth in degrees (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// East, −180 to 180.
    pub longitude: f64,
    /// North, −90 to 90.
    pub latitude: f64,
}

/// A thing and the page that shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its title.
    pub title: String,
    /// Its address, from the slash on.
    pub path: String,
}

/// Something public, as the search knows it. Only what strangers may read.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// What it is: `paper`, `file`, `meeting`, `agenda_item`, `organization`, `person`, `decision` …
    pub kind: &'static str,
    /// The number of its row in the room's own table.
    pub object_id: i64,
    /// Its permanent address, from the slash on.
    pub path: String,
    /// Its title as residents read it.
    pub title: String,
    /// One or two sentences, if there are any.
    pub summary: Option<String>,
    /// Its number as people write it, such as the reference of a paper.
    pub reference: Option<String>,
    /// Its text, page by page; one entry where it has no pages.
    pub pages: Vec<String>,
    /// Whether the entries of `pages` are pages that people can turn to: its address then takes `?seite=N`, from 1, and shows
    /// that page at the anchor `#seite-N`.
    pub is_paged: bool,
    /// The language of its text.
    pub language: Language,
    /// Its own type in the words of the site: »Antrag«, »Anfrage« …
    pub type_word: Option<String>,
    /// The body (municipality, district) it belongs to.
    pub body: Option<String>,
    /// The committees that deal with it.
    pub committees: Vec<String>,
    /// The places it names itself, without those that its text mentions.
    pub places: Vec<String>,
    /// The points it names itself.
    pub points: Vec<Point>,
    /// When it happened or will happen.
    pub happened_at: Option<Instant>,
    /// Key of the dimension of open government it belongs to: `transparency`, `participation` …
    pub dimension: Option<&'static str>,
    /// Key or words of where it stands.
    pub status: Option<String>,
    /// What it is a part of, such as the paper of a file.
    pub part_of: Option<Named>,
}

/// How a room tells the search of one kind of its things.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// The kind.
    pub kind: &'static str,
    /// The documents of these things of the transaction's site. What is missing in the answer is not public, or not any more.
    pub load: fn(&mut Tx<'_>, &[i64]) -> Result<Vec<Document>, DbError>,
    /// The numbers of all public things of this kind of the transaction's site after one, in order, at most so many.
    pub list_after: fn(&mut Tx<'_>, i64, i64) -> Result<Vec<i64>, DbError>,
}

/// Adds to a document of a site what other parts of the program know, such as the places that its text names. Whoever holds
/// documents against questions asks for it first, as the index does: then all find the same.
pub type EnrichDocument = Arc<dyn Fn(Id<Site>, &mut Document) + Send + Sync>;

/// How hits are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sort {
    /// The best first.
    #[default]
    Relevance,
    /// The newest first.
    Newest,
    /// The nearest first; only with [`Query::near`].
    Nearest,
}

/// A point and how far around it, in metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// The middle.
    pub point: Point,
    /// 1 to 50,000.
    pub radius_m: u32,
}

/// What somebody looks for. Within one list of filters any may hold; different filters hold together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    /// The words as typed: words, "phrases", -exclusions, field:word. Empty finds everything that the filters let through.
    pub words: String,
    /// Kinds.
    pub kinds: Vec<String>,
    /// Bodies by name.
    pub bodies: Vec<String>,
    /// Committees by name.
    pub committees: Vec<String>,
    /// Places by name.
    pub places: Vec<String>,
    /// Keys of dimensions.
    pub dimensions: Vec<String>,
    /// Where things stand.
    pub statuses: Vec<String>,
    /// Not before this instant.
    pub from: Option<Instant>,
    /// Before this instant.
    pub until: Option<Instant>,
    /// Around a point.
    pub near: Option<Near>,
    /// The order.
    pub sort: Sort,
    /// Hits to leave out at the beginning, 0 to 10,000.
    pub offset: usize,
    /// Hits at the most, 0 to 100.
    pub limit: usize,
    /// Whether the facets are to be counted.
    pub with_facets: bool,
}

/// A piece of a text in which the words that were found are marked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Passage {
    /// The page it stands on, from 1, if the document has pages.
    pub page: Option<u32>,
    /// The pieces in order; true where one is marked.
    pub pieces: Vec<(String, bool)>,
}

/// Why a hit is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Its number was asked for.
    Reference,
    /// The words stand in its title.
    Title,
    /// The words stand in its text, as they were typed.
    Word,
    /// The text has another form of the word or one that contains it.
    Form,
    /// The text has a word that differs by a letter.
    Typing,
    /// It lies within the radius.
    Near,
}

/// One hit.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Whose it is.
    pub site: Id<Site>,
    /// What it is.
    pub kind: String,
    /// The number of its row in the room's own table.
    pub object_id: i64,
    /// Its address, from the slash on.
    pub path: String,
    /// Its title with what was found marked.
    pub title: Passage,
    /// Its number as people write it.
    pub reference: Option<String>,
    /// Its own type in the words of the site.
    pub type_word: Option<String>,
    /// When it happened or will happen.
    pub happened_at: Option<Instant>,
    /// The committees that deal with it.
    pub committees: Vec<String>,
    /// The places that it names or its text mentions.
    pub places: Vec<String>,
    /// Where those lie.
    pub points: Vec<Point>,
    /// Metres to the middle of [`Query::near`].
    pub distance_m: Option<u32>,
    /// Where it stands.
    pub status: Option<String>,
    /// What it is a part of.
    pub part_of: Option<Named>,
    /// The best passages, at most three.
    pub passages: Vec<Passage>,
    /// Why it was found, the strongest reason first.
    pub why: Vec<Why>,
}

/// One filter and how many hits each of its values has, most first, at most 30; years the newest first.
///
/// Counted over what all *other* filters let through: beside a chosen kind the other kinds keep their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// `kind`, `body`, `committee`, `place`, `year`, `dimension` or `status`.
    pub field: &'static str,
    /// Value and number of hits.
    pub values: Vec<(String, u64)>,
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// How many hits there are in all.
    pub total: u64,
    /// The hits of this page.
    pub hits: Vec<Hit>,
    /// The filters with their numbers, if they were asked for.
    pub facets: Vec<Facet>,
    /// The words with typing errors put right, if that finds more.
    pub did_you_mean: Option<String>,
    /// How many of the words a hit may lack, because no hit has them all; 0 where all were found.
    pub words_left_out: usize,
}

/// One suggestion while typing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The words to search for.
    pub words: String,
    /// The page it leads to at once, if it is the title of something.
    pub path: Option<String>,
    /// What it is, if it is a title.
    pub kind: Option<String>,
}

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The words cannot be understood; the key names a sentence that says what to do: `search-too-long` (beyond 500
    /// characters) or `search-too-many-words` (beyond 32).
    #[error("{0}")]
    Refused(&'static str),
    /// The index cannot be read just now.
    #[error("the search index cannot be read: {0}")]
    Unavailable(String),
}

/// The search. Every function blocks for some milliseconds at most.
pub trait Search: Send + Sync {
    /// What matches on these sites.
    ///
    /// # Errors
    /// [`SearchError`].
    fn find(&self, sites: &[Id<Site>], query: &Query) -> Result<Found, SearchError>;

    /// Words and titles that begin with what was typed, at most `limit`.
    ///
    /// # Errors
    /// [`SearchError`].
    fn suggest(&self, sites: &[Id<Site>], typed: &str, limit: usize) -> Result<Vec<Suggestion>, SearchError>;

    /// What is most like a thing, the likest first, without itself.
    ///
    /// # Errors
    /// [`SearchError`].
    fn similar(&self, site: Id<Site>, kind: &str, object_id: i64, limit: usize) -> Result<Vec<Hit>, SearchError>;

    /// For each query the indexes of those documents that it finds, by the same rules as [`Search::find`], but a word that a
    /// document lacks is never left out.
    ///
    /// # Errors
    /// [`SearchError`], if no query can be answered; a query that cannot be understood matches nothing.
    fn matching(&self, site: Id<Site>, documents: &[Document], queries: &[Query]) -> Result<Vec<Vec<usize>>, SearchError>;
}

/// Finds nothing: for programs that are put together without a search, such as tests of one room.
#[derive(Debug, Clone, Copy)]
pub struct NoSearch;

impl Search for NoSearch {
    fn find(&self, _: &[Id<Site>], _: &Query) -> Result<Found, SearchError> {
        Ok(Found::default())
    }

    fn suggest(&self, _: &[Id<Site>], _: &str, _: usize) -> Result<Vec<Suggestion>, SearchError> {
        Ok(Vec::new())
    }

    fn similar(&self, _: Id<Site>, _: &str, _: i64, _: usize) -> Result<Vec<Hit>, SearchError> {
        Ok(Vec::new())
    }

    fn matching(&self, _: Id<Site>, _: &[Document], queries: &[Query]) -> Result<Vec<Vec<usize>>, SearchError> {
        Ok(vec![Vec::new(); queries.len()])
    }
}
