//! `/beteiligung/{slug}/bogen`: the sheet for those who write on paper. It bears a code, and each passage its number, so that the
//! house can enter it where it belongs.

use super::frame;
use super::id_of;
use super::process::Read;
use super::words::Words;
use crate::store::versions;
use crate::texts;
use allmende_platform::texts::Speaker;
use allmende_platform::web::{AppError, Shell, page};
use allmende_platform::{App, Ctx};
use allmende_texts::Kind;
use askama::Template;
use axum::extract::{Path, State as Axum};
use axum::response::Response;

struct Line {
    number: i64,
    is_heading: bool,
    html: String,
}

#[derive(Template)]
#[template(path = "beteiligung/sheet.html")]
struct SheetPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    title: String,
    lead: String,
    code: String,
    until: String,
    address: String,
    paper_way: String,
    lines: Vec<Line>,
}

/// The code on a sheet: the process and the version it was printed from.
#[must_use]
pub fn code(process: i64, version: i64) -> String {
    format!("B{process}-F{version}")
}

/// The sheet.
///
/// # Errors
/// 404 for what is no public process with a text.
pub async fn sheet(Axum(app): Axum<App>, ctx: Ctx, Path(slug): Path<String>) -> Result<Response, AppError> {
    let id = id_of(&slug)?;
    let (read, version, shown) = app
        .read(&ctx, move |tx| {
            let read = Read::of(tx, id)?;
            let version = read.newest().cloned().ok_or(AppError::NotFound)?;
            let shown = versions::shown(tx, &version)?;
            Ok::<_, AppError>((read, version, shown))
        })
        .await?;
    let (t, words) = (ctx.t, Words::new(&ctx, read.now));
    let lines = shown.text.units().iter().zip(&shown.html).map(|(unit, html)| Line {
        number: texts::number(unit.id),
        is_heading: matches!(unit.kind, Kind::Heading { .. }),
        html: html.clone(),
    });
    page(&SheetPage {
        shell: frame::shell(&app, &ctx, &read.process, t.with("dialogue-sheet-title", &[("title", (&read.process.title).into())]))
            .crumb(read.process.title.clone(), read.process.path())
            .here(t.get("dialogue-sheet")),
        title: read.process.title.clone(),
        lead: read.process.lead.clone(),
        code: code(id, version.number),
        until: words.when(&read.process),
        address: format!("{}{}", ctx.site.base_url, read.process.path()),
        paper_way: read.process.paper_way.clone(),
        lines: lines.collect(),
        words,
        t,
    })
}
