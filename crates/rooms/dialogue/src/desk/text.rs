//! Step 2: the text, from a file or pasted, shown as it was understood and with what was left out. The same page takes a next version
//! of a text that is public already, shows what would change, and publishes it: all statements come along.

use super::{Step, Whole, own_path, process_shell, steps};
use crate::pages::passages::{self, Passage};
use crate::pages::words::Words;
use crate::store::versions::{self, NewVersion};
use crate::texts::Shown;
use allmende_core::Refusal;
use allmende_platform::limits::{LINE_CHARS_MAX, TEXT_CHARS_MAX};
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{AppError, Fields, Form, Shell, page};
use allmende_platform::{App, Ctx};
use allmende_texts::difference::{Counts, count};
use allmende_texts::read::LeftOut;
use allmende_texts::{Format, Limits, ReadError, Reading, difference, read};
use askama::Template;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State as Axum};
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;

/// Bytes of an upload around its file.
const AROUND_BYTES: usize = 512 * 1024;

#[derive(Template)]
#[template(path = "beteiligung/desk_text.html")]
struct TextPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    words: Words,
    steps: Vec<Step>,
    id: i64,
    form: Form,
    is_public: bool,
    heading: Option<String>,
    file_name: String,
    left_out: Vec<String>,
    passages: Vec<Passage>,
    difference: Option<String>,
    carry: String,
    has_draft: bool,
}

struct Read {
    whole: Whole,
    shown: Option<Arc<Shown>>,
    before: Option<Arc<Shown>>,
}

async fn build(app: &App, ctx: &Ctx, id: i64, refused: Option<Form>) -> Result<TextPage, AppError> {
    let read = app
        .read(ctx, move |tx| {
            let whole = Whole::read(tx, id)?;
            whole.consultation().ok_or(AppError::NotFound)?;
            let version = whole.draft().or_else(|| whole.newest_public()).cloned();
            let shown = version.map(|version| versions::shown(tx, &version)).transpose()?;
            let before = match (whole.draft(), whole.newest_public()) {
                (Some(_), Some(before)) => Some(versions::shown(tx, &before.clone())?),
                _ => None,
            };
            Ok::<_, AppError>(Read { whole, shown, before })
        })
        .await?;
    let (t, words) = (ctx.t, Words::new(ctx, read.whole.now));
    let version = read.whole.draft().or_else(|| read.whole.newest_public()).cloned();
    let counts = match (&read.before, &read.shown) {
        (Some(before), Some(shown)) => Some(compared(Arc::clone(before), Arc::clone(shown)).await?),
        _ => None,
    };
    let form = refused.unwrap_or_else(|| Form::new(t).with("note", version.as_ref().map(|version| version.note.clone()).unwrap_or_default()));
    let mut shell = process_shell(app, ctx, &read.whole.process, t.get("admin-dialogue-step-text"));
    form.mark(&mut shell);
    Ok(TextPage {
        shell,
        t,
        desk: desk(app, ctx),
        steps: if read.whole.process.is_public() { Vec::new() } else { steps(ctx, id, true, 2) },
        id,
        form,
        is_public: read.whole.process.is_public(),
        heading: version.as_ref().map(|version| t.with("admin-dialogue-understood", &[("number", version.number.into())])),
        file_name: version.as_ref().map(|version| version.file_name.clone()).unwrap_or_default(),
        left_out: version.as_ref().map(|version| left_out_words(t, &version.left_out)).unwrap_or_default(),
        passages: match (&read.shown, &version) {
            (Some(shown), Some(version)) => passages::passages(&words, shown, &[], &[], version.id, None),
            _ => Vec::new(),
        },
        difference: counts.map(|counts| {
            t.with(
                "admin-dialogue-difference",
                &[("changed", counts.changed.into()), ("new", counts.inserted.into()), ("gone", counts.deleted.into()), ("same", counts.same.into())],
            )
        }),
        carry: t.with("admin-dialogue-carry", &[("count", read.whole.process.statements.into())]),
        has_draft: read.whole.draft().is_some(),
        words,
    })
}

async fn compared(before: Arc<Shown>, after: Arc<Shown>) -> Result<Counts, AppError> {
    let work = tokio::task::spawn_blocking(move || count(&difference(&before.text, &after.text)));
    Ok(work.await.map_err(anyhow::Error::from)?)
}

/// The page.
pub(super) async fn show(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>) -> Result<Response, AppError> {
    page(&build(&app, &ctx, id, None).await?)
}

/// What came with the form: the text and where it is from.
struct Upload {
    format: Format,
    bytes: Vec<u8>,
    file_name: String,
    note: String,
}

