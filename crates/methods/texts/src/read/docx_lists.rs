//! DOCX: what styles are headings, and what numbers stand before paragraphs.

use super::ReadError;
use super::xml::{Attributes, Sink, walk};
use crate::text::Label;
use std::collections::HashMap;

/// Styles on which a style is based, at most.
const BASES_MAX: usize = 12;
/// Levels of a list.
const LEVELS: usize = 9;

/// What a paragraph style means.
#[derive(Default, Clone)]
pub(super) struct Style {
    name: String,
    base: Option<String>,
    outline: Option<u8>,
    /// List and level.
    pub(super) list: (Option<String>, Option<usize>),
}

/// All paragraph styles by id.
#[derive(Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    current: Option<String>,
}

impl Styles {
    pub(super) fn read(xml: Option<&str>) -> Result<Self, ReadError> {
        let mut styles = Self::default();
        if let Some(xml) = xml {
            walk(xml, &mut styles)?;
        }
        Ok(styles)
    }

    fn chain<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Style> {
        std::iter::successors(self.styles.get(id), |style| style.base.as_ref().and_then(|base| self.styles.get(base))).take(BASES_MAX)
    }

    /// The level of a heading's style, from 1.
    pub(super) fn level(&self, id: &str) -> Option<u8> {
        self.chain(id).find_map(|style| match style.outline {
            Some(outline) => Some((outline < 9).then_some(outline + 1)),
            None => level_of_name(&style.name).map(Some),
        })?
    }

    /// Whether a style is that of a quotation.
    pub(super) fn is_quote(&self, id: &str) -> bool {
        self.chain(id).any(|style| matches!(style.name.as_str(), "quote" | "intense quote" | "quotations" | "zitat" | "intensives zitat" | "block text"))
    }

    /// Whether a style is that of a line in a table of contents.
    pub(super) fn is_contents(&self, id: &str) -> bool {
        self.styles.get(id).is_some_and(|style| style.name.starts_with("toc ") || style.name.starts_with("verzeichnis "))
    }

    /// The list and level that a style brings along.
    pub(super) fn list(&self, id: &str) -> (Option<String>, Option<usize>) {
        let list = self.chain(id).find_map(|style| style.list.0.clone());
        (list, self.chain(id).find_map(|style| style.list.1))
    }
}

fn level_of_name(name: &str) -> Option<u8> {
    if matches!(name, "title" | "titel") {
        return Some(1);
    }
    let rest = name.strip_prefix("heading ").or_else(|| name.strip_prefix("überschrift "))?;
    rest.trim().parse().ok().filter(|level| (1..=9).contains(level))
}

impl Sink for Styles {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) {
        if name == "style" {
            self.current = attributes.get("styleId");
            if let Some(id) = &self.current {
                self.styles.insert(id.clone(), Style::default());
            }
        }
        let Some(style) = self.current.as_ref().and_then(|id| self.styles.get_mut(id)) else { return };
        let value = attributes.get("val");
        match name {
            "name" => style.name = value.unwrap_or_default().to_lowercase(),
            "basedOn" => style.base = value,
            "outlineLvl" => style.outline = value.and_then(|level| level.parse().ok()),
            "numId" => style.list.0 = value,
            "ilvl" => style.list.1 = value.and_then(|level| level.parse().ok()),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if name == "style" {
            self.current = None;
        }
    }

    fn text(&mut self, _: &str) {}
}

/// How the numbers of one level look.
#[derive(Clone)]
struct Level {
    format: String,
    pattern: String,
    start: u32,
}

impl Default for Level {
    fn default() -> Self {
        Self { format: "decimal".to_owned(), pattern: String::new(), start: 1 }
    }
}

/// All lists, with how far each has counted.
#[derive(Default)]
pub(super) struct Lists {
    patterns: HashMap<String, Vec<Level>>,
    /// From a list to its pattern.
    lists: HashMap<String, String>,
    counted: HashMap<String, [Option<u32>; LEVELS]>,
    pattern: Option<String>,
    list: Option<String>,
    level: usize,
}

