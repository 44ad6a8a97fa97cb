//! What somebody drew on a map: one point, one line or one area. Read strictly from GeoJSON (RFC 7946), written back plainly.
//!
//! A drawing comes from strangers: everything about it has a limit, and what is no place anybody could mean is refused by name.
//! Knows nothing of gazetteers. Start with [`Drawn::parse`].

use crate::coordinates::Near;
use crate::geometry::{Geometry, Point};
use serde_json::{Value, json};

/// Bytes of the text at the most.
pub const BYTES_MAX: usize = 16 * 1024;
/// Corners of a line or an area at the most; the position that closes a ring is none.
pub const CORNERS_MAX: usize = 200;
/// Parts of a degree that are kept: a tenth of a metre.
const PARTS: f64 = 1e6;

/// What a drawing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// One point.
    Point,
    /// A line of at least two different points.
    Line,
    /// An area with one outline of at least three different points, which does not cross itself.
    Area,
}

impl Shape {
    /// All shapes.
    pub const ALL: [Self; 3] = [Self::Point, Self::Line, Self::Area];

    /// Its word in texts and forms.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Line => "line",
            Self::Area => "area",
        }
    }
}

/// Why a drawing is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// The text is longer than [`BYTES_MAX`].
    Long,
    /// The text is no point, line or area of RFC 7946 with one outline, closed, in degrees.
    Unreadable,
    /// There are more than [`CORNERS_MAX`] corners.
    Many,
    /// A line with fewer than two different points, or an area with fewer than three.
    Few,
    /// The outline of an area crosses or touches itself.
    Crossing,
    /// A point of it lies far from the town.
    Far,
}

/// A corner in millionths of a degree: whole numbers, so that nothing depends on how a fraction is rounded. East, north.
type Corner = (i32, i32);

/// A drawing within all limits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Drawn {
    shape: Shape,
    /// No corner equals the one before it; the first of an outline is not repeated at its end.
    corners: Vec<Corner>,
}

impl Drawn {
    /// Reads a GeoJSON geometry. Positions are rounded to a tenth of a metre, and one that repeats the one before it is left out.
    ///
    /// # Errors
    /// Everything of [`Trouble`] but [`Trouble::Far`].
    pub fn parse(text: &str) -> Result<Self, Trouble> {
        if text.len() > BYTES_MAX {
            return Err(Trouble::Long);
        }
        let value: Value = serde_json::from_str(text).map_err(|_| Trouble::Unreadable)?;
        let coordinates = value.get("coordinates").ok_or(Trouble::Unreadable)?;
        let (shape, mut corners) = match value.get("type").and_then(Value::as_str) {
            Some("Point") => (Shape::Point, vec![corner(coordinates).ok_or(Trouble::Unreadable)?]),
            Some("LineString") => (Shape::Line, path(coordinates)?),
            Some("Polygon") => (Shape::Area, outline(coordinates)?),
            _ => return Err(Trouble::Unreadable),
        };
        if corners.len() > CORNERS_MAX {
            return Err(Trouble::Many);
        }
        corners.dedup();
        let least = match shape {
            Shape::Point => 1,
            Shape::Line => 2,
            Shape::Area => 3,
        };
        while shape == Shape::Area && corners.len() > 1 && corners.first() == corners.last() {
            corners.pop();
        }
        if corners.len() < least {
            return Err(Trouble::Few);
        }
        if shape == Shape::Area && crosses_itself(&corners) {
            return Err(Trouble::Crossing);
        }
        Ok(Self { shape, corners })
    }

    /// The drawing, if all of it lies where the town is.
    ///
    /// # Errors
    /// [`Trouble::Far`].
    pub fn within(self, near: Near) -> Result<Self, Trouble> {
        if self.points().all(|point| near.holds(point)) { Ok(self) } else { Err(Trouble::Far) }
    }

    /// What it is.
    #[must_use]
    pub const fn shape(&self) -> Shape {
        self.shape
    }

