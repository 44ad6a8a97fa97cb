//! Rows as OParl objects, a page of them at a time: as many statements for one object as for a hundred.
//!
//! Only what is public comes out: an object whose state is neither `public` nor `withdrawn` is not found, and a reference to
//! one is left out. This is the one place that decides so for the open interface. Each type has a function that takes row
//! ids; [`list`] chooses those of a list page. Start with [`Loading`].

mod list;
mod meetings;
mod papers;
mod people;
mod places;

pub use list::{Filter, count, ids};
pub use meetings::{agenda_items, meetings};
pub use papers::{consultations, papers};
pub use people::{memberships, organizations, persons};
pub use places::{bodies, files, locations, terms};

use allmende_db::{DbError, Row};
use allmende_oparl::{Common, Kind};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::HashMap;

/// How rows become objects.
pub struct Loading<'a> {
    /// The address of the object of this type in this row.
    pub address: &'a dyn Fn(Kind, i64) -> String,
    /// The page for people, for objects that came without one.
    pub page: &'a dyn Fn(Kind, i64, &str) -> Option<String>,
    /// Where a file that the house keeps can be had; `id` and file name.
    pub kept_file: &'a dyn Fn(i64, &str) -> String,
    /// Also refer to objects of the origin that were never seen. Only for comparing with the origin.
    pub unseen: bool,
    /// Name of the property that holds the address at the origin; empty to leave it out.
    pub origin_property: &'static str,
}

impl Loading<'_> {
    /// The state that references may have besides `public` and `withdrawn`.
    const fn further_state(&self) -> &'static str {
        if self.unseen { "placeholder" } else { "public" }
    }

    fn reference(&self, kind: Kind, id: Option<i64>) -> Option<String> {
        id.map(|id| (self.address)(kind, id))
    }
}

/// The columns that every SELECT of this module begins with; the type's own begin at [`OWN`].
macro_rules! shared {
    ($alias:literal, $kind:literal) => {
        concat!(
            $alias,
            ".id, ",
            $alias,
            ".state, ",
            $alias,
            ".created_at, ",
            $alias,
            ".modified_at, ",
            $alias,
            ".license, ",
            $alias,
            ".keywords, ",
            $alias,
            ".web, ",
            $alias,
            ".vendor, (SELECT o.url FROM council_origin o WHERE o.site_id = ",
            $alias,
            ".site_id AND o.kind = '",
            $kind,
            "' AND o.object_id = ",
            $alias,
            ".id)"
        )
    };
}

/// The id of a referenced row, if it may be spoken of. `$3` is [`Loading::further_state`].
macro_rules! shown {
    ($table:literal, $column:literal) => {
        concat!("(SELECT r.id FROM ", $table, " r WHERE r.id = ", $column, " AND (r.state IN ('public', 'withdrawn') OR r.state = $3))")
    };
}
use {shared, shown};

/// Position of a type's first own column.
const OWN: usize = 9;

/// Reads the shared columns. `title` is what the object's page is named after.
fn common(row: &Row<'_>, loading: &Loading<'_>, kind: Kind, title: &str) -> Result<Common, DbError> {
    let id = row.get(0)?;
    let mut vendor: std::collections::BTreeMap<String, serde_json::Value> =
        row.get::<Option<String>>(7)?.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    if let Some(origin) = row.get::<Option<String>>(8)?
        && !loading.origin_property.is_empty()
    {
        vendor.insert(loading.origin_property.to_owned(), origin.into());
    }
    Ok(Common {
        id: (loading.address)(kind, id),
        created: Some(instant(row.get(2)?)),
        modified: Some(instant(row.get(3)?)),
        license: row.get(4)?,
        keyword: texts(row.get(5)?),
        web: row.get::<Option<String>>(6)?.or_else(|| (loading.page)(kind, id, title)),
        deleted: row.get::<String>(1)? == "withdrawn",
        vendor,
        strays: Vec::new(),
    })
}

fn instant(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn instant_at(row: &Row<'_>, position: usize) -> Result<Option<Timestamp>, DbError> {
    Ok(row.get::<Option<i64>>(position)?.map(instant))
}

fn day_at(row: &Row<'_>, position: usize) -> Result<Option<Date>, DbError> {
    Ok(row.get::<Option<String>>(position)?.and_then(|text| text.parse().ok()))
}

/// A JSON array of texts, as list columns hold it.
fn texts(column: Option<String>) -> Vec<String> {
    column.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Related ids by the row they belong to, in order.
type Grouped<T> = HashMap<i64, Vec<T>>;

fn group<T>(rows: Vec<(i64, T)>) -> Grouped<T> {
    let mut out = Grouped::new();
    for (owner, item) in rows {
        out.entry(owner).or_default().push(item);
    }
    out
}

/// `owner, id` pairs as addresses of one type, by owner.
fn addresses(rows: Vec<(i64, i64)>, loading: &Loading<'_>, kind: Kind) -> Grouped<String> {
    group(rows.into_iter().map(|(owner, id)| (owner, (loading.address)(kind, id))).collect())
}

fn pair(row: &Row<'_>) -> Result<(i64, i64), DbError> {
    Ok((row.get(0)?, row.get(1)?))
}
