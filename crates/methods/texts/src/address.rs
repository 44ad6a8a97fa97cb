//! Addresses that a text may link to.

use serde::{Deserialize, Serialize};

/// Characters of an address at most.
const CHARS_MAX: usize = 2_000;

/// The address of a link that is safe to follow: `https:`, `http:`, `mailto:` or `tel:`, without white space.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(String);

impl Address {
    /// The address, if it is one of the safe kinds; white space around it is taken away.
    #[must_use]
    pub fn new(address: &str) -> Option<Self> {
        let address = address.trim();
        let (scheme, rest) = address.split_once(':')?;
        let is_known = ["https", "http", "mailto", "tel"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        let is_whole = !rest.trim_matches('/').is_empty() && address.chars().count() <= CHARS_MAX;
        let is_plain = !address.chars().any(|sign| sign.is_whitespace() || sign.is_control() || "\"'<>`\\".contains(sign));
        (is_known && is_whole && is_plain).then(|| Self(address.to_owned()))
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0
    }
}

impl TryFrom<String> for Address {
    type Error = &'static str;

    fn try_from(address: String) -> Result<Self, Self::Error> {
        Self::new(&address).ok_or("an address that is not safe to follow")
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn only_addresses_that_run_nothing_are_kept() {
        for good in ["https://musterau.example/a?b=c#d", "HTTP://musterau.example", "mailto:rathaus@musterau.example", "tel:+4930231250"] {
            assert!(Address::new(good).is_some(), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "//musterau.example",
            "/a",
            "https:",
            "https://",
            "https://a b",
            "java\nscript:x",
            "https://a\"b",
            "",
        ] {
            assert!(Address::new(bad).is_none(), "{bad}");
        }
    }
}