impl Lists {
    pub(super) fn read(xml: Option<&str>) -> Result<Self, ReadError> {
        let mut lists = Self::default();
        if let Some(xml) = xml {
            walk(xml, &mut lists)?;
        }
        Ok(lists)
    }

    /// The next label of a list at a level; nothing if there is no such list. Lists of one pattern count on.
    pub(super) fn next(&mut self, list: &str, level: usize) -> Option<Label> {
        let level = level.min(LEVELS - 1);
        let pattern = self.lists.get(list)?;
        let levels = self.patterns.get(pattern)?;
        let own = levels.get(level).cloned().unwrap_or_default();
        let counted = self.counted.entry(pattern.clone()).or_default();
        counted[level] = Some(counted[level].map_or(own.start, |number| number.saturating_add(1)));
        counted[level + 1..].fill(None);
        if own.format == "bullet" {
            return Some(Label::Bullet);
        }
        if own.format == "none" || own.pattern.is_empty() {
            return Some(Label::Continued);
        }
        let mut label = own.pattern.clone();
        for (outer, number) in counted.iter().enumerate().take(level + 1) {
            let look = levels.get(outer).cloned().unwrap_or_default();
            let shown = number_as(&look.format, number.unwrap_or(look.start));
            label = label.replace(&format!("%{}", outer + 1), &shown);
        }
        Some(Label::Number(label))
    }
}

/// A number as a list shows it; decimal for looks that are not known.
pub(super) fn number_as(format: &str, number: u32) -> String {
    match format {
        "lowerLetter" | "a" => letters(number, b'a'),
        "upperLetter" | "A" => letters(number, b'A'),
        "lowerRoman" | "i" => roman(number).to_lowercase(),
        "upperRoman" | "I" => roman(number),
        "decimalZero" => format!("{number:02}"),
        _ => number.to_string(),
    }
}

/// a, b, …, z, aa, bb, … as word processors count.
fn letters(number: u32, first: u8) -> String {
    let index = number.saturating_sub(1);
    let letter = char::from(first + u8::try_from(index % 26).unwrap_or(0));
    std::iter::repeat_n(letter, usize::try_from(index / 26 + 1).unwrap_or(1).min(8)).collect()
}

fn roman(number: u32) -> String {
    const VALUES: [(u32, &str); 13] =
        [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    if number == 0 || number > 3_999 {
        return number.to_string();
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, sign) in VALUES {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

impl Sink for Lists {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) {
        match name {
            "abstractNum" => self.pattern = attributes.get("abstractNumId"),
            "num" => self.list = attributes.get("numId"),
            "abstractNumId" => {
                if let (Some(list), Some(pattern)) = (self.list.clone(), attributes.get("val")) {
                    self.lists.insert(list, pattern);
                }
            }
            "lvl" => {
                self.level = attributes.get("ilvl").and_then(|level| level.parse().ok()).unwrap_or(0).min(LEVELS - 1);
                if let Some(pattern) = &self.pattern {
                    let levels = self.patterns.entry(pattern.clone()).or_default();
                    if levels.len() <= self.level {
                        levels.resize(self.level + 1, Level::default());
                    }
                }
            }
            "numFmt" | "lvlText" | "start" => {
                let Some(level) = self.pattern.as_ref().and_then(|pattern| self.patterns.get_mut(pattern)).and_then(|levels| levels.get_mut(self.level)) else {
                    return;
                };
                let value = attributes.get("val").unwrap_or_default();
                match name {
                    "numFmt" => level.format = value,
                    "lvlText" => level.pattern = value.chars().take(16).collect(),
                    _ => level.start = value.parse().unwrap_or(1),
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "abstractNum" => self.pattern = None,
            "num" => self.list = None,
            _ => {}
        }
    }

    fn text(&mut self, _: &str) {}
}
