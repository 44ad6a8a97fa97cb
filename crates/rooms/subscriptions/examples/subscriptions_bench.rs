//! Ten thousand subscribers and a real council's updates: `subscriptions_bench FOLDER [SUBSCRIBERS]`, with Karlsruhe's recording unpacked.
//!
//! Follows each of the 38 update batches, measures what following costs, and holds every match against [`wants`], which finds out in
//! its own way; then lets all mails go out and holds that each thing was told to each reader once. Prints tables in Markdown, for
//! SQLite and for the PostgreSQL server of `ALLMENDE_TEST_POSTGRES`. Districts lie at invented points; the search compares whole words.

#![allow(clippy::print_stdout, reason = "it is a command")]

use allmende_core::{Actor, Id, Instant, Language, Site, fold};
use allmende_db::{Clock, Db, DbError, Options, Scope, Target as Engine, Tx, migrate, schema::MIGRATIONS, sql};
use allmende_platform::app::Ports;
use allmende_platform::changes;
use allmende_platform::search::{Document, Found, Hit, Named, Point, Query, Search, SearchError, Source, Suggestion};
use allmende_platform::sites::{self, NewSite, SiteKind};
use allmende_platform::texts::Texts;
use allmende_platform::thread::{self, NodeData, Step};
use allmende_subscriptions::rules::{Frequency, Schedule, Target};
use allmende_subscriptions::store::{readers, subscriptions};
use allmende_subscriptions::{digest, matching};
use allmende_testing::Server;
use anyhow::{Context, Result, ensure};
use jiff::tz::TimeZone;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

type Key = (&'static str, i64);

static DOCUMENTS: OnceLock<Mutex<HashMap<Key, Document>>> = OnceLock::new();

fn documents<T>(f: impl FnOnce(&mut HashMap<Key, Document>) -> T) -> T {
    f(&mut DOCUMENTS.get_or_init(Mutex::default).lock().unwrap_or_else(std::sync::PoisonError::into_inner))
}

macro_rules! source {
    ($kind:literal) => {{
        fn load(_: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Document>, DbError> {
            Ok(documents(|known| ids.iter().filter_map(|id| known.get(&($kind, *id)).cloned()).collect()))
        }
        Source { kind: $kind, load, list_after: |_, _, _| Ok(Vec::new()) }
    }};
}

/// Whole words, and points within a radius.
struct WordSearch;

impl Search for WordSearch {
    fn find(&self, _: &[Id<Site>], _: &Query) -> Result<Found, SearchError> {
        Ok(Found::default())
    }
    fn suggest(&self, _: &[Id<Site>], _: &str, _: usize) -> Result<Vec<Suggestion>, SearchError> {
        Ok(Vec::new())
    }
    fn similar(&self, _: Id<Site>, _: &str, _: i64, _: usize) -> Result<Vec<Hit>, SearchError> {
        Ok(Vec::new())
    }
    fn matching(&self, _: Id<Site>, documents: &[Document], queries: &[Query]) -> Result<Vec<Vec<usize>>, SearchError> {
        let mut words: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, document) in documents.iter().enumerate() {
            let text = fold::fold(&format!("{} {}", document.title, document.pages.join(" ")));
            let own: HashSet<&str> = text.split(|letter: char| !letter.is_alphanumeric()).collect();
            own.into_iter().for_each(|word| words.entry(word.to_owned()).or_default().push(index));
        }
        let of = |query: &Query| match query.near {
            Some(near) => {
                let within = |document: &Document| document.points.iter().any(|point| distance_m(*point, near.point) <= f64::from(near.radius_m));
                (0..documents.len()).filter(|index| within(&documents[*index])).collect()
            }
            None => words.get(&fold::fold(&query.words)).cloned().unwrap_or_default(),
        };
        Ok(queries.iter().map(of).collect())
    }
}

/// Flat, as far as a town is flat.
fn distance_m(one: Point, other: Point) -> f64 {
    let dy = (one.latitude - other.latitude) * 111_195.0;
    let dx = (one.longitude - other.longitude) * 111_195.0 * one.latitude.to_radians().cos();
    dx.hypot(dy)
}

/// Numbers that look drawn and are the same every time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(bound.max(1)).unwrap_or(1)).unwrap_or(0)
    }
}

/// The recording as this bench needs it.
struct City {
    committees: Vec<(i64, String)>,
    by_url: HashMap<String, String>,
    texts: HashMap<String, Vec<String>>,
    districts: Vec<(String, Point)>,
    base: Vec<Value>,
    batches: Vec<(String, Vec<Value>)>,
}

