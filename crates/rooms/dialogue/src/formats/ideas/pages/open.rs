//! Ideas as open data: a table, and GeoJSON for maps. Public fields of public rows alone.

use super::super::store::lists::{self, PublicIdea};
use super::super::store::path;
use super::super::store::pictures::Size;
use crate::formats::sender::number;
use crate::pages::open::Table;
use crate::pages::{Parameters, frame, id_of};
use crate::store::processes;
use allmende_platform::{App, AppError, Ctx};
use axum::extract::{Path, Query, State as Axum};
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

async fn all(app: &App, ctx: &Ctx, slug: &str, part: Option<i64>) -> Result<(i64, Vec<PublicIdea>), AppError> {
    let id = id_of(slug)?;
    app.read(ctx, move |tx| {
        let process = frame::public(processes::find(tx, id)?)?;
        let part = super::part_of(tx, process.id, part)?;
        let mut ideas = Vec::new();
        lists::each(tx, part.id, |idea| {
            ideas.push(idea);
            Ok(())
        })?;
        Ok((id, ideas))
    })
    .await
}

const COLUMNS: [&str; 20] = [
    "number",
    "title",
    "text",
    "author",
    "category",
    "place",
    "latitude",
    "longitude",
    "supports",
    "comments",
    "submitted_at",
    "answer",
    "answer_text",
    "department",
    "answered_at",
    "answer_by",
    "to_council",
    "address",
    "picture",
    "picture_description",
];

fn line(table: &mut Table, base: &str, process: i64, idea: &PublicIdea) {
    let own = &idea.listed;
    let moment = |at: Option<allmende_core::Instant>| at.map(|at| at.timestamp().to_string()).unwrap_or_default();
    let cells = [
        own.number.to_string(),
        own.title.clone(),
        idea.text.clone(),
        own.author_name.clone(),
        own.category.clone().unwrap_or_default(),
        own.place.clone().unwrap_or_default(),
        own.point.map(|point| point.latitude.to_string()).unwrap_or_default(),
        own.point.map(|point| point.longitude.to_string()).unwrap_or_default(),
        own.supports.to_string(),
        own.comments.to_string(),
        moment(Some(own.submitted_at)),
        own.answer.map(|answer| answer.key().to_owned()).unwrap_or_default(),
        idea.answer_text.clone().unwrap_or_default(),
        idea.department.clone().unwrap_or_default(),
        moment(idea.answered_at),
        own.answer_by.map(|day| day.to_string()).unwrap_or_default(),
        moment(own.to_council_at),
        format!("{base}{}", path(process, own.number)),
        own.picture.as_ref().map(|_| format!("{base}{}", Size::Large.path(&path(process, own.number)))).unwrap_or_default(),
        own.picture.as_ref().map(|picture| picture.description.clone()).unwrap_or_default(),
    ];
    table.row(&cells.each_ref().map(String::as_str));
}

/// All public ideas as a table.
///
/// # Errors
/// 404 for what is no collection of a public process.
pub async fn csv(Axum(app): Axum<App>, ctx: Ctx, Path(slug): Path<String>, Query(query): Parameters) -> Result<Response, AppError> {
    let (process, ideas) = all(&app, &ctx, &slug, number(&query, "teil")).await?;
    let mut table = Table::new(&COLUMNS);
    for idea in &ideas {
        line(&mut table, &ctx.site.base_url, process, idea);
    }
    Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8; header=present"), (ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (CACHE_CONTROL, "public, max-age=60")], table.text)
        .into_response())
}

/// All public ideas with a place, as GeoJSON.
///
/// # Errors
/// 404 for what is no collection of a public process.
pub async fn geojson(Axum(app): Axum<App>, ctx: Ctx, Path(slug): Path<String>, Query(query): Parameters) -> Result<Response, AppError> {
    let (process, ideas) = all(&app, &ctx, &slug, number(&query, "teil")).await?;
    let feature = |idea: &PublicIdea| {
        let (own, point) = (&idea.listed, idea.listed.point?);
        Some(serde_json::json!({
            "type": "Feature",
            "geometry": { "type": "Point", "coordinates": [point.longitude, point.latitude] },
            "properties": { "number": own.number, "title": own.title, "category": own.category, "place": own.place, "supports": own.supports,
                "address": format!("{}{}", ctx.site.base_url, path(process, own.number)) },
        }))
    };
    let features: Vec<_> = ideas.iter().filter_map(feature).collect();
    let body = serde_json::json!({ "type": "FeatureCollection", "features": features }).to_string();
    Ok(([(CONTENT_TYPE, "application/geo+json"), (ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (CACHE_CONTROL, "public, max-age=60")], body).into_response())
}
