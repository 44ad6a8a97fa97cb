//! A page that a crowd asks for in one moment is written once, and everybody of whom nothing is known gets a copy. Copies differ in the
//! stamp of their form alone, which is each reader's own ([`crate::web::guard`]).
//!
//! Who has an account, or is known as a guest, has their page written for them: only what it is read from is shared. How old a copy
//! may be says [`crate::together`]. Start at [`App::page_together`].

use crate::app::App;
use crate::web::error::AppError;
use crate::web::guard::{Guard, Issued};
use crate::web::request::Ctx;
use allmende_core::Actor;
use allmende_db::Tx;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use std::fmt::Debug;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// A written page, and what its form bears.
pub struct Original {
    response: Response,
    issued: Option<Issued>,
}

impl From<Response> for Original {
    fn from(response: Response) -> Self {
        Self { response, issued: None }
    }
}

impl Original {
    /// Names the stamp that the page shows, if it has a form.
    #[must_use]
    pub fn stamped(mut self, issued: Option<&Issued>) -> Self {
        self.issued = issued.cloned();
        self
    }

    async fn copies(self) -> Result<Copies, AppError> {
        let (parts, body) = self.response.into_parts();
        // A page of ours, whole in memory already.
        let body = to_bytes(body, usize::MAX).await.map_err(anyhow::Error::from)?;
        let stamp = self.issued.map(|issued| Stamp { issued, is_given: AtomicBool::new(false), begin: OnceLock::new() });
        // Else the second reader would find out.
        debug_assert!(stamp.as_ref().is_none_or(|stamp| stamp.begin_in(&body).is_some()), "a page does not show the stamp that it names");
        let stamp = stamp.map(Arc::new);
        Ok(Copies { status: parts.status, headers: parts.headers, body, stamp })
    }
}

/// The stamp of the original, which one reader gets as it is: most pages are read by one alone.
struct Stamp {
    issued: Issued,
    is_given: AtomicBool,
    /// Where it begins in the body, once a second reader made somebody look.
    begin: OnceLock<Option<usize>>,
}

impl Stamp {
    fn begin_in(&self, body: &[u8]) -> Option<usize> {
        *self.begin.get_or_init(|| std::str::from_utf8(body).ok()?.find(&self.issued.stamp))
    }
}

/// What every copy is made from.
#[derive(Clone)]
struct Copies {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    stamp: Option<Arc<Stamp>>,
}

impl Copies {
    fn one(self, app: &App, ctx: &Ctx) -> Result<Response, AppError> {
        let body = match &self.stamp {
            Some(stamp) if stamp.is_given.swap(true, Ordering::Relaxed) => Body::from(self.stamped_anew(app, ctx, stamp)?),
            _ => Body::from(self.body),
        };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        Ok(response)
    }

    fn stamped_anew(&self, app: &App, ctx: &Ctx, stamp: &Stamp) -> Result<Vec<u8>, AppError> {
        let begin = stamp.begin_in(&self.body).ok_or_else(|| anyhow::anyhow!("a page does not show the stamp that it names"))?;
        let (before, rest) = self.body.split_at(begin);
        let own = Guard::new(app, ctx, stamp.issued.form).stamp(stamp.issued.at, "")?.stamp;
        Ok([before, own.as_bytes(), rest.get(stamp.issued.stamp.len()..).unwrap_or_default()].concat())
    }
}

impl App {
    /// A page that a crowd asks for in one moment. `read` reads what it is made from, and `asked` is everything that this depends on
    /// besides the site: the reader too, if it asks for their own. `write` makes the page from that and from the context of the request.
    /// With `is_own` it shows what one reader sent, and nobody else gets a copy.
    ///
    /// # Errors
    /// Whatever the closures return.
    pub async fn page_together<T, F, W>(&self, ctx: &Ctx, asked: &(impl Debug + Sync), is_own: bool, read: F, write: W) -> Result<Response, AppError>
    where
        T: Clone + Send + Sync + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, AppError> + Send + 'static,
        W: FnOnce(T) -> Result<Original, AppError> + Send,
    {
        let (site, writes) = (ctx.site.id.get(), || self.parts.db.writes());
        if is_own || ctx.actor != Actor::Stranger || ctx.guest.is_some() {
            let what = self.together.share::<F, _, _, _>(site, asked, writes, || self.read(ctx, read)).await?;
            return Ok(write(what)?.response);
        }
        // All that a page takes from the request of a stranger.
        let looks = (&ctx.path, &ctx.query, ctx.language(), ctx.theme, ctx.high_contrast);
        let written = async || write(self.read(ctx, read).await?)?.copies().await;
        self.together.share::<(F, Copies), _, _, _>(site, &looks, writes, written).await?.one(self, ctx)
    }
}
