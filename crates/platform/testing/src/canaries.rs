//! Canaries: every private text of a database is exchanged for a word that must never be seen in public.
//!
//! What is private says the catalogue of columns: whatever is personal, a pseudonym, special or secret and is not exported to the
//! public. Rows stay rows: a value is exchanged where there is one, in the form that it had (JSON stays JSON); a column whose
//! values the program reads as something else than words is named by the caller with the reason. Works on a SQLite file that
//! nobody else has open. Start with [`plant`].

use anyhow::{Context, Result};
use rusqlite::Connection;
use std::path::Path;

/// What every canary begins with.
pub const CANARY: &str = "KANARI-";

/// A column whose values were exchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planted {
    /// `table.column`.
    pub column: String,
    /// How many rows bear it.
    pub rows: usize,
}

/// What was planted and what was not.
#[derive(Debug, Clone, Default)]
pub struct Planting {
    /// Columns with canaries.
    pub planted: Vec<Planted>,
    /// Private text columns without a value to exchange: a test that wants them seen puts a row there first.
    pub empty: Vec<String>,
    /// Private columns that the schema allows no word in: numbers, digests, fixed choices.
    pub unfit: Vec<String>,
}

/// Plants canaries in all private text columns of a database but those `except`.
///
/// # Errors
/// A file that cannot be opened, a catalogue that cannot be read.
pub fn plant(database: &Path, catalogue: &str, except: &[&str]) -> Result<Planting> {
    let connection = Connection::open(database)?;
    let mut planting = Planting::default();
    for (table, column) in private_columns(catalogue)? {
        let name = format!("{table}.{column}");
        if except.contains(&name.as_str()) {
            continue;
        }
        if !is_text(&connection, &table, &column)? {
            planting.unfit.push(name);
            continue;
        }
        let word = format!("{CANARY}{table}-{column}-");
        // The row's number keeps unique columns unique.
        let statement = format!(
            "UPDATE \"{table}\" SET \"{column}\" = CASE substr(\"{column}\", 1, 1) WHEN '{{' THEN '{{\"kanari\":\"{word}' || rowid || '\"}}' \
             WHEN '[' THEN '[\"{word}' || rowid || '\"]' ELSE '{word}' || rowid END WHERE \"{column}\" IS NOT NULL AND \"{column}\" <> ''"
        );
        match connection.execute(&statement, []) {
            Ok(0) => planting.empty.push(name),
            Ok(rows) => planting.planted.push(Planted { column: name, rows }),
            Err(rusqlite::Error::SqliteFailure(error, _)) if error.code == rusqlite::ErrorCode::ConstraintViolation => planting.unfit.push(name),
            Err(error) => return Err(error).with_context(|| name),
        }
    }
    Ok(planting)
}

/// The canaries in a text, each once, in the order of the text.
#[must_use]
pub fn sung(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (at, _) in text.match_indices(CANARY) {
        let word: String = text[at..].chars().take_while(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_')).collect();
        if !found.contains(&word) {
            found.push(word);
        }
    }
    found
}

fn is_text(connection: &Connection, table: &str, column: &str) -> Result<bool> {
    let mut statement = connection.prepare("SELECT type FROM pragma_table_info(?1) WHERE name = ?2")?;
    let kind: String = statement.query_row([table, column], |row| row.get(0)).with_context(|| format!("{table}.{column}"))?;
    Ok(kind == "TEXT")
}

/// Table and column of everything that is private by the catalogue.
///
/// # Errors
/// A catalogue that is not the one of this program.
pub fn private_columns(catalogue: &str) -> Result<Vec<(String, String)>> {
    let tables: toml::Table = catalogue.parse()?;
    let mut found = Vec::new();
    for (name, table) in &tables {
        let of_table = table.get("export").and_then(toml::Value::as_str).with_context(|| format!("{name}: no export"))?;
        for class in ["pseudonym", "personal", "special", "secret"] {
            for column in table.get(class).and_then(toml::Value::as_array).into_iter().flatten().filter_map(toml::Value::as_str) {
                let own = table.get("but").and_then(|but| but.get(column)?.get("export")?.as_str());
                if own.unwrap_or(of_table) != "public" {
                    found.push((name.clone(), column.to_owned()));
                }
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CATALOGUE: &str =
        "[a]\nexport = \"site\"\nnone = [\"id\"]\npersonal = [\"name\", \"shown\", \"number\", \"kind\", \"data\"]\nbut.shown = { export = \"public\" }\n";

    #[test]
    fn words_are_exchanged_where_they_are_private_and_fit() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("a.db");
        let connection = Connection::open(&path)?;
        connection.execute_batch(
            "CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT UNIQUE, shown TEXT, number INTEGER, kind TEXT CHECK (kind IN ('x')), data TEXT) STRICT; \
             INSERT INTO a (name, shown, number, kind, data) VALUES ('Ida', 'Rat', 1, 'x', '{\"a\":1}'), ('Otto', 'Rat', 2, 'x', NULL);",
        )?;
        let planting = plant(&path, CATALOGUE, &[])?;
        let planted = |column: &str, rows| Planted { column: column.to_owned(), rows };
        assert_eq!(planting.planted, [planted("a.name", 2), planted("a.data", 1)]);
        assert_eq!((planting.empty.len(), planting.unfit), (0, vec!["a.number".to_owned(), "a.kind".to_owned()]));
        let row: (String, String, String) =
            connection.query_row("SELECT name, shown, data FROM a WHERE id = 1", [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        assert_eq!(row, ("KANARI-a-name-1".to_owned(), "Rat".to_owned(), "{\"kanari\":\"KANARI-a-data-1\"}".to_owned()));
        assert_eq!(plant(&path, CATALOGUE, &["a.name"])?.planted.len(), 1);
        Ok(())
    }

    #[test]
    fn a_canary_is_heard_once() {
        assert_eq!(sung("x KANARI-a-name-1, KANARI-a-name-1\" KANARI-b_c-d-2<"), ["KANARI-a-name-1", "KANARI-b_c-d-2"]);
        assert!(sung("nichts").is_empty());
    }
}
