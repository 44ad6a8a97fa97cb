//! A guest confirms an idea or a comment by the link in the mail. The page only shows a button: programs that open links confirm nothing.

use super::discussion::store::{self as comments, COMMENT, On};
use super::ideas::store::{self as ideas, IDEA};
use crate::care;
use crate::pages::words::Words;
use crate::pages::{Parameters, frame, parameter};
use crate::rules::State;
use crate::store::participants;
use crate::store::processes::{self, Process};
use allmende_core::{Actor, Refusal};
use allmende_db::Tx;
use allmende_platform::texts::Speaker;
use allmende_platform::web::{Fields, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::{Query, State as Axum};
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "beteiligung/confirm_contribution.html")]
struct ConfirmPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    title: String,
    text: String,
    key: String,
    is_used: bool,
    path: String,
}

/// What is confirmed.
enum What {
    Idea(Box<ideas::Idea>),
    Comment(Box<comments::Comment>),
}

impl What {
    /// Its words, the title first.
    fn text(&self) -> String {
        match self {
            Self::Idea(idea) => format!("{}\n\n{}", idea.title, idea.text),
            Self::Comment(comment) => comment.text.clone(),
        }
    }
}

struct Found {
    what: What,
    process: Process,
    is_used: bool,
    is_own: bool,
    participant: allmende_core::Id<participants::Participant>,
}

fn find(tx: &mut Tx<'_>, key: &str) -> Result<Found, AppError> {
    let confirmation = participants::find_confirmation(tx, key)?.ok_or(AppError::NotFound)?;
    let (what, process, author) = match confirmation.kind.as_str() {
        IDEA => {
            let idea = ideas::find_row(tx, confirmation.object)?.ok_or(AppError::NotFound)?;
            let (process, author) = (idea.process, idea.participant);
            (What::Idea(Box::new(idea)), process, author)
        }
        COMMENT => {
            let comment = comments::find(tx, confirmation.object, None)?.ok_or(AppError::NotFound)?;
            let (process, author) = (comment.process, comment.listed.participant.map(allmende_core::Id::new));
            (What::Comment(Box::new(comment)), process, author)
        }
        _ => return Err(AppError::NotFound),
    };
    let process = frame::public(processes::find(tx, process)?)?;
    let is_own = author == Some(confirmation.participant);
    Ok(Found { what, process, is_used: confirmation.is_used, is_own, participant: confirmation.participant })
}

/// Where the contribution stands in public.
fn place(tx: &mut Tx<'_>, found: &Found) -> Result<String, AppError> {
    Ok(match &found.what {
        What::Idea(idea) => ideas::path(idea.process, idea.number),
        What::Comment(comment) => match comment.on {
            On::Part(_) => format!("{}/diskussion", found.process.path()),
            On::Idea(idea) => ideas::find_row(tx, idea)?.map(|idea| ideas::path(idea.process, idea.number)).ok_or(AppError::NotFound)?,
        },
    })
}

/// The page behind the link.
///
/// # Errors
/// 404 for a link that is unknown or has expired.
pub async fn show(Axum(app): Axum<App>, ctx: Ctx, Query(query): Parameters) -> Result<Response, AppError> {
    let key = parameter(&query, "schluessel").ok_or(AppError::NotFound)?.to_owned();
    let asked = key.clone();
    let (found, path, now) = app
        .read(&ctx, move |tx| {
            let found = find(tx, &asked)?;
            let path = place(tx, &found)?;
            Ok::<_, AppError>((found, path, tx.now()?))
        })
        .await?;
    let mut shell =
        Shell::new(&app, &ctx, ctx.t.get("contribution-confirm")).crumb(ctx.t.get("nav-start"), "/").crumb(ctx.t.get("nav-dialogue"), "/beteiligung");
    shell.hidden_from_search = true;
    page(&ConfirmPage {
        shell,
        t: ctx.t,
        words: Words::new(&ctx, now),
        title: found.process.title.clone(),
        text: found.what.text(),
        key,
        is_used: found.is_used,
        path,
    })
}

/// Confirms. Doing it twice is once.
///
/// # Errors
/// 404 for a link that is unknown or has expired.
pub async fn confirm(Axum(app): Axum<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let key = fields.raw("schluessel").to_owned();
    let path = app
        .write(&ctx, move |tx| {
            let found = find(tx, &key)?;
            if !found.is_own {
                return Err(AppError::Refused(Refusal::new("contribution-confirm-other")));
            }
            if !found.is_used {
                participants::confirm(tx, &key, found.participant)?;
                let text = found.what.text();
                let waits = found.process.is_moderated_before || care::waits(tx, &text, Some(found.participant), &Actor::Stranger)?;
                let next = State::first(false, waits);
                match &found.what {
                    What::Idea(idea) if idea.state == super::ideas::rules::State::Unconfirmed => {
                        ideas::set_state(tx, &found.process, idea, next.into(), None, &Actor::Stranger)?;
                    }
                    What::Comment(comment) if comment.listed.state == State::Unconfirmed => {
                        comments::set_state(tx, &found.process, comment, next, None, &Actor::Stranger)?;
                    }
                    What::Idea(_) | What::Comment(_) => {}
                }
            }
            place(tx, &found)
        })
        .await?;
    Ok(Redirect::to(&format!("{path}?hinweis=contribution-confirmed")).into_response())
}
