//! The town of these tests: things to publish, a search by plain words, following and sending done step by step.

use allmende_core::{Actor, Id, Instant, Site, fold};
use allmende_db::{Clock, Conflicts as _, Db, DbError, Scope, Tx, schema::MIGRATIONS, sql};
use allmende_platform::app::Ports;
use allmende_platform::changes;
use allmende_platform::jobs::{self, Backoff, Handlers, NewJob, Runner};
use allmende_platform::mail::{self, Delivery, Mailer, OnReturned, Settings};
use allmende_platform::search::{Document, Found, Hit, Named, Near, Point, Query, Search, SearchError, Source, Suggestion};
use allmende_platform::texts::Texts;
use allmende_platform::thread::{self, LinkKind, Node, NodeData, Step};
use allmende_subscriptions::jobs::{self as sending, JOB};
use allmende_subscriptions::matching::StepError;
use allmende_subscriptions::rules::{Frequency, Target};
use allmende_subscriptions::store::{readers, subscriptions};
use allmende_testing::on_both_engines;
use allmende_testing::town::{Assembly, TestTown};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// What a thing says beside its title. It lies as JSON in the summary of its node.
#[derive(Debug, Clone, Default)]
pub struct More<'a> {
    pub text: &'a str,
    pub committees: &'a [&'a str],
    pub point: Option<(f64, f64)>,
    pub part_of: Option<(&'a str, &'a str)>,
    pub happened_at: Option<Instant>,
    pub state: Option<&'a str>,
}

macro_rules! source {
    ($kind:literal) => {{
        fn load(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Document>, DbError> {
            documents(tx, $kind, ids)
        }
        Source { kind: $kind, load, list_after: |_, _, _| Ok(Vec::new()) }
    }};
}

fn documents(tx: &mut Tx<'_>, kind: &'static str, ids: &[i64]) -> Result<Vec<Document>, DbError> {
    let site = tx.site()?;
    let statement =
        sql!("SELECT object_id, title, path, summary, happened_at FROM node WHERE site_id = $1 AND kind = $2 AND object_id ANY_OF($3) AND is_public = 1");
    tx.list(statement, &[&site, &kind, &ids], |row| {
        let more: serde_json::Value = serde_json::from_str(&row.get::<Option<String>>(3)?.unwrap_or_default()).unwrap_or_default();
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let point = more["point"].as_array().map(|point| Point { latitude: point[0].as_f64().unwrap_or(0.0), longitude: point[1].as_f64().unwrap_or(0.0) });
        Ok(Document {
            kind,
            object_id: row.get(0)?,
            title: row.get(1)?,
            path: row.get(2)?,
            pages: vec![text(&more["text"])],
            committees: more["committees"].as_array().into_iter().flatten().map(text).collect(),
            points: point.into_iter().collect(),
            happened_at: row.get(4)?,
            part_of: more["part_of"].as_array().map(|whole| Named { title: text(&whole[0]), path: text(&whole[1]) }),
            ..Document::default()
        })
    })
}

/// Finds what holds every word, in one of the kinds and committees, around the point. A word never matches within another.
pub struct PlainSearch;

pub fn metres(one: Point, other: Point) -> f64 {
    let (dy, dx) = ((other.latitude - one.latitude).to_radians(), (other.longitude - one.longitude).to_radians());
    let a = (dy / 2.0).sin().powi(2) + one.latitude.to_radians().cos() * other.latitude.to_radians().cos() * (dx / 2.0).sin().powi(2);
    12_742_000.0 * a.sqrt().asin()
}

fn is_found(query: &Query, document: &Document) -> bool {
    let text = fold::fold(&format!("{} {}", document.title, document.pages.join(" ")));
    let words: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).collect();
    let within = |near: Near| document.points.iter().any(|point| metres(near.point, *point) <= f64::from(near.radius_m));
    let any = |wanted: &[String], own: &[String]| wanted.is_empty() || wanted.iter().any(|wanted| own.contains(wanted));
    query.words.split_whitespace().all(|word| words.contains(&fold::fold(word).as_str()))
        && any(&query.kinds, &[document.kind.to_owned()])
        && any(&query.committees, &document.committees)
        && query.near.is_none_or(within)
}

