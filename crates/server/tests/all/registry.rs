//! Every statement of the program runs on both engines and names the site it works for.

use allmende_db::statement::STATEMENTS;
use allmende_db::{Clock, Db, DbError, Scope, Statement, schema};
use allmende_testing::on_both_engines;
use anyhow::{Result, ensure};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// What statements on tables with sites may hold instead of the site, each with its reason.
const WITHOUT_SITE: &[(&str, &str)] = &[
    ("WHERE source_id = $1", "an import works for one source, which was found by its site"),
    ("UPDATE council_source SET", "an import works for one source, which was found by its site"),
    ("UPDATE council_run SET", "a run was made or found by its source in the same import"),
    ("UPDATE council_origin SET parent_url", "the row was found by its source in the same closure"),
    (" job SET ", "the queue belongs to the installation: a worker takes whatever is due"),
    ("FROM job WHERE", "the queue belongs to the installation: a worker takes whatever is due"),
    ("FROM job GROUP BY", "the figures for operators count the whole queue"),
    ("UPDATE node SET path = $2 WHERE id = $1", "the node was written with its site in the same closure"),
    ("FROM change WHERE IS_SETTLED", "the change feed is one for all sites: its ends"),
    ("DELETE FROM change WHERE", "the change feed is one for all sites: its retention"),
];

fn columns(db: &Db, statement: &'static Statement) -> Result<Vec<String>> {
    let (file, line) = statement.place();
    let checked = db.read_blocking::<_, DbError>(Scope::Installation, move |tx| tx.check(statement));
    checked.map_err(|error| anyhow::anyhow!("{file}:{line}: {error}\n{}", statement.source()))
}

/// File, line and text of a statement.
type Place = (&'static str, u32, &'static str);

#[test]
fn every_statement_prepares_on_both_engines_with_the_same_columns() {
    // The link to the rooms: without it their statements would not be in this program.
    assert!(!allmende::rooms::routes().infos().is_empty());
    let seen: RefCell<BTreeMap<Place, Vec<String>>> = RefCell::default();
    let outcome = on_both_engines(schema::MIGRATIONS, Clock::Database, |db| {
        let known: BTreeSet<String> = db.read_blocking(Scope::Installation, |tx| tx.schema())?.into_iter().map(|(table, _, _)| table).collect();
        let mut faults = Vec::new();
        for statement in STATEMENTS {
            // Tests bring tables of their own.
            if tables(statement.source()).iter().any(|table| !known.contains(table)) && statement.place().0.contains("/tests/") {
                continue;
            }
            let (file, line) = statement.place();
            let names = match columns(db, statement) {
                Ok(names) => names,
                Err(error) => {
                    faults.push(error.to_string());
                    continue;
                }
            };
            // An unnamed column bears the expression's text on one engine and a word on the other; only names count.
            let names: Vec<String> = names.into_iter().map(|name| if name.contains(['(', ' ', '\'']) { String::new() } else { name }).collect();
            match seen.borrow_mut().entry((file, line, statement.source())) {
                std::collections::btree_map::Entry::Vacant(place) => {
                    place.insert(names);
                }
                std::collections::btree_map::Entry::Occupied(place) => {
                    let same = |(a, b): (&String, &String)| a.is_empty() || b.is_empty() || a == b || is_unnamed(b);
                    if place.get().len() != names.len() || !place.get().iter().zip(&names).all(same) {
                        faults.push(format!("{file}:{line}: {:?} and {names:?}", place.get()));
                    }
                }
            }
        }
        ensure!(faults.is_empty(), "{}", faults.join("\n"));
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error:?}");
    }
    assert!(seen.borrow().len() > 50);
}

/// What PostgreSQL calls a column without a name.
fn is_unnamed(name: &str) -> bool {
    matches!(name, "?column?" | "count" | "coalesce" | "case" | "max" | "min" | "sum" | "int8" | "exists" | "length" | "octet_length")
}

/// The tables that a statement touches.
fn tables(source: &str) -> BTreeSet<String> {
    let words: Vec<&str> = source.split(|c: char| c.is_whitespace() || c == '(' || c == ')' || c == ',').filter(|word| !word.is_empty()).collect();
    let after = |pair: &[&str]| matches!(pair[0].to_ascii_uppercase().as_str(), "FROM" | "JOIN" | "INTO" | "UPDATE").then(|| pair[1].to_owned());
    words.windows(2).filter_map(after).filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_')).collect()
}

#[test]
fn every_statement_on_a_table_with_sites_names_the_site() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let options = allmende_db::Options { target: allmende_db::Target::Sqlite(folder.path().join("a.db")), readers: 1, clock: Clock::Database };
    let db = Db::open(&options)?;
    allmende_db::migrate::run(&db, schema::MIGRATIONS)?;
    let with_site: BTreeSet<String> =
        db.read_blocking(Scope::Installation, |tx| tx.schema())?.into_iter().filter(|(_, column, _)| column == "site_id").map(|(table, _, _)| table).collect();
    let mut faults = Vec::new();
    for statement in STATEMENTS {
        let source = statement.source();
        let touches = tables(source).iter().any(|table| with_site.contains(table));
        let is_exception = WITHOUT_SITE.iter().any(|(fragment, _)| source.contains(fragment));
        if touches && !source.contains("site_id") && !is_exception {
            faults.push(format!("{:?}: {source}", statement.place()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}
