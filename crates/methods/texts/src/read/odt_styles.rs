//! ODT: what styles mean, and how lists are numbered.

use super::docx_lists::number_as;
use super::xml::{Attributes, Sink};
use crate::text::Label;
use std::collections::HashMap;

/// Styles on which a style is based, at most.
const BASES_MAX: usize = 12;

/// What a style says.
#[derive(Default, Clone)]
pub(super) struct Style {
    base: Option<String>,
    strong: Option<bool>,
    emphasis: Option<bool>,
}

/// How a level of a list is labelled.
#[derive(Clone)]
struct Level {
    /// Nothing for a dot.
    format: Option<String>,
    prefix: String,
    suffix: String,
    start: u32,
    /// How many outer numbers it repeats, itself included.
    shown: usize,
}

/// Styles of text, paragraphs and lists, by name.
#[derive(Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    lists: HashMap<String, Vec<Option<Level>>>,
    current: Option<String>,
    list: Option<String>,
}

impl Styles {
    fn chain<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let first = self.styles.get_key_value(name);
        let next = |(_, style): &(&'a String, &'a Style)| style.base.as_ref().and_then(|base| self.styles.get_key_value(base));
        std::iter::successors(first, next).take(BASES_MAX).map(|(name, style)| (name.as_str(), style))
    }

    /// Whether words of a style are strong, and whether they are emphasised.
    pub(super) fn looks(&self, name: &str) -> (bool, bool) {
        let strong = self.chain(name).find_map(|(_, style)| style.strong);
        (strong.unwrap_or(false), self.chain(name).find_map(|(_, style)| style.emphasis).unwrap_or(false))
    }

    /// Whether a paragraph of this style, or of one it is based on, bears one of the names.
    pub(super) fn is_any(&self, name: &str, names: &[&str]) -> bool {
        names.contains(&name) || self.chain(name).any(|(name, style)| names.contains(&name) || style.base.as_deref().is_some_and(|base| names.contains(&base)))
    }

    /// The label of an item: `counted` holds the numbers of all levels around, its own last, from 1 without the list's start.
    pub(super) fn label(&self, list: &str, counted: &[u32]) -> Label {
        let levels = self.lists.get(list);
        let level = |depth: usize| levels.and_then(|levels| levels.get(depth)).and_then(Option::as_ref);
        let Some((depth, own)) = counted.len().checked_sub(1).and_then(|depth| Some((depth, level(depth)?))) else { return Label::Bullet };
        if own.format.is_none() {
            return Label::Bullet;
        }
        let first = (depth + 1).saturating_sub(own.shown.max(1));
        let numbers = (first..=depth).filter_map(|outer| {
            let look = level(outer)?;
            let number = counted[outer].saturating_add(look.start).saturating_sub(1);
            look.format.as_ref().map(|format| number_as(format, number))
        });
        Label::Number(format!("{}{}{}", own.prefix, numbers.collect::<Vec<_>>().join("."), own.suffix))
    }
}

impl Sink for Styles {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) {
        match name {
            "style" => {
                self.current = attributes.get("name");
                if let Some(name) = &self.current {
                    self.styles.insert(name.clone(), Style { base: attributes.get("parent-style-name"), ..Style::default() });
                }
            }
            "text-properties" => {
                if let Some(style) = self.current.as_ref().and_then(|name| self.styles.get_mut(name)) {
                    style.strong = attributes.get("font-weight").map(|weight| weight == "bold" || weight.parse().is_ok_and(|weight: u32| weight >= 600));
                    style.emphasis = attributes.get("font-style").map(|slant| slant == "italic" || slant == "oblique");
                }
            }
            "list-style" => {
                self.list = attributes.get("name");
                if let Some(name) = &self.list {
                    self.lists.insert(name.clone(), Vec::new());
                }
            }
            "list-level-style-number" | "list-level-style-bullet" => {
                let depth = attributes.get("level").and_then(|level| level.parse::<usize>().ok()).unwrap_or(1).clamp(1, 10);
                let short = |name: &str| attributes.get(name).unwrap_or_default().chars().take(4).collect::<String>();
                let level = Level {
                    format: if name.ends_with("number") { attributes.get("num-format").filter(|format| !format.is_empty()) } else { None },
                    prefix: short("num-prefix"),
                    suffix: short("num-suffix"),
                    start: attributes.get("start-value").and_then(|start| start.parse().ok()).unwrap_or(1),
                    shown: attributes.get("display-levels").and_then(|shown| shown.parse().ok()).unwrap_or(1),
                };
                if let Some(levels) = self.list.as_ref().and_then(|name| self.lists.get_mut(name)) {
                    if levels.len() < depth {
                        levels.resize(depth, None);
                    }
                    levels[depth - 1] = Some(level);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "style" => self.current = None,
            "list-style" => self.list = None,
            _ => {}
        }
    }

    fn text(&mut self, _: &str) {}
}
