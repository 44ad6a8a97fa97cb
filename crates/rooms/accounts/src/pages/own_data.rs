//! One's own data as a file: the rows of all rooms that are about a person, on all sites.

use super::reader;
use allmende_platform::texts::Speaker;
use allmende_platform::web::{Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// The name and version of the file's form.
const FORMAT: &str = "allmende-personal-data/1";

#[derive(Template)]
#[template(path = "own_data.html")]
struct OwnDataPage {
    shell: Shell,
    t: Speaker,
}

/// What stands in the file, and the way to it.
pub(crate) async fn show(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let t = ctx.t;
    let mut shell = Shell::new(&app, &ctx, t.get("own-data-heading")).crumb(t.get("nav-start"), "/").crumb(t.get("account-heading"), "/konto");
    shell.hidden_from_search = true;
    page(&OwnDataPage { shell, t })
}

/// The file.
pub(crate) async fn file(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let (person, own) = (reader(&ctx)?.person, app.clone());
    let (tables, now) = app
        .read(&ctx, move |tx| {
            let mut tables: Map<String, Value> = Map::new();
            for kept in &own.parts.ports.personal {
                for part in (kept.export)(tx, person)? {
                    tables.insert(part.table.to_owned(), part.rows.into());
                }
            }
            Ok::<_, AppError>((tables, tx.now()?))
        })
        .await?;
    let sites: Vec<Value> = app.sites.all().iter().map(|site| json!({ "id": site.id.get(), "name": site.name, "address": site.base_url })).collect();
    let value = json!({ "format": FORMAT, "written_at": now.timestamp().to_string(), "sites": sites, "tables": tables });
    let headers = [
        (CONTENT_TYPE, "application/json; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"meine-daten.json\""),
        (CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, format!("{value:#}\n")).into_response())
}
