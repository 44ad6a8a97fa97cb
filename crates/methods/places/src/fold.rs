//! A text made comparable in one pass, with the way back to where each byte stood.
//!
//! Lower case; `ä` is `ae`, `ß` is `ss`; accents, soft hyphens and the hyphen of a word divided at the end of a line are gone;
//! hyphens and white space between words are one blank. So "Kaiser-Straße", "KAISER STRASSE" and "Kaiser-\nStraße" are one.
//! Most letters keep their length, so the way back is a short list of places where the two run apart.

/// A folded text.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    /// The bytes; what was UTF-8 before is UTF-8 now.
    pub bytes: Vec<u8>,
    /// From this folded byte on, the original is here.
    shifts: Vec<(usize, usize)>,
}

impl Folded {
    /// Folds a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut folded = Self { bytes: Vec::with_capacity(text.len() + 8), shifts: Vec::with_capacity(text.len() / 16 + 1) };
        folded.shifts.push((0, 0));
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let plain = PLAIN[usize::from(byte)];
            if plain == SEPARATOR {
                at = folded.separate(bytes, at);
            } else if plain == 0 {
                at = folded.special(bytes, at);
            } else {
                folded.bytes.push(plain);
                at += 1;
            }
        }
        folded
    }

    /// Where the original byte of a folded one is.
    #[must_use]
    pub fn original(&self, folded: usize) -> usize {
        let next = self.shifts.partition_point(|(from, _)| *from <= folded);
        self.shifts.get(next.wrapping_sub(1)).map_or(folded, |(from, original)| original + (folded - from))
    }

    /// The original range of a folded one that is not empty, on whole characters of `text`.
    #[must_use]
    pub fn range(&self, text: &str, from: usize, to: usize) -> std::ops::Range<usize> {
        let start = text.floor_char_boundary(self.original(from));
        start..text.ceil_char_boundary(self.original(to.saturating_sub(1)) + 1)
    }

    /// Notes that what follows stands at this original byte.
    fn shift(&mut self, original: usize) {
        let here = self.bytes.len();
        match self.shifts.last_mut() {
            Some((from, kept)) if *from == here => *kept = original,
            Some((from, kept)) if *kept + (here - *from) == original => {}
            _ => self.shifts.push((here, original)),
        }
    }

    /// Hyphens and white space from `at` on: one blank, or nothing if a word was divided there. Returns where they end.
    fn separate(&mut self, bytes: &[u8], at: usize) -> usize {
        let (mut end, mut hyphens, mut lines) = (at, 0_u32, 0_u32);
        while let Some((length, is_hyphen, is_line)) = separator(&bytes[end..]) {
            hyphens += u32::from(is_hyphen);
            lines += u32::from(is_line);
            end += length;
        }
        let is_inside = self.bytes.last().is_some_and(|byte| byte.is_ascii_alphabetic()) && is_small_letter(&bytes[end..]);
        // "Haupt-\nund Nebenstraße" is not a divided word.
        if !(hyphens == 1 && lines == 1 && is_inside && !begins_with_joint(&bytes[end..])) {
            self.bytes.push(b' ');
        }
        self.shift(end);
        end
    }

    /// A character beyond ASCII. Returns where it ends.
    fn special(&mut self, bytes: &[u8], at: usize) -> usize {
        let rest = &bytes[at..];
        match *rest {
            [0xC3, second, ..] => {
                let [one, other] = LATIN[usize::from(second & 0x3F)];
                self.bytes.push(one);
                if other != 0 {
                    self.bytes.push(other);
                }
                self.shift(at + 2);
                at + 2
            }
            // No-break space and soft hyphen.
            [0xC2, 0xA0, ..] | [0xE2, 0x80, 0x80..=0x91 | 0xAF, ..] => self.separate(bytes, at),
            // Before the end of a line a soft hyphen is a hyphen.
            [0xC2, 0xAD, b' ' | b'\n' | b'\r', ..] => self.separate(bytes, at),
            [0xC2, 0xAD, ..] => self.skip(at, 2),
            // Combining diaeresis; other combining accents.
            [0xCC, 0x88, ..] => {
                self.bytes.push(b'e');
                self.shift(at + 2);
                at + 2
            }
            [0xCC, ..] | [0xCD, 0x80..=0xAF, ..] => self.skip(at, 2),
            // Ligatures ff, fi, fl, ffi, ffl of printed texts.
            [0xEF, 0xAC, last @ 0x80..=0x84, ..] => {
                self.bytes.extend_from_slice([b"ff".as_slice(), b"fi", b"fl", b"ffi", b"ffl"][usize::from(last - 0x80)]);
                self.shift(at + 3);
                at + 3
            }
            // Quotation marks, dashes, bullets, signs, and what fonts hide in the private area: none belongs to a word.
            [0xC2, ..] => self.mark(at, 2),
            [0xE2 | 0xEE, ..] | [0xEF, 0x80..=0xA3 | 0xBB..=0xBF, ..] => self.mark(at, 3.min(rest.len())),
            _ => {
                let length = width(rest);
                self.bytes.extend_from_slice(&rest[..length]);
                at + length
            }
        }
    }

    /// A sign between words.
    fn mark(&mut self, at: usize, length: usize) -> usize {
        self.bytes.push(b'"');
        self.shift(at + length);
        at + length
    }

    fn skip(&mut self, at: usize, length: usize) -> usize {
        self.shift(at + length);
        at + length
    }
}

