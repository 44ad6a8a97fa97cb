//! The forms of the desk below `/verwaltung/rat`: entering, saving, publishing and withdrawing.
//!
//! One set of handlers serves all kinds of objects; what differs stands in [`super::kinds`]. Lists stand in [`super::lists`].

use crate::entry::kinds::{Sort, Source, Widget};
use crate::entry::rules::{self, State};
use crate::entry::lists::{Row, row, shell, words};
use crate::entry::save::{Desk, Saved, save, shown};
use crate::store::entry_history::{self, Happened};
use crate::store::entry_list::{self, Entry};
use crate::store::entry_read::{self, FileEntry, Mark, Values};
use crate::store::entry_state;
use allmende_core::{Act, Instant, Refusal};
use allmende_db::{DbError, Tx};
use allmende_oparl::Kind;
use allmende_platform::dates::Dates;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{Choice, Fields, Form, Policy, Routes, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::{Path, Query, State as Extract};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use std::collections::HashMap;

/// Choices of one field.
const CHOICES_MAX: i64 = 500;
/// Boxes to tick instead of a long list.
const BOXES_MAX: usize = 40;

/// The routes of the forms.
#[must_use]
pub fn routes() -> Routes {
    let (edit, publish) = (Policy::Act(Act::EditCouncil), Policy::Act(Act::PublishCouncil));
    Routes::new()
        .get("/verwaltung/rat/{sort}/neu", edit, new)
        .post("/verwaltung/rat/{sort}/neu", edit, create)
        .get("/verwaltung/rat/{sort}/{id}", edit, known)
        .post("/verwaltung/rat/{sort}/{id}", edit, change)
        .post("/verwaltung/rat/{sort}/{id}/stand", publish, go)
        .post("/verwaltung/rat/{sort}/{id}/reihenfolge", edit, order)
}

/// A field as the form shows it.
struct Shown {
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    optional: bool,
    as_words: &'static str,
    choices: Vec<Choice>,
}

/// A value that somebody else changed meanwhile.
struct Clash {
    label: &'static str,
    theirs: String,
    yours: String,
}

/// What a form is about: the row with what belongs to it.
struct Matter {
    mark: Option<Mark>,
    fields: Vec<Shown>,
    values: Values,
    agenda: Vec<Entry>,
    files: Vec<FileEntry>,
    history: Vec<Happened>,
    now: Instant,
}

/// Something that happened, in words.
struct Told {
    at: String,
    machine: String,
    act: &'static str,
    role: &'static str,
    reason: String,
}

#[derive(Template)]
#[template(path = "entry/form.html")]
struct FormPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    sort: &'static Sort,
    id: i64,
    path: String,
    is_known: bool,
    form: Form,
    fields: Vec<Shown>,
    modified_at: String,
    meeting_id: String,
    clashes: Vec<Clash>,
    state: &'static str,
    shape: &'static str,
    is_public: bool,
    is_draft: bool,
    is_withdrawn: bool,
    is_imported: bool,
    has_files: bool,
    public_path: String,
    has_preview: bool,
    agenda: Vec<Row>,
    files: Vec<Row>,
    history: Vec<Told>,
}

