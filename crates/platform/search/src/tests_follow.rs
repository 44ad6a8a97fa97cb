//! The index on disk follows the database, on both engines: first start, changes, restarts, damage, and building anew.

use crate::folder::Folder;
use crate::{Index, Indexer, is_rebuild_pending, request_rebuild};
use allmende_core::{Id, Language, Site};
use allmende_db::schema::MIGRATIONS;
use allmende_db::{Clock, Db, DbError, Scope, Tx};
use allmende_platform::changes;
use allmende_platform::search::{Document, Query, Search, Source};
use allmende_platform::sites::{self, NewSite, SiteKind};
use allmende_testing::on_both_engines;
use anyhow::{Result, ensure};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Things are texts of the site named `thing-1` to `thing-40`; an empty one is not public.
const SOURCE: Source = Source { kind: "paper", load, list_after };

fn load(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Document>, DbError> {
    let site = tx.site()?;
    let all = sites::list(tx)?;
    let Some(own) = all.iter().find(|settings| settings.id == site) else { return Ok(Vec::new()) };
    let texts = ids.iter().map(|id| (*id, own.text(&format!("thing-{id}"), Language::German))).filter(|(_, text)| !text.is_empty());
    let document = |(id, text): (i64, &str)| Document {
        kind: "paper",
        object_id: id,
        path: format!("/ding/{id}"),
        title: format!("Ding {id}"),
        pages: vec![text.to_owned()],
        ..Document::default()
    };
    Ok(texts.map(document).collect())
}

fn list_after(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Vec<i64>, DbError> {
    let ids: Vec<i64> = (after + 1..=40).collect();
    let mut public: Vec<i64> = load(tx, &ids)?.iter().map(|document| document.object_id).collect();
    public.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(public)
}

fn mark(_: Id<Site>, document: &mut Document) {
    document.places.push("Oststadt".to_owned());
}

fn write(db: &Db, site: Id<Site>, id: i64, text: &str, is_noted: bool) -> Result<(), DbError> {
    let text = text.to_owned();
    db.write_blocking(site, move |tx| {
        sites::set_text(tx, site, &format!("thing-{id}"), Language::German, &text)?;
        if is_noted { changes::note(tx, "paper", id) } else { Ok(()) }
    })
}

fn total(index: &Index, site: Id<Site>, words: &str) -> u64 {
    index.find(&[site], &Query { words: words.to_owned(), ..Query::default() }).map_or(u64::MAX, |found| found.total)
}

/// Waits until something holds; on PostgreSQL a transaction of a test beside this one may delay a change.
fn until(what: &str, holds: impl Fn() -> bool) -> Result<Duration> {
    let begun = Instant::now();
    while !holds() {
        ensure!(begun.elapsed() < Duration::from_secs(30), "never: {what}");
        std::thread::yield_now();
    }
    Ok(begun.elapsed())
}

fn run(test: impl Fn(&Db, Id<Site>, &Path) -> Result<()>) {
    let outcome = on_both_engines(MIGRATIONS, Clock::Database, |db| {
        let new = NewSite {
            key: "muehlau".to_owned(),
            kind: SiteKind::Municipality,
            name: "Mühlau".to_owned(),
            base_url: "http://muehlau.example".to_owned(),
            hue: 1,
            chroma_thousandths: 1,
            time_zone: "UTC".to_owned(),
        };
        let site = db.write_blocking::<_, DbError>(Scope::Installation, move |tx| sites::insert(tx, &new))?;
        let folder = tempfile::tempdir()?;
        test(db, site, &folder.path().join("index"))
    });
    if let Err(error) = outcome {
        panic!("{error:?}");
    }
}

fn start(db: &Db, folder: &Path) -> Result<(Arc<Index>, Indexer)> {
    Ok(Indexer::start(db.clone(), vec![SOURCE], folder, Arc::new(mark))?)
}

#[test]
fn what_was_there_is_found_and_what_changes_soon_after() {
    run(|db, site, folder| {
        write(db, site, 1, "Ein Radweg am Fluss.", false)?;
        let (index, indexer) = start(db, folder)?;
        until("the first building", || total(&index, site, "Radweg") == 1)?;
        ensure!(total(&index, site, "ort:Oststadt") == 1, "documents pass through what enriches them");
        write(db, site, 2, "Noch ein Radweg.", true)?;
        until("a new thing", || total(&index, site, "Radweg") == 2)?;
        write(db, site, 2, "Eine Brücke.", true)?;
        until("another text", || total(&index, site, "Radweg") == 1 && total(&index, site, "Brücke") == 1)?;
        write(db, site, 2, "", true)?;
        until("a thing taken away", || total(&index, site, "Brücke") == 0)?;
        indexer.stop();
        Ok(())
    });
}

#[test]
fn a_restart_goes_on_where_it_was_and_builds_nothing() {
    run(|db, site, folder| {
        write(db, site, 1, "Ein Radweg.", true)?;
        let (index, indexer) = start(db, folder)?;
        until("the first building", || total(&index, site, "Radweg") == 1)?;
        indexer.stop();
        let before = Folder::new(folder)?.current();
        write(db, site, 2, "Eine Brücke.", true)?;
        // Not noted: found only if everything is read anew.
        write(db, site, 3, "Ein Tunnel.", false)?;
        let (index, indexer) = start(db, folder)?;
        ensure!(total(&index, site, "Radweg") == 1, "the old index answers at once");
        until("the change while it was away", || total(&index, site, "Brücke") == 1)?;
        ensure!(total(&index, site, "Tunnel") == 0 && Folder::new(folder)?.current() == before);
        indexer.stop();
        Ok(())
    });
}

#[test]
fn building_anew_goes_on_beside_and_takes_its_place() {
    run(|db, site, folder| {
        write(db, site, 1, "Ein Radweg.", false)?;
        let (index, indexer) = start(db, folder)?;
        until("the first building", || total(&index, site, "Radweg") == 1)?;
        write(db, site, 2, "Ein Tunnel.", false)?;
        request_rebuild(folder)?;
        until("the new index", || {
            assert_eq!(total(&index, site, "Radweg"), 1, "the old index answers all the time");
            total(&index, site, "Tunnel") == 1
        })?;
        until("the end of the building", || !is_rebuild_pending(folder))?;
        write(db, site, 3, "Eine Brücke.", true)?;
        until("a change after it", || total(&index, site, "Brücke") == 1)?;
        indexer.stop();
        Ok(())
    });
}

#[test]
fn a_damaged_index_is_built_anew() {
    run(|db, site, folder| {
        write(db, site, 1, "Ein Radweg.", false)?;
        let (index, indexer) = start(db, folder)?;
        until("the first building", || total(&index, site, "Radweg") == 1)?;
        indexer.stop();
        for damage in ["vocabulary.txt", "meta.json"] {
            let current = Folder::new(folder)?.current().ok_or_else(|| anyhow::anyhow!("no index"))?;
            std::fs::write(current.join(damage), "0\nbroken")?;
            let (index, indexer) = start(db, folder)?;
            until("the index anew", || total(&index, site, "Radweg") == 1)?;
            indexer.stop();
        }
        Ok(())
    });
}
