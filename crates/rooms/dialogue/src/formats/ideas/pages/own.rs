//! What somebody does with an idea: support one, change one's own and its picture within the hour, take it back; and what it said before.

use super::super::rules::{self, State};
use super::super::store::{self, Idea, edits, pictures};
use super::picture::{self, Figure, Taken, Wish};
use crate::audience::entry::Entry;
use crate::care;
use crate::care::question::Question;
use crate::pages::words::Words;
use crate::pages::{frame, id_of};
use crate::rules::{Act, may_take_part};
use crate::store::phases;
use crate::store::processes::{self, Process};
use allmende_core::{Actor, Instant, Refusal};
use allmende_db::Tx;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::{AppError, Choice, Fields, Form, Shell, Upload, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, State as Axum};
use axum::response::{IntoResponse, Redirect, Response};

/// Supports an idea, or takes the support back. Exactly one of a person counts.
///
/// # Errors
/// 404 for no public idea; 422 outside the phase, on one's own, or at the limit.
pub async fn support(Axum(app): Axum<App>, ctx: Ctx, Path((slug, number)): Path<(String, i64)>, fields: Fields) -> Result<Response, AppError> {
    let (id, asked, is_added) = (id_of(&slug)?, ctx.clone(), fields.raw("act") != "remove");
    app.write(&ctx, move |tx| {
        let person = asked.actor.signed_in().ok_or(AppError::Forbidden)?;
        let process = frame::public(processes::find(tx, id)?)?;
        let idea = store::find(tx, id, number, Some(person.person))?.filter(|idea| idea.state == State::Public).ok_or(AppError::NotFound)?;
        let periods = phases::periods_of(&phases::list(tx, id)?, Some(idea.part));
        let entry = Entry::read(tx, &asked, &process, None)?;
        may_take_part(Act::Support, &periods, &process.audience, &entry.proof, tx.now()?)?;
        if idea.is_own {
            return Err(AppError::Refused(Refusal::new("idea-support-own")));
        }
        let supporter = entry.author(tx, &asked, &process, &person.public_name)?.participant.ok_or(AppError::Forbidden)?;
        if is_added {
            store::add_support(tx, &idea, supporter)?
        } else {
            store::remove_support(tx, idea.id, supporter)?
        };
        Ok(())
    })
    .await?;
    Ok(Redirect::to(&format!("{}#zustimmen", store::path(id, number))).into_response())
}

#[derive(Template)]
#[template(path = "beteiligung/idee_aendern.html")]
struct EditPage {
    shell: Shell,
    t: Speaker,
    process: String,
    process_path: String,
    own: String,
    categories: Vec<Choice>,
    form: Option<Form>,
    picture: Option<Figure>,
    question: Option<Question>,
    words: Words,
}

struct Read {
    process: Process,
    idea: Idea,
    now: Instant,
}

fn read(tx: &mut Tx<'_>, ctx: &Ctx, process: i64, number: i64) -> Result<Read, AppError> {
    let process = frame::public(processes::find(tx, process)?)?;
    let idea = store::find(tx, process.id, number, ctx.actor.person())?.filter(|idea| idea.is_own && idea.state.may_be_withdrawn());
    Ok(Read { idea: idea.ok_or(AppError::NotFound)?, process, now: tx.now()? })
}

/// The form to change one's own idea, and to take it back.
///
/// # Errors
/// 404 for what is not one's own.
pub async fn form(Axum(app): Axum<App>, ctx: Ctx, Path((slug, number)): Path<(String, i64)>) -> Result<Response, AppError> {
    show(&app, &ctx, id_of(&slug)?, number, None).await
}

async fn show(app: &App, ctx: &Ctx, process: i64, number: i64, refused: Option<Form>) -> Result<Response, AppError> {
    let (asked, is_refused) = (ctx.clone(), refused.is_some());
    let read = app.read(ctx, move |tx| read(tx, &asked, process, number)).await?;
    let (t, idea) = (ctx.t, &read.idea);
    let own = store::path(process, number);
    let question = Question::of_form(refused.as_ref(), &["title", "text", picture::TEXT]);
    let form = rules::may_edit(idea.submitted_at, read.now).then(|| {
        refused.unwrap_or_else(|| {
            let form = Form::new(t).with("title", idea.title.clone()).with("text", idea.text.clone());
            let description = idea.picture.as_ref().map(|picture| picture.description.clone()).unwrap_or_default();
            form.with("category", idea.category.clone().unwrap_or_default()).with(picture::TEXT, description)
        })
    });
    let mut shell = frame::shell(app, ctx, &read.process, t.get("idea-own-change"))
        .crumb(read.process.title.clone(), read.process.path())
        .crumb(idea.title.clone(), own.clone())
        .here(t.get("idea-own-change"));
    shell.hidden_from_search = true;
    if let Some(form) = &form {
        form.mark(&mut shell);
    }
    let none = (!idea.settings.categories.is_empty()).then(|| Choice::new("", t.get("idea-category-none")));
    let view = EditPage {
        shell,
        t,
        categories: none.into_iter().chain(idea.settings.categories.iter().map(|own| Choice::new(own, own))).collect(),
        process: read.process.title.clone(),
        process_path: read.process.path(),
        picture: idea.picture.as_ref().map(|picture| Figure::new(&own, picture)),
        own,
        question: question.filter(|_| form.is_some()),
        words: Words::new(ctx, read.now),
        form,
    };
    if is_refused { refused_page(&view) } else { page(&view) }
}

