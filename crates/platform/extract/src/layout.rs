//! From glyphs with places to lines and paragraphs.
//!
//! Order is the order of painting: office programs, browsers and typesetters paint column after column and row after
//! row, as one reads. Sorting by place instead would read two columns straight across. Spaces, lines and paragraphs
//! follow from the gaps between glyphs, measured in the size of the letters and along their own baseline, so that
//! turned pages and margins read the same. Knows no PDF.

use hayro_interpret::kurbo::{Point, Vec2};

/// A gap along the baseline from which a word ends, in parts of the letters' size.
const SPACE: f64 = 0.15;
/// A step off the baseline up to which a letter still belongs to the line (raised and lowered figures).
const OFF_BASELINE: f64 = 0.5;
/// A step back along the baseline from which a new line begins.
const STEP_BACK: f64 = 0.5;
/// How much more than the usual distance of lines parts paragraphs.
const PARAGRAPH: f64 = 1.25;
/// The same in parts of the letters' size, while the usual distance is unknown.
const PARAGRAPH_AT_FIRST: f64 = 2.2;

/// One painted glyph. Lengths in page units, y upwards.
#[derive(Debug, Clone, Default)]
pub(crate) struct Glyph {
    /// Its text: mostly one character, several for a ligature, none if unknown.
    pub text: String,
    /// Where it stands on the baseline.
    pub start: Point,
    /// Where the next one would stand without a gap.
    pub end: Point,
    /// Height of the letters.
    pub size: f64,
}

impl Glyph {
    fn direction(&self) -> Option<Vec2> {
        let advance = self.end - self.start;
        (advance.hypot() > f64::EPSILON).then(|| advance.normalize())
    }
}

/// The text of a page as it grows.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    text: String,
    pen: Option<Pen>,
}

/// Where the last glyph ended.
#[derive(Debug, Clone, Copy)]
struct Pen {
    at: Point,
    direction: Vec2,
    size: f64,
    /// The line's height above the page's origin, taken from its first glyph: raised figures must not move it.
    baseline: Point,
    /// The usual distance of lines in this block, once two lines were seen.
    leading: Option<f64>,
    /// A space glyph was painted after the last letter.
    has_space: bool,
}

/// What stands between two glyphs.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Gap {
    None,
    Space,
    Line { drop: f64 },
    Paragraph,
}

impl Layout {
    /// Takes the next glyph in the order of painting.
    pub fn add(&mut self, glyph: &Glyph) {
        if glyph.text.trim().is_empty() {
            self.add_space(glyph);
            return;
        }
        let gap = self.pen.map_or(Gap::None, |pen| pen.gap_to(glyph));
        match gap {
            Gap::None => {}
            Gap::Space => self.text.push(' '),
            Gap::Line { .. } => self.text.push('\n'),
            Gap::Paragraph => self.text.push_str("\n\n"),
        }
        self.text.push_str(&glyph.text);
        self.move_pen(glyph, gap);
    }

    /// The text: lines parted by a line feed, paragraphs by an empty line.
    pub fn finish(self) -> String {
        self.text
    }

    fn add_space(&mut self, glyph: &Glyph) {
        // A space that begins a new place says nothing yet.
        if let Some(pen) = &mut self.pen
            && matches!(pen.gap_to(glyph), Gap::None | Gap::Space)
        {
            pen.at = glyph.end;
            pen.has_space = true;
        }
    }

    fn move_pen(&mut self, glyph: &Glyph, gap: Gap) {
        let before = self.pen;
        let is_same_line = matches!(gap, Gap::None | Gap::Space);
        let direction = glyph.direction().or(before.map(|pen| pen.direction)).unwrap_or(Vec2::new(1.0, 0.0));
        self.pen = Some(Pen {
            at: glyph.end,
            direction,
            size: match before {
                Some(pen) if is_same_line => pen.size.max(glyph.size),
                _ => glyph.size,
            },
            baseline: match before {
                Some(pen) if is_same_line => pen.baseline,
                _ => glyph.start,
            },
            leading: match gap {
                Gap::None | Gap::Space => before.and_then(|pen| pen.leading),
                Gap::Line { drop } => Some(drop),
                Gap::Paragraph => None,
            },
            has_space: false,
        });
    }
}

impl Pen {
    fn gap_to(&self, glyph: &Glyph) -> Gap {
        let size = self.size.max(glyph.size).max(f64::EPSILON);
        let is_turned = glyph.direction().is_some_and(|direction| direction.dot(self.direction) < 0.98);
        if is_turned {
            return Gap::Paragraph;
        }
        let along = (glyph.start - self.at).dot(self.direction);
        let drop = -(glyph.start - self.baseline).dot(Vec2::new(-self.direction.y, self.direction.x));
        if drop.abs() <= OFF_BASELINE * size && along > -STEP_BACK * size {
            return if self.has_space || along > SPACE * glyph.size.min(self.size) { Gap::Space } else { Gap::None };
        }
        let usual = self.leading.map_or(PARAGRAPH_AT_FIRST * size, |leading| leading.max(size) * PARAGRAPH);
        if drop < -OFF_BASELINE * size || drop > usual { Gap::Paragraph } else { Gap::Line { drop } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Paints words of ten-unit letters, half as wide, at the given places.
    fn check(words: &[(f64, f64, &str)], text: &str) {
        let mut layout = Layout::default();
        for (x, y, word) in words {
            for (index, sign) in word.chars().enumerate() {
                let start = Point::new(x + 5.0 * index as f64, *y);
                let end = start + Vec2::new(5.0, 0.0);
                layout.add(&Glyph { text: sign.to_string(), start, end, size: 10.0 });
            }
        }
        assert_eq!(layout.finish(), text);
    }

    #[test]
    fn a_gap_ends_a_word_and_kerning_does_not() {
        check(&[(0.0, 0.0, "Rat"), (16.0, 0.0, "haus")], "Rathaus");
        check(&[(0.0, 0.0, "Rat"), (17.0, 0.0, "haus")], "Rat haus");
        check(&[(0.0, 0.0, "Rat "), (20.0, 0.0, "haus")], "Rat haus");
    }

    #[test]
    fn a_lower_line_is_a_line_and_a_wider_gap_a_paragraph() {
        let words = [(0.0, 100.0, "eins"), (0.0, 88.0, "zwei"), (0.0, 76.0, "drei"), (0.0, 50.0, "vier")];
        check(&words, "eins\nzwei\ndrei\n\nvier");
    }

    #[test]
    fn columns_read_in_the_order_of_painting() {
        let words = [(0.0, 100.0, "a"), (0.0, 88.0, "b"), (200.0, 100.0, "c"), (200.0, 88.0, "d")];
        check(&words, "a\nb\n\nc\nd");
    }

    #[test]
    fn a_raised_figure_stays_on_its_line() {
        check(&[(0.0, 0.0, "m"), (5.0, 4.0, "2"), (12.0, 0.0, "Rasen")], "m2 Rasen");
    }

    #[test]
    fn cells_of_a_row_stay_on_one_line() {
        check(&[(0.0, 0.0, "TOP"), (100.0, 0.0, "4.2")], "TOP 4.2");
    }

    #[test]
    fn turned_text_reads_along_its_own_baseline() {
        let mut layout = Layout::default();
        for (index, sign) in "Rand".chars().enumerate() {
            let start = Point::new(0.0, 5.0 * index as f64);
            let end = start + Vec2::new(0.0, 5.0);
            layout.add(&Glyph { text: sign.to_string(), start, end, size: 10.0 });
        }
        assert_eq!(layout.finish(), "Rand");
    }
}
