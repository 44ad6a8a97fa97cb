//! Step 1: what a process is about, what is open and what is fixed, who decides and when.

use super::{Step, Whole, own_path, process_shell, steps};
use crate::rules::TITLE_CHARS;
use crate::store::phases;
use crate::store::processes::{self, About};
use crate::templates::{self, Template as Shipped};
use allmende_core::Refusal;
use allmende_platform::departments;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{AppError, Choice, Fields, Form, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, State as Axum};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::ToSpan;
use jiff::civil::Date;

#[derive(Template)]
#[template(path = "beteiligung/desk_about.html")]
struct AboutPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    steps: Vec<Step>,
    heading: &'static str,
    kind: &'static str,
    action: String,
    form: Form,
    departments: Vec<Choice>,
}

fn kind_of(ctx: &Ctx, template: &str) -> &'static str {
    ctx.t.find(&format!("dialogue-kind-{template}")).unwrap_or_default()
}

async fn choices(app: &App, ctx: &Ctx) -> Result<Vec<Choice>, AppError> {
    let known = app.read(ctx, |tx| Ok::<_, AppError>(departments::list(tx)?)).await?;
    let none = Choice::new("", ctx.t.get("admin-dialogue-no-department"));
    Ok(std::iter::once(none).chain(known.into_iter().map(|department| Choice::new(department.id.to_string(), department.name))).collect())
}

async fn new_page(app: &App, ctx: &Ctx, template: &Shipped, form: Form) -> Result<AboutPage, AppError> {
    let t = ctx.t;
    let mut shell = super::shell(app, ctx, t.get("admin-dialogue-new")).crumb(t.get("admin-dialogue"), "/verwaltung/beteiligung");
    form.mark(&mut shell);
    Ok(AboutPage {
        shell,
        t,
        desk: desk(app, ctx),
        steps: Vec::new(),
        heading: t.get("admin-dialogue-step-about"),
        kind: kind_of(ctx, template.key),
        action: format!("/verwaltung/beteiligung/neu/{}", template.key),
        form,
        departments: choices(app, ctx).await?,
    })
}

/// The empty form of a template.
pub(super) async fn new(Axum(app): Axum<App>, ctx: Ctx, Path(template): Path<String>) -> Result<Response, AppError> {
    let template = templates::find(&template).ok_or(AppError::NotFound)?;
    page(&new_page(&app, &ctx, template, Form::new(ctx.t)).await?)
}

/// Reads what was sent.
fn read(fields: &Fields) -> Result<About, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let about = About {
        title: fields.line("title"),
        lead: fields.text("lead"),
        open_text: fields.text("open"),
        fixed_text: fields.text("fixed"),
        decides: fields.line("decides"),
        decides_on: fields.line("decides_on").parse::<Date>().ok(),
        paper_way: fields.text("paper"),
        contact: fields.line("contact"),
        department: fields.raw("department").parse().ok(),
    };
    if !TITLE_CHARS.contains(&about.title.chars().count()) {
        refusals.push(Refusal::of_field("title", "admin-dialogue-title-length"));
    }
    if !(20..=1_000).contains(&about.lead.chars().count()) {
        refusals.push(Refusal::of_field("lead", "admin-dialogue-lead-length"));
    }
    if about.open_text.is_empty() {
        refusals.push(Refusal::of_field("open", "admin-dialogue-open-missing"));
    }
    if about.decides.is_empty() {
        refusals.push(Refusal::of_field("decides", "admin-dialogue-decides-missing"));
    }
    if !fields.line("decides_on").is_empty() && about.decides_on.is_none() {
        refusals.push(Refusal::of_field("decides_on", "admin-dialogue-day"));
    }
    if refusals.is_empty() { Ok(about) } else { Err(refusals) }
}

/// Makes the draft with the parts and phases of its template, and goes on to its text.
pub(super) async fn create(Axum(app): Axum<App>, ctx: Ctx, Path(template): Path<String>, fields: Fields) -> Result<Response, AppError> {
    let template = templates::find(&template).ok_or(AppError::NotFound)?;
    let about = match read(&fields) {
        Ok(about) => about,
        Err(refusals) => {
            let form = Form::refused(ctx.t, &fields, refusals);
            return refused_page(&new_page(&app, &ctx, template, form).await?);
        }
    };
    let asked = ctx.clone();
    let id = app
        .write(&ctx, move |tx| {
            let mut about = about.clone();
            keep_known(&mut about, &departments::list(tx)?);
            let id = processes::insert(tx, template.key, &about, &template.ways(), None, &asked.actor)?;
            let part = phases::insert_part(tx, id, &template.part(asked.t))?;
            let begins_on = tx.now()?.at(&asked.site.zone).date().saturating_add(1.day());
            phases::replace(tx, id, &template.phases(asked.t, part, begins_on, &asked.site.zone))?;
            Ok::<_, AppError>(id)
        })
        .await?;
    let next = if template.format == "consultation" { "text" } else { "wann" };
    Ok(Redirect::to(&format!("{}/{next}", own_path(id))).into_response())
}

fn keep_known(about: &mut About, known: &[departments::Department]) {
    about.department = about.department.filter(|id| known.iter().any(|department| department.id == *id));
}

async fn edit_page(app: &App, ctx: &Ctx, id: i64, refused: Option<Form>) -> Result<AboutPage, AppError> {
    let whole = app.read(ctx, move |tx| Whole::read(tx, id)).await?;
    let (t, process) = (ctx.t, &whole.process);
    let form = refused.unwrap_or_else(|| {
        let day = process.decides_on.map(|day| day.to_string()).unwrap_or_default();
        Form::new(t)
            .with("title", &process.title)
            .with("lead", &process.lead)
            .with("open", &process.open_text)
            .with("fixed", &process.fixed_text)
            .with("decides", &process.decides)
            .with("decides_on", day)
            .with("paper", &process.paper_way)
            .with("contact", &process.contact)
            .with("department", process.department.map(|id| id.to_string()).unwrap_or_default())
    });
    let mut shell = process_shell(app, ctx, process, t.get("admin-dialogue-step-about"));
    form.mark(&mut shell);
    Ok(AboutPage {
        shell,
        t,
        desk: desk(app, ctx),
        steps: steps(ctx, id, whole.consultation().is_some(), 1),
        heading: t.get("admin-dialogue-step-about"),
        kind: kind_of(ctx, &process.template),
        action: format!("{}/worum", own_path(id)),
        form,
        departments: choices(app, ctx).await?,
    })
}

/// The form of a process that is there.
pub(super) async fn show(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>) -> Result<Response, AppError> {
    page(&edit_page(&app, &ctx, id, None).await?)
}

/// Writes it.
pub(super) async fn save(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let about = match read(&fields) {
        Ok(about) => about,
        Err(refusals) => return refused_page(&edit_page(&app, &ctx, id, Some(Form::refused(ctx.t, &fields, refusals))).await?),
    };
    let asked = ctx.clone();
    let next = app
        .write(&ctx, move |tx| {
            let whole = Whole::read(tx, id)?;
            let mut about = about.clone();
            keep_known(&mut about, &departments::list(tx)?);
            processes::update_about(tx, &whole.process, &about, &asked.actor)?;
            Ok::<_, AppError>(match (whole.process.is_public(), whole.consultation()) {
                (true, _) => "?hinweis=admin-dialogue-saved",
                (false, Some(_)) => "/text",
                (false, None) => "/wann",
            })
        })
        .await?;
    Ok(Redirect::to(&format!("{}{next}", own_path(id))).into_response())
}