/// Changes one's own idea within the hour, or takes it back at any time.
///
/// # Errors
/// 404 for what is not one's own; 422 with what was refused, or with what is asked before it is published.
pub async fn change(Axum(app): Axum<App>, ctx: Ctx, Path((slug, number)): Path<(String, i64)>, upload: Upload) -> Result<Response, AppError> {
    let Upload { mut fields, picture: given } = upload;
    let (id, asked) = (id_of(&slug)?, ctx.clone());
    if fields.raw("act") == "withdraw" {
        let path = app.write(&ctx, move |tx| withdraw(tx, &asked, id, number)).await?;
        return Ok(Redirect::to(&path).into_response());
    }
    let before = app.read(&ctx, move |tx| read(tx, &asked, id, number)).await?;
    // Whoever comes too late leaves no picture behind.
    let bound = rules::may_edit(before.idea.submitted_at, before.now)
        .then(|| format!("{}\nidea {}\nperson {}", ctx.site.id, before.idea.id, ctx.actor.person().map_or(0, allmende_core::Id::get)));
    let taken = picture::take(&app, &ctx, given, &mut fields, bound.as_deref(), before.idea.picture.is_some()).await?;
    let changed = Changed { title: fields.line("title"), text: fields.text("text"), category: fields.line("category"), taken };
    if Question::open(ctx.t, &[&changed.title, &changed.text, &changed.taken.description], &fields).is_some() {
        return show(&app, &ctx, id, number, Some(Form::refused(ctx.t, &fields, changed.taken.refusals))).await;
    }
    let asked = ctx.clone();
    let done = app.write(&ctx, move |tx| write(tx, &asked, id, number, &changed)).await?;
    match done {
        Ok(path) => Ok(Redirect::to(&path).into_response()),
        Err(refusals) => show(&app, &ctx, id, number, Some(Form::refused(ctx.t, &fields, refusals))).await,
    }
}

/// What an author sent to be changed.
struct Changed {
    title: String,
    text: String,
    category: String,
    taken: Taken,
}

fn withdraw(tx: &mut Tx<'_>, ctx: &Ctx, process: i64, number: i64) -> Result<String, AppError> {
    let read = read(tx, ctx, process, number)?;
    store::set_state(tx, &read.process, &read.idea, State::Withdrawn, None, &ctx.actor)?;
    Ok(format!("{}/ideen?hinweis=idea-taken-back", read.process.path()))
}

/// Where it goes on, or what was refused.
fn write(tx: &mut Tx<'_>, ctx: &Ctx, process: i64, number: i64, changed: &Changed) -> Result<Result<String, Vec<Refusal>>, AppError> {
    let Read { process, idea, now } = read(tx, ctx, process, number)?;
    let (title, text, wish) = (&changed.title, &changed.text, &changed.taken.wish);
    let category = Some(changed.category.as_str()).filter(|category| !category.is_empty());
    let mut refusals = rules::check_words(title, text, category, &idea.settings);
    if rules::may_edit(idea.submitted_at, now) {
        refusals.extend(changed.taken.refusals.iter().cloned());
    } else {
        refusals.push(Refusal::new("idea-edit-late"));
    }
    if !refusals.is_empty() {
        return Ok(Err(refusals));
    }
    edits::update_words(tx, &process, &idea, title, text, category)?;
    match wish {
        Wish::Put(picture) => pictures::put(tx, idea.id, picture, &changed.taken.description)?,
        Wish::Remove => pictures::delete(tx, idea.id)?,
        Wish::Leave => pictures::describe(tx, idea.id, &changed.taken.description)?,
    }
    // Links and pictures that are added later wait as those that were there from the beginning.
    let is_new = process.is_moderated_before && matches!(wish, Wish::Put(_));
    if idea.state == State::Public && (is_new || care::waits(tx, &format!("{title}\n{text}"), idea.participant, &ctx.actor)?) {
        store::set_state(tx, &process, &idea, State::Waiting, None, &Actor::Stranger)?;
    }
    Ok(Ok(format!("{}?hinweis=idea-changed", store::path(process.id, idea.number))))
}

#[derive(Template)]
#[template(path = "beteiligung/idee_frueher.html")]
struct HistoryPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    title: String,
    own: String,
    edits: Vec<(String, String, String)>,
}

/// What an idea said before its author changed it.
///
/// # Errors
/// 404 for no public idea.
pub async fn history(Axum(app): Axum<App>, ctx: Ctx, Path((slug, number)): Path<(String, i64)>) -> Result<Response, AppError> {
    let (id, reader) = (id_of(&slug)?, ctx.actor.person());
    let (process, idea, before, now) = app
        .read(&ctx, move |tx| {
            let process = frame::public(processes::find(tx, id)?)?;
            let idea = store::find(tx, id, number, reader)?.filter(|idea| matches!(idea.state, State::Public | State::Merged)).ok_or(AppError::NotFound)?;
            let before = edits::list_edits(tx, idea.id)?;
            Ok::<_, AppError>((process, idea, before, tx.now()?))
        })
        .await?;
    let (t, words, own) = (ctx.t, Words::new(&ctx, now), store::path(id, number));
    let mut shell = frame::shell(&app, &ctx, &process, format!("{}: {}", t.get("idea-before"), idea.title))
        .crumb(process.title.clone(), process.path())
        .crumb(idea.title.clone(), own.clone())
        .here(t.get("idea-before"));
    shell.hidden_from_search = true;
    let edits = before.into_iter().map(|(title, text, at)| (words.day_of(at), title, text)).collect();
    page(&HistoryPage { shell, t, words, title: idea.title, own, edits })
}
