//! Who subscribes to what, and what everybody should hear: found out without the room's code and without `Search::matching`.
//!
//! A search finds what [`Index::find`] finds among the documents of the recording, which lie in the same index below sites of their
//! own, one for each moment. Beside that stands what needs no index: whole words, committees, papers and distances.

use crate::city::{Batch, City};
use allmende_core::{Id, Instant, Site};
use allmende_platform::search::{Document, Near, Point, Query, Search as _};
use allmende_platform::web::routes::encode;
use allmende_search_index::Index;
use allmende_subscriptions::rules::{Frequency, Target};
use anyhow::{Result, ensure};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The first of the sites below which the moments of the recording lie.
const MOMENTS: i64 = 1_000;
/// Hits of one page of the index.
const PAGE: usize = 100;
/// As the room has it: days for which a file is held against subscriptions, and days after which it is not new.
const NEWS_DAYS: i64 = 7;
const FRESH_DAYS: i64 = 30;

/// Numbers that look drawn and are the same every time.
pub struct Draw(pub u64);

impl Draw {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(bound.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    fn of<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.below(list.len())]
    }
}

/// What can be wanted.
pub struct Want {
    /// As the room is told.
    pub target: Target,
    /// As the index is asked, for a search or a place.
    query: Option<Query>,
    /// The one word of a search that is nothing but a word.
    word: Option<String>,
    committee: Option<String>,
}

/// One subscription.
pub struct Wish {
    pub reader: usize,
    /// Its place among the wants.
    pub want: usize,
    pub frequency: Frequency,
    pub hour: i64,
    pub weekday: i64,
}

/// All subscriptions, and everything that is wanted, each once.
pub struct Plan {
    pub wants: Vec<Want>,
    pub wishes: Vec<Wish>,
}

impl Plan {
    /// Draws up to three subscriptions for each reader.
    pub fn draw(city: &City, subscribers: usize) -> Result<Self> {
        let titles: Vec<Vec<String>> = city.before.iter().filter(|document| document.kind == "paper").map(|paper| words(&paper.title)).collect();
        let titles: Vec<&Vec<String>> = titles.iter().filter(|title| title.len() > 1).collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        titles.iter().flat_map(|title| title.iter()).for_each(|word| *counts.entry(word).or_default() += 1);
        let vocabulary: Vec<&str> = counts.iter().filter(|(_, count)| (3..400).contains(*count)).map(|(word, _)| *word).collect();
        let papers: Vec<i64> = city
            .batches
            .iter()
            .flat_map(|batch| &batch.objects)
            .chain(city.before.iter().rev().take(4_000))
            .filter(|document| document.kind == "paper")
            .map(|paper| paper.object_id)
            .collect();
        let (mut draw, mut plan, mut places) = (Draw(11), Self { wants: Vec::new(), wishes: Vec::new() }, HashMap::new());
        for reader in 0..subscribers {
            let mut own = HashSet::new();
            for _ in 0..=draw.below(3) {
                let want = want(&mut draw, city, &titles, &vocabulary, &papers)?;
                let place = *places.entry(want.target.text()).or_insert(plan.wants.len());
                if place == plan.wants.len() {
                    plan.wants.push(want);
                }
                let (frequency, hour, weekday) = (Frequency::ALL[draw.below(3)], draw.below(24), draw.below(7) + 1);
                if own.insert(place) {
                    plan.wishes.push(Wish { reader, want: place, frequency, hour: i64::try_from(hour)?, weekday: i64::try_from(weekday)? });
                }
            }
        }
        Ok(plan)
    }
}

