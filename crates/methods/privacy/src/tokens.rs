//! A text as runs of letters, digits and space, and single marks: what all detectors look at.

use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Letters, with combining marks.
    Letters,
    /// ASCII digits.
    Digits,
    /// White space within a line.
    Space,
    /// One other character, also the end of a line.
    Mark(char),
}

/// A piece of the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub class: Class,
    pub start: usize,
    pub end: usize,
}

/// A text and its tokens. A position is the number of a token; asking beyond either end gives nothing.
pub(crate) struct Tokens<'t> {
    pub text: &'t str,
    all: Vec<Token>,
}

impl<'t> Tokens<'t> {
    pub fn read(text: &'t str) -> Self {
        let mut all: Vec<Token> = Vec::with_capacity(text.len() / 3);
        for (start, character) in text.char_indices() {
            let class = class_of(character);
            let end = start + character.len_utf8();
            match all.last_mut() {
                Some(last) if last.class == class && !matches!(class, Class::Mark(_)) => last.end = end,
                _ => all.push(Token { class, start, end }),
            }
        }
        Self { text, all }
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn class(&self, at: usize) -> Option<Class> {
        self.all.get(at).map(|token| token.class)
    }

    /// The text of a token; empty beyond the end.
    pub fn word(&self, at: usize) -> &'t str {
        self.all.get(at).map_or("", |token| &self.text[token.start..token.end])
    }

    /// The letters at a position; empty if something else stands there.
    pub fn letters(&self, at: usize) -> &'t str {
        if self.class(at) == Some(Class::Letters) { self.word(at) } else { "" }
    }

    /// The digits at a position; empty if something else stands there.
    pub fn digits(&self, at: usize) -> &'t str {
        if self.class(at) == Some(Class::Digits) { self.word(at) } else { "" }
    }

    pub fn is_mark(&self, at: usize, mark: char) -> bool {
        self.class(at) == Some(Class::Mark(mark))
    }

    pub fn is_space(&self, at: usize) -> bool {
        self.class(at) == Some(Class::Space)
    }

    /// The position after white space, if there is any.
    pub fn skip_space(&self, at: usize) -> usize {
        if self.is_space(at) { at + 1 } else { at }
    }

    /// The bytes from one token to another, both inclusive.
    pub fn bytes(&self, first: usize, last: usize) -> Range<usize> {
        match (self.all.get(first), self.all.get(last)) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        }
    }

    /// Whether letters or digits touch the left side of a token: then it is a part of something longer.
    pub fn is_glued_left(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| matches!(self.class(before), Some(Class::Letters | Class::Digits)))
    }

    /// Whether letters or digits touch the right side of a token.
    pub fn is_glued_right(&self, at: usize) -> bool {
        matches!(self.class(at + 1), Some(Class::Letters | Class::Digits))
    }

    /// The words before a position in the same sentence, the nearest first, at most `count`, in small letters.
    pub fn words_before(&self, at: usize, count: usize) -> Vec<String> {
        let mut words = Vec::new();
        for position in (0..at.min(self.len())).rev().take(count * 4) {
            match self.class(position) {
                Some(Class::Letters) => words.push(self.word(position).to_lowercase()),
                Some(Class::Mark(mark)) if self.ends_sentence(position, mark) => break,
                _ => {}
            }
            if words.len() == count {
                break;
            }
        }
        words
    }

    /// The words after a position in the same sentence, at most `count`, in small letters.
    pub fn words_after(&self, at: usize, count: usize) -> Vec<String> {
        let mut words = Vec::new();
        for position in at..self.len().min(at + count * 4) {
            match self.class(position) {
                Some(Class::Letters) => words.push(self.word(position).to_lowercase()),
                Some(Class::Mark(mark)) if self.ends_sentence(position, mark) => break,
                _ => {}
            }
            if words.len() == count {
                break;
            }
        }
        words
    }

    /// A full stop ends a sentence unless it stands behind a number or an abbreviation.
    fn ends_sentence(&self, at: usize, mark: char) -> bool {
        match mark {
            '!' | '?' | '\n' | ';' => true,
            '.' => at.checked_sub(1).is_none_or(|before| match self.class(before) {
                Some(Class::Digits) => false,
                Some(Class::Letters) => self.word(before).chars().count() > 3 && self.word(before) != "Prof",
                _ => true,
            }),
            _ => false,
        }
    }
}

fn class_of(character: char) -> Class {
    match character {
        _ if character.is_ascii_digit() => Class::Digits,
        _ if character.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&character) => Class::Letters,
        '\n' => Class::Mark('\n'),
        _ if character.is_whitespace() => Class::Space,
        _ => Class::Mark(character),
    }
}

/// Whether a word begins with a capital letter.
pub(crate) fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_at_its_stop_and_not_at_an_abbreviation() {
        let tokens = Tokens::read("Das ist laut. Ich wohne z. B. am 3. Weg hier");
        assert_eq!(tokens.words_before(tokens.len(), 9), ["hier", "weg", "am", "b", "z", "wohne", "ich"]);
        assert_eq!(tokens.words_after(0, 9), ["das", "ist", "laut"]);
    }
}
