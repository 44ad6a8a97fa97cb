//! Reads texts out of Markdown, HTML, DOCX, ODT and pasted plain text, within limits.
//!
//! Whatever comes in, out comes a [`Text`] or an error that says what to do; nothing is carried out, fetched or expanded.
//! What a text does not keep (pictures, footnotes, comments, …) is counted, so that the clerk is told. Start with [`read`].

mod docx;
mod docx_lists;
mod html;
mod markdown;
mod odt;
mod odt_styles;
mod package;
mod plain;
mod xml;

use crate::builder::Builder;
use crate::text::Text;
use std::collections::BTreeMap;

/// In what form a text comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Markdown (CommonMark with tables).
    Markdown,
    /// HTML, a whole page or a part of one.
    Html,
    /// Office Open XML text document, without macros.
    Docx,
    /// OpenDocument text.
    Odt,
    /// Plain text, as pasted or typed.
    Plain,
}

impl Format {
    /// The form that the name of a file promises, by its ending.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        Some(match ending.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Self::Markdown,
            "html" | "htm" | "xhtml" => Self::Html,
            "docx" => Self::Docx,
            "odt" => Self::Odt,
            "txt" | "text" => Self::Plain,
            _ => return None,
        })
    }
}

/// How much is read. The default fits a development plan of 300 pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes_max: usize,
    /// Bytes of any one part of a packed file, unpacked.
    pub part_bytes_max: usize,
    /// Entries of a packed file.
    pub entries_max: usize,
    /// Units of the text.
    pub units_max: usize,
    /// Characters of the text.
    pub chars_max: usize,
    /// Characters of one unit.
    pub unit_chars_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes_max: 20 << 20, part_bytes_max: 32 << 20, entries_max: 4_000, units_max: 20_000, chars_max: 3_000_000, unit_chars_max: 30_000 }
    }
}

/// Why a file gives no text. Each has a key for the sentence that tells what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The file has too many bytes, packed or unpacked.
    #[error("larger than {bytes_max} bytes")]
    TooLarge {
        /// The limit that was exceeded.
        bytes_max: usize,
    },
    /// The text has too many characters.
    #[error("longer than {chars_max} characters")]
    TooLong {
        /// The limit.
        chars_max: usize,
    },
    /// The text has too many units.
    #[error("more than {units_max} units")]
    TooManyUnits {
        /// The limit.
        units_max: usize,
    },
    /// One paragraph or row has too many characters.
    #[error("a unit longer than {chars_max} characters")]
    UnitTooLong {
        /// The limit.
        chars_max: usize,
    },
    /// The file is protected by a password.
    #[error("encrypted")]
    Encrypted,
    /// The file bears macros or scripts.
    #[error("macros")]
    Macros,
    /// The file is not what its form promises, or damaged.
    #[error("broken")]
    Broken,
    /// The bytes are no text in a known encoding.
    #[error("not text")]
    NotText,
    /// There are no words in it, as in a scanned page.
    #[error("empty")]
    Empty,
}

impl ReadError {
    /// The key of the translated sentence.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "text-too-large",
            Self::TooLong { .. } => "text-too-long",
            Self::TooManyUnits { .. } => "text-too-many-units",
            Self::UnitTooLong { .. } => "text-unit-too-long",
            Self::Encrypted => "text-encrypted",
            Self::Macros => "text-macros",
            Self::Broken => "text-broken",
            Self::NotText => "text-not-text",
            Self::Empty => "text-empty",
        }
    }
}

/// What a text does not keep of its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeftOut {
    /// A picture, drawing or text box.
    Picture,
    /// A footnote or endnote.
    Note,
    /// A comment in the margin.
    Comment,
    /// Words marked as deleted by tracked changes; those marked as inserted are kept.
    Deletion,
    /// A formula.
    Formula,
    /// A script, style sheet or embedded page.
    Script,
    /// A link whose address is not safe to follow; its words are kept.
    Link,
    /// Markup that has no meaning here; its words are kept, as far as it has any.
    Markup,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The text, its units numbered from 1.
    pub text: Text,
    /// What it does not keep, with how often.
    pub left_out: BTreeMap<LeftOut, usize>,
}

/// Reads a text.
///
/// # Errors
/// A limit exceeded, or a file that is no text: see [`ReadError`].
pub fn read(format: Format, bytes: &[u8], limits: &Limits) -> Result<Reading, ReadError> {
    if bytes.len() > limits.bytes_max {
        return Err(ReadError::TooLarge { bytes_max: limits.bytes_max });
    }
    let mut builder = Builder::new(limits);
    match format {
        Format::Markdown => markdown::read(&decode(bytes)?, &mut builder),
        Format::Html => html::read(&decode(bytes)?, &mut builder),
        Format::Plain => plain::read(&decode(bytes)?, &mut builder),
        Format::Docx => docx::read(bytes, limits, &mut builder)?,
        Format::Odt => odt::read(bytes, limits, &mut builder)?,
    }
    builder.finish()
}

/// The characters that Windows-1252 has where Latin-1 has control characters, from 0x80 to 0x9f; nothing stands for a gap.
const WINDOWS_1252: [Option<char>; 32] = [
    Some('€'),
    None,
    Some('‚'),
    Some('ƒ'),
    Some('„'),
    Some('…'),
    Some('†'),
    Some('‡'),
    Some('ˆ'),
    Some('‰'),
    Some('Š'),
    Some('‹'),
    Some('Œ'),
    None,
    Some('Ž'),
    None,
    None,
    Some('‘'),
    Some('’'),
    Some('“'),
    Some('”'),
    Some('•'),
    Some('–'),
    Some('—'),
    Some('˜'),
    Some('™'),
    Some('š'),
    Some('›'),
    Some('œ'),
    None,
    Some('ž'),
    Some('Ÿ'),
];

/// The words of a file that is text: UTF-8, UTF-16 with its mark, or else what Windows wrote before.
fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    let text = if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        utf16(rest, u16::from_le_bytes)?
    } else if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        utf16(rest, u16::from_be_bytes)?
    } else if let Ok(text) = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)) {
        text.to_owned()
    } else {
        let sign = |byte: &u8| match byte {
            0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
            _ => Some(char::from(*byte)),
        };
        bytes.iter().map(sign).collect::<Option<String>>().ok_or(ReadError::NotText)?
    };
    // Text files have no such characters; pictures and programs do.
    if text.contains('\0') { Err(ReadError::NotText) } else { Ok(text) }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, ReadError> {
    if !bytes.len().is_multiple_of(2) {
        return Err(ReadError::NotText);
    }
    let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16(&units).map_err(|_| ReadError::NotText)
}
