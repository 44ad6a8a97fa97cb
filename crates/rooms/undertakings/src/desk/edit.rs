//! The forms of a sheet, one for each part, in plain order: what is saved leads to the next.

use super::allowed;
use crate::geometry::Geometry;
use crate::pages::words::Words;
use crate::rules::may_manage;
use crate::sheet::{Part, REFERENCES_MAX, STEPS_MAX, Sheet};
use crate::store::references::{self, Reference};
use crate::store::sheets::{self, Undertaking};
use allmende_core::{Instant, Refusal};
use allmende_db::Tx;
use allmende_platform::departments::{self, Department};
use allmende_platform::search::{Point, Query};
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{Choice, Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx, money};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use std::collections::HashMap;
use std::sync::Arc;

/// Empty lines for further steps below those that are there.
const STEPS_SPARE: usize = 3;

#[derive(Template)]
#[template(path = "vorhaben/edit.html")]
struct EditPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    words: Words,
    /// Nothing for a new undertaking.
    id: Option<i64>,
    title: String,
    part: Part,
    heading: &'static str,
    help: &'static str,
    position: String,
    action: String,
    form: Form,
    departments: Vec<Choice>,
    choices: Vec<Choice>,
    steps: Vec<StepFields>,
    known: Vec<Reference>,
}

/// The names of the fields of one step.
struct StepFields {
    label: String,
    text: String,
    due: String,
    done: String,
}

struct Read {
    now: Instant,
    own: Option<Undertaking>,
    departments: Vec<Department>,
    known: Vec<Reference>,
}

fn read(tx: &mut Tx<'_>, ctx: &Ctx, id: Option<i64>, part: Part) -> Result<Read, AppError> {
    let own = id.map(|id| writable(tx, ctx, id, part)).transpose()?;
    let known = if part == Part::Basis { id.map_or(Ok(Vec::new()), |id| references::list(tx, id))? } else { Vec::new() };
    let departments = if part == Part::Aim { departments::list(tx)? } else { Vec::new() };
    Ok(Read { now: tx.now()?, own, departments, known })
}

/// The undertaking, if the reader may write this form.
fn writable(tx: &mut Tx<'_>, ctx: &Ctx, id: i64, part: Part) -> Result<Undertaking, AppError> {
    let own = allowed(tx, ctx, id)?;
    if may_manage(&ctx.actor) || part.is_of_department() { Ok(own) } else { Err(AppError::Forbidden) }
}

async fn build(app: &App, ctx: &Ctx, id: Option<i64>, part: Part, refused: Option<Form>) -> Result<EditPage, AppError> {
    let asked = ctx.clone();
    let read = app.read(ctx, move |tx| read(tx, &asked, id, part)).await?;
    let t = ctx.t;
    let text = |kind: &str| t.find(&format!("admin-undertaking-{kind}-{}", part.key())).unwrap_or_default();
    let title = read.own.as_ref().map(|own| own.sheet.german.title.clone()).unwrap_or_default();
    let heading = text("part");
    let mut shell = super::shell(app, ctx, if title.is_empty() { heading.to_owned() } else { format!("{heading}: {title}") })
        .crumb(t.get("admin-undertakings"), "/verwaltung/vorhaben");
    if let Some(id) = id {
        shell = shell.crumb(t.with("undertaking-number", &[("number", id.into())]), format!("/verwaltung/vorhaben/{id}"));
    }
    let empty = Sheet::default();
    let sheet = read.own.as_ref().map_or(&empty, |own| &own.sheet);
    let lines = (sheet.steps.len() + STEPS_SPARE).min(STEPS_MAX);
    let form = refused.unwrap_or_else(|| filled(Form::new(t), part, sheet, &read.known));
    form.mark(&mut shell);
    let number = Part::ALL.iter().position(|own| *own == part).map_or(1, |position| position + 1);
    Ok(EditPage {
        position: t.with("admin-undertaking-position", &[("number", number.into()), ("count", Part::ALL.len().into())]),
        help: text("help"),
        action: id.map_or_else(|| "/verwaltung/vorhaben/neu".to_owned(), |id| format!("/verwaltung/vorhaben/{id}/bogen/{}", part.key())),
        departments: std::iter::once(Choice::new("0", t.get("admin-undertaking-no-department")))
            .chain(read.departments.into_iter().map(|department| Choice::new(department.id.to_string(), department.name)))
            .collect(),
        choices: vec![Choice::new("yes", t.get("admin-undertaking-part-yes")), Choice::new("no", t.get("admin-undertaking-part-no"))],
        steps: (0..lines).map(|number| step_fields(t, number)).collect(),
        known: read.known,
        desk: desk(app, ctx),
        words: Words::new(ctx, read.now),
        id,
        title,
        part,
        heading,
        form,
        shell,
        t,
    })
}

