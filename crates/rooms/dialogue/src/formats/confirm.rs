//! What a guest does by the link in the mail: confirms what they sent, and takes it back later. One page for statements, ideas and
//! comments.
//!
//! Opening the page does nothing, it only shows a button: programs that open links confirm nothing. Afterwards the same link is the
//! guest's way to what they gave. Start with [`Given`].

use super::discussion::store::{self as comments, COMMENT, On};
use super::ideas::store::{self as ideas, IDEA};
use crate::care;
use crate::pages::words::{State as Shape, Words};
use crate::pages::{Parameters, frame, own, parameter};
use crate::place::Place;
use crate::rules::State;
use crate::store::participants::{self, Participant};
use crate::store::processes::{self, Process};
use crate::store::{STATEMENT, statements};
use allmende_core::{Actor, Id, Refusal};
use allmende_db::Tx;
use allmende_platform::texts::Speaker;
use allmende_platform::web::{Fields, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::{Query, State as Axum};
use axum::response::{IntoResponse, Redirect, Response};

/// The address of the page.
pub(super) const PATH: &str = "/beteiligung/bestaetigen";

#[derive(Template)]
#[template(path = "beteiligung/confirm.html")]
struct ConfirmPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    heading: &'static str,
    title: String,
    text: String,
    /// The place that it names; empty without one.
    at: String,
    /// Its receipt number; a comment has none.
    receipt: Option<String>,
    key: String,
    is_used: bool,
    state: Shape,
    /// Where it stands, if everybody reads it.
    path: Option<String>,
    process_path: String,
    /// What taking it back means, if it can be taken back.
    withdraw: Option<&'static str>,
    action: &'static str,
}

/// What is confirmed.
enum What {
    Statement(Box<statements::Row>),
    Idea(Box<ideas::Idea>),
    Comment(Box<comments::Comment>),
}

/// A contribution behind a link.
struct Given {
    what: What,
    process: Process,
    participant: Id<Participant>,
    is_used: bool,
}

impl Given {
    /// Reads what the link with this key belongs to; 404 for a link that is unknown or has expired.
    fn find(tx: &mut Tx<'_>, key: &str) -> Result<(Self, bool), AppError> {
        let confirmation = participants::find_confirmation(tx, key)?.ok_or(AppError::NotFound)?;
        let (what, process, author) = match confirmation.kind.as_str() {
            STATEMENT => {
                let row = statements::find(tx, confirmation.object)?.ok_or(AppError::NotFound)?;
                let (process, author) = (row.process, row.participant);
                (What::Statement(Box::new(row)), process, author)
            }
            IDEA => {
                let idea = ideas::find_row(tx, confirmation.object)?.ok_or(AppError::NotFound)?;
                let (process, author) = (idea.process, idea.participant);
                (What::Idea(Box::new(idea)), process, author)
            }
            COMMENT => {
                let comment = comments::find(tx, confirmation.object, None)?.ok_or(AppError::NotFound)?;
                let (process, author) = (comment.process, comment.listed.participant.map(Id::new));
                (What::Comment(Box::new(comment)), process, author)
            }
            _ => return Err(AppError::NotFound),
        };
        let process = frame::public(processes::find(tx, process)?)?;
        let is_own = author == Some(confirmation.participant);
        Ok((Self { what, process, participant: confirmation.participant, is_used: confirmation.is_used }, is_own))
    }