fn lines(path: &Path) -> Result<Vec<Value>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Ok(text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

fn text_of(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The number at the end of an address.
fn number(url: &Value) -> i64 {
    url.as_str().and_then(|url| url.rsplit('/').next()).and_then(|number| number.parse().ok()).unwrap_or(0)
}

impl City {
    fn read(folder: &Path) -> Result<Self> {
        let organizations = lines(&folder.join("organizations.ndjson"))?;
        let by_url: HashMap<String, String> = organizations.iter().map(|own| (text_of(&own["id"]), text_of(&own["name"]))).collect();
        let committees = organizations.iter().zip(1_i64..).map(|(own, id)| (id, text_of(&own["name"]))).collect();
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder.join("updates"))?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
        files.sort();
        let mut batches = Vec::new();
        for file in files {
            batches.push((file.file_stem().unwrap_or_default().to_string_lossy().into_owned(), lines(&file)?));
        }
        let wanted: HashSet<String> = batches.iter().flat_map(|(_, objects)| objects).map(|object| text_of(&object["id"])).collect();
        let mut texts: HashMap<String, Vec<String>> = HashMap::new();
        for text in lines(&folder.join("texts-2021-2026.ndjson"))? {
            if wanted.contains(text["owner"].as_str().unwrap_or_default()) {
                texts.entry(text_of(&text["owner"])).or_default().push(text_of(&text["text"]));
            }
        }
        let places: Value = serde_json::from_str(&std::fs::read_to_string(folder.join("paper-stadtteile.json"))?)?;
        let districts = places["districts"].as_array().into_iter().flatten().zip(0_u32..);
        let point = |number: u32| Point { latitude: 49.0 + f64::from(number / 6) * 0.01, longitude: 8.4 + f64::from(number % 6) * 0.015 };
        let districts = districts.map(|(name, number)| (text_of(name), point(number))).collect();
        let base = lines(&folder.join("papers.base-2026-07-18.ndjson"))?;
        Ok(Self { committees, by_url, texts, districts, base, batches })
    }

    fn document(&self, object: &Value) -> Document {
        let is_paper = text_of(&object["type"]).ends_with("Paper");
        let stations = object["consultation"].as_array().into_iter().flatten().flat_map(|station| station["organization"].as_array().into_iter().flatten());
        let own = object["organization"].as_array().into_iter().flatten();
        let committees: BTreeSet<String> = stations.chain(own).filter_map(|url| self.by_url.get(url.as_str()?).cloned()).collect();
        let title = text_of(&object["name"]);
        let pages = self.texts.get(object["id"].as_str().unwrap_or_default()).cloned().unwrap_or_default();
        let named = |district: &&(String, Point)| title.contains(&district.0) || pages.iter().any(|page| page.contains(&district.0));
        let points = self.districts.iter().filter(named).map(|(_, point)| *point).collect();
        let (kind, object_id) = (if is_paper { "paper" } else { "meeting" }, number(&object["id"]));
        Document {
            kind,
            object_id,
            path: format!("/{kind}/{object_id}"),
            title,
            pages,
            committees: committees.into_iter().collect(),
            points,
            ..Document::default()
        }
    }
}

/// One subscription as this bench knows it.
struct Wish {
    id: i64,
    target: Target,
    /// The word, or the committee's name.
    text: String,
}

/// Whether somebody should hear of a thing: found out without the room's code.
fn wants(wish: &Wish, document: &Document, words: &HashSet<String>) -> bool {
    match &wish.target {
        Target::Search(_) => words.contains(&wish.text),
        Target::Committee(_) => document.committees.contains(&wish.text),
        Target::Paper(id) => {
            document.part_of.as_ref().map_or(document.kind == "paper" && document.object_id == *id, |whole| whole.path == format!("/paper/{id}"))
        }
        Target::Place(near) => document.points.iter().any(|point| distance_m(near.point, *point) <= f64::from(near.radius_m)),
        Target::Thread { .. } => false,
    }
}

/// The words of a document in small letters with umlauts written out.
fn words_of(document: &Document) -> HashSet<String> {
    let text = format!("{} {}", document.title, document.pages.join(" ")).to_lowercase();
    let plain = |word: &str| word.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss");
    text.split(|letter: char| !letter.is_alphanumeric()).map(plain).collect()
}

fn subscribe(db: &Db, site: Id<Site>, city: &City, subscribers: usize) -> Result<Vec<Wish>> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let letters = |word: &&str| word.chars().count() > 4 && word.chars().all(char::is_alphabetic) && word.is_ascii();
    for paper in &city.base {
        text_of(&paper["name"]).split_whitespace().filter(letters).for_each(|word| *counts.entry(word.to_lowercase()).or_default() += 1);
    }
    let vocabulary: Vec<String> = counts.into_iter().filter(|(_, count)| (3..400).contains(count)).map(|(word, _)| word).collect();
    let papers: Vec<i64> =
        city.batches.iter().flat_map(|(_, objects)| objects).chain(city.base.iter().rev().take(2_000)).map(|object| number(&object["id"])).collect();
    let (mut draw, mut plan) = (Draw(11), Vec::new());
    for reader in 0..subscribers {
        for _ in 0..=draw.below(3) {
            let (target, text) = match draw.below(10) {
                0..=3 => {
                    let word = vocabulary[draw.below(vocabulary.len())].clone();
                    (Target::parse(&format!("suche={word}"))?, word)
                }
                4..=5 => {
                    let (id, name) = &city.committees[draw.below(city.committees.len())];
                    (Target::Committee(*id), name.clone())
                }
                6..=7 => (Target::Paper(papers[draw.below(papers.len())]), String::new()),
                _ => {
                    let point = city.districts[draw.below(city.districts.len())].1;
                    let near = format!("naehe={:.3},{:.3}&umkreis={}", point.latitude, point.longitude, [300, 500, 1_000, 2_000][draw.below(4)]);
                    (Target::parse(&near)?, String::new())
                }
            };
            plan.push((reader, target, text, Frequency::ALL[draw.below(3)], draw.below(24), draw.below(7)));
        }
    }
    let mut wishes: BTreeMap<i64, Wish> = BTreeMap::new();
    for part in plan.chunk_by(|one, other| one.0 / 500 == other.0 / 500) {
        let part: Vec<_> =
            part.iter().map(|(reader, target, text, frequency, hour, day)| (*reader, target.clone(), text.clone(), *frequency, *hour, *day)).collect();
        let made = db.write_blocking::<_, DbError>(site, move |tx| {
            let mut made = Vec::new();
            for (reader, target, text, frequency, hour, day) in &part {
                let email = format!("reader{reader}@x.example");
                let id = match readers::find_by_email(tx, &email)? {
                    Some((reader, _)) => reader.id,
                    None => readers::insert(tx, None, Some((&email, &email)), Language::German)?,
                };
                let schedule = Schedule::new(i64::try_from(*hour).unwrap_or(0), i64::try_from(*day).unwrap_or(0) + 1).unwrap_or(Schedule::USUAL);
                readers::set_schedule(tx, id, schedule, Language::German, &TimeZone::UTC)?;
                let new = subscriptions::New { target, name: "Abo", frequency: *frequency };
                let token = subscriptions::request(tx, id, &new)?.text();
                let (listed, reader, _) = subscriptions::find_requested(tx, &token)?.ok_or(DbError::NoSite)?;
                subscriptions::confirm(tx, listed.id, reader)?;
                made.push((listed.id.get(), target.clone(), text.clone()));
            }
            Ok(made)
        })?;
        wishes.extend(made.into_iter().map(|(id, target, text)| (id, Wish { id, target, text })));
    }
    Ok(wishes.into_values().collect())
}

