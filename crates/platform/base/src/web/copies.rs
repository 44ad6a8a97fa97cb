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
        let stamp = match self.issued {
            Some(issued) => {
                let begin = std::str::from_utf8(&body).ok().and_then(|html| html.find(&issued.stamp));
                Some((begin.ok_or_else(|| anyhow::anyhow!("a page does not show the stamp that it names"))?, issued))
            }
            None => None,
        };
        Ok(Copies { status: parts.status, headers: parts.headers, body, stamp })
    }
}

/// What every copy is made from.
#[derive(Clone)]
struct Copies {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    /// Where in the body the stamp of the original begins.
    stamp: Option<(usize, Issued)>,
}

impl Copies {
    fn one(self, app: &App, ctx: &Ctx) -> Result<Response, AppError> {
        let body = match self.stamp {
            Some((begin, issued)) => {
                let own = Guard::new(app, ctx, issued.form).stamp(issued.at, "")?.stamp;
                let (before, rest) = self.body.split_at(begin);
                Body::from([before, own.as_bytes(), rest.get(issued.stamp.len()..).unwrap_or_default()].concat())
            }
            None => Body::from(self.body),
        };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        Ok(response)
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
