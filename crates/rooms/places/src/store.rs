//! The gazetteer in the database: replaced as a whole, read by page and by cache.

use allmende_core::fold::sort_key;
use allmende_core::{Id, Instant, fold, hex};
use allmende_db::{DbError, Row, Tx, sql};
use allmende_places::fold::key;
use allmende_places::{Geometry, Kind, Place, Point};
use allmende_platform::changes;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// The kind under which a changed gazetteer stands in the change feed, with object 0: whatever was derived from it is out of date.
pub const CHANGE: &str = "gazetteer";

/// A place with its row.
#[derive(Debug, Clone)]
pub struct PlaceRow {
    /// Its row: part of its address.
    pub id: i64,
    /// The place.
    pub place: Place,
    /// Whether the gazetteer of today holds it.
    pub is_current: bool,
}

/// A place as it stands in a list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its row.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The district it lies in.
    pub district: Option<String>,
    /// Where the list goes on after it.
    pub sort_key: String,
}

/// What is known of a site's gazetteer.
#[derive(Debug, Clone)]
pub struct Gazetteer {
    /// Changes with everything that a recogniser is made of.
    pub version: String,
    /// The name of the file it came from.
    pub source_name: String,
    /// When it was loaded.
    pub loaded_at: Instant,
}

/// What replacing did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Replaced {
    /// Places that were not known before, or not any more.
    pub new: usize,
    /// Places of which something changed.
    pub changed: usize,
    /// Places that the gazetteer holds no longer.
    pub gone: usize,
    /// Places that stayed as they were.
    pub same: usize,
}

impl Replaced {
    /// Whether anything changed.
    #[must_use]
    pub const fn is_change(&self) -> bool {
        self.new + self.changed + self.gone > 0
    }
}

/// A place as its row holds it, to compare and to write.
#[derive(PartialEq)]
struct Cells {
    name: String,
    district: Option<String>,
    other_names: String,
    geometry: Option<String>,
    position: i64,
}

/// What tells a place from others: kind, folded name, folded district.
type Own = (String, String, String);
/// A row as it was: its id, whether it was current, its cells.
type Before = (i64, bool, Cells);

fn own(place: &Place) -> Own {
    (place.kind.key().to_owned(), key(&place.name), place.district.as_deref().map(key).unwrap_or_default())
}

fn cells(place: &Place, position: usize) -> Cells {
    Cells {
        name: place.name.clone(),
        district: place.district.clone(),
        other_names: serde_json::json!(place.other_names).to_string(),
        geometry: place.geometry.as_ref().map(|geometry| geometry.to_json().to_string()),
        position: i64::try_from(position).unwrap_or(i64::MAX),
    }
}

/// Replaces the gazetteer of the transaction's site. Places that it held before keep their rows; what changes stands in the
/// change feed as one change, and nothing is written if nothing changes but the file's name.
///
/// # Errors
/// What the database reports.
pub fn replace(tx: &mut Tx<'_>, places: &[Place], source_name: &str) -> Result<Replaced, DbError> {
    let site = tx.site()?;
    let mut known: HashMap<Own, Before> = list_known(tx)?.into_iter().collect();
    let mut replaced = Replaced::default();
    let mut digest = Sha256::new();
    for (position, place) in places.iter().enumerate() {
        let (own, cells) = (own(place), cells(place, position));
        let id = match known.remove(&own) {
            Some((id, true, before)) if before == cells => {
                replaced.same += 1;
                id
            }
            Some((id, was_current, _)) => {
                update(tx, id, place, &cells)?;
                *(if was_current { &mut replaced.changed } else { &mut replaced.new }) += 1;
                id
            }
            None => {
                replaced.new += 1;
                insert(tx, place, &own, &cells)?
            }
        };
        digest.update(format!("{id}\0{}\0{}\0{:?}\0{}\0{:?}\n", own.0, cells.name, cells.district, cells.other_names, cells.geometry));
    }
    for (id, was_current, _) in known.into_values() {
        if was_current {
            tx.execute(sql!("UPDATE place SET is_current = 0 WHERE site_id = $1 AND id = $2"), &[&site, &id])?;
            replaced.gone += 1;
        }
    }
    let version = hex(&digest.finalize());
    let now = tx.now()?;
    tx.execute(
        sql!(
            "INSERT INTO place_gazetteer (site_id, version, source_name, loaded_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (site_id) DO UPDATE SET version = excluded.version, source_name = excluded.source_name, loaded_at = excluded.loaded_at"
        ),
        &[&site, &version, &source_name, &now],
    )?;
    if replaced.is_change() {
        changes::note(tx, CHANGE, 0)?;
    }
    Ok(replaced)
}

