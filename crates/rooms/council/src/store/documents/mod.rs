//! What the council tells the search: its papers, files, meetings, decisions on agendas, organizations and people.
//!
//! Each kind is one [`Source`]: a bounded number of statements for any number of rows, and only what strangers may read by the
//! rules of the public pages. Names of committees, places and bodies are copied into the documents: see [`super::noted`] for
//! how a new name reaches them. Read in this order: [`sources`], [`papers`], [`files`].

pub mod files;
pub mod meetings;
pub mod papers;
pub mod people;

use crate::rules::{Outcome, standing};
use crate::store::papers::StationRow;
use allmende_core::Instant;
use allmende_db::{DbError, Row, Tx, sql};
use allmende_platform::search::{Point, Source};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::HashMap;

/// All council matters are of this dimension of open government.
const DIMENSION: Option<&str> = Some("transparency");
/// Points taken from one place.
const POINTS_MAX: usize = 100;

/// What the council tells the search.
#[must_use]
pub fn sources() -> Vec<Source> {
    vec![papers::SOURCE, files::SOURCE, meetings::MEETINGS, meetings::ITEMS, people::ORGANIZATIONS, people::PERSONS]
}

/// The beginning of a day. Midnight UTC falls on the same day on the clocks of every German site.
fn start_of(day: Option<&str>) -> Option<Instant> {
    let start = day?.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok()?;
    Some(Instant::from_millis(start.timestamp().as_millisecond()))
}

