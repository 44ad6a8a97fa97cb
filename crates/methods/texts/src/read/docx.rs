//! DOCX: paragraphs with their styles, numbers and links, and tables.
//!
//! Tracked changes are read as accepted. Text boxes, pictures, notes and formulas are counted and left out.

use super::docx_lists::{Lists, Styles};
use super::package::Package;
use super::xml::{Attributes, Sink, walk};
use super::{LeftOut, Limits, ReadError};
use crate::builder::Builder;
use crate::text::{Kind, Label};
use std::collections::HashMap;

/// Reads an Office Open XML text document into the builder.
///
/// # Errors
/// See [`ReadError`].
pub(super) fn read(bytes: &[u8], limits: &Limits, builder: &mut Builder<'_>) -> Result<(), ReadError> {
    let mut package = Package::open(bytes, limits)?;
    if package.part("[Content_Types].xml")?.is_some_and(|types| types.contains("macroEnabled")) {
        return Err(ReadError::Macros);
    }
    let document = package.part("word/document.xml")?.ok_or(ReadError::Broken)?;
    let styles = Styles::read(package.part("word/styles.xml")?.as_deref())?;
    let lists = Lists::read(package.part("word/numbering.xml")?.as_deref())?;
    let mut links = Links::default();
    if let Some(relations) = package.part("word/_rels/document.xml.rels")? {
        walk(&relations, &mut links)?;
    }
    let state = State { links: links.0, styles, lists, ..State::default() };
    walk(&document, &mut Body { builder, state })
}

/// The addresses of links by the id that the document uses.
#[derive(Default)]
struct Links(HashMap<String, String>);

impl Sink for Links {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) {
        if name == "Relationship"
            && let (Some(id), Some(target)) = (attributes.get("Id"), attributes.get("Target"))
        {
            self.0.insert(id, target);
        }
    }

    fn end(&mut self, _: &str) {}

    fn text(&mut self, _: &str) {}
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
    lists: Lists,
    links: HashMap<String, String>,
    /// How deep within elements that are not shown.
    hidden: usize,
    /// How deep within character data that is text.
    text: usize,
    in_run_properties: bool,
    in_paragraph_properties: bool,
    tables: usize,
    opens: bool,
    cells: usize,
    paragraph: Paragraph,
    run: Run,
}

/// What the properties of a paragraph said, until its first words.
#[derive(Default)]
struct Paragraph {
    is_begun: bool,
    /// A line of the table of contents: it repeats headings and is not shown.
    is_contents: bool,
    style: Option<String>,
    outline: Option<u8>,
    list: Option<String>,
    level: Option<usize>,
}

/// What is on in a run.
#[derive(Default)]
struct Run {
    strong: bool,
    emphasis: bool,
}

