//! Web addresses in answers: what is one, which two mean the same, and what to try where a server's own address fails.
//!
//! An id is never changed: these functions compare addresses and propose others, they do not correct what is stored.

use std::borrow::Cow;

/// Whether this is an absolute web address without white space.
#[must_use]
pub fn is_web_address(text: &str) -> bool {
    split(text).is_some_and(|(_, rest)| !rest.is_empty()) && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// Whether the path has an empty segment, as in `/files//rim`.
#[must_use]
pub fn has_double_slash(url: &str) -> bool {
    split(url).is_some_and(|(_, rest)| path(rest).contains("//"))
}

/// The address with each run of slashes in its path made one.
#[must_use]
pub fn without_double_slashes(url: &str) -> Cow<'_, str> {
    let Some((scheme, rest)) = split(url).filter(|_| has_double_slash(url)) else {
        return Cow::Borrowed(url);
    };
    let path = path(rest);
    let mut result = String::with_capacity(url.len());
    result.push_str(scheme);
    for (index, segment) in path.split('/').filter(|segment| !segment.is_empty()).enumerate() {
        if index > 0 {
            result.push('/');
        }
        result.push_str(segment);
    }
    if path.ends_with('/') {
        result.push('/');
    }
    result.push_str(&rest[path.len()..]);
    Cow::Owned(result)
}

/// The address without the second of two equal extensions (`a.pdf.pdf` → `a.pdf`), to try where a file is not found.
#[must_use]
pub fn without_doubled_extension(url: &str) -> Option<String> {
    let path = path(url);
    let (stem, extension) = path.rsplit_once('.')?;
    let (_, before) = stem.rsplit_once('.')?;
    let doubled = !extension.is_empty() && !extension.contains('/') && extension.eq_ignore_ascii_case(before);
    doubled.then(|| format!("{stem}{}", &url[path.len()..]))
}

/// Whether both lie on the same host, one by http and the other by https.
#[must_use]
pub fn schemes_differ(one: &str, other: &str) -> bool {
    match (split(one), split(other)) {
        (Some((a, rest_a)), Some((b, rest_b))) => a.len() != b.len() && host(rest_a).eq_ignore_ascii_case(host(rest_b)),
        _ => false,
    }
}

/// Whether two addresses mean the same resource, but for what servers mix up: http and https, case of the host, double
/// and trailing slashes.
#[must_use]
pub fn same_resource(one: &str, other: &str) -> bool {
    one == other || comparable(one) == comparable(other)
}

fn comparable(url: &str) -> String {
    let url = without_double_slashes(url.trim());
    let rest = split(&url).map_or(url.as_ref(), |(_, rest)| rest);
    let host = host(rest);
    format!("{}{}", host.to_ascii_lowercase(), rest[host.len()..].trim_end_matches('/'))
}

/// Scheme with `://`, and the rest.
fn split(url: &str) -> Option<(&str, &str)> {
    ["https://", "http://"].into_iter().find_map(|scheme| url.strip_prefix(scheme).map(|rest| (&url[..scheme.len()], rest)))
}

fn host(rest: &str) -> &str {
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// Up to query or fragment.
fn path(rest: &str) -> &str {
    rest.split(['?', '#']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_absolute_addresses_of_the_web_are_addresses() {
        for good in ["http://a", "https://rat.example/paper/1?x=ä"] {
            assert!(is_web_address(good), "{good}");
        }
        for bad in ["", "http://", "/paper/1", "www.rat.example", "https://a/b c", "ftp://a/b", "https://a/\u{1}"] {
            assert!(!is_web_address(bad), "{bad}");
        }
    }

    #[test]
    fn double_slashes_are_found_only_in_the_path() {
        assert!(has_double_slash("https://a/files//rim"));
        assert!(!has_double_slash("https://a/files?to=https://b//c"));
        assert_eq!(without_double_slashes("https://a//files//rim/?u=x//y"), "https://a/files/rim/?u=x//y");
        assert_eq!(without_double_slashes("https://a/files"), "https://a/files");
    }

    #[test]
    fn a_doubled_extension_is_dropped_once() {
        assert_eq!(without_doubled_extension("https://a/b.pdf.PDF?x=1").as_deref(), Some("https://a/b.pdf?x=1"));
        for url in ["https://a/b.pdf", "https://a.b/c.d", "https://a/b.tar.gz", "https://a/b..", "https://a.x/b.x"] {
            assert_eq!(without_doubled_extension(url), None, "{url}");
        }
    }

    #[test]
    fn what_servers_mix_up_is_the_same_resource() {
        assert!(same_resource("http://RAT.example/paper/1", "https://rat.example/paper//1/"));
        assert!(!same_resource("https://rat.example/paper/1", "https://rat.example/paper/2"));
        assert!(!same_resource("https://rat.example/paper/1", "https://rat.example/Paper/1"));
        assert!(schemes_differ("http://a/1", "https://a/2"));
        assert!(!schemes_differ("http://a/1", "https://b/2"));
        assert!(!schemes_differ("http://a/1", "http://a/2"));
    }
}
