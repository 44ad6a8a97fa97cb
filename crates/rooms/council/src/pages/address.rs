//! Addresses that stay: `/rat/vorlagen/12-radweg` is found by its number; a wrong or missing word leads to the right one, an
//! old OParl id to its page.

use crate::store::{Visibility, files, meetings, nodes, organizations, papers, people, places};
use allmende_core::fold::slug;
use allmende_db::Tx;
use allmende_platform::web::AppError;
use allmende_platform::{App, Ctx};
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;

/// The parameters of an address; the last one of a name counts.
pub type Parameters = Query<HashMap<String, String>>;

/// A parameter that says something, shortened to 2,000 characters. One with a NUL says nothing: PostgreSQL has no such text.
#[must_use]
pub fn parameter(query: &HashMap<String, String>, name: &str) -> Option<String> {
    let value = query.get(name)?.trim();
    (!value.is_empty() && !value.contains('\0')).then(|| value.chars().take(2_000).collect())
}

/// The number that begins the last part of an address.
///
/// # Errors
/// `AppError::NotFound` where there is none.
pub fn id_of(segment: &str) -> Result<i64, AppError> {
    let number = segment.split('-').next().unwrap_or_default();
    let is_plain = !number.is_empty() && !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit());
    number.parse().ok().filter(|_| is_plain).ok_or(AppError::NotFound)
}

/// What was found at an address.
pub enum Found<T> {
    /// The page itself.
    Page(T),
    /// It stands under this address.
    Moved(String),
}

/// Lets a public row pass under its right address.
///
/// # Errors
/// `AppError::Gone` if it was withdrawn, `AppError::NotFound` if strangers must not learn of it.
pub fn admit(ctx: &Ctx, state: &str, path: &str) -> Result<Option<String>, AppError> {
    match Visibility::of(state) {
        Visibility::Withdrawn => Err(AppError::Gone),
        Visibility::Hidden => Err(AppError::NotFound),
        Visibility::Public if ctx.path == path => Ok(None),
        Visibility::Public if ctx.query.is_empty() => Ok(Some(path.to_owned())),
        Visibility::Public => Ok(Some(format!("{path}?{}", ctx.query))),
    }
}

/// 301: for good.
#[must_use]
pub fn moved(path: &str) -> Response {
    (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, path.to_owned())]).into_response()
}

/// The page of a person.
#[must_use]
pub fn person_path(id: i64, name: &str) -> String {
    with_slug("/rat/menschen/", id, name)
}

/// The page of a place.
#[must_use]
pub fn place_path(id: i64, name: &str) -> String {
    with_slug("/rat/orte/", id, name)
}

/// The page of a file.
#[must_use]
pub fn file_path(id: i64) -> String {
    format!("/rat/dateien/{id}")
}

fn with_slug(below: &str, id: i64, name: &str) -> String {
    match slug(name) {
        slug if slug.is_empty() => format!("{below}{id}"),
        slug => format!("{below}{id}-{slug}"),
    }
}

/// `/rat/alt?id=URL`: where the object of an old OParl id stands today.
///
/// # Errors
/// `AppError::NotFound` for an unknown id, `AppError::Gone` for a withdrawn object.
pub async fn old(State(app): State<App>, ctx: Ctx, Query(query): Parameters) -> Result<Response, AppError> {
    let url = parameter(&query, "id").ok_or(AppError::NotFound)?;
    let language = ctx.language();
    let path = app
        .read(&ctx, move |tx| {
            let (kind, id) = places::find_origin(tx, &url)?.ok_or(AppError::NotFound)?;
            if let Some(path) = path_of(tx, &kind, id, language)? {
                return Ok(path);
            }
            let (host, id, position) = places::find_host(tx, &kind, id)?.ok_or(AppError::NotFound)?;
            let path = path_of(tx, &host, id, language)?.ok_or(AppError::NotFound)?;
            Ok::<_, AppError>(if position > 0 { nodes::agenda_item_path(&path, position) } else { path })
        })
        .await?;
    Ok(moved(&path))
}

/// The page of an object that has one.
fn path_of(tx: &mut Tx<'_>, kind: &str, id: i64, language: allmende_core::Language) -> Result<Option<String>, AppError> {
    let (state, path) = match kind {
        "paper" => match papers::find(tx, id, language)? {
            Some(paper) => (paper.state, super::words::paper_path(&paper.row)),
            None => return Err(AppError::NotFound),
        },
        "meeting" => match meetings::find(tx, id, language)? {
            Some(meeting) => (meeting.state, nodes::meeting_path(id, meeting.name.as_deref().unwrap_or_default())),
            None => return Err(AppError::NotFound),
        },
        "organization" => match organizations::find(tx, id, language)? {
            Some(organization) => (organization.state, nodes::organization_path(id, &organization.row.name)),
            None => return Err(AppError::NotFound),
        },
        "person" => match people::find(tx, id)? {
            Some(person) => (person.state, person_path(id, &person.name)),
            None => return Err(AppError::NotFound),
        },
        "file" => match files::find(tx, id)? {
            Some(file) => (file.state, file_path(id)),
            None => return Err(AppError::NotFound),
        },
        "location" => match places::find(tx, id)? {
            Some(place) => (place.state, place_path(id, &place.name)),
            None => return Err(AppError::NotFound),
        },
        "term" => return Ok(Some("/rat/wahlperioden".to_owned())),
        "body" | "system" => return Ok(Some("/rat".to_owned())),
        _ => return Ok(None),
    };
    match Visibility::of(&state) {
        Visibility::Public => Ok(Some(path)),
        Visibility::Withdrawn => Err(AppError::Gone),
        Visibility::Hidden => Err(AppError::NotFound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_begins_with_a_plain_number() {
        let check = |segment: &str, expected: Option<i64>| assert_eq!(id_of(segment).ok(), expected, "{segment}");
        check("12-radweg", Some(12));
        check("12", Some(12));
        check("012-radweg", None);
        check("radweg", None);
        check("-12", None);
        check("+12", None);
        check("9223372036854775808", None);
        check("", None);
    }
}