/// A text that says something.
fn said(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Names in their order, each once.
fn once(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for name in names {
        if !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

/// Where an outcome leaves the matter: a key that the search has a word for.
fn status_of(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Adopted => "adopted",
        Outcome::AdoptedChanged => "adopted-changed",
        Outcome::Rejected => "rejected",
        Outcome::Noted => "noted",
        Outcome::Postponed => "postponed",
        Outcome::Referred | Outcome::TakenOff | Outcome::Recommended | Outcome::Other(_) => "under-discussion",
    }
}

/// Where a paper stands by its stations; nothing where it was on no agenda yet.
fn status_of_way(rows: &[StationRow], now: Instant) -> Option<String> {
    let stations: Vec<_> = rows.iter().map(StationRow::as_station).collect();
    let found = standing(&stations, now);
    let outcome = found.result.and_then(|position| stations[position].outcome.as_ref());
    let key = match outcome {
        Some(outcome) if outcome.is_decision() || found.next.is_none() => status_of(outcome),
        Some(_) => "under-discussion",
        None if found.last.is_some() || found.next.is_some() => "under-discussion",
        None => return None,
    };
    Some(key.to_owned())
}

/// Places as they are collected: names first, districts after them, and points.
#[derive(Debug, Clone, Default)]
struct Places {
    names: Vec<String>,
    points: Vec<Point>,
}

impl Places {
    /// Reads name, district and GeoJSON from three neighbouring columns.
    fn read(&mut self, row: &Row<'_>, at: usize) -> Result<(), DbError> {
        for name in [said(row.get(at)?), said(row.get(at + 1)?)].into_iter().flatten() {
            if !self.names.contains(&name) {
                self.names.push(name);
            }
        }
        if let Some(geojson) = row.get::<Option<String>>(at + 2)?.and_then(|text| serde_json::from_str::<serde_json::Value>(&text).ok()) {
            points(&geojson, &mut self.points);
        }
        Ok(())
    }
}

/// The points of a GeoJSON object. Lines and areas have none: somebody who asks what lies within 500 m would be misled.
fn points(value: &serde_json::Value, out: &mut Vec<Point>) {
    let inner = |key: &str| value.get(key).and_then(serde_json::Value::as_array).into_iter().flatten();
    match value.get("type").and_then(serde_json::Value::as_str) {
        Some("Feature") => value.get("geometry").into_iter().for_each(|geometry| points(geometry, out)),
        Some("FeatureCollection") => inner("features").for_each(|feature| points(feature, out)),
        Some("GeometryCollection") => inner("geometries").for_each(|geometry| points(geometry, out)),
        Some("Point") => out.extend(value.get("coordinates").and_then(point)),
        Some("MultiPoint") => out.extend(inner("coordinates").filter_map(point)),
        _ => {}
    }
    out.truncate(POINTS_MAX);
}

fn point(coordinates: &serde_json::Value) -> Option<Point> {
    let (longitude, latitude) = (coordinates.get(0)?.as_f64()?, coordinates.get(1)?.as_f64()?);
    ((-180.0..=180.0).contains(&longitude) && (-90.0..=90.0).contains(&latitude)).then_some(Point { longitude, latitude })
}

/// The places that papers are about, by paper.
fn places_of_papers(tx: &mut Tx<'_>, papers: &[i64]) -> Result<HashMap<i64, Places>, DbError> {
    let site = tx.site()?;
    let mut found: HashMap<i64, Places> = HashMap::new();
    tx.each(
        sql!(
            "SELECT k.paper_id, COALESCE(l.description, l.street_address, l.sub_locality, l.locality), l.sub_locality, l.geojson \
             FROM council_paper_location k JOIN council_location l ON l.id = k.location_id AND l.state = 'public' \
             WHERE k.paper_id ANY_OF($1) AND +k.site_id = $2 ORDER BY k.paper_id, k.position"
        ),
        &[&papers, &site],
        |row| found.entry(row.get(0)?).or_default().read(row, 1),
    )?;
    Ok(found)
}

/// The public variants of texts in other languages, by row: whoever looks for a word of Leichte Sprache finds it.
fn variants(tx: &mut Tx<'_>, kind: &'static str, ids: &[i64]) -> Result<HashMap<i64, Vec<String>>, DbError> {
    let site = tx.site()?;
    let mut found: HashMap<i64, Vec<String>> = HashMap::new();
    tx.each(
        sql!("SELECT object_id, text FROM council_text WHERE site_id = $1 AND kind = $2 AND object_id ANY_OF($3) ORDER BY object_id, language, field"),
        &[&site, &kind, &ids],
        |row| {
            found.entry(row.get(0)?).or_default().push(row.get(1)?);
            Ok(())
        },
    )?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(value: &serde_json::Value, expected: &[(f64, f64)]) {
        let mut found = Vec::new();
        points(value, &mut found);
        assert_eq!(found.iter().map(|point| (point.longitude, point.latitude)).collect::<Vec<_>>(), expected, "{value}");
    }

    #[test]
    fn only_points_on_the_earth_are_points() {
        check(&json!({"type": "Point", "coordinates": [8.4, 49.0]}), &[(8.4, 49.0)]);
        check(&json!({"type": "Point", "coordinates": [180.0, -90.0]}), &[(180.0, -90.0)]);
        check(&json!({"type": "Point", "coordinates": [180.1, 0.0]}), &[]);
        check(&json!({"type": "Point", "coordinates": [0.0, 90.1]}), &[]);
        check(&json!({"type": "Feature", "geometry": {"type": "MultiPoint", "coordinates": [[1.0, 2.0], [3.0, 4.0, 5.0]]}}), &[(1.0, 2.0), (3.0, 4.0)]);
        check(&json!({"type": "LineString", "coordinates": [[1.0, 2.0], [3.0, 4.0]]}), &[]);
        check(&json!({"type": "Feature", "geometry": null}), &[]);
        check(&json!([1, 2]), &[]);
    }

    #[test]
    fn a_place_gives_at_most_a_hundred_points() {
        let many = |count: usize| json!({"type": "MultiPoint", "coordinates": vec![[1.0, 2.0]; count]});
        for (count, expected) in [(100, 100), (101, 100)] {
            let mut found = Vec::new();
            points(&many(count), &mut found);
            assert_eq!(found.len(), expected);
        }
    }

    #[test]
    fn a_day_begins_at_midnight_utc() {
        assert_eq!(start_of(Some("1970-01-02")), Some(Instant::from_millis(86_400_000)));
        assert_eq!(start_of(Some("bald")), None);
        assert_eq!(start_of(None), None);
    }
}
