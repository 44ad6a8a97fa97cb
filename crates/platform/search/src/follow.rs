//! Keeps the index at what the database says: follows the change feed, builds anew beside when it must.
//!
//! One thread follows; a second one builds a new generation while the first goes on with the old one. The place in the feed
//! stands in the index itself, as every node has its own index. A new generation is built at the first start, when the index
//! is lost or cannot be read, when changes were forgotten before they were read, when somebody asks, and when the corpus has
//! grown so much that its vocabulary is out of date. Read in this order: [`Indexer`], [`Follower::run`], [`build`].

use crate::folder::Folder;
use crate::index::{Generation, Index, IndexError, LEARNT_BYTES, Writer, learn_from};
use crate::stem::Stemmer;
use crate::vocabulary::{Learner, Vocabulary};
use allmende_core::{Id, Site};
use allmende_db::{Db, DbError, Scope};
use allmende_platform::changes::{self, Change, KEPT_DAYS};
use allmende_platform::search::{Document, EnrichDocument, Source};
use allmende_platform::sites;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How often this node's own changes are looked for; they cost one look at a number.
const LOOK_MS: u64 = 100;
/// How often the database is asked for changes of other nodes and for those that were not settled at once.
const ASK_MS: u128 = 1_500;
/// Changes that are read together.
const CHANGES: i64 = 500;
/// Documents that are loaded together.
const LOADED: usize = 50;
/// Things whose texts the vocabulary is learnt from, per site and kind, spread over all of them.
const LEARNT_THINGS: usize = 4_000;
/// Bytes from which a grown corpus is learnt anew.
const GROWN_BYTES_MIN: u64 = 10_000;
/// Seconds until a failed building is tried again.
const AGAIN_SECONDS: u64 = 30;

/// Why a generation could not be built or written.
#[derive(Debug, thiserror::Error)]
enum FollowError {
    #[error(transparent)]
    Index(#[from] IndexError),
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error("the server ends")]
    Stopped,
}

/// What stands in a commit beside the documents.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Progress {
    /// The last change that is in it.
    place: i64,
    /// When that was read, in milliseconds of the database's clock.
    read_at: i64,
    /// Bytes of text when it was built.
    built_bytes: u64,
    /// Bytes of text that came since.
    added_bytes: u64,
}

impl Progress {
    fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Whether the corpus has outgrown the vocabulary that was learnt from it.
    const fn is_outgrown(&self) -> bool {
        self.added_bytes > self.built_bytes && self.added_bytes >= GROWN_BYTES_MIN
    }
}

/// What documents come from.
#[derive(Clone)]
struct Origin {
    db: Db,
    sources: Vec<Source>,
    enrich: EnrichDocument,
    /// Set when the server ends, so that nobody waits for a building.
    is_stopped: Arc<AtomicBool>,
}

/// The numbers of all things of one site and kind.
type Things = (Id<Site>, Source, Vec<i64>);

/// A generation that was built.
struct Built {
    path: PathBuf,
    generation: Generation,
    progress: Progress,
}

/// What the following thread hears.
enum Word {
    Stop,
    Rebuild,
    Built(Result<Box<Built>, FollowError>),
}

