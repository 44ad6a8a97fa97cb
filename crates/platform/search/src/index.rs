//! The index: what is searched now, what writes it, and how one takes the other's place.
//!
//! A [`Generation`] is one index on disk or in memory with the vocabulary that it was written with. [`Index`] answers from the
//! newest generation; a new one is built beside it and put in its place in one step. Knows nothing of databases (see
//! [`crate::follow`]) and of questions (see [`crate::find`]). Read in this order: [`Index`], [`Generation`], [`Writer`].

use crate::analysis::{Analyser, Corpus};
use crate::columns::{Seen, Store};
use crate::find::Answers;
use crate::gate::Gate;
use crate::lists::Lists;
use crate::schema::{Fields, Maker, VERSION};
use crate::shelf::Shelf;
use crate::similar::Similar;
use crate::spaces::{Meter, Spaces};
use crate::vocabulary::{Learner, Vocabulary};
use allmende_core::{Id, Site};
use allmende_platform::search::Document;
use std::fmt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use tantivy::directory::MmapDirectory;
use tantivy::index::IndexSettings;
use tantivy::merge_policy::NoMergePolicy;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, Searcher};

/// Bytes that writing may hold in memory before it goes to disk, per thread.
const WRITER_BYTES: usize = 32_000_000;
/// Threads that write: at most two, as a small server has.
const WRITER_THREADS: usize = 2;
/// Bytes of a block of stored cards: a search unpacks one for each hit.
const CARD_BLOCK_BYTES: usize = 4_096;
/// Blocks of stored cards that stay unpacked in memory, of a segment.
const CARD_BLOCKS: usize = 32;
/// Bytes of text that a vocabulary is learnt from at the most.
pub(crate) const LEARNT_BYTES: usize = 48_000_000;
/// The vocabulary's file.
const VOCABULARY_FILE: &str = "vocabulary.txt";
/// The packed texts' file.
const SHELF_FILE: &str = "texts";

/// Why an index cannot be opened or written.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// What tantivy reports.
    #[error(transparent)]
    Tantivy(#[from] tantivy::TantivyError),
    /// What the file system reports.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The folder holds no index, or one of another version.
    #[error("no index of this version")]
    Version,
}

/// One index with the vocabulary it was written with.
pub(crate) struct Generation {
    pub(crate) index: tantivy::Index,
    pub(crate) fields: Fields,
    pub(crate) corpus: Arc<Corpus>,
    pub(crate) shelf: Shelf,
    meter: Arc<Meter>,
    reader: IndexReader,
    store: Store,
    view: RwLock<Arc<View>>,
}

/// What one search sees from its beginning to its end.
pub(crate) struct View {
    /// The segments.
    pub searcher: Searcher,
    /// Their columns.
    pub seen: Seen,
    /// Their lists.
    pub lists: Lists,
    /// What was asked and found.
    pub answers: Answers,
    /// What was found to be like something.
    pub similar: Similar,
}

impl View {
    fn of(searcher: Searcher, store: &Store, fields: &Fields) -> tantivy::Result<Self> {
        Ok(Self { seen: store.see(&searcher)?, lists: Lists::open(&searcher, fields)?, answers: Answers::default(), similar: Similar::default(), searcher })
    }
}

impl fmt::Debug for Generation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Generation")
    }
}

impl Generation {
    /// An empty generation below a folder, or in memory.
    pub(crate) fn create(folder: Option<&Path>, vocabulary: Vocabulary) -> Result<Self, IndexError> {
        let fields = Fields::new();
        let builder = tantivy::Index::builder()
            .schema(fields.schema.clone())
            .settings(IndexSettings { docstore_blocksize: CARD_BLOCK_BYTES, ..IndexSettings::default() });
        let index = match folder {
            Some(folder) => {
                std::fs::create_dir_all(folder)?;
                std::fs::write(folder.join(VOCABULARY_FILE), vocabulary_file(&vocabulary))?;
                builder.create_in_dir(folder)?
            }
            None => builder.create_in_ram()?,
        };
        let shelf = folder.map_or_else(|| Ok(Shelf::in_memory()), |folder| Shelf::open(&folder.join(SHELF_FILE)))?;
        Self::new(index, fields, corpus(vocabulary), shelf)
    }

