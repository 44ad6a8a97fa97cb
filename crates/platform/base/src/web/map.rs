//! Maps on pages: the addresses that their script needs, and the policy that lets it run.
//!
//! A page holds [`MapParts`], its template includes `map.html`, its answer passes [`MapParts::admit`]. No other server is called unless
//! the operator set one.

use super::{AppError, Shell};
use crate::app::App;
use crate::tiles::Tiles;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use std::sync::Arc;

/// What the map needs beside the policy of all pages: its worker, and pictures that it makes itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; font-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'";

/// What a page with a map needs.
#[derive(Debug, Clone)]
pub struct MapParts {
    /// The script of the map.
    pub script: String,
    /// Its worker.
    pub worker: String,
    /// Its style sheet.
    pub style: String,
    /// The boundaries of the site, as GeoJSON; empty without.
    pub boundaries: &'static str,
    /// Pictures of a map, if the operator set some.
    pub tiles: Option<Arc<Tiles>>,
}

impl MapParts {
    /// For a page.
    #[must_use]
    pub fn new(app: &App, shell: &Shell) -> Self {
        let ports = &app.parts.ports;
        Self {
            script: shell.asset("map.js"),
            worker: shell.asset("map-worker.js"),
            style: shell.asset("map.css"),
            boundaries: ports.boundaries_path,
            tiles: ports.tiles.clone(),
        }
    }

    /// An answer whose page may hold a map: with one, it gets the map's policy.
    ///
    /// # Errors
    /// `AppError::Internal` if the policy is no header, which [`Tiles`] rules out.
    pub fn admit(map: Option<&Self>, mut response: Response) -> Result<Response, AppError> {
        if let Some(map) = map {
            let policy = HeaderValue::try_from(policy(map.tiles.as_deref())).map_err(anyhow::Error::from)?;
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        Ok(response)
    }
}

/// Where the operator set tiles of another server, exactly that origin is admitted, for pictures only.
fn policy(tiles: Option<&Tiles>) -> String {
    let origin = tiles.map(|tiles| format!(" {}", tiles.origin())).unwrap_or_default();
    format!("{POLICY}; img-src 'self' data: blob:{origin}; connect-src 'self'{origin}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_of_the_map_admits_one_origin_and_only_if_the_operator_set_it() {
        assert!(!policy(None).contains("http"));
        let tiles = Tiles::new("https://tiles.example:8443/{z}/{x}/{y}.png", "© Amt").unwrap();
        let policy = policy(Some(&tiles));
        assert_eq!(policy.matches("https://").count(), 2, "{policy}");
        for part in ["; img-src 'self' data: blob: https://tiles.example:8443; ", "; connect-src 'self' https://tiles.example:8443", "script-src 'self';"] {
            assert!(policy.contains(part), "{policy}");
        }
    }
}
