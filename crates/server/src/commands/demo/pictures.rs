//! Pictures of the invented town, drawn from the shapes that stand beside the ideas in `demo/musterau/ideas.toml`: nobody's photograph.
//!
//! A shape is a line: `rect X Y WIDTH HEIGHT COLOUR`, `disc X Y RADIUS COLOUR` or `triangle X Y X Y X Y COLOUR`, in hundredths of the
//! picture's height from its upper left corner, so that a disc is round; later ones cover earlier ones. A colour is six hexadecimal
//! digits. What is drawn then goes the way of every uploaded picture. Start at [`draw`].

use anyhow::{Context, Result, bail, ensure};
use image::{ImageFormat, Rgb, RgbImage};
use serde::Deserialize;
use std::io::Cursor;

/// Points from left to right and from top to bottom.
const SIZE: (u32, u32) = (800, 600);
/// Looks at each point, so that edges are smooth: so many from left to right, and as many from top to bottom.
const LOOKS: u32 = 3;

/// A picture of an idea.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Drawing {
    /// What is to be seen.
    pub description: String,
    /// The shapes, from the back to the front.
    shapes: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Form {
    Rect { from: (f64, f64), to: (f64, f64) },
    Disc { centre: (f64, f64), radius: f64 },
    Triangle([(f64, f64); 3]),
}

impl Form {
    fn holds(self, (x, y): (f64, f64)) -> bool {
        match self {
            Self::Rect { from, to } => x >= from.0 && x < to.0 && y >= from.1 && y < to.1,
            Self::Disc { centre, radius } => (x - centre.0).hypot(y - centre.1) < radius,
            Self::Triangle([one, two, three]) => {
                let side = |from: (f64, f64), to: (f64, f64)| (to.0 - from.0) * (y - from.1) - (to.1 - from.1) * (x - from.0);
                let sides = [side(one, two), side(two, three), side(three, one)];
                sides.iter().all(|side| *side >= 0.0) || sides.iter().all(|side| *side <= 0.0)
            }
        }
    }

    /// The lowest and the highest of its places.
    fn bounds(self) -> ((f64, f64), (f64, f64)) {
        match self {
            Self::Rect { from, to } => (from, to),
            Self::Disc { centre, radius } => ((centre.0 - radius, centre.1 - radius), (centre.0 + radius, centre.1 + radius)),
            Self::Triangle(corners) => corners.iter().fold(((f64::MAX, f64::MAX), (f64::MIN, f64::MIN)), |(low, high), corner| {
                ((low.0.min(corner.0), low.1.min(corner.1)), (high.0.max(corner.0), high.1.max(corner.1)))
            }),
        }
    }
}

/// The picture as a PNG, as somebody would upload it.
///
/// # Errors
/// A shape that cannot be read.
pub(super) fn draw(drawing: &Drawing) -> Result<Vec<u8>> {
    let mut picture = RgbImage::from_pixel(SIZE.0, SIZE.1, Rgb([255, 255, 255]));
    for line in &drawing.shapes {
        let (form, colour) = read(line).with_context(|| format!("the shape »{line}«"))?;
        paint(&mut picture, form, colour);
    }
    let mut bytes = Vec::new();
    picture.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)?;
    Ok(bytes)
}

fn read(line: &str) -> Result<(Form, Rgb<u8>)> {
    let mut words = line.split_whitespace();
    let name = words.next().unwrap_or_default();
    let words: Vec<&str> = words.collect();
    let (colour, numbers) = words.split_last().context("no colour")?;
    let numbers = numbers.iter().map(|word| word.parse::<f64>()).collect::<Result<Vec<_>, _>>()?;
    let form = match (name, numbers.as_slice()) {
        ("rect", &[x, y, width, height]) => Form::Rect { from: (x, y), to: (x + width, y + height) },
        ("disc", &[x, y, radius]) => Form::Disc { centre: (x, y), radius },
        ("triangle", &[x1, y1, x2, y2, x3, y3]) => Form::Triangle([(x1, y1), (x2, y2), (x3, y3)]),
        _ => bail!("no such shape, or not so many numbers"),
    };
    ensure!(colour.len() == 6, "a colour has six digits");
    let [_, red, green, blue] = u32::from_str_radix(colour, 16)?.to_be_bytes();
    Ok((form, Rgb([red, green, blue])))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the picture")]
fn paint(picture: &mut RgbImage, form: Form, colour: Rgb<u8>) {
    let scale = f64::from(SIZE.1) / 100.0;
    let (low, high) = form.bounds();
    let first = |place: f64, end: u32| (place * scale).floor().clamp(0.0, f64::from(end)) as u32;
    let last = |place: f64, end: u32| (place * scale).ceil().clamp(0.0, f64::from(end)) as u32;
    for y in first(low.1, SIZE.1)..last(high.1, SIZE.1) {
        for x in first(low.0, SIZE.0)..last(high.0, SIZE.0) {
            let look = |at: u32, step: u32| (f64::from(at) + (f64::from(step) + 0.5) / f64::from(LOOKS)) / scale;
            let looks = (0..LOOKS).flat_map(|down| (0..LOOKS).map(move |across| (across, down)));
            let covered = looks.filter(|(across, down)| form.holds((look(x, *across), look(y, *down)))).count();
            let covered = u32::try_from(covered).unwrap_or(0);
            let point = picture.get_pixel_mut(x, y);
            for (own, new) in point.0.iter_mut().zip(colour.0) {
                let mixed = (u32::from(*own) * (LOOKS * LOOKS - covered) + u32::from(new) * covered) / (LOOKS * LOOKS);
                *own = u8::try_from(mixed).unwrap_or(u8::MAX);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(shapes: &[&str]) -> Result<RgbImage> {
        let drawing = Drawing { description: String::new(), shapes: shapes.iter().map(|line| (*line).to_owned()).collect() };
        Ok(image::load_from_memory(&draw(&drawing)?)?.to_rgb8())
    }

    #[test]
    fn later_shapes_cover_earlier_ones_and_edges_are_smooth() -> Result<()> {
        let picture = drawn(&["rect 0 0 134 100 00ff00", "disc 50 50 10 ff0000", "triangle 100 0 134 0 134 50 0000ff"])?;
        assert_eq!(picture.dimensions(), SIZE);
        assert_eq!((picture.get_pixel(300, 300).0, picture.get_pixel(5, 5).0, picture.get_pixel(790, 50).0), ([255, 0, 0], [0, 255, 0], [0, 0, 255]));
        let mixed = picture.pixels().filter(|point| point.0[0] > 0 && point.0[1] > 0 && point.0[2] == 0).count();
        assert!(mixed > 50, "{mixed}");
        Ok(())
    }

    #[test]
    fn a_shape_that_cannot_be_read_is_told() {
        for wrong in ["", "rect", "rect 1 2 3 ffffff", "star 1 2 3 ffffff", "disc 1 2 x ffffff", "disc 1 2 3 fff", "disc 1 2 3 gggggg"] {
            assert!(drawn(&[wrong]).is_err(), "{wrong}");
        }
    }
}