    /// Its corners in order.
    pub fn points(&self) -> impl Iterator<Item = Point> + '_ {
        self.corners.iter().map(|(east, north)| Point { longitude: f64::from(*east) / PARTS, latitude: f64::from(*north) / PARTS })
    }

    /// The same as a geometry of a gazetteer.
    #[must_use]
    pub fn geometry(&self) -> Geometry {
        let mut points: Vec<Point> = self.points().collect();
        match self.shape {
            Shape::Point => Geometry::Points(points),
            Shape::Line => Geometry::Lines(vec![points]),
            Shape::Area => {
                points.extend(points.first().copied());
                Geometry::Areas(vec![vec![points]])
            }
        }
    }

    /// A point on it or in it, to stand for the whole.
    #[must_use]
    pub fn pin(&self) -> Point {
        self.geometry().centre()
    }

    /// As GeoJSON, which [`Self::parse`] reads back.
    #[must_use]
    pub fn json(&self) -> Value {
        let one = |point: Point| json!([point.longitude, point.latitude]);
        let mut all: Vec<Value> = self.points().map(one).collect();
        match self.shape {
            Shape::Point => json!({ "type": "Point", "coordinates": all.pop() }),
            Shape::Line => json!({ "type": "LineString", "coordinates": all }),
            Shape::Area => {
                all.extend(all.first().cloned());
                json!({ "type": "Polygon", "coordinates": [all] })
            }
        }
    }
}

impl From<Point> for Drawn {
    fn from(point: Point) -> Self {
        Self { shape: Shape::Point, corners: vec![rounded(point)] }
    }
}

fn rounded(point: Point) -> Corner {
    ((point.longitude * PARTS).round() as i32, (point.latitude * PARTS).round() as i32)
}

/// A position of two numbers; a height may follow and is left out.
fn corner(value: &Value) -> Option<Corner> {
    let numbers = value.as_array().filter(|numbers| (2..=3).contains(&numbers.len()))?;
    Point::new(numbers[0].as_f64()?, numbers[1].as_f64()?).map(rounded)
}

fn path(value: &Value) -> Result<Vec<Corner>, Trouble> {
    let positions = value.as_array().ok_or(Trouble::Unreadable)?;
    positions.iter().map(|position| corner(position).ok_or(Trouble::Unreadable)).collect()
}

/// The one ring of an area, without the position that closes it.
fn outline(value: &Value) -> Result<Vec<Corner>, Trouble> {
    let Some([ring]) = value.as_array().map(Vec::as_slice) else { return Err(Trouble::Unreadable) };
    let mut corners = path(ring)?;
    let last = corners.pop().ok_or(Trouble::Few)?;
    match corners.first() {
        None => Err(Trouble::Few),
        Some(first) if *first == last => Ok(corners),
        Some(_) => Err(Trouble::Unreadable),
    }
}

/// Twice the area of the triangle: positive where the way turns left at the middle, 0 on a straight line.
fn turn(from: Corner, over: Corner, to: Corner) -> i64 {
    let leg = |to: i32, from: i32| i64::from(to) - i64::from(from);
    leg(over.0, from.0) * leg(to.1, from.1) - leg(over.1, from.1) * leg(to.0, from.0)
}

/// Whether an outline crosses or touches itself. With at most [`CORNERS_MAX`] corners every pair of sides is looked at.
fn crosses_itself(corners: &[Corner]) -> bool {
    let count = corners.len();
    let side = |at: usize| (corners[at], corners[(at + 1) % count]);
    (0..count).any(|one| {
        (one + 1..count).any(|other| {
            let ((from, to), (start, end)) = (side(one), side(other));
            if other == one + 1 {
                folds_back(to, from, end)
            } else if one == 0 && other == count - 1 {
                folds_back(from, to, start)
            } else {
                touch((from, to), (start, end))
            }
        })
    })
}

