//! Two real cities behind the replay server: all of it the first time, every change, every defect named.

mod import;

use allmende_core::Instant;
use allmende_council::import::Mode;
use allmende_db::{Clock, Db, schema::MIGRATIONS};
use allmende_oparl::{Defect, Kind};
use allmende_testing::on_both_engines;
use anyhow::{Result, ensure};
use import::{City, count, import as run, options, site};

#[test]
fn huertgenwald_comes_whole_and_its_defects_are_named() -> Result<()> {
    let Some(city) = City::start("huertgenwald")? else { return Ok(()) };
    on_both_engines(MIGRATIONS, Clock::Database, |db| {
        let site = site(db)?;
        let report = run(db, site, &format!("{}/system", city.url), options(), &|_| {})?;
        for (defect, tally) in report.findings.iter() {
            println!("{:28} {:6}  {:?}", defect.key(), tally.count, tally.examples.first().map(|e| (&e.object, e.property, &e.detail)));
        }
        println!("{:?}\n{} requests, waited {:?}, own {:?}", report.counts, report.requests, report.waited, report.own);
        let again = run(db, site, &format!("{}/system", city.url), options(), &|_| {})?;
        println!("{:?} {} requests, waited {:?}, own {:?}", again.counts, again.requests, again.waited, again.own);
        for table in ["body", "organization", "person", "membership", "meeting", "agenda_item", "paper", "consultation", "file", "location"] {
            println!("{table}: {} public, {} withdrawn, {} placeholder", count(db, table, "public")?, count(db, table, "withdrawn")?, count(db, table, "placeholder")?);
        }
        Ok(())
    })
}

#[test]
fn karlsruhe_comes_whole() -> Result<()> {
    let Some(city) = City::start("karlsruhe")? else { return Ok(()) };
    let folder = tempfile::tempdir()?;
    let db = Db::open(&allmende_db::Options { target: allmende_db::Target::Sqlite(folder.path().join("a.db")), readers: 2, clock: Clock::Database })?;
    allmende_db::migrate::run(&db, MIGRATIONS)?;
    let site = site(&db)?;
    let report = run(&db, site, &format!("{}/system", city.url), options(), &|_| {})?;
    for (defect, tally) in report.findings.iter() {
        println!("{:28} {:6}  {:?}", defect.key(), tally.count, tally.examples.first().map(|e| (&e.object, e.property, &e.detail)));
    }
    println!("{:?}\n{} requests, waited {:?}, own {:?}", report.counts, report.requests, report.waited, report.own);
    let again = run(&db, site, &format!("{}/system", city.url), options(), &|_| {})?;
    println!("{:?} {} requests, waited {:?}, own {:?}", again.counts, again.requests, again.waited, again.own);
    for table in ["body", "organization", "person", "membership", "meeting", "agenda_item", "paper", "consultation", "file", "location"] {
        println!("{table}: {} public, {} withdrawn, {} placeholder", count(&db, table, "public")?, count(&db, table, "withdrawn")?, count(&db, table, "placeholder")?);
    }
    let _ = (Mode::First, Defect::CutOff, Kind::Paper, Instant::from_millis(0));
    ensure!(report.requests > 0);
    Ok(())
}
