//! Writes texts: safe HTML, Markdown, DOCX and ODT.
//!
//! Every writer goes through `runs`, so that marks nest the same way everywhere.

mod docx;
pub mod html;
mod markdown;
mod odt;
mod package;
mod runs;

pub use docx::docx;
pub use markdown::markdown;
pub use odt::odt;

/// How a file for a word processor looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The title in the properties of the file.
    pub title: String,
    /// The language of the words, as in "de-DE".
    pub language: String,
    /// Whether the page lies on its long side.
    pub is_landscape: bool,
    /// How the width of a table is shared among its columns; those that are missing get the share 1.
    pub column_shares: Vec<u32>,
}

impl Layout {
    /// Widths of columns that fill `whole` together.
    fn widths(&self, columns: usize, whole: u32) -> Vec<u32> {
        let share = |column: usize| self.column_shares.get(column).copied().unwrap_or(1).clamp(1, 1_000);
        let sum: u32 = (0..columns).map(share).sum();
        (0..columns).map(|column| whole * share(column) / sum.max(1)).collect()
    }
}

/// Why a file could not be packed: beyond what the format can hold.
#[derive(Debug, thiserror::Error)]
#[error("the file cannot be packed: {0}")]
pub struct WriteError(#[from] zip::result::ZipError);

/// The units of a text in groups: each table, and everything else alone.
fn groups(units: &[crate::Unit]) -> impl Iterator<Item = &[crate::Unit]> {
    use crate::Kind;
    units.chunk_by(|_, next| matches!(next.kind, Kind::Row { opens: false, .. })).flat_map(|group| {
        // A row that opens no table although nothing stands before it begins one all the same.
        let rows_from = group.iter().position(|unit| matches!(unit.kind, Kind::Row { .. })).unwrap_or(group.len());
        let (before, rows) = group.split_at(rows_from);
        before.chunks(1).chain((!rows.is_empty()).then_some(rows))
    })
}

/// Text as character data or attribute value of XML or HTML. What XML cannot hold is dropped.
fn escape(text: &str, out: &mut String) {
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if sign.is_control() && sign != '\n' && sign != '\t' => {}
            _ => out.push(sign),
        }
    }
}