    /// Its words, the title first, the suggestion last.
    fn text(&self) -> String {
        match &self.what {
            What::Statement(row) => [Some(row.text.as_str()), row.suggestion.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("\n\n"),
            What::Idea(idea) => format!("{}\n\n{}", idea.title, idea.text),
            What::Comment(comment) => comment.text.clone(),
        }
    }

    /// The place that it names, in words.
    fn at(&self, t: Speaker) -> String {
        match &self.what {
            What::Statement(row) => row.place.as_deref().and_then(Place::parse).map(|place| place.words(t)).unwrap_or_default(),
            What::Idea(idea) => idea.place.clone().unwrap_or_default(),
            What::Comment(_) => String::new(),
        }
    }

    fn receipt(&self) -> Option<String> {
        match &self.what {
            What::Statement(row) => Some(row.receipt.clone()),
            What::Idea(idea) => Some(idea.receipt.clone()),
            What::Comment(_) => None,
        }
    }

    fn state(&self) -> State {
        match &self.what {
            What::Statement(row) => row.state,
            What::Idea(idea) => idea.state.common(),
            What::Comment(comment) => comment.listed.state,
        }
    }

    /// Where it stands for everybody, with a notice or without.
    fn place(&self, tx: &mut Tx<'_>, notice: Option<&str>) -> Result<String, AppError> {
        let notice = notice.map(|key| format!("hinweis={key}"));
        let (path, mut query, fragment) = match &self.what {
            What::Statement(row) => (self.process.path(), vec![format!("absatz={}", row.unit)], format!("#u{}", row.unit)),
            What::Idea(idea) => (ideas::path(idea.process, idea.number), Vec::new(), String::new()),
            What::Comment(comment) => {
                let path = match comment.on {
                    On::Part(_) => format!("{}/diskussion", self.process.path()),
                    On::Idea(idea) => ideas::find_row(tx, idea)?.map(|idea| ideas::path(idea.process, idea.number)).ok_or(AppError::NotFound)?,
                };
                (path, vec!["kommentare=neu".to_owned()], format!("#k{}", comment.listed.id))
            }
        };
        query.extend(notice);
        let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
        Ok(format!("{path}{query}{fragment}"))
    }

    /// What taking it back means, if that is possible now.
    fn withdraw_key(&self, tx: &mut Tx<'_>) -> Result<Option<&'static str>, AppError> {
        if !self.is_used {
            return Ok(None);
        }
        let (may, key) = match &self.what {
            What::Statement(row) => (row.state.may_be_withdrawn() && own::judge(tx, &self.process, row)?.is_ok(), "dialogue-withdraw-help"),
            What::Idea(idea) => (idea.state.may_be_withdrawn(), "idea-own-withdraw-help"),
            What::Comment(comment) => (comment.listed.state.may_be_withdrawn(), "comment-own-withdraw-help"),
        };
        Ok(may.then_some(key))
    }

    /// Takes it back for its author. False if it was taken back or hidden before.
    fn take_back(&self, tx: &mut Tx<'_>) -> Result<bool, AppError> {
        let nobody = &Actor::Stranger;
        match &self.what {
            What::Statement(row) => return own::take_back(tx, &self.process, row),
            What::Idea(idea) if idea.state.may_be_withdrawn() => ideas::set_state(tx, &self.process, idea, State::Withdrawn.into(), None, nobody)?,
            What::Comment(own) if own.listed.state.may_be_withdrawn() => comments::set_state(tx, &self.process, own, State::Withdrawn, None, nobody)?,
            What::Idea(_) | What::Comment(_) => return Ok(false),
        }
        Ok(true)
    }

    /// Confirms it, once. Returns where it stands then.
    fn confirm(&self, tx: &mut Tx<'_>, key: &str) -> Result<State, AppError> {
        if self.is_used {
            return Ok(self.state());
        }
        participants::confirm(tx, key, self.participant)?;
        if self.state() != State::Unconfirmed {
            return Ok(self.state());
        }
        let waits = self.process.is_moderated_before || care::waits(tx, &self.text(), Some(self.participant), &Actor::Stranger)?;
        let next = State::first(false, waits);
        match &self.what {
            What::Statement(row) => statements::set_state(tx, &self.process, row, next, None, &Actor::Stranger)?,
            What::Idea(idea) => ideas::set_state(tx, &self.process, idea, next.into(), None, &Actor::Stranger)?,
            What::Comment(comment) => comments::set_state(tx, &self.process, comment, next, None, &Actor::Stranger)?,
        }
        Ok(next)
    }
}

/// The page behind the link.
///
/// # Errors
/// 404 for a link that is unknown or has expired.
pub async fn show(Axum(app): Axum<App>, ctx: Ctx, Query(query): Parameters) -> Result<Response, AppError> {
    let key = parameter(&query, "schluessel").ok_or(AppError::NotFound)?.to_owned();
    let asked = key.clone();
    let (given, path, withdraw, now) = app
        .read(&ctx, move |tx| {
            let (given, _) = Given::find(tx, &asked)?;
            let path = if given.state() == State::Public { Some(given.place(tx, None)?) } else { None };
            let withdraw = given.withdraw_key(tx)?;
            Ok::<_, AppError>((given, path, withdraw, tx.now()?))
        })
        .await?;
    let (t, words) = (ctx.t, Words::new(&ctx, now));
    let heading = t.get(if given.is_used { "contribution-own" } else { "contribution-confirm" });
    let mut shell = crate::pages::shell(&app, &ctx, heading).crumb(t.get("nav-dialogue"), "/beteiligung");
    shell.hidden_from_search = true;
    page(&ConfirmPage {
        shell,
        heading,
        title: given.process.title.clone(),
        text: given.text(),
        at: given.at(t),
        receipt: given.receipt(),
        state: words.stands(given.state()),
        process_path: given.process.path(),
        withdraw: withdraw.and_then(|key| t.find(key)),
        is_used: given.is_used,
        action: PATH,
        words,
        key,
        path,
        t,
    })
}

/// Confirms, or takes back what was confirmed. Doing either twice is once.
///
/// # Errors
/// 404 for a link that is unknown or has expired; 422 for what can no longer be taken back.
pub async fn act(Axum(app): Axum<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let (key, is_withdrawn) = (fields.raw("schluessel").to_owned(), fields.raw("act") == "withdraw");
    let back = format!("{PATH}?schluessel={key}");
    let path = app
        .write(&ctx, move |tx| {
            let (given, is_own) = Given::find(tx, &key)?;
            if !is_own {
                return Err(AppError::Refused(Refusal::new("contribution-confirm-other")));
            }
            if is_withdrawn {
                let is_done = given.is_used && given.take_back(tx)?;
                return Ok(if is_done { format!("{back}&hinweis=contribution-taken-back") } else { back.clone() });
            }
            match given.confirm(tx, &key)? {
                State::Public => given.place(tx, Some("contribution-confirmed")),
                // What somebody looks at first is nowhere to be seen yet: the link says so.
                _ => Ok(back.clone()),
            }
        })
        .await?;
    Ok(Redirect::to(&path).into_response())
}
