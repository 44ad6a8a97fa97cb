//! Guests known again: a random token in a cookie, for what somebody without an account showed or began.
//!
//! The token is set only when there is something to know again. Rooms keep a digest of it together with the thing it is for
//! ([`Guest::digest`]), so that rows of two things do not tell that they are one guest's. Beside the token stand the numbers of these things:
//! a page can see in the cookie alone what to show; what counts is judged by the row.

use crate::sessions::{Token, digest_of};
use crate::sites::Settings;
use crate::web::cookies;
use allmende_db::DbError;

/// Name of the cookie without the prefix that it has over TLS.
pub(crate) const COOKIE: &str = "allmende-guest";
/// Characters of a token.
const TOKEN_CHARS: usize = 64;
/// Things in one cookie; the oldest goes.
const MARKS_MAX: usize = 20;
/// Seconds that the cookie lives after it was last set.
const LIFE_SECONDS: i64 = 180 * 86_400;

/// A guest who is known again.
#[derive(Clone, PartialEq, Eq)]
pub struct Guest {
    token: String,
    marks: Vec<i64>,
}

impl Guest {
    /// Somebody who was not known before.
    ///
    /// # Errors
    /// `DbError::Unavailable` if the system gives no randomness.
    pub fn new() -> Result<Self, DbError> {
        Ok(Self { token: Token::random()?.text(), marks: Vec::new() })
    }

    /// From the value of a cookie; nothing for what this program did not write.
    #[must_use]
    pub fn read(value: &str) -> Option<Self> {
        let mut parts = value.split('.');
        let token = parts.next().filter(|token| token.len() == TOKEN_CHARS && token.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        let marks = parts.map(str::parse).collect::<Result<Vec<i64>, _>>().ok().filter(|marks| marks.len() <= MARKS_MAX)?;
        Some(Self { token: token.to_owned(), marks })
    }

    /// Whether the cookie names a thing.
    #[must_use]
    pub fn has(&self, mark: i64) -> bool {
        self.marks.contains(&mark)
    }

    /// The same guest with one more thing.
    #[must_use]
    pub fn with(mut self, mark: i64) -> Self {
        self.marks.retain(|own| *own != mark);
        self.marks.push(mark);
        let beyond = self.marks.len().saturating_sub(MARKS_MAX);
        self.marks.drain(..beyond);
        self
    }

    /// What a room keeps of the guest for one thing.
    #[must_use]
    pub fn digest(&self, mark: i64) -> Vec<u8> {
        digest_of(&format!("{} {mark}", self.token))
    }

    /// The value of `Set-Cookie`: out of reach of scripts and of other sites' forms.
    #[must_use]
    pub fn set_cookie(&self, site: &Settings) -> String {
        let value = std::iter::once(self.token.clone()).chain(self.marks.iter().map(i64::to_string)).collect::<Vec<_>>().join(".");
        cookies::set(site, COOKIE, &value, LIFE_SECONDS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guest_survives_the_cookie_and_has_another_digest_for_each_thing() -> Result<(), DbError> {
        let guest = Guest::new()?.with(3).with(17).with(3);
        let value = format!("{}.17.3", guest.token);
        assert!(Guest::read(&value).is_some_and(|read| read == guest && read.has(17) && !read.has(4)));
        assert_ne!(guest.digest(3), guest.digest(17));
        assert_ne!(guest.digest(3), Guest::new()?.digest(3));
        Ok(())
    }

    #[test]
    fn what_this_program_did_not_write_is_no_guest() {
        let token = "a1".repeat(32);
        assert!(Guest::read(&token).is_some());
        for wrong in [String::new(), token[1..].to_owned(), format!("{}.x", token), "z".repeat(64), format!("{token}{}", ".1".repeat(MARKS_MAX + 1))] {
            assert!(Guest::read(&wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn the_oldest_thing_leaves_a_full_cookie() -> Result<(), DbError> {
        let full = (0..i64::try_from(MARKS_MAX).unwrap_or(0) + 1).fold(Guest::new()?, Guest::with);
        assert!(!full.has(0) && full.has(1) && full.marks.len() == MARKS_MAX);
        Ok(())
    }
}
