//! A text taken apart: words, numbers of papers and dates, each with its place.
//!
//! Folds every word (`ß`, umlauts written out, accents dropped), joins words that a line break or a soft hyphen parted, and
//! knows `2024/0123`, `VO-123` and dates in every usual form. Pure; knows nothing of stems and of the index. Start at
//! [`scan`].

use crate::dates::{self, Day};

/// Bytes of the longest word that is told apart; longer ones are cut.
const WORD_BYTES_MAX: usize = 96;

/// What [`scan`] finds, in the order of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found<'a> {
    /// A word or number, folded.
    Word {
        /// Its letters in lower case without umlauts.
        folded: &'a str,
        /// Its first byte in the text.
        start: usize,
        /// The byte after its last.
        end: usize,
        /// Whether it is written with a capital.
        is_capital: bool,
    },
    /// Words or numbers that signs join, such as `2024/0123` or `rad-weg`, folded; comes after its words.
    Joined {
        /// Folded, with its signs.
        folded: &'a str,
        /// Whether it has a figure in it, as numbers of papers have.
        is_number: bool,
        /// Its first byte in the text.
        start: usize,
        /// The byte after its last.
        end: usize,
    },
    /// A date, after its words.
    Date {
        /// Which.
        day: Day,
        /// Its first byte in the text.
        start: usize,
        /// The byte after its last.
        end: usize,
    },
}

/// Folds one letter as [`scan`] does.
fn fold_into(out: &mut String, character: char) {
    match character {
        'a'..='z' | '0'..='9' => out.push(character),
        'A'..='Z' => out.push(character.to_ascii_lowercase()),
        'ä' | 'Ä' => out.push_str("ae"),
        'ö' | 'Ö' => out.push_str("oe"),
        'ü' | 'Ü' => out.push_str("ue"),
        'ß' | 'ẞ' => out.push_str("ss"),
        // Combining signs of decomposed texts; a soft hyphen.
        '\u{308}' => out.push('e'),
        '\u{ad}' | '\u{300}'..='\u{36f}' => {}
        _ => out.push_str(&allmende_core::fold::fold(character.encode_utf8(&mut [0; 4]))),
    }
}

/// A word folded as [`scan`] folds it.
#[must_use]
pub(crate) fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len() + 4);
    word.chars().for_each(|character| fold_into(&mut out, character));
    out
}

/// The words of a text, folded, each as often as it stands there. What measurements and tests compare the search with.
#[must_use]
pub fn folded_words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    scan(text, |found| {
        if let Found::Word { folded, .. } = found {
            words.push(folded.to_owned());
        }
    });
    words
}

fn is_letter(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '\u{ad}' | '\u{300}'..='\u{36f}')
}

/// One word of a chunk: where it lies in the text and in the folded chunk.
struct Piece {
    start: usize,
    end: usize,
    folded_start: usize,
    folded_end: usize,
    is_capital: bool,
}

