//! Where every line goes: breaks blocks into lines and lines into pages, and notes which element each line belongs to.
//!
//! Owns sizes, distances and breaks, all in points from the upper left corner of an A4 page; knows nothing of the PDF
//! writer. Start at `Layout::of`.

use super::shape::Shaper;
use super::table;
use crate::{Block, DemoError, Document, Span};

/// A4, in points.
pub(super) const PAGE_WIDTH: f32 = 595.28;
/// A4, in points.
pub(super) const PAGE_HEIGHT: f32 = 841.89;
/// Left and right margin.
pub(super) const MARGIN: f32 = 71.0;
/// Width of the text.
pub(super) const TEXT_WIDTH: f32 = PAGE_WIDTH - 2.0 * MARGIN;
const TOP: f32 = 68.0;
const BOTTOM: f32 = PAGE_HEIGHT - 84.0;
/// Size of the running text.
pub(super) const BODY: f32 = 11.0;
/// Distance from one line of running text to the next.
pub(super) const LEADING: f32 = 15.5;

/// What an element is for those who hear the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    Heading { level: u16, text: String },
    Paragraph,
    List { is_numbered: bool },
    Item,
    Label,
    Body,
    Table { summary: String },
    Row,
    HeaderCell { is_of_row: bool },
    Cell,
}

/// An element of the document; `parent` is an index into `Layout::elements`.
pub(super) struct Element {
    pub role: Role,
    pub parent: Option<usize>,
}

/// Words in one style, set in one go; the next run begins where this one ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub text: String,
    pub is_bold: bool,
}

/// A line of text or a rule.
pub(super) enum Piece {
    Line { element: usize, runs: Vec<Run>, x: f32, baseline: f32, size: f32 },
    Rule { y: f32 },
}

/// The whole document, laid out.
pub(super) struct Layout {
    pub elements: Vec<Element>,
    pub pages: Vec<Vec<Piece>>,
    /// Headings with page index and height, for the bookmarks.
    pub headings: Vec<(u16, String, usize, f32)>,
    pub shaper: Shaper,
    y: f32,
}

impl Layout {
    /// Lays a document out.
    ///
    /// # Errors
    /// `DemoError::Pdf` if the fonts are missing.
    pub(super) fn of(document: &Document) -> Result<Self, DemoError> {
        let mut layout = Self { elements: Vec::new(), pages: vec![Vec::new()], headings: Vec::new(), shaper: Shaper::new()?, y: TOP };
        layout.head(document);
        for block in &document.blocks {
            layout.block(block);
        }
        Ok(layout)
    }