fn matter(tx: &mut Tx<'_>, t: Speaker, desk: &Desk, sort: &'static Sort, id: Option<i64>) -> Result<Matter, AppError> {
    let (mark, values) = match id {
        None => (None, first_values(tx, sort, desk)?),
        Some(id) => {
            let mark = entry_read::mark(tx, sort.kind, id)?.ok_or(AppError::NotFound)?;
            (Some(mark), shown(entry_read::values(tx, sort.kind, id)?.unwrap_or_default(), &desk.zone))
        }
    };
    let mut known: HashMap<&'static str, Vec<Choice>> = HashMap::new();
    let chosen = |name: &str| values.iter().filter(|(own, _)| *own == name).filter_map(|(_, value)| value.parse().ok()).collect::<Vec<i64>>();
    let mut fields = Vec::with_capacity(sort.fields.len());
    for field in sort.fields {
        let (choices, as_words) = match field.widget {
            Widget::Line => (Vec::new(), "line"),
            Widget::Long => (Vec::new(), "long"),
            Widget::Day => (Vec::new(), "day"),
            Widget::Moment => (Vec::new(), "moment"),
            Widget::Number => (Vec::new(), "number"),
            Widget::One(Source::Fixed(fixed)) | Widget::Many(Source::Fixed(fixed)) => {
                (fixed.iter().map(|(value, key)| Choice::new(*value, t.get(key))).collect(), if fixed.len() < 4 { "radios" } else { "select" })
            }
            Widget::One(Source::Rows(kind)) => {
                let mut choices = vec![Choice::new("", t.get("admin-council-none"))];
                choices.extend(choices_of(tx, &mut known, kind, &chosen(field.name))?);
                (choices, "select")
            }
            Widget::Many(Source::Rows(kind)) => {
                let choices = choices_of(tx, &mut known, kind, &chosen(field.name))?;
                let widget = if choices.len() <= BOXES_MAX { "boxes" } else { "many" };
                (choices, widget)
            }
        };
        let hint = if field.hint.is_empty() { "" } else { t.get(field.hint) };
        fields.push(Shown { name: field.name, label: t.get(field.label), hint, optional: field.optional, as_words, choices });
    }
    let (agenda, files) = match id {
        Some(id) if sort.kind == Kind::Meeting => (entry_read::agenda(tx, id)?, entry_read::files(tx, sort.kind, id)?),
        Some(id) => (Vec::new(), entry_read::files(tx, sort.kind, id)?),
        None => (Vec::new(), Vec::new()),
    };
    let history = match id {
        Some(id) => entry_history::list(tx, sort.kind, id)?,
        None => Vec::new(),
    };
    Ok(Matter { mark, fields, values, agenda, files, history, now: tx.now()? })
}

/// The rows that can be chosen: the first ones of the kind's list, and always those that were chosen before, so that saving
/// does not lose them.
fn choices_of(tx: &mut Tx<'_>, known: &mut HashMap<&'static str, Vec<Choice>>, kind: Kind, chosen: &[i64]) -> Result<Vec<Choice>, DbError> {
    let choice = |entry: Entry| Choice::new(entry.id.to_string(), entry.name);
    let key = crate::store::kind_key(kind);
    let mut choices = match known.get(key) {
        Some(choices) => choices.clone(),
        None => {
            let entries = entry_list::list(tx, kind, true, None, CHOICES_MAX)?;
            let choices = entries.into_iter().filter(|entry| entry.state != State::Withdrawn).map(choice).collect::<Vec<_>>();
            known.insert(key, choices.clone());
            choices
        }
    };
    let missing: Vec<i64> = chosen.iter().copied().filter(|id| !choices.iter().any(|choice| choice.value == id.to_string())).collect();
    if !missing.is_empty() {
        choices.extend(entry_list::some(tx, kind, &missing)?.into_iter().map(choice));
    }
    Ok(choices)
}

/// What stands in the fields of a new object: the next reference, today, the only body.
fn first_values(tx: &mut Tx<'_>, sort: &Sort, desk: &Desk) -> Result<Values, DbError> {
    let mut values = Values::new();
    if sort.fields.iter().any(|field| field.name == "body_id") {
        let bodies = entry_list::list(tx, Kind::Body, true, None, 2)?;
        values.extend(bodies.first().map(|body| ("body_id", body.id.to_string())));
    }
    if sort.kind == Kind::Paper {
        let today = tx.now()?.at(&desk.zone).date();
        let known = entry_read::references(tx, today.year())?;
        values.push(("reference", rules::next_reference(today.year(), known.iter().map(String::as_str))));
        values.push(("dated_on", today.to_string()));
    }
    match sort.kind {
        Kind::AgendaItem => values.push(("openness", "public".to_owned())),
        Kind::Meeting => values.push(("meeting_state", "terminiert".to_owned())),
        Kind::Organization => values.push(("kind", "Gremium".to_owned())),
        _ => {}
    }
    Ok(values)
}

