//! The cookies of this program that nobody but the server reads: one name and one way to set them.

use crate::sites::Settings;
use crate::web::request::cookie;
use axum::http::HeaderMap;

fn is_tls(site: &Settings) -> bool {
    site.base_url.starts_with("https://")
}

/// The name of a cookie on a site. Over TLS it has the prefix that binds it to this host: a neighbour under the same domain could set
/// the other one.
#[must_use]
pub fn name(site: &Settings, own: &str) -> String {
    if is_tls(site) { format!("__Host-{own}") } else { own.to_owned() }
}

/// The value of `Set-Cookie`: out of reach of scripts and of other sites' forms; zero seconds take the cookie away.
#[must_use]
pub fn set(site: &Settings, own: &str, value: &str, seconds: i64) -> String {
    let secure = if is_tls(site) { "; Secure" } else { "" };
    format!("{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}", name(site, own))
}

/// The value that came with a request.
#[must_use]
pub fn read<'h>(headers: &'h HeaderMap, site: &Settings, own: &str) -> Option<&'h str> {
    cookie(headers, &name(site, own))
}
