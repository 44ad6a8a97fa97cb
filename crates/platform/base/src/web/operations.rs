//! What supervisors ask: is the process alive, can it answer, how much has it done. For any host name, before any site.
//!
//! `/healthz` says that the process answers at all. `/readyz` says whether it should get requests, and if not why. `/metrics`
//! gives figures, none of them about a person, to this machine or to who knows the token; to others it is not there.

use crate::app::App;
use crate::{jobs, limits, mail};
use allmende_core::Redacted;
use allmende_db::{DbError, Scope, schema, sql};
use axum::Router;
use axum::extract::{ConnectInfo, State};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sha2::{Digest, Sha256};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Longest wait for the database before this node counts as not ready.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(5);

/// How the figures are shown.
#[derive(Clone, Default)]
pub struct Operations {
    /// Writes all figures in the text format of Prometheus; nothing where none are kept.
    pub render: Option<Arc<dyn Fn() -> String + Send + Sync>>,
    /// Who sends it may read the figures from elsewhere; empty for nobody.
    pub metrics_token: Redacted<String>,
}

#[derive(Clone)]
struct Shown {
    app: App,
    operations: Operations,
}

pub(crate) fn router(app: &App, operations: Operations) -> Router {
    Router::new()
        .route("/healthz", get(|| async { plain(StatusCode::OK, "ok\n".to_owned()) }))
        .route("/readyz", get(ready))
        .route("/metrics", get(figures))
        .with_state(Shown { app: app.clone(), operations })
}

fn plain(status: StatusCode, text: String) -> Response {
    (status, [(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "no-store")], text).into_response()
}

async fn ready(State(shown): State<Shown>) -> Response {
    let problems = problems(&shown.app).await;
    if problems.is_empty() { plain(StatusCode::OK, "ready\n".to_owned()) } else { plain(StatusCode::SERVICE_UNAVAILABLE, problems.iter().map(|problem| format!("{problem}\n")).collect()) }
}

/// Why a node should get no requests. As text it is a plain English sentence, for supervisors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The database did not answer within [`ANSWER_TIME_MAX`].
    #[error("the database does not answer in time")]
    DatabaseSlow,
    /// The database answers with an error; the log says which.
    #[error("the database cannot be read")]
    DatabaseUnreadable,
    /// The database lacks migrations.
    #[error("the database is at step {step} of the schema, this program needs {newest}")]
    SchemaOld {
        /// Migrations that were made.
        step: i64,
        /// Migrations that this program knows.
        newest: i64,
    },
    /// Nobody takes the jobs.
    #[error("a job has been due for {minutes} minutes without a try")]
    JobDue {
        /// Whole minutes.
        minutes: i64,
    },
    /// The disk of the data folder is nearly full.
    #[error("only {free_megabytes} MB are free on the disk of the data folder")]
    DiskFull {
        /// Millions of bytes that are left.
        free_megabytes: u64,
    },
}

/// Why this node should get no requests; empty if it should.
pub async fn problems(app: &App) -> Vec<Problem> {
    let asked = app.parts.db.read::<_, DbError>(Scope::Installation, |tx| {
        let step = tx.find(sql!("SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) FROM schema_migration"), &[], |row| row.get::<i64>(0))?;
        Ok((step.unwrap_or(0), jobs::overview::age_seconds(tx)?))
    });
    let mut problems = Vec::new();
    match tokio::time::timeout(ANSWER_TIME_MAX, asked).await {
        Err(_) => problems.push(Problem::DatabaseSlow),
        // What exactly is wrong stands in the log: this page is public.
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready");
            problems.push(Problem::DatabaseUnreadable);
        }
        Ok(Ok((step, age_seconds))) => {
            let newest = schema::MIGRATIONS.last().map_or(0, |migration| migration.number);
            if step < newest {
                problems.push(Problem::SchemaOld { step, newest });
            }
            if age_seconds > limits::QUEUE_AGE_SECONDS_MAX {
                problems.push(Problem::JobDue { minutes: age_seconds / 60 });
            }
        }
    }
    if let Some(free) = free_bytes(&app.parts.data)
        && free < limits::DISK_FREE_BYTES_MIN
    {
        problems.push(Problem::DiskFull { free_megabytes: free / 1_000_000 });
    }
    problems
}

/// Free bytes on the disk of a folder, as far as this user may use them; nothing if the system does not tell.
#[must_use]
pub fn free_bytes(folder: &Path) -> Option<u64> {
    let found = rustix::fs::statvfs(folder).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}

async fn figures(State(shown): State<Shown>, peer: Option<axum::Extension<ConnectInfo<SocketAddr>>>, headers: HeaderMap) -> Response {
    let peer = peer.map(|axum::Extension(ConnectInfo(address))| address);
    let Some(render) = shown.operations.render.clone().filter(|_| may_read(&shown, peer, &headers)) else { return StatusCode::NOT_FOUND.into_response() };
    gauge(&shown.app).await;
    let mut response = plain(StatusCode::OK, render());
    response.headers_mut().insert(CONTENT_TYPE, axum::http::HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8"));
    response
}

/// With a proxy in front every request seems to come from this machine: what it hands on does not count as local.
fn may_read(shown: &Shown, peer: Option<SocketAddr>, headers: &HeaderMap) -> bool {
    let token = shown.operations.metrics_token.reveal();
    let sent = headers.get(AUTHORIZATION).and_then(|header| header.to_str().ok()).and_then(|text| text.strip_prefix("Bearer "));
    // Comparing digests tells nothing by the time it takes.
    let knows_token = !token.is_empty() && sent.is_some_and(|sent| Sha256::digest(sent) == Sha256::digest(token));
    let forwarded = ["forwarded", "x-forwarded-for", "x-real-ip", "via"].iter().any(|name| headers.contains_key(*name));
    let is_local = peer.is_some_and(|peer| peer.ip().to_canonical().is_loopback()) && !forwarded && !shown.app.parts.behind_proxy;
    knows_token || is_local
}

/// Figures that are asked for, not counted.
#[allow(clippy::cast_precision_loss, reason = "gauges are floating point; beyond 2^53 nobody counts jobs")]
async fn gauge(app: &App) {
    let asked = app
        .parts
        .db
        .read::<_, DbError>(Scope::Installation, |tx| Ok((jobs::overview::depth(tx)?, jobs::overview::age_seconds(tx)?, mail::count_unsent(tx)?)))
        .await;
    if let Ok((depth, age_seconds, unsent)) = asked {
        for (state, count) in [("waiting", depth.waiting), ("running", depth.running), ("done", depth.done), ("failed", depth.failed)] {
            metrics::gauge!("allmende_jobs", "state" => state).set(count as f64);
        }
        metrics::gauge!("allmende_job_age_seconds").set(age_seconds as f64);
        metrics::gauge!("allmende_mails_unsent").set(unsent as f64);
    }
    if let Some(free) = free_bytes(&app.parts.data) {
        metrics::gauge!("allmende_disk_free_bytes").set(free as f64);
    }
}
