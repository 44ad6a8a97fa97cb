//! Texts as the index keeps them: in pieces, each packed alone, with a mark of the words that it may have.
//!
//! A passage then costs the piece that it stands in, not the text: a budget of a thousand pages is as quick to show as a motion of
//! one. The marks are a Bloom filter over stems and parts of compounds. Pure; knows nothing of questions. Start at [`pack`].

use crate::shelf::{Shelf, Spot};

/// Bytes of a piece, about.
pub(crate) const PIECE_BYTES: usize = 8_192;
/// Bytes in which a good end of a piece is looked for.
const END_BYTES: usize = 600;
/// Pieces up to which a text is read whole, so it has no marks.
const UNMARKED_MAX: usize = 2;
/// 64-bit words of a mark: with some 800 stems and parts in a piece about two fifths of its bits are set.
const MARK_WORDS: usize = 24;
/// Bytes that tell of one piece: where it ends, how long it is unpacked, its page.
const ENTRY_BYTES: usize = 12;
/// Parts the pages of a text.
pub(crate) const PAGE_BREAK: char = '\u{c}';

/// What stands in a piece.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark([u64; MARK_WORDS]);

impl Default for Mark {
    fn default() -> Self {
        Self([0; MARK_WORDS])
    }
}

impl Mark {
    /// Adds the tokens of a line.
    pub(crate) fn add(&mut self, line: &str) {
        for token in line.split(' ').filter(|token| !token.is_empty()) {
            let bit = bit(token);
            self.0[bit / 64] |= 1 << (bit % 64);
        }
    }
}

/// The bit of a token, the same wherever the index is read.
pub(crate) fn bit(token: &str) -> usize {
    // Fowler, Noll, Vo; its upper half is the better one.
    let hash = token.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    (hash >> 40) as usize % (MARK_WORDS * 64)
}

/// The pieces of a text, cut between words, best at the end of a page, a paragraph or a line.
pub(crate) fn cut(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (piece, after) = rest.split_at(end_of_piece(rest));
        rest = after;
        Some(piece)
    })
}

fn end_of_piece(text: &str) -> usize {
    if text.len() <= PIECE_BYTES + END_BYTES {
        return text.len();
    }
    let last = floor(text, PIECE_BYTES);
    let window = &text[floor(text, PIECE_BYTES - END_BYTES)..last];
    let at = |found: Option<usize>| found.map(|at| last - window.len() + at);
    // A hyphen at the end of a line holds a word together.
    let line = || window.rmatch_indices('\n').map(|(at, _)| at).find(|at| !window[..*at].trim_end().ends_with(['-', '\u{ad}']));
    at(window.rfind(PAGE_BREAK))
        .or_else(|| at(window.rfind("\n\n")))
        .or_else(|| at(line()))
        .or_else(|| at(window.rfind(char::is_whitespace)))
        .map_or(last, |at| ceil(text, at + 1))
}

/// The last beginning of a letter up to a byte.
pub(crate) fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn ceil(text: &str, at: usize) -> usize {
    (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

/// Packs pieces with their marks: first what tells of them, then they themselves. Gives the length of the first part too.
pub(crate) fn pack(pieces: &[(&str, Mark)]) -> (Vec<u8>, u64) {
    let is_marked = pieces.len() > UNMARKED_MAX;
    let (mut all, mut packed) = (Vec::new(), Vec::new());
    let mut page = 1_u32;
    for (piece, mark) in pieces {
        packed.extend(lz4_flex::block::compress(piece.as_bytes()));
        for number in [packed.len(), piece.len()] {
            all.extend(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
        }
        all.extend(page.to_le_bytes());
        if is_marked {
            mark.0.iter().for_each(|word| all.extend(word.to_le_bytes()));
        }
        page += u32::try_from(piece.matches(PAGE_BREAK).count()).unwrap_or(0);
    }
    let head = all.len() as u64;
    all.append(&mut packed);
    (all, head)
}

/// Bytes of a piece as text; what is damaged is empty.
#[must_use]
pub(crate) fn as_text(bytes: &[u8]) -> &str {
    simdutf8::basic::from_utf8(bytes).unwrap_or_default()
}

/// A text with no more white space than tells lines, paragraphs and pages apart: it is kept to be shown, not to be printed.
#[must_use]
pub(crate) fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut spaces, mut lines) = (0, 0);
    for character in text.chars() {
        match character {
            PAGE_BREAK => {
                (spaces, lines) = (0, 0);
                out.push(PAGE_BREAK);
            }
            '\n' => lines += 1,
            other if other.is_whitespace() => spaces += 1,
            other => {
                match (lines, spaces) {
                    (0, 0) => {}
                    (0, _) => out.push(' '),
                    (1, _) => out.push('\n'),
                    _ => out.push_str("\n\n"),
                }
                (spaces, lines) = (0, 0);
                out.push(other);
            }
        }
    }
    out
}

/// A packed text on a shelf. What is damaged reads as empty.
#[derive(Debug)]
pub(crate) struct Packed<'s> {
    shelf: &'s Shelf,
    /// Where the packed pieces stand.
    pieces: Spot,
    /// What tells of them.
    head: Vec<u8>,
    is_marked: bool,
}

