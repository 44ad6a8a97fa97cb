//! Files at the desk and on their way out: uploads into the content store, `/dateien/{id}/{name}`.
//!
//! What a file is, its content says; its name is only a name. What is not public answers strangers as if it did not exist.

use crate::entry::kinds::Sort;
use crate::entry::names::{self, Type};
use crate::entry::rules::{self, State};
use crate::read_file;
use crate::store::entry::{self, Stand};
use crate::store::{entry_files, entry_read, entry_state, import_links, import_objects};
use allmende_core::{Act, Refusal, may};
use allmende_db::Tx;
use allmende_oparl::{self as oparl, Common, Kind};
use allmende_platform::attachments::{Attachments, NewFile};
use allmende_platform::files::{Files, StoreError, Stored};
use allmende_platform::limits::UPLOAD_BYTES_MAX;
use allmende_platform::web::download::Download;
use allmende_platform::web::{Policy, Routes};
use allmende_platform::{App, AppError, Ctx};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State as Extract};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;

/// Bytes by which a type is told.
const HEAD_BYTES: usize = 4096;
/// Nothing in a file may run or load anything. Browsers do not show PDF in a sandbox, so that has the rest of it.
const POLICY_SANDBOX: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox; frame-ancestors 'none'";
const POLICY_PDF: &str = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'";

/// The routes of files.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get("/dateien/{id}/{name}", Policy::Public, serve).post("/verwaltung/rat/{sort}/{id}/dateien", Policy::Act(Act::EditCouncil), upload)
}

/// Serves a kept file, shown in place if it is a PDF or a picture.
///
/// # Errors
/// 404 for what is not kept here or not public, 410 for what was withdrawn.
pub async fn serve(Extract(app): Extract<App>, ctx: Ctx, Path((id, _)): Path<(i64, String)>, headers: HeaderMap) -> Result<Response, AppError> {
    let found = app.read(&ctx, move |tx| Ok::<_, AppError>(entry_files::kept(tx, id)?)).await?.ok_or(AppError::NotFound)?;
    match found.state {
        State::Public => {}
        State::Draft if may(&ctx.actor, Act::ReadDrafts) => {}
        State::Internal | State::Withdrawn if may(&ctx.actor, Act::ReadNonPublic) => {}
        State::Withdrawn => return Err(AppError::Gone),
        State::Draft | State::Internal => return Err(AppError::NotFound),
    }
    let is_loaded = ctx.query.split('&').any(|pair| pair == "herunterladen=1") || !names::is_shown(&found.media_type);
    let name = allmende_platform::web::routes::encode(&found.file_name).replace('/', "_");
    let disposition = format!("{}; filename*=UTF-8''{name}", if is_loaded { "attachment" } else { "inline" });
    let policy = if found.media_type == "application/pdf" { POLICY_PDF } else { POLICY_SANDBOX };
    let is_public = found.state == State::Public;
    Download { sha256: &found.sha256, media_type: &found.media_type, disposition: &disposition, policy, is_public }.send(&app, &headers).await
}

/// What came in a form with a file.
#[derive(Default)]
struct Upload {
    file: Option<(Stored, Type, String)>,
    name: String,
    role: String,
}

async fn upload(Extract(app): Extract<App>, ctx: Ctx, Path((path, id)): Path<(String, i64)>, mut request: Request) -> Result<Response, AppError> {
    let owns_files = |sort: &&Sort| matches!(sort.kind, Kind::Paper | Kind::Meeting | Kind::AgendaItem);
    let sort = Sort::at(&path).filter(owns_files).ok_or(AppError::NotFound)?;
    DefaultBodyLimit::max(UPLOAD_BYTES_MAX).apply(&mut request);
    let form = Multipart::from_request(request, &()).await.map_err(|_| Refusal::of_field("file", "admin-council-refusal-upload"))?;
    let upload = receive(&app, form).await?;
    let Some((stored, kind, file_name)) = upload.file else { return Err(Refusal::of_field("file", "admin-council-refusal-upload").into()) };
    let (name, role) = (upload.name, role_of(sort.kind, &upload.role));
    app.write(&ctx, move |tx| keep(tx, sort.kind, id, &Incoming { role, name: &name, file_name: &file_name, kind, stored: &stored })).await?;
    Ok(Redirect::to(&format!("{}?hinweis=council-saved#unterlagen", sort.path_of(id))).into_response())
}

/// Papers that were entered here take files of other rooms.
pub const ATTACHMENTS: Attachments = Attachments { papers: entry_files::open_papers, attach };

