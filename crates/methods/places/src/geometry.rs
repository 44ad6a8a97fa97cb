//! Points, lines and areas on the earth, small enough to be taken as flat: a town. Degrees are WGS 84, distances metres.
//!
//! Reads and writes the geometries of GeoJSON (RFC 7946). Knows nothing of names.

use serde_json::{Value, json};

/// Metres of one degree of latitude.
const METRES_PER_DEGREE: f64 = 111_195.0;

/// A point on the earth in degrees (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// East, −180 to 180.
    pub longitude: f64,
    /// North, −90 to 90.
    pub latitude: f64,
}

impl Point {
    /// A point with both numbers in their bounds.
    #[must_use]
    pub fn new(longitude: f64, latitude: f64) -> Option<Self> {
        let inside = longitude.abs() <= 180.0 && latitude.abs() <= 90.0;
        inside.then_some(Self { longitude, latitude })
    }

    /// Metres to another point, right to one in a thousand within a hundred kilometres.
    #[must_use]
    pub fn distance_m(self, other: Self) -> f64 {
        let (x, y) = self.towards(other);
        x.hypot(y)
    }

    /// Metres east and north from here to another point.
    fn towards(self, other: Self) -> (f64, f64) {
        let shrink = f64::midpoint(self.latitude, other.latitude).to_radians().cos();
        ((other.longitude - self.longitude) * METRES_PER_DEGREE * shrink, (other.latitude - self.latitude) * METRES_PER_DEGREE)
    }

    /// Metres to the nearest point between two others.
    fn distance_to_piece_m(self, from: Self, to: Self) -> f64 {
        let ((ax, ay), (bx, by)) = (self.towards(from), self.towards(to));
        let (dx, dy) = (bx - ax, by - ay);
        let length = dx * dx + dy * dy;
        let along = if length == 0.0 { 0.0 } else { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) };
        (ax + along * dx).hypot(ay + along * dy)
    }
}

/// A line or a ring: its corners in order.
pub type Path = Vec<Point>;

/// Where a place is. Never empty.
#[derive(Debug, Clone, PartialEq)]
pub enum Geometry {
    /// One point or several.
    Points(Vec<Point>),
    /// Lines of at least two points.
    Lines(Vec<Path>),
    /// Areas, each an outer ring and its holes; a ring is closed and has at least four points.
    Areas(Vec<Vec<Path>>),
}

impl Geometry {
    /// All its points, in order.
    pub fn points(&self) -> impl Iterator<Item = Point> {
        let (points, lines, areas): (&[Point], &[Path], &[Vec<Path>]) = match self {
            Self::Points(points) => (points, &[], &[]),
            Self::Lines(lines) => (&[], lines, &[]),
            Self::Areas(areas) => (&[], &[], areas),
        };
        points.iter().chain(lines.iter().flatten()).chain(areas.iter().flatten().flatten()).copied()
    }

    /// A point on the line or inside the area, near its middle.
    #[must_use]
    pub fn centre(&self) -> Point {
        match self {
            Self::Points(points) => mean(points),
            Self::Lines(lines) => lines.iter().max_by(|one, other| length_m(one).total_cmp(&length_m(other))).map_or_else(|| mean(&[]), halfway),
            Self::Areas(areas) => {
                let largest = areas.iter().max_by(|one, other| size(one).total_cmp(&size(other)));
                largest.map_or_else(|| mean(&[]), |area| inside_of(area))
            }
        }
    }

