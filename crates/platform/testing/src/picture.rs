//! What a database holds, table by table as text, to compare before and after or one database with another.

use allmende_db::dump::{self, Owned};
use allmende_db::{Db, DbError, Scope};
use anyhow::{Result, bail};
use std::collections::{BTreeMap, BTreeSet};

/// All rows of some tables; the order in which they were written plays no part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture(BTreeMap<String, Vec<String>>);

impl Picture {
    /// Takes a picture of the tables that `wants` names. A cell for which `hides` says yes (by table, column and value) is left out.
    ///
    /// # Errors
    /// What the database reports.
    pub fn of(db: &Db, wants: fn(&str) -> bool, hides: impl Fn(&str, &str, &Owned) -> bool + Send + 'static) -> Result<Self> {
        let tables = db.read_blocking::<_, DbError>(Scope::Installation, move |tx| {
            let mut tables = BTreeMap::new();
            for table in dump::tables(tx)?.into_iter().filter(|table| wants(&table.name)) {
                let mut rows = Vec::new();
                dump::each_row::<DbError>(tx, &table, |row| {
                    let mut line = String::new();
                    for (at, (column, _)) in table.columns.iter().enumerate() {
                        let cell = Owned::from(row.cell(at)?);
                        let text = if hides(&table.name, column, &cell) { "·".to_owned() } else { format!("{cell:?}") };
                        line.push_str(&format!("{column}={text} "));
                    }
                    rows.push(line);
                    Ok(())
                })?;
                rows.sort_unstable();
                tables.insert(table.name, rows);
            }
            Ok(tables)
        })?;
        Ok(Self(tables))
    }

    /// How many rows a table has; 0 for one that is not in the picture.
    #[must_use]
    pub fn rows(&self, table: &str) -> usize {
        self.0.get(table).map_or(0, Vec::len)
    }

    /// Fails with the first rows that differ.
    ///
    /// # Errors
    /// Where the other picture differs.
    pub fn same_as(&self, other: &Self) -> Result<()> {
        let tables: BTreeSet<&String> = self.0.keys().chain(other.0.keys()).collect();
        for table in tables {
            let (one, two) = (self.0.get(table).map_or(&[][..], Vec::as_slice), other.0.get(table).map_or(&[][..], Vec::as_slice));
            if let Some(at) = (0..one.len().max(two.len())).find(|at| one.get(*at) != two.get(*at)) {
                bail!("{table} differs ({} and {} rows):\n{:?}\n{:?}", one.len(), two.len(), one.get(at), two.get(at));
            }
        }
        Ok(())
    }
}