    /// An empty generation in memory that analyses as another one.
    pub(crate) fn beside(other: &Self) -> Result<Self, IndexError> {
        let fields = Fields::new();
        let index = tantivy::Index::builder().schema(fields.schema.clone()).create_in_ram()?;
        Self::new(index, fields, Arc::clone(&other.corpus), Shelf::in_memory())
    }

    /// The generation that a folder holds.
    pub(crate) fn open(folder: &Path) -> Result<Self, IndexError> {
        let text = std::fs::read_to_string(folder.join(VOCABULARY_FILE)).map_err(|_| IndexError::Version)?;
        let (version, words) = text.split_once('\n').ok_or(IndexError::Version)?;
        if version != VERSION.to_string() {
            return Err(IndexError::Version);
        }
        let vocabulary = Vocabulary::from_text(words, &crate::stem::Stemmer::default()).ok_or(IndexError::Version)?;
        let fields = Fields::new();
        let index = tantivy::Index::open(MmapDirectory::open(folder).map_err(tantivy::TantivyError::from)?)?;
        if index.schema() != fields.schema {
            return Err(IndexError::Version);
        }
        Self::new(index, fields, corpus(vocabulary), Shelf::open(&folder.join(SHELF_FILE))?)
    }

    fn new(index: tantivy::Index, fields: Fields, corpus: Arc<Corpus>, shelf: Shelf) -> Result<Self, IndexError> {
        let meter = Arc::new(Meter::default());
        index.tokenizers().register("whitespace", Spaces::new(Arc::clone(&meter)));
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).doc_store_cache_num_blocks(CARD_BLOCKS).try_into()?;
        let store = Store::default();
        let view = RwLock::new(Arc::new(View::of(reader.searcher(), &store, &fields)?));
        Ok(Self { index, fields, corpus, shelf, meter, reader, store, view })
    }

    /// Lets searches see what was committed.
    pub(crate) fn refresh(&self) -> Result<(), IndexError> {
        self.reader.reload()?;
        let view = View::of(self.reader.searcher(), &self.store, &self.fields)?;
        *self.view.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(view);
        Ok(())
    }

    /// What searches see now.
    pub(crate) fn view(&self) -> Arc<View> {
        Arc::clone(&self.view.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What the last commit said beside its documents.
    pub(crate) fn payload(&self) -> Result<Option<String>, IndexError> {
        Ok(self.index.load_metas()?.payload)
    }
}

fn corpus(vocabulary: Vocabulary) -> Arc<Corpus> {
    Arc::new(Corpus { stemmer: crate::stem::Stemmer::default(), vocabulary })
}

fn vocabulary_file(vocabulary: &Vocabulary) -> String {
    format!("{VERSION}\n{}", vocabulary.to_text())
}

/// Writes one generation. There is one writer at a time.
pub(crate) struct Writer {
    generation: Arc<Generation>,
    inner: IndexWriter,
    maker: Maker,
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Writer")
    }
}

impl Writer {
    /// The writer of a generation.
    pub(crate) fn new(generation: Arc<Generation>) -> Result<Self, IndexError> {
        let inner = generation.index.writer_with_num_threads(WRITER_THREADS, WRITER_BYTES * WRITER_THREADS)?;
        let maker = Maker::new(generation.fields.clone(), Analyser::new(Arc::clone(&generation.corpus)));
        Ok(Self { generation, inner, maker })
    }

    /// The writer of a new generation, which puts segments together only at its end.
    pub(crate) fn for_building(generation: Arc<Generation>) -> Result<Self, IndexError> {
        let writer = Self::new(generation)?;
        writer.inner.set_merge_policy(Box::new(NoMergePolicy));
        Ok(writer)
    }

    /// Writes a thing, in place of what stood for it before.
    pub(crate) fn put(&mut self, site: Id<Site>, document: &Document) -> Result<(), IndexError> {
        self.remove(site, document.kind, document.object_id);
        self.add(site, document)
    }

    /// Writes a thing that is not there yet.
    pub(crate) fn add(&mut self, site: Id<Site>, document: &Document) -> Result<(), IndexError> {
        let made = self.maker.make(site, document, &self.generation.shelf)?;
        self.generation.meter.wait_for_room(self.maker.bytes());
        self.inner.add_document(made)?;
        Ok(())
    }

    /// Takes a thing away.
    pub(crate) fn remove(&mut self, site: Id<Site>, kind: &str, object_id: i64) {
        self.inner.delete_term(self.generation.fields.key_of(site, kind, object_id));
    }