    /// Whether a point lies in one of its areas. Points and lines have no inside.
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        match self {
            Self::Areas(areas) => areas.iter().any(|area| is_inside(area, point)),
            Self::Points(_) | Self::Lines(_) => false,
        }
    }

    /// Metres to its nearest point; 0 inside an area.
    #[must_use]
    pub fn distance_m(&self, point: Point) -> f64 {
        let to_path = |path: &Path| path.windows(2).map(|piece| point.distance_to_piece_m(piece[0], piece[1])).fold(f64::INFINITY, f64::min);
        match self {
            Self::Points(points) => points.iter().map(|own| own.distance_m(point)).fold(f64::INFINITY, f64::min),
            Self::Lines(lines) => lines.iter().map(to_path).fold(f64::INFINITY, f64::min),
            Self::Areas(_) if self.contains(point) => 0.0,
            Self::Areas(areas) => areas.iter().flatten().map(to_path).fold(f64::INFINITY, f64::min),
        }
    }

    /// Takes in another geometry of the same sort; false if they are of different sorts.
    pub fn join(&mut self, other: Self) -> bool {
        match (self, other) {
            (Self::Points(own), Self::Points(more)) => own.extend(more),
            (Self::Lines(own), Self::Lines(more)) => own.extend(more),
            (Self::Areas(own), Self::Areas(more)) => own.extend(more),
            _ => return false,
        }
        true
    }

    /// The smallest box around it: west, south, east, north.
    #[must_use]
    pub fn bounds(&self) -> [f64; 4] {
        bounds_of(self.points())
    }

    /// The geometry as GeoJSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let pair = |point: &Point| json!([point.longitude, point.latitude]);
        let path = |path: &Path| Value::Array(path.iter().map(pair).collect());
        let area = |area: &Vec<Path>| Value::Array(area.iter().map(path).collect());
        let (one, many, all): (_, _, Vec<Value>) = match self {
            Self::Points(points) => ("Point", "MultiPoint", points.iter().map(pair).collect()),
            Self::Lines(lines) => ("LineString", "MultiLineString", lines.iter().map(path).collect()),
            Self::Areas(areas) => ("Polygon", "MultiPolygon", areas.iter().map(area).collect()),
        };
        match all.as_slice() {
            [single] => json!({ "type": one, "coordinates": single }),
            _ => json!({ "type": many, "coordinates": all }),
        }
    }

    /// Reads a GeoJSON geometry.
    ///
    /// # Errors
    /// Says in a word or two what is wrong.
    pub fn from_json(value: &Value) -> Result<Self, GeometryError> {
        let kind = value.get("type").and_then(Value::as_str).ok_or(GeometryError::Shape)?;
        let all = value.get("coordinates").ok_or(GeometryError::Shape)?;
        let several = || all.as_array().filter(|all| !all.is_empty()).ok_or(GeometryError::Shape);
        Ok(match kind {
            "Point" => Self::Points(vec![point_of(all)?]),
            "MultiPoint" => Self::Points(several()?.iter().map(point_of).collect::<Result<_, _>>()?),
            "LineString" => Self::Lines(vec![line_of(all)?]),
            "MultiLineString" => Self::Lines(several()?.iter().map(line_of).collect::<Result<_, _>>()?),
            "Polygon" => Self::Areas(vec![area_of(all)?]),
            "MultiPolygon" => Self::Areas(several()?.iter().map(area_of).collect::<Result<_, _>>()?),
            _ => return Err(GeometryError::Shape),
        })
    }
}

/// Why a geometry cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GeometryError {
    /// It is no point, line or area of RFC 7946.
    Shape,
    /// A number is beyond ±180 or ±90: not degrees, or the wrong way round.
    Bounds,
}

fn point_of(value: &Value) -> Result<Point, GeometryError> {
    let numbers = value.as_array().ok_or(GeometryError::Shape)?;
    let number = |at: usize| numbers.get(at).and_then(Value::as_f64).ok_or(GeometryError::Shape);
    Point::new(number(0)?, number(1)?).ok_or(GeometryError::Bounds)
}

fn path_of(value: &Value, least: usize) -> Result<Path, GeometryError> {
    let path = value.as_array().ok_or(GeometryError::Shape)?.iter().map(point_of).collect::<Result<Path, _>>()?;
    if path.len() < least { Err(GeometryError::Shape) } else { Ok(path) }
}

fn line_of(value: &Value) -> Result<Path, GeometryError> {
    path_of(value, 2)
}