/// What an element that is not shown counts as.
fn hides(name: &str) -> Option<Option<LeftOut>> {
    Some(match name {
        "del" | "moveFrom" => Some(LeftOut::Deletion),
        "drawing" | "pict" | "object" => Some(LeftOut::Picture),
        "oMath" => Some(LeftOut::Formula),
        // The older picture of a drawing repeats it.
        "Fallback" | "sectPr" => None,
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
        // A tracked insertion or deletion of the paragraph mark stands within the properties and means no words.
        if let Some(counts_as) = hides(name) {
            state.hidden = 1;
            if let Some(what) = counts_as.filter(|_| !state.in_run_properties && !state.in_paragraph_properties) {
                self.builder.leave_out(what);
            }
            return;
        }
        match name {
            "pPr" => state.in_paragraph_properties = true,
            "rPr" => state.in_run_properties = true,
            "p" => self.begin_paragraph(),
            "r" => state.run = Run::default(),
            "t" => state.text += 1,
            "tab" if !state.in_paragraph_properties => self.words(" "),
            "noBreakHyphen" => self.words("-"),
            "br" | "cr" => self.builder.line_break(),
            "hyperlink" => {
                let address = attributes.get("id").and_then(|id| state.links.get(&id));
                self.builder.link(address.map(String::as_str));
            }
            "footnoteReference" | "endnoteReference" => self.builder.leave_out(LeftOut::Note),
            "commentReference" => self.builder.leave_out(LeftOut::Comment),
            "tbl" => self.begin_table(),
            "tr" if state.tables == 1 => {
                self.builder.open(Kind::Row { head: false, opens: std::mem::take(&mut state.opens) });
                state.cells = 0;
            }
            "tblHeader" if is_on(attributes) => {
                if let Some(Kind::Row { head, .. }) = self.builder.kind_mut() {
                    *head = true;
                }
            }
            "tc" if state.tables == 1 => {
                if state.cells > 0 {
                    self.builder.next_cell();
                }
                state.cells += 1;
            }
            _ => self.property(name, attributes),
        }
    }

    fn end(&mut self, name: &str) {
        let state = &mut self.state;
        if state.hidden > 0 {
            state.hidden -= usize::from(hides(name).is_some());
            return;
        }
        match name {
            "pPr" => state.in_paragraph_properties = false,
            "rPr" => state.in_run_properties = false,
            "p" if state.tables == 0 => self.builder.close(),
            "p" => self.builder.line_break(),
            "t" => state.text = state.text.saturating_sub(1),
            "hyperlink" => self.builder.link(None),
            "tbl" => {
                state.tables = state.tables.saturating_sub(1);
                if state.tables == 0 {
                    self.builder.close();
                }
            }
            "tr" if state.tables == 1 => self.builder.close(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.state.text > 0 && self.state.hidden == 0 {
            self.words(text);
        }
    }
}

impl Body<'_, '_> {
    fn begin_paragraph(&mut self) {
        self.state.paragraph = Paragraph::default();
        (self.state.in_paragraph_properties, self.state.in_run_properties) = (false, false);
        if self.state.tables == 0 {
            self.builder.plain();
            self.builder.close();
        }
    }

    fn begin_table(&mut self) {
        self.state.tables += 1;
        if self.state.tables == 1 {
            self.builder.close();
            self.state.opens = true;
        }
    }

    fn property(&mut self, name: &str, attributes: &Attributes<'_>) {
        let state = &mut self.state;
        if state.in_run_properties && !state.in_paragraph_properties {
            match name {
                "b" => state.run.strong = is_on(attributes),
                "i" => state.run.emphasis = is_on(attributes),
                _ => {}
            }
        } else if state.in_paragraph_properties && !state.in_run_properties {
            let value = attributes.get("val");
            match name {
                "pStyle" => state.paragraph.style = value,
                "outlineLvl" => state.paragraph.outline = value.and_then(|level| level.parse().ok()),
                "numId" => state.paragraph.list = value,
                "ilvl" => state.paragraph.level = value.and_then(|level| level.parse().ok()),
                _ => {}
            }
        }
    }

    /// Words of a run; with the first ones the paragraph is opened as what its properties make it.
    fn words(&mut self, text: &str) {
        if self.state.tables == 0 && !std::mem::replace(&mut self.state.paragraph.is_begun, true) {
            let style = self.state.paragraph.style.as_deref().unwrap_or_default();
            self.state.paragraph.is_contents = self.state.styles.is_contents(style);
            if self.state.paragraph.is_contents {
                return;
            }
            let (kind, prefix) = self.state.kind();
            self.builder.open(kind);
            if let Some(prefix) = prefix {
                self.builder.text(&prefix);
                self.builder.text(" ");
            }
        }
        if self.state.paragraph.is_contents {
            return;
        }
        let run = &self.state.run;
        let (strong, emphasis) = (run.strong, run.emphasis);
        if strong {
            self.builder.strong(true);
        }
        if emphasis {
            self.builder.emphasis(true);
        }
        self.builder.text(text);
        if strong {
            self.builder.strong(false);
        }
        if emphasis {
            self.builder.emphasis(false);
        }
    }
}

impl State {
    /// What the paragraph is, and the number that stands before the words of a heading.
    fn kind(&mut self) -> (Kind, Option<String>) {
        let style = self.paragraph.style.as_deref().unwrap_or_default();
        let level = match self.paragraph.outline {
            Some(outline) => (outline < 9).then_some(outline + 1),
            None => self.styles.level(style),
        };
        let (style_list, style_level) = self.styles.list(style);
        let depth = self.paragraph.level.or(style_level).unwrap_or(0);
        // List 0 takes a paragraph out of its style's list.
        let list = self.paragraph.list.clone().or(style_list).filter(|list| list != "0");
        let is_quote = self.styles.is_quote(style);
        let label = list.and_then(|list| self.lists.next(&list, depth));
        match (level, label) {
            (Some(level), Some(Label::Number(number))) => (Kind::Heading { level }, Some(number)),
            (Some(level), _) => (Kind::Heading { level }, None),
            (None, Some(label)) => (Kind::Item { depth: u8::try_from(depth).unwrap_or(u8::MAX), label }, None),
            (None, None) if is_quote => (Kind::Quote, None),
            (None, None) => (Kind::Paragraph, None),
        }
    }
}

/// A switch is on unless it says otherwise.
fn is_on(attributes: &Attributes<'_>) -> bool {
    !matches!(attributes.get("val").as_deref(), Some("0" | "false" | "off" | "none"))
}
