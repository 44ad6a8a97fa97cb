//! The tokenizer of analysed texts: parts them at spaces, and counts how much was taken so that writing stays in its memory.
//!
//! Start at [`Spaces`].

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Bytes of analysed text that may wait for the threads that write.
const WAITING_BYTES_MAX: usize = 24_000_000;

/// How much waits.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    waiting: Mutex<usize>,
    taken: Condvar,
}

impl Meter {
    /// Waits until there is room for so many bytes more and takes it.
    pub(crate) fn wait_for_room(&self, bytes: usize) {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let mut waiting = self.taken.wait_while(waiting, |waiting| *waiting > WAITING_BYTES_MAX).unwrap_or_else(PoisonError::into_inner);
        *waiting += bytes;
    }

    fn give_back(&self, bytes: usize) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        *waiting = waiting.saturating_sub(bytes);
        self.taken.notify_one();
    }
}

/// Parts at single spaces.
#[derive(Debug, Clone)]
pub(crate) struct Spaces {
    meter: Arc<Meter>,
    token: Token,
}

impl Spaces {
    /// A tokenizer that tells a meter what it takes.
    #[must_use]
    pub(crate) fn new(meter: Arc<Meter>) -> Self {
        Self { meter, token: Token::default() }
    }
}

impl Tokenizer for Spaces {
    type TokenStream<'a> = SpacesStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> SpacesStream<'a> {
        self.meter.give_back(text.len());
        self.token.reset();
        SpacesStream { text, at: 0, token: &mut self.token }
    }
}

/// A text on its way through.
#[derive(Debug)]
pub(crate) struct SpacesStream<'a> {
    text: &'a str,
    at: usize,
    token: &'a mut Token,
}

impl TokenStream for SpacesStream<'_> {
    fn advance(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        if self.at >= bytes.len() {
            return false;
        }
        let end = self.at + self.text[self.at..].find(' ').unwrap_or(bytes.len() - self.at);
        let token = &mut *self.token;
        token.position = token.position.wrapping_add(1);
        (token.offset_from, token.offset_to) = (self.at, end);
        token.text.clear();
        token.text.push_str(&self.text[self.at..end]);
        self.at = end;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