fn list_known(tx: &mut Tx<'_>) -> Result<Vec<(Own, Before)>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!("SELECT id, kind, folded, district_folded, is_current, name, district, other_names, geometry, position FROM place WHERE site_id = $1"),
        &[&site],
        |row| {
            let cells = Cells { name: row.get(5)?, district: row.get(6)?, other_names: row.get(7)?, geometry: row.get(8)?, position: row.get(9)? };
            Ok(((row.get(1)?, row.get(2)?, row.get(3)?), (row.get(0)?, row.get(4)?, cells)))
        },
    )
}

fn insert(tx: &mut Tx<'_>, place: &Place, own: &Own, cells: &Cells) -> Result<i64, DbError> {
    let site = tx.site()?;
    let (sorted, point) = (sort_key(&place.name), place.point());
    let (latitude, longitude) = (point.map(|point| point.latitude), point.map(|point| point.longitude));
    let id: Id<Place> = tx.insert(
        sql!(
            "INSERT INTO place (site_id, kind, name, folded, sort_key, letter, district, district_folded, other_names, geometry, latitude, longitude, position, is_current) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1) RETURNING id"
        ),
        &[
            &site,
            &own.0,
            &cells.name,
            &own.1,
            &sorted,
            &letter(&sorted),
            &cells.district,
            &own.2,
            &cells.other_names,
            &cells.geometry,
            &latitude,
            &longitude,
            &cells.position,
        ],
    )?;
    Ok(id.get())
}

fn update(tx: &mut Tx<'_>, id: i64, place: &Place, cells: &Cells) -> Result<(), DbError> {
    let site = tx.site()?;
    let (sorted, point) = (sort_key(&place.name), place.point());
    let (latitude, longitude) = (point.map(|point| point.latitude), point.map(|point| point.longitude));
    tx.execute(
        sql!(
            "UPDATE place SET name = $3, sort_key = $4, letter = $5, district = $6, other_names = $7, geometry = $8, latitude = $9, longitude = $10, \
             position = $11, is_current = 1 WHERE site_id = $1 AND id = $2"
        ),
        &[&site, &id, &cells.name, &sorted, &letter(&sorted), &cells.district, &cells.other_names, &cells.geometry, &latitude, &longitude, &cells.position],
    )?;
    Ok(())
}

/// The letter under which a name stands: its first one in capitals, `#` for what is none.
fn letter(sort_key: &str) -> String {
    sort_key
        .chars()
        .find(|letter| letter.is_alphanumeric())
        .filter(|letter| letter.is_alphabetic())
        .map_or_else(|| "#".to_owned(), |letter| letter.to_uppercase().collect())
}

/// What is known of the site's gazetteer; nothing if none was loaded.
///
/// # Errors
/// What the database reports.
pub fn find_gazetteer(tx: &mut Tx<'_>) -> Result<Option<Gazetteer>, DbError> {
    let site = tx.site()?;
    tx.find(sql!("SELECT version, source_name, loaded_at FROM place_gazetteer WHERE site_id = $1"), &[&site], |row| {
        Ok(Gazetteer { version: row.get(0)?, source_name: row.get(1)?, loaded_at: row.get(2)? })
    })
}

/// All places of today with their rows, in the order of the file.
///
/// # Errors
/// What the database reports.
pub fn list_all(tx: &mut Tx<'_>) -> Result<Vec<PlaceRow>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!("SELECT id, kind, name, district, other_names, geometry, is_current FROM place WHERE site_id = $1 AND is_current = 1 ORDER BY position, id"),
        &[&site],
        place_row,
    )
}

/// The districts of today with their outlines, in order of their names, at most 200.
///
/// # Errors
/// What the database reports.
pub fn list_districts(tx: &mut Tx<'_>) -> Result<Vec<PlaceRow>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT id, kind, name, district, other_names, geometry, is_current FROM place \
             WHERE site_id = $1 AND is_current = 1 AND kind = 'district' ORDER BY sort_key, id LIMIT 200"
        ),
        &[&site],
        place_row,
    )
}

/// One place, also one that the gazetteer holds no longer.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<PlaceRow>, DbError> {
    let site = tx.site()?;
    tx.find(sql!("SELECT id, kind, name, district, other_names, geometry, is_current FROM place WHERE site_id = $1 AND id = $2"), &[&site, &id], place_row)
}