impl Search for PlainSearch {
    fn find(&self, sites: &[Id<Site>], query: &Query) -> Result<Found, SearchError> {
        let site = sites.first().copied().unwrap_or(Id::new(1));
        let meeting = Hit {
            site,
            kind: "meeting".to_owned(),
            object_id: 9,
            path: "/rat/sitzungen/9".to_owned(),
            title: allmende_platform::search::Passage { page: None, pieces: vec![(format!("Sitzung {}", query.committees.join(" ")), false)] },
            reference: None,
            type_word: None,
            happened_at: Some(Instant::from_millis(1_781_000_000_000)),
            committees: Vec::new(),
            places: Vec::new(),
            points: Vec::new(),
            distance_m: None,
            status: None,
            part_of: None,
            passages: Vec::new(),
            why: Vec::new(),
        };
        Ok(Found { total: 1, hits: vec![meeting], ..Found::default() })
    }
    fn suggest(&self, _: &[Id<Site>], _: &str, _: usize) -> Result<Vec<Suggestion>, SearchError> {
        Ok(Vec::new())
    }
    fn similar(&self, _: Id<Site>, _: &str, _: i64, _: usize) -> Result<Vec<Hit>, SearchError> {
        Ok(Vec::new())
    }
    fn matching(&self, _: Id<Site>, documents: &[Document], queries: &[Query]) -> Result<Vec<Vec<usize>>, SearchError> {
        let of = |query: &Query| (0..documents.len()).filter(|index| is_found(query, &documents[*index])).collect();
        Ok(queries.iter().map(of).collect())
    }
}

#[allow(clippy::needless_update, reason = "what else rooms offer one another is not needed here")]
pub fn ports() -> Ports {
    let sources = vec![source!("paper"), source!("file"), source!("meeting"), source!("agenda_item")];
    Ports { search: Arc::new(PlainSearch), sources, ..Ports::default() }
}

pub fn texts() -> Result<&'static Texts> {
    Ok(Texts::load(&[allmende_platform::TEXTS, allmende_subscriptions::TEXTS])?)
}

/// Runs a test in a new town on each engine.
pub fn in_town(test: impl AsyncFn(TestTown) -> Result<()>) {
    let outcome = on_both_engines(MIGRATIONS, Clock::Database, |db| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let assembly = Assembly { routes: allmende_subscriptions::routes, texts: texts()?, navigation: Vec::new, desk: Vec::new, front: Vec::new, ports };
        runtime.block_on(async { test(TestTown::found(db, assembly).await?).await })
    });
    if let Err(error) = outcome {
        panic!("{error:?}");
    }
}

/// Writes in Musterau.
pub async fn write<T: Send + 'static>(town: &TestTown, work: impl FnMut(&mut Tx<'_>) -> Result<T, DbError> + Send + 'static) -> Result<T> {
    Ok(town.db().write(town.site.id, work).await?)
}

/// Keeps a thing and, if an event is named, records it, as a room does.
pub async fn keep(town: &TestTown, kind: &'static str, id: i64, title: &str, more: More<'_>, event: Option<&'static str>) -> Result<Id<Node>> {
    let mut summary = serde_json::json!({ "text": more.text, "committees": more.committees });
    if let Some((latitude, longitude)) = more.point {
        summary["point"] = serde_json::json!([latitude, longitude]);
    }
    if let Some((title, path)) = more.part_of {
        summary["part_of"] = serde_json::json!([title, path]);
    }
    let (title, summary, state, happened_at) = (title.to_owned(), summary.to_string(), more.state.map(str::to_owned), more.happened_at);
    write(town, move |tx| {
        let path = format!("/{kind}/{id}");
        let node = NodeData { kind, object_id: id, title: &title, summary: Some(&summary), path: &path, happened_at, state: state.as_deref() };
        let (node, _) = thread::keep(tx, &node)?;
        if let Some(event) = event {
            thread::record(tx, node, &Actor::System, &Step { kind: event, reason: None, detail: None, is_public: true })?;
        }
        Ok(node)
    })
    .await
}

pub async fn publish(town: &TestTown, kind: &'static str, id: i64, title: &str, more: More<'_>) -> Result<Id<Node>> {
    keep(town, kind, id, title, more, Some("published")).await
}

pub async fn withdraw(town: &TestTown, kind: &'static str, id: i64) -> Result<()> {
    write(town, move |tx| {
        if let Some(node) = thread::withdraw(tx, kind, id)? {
            thread::record(tx, node, &Actor::System, &Step { kind: "withdrawn", reason: None, detail: None, is_public: true })?;
        }
        Ok(())
    })
    .await
}

pub async fn link(town: &TestTown, from: Id<Node>, kind: LinkKind, to: Id<Node>) -> Result<()> {
    write(town, move |tx| thread::link(tx, from, kind, to)).await
}

/// A confirmed reader without an account and one subscription; further ones of the same address join it.
pub async fn subscribe(town: &TestTown, email: &str, target: &str, frequency: Frequency) -> Result<String> {
    let (email, target) = (email.to_owned(), Target::parse(target)?);
    write(town, move |tx| {
        let reader = match readers::find_by_email(tx, &email)? {
            Some((reader, _)) => reader.id,
            None => readers::insert(tx, None, Some((&email, &email)), allmende_core::Language::German)?,
        };
        let name = format!("Name {}", target.text());
        let new = subscriptions::New { target: &target, name: &name, frequency };
        let token = subscriptions::request(tx, reader, &new)?.text();
        let (listed, reader, secret) = subscriptions::find_requested(tx, &token)?.ok_or(DbError::NoSite)?;
        subscriptions::confirm(tx, listed.id, reader)?;
        Ok(secret)
    })
    .await
}