fn view(app: &App, ctx: &Ctx, sort: &'static Sort, id: Option<i64>, matter: Matter, form: Option<Form>, meeting_id: String) -> FormPage {
    let t = ctx.t;
    let mut form = form.unwrap_or_else(|| matter.values.iter().fold(Form::new(t), |form, (name, value)| form.with(*name, value.clone())));
    if form.value("modified_at").is_empty()
        && let Some(mark) = &matter.mark
    {
        form = form.with("modified_at", mark.modified_at.to_string());
    }
    let state = matter.mark.map(|mark| mark.state);
    let (word, shape) = state.map_or(("", ""), words);
    let own = |name: &str| matter.values.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone()).unwrap_or_default();
    let title = match id {
        None => t.get(sort.new).to_owned(),
        Some(_) => t.with("admin-council-edit", &[("kind", t.get(sort.one).into()), ("name", (&own("name")).into())]),
    };
    let mut shell = shell(app, ctx, title);
    if sort.has_list() {
        shell = shell.crumb(t.get(sort.many), format!("/verwaltung/rat/{}", sort.path));
    }
    let meeting = if meeting_id.is_empty() { own("meeting_id") } else { meeting_id };
    if let (Kind::AgendaItem, Some(meetings)) = (sort.kind, Sort::of(Kind::Meeting)) {
        shell = shell.crumb(t.get(meetings.one), format!("/verwaltung/rat/{}/{meeting}", meetings.path));
    }
    form.mark(&mut shell);
    let items = Sort::of(Kind::AgendaItem).unwrap_or(sort);
    let files = Sort::of(Kind::File).unwrap_or(sort);
    FormPage {
        shell: shell.here(t.get(if id.is_none() { sort.new } else { sort.one })),
        t,
        desk: desk(app, ctx),
        sort,
        id: id.unwrap_or_default(),
        path: id.map_or_else(|| format!("/verwaltung/rat/{}", sort.path), |id| sort.path_of(id)),
        is_known: id.is_some(),
        fields: matter.fields,
        modified_at: form.value("modified_at").to_owned(),
        meeting_id: meeting,
        clashes: Vec::new(),
        state: if word.is_empty() { "" } else { t.get(word) },
        shape,
        is_public: state == Some(State::Public),
        is_draft: matches!(state, Some(State::Draft | State::Internal)),
        is_withdrawn: state == Some(State::Withdrawn),
        is_imported: matter.mark.is_some_and(|mark| mark.is_imported),
        has_files: id.is_some() && matches!(sort.kind, Kind::Paper | Kind::Meeting | Kind::AgendaItem),
        public_path: public_path(sort.kind, id, state),
        has_preview: id.is_some() && matches!(state, Some(State::Draft | State::Internal)) && super::preview::has_page(sort.kind),
        agenda: matter.agenda.iter().map(|entry| row(t, items, entry)).collect(),
        files: matter.files.iter().map(|file| row(t, files, &file.entry)).collect(),
        history: told(ctx, &matter.history, matter.now),
        form,
    }
}

fn told(ctx: &Ctx, history: &[Happened], now: Instant) -> Vec<Told> {
    let (t, dates) = (ctx.t, Dates::new(ctx.t, ctx.site.zone.clone(), now));
    let words = |happened: &Happened| Told {
        at: dates.moment(happened.at),
        machine: dates.machine(happened.at),
        act: t.find(&format!("admin-council-act-{}", happened.act)).unwrap_or(t.get("admin-council-act-changed")),
        role: t.find(&format!("role-{}", happened.role)).unwrap_or(t.get("admin-council-act-system")),
        reason: happened.reason.clone().unwrap_or_default(),
    };
    history.iter().map(words).collect()
}

fn public_path(kind: Kind, id: Option<i64>, state: Option<State>) -> String {
    match (kind, id, state) {
        (Kind::Paper, Some(id), Some(State::Public)) => format!("/rat/vorlagen/{id}"),
        (Kind::Meeting, Some(id), Some(State::Public)) => format!("/rat/sitzungen/{id}"),
        (Kind::Organization, Some(id), Some(State::Public)) => format!("/rat/gremien/{id}"),
        (Kind::Person, Some(id), Some(State::Public)) => format!("/rat/menschen/{id}"),
        (Kind::Location, Some(id), Some(State::Public)) => format!("/rat/orte/{id}"),
        (Kind::File, Some(id), Some(State::Public)) => format!("/rat/dateien/{id}"),
        _ => String::new(),
    }
}

pub(super) fn desk_of(ctx: &Ctx) -> Desk {
    Desk { actor: ctx.actor.clone(), zone: ctx.site.zone.clone() }
}

