//! What a draft will look like in public: `/verwaltung/rat/{sort}/{id}/vorschau`.
//!
//! The draft is published in a transaction that is never committed, the public page is read in it, and everything is undone. So
//! the page is the public one, with what would be public then and nothing else. It is for those who may read drafts, stays out of
//! caches and search engines, and says what it is. Start with [`show`].

use crate::entry::kinds::Sort;
use crate::entry::rules::State;
use crate::pages::{meeting, organizations, paper};
use crate::store::{entry_read, entry_state};
use allmende_core::{Act, Language, may};
use allmende_db::{Conflicts, DbError, Tx};
use allmende_oparl::Kind;
use allmende_platform::web::{Policy, Routes, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use axum::extract::{Path, State as Extract};
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use std::convert::Infallible;

/// The route of the preview.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get("/verwaltung/rat/{sort}/{id}/vorschau", Policy::Act(Act::ReadDrafts), show)
}

/// Whether objects of a kind have a page of their own that can be shown before it is public.
#[must_use]
pub const fn has_page(kind: Kind) -> bool {
    matches!(kind, Kind::Paper | Kind::Meeting | Kind::Organization)
}

/// What was read in a transaction that is not to be kept. As an error it undoes the transaction.
enum Undone<T> {
    Read(Box<T>),
    Failed(AppError),
}

impl<T> From<DbError> for Undone<T> {
    fn from(error: DbError) -> Self {
        Self::Failed(error.into())
    }
}

impl<T> Conflicts for Undone<T> {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Failed(error) if error.is_conflict())
    }
}

/// Reads what would be there after an act, without the act.
async fn undone<T: Send + 'static>(app: &App, ctx: &Ctx, mut read: impl FnMut(&mut Tx<'_>) -> Result<T, AppError> + Send + 'static) -> Result<T, AppError> {
    let written: Result<Infallible, Undone<T>> = app
        .write(ctx, move |tx| {
            Err(match read(tx) {
                Ok(found) => Undone::Read(Box::new(found)),
                Err(error) => Undone::Failed(error),
            })
        })
        .await;
    match written {
        Ok(never) => match never {},
        Err(Undone::Read(found)) => Ok(*found),
        Err(Undone::Failed(error)) => Err(error),
    }
}

/// Lets an object and its parts be public for the rest of the transaction.
fn publish(tx: &mut Tx<'_>, kind: Kind, id: i64) -> Result<(), AppError> {
    let mark = entry_read::mark(tx, kind, id)?.ok_or(AppError::NotFound)?;
    let at = tx.now()?.millis().max(mark.modified_at + 1);
    entry_state::set(tx, kind, id, State::Public, at)?;
    entry_state::follow(tx, kind, id, mark.state, mark.modified_at, State::Public, at)?;
    entry_state::settle_stations(tx, kind, id, at)?;
    Ok(())
}

async fn show(Extract(app): Extract<App>, ctx: Ctx, Path((path, id)): Path<(String, i64)>) -> Result<Response, AppError> {
    let sort = Sort::at(&path).filter(|sort| has_page(sort.kind)).ok_or(AppError::NotFound)?;
    let mark = app.read(&ctx, move |tx| Ok::<_, AppError>(entry_read::mark(tx, sort.kind, id)?)).await?.ok_or(AppError::NotFound)?;
    match mark.state {
        State::Public => return Ok(Redirect::to(&public_path(sort.kind, id)).into_response()),
        State::Withdrawn => return Err(AppError::NotFound),
        State::Internal if !may(&ctx.actor, Act::ReadNonPublic) => return Err(AppError::NotFound),
        State::Draft | State::Internal => {}
    }
    let language: Language = ctx.language();
    let shown = match sort.kind {
        Kind::Paper => {
            let read = undone(&app, &ctx, move |tx| {
                publish(tx, Kind::Paper, id)?;
                paper::read(tx, id, language)
            });
            let mut shown = paper::view(&app, &ctx, read.await?, Vec::new());
            frame(&mut shown.shell, &ctx, sort, id);
            shown.at_desk();
            page(&shown)?
        }
        Kind::Meeting => {
            let read = undone(&app, &ctx, move |tx| {
                publish(tx, Kind::Meeting, id)?;
                meeting::read(tx, id, language, 0)
            });
            let mut shown = meeting::view(&app, &ctx, read.await?, 0);
            frame(&mut shown.shell, &ctx, sort, id);
            shown.at_desk();
            page(&shown)?
        }
        _ => {
            let read = undone(&app, &ctx, move |tx| {
                publish(tx, Kind::Organization, id)?;
                organizations::read(tx, id, language)
            });
            let mut shown = organizations::view(&app, &ctx, read.await?);
            frame(&mut shown.shell, &ctx, sort, id);
            page(&shown)?
        }
    };
    let mut response = shown;
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
    Ok(response)
}

fn public_path(kind: Kind, id: i64) -> String {
    let below = match kind {
        Kind::Paper => "vorlagen",
        Kind::Meeting => "sitzungen",
        _ => "gremien",
    };
    format!("/rat/{below}/{id}")
}

/// The way back to the desk instead of the public one, and what this page is.
fn frame(shell: &mut Shell, ctx: &Ctx, sort: &'static Sort, id: i64) {
    let t = ctx.t;
    shell.hidden_from_search = true;
    shell.feeds.clear();
    shell.crumbs.clear();
    let framed = shell
        .clone()
        .crumb(t.get("shell-desk"), "/verwaltung")
        .crumb(t.get("admin-council"), "/verwaltung/rat")
        .crumb(t.get(sort.many), format!("/verwaltung/rat/{}", sort.path));
    let may_edit = may(&ctx.actor, Act::EditCouncil);
    *shell = if may_edit { framed.crumb(t.get(sort.one), sort.path_of(id)) } else { framed }.here(t.get("admin-council-preview"));
    shell.notice = Some(t.get("admin-council-preview-note"));
}
