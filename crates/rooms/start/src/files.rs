//! Small files that depend on the site: its colours, its mark, its logo, what search engines may read.

use allmende_db::DbError;
use allmende_platform::{App, AppError, Ctx, sites};
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// A day: the address of these files changes with the settings.
const CACHED: &str = "public, max-age=86400";

/// The accent colour of the municipality: hue and chroma only, lightness stays ours so that every contrast holds.
pub(crate) async fn colours(ctx: Ctx) -> Response {
    let chroma = format!("0.{:03}", ctx.site.chroma_thousandths.clamp(0, 150));
    let css = format!(":root{{--allm-hue:{};--allm-chroma:{chroma}}}\n", ctx.site.hue);
    ([(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, CACHED)], css).into_response()
}

/// The mark in the browser's tab: a leaf in the accent colour.
pub(crate) async fn mark(ctx: Ctx) -> Response {
    let (hue, chroma) = (ctx.site.hue, ctx.site.chroma_thousandths.clamp(0, 150));
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><path fill=\"oklch(0.45 0.{chroma:03} {hue})\" d=\"M3 3h26v15c0 7-5 10-13 12C8 28 3 25 3 18z\"/>\
         <path fill=\"none\" stroke=\"#fff\" stroke-width=\"2.4\" stroke-linecap=\"round\" d=\"M16 24V11m0 6c-4 0-6-2-6-6 4 0 6 2 6 6m0-3c0-4 2-6 6-6 0 4-2 6-6 6\"/></svg>"
    );
    ([(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, CACHED)], svg).into_response()
}

/// The logo that the municipality set.
pub(crate) async fn logo(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let site = ctx.site.id;
    let found = app.read(&ctx, move |tx| sites::find_logo(tx, site)).await.map_err(|error: DbError| AppError::from(error))?;
    let (bytes, media_type) = found.ok_or(AppError::NotFound)?;
    // A picture is only ever a picture: even an SVG that holds a script runs nothing.
    Ok(([(CONTENT_TYPE, media_type.as_str()), (CACHE_CONTROL, CACHED), (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox")], bytes).into_response())
}

/// Search engines read everything public, but neither forms nor other forms of the same page.
pub(crate) async fn robots() -> Response {
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], "User-agent: *\nDisallow: /anmelden\nDisallow: /konto\nDisallow: /verwaltung\nDisallow: /oparl/\nDisallow: /suche?\nDisallow: /suche/karte\nDisallow: /suche.\n")
        .into_response()
}