fn want(draw: &mut Draw, city: &City, titles: &[&Vec<String>], vocabulary: &[&str], papers: &[i64]) -> Result<Want> {
    let word = (*draw.of(vocabulary)).to_owned();
    let title = *draw.of(titles);
    let (id, committee) = draw.of(&city.committees).clone();
    let point = draw.of(&city.districts).1;
    let near = Near { point, radius_m: [300, 500, 1_000, 2_000][draw.below(4)] };
    let search = |words: String, query: Query, filter: String| -> Result<Want> {
        let target = Target::parse(&format!("suche={}", encode(&format!("q={}{filter}", encode(&words)))))?;
        let word = (filter.is_empty() && !words.contains([' ', '"', '-'])).then(|| words.clone());
        Ok(Want { target, query: Some(Query { words, ..query }), word, committee: None })
    };
    let bare = |target: Target| Want { target, query: None, word: None, committee: None };
    match draw.below(20) {
        0..=4 => search(word, Query::default(), String::new()),
        5..=6 => search(format!("{} {}", title[0], title[1]), Query::default(), String::new()),
        7 => search(format!("\"{} {}\"", title[0], title[1]), Query::default(), String::new()),
        8 => search(format!("{word} -{}", title[0]), Query::default(), String::new()),
        9 => search(word, Query { kinds: vec!["file".to_owned()], ..Query::default() }, "&art=datei".to_owned()),
        10 => search(word, Query { committees: vec![committee.clone()], ..Query::default() }, format!("&gremium={}", encode(&committee))),
        11 => search(word, Query { near: Some(near), ..Query::default() }, format!("&{}", around(near))),
        12..=13 => Ok(Want { committee: Some(committee), ..bare(Target::Committee(id)) }),
        14..=16 => Ok(bare(Target::Paper(*draw.of(papers)))),
        _ => Ok(Want { query: Some(Query { near: Some(near), ..Query::default() }), ..bare(Target::parse(&around(near))?) }),
    }
}

fn around(near: Near) -> String {
    format!("naehe={:.3},{:.3}&umkreis={}", near.point.latitude, near.point.longitude, near.radius_m)
}

/// The longer words of a title in small letters, without umlauts so that every way of writing them is the same.
fn words(title: &str) -> Vec<String> {
    let fits = |word: &&str| word.chars().count() > 4 && word.chars().all(|letter| letter.is_ascii_alphabetic());
    title.split_whitespace().filter(fits).map(str::to_lowercase).collect()
}

/// The moments of the recording: before and after the texts of each batch are read.
pub fn moments(batches: &[Batch]) -> impl Iterator<Item = (Id<Site>, &Document)> {
    batches.iter().zip(0_i64..).flat_map(|(batch, number)| {
        let came = batch.objects.iter().chain(&batch.files).map(move |document| (site(number, false), document));
        came.chain(batch.read.iter().map(move |document| (site(number, true), document)))
    })
}

fn site(batch: i64, is_read: bool) -> Id<Site> {
    Id::new(MOMENTS + 2 * batch + i64::from(is_read))
}

/// A document at a moment.
type Place = (i64, String, i64);

/// Something that somebody is told: the want, kind and number of the thing, and the moment that makes it one piece of news.
pub type Told = HashSet<(usize, String, i64, i64)>;

/// What was found out.
pub struct Expected {
    pub told: Told,
    /// Whole words that were found, and all hits of searches that are one word.
    pub whole_words: usize,
    pub word_hits: usize,
}

/// Everything that each want should be told.
///
/// # Errors
/// If the index misses a whole word, or says of a place what its distance does not.
pub fn expected(plan: &Plan, city: &City, index: &Index) -> Result<Expected> {
    let mut out = Expected { told: Told::new(), whole_words: 0, word_hits: 0 };
    let old = old_files(city);
    let texts: Vec<(Id<Site>, &Document, HashSet<String>)> = moments(&city.batches).map(|(site, document)| (site, document, words_of(document))).collect();
    let mut by_word: HashMap<&str, Vec<usize>> = HashMap::new();
    for (position, (.., words)) in texts.iter().enumerate() {
        words.iter().for_each(|word| by_word.entry(word).or_default().push(position));
    }
    for (number, want) in plan.wants.iter().enumerate() {
        let found = match &want.query {
            Some(query) => find(index, query, city.batches.len())?,
            None => HashSet::new(),
        };
        if let Some(word) = &want.word {
            for (site, document, _) in by_word.get(word.as_str()).into_iter().flatten().map(|position| &texts[*position]) {
                ensure!(found.contains(&place(*site, document)), "the index does not find the word {word} in {} {}", document.kind, document.object_id);
                out.whole_words += 1;
            }
            out.word_hits += found.len();
        }
        let wants = |site: Id<Site>, document: &Document| match &want.target {
            Target::Search(_) => found.contains(&place(site, document)),
            Target::Place(near) => near_one(*near, document),
            Target::Committee(_) => want.committee.as_ref().is_some_and(|name| document.committees.contains(name)),
            Target::Paper(id) => {
                document.part_of.as_ref().map_or(document.kind == "paper" && document.object_id == *id, |whole| whole.path == format!("/paper/{id}"))
            }
            Target::Thread { .. } => false,
        };
        if let Target::Place(near) = &want.target {
            let differs = texts.iter().find(|(site, document, _)| found.contains(&place(*site, document)) != near_one(*near, document));
            ensure!(differs.is_none(), "a place: {:?}", differs.map(|(_, document, _)| &document.path));
        }
        tell(number, city, &old, &mut out.told, wants);
    }
    Ok(out)
}

