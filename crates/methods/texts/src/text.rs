//! A text as units: headings, paragraphs, items, quotes and rows of tables, each with an id that stays.
//!
//! Knows nothing of files, versions or statements. A unit holds its words as plain text; what is emphasised or linked
//! stands beside it as ranges, so that no markup of a stranger is ever stored. All positions count Unicode scalar values,
//! not bytes and not UTF-16. Start with [`Text`].

use crate::address::Address;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// The deepest heading.
pub const LEVEL_MAX: u8 = 6;
/// The deepest item; the outermost list is 0.
pub const DEPTH_MAX: u8 = 8;

/// Names a unit through all versions of its text; from 1, never given twice within one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnitId(pub u32);

/// What a unit is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// A heading.
    Heading {
        /// 1 (outermost) to [`LEVEL_MAX`].
        level: u8,
    },
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item {
        /// 0 (outermost) to [`DEPTH_MAX`].
        depth: u8,
        /// What stands before it; not part of the text, so that an item put in between changes no other one.
        label: Label,
    },
    /// A paragraph quoted from elsewhere.
    Quote,
    /// A row of a table; its cells are parted by tabs in the text, line feeds break lines within a cell.
    Row {
        /// Whether its cells are headings of columns.
        head: bool,
        /// Whether a table begins with it.
        opens: bool,
    },
}

/// What stands before an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// A dot.
    Bullet,
    /// A number or letter as printed: "3.", "a)", "(2)"; at most 16 characters.
    Number(String),
    /// Nothing: it goes on with the item before it.
    Continued,
}

/// A range of characters that is more than plain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The first character.
    pub start: usize,
    /// The one after the last; greater than `start`.
    pub end: usize,
    /// How it is marked.
    pub style: Style,
}

/// How a range is marked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// A link to an address that is safe to follow.
    Link(Address),
    /// Important.
    Strong,
    /// Emphasised.
    Emphasis,
}

/// A passage that is read as one, that a statement can be about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its name through all versions.
    pub id: UnitId,
    /// What it is.
    #[serde(flatten)]
    pub kind: Kind,
    /// Its words.
    pub text: String,
    /// What in it is emphasised or linked, by start; marks of one style do not overlap.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
    /// Other units of the version before of which words came here, when units were split or merged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub came_from: Vec<UnitId>,
}

impl Unit {
    /// Its length in characters.
    #[must_use]
    pub fn chars(&self) -> usize {
        self.text.chars().count()
    }

    /// The cells of a row; of any other unit its whole text.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        self.text.split('\t')
    }

    /// The words of a range; as much of it as there is.
    #[must_use]
    pub fn passage(&self, start: usize, end: usize) -> &str {
        slice(&self.text, start, end)
    }
}

/// The part of a text from one character to before another; as much of it as there is.
pub(crate) fn slice(text: &str, start: usize, end: usize) -> &str {
    let from = byte_of(text, start);
    let length = byte_of(&text[from..], end.saturating_sub(start));
    &text[from..from + length]
}

fn byte_of(text: &str, position: usize) -> usize {
    text.char_indices().nth(position).map_or(text.len(), |(byte, _)| byte)
}

/// Why units are no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Written by a later form of this program.
    #[error("text of format {0}, only 1 is known")]
    Format(u32),
    /// An id twice, 0, or beyond those given.
    #[error("unit {0} bears an id that cannot be its own")]
    Id(u32),
    /// A level, depth or label out of bounds.
    #[error("unit {0} has a level, depth or label out of bounds")]
    Kind(u32),
    /// A mark outside the words, or marks out of order.
    #[error("unit {0} has marks that do not fit its words")]
    Marks(u32),
    /// No words at all, or a control character.
    #[error("unit {0} has no words or a control character")]
    Words(u32),
}

/// A text: its units in reading order. Stored as one JSON document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct Text {
    units: Vec<Unit>,
    next: u32,
}

