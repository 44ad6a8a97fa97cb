//! What parent and child say to one another over the pipes.
//!
//! Request: kind (one byte), length (u64, little endian), that many bytes of file. Answer: any number of pages, each
//! `p`, length (u32, little endian), that many bytes of UTF-8; then one closing byte that says how it ended. The
//! parent trusts nothing in an answer: lengths are held against its own limits before it stores a byte.

use crate::{ExtractError, Extracted};
use std::io::{self, Write};

/// How an answer ended, as the child says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    Whole,
    Truncated,
    Encrypted,
    Broken,
    NoText,
    TooLarge,
    /// The child could not confine itself and refused to read.
    Unconfined,
}

const ENDINGS: [(u8, Ending); 7] = [
    (b'w', Ending::Whole),
    (b't', Ending::Truncated),
    (b'e', Ending::Encrypted),
    (b'b', Ending::Broken),
    (b'n', Ending::NoText),
    (b'l', Ending::TooLarge),
    (b'u', Ending::Unconfined),
];

/// The first bytes of a request.
pub(crate) fn request_head(kind: u8, length: u64) -> [u8; 9] {
    let mut head = [0; 9];
    head[0] = kind;
    head[1..].copy_from_slice(&length.to_le_bytes());
    head
}

/// Writes one page of an answer.
pub(crate) fn write_page(out: &mut impl Write, page: &str) -> io::Result<()> {
    let length = u32::try_from(page.len()).map_err(io::Error::other)?;
    out.write_all(b"p")?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(page.as_bytes())
}

/// Writes the last byte of an answer and sends it off.
pub(crate) fn write_ending(out: &mut impl Write, ending: Ending) -> io::Result<()> {
    let byte = ENDINGS.iter().find(|(_, known)| *known == ending).map_or(b'b', |(byte, _)| *byte);
    out.write_all(&[byte])?;
    out.flush()
}

/// Takes an answer apart as it arrives, in pieces of any size.
#[derive(Debug)]
pub(crate) struct AnswerReader {
    pending: Vec<u8>,
    pages: Vec<String>,
    text_bytes_left: usize,
    pages_left: usize,
}

impl AnswerReader {
    /// `text_bytes_max` over all pages, `pages_max` pages: more than that is an answer that the child must not give.
    pub fn new(text_bytes_max: usize, pages_max: u32) -> Self {
        Self { pending: Vec::new(), pages: Vec::new(), text_bytes_left: text_bytes_max, pages_left: usize::try_from(pages_max).unwrap_or(usize::MAX) }
    }

    /// Takes the next piece; some once the answer has ended.
    pub fn feed(&mut self, piece: &[u8]) -> Option<Result<Extracted, ExtractError>> {
        self.pending.extend_from_slice(piece);
        let mut at = 0;
        let outcome = loop {
            let rest = &self.pending[at..];
            let Some(&tag) = rest.first() else { break None };
            if tag != b'p' {
                let has_more = rest.len() > 1;
                break Some(self.close(tag, has_more));
            }
            let Some(length) = rest.get(1..5).and_then(|bytes| bytes.try_into().ok()) else {
                break None;
            };
            let length = u32::from_le_bytes(length) as usize;
            if length > self.text_bytes_left || self.pages_left == 0 {
                break Some(Err(ExtractError::Broken));
            }
            let Some(text) = rest.get(5..5 + length) else {
                break None;
            };
            let Ok(text) = std::str::from_utf8(text) else {
                break Some(Err(ExtractError::Broken));
            };
            self.pages.push(text.to_owned());
            self.text_bytes_left -= length;
            self.pages_left -= 1;
            at += 5 + length;
        };
        self.pending.drain(..at);
        outcome
    }

    fn close(&mut self, tag: u8, has_more: bool) -> Result<Extracted, ExtractError> {
        let ending = ENDINGS.iter().find(|(byte, _)| *byte == tag).map(|(_, ending)| *ending);
        match ending {
            _ if has_more => Err(ExtractError::Broken),
            Some(Ending::Whole) => Ok(Extracted { pages: std::mem::take(&mut self.pages), truncated: false }),
            Some(Ending::Truncated) => Ok(Extracted { pages: std::mem::take(&mut self.pages), truncated: true }),
            Some(Ending::Encrypted) => Err(ExtractError::Encrypted),
            Some(Ending::NoText) => Err(ExtractError::NoText),
            Some(Ending::TooLarge) => Err(ExtractError::TooLarge),
            Some(Ending::Unconfined) => Err(ExtractError::Unavailable(io::Error::other("the child could not confine itself"))),
            Some(Ending::Broken) | None => Err(ExtractError::Broken),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn answer(pages: &[&str], ending: Ending) -> Vec<u8> {
        let mut bytes = Vec::new();
        for page in pages {
            write_page(&mut bytes, page).unwrap();
        }
        write_ending(&mut bytes, ending).unwrap();
        bytes
    }

    #[test]
    fn an_answer_may_arrive_in_pieces_of_any_size() {
        let bytes = answer(&["Straße", "", "Übersicht"], Ending::Whole);
        for size in 1..=bytes.len() {
            let mut reader = AnswerReader::new(100, 3);
            let outcome = bytes.chunks(size).find_map(|piece| reader.feed(piece));
            assert_eq!(outcome.unwrap().unwrap().pages, ["Straße", "", "Übersicht"], "{size}");
        }
    }

    #[test]
    fn text_and_pages_are_held_against_the_parents_own_limits() {
        let bytes = answer(&["12345", "12345"], Ending::Whole);
        assert!(AnswerReader::new(10, 2).feed(&bytes).unwrap().is_ok());
        assert!(AnswerReader::new(9, 2).feed(&bytes).unwrap().is_err());
        assert!(AnswerReader::new(10, 1).feed(&bytes).unwrap().is_err());
    }

    #[test]
    fn a_length_beyond_the_limit_is_refused_before_its_bytes_arrive() {
        assert!(AnswerReader::new(10, 1).feed(b"p\xff\xff\xff\xff").unwrap().is_err());
    }

    #[test]
    fn what_is_no_answer_is_broken() {
        for bytes in [&b"x"[..], b"ww", b"p\x01\0\0\0\xff"] {
            let outcome = AnswerReader::new(10, 1).feed(bytes).unwrap();
            assert!(matches!(outcome, Err(ExtractError::Broken)), "{bytes:?}");
        }
    }
}
