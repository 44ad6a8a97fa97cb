//! Where a request goes, taken from the text of an address without changing what the server will read.
//!
//! The host is normalised by the `url` crate (lower case, IDN); everything after it goes out byte for byte,
//! because some council servers answer only to the spelling they handed out themselves (`+` and `:` in
//! `modified_since`, doubled slashes). Owns parsing and following of redirects; whether the target may be asked
//! is decided in [`crate::policy`]. Start with [`Target::parse`].

use std::fmt::{self, Write as _};
use std::net::IpAddr;

use url::Url;

use crate::error::FetchError;

/// Longest address in bytes (inclusive).
const ADDRESS_BYTES_MAX: usize = 16 * 1024;

/// A name or a literal address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Host {
    /// In lower case, IDN in its ASCII form.
    Name(String),
    /// Written as an address in the usual spelling.
    Address(IpAddr),
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Address(IpAddr::V4(address)) => write!(f, "{address}"),
            Self::Address(IpAddr::V6(address)) => write!(f, "[{address}]"),
        }
    }
}

/// A web address split into what is checked (scheme, host, port) and what is only passed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    secure: bool,
    host: Host,
    port: u16,
    path_and_query: String,
}

impl Target {
    /// Reads an absolute address. A fragment is dropped; spaces and letters beyond ASCII are percent-encoded.
    ///
    /// # Errors
    /// `outbound-url`, `outbound-scheme`, `outbound-user-info`, `outbound-odd-literal`.
    pub(crate) fn parse(text: &str) -> Result<Self, FetchError> {
        if text.len() > ADDRESS_BYTES_MAX {
            return Err(FetchError::Url("too long"));
        }
        if text.chars().any(char::is_control) {
            return Err(FetchError::Url("control character"));
        }
        let (secure, rest) = split_scheme(text)?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at(end);
        let (host, port) = parse_authority(secure, authority)?;
        Ok(Self { secure, host, port, path_and_query: encode_tail(tail) })
    }

    /// The target of a redirect from here, with its spelling kept as far as it is spelt out.
    ///
    /// # Errors
    /// Those of [`Target::parse`], `outbound-downgrade` from `https` to `http`, `outbound-redirect` if empty.
    pub(crate) fn follow(&self, location: &str) -> Result<Self, FetchError> {
        let location = location.trim_matches([' ', '\t']);
        let next = if location.is_empty() {
            return Err(FetchError::Redirect);
        } else if location.starts_with("//") {
            Self::parse(&format!("{}:{location}", self.scheme()))?
        } else if location.starts_with('/') {
            Self::parse(&format!("{}{location}", self.origin()))?
        } else if location.starts_with('?') {
            let path = self.path_and_query.split('?').next().unwrap_or("/");
            Self::parse(&format!("{}{path}{location}", self.origin()))?
        } else if Url::parse(location).is_ok() {
            Self::parse(location)?
        } else {
            let joined = Url::parse(&self.url()).and_then(|base| base.join(location));
            Self::parse(joined.map_err(|_| FetchError::Redirect)?.as_str())?
        };
        if self.secure && !next.secure { Err(FetchError::Downgrade) } else { Ok(next) }
    }

    /// The address as it is sent, without a fragment and without the usual port.
    pub(crate) fn url(&self) -> String {
        format!("{}{}", self.origin(), self.path_and_query)
    }

    pub(crate) fn host(&self) -> &Host {
        &self.host
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// A host as [`Target::parse`] would spell it, `None` if it is no host.
    pub(crate) fn normalised_host(host: &str) -> Option<String> {
        parse_authority(true, host).ok().map(|(host, _)| host.to_string())
    }

    fn scheme(&self) -> &'static str {
        if self.secure { "https" } else { "http" }
    }

    fn origin(&self) -> String {
        if self.port == usual_port(self.secure) {
            format!("{}://{}", self.scheme(), self.host)
        } else {
            format!("{}://{}:{}", self.scheme(), self.host, self.port)
        }
    }
}

