//! Routes with policies: what has no policy cannot be a route.

use crate::app::App;
use crate::web::error::AppError;
use crate::web::request::Ctx;
use allmende_core::{Act, Actor, may};
use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodFilter, on};

/// Who may come to a route at all. What somebody may see behind it is decided by the room's rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// Everybody.
    Public,
    /// Everybody, from every web page: an open interface that answers `Access-Control-Allow-Origin: *`.
    Open,
    /// Whoever may do this.
    Act(Act),
}

/// One route as a reviewer reads it.
#[derive(Debug, Clone)]
pub struct RouteInfo {
    /// The method.
    pub method: Method,
    /// The address with its parameters.
    pub path: &'static str,
    /// The policy before it.
    pub policy: Policy,
}

/// The routes of a room.
#[derive(Default)]
pub struct Routes {
    router: Router<App>,
    infos: Vec<RouteInfo>,
}

impl Routes {
    /// No routes yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a page or another answer that changes nothing.
    #[must_use]
    pub fn get<H: Handler<T, App>, T: 'static>(self, path: &'static str, policy: Policy, handler: H) -> Self {
        self.add(Method::GET, MethodFilter::GET, path, policy, handler)
    }

    /// Adds an act.
    #[must_use]
    pub fn post<H: Handler<T, App>, T: 'static>(self, path: &'static str, policy: Policy, handler: H) -> Self {
        self.add(Method::POST, MethodFilter::POST, path, policy, handler)
    }

    fn add<H: Handler<T, App>, T: 'static>(mut self, method: Method, filter: MethodFilter, path: &'static str, policy: Policy, handler: H) -> Self {
        let guarded = on(filter, handler).layer(from_fn(move |request, next| guard(policy, request, next)));
        self.router = self.router.route(path, guarded);
        self.infos.push(RouteInfo { method, path, policy });
        self
    }

    /// Takes in the routes of another room.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.infos.extend(other.infos);
        self
    }

    /// All routes, for the snapshot and the tests.
    #[must_use]
    pub fn infos(&self) -> &[RouteInfo] {
        &self.infos
    }

    pub(crate) fn into_router(self) -> Router<App> {
        self.router
    }
}

/// Stands before each handler. A stranger who asks for a page is sent to sign in and comes back; an act is refused.
async fn guard(policy: Policy, request: Request, next: Next) -> Response {
    let Policy::Act(act) = policy else { return next.run(request).await };
    let Some(ctx) = request.extensions().get::<Ctx>() else { return AppError::Forbidden.into_response() };
    if may(&ctx.actor, act) {
        return next.run(request).await;
    }
    if ctx.actor == Actor::Stranger && request.method() == Method::GET {
        return Redirect::to(&format!("/anmelden?weiter={}", encode(&ctx.path))).into_response();
    }
    AppError::Forbidden.into_response()
}

/// Percent-encodes a path for a query value.
#[must_use]
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'/') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
