//! Deleting what was never published: a page that says what goes, and the act itself. Works without script.
//!
//! What the public has seen is withdrawn with a reason instead. Start with [`ask`].

use crate::entry::kinds::Sort;
use crate::entry::lists::shell;
use crate::entry::rules;
use crate::store::entry_delete::{self, Parts};
use crate::store::entry_read::{self, Mark};
use crate::store::{entry_history, entry_list};
use allmende_core::{Act, Refusal};
use allmende_db::{DbError, Tx};
use allmende_oparl::Kind;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{Fields, Form, Policy, Routes, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};

/// The routes of deleting.
#[must_use]
pub fn routes() -> Routes {
    let edit = Policy::Act(Act::EditCouncil);
    Routes::new().get("/verwaltung/rat/{sort}/{id}/loeschen", edit, ask).post("/verwaltung/rat/{sort}/{id}/loeschen", edit, delete)
}

struct Matter {
    mark: Mark,
    name: String,
    parts: Parts,
    meeting: Option<i64>,
}

#[derive(Template)]
#[template(path = "entry/delete.html")]
struct DeletePage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    heading: String,
    form: Form,
    path: String,
    parts: Vec<String>,
    modified_at: i64,
    can_delete: bool,
}

fn matter(tx: &mut Tx<'_>, sort: &Sort, id: i64) -> Result<Matter, AppError> {
    let mark = entry_read::mark(tx, sort.kind, id)?.ok_or(AppError::NotFound)?;
    let name = entry_list::some(tx, sort.kind, &[id])?.into_iter().next().map(|entry| entry.name).unwrap_or_default();
    let meeting = if sort.kind == Kind::AgendaItem { entry_read::place_of_item(tx, id)?.map(|(meeting, _)| meeting) } else { None };
    Ok(Matter { mark, name, parts: entry_delete::parts(tx, sort.kind, id)?, meeting })
}

/// The rule, asked with what the database knows.
fn check(tx: &mut Tx<'_>, sort: &Sort, id: i64, mark: &Mark) -> Result<(), AppError> {
    if mark.is_imported {
        return Err(Refusal::new("admin-council-refusal-imported").into());
    }
    Ok(rules::check_delete(mark.state, entry_history::was_public(tx, sort.kind, id)?)?)
}

/// Says what goes, and asks.
async fn ask(Extract(app): Extract<App>, ctx: Ctx, Path((path, id)): Path<(String, i64)>) -> Result<Response, AppError> {
    let sort = Sort::at(&path).ok_or(AppError::NotFound)?;
    page(&build(&app, &ctx, sort, id, None).await?)
}

async fn build(app: &App, ctx: &Ctx, sort: &'static Sort, id: i64, refusal: Option<Refusal>) -> Result<DeletePage, AppError> {
    let (matter, allowed) = app
        .read(ctx, move |tx| {
            let matter = matter(tx, sort, id)?;
            let allowed = match check(tx, sort, id, &matter.mark) {
                Ok(()) => None,
                Err(AppError::Refused(refusal)) => Some(refusal),
                Err(error) => return Err(error),
            };
            Ok::<_, AppError>((matter, allowed))
        })
        .await?;
    let t = ctx.t;
    let name = if matter.name.trim().is_empty() { t.get("admin-council-unnamed").to_owned() } else { matter.name.trim().to_owned() };
    let heading = t.with("admin-council-delete-title", &[("kind", t.get(sort.one).into()), ("name", (&name).into())]);
    let mut shell = shell(app, ctx, heading.clone());
    if sort.has_list() {
        shell = shell.crumb(t.get(sort.many), format!("/verwaltung/rat/{}", sort.path));
    }
    let mut shell = shell.crumb(t.get(sort.one), sort.path_of(id)).here(t.get("admin-council-delete"));
    let can_delete = allowed.is_none();
    let mut form = Form::new(t);
    if let Some(refusal) = refusal.or(allowed) {
        form.refuse(&refusal);
    }
    form.mark(&mut shell);
    let counted = [(matter.parts.items, "admin-council-delete-items"), (matter.parts.files, "admin-council-delete-files")];
    Ok(DeletePage {
        shell,
        t,
        desk: desk(app, ctx),
        heading,
        form,
        path: sort.path_of(id),
        parts: counted.into_iter().filter(|(count, _)| *count > 0).map(|(count, key)| t.count(key, usize::try_from(count).unwrap_or(0))).collect(),
        modified_at: matter.mark.modified_at,
        can_delete,
    })
}

/// Deletes, if nobody has changed it since it was looked at.
async fn delete(Extract(app): Extract<App>, ctx: Ctx, Path((path, id)): Path<(String, i64)>, fields: Fields) -> Result<Response, AppError> {
    let sort = Sort::at(&path).ok_or(AppError::NotFound)?;
    let seen = fields.raw("modified_at").to_owned();
    let deleted = app
        .write(&ctx, move |tx| {
            let matter = matter(tx, sort, id)?;
            check(tx, sort, id, &matter.mark)?;
            if seen != matter.mark.modified_at.to_string() {
                return Err(AppError::from(Refusal::new("admin-council-refusal-delete-stale")));
            }
            match entry_delete::delete(tx, sort.kind, id) {
                Err(DbError::Constraint(_)) => Err(Refusal::new("admin-council-refusal-in-use").into()),
                Err(error) => Err(error.into()),
                Ok(()) => Ok(matter.meeting),
            }
        })
        .await;
    match deleted {
        Ok(meeting) => Ok(Redirect::to(&onward(sort, meeting)).into_response()),
        Err(AppError::Refused(refusal)) => refused_page(&build(&app, &ctx, sort, id, Some(refusal)).await?),
        Err(error) => Err(error),
    }
}

/// Where the desk goes on: an agenda item belongs to its meeting, a file to no list.
fn onward(sort: &Sort, meeting: Option<i64>) -> String {
    let place = match (meeting, Sort::of(Kind::Meeting)) {
        (Some(meeting), Some(meetings)) => meetings.path_of(meeting),
        _ if sort.has_list() => format!("/verwaltung/rat/{}", sort.path),
        _ => "/verwaltung/rat".to_owned(),
    };
    format!("{place}?hinweis=council-deleted")
}