/// Whether two sides that meet in a corner lie on one another.
fn folds_back(at: Corner, one: Corner, other: Corner) -> bool {
    let along = |of: fn(&Corner) -> i32| (i64::from(of(&one)) - i64::from(of(&at))) * (i64::from(of(&other)) - i64::from(of(&at)));
    turn(one, at, other) == 0 && along(|corner| corner.0) + along(|corner| corner.1) > 0
}

/// Whether two sides have a point in common.
fn touch((a, b): (Corner, Corner), (c, d): (Corner, Corner)) -> bool {
    let holds = |from: Corner, to: Corner, point: Corner| {
        let between = |one: i32, other: i32, value: i32| (one.min(other)..=one.max(other)).contains(&value);
        turn(from, to, point) == 0 && between(from.0, to.0, point.0) && between(from.1, to.1, point.1)
    };
    let parts = |from: Corner, to: Corner, one: Corner, other: Corner| turn(from, to, one).signum() * turn(from, to, other).signum() < 0;
    (parts(a, b, c, d) && parts(c, d, a, b)) || holds(a, b, c) || holds(a, b, d) || holds(c, d, a) || holds(c, d, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<Shape, Trouble>) {
        assert_eq!(Drawn::parse(text).map(|drawn| drawn.shape()), expected, "{}", text.get(..200).unwrap_or(text));
    }

    fn line(count: usize) -> String {
        let positions: Vec<String> = (0..count).map(|at| format!("[7.0{at:03},54.3]")).collect();
        format!(r#"{{"type":"LineString","coordinates":[{}]}}"#, positions.join(","))
    }

    /// A saw: upper teeth one way, back along the bottom.
    fn area(count: usize) -> String {
        let mut positions: Vec<String> = (0..count - 1).map(|at| format!("[7.{at:03},54.{}]", 4 + at % 2)).collect();
        positions.push("[7.1,54.2]".to_owned());
        positions.push(positions[0].clone());
        format!(r#"{{"type":"Polygon","coordinates":[[{}]]}}"#, positions.join(","))
    }

    #[test]
    fn a_point_a_line_and_an_area_are_read_and_nothing_else() {
        check(r#"{"type":"Point","coordinates":[7.05,54.38]}"#, Ok(Shape::Point));
        check(r#"{"type":"Point","coordinates":[7.05,54.38,12]}"#, Ok(Shape::Point));
        check(r#"{"type":"Point","coordinates":[7.05,54.38,12,1]}"#, Err(Trouble::Unreadable));
        check(r#"{"type":"Point","coordinates":[7.05]}"#, Err(Trouble::Unreadable));
        check(r#"{"type":"Point","coordinates":["7","54"]}"#, Err(Trouble::Unreadable));
        check(r#"{"type":"Point","coordinates":[1e999,54]}"#, Err(Trouble::Unreadable));
        check(r#"{"type":"LineString","coordinates":[[7,54],[7,55]]}"#, Ok(Shape::Line));
        check(r#"{"type":"Polygon","coordinates":[[[7,54],[8,54],[8,55],[7,54]]]}"#, Ok(Shape::Area));
        check(r#"{"type":"Polygon","coordinates":[[[7,54],[8,54],[8,55],[7,55]]]}"#, Err(Trouble::Unreadable));
        check(r#"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,0]],[[1,1],[3,1],[3,3],[1,1]]]}"#, Err(Trouble::Unreadable));
        check(r#"{"type":"Polygon","coordinates":[]}"#, Err(Trouble::Unreadable));
        check(r#"{"type":"MultiPoint","coordinates":[[7,54]]}"#, Err(Trouble::Unreadable));
        check(r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[7,54]}}"#, Err(Trouble::Unreadable));
        check("Lindenallee", Err(Trouble::Unreadable));
        check("", Err(Trouble::Unreadable));
    }

    #[test]
    fn each_limit_holds_on_both_sides() {
        check(r#"{"type":"Point","coordinates":[180,-90]}"#, Ok(Shape::Point));
        check(r#"{"type":"Point","coordinates":[180.000001,0]}"#, Err(Trouble::Unreadable));
        check(r#"{"type":"Point","coordinates":[0,-90.000001]}"#, Err(Trouble::Unreadable));
        check(&line(CORNERS_MAX), Ok(Shape::Line));
        check(&line(CORNERS_MAX + 1), Err(Trouble::Many));
        check(&area(CORNERS_MAX), Ok(Shape::Area));
        check(&area(CORNERS_MAX + 1), Err(Trouble::Many));
        let padded = |bytes: usize| format!("{:bytes$}", r#"{"type":"Point","coordinates":[7,54]}"#);
        check(&padded(BYTES_MAX), Ok(Shape::Point));
        check(&padded(BYTES_MAX + 1), Err(Trouble::Long));
    }

    #[test]
    fn a_line_needs_two_different_points_and_an_area_three() {
        check(r#"{"type":"LineString","coordinates":[]}"#, Err(Trouble::Few));
        check(r#"{"type":"LineString","coordinates":[[7,54]]}"#, Err(Trouble::Few));
        check(r#"{"type":"LineString","coordinates":[[7,54],[7,54.0000001]]}"#, Err(Trouble::Few));
        check(r#"{"type":"LineString","coordinates":[[7,54],[7,54.000001]]}"#, Ok(Shape::Line));
        check(r#"{"type":"Polygon","coordinates":[[]]}"#, Err(Trouble::Few));
        check(r#"{"type":"Polygon","coordinates":[[[7,54]]]}"#, Err(Trouble::Few));
        check(r#"{"type":"Polygon","coordinates":[[[7,54],[8,54],[7,54]]]}"#, Err(Trouble::Few));
        check(r#"{"type":"Polygon","coordinates":[[[7,54],[8,54],[8,54],[7,54],[7,54]]]}"#, Err(Trouble::Few));
    }

    #[test]
    fn an_outline_that_crosses_or_touches_itself_is_refused() {
        let ring = |corners: &str| format!(r#"{{"type":"Polygon","coordinates":[[{corners}]]}}"#);
        check(&ring("[0,0],[4,4],[4,0],[0,4],[0,0]"), Err(Trouble::Crossing));
        check(&ring("[0,0],[4,0],[2,0],[2,3],[0,0]"), Err(Trouble::Crossing));
        check(&ring("[0,0],[2,0],[4,0],[0,0]"), Err(Trouble::Crossing));
        check(&ring("[0,0],[4,0],[4,4],[2,0],[0,4],[0,0]"), Err(Trouble::Crossing));
        check(&ring("[0,0],[4,0],[4,4],[2,1],[0,4],[0,0]"), Ok(Shape::Area));
        check(&ring("[0,0],[2,0],[4,0],[4,4],[0,0]"), Ok(Shape::Area));
        check(r#"{"type":"LineString","coordinates":[[0,0],[4,4],[4,0],[0,4]]}"#, Ok(Shape::Line));
    }

    #[test]
    fn a_drawing_lies_in_the_town_or_is_refused() {
        let near = Near([7.0, 54.0, 8.0, 55.0]);
        let within = |text: &str| Drawn::parse(text).and_then(|drawn| drawn.within(near)).map(|_| ());
        assert_eq!(within(r#"{"type":"LineString","coordinates":[[7,54],[8,55]]}"#), Ok(()));
        assert_eq!(within(r#"{"type":"LineString","coordinates":[[7,54],[8,55.000001]]}"#), Err(Trouble::Far));
    }

    #[test]
    fn the_pin_stands_on_the_thing() {
        let pin = |text: &str| Drawn::parse(text).map(|drawn| drawn.pin());
        assert_eq!(pin(r#"{"type":"Polygon","coordinates":[[[7,54],[9,54],[9,56],[7,56],[7,54]]]}"#), Ok(Point { longitude: 8.0, latitude: 55.0 }));
        assert_eq!(pin(r#"{"type":"Point","coordinates":[7.05,54.38]}"#), Ok(Point { longitude: 7.05, latitude: 54.38 }));
    }
}
