//! Ten thousand subscribers and a real council's updates: `subscriptions_bench FOLDER [SUBSCRIBERS]`, with Karlsruhe's recording unpacked.
//!
//! Builds the search index of the product over everything that stood there before, lets the 38 update batches come, each first with
//! files whose texts are not read yet, and follows the feed after both moments by the very code that the server runs. Measures what
//! the index and the whole following cost, holds every match against [`wishes::expected`], lets all mails go out, and holds that each
//! thing was told to each reader once. Prints tables in Markdown, for SQLite and for the PostgreSQL server of
//! `ALLMENDE_TEST_POSTGRES`. Districts lie at invented points.

#![allow(clippy::print_stdout, reason = "it is a command")]

mod city;
mod wishes;

use allmende_core::{Actor, Id, Instant, Language, Site};
use allmende_db::{Clock, Db, DbError, Options, Scope, Target as Engine, Tx, migrate, schema::MIGRATIONS, sql};
use allmende_platform::app::Ports;
use allmende_platform::changes;
use allmende_platform::search::{Document, Found, Hit, Query, Search, SearchError, Source, Suggestion};
use allmende_platform::sites::{self, NewSite, SiteKind};
use allmende_platform::texts::Texts;
use allmende_platform::thread::{self, NodeData, Step};
use allmende_search_index::Index;
use allmende_subscriptions::rules::Schedule;
use allmende_subscriptions::store::{readers, subscriptions};
use allmende_subscriptions::{digest, matching};
use allmende_testing::Server;
use anyhow::{Context, Result, ensure};
use city::{Batch, City};
use jiff::tz::TimeZone;
use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;
use wishes::{Expected, Plan, Told, Wish};

/// The site that the bench works on.
const SITE: i64 = 1;

type Key = (&'static str, i64);

static DOCUMENTS: OnceLock<Mutex<HashMap<Key, Document>>> = OnceLock::new();

/// What the sources say now.
fn documents<T>(f: impl FnOnce(&mut HashMap<Key, Document>) -> T) -> T {
    f(&mut DOCUMENTS.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner))
}

macro_rules! source {
    ($kind:literal) => {{
        fn load(_: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Document>, DbError> {
            Ok(documents(|known| ids.iter().filter_map(|id| known.get(&($kind, *id)).cloned()).collect()))
        }
        Source { kind: $kind, load, list_after: |_, _, _| Ok(Vec::new()) }
    }};
}

/// The product's index, with a clock beside its matching.
struct Timed {
    index: Arc<Index>,
    micros: AtomicU64,
}

impl Timed {
    /// The time since the last question.
    fn spent(&self) -> Duration {
        Duration::from_micros(self.micros.swap(0, Ordering::Relaxed))
    }
}

impl Search for Timed {
    fn find(&self, sites: &[Id<Site>], query: &Query) -> Result<Found, SearchError> {
        self.index.find(sites, query)
    }
    fn suggest(&self, sites: &[Id<Site>], typed: &str, limit: usize) -> Result<Vec<Suggestion>, SearchError> {
        self.index.suggest(sites, typed, limit)
    }
    fn similar(&self, site: Id<Site>, kind: &str, object_id: i64, limit: usize) -> Result<Vec<Hit>, SearchError> {
        self.index.similar(site, kind, object_id, limit)
    }
    fn matching(&self, site: Id<Site>, documents: &[Document], queries: &[Query]) -> Result<Vec<Vec<usize>>, SearchError> {
        let started = std::time::Instant::now();
        let answer = self.index.matching(site, documents, queries);
        self.micros.fetch_add(u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
        answer
    }
}

/// Writes the subscriptions; returns their rows in the order of the plan.
fn subscribe(db: &Db, site: Id<Site>, plan: &Arc<Plan>) -> Result<Vec<i64>> {
    let mut rows = Vec::with_capacity(plan.wishes.len());
    for start in (0..plan.wishes.len()).step_by(500) {
        let plan = Arc::clone(plan);
        rows.extend(db.write_blocking::<_, DbError>(site, move |tx| {
            plan.wishes.iter().skip(start).take(500).map(|wish| insert(tx, &plan, wish)).collect::<Result<Vec<i64>, _>>()
        })?);
    }
    Ok(rows)
}

fn insert(tx: &mut Tx<'_>, plan: &Plan, wish: &Wish) -> Result<i64, DbError> {
    let email = format!("reader{}@x.example", wish.reader);
    let id = match readers::find_by_email(tx, &email)? {
        Some((reader, _)) => reader.id,
        None => readers::insert(tx, None, Some((&email, &email)), Language::German)?,
    };
    readers::set_schedule(tx, id, Schedule::new(wish.hour, wish.weekday).unwrap_or(Schedule::USUAL), Language::German, &TimeZone::UTC)?;
    let new = subscriptions::New { target: &plan.wants[wish.want].target, name: "Abo", frequency: wish.frequency };
    let token = subscriptions::request(tx, id, &new)?.text();
    let (listed, reader, _) = subscriptions::find_requested(tx, &token)?.ok_or(DbError::NoSite)?;
    subscriptions::confirm(tx, listed.id, reader)?;
    Ok(listed.id.get())
}

fn node<'a>(kind: &'a str, object_id: i64, title: &'a str, path: &'a str) -> NodeData<'a> {
    NodeData { kind, object_id, title, summary: None, path, happened_at: None, state: None }
}

