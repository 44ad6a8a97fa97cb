//! ODT: paragraphs and headings with their styles, lists with their numbers, tables.

use super::odt_styles::Styles;
use super::package::Package;
use super::xml::{Attributes, Sink, walk};
use super::{LeftOut, Limits, ReadError};
use crate::builder::Builder;
use crate::text::{Kind, Label};

/// Repeated cells at most: files say "16,384 empty ones" to the right of a table.
const REPEATED_MAX: usize = 64;

/// Reads an OpenDocument text into the builder.
///
/// # Errors
/// See [`ReadError`].
pub(super) fn read(bytes: &[u8], limits: &Limits, builder: &mut Builder<'_>) -> Result<(), ReadError> {
    let mut package = Package::open(bytes, limits)?;
    if package.part("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(ReadError::Encrypted);
    }
    let content = package.part("content.xml")?.ok_or(ReadError::Broken)?;
    let mut styles = Styles::default();
    if let Some(shared) = package.part("styles.xml")? {
        walk(&shared, &mut styles)?;
    }
    walk(&content, &mut styles)?;
    walk(&content, &mut Body { builder, state: State { styles, ..State::default() } })
}

/// The document on its way into the builder.
struct Body<'b, 'l> {
    builder: &'b mut Builder<'l>,
    state: State,
}

/// Where the reader stands.
#[derive(Default)]
struct State {
    styles: Styles,
    hidden: usize,
    /// How deep within paragraphs.
    paragraphs: usize,
    /// What each open span switched on.
    spans: Vec<(bool, bool)>,
    /// The names of the lists around, and the number of the item in each.
    lists: Vec<(String, u32)>,
    /// Whether the item has no words yet.
    is_new_item: bool,
    tables: usize,
    opens: bool,
    is_head: bool,
    cells: usize,
    /// Cells that the one being read stands for beside itself.
    repeated: usize,
}

/// What an element that is not shown counts as.
fn hides(name: &str) -> Option<Option<LeftOut>> {
    Some(match name {
        "tracked-changes" => Some(LeftOut::Deletion),
        "annotation" => Some(LeftOut::Comment),
        "note" => Some(LeftOut::Note),
        "frame" | "custom-shape" | "g" => Some(LeftOut::Picture),
        "scripts" | "automatic-styles" | "font-face-decls" | "forms" | "sequence-decls" | "variable-decls" | "table-of-content" => None,
        _ => return None,
    })
}

impl Sink for Body<'_, '_> {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) {
        let state = &mut self.state;
        if state.hidden > 0 {
            state.hidden += usize::from(hides(name).is_some());
            return;
        }
        if let Some(counts_as) = hides(name) {
            state.hidden = 1;
            if let Some(what) = counts_as {
                self.builder.leave_out(what);
            }
            return;
        }
        match name {
            "p" | "h" => self.begin_paragraph(name == "h", attributes),
            "span" => {
                let looks = attributes.get("style-name").map_or((false, false), |style| state.styles.looks(&style));
                state.spans.push(looks);
                self.switch(looks, true);
            }
            "a" => self.builder.link(attributes.get("href").as_deref()),
            "s" | "tab" if state.paragraphs > 0 => self.builder.text(" "),
            "line-break" => self.builder.line_break(),
            "list" => {
                let inherited = state.lists.last().map(|(name, _)| name.clone()).unwrap_or_default();
                state.lists.push((attributes.get("style-name").unwrap_or(inherited), 0));
            }
            "list-item" => {
                if let Some((_, number)) = state.lists.last_mut() {
                    let start = attributes.get("start-value").and_then(|start| start.parse().ok());
                    *number = start.unwrap_or_else(|| number.saturating_add(1));
                }
                state.is_new_item = true;
            }
            "table" => {
                state.tables += 1;
                if state.tables == 1 {
                    self.builder.close();
                    (state.opens, state.is_head) = (true, false);
                }
            }
            "table-header-rows" => state.is_head = true,
            "table-row" if state.tables == 1 => {
                self.builder.open(Kind::Row { head: state.is_head, opens: std::mem::take(&mut state.opens) });
                (state.cells, state.repeated) = (0, 0);
            }
            "table-cell" | "covered-table-cell" if state.tables == 1 => {
                if state.cells > 0 {
                    self.builder.next_cell();
                }
                state.cells += 1;
                let times = attributes.get("number-columns-repeated").and_then(|times| times.parse::<usize>().ok()).unwrap_or(1);
                state.repeated = times.saturating_sub(1).min(REPEATED_MAX);
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.state.hidden > 0 {
            self.state.hidden -= usize::from(hides(name).is_some());
            return;
        }
        let state = &mut self.state;
        match name {
            "p" | "h" => {
                state.paragraphs = state.paragraphs.saturating_sub(1);
                if state.tables > 0 {
                    self.builder.line_break();
                } else {
                    self.builder.close();
                }
            }
            "span" => {
                if let Some(looks) = state.spans.pop() {
                    self.switch(looks, false);
                }
            }
            "a" => self.builder.link(None),
            "list" => {
                state.lists.pop();
                state.is_new_item = false;
            }
            "list-item" => state.is_new_item = false,
            "table" => {
                state.tables = state.tables.saturating_sub(1);
                if state.tables == 0 {
                    self.builder.close();
                }
            }
            "table-header-rows" => state.is_head = false,
            "table-row" if state.tables == 1 => self.builder.close(),
            "table-cell" | "covered-table-cell" if state.tables == 1 => {
                for _ in 0..std::mem::take(&mut state.repeated) {
                    self.builder.next_cell();
                    state.cells += 1;
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.state.paragraphs > 0 && self.state.hidden == 0 {
            self.builder.text(text);
        }
    }
}

impl Body<'_, '_> {
    fn begin_paragraph(&mut self, is_heading: bool, attributes: &Attributes<'_>) {
        self.state.paragraphs += 1;
        if self.state.tables > 0 {
            return;
        }
        self.builder.plain();
        self.state.spans.clear();
        let style = attributes.get("style-name").unwrap_or_default();
        let level = attributes.get("outline-level").and_then(|level| level.parse().ok()).unwrap_or(1);
        let kind = self.state.kind(is_heading.then_some(level), &style);
        let is_heading = matches!(kind, Kind::Heading { .. });
        self.builder.open(kind);
        // A heading is strong as a whole; that is no emphasis.
        let looks = if is_heading { (false, false) } else { self.state.styles.looks(&style) };
        self.switch(looks, true);
    }

    fn switch(&mut self, (strong, emphasis): (bool, bool), is_on: bool) {
        if strong {
            self.builder.strong(is_on);
        }
        if emphasis {
            self.builder.emphasis(is_on);
        }
    }
}

impl State {
    fn kind(&mut self, heading: Option<u8>, style: &str) -> Kind {
        if let Some(level) = heading {
            return Kind::Heading { level };
        }
        if self.styles.is_any(style, &["Title"]) {
            return Kind::Heading { level: 1 };
        }
        if let Some(((list, _), depth)) = self.lists.last().zip(self.lists.len().checked_sub(1)) {
            let label = if std::mem::take(&mut self.is_new_item) {
                let counted: Vec<u32> = self.lists.iter().map(|(_, number)| *number).collect();
                self.styles.label(list, &counted)
            } else {
                Label::Continued
            };
            return Kind::Item { depth: u8::try_from(depth).unwrap_or(u8::MAX), label };
        }
        if self.styles.is_any(style, &["Quotations", "Quote", "Intense_20_Quote"]) { Kind::Quote } else { Kind::Paragraph }
    }
}
