//! From the change feed to news and from news to subscriptions: each change is read once, each match is kept once.
//!
//! A follower of the feed. A step takes the next changes of one site, loads what is public of them now, finds what is news
//! ([`crate::news`]) and whose it is, and keeps news, matches and its place in the feed in one transaction. Several nodes may step
//! at the same time: whoever comes second finds the place moved and leaves it at that. The search is asked outside of any
//! transaction; as long as it cannot answer, the changes wait. A file is public before its text is read: as long as the file is
//! news, each change of it is held against the subscriptions again. Start at [`step`].

use crate::address;
use crate::news::{self, News, WITHDRAWN};
use crate::rules::Target;
use crate::store::news as rows;
use crate::store::subscriptions::{self, Open};
use crate::store::thread::{self, Thing};
use allmende_core::{Id, Instant, Site, fold};
use allmende_db::{Db, DbError, Scope, Tx};
use allmende_platform::app::Ports;
use allmende_platform::changes::Change;
use allmende_platform::search::{Document, Query, SearchError};
use allmende_platform::{follow, sites};
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The name of this reader of the feed.
const READER: &str = "subscriptions";

/// What goes wrong in a step.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The search; the step is done again later.
    #[error(transparent)]
    Search(#[from] SearchError),
}

/// What a step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Step {
    /// Changes that were read; none at the end of the feed.
    pub changes: usize,
    /// Pieces of news among them.
    pub news: usize,
    /// Matches that were kept.
    pub matches: u64,
}

/// Reads the next changes and keeps what follows from them.
///
/// # Errors
/// [`StepError`]; nothing was kept then.
pub fn step(db: &Db, ports: &Ports) -> Result<Step, StepError> {
    let Some(batch) = follow::next(db, READER)? else { return Ok(Step::default()) };
    let (site, changes) = (batch.site, batch.changes.len());
    let sites = db.read_blocking::<_, DbError>(Scope::Installation, sites::list)?;
    let zone = sites.into_iter().find(|settings| settings.id == site).map_or(TimeZone::UTC, |settings| settings.zone);
    let (sources, list) = (ports.clone(), batch.changes.clone());
    let mut read = db.read_blocking::<_, DbError>(site, move |tx| read(tx, &sources, &list))?;
    let matched = read.matched(ports, site, &zone)?;
    let (news, open, silent) = (read.news, read.open, read.silent);
    let kept = batch.finish::<_, DbError>(db, move |tx, _| {
        for (kind, ids) in &silent {
            rows::silence(tx, kind, ids)?;
        }
        keep(tx, &news, &open, &matched, &zone)
    })?;
    let (news, matches) = kept.unwrap_or_default();
    Ok(Step { changes, news, matches })
}

/// What was read of a batch.
struct Read {
    documents: Vec<Document>,
    news: Vec<News>,
    /// For each piece of news the things whose followers hear of it: itself and everything that led to it.
    above: Vec<Vec<Thing>>,
    open: Vec<Open>,
    committees: HashMap<i64, String>,
    /// Things that have a source and are public no longer.
    silent: BTreeMap<String, Vec<i64>>,
}

