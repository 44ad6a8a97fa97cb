//! The layers between the socket and a room, from the outside in.

use crate::app::App;
use crate::guests::{self, Guest};
use crate::limits;
use crate::sessions;
use crate::web::assets::asset;
use crate::web::cookies;
use crate::web::crowd;
use crate::web::error::{AppError, Problem};
use crate::web::operations::{self, Operations};
use crate::web::request::{self, Ctx, Request, Theme};
use crate::web::routes::Routes;
use crate::web::shell::{ErrorPage, Shell};
use allmende_core::Actor;
use allmende_db::stats::{Stats, counted};
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::{MatchedPath, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{Request as HttpRequest, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

/// No inline script, no eval, nothing from other hosts: what a page may load is ours.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'";

/// Puts all routes behind the layers, without figures.
pub fn assemble(app: &App, routes: Routes) -> Router {
    assemble_with(app, routes, Operations::default())
}

/// Puts all routes behind the layers, and beside them what supervisors ask.
pub fn assemble_with(app: &App, routes: Routes, operations: Operations) -> Router {
    let pages = routes
        .into_router()
        .fallback(|| async { AppError::NotFound })
        .method_not_allowed_fallback(|| async {
            (StatusCode::METHOD_NOT_ALLOWED, axum::Extension(Problem { key: "error-method", detail: None })).into_response()
        })
        .with_state(app.clone())
        .layer(from_fn_with_state(app.clone(), crowd::wait))
        .layer(CsrfLayer::new())
        .layer(from_fn_with_state(app.clone(), context))
        .layer(CompressionLayer::new().gzip(true))
        .layer(RequestBodyLimitLayer::new(limits::UPLOAD_BYTES_MAX))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, limits::REQUEST_TIME_MAX));
    Router::new()
        .route("/assets/{*path}", get(asset))
        .merge(operations::router(app, operations))
        .merge(pages)
        .layer(from_fn_with_state(app.clone(), finish))
        .layer(CatchPanicLayer::new())
}

/// Outermost: counts the request's statements and sets the headers that every answer carries.
async fn finish(State(app): State<App>, request: HttpRequest<Body>, next: Next) -> Response {
    if request.uri().path_and_query().is_some_and(|address| address.as_str().len() > limits::ADDRESS_BYTES_MAX) {
        return StatusCode::URI_TOO_LONG.into_response();
    }
    let stats = Arc::new(Stats::default());
    let (started, method) = (Instant::now(), request.method().clone());
    // The pattern of the address and not the address: addresses can hold names, tokens and what somebody typed.
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "-".to_owned(), |path| path.as_str().to_owned());
    let mut response = counted(Arc::clone(&stats), next.run(request)).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), payment=(), usb=()");
    if app.parts.server_timing {
        let text = format!("db;desc=\"statements={}\";dur={:.3}", stats.statements(), stats.time().as_secs_f64() * 1000.0);
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.insert(HeaderName::from_static("server-timing"), value);
        }
    }
    let status = response.status();
    tracing::info!(%method, route, status = status.as_u16(), micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX), statements = stats.statements(), "request");
    count(route, status, started.elapsed(), &stats);
    response
}

fn count(route: String, status: StatusCode, time: Duration, stats: &Stats) {
    let class = match status.as_u16() / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    };
    metrics::histogram!("allmende_request_seconds", "route" => route, "status" => class).record(time.as_secs_f64());
    metrics::histogram!("allmende_database_seconds").record(stats.time().as_secs_f64());
    metrics::counter!("allmende_statements_total").increment(stats.statements());
}

/// Finds the site, the language and the reader, and turns an error of what lies inside into a page for them.
async fn context(State(app): State<App>, request: HttpRequest<Body>, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Some(site) = request::host(&parts).and_then(|host| app.sites.by_host(host)) else {
        return (StatusCode::MISDIRECTED_REQUEST, "Unter dieser Adresse gibt es hier nichts. / There is nothing at this address.\n").into_response();
    };
    let guest = cookies::read(&parts.headers, &site, guests::COOKIE).and_then(Guest::read);
    let token = request::session_token(&parts.headers, &site).map(str::to_owned);
    let actor = match &token {
        None => Actor::Stranger,
        Some(token) => match reader(&app, site.id, token.clone()).await {
            Ok(actor) => actor,
            Err(error) => return error.into_response(),
        },
    };
    let theme = match request::cookie(&parts.headers, "theme") {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::Device,
    };
    let ctx = Ctx::new(Request {
        site,
        actor,
        t: app.speak(request::language(&parts)),
        theme,
        high_contrast: request::cookie(&parts.headers, "contrast") == Some("high"),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        session_token: token,
        guest,
        client: request::client(&parts, app.parts.behind_proxy),
    });
    let asked = request::asked_language(parts.uri.query());
    parts.extensions.insert(ctx.clone());
    let response = next.run(HttpRequest::from_parts(parts, body)).await;
    let mut response = explain(&app, &ctx, response);
    remember(&ctx, asked, &mut response);
    response
}

async fn reader(app: &App, site: allmende_core::Id<allmende_core::Site>, token: String) -> Result<Actor, AppError> {
    let asked = token.clone();
    let found = app.parts.db.read(site, move |tx| sessions::find(tx, &asked)).await?;
    match found {
        None => Ok(Actor::Stranger),
        Some(found) => {
            if found.stale {
                app.parts.db.write(site, move |tx| sessions::touch(tx, &token)).await?;
            }
            Ok(found.actor)
        }
    }
}

/// An error without a page gets one, in the reader's language and with a way on. Open interfaces make their own.
fn explain(app: &App, ctx: &Ctx, response: Response) -> Response {
    let status = response.status();
    let problem = response.extensions().get::<Problem>().copied();
    let problem = match (problem, status) {
        (Some(problem), _) => problem,
        (None, _) if response.headers().contains_key(header::CONTENT_TYPE) && status != StatusCode::FORBIDDEN => return response,
        (None, StatusCode::FORBIDDEN) => Problem { key: "error-forged", detail: None },
        (None, StatusCode::PAYLOAD_TOO_LARGE) => Problem { key: "error-too-large", detail: None },
        (None, _) => return response,
    };
    let t = ctx.t;
    let heading = t.find(problem.key).unwrap_or(problem.key);
    let help = t.find(&format!("{}-help", problem.key)).unwrap_or_default();
    let mut shell = Shell::new(app, ctx, heading);
    shell.hidden_from_search = true;
    let page = ErrorPage { shell, t, heading, help, detail: problem.detail.and_then(|key| t.find(key)) };
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "the error page failed");
            status.into_response()
        }
    }
}

/// Keeps the language chosen by the address, and says that a page depends on it.
fn remember(ctx: &Ctx, asked: Option<allmende_core::Language>, response: &mut Response) {
    // An address bears the words of a title. A title changes and changes back: who kept the old way for good would go in circles.
    let has_moved = matches!(response.status(), StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
    let headers = response.headers_mut();
    if let Some(language) = asked
        && let Ok(cookie) = HeaderValue::from_str(&format!("lang={}; Path=/; Max-Age=31536000; SameSite=Lax", language.key()))
    {
        headers.append(header::SET_COOKIE, cookie);
    }
    let is_page = headers.get(header::CONTENT_TYPE).is_some_and(|media_type| media_type.as_bytes().starts_with(b"text/html"));
    if is_page {
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(ctx.language().tag()));
    }
    if is_page || has_moved {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    }
}
