//! `/verwaltung/orte`: a file is chosen, what was understood of it is shown, and only then it replaces the gazetteer.
//!
//! Between the two the file lies among the kept files under its digest; unless it is loaded it is gone with the next tidying.

use crate::store::{self, Replaced};
use allmende_core::Refusal;
use allmende_places::read::{FILE_BYTES_MAX, Reading, read};
use allmende_places::{Kind, Severity};
use allmende_platform::dates::Dates;
use allmende_platform::files::{Files, StoreError};
use allmende_platform::limits::LINE_CHARS_MAX;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use std::io::Read;

/// Places that the preview shows.
const PREVIEW_ROWS: usize = 20;
/// Bytes of an upload around its file.
const AROUND_BYTES: usize = 64 * 1024;

#[derive(Template)]
#[template(path = "orte/overview.html")]
struct DeskPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    form: Form,
    loaded: Option<String>,
    counts: Vec<(&'static str, String)>,
}

/// What is loaded, and the form for another file.
///
/// # Errors
/// What the database reports.
pub async fn overview(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    page(&overview_page(&app, &ctx, Form::new(ctx.t)).await?)
}

async fn overview_page(app: &App, ctx: &Ctx, form: Form) -> Result<DeskPage, AppError> {
    let (gazetteer, places, now) = app
        .read(ctx, |tx| {
            let gazetteer = store::find_gazetteer(tx)?;
            Ok::<_, AppError>((gazetteer, store::count_kinds(tx)?, tx.now()?))
        })
        .await?;
    let t = ctx.t;
    let dates = Dates::new(t, ctx.site.zone.clone(), now);
    let loaded = gazetteer.map(|own| t.with("admin-places-loaded", &[("file", (&own.source_name).into()), ("at", (&dates.moment(own.loaded_at)).into())]));
    let mut shell = desk_shell(app, ctx, t.get("admin-places"));
    form.mark(&mut shell);
    Ok(DeskPage {
        shell,
        t,
        desk: desk(app, ctx),
        form,
        loaded,
        counts: counts(t, |kind| places.iter().find(|(own, _)| *own == kind).map_or(0, |(_, count)| *count)),
    })
}

fn desk_shell(app: &App, ctx: &Ctx, title: &str) -> Shell {
    let mut shell = Shell::new(app, ctx, title).crumb(ctx.t.get("nav-start"), "/").crumb(ctx.t.get("shell-desk"), "/verwaltung");
    shell.hidden_from_search = true;
    shell
}

fn counts(t: Speaker, count: impl Fn(Kind) -> i64) -> Vec<(&'static str, String)> {
    let key = |kind: Kind| match kind {
        Kind::District => "admin-places-districts",
        Kind::Street => "admin-places-streets",
        Kind::Place => "admin-places-others",
    };
    Kind::ALL.into_iter().map(|kind| (t.get(key(kind)), t.number(count(kind)))).collect()
}

/// A place of the preview.
struct Row {
    name: String,
    kind: &'static str,
    district: String,
    point: String,
    other_names: String,
}

/// A problem of the file.
struct ProblemRow {
    line: usize,
    is_error: bool,
    text: &'static str,
    detail: String,
}

#[derive(Template)]
#[template(path = "orte/preview.html")]
struct PreviewPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    form: Form,
    file_name: String,
    digest: String,
    is_sound: bool,
    summary: String,
    counts: Vec<(&'static str, String)>,
    rows: Vec<Row>,
    problems: Vec<ProblemRow>,
    more_problems: Option<String>,
}

/// Takes a file and shows what was understood. Nothing of the gazetteer changes.
///
/// # Errors
/// 422 with the form where no file came; what the file says wrong stands on the page of the preview.
pub async fn preview(State(app): State<App>, ctx: Ctx, mut request: Request) -> Result<Response, AppError> {
    DefaultBodyLimit::max(FILE_BYTES_MAX + AROUND_BYTES).apply(&mut request);
    let (name, bytes) = match receive(request).await {
        Ok(upload) => upload,
        Err(refusal) => {
            let form = Form::refused(ctx.t, &Fields::default(), [refusal]);
            return refused_page(&overview_page(&app, &ctx, form).await?);
        }
    };
    let files = Files::of(&app.parts.data);
    let kept = tokio::task::spawn_blocking(move || -> Result<_, StoreError> {
        let reading = read(&bytes);
        let stored = files.store(&mut bytes.as_slice(), FILE_BYTES_MAX as u64)?;
        Ok((reading, stored))
    });
    let (reading, stored) = kept.await.map_err(anyhow::Error::from)?.map_err(anyhow::Error::from)?;
    let view = preview_page(&app, &ctx, &reading, name, stored.sha256);
    if view.is_sound { page(&view) } else { refused_page(&view) }
}

