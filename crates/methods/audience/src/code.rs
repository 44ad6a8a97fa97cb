//! Codes for letters: twelve characters that nobody confuses, the last of them a check on the others.
//!
//! The alphabet has 32 letters and digits without `0`, `O`, `1` and `I`. Eleven of them are chance (55 bits); the twelfth makes
//! the weighted sum of all nil in the field of 32 elements, so that every wrong character and every swap of two is noticed.

use std::collections::HashSet;
use std::fmt;

const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// Characters of a code without its hyphens.
pub const CHARS: usize = 12;
/// Characters of a code that are chance.
pub const RANDOM: usize = CHARS - 1;
/// Codes that are made at once.
pub const CODES_MAX: usize = 500_000;

/// A code as it stands in a letter. It shows itself only where it is printed, never in a log.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct LetterCode([u8; CHARS]);

/// Why something typed is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// It has another number of characters than [`CHARS`].
    #[error("code-length")]
    Length,
    /// It has a character that stands in no code, such as 0 or O.
    #[error("code-letter")]
    Letter,
    /// A character is wrong, or two stand in each other's place.
    #[error("code-check")]
    Check,
}

impl CodeError {
    /// The key of the sentence that says what to do.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Length => "code-length",
            Self::Letter => "code-letter",
            Self::Check => "code-check",
        }
    }
}

impl LetterCode {
    /// A code from chance: of each byte five bits count.
    #[must_use]
    pub fn from_random(random: [u8; RANDOM]) -> Self {
        let mut values = [0; CHARS];
        for (value, byte) in values.iter_mut().zip(random) {
            *value = byte % 32;
        }
        // The last character weighs one, so it is the sum of the others: adding a thing to itself is nil here.
        values[RANDOM] = sum(&values);
        Self(values)
    }

    /// From what somebody typed: case, white space, hyphens and dots do not count.
    ///
    /// # Errors
    /// What is wrong with it; see [`CodeError`].
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let letters = text.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '–' | '.')).map(|letter| letter.to_ascii_uppercase());
        let mut values = [0; CHARS];
        let mut count = 0;
        let mut all_known = true;
        for letter in letters.take(CHARS + 1) {
            let known = ALPHABET.iter().position(|own| char::from(*own) == letter).and_then(|at| u8::try_from(at).ok());
            all_known &= known.is_some();
            if let (Some(slot), Some(value)) = (values.get_mut(count), known) {
                *slot = value;
            }
            count += 1;
        }
        match (all_known, count == CHARS, sum(&values) == 0) {
            (false, ..) => Err(CodeError::Letter),
            (true, false, _) => Err(CodeError::Length),
            (true, true, false) => Err(CodeError::Check),
            (true, true, true) => Ok(Self(values)),
        }
    }

    /// The code without hyphens: what a keyed digest is made of.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.iter().map(|value| char::from(ALPHABET[usize::from(*value)])).collect()
    }

    /// The code in three groups, as a letter prints it: `ABCD-EFGH-JKLM`.
    #[must_use]
    pub fn printed(&self) -> String {
        let text = self.text();
        [&text[..4], &text[4..8], &text[8..]].join("-")
    }
}

impl fmt::Debug for LetterCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LetterCode(…)")
    }
}

/// Codes that differ from one another. `random` gives new chance each time; the list is shorter than asked only if it is longer
/// than [`CODES_MAX`] or if chance repeats itself without end.
#[must_use]
pub fn generate(count: usize, mut random: impl FnMut() -> [u8; RANDOM]) -> Vec<LetterCode> {
    let count = count.min(CODES_MAX);
    let (mut known, mut codes) = (HashSet::with_capacity(count), Vec::with_capacity(count));
    let mut tries = 2 * count + 10;
    while codes.len() < count && tries > 0 {
        tries -= 1;
        let code = LetterCode::from_random(random());
        if known.insert(code.clone()) {
            codes.push(code);
        }
    }
    codes
}

/// The sum of all characters, each weighed by a power of a generator of the field; the last weighs one.
fn sum(values: &[u8; CHARS]) -> u8 {
    // Horner's rule: what stands further left was doubled more often.
    values.iter().fold(0, |sum, value| double(sum) ^ value)
}

/// Multiplies by the generator x of the field GF(2^5) with x^5 = x^2 + 1, whose powers are 31 different elements.
const fn double(value: u8) -> u8 {
    let doubled = value << 1;
    if doubled & 0b10_0000 == 0 { doubled } else { (doubled & 0b1_1111) ^ 0b0_0101 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_reaches_every_element_of_the_field() {
        let powers: HashSet<u8> = std::iter::successors(Some(1), |value| Some(double(*value))).take(31).collect();
        assert_eq!(powers.len(), 31);
        assert!(!powers.contains(&0));
    }

    #[test]
    fn a_code_is_read_however_it_is_typed_and_says_what_is_wrong_otherwise() {
        let code = LetterCode::from_random([3, 14, 15, 92, 65, 35, 89, 79, 32, 38, 46]);
        let printed = code.printed();
        assert_eq!(printed.len(), 14);
        for typed in [printed.clone(), printed.to_lowercase(), printed.replace('-', " "), format!(" {} ", code.text())] {
            assert_eq!(LetterCode::parse(&typed), Ok(code.clone()), "{typed}");
        }
        let text = code.text();
        assert_eq!(LetterCode::parse(&text[..11]), Err(CodeError::Length));
        assert_eq!(LetterCode::parse(&format!("{text}A")), Err(CodeError::Length));
        assert_eq!(LetterCode::parse(""), Err(CodeError::Length));
        assert_eq!(LetterCode::parse(&text.replacen(|_: char| true, "0", 1)), Err(CodeError::Letter));
        assert_eq!(LetterCode::parse(&text.replacen(|_: char| true, "Ä", 1)), Err(CodeError::Letter));
        assert!(!format!("{code:?}").contains(&text[..4]));
    }

    #[test]
    fn codes_differ_even_if_chance_repeats_itself() {
        let mut number = 0_u8;
        let codes = generate(40, || {
            number += 1;
            [number / 2; RANDOM]
        });
        let texts: HashSet<String> = codes.iter().map(LetterCode::text).collect();
        assert_eq!(texts.len(), codes.len());
        assert_eq!(generate(3, || [7; RANDOM]).len(), 1);
        assert!(generate(0, || [7; RANDOM]).is_empty());
    }
}
