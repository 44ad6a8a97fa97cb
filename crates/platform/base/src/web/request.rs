//! Who asks, on which site, in which language: the context that every handler is given.

use crate::guests::Guest;
use crate::sessions;
use crate::sites::Settings;
use crate::texts::Speaker;
use allmende_core::{Actor, Language};
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, HOST};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use std::net::{IpAddr, SocketAddr};
use std::ops::Deref;
use std::sync::Arc;

/// Light, dark, or as the device says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the device says.
    #[default]
    Device,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The value of the cookie and of `data-kern-theme`; empty for the device's choice.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Device => "",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The context of a request. Cheap to clone; derefs to [`Request`].
#[derive(Clone)]
pub struct Ctx(Arc<Request>);

/// What is known of a request before its handler runs.
pub struct Request {
    /// The site it is for.
    pub site: Arc<Settings>,
    /// Who asks.
    pub actor: Actor,
    /// The texts in the reader's language.
    pub t: Speaker,
    /// Light or dark.
    pub theme: Theme,
    /// Whether the reader asked for high contrast.
    pub high_contrast: bool,
    /// The address below the site, without its query.
    pub path: String,
    /// The query, without its question mark.
    pub query: String,
    /// The token of the session cookie, if one was sent.
    pub session_token: Option<String>,
    /// The cookie by which a guest is known again, if one was sent.
    pub guest: Option<Guest>,
    /// The client's address, if it is known. Only ever kept as a keyed digest.
    pub client: Option<IpAddr>,
}

impl Ctx {
    /// Wraps what a layer found out.
    #[must_use]
    pub fn new(request: Request) -> Self {
        Self(Arc::new(request))
    }

    /// The reader's language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.t.language()
    }

    /// The query without one of its parameters, ready to take another: empty or ending with `&amp;`'s plain form `&`.
    #[must_use]
    pub fn query_without(&self, name: &str) -> String {
        let mut out = String::new();
        for pair in self.query.split('&').filter(|pair| !pair.is_empty() && pair.split('=').next() != Some(name)) {
            out.push_str(pair);
            out.push('&');
        }
        out
    }
}

impl Deref for Ctx {
    type Target = Request;
    fn deref(&self) -> &Request {
        &self.0
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Ctx {
    type Rejection = StatusCode;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        parts.extensions.get::<Self>().cloned().ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// The value of a cookie.
#[must_use]
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// The session token that came with a request. A site over TLS takes only the cookie that is bound to its host: a neighbour
/// under the same domain could set the other one.
#[must_use]
pub fn session_token<'h>(headers: &'h HeaderMap, site: &Settings) -> Option<&'h str> {
    cookie(headers, &sessions::cookie_name(site)).filter(|token| token.len() == 64)
}

/// The client's address: of the connection, or behind a trusted proxy what that proxy wrote last into `X-Forwarded-For`.
#[must_use]
pub fn client(parts: &Parts, behind_proxy: bool) -> Option<IpAddr> {
    if behind_proxy {
        let forwarded = parts.headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        return forwarded.rsplit(',').next()?.trim().parse().ok();
    }
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip())
}

/// The host a request is for, without its port.
#[must_use]
pub fn host(parts: &Parts) -> Option<&str> {
    let named = parts.uri.host().or_else(|| parts.headers.get(HOST)?.to_str().ok())?;
    Some(crate::sites::without_port(named))
}

/// The language of a request: the address first, then the cookie, then what the browser prefers, then German.
#[must_use]
pub fn language(parts: &Parts) -> Language {
    asked_language(parts.uri.query())
        .or_else(|| cookie(&parts.headers, "lang").and_then(Language::from_key))
        .or_else(|| parts.headers.get(ACCEPT_LANGUAGE)?.to_str().ok().map(preferred))
        .unwrap_or_default()
}

/// The language that `?lang=` asks for.
#[must_use]
pub fn asked_language(query: Option<&str>) -> Option<Language> {
    query?.split('&').find_map(|pair| Language::from_key(pair.strip_prefix("lang=")?))
}

/// English only for a browser that names English before any German.
fn preferred(header: &str) -> Language {
    let position = |prefix: &str| header.to_ascii_lowercase().split(',').position(|part| part.trim().starts_with(prefix));
    match (position("de"), position("en")) {
        (None, Some(_)) => Language::English,
        (Some(german), Some(english)) if english < german => Language::English,
        _ => Language::German,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_gets_english_only_if_it_asks_for_it_first() {
        let check = |header: &str, expected: Language| assert_eq!(preferred(header), expected, "{header}");
        check("de-DE,de;q=0.9,en;q=0.8", Language::German);
        check("en-GB,en;q=0.9,de;q=0.5", Language::English);
        check("fr,en;q=0.5", Language::English);
        check("fr", Language::German);
        check("", Language::German);
    }

    #[test]
    fn the_proxy_names_the_client_only_if_it_is_trusted() -> Result<(), axum::http::Error> {
        let peer: SocketAddr = ([10, 0, 0, 1], 9).into();
        let request = axum::http::Request::builder().header("x-forwarded-for", "203.0.113.9, 198.51.100.7").extension(ConnectInfo(peer)).body(())?;
        let (parts, ()) = request.into_parts();
        assert_eq!(client(&parts, false), Some(peer.ip()));
        assert_eq!(client(&parts, true), Some(IpAddr::from([198, 51, 100, 7])));
        let (parts, ()) = axum::http::Request::builder().extension(ConnectInfo(peer)).body(())?.into_parts();
        assert_eq!(client(&parts, true), None);
        Ok(())
    }

    #[test]
    fn the_address_says_the_language_before_all_else() {
        assert_eq!(asked_language(Some("a=1&lang=leicht")), Some(Language::Easy));
        assert_eq!(asked_language(Some("lang=xx")), None);
        assert_eq!(asked_language(None), None);
    }
}
