//! A small drawing of where a place lies: the outlines of the districts, and the place among them. Plain SVG, no other server.

use allmende_places::geometry::bounds_of;
use allmende_places::{Geometry, Point};
use std::fmt::Write as _;

/// Width of the drawing in its own units.
const WIDTH: f64 = 640.0;
/// Its height at the most.
const HEIGHT_MAX: f64 = 440.0;
/// Space around what is drawn.
const MARGIN: f64 = 12.0;
/// Points of one outline: more are left out evenly, nobody sees them.
const OUTLINE_POINTS_MAX: usize = 400;
/// Degrees that are shown at least: a point alone stands in half a kilometre.
const DEGREES_MIN: f64 = 0.005;

/// From degrees to the drawing.
struct Frame {
    west: f64,
    north: f64,
    /// Units for one degree of latitude.
    scale: f64,
    /// By how much a degree of longitude is shorter.
    shrink: f64,
    height: f64,
}

impl Frame {
    fn around([west, south, east, north]: [f64; 4]) -> Self {
        let middle = f64::midpoint(south, north);
        let shrink = middle.to_radians().cos().max(0.01);
        let (half_width, half_height) = (((east - west) / 2.0).max(DEGREES_MIN), ((north - south) / 2.0).max(DEGREES_MIN * 0.4));
        let scale = ((WIDTH - 2.0 * MARGIN) / (2.0 * half_width * shrink)).min((HEIGHT_MAX - 2.0 * MARGIN) / (2.0 * half_height));
        let height = 2.0 * half_height * scale + 2.0 * MARGIN;
        // What is narrower than the drawing stands in its middle.
        let spare = (WIDTH - 2.0 * MARGIN) / (scale * shrink) / 2.0;
        Self { west: f64::midpoint(west, east) - spare, north: middle + half_height, scale, shrink, height }
    }

    fn at(&self, point: Point) -> (f64, f64) {
        (MARGIN + (point.longitude - self.west) * self.scale * self.shrink, MARGIN + (self.north - point.latitude) * self.scale)
    }

    fn path(&self, points: &[Point], is_closed: bool) -> String {
        let step = points.len().div_ceil(OUTLINE_POINTS_MAX).max(1);
        let mut out = String::new();
        for (position, point) in points.iter().step_by(step).chain(points.last().filter(|_| !is_closed)).enumerate() {
            let (x, y) = self.at(*point);
            let _ = write!(out, "{}{x:.1} {y:.1}", if position == 0 { 'M' } else { 'L' });
        }
        if is_closed {
            out.push('Z');
        }
        out
    }
}

/// The drawing of a place among outlines; nothing for a place without geometry. It is a picture: the page names it.
#[must_use]
pub fn drawing(place: &Geometry, outlines: &[&Geometry]) -> String {
    let shown = outlines.iter().flat_map(|outline| outline.points()).chain(place.points());
    let frame = Frame::around(bounds_of(shown));
    // Without a height of its own the drawing keeps its proportions where the page makes it narrower.
    let mut out = format!("<svg viewBox=\"0 0 {WIDTH} {:.0}\" width=\"{WIDTH}\" aria-hidden=\"true\" focusable=\"false\">", frame.height);
    out.push_str("<g fill=\"currentColor\" fill-opacity=\"0.05\" stroke=\"currentColor\" stroke-opacity=\"0.5\" stroke-width=\"1.5\" fill-rule=\"evenodd\">");
    outlines.iter().for_each(|outline| draw(&mut out, &frame, outline, 4.0));
    out.push_str("</g><g fill=\"currentColor\" fill-opacity=\"0.25\" stroke=\"currentColor\" stroke-width=\"4\" stroke-linejoin=\"round\" stroke-linecap=\"round\" fill-rule=\"evenodd\">");
    draw(&mut out, &frame, place, 9.0);
    out.push_str("</g></svg>");
    out
}

fn draw(out: &mut String, frame: &Frame, geometry: &Geometry, radius: f64) {
    match geometry {
        Geometry::Points(points) => {
            for point in points.iter().take(OUTLINE_POINTS_MAX) {
                let (x, y) = frame.at(*point);
                let _ = write!(out, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\"/>");
            }
        }
        Geometry::Lines(lines) => {
            let path: String = lines.iter().map(|line| frame.path(line, false)).collect();
            let _ = write!(out, "<path fill=\"none\" d=\"{path}\"/>");
        }
        Geometry::Areas(areas) => {
            let path: String = areas.iter().flatten().map(|ring| frame.path(ring, true)).collect();
            let _ = write!(out, "<path d=\"{path}\"/>");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(svg: &str) -> Vec<f64> {
        let paths = svg.split(" d=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect::<String>();
        paths.split(['M', 'L', 'Z', ' ']).filter(|part| !part.is_empty()).filter_map(|part| part.parse().ok()).collect()
    }

    #[test]
    fn everything_stands_within_the_drawing_north_up() {
        let point = |longitude: f64, latitude: f64| Point { longitude, latitude };
        let area = Geometry::Areas(vec![vec![vec![point(7.0, 54.0), point(7.2, 54.0), point(7.2, 54.3), point(7.0, 54.3), point(7.0, 54.0)]]]);
        let street = Geometry::Lines(vec![vec![point(7.1, 54.1), point(7.1, 54.2)]]);
        let svg = drawing(&street, &[&area]);
        let all = numbers(&svg);
        assert!(all.len() >= 12 && all.iter().all(|number| (0.0..=WIDTH).contains(number)), "{all:?}");
        let line = &all[all.len() - 6..];
        assert!(line[1] > line[3], "what lies north stands higher: {line:?}");
        assert!(svg.contains(&format!("viewBox=\"0 0 640 {HEIGHT_MAX:.0}\"")));
    }

    #[test]
    fn a_point_alone_and_a_huge_outline_are_drawn() {
        let point = Point { longitude: 7.0, latitude: 54.0 };
        assert!(drawing(&Geometry::Points(vec![point]), &[]).contains("<circle cx=\"320.0\""));
        let ring = (0..20_000).map(|at| Point { longitude: 7.0 + f64::from(at) / 1e6, latitude: 54.0 + f64::from(at % 7) / 1e3 }).collect();
        assert!(drawing(&Geometry::Areas(vec![vec![ring]]), &[]).len() < 10_000);
    }
}
