//! The departments of the site: their names, whom residents ask, and who of the house belongs to them.

use crate::rules::LINE_CHARS_MAX;
use crate::store::keep;
use allmende_core::{Id, Person, Refusal, Role};
use allmende_db::DbError;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use allmende_platform::{departments as store, people};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

struct Member {
    id: i64,
    name: String,
    email: String,
    is_chosen: bool,
}

struct Row {
    id: i64,
    name: String,
    contact: String,
    members: Vec<Member>,
}

#[derive(Template)]
#[template(path = "beschluss/departments.html")]
struct DepartmentsPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    rows: Vec<Row>,
    form: Form,
}

async fn build(app: &App, ctx: &Ctx, form: Form) -> Result<DepartmentsPage, AppError> {
    let read = app.read(ctx, |tx| Ok::<_, AppError>((store::list(tx)?, people::list_with_role(tx, Role::Department)?, store::list_people(tx)?)));
    let (departments, people, members) = read.await?;
    let mut shell = super::shell(app, ctx, ctx.t.get("admin-departments"));
    form.mark(&mut shell);
    let rows = departments.into_iter().map(|department| Row {
        members: people
            .iter()
            .map(|person| Member {
                id: person.id.get(),
                name: person.name.clone(),
                email: person.email.clone(),
                is_chosen: members.contains(&(department.id, person.id)),
            })
            .collect(),
        id: department.id,
        name: department.name,
        contact: department.contact.unwrap_or_default(),
    });
    Ok(DepartmentsPage { shell, t: ctx.t, desk: desk(app, ctx), rows: rows.collect(), form })
}

/// The list and the form of a new one.
pub(super) async fn list(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    page(&build(&app, &ctx, Form::new(ctx.t)).await?)
}

/// Adds a department.
pub(super) async fn add(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let (name, contact) = (fields.line("name"), fields.line("contact"));
    let refused = async |key: &'static str| {
        let form = Form::refused(ctx.t, &fields, [Refusal::of_field("name", key)]);
        refused_page(&build(&app, &ctx, form).await?)
    };
    if !(2..=LINE_CHARS_MAX).contains(&name.chars().count()) {
        return refused("admin-department-name-length").await;
    }
    let done = app
        .write(&ctx, move |tx| match store::insert(tx, &name, Some(contact.as_str()).filter(|contact| !contact.is_empty())) {
            Err(DbError::Unique(_)) => Err(AppError::Refused(Refusal::of_field("name", "admin-department-taken"))),
            other => Ok(keep::adopt(tx, other?, &name)?),
        })
        .await;
    match done {
        Ok(_) => Ok(Redirect::to("/verwaltung/aemter?hinweis=admin-department-saved").into_response()),
        Err(AppError::Refused(refusal)) => refused(refusal.key).await,
        Err(error) => Err(error),
    }
}

/// Sets whom residents ask and who belongs to a department. Only people of this site with the role can belong to one.
pub(super) async fn save(State(app): State<App>, ctx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let contact = fields.line("contact");
    let sent: Vec<i64> = fields.all("person").filter_map(|value| value.parse().ok()).collect();
    let by = ctx.actor.person();
    app.write(&ctx, move |tx| {
        if !store::set_contact(tx, id, Some(contact.as_str()).filter(|contact| !contact.is_empty()))? {
            return Err(AppError::NotFound);
        }
        let known = people::list_with_role(tx, Role::Department)?;
        let chosen: Vec<Id<Person>> = known.iter().map(|person| person.id).filter(|person| sent.contains(&person.get())).collect();
        Ok(store::set_people(tx, id, &chosen, by)?)
    })
    .await?;
    Ok(Redirect::to("/verwaltung/aemter?hinweis=admin-department-saved").into_response())
}
