//! The people of a site: list, invitation, roles, block.

use super::{form, languages, reader};
use crate::mails;
use crate::rules::{self, Email};
use crate::store::links::{self, Purpose};
use crate::store::{self, Listed};
use allmende_core::{Id, Language, Person, Refusal, Role, Roles};
use allmende_db::Tx;
use allmende_platform::limits::PAGE_ROWS;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::{pairs, refused_page};
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{Choice, Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx, sessions};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

struct Row {
    id: i64,
    name: String,
    email: String,
    roles: String,
    state: &'static str,
    state_class: &'static str,
}

impl Row {
    fn new(t: Speaker, listed: &Listed) -> Self {
        let account = &listed.account;
        let roles: Vec<_> = listed.roles.iter().filter_map(|role| t.find(&format!("role-{}", role.key()))).collect();
        let (state, state_class) = match (account.is_blocked, account.is_awaited()) {
            (true, _) => ("admin-person-blocked", "no"),
            (false, true) => ("admin-person-invited", "open"),
            (false, false) => ("admin-person-active", "done"),
        };
        let name = if account.is_awaited() { t.get("admin-person-nameless").to_owned() } else { account.name.clone() };
        Self { id: account.id.get(), name, email: account.email.clone(), roles: roles.join(", "), state: t.get(state), state_class }
    }
}

#[derive(Template)]
#[template(path = "people.html")]
struct PeoplePage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    people: Vec<Row>,
    /// The id after which the next page begins.
    next: Option<i64>,
    is_first: bool,
    form: Form,
    languages: Vec<Choice>,
    roles: Vec<Choice>,
}

fn roles(t: Speaker) -> Vec<Choice> {
    let name = |role: Role| t.find(&format!("role-{}", role.key())).unwrap_or(role.key());
    Role::ALL.into_iter().filter(|role| *role != Role::Resident).map(|role| Choice::new(role.key(), name(role))).collect()
}

async fn build(app: &App, ctx: &Ctx, form: Form) -> Result<PeoplePage, AppError> {
    let after = pairs(ctx.query.as_bytes()).into_iter().find(|(name, _)| name == "nach").and_then(|(_, id)| id.parse().ok()).unwrap_or(0);
    let mut people = app.read(ctx, move |tx| Ok::<_, AppError>(store::list(tx, after, PAGE_ROWS + 1)?)).await?;
    let rows = usize::try_from(PAGE_ROWS).unwrap_or(usize::MAX);
    let has_more = people.len() > rows;
    people.truncate(rows);
    let next = if has_more { people.last().map(|listed| listed.account.id.get()) } else { None };
    let t = ctx.t;
    let mut shell = Shell::new(app, ctx, t.get("admin-people")).crumb(t.get("admin-heading"), "/verwaltung");
    form.mark(&mut shell);
    let people = people.iter().map(|listed| Row::new(t, listed)).collect();
    Ok(PeoplePage { shell, t, desk: desk(app, ctx), people, next, is_first: after == 0, form, languages: languages(), roles: roles(t) })
}

/// The list and the form of an invitation.
pub(crate) async fn list(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    page(&build(&app, &ctx, form(ctx.t).with("language", "de").with("way", "mail")).await?)
}

fn roles_sent(fields: &Fields) -> Roles {
    fields.all("role").filter_map(Role::from_key).collect()
}

#[derive(Template)]
#[template(path = "printed.html")]
struct PrintedPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    email: String,
    link: String,
}

fn printed(app: &App, ctx: &Ctx, email: String, link: String) -> Result<Response, AppError> {
    let shell = Shell::new(app, ctx, ctx.t.get("admin-link-heading"))
        .crumb(ctx.t.get("admin-heading"), "/verwaltung")
        .crumb(ctx.t.get("admin-people"), "/verwaltung/menschen");
    page(&PrintedPage { shell, t: ctx.t, desk: desk(app, ctx), email, link })
}

/// Invites somebody by mail or by a link on paper. Who has an account already gets the roles and is told so.
pub(crate) async fn invite(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let email = match Email::new(&fields.line("email")) {
        Ok(email) => email,
        Err(refusal) => return refused_page(&build(&app, &ctx, Form::refused(ctx.t, &fields, [refusal])).await?),
    };
    let language = Language::from_key(fields.raw("language")).unwrap_or_default();
    let (roles, by, on_paper) = (roles_sent(&fields), reader(&ctx)?.person, fields.raw("way") == "paper");
    let (own_app, own_ctx, address) = (app.clone(), ctx.clone(), email.as_str().to_owned());
    let done = app
        .write(&ctx, move |tx| {
            let account = match store::find_by_email(tx, &email.folded())? {
                Some(account) => account,
                None => {
                    let id = store::insert(tx, email.as_str(), &email.folded(), "", language)?;
                    store::find(tx, id)?.ok_or(AppError::NotFound)?
                }
            };
            if store::find_roles(tx, account.id)?.is_some() {
                return Err(Refusal::of_field("email", "admin-already-here").into());
            }
            store::set_roles(tx, account.id, roles, Some(by))?;
            sessions::end_all(tx, account.id)?;
            if !account.is_awaited() {
                mails::send_welcome(tx, &own_app, &own_ctx.site, &account)?;
            } else if !on_paper {
                mails::send_invitation(tx, &own_app, &own_ctx.site, &account)?;
            } else {
                return paper_link(tx, &own_ctx, account.id, Purpose::Invitation).map(Some);
            }
            Ok(None)
        })
        .await;
    match done {
        Ok(Some(link)) => printed(&app, &ctx, address, link),
        Ok(None) => Ok(Redirect::to("/verwaltung/menschen?hinweis=invited").into_response()),
        Err(AppError::Refused(refusal)) => refused_page(&build(&app, &ctx, Form::refused(ctx.t, &fields, [refusal])).await?),
        Err(error) => Err(error),
    }
}

