//! PDF: what a page would paint, taken as glyphs with their places.
//!
//! The interpreter (hayro) walks the page as a renderer would; the device here keeps the letters and drops the rest.
//! `layout` makes lines of them. A page whose content makes the interpreter panic becomes an empty page, not the end
//! of the document. Why this crate: `docs/decisions/2026-11-21-pdf-text.md`.

use crate::layout::{Glyph, Layout};
use crate::normalise::tidy_painted;
use crate::{ExtractError, Sink};
use hayro_interpret::font::{Glyph as PdfGlyph, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::{Dict, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf, PdfData};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache, InterpreterSettings, SoftMask, interpret_page,
};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Decoded page content in bytes after which the document is opened anew: the interpreter keeps what it decoded for
/// as long as a document is open, and a thousand pages of plans would fill the memory.
const CONTENT_BYTES_PER_OPENING: usize = 32 << 20;

/// Glyph space has this many units per em.
const UNITS_PER_EM: f64 = 1000.0;

/// Reads a PDF page by page into the sink.
///
/// # Errors
/// `Encrypted` if a password is needed, `Broken` if no page can be read.
pub(crate) fn read(bytes: Vec<u8>, sink: &mut Sink<'_>) -> Result<(), ExtractError> {
    let data: PdfData = Arc::new(bytes).into();
    let mut pages_done = 0;
    let mut is_any_page_read = false;
    loop {
        let pdf = Pdf::new(data.clone()).map_err(refusal)?;
        let cache = InterpreterCache::new();
        let mut content_bytes = 0;
        for page in pdf.pages().iter().skip(pages_done) {
            let text = catch_unwind(AssertUnwindSafe(|| page_text(page, &pdf, &cache)));
            is_any_page_read |= text.is_ok();
            if sink.page(&text.unwrap_or_default()).is_break() {
                return Ok(());
            }
            pages_done += 1;
            content_bytes += page.page_stream().map_or(0, <[u8]>::len);
            if content_bytes > CONTENT_BYTES_PER_OPENING {
                break;
            }
        }
        if pages_done >= pdf.pages().len() {
            break;
        }
    }
    if is_any_page_read { Ok(()) } else { Err(ExtractError::Broken) }
}

fn page_text<'a>(page: &Page<'a>, pdf: &'a Pdf, cache: &InterpreterCache<'a>) -> String {
    let mut context = Context::new(Affine::IDENTITY, Rect::new(0.0, 0.0, 1.0, 1.0), cache, pdf.xref(), InterpreterSettings::default());
    let mut device = TextDevice::default();
    interpret_page(page, &mut context, &mut device);
    tidy_painted(&device.layout.finish())
}

fn refusal(error: LoadPdfError) -> ExtractError {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm) => ExtractError::Encrypted,
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => ExtractError::Broken,
    }
}

/// Keeps the letters that are painted, in the order of painting.
#[derive(Default)]
struct TextDevice {
    layout: Layout,
    /// Open marked-content sequences; some with the text that the producer says is meant.
    marked: Vec<Option<Replacement>>,
    last_run: Option<(Point, String)>,
}

/// A stretch of glyphs for which the producer gives the text (PDF 2.0, 14.9.4): ligatures, hyphens, formulas.
struct Replacement {
    text: String,
    extent: Option<Glyph>,
}

impl TextDevice {
    /// Some producers paint text twice, a hair apart, for a bold look, or fill and stroke it.
    fn is_painted_again(&mut self, glyphs: &[Glyph]) -> bool {
        let Some(first) = glyphs.first() else {
            return false;
        };
        let text: String = glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
        let is_again =
            !text.trim().is_empty() && self.last_run.as_ref().is_some_and(|(place, last)| *last == text && place.distance(first.start) < first.size * 0.1);
        self.last_run = Some((first.start, text));
        is_again
    }
}

impl Device<'_> for TextDevice {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        let mut letters = Letters::default();
        let glyphs: Vec<Glyph> = run.glyphs().iter().map(|glyph| letters.place(glyph, props.transform)).collect();
        if self.is_painted_again(&glyphs) {
            return;
        }
        if let Some(replacement) = self.marked.iter_mut().flatten().next() {
            for glyph in glyphs {
                match &mut replacement.extent {
                    Some(extent) => extent.end = glyph.end,
                    none => *none = Some(glyph),
                }
            }
            return;
        }
        for glyph in glyphs {
            self.layout.add(&glyph);
        }
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        let text = properties.and_then(|properties| properties.get::<PdfString<'_>>(b"ActualText"));
        self.marked.push(text.map(|text| Replacement { text: decode(text.as_bytes()), extent: None }));
    }

    fn end_marked_content(&mut self) {
        if let Some(Some(Replacement { text, extent: Some(extent) })) = self.marked.pop() {
            self.layout.add(&Glyph { text, ..extent });
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_clip_rect(&mut self, _: &Rect) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// What the codes of one run mean. A run has one font, and looking a code up takes longer than all the rest.
#[derive(Default)]
struct Letters(Vec<(u32, String, f64)>);

impl Letters {
    fn place(&mut self, glyph: &PositionedGlyph<'_>, page: Affine) -> Glyph {
        let code = glyph.char_code();
        let known = match self.0.iter().position(|(known, ..)| *known == code) {
            Some(known) => known,
            None => {
                self.0.push((code, text_of(glyph), advance_of(glyph)));
                self.0.len() - 1
            }
        };
        let (_, text, advance) = &self.0[known];
        let transform = page * glyph.transform();
        let start = transform * Point::ZERO;
        Glyph { text: text.clone(), start, end: transform * Point::new(*advance, 0.0), size: (transform * Point::new(0.0, UNITS_PER_EM)).distance(start) }
    }
}

fn text_of(glyph: &PositionedGlyph<'_>) -> String {
    match glyph.as_unicode() {
        Some(BfString::Char(sign)) => sign.to_string(),
        Some(BfString::String(text)) => text,
        None => String::new(),
    }
}

fn advance_of(glyph: &PositionedGlyph<'_>) -> f64 {
    let advance = match &**glyph {
        PdfGlyph::Outline(outline) => outline.advance_width(),
        PdfGlyph::Type3(drawn) => drawn.advance_width(),
    };
    advance.map_or(UNITS_PER_EM / 2.0, f64::from)
}

/// A text string: UTF-16 or UTF-8 with a byte order mark, otherwise close enough to Latin-1.
fn decode(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        return char::decode_utf16(units).filter_map(Result::ok).collect();
    }
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return String::from_utf8_lossy(rest).into_owned();
    }
    bytes.iter().map(|byte| char::from(*byte)).collect()
}
