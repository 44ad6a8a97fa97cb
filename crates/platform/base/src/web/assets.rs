//! Serves the embedded files: compressed ahead, cached for ever, because their names change with their content.

use crate::assets;
use axum::extract::Path;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

/// An asset by its hashed name.
pub async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = assets::find(&path) else { return StatusCode::NOT_FOUND.into_response() };
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|header| header.to_str().ok()).unwrap_or_default();
    let accepts = |coding: &str| accepted.split(',').any(|part| part.split(';').next().is_some_and(|name| name.trim() == coding));
    let (coding, body) = match (asset.brotli, asset.gzip) {
        (Some(body), _) if accepts("br") => (Some("br"), body),
        (_, Some(body)) if accepts("gzip") => (Some("gzip"), body),
        _ => (None, asset.plain),
    };
    let mut response = body.into_response();
    let answer = response.headers_mut();
    if let Ok(media_type) = asset.media_type.parse() {
        answer.insert(CONTENT_TYPE, media_type);
    }
    answer.insert(CACHE_CONTROL, axum::http::HeaderValue::from_static("public, max-age=31536000, immutable"));
    answer.insert(VARY, axum::http::HeaderValue::from_static("accept-encoding"));
    if let Some(coding) = coding {
        answer.insert(CONTENT_ENCODING, axum::http::HeaderValue::from_static(coding));
    }
    response
}
