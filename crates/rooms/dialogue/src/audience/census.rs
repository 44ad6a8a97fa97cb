//! The census of a process is uploaded: read in memory, written as keyed digests, forgotten. A later file takes the place of the earlier
//! one; who took part already stays used.

use super::desk::{Report, Which, problems, refused, reported};
use super::rules::lists;
use super::store::{self, NewBatch, NewEntry};
use crate::store::processes;
use allmende_audience::Condition;
use allmende_audience::census::{self, Census, FILE_BYTES_MAX, Registered, Trouble};
use allmende_core::Refusal;
use allmende_platform::web::{AppError, Fields, Form};
use allmende_platform::{App, Ctx};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State as Axum};
use axum::response::Response;
use jiff::civil::Date;
use std::sync::Arc;

/// Bytes of an upload around its file.
const AROUND_BYTES: usize = 64 * 1024;
/// People that are written in one closure: others write in between.
const PEOPLE_AT_ONCE: usize = 1_000;

async fn receive(request: Request) -> Result<Vec<u8>, Refusal> {
    let missing = || Refusal::of_field("file", "admin-audience-file-missing");
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| missing())?;
    while let Some(field) = form.next_field().await.map_err(|_| missing())? {
        if field.name() == Some("file") {
            let bytes = field.bytes().await.map_err(|_| Refusal::of_field("file", Trouble::FileTooLarge.key()))?;
            return if bytes.is_empty() { Err(missing()) } else { Ok(bytes.to_vec()) };
        }
    }
    Err(missing())
}

/// Takes a file.
pub(super) async fn upload(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>, mut request: Request) -> Result<Response, AppError> {
    DefaultBodyLimit::max(FILE_BYTES_MAX + AROUND_BYTES).apply(&mut request);
    let refuse = async |refusal: Refusal| refused(&app, &ctx, id, Which::Upload, Form::refused(ctx.t, &Fields::default(), [refusal])).await;
    let bytes = match receive(request).await {
        Ok(bytes) => bytes,
        Err(refusal) => return refuse(refusal).await,
    };
    let zone = ctx.site.zone.clone();
    let today: Date = app
        .read(&ctx, move |tx| {
            let process = processes::find(tx, id)?.filter(|process| lists(&process.audience).any(|kind| kind == Condition::Census.kind()));
            process.ok_or(AppError::NotFound)?;
            Ok::<_, AppError>(tx.now()?.at(&zone).date())
        })
        .await?;
    let census = tokio::task::spawn_blocking(move || census::read(&bytes, today)).await.map_err(anyhow::Error::from)?;
    let whole = census.problems.first().map(|problem| problem.trouble).filter(|_| census.people.is_empty());
    if let Some(trouble) = whole {
        let key = if matches!(trouble, Trouble::Twice(_)) { Trouble::Empty.key() } else { trouble.key() };
        return refuse(Refusal::of_field("file", key)).await;
    }
    if census.people.is_empty() {
        return refuse(Refusal::of_field("file", Trouble::Empty.key())).await;
    }
    let Census { people, problems: found, problem_count } = census;
    let count = people.len();
    write(&app, &ctx, id, people).await?;
    let report = Report {
        done: ctx.t.with("admin-audience-census-done", &[("count", count.into())]),
        more: problem_count.saturating_sub(problems(ctx.t, &found).len()),
        problems: problems(ctx.t, &found),
    };
    reported(&app, &ctx, id, report).await
}

/// Writes a census piece by piece; only its last step takes the earlier one away, so that a broken upload loses nobody.
async fn write(app: &App, ctx: &Ctx, id: i64, people: Vec<Registered>) -> Result<(), AppError> {
    let kind = Condition::Census.kind();
    let batch = app.write(ctx, move |tx| Ok::<_, AppError>(store::insert_batch(tx, id, &NewBatch { kind, title: String::new(), uses: 1 })?)).await?;
    let (count, people) = (i64::try_from(people.len()).unwrap_or(i64::MAX), Arc::new(people));
    for start in (0..people.len()).step_by(PEOPLE_AT_ONCE) {
        let (piece, running) = (Arc::clone(&people), app.clone());
        app.write(ctx, move |tx| {
            for person in piece.iter().skip(start).take(PEOPLE_AT_ONCE) {
                let line = i64::try_from(person.line).unwrap_or(i64::MAX);
                for key in &person.keys {
                    store::keep_entry(
                        tx,
                        &NewEntry { process: id, batch, kind, number: line, uses: 1, digest: store::digest(&running.parts.seal, id, kind, key) },
                    )?;
                }
            }
            Ok::<_, AppError>(())
        })
        .await?;
    }
    app.write(ctx, move |tx| Ok::<_, AppError>(store::replace_census(tx, id, batch, count)?)).await
}
