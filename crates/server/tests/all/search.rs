//! The search of the running program: what changes is findable soon, on the node that wrote it and on another one.

use crate::decisions::{Decided, decided};
use crate::entry::{enter, id_of, stamp};
use crate::town::in_town;
use allmende::{findable, followers, rooms};
use allmende_core::{Id, Site};
use allmende_council::entry::rules::State;
use allmende_council::store::entry::{self, PaperEntry, Stand};
use allmende_council::store::entry_state;
use allmende_db::{Clock, Db, DbError, Scope, schema, sql};
use allmende_oparl::{Kind, Paper};
use allmende_platform::search::{Document, Query, Search};
use allmende_platform::sites::{self, NewSite, SiteKind};
use allmende_testing::on_both_engines;
use allmende_testing::town::TestTown;
use anyhow::{Context, Result, ensure};
use std::time::{Duration, Instant};

fn site(db: &Db) -> Result<Id<Site>> {
    let new = NewSite {
        key: "musterau".to_owned(),
        kind: SiteKind::Municipality,
        name: "Gemeinde Musterau".to_owned(),
        base_url: "http://musterau.example".to_owned(),
        hue: 157,
        chroma_thousandths: 82,
        time_zone: "Europe/Berlin".to_owned(),
    };
    Ok(db.write_blocking::<_, DbError>(Scope::Installation, move |tx| sites::insert(tx, &new))?)
}

fn write(db: &Db, site: Id<Site>, id: Option<i64>, title: &'static str, state: State) -> Result<i64> {
    Ok(db.write_blocking::<_, DbError>(site, move |tx| {
        let stand = Stand { id, state, created_at: 1, modified_at: 1 };
        let id = entry::paper(tx, &stand, &PaperEntry { object: Paper { name: Some(title.to_owned()), ..Paper::default() }, ..PaperEntry::default() })?;
        entry_state::tell_of(tx, Kind::Paper, id)?;
        Ok(id)
    })?)
}

/// Writes as another node does: this process does not hear of it.
fn write_elsewhere(db: &Db, site: Id<Site>, title: &'static str) -> Result<()> {
    db.write_blocking::<_, DbError>(site, move |tx| {
        let id: Id<str> = tx.insert(
            sql!("INSERT INTO council_paper (site_id, name, state, created_at, modified_at) VALUES ($1, $2, 'public', 0, 0) RETURNING id"),
            &[&site, &title],
        )?;
        tx.execute(
            sql!("INSERT INTO change (site_id, kind, object_id, transaction_number, changed_at) VALUES ($1, 'paper', $2, THIS_TRANSACTION, 0)"),
            &[&site, &id],
        )
    })?;
    Ok(())
}

/// Asks until so many papers have a word. Fails after `at_most`.
fn until(search: &dyn Search, site: Id<Site>, word: &str, count: u64, at_most: Duration) -> Result<()> {
    let begun = Instant::now();
    loop {
        let found = search.find(&[site], &Query { words: word.to_owned(), limit: 10, ..Query::default() })?;
        if found.total == count {
            return Ok(());
        }
        ensure!(begun.elapsed() < at_most, "{word}: {} found after {:?}, expected {count}", found.total, begun.elapsed());
        std::thread::park_timeout(Duration::from_millis(20));
    }
}

const SAME_NODE: Duration = Duration::from_secs(2);
const OTHER_NODE: Duration = Duration::from_secs(5);

#[test]
fn a_change_is_findable_within_two_seconds_here_and_five_elsewhere() {
    let outcome = on_both_engines(schema::MIGRATIONS, Clock::Database, |db| {
        let site = site(db)?;
        write(db, site, None, "Anfang", State::Public)?;
        let (one, two) = (tempfile::tempdir()?, tempfile::tempdir()?);
        let (here, follower) = rooms::ports(db, one.path())?;
        let (other, other_follower) = rooms::ports(db, two.path())?;
        for search in [&here.search, &other.search] {
            until(&**search, site, "Anfang", 1, OTHER_NODE)?;
        }
        let id = write(db, site, None, "Brückenbau", State::Public)?;
        until(&*here.search, site, "Brückenbau", 1, SAME_NODE)?;
        until(&*other.search, site, "Brückenbau", 1, OTHER_NODE)?;
        write(db, site, Some(id), "Tunnelbau", State::Public)?;
        until(&*here.search, site, "Brückenbau", 0, SAME_NODE)?;
        until(&*here.search, site, "Tunnelbau", 1, SAME_NODE)?;
        write(db, site, Some(id), "Tunnelbau", State::Withdrawn)?;
        until(&*here.search, site, "Tunnelbau", 0, SAME_NODE)?;
        write_elsewhere(db, site, "Sternwarte")?;
        until(&*here.search, site, "Sternwarte", 1, OTHER_NODE)?;
        // Built anew while it answers: nothing is lost, not even for a moment.
        follower.rebuild();
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_millis(500) {
            until(&*here.search, site, "Sternwarte", 1, Duration::ZERO)?;
        }
        follower.stop();
        other_follower.stop();
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error:?}");
    }
}

