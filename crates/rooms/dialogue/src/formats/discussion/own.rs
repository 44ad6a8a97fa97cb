//! One comment with what it said before; its author changes it here or takes it back.

use super::rules;
use super::store::COMMENT;
use super::store::{self, Comment, On};
use crate::care;
use crate::care::question::Question;
use crate::formats::ideas::store as ideas;
use crate::pages::words::Words;
use crate::pages::{frame, id_of};
use crate::rules::State;
use crate::store::processes::{self, Process};
use allmende_core::{Actor, Id, Instant, Person, Refusal};
use allmende_db::Tx;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::{Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::{Path, State as Axum};
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "beteiligung/kommentar.html")]
struct OnePage {
    shell: Shell,
    t: Speaker,
    words: Words,
    title: String,
    process: String,
    author: String,
    day: String,
    text: String,
    hidden: Option<String>,
    edits: Vec<(String, String)>,
    form: Option<Form>,
    question: Option<Question>,
    can_withdraw: bool,
    care: Option<care::Link>,
    back: String,
    own: String,
}

struct Read {
    process: Process,
    comment: Comment,
    edits: Vec<(String, Instant)>,
    back: String,
    now: Instant,
}

fn read(tx: &mut Tx<'_>, process: i64, id: i64, reader: Option<Id<Person>>) -> Result<Read, AppError> {
    let process = frame::public(processes::find(tx, process)?)?;
    let comment = store::find(tx, id, reader)?.filter(|comment| comment.process == process.id).ok_or(AppError::NotFound)?;
    if !matches!(comment.listed.state, State::Public | State::Hidden | State::Withdrawn) && !comment.listed.is_own {
        return Err(AppError::NotFound);
    }
    let back = match comment.on {
        On::Part(_) => format!("{}/diskussion", process.path()),
        On::Idea(idea) => ideas::find_row(tx, idea)?.map(|idea| ideas::path(idea.process, idea.number)).ok_or(AppError::NotFound)?,
    };
    let edits = if comment.listed.state == State::Public || comment.listed.is_own { store::list_edits(tx, id)? } else { Vec::new() };
    Ok(Read { now: tx.now()?, process, comment, edits, back })
}

/// One comment with what it said before; its author changes it here or takes it back.
///
/// # Errors
/// 404 for no such comment.
pub async fn one(Axum(app): Axum<App>, ctx: Ctx, Path((slug, id)): Path<(String, i64)>) -> Result<Response, AppError> {
    show_one(&app, &ctx, &slug, id, None).await
}

async fn show_one(app: &App, ctx: &Ctx, slug: &str, id: i64, refused: Option<Form>) -> Result<Response, AppError> {
    let (process, reader, is_refused) = (id_of(slug)?, ctx.actor.person(), refused.is_some());
    let read = app.read(ctx, move |tx| read(tx, process, id, reader)).await?;
    let (t, words, own) = (ctx.t, Words::new(ctx, read.now), &read.comment.listed);
    let hidden = match own.state {
        State::Hidden => Some(t.with("comment-hidden", &[("reason", own.reason.as_deref().unwrap_or_default().into())])),
        State::Withdrawn => Some(t.get("comment-withdrawn").to_owned()),
        State::Public | State::Unconfirmed | State::Waiting => None,
    };
    let can_withdraw = own.is_own && matches!(own.state, State::Public | State::Waiting);
    let question = Question::of_form(refused.as_ref(), &["comment"]);
    let form = (can_withdraw && rules::may_edit(own.submitted_at, read.now))
        .then(|| refused.unwrap_or_else(|| Form::new(t).with("comment", read.comment.text.clone())));
    let mut shell = frame::shell(app, ctx, &read.process, format!("{}: {}", t.get("comment-one"), read.process.title))
        .crumb(read.process.title.clone(), read.process.path())
        .here(t.get("comment-one"));
    shell.hidden_from_search = true;
    if let Some(form) = &form {
        form.mark(&mut shell);
    }
    let view = OnePage {
        shell,
        care: (own.state == State::Public && !own.is_own).then(|| words.care(COMMENT, own.id)),
        title: read.process.title.clone(),
        process: read.process.path(),
        author: if hidden.is_some() { String::new() } else { own.author_name.clone() },
        day: words.day_of(own.submitted_at),
        text: if hidden.is_some() { String::new() } else { read.comment.text.clone() },
        edits: read.edits.iter().map(|(text, at)| (words.day_of(*at), text.clone())).collect(),
        back: format!("{}?kommentare=neu#k{id}", read.back),
        own: format!("{}/kommentar/{id}", read.process.path()),
        hidden,
        question: question.filter(|_| form.is_some()),
        form,
        can_withdraw,
        words,
        t,
    };
    if is_refused { refused_page(&view) } else { page(&view) }
}

/// Changes one's own comment, or takes it back.
///
/// # Errors
/// 404 for what is not one's own; 422 when it is too late, or for what is asked before it is published.
pub async fn change(Axum(app): Axum<App>, ctx: Ctx, Path((slug, id)): Path<(String, i64)>, fields: Fields) -> Result<Response, AppError> {
    let (process, asked, text, is_withdrawn) = (id_of(&slug)?, ctx.clone(), fields.text("comment"), fields.raw("act") == "withdraw");
    if !is_withdrawn && Question::open(ctx.t, &[&text], &fields).is_some() {
        return show_one(&app, &ctx, &slug, id, Some(Form::refused(ctx.t, &fields, []))).await;
    }
    let done = app
        .write(&ctx, move |tx| {
            let read = read(tx, process, id, asked.actor.person())?;
            let own = &read.comment.listed;
            if !own.is_own || !matches!(own.state, State::Public | State::Waiting) {
                return Err(AppError::NotFound);
            }
            if is_withdrawn {
                store::set_state(tx, &read.process, &read.comment, State::Withdrawn, None, &Actor::Stranger)?;
                return Ok(format!("{}?hinweis=comment-taken-back", read.back));
            }
            rules::check_text(&text)?;
            if !rules::may_edit(own.submitted_at, read.now) {
                return Err(AppError::Refused(Refusal::new("comment-edit-late")));
            }
            store::update_text(tx, &read.comment, &text)?;
            // Links that are added later wait as those that were there from the beginning.
            if own.state == State::Public && care::waits(tx, &text, own.participant.map(Id::new), &asked.actor)? {
                store::set_state(tx, &read.process, &read.comment, State::Waiting, None, &Actor::Stranger)?;
                return Ok(format!("{}?hinweis=comment-sent-waiting", read.back));
            }
            Ok(format!("{}?kommentare=neu&hinweis=comment-changed#k{id}", read.back))
        })
        .await;
    match done {
        Ok(path) => Ok(Redirect::to(&path).into_response()),
        Err(AppError::Refused(refusal)) => show_one(&app, &ctx, &slug, id, Some(Form::refused(ctx.t, &fields, [refusal]))).await,
        Err(error) => Err(error),
    }
}
