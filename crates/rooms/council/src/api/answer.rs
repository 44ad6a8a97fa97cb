//! Answers of the interface: JSON that every web page may read, with the means to ask only for what changed.

use allmende_oparl::{Encoding, ListLinks, ListQuery, Object, OutgoingPage, Pagination};
use allmende_platform::{AppError, Ctx};
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LAST_MODIFIED};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

/// Why the interface has no object to show.
#[derive(Debug)]
pub(super) enum Problem {
    /// 404, also for what must not be known.
    NotFound,
    /// 400, with the parameter that cannot be understood.
    Parameter(String),
    /// 500 or 503; the cause was logged.
    Failed(StatusCode),
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        Self::Failed(error.into_response().status())
    }
}

impl Problem {
    /// The standard's error object.
    pub(super) fn answer(self, ctx: &Ctx) -> Response {
        let (status, key, debug) = match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "council-oparl-not-found", None),
            Self::Parameter(text) => (StatusCode::BAD_REQUEST, "council-oparl-parameter", Some(text)),
            Self::Failed(status) => (status, "council-oparl-failed", None),
        };
        let mut body = json!({ "type": "https://schema.oparl.org/1.1/Error", "message": ctx.t.find(key).unwrap_or(key) });
        if let Some(debug) = debug {
            body["debug"] = debug.into();
        }
        (status, open_headers(), body.to_string()).into_response()
    }
}

fn open_headers() -> [(HeaderName, &'static str); 3] {
    [(CONTENT_TYPE, "application/json; charset=utf-8"), (ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (CACHE_CONTROL, "public, no-cache")]
}

/// One object.
pub(super) fn object(headers: &HeaderMap, object: &Object, encoding: &Encoding) -> Response {
    json(headers, &Written { object, encoding }, object.common().modified)
}

/// One page of a list.
pub(super) fn page(headers: &HeaderMap, list: &str, query: &ListQuery, limit: u64, total: u64, objects: &[Object], encoding: &Encoding) -> Response {
    let pagination = Pagination::numbered(total, limit, query.page.unwrap_or(1));
    let links = ListLinks::numbered(list, query, pagination.total_pages.unwrap_or(1));
    let data: Vec<_> = objects.iter().map(|object| Written { object, encoding }).collect();
    let newest = objects.iter().filter_map(|object| object.common().modified).max();
    json(headers, &OutgoingPage { data: &data, pagination, links }, newest)
}

/// An object together with how to write it.
struct Written<'a> {
    object: &'a Object,
    encoding: &'a Encoding,
}

impl Serialize for Written<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.object.serialize(self.encoding, serializer)
    }
}

/// The answer, or 304 if the client has exactly this one.
fn json(headers: &HeaderMap, body: &impl Serialize, modified: Option<Timestamp>) -> Response {
    let bytes = match serde_json::to_vec(body) {
        Ok(bytes) => bytes,
        Err(error) => return AppError::Internal(error.into()).into_response(),
    };
    // Weak: compression changes the bytes, not what they say.
    let tag = allmende_core::hex(&Sha256::digest(&bytes)[..12]);
    let tag = format!("W/\"{tag}\"");
    let known = headers.get(IF_NONE_MATCH).and_then(|header| header.to_str().ok());
    let same = known.is_some_and(|known| known.split(',').any(|one| one.trim() == tag || one.trim() == "*"));
    let mut response = if same { (StatusCode::NOT_MODIFIED, open_headers()).into_response() } else { (open_headers(), bytes).into_response() };
    let answer = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        answer.insert(ETAG, tag);
    }
    if let Some(date) = modified.and_then(|modified| HeaderValue::from_str(&http_date(modified)).ok()) {
        answer.insert(LAST_MODIFIED, date);
    }
    response
}

/// `Tue, 09 Jun 2026 17:00:00 GMT`
fn http_date(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_in_a_header_is_english_and_in_greenwich() {
        let at: Timestamp = "2026-06-09T19:00:00+02:00".parse().unwrap_or(Timestamp::UNIX_EPOCH);
        assert_eq!(http_date(at), "Tue, 09 Jun 2026 17:00:00 GMT");
    }
}