async fn new(Extract(app): Extract<App>, ctx: Ctx, Path(path): Path<String>, Query(query): Query<HashMap<String, String>>) -> Result<Response, AppError> {
    let sort = Sort::at(&path).filter(|sort| sort.kind != Kind::File).ok_or(AppError::NotFound)?;
    let meeting = query.get("sitzung").cloned().unwrap_or_default();
    if sort.kind == Kind::AgendaItem && meeting.parse::<i64>().is_err() {
        return Err(AppError::NotFound);
    }
    show(&app, &ctx, sort, None, None, meeting).await
}

async fn known(Extract(app): Extract<App>, ctx: Ctx, Path((path, id)): Path<(String, i64)>) -> Result<Response, AppError> {
    let sort = Sort::at(&path).ok_or(AppError::NotFound)?;
    show(&app, &ctx, sort, Some(id), None, String::new()).await
}

async fn show(app: &App, ctx: &Ctx, sort: &'static Sort, id: Option<i64>, form: Option<Form>, meeting: String) -> Result<Response, AppError> {
    let (t, desk) = (ctx.t, desk_of(ctx));
    let matter = app.read(ctx, move |tx| matter(tx, t, &desk, sort, id)).await?;
    let is_refused = form.is_some();
    let view = view(app, ctx, sort, id, matter, form, meeting);
    if is_refused { refused_page(&view) } else { page(&view) }
}

async fn create(Extract(app): Extract<App>, ctx: Ctx, Path(path): Path<String>, fields: Fields) -> Result<Response, AppError> {
    let sort = Sort::at(&path).filter(|sort| sort.kind != Kind::File).ok_or(AppError::NotFound)?;
    store(&app, &ctx, sort, None, fields).await
}

async fn change(Extract(app): Extract<App>, ctx: Ctx, Path((path, id)): Path<(String, i64)>, fields: Fields) -> Result<Response, AppError> {
    let sort = Sort::at(&path).ok_or(AppError::NotFound)?;
    store(&app, &ctx, sort, Some(id), fields).await
}

async fn store(app: &App, ctx: &Ctx, sort: &'static Sort, id: Option<i64>, fields: Fields) -> Result<Response, AppError> {
    let (desk, sent) = (desk_of(ctx), fields.clone());
    match app.write(ctx, move |tx| save(tx, &desk, sort, id, &sent)).await {
        Ok(Saved::Kept(id)) => Ok(Redirect::to(&format!("{}?hinweis=council-saved", sort.path_of(id))).into_response()),
        Ok(Saved::Stale(theirs)) => clash(app, ctx, sort, id, &fields, &theirs).await,
        Err(AppError::Refused(refusal)) => {
            let meeting = fields.line("meeting_id");
            show(app, ctx, sort, id, Some(Form::refused(ctx.t, &fields, [refusal])), meeting).await
        }
        Err(error) => Err(error),
    }
}

/// 409: both versions side by side. What the reader typed stays in the form; saving again keeps it.
async fn clash(app: &App, ctx: &Ctx, sort: &'static Sort, id: Option<i64>, fields: &Fields, theirs: &Values) -> Result<Response, AppError> {
    let (t, desk) = (ctx.t, desk_of(ctx));
    let matter = app.read(ctx, move |tx| matter(tx, t, &desk, sort, id)).await?;
    let stamp = matter.mark.map(|mark| mark.modified_at.to_string()).unwrap_or_default();
    let form = Form::refused(t, fields, [Refusal::new("admin-council-refusal-stale")]);
    let mut view = view(app, ctx, sort, id, matter, Some(form), String::new());
    view.modified_at = stamp;
    view.clashes = super::save::changes(sort, theirs, fields)
        .into_iter()
        .filter_map(|(name, theirs, yours)| {
            let field = view.fields.iter().find(|field| field.name == name)?;
            Some(Clash { label: field.label, theirs: in_words(field, &theirs), yours: in_words(field, &yours) })
        })
        .collect();
    let html = view.render().map_err(anyhow::Error::from)?;
    Ok((StatusCode::CONFLICT, Html(html)).into_response())
}

/// Numbers of rows as the names of their choices.
fn in_words(field: &Shown, value: &str) -> String {
    if field.choices.is_empty() {
        return value.to_owned();
    }
    let name = |part: &str| field.choices.iter().find(|choice| choice.value == part).map_or_else(|| part.to_owned(), |choice| choice.label.clone());
    value.split(", ").map(name).collect::<Vec<_>>().join(", ")
}