fn step_fields(t: Speaker, number: usize) -> StepFields {
    StepFields {
        label: t.with("admin-undertaking-step", &[("number", (number + 1).into())]),
        text: format!("text-{number}"),
        due: format!("due-{number}"),
        done: format!("done-{number}"),
    }
}

/// The form with what stands on the sheet.
fn filled(form: Form, part: Part, sheet: &Sheet, known: &[Reference]) -> Form {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let german = &sheet.german;
    match part {
        Part::Aim => form
            .with("title", &german.title)
            .with("summary", &german.summary)
            .with("aim", &german.aim)
            .with("department", sheet.department.unwrap_or(0).to_string())
            .with("contact", text(&sheet.contact)),
        Part::Place => form
            .with("place", text(&sheet.place))
            .with("district", text(&sheet.district))
            .with("geometry", sheet.geometry.as_ref().map(|geometry| geometry.json().to_string()).unwrap_or_default()),
        Part::Cost => form
            .with("planned", money::field(sheet.cost_planned_cents))
            .with("actual", money::field(sheet.cost_actual_cents))
            .with("note", text(&sheet.cost_note)),
        Part::Steps => sheet.steps.iter().enumerate().fold(form, |form, (number, step)| {
            let form =
                form.with(format!("text-{number}"), &step.text).with(format!("due-{number}"), step.due_on.map(|day| day.to_string()).unwrap_or_default());
            if step.is_done { form.with(format!("done-{number}"), "1") } else { form }
        }),
        Part::Basis => form.with("references", known.iter().map(|reference| reference.path.as_str()).collect::<Vec<_>>().join("\n")),
        Part::TakingPart => form.with("takes_part", if sheet.takes_part { "yes" } else { "no" }).with("part", &german.part),
        Part::Languages => [("en", &sheet.english), ("leicht", &sheet.easy)].into_iter().fold(form, |form, (key, words)| {
            form.with(format!("{key}-title"), &words.title)
                .with(format!("{key}-summary"), &words.summary)
                .with(format!("{key}-aim"), &words.aim)
                .with(format!("{key}-part"), &words.part)
        }),
    }
}

/// The form of a new undertaking: its first part.
pub(super) async fn show_new(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    page(&build(&app, &ctx, None, Part::Aim, None).await?)
}

/// Enters a new undertaking as a draft and goes on to the next form.
pub(super) async fn add(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let mut sheet = Sheet::default();
    if let Err(refusals) = Part::Aim.read(&fields, &mut sheet) {
        return refused_page(&build(&app, &ctx, None, Part::Aim, Some(Form::refused(ctx.t, &fields, refusals))).await?);
    }
    let asked = ctx.clone();
    let id = app
        .write(&ctx, move |tx| {
            let mut sheet = sheet.clone();
            only_known_department(tx, &mut sheet)?;
            Ok::<_, AppError>(sheets::insert(tx, &sheet, &asked.actor)?)
        })
        .await?;
    Ok(next(id, Part::Aim))
}

/// One of the forms.
pub(super) async fn show(State(app): State<App>, ctx: Ctx, Path((id, part)): Path<(i64, String)>) -> Result<Response, AppError> {
    let part = Part::of(&part).ok_or(AppError::NotFound)?;
    page(&build(&app, &ctx, Some(id), part, None).await?)
}

/// Keeps a form and goes on to the next, or to the overview.
pub(super) async fn save(State(app): State<App>, ctx: Ctx, Path((id, part)): Path<(i64, String)>, fields: Fields) -> Result<Response, AppError> {
    let part = Part::of(&part).ok_or(AppError::NotFound)?;
    let numbers = if part == Part::Basis { found_by_number(&app, &ctx, &fields).await? } else { HashMap::new() };
    let (asked, sent, resolve) = (ctx.clone(), fields.clone(), app.parts.ports.resolve_place);
    let done = app
        .write(&ctx, move |tx| {
            let own = writable(tx, &asked, id, part)?;
            let mut sheet = own.sheet.clone();
            if let Err(refusals) = part.read(&sent, &mut sheet) {
                return Ok(Err(refusals));
            }
            match part {
                Part::Aim => only_known_department(tx, &mut sheet)?,
                Part::Place if sheet.geometry.is_none() => sheet.geometry = located(tx, resolve, &sheet)?,
                Part::Basis => match rests_on(tx, &asked, &sent, &numbers)? {
                    Ok(nodes) => sheet.references = nodes,
                    Err(refusal) => return Ok(Err(vec![refusal])),
                },
                _ => {}
            }
            sheets::save(tx, &own, &sheet, &asked.actor)?;
            Ok::<_, AppError>(Ok(()))
        })
        .await?;
    match done {
        Ok(()) if fields.has("back") || !may_manage(&ctx.actor) => {
            Ok(Redirect::to(&format!("/verwaltung/vorhaben/{id}?hinweis=undertaking-saved")).into_response())
        }
        Ok(()) => Ok(next(id, part)),
        Err(refusals) => refused_page(&build(&app, &ctx, Some(id), part, Some(Form::refused(ctx.t, &fields, refusals))).await?),
    }
}