/// A name as it is looked up: folded, without blanks at its ends.
#[must_use]
pub fn key(name: &str) -> String {
    String::from_utf8_lossy(&Folded::new(name).bytes).trim().to_owned()
}

/// Whether a folded byte belongs to a word.
#[must_use]
pub const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// The bytes of the character that begins here.
fn width(bytes: &[u8]) -> usize {
    let length = match bytes.first() {
        Some(0xF0..) => 4,
        Some(0xE0..) => 3,
        Some(0xC0..) => 2,
        _ => 1,
    };
    length.min(bytes.len())
}

/// The separator that begins here: its bytes, whether it is a hyphen, whether it ends a line.
fn separator(bytes: &[u8]) -> Option<(usize, bool, bool)> {
    match *bytes {
        [b'-', ..] => Some((1, true, false)),
        [b'\n', ..] => Some((1, false, true)),
        [b' ' | b'\t' | b'\r' | 0x0B | 0x0C, ..] => Some((1, false, false)),
        [0xC2, 0xA0, ..] => Some((2, false, false)),
        [0xC2, 0xAD, ..] => Some((2, true, false)),
        [0xE2, 0x80, 0x90 | 0x91, ..] => Some((3, true, false)),
        [0xE2, 0x80, 0x80..=0x8F | 0xAF, ..] => Some((3, false, false)),
        _ => None,
    }
}

fn is_small_letter(bytes: &[u8]) -> bool {
    match *bytes {
        [byte, ..] if byte.is_ascii_lowercase() => true,
        [0xC3, 0x9F..=0xBF, ..] => true,
        _ => false,
    }
}

/// Words after which the hyphen stands for the rest of a compound.
pub(crate) const JOINTS: [&str; 6] = ["und", "oder", "sowie", "bzw", "bis", "u"];

fn begins_with_joint(bytes: &[u8]) -> bool {
    let length = bytes.iter().position(|byte| !is_word(*byte)).unwrap_or(bytes.len());
    JOINTS.iter().any(|joint| joint.as_bytes() == &bytes[..length])
}

const SEPARATOR: u8 = 1;
/// What each ASCII byte becomes; 0 for what needs a second look.
const PLAIN: [u8; 256] = plain();

const fn plain() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        table[byte as usize] = match byte {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | b'-' => SEPARATOR,
            0..=8 | 14..=31 => b'.',
            _ => byte.to_ascii_lowercase(),
        };
        byte += 1;
    }
    table
}

/// What U+00C0 to U+00FF become.
const LATIN: [[u8; 2]; 64] = latin();

const fn latin() -> [[u8; 2]; 64] {
    let letters = *b"aaaaaaaceeeeiiiidnooooo*ouuuuyts";
    let mut table = [[0; 2]; 64];
    let mut at = 0;
    while at < 64 {
        table[at] = match at % 32 {
            4 => *b"ae",
            6 => *b"ae",
            22 => *b"oe",
            28 => *b"ue",
            // ß in the first half, ÿ in the second.
            31 if at == 31 => *b"ss",
            31 => [b'y', 0],
            other => [letters[other], 0],
        };
        at += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_fold_to_the_same() {
        let check = |text: &str, expected: &str| assert_eq!(key(text), expected, "{text:?}");
        check("Kaiserstraße", "kaiserstrasse");
        check("KAISERSTRASSE", "kaiserstrasse");
        check("Kaiser-\nstraße", "kaiserstrasse");
        check("Kaiser- \r\n  straße", "kaiserstrasse");
        check("Kai\u{ad}ser\u{ad}straße", "kaiserstrasse");
        check("Kaiser\u{ad}\nstraße", "kaiserstrasse");
        check("Kaiser-Straße", "kaiser strasse");
        check("Kaiser-\nStraße", "kaiser strasse");
        check("Kaiser\u{a0}Straße", "kaiser strasse");
        check("Haupt-\nund Nebenweg", "haupt und nebenweg");
        check("Mu\u{308}hlburg", "muehlburg");
        check("Mühlburg", "muehlburg");
        check("Ho\u{fb00}straße", "hoffstrasse");
        check("Café ÿ Æ ß", "cafe y ae ss");
        check("„Rosenweg“ – »Hofweg« \u{f0b7}Damm", "\"rosenweg\" \" \"hofweg\" \"damm");
        check("Žižka 日本", "Žižka 日本");
    }

    #[test]
    fn every_folded_byte_leads_back_to_its_character() {
        let text = "Die Kai\u{ad}ser-\n straße   in Mu\u{308}hlburg-Süd,\u{a0}\u{fb01}nal";
        let folded = Folded::new(text);
        let flat = String::from_utf8_lossy(&folded.bytes).into_owned();
        let find = |word: &str| flat.find(word).map(|at| &text[folded.range(text, at, at + word.len())]);
        assert_eq!(find("kaiserstrasse"), Some("Kai\u{ad}ser-\n straße"));
        assert_eq!(find("muehlburg"), Some("Mu\u{308}hlburg"));
        assert_eq!(find("sued"), Some("Süd"));
        assert_eq!(find("final"), Some("\u{fb01}nal"));
    }
}