/// Lets a batch come as the importer writes it: nodes with their events, notes for files.
fn come(db: &Db, site: Id<Site>, batch: &Batch) -> Result<()> {
    for (object, is_file) in batch.objects.iter().map(|object| (object, false)).chain(batch.files.iter().map(|file| (file, true))) {
        let is_known = documents(|known| known.insert((object.kind, object.object_id), object.clone())).is_some();
        let object = object.clone();
        db.write_blocking::<_, DbError>(site, move |tx| {
            if is_file {
                return changes::note(tx, object.kind, object.object_id);
            }
            let (node, _) = thread::keep(tx, &node(object.kind, object.object_id, &object.title, &object.path))?;
            let kind = if is_known { "changed" } else { "published" };
            thread::record(tx, node, &Actor::System, &Step { kind, reason: None, detail: None, is_public: true })
        })?;
    }
    Ok(())
}

/// Lets the texts of a batch be read.
fn read_texts(db: &Db, site: Id<Site>, batch: &Batch) -> Result<()> {
    let ids: Vec<i64> = batch.read.iter().map(|file| file.object_id).collect();
    documents(|known| known.extend(batch.read.iter().map(|file| (("file", file.object_id), file.clone()))));
    Ok(db.write_blocking::<_, DbError>(site, move |tx| ids.iter().try_for_each(|id| changes::note(tx, "file", *id)))?)
}

fn follow(db: &Db, ports: &Ports) -> Result<(matching::Step, Duration)> {
    let (started, mut all) = (std::time::Instant::now(), matching::Step::default());
    loop {
        let step = matching::step(db, ports)?;
        if step.changes == 0 {
            return Ok((all, started.elapsed()));
        }
        all.changes += step.changes;
        all.news += step.news;
        all.matches += step.matches;
    }
}