fn usual_port(secure: bool) -> u16 {
    if secure { 443 } else { 80 }
}

/// Only `http://` and `https://`, in any case. Everything more lenient (`http:/host`, `http:\\host`) is refused,
/// because other readers of the same text would find another host in it.
fn split_scheme(text: &str) -> Result<(bool, &str), FetchError> {
    let (scheme, rest) = text.split_once(':').ok_or(FetchError::Url("no scheme"))?;
    let secure = match scheme.to_ascii_lowercase().as_str() {
        "http" => false,
        "https" => true,
        other if is_scheme(other) => return Err(FetchError::Scheme),
        _ => return Err(FetchError::Url("no scheme")),
    };
    let rest = rest.strip_prefix("//").ok_or(FetchError::Url("no host"))?;
    Ok((secure, rest))
}

/// Source: RFC 3986, 3.1; in lower case.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase()) && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'+' | b'-' | b'.'))
}

fn parse_authority(secure: bool, authority: &str) -> Result<(Host, u16), FetchError> {
    if authority.contains('@') {
        return Err(FetchError::UserInfo);
    }
    // The url crate would read a backslash as a slash, decode percent signs and skip nothing we want skipped.
    if authority.is_empty() || authority.contains(['\\', '%', ' ', '/', '?', '#']) {
        return Err(FetchError::Url("host"));
    }
    let scheme = if secure { "https" } else { "http" };
    let url = Url::parse(&format!("{scheme}://{authority}/")).map_err(|_| FetchError::Url("host"))?;
    let port = url.port_or_known_default().filter(|port| *port != 0).ok_or(FetchError::Url("port"))?;
    let host = match url.host().ok_or(FetchError::Url("host"))? {
        url::Host::Domain(name) => Host::Name(name.to_owned()),
        url::Host::Ipv6(address) => Host::Address(IpAddr::V6(address)),
        url::Host::Ipv4(address) => {
            let written = authority.split(':').next().unwrap_or_default();
            if written != address.to_string() {
                return Err(FetchError::OddLiteral);
            }
            Host::Address(IpAddr::V4(address))
        }
    };
    Ok((host, port))
}