/// Walks through a text and tells what it finds.
pub(crate) fn scan(text: &str, mut tell: impl FnMut(Found<'_>)) {
    let mut scanner = Scanner { text, at: 0, folded: String::new(), pieces: Vec::new() };
    let mut spoken = dates::Spoken::default();
    while scanner.next_chunk() {
        scanner.tell(&mut spoken, &mut tell);
    }
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    folded: String,
    pieces: Vec<Piece>,
}

impl Scanner<'_> {
    fn peek(&self, at: usize) -> Option<char> {
        // Most texts are ASCII most of the time.
        match self.text.as_bytes().get(at) {
            Some(byte) if byte.is_ascii() => Some(*byte as char),
            Some(_) => self.text.get(at..)?.chars().next(),
            None => None,
        }
    }

    /// Reads the next run of words that single signs join; none where letters fold to nothing. False at the end.
    fn next_chunk(&mut self) -> bool {
        self.folded.clear();
        self.pieces.clear();
        while let Some(character) = self.peek(self.at) {
            if character.is_alphanumeric() {
                break;
            }
            self.at += character.len_utf8();
        }
        if self.at >= self.text.len() {
            return false;
        }
        loop {
            self.word();
            match (self.peek(self.at), self.peek(self.at + 1)) {
                (Some(sign @ ('-' | '/' | '.')), Some(next)) if next.is_alphanumeric() => {
                    // A sentence that goes on without a space is no joined word: only figures are joined by a full stop.
                    if sign == '.' && !(next.is_ascii_digit() && self.folded.ends_with(|last: char| last.is_ascii_digit())) {
                        return true;
                    }
                    self.folded.push(sign);
                    self.at += 1;
                }
                _ => return true,
            }
        }
    }

    /// Reads a word, over line breaks that part it.
    fn word(&mut self) {
        let (start, folded_start) = (self.at, self.folded.len());
        let is_capital = self.peek(start).is_some_and(char::is_uppercase);
        let mut end = start;
        while let Some(character) = self.peek(self.at) {
            if is_letter(character) {
                if self.folded.len() - folded_start < WORD_BYTES_MAX {
                    fold_into(&mut self.folded, character);
                }
                self.at += character.len_utf8();
                end = self.at;
            } else if character == '-' && end > start {
                match self.after_line_break(self.at + 1) {
                    Some(next) => self.at = next,
                    None => break,
                }
            } else {
                break;
            }
        }
        if self.folded.len() > folded_start {
            self.pieces.push(Piece { start, end, folded_start, folded_end: self.folded.len(), is_capital });
        }
    }

    /// Where a word goes on that a hyphen at the end of a line parted: only with a small letter, and not with »und«, »oder«.
    fn after_line_break(&self, mut at: usize) -> Option<usize> {
        let mut broken = false;
        while let Some(character @ (' ' | '\n' | '\r' | '\t')) = self.peek(at) {
            broken |= character == '\n';
            at += 1;
        }
        let rest = self.text.get(at..)?;
        let goes_on = rest.chars().next().is_some_and(char::is_lowercase);
        let is_list = ["und ", "oder ", "bzw", "sowie ", "bis ", "u. "].iter().any(|word| rest.starts_with(word));
        (broken && goes_on && !is_list).then_some(at)
    }

    fn tell(&self, spoken: &mut dates::Spoken, tell: &mut impl FnMut(Found<'_>)) {
        let mut last_spoken = None;
        for piece in &self.pieces {
            let folded = &self.folded[piece.folded_start..piece.folded_end];
            tell(Found::Word { folded, start: piece.start, end: piece.end, is_capital: piece.is_capital });
            last_spoken = spoken.hear(folded, piece.start).map(|(day, start)| (day, start, piece.end)).or(last_spoken);
        }
        if let Some((day, start, end)) = last_spoken {
            tell(Found::Date { day, start, end });
        }
        let (Some(first), Some(last)) = (self.pieces.first(), self.pieces.last()) else { return };
        if self.pieces.len() > 1 {
            let (start, end) = (first.start, last.end);
            if let Some(day) = dates::written(&self.folded) {
                tell(Found::Date { day, start, end });
            } else {
                let is_number = self.folded.bytes().any(|byte| byte.is_ascii_digit());
                tell(Found::Joined { folded: &self.folded, is_number, start, end });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, fold, scan};

    fn check(text: &str, expected: &str) {
        let mut found = Vec::new();
        scan(text, |piece| {
            found.push(match piece {
                Found::Word { folded, start, end, .. } => {
                    assert!(text.get(start..end).is_some(), "{text}");
                    folded.to_owned()
                }
                Found::Joined { folded, is_number, .. } => format!("{}{folded}", if is_number { '#' } else { '+' }),
                Found::Date { day, .. } => format!("@{day}"),
            });
        });
        assert_eq!(found.join(" "), expected, "{text}");
    }

    #[test]
    fn words_are_folded_and_told_apart() {
        check("Die Größe der Straße", "die groesse der strasse");
        check("Bürger*innen, Müller’s Café!", "buerger innen mueller s cafe");
        check("Mu\u{308}ller", "mueller");
        check("", "");
        check(" … – ", "");
        check("ENDE.Anfang 3.5", "ende anfang 3 5 #3.5");
    }

    #[test]
    fn a_line_break_parts_no_word() {
        check("Haus-\nhalt", "haushalt");
        check("Haus- \r\n  halt", "haushalt");
        check("Haus\u{ad}halt", "haushalt");
        check("Rad-\nund Gehweg", "rad und gehweg");
        check("Baden-\nWürttemberg", "baden wuerttemberg");
        check("Rad- und", "rad und");
    }

    #[test]
    fn numbers_of_papers_stay_together() {
        check("2024/0123", "2024 0123 #2024/0123");
        check("DS 17/2024.", "ds 17 2024 #17/2024");
        check("VO-123", "vo 123 #vo-123");
        check("Straßenbahn-Haltestelle", "strassenbahn haltestelle +strassenbahn-haltestelle");
    }

    #[test]
    fn dates_are_one_in_every_form() {
        check("3. Mai 2024", "3 mai 2024 @2024-05-03");
        check("03.05.2024", "03 05 2024 @2024-05-03");
        check("3.5.24", "3 5 24 @2024-05-03");
        check("2024-05-03", "2024 05 03 @2024-05-03");
        check("im März 2024", "im maerz 2024 @2024-03");
        check("May 3, 2024", "may 3 2024 @2024-05-03");
        check("32.05.2024", "32 05 2024 #32.05.2024");
        check("der 3. Mai und 2024", "der 3 mai und 2024");
    }

    #[test]
    fn folding_a_word_is_what_scanning_does() {
        for word in ["Größe", "Übermaß", "ÆON", "İzmir"] {
            let folded = fold(word);
            scan(word, |piece| assert!(matches!(piece, Found::Word { folded: seen, .. } if seen == folded), "{piece:?} {folded}"));
        }
    }
}