impl Text {
    /// A text of units, where `next` is the first id that no unit of this text ever had.
    ///
    /// # Errors
    /// What makes them no text.
    pub fn new(units: Vec<Unit>, next: u32) -> Result<Self, Flaw> {
        let mut seen = HashSet::new();
        for unit in &units {
            let id = unit.id.0;
            if id == 0 || id >= next || !seen.insert(id) || unit.came_from.iter().any(|origin| origin.0 == 0 || origin.0 >= next) {
                return Err(Flaw::Id(id));
            }
            check(unit)?;
        }
        Ok(Self { units, next })
    }

    /// A new text: the units get the ids 1, 2, 3, … in reading order.
    ///
    /// # Errors
    /// What makes them no text.
    pub fn numbered(parts: impl IntoIterator<Item = (Kind, String, Vec<Mark>)>) -> Result<Self, Flaw> {
        let unit = |(id, (kind, text, marks))| Unit { id: UnitId(id), kind, text, marks, came_from: Vec::new() };
        let units: Vec<Unit> = (1..).zip(parts).map(unit).collect();
        let next = u32::try_from(units.len()).unwrap_or(u32::MAX - 1) + 1;
        Self::new(units, next)
    }

    /// The units in reading order.
    #[must_use]
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The first id that no unit of this text ever had.
    #[must_use]
    pub fn next_id(&self) -> u32 {
        self.next
    }

    /// The unit of an id, if this version has it.
    #[must_use]
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == id)
    }

    /// The headings above a unit, the outermost first; a heading is not above itself.
    #[must_use]
    pub fn headings_above(&self, id: UnitId) -> Vec<&Unit> {
        let Some(at) = self.units.iter().position(|unit| unit.id == id) else { return Vec::new() };
        let mut below = match self.units[at].kind {
            Kind::Heading { level } => level,
            _ => LEVEL_MAX + 1,
        };
        let mut above = Vec::new();
        for unit in self.units[..at].iter().rev() {
            if let Kind::Heading { level } = unit.kind
                && level < below
            {
                below = level;
                above.push(unit);
            }
        }
        above.reverse();
        above
    }

    /// Units that are known to be a text: those of one text with other ids.
    pub(crate) fn assembled(units: Vec<Unit>, next: u32) -> Self {
        Self { units, next }
    }

    pub(crate) fn into_units(self) -> Vec<Unit> {
        self.units
    }
}

fn check(unit: &Unit) -> Result<(), Flaw> {
    let id = unit.id.0;
    let fits = match &unit.kind {
        Kind::Heading { level } => (1..=LEVEL_MAX).contains(level),
        Kind::Item { depth, label } => {
            *depth <= DEPTH_MAX
                && !matches!(label, Label::Number(number) if number.is_empty() || number.chars().count() > 16 || number.contains(char::is_control))
        }
        Kind::Paragraph | Kind::Quote | Kind::Row { .. } => true,
    };
    if !fits {
        return Err(Flaw::Kind(id));
    }
    let is_row = matches!(unit.kind, Kind::Row { .. });
    let strange = |sign: char| sign.is_control() && sign != '\n' && !(is_row && sign == '\t');
    if unit.text.trim().is_empty() || unit.text.contains(strange) {
        return Err(Flaw::Words(id));
    }
    let chars = unit.chars();
    let in_order = unit.marks.windows(2).all(|pair| pair[0].start <= pair[1].start);
    if !in_order || unit.marks.iter().any(|mark| mark.start >= mark.end || mark.end > chars) {
        return Err(Flaw::Marks(id));
    }
    Ok(())
}

/// The form in which a text is stored.
#[derive(Serialize, Deserialize)]
struct Stored {
    format: u32,
    next: u32,
    units: Vec<Unit>,
}

impl From<Text> for Stored {
    fn from(text: Text) -> Self {
        Self { format: 1, next: text.next, units: text.units }
    }
}

impl TryFrom<Stored> for Text {
    type Error = Flaw;

    fn try_from(stored: Stored) -> Result<Self, Flaw> {
        if stored.format != 1 {
            return Err(Flaw::Format(stored.format));
        }
        Self::new(stored.units, stored.next)
    }
}
