//! Texts that people comment on: read, written, compared with their next version, with statements that stay at their passage.
//!
//! Pure: no database, no network, no clock. A [`Text`] is a list of units with ids that stay; a room stores it as one JSON
//! document per version. [`read`] makes one out of a file, [`write`](mod@write) turns it into HTML, Markdown, DOCX or ODT.
//! [`align`] gives the units of a new version the ids of those they continue; from then on two versions tell by themselves
//! what became of what: [`steps`] unit by unit, [`difference`](mod@difference) sentence by sentence, and [`carry`] takes
//! [`Anchor`]s from one to the other without losing any. Knows nothing of statements, people or processes. Read in this order:
//! [`text`], [`versions`], [`anchors`], [`difference`](mod@difference), [`read`](mod@read).

mod address;
pub mod anchors;
mod builder;
pub mod difference;
mod lcs;
pub mod read;
pub mod sentences;
pub mod text;
pub mod versions;
mod words;
pub mod write;

pub use address::Address;
pub use anchors::{Anchor, Carried, How, Spot, carry};
pub use difference::difference;
pub use read::{Format, Limits, ReadError, Reading, read};
pub use text::{Kind, Label, Mark, Style, Text, Unit, UnitId};
pub use versions::{Change, Step, align, steps};