#[test]
fn the_doctor_asks_for_a_new_index() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let answer = std::process::Command::new(env!("CARGO_BIN_EXE_allmende")).args(["doctor", "--reindex", "--data"]).arg(folder.path()).output()?;
    ensure!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    ensure!(allmende_search_index::is_rebuild_pending(&folder.path().join(rooms::SEARCH_FOLDER)));
    Ok(())
}

/// Lets the followers work until what is found of decisions and agenda items with a word is of these kinds. On PostgreSQL tests
/// beside this one may delay a change.
async fn until_kinds(town: &TestTown, search: &dyn Search, word: &str, expected: &[&str]) -> Result<()> {
    let begun = Instant::now();
    let kinds = vec!["decision".to_owned(), "agenda_item".to_owned()];
    let site = town.site.id;
    loop {
        let db = town.db().clone();
        tokio::task::spawn_blocking(move || followers::catch_up(&db, &rooms::offers())).await??;
        let found = search.find(&[site], &Query { words: word.to_owned(), kinds: kinds.clone(), limit: 10, ..Query::default() })?;
        let found: Vec<&str> = found.hits.iter().map(|hit| hit.kind.as_str()).collect();
        if found == expected {
            return Ok(());
        }
        ensure!(begun.elapsed() < Duration::from_secs(30), "{found:?} instead of {expected:?}");
        std::thread::park_timeout(Duration::from_millis(20));
    }
}

/// Writes another result into the agenda item.
async fn correct(town: &TestTown, decided: &Decided, result: &str) -> Result<()> {
    let stamp = stamp(town, &decided.item).await?;
    let fields = [
        ("modified_at", stamp.as_str()),
        ("number", "1"),
        ("name", "Der Radweg"),
        ("openness", "public"),
        ("paper_id", id_of(&decided.paper)),
        ("authoritative", "1"),
        ("result", result),
        ("reason", "Niederschrift"),
    ];
    enter(town, &decided.item, &fields).await?.expect(303)?;
    Ok(())
}

/// What subscribers and the index are told of the first thing of a kind.
async fn told(town: &TestTown, kind: &'static str) -> Result<Vec<Document>> {
    let source = findable::sources().into_iter().find(|source| source.kind == kind).context("no such source")?;
    Ok(town
        .db()
        .read::<_, DbError>(town.site.id, move |tx| {
            let ids = (source.list_after)(tx, 0, 10)?;
            (source.load)(tx, &ids)
        })
        .await?)
}

#[test]
fn a_decision_is_found_once_and_its_agenda_item_while_nothing_is_decided() {
    in_town(async |town| {
        let (one, two) = (tempfile::tempdir()?, tempfile::tempdir()?);
        let (ports, follower) = rooms::ports(town.db(), one.path())?;
        let search = &*ports.search;
        let decided = decided(&town, "beschlossen").await?;
        until_kinds(&town, search, "Radweg", &["decision"]).await?;
        ensure!(told(&town, "agenda_item").await?.len() == 1, "whoever follows the agenda item still hears of its result");
        correct(&town, &decided, "vertagt").await?;
        until_kinds(&town, search, "Radweg", &["agenda_item"]).await?;
        correct(&town, &decided, "beschlossen").await?;
        until_kinds(&town, search, "Radweg", &["decision"]).await?;
        let (built, other_follower) = rooms::ports(town.db(), two.path())?;
        until_kinds(&town, &*built.search, "Radweg", &["decision"]).await?;
        follower.stop();
        other_follower.stop();
        Ok(())
    });
}

#[test]
fn a_decision_belongs_to_the_body_of_its_meeting() {
    in_town(async |town| {
        decided(&town, "beschlossen").await?;
        ensure!(told(&town, "decision").await?.iter().map(|decision| decision.body.as_deref()).eq([None]));
        town.db()
            .write::<_, DbError>(town.site.id, |tx| {
                let site = tx.site()?;
                let body: Id<str> = tx.insert(
                    sql!(
                        "INSERT INTO council_body (site_id, name, state, created_at, modified_at) VALUES ($1, 'Ortsteil Bachau', 'public', 0, 0) RETURNING id"
                    ),
                    &[&site],
                )?;
                tx.execute(sql!("UPDATE council_meeting SET body_id = $2 WHERE site_id = $1"), &[&site, &body])
            })
            .await?;
        ensure!(told(&town, "decision").await?.iter().map(|decision| decision.body.as_deref()).eq([Some("Ortsteil Bachau")]));
        Ok(())
    });
}