fn attach(tx: &mut Tx<'_>, paper: i64, file: &NewFile<'_>) -> Result<String, AppError> {
    let kind = Type::of(file.content, file.name).ok_or(Refusal::of_field("file", "admin-council-refusal-file-type"))?;
    let file_name = names::clean(file.name, kind);
    keep(tx, Kind::Paper, paper, &Incoming { role: role_of(Kind::Paper, ""), name: file.title, file_name: &file_name, kind, stored: file.stored })?;
    Ok(Sort::of(Kind::Paper).map(|sort| sort.path_of(paper)).unwrap_or_default())
}

/// A stored file on its way to an owner.
struct Incoming<'a> {
    role: &'static str,
    name: &'a str,
    file_name: &'a str,
    kind: Type,
    stored: &'a Stored,
}

fn keep(tx: &mut Tx<'_>, owner: Kind, id: i64, file: &Incoming<'_>) -> Result<(), AppError> {
    let Incoming { role, name, file_name, kind, stored } = *file;
    let mark = entry_read::mark(tx, owner, id)?.ok_or(AppError::NotFound)?;
    if mark.is_imported {
        return Err(AppError::from(Refusal::new("admin-council-refusal-imported")));
    }
    if owner == Kind::AgendaItem && entry_read::is_announced(tx, id)? {
        return Err(AppError::from(Refusal::of_field("file", "admin-council-refusal-item-closed-paper")));
    }
    // Parts of what is internal stay inside; all others wait until they are published.
    let state = if mark.state == State::Internal { State::Internal } else { State::Draft };
    let now = tx.now()?;
    let stand = Stand { id: None, state, created_at: now.millis(), modified_at: now.millis() };
    let title = if name.trim().is_empty() { file_name.to_owned() } else { rules::check_title("name", name)? };
    let object = oparl::File {
        common: Common::default(),
        name: Some(title),
        file_name: Some(file_name.to_owned()),
        mime_type: Some(kind.media_type().to_owned()),
        date: Some(Timestamp::to_zoned(now.timestamp(), jiff::tz::TimeZone::UTC).date()),
        size: i64::try_from(stored.size_bytes).ok(),
        sha512_checksum: Some(stored.sha512.clone()),
        ..oparl::File::default()
    };
    let file = entry::file(tx, &stand, &object, &stored.sha256)?;
    let position = i64::try_from(entry_read::files(tx, owner, id)?.len()).unwrap_or(0) + 1;
    import_links::add_file(tx, owner, id, role, position, file)?;
    if kind.has_text() {
        import_objects::wait_for_text(tx, file)?;
        read_file::ask(tx, file, now.millis())?;
    }
    entry_state::touch(tx, owner, id, now.millis())?;
    Ok(())
}

/// The part that a file plays; anything unknown is auxiliary.
fn role_of(owner: Kind, role: &str) -> &'static str {
    let allowed: &[&'static str] = match owner {
        Kind::Paper => &["main"],
        Kind::Meeting => &["invitation", "results", "verbatim"],
        _ => &["resolution"],
    };
    allowed.iter().copied().find(|allowed| *allowed == role).unwrap_or("auxiliary")
}

async fn receive(app: &App, mut form: Multipart) -> Result<Upload, AppError> {
    let broken = |_| AppError::from(Refusal::of_field("file", "admin-council-refusal-upload"));
    let mut upload = Upload::default();
    while let Some(mut field) = form.next_field().await.map_err(broken)? {
        match field.name().unwrap_or_default() {
            "name" => upload.name = short(&field.text().await.map_err(broken)?),
            "role" => upload.role = short(&field.text().await.map_err(broken)?),
            "file" if upload.file.is_none() => {
                let given = field.file_name().unwrap_or_default().to_owned();
                let files = Files::of(&app.parts.data);
                let mut draft = files.begin().map_err(refused)?;
                let mut head = Vec::new();
                while let Some(piece) = field.chunk().await.map_err(broken)? {
                    head.extend(piece.iter().take(HEAD_BYTES - head.len().min(HEAD_BYTES)));
                    draft.write(&piece, UPLOAD_BYTES_MAX as u64).map_err(refused)?;
                }
                let kind = Type::of(&head, &given).ok_or(Refusal::of_field("file", "admin-council-refusal-file-type"))?;
                let stored = tokio::task::spawn_blocking(move || files.settle(draft)).await.map_err(anyhow::Error::from)?.map_err(refused)?;
                upload.file = Some((stored, kind, names::clean(&given, kind)));
            }
            _ => {}
        }
    }
    Ok(upload)
}

fn short(text: &str) -> String {
    text.trim().chars().filter(|letter| !letter.is_control()).take(300).collect()
}

fn refused(error: StoreError) -> AppError {
    match error {
        StoreError::TooLarge => Refusal::of_field("file", "admin-council-refusal-file-too-large").into(),
        StoreError::Io(error) => AppError::Internal(error.into()),
    }
}
