//! The column catalogue (`migrations/columns.toml`) and the schema of both engines say the same.

use allmende_db::{Clock, Scope, schema};
use allmende_testing::on_both_engines;
use anyhow::{Context, Result, ensure};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const CLASSES: [&str; 5] = ["none", "pseudonym", "personal", "special", "secret"];
const RETENTIONS: [&str; 6] = ["permanent", "site", "account", "session", "day", "quarter"];
const EXPORTS: [&str; 4] = ["public", "site", "person", "never"];
const ERASURES: [&str; 4] = ["keep", "delete", "unlink", "expire"];

/// One table's words that hold for all its columns.
const TABLE_WORDS: [(&str, &[&str]); 3] = [("retention", &RETENTIONS), ("export", &EXPORTS), ("erasure", &ERASURES)];

fn catalogue() -> Result<toml::Table> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations/columns.toml");
    Ok(std::fs::read_to_string(&file).with_context(|| file.display().to_string())?.parse()?)
}

fn word<'t>(table: &'t toml::Table, key: &str, place: &str) -> Result<&'t str> {
    table.get(key).and_then(toml::Value::as_str).with_context(|| format!("{place}: no {key}"))
}

/// Every column of the catalogue with its class; fails on a word that is not in the lists above.
fn columns() -> Result<BTreeSet<(String, String)>> {
    let mut found = BTreeMap::new();
    for (name, value) in catalogue()? {
        let table = value.as_table().with_context(|| format!("{name} is no table"))?;
        word(table, "owner", &name)?;
        for (key, allowed) in TABLE_WORDS {
            let value = word(table, key, &name)?;
            ensure!(allowed.contains(&value), "{name}: {key} = {value}");
        }
        for class in CLASSES {
            for column in table.get(class).and_then(toml::Value::as_array).into_iter().flatten() {
                let column = column.as_str().with_context(|| format!("{name}: {class}"))?;
                let before = found.insert((name.clone(), column.to_owned()), class);
                ensure!(before.is_none(), "{name}.{column} stands there twice");
            }
        }
        for column in authors(table) {
            ensure!(found.contains_key(&(name.clone(), column.to_owned())), "{name}.author: no column {column}");
        }
        for (column, words) in table.get("but").and_then(toml::Value::as_table).into_iter().flatten() {
            ensure!(found.contains_key(&(name.clone(), column.clone())), "{name}.but.{column}: no such column");
            for (key, value) in words.as_table().into_iter().flatten() {
                let allowed = TABLE_WORDS.iter().find(|(own, _)| own == key).with_context(|| format!("{name}.but.{column}: {key}"))?.1;
                ensure!(value.as_str().is_some_and(|value| allowed.contains(&value)), "{name}.but.{column}: {key} = {value}");
            }
        }
    }
    Ok(found.into_keys().collect())
}

/// The columns of a table that go to the author of a row.
fn authors(table: &toml::Table) -> impl Iterator<Item = &str> {
    table.get("author").and_then(toml::Value::as_array).into_iter().flatten().filter_map(toml::Value::as_str)
}

/// The columns that belong into the file of one's own data.
pub fn own_columns() -> Result<BTreeSet<(String, String)>> {
    let mut found = columns_with("export", &["person"])?;
    for (name, value) in catalogue()? {
        let table = value.as_table().context("no table")?;
        found.extend(authors(table).map(|column| (name.clone(), column.to_owned())));
    }
    Ok(found)
}

/// The columns for which one of the catalogue's words is one of these.
pub fn columns_with(key: &str, words: &[&str]) -> Result<BTreeSet<(String, String)>> {
    let all = catalogue()?;
    let mut found = BTreeSet::new();
    for (name, column) in columns()? {
        let table = all.get(&name).and_then(toml::Value::as_table).context("no table")?;
        let own = table.get("but").and_then(|but| but.get(&column)).and_then(|words| words.get(key)).and_then(toml::Value::as_str);
        if words.contains(&own.map_or_else(|| word(table, key, &name), Ok)?) {
            found.insert((name, column));
        }
    }
    Ok(found)
}

#[test]
fn every_column_of_both_engines_stands_in_the_catalogue_once() {
    let outcome = on_both_engines(schema::MIGRATIONS, Clock::Database, |db| {
        let real = db.read_blocking(Scope::Installation, |tx| tx.schema())?;
        let real: BTreeSet<(String, String)> = real.into_iter().map(|(table, column, _)| (table, column)).collect();
        let written = columns()?;
        let missing: Vec<_> = real.difference(&written).collect();
        let unknown: Vec<_> = written.difference(&real).collect();
        ensure!(missing.is_empty() && unknown.is_empty(), "missing: {missing:?}\nunknown: {unknown:?}");
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error:?}");
    }
}

#[test]
fn both_engines_have_the_same_columns_and_every_foreign_key_has_an_index() {
    let schemas = std::cell::RefCell::new(Vec::new());
    let outcome = on_both_engines(schema::MIGRATIONS, Clock::Database, |db| {
        let (columns, keys) = db.read_blocking(Scope::Installation, |tx| Ok::<_, allmende_db::DbError>((tx.schema()?, tx.foreign_keys_without_index()?)))?;
        ensure!(columns.iter().all(|(_, _, kind)| kind != "?"), "{columns:?}");
        ensure!(keys.is_empty(), "{keys:?}");
        schemas.borrow_mut().push(columns);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error:?}");
    }
    let schemas = schemas.borrow();
    assert_eq!(schemas[0], schemas[1]);
}