/// What was expected to be told: subscription, kind and number of the thing, and the batch.
type Told = BTreeSet<(i64, String, i64)>;

/// Writes one object of a batch as the importer does, and says which documents are news by it.
fn write(db: &Db, site: Id<Site>, city: &City, object: &Value, now: Instant, files: &mut HashSet<i64>) -> Result<Vec<Document>> {
    let document = city.document(object);
    let is_known = documents(|known| known.insert((document.kind, document.object_id), document.clone())).is_some();
    let mut news = vec![document.clone()];
    let mut noted = Vec::new();
    for file in object["auxiliaryFile"].as_array().into_iter().flatten().chain(object.get("mainFile")) {
        let id = number(&file["id"]);
        let day = file["date"].as_str().and_then(|day| day.parse::<jiff::civil::Date>().ok()).and_then(|day| day.to_zoned(TimeZone::UTC).ok());
        let happened_at = day.map(|day| Instant::from(day.timestamp()));
        let part_of = Some(Named { title: document.title.clone(), path: document.path.clone() });
        let (committees, points) = (document.committees.clone(), document.points.clone());
        let own = Document {
            kind: "file",
            object_id: id,
            path: format!("/file/{id}"),
            title: text_of(&file["name"]),
            happened_at,
            part_of,
            committees,
            points,
            ..Document::default()
        };
        documents(|known| known.insert(("file", id), own.clone()));
        noted.push(id);
        let is_fresh = happened_at.is_none_or(|at| at.millis() >= now.millis() - 30 * 86_400_000);
        if is_fresh && files.insert(id) {
            news.push(own);
        }
    }
    db.write_blocking::<_, DbError>(site, move |tx| {
        let node = NodeData {
            kind: document.kind,
            object_id: document.object_id,
            title: &document.title,
            summary: None,
            path: &document.path,
            happened_at: None,
            state: None,
        };
        let (node, _) = thread::keep(tx, &node)?;
        let kind = if is_known { "changed" } else { "published" };
        thread::record(tx, node, &Actor::System, &Step { kind, reason: None, detail: None, is_public: true })?;
        noted.iter().try_for_each(|id| changes::note(tx, "file", *id))
    })?;
    Ok(news)
}