    /// Makes durable and lets searches see what was written, with a note on how far it goes.
    pub(crate) fn commit(&mut self, payload: &str) -> Result<(), IndexError> {
        self.generation.shelf.keep()?;
        let mut prepared = self.inner.prepare_commit()?;
        prepared.set_payload(payload);
        prepared.commit()?;
        self.generation.refresh()
    }

    /// Makes one segment of all and ends writing.
    pub(crate) fn finish(mut self) -> Result<(), IndexError> {
        let segments = self.generation.index.searchable_segment_ids()?;
        if segments.len() > 1 {
            self.inner.merge(&segments).wait()?;
        }
        self.inner.wait_merging_threads()?;
        self.generation.refresh()
    }
}

/// The index. Answers from its newest generation; implements [`allmende_platform::search::Search`].
#[derive(Debug)]
pub struct Index {
    generation: RwLock<Arc<Generation>>,
    /// Whether the generation is one that was built, and not the empty one before the first.
    is_built: AtomicBool,
    /// Before everything that works as long as a search.
    pub(crate) gate: Gate,
}

impl Index {
    pub(crate) fn new(generation: Generation) -> Self {
        Self { generation: RwLock::new(Arc::new(generation)), is_built: AtomicBool::new(true), gate: Gate::default() }
    }

    /// An index that finds nothing until its first generation is built.
    pub(crate) fn unbuilt() -> Result<Self, IndexError> {
        let index = Self::new(Generation::create(None, Vocabulary::default())?);
        index.is_built.store(false, Ordering::Release);
        Ok(index)
    }

    /// Whether a generation was built.
    pub(crate) fn is_built(&self) -> bool {
        self.is_built.load(Ordering::Acquire)
    }

    /// An index in memory over some documents, with a vocabulary learnt from them. For tests and for small batches.
    ///
    /// # Errors
    /// What tantivy reports.
    pub fn in_memory(documents: &[(Id<Site>, Document)]) -> Result<Self, IndexError> {
        let generation = Generation::create(None, learn(documents.iter().map(|(_, document)| document)))?;
        let index = Self::new(generation);
        let mut writer = Writer::new(index.generation())?;
        for (site, document) in documents {
            writer.put(*site, document)?;
        }
        writer.commit("")?;
        Ok(index)
    }

    /// Builds an index of documents in a folder that is not there yet. `documents` is walked twice: once to learn words from, once
    /// to write. A server uses [`crate::Indexer`] instead; this is for measurements and tests.
    ///
    /// # Errors
    /// What tantivy and the file system report.
    pub fn build<'a>(folder: &Path, documents: &dyn Fn() -> Box<dyn Iterator<Item = (Id<Site>, Document)> + 'a>) -> Result<Self, IndexError> {
        let mut learner = Learner::default();
        for (_, document) in documents() {
            if learner.bytes() >= LEARNT_BYTES {
                break;
            }
            learn_from(&mut learner, &document);
        }
        let generation = Arc::new(Generation::create(Some(folder), learner.finish(&crate::stem::Stemmer::default()))?);
        let mut writer = Writer::for_building(Arc::clone(&generation))?;
        for (site, document) in documents() {
            writer.add(site, &document)?;
        }
        writer.commit("")?;
        writer.finish()?;
        drop(generation);
        Ok(Self::new(Generation::open(folder)?))
    }

    /// What answers now.
    pub(crate) fn generation(&self) -> Arc<Generation> {
        Arc::clone(&self.generation.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Lets another generation answer from now on; searches that have begun end on the old one.
    pub(crate) fn replace(&self, generation: Arc<Generation>) {
        *self.generation.write().unwrap_or_else(PoisonError::into_inner) = generation;
        self.is_built.store(true, Ordering::Release);
    }

    /// How many things are in it, of all sites.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.generation().view().searcher.num_docs()
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The vocabulary of some documents.
pub(crate) fn learn<'a>(documents: impl Iterator<Item = &'a Document>) -> Vocabulary {
    let mut learner = Learner::default();
    for document in documents {
        learn_from(&mut learner, document);
    }
    learner.finish(&crate::stem::Stemmer::default())
}

/// Reads a document into a learner.
pub(crate) fn learn_from(learner: &mut Learner, document: &Document) {
    learner.read(&document.title);
    document.pages.iter().for_each(|page| learner.read(page));
}