async fn receive(request: Request) -> Result<Upload, Refusal> {
    let missing = || Refusal::of_field("file", "admin-dialogue-text-missing");
    let large = |_| Refusal::of_field("file", "admin-dialogue-text-too-large");
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| missing())?;
    let (mut file, mut pasted, mut note) = (None, String::new(), String::new());
    while let Some(field) = form.next_field().await.map_err(|_| missing())? {
        match field.name() {
            Some("file") => {
                let name: String = field.file_name().unwrap_or_default().chars().filter(|letter| !letter.is_control()).take(LINE_CHARS_MAX).collect();
                let bytes = field.bytes().await.map_err(large)?;
                if !bytes.is_empty() {
                    let format = Format::of_name(&name).ok_or_else(|| Refusal::of_field("file", "admin-dialogue-text-format"))?;
                    file = Some((format, bytes.to_vec(), name));
                }
            }
            Some("pasted") => pasted = field.text().await.map_err(large)?,
            Some("note") => note = field.text().await.map_err(large)?.trim().chars().take(1_000).collect(),
            _ => {}
        }
    }
    match file {
        Some((format, bytes, file_name)) => Ok(Upload { format, bytes, file_name, note }),
        None if !pasted.trim().is_empty() && pasted.chars().count() <= TEXT_CHARS_MAX * 10 => {
            Ok(Upload { format: format_of(&pasted), bytes: pasted.into_bytes(), file_name: String::new(), note })
        }
        None => Err(missing()),
    }
}

/// Pasted text with headings marked by `#` is Markdown, everything else plain.
fn format_of(pasted: &str) -> Format {
    if pasted.lines().any(|line| line.starts_with('#')) { Format::Markdown } else { Format::Plain }
}

fn problem(error: &ReadError) -> Refusal {
    let key = match error {
        ReadError::TooLarge { .. } => "admin-dialogue-text-too-large",
        ReadError::TooLong { .. } | ReadError::TooManyUnits { .. } | ReadError::UnitTooLong { .. } => "admin-dialogue-text-too-long",
        ReadError::Encrypted => "admin-dialogue-text-encrypted",
        ReadError::Macros => "admin-dialogue-text-macros",
        ReadError::Broken | ReadError::NotText => "admin-dialogue-text-broken",
        ReadError::Empty => "admin-dialogue-text-empty",
    };
    Refusal { key, field: Some("file") }
}

const fn left_out_key(left: LeftOut) -> &'static str {
    match left {
        LeftOut::Picture => "admin-dialogue-left-picture",
        LeftOut::Note => "admin-dialogue-left-note",
        LeftOut::Comment => "admin-dialogue-left-comment",
        LeftOut::Deletion => "admin-dialogue-left-deletion",
        LeftOut::Formula => "admin-dialogue-left-formula",
        LeftOut::Script => "admin-dialogue-left-script",
        LeftOut::Link => "admin-dialogue-left-link",
        LeftOut::Markup => "admin-dialogue-left-markup",
    }
}

fn left_out_words(t: Speaker, json: &str) -> Vec<String> {
    let pairs: Vec<(String, usize)> = serde_json::from_str(json).unwrap_or_default();
    pairs.into_iter().filter(|(key, _)| key.starts_with("admin-dialogue-left-")).map(|(key, count)| t.count(&key, count)).collect()
}

/// Reads a text and keeps it as the draft of the next version.
pub(super) async fn save(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>, mut request: Request) -> Result<Response, AppError> {
    let limits = Limits::default();
    DefaultBodyLimit::max(limits.bytes_max + AROUND_BYTES).apply(&mut request);
    let upload = match receive(request).await {
        Ok(upload) => upload,
        Err(refusal) => return refused_page(&build(&app, &ctx, id, Some(Form::refused(ctx.t, &Fields::default(), [refusal]))).await?),
    };
    let (format, bytes) = (upload.format, upload.bytes);
    let reading = tokio::task::spawn_blocking(move || read(format, &bytes, &limits)).await.map_err(anyhow::Error::from)?;
    let reading = match reading {
        Ok(reading) => reading,
        Err(error) => return refused_page(&build(&app, &ctx, id, Some(Form::refused(ctx.t, &Fields::default(), [problem(&error)]))).await?),
    };
    let new = new_version(&reading, upload.file_name, upload.note)?;
    app.write(&ctx, move |tx| {
        let whole = Whole::read(tx, id)?;
        let part = whole.consultation().ok_or(AppError::NotFound)?.id;
        let title = whole.process.title.clone();
        versions::keep_draft(tx, part, reading.text.clone(), &NewVersion { title, ..new.clone() })
    })
    .await?;
    Ok(Redirect::to(&format!("{}/text", own_path(id))).into_response())
}

fn new_version(reading: &Reading, file_name: String, note: String) -> Result<NewVersion, AppError> {
    let left: Vec<(&str, usize)> = reading.left_out.iter().map(|(left, count)| (left_out_key(*left), *count)).collect();
    let left_out = serde_json::to_string(&left).map_err(anyhow::Error::from)?;
    Ok(NewVersion { title: String::new(), note, left_out, file_name })
}

/// Publishes the draft of a next version of a public text.
pub(super) async fn publish(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>) -> Result<Response, AppError> {
    let asked = ctx.clone();
    app.write(&ctx, move |tx| {
        let whole = Whole::read(tx, id)?;
        let draft = whole.draft().filter(|_| whole.process.is_public()).ok_or(AppError::NotFound)?;
        versions::publish(tx, &whole.process, draft, &asked.actor)
    })
    .await?;
    Ok(Redirect::to(&format!("{}?hinweis=admin-dialogue-version", own_path(id))).into_response())
}