fn follow(db: &Db, ports: &Ports) -> Result<(matching::Step, Duration)> {
    let (started, mut all) = (std::time::Instant::now(), matching::Step::default());
    loop {
        let step = matching::step(db, ports, None, |_| TimeZone::UTC)?;
        if step.changes == 0 {
            return Ok((all, started.elapsed()));
        }
        all.changes += step.changes;
        all.news += step.news;
        all.matches += step.matches;
    }
}

#[allow(clippy::needless_update, reason = "what else rooms offer one another is not needed here")]
fn measure(engine: Engine, city: &City, subscribers: usize) -> Result<String> {
    documents(HashMap::clear);
    let start = Instant::from("2026-07-19T00:00:00Z".parse::<jiff::Timestamp>()?);
    let open = Db::open(&Options { target: engine, readers: 2, clock: Clock::Fixed(start) })?;
    migrate::run(&open, MIGRATIONS)?;
    let new = NewSite {
        key: "bench".to_owned(),
        kind: SiteKind::Municipality,
        name: "Stadt".to_owned(),
        base_url: "https://stadt.example".to_owned(),
        hue: 1,
        chroma_thousandths: 1,
        time_zone: "UTC".to_owned(),
    };
    let site = open.write_blocking::<_, DbError>(Scope::Installation, move |tx| sites::insert(tx, &new))?;
    let things: Vec<Document> = city.base.iter().map(|paper| city.document(paper)).collect();
    documents(|known| known.extend(things.iter().map(|document| ((document.kind, document.object_id), document.clone()))));
    let committees = city.committees.clone();
    open.write_blocking::<_, DbError>(site, move |tx| {
        let node = |kind, object_id, title, path| NodeData { kind, object_id, title, summary: None, path, happened_at: None, state: None };
        committees.iter().try_for_each(|(id, name)| thread::insert(tx, &node("organization", *id, name, "")).map(|_| ()))?;
        things.iter().try_for_each(|document| thread::keep(tx, &node("paper", document.object_id, &document.title, &document.path)).map(|_| ()))
    })?;
    let sources = vec![source!("paper"), source!("meeting"), source!("file")];
    let ports = Ports { search: Arc::new(WordSearch), sources, ..Ports::default() };
    let (silent, first) = follow(&open, &ports)?;
    ensure!(silent.news == 0, "an import without events is silent");
    let wishes = subscribe(&open, site, city, subscribers)?;
    let texts = Texts::load(&[allmende_platform::TEXTS, allmende_subscriptions::TEXTS])?;
    let (mut files, mut times, mut expected_all) = (HashSet::new(), Vec::new(), 0);
    let (mut mails, mut mail_time, mut news) = (0, Duration::ZERO, 0);
    let mut db = open.clone();
    for (number, (name, objects)) in city.batches.iter().enumerate() {
        let now = start.plus_seconds(86_400 * i64::try_from(number)? + 43_200);
        db = open.with_clock(Clock::Fixed(now));
        let last = open.read_blocking::<_, DbError>(site, move |tx| count(tx, site))?;
        let mut expected = Told::new();
        for object in objects {
            for document in write(&db, site, city, object, now, &mut files)? {
                let words = words_of(&document);
                expected
                    .extend(wishes.iter().filter(|wish| wants(wish, &document, &words)).map(|wish| (wish.id, document.kind.to_owned(), document.object_id)));
            }
        }
        let (step, time) = follow(&db, &ports)?;
        let told = db.read_blocking::<_, DbError>(site, move |tx| told_after(tx, site, last))?;
        let differing: Vec<_> = told.symmetric_difference(&expected).take(5).collect();
        ensure!(differing.is_empty(), "{name}: {differing:?}");
        expected_all += expected.len();
        news += step.news;
        times.push(time);
        let settings = db.read_blocking::<_, DbError>(Scope::Installation, sites::list)?.pop().context("no site")?;
        let started = std::time::Instant::now();
        mails += digest::send_due(&db, &settings, texts, || true).map_err(|error| anyhow::anyhow!("{error}"))?;
        mail_time += started.elapsed();
    }
    let end = db.with_clock(Clock::Fixed(start.plus_seconds(86_400 * 60)));
    let settings = end.read_blocking::<_, DbError>(Scope::Installation, sites::list)?.pop().context("no site")?;
    let started = std::time::Instant::now();
    mails += digest::send_due(&end, &settings, texts, || true).map_err(|error| anyhow::anyhow!("{error}"))?;
    mail_time += started.elapsed();
    let (rows, unsent, twice) = end.read_blocking::<_, DbError>(site, move |tx| outcome(tx, site))?;
    ensure!(unsent == 0 && twice == 0, "{unsent} left, {twice} told twice");
    times.sort_unstable();
    let millis = |time: &Duration| format!("{:.0} ms", time.as_secs_f64() * 1_000.0);
    let lines = [
        ("papers in the feed before, all silent", format!("{} changes in {}", silent.changes, millis(&first))),
        ("subscribers, subscriptions", format!("{subscribers}, {}", wishes.len())),
        ("update batches, pieces of news", format!("{}, {news}", city.batches.len())),
        ("matches, all as expected", format!("{rows} ({expected_all} things of subscriptions)")),
        ("following a batch: median, most", format!("{}, {}", millis(&times[times.len() / 2]), times.last().map(millis).unwrap_or_default())),
        ("mails, time to write them", format!("{mails}, {:.1} s", mail_time.as_secs_f64())),
        ("left unsent, told twice to one reader", format!("{unsent}, {twice}")),
    ];
    Ok(lines.iter().map(|(what, value)| format!("| {what} | {value} |\n")).collect())
}