/// The file of the form and its name.
async fn receive(request: Request) -> Result<(String, Vec<u8>), Refusal> {
    let missing = || Refusal::of_field("file", "admin-places-refusal-file");
    let large = || Refusal::of_field("file", "admin-places-problem-file-too-large");
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| missing())?;
    while let Some(field) = form.next_field().await.map_err(|_| missing())? {
        if field.name() == Some("file") {
            let name: String = field.file_name().unwrap_or_default().chars().filter(|letter| !letter.is_control()).take(LINE_CHARS_MAX).collect();
            let bytes = field.bytes().await.map_err(|_| large())?;
            return if bytes.is_empty() { Err(missing()) } else { Ok((name, bytes.to_vec())) };
        }
    }
    Err(missing())
}

fn preview_page(app: &App, ctx: &Ctx, reading: &Reading, file_name: String, digest: String) -> PreviewPage {
    let t = ctx.t;
    let count = |kind: Kind| i64::try_from(reading.places.iter().filter(|place| place.kind == kind).count()).unwrap_or(i64::MAX);
    let kind = |kind: Kind| match kind {
        Kind::District => t.get("places-kind-district"),
        Kind::Street => t.get("places-kind-street"),
        Kind::Place => t.get("places-kind-place"),
    };
    let rows = reading.places.iter().take(PREVIEW_ROWS).map(|place| Row {
        name: place.name.clone(),
        kind: kind(place.kind),
        district: place.district.clone().unwrap_or_default(),
        point: place.point().map(|point| format!("{:.5}, {:.5}", point.latitude, point.longitude)).unwrap_or_default(),
        other_names: place.other_names.join(", "),
    });
    let problems = reading.problems.iter().map(|problem| ProblemRow {
        line: problem.line,
        is_error: problem.trouble.severity() == Severity::Error,
        text: t.find(&format!("admin-places-problem-{}", problem.trouble.key())).unwrap_or_else(|| problem.trouble.sentence()),
        detail: problem.detail.clone(),
    });
    PreviewPage {
        shell: desk_shell(app, ctx, t.get("admin-places-preview")).crumb(t.get("admin-places"), "/verwaltung/orte"),
        desk: desk(app, ctx),
        form: Form::new(t),
        is_sound: reading.is_sound(),
        summary: t.with(
            "admin-places-understood",
            &[("count", reading.places.len().into()), ("errors", reading.errors.into()), ("warnings", reading.warnings.into())],
        ),
        counts: counts(t, count),
        rows: rows.collect(),
        problems: problems.collect(),
        more_problems: Some((reading.errors + reading.warnings).saturating_sub(reading.problems.len()))
            .filter(|more| *more > 0)
            .map(|more| t.count("admin-places-more-problems", more)),
        file_name,
        digest,
        t,
    }
}

/// Loads the file of a preview: all of it or nothing.
///
/// # Errors
/// 422 if the file is gone or has an error.
pub async fn load(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let gone = || AppError::from(Refusal::of_field("file", "admin-places-refusal-gone"));
    let (digest, name) = (fields.line("digest"), fields.line("name"));
    if digest.len() != 64 || !digest.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(gone());
    }
    let files = Files::of(&app.parts.data);
    let opened = tokio::task::spawn_blocking(move || -> std::io::Result<Option<Reading>> {
        let Some(file) = files.open(&digest)? else { return Ok(None) };
        let mut bytes = Vec::new();
        file.take(FILE_BYTES_MAX as u64 + 1).read_to_end(&mut bytes)?;
        Ok(Some(read(&bytes)))
    });
    let reading = opened.await.map_err(anyhow::Error::from)?.map_err(anyhow::Error::from)?.ok_or_else(gone)?;
    if !reading.is_sound() {
        return Err(Refusal::of_field("file", "admin-places-refusal-errors").into());
    }
    let places = reading.places;
    let replaced: Replaced = app.write(&ctx, move |tx| Ok::<_, AppError>(store::replace(tx, &places, &name)?)).await?;
    let notice = if replaced.is_change() { "admin-places-loaded" } else { "admin-places-same" };
    Ok(Redirect::to(&format!("/verwaltung/orte?hinweis={notice}")).into_response())
}