fn place_row(row: &Row<'_>) -> Result<PlaceRow, DbError> {
    let (kind, other_names, geometry): (String, String, Option<String>) = (row.get(1)?, row.get(4)?, row.get(5)?);
    let geometry = geometry.and_then(|text| Geometry::from_json(&serde_json::from_str(&text).ok()?).ok());
    let place = Place {
        name: row.get(2)?,
        kind: Kind::from_key(&kind).unwrap_or(Kind::Place),
        district: row.get(3)?,
        other_names: serde_json::from_str(&other_names).unwrap_or_default(),
        geometry,
    };
    Ok(PlaceRow { id: row.get(0)?, place, is_current: row.get(6)? })
}

/// How many places of each kind the gazetteer holds.
///
/// # Errors
/// What the database reports.
pub fn count_kinds(tx: &mut Tx<'_>) -> Result<Vec<(Kind, i64)>, DbError> {
    let site = tx.site()?;
    tx.list(sql!("SELECT kind, COUNT(*) FROM place WHERE site_id = $1 AND is_current = 1 GROUP BY kind ORDER BY kind"), &[&site], |row| {
        let kind: String = row.get(0)?;
        Ok((Kind::from_key(&kind).unwrap_or(Kind::Place), row.get(1)?))
    })
}

/// Letters with the number of streets and other places under each.
///
/// # Errors
/// What the database reports.
pub fn list_letters(tx: &mut Tx<'_>) -> Result<Vec<(String, i64)>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!("SELECT letter, COUNT(*) FROM place WHERE site_id = $1 AND is_current = 1 AND kind <> 'district' GROUP BY letter ORDER BY letter"),
        &[&site],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Where a list begins: after this sort key and row.
#[derive(Debug, Clone, Default)]
pub struct After {
    /// The sort key of the last place shown.
    pub sort_key: String,
    /// Its row.
    pub id: i64,
}

/// Streets and other places under a letter, in order of their names.
///
/// # Errors
/// What the database reports.
pub fn list_by_letter(tx: &mut Tx<'_>, letter: &str, after: &After, limit: i64) -> Result<Vec<Listed>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT id, name, kind, district, sort_key FROM place WHERE site_id = $1 AND is_current = 1 AND letter = $2 AND kind <> 'district' \
             AND (sort_key > $3 OR (sort_key = $3 AND id > $4)) ORDER BY sort_key, id LIMIT $5"
        ),
        &[&site, &letter, &after.sort_key, &after.id, &limit],
        listed,
    )
}

/// Streets and other places of a district by its name, in order of their names.
///
/// # Errors
/// What the database reports.
pub fn list_in_district(tx: &mut Tx<'_>, district: &str, after: &After, limit: i64) -> Result<Vec<Listed>, DbError> {
    let (site, district) = (tx.site()?, key(district));
    tx.list(
        sql!(
            "SELECT id, name, kind, district, sort_key FROM place WHERE site_id = $1 AND is_current = 1 AND district_folded = $2 AND kind <> 'district' \
             AND (sort_key > $3 OR (sort_key = $3 AND id > $4)) ORDER BY sort_key, id LIMIT $5"
        ),
        &[&site, &district, &after.sort_key, &after.id, &limit],
        listed,
    )
}

/// Streets and other places, in order of their names.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Listed>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT id, name, kind, district, sort_key FROM place WHERE site_id = $1 AND is_current = 1 AND kind <> 'district' ORDER BY sort_key, id LIMIT $2"
        ),
        &[&site, &limit],
        listed,
    )
}

fn listed(row: &Row<'_>) -> Result<Listed, DbError> {
    let kind: String = row.get(2)?;
    Ok(Listed { id: row.get(0)?, name: row.get(1)?, kind: Kind::from_key(&kind).unwrap_or(Kind::Place), district: row.get(3)?, sort_key: row.get(4)? })
}

/// The address of a place.
#[must_use]
pub fn path(id: i64, name: &str) -> String {
    match fold::slug(name) {
        slug if slug.is_empty() => format!("/orte/{id}"),
        slug => format!("/orte/{id}-{slug}"),
    }
}

/// The point of a place as an address gives it.
#[must_use]
pub fn near(point: Point) -> String {
    format!("{:.5},{:.5}", point.latitude, point.longitude)
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn a_name_stands_under_its_first_letter() {
        let check = |key: &str, expected: &str| assert_eq!(letter(key), expected);
        check("agilweg", "A");
        check(" oelweg", "O");
        check("17 juni", "#");
        check("", "#");
    }
}