fn count(tx: &mut Tx<'_>, site: Id<Site>) -> Result<i64, DbError> {
    Ok(tx.find(sql!("SELECT COALESCE(MAX(id), 0) FROM subscription_item WHERE site_id = $1"), &[&site], |row| row.get(0))?.unwrap_or(0))
}

fn told_after(tx: &mut Tx<'_>, site: Id<Site>, last: i64) -> Result<Told, DbError> {
    let statement = sql!(
        "SELECT n.subscription_id, i.kind, i.object_id FROM subscription_news n JOIN subscription_item i ON i.id = n.item_id \
         WHERE n.site_id = $1 AND i.id > $2"
    );
    Ok(tx.list(statement, &[&site, &last], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.into_iter().collect())
}

/// Rows in all, rows that still wait for a mail, and pieces of news that one reader was told at two moments.
fn outcome(tx: &mut Tx<'_>, site: Id<Site>) -> Result<(i64, i64, i64), DbError> {
    let all = tx.find(sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM subscription_news WHERE site_id = $1"), &[&site], |row| row.get(0))?;
    let unsent = tx.find(sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM subscription_news WHERE site_id = $1 AND sent_at IS NULL"), &[&site], |row| row.get(0))?;
    let twice = tx.find(
        sql!(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT reader_id, item_id FROM subscription_news WHERE site_id = $1 \
             GROUP BY reader_id, item_id HAVING COUNT(DISTINCT sent_at) > 1) AS told"
        ),
        &[&site],
        |row| row.get(0),
    )?;
    Ok((all.unwrap_or(0), unsent.unwrap_or(0), twice.unwrap_or(0)))
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let city = City::read(Path::new(&arguments.next().context("the folder of the recording is missing")?))?;
    let subscribers = arguments.next().map_or(Ok(10_000), |number| number.parse())?;
    let head = "| what | value |\n|---|---|\n";
    let folder = tempfile::tempdir()?;
    println!("### SQLite\n\n{head}{}", measure(Engine::Sqlite(folder.path().join("bench.db")), &city, subscribers)?);
    let server = Server::from_environment()?;
    let name = server.create()?;
    let measured = measure(Engine::Postgres(server.url_of(&name)), &city, subscribers);
    server.remove(&name)?;
    println!("### PostgreSQL\n\n{head}{}", measured?);
    Ok(())
}
