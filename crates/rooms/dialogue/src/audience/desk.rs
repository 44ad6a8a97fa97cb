//! The desk's page of lists and codes: the census of a process, codes for letters, tokens, and how many of them were used.

use crate::audience::rules::lists;
use crate::audience::store::{self, Listed};
use crate::audience::words::sentence;
use crate::desk::{own_path, process_shell};
use crate::pages::words::Words;
use crate::store::processes::{self, Process};
use allmende_audience::census::{Problem, Trouble};
use allmende_core::{Instant, Refusal};
use allmende_db::Tx;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{AppError, Choice, Fields, Form, Shell, page as answer};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, State as Axum};
use axum::response::{IntoResponse, Redirect, Response};

/// Problems of a file that are shown.
const PROBLEMS_SHOWN: usize = 50;

/// A batch on the page.
struct Row {
    id: i64,
    kind: &'static str,
    title: String,
    day: String,
    entries: String,
    used: String,
    can_lock: bool,
    is_locked: bool,
}

/// What came of an upload.
pub(super) struct Report {
    /// "4.200 Menschen stehen jetzt in der Liste."
    pub done: String,
    /// Lines that were left out, each in a sentence.
    pub problems: Vec<String>,
    /// How many of these there are in all.
    pub more: usize,
}

#[derive(Template)]
#[template(path = "beteiligung/desk_teilnahme.html")]
struct AudiencePage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    id: i64,
    sentence: String,
    rows: Vec<Row>,
    census: bool,
    codes: bool,
    tokens: bool,
    shapes: Vec<Choice>,
    upload: Form,
    make: Form,
    report: Option<Report>,
    is_draft: bool,
}

/// Which of the two forms was refused.
pub(super) enum Which {
    /// The census.
    Upload,
    /// Codes and tokens.
    Make,
}

struct Read {
    process: Process,
    batches: Vec<Listed>,
    now: Instant,
}

async fn read(app: &App, ctx: &Ctx, id: i64) -> Result<Read, AppError> {
    app.read(ctx, move |tx| {
        let process = processes::find(tx, id)?.ok_or(AppError::NotFound)?;
        Ok::<_, AppError>(Read { batches: store::list_batches(tx, id)?, now: tx.now()?, process })
    })
    .await
}

async fn view(app: &App, ctx: &Ctx, id: i64, refused: Option<(Which, Form)>, report: Option<Report>) -> Result<AudiencePage, AppError> {
    let read = read(app, ctx, id).await?;
    let (t, words) = (ctx.t, Words::new(ctx, read.now));
    let kinds: Vec<&str> = lists(&read.process.audience).collect();
    let mut shell = process_shell(app, ctx, &read.process, t.get("admin-audience"));
    let (mut upload, mut make) = (Form::new(t), Form::new(t).with("uses", "1").with("form", "letters"));
    match refused {
        Some((Which::Upload, form)) => upload = form,
        Some((Which::Make, form)) => make = form,
        None => {}
    }
    upload.mark(&mut shell);
    make.mark(&mut shell);
    Ok(AudiencePage {
        shell,
        desk: desk(app, ctx),
        id,
        sentence: sentence(t, &read.process.audience),
        rows: read.batches.iter().map(|batch| row(&words, batch)).collect(),
        census: kinds.contains(&"census"),
        codes: kinds.contains(&"letter_code"),
        tokens: kinds.contains(&"token"),
        shapes: vec![Choice::new("letters", t.get("admin-audience-as-letters")), Choice::new("table", t.get("admin-audience-as-table"))],
        upload,
        make,
        report,
        is_draft: !read.process.is_public(),
        t,
    })
}

fn row(words: &Words, batch: &Listed) -> Row {
    let t = words.t;
    let (kind, is_code) = match batch.kind.as_str() {
        "census" => (t.get("admin-audience-kind-census"), false),
        "token" => (t.get("admin-audience-kind-token"), true),
        _ => (t.get("admin-audience-kind-letter-code"), true),
    };
    Row {
        id: batch.id,
        kind,
        title: batch.title.clone(),
        day: words.day_of(batch.added_at),
        entries: if batch.uses_each > 1 {
            t.with("admin-audience-entries-each", &[("count", batch.entries.into()), ("uses", batch.uses_each.into())])
        } else {
            t.number(batch.entries)
        },
        used: t.number(batch.used),
        can_lock: is_code && batch.locked_at.is_none(),
        is_locked: batch.locked_at.is_some(),
    }
}

/// The page. Two statements.
pub(super) async fn page(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>) -> Result<Response, AppError> {
    answer(&view(&app, &ctx, id, None, None).await?)
}

/// The page with a form that was refused.
pub(super) async fn refused(app: &App, ctx: &Ctx, id: i64, which: Which, form: Form) -> Result<Response, AppError> {
    refused_page(&view(app, ctx, id, Some((which, form)), None).await?)
}

/// The page with what came of an upload.
pub(super) async fn reported(app: &App, ctx: &Ctx, id: i64, report: Report) -> Result<Response, AppError> {
    answer(&view(app, ctx, id, None, Some(report)).await?)
}

/// What a file's problems say: the line and what to do, never what stands there.
pub(super) fn problems(t: Speaker, problems: &[Problem]) -> Vec<String> {
    let sentence = |problem: &Problem| {
        let text = match problem.trouble {
            Trouble::Twice(first) => t.with("census-twice", &[("line", first.into())]),
            other => t.find(other.key()).unwrap_or_default().to_owned(),
        };
        t.with("admin-audience-line", &[("line", problem.line.into()), ("text", (&text).into())])
    };
    problems.iter().take(PROBLEMS_SHOWN).map(sentence).collect()
}

/// Locks what is left of a batch of codes.
pub(super) async fn lock(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let batch = fields.raw("batch").parse::<i64>().map_err(|_| AppError::NotFound)?;
    app.write(&ctx, move |tx| if store::lock_batch(tx, id, batch)? { Ok(()) } else { Err(AppError::NotFound) }).await?;
    Ok(Redirect::to(&format!("{}/teilnahme?hinweis=admin-audience-locked", own_path(id))).into_response())
}

/// What the audience of a process needs before it can be public: a census, or codes.
///
/// # Errors
/// `admin-audience-lacks-census`, `admin-audience-lacks-codes`.
pub(crate) fn lacks(tx: &mut Tx<'_>, process: &Process) -> Result<(), AppError> {
    if lists(&process.audience).next().is_none() {
        return Ok(());
    }
    let kinds = store::list_kinds(tx, process.id)?;
    match lists(&process.audience).find(|kind| !kinds.iter().any(|own| own == kind)) {
        None => Ok(()),
        Some("census") => Err(AppError::Refused(Refusal::new("admin-audience-lacks-census"))),
        Some(_) => Err(AppError::Refused(Refusal::new("admin-audience-lacks-codes"))),
    }
}