fn place(site: Id<Site>, document: &Document) -> Place {
    (site.get(), document.kind.to_owned(), document.object_id)
}

/// Files that were news before anybody subscribed: nobody hears of them any more.
fn old_files(city: &City) -> HashSet<i64> {
    let fresh = city.start().plus_seconds(-FRESH_DAYS * 86_400);
    let files = city.before.iter().filter(|document| document.kind == "file" && document.happened_at.is_some_and(|at| at >= fresh));
    files.map(|file| file.object_id).collect()
}

/// What is news at which moment, and of that what is wanted.
fn tell(want: usize, city: &City, old: &HashSet<i64>, told: &mut Told, wants: impl Fn(Id<Site>, &Document) -> bool) {
    let mut files: HashMap<i64, Instant> = HashMap::new();
    for (batch, number) in city.batches.iter().zip(0_i64..) {
        let wanted = batch.objects.iter().filter(|object| wants(site(number, false), object));
        told.extend(wanted.map(|object| (want, object.kind.to_owned(), object.object_id, batch.now.millis())));
        for (is_read, files_now) in [(false, &batch.files), (true, &batch.read)] {
            for file in files_now.iter().filter(|file| !old.contains(&file.object_id)) {
                if file.happened_at.is_some_and(|at| at < batch.now.plus_seconds(-FRESH_DAYS * 86_400)) {
                    continue;
                }
                let since = *files.entry(file.object_id).or_insert(batch.now);
                if since >= batch.now.plus_seconds(-NEWS_DAYS * 86_400) && wants(site(number, is_read), file) {
                    told.insert((want, "file".to_owned(), file.object_id, since.millis()));
                }
            }
        }
    }
}

/// Everything that a query finds in the recording, at all of its moments.
fn find(index: &Index, query: &Query, batches: usize) -> Result<HashSet<Place>> {
    let sites: Vec<Id<Site>> = (0..i64::try_from(batches)?).flat_map(|number| [site(number, false), site(number, true)]).collect();
    let mut places = HashSet::new();
    for offset in (0..).step_by(PAGE) {
        let found = index.find(&sites, &Query { offset, limit: PAGE, ..query.clone() })?;
        ensure!(found.total <= 10_000, "{} finds more than can be listed", query.words);
        if found.words_left_out > 0 || found.hits.is_empty() {
            break;
        }
        places.extend(found.hits.into_iter().map(|hit| (hit.site.get(), hit.kind, hit.object_id)));
        if u64::try_from(places.len())? >= found.total {
            break;
        }
    }
    Ok(places)
}

/// The words of a document in small letters with umlauts written out; a word that a line's end parts is one.
fn words_of(document: &Document) -> HashSet<String> {
    let lines = format!("{} {}", document.title, document.pages.join(" "));
    let mut text = String::with_capacity(lines.len());
    for piece in lines.split_inclusive("-\n") {
        let goes_on = text.ends_with("-\n") && piece.starts_with(char::is_lowercase);
        text.truncate(text.len() - if goes_on { 2 } else { 0 });
        text.push_str(piece);
    }
    let text = text.to_lowercase();
    let plain = |word: &str| word.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss");
    text.split(|letter: char| !letter.is_alphanumeric()).map(plain).collect()
}

fn near_one(near: Near, document: &Document) -> bool {
    document.points.iter().any(|point| distance_m(near.point, *point) <= f64::from(near.radius_m))
}

/// Flat, as far as a town is flat.
fn distance_m(one: Point, other: Point) -> f64 {
    let dy = (one.latitude - other.latitude) * 111_195.0;
    let dx = (one.longitude - other.longitude) * 111_195.0 * one.latitude.to_radians().cos();
    dx.hypot(dy)
}