fn read(tx: &mut Tx<'_>, ports: &Ports, batch: &[Change]) -> Result<Read, DbError> {
    let now = tx.now()?;
    let mut changed: BTreeMap<&str, BTreeSet<i64>> = BTreeMap::new();
    for change in batch {
        changed.entry(&change.kind).or_default().insert(change.object_id);
    }
    let since = now.plus_seconds(-news::EVENT_DAYS * 86_400);
    let (mut documents, mut found, mut silent) = (Vec::new(), Vec::new(), BTreeMap::new());
    for (kind, ids) in changed {
        let ids: Vec<i64> = ids.into_iter().collect();
        let source = ports.sources.iter().find(|source| source.kind == kind);
        let first = documents.len();
        if let Some(source) = source {
            documents.extend((source.load)(tx, &ids)?);
            let public: HashSet<i64> = documents.iter().skip(first).map(|document: &Document| document.object_id).collect();
            silent.insert(kind.to_owned(), ids.iter().copied().filter(|id| !public.contains(id)).collect::<Vec<i64>>());
        }
        let known = rows::known(tx, kind, &ids)?;
        let own: HashMap<i64, usize> = documents.iter().enumerate().skip(first).map(|(position, document)| (document.object_id, position)).collect();
        for event in thread::events(tx, kind, &ids, since)? {
            let document = own.get(&event.object_id).and_then(|position| Some((*position, documents.get(*position)?)));
            let news = news::of_event(&event, document, source.is_some()).filter(|news| !known.contains_key(&news.key));
            found.extend(news.map(|news| (news, Some(event.node))));
            if !event.is_public && event.happening == WITHDRAWN {
                silent.entry(kind.to_owned()).or_default().push(event.object_id);
            }
        }
        if kind == "file" {
            for (position, document) in documents.iter().enumerate().skip(first) {
                let has_lately = document.happened_at.is_none() && whole_of(tx, document, since)?.is_some_and(|(_, lately)| lately);
                let news = news::of_file(position, document, has_lately, now);
                found.extend(news.and_then(|news| news.told_since(known.get(&news.key).copied(), since)).map(|news| (news, None)));
            }
        }
    }
    let above = above(tx, &documents, &found, since)?;
    let open = if found.is_empty() { Vec::new() } else { subscriptions::list_open(tx)? };
    let followed: Vec<i64> = open.iter().filter_map(|open| if let Target::Committee(id) = open.target { Some(id) } else { None }).collect();
    let committees = if followed.is_empty() { HashMap::new() } else { thread::titles(tx, "organization", &followed)? };
    let news = found.into_iter().map(|(news, _)| news).collect();
    Ok(Read { documents, news, above, open, committees, silent })
}

fn whole_of(tx: &mut Tx<'_>, document: &Document, since: Instant) -> Result<Option<(i64, bool)>, DbError> {
    match &document.part_of {
        Some(whole) => thread::find_by_path(tx, &whole.path, since),
        None => Ok(None),
    }
}

/// The things above each piece of news: by the links of the thread, and what it is a part of.
fn above(tx: &mut Tx<'_>, documents: &[Document], found: &[(News, Option<i64>)], since: Instant) -> Result<Vec<Vec<Thing>>, DbError> {
    let mut starts = Vec::with_capacity(found.len());
    for (news, node) in found {
        let whole = match news.document.and_then(|position| documents.get(position)) {
            Some(document) => whole_of(tx, document, since)?.map(|(node, _)| node),
            None => None,
        };
        starts.push(node.iter().copied().chain(whole).collect::<Vec<i64>>());
    }
    let all: Vec<i64> = starts.iter().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let things = thread::above(tx, &all)?;
    let of = |nodes: &Vec<i64>| nodes.iter().filter_map(|node| things.get(node)).flatten().cloned().collect();
    Ok(starts.iter().map(of).collect())
}