/// A link to be handed over. Whoever holds it becomes that person, so it is only made for people who have roles here alone.
fn paper_link(tx: &mut Tx<'_>, ctx: &Ctx, person: Id<Person>, purpose: Purpose) -> Result<String, AppError> {
    if store::has_roles_elsewhere(tx, person)? {
        return Err(Refusal::new("admin-person-elsewhere").into());
    }
    let seconds = if purpose == Purpose::Reset { rules::RESET_SECONDS } else { rules::INVITATION_SECONDS };
    Ok(mails::address(&ctx.site, purpose, &links::insert(tx, person, purpose, seconds)?))
}

#[derive(Template)]
#[template(path = "person.html")]
struct PersonPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    person: Row,
    is_blocked: bool,
    is_awaited: bool,
    is_self: bool,
    form: Form,
    roles: Vec<Choice>,
}

/// A person of this site; people of other sites do not exist here.
fn find(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Listed, AppError> {
    let roles = store::find_roles(tx, person)?.ok_or(AppError::NotFound)?;
    Ok(Listed { account: store::find(tx, person)?.ok_or(AppError::NotFound)?, roles })
}

async fn build_person(app: &App, ctx: &Ctx, person: Id<Person>, refusal: Option<Refusal>) -> Result<PersonPage, AppError> {
    let listed = app.read(ctx, move |tx| find(tx, person)).await?;
    let t = ctx.t;
    let mut form = listed.roles.iter().fold(form(t), |form, role| form.with("role", role.key()));
    if let Some(refusal) = &refusal {
        form.refuse(refusal);
    }
    let row = Row::new(t, &listed);
    let mut shell = Shell::new(app, ctx, row.name.clone()).crumb(t.get("admin-heading"), "/verwaltung").crumb(t.get("admin-people"), "/verwaltung/menschen");
    form.mark(&mut shell);
    Ok(PersonPage {
        shell,
        t,
        desk: desk(app, ctx),
        person: row,
        is_blocked: listed.account.is_blocked,
        is_awaited: listed.account.is_awaited(),
        is_self: ctx.actor.person() == Some(person),
        form,
        roles: roles(t),
    })
}

/// One person.
pub(crate) async fn show(State(app): State<App>, ctx: Ctx, Path(person): Path<Id<Person>>) -> Result<Response, AppError> {
    page(&build_person(&app, &ctx, person, None).await?)
}

/// Back to the person after an act, or the page again with what was refused.
async fn answer(app: &App, ctx: &Ctx, person: Id<Person>, done: Result<(), AppError>, notice: &str) -> Result<Response, AppError> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/verwaltung/menschen/{person}?hinweis={notice}")).into_response()),
        Err(AppError::Refused(refusal)) => refused_page(&build_person(app, ctx, person, Some(refusal)).await?),
        Err(error) => Err(error),
    }
}

/// Sets the roles; the person's sessions end, so that the next page is seen with the new ones.
pub(crate) async fn set_roles(State(app): State<App>, ctx: Ctx, Path(person): Path<Id<Person>>, fields: Fields) -> Result<Response, AppError> {
    let (after, by) = (roles_sent(&fields), reader(&ctx)?.person);
    let done = app
        .write(&ctx, move |tx| {
            let before = find(tx, person)?.roles;
            let others = store::count_other_administrators(tx, person)?;
            rules::keep_an_administrator(others, before, after)?;
            store::set_roles(tx, person, after, Some(by))?;
            if before.with(Role::Resident) != after.with(Role::Resident) {
                sessions::end_all(tx, person)?;
            }
            Ok::<_, AppError>(())
        })
        .await;
    answer(&app, &ctx, person, done, "saved").await
}

/// Blocks a person or lets them in again. Only for people with roles on this site alone: a block holds everywhere.
pub(crate) async fn set_blocked(State(app): State<App>, ctx: Ctx, Path(person): Path<Id<Person>>, fields: Fields) -> Result<Response, AppError> {
    let block = fields.raw("block") == "1";
    let done = app
        .write(&ctx, move |tx| {
            let before = find(tx, person)?.roles;
            let others = store::count_other_administrators(tx, person)?;
            rules::keep_an_administrator(others, before, if block { Roles::default() } else { before })?;
            if store::has_roles_elsewhere(tx, person)? {
                return Err(AppError::Refused(Refusal::new("admin-person-elsewhere")));
            }
            store::set_blocked(tx, person, block)?;
            sessions::end_all(tx, person)?;
            Ok(links::end_all(tx, person)?)
        })
        .await;
    answer(&app, &ctx, person, done, "saved").await
}

/// A new link on paper: the invitation once more, or a new password for somebody who stands at the counter.
pub(crate) async fn print_link(State(app): State<App>, ctx: Ctx, Path(person): Path<Id<Person>>) -> Result<Response, AppError> {
    let own = ctx.clone();
    let done = app
        .write(&ctx, move |tx| {
            let account = find(tx, person)?.account;
            let purpose = if account.is_awaited() { Purpose::Invitation } else { Purpose::Reset };
            paper_link(tx, &own, person, purpose).map(|link| (account.email, link))
        })
        .await;
    match done {
        Ok((email, link)) => printed(&app, &ctx, email, link),
        Err(error) => answer(&app, &ctx, person, Err(error), "").await,
    }
}