/// Keeps an [`Index`] at what the database says.
#[derive(Debug)]
pub struct Indexer {
    say: Sender<Word>,
    is_stopped: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Indexer {
    /// Opens the index in a folder, or begins to build it there, and follows the database from now on. Answers at once; until a
    /// first index is built nothing is found. `sources` are those of [`allmende_platform::app::Ports`].
    ///
    /// # Errors
    /// If the folder cannot be made or the thread cannot be started.
    pub fn start(db: Db, sources: Vec<Source>, folder: &Path, enrich: EnrichDocument) -> Result<(Arc<Index>, Self), IndexError> {
        let folder = Folder::new(folder)?;
        let opened = folder.current().and_then(|path| open(&path));
        let (say, hear) = channel();
        let (index, following) = match opened {
            Some((generation, progress)) => {
                let index = Arc::new(Index::new(generation));
                let writer = Writer::new(index.generation()).map_err(|error| tracing::warn!(%error, "the search index cannot be written; building it anew"));
                (index, writer.ok().map(|writer| (writer, progress)))
            }
            None => (Arc::new(Index::unbuilt()?), None),
        };
        let is_stopped = Arc::new(AtomicBool::new(false));
        let follower = Follower {
            origin: Origin { db, sources, enrich, is_stopped: Arc::clone(&is_stopped) },
            index: Arc::clone(&index),
            folder,
            following,
            say: say.clone(),
            builder: None,
            build_after: Instant::now(),
            has_looked_back: false,
            seen_commits: u64::MAX,
            asked_at: None,
        };
        let thread = std::thread::Builder::new().name("search-index".to_owned()).spawn(move || follower.run(&hear))?;
        Ok((index, Self { say, is_stopped, thread: Some(thread) }))
    }

    /// Builds the index anew while the present one goes on answering.
    pub fn rebuild(&self) {
        // If the thread has ended there is nothing left to build for.
        drop(self.say.send(Word::Rebuild));
    }

    /// Ends following. What was read is committed; what was not is read at the next start.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.is_stopped.store(true, Ordering::Relaxed);
        drop(self.say.send(Word::Stop));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

impl Drop for Indexer {
    fn drop(&mut self) {
        self.end();
    }
}

/// The generation in a folder and how far it goes; none if it cannot be read.
fn open(path: &Path) -> Option<(Generation, Progress)> {
    let generation = Generation::open(path).map_err(|error| tracing::warn!(%error, "the search index cannot be read; building it anew")).ok()?;
    let progress = serde_json::from_str(&generation.payload().ok()??).ok()?;
    Some((generation, progress))
}

struct Follower {
    origin: Origin,
    index: Arc<Index>,
    folder: Folder,
    /// The writer of the present generation; none as long as there is none that can be written.
    following: Option<(Writer, Progress)>,
    say: Sender<Word>,
    builder: Option<JoinHandle<()>>,
    build_after: Instant,
    /// Whether it was looked up that the feed still has what was not read.
    has_looked_back: bool,
    seen_commits: u64,
    asked_at: Option<Instant>,
}

impl Follower {
    fn run(mut self, hear: &Receiver<Word>) {
        let mut wants_build = self.following.is_none();
        loop {
            wants_build |= self.look_back();
            wants_build |= self.folder.is_rebuild_asked();
            if wants_build && self.builder.is_none() && Instant::now() >= self.build_after {
                wants_build = !self.begin_building();
            }
            match hear.recv_timeout(Duration::from_millis(LOOK_MS)) {
                Ok(Word::Stop) | Err(RecvTimeoutError::Disconnected) => {
                    if let Some(builder) = self.builder.take() {
                        drop(builder.join());
                    }
                    return;
                }
                Ok(Word::Rebuild) => wants_build = true,
                Ok(Word::Built(built)) => {
                    self.builder = None;
                    if let Err(error) = built.and_then(|built| self.take_over(*built)) {
                        tracing::error!(%error, "the search index could not be built; trying again");
                        self.build_after = Instant::now() + Duration::from_secs(AGAIN_SECONDS);
                        wants_build = true;
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
            match self.follow() {
                Ok(is_outgrown) => wants_build |= is_outgrown && self.builder.is_none(),
                Err(error) => tracing::error!(%error, "the search index could not take up a change; trying again"),
            }
        }
    }

    /// Whether the index must be built anew because it has missed something; asked once, as soon as the database answers.
    fn look_back(&mut self) -> bool {
        if self.has_looked_back {
            return false;
        }
        match self.has_missed() {
            Ok(has_missed) => {
                self.has_looked_back = true;
                has_missed
            }
            Err(error) => {
                tracing::warn!(%error, "the search cannot ask for changes yet");
                false
            }
        }
    }

    /// Whether changes were forgotten that the index has not read, or the database is another one.
    fn has_missed(&self) -> Result<bool, DbError> {
        let Some((_, progress)) = &self.following else { return Ok(false) };
        let (ends, now) = self.origin.db.read_blocking::<_, DbError>(Scope::Installation, |tx| Ok((changes::ends(tx)?, tx.now()?)))?;
        let is_old = now.millis() - progress.read_at > (KEPT_DAYS - 1) * 86_400_000;
        Ok(match ends {
            Some((oldest, newest)) => newest < progress.place || (oldest > progress.place && is_old),
            None => progress.place > 0 && !is_old,
        })
    }

    /// Starts the thread that builds. False if there is none to be had.
    fn begin_building(&mut self) -> bool {
        let (origin, folder, say) = (self.origin.clone(), self.folder.clone(), self.say.clone());
        let thread = std::thread::Builder::new().name("search-build".to_owned()).spawn(move || {
            let built = folder.fresh().map_err(FollowError::from).and_then(|path| build(&origin, path)).map(Box::new);
            // Whoever would hear it has ended; the next start builds again.
            drop(say.send(Word::Built(built)));
        });
        self.builder = thread.ok();
        self.builder.is_some()
    }

    /// Brings a new generation to the present and lets it answer.
    fn take_over(&mut self, built: Built) -> Result<(), FollowError> {
        let Built { path, generation, mut progress } = built;
        let generation = Arc::new(generation);
        let mut writer = Writer::new(Arc::clone(&generation))?;
        while take_up(&self.origin, &mut writer, &mut progress)? {}
        // The old writer ends first: its folder is about to go.
        self.following = None;
        self.folder.set_current(&path)?;
        self.folder.rebuild_done()?;
        self.index.replace(generation);
        self.following = Some((writer, progress));
        tracing::info!(things = self.index.len(), "the search index was built anew");
        Ok(())
    }

    /// Takes up changes, if it is time to look for some. Whether the vocabulary is out of date.
    fn follow(&mut self) -> Result<bool, FollowError> {
        let commits = changes::commits();
        let is_time = self.asked_at.is_none_or(|asked| asked.elapsed().as_millis() >= ASK_MS);
        let Some((writer, progress)) = &mut self.following else { return Ok(false) };
        if commits == self.seen_commits && !is_time {
            return Ok(false);
        }
        let before = progress.place;
        while take_up(&self.origin, writer, progress)? {}
        // A change that has not settled yet is asked for again soon.
        if progress.place != before || is_time {
            self.seen_commits = commits;
        }
        self.asked_at = Some(Instant::now());
        Ok(progress.is_outgrown())
    }
}

/// Takes up the next changes and commits them. Whether there may be more.
fn take_up(origin: &Origin, writer: &mut Writer, progress: &mut Progress) -> Result<bool, FollowError> {
    let after = progress.place;
    let (found, now) = origin.db.read_blocking::<_, DbError>(Scope::Installation, move |tx| Ok((changes::list_after(tx, after, CHANGES)?, tx.now()?)))?;
    let Some(last) = found.last().map(|change| change.id) else { return Ok(false) };
    let mut things: BTreeMap<(i64, &'static str), (Source, BTreeSet<i64>)> = BTreeMap::new();
    for Change { site, kind, object_id, .. } in &found {
        if let Some(source) = origin.sources.iter().find(|source| source.kind == kind) {
            things.entry((site.get(), source.kind)).or_insert_with(|| (*source, BTreeSet::new())).1.insert(*object_id);
        }
    }
    for ((site, kind), (source, ids)) in things {
        let site = Id::new(site);
        let ids: Vec<i64> = ids.into_iter().collect();
        for some in ids.chunks(LOADED) {
            let documents = origin.load(site, source, some)?;
            for gone in some.iter().filter(|id| documents.iter().all(|document| document.object_id != **id)) {
                writer.remove(site, kind, *gone);
            }
            for document in &documents {
                progress.added_bytes += bytes_of(document);
                writer.put(site, document)?;
            }
        }
    }
    (progress.place, progress.read_at) = (last, now.millis());
    writer.commit(&progress.to_text())?;
    Ok(i64::try_from(found.len()).unwrap_or(i64::MAX) == CHANGES)
}

fn bytes_of(document: &Document) -> u64 {
    document.pages.iter().chain([&document.title]).map(|text| text.len() as u64).sum()
}

impl Origin {
    fn load(&self, site: Id<Site>, source: Source, ids: &[i64]) -> Result<Vec<Document>, DbError> {
        let ids = ids.to_vec();
        let mut documents = self.db.read_blocking::<_, DbError>(site, move |tx| (source.load)(tx, &ids))?;
        documents.iter_mut().for_each(|document| (self.enrich)(site, document));
        Ok(documents)
    }

    /// The numbers of all things of all sites and kinds.
    fn all(&self) -> Result<Vec<Things>, DbError> {
        let sites = self.db.read_blocking::<_, DbError>(Scope::Installation, sites::list)?;
        let mut all = Vec::new();
        for site in sites.iter().map(|site| site.id) {
            for source in self.sources.iter().copied() {
                let mut ids: Vec<i64> = Vec::new();
                loop {
                    let after = ids.last().copied().unwrap_or(0);
                    let some = self.db.read_blocking::<_, DbError>(site, move |tx| (source.list_after)(tx, after, 5_000))?;
                    if some.is_empty() {
                        break;
                    }
                    ids.extend(some);
                }
                all.push((site, source, ids));
            }
        }
        Ok(all)
    }

    /// A vocabulary learnt from things spread over all of them.
    fn learn(&self, all: &[Things]) -> Result<Vocabulary, DbError> {
        let mut learner = Learner::default();
        let share = LEARNT_BYTES / all.len().max(1);
        // What one kind leaves of its share is the next one's; kinds with much text come to their part in any case.
        let mut allowed = 0;
        for (site, source, ids) in all {
            allowed += share;
            let step = ids.len().div_ceil(LEARNT_THINGS).max(1);
            let chosen: Vec<i64> = ids.iter().copied().step_by(step).collect();
            for some in chosen.chunks(LOADED) {
                if learner.bytes() >= allowed {
                    break;
                }
                let (source, some) = (*source, some.to_vec());
                let documents = self.db.read_blocking::<_, DbError>(*site, move |tx| (source.load)(tx, &some))?;
                documents.iter().for_each(|document| learn_from(&mut learner, document));
            }
        }
        Ok(learner.finish(&Stemmer::default()))
    }
}

/// Builds a generation of everything. Changes from the beginning of the building on are taken up later.
fn build(origin: &Origin, path: PathBuf) -> Result<Built, FollowError> {
    let (ends, now) = origin.db.read_blocking::<_, DbError>(Scope::Installation, |tx| Ok((changes::ends(tx)?, tx.now()?)))?;
    let mut progress = Progress { place: ends.map_or(0, |(_, newest)| newest), read_at: now.millis(), ..Progress::default() };
    let all = origin.all()?;
    let generation = Arc::new(Generation::create(Some(&path), origin.learn(&all)?)?);
    let mut writer = Writer::for_building(Arc::clone(&generation))?;
    for (site, source, ids) in &all {
        for some in ids.chunks(LOADED) {
            if origin.is_stopped.load(Ordering::Relaxed) {
                return Err(FollowError::Stopped);
            }
            for document in &origin.load(*site, *source, some)? {
                progress.built_bytes += bytes_of(document);
                writer.add(*site, document)?;
            }
        }
    }
    writer.commit(&progress.to_text())?;
    writer.finish()?;
    drop(generation);
    Ok(Built { generation: Generation::open(&path)?, path, progress })
}
