//! Map tiles of another server, if the operator sets one. Without them maps show what the site itself knows: boundaries.
//!
//! Owns the form of such an address; knows no page and no map. Start with [`Tiles::new`].

/// Where pictures of a map come from, and who must be named beside them. The address has `{z}`, `{x}` and `{y}` in its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tiles {
    address: String,
    origin_end: usize,
    credit: String,
}

impl Tiles {
    /// Tiles at an address such as `https://tiles.example/{z}/{x}/{y}.png`, with the words their licence asks for.
    ///
    /// # Errors
    /// What is wrong, for the operator: the page's policy names the origin, so that nothing but a plain host may stand in it.
    pub fn new(address: &str, credit: &str) -> Result<Self, &'static str> {
        let Some(rest) = address.strip_prefix("https://") else { return Err("the address of the tiles must begin with https://") };
        let host = rest.split('/').next().unwrap_or_default();
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | ':');
        if host.is_empty() || !host.chars().all(is_plain) || !host.starts_with(|letter: char| letter.is_ascii_alphanumeric()) {
            return Err("the host of the tiles must be a plain name, with a port at most");
        }
        let path = &rest[host.len()..];
        if ["{z}", "{x}", "{y}"].iter().any(|part| path.matches(part).count() != 1) {
            return Err("the path of the tiles must have {z}, {x} and {y} once each");
        }
        if address.chars().any(|letter| letter.is_whitespace() || letter.is_control()) {
            return Err("the address of the tiles must have no blanks");
        }
        if credit.trim().is_empty() {
            return Err("name who made the map: nearly every licence asks for it");
        }
        Ok(Self { address: address.to_owned(), origin_end: "https://".len() + host.len(), credit: credit.trim().to_owned() })
    }

    /// The address with its three parts to fill in.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Scheme, host and port: all that a page's policy has to admit.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.address[..self.origin_end]
    }

    /// Whom to name beside the map.
    #[must_use]
    pub fn credit(&self) -> &str {
        &self.credit
    }
}

#[cfg(test)]
mod tests {
    use super::Tiles;

    #[test]
    fn only_a_plain_origin_gets_into_a_policy() {
        let check = |address: &str, origin: Option<&str>| {
            let tiles = Tiles::new(address, "© Vermessungsamt");
            assert_eq!(tiles.as_ref().map(Tiles::origin).ok(), origin, "{address}");
        };
        check("https://tiles.example/{z}/{x}/{y}.png", Some("https://tiles.example"));
        check("https://tiles.example:8443/a/{z}/{y}/{x}.png?key=1", Some("https://tiles.example:8443"));
        check("http://tiles.example/{z}/{x}/{y}.png", None);
        check("//tiles.example/{z}/{x}/{y}.png", None);
        check("https:///{z}/{x}/{y}.png", None);
        check("https://*/{z}/{x}/{y}.png", None);
        check("https://*.example/{z}/{x}/{y}.png", None);
        check("https://a.example;script-src/{z}/{x}/{y}.png", None);
        check("https://a.example 'unsafe-inline'/{z}/{x}/{y}.png", None);
        check("https://user@a.example/{z}/{x}/{y}.png", None);
        check("https://{z}.example/{x}/{y}.png", None);
        check("https://tiles.example/{z}/{x}.png", None);
        check("https://tiles.example/{z}/{x}/{y}.png?a b", None);
        assert!(Tiles::new("https://tiles.example/{z}/{x}/{y}.png", " ").is_err());
    }
}
