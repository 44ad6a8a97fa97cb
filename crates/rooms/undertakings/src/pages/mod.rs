//! The public pages below `/vorhaben`, one's own requests, the section of the start page, and the words they share.
//!
//! Every page is one closure on the database with at most five statements, then a template. Read in this order: [`words`], [`list`],
//! [`sheet`], [`course`], [`ask`], [`confirm`], [`requests`], [`own`], [`front`].

pub mod ask;
pub mod confirm;
pub mod course;
pub mod front;
pub mod list;
pub mod own;
pub mod requests;
pub mod sheet;
pub mod words;

use allmende_platform::web::Shell;
use allmende_platform::{App, AppError, Ctx};
use axum::extract::Query;
use std::collections::HashMap;

/// The parameters of an address; the last one of a name counts.
pub type Parameters = Query<HashMap<String, String>>;

/// A parameter that says something, of at most 200 bytes.
pub(crate) fn parameter<'q>(query: &'q HashMap<String, String>, name: &str) -> Option<&'q str> {
    query.get(name).map(|value| value.trim()).filter(|value| !value.is_empty() && value.len() <= 200 && !value.contains('\0'))
}

/// The number that begins the last part of an address.
pub(crate) fn id_of(segment: &str) -> Result<i64, AppError> {
    let number = segment.split('-').next().unwrap_or_default();
    let is_plain = !number.is_empty() && !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit());
    number.parse().ok().filter(|_| is_plain).ok_or(AppError::NotFound)
}

/// The surroundings of a page below `/vorhaben`.
fn shell(app: &App, ctx: &Ctx, title: impl Into<String>) -> Shell {
    Shell::new(app, ctx, title).crumb(ctx.t.get("undertaking-start"), "/")
}