impl Read {
    /// For each piece of news the subscriptions that it is for, by their positions, each once.
    fn matched(&mut self, ports: &Ports, site: Id<Site>, zone: &TimeZone) -> Result<Vec<Vec<usize>>, SearchError> {
        let mut matched: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); self.news.len()];
        self.by_key(&mut matched);
        self.by_search(ports, site, zone, &mut matched)?;
        let counts = |news: &News, position: &usize| self.open.get(*position).is_some_and(|open| news.happened_at >= open.confirmed_at);
        let chosen = |(news, positions): (&News, BTreeSet<usize>)| positions.into_iter().filter(|position| counts(news, position)).collect();
        Ok(self.news.iter().zip(matched).map(chosen).collect())
    }

    fn by_key(&self, matched: &mut [BTreeSet<usize>]) {
        let mut by_thing: HashMap<(&str, i64), Vec<usize>> = HashMap::new();
        let mut by_committee: HashMap<String, Vec<usize>> = HashMap::new();
        for (position, open) in self.open.iter().enumerate() {
            if let Some(thing) = open.target.node() {
                by_thing.entry(thing).or_default().push(position);
            }
            if let Target::Committee(id) = open.target
                && let Some(name) = self.committees.get(&id)
            {
                by_committee.entry(fold::fold(name)).or_default().push(position);
            }
        }
        for (position, news) in self.news.iter().enumerate() {
            let Some(own) = matched.get_mut(position) else { continue };
            for (kind, id) in self.above.get(position).into_iter().flatten() {
                own.extend(by_thing.get(&(kind.as_str(), *id)).into_iter().flatten());
            }
            for name in news.document.and_then(|document| self.documents.get(document)).map_or(&[][..], |document| &document.committees) {
                own.extend(by_committee.get(&fold::fold(name)).into_iter().flatten());
            }
        }
    }

    /// Asks the search. The documents go there and are gone afterwards.
    fn by_search(&mut self, ports: &Ports, site: Id<Site>, zone: &TimeZone, matched: &mut [BTreeSet<usize>]) -> Result<(), SearchError> {
        let mut places: HashMap<String, usize> = HashMap::new();
        let (mut queries, mut askers): (Vec<Query>, Vec<Vec<usize>>) = (Vec::new(), Vec::new());
        for (position, open) in self.open.iter().enumerate() {
            let query = match &open.target {
                Target::Search(text) => address::query(text, zone),
                Target::Place(near) => Query { near: Some(*near), ..Query::default() },
                Target::Committee(_) | Target::Paper(_) | Target::Thread { .. } => continue,
            };
            let place = *places.entry(open.target.text()).or_insert(queries.len());
            if place == queries.len() {
                queries.push(query);
                askers.push(Vec::new());
            }
            if let Some(askers) = askers.get_mut(place) {
                askers.push(position);
            }
        }
        let mut told: HashMap<usize, Vec<usize>> = HashMap::new();
        for (position, news) in self.news.iter().enumerate() {
            if let Some(document) = news.document {
                told.entry(document).or_default().push(position);
            }
        }
        if queries.is_empty() || told.is_empty() {
            return Ok(());
        }
        // Only documents that are news are put to the search, with all that the search would know of them.
        let (asked, mut documents): (Vec<usize>, Vec<Document>) =
            std::mem::take(&mut self.documents).into_iter().enumerate().filter(|(position, _)| told.contains_key(position)).unzip();
        documents.iter_mut().for_each(|document| (ports.enrich)(site, document));
        for (found, askers) in ports.search.matching(site, &documents, &queries)?.into_iter().zip(askers) {
            let news = found.into_iter().filter_map(|index| told.get(asked.get(index)?)).flatten();
            for position in news {
                if let Some(own) = matched.get_mut(*position) {
                    own.extend(askers.iter().copied());
                }
            }
        }
        Ok(())
    }
}

/// Keeps news and matches; returns how many of both were new. A statement costs more than a row: when mails go out is set for all
/// news of a step together.
fn keep(tx: &mut Tx<'_>, news: &[News], open: &[Open], matched: &[Vec<usize>], zone: &TimeZone) -> Result<(usize, u64), DbError> {
    let now = tx.now()?;
    let mut moments: HashMap<_, Option<Instant>> = HashMap::new();
    let mut by_moment: BTreeMap<Instant, BTreeSet<i64>> = BTreeMap::new();
    let mut counts = (0, 0);
    for (news, positions) in news.iter().zip(matched) {
        let (item, is_new) = rows::keep(tx, news)?;
        counts.0 += usize::from(is_new);
        let (mut by_mail, mut by_feed) = (Vec::new(), Vec::new());
        for open in positions.iter().filter_map(|position| open.get(*position)) {
            match *moments.entry((open.frequency, open.schedule)).or_insert_with(|| open.schedule.due(open.frequency, now, zone)) {
                Some(due) => {
                    by_mail.push(open.id);
                    by_moment.entry(due).or_default().insert(open.id);
                }
                None => by_feed.push(open.id),
            }
        }
        counts.1 += rows::tell_by_mail(tx, item, &by_mail)? + rows::tell_by_feed(tx, item, &by_feed)?;
    }
    for (due, subscriptions) in by_moment {
        rows::set_due(tx, &subscriptions.into_iter().collect::<Vec<_>>(), due)?;
    }
    Ok(counts)
}
