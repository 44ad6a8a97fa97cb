//! A kind of contribution as another room would offer it, and the town around it.

use allmende_core::{Id, Instant, Language, Person, Role, Site};
use allmende_db::migrate::Migration;
use allmende_db::schema::MIGRATIONS;
use allmende_db::{Clock, DbError, Row, Tx, sql};
use allmende_platform::app::Ports;
use allmende_platform::moderated::{Change, Contribution, Moderated, Reach, Standing};
use allmende_platform::texts::{Source, Texts};
use allmende_platform::thread::{self, NodeData};
use allmende_testing::on_both_engines;
use allmende_testing::town::{Assembly, TestTown};
use anyhow::{Context, Result};
use std::sync::OnceLock;

const SCHEMA: &str = "CREATE TABLE post (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  text TEXT NOT NULL,
  author BIGINT NOT NULL,
  standing TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX post_site ON post (site_id);
";

const TEXTS: Source = Source {
    german: "post-kind = Beitrag\nnav-start = Start\n",
    english: "post-kind = Post\nnav-start = Start\n",
    easy: "post-kind = Text\nnav-start = Start\n",
};

/// The kind that these tests offer.
pub const POST: Moderated = Moderated { kind: "post", name_key: "post-kind", find, list_waiting, set_standing, reach };

fn standing(key: &str) -> Standing {
    match key {
        "waiting" => Standing::Waiting,
        "public" => Standing::Public,
        "hidden" => Standing::Hidden,
        _ => Standing::Withdrawn,
    }
}

fn contribution(row: &Row<'_>) -> Result<Contribution, DbError> {
    let (id, text): (i64, String) = (row.get(0)?, row.get(1)?);
    Ok(Contribution {
        object_id: id,
        title: text.chars().take(20).collect(),
        path: format!("/beitraege/{id}"),
        text,
        author_name: "Ida".to_owned(),
        author: Some(row.get(2)?),
        standing: standing(&row.get::<String>(3)?),
        created_at: row.get(4)?,
        waits_because: "",
        place: String::new(),
        picture: None,
    })
}

fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Contribution>, DbError> {
    let site = tx.site()?;
    tx.find(sql!("SELECT id, text, author, standing, created_at FROM post WHERE site_id = $1 AND id = $2"), &[&site, &id], contribution)
}

fn list_waiting(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Contribution>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!("SELECT id, text, author, standing, created_at FROM post WHERE site_id = $1 AND standing = 'waiting' ORDER BY id LIMIT $2"),
        &[&site, &limit],
        contribution,
    )
}

fn set_standing(tx: &mut Tx<'_>, change: &Change<'_>) -> Result<bool, DbError> {
    let site = tx.site()?;
    let changed = tx.execute(
        sql!("UPDATE post SET standing = $3 WHERE site_id = $1 AND id = $2 AND standing <> $3 AND standing <> 'withdrawn'"),
        &[&site, &change.object_id, &change.to.key()],
    )?;
    Ok(changed == 1)
}

fn reach(tx: &mut Tx<'_>, author: i64) -> Result<Option<Reach>, DbError> {
    tx.find(sql!("SELECT email FROM person WHERE id = $1"), &[&author], |row| Ok(Reach { email: row.get(0)?, language: Language::German }))
}

/// Runs a test in a new town on each engine.
pub fn in_town(test: impl AsyncFn(TestTown) -> Result<()>) {
    static ALL: OnceLock<Vec<Migration>> = OnceLock::new();
    let migrations = ALL.get_or_init(|| {
        let own = Migration { number: 9_000, name: "9000_post", sql: SCHEMA };
        MIGRATIONS.iter().copied().chain([own]).collect()
    });
    let outcome = on_both_engines(migrations, Clock::Database, |db| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let assembly = Assembly {
            routes: allmende_moderation::routes,
            texts: Texts::load(&[allmende_platform::TEXTS, allmende_moderation::TEXTS, TEXTS])?,
            navigation: Vec::new,
            desk: allmende_moderation::desk,
            front: Vec::new,
            ports: || Ports { moderated: vec![POST], ..Ports::default() },
        };
        runtime.block_on(async { test(TestTown::found(db, assembly).await?).await })
    });
    if let Err(error) = outcome {
        panic!("{error:?}");
    }
}

/// Writes a contribution of the resident and returns its number.
pub async fn write(town: &TestTown, text: &'static str, standing: &'static str) -> Result<i64> {
    let author: Id<Person> = town.person(Role::Resident)?;
    let site: Id<Site> = town.site.id;
    let id = town
        .db()
        .write::<_, DbError>(site, move |tx| {
            let now: Instant = tx.now()?;
            let id: Id<Contribution> = tx.insert(
                sql!("INSERT INTO post (site_id, text, author, standing, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id"),
                &[&site, &text, &author, &standing, &now],
            )?;
            let path = format!("/beitraege/{id}");
            thread::insert(tx, &NodeData { kind: "post", object_id: id.get(), title: text, summary: None, path: &path, happened_at: None, state: None })?;
            Ok(id.get())
        })
        .await?;
    Ok(id)
}

/// Where a contribution stands.
pub async fn standing_of(town: &TestTown, id: i64) -> Result<Standing> {
    let found = town.db().read(town.site.id, move |tx| find(tx, id)).await?;
    Ok(found.context("no contribution")?.standing)
}

/// The mails to an address, in the order of their writing: subject and text.
pub async fn mails(town: &TestTown, to: &'static str) -> Result<Vec<(String, String)>> {
    let mails = town
        .db()
        .read::<_, DbError>(town.site.id, move |tx| {
            let site = tx.site()?;
            tx.list(sql!("SELECT subject, text_part FROM mail WHERE site_id = $1 AND recipient = $2 ORDER BY id"), &[&site, &to], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
        })
        .await?;
    Ok(mails)
}

/// The path of the first link of a mail that goes there.
pub fn link(text: &str, beginning: &str) -> Result<String> {
    let at = text.find(beginning).context("no such link")?;
    Ok(text[at..].split_whitespace().next().unwrap_or_default().to_owned())
}

/// Reports a contribution and returns the secret page of the report.
pub async fn report(town: &TestTown, id: i64, fields: &[(&str, &str)]) -> Result<String> {
    let guarded = town.guarded("moderation-report").await?;
    let id = id.to_string();
    let mut all = vec![("art", "post"), ("nr", id.as_str())];
    all.extend(guarded.iter().map(|(name, value)| (*name, value.as_str())));
    all.extend(fields);
    let answer = town.post("/meldung", &all).send().await?.expect(303)?;
    Ok(answer.location().split('?').next().unwrap_or_default().to_owned())
}

/// Decides on a contribution.
pub async fn decide(town: &TestTown, role: Role, id: i64, action: &str, rule: &str, words: &str) -> Result<u16> {
    let fields = [("action", action), ("rule", rule), ("words", words)];
    Ok(town.post(&format!("/verwaltung/moderation/post/{id}"), &fields).as_role(role).send().await?.status)
}
