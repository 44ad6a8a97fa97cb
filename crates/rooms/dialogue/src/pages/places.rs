//! `/beteiligung/{slug}/stellungnahmen.geojson`: the public statements of a process that are about a place, for maps.
//!
//! Source: RFC 7946 (GeoJSON). The list with its map is a view of [`super::statements`].

use super::open::open_headers;
use super::{frame, id_of};
use crate::place::Place;
use crate::store::lists::{self, Filter, Listed};
use crate::store::processes;
use crate::store::statement_path;
use allmende_platform::{App, AppError, Ctx};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// The places of public statements, each with where it is read.
///
/// # Errors
/// 404 for what is no public process, 410 for what was one.
pub async fn geojson(State(app): State<App>, ctx: Ctx, Path(slug): Path<String>) -> Result<Response, AppError> {
    let id = id_of(&slug)?;
    let base = ctx.site.base_url.clone();
    let features = app
        .read(&ctx, move |tx| {
            frame::public(processes::find(tx, id)?)?;
            let mut features = Vec::new();
            let placed = Filter { has_place: true, ..Filter::default() };
            lists::each(tx, id, &placed, |listed| features.extend(feature(&base, id, listed)))?;
            Ok::<_, AppError>(features)
        })
        .await?;
    let body = json!({ "type": "FeatureCollection", "features": features });
    Ok((open_headers("application/geo+json"), body.to_string()).into_response())
}

/// Nothing for a place of which the site knows only the words.
fn feature(base: &str, process: i64, listed: &Listed) -> Option<Value> {
    let place = Place::parse(listed.place.as_deref()?)?;
    let geometry = place.drawn.as_ref()?.json();
    Some(json!({
        "type": "Feature",
        "id": listed.number,
        "geometry": geometry,
        "properties": {
            "number": listed.number,
            "place": place.plain(),
            "text": listed.text,
            "author": listed.author,
            "supports": listed.supports,
            "isAnswered": !listed.answers.is_empty(),
            "web": format!("{base}{}", statement_path(process, listed.number)),
        },
    }))
}
