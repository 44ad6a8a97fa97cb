//! What a paper, an invitation and minutes say, as a sequence of blocks that any renderer can set.
//!
//! Owns the wording and order of these documents; knows nothing of pages, fonts and PDF.

use jiff::civil::Date;

mod compose;
mod markdown;

pub use compose::{invitation, minutes, paper};
pub use markdown::blocks;

/// A document to be rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Title, heading of level 1.
    pub title: String,
    /// What it is, for instance "Beschlussvorlage"; stands above the title.
    pub kind: String,
    /// Reference, for instance "2026/017".
    pub reference: Option<String>,
    /// Day of the document.
    pub date: Date,
    /// Name of the municipality.
    pub town: String,
    /// One line at the foot of each page.
    pub foot: String,
    /// The content in reading order.
    pub blocks: Vec<Block>,
}

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading below the title.
    Heading {
        /// 2 to 4.
        level: u8,
        /// Its words.
        text: String,
    },
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A list.
    List {
        /// Number of the first item; bullets where missing.
        first: Option<u64>,
        /// One sequence of spans per item.
        items: Vec<Vec<Span>>,
    },
    /// A table; every row has as many cells as the header. Without header the first column heads the rows.
    Table {
        /// What the table is about, for those who hear it.
        summary: String,
        /// Header cells.
        header: Vec<String>,
        /// Rows of cells.
        rows: Vec<Vec<String>>,
    },
}

/// Words in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Whether they are set bold.
    pub is_bold: bool,
}

impl Span {
    /// Plain words.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_bold: false }
    }

    /// Bold words.
    #[must_use]
    pub fn bold(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_bold: true }
    }
}
