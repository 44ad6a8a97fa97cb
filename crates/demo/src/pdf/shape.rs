//! From words to glyphs: the two fonts of the documents and the measured words set in them.
//!
//! Owns fonts and widths; knows nothing of lines and pages. The fonts (Libertinus Serif, SIL Open Font Licence) come
//! from the crate of assets and are subset by the PDF writer.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, ShapePlan, UnicodeBuffer, script};

use crate::DemoError;

/// One weight of the font, ready to measure and to embed.
pub(super) struct Weight {
    /// What the PDF embeds.
    pub font: Font,
    face: rustybuzz::Face<'static>,
    plan: ShapePlan,
}

/// Regular and bold.
pub(super) struct Fonts {
    regular: Weight,
    bold: Weight,
}

impl Fonts {
    /// The fonts, read once per process.
    ///
    /// # Errors
    /// `DemoError::Pdf` if the crate of assets no longer holds them.
    pub(super) fn get() -> Result<&'static Self, DemoError> {
        static FONTS: OnceLock<Option<Fonts>> = OnceLock::new();
        let fonts = FONTS.get_or_init(|| Some(Self { regular: weight(false)?, bold: weight(true)? }));
        fonts.as_ref().ok_or_else(|| DemoError::Pdf("the font Libertinus Serif is missing".to_owned()))
    }

    /// The weight that is asked for.
    pub(super) fn weight(&self, is_bold: bool) -> &Weight {
        if is_bold { &self.bold } else { &self.regular }
    }
}

/// The crate of assets lists Libertinus Serif first, regular before bold. Taking them by position instead of searching
/// by name lets the linker leave the other ten megabytes of fonts out; a test holds the names.
fn weight(is_bold: bool) -> Option<Weight> {
    let mut fonts = typst_assets::fonts();
    let regular = fonts.next()?;
    let data = if is_bold { fonts.next()? } else { regular };
    let face = rustybuzz::Face::from_slice(data, 0)?;
    let plan = ShapePlan::new(&face, Direction::LeftToRight, Some(script::LATIN), None, &[]);
    Some(Weight { font: Font::new(data.into(), 0)?, face, plan })
}

/// A word as glyphs; advances in em.
#[derive(Clone)]
pub(super) struct Word {
    glyphs: Vec<(u32, f32, f32, f32, Range<usize>)>,
    /// Width in em.
    pub width: f32,
}

/// Words already measured for one document.
pub(super) struct Shaper {
    fonts: &'static Fonts,
    words: HashMap<(bool, String), Word>,
}

impl Shaper {
    /// An empty memory on the fonts of the process.
    ///
    /// # Errors
    /// `DemoError::Pdf` if the fonts are missing.
    pub(super) fn new() -> Result<Self, DemoError> {
        Ok(Self { fonts: Fonts::get()?, words: HashMap::new() })
    }

    /// The word as glyphs.
    pub(super) fn word(&mut self, is_bold: bool, text: &str) -> &Word {
        let weight = self.fonts.weight(is_bold);
        self.words.entry((is_bold, text.to_owned())).or_insert_with(|| weight.shape(text))
    }

    /// Width of a run of words in points.
    pub(super) fn run_width(&mut self, is_bold: bool, text: &str, size: f32) -> f32 {
        let mut width = 0.0;
        for part in text.split_inclusive(' ') {
            let word = part.trim_end_matches(' ');
            width += self.width(is_bold, word, size);
            if word.len() < part.len() {
                width += self.width(is_bold, " ", size);
            }
        }
        width
    }

    /// Width of one word in points.
    pub(super) fn width(&mut self, is_bold: bool, text: &str, size: f32) -> f32 {
        self.word(is_bold, text).width * size
    }

    /// Glyphs of a whole run of words for the PDF writer.
    pub(super) fn glyphs(&mut self, is_bold: bool, text: &str) -> Vec<KrillaGlyph> {
        let mut glyphs = Vec::new();
        let mut offset = 0;
        for part in text.split_inclusive(' ') {
            let (word, has_space) = match part.strip_suffix(' ') {
                Some(word) => (word, true),
                None => (part, false),
            };
            self.push_glyphs(is_bold, word, offset, &mut glyphs);
            if has_space {
                self.push_glyphs(is_bold, " ", offset + word.len(), &mut glyphs);
            }
            offset += part.len();
        }
        glyphs
    }

    fn push_glyphs(&mut self, is_bold: bool, word: &str, offset: usize, glyphs: &mut Vec<KrillaGlyph>) {
        for (id, advance, x, y, range) in &self.word(is_bold, word).glyphs {
            let range = range.start + offset..range.end + offset;
            glyphs.push(KrillaGlyph::new(GlyphId::new(*id), *advance, *x, *y, 0.0, range, None));
        }
    }
}

impl Weight {
    fn shape(&self, text: &str) -> Word {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::LATIN);
        let shaped = rustybuzz::shape_with_plan(&self.face, &self.plan, buffer);
        let per_em = f32::from(i16::try_from(self.face.units_per_em()).unwrap_or(1000));
        let infos = shaped.glyph_infos();
        let mut glyphs = Vec::with_capacity(infos.len());
        let mut width = 0.0;
        for (index, (info, at)) in infos.iter().zip(shaped.glyph_positions()).enumerate() {
            let start = offset(info.cluster);
            let next = infos[index + 1..].iter().map(|info| offset(info.cluster)).find(|next| *next > start);
            let advance = em(at.x_advance, per_em);
            width += advance;
            glyphs.push((info.glyph_id, advance, em(at.x_offset, per_em), em(at.y_offset, per_em), start..next.unwrap_or(text.len())));
        }
        Word { glyphs, width }
    }
}

fn offset(cluster: u32) -> usize {
    usize::try_from(cluster).unwrap_or(0)
}

/// Font units fit 16 bits, so the conversion is exact.
fn em(units: i32, per_em: f32) -> f32 {
    f32::from(i16::try_from(units).unwrap_or(0)) / per_em
}

#[cfg(test)]
mod tests {
    use rustybuzz::ttf_parser::name_id::FULL_NAME;

    use super::Fonts;
    use crate::DemoError;

    #[test]
    fn the_fonts_are_libertinus_serif_regular_and_bold() -> Result<(), DemoError> {
        for (is_bold, name) in [(false, "Libertinus Serif Regular"), (true, "Libertinus Serif Bold")] {
            let face = &Fonts::get()?.weight(is_bold).face;
            let mut names = face.names().into_iter().filter(|entry| entry.name_id == FULL_NAME);
            assert!(names.any(|entry| entry.to_string().as_deref() == Some(name)), "{name}");
        }
        Ok(())
    }
}
