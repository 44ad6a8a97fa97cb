//! The weighing table as a file: CSV, ODT, DOCX, XBeteiligung. In public what is public, at the desk proposals too.

use crate::pages::{frame, id_of};
use crate::store::{processes, versions};
use crate::texts::Shown;
use crate::weighing::store::table::{self as rows, PublicRow, Shows};
use crate::weighing::table::{self, Source};
use allmende_core::Instant;
use allmende_core::fold::slug;
use allmende_db::Tx;
use allmende_platform::dates::Dates;
use allmende_platform::web::AppError;
use allmende_platform::{App, Ctx};
use allmende_texts::write;
use axum::extract::{Path, State as Axum};
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Statements read in one go.
const TOGETHER: i64 = 500;

/// What a file is made from.
struct Whole {
    now: Instant,
    process: processes::Process,
    shown: Option<Arc<Shown>>,
    rows: Vec<PublicRow>,
}

/// The file that a name asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Csv,
    Odt,
    Docx,
    Xml,
}

impl Form {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "abwaegung.csv" => Self::Csv,
            "abwaegung.odt" => Self::Odt,
            "abwaegung.docx" => Self::Docx,
            "abwaegung.xml" => Self::Xml,
            _ => return None,
        })
    }

    const fn media_type(self) -> (&'static str, &'static str) {
        match self {
            Self::Csv => ("csv", "text/csv; charset=utf-8; header=present"),
            Self::Odt => ("odt", "application/vnd.oasis.opendocument.text"),
            Self::Docx => ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            Self::Xml => ("xml", "application/xml; charset=utf-8"),
        }
    }
}

/// Everything of a process, piece by piece.
fn read(tx: &mut Tx<'_>, id: i64, shows: Shows) -> Result<Whole, AppError> {
    let process = processes::find(tx, id)?;
    let process = if shows == Shows::Public { frame::public(process)? } else { process.ok_or(AppError::NotFound)? };
    let newest = versions::list(tx, id)?.into_iter().find(|version| version.is_public);
    let shown = newest.map(|version| versions::shown(tx, &version)).transpose()?;
    let (mut all, mut from) = (Vec::new(), 1);
    loop {
        let piece = rows::list(tx, id, shows, from, TOGETHER)?;
        let Some(last) = piece.last().map(|row| row.number) else { break };
        from = last + 1;
        all.extend(piece);
    }
    Ok(Whole { now: tx.now()?, process, shown, rows: all })
}

/// A file that was made, and the name under which it is taken along.
pub(crate) struct Made {
    pub(crate) bytes: Vec<u8>,
    pub(crate) name: String,
    media_type: &'static str,
}

/// Makes the file that a name asks for.
///
/// # Errors
/// 404 for no such process or file.
pub(crate) async fn make(app: &App, ctx: &Ctx, id: i64, name: &str, shows: Shows) -> Result<Made, AppError> {
    let form = Form::of(name).ok_or(AppError::NotFound)?;
    let whole = app.read(ctx, move |tx| read(tx, id, shows)).await?;
    let (t, zone) = (ctx.t, ctx.site.zone.clone());
    // Packing some thousand rows takes a moment: not on a thread that serves others.
    let made = tokio::task::spawn_blocking(move || {
        let dates = Dates::new(t, zone, whole.now);
        let source = Source { t, dates: &dates, process: whole.process.id, title: &whole.process.title, shown: whole.shown.as_deref() };
        let bytes = bytes(form, &source, &whole.rows, shows)?;
        Ok::<_, anyhow::Error>((bytes, slug(&whole.process.title)))
    });
    let (bytes, slug) = made.await.map_err(anyhow::Error::from)??;
    let (ending, media_type) = form.media_type();
    Ok(Made { bytes, name: format!("abwaegung-{id}-{slug}.{ending}"), media_type })
}

async fn answer(app: &App, ctx: &Ctx, id: i64, name: &str, shows: Shows) -> Result<Response, AppError> {
    let made = make(app, ctx, id, name, shows).await?;
    let file = format!("attachment; filename=\"{}\"", made.name);
    let mut response = ([(CONTENT_TYPE, made.media_type.to_owned()), (CONTENT_DISPOSITION, file)], made.bytes).into_response();
    if shows == Shows::Public {
        response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, axum::http::HeaderValue::from_static("*"));
        response.headers_mut().insert(CACHE_CONTROL, axum::http::HeaderValue::from_static("public, max-age=60"));
    }
    Ok(response)
}

fn bytes(form: Form, source: &Source<'_>, rows: &[PublicRow], shows: Shows) -> anyhow::Result<Vec<u8>> {
    Ok(match form {
        Form::Csv => table::csv(source, rows).into_bytes(),
        Form::Xml => table::xbeteiligung(source, rows)?.into_bytes(),
        Form::Odt | Form::Docx => {
            let (text, layout) = table::document(source, rows, shows == Shows::Proposals)?;
            if form == Form::Odt { write::odt(&text, &layout)? } else { write::docx(&text, &layout)? }
        }
    })
}

/// `/beteiligung/{slug}/antworten/abwaegung.csv` and so on.
///
/// # Errors
/// 404 for what is no public process or no such file, 410 for what was one.
pub async fn public(Axum(app): Axum<App>, ctx: Ctx, Path((slug, name)): Path<(String, String)>) -> Result<Response, AppError> {
    answer(&app, &ctx, id_of(&slug)?, &name, Shows::Public).await
}

/// The same with what is proposed and approved, for the house and the paper of the council.
///
/// # Errors
/// 404 for no such process or file.
pub async fn house(Axum(app): Axum<App>, ctx: Ctx, Path((id, name)): Path<(i64, String)>) -> Result<Response, AppError> {
    answer(&app, &ctx, id, &name, Shows::Proposals).await
}
