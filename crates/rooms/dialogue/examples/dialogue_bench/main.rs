//! Fills a town with ideas and comments for `cargo xtask bench dialogue`: a migrated database with one site, on either engine.
//!
//!     dialogue_bench DATABASE IDEAS COMMENTS
//!
//! DATABASE is `sqlite:FILE` or `postgres://…`. Prints one line for each page that is measured: a name, a tabulator, an address.
//! The process and its parts are made by the room's own store; the many rows come from [`store`], one statement each.

mod store;

use allmende_core::{Actor, Instant};
use allmende_db::{Clock, Db, DbError, Options, Scope, Target, dump};
use allmende_dialogue::formats::ideas::rules::Settings;
use allmende_dialogue::rules::{Acts, Audience, Period};
use allmende_dialogue::store::phases::{self, NewPhase, Part};
use allmende_dialogue::store::processes::{self, About, Ways};
use allmende_platform::sites;
use anyhow::{Context, Result};

/// Categories of the collection.
const CATEGORIES: [&str; 4] = ["Verkehr", "Grün", "Freizeit", "Miteinander"];

/// So many pages of a kind are asked for in turn: who asks for one page together with others shares their reading of it.
const PAGES: i64 = 400;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let target = Target::parse(&arguments.next().context("which database?")?)?;
    let mut number = |name: &'static str| -> Result<i64> { arguments.next().context(name)?.parse().context(name) };
    let (ideas, comments) = (number("how many ideas?")?, number("how many comments?")?);
    let db = Db::open(&Options { target, readers: 1, clock: Clock::Database })?;
    let site = db.read_blocking::<_, DbError>(Scope::Installation, sites::list)?.into_iter().next().context("no site: `allmende init` first")?.id;
    let place = db.write_blocking::<_, DbError>(site, |tx| {
        let about = About { title: "Ideen für die Stadt".to_owned(), lead: "Was fehlt?".to_owned(), ..About::default() };
        let ways = Ways { audience: Audience::open(), is_moderated_before: false, answer_days: Some(60) };
        let process = processes::insert(tx, "ideas", &about, &ways, None, &Actor::System)?;
        let settings = Settings { categories: CATEGORIES.map(str::to_owned).to_vec(), ..Settings::default() }.json();
        let part = |position: i64, format: &str, settings: String| Part {
            id: 0,
            position,
            format: format.to_owned(),
            title: format.to_owned(),
            intro: String::new(),
            settings,
        };
        let collection = phases::insert_part(tx, process, &part(1, "ideas", settings))?;
        let talk = phases::insert_part(tx, process, &part(2, "discussion", "{}".to_owned()))?;
        let period = Period { starts_at: Instant::from_millis(0), ends_at: tx.now()?.plus_seconds(86_400 * 365), acts: Acts::parse("propose comment support") };
        phases::replace(tx, process, &[NewPhase { part: None, title: "Jetzt".to_owned(), note: String::new(), period }])?;
        processes::publish(tx, process, &Actor::System)?;
        Ok(store::Place { process, collection, talk })
    })?;
    let full = db.write_blocking::<_, DbError>(site, move |tx| {
        let full = store::fill(tx, place, ideas, comments)?;
        dump::count_tables(tx)?;
        Ok(full)
    })?;
    let own = format!("/beteiligung/{}-ideen-fuer-die-stadt", place.process);
    let many = |count: i64, path: &dyn Fn(i64) -> String| (1..=count).map(path).collect::<Vec<_>>().join(" ");
    let idea = format!("/beteiligung/{}/ideen", place.process);
    for (name, paths) in [
        ("idea list (by chance)", many(PAGES, &|page| format!("{own}/ideen?ab={}_0", page * (1 << 20) / PAGES - 1))),
        ("idea list (most supported)", many(PAGES, &|page| format!("{own}/ideen?sortiert=zustimmung&ab={page}_0"))),
        ("idea list (one category, newest)", format!("{own}/ideen?sortiert=neu&thema=Freizeit")),
        ("idea page, 100 comments, balanced", many(full.min(PAGES), &|number| format!("{idea}/{number}"))),
        ("idea page, 100 comments, newest", many(full.min(PAGES), &|number| format!("{idea}/{number}?kommentare=neu"))),
        ("discussion, first page", format!("{own}/diskussion")),
    ] {
        println!("{name}\t{paths}");
    }
    Ok(())
}