/// Who is told that a mail came back.
pub const TOLD: &[OnReturned] = &[allmende_subscriptions::on_returned];

pub fn runner(db: &Db, delivery: Delivery) -> Result<Runner> {
    let mailer = Mailer::new(Settings { delivery, from: "rathaus@musterau.example".to_owned(), from_of_site: BTreeMap::new() })?;
    let mailer = mailer.telling(TOLD);
    let texts = texts()?;
    let handlers =
        Handlers::new()
            .with(JOB, Backoff::EAGER, move |context, _| sending::handle(context, texts))
            .with_crowd(mail::JOB, Backoff::EAGER, move |mails| mailer.handle(mails));
    Ok(Runner::new(db.clone(), PathBuf::new(), handlers, Vec::new()))
}

/// Waits until the feed shows all that was written: PostgreSQL holds changes back while any transaction of the server, also of
/// another test, began before them and is still open.
pub async fn settle(town: &TestTown) -> Result<()> {
    loop {
        let (written, shown) = town
            .db()
            .read::<_, DbError>(Scope::Installation, |tx| {
                let written = tx.find(sql!("SELECT MAX(id) FROM change WHERE site_id = site_id"), &[], |row| row.get::<Option<i64>>(0))?.flatten();
                Ok((written, changes::ends(tx)?.map(|(_, newest)| newest)))
            })
            .await?;
        if written == shown {
            return Ok(());
        }
        tokio::task::yield_now().await;
    }
}

/// Follows the feed to its end, as another node of the same town may do at the same time.
pub fn follow_all(db: &Db, ports: &Ports) -> Result<()> {
    loop {
        match allmende_subscriptions::follow(db, ports) {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            // The other node was faster too often: the server asks again two seconds later.
            Err(StepError::Db(error)) if error.is_conflict() => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Follows the feed to its end.
pub async fn follow(town: &TestTown) -> Result<()> {
    settle(town).await?;
    let db = town.db().clone();
    tokio::task::spawn_blocking(move || follow_all(&db, &ports())).await?
}

/// Writes the mails that are due and tries to send them.
pub async fn send_with(town: &TestTown, delivery: Delivery) -> Result<()> {
    town.db().write::<_, DbError>(Scope::Installation, |tx| jobs::enqueue(tx, &NewJob::new(JOB, String::new())).map(|_| ())).await?;
    let runner = runner(town.db(), delivery)?;
    tokio::task::spawn_blocking(move || -> Result<()> {
        while runner.step()? {}
        Ok(())
    })
    .await?
}

/// Does the work of this moment: follows the feed, writes the mails that are due, and tries to send them.
pub async fn work_with(town: &TestTown, delivery: Delivery) -> Result<()> {
    follow(town).await?;
    send_with(town, delivery).await
}

pub async fn work(town: &TestTown) -> Result<()> {
    work_with(town, Delivery::Folder(town.app.parts.data.join("mails"))).await
}

/// A mail in the outbox.
#[derive(Debug, Clone)]
pub struct Written {
    pub id: i64,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub unsubscribe_url: String,
    pub created_at: Instant,
    pub is_sent: bool,
}

/// All mails of Musterau in order.
pub async fn mails(town: &TestTown) -> Result<Vec<Written>> {
    let site = town.site.id;
    let list = town
        .db()
        .read::<_, DbError>(site, move |tx| {
            let statement =
                sql!("SELECT id, recipient, subject, text_part, html_part, unsubscribe_url, created_at, sent_at FROM mail WHERE site_id = $1 ORDER BY id");
            tx.list(statement, &[&site], |row| {
                Ok(Written {
                    id: row.get(0)?,
                    to: row.get(1)?,
                    subject: row.get(2)?,
                    text: row.get(3)?,
                    html: row.get::<Option<String>>(4)?.unwrap_or_default(),
                    unsubscribe_url: row.get::<Option<String>>(5)?.unwrap_or_default(),
                    created_at: row.get(6)?,
                    is_sent: row.get::<Option<Instant>>(7)?.is_some(),
                })
            })
        })
        .await?;
    Ok(list)
}

/// The texts of the mails to an address.
pub async fn texts_to(town: &TestTown, email: &str) -> Result<Vec<String>> {
    Ok(mails(town).await?.into_iter().filter(|mail| mail.to == email).map(|mail| mail.text).collect())
}

/// The path of the first link of this site in a text that holds `part`.
pub fn path_in(town: &TestTown, text: &str, part: &str) -> Result<String> {
    let links = text.split_whitespace().filter_map(|word| word.strip_prefix(town.site.base_url.as_str()));
    links.map(str::to_owned).find(|path| path.contains(part)).with_context(|| format!("no link with {part} in {text}"))
}
