//! What came back.
//!
//! Owns the answers of the client and the few headers that its users read. Pure.

use std::time::Duration;

use jiff::Timestamp;
use ureq::http::header::{self, HeaderMap, HeaderName};

/// The headers that importers and link checkers need. Values that are not ASCII text are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers {
    /// `Content-Type`, as sent.
    pub content_type: Option<String>,
    /// `ETag`, as sent, to be repeated in `If-None-Match`.
    pub etag: Option<String>,
    /// `Last-Modified`, as sent, to be repeated in `If-Modified-Since`.
    pub last_modified: Option<String>,
    /// `Content-Length` in bytes, before decompression.
    pub content_length: Option<u64>,
    /// `Location`, as sent.
    pub location: Option<String>,
    /// `Retry-After`.
    pub retry_after: Option<RetryAfter>,
}

impl Headers {
    pub(crate) fn of(map: &HeaderMap) -> Self {
        let text = |name: HeaderName| map.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        Self {
            content_type: text(header::CONTENT_TYPE),
            etag: text(header::ETAG),
            last_modified: text(header::LAST_MODIFIED),
            content_length: text(header::CONTENT_LENGTH).and_then(|digits| digits.trim().parse().ok()),
            location: text(header::LOCATION),
            retry_after: text(header::RETRY_AFTER).and_then(|value| RetryAfter::parse(&value)),
        }
    }
}

/// When the server wants to be asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryAfter {
    /// After this time.
    In(Duration),
    /// Not before this instant.
    At(Timestamp),
}

impl RetryAfter {
    /// Seconds or a date. Source: RFC 9110, 10.2.3. `None` for anything else.
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        let value = value.trim();
        if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
            // More digits than fit are as good as forever.
            return Some(Self::In(Duration::from_secs(value.parse().unwrap_or(u64::MAX))));
        }
        jiff::fmt::rfc2822::parse(value).ok().map(|date| Self::At(date.timestamp()))
    }

    /// The wait from `now`; zero for a date that has passed.
    #[must_use]
    pub fn wait_from(self, now: Timestamp) -> Duration {
        match self {
            Self::In(wait) => wait,
            Self::At(instant) => Duration::try_from(instant.duration_since(now)).unwrap_or_default(),
        }
    }
}

/// An answer with its body in memory.
#[derive(Debug, Clone)]
pub struct Response {
    /// The HTTP status, any.
    pub status: u16,
    /// The headers of interest.
    pub headers: Headers,
    /// The body after decompression.
    pub body: Vec<u8>,
    /// The address that answered, after redirects, as it was sent.
    pub final_url: String,
    /// From the call to the last byte, redirects included.
    pub elapsed: Duration,
}

/// An answer whose body went to a writer.
#[derive(Debug, Clone)]
pub struct Download {
    /// The HTTP status, any.
    pub status: u16,
    /// The headers of interest.
    pub headers: Headers,
    /// What was written; `None` if the status promised no whole file.
    pub written: Option<Written>,
    /// The address that answered, after redirects, as it was sent.
    pub final_url: String,
    /// From the call to the last byte, redirects included.
    pub elapsed: Duration,
}

/// A file that arrived whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Length in bytes after decompression.
    pub bytes: u64,
    /// SHA-256 of these bytes.
    pub sha256: [u8; 32],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now: Timestamp = "2027-02-01T00:00:00Z".parse().unwrap();
        let check = |value: &str, seconds: Option<u64>| {
            let wait = RetryAfter::parse(value).map(|after| after.wait_from(now));
            assert_eq!(wait, seconds.map(Duration::from_secs), "{value}");
        };
        check("0", Some(0));
        check(" 120 ", Some(120));
        check("99999999999999999999999", Some(u64::MAX));
        check("Mon, 01 Feb 2027 00:00:30 GMT", Some(30));
        check("Sun, 31 Jan 2027 23:00:00 GMT", Some(0));
        check("", None);
        check("-1", None);
        check("soon", None);
    }
}
