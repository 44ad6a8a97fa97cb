//! Extract: readable text out of files that come from outside.
//!
//! A file from outside is hostile until shown otherwise, so it is never parsed in the server's own process. The
//! parent (`extractor`) starts the same program again as a child; the child (`child`) shuts itself in (`confine`:
//! memory, processor time, no files, no network, no new processes) before it reads the first byte, and answers
//! with pages of text over a pipe (`wire`). Owns that boundary and the text's form; knows nothing of the database,
//! of where the file came from, or of who may read it. Read in this order: `extractor`, `child`, `confine`; then
//! `pdf` and `layout` for how glyphs become lines, `normalise` for how lines become readable text.
//!
//! The program that is started must call [`child_main_if_asked`] as the first thing in its `main`.

mod child;
mod confine;
mod extractor;
mod kind;
mod layout;
mod limits;
mod normalise;
mod office;
mod pdf;
mod plain;
mod wire;

pub use child::{Job, Sink, child_main_if_asked, child_main_with, read_file, read_unconfined};
pub use extractor::Extractor;
pub use kind::Kind;
pub use limits::Limits;

/// The readable text of one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extracted {
    /// The text page by page, the first page first; a page without text is an empty string. Paragraphs are parted by
    /// an empty line, lines by a line feed; NFC, no other control characters. A file without pages is one page.
    pub pages: Vec<String>,
    /// True if a limit on text or pages cut the text off: what is here is the beginning.
    pub truncated: bool,
}

/// Why a file yielded no text. [`ExtractError::key`] names the translated sentence.
#[derive(Debug, thiserror::Error)]
pub enum ExtractError {
    /// The file can only be opened with a password.
    #[error("the file asks for a password")]
    Encrypted,
    /// The file is damaged, or not of the type that it claims.
    #[error("the file is damaged")]
    Broken,
    /// The file holds no text, only pictures (a scan) or nothing at all.
    #[error("the file holds no text")]
    NoText,
    /// The file is larger than [`Limits::file_bytes_max`].
    #[error("the file is too large")]
    TooLarge,
    /// Reading took longer than [`Limits::wall_time_max`] or [`Limits::cpu_seconds_max`].
    #[error("reading the file took too long")]
    TimedOut,
    /// Reading needed more than [`Limits::memory_bytes_max`].
    #[error("reading the file took too much memory")]
    MemoryExceeded,
    /// No reader for this type of file.
    #[error("no reader for this type of file")]
    UnsupportedType,
    /// The child process could not be started or confined, or the input could not be read: the file is not at fault
    /// and may be tried again. The cause is for the log.
    #[error("the reader could not run")]
    Unavailable(#[source] std::io::Error),
}

impl ExtractError {
    /// The stable key of the translated sentence: one of `extract-encrypted`, `extract-broken`, `extract-no-text`,
    /// `extract-too-large`, `extract-timed-out`, `extract-memory-exceeded`, `extract-unsupported-type`,
    /// `extract-unavailable`.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Encrypted => "extract-encrypted",
            Self::Broken => "extract-broken",
            Self::NoText => "extract-no-text",
            Self::TooLarge => "extract-too-large",
            Self::TimedOut => "extract-timed-out",
            Self::MemoryExceeded => "extract-memory-exceeded",
            Self::UnsupportedType => "extract-unsupported-type",
            Self::Unavailable(_) => "extract-unavailable",
        }
    }
}