/// Rings that were not closed are closed: that is what everybody means.
fn area_of(value: &Value) -> Result<Vec<Path>, GeometryError> {
    let rings = value.as_array().filter(|rings| !rings.is_empty()).ok_or(GeometryError::Shape)?;
    let closed = |ring: &Value| {
        let mut ring = path_of(ring, 3)?;
        if ring.first() != ring.last() {
            ring.extend(ring.first().copied());
        }
        if ring.len() < 4 { Err(GeometryError::Shape) } else { Ok(ring) }
    };
    rings.iter().map(closed).collect()
}

/// The smallest box around points: west, south, east, north.
#[must_use]
pub fn bounds_of(points: impl Iterator<Item = Point>) -> [f64; 4] {
    let start = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    points.fold(start, |[west, south, east, north], point| {
        [west.min(point.longitude), south.min(point.latitude), east.max(point.longitude), north.max(point.latitude)]
    })
}

fn mean(points: &[Point]) -> Point {
    let count = f64::from(u32::try_from(points.len().max(1)).unwrap_or(u32::MAX));
    let sum = points.iter().fold((0.0, 0.0), |(x, y), point| (x + point.longitude, y + point.latitude));
    Point { longitude: sum.0 / count, latitude: sum.1 / count }
}

fn length_m(line: &Path) -> f64 {
    line.windows(2).map(|piece| piece[0].distance_m(piece[1])).sum()
}

fn halfway(line: &Path) -> Point {
    let mut left = length_m(line) / 2.0;
    for piece in line.windows(2) {
        let length = piece[0].distance_m(piece[1]);
        if length > 0.0 && length >= left {
            let share = left / length;
            let between = |from: f64, to: f64| from + (to - from) * share;
            return Point { longitude: between(piece[0].longitude, piece[1].longitude), latitude: between(piece[0].latitude, piece[1].latitude) };
        }
        left -= length;
    }
    line.first().copied().unwrap_or_else(|| mean(line))
}

/// Size of the outer ring in square degrees: only good for comparing.
fn size(area: &[Path]) -> f64 {
    area.first().map_or(0.0, |ring| ring.windows(2).map(|piece| cross(piece[0], piece[1])).sum::<f64>().abs() / 2.0)
}

fn cross(one: Point, other: Point) -> f64 {
    one.longitude * other.latitude - other.longitude * one.latitude
}

/// The centroid, or, where that lies outside (a crescent), the middle of the widest stretch at its height.
fn inside_of(area: &[Path]) -> Point {
    let Some(ring) = area.first() else { return mean(&[]) };
    let origin = ring.first().copied().unwrap_or_else(|| mean(ring));
    let moved = |point: Point| Point { longitude: point.longitude - origin.longitude, latitude: point.latitude - origin.latitude };
    let (mut x, mut y, mut sum) = (0.0, 0.0, 0.0);
    for piece in ring.windows(2) {
        let (one, other) = (moved(piece[0]), moved(piece[1]));
        let weight = cross(one, other);
        x += (one.longitude + other.longitude) * weight;
        y += (one.latitude + other.latitude) * weight;
        sum += weight;
    }
    if sum == 0.0 {
        return mean(ring);
    }
    let centroid = Point { longitude: origin.longitude + x / (3.0 * sum), latitude: origin.latitude + y / (3.0 * sum) };
    if is_inside(area, centroid) {
        return centroid;
    }
    let mut crossings = crossings(area, centroid.latitude);
    crossings.sort_by(f64::total_cmp);
    let widest = crossings.as_chunks::<2>().0.iter().max_by(|one, other| (one[1] - one[0]).total_cmp(&(other[1] - other[0])));
    widest.map_or(origin, |stretch| Point { longitude: f64::midpoint(stretch[0], stretch[1]), latitude: centroid.latitude })
}

/// Where the rings cross a parallel.
fn crossings(area: &[Path], latitude: f64) -> Vec<f64> {
    let pieces = area.iter().flat_map(|ring| ring.windows(2));
    let crossed = pieces.filter(|piece| (piece[0].latitude > latitude) != (piece[1].latitude > latitude));
    crossed
        .map(|piece| {
            let share = (latitude - piece[0].latitude) / (piece[1].latitude - piece[0].latitude);
            piece[0].longitude + share * (piece[1].longitude - piece[0].longitude)
        })
        .collect()
}

