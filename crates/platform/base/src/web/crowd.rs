//! When more people come than can be served: those inside are served as fast as ever, the others wait and lose nothing.
//!
//! So many requests are worked on at a time; who comes beyond that is answered at once by a page that says so, holds what was
//! written in the form, and sends it again; only a file has to be chosen again. A form's own key makes it count once, however often it
//! is sent. Whoever works for the house is let in. Stands inside the check for forged requests: what waits came from a page of ours.
//! Start at [`Crowd::enter`] and [`wait`].

use crate::app::App;
use crate::limits::{CROWD_WAIT_SECONDS, FORM_BYTES_MAX};
use crate::texts::Speaker;
use crate::web::forms::{is_form, pairs};
use crate::web::request::Ctx;
use crate::web::shell::Shell;
use crate::web::upload::{self, Upload};
use allmende_core::{Act, may};
use askama::Template;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The places inside.
#[derive(Debug)]
pub struct Crowd {
    places: Arc<Semaphore>,
    turned_away: AtomicUsize,
}

impl Crowd {
    /// So many places.
    #[must_use]
    pub fn new(places: usize) -> Self {
        Self { places: Arc::new(Semaphore::new(places)), turned_away: AtomicUsize::new(0) }
    }

    /// A place until it is dropped, or nothing if all are taken.
    #[must_use]
    pub fn enter(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.places).try_acquire_owned().ok()
    }

    /// How many seconds the next who waits should wait: spread, so that those who came together do not come together again.
    fn seconds(&self) -> usize {
        let number = self.turned_away.fetch_add(1, Ordering::Relaxed);
        CROWD_WAIT_SECONDS + number % (2 * CROWD_WAIT_SECONDS)
    }
}

#[derive(Template)]
#[template(path = "crowd.html")]
struct CrowdPage {
    shell: Shell,
    t: Speaker,
    /// Where it is sent, with its query.
    address: String,
    seconds: usize,
    /// What was written, if something was sent; a password is not written into a page.
    sent: Option<Vec<(String, String)>>,
    /// Whether a file came with it: no page can send that again.
    has_lost_file: bool,
}

/// Lets a request in or answers it with the page of those who wait.
pub(crate) async fn wait(State(app): State<App>, request: Request, next: Next) -> Response {
    let Some(ctx) = request.extensions().get::<Ctx>().cloned() else { return next.run(request).await };
    // A body comes as slowly as its sender likes: it must not take a place meanwhile.
    let (request, body) = match with_form(request).await {
        Ok(read) => read,
        Err(status) => return status.into_response(),
    };
    let is_upload = upload::is_upload(request.headers());
    let place = app.crowd.enter();
    if place.is_some() || may(&ctx.actor, Act::EnterDesk) {
        // Files are read inside, just as slowly: who brings some takes no place.
        let place = place.filter(|_| !is_upload);
        let response = next.run(request).await;
        drop(place);
        return response;
    }
    metrics::counter!("allmende_waiting_pages_total").increment(1);
    let seconds = app.crowd.seconds();
    let mut shell = Shell::new(&app, &ctx, ctx.t.get("crowd-heading"));
    shell.hidden_from_search = true;
    let is_sent = *request.method() != Method::GET;
    let address = request.uri().path_and_query().map_or_else(|| ctx.path.clone(), ToString::to_string);
    let (written, has_lost_file) = if is_upload {
        match Upload::without_files(request).await {
            Ok((fields, had_file)) => (fields.into_pairs(), had_file),
            Err(status) => return status.into_response(),
        }
    } else {
        (pairs(&body), false)
    };
    let sent = is_sent.then(|| written.into_iter().filter(|(name, _)| !is_secret(name)).collect());
    let page = CrowdPage { shell, t: ctx.t, address, seconds, sent, has_lost_file };
    match page.render() {
        Ok(html) => (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, seconds.to_string()), (CACHE_CONTROL, "no-store".to_owned())], Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "the page of those who wait failed");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// The request with its form read, and the form's bytes; other bodies stay unread.
async fn with_form(request: Request) -> Result<(Request, Vec<u8>), StatusCode> {
    if !is_form(request.headers()) {
        return Ok((request, Vec::new()));
    }
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, FORM_BYTES_MAX).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    Ok((Request::from_parts(parts, Body::from(bytes.clone())), bytes.to_vec()))
}

fn is_secret(field: &str) -> bool {
    field.contains("password") || field == "old"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_when_all_places_are_taken_waits_until_one_is_free() {
        let crowd = Crowd::new(2);
        let (first, second) = (crowd.enter(), crowd.enter());
        assert!(first.is_some() && second.is_some() && crowd.enter().is_none());
        drop(first);
        assert!(crowd.enter().is_some());
    }

    #[test]
    fn those_who_wait_do_not_all_come_back_together() {
        let crowd = Crowd::new(0);
        let seconds: Vec<usize> = (0..4 * CROWD_WAIT_SECONDS).map(|_| crowd.seconds()).collect();
        assert_eq!(seconds.iter().min(), Some(&CROWD_WAIT_SECONDS));
        assert_eq!(seconds.iter().max(), Some(&(3 * CROWD_WAIT_SECONDS - 1)));
    }

    #[test]
    fn a_password_is_not_written_into_a_page() {
        assert!(is_secret("password") && is_secret("new-password") && is_secret("old"));
        assert!(!is_secret("text") && !is_secret("once"));
    }
}