/// Path and query as given, without the fragment. Only what cannot stand in a request line is encoded.
fn encode_tail(tail: &str) -> String {
    let tail = tail.split('#').next().unwrap_or_default();
    let mut encoded = String::with_capacity(tail.len() + 1);
    if !tail.starts_with('/') {
        encoded.push('/');
    }
    for byte in tail.bytes() {
        match byte {
            b' ' | b'"' | b'<' | b'>' | b'\\' | b'`' | 0x80.. => {
                // Writing to a String cannot fail.
                let _ = write!(encoded, "%{byte:02X}");
            }
            _ => encoded.push(char::from(byte)),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(text: &str) -> Result<String, &'static str> {
        Target::parse(text).map(|target| target.url()).map_err(|error| error.key())
    }

    #[test]
    fn what_follows_the_host_is_sent_as_given() {
        for (given, expected) in [
            ("http://a.de", "http://a.de/"),
            ("HTTP://A.de:80/x", "http://a.de/x"),
            ("https://a.de:443", "https://a.de/"),
            ("https://a.de:80/", "https://a.de:80/"),
            ("http://a.de?x=1", "http://a.de/?x=1"),
            ("http://a.de#top", "http://a.de/"),
            ("http://a.de//oparl//v1.1/", "http://a.de//oparl//v1.1/"),
            ("http://a.de/a/../b/./c", "http://a.de/a/../b/./c"),
            ("http://a.de/?t=2020-01-01T00:00:00+01:00", "http://a.de/?t=2020-01-01T00:00:00+01:00"),
            ("http://a.de/%7euser/%2F%zz", "http://a.de/%7euser/%2F%zz"),
            ("http://a.de/x?a[]=1&b={2}|'~!", "http://a.de/x?a[]=1&b={2}|'~!"),
            ("http://a.de/a b?c d", "http://a.de/a%20b?c%20d"),
            ("http://a.de/Größe", "http://a.de/Gr%C3%B6%C3%9Fe"),
            ("http://a.de/\\b", "http://a.de/%5Cb"),
            ("http://Bücher.de/", "http://xn--bcher-kva.de/"),
            ("http://[2A00:1450:0::1]:8080/", "http://[2a00:1450::1]:8080/"),
            ("http://8.8.8.8/", "http://8.8.8.8/"),
        ] {
            assert_eq!(sent(given).as_deref(), Ok(expected), "{given}");
        }
    }

    #[test]
    fn an_address_that_others_would_read_differently_is_refused() {
        for (given, key) in [
            ("", "outbound-url"),
            ("a.de/x", "outbound-url"),
            ("//a.de/x", "outbound-url"),
            ("http:a.de", "outbound-url"),
            ("http:/a.de", "outbound-url"),
            ("http:///a.de", "outbound-url"),
            ("http:\\\\a.de", "outbound-url"),
            ("http://a.de\\@b.de/", "outbound-user-info"),
            ("http://a.de\\b.de/", "outbound-url"),
            (" http://a.de/", "outbound-url"),
            ("http://a.de /", "outbound-url"),
            ("http://a.de/\r\nHost: b.de", "outbound-url"),
            ("http://a.de/\u{7f}", "outbound-url"),
            ("http://a.de:0/", "outbound-url"),
            ("http://a.de:65536/", "outbound-url"),
            ("http://%61.de/", "outbound-url"),
            ("ftp://a.de/", "outbound-scheme"),
            ("http://user@a.de/", "outbound-user-info"),
            ("http://:pw@a.de/", "outbound-user-info"),
            ("http://010.8.8.8/", "outbound-odd-literal"),
            ("http://134744072/", "outbound-odd-literal"),
        ] {
            assert_eq!(sent(given), Err(key), "{given}");
        }
    }

    #[test]
    fn the_length_limit_is_inclusive() {
        let longest = format!("http://a.de/{}", "x".repeat(ADDRESS_BYTES_MAX - 12));
        assert!(sent(&longest).is_ok());
        assert_eq!(sent(&format!("{longest}x")), Err("outbound-url"));
    }

    #[test]
    fn a_redirect_keeps_the_spelling_of_its_target() {
        let check = |location: &str| {
            let from = Target::parse("https://a.de/oparl/v1.1/papers?page=1").unwrap();
            from.follow(location).map(|target| target.url()).map_err(|error| error.key())
        };
        let ok = |text: &str| Ok(text.to_owned());
        assert_eq!(check("/x//y?t=1+2:3"), ok("https://a.de/x//y?t=1+2:3"));
        assert_eq!(check("//b.de/x"), ok("https://b.de/x"));
        assert_eq!(check("?page=2"), ok("https://a.de/oparl/v1.1/papers?page=2"));
        assert_eq!(check("meetings"), ok("https://a.de/oparl/v1.1/meetings"));
        assert_eq!(check("../up"), ok("https://a.de/oparl/up"));
        assert_eq!(check(" https://b.de/a/../b "), ok("https://b.de/a/../b"));
        assert_eq!(check("http://a.de/"), Err("outbound-downgrade"));
        assert_eq!(check("file:///etc/passwd"), Err("outbound-scheme"));
        assert_eq!(check("gopher://a.de/"), Err("outbound-scheme"));
        assert_eq!(check("//u@b.de/"), Err("outbound-user-info"));
        assert_eq!(check("https://0x7f.1/"), Err("outbound-odd-literal"));
        assert_eq!(check(""), Err("outbound-redirect"));
        assert!(check("https://[::1").is_err());
    }
}