/// By counting the rings crossed on the way east: a hole takes away what the outer ring gave.
fn is_inside(area: &[Path], point: Point) -> bool {
    crossings(area, point.latitude).into_iter().filter(|longitude| *longitude > point.longitude).count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Geometry, GeometryError> {
        Geometry::from_json(&serde_json::from_str(text).unwrap_or_default())
    }

    #[test]
    fn every_geometry_is_written_as_it_was_read() {
        for text in [
            r#"{"type":"Point","coordinates":[8.4,49.0]}"#,
            r#"{"type":"MultiPoint","coordinates":[[8.4,49.0],[8.5,49.1]]}"#,
            r#"{"type":"LineString","coordinates":[[8.4,49.0],[8.5,49.1]]}"#,
            r#"{"type":"MultiLineString","coordinates":[[[8.4,49.0],[8.5,49.1]],[[8.0,49.0],[8.0,49.5]]]}"#,
            r#"{"type":"Polygon","coordinates":[[[0.0,0.0],[4.0,0.0],[4.0,4.0],[0.0,0.0]]]}"#,
            r#"{"type":"MultiPolygon","coordinates":[[[[0.0,0.0],[4.0,0.0],[4.0,4.0],[0.0,0.0]]],[[[8.0,0.0],[9.0,0.0],[9.0,4.0],[8.0,0.0]]]]}"#,
        ] {
            let json: Value = serde_json::from_str(text).unwrap_or_default();
            assert_eq!(read(text).map(|geometry| geometry.to_json()), Ok(json));
        }
    }

    #[test]
    fn what_is_no_geometry_is_refused() {
        let check = |text: &str, expected: GeometryError| assert_eq!(read(text), Err(expected), "{text}");
        check(r#"{"type":"Point","coordinates":[180.1,0]}"#, GeometryError::Bounds);
        check(r#"{"type":"Point","coordinates":[0,-90.1]}"#, GeometryError::Bounds);
        check(r#"{"type":"Point","coordinates":[1]}"#, GeometryError::Shape);
        check(r#"{"type":"LineString","coordinates":[[1,1]]}"#, GeometryError::Shape);
        check(r#"{"type":"Polygon","coordinates":[[[1,1],[2,2],[1,1]]]}"#, GeometryError::Shape);
        check(r#"{"type":"MultiPoint","coordinates":[]}"#, GeometryError::Shape);
        check(r#"{"type":"GeometryCollection","geometries":[]}"#, GeometryError::Shape);
        assert!(read(r#"{"type":"Point","coordinates":[-180,90]}"#).is_ok());
    }

    #[test]
    fn a_hole_is_outside_and_the_centre_of_a_crescent_inside() -> Result<(), GeometryError> {
        let ring = read(r#"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4]],[[1,1],[3,1],[3,3],[1,3]]]}"#)?;
        let point = |longitude: f64, latitude: f64| Point { longitude, latitude };
        assert!(ring.contains(point(0.5, 2.0)) && !ring.contains(point(2.0, 2.0)) && !ring.contains(point(5.0, 2.0)));
        assert!(ring.contains(ring.centre()));
        assert!(ring.distance_m(point(0.5, 2.0)) < 1.0 && ring.distance_m(point(2.0, 2.0)) > 100_000.0);
        let crescent = read(r#"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,1],[1,1],[1,3],[4,3],[4,4],[0,4]]]}"#)?;
        assert!(crescent.contains(crescent.centre()));
        Ok(())
    }

    #[test]
    fn the_middle_of_a_line_lies_half_its_way_along() -> Result<(), GeometryError> {
        let line = read(r#"{"type":"LineString","coordinates":[[8.0,0.0],[8.0,1.0],[8.0,4.0]]}"#)?;
        assert!((line.centre().latitude - 2.0).abs() < 1e-9);
        assert!((line.distance_m(Point { longitude: 8.0, latitude: 5.0 }) - METRES_PER_DEGREE).abs() < 1.0);
        Ok(())
    }
}
