//! Where an undertaking lies: a point, a line or an area as GeoJSON (RFC 7946), read strictly and written back plainly. Pure.

use allmende_core::Refusal;
use allmende_platform::search::Point;
use serde_json::{Value, json};

/// Positions of one geometry at the most.
pub const POSITIONS_MAX: usize = 2_000;
/// Characters of the text at the most.
pub const TEXT_CHARS_MAX: usize = 50_000;

/// A point, a line or an area.
#[derive(Debug, Clone, PartialEq)]
pub enum Geometry {
    /// One position.
    Point(Point),
    /// At least two positions.
    Line(Vec<Point>),
    /// Closed rings; the first is the outer one, the others are holes.
    Area(Vec<Vec<Point>>),
}

impl Geometry {
    /// Reads a geometry, a feature, or a collection of one feature.
    ///
    /// # Errors
    /// `admin-undertaking-geometry` for anything else: other kinds, positions outside the earth, open rings, more than
    /// [`POSITIONS_MAX`] positions.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let refused = || Refusal::of_field("geometry", "admin-undertaking-geometry");
        if text.chars().count() > TEXT_CHARS_MAX {
            return Err(refused());
        }
        let value: Value = serde_json::from_str(text).map_err(|_| refused())?;
        read(&value).filter(|geometry| geometry.positions().count() <= POSITIONS_MAX).ok_or_else(refused)
    }

    /// As GeoJSON.
    #[must_use]
    pub fn json(&self) -> Value {
        let one = |point: &Point| json!([point.longitude, point.latitude]);
        let many = |points: &Vec<Point>| Value::Array(points.iter().map(one).collect());
        match self {
            Self::Point(point) => json!({ "type": "Point", "coordinates": one(point) }),
            Self::Line(points) => json!({ "type": "LineString", "coordinates": many(points) }),
            Self::Area(rings) => json!({ "type": "Polygon", "coordinates": rings.iter().map(many).collect::<Vec<_>>() }),
        }
    }

    fn positions(&self) -> Box<dyn Iterator<Item = &Point> + '_> {
        match self {
            Self::Point(point) => Box::new(std::iter::once(point)),
            Self::Line(points) => Box::new(points.iter()),
            Self::Area(rings) => Box::new(rings.iter().flatten()),
        }
    }

    /// Where its pin stands: the point itself, the middle position of a line, the middle of an area's outer ring.
    #[must_use]
    pub fn pin(&self) -> Point {
        match self {
            Self::Point(point) => *point,
            Self::Line(points) => points.get(points.len() / 2).copied().unwrap_or(Point { longitude: 0.0, latitude: 0.0 }),
            Self::Area(rings) => {
                let ring = rings.first().map_or(&[][..], Vec::as_slice);
                // The last position repeats the first.
                let corners = ring.get(..ring.len().saturating_sub(1)).unwrap_or_default();
                let count = f64::from(u32::try_from(corners.len().max(1)).unwrap_or(u32::MAX));
                let sum = |of: fn(&Point) -> f64| corners.iter().map(of).sum::<f64>() / count;
                Point { longitude: sum(|point| point.longitude), latitude: sum(|point| point.latitude) }
            }
        }
    }
}

fn read(value: &Value) -> Option<Geometry> {
    match value.get("type")?.as_str()? {
        "FeatureCollection" => match value.get("features")?.as_array()?.as_slice() {
            [feature] => read(feature),
            _ => None,
        },
        "Feature" => read(value.get("geometry")?),
        "Point" => position(value.get("coordinates")?).map(Geometry::Point),
        "LineString" => positions(value.get("coordinates")?).filter(|points| points.len() >= 2).map(Geometry::Line),
        "Polygon" => {
            let rings: Option<Vec<_>> = value.get("coordinates")?.as_array()?.iter().map(positions).collect();
            let is_ring = |ring: &Vec<Point>| ring.len() >= 4 && ring.first() == ring.last();
            rings.filter(|rings| !rings.is_empty() && rings.iter().all(is_ring)).map(Geometry::Area)
        }
        _ => None,
    }
}

fn positions(value: &Value) -> Option<Vec<Point>> {
    value.as_array()?.iter().map(position).collect()
}

fn position(value: &Value) -> Option<Point> {
    let numbers = value.as_array()?;
    let (longitude, latitude) = (numbers.first()?.as_f64()?, numbers.get(1)?.as_f64()?);
    let is_fine = numbers.len() <= 3 && (-180.0..=180.0).contains(&longitude) && (-90.0..=90.0).contains(&latitude);
    is_fine.then_some(Point { longitude, latitude })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: bool) {
        assert_eq!(Geometry::parse(text).is_ok(), expected, "{text}");
    }

    #[test]
    fn a_point_a_line_and_an_area_are_read_and_nothing_else() {
        check(r#"{"type":"Point","coordinates":[7.05,54.38]}"#, true);
        check(r#"{"type":"Point","coordinates":[7.05,54.38,12]}"#, true);
        check(r#"{"type":"Point","coordinates":[180,90]}"#, true);
        check(r#"{"type":"Point","coordinates":[180.1,54]}"#, false);
        check(r#"{"type":"Point","coordinates":[7,90.1]}"#, false);
        check(r#"{"type":"Point","coordinates":["7","54"]}"#, false);
        check(r#"{"type":"LineString","coordinates":[[7,54],[7,55]]}"#, true);
        check(r#"{"type":"LineString","coordinates":[[7,54]]}"#, false);
        check(r#"{"type":"Polygon","coordinates":[[[7,54],[8,54],[8,55],[7,54]]]}"#, true);
        check(r#"{"type":"Polygon","coordinates":[[[7,54],[8,54],[8,55],[7,55]]]}"#, false);
        check(r#"{"type":"Polygon","coordinates":[]}"#, false);
        check(r#"{"type":"MultiPoint","coordinates":[[7,54]]}"#, false);
        check(r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[7,54]}}"#, true);
        check(r#"{"type":"FeatureCollection","features":[]}"#, false);
        check("Lindenallee", false);
    }

    #[test]
    fn too_many_positions_are_refused() {
        let line = |count: usize| format!(r#"{{"type":"LineString","coordinates":[{}]}}"#, vec!["[7,54]"; count].join(","));
        check(&line(POSITIONS_MAX), true);
        check(&line(POSITIONS_MAX + 1), false);
    }

    #[test]
    fn the_pin_stands_on_the_thing_and_what_is_written_is_read_again() {
        let area = Geometry::parse(r#"{"type":"Polygon","coordinates":[[[7,54],[9,54],[9,56],[7,56],[7,54]]]}"#).unwrap();
        assert_eq!(area.pin(), Point { longitude: 8.0, latitude: 55.0 });
        let line = Geometry::parse(r#"{"type":"LineString","coordinates":[[7,54],[7.5,54],[8,54]]}"#).unwrap();
        assert_eq!(line.pin(), Point { longitude: 7.5, latitude: 54.0 });
        assert_eq!(Geometry::parse(&line.json().to_string()), Ok(line));
    }
}