impl<'s> Packed<'s> {
    /// The text at a spot, the first part of which has so many bytes.
    #[must_use]
    pub(crate) fn open(shelf: &'s Shelf, spot: Spot, head: u64) -> Self {
        let head = head.min(spot.length);
        let is_marked = head > (UNMARKED_MAX * ENTRY_BYTES) as u64;
        let pieces = Spot { start: spot.start + head, length: spot.length - head };
        Self { shelf, pieces, head: shelf.read(Spot { length: head, ..spot }), is_marked }
    }

    const fn entry_bytes(&self) -> usize {
        if self.is_marked { ENTRY_BYTES + MARK_WORDS * 8 } else { ENTRY_BYTES }
    }

    /// How many pieces it has.
    #[must_use]
    pub(crate) fn len(&self) -> usize {
        self.head.len() / self.entry_bytes()
    }

    fn number(&self, piece: usize, place: usize) -> u32 {
        let at = piece * self.entry_bytes() + place * 4;
        let bytes = self.head.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, u32::from_le_bytes)
    }

    /// The page on which a piece begins, from 1.
    #[must_use]
    pub(crate) fn page(&self, piece: usize) -> u32 {
        self.number(piece, 2)
    }

    /// Whether the token with a [`bit`] may stand in a piece.
    #[must_use]
    pub(crate) fn may_have(&self, piece: usize, bit: usize) -> bool {
        let byte = self.head.get(piece * self.entry_bytes() + ENTRY_BYTES + bit / 8);
        !self.is_marked || byte.is_some_and(|byte| byte & (1 << (bit % 8)) != 0)
    }

    /// The text of a piece.
    #[must_use]
    pub(crate) fn read(&self, piece: usize) -> Vec<u8> {
        let start = if piece == 0 { 0 } else { self.number(piece - 1, 0) };
        let length = u64::from(self.number(piece, 0).saturating_sub(start));
        if u64::from(start) + length > self.pieces.length {
            return Vec::new();
        }
        let packed = self.shelf.read(Spot { start: self.pieces.start + u64::from(start), length });
        let length = (self.number(piece, 1) as usize).min(PIECE_BYTES + END_BYTES);
        lz4_flex::block::decompress(&packed, length).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{END_BYTES, Mark, PIECE_BYTES, Packed, Shelf, Spot, as_text, bit, cut, pack, squeeze};

    fn text(words: usize) -> String {
        (0..words).map(|number| if number % 300 == 299 { format!("Wort{number}\u{c}") } else { format!("Wörter{number} ") }).collect()
    }

    #[test]
    fn pieces_make_up_the_text_and_none_is_too_long() {
        for words in [0, 1, 500, 9_000] {
            let text = text(words);
            let pieces: Vec<&str> = cut(&text).collect();
            assert_eq!(pieces.concat(), text);
            assert!(pieces.iter().all(|piece| piece.len() <= PIECE_BYTES + END_BYTES));
        }
        assert_eq!(cut(&"ä".repeat(20_000)).collect::<String>(), "ä".repeat(20_000));
    }

    #[test]
    fn white_space_is_run_together_and_pages_stay() {
        assert_eq!(squeeze("  a   b \n c\n \n\n d\u{c}\u{c}  e\t\u{a0}f "), " a b\nc\n\nd\u{c}\u{c} e f");
        assert_eq!(squeeze(""), "");
    }

    #[test]
    fn a_word_at_the_end_of_a_line_stays_whole() {
        let text = format!("{}Straßen-\nbahn {}", "a ".repeat((PIECE_BYTES - 40) / 2), "b ".repeat(5_000));
        assert!(cut(&text).any(|piece| piece.contains("Straßen-\nbahn")));
    }

    #[test]
    fn a_packed_text_gives_back_its_pieces_their_pages_and_their_words() {
        for words in [0, 1, 500, 9_000] {
            let text = text(words);
            let pieces: Vec<(&str, Mark)> = cut(&text)
                .map(|piece| {
                    let mut mark = Mark::default();
                    mark.add(piece);
                    (piece, mark)
                })
                .collect();
            let (bytes, head) = pack(&pieces);
            let shelf = Shelf::in_memory();
            let packed = Packed::open(&shelf, shelf.put(&bytes).expect("put"), head);
            assert_eq!(packed.len(), pieces.len());
            let mut breaks = 0;
            for (at, (piece, _)) in pieces.iter().enumerate() {
                assert_eq!(as_text(&packed.read(at)), *piece);
                assert_eq!(packed.page(at) as usize, breaks + 1);
                assert!(piece.split(' ').filter(|word| !word.is_empty()).all(|word| packed.may_have(at, bit(word))));
                breaks += piece.matches('\u{c}').count();
            }
            if pieces.len() > 2 {
                let strangers = (0..1_000).filter(|number| packed.may_have(0, bit(&format!("fremd{number}")))).count();
                assert!(strangers < 600, "{strangers}");
            }
        }
    }

    #[test]
    fn what_is_damaged_reads_as_empty() {
        let text = text(3_000);
        let (bytes, head) = pack(&cut(&text).map(|piece| (piece, Mark::default())).collect::<Vec<_>>());
        let shelf = Shelf::in_memory();
        let spot = shelf.put(&vec![0xa5; bytes.len()]).expect("put");
        for (spot, head) in [(spot, head), (spot, 3), (spot, spot.length * 2), (Spot { start: 9, ..spot }, head)] {
            let packed = Packed::open(&shelf, spot, head);
            (0..packed.len()).for_each(|piece| assert!(packed.read(piece).is_empty()));
        }
    }
}
