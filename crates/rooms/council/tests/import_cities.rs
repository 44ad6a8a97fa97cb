//! Two real cities behind the replay server: all of it the first time, every change, every object compared field by field,
//! every defect named.

#[path = "town/mod.rs"]
mod import;

use allmende_core::{Id, Site};
use allmende_council::import::Report;
use allmende_db::{Clock, Db, Target, migrate, schema::MIGRATIONS};
use allmende_oparl::{Defect, Findings, Kind, Repair, read_list};
use allmende_outbound::{Client, Policy, Request};
use allmende_testing::{Server, on_both_engines};
use anyhow::{Context, Result, ensure};
use import::{City, compare, count, fresh, import as run, options, picture, site};
use serde_json::Value;

const HUERTGENWALD: [(&str, i64, i64); 10] = [
    ("body", 1, 0),
    ("organization", 22, 0),
    ("person", 49, 0),
    ("membership", 533, 0),
    ("meeting", 346, 21),
    ("agenda_item", 5106, 0),
    ("paper", 2097, 18),
    ("consultation", 2228, 0),
    ("file", 6947, 0),
    ("location", 5, 0),
];

fn check_counts(db: &Db, expected: &[(&'static str, i64, i64)]) -> Result<()> {
    for (table, public, withdrawn) in expected {
        let found = (count(db, table, "public")?, count(db, table, "withdrawn")?);
        ensure!(found == (*public, *withdrawn), "{table}: {found:?} instead of {public} and {withdrawn}");
    }
    Ok(())
}

/// All objects of a list as the server sends them.
fn whole_list(url: &str) -> Result<Vec<Value>> {
    // More patient than the import: a busy machine takes its time for a thousand objects.
    let client = Client::new(Policy { allow_private: true, ..Policy::default() });
    let (mut all, mut next) = (Vec::new(), Some(url.to_owned()));
    while let Some(url) = next {
        let answer = client.get(&Request { max_body_bytes: Some(1 << 26), ..Request::new(&url) })?;
        let page = read_list(&answer.body, Repair::Refuse, &mut Findings::default()).map_err(|error| anyhow::anyhow!("{url}: {error}"))?;
        all.extend(page.data);
        next = page.next;
    }
    Ok(all)
}

fn compare_list(db: &Db, site: Id<Site>, url: &str, kind: Kind) -> Result<usize> {
    let received = whole_list(url)?;
    let mut loaded = compare::loaded(db, site, kind)?;
    for object in &received {
        compare::same(object, kind, &mut loaded)?;
    }
    ensure!(loaded.is_empty() || kind == Kind::Consultation, "{kind:?}: the server does not have {:?}", loaded.keys().next());
    Ok(received.len())
}

fn show(report: &Report) {
    for (defect, tally) in report.findings.iter() {
        let example = tally.examples.first().map(|example| format!("{} {} {}", example.object, example.property, example.detail));
        println!("  {:28} {:6}  {:.120}", defect.key(), tally.count, example.unwrap_or_default());
    }
    println!("{} requests, waited {:?}, own {:?}, {:?}", report.requests, report.waited, report.own, report.totals());
}

#[test]
fn huertgenwald_comes_whole_and_its_defects_are_named() -> Result<()> {
    let Some(city) = City::start("huertgenwald")? else { return Ok(()) };
    on_both_engines(MIGRATIONS, Clock::Database, |db| {
        let site = site(db)?;
        let url = format!("{}/system", city.url);
        let report = run(db, site, &url, options(), &|_| {})?;
        show(&report);
        check_counts(db, &HUERTGENWALD)?;
        for (list, kind) in [("organization", Kind::Organization), ("person", Kind::Person), ("meeting", Kind::Meeting), ("paper", Kind::Paper)] {
            compare_list(db, site, &format!("{}/body/1/{list}", city.url), kind)?;
        }
        let counts: Vec<_> = report.findings.iter().map(|(defect, tally)| (defect, tally.count)).collect();
        for (defect, expected) in [
            (Defect::DeletedInUnfilteredList, 39),
            (Defect::MissingType, 39),
            (Defect::MissingOrder, 5106),
            (Defect::MissingNumber, 11),
            (Defect::MissingRequired, 1),
            (Defect::AgsSevenDigits, 1),
            (Defect::NotRetrievable, 35),
            (Defect::ListNotRetrievable, 12),
            (Defect::FilterRefused, 4),
        ] {
            ensure!(counts.contains(&(defect, expected)), "{}: {} instead of {expected}", defect.key(), report.findings.count(defect));
        }
        let again = run(db, site, &url, options(), &|_| {})?;
        let totals = again.totals();
        ensure!((totals.new, totals.changed, totals.withdrawn) == (0, 0, 0), "{totals:?}");
        check_counts(db, &HUERTGENWALD)
    })
}

#[test]
fn faults_on_every_seventh_answer_change_nothing() -> Result<()> {
    let Some(city) = City::start("huertgenwald")? else { return Ok(()) };
    let folder = tempfile::tempdir()?;
    let url = format!("{}/system", city.url);
    let calm = fresh(folder.path(), "calm.db")?;
    run(&calm, site(&calm)?, &url, options(), &|_| {})?;
    city.post("/_faults?every=7")?;
    let disturbed = fresh(folder.path(), "disturbed.db")?;
    let report = run(&disturbed, site(&disturbed)?, &url, options(), &|_| {})?;
    show(&report);
    met_all_faults(&report)?;
    picture(&calm)?.same_as(&picture(&disturbed)?)
}

fn met_all_faults(report: &Report) -> Result<()> {
    for defect in [Defect::ServerError, Defect::CutOff, Defect::SlowAnswer] {
        ensure!(report.findings.count(defect) > 0, "{} was not met", defect.key());
    }
    Ok(())
}

/// Five of the 2,104 places stand only in deleted papers. 14,697 ids of consultations are embedded, 121 of them twice (one
/// consultation in two meetings); 262 come by address.
const KARLSRUHE: [(&str, i64, i64); 7] = [
    ("organization", 97, 0),
    ("meeting", 2598, 0),
    ("agenda_item", 18_688, 0),
    ("paper", 13_726, 268),
    ("file", 47_979, 0),
    ("consultation", 14_697 + 121 + 262, 0),
    ("location", 2099, 0),
];

#[test]
fn karlsruhe_comes_whole_and_follows_every_change() -> Result<()> {
    let Some(city) = City::start("karlsruhe")? else { return Ok(()) };
    let folder = tempfile::tempdir()?;
    follow(&city, &fresh(folder.path(), "karlsruhe.db")?)
}

/// Minutes long, so only `cargo xtask bench cities` asks for it.
#[test]
fn long_karlsruhe_comes_whole_and_follows_every_change_on_postgresql() -> Result<()> {
    if !is_long_wanted() {
        return Ok(());
    }
    let Some(city) = City::start("karlsruhe")? else { return Ok(()) };
    let server = Server::from_environment()?;
    let name = server.create()?;
    let db = Db::open(&allmende_db::Options { target: Target::Postgres(server.url_of(&name)), readers: 1, clock: Clock::Database })?;
    migrate::run(&db, MIGRATIONS)?;
    let outcome = follow(&city, &db);
    drop(db);
    server.remove(&name)?;
    outcome?;
    println!("| Karlsruhe and its 38 update batches | PostgreSQL | every object as the server's, field by field, before and after all 364 changes |");
    Ok(())
}

/// Minutes long, so only `cargo xtask bench cities` asks for it.
#[test]
fn long_karlsruhe_comes_whole_through_faults_on_every_seventh_answer() -> Result<()> {
    if !is_long_wanted() {
        return Ok(());
    }
    let Some(city) = City::start("karlsruhe")? else { return Ok(()) };
    let folder = tempfile::tempdir()?;
    let db = fresh(folder.path(), "karlsruhe.db")?;
    let site = site(&db)?;
    city.post("/_faults?every=7")?;
    let started = std::time::Instant::now();
    let report = run(&db, site, &format!("{}/system", city.url), options(), &|_| {})?;
    let seconds = started.elapsed().as_secs();
    city.post("/_faults?every=0")?;
    show(&report);
    met_all_faults(&report)?;
    check_counts(&db, &KARLSRUHE)?;
    compare_all(&city, &db, site, 13_994, 2598)?;
    let faults = [Defect::ServerError, Defect::CutOff, Defect::SlowAnswer, Defect::ControlCharacter].map(|defect| report.findings.count(defect));
    println!(
        "| Karlsruhe, every 7th answer a fault | SQLite | complete after {} requests and {seconds} s, every object as the server's, field by field; \
         errors, cut off, slow, control characters: {faults:?} |",
        report.requests
    );
    Ok(())
}

fn is_long_wanted() -> bool {
    let is_wanted = std::env::var_os("ALLMENDE_LONG_PROOFS").is_some();
    if !is_wanted {
        println!("skipped: minutes long; `cargo xtask bench cities` runs it");
    }
    is_wanted
}

/// All of Karlsruhe, a run without changes, all its changes one batch after the other; everything compared field by field.
fn follow(city: &City, db: &Db) -> Result<()> {
    let site = site(db)?;
    let url = format!("{}/system", city.url);
    let report = run(db, site, &url, options(), &|_| {})?;
    show(&report);
    check_counts(db, &KARLSRUHE)?;
    compare_all(city, db, site, 13_994, 2598)?;
    let before = picture(db)?;
    let idle = run(db, site, &url, options(), &|_| {})?;
    show(&idle);
    ensure!(idle.requests <= 10, "{} requests without changes", idle.requests);
    before.same_as(&picture(db)?).context("a run without changes wrote something")?;
    drop(before);
    let mut not_moved = 0;
    for (number, batch) in (1..).zip(city.batches()?) {
        city.post("/_advance")?;
        let report = run(db, site, &url, options(), &|_| {})?;
        for (kind, mark) in [(Kind::Paper, "/papers/"), (Kind::Meeting, "/meetings/")] {
            let sent = batch.iter().filter(|object| object["id"].as_str().is_some_and(|id| id.contains(mark))).count();
            let count = report.count(kind);
            ensure!(count.new + count.changed == sent as u64, "batch {number}: {count:?} of {sent} {kind:?}");
        }
        not_moved += report.findings.count(Defect::ParentNotModified);
    }
    println!("{not_moved} of 364 objects changed without their modified moving");
    ensure!(count(db, "agenda_item", "public")? == 18_677, "{} agenda items", count(db, "agenda_item", "public")?);
    compare_all(city, db, site, 14_004, 2609)
}

fn compare_all(city: &City, db: &Db, site: Id<Site>, papers: usize, meetings: usize) -> Result<()> {
    let list = |name: &str| format!("{}/bodies/0001/{name}?modified_since=1970-01-01T00:00:00+00:00&limit=1000", city.url);
    let found = compare_list(db, site, &list("papers"), Kind::Paper).context("papers")?;
    ensure!(found == papers, "{found} papers");
    let found = compare_list(db, site, &list("meetings"), Kind::Meeting).context("meetings")?;
    ensure!(found == meetings, "{found} meetings");
    compare_list(db, site, &list("organizations"), Kind::Organization).map(drop)
}