fn open(engine: Engine, city: &City, start: Instant) -> Result<(Db, Id<Site>)> {
    let db = Db::open(&Options { target: engine, readers: 2, clock: Clock::Fixed(start) })?;
    migrate::run(&db, MIGRATIONS)?;
    let new = NewSite {
        key: "bench".to_owned(),
        kind: SiteKind::Municipality,
        name: "Stadt".to_owned(),
        base_url: "https://stadt.example".to_owned(),
        hue: 1,
        chroma_thousandths: 1,
        time_zone: "UTC".to_owned(),
    };
    let site = db.write_blocking::<_, DbError>(Scope::Installation, move |tx| sites::insert(tx, &new))?;
    ensure!(site == Id::new(SITE), "the index knows another site");
    documents(|known| {
        known.clear();
        known.extend(city.before.iter().map(|document| ((document.kind, document.object_id), document.clone())));
    });
    let committees = city.committees.clone();
    let things: Vec<(&'static str, i64, String, String)> =
        city.before.iter().map(|document| (document.kind, document.object_id, document.title.clone(), document.path.clone())).collect();
    db.write_blocking::<_, DbError>(site, move |tx| {
        committees.iter().try_for_each(|(id, name)| thread::insert(tx, &node("organization", *id, name, "")).map(|_| ()))?;
        things.iter().try_for_each(|(kind, id, title, path)| match *kind {
            "file" => changes::note(tx, kind, *id),
            _ => thread::keep(tx, &node(kind, *id, title, path)).map(|_| ()),
        })
    })?;
    Ok((db, site))
}

/// What stays the same for both engines.
struct Bench {
    city: City,
    plan: Arc<Plan>,
    expected: Expected,
    search: Arc<Timed>,
    texts: &'static Texts,
}

/// What following cost, and what came of it.
#[derive(Default)]
struct Measured {
    asked: Vec<Duration>,
    followed: Vec<Duration>,
    news: usize,
    mails: usize,
    mail_time: Duration,
}

impl Bench {
    #[allow(clippy::needless_update, reason = "what else rooms offer one another is not needed here")]
    fn measure(&self, engine: Engine) -> Result<String> {
        let start = self.city.start();
        let (db, site) = open(engine, &self.city, start)?;
        let ports = Ports {
            search: Arc::clone(&self.search) as Arc<dyn Search>,
            sources: vec![source!("paper"), source!("meeting"), source!("file")],
            ..Ports::default()
        };
        let (silent, silent_time) = follow(&db, &ports)?;
        ensure!(silent.matches == 0, "nobody waits for what stood there before");
        let rows = subscribe(&db.with_clock(Clock::Fixed(start.plus_seconds(1))), site, &self.plan)?;
        self.search.spent();
        let mut measured = Measured::default();
        for batch in &self.city.batches {
            let now = db.with_clock(Clock::Fixed(batch.now));
            come(&now, site, batch)?;
            let (came, came_time) = follow(&now, &ports)?;
            read_texts(&now, site, batch)?;
            let (read, read_time) = follow(&now, &ports)?;
            ensure!(read.news == 0, "{}: a text is no news of its own", batch.name);
            measured.news += came.news;
            measured.followed.push(came_time + read_time);
            measured.asked.push(self.search.spent());
            self.send(&now, &mut measured)?;
        }
        let last = self.city.batches.last().context("no batch")?.now;
        self.send(&db.with_clock(Clock::Fixed(last.plus_seconds(86_400 * 8))), &mut measured)?;
        let ties = self.check(&db, site, &rows)?;
        let (unsent, twice) = db.read_blocking::<_, DbError>(site, move |tx| outcome(tx, site))?;
        ensure!(unsent == 0 && twice == 0, "{unsent} left, {twice} told twice");
        Ok(self.table(&silent, silent_time, measured, ties))
    }

    fn send(&self, db: &Db, measured: &mut Measured) -> Result<()> {
        let settings = db.read_blocking::<_, DbError>(Scope::Installation, sites::list)?.pop().context("no site")?;
        let started = std::time::Instant::now();
        measured.mails += digest::send_due(db, &settings, self.texts, || true).map_err(|error| anyhow::anyhow!("{error}"))?;
        measured.mail_time += started.elapsed();
        Ok(())
    }

    /// Holds what was told against what was expected; returns how many ties there are.
    fn check(&self, db: &Db, site: Id<Site>, rows: &[i64]) -> Result<usize> {
        let wants: HashMap<i64, usize> = rows.iter().copied().zip(self.plan.wishes.iter().map(|wish| wish.want)).collect();
        let told = db.read_blocking::<_, DbError>(site, move |tx| told(tx, site))?;
        let mut of: HashMap<i64, Told> = HashMap::new();
        for (subscription, kind, object_id, at) in &told {
            let want = wants.get(subscription).context("a subscription of nobody")?;
            let is_new = of.entry(*subscription).or_default().insert((*want, kind.clone(), *object_id, *at));
            ensure!(is_new, "subscription {subscription} was told {kind} {object_id} twice");
        }
        let mut expected: HashMap<usize, Told> = HashMap::new();
        self.expected.told.iter().for_each(|told| {
            expected.entry(told.0).or_default().insert(told.clone());
        });
        let nothing = Told::new();
        for (row, wish) in rows.iter().zip(&self.plan.wishes) {
            let (found, wanted) = (of.get(row).unwrap_or(&nothing), expected.get(&wish.want).unwrap_or(&nothing));
            let missing: Vec<_> = wanted.difference(found).take(3).collect();
            let too_much: Vec<_> = found.difference(wanted).take(3).collect();
            ensure!(missing.is_empty() && too_much.is_empty(), "{}: missing {missing:?}, too much {too_much:?}", self.plan.wants[wish.want].target.text());
        }
        Ok(told.len())
    }

    fn table(&self, silent: &matching::Step, silent_time: Duration, mut measured: Measured, ties: usize) -> String {
        let millis = |time: &Duration| format!("{:.0} ms", time.as_secs_f64() * 1_000.0);
        let spread = |times: &mut Vec<Duration>| {
            times.sort_unstable();
            format!("{}, {}", millis(&times[times.len() / 2]), times.last().map(millis).unwrap_or_default())
        };
        let count = |of: fn(&Batch) -> usize| self.city.batches.iter().map(of).sum::<usize>();
        let lines = [
            ("things in the feed before", format!("{} changes in {:.1} s", silent.changes, silent_time.as_secs_f64())),
            ("subscribers, subscriptions, different ones", format!("{}, {}, {}", self.readers(), self.plan.wishes.len(), self.plan.wants.len())),
            (
                "update batches: papers and meetings, files, texts read afterwards",
                format!("{}: {}, {}, {}", self.city.batches.len(), count(|b| b.objects.len()), count(|b| b.files.len()), count(|b| b.read.len())),
            ),
            ("pieces of news", measured.news.to_string()),
            ("matches, each as expected and once", ties.to_string()),
            ("hits of one-word searches, of these with the whole word", format!("{}, {}", self.expected.word_hits, self.expected.whole_words)),
            ("asking the index per batch: median, most", spread(&mut measured.asked)),
            ("following a batch, the index included: median, most", spread(&mut measured.followed)),
            ("mails, time to write them", format!("{}, {:.1} s", measured.mails, measured.mail_time.as_secs_f64())),
        ];
        lines.iter().map(|(what, value)| format!("| {what} | {value} |\n")).collect()
    }

    fn readers(&self) -> usize {
        self.plan.wishes.last().map_or(0, |wish| wish.reader + 1)
    }
}

/// Everything that is kept: subscription, kind and number of the thing, and when it happened.
fn told(tx: &mut Tx<'_>, site: Id<Site>) -> Result<Vec<(i64, String, i64, i64)>, DbError> {
    let statement = sql!(
        "SELECT n.subscription_id, i.kind, i.object_id, i.happened_at FROM subscription_news n JOIN subscription_item i ON i.id = n.item_id WHERE n.site_id = $1"
    );
    tx.list(statement, &[&site], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
}

/// Rows that still wait for a mail, and pieces of news that one reader was told at two moments.
fn outcome(tx: &mut Tx<'_>, site: Id<Site>) -> Result<(i64, i64), DbError> {
    let unsent = tx.find(sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM subscription_news WHERE site_id = $1 AND sent_at IS NULL"), &[&site], |row| row.get(0))?;
    let twice = tx.find(
        sql!(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT reader_id, item_id FROM subscription_news WHERE site_id = $1 \
             GROUP BY reader_id, item_id HAVING COUNT(DISTINCT sent_at) > 1) AS told"
        ),
        &[&site],
        |row| row.get(0),
    )?;
    Ok((unsent.unwrap_or(0), twice.unwrap_or(0)))
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let city = City::read(Path::new(&arguments.next().context("the folder of the recording is missing")?))?;
    let subscribers = arguments.next().map_or(Ok(10_000), |number| number.parse())?;
    let folder = tempfile::tempdir()?;
    let before = || city.before.iter().map(|document| (Id::<Site>::new(SITE), document.clone()));
    let all = || -> Box<dyn Iterator<Item = (Id<Site>, Document)> + '_> {
        Box::new(before().chain(wishes::moments(&city.batches).map(|(site, document)| (site, document.clone()))))
    };
    let index = Arc::new(Index::build(&folder.path().join("index"), &all)?);
    let plan = Arc::new(Plan::draw(&city, subscribers)?);
    let expected = wishes::expected(&plan, &city, &index)?;
    let texts = Texts::load(&[allmende_platform::TEXTS, allmende_subscriptions::TEXTS])?;
    let bench = Bench { city, plan, expected, search: Arc::new(Timed { index, micros: AtomicU64::new(0) }), texts };
    let head = "| what | value |\n|---|---|\n";
    println!("### SQLite\n\n{head}{}", bench.measure(Engine::Sqlite(folder.path().join("bench.db")))?);
    let server = Server::from_environment()?;
    let name = server.create()?;
    let measured = bench.measure(Engine::Postgres(server.url_of(&name)));
    server.remove(&name)?;
    println!("### PostgreSQL\n\n{head}{}", measured?);
    Ok(())
}