fn next(id: i64, part: Part) -> Response {
    let to = match part.next() {
        Some(next) => format!("/verwaltung/vorhaben/{id}/bogen/{}?hinweis=undertaking-saved", next.key()),
        None => format!("/verwaltung/vorhaben/{id}?hinweis=undertaking-saved"),
    };
    Redirect::to(&to).into_response()
}

/// A department of another site, or none at all, is none.
fn only_known_department(tx: &mut Tx<'_>, sheet: &mut Sheet) -> Result<(), AppError> {
    let known = departments::list(tx)?;
    sheet.department = sheet.department.filter(|id| known.iter().any(|department| department.id == *id));
    Ok(())
}

/// Where the place in words lies, as far as the site knows its places.
fn located(tx: &mut Tx<'_>, resolve: allmende_platform::app::ResolvePlace, sheet: &Sheet) -> Result<Option<Geometry>, AppError> {
    for words in [&sheet.place, &sheet.district].into_iter().flatten() {
        if let Some(Point { longitude, latitude }) = resolve(tx, words)? {
            return Ok(Some(Geometry::Point(Point { longitude, latitude })));
        }
    }
    Ok(None)
}

/// What was sent as decisions, papers and processes: one on each line.
fn lines(fields: &Fields) -> Vec<String> {
    fields.text("references").lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).take(REFERENCES_MAX + 1).collect()
}

/// The papers whose numbers were sent: number and row.
async fn found_by_number(app: &App, ctx: &Ctx, fields: &Fields) -> Result<HashMap<String, i64>, AppError> {
    let numbers: Vec<String> = lines(fields).into_iter().filter(|line| !line.contains("/vorhaben") && path_of(ctx, line).is_none()).collect();
    let (search, site) = (Arc::clone(&app.parts.ports.search), ctx.site.id);
    let found = tokio::task::spawn_blocking(move || {
        let mut found = HashMap::new();
        for number in numbers {
            let query = Query { words: number.clone(), kinds: vec!["paper".to_owned()], limit: 5, ..Query::default() };
            let Ok(hits) = search.find(&[site], &query) else { continue };
            let hit = hits.hits.into_iter().find(|hit| hit.reference.as_deref() == Some(number.as_str()));
            found.extend(hit.map(|hit| (number, hit.object_id)));
        }
        found
    });
    found.await.map_err(|error| anyhow::Error::from(error).into())
}

/// The address on this site that a line is.
fn path_of(ctx: &Ctx, line: &str) -> Option<String> {
    let path = line.strip_prefix(&ctx.site.base_url).unwrap_or(line);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.starts_with('/').then(|| path.to_owned())
}

/// The nodes of what was sent, in order.
fn rests_on(tx: &mut Tx<'_>, ctx: &Ctx, fields: &Fields, numbers: &HashMap<String, i64>) -> Result<Result<Vec<i64>, Refusal>, AppError> {
    let lines = lines(fields);
    if lines.len() > REFERENCES_MAX {
        return Ok(Err(Refusal::of_field("references", "admin-undertaking-references-many")));
    }
    let mut nodes = Vec::new();
    for line in lines {
        let node = match (path_of(ctx, &line), numbers.get(&line)) {
            (Some(path), _) => references::find_by_path(tx, &path)?,
            (None, Some(paper)) => references::find_by_object(tx, "paper", *paper)?,
            (None, None) => None,
        };
        match node {
            Some(node) if !nodes.contains(&node) => nodes.push(node),
            Some(_) => {}
            None => return Ok(Err(Refusal::of_field("references", "admin-undertaking-references-unknown"))),
        }
    }
    Ok(Ok(nodes))
}
