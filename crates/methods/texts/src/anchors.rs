//! Statements stay at their passage, whatever becomes of the text.
//!
//! An [`Anchor`] holds the unit, the characters and the words that somebody wrote about. [`carry`] takes anchors from one
//! version to the next and says where each is and how sure that is. None is ever dropped: an anchor whose words are gone
//! keeps them and the place where they stood, and is looked for again in every later version. Knows nothing of what is said.

mod carry;
mod mapping;
mod seek;

pub use carry::carry;

use crate::text::{Text, UnitId, slice};
use serde::{Deserialize, Serialize};

/// Characters of context kept on each side.
pub const CONTEXT_CHARS: usize = 40;

/// Where an anchor stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Spot {
    /// At words of a unit.
    Passage {
        /// The unit.
        unit: UnitId,
        /// The first character.
        start: usize,
        /// The one after the last; greater than `start`.
        end: usize,
    },
    /// The words are gone; they stood at this character of the unit.
    Gap {
        /// The unit.
        unit: UnitId,
        /// The character before which they stood; may be the length of the unit.
        position: usize,
    },
    /// The unit is gone; it stood after this one, or at the beginning.
    Between {
        /// The unit before.
        after: Option<UnitId>,
    },
}

/// The passage that a statement is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Where it stands in the version at hand.
    pub spot: Spot,
    /// The words that were picked when it was made; never changed.
    pub quote: String,
    /// What stood before them then, up to [`CONTEXT_CHARS`] characters.
    pub before: String,
    /// What stood behind them then.
    pub after: String,
}

/// Why there is no such passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnchorError {
    /// The text has no such unit.
    #[error("no such unit")]
    Unit,
    /// The range is empty, reversed, without words or reaches beyond the unit.
    #[error("no such passage")]
    Range,
}

impl Anchor {
    /// An anchor at the characters from `start` to before `end` of a unit; white space at the edges is left out.
    ///
    /// # Errors
    /// `Unit` without such a unit, `Range` for an empty or impossible range.
    pub fn new(text: &Text, unit: UnitId, start: usize, end: usize) -> Result<Self, AnchorError> {
        let words = &text.unit(unit).ok_or(AnchorError::Unit)?.text;
        let chars = words.chars().count();
        if start >= end || end > chars {
            return Err(AnchorError::Range);
        }
        let picked = slice(words, start, end);
        let quote = picked.trim();
        if quote.is_empty() {
            return Err(AnchorError::Range);
        }
        let start = start + picked.chars().take_while(|sign| sign.is_whitespace()).count();
        let end = start + quote.chars().count();
        Ok(Self {
            spot: Spot::Passage { unit, start, end },
            quote: quote.to_owned(),
            before: slice(words, start.saturating_sub(CONTEXT_CHARS), start).to_owned(),
            after: slice(words, end, end + CONTEXT_CHARS).to_owned(),
        })
    }

    /// An anchor at a whole unit.
    ///
    /// # Errors
    /// `Unit` without such a unit.
    pub fn whole(text: &Text, unit: UnitId) -> Result<Self, AnchorError> {
        let chars = text.unit(unit).ok_or(AnchorError::Unit)?.chars();
        Self::new(text, unit, 0, chars)
    }

    /// The words at which it stands now; nothing where they are gone.
    #[must_use]
    pub fn words<'t>(&self, text: &'t Text) -> Option<&'t str> {
        match self.spot {
            Spot::Passage { unit, start, end } => text.unit(unit).map(|unit| unit.passage(start, end)),
            Spot::Gap { .. } | Spot::Between { .. } => None,
        }
    }
}

/// How an anchor came to its place in the next version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// The same words in the same unit.
    Exact,
    /// The same words, but their unit stands elsewhere, or they are in another unit.
    Moved,
    /// Other words, where the old ones were or where most of them went.
    Reworded,
    /// The passage is divided among several units.
    Divided,
    /// The words are gone; the anchor keeps them and their place.
    Gone,
}

/// An anchor in the next version.
#[derive(Debug, Clone, PartialEq)]
pub struct Carried {
    /// Where it is. Of a divided passage this is the part with most of the words.
    pub anchor: Anchor,
    /// The other parts of a divided passage, in reading order.
    pub further: Vec<Spot>,
    /// How it came there.
    pub how: How,
    /// How sure that is: 0 (a guess) to 1 (certain). For words that are gone, how sure it is that they are.
    pub sure: f32,
}