    fn head(&mut self, document: &Document) {
        let kind = match &document.reference {
            Some(reference) => format!("{} {reference}", document.kind),
            None => document.kind.clone(),
        };
        let line = vec![Span::bold(&document.town), Span::plain(format!(" · {kind}"))];
        self.paragraph(&line, None);
        self.rule(2.0);
        self.space(12.0);
        self.heading(1, &document.title);
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text } => self.heading(u16::from(*level), text),
            Block::Paragraph(spans) => self.paragraph(spans, None),
            Block::List { first, items } => self.list(*first, items),
            Block::Table { summary, header, rows } => table::set(self, summary, header, rows),
        }
    }

    fn heading(&mut self, level: u16, text: &str) {
        let (size, before) = match level {
            1 => (21.0, 0.0),
            2 => (14.0, 12.0),
            _ => (12.0, 8.0),
        };
        let lines = self.break_lines(&[Span::bold(text)], TEXT_WIDTH, size);
        // A heading stays with the first lines, or the first rows, of what follows.
        let height = size * 1.25 * count(lines.len());
        self.space(before);
        self.need(height + 4.5 * LEADING);
        let element = self.element(Role::Heading { level, text: text.to_owned() }, None);
        self.headings.push((level, text.to_owned(), self.pages.len() - 1, self.y));
        for line in lines {
            self.line(element, line, MARGIN, size, size * 1.25);
        }
        self.space(if level == 1 { 10.0 } else { 4.0 });
    }

    fn paragraph(&mut self, spans: &[Span], parent: Option<usize>) {
        let element = self.element(Role::Paragraph, parent);
        for line in self.break_lines(spans, TEXT_WIDTH, BODY) {
            self.line(element, line, MARGIN, BODY, LEADING);
        }
        self.space(6.0);
    }

    fn list(&mut self, first: Option<u64>, items: &[Vec<Span>]) {
        const INDENT: f32 = 20.0;
        let list = self.element(Role::List { is_numbered: first.is_some() }, None);
        for (position, spans) in items.iter().enumerate() {
            let label = match first {
                Some(first) => format!("{}.", first + u64::try_from(position).unwrap_or(0)),
                None => "–".to_owned(),
            };
            let item = self.element(Role::Item, Some(list));
            let label_element = self.element(Role::Label, Some(item));
            let body = self.element(Role::Body, Some(item));
            let lines = self.break_lines(spans, TEXT_WIDTH - INDENT, BODY);
            for (index, line) in lines.into_iter().enumerate() {
                self.need(LEADING);
                if index == 0 {
                    let run = Run { text: label.clone(), is_bold: false };
                    self.put(label_element, vec![run], MARGIN + 4.0, self.y + BODY, BODY);
                }
                self.line(body, line, MARGIN + INDENT, BODY, LEADING);
            }
            self.space(2.0);
        }
        self.space(4.0);
    }

    /// Adds an element and returns its index.
    pub(super) fn element(&mut self, role: Role, parent: Option<usize>) -> usize {
        self.elements.push(Element { role, parent });
        self.elements.len() - 1
    }

    /// Begins a new page unless so many points are left on this one.
    pub(super) fn need(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > TOP {
            self.pages.push(Vec::new());
            self.y = TOP;
        }
    }

    /// Leaves a distance, except at the top of a page.
    pub(super) fn space(&mut self, height: f32) {
        if self.y > TOP {
            self.y += height;
        }
    }

    /// Moves down.
    pub(super) fn space_down(&mut self, height: f32) {
        self.y += height;
    }

    /// Current height.
    pub(super) fn y(&self) -> f32 {
        self.y
    }

    /// Draws a thin line across the text after a small distance.
    pub(super) fn rule(&mut self, distance: f32) {
        self.y += distance;
        let y = self.y;
        self.push(Piece::Rule { y });
        self.y += distance;
    }

    /// Puts a line at a given height without moving on.
    pub(super) fn put(&mut self, element: usize, runs: Vec<Run>, x: f32, baseline: f32, size: f32) {
        self.push(Piece::Line { element, runs, x, baseline, size });
    }

    fn line(&mut self, element: usize, runs: Vec<Run>, x: f32, size: f32, leading: f32) {
        self.need(leading);
        let baseline = self.y + size;
        self.put(element, runs, x, baseline, size);
        self.y += leading;
    }

    fn push(&mut self, piece: Piece) {
        if let Some(page) = self.pages.last_mut() {
            page.push(piece);
        }
    }

    /// Breaks spans into lines of at most `width` points, ragged right.
    pub(super) fn break_lines(&mut self, spans: &[Span], width: f32, size: f32) -> Vec<Vec<Run>> {
        let mut lines = vec![Vec::new()];
        let mut x = 0.0;
        let mut is_after_space = false;
        for span in spans {
            for (index, part) in unbreakable_parts(&span.text).iter().enumerate() {
                is_after_space |= index > 0;
                for word in self.pieces_of_word(part, span.is_bold, width, size) {
                    let word_width = self.shaper.run_width(span.is_bold, &word, size);
                    let gap = if is_after_space { self.shaper.width(span.is_bold, " ", size) } else { 0.0 };
                    if x > 0.0 && x + gap + word_width > width && (is_after_space || x + word_width > width) {
                        lines.push(Vec::new());
                        x = 0.0;
                    }
                    let is_spaced = is_after_space && x > 0.0;
                    if let Some(line) = lines.last_mut() {
                        add_word(line, &word, span.is_bold, is_spaced);
                    }
                    x += if is_spaced { gap + word_width } else { word_width };
                    is_after_space = false;
                }
            }
        }
        lines
    }

    /// A word wider than the column is cut where it has to be.
    fn pieces_of_word(&mut self, word: &str, is_bold: bool, width: f32, size: f32) -> Vec<String> {
        if word.is_empty() {
            return Vec::new();
        }
        if self.shaper.run_width(is_bold, word, size) <= width {
            return vec![word.to_owned()];
        }
        let mut pieces = vec![String::new()];
        for character in word.chars() {
            let mut longer = pieces.last().cloned().unwrap_or_default();
            longer.push(character);
            if self.shaper.run_width(is_bold, &longer, size) > width {
                pieces.push(character.to_string());
            } else if let Some(last) = pieces.last_mut() {
                *last = longer;
            }
        }
        pieces
    }
}

/// Words between spaces; a number stays with what it counts ("3. März", "30 Meter", "§ 2").
fn unbreakable_parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match parts.last_mut() {
            Some(last) if is_number_or_sign(last) && !word.is_empty() => {
                last.push(' ');
                last.push_str(word);
            }
            _ => parts.push(word.to_owned()),
        }
    }
    parts
}

fn is_number_or_sign(word: &str) -> bool {
    let is_number = word.starts_with(|first: char| first.is_ascii_digit()) && word.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',');
    word == "§" || (is_number && word.len() < 12 && !word.ends_with(','))
}

fn add_word(line: &mut Vec<Run>, word: &str, is_bold: bool, is_spaced: bool) {
    if let Some(last) = line.last_mut() {
        if is_spaced {
            last.text.push(' ');
        }
        if last.is_bold == is_bold {
            last.text.push_str(word);
            return;
        }
    }
    line.push(Run { text: word.to_owned(), is_bold });
}

/// Number of lines as a factor.
pub(super) fn count(lines: usize) -> f32 {
    f32::from(u16::try_from(lines).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::unbreakable_parts;

    #[test]
    fn a_number_stays_with_what_it_counts() {
        for (text, parts) in [
            ("am 3. März 2026", vec!["am", "3. März", "2026"]),
            ("rund 30 Meter", vec!["rund", "30 Meter"]),
            ("nach § 36 Baugesetzbuch", vec!["nach", "§ 36", "Baugesetzbuch"]),
            ("2024, dann", vec!["2024,", "dann"]),
            (" danach", vec!["", "danach"]),
        ] {
            assert_eq!(unbreakable_parts(text), parts, "{text}");
        }
    }
}
