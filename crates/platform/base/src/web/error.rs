//! An error has three readers: the resident, HTTP, and the operator.

use allmende_core::Refusal;
use allmende_db::{Conflicts, DbError};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// Why a request was not answered as hoped.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// 422, for the resident: the key names a translated sentence that says what to do instead.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// 404. Also where the actor must not learn that the thing exists.
    #[error("not found")]
    NotFound,
    /// 410. It was public once and was withdrawn.
    #[error("withdrawn")]
    Gone,
    /// 403. The actor may know but not act.
    #[error("not allowed")]
    Forbidden,
    /// 429. Too many tries; after some time it works again.
    #[error("too many tries")]
    TooMany,
    /// 503. The disk is full or the database is away; reading may still work.
    #[error("not available: {0}")]
    Unavailable(DbError),
    /// Two transactions met; the database tries again.
    #[error("conflict")]
    Conflict,
    /// 500, for the operator: the cause goes to the log, never to the page.
    #[error("internal error")]
    Internal(#[from] anyhow::Error),
}

impl From<DbError> for AppError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Conflict => Self::Conflict,
            DbError::Full | DbError::Unavailable(_) => Self::Unavailable(error),
            other => Self::Internal(other.into()),
        }
    }
}

impl Conflicts for AppError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Conflict)
    }
}

/// What the error page is made from; travels with the response to the layer that knows the reader's language.
#[derive(Debug, Clone, Copy)]
pub struct Problem {
    /// Key of the heading; its explanation has the same key with `-help`.
    pub key: &'static str,
    /// Key of a sentence that says what exactly was refused.
    pub detail: Option<&'static str>,
}

impl AppError {
    fn parts(&self) -> (StatusCode, Problem) {
        let plain = |status, key| (status, Problem { key, detail: None });
        match self {
            Self::Refused(refusal) => (StatusCode::UNPROCESSABLE_ENTITY, Problem { key: "error-refused", detail: Some(refusal.key) }),
            Self::NotFound => plain(StatusCode::NOT_FOUND, "error-not-found"),
            Self::Gone => plain(StatusCode::GONE, "error-gone"),
            Self::Forbidden => plain(StatusCode::FORBIDDEN, "error-forbidden"),
            Self::TooMany => plain(StatusCode::TOO_MANY_REQUESTS, "error-too-many"),
            Self::Unavailable(_) | Self::Conflict => plain(StatusCode::SERVICE_UNAVAILABLE, "error-unavailable"),
            Self::Internal(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "error-internal"),
        }
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        match &self {
            Self::Internal(cause) => tracing::error!(cause = format!("{cause:#}"), "request failed"),
            Self::Unavailable(cause) => tracing::warn!(%cause, "database not available"),
            _ => {}
        }
        let (status, problem) = self.parts();
        let mut response = status.into_response();
        response.extensions_mut().insert(problem);
        response
    }
}