/// Publishes, hides, withdraws or brings back.
async fn go(Extract(app): Extract<App>, ctx: Ctx, Path((path, id)): Path<(String, i64)>, fields: Fields) -> Result<Response, AppError> {
    let sort = Sort::at(&path).ok_or(AppError::NotFound)?;
    let (desk, sent) = (desk_of(&ctx), fields.clone());
    match app.write(&ctx, move |tx| go_over(tx, &desk, sort, id, &sent)).await {
        Ok(state) => Ok(Redirect::to(&format!("{}?hinweis=council-{}", sort.path_of(id), state.key())).into_response()),
        Err(AppError::Refused(refusal)) => {
            let (t, desk) = (ctx.t, desk_of(&ctx));
            let matter = app.read(&ctx, move |tx| matter(tx, t, &desk, sort, Some(id))).await?;
            let mut form = matter.values.iter().fold(Form::new(t), |form, (name, value)| form.with(*name, value.clone()));
            form.refuse(&refusal);
            refused_page(&view(&app, &ctx, sort, Some(id), matter, Some(form), String::new()))
        }
        Err(error) => Err(error),
    }
}

fn go_over(tx: &mut Tx<'_>, desk: &Desk, sort: &Sort, id: i64, fields: &Fields) -> Result<State, AppError> {
    let mark = entry_read::mark(tx, sort.kind, id)?.ok_or(AppError::NotFound)?;
    if mark.is_imported {
        return Err(Refusal::new("admin-council-refusal-imported").into());
    }
    let reason = fields.text("reason");
    let state = mark.state.go(State::of(fields.raw("to")), &reason)?;
    if state == State::Public {
        check_public(tx, sort.kind, id, mark)?;
    }
    let at = tx.now()?.millis().max(mark.modified_at + 1);
    entry_state::set(tx, sort.kind, id, state, at)?;
    entry_state::follow(tx, sort.kind, id, mark.state, mark.modified_at, state, at)?;
    entry_state::touch_owners(tx, sort.kind, id, at)?;
    entry_state::settle_stations(tx, sort.kind, id, at)?;
    entry_state::tell_of(tx, sort.kind, id)?;
    let act = match (mark.state, state) {
        (State::Withdrawn, State::Public) => "restored",
        (_, State::Public) => "published",
        (_, State::Withdrawn) => "withdrawn",
        _ => return Ok(state),
    };
    entry_state::record(tx, sort.kind, id, &desk.actor, act, Some(reason.trim()).filter(|reason| !reason.is_empty()), None)?;
    Ok(state)
}

/// What the public may see must be whole, and must not stand alone.
fn check_public(tx: &mut Tx<'_>, kind: Kind, id: i64, mark: Mark) -> Result<(), AppError> {
    let values = entry_read::values(tx, kind, id)?.unwrap_or_default();
    let own = |name: &str| values.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str()).unwrap_or_default();
    match kind {
        Kind::Paper => rules::check_public_paper(Some(own("name")), Some(own("kind")), rules::check_day("dated_on", own("dated_on"))?)?,
        Kind::AgendaItem if mark.state == State::Internal => return Err(Refusal::of_field("openness", "admin-council-refusal-item-closed").into()),
        _ => {}
    }
    if !entry_state::has_public_owner(tx, kind, id)? {
        return Err(Refusal::new("admin-council-refusal-owner-not-public").into());
    }
    Ok(())
}

/// Moves an agenda item one place up or down.
async fn order(Extract(app): Extract<App>, ctx: Ctx, Path((path, id)): Path<(String, i64)>, fields: Fields) -> Result<Response, AppError> {
    let sort = Sort::at(&path).filter(|sort| sort.kind == Kind::Meeting).ok_or(AppError::NotFound)?;
    let item = fields.raw("item").parse::<i64>().map_err(|_| AppError::NotFound)?;
    let is_up = fields.raw("way") == "up";
    app.write(&ctx, move |tx| {
        let mark = entry_read::mark(tx, Kind::Meeting, id)?.ok_or(AppError::NotFound)?;
        if mark.is_imported {
            return Err(AppError::from(Refusal::new("admin-council-refusal-imported")));
        }
        let at = tx.now()?.millis().max(mark.modified_at + 1);
        Ok(entry_state::shift(tx, id, item, is_up, at)?)
    })
    .await?;
    Ok(Redirect::to(&format!("{}#tagesordnung", sort.path_of(id))).into_response())
}
