//! Documents as tagged, accessible PDF (PDF/UA-1): title, language, headings, lists, tables, page numbers.
//!
//! Owns the page: size, fonts, line breaks, tags. Knows nothing of towns and papers. The same document always gives
//! the same bytes. The writer is krilla, which tags, subsets fonts and refuses what breaks PDF/UA. Read in this order:
//! `render`, `layout` (where lines go), `shape` (from words to glyphs).

use krilla::SerializeSettings;
use krilla::color::luma;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};

use crate::{DemoError, Document};
use layout::{Layout, MARGIN, PAGE_HEIGHT, PAGE_WIDTH, Piece, Run, TEXT_WIDTH};
use shape::{Fonts, Shaper};

mod layout;
mod shape;
mod table;
mod tags;

const FOOT: f32 = 8.5;

/// Renders a document as PDF/UA-1.
///
/// # Errors
/// `DemoError::Pdf` if a font cannot be read or the document cannot be tagged correctly.
pub fn render(document: &Document) -> Result<Vec<u8>, DemoError> {
    let mut layout = Layout::of(document)?;
    let configuration = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let settings = SerializeSettings { configuration: configuration.map_err(|error| DemoError::Pdf(format!("{error:?}")))?, ..SerializeSettings::default() };
    let mut pdf = krilla::Document::new_with(settings);
    let fonts = Fonts::get()?;
    let pages = std::mem::take(&mut layout.pages);
    let mut leaves = vec![Vec::new(); layout.elements.len()];
    for (index, pieces) in pages.iter().enumerate() {
        let size = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT);
        let size = size.ok_or_else(|| DemoError::Pdf("page size".to_owned()))?;
        let mut page = pdf.start_page_with(size);
        let mut pen = Pen { surface: page.surface(), shaper: &mut layout.shaper, fonts };
        for piece in pieces {
            match piece {
                Piece::Line { element, runs, x, baseline, size } => {
                    leaves[*element].push(pen.tagged_line(runs, *x, *baseline, *size));
                }
                Piece::Rule { y } => pen.rule(*y),
            }
        }
        pen.foot(document, index + 1, pages.len());
    }
    pdf.set_metadata(metadata(document));
    pdf.set_outline(outline(&layout));
    pdf.set_tag_tree(tags::tree(&layout.elements, leaves));
    pdf.finish().map_err(|error| DemoError::Pdf(format!("{error:?}")))
}

struct Pen<'a> {
    surface: Surface<'a>,
    shaper: &'a mut Shaper,
    fonts: &'static Fonts,
}

impl Pen<'_> {
    fn tagged_line(&mut self, runs: &[Run], x: f32, baseline: f32, size: f32) -> Identifier {
        let identifier = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        let mut at = x;
        for run in runs {
            self.text(&run.text, run.is_bold, at, baseline, size);
            at += self.shaper.run_width(run.is_bold, &run.text, size);
        }
        self.surface.end_tagged();
        identifier
    }

    fn text(&mut self, text: &str, is_bold: bool, x: f32, baseline: f32, size: f32) {
        let glyphs = self.shaper.glyphs(is_bold, text);
        let font = self.fonts.weight(is_bold).font.clone();
        self.surface.set_fill(Some(grey(20)));
        self.surface.draw_glyphs(Point::from_xy(x, baseline), &glyphs, font, text, size, false);
    }

    fn rule(&mut self, y: f32) {
        let Some(line) = Rect::from_xywh(MARGIN, y - 0.25, TEXT_WIDTH, 0.5) else {
            return;
        };
        let mut path = PathBuilder::new();
        path.push_rect(line);
        if let Some(path) = path.finish() {
            self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
            self.surface.set_fill(Some(grey(150)));
            self.surface.draw_path(&path);
            self.surface.end_tagged();
        }
    }

    fn foot(&mut self, document: &Document, page: usize, pages: usize) {
        let baseline = PAGE_HEIGHT - 48.0;
        let number = format!("Seite {page} von {pages}");
        let width = self.shaper.run_width(false, &number, FOOT);
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
        self.text(&document.foot, false, MARGIN, baseline, FOOT);
        self.text(&number, false, MARGIN + TEXT_WIDTH - width, baseline, FOOT);
        self.surface.end_tagged();
    }
}

fn grey(lightness: u8) -> Fill {
    Fill { paint: luma::Color::new(lightness).into(), ..Fill::default() }
}

fn metadata(document: &Document) -> Metadata {
    let date = document.date;
    let created = DateTime::new(date.year().unsigned_abs()).month(date.month().unsigned_abs());
    let title = match &document.reference {
        Some(reference) => format!("{} ({} {reference})", document.title, document.kind),
        None => document.title.clone(),
    };
    Metadata::new()
        .title(title)
        .language("de".to_owned())
        .creator("Allmende".to_owned())
        .authors(vec![document.town.clone()])
        .creation_date(created.day(date.day().unsigned_abs()).hour(12).minute(0).second(0))
}

/// Bookmarks: the headings below the title, those of level 3 inside their section.
fn outline(layout: &Layout) -> Outline {
    let mut sections: Vec<OutlineNode> = Vec::new();
    for (level, text, page, y) in &layout.headings {
        let node = OutlineNode::new(text.clone(), XyzDestination::new(*page, Point::from_xy(MARGIN, *y)));
        match sections.last_mut() {
            Some(section) if *level > 2 => section.push_child(node),
            _ => sections.push(node),
        }
    }
    let mut outline = Outline::new();
    for section in sections {
        outline.push_child(section);
    }
    outline
}

#[cfg(test)]
mod tests;
