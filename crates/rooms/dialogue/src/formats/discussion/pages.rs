//! The page of a discussion, and sending a comment. [`Talk`] is the part that ideas show too.

use super::own;
use super::ranking::{self, Thread};
use super::rules::{self, Share, Sort, Stance};
use super::store::{self, COMMENT, Listed, New, On, THREADS};
use crate::care::question::Question;
use crate::care::{self, COMMENT_FORM};
use crate::formats::ideas::store as ideas;
use crate::formats::sender::{self, Attempt, Open, Sender, Told, Writing, number};
use crate::pages::frame::{self, Frame, Here};
use crate::pages::words::{State as Shape, Words};
use crate::pages::{Parameters, id_of, parameter};
use crate::rules::{Act, State};
use crate::store::phases::{self, Part, Phase};
use crate::store::processes::{self, Process};
use allmende_core::{Act as Permission, Instant, Refusal, may};
use allmende_db::Tx;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::guard::Issued;
use allmende_platform::web::{Fields, Form, Original, Policy, Routes, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::{Path, Query, State as Axum};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use std::collections::HashMap;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/beteiligung/{slug}/diskussion", Policy::Public, show)
        .post("/beteiligung/{slug}/kommentar", Policy::Public, send)
        .get("/beteiligung/{slug}/kommentar/{id}", Policy::Public, own::one)
        .post("/beteiligung/{slug}/kommentar/{id}", Policy::Act(Permission::KeepOwnAccount), own::change)
}

/// A comment as the page shows it.
pub(crate) struct Item {
    /// Its row: `#k12`.
    pub id: i64,
    /// Steps to the right.
    pub depth: i64,
    /// The name of its author.
    pub author: String,
    /// Its day, as markup.
    pub day: String,
    /// What it says.
    pub text: String,
    /// Its side in words.
    pub stance: &'static str,
    /// Whether it was changed.
    pub is_edited: bool,
    /// Why it is not shown.
    pub hidden: Option<String>,
    /// Whom it answers, where that is not the comment above it.
    pub answers: Option<(i64, String)>,
    /// Whether the reader wrote it.
    pub is_own: bool,
    /// Where one's own stands, if not in public.
    pub stands: Option<Shape>,
    /// Where it is reported; nothing for one's own and for what is not public.
    pub care: Option<care::Link>,
}

/// A link above the list.
pub(crate) struct Link {
    /// What it says.
    pub label: &'static str,
    /// Where it leads.
    pub path: String,
    /// Whether it is this page.
    pub is_here: bool,
}

/// Comments on one thing, with the form to add one.
pub(crate) struct Talk {
    /// The comments in the order in which they are read.
    pub items: Vec<Item>,
    /// The orders.
    pub sorts: Vec<Link>,
    /// The next page.
    pub next: Option<String>,
    /// The address of the thing.
    pub path: String,
    /// The address of its process.
    pub process: String,
    /// `process_part` or `idea`.
    pub kind: &'static str,
    /// Its row.
    pub on: i64,
    /// Whether one can write.
    pub open: Open,
    /// The form.
    pub writing: Option<Writing>,
    /// Whom the form answers.
    pub answering: Option<(i64, String)>,
}

impl Talk {
    /// Whether somebody can write here now.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.open.is_open
    }

    /// Why nobody can.
    #[must_use]
    pub const fn closed(&self) -> Option<&'static str> {
        self.open.closed
    }

    /// Where one shows what is missing.
    #[must_use]
    pub fn way_in(&self) -> Option<&str> {
        self.open.way_in.as_deref()
    }

    /// Where one signs in, if that is what is missing.
    #[must_use]
    pub fn sign_in(&self) -> Option<&str> {
        self.open.sign_in.as_deref()
    }
}

/// What an address asks of comments.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    /// The order.
    pub sort: Sort,
    /// The last thread of the page before.
    pub from: Option<i64>,
    /// The comment that is answered.
    pub answering: Option<i64>,
}

impl Wanted {
    /// From the parameters of an address.
    #[must_use]
    pub fn read(query: &HashMap<String, String>) -> Self {
        Self {
            sort: parameter(query, "kommentare").map(Sort::of).unwrap_or_default(),
            from: number(query, "ab_kommentar"),
            answering: number(query, "antwort"),
        }
    }
}

/// Around the comments: what they are on and who reads.
pub(crate) struct Around<'a> {
    pub app: &'a App,
    pub ctx: &'a Ctx,
    pub words: &'a Words,
    pub process: &'a Process,
    pub phases: &'a [Phase],
    pub part: i64,
    pub on: On,
    pub path: String,
    pub now: Instant,
}

/// Puts the comments of a page in order and in words.
pub(crate) fn talk(around: &Around<'_>, wanted: Wanted, listed: Vec<Listed>, refused: Option<Form>) -> Result<Talk, AppError> {
    let (ctx, words) = (around.ctx, around.words);
    let threads = listed.iter().filter(|comment| comment.depth == 0).count();
    let last = listed.iter().filter(|comment| comment.depth == 0).map(|comment| comment.id);
    let last = if wanted.sort == Sort::Oldest { last.max() } else { last.min() };
    let is_full = i64::try_from(threads).unwrap_or(0) >= THREADS;
    let link = |sort: Sort, from: Option<i64>| {
        let from = from.map(|from| format!("&ab_kommentar={from}")).unwrap_or_default();
        format!("{}?kommentare={}{from}#kommentare", around.path, sort.key())
    };
    let answering = wanted.answering.and_then(|id| listed.iter().find(|comment| comment.id == id && comment.state == State::Public));
    let answering = answering.map(|comment| (comment.id, comment.author_name.clone()));
    let open = Open::of(ctx, around.process, around.phases, around.part, Act::Comment, around.now, &around.path);
    let guard = sender::guard(around.app, ctx, COMMENT_FORM);
    let writing = if open.is_open { Some(Writing::new(ctx, &guard, around.process, around.now, refused)?) } else { None };
    let t = words.t;
    let sort_word = |sort: Sort| match sort {
        Sort::Balanced => t.get("comment-sort-balanced"),
        Sort::Newest => t.get("comment-sort-newest"),
        Sort::Oldest => t.get("comment-sort-oldest"),
    };
    let (kind, on) = around.on.columns();
    Ok(Talk {
        sorts: Sort::ALL.into_iter().map(|sort| Link { label: sort_word(sort), path: link(sort, None), is_here: sort == wanted.sort }).collect(),
        next: last.filter(|_| is_full).map(|last| link(wanted.sort, Some(last))),
        items: items(words, ordered(listed, wanted.sort)),
        path: around.path.clone(),
        process: around.process.path(),
        kind,
        on,
        open,
        writing,
        answering,
    })
}

/// The comments as they are read: threads in their order, answers below what they answer, each level by time.
fn ordered(listed: Vec<Listed>, sort: Sort) -> Vec<Listed> {
    let mut roots: Vec<i64> = listed.iter().filter(|comment| comment.depth == 0).map(|comment| comment.id).collect();
    match sort {
        Sort::Oldest => roots.sort_unstable(),
        Sort::Newest => roots.sort_unstable_by(|one, other| other.cmp(one)),
        Sort::Balanced => roots = balanced(&listed),
    }
    let mut below: HashMap<i64, Vec<usize>> = HashMap::new();
    for (position, comment) in listed.iter().enumerate().filter(|(_, comment)| comment.depth > 0) {
        below.entry(comment.parent.unwrap_or(comment.root)).or_default().push(position);
    }
    let places: HashMap<i64, usize> = listed.iter().enumerate().map(|(position, comment)| (comment.id, position)).collect();
    let mut all: Vec<Option<Listed>> = listed.into_iter().map(Some).collect();
    let mut out = Vec::with_capacity(all.len());
    for root in roots {
        let mut stack: Vec<usize> = places.get(&root).copied().into_iter().collect();
        while let Some(position) = stack.pop() {
            let Some(comment) = all[position].take() else { continue };
            stack.extend(below.get(&comment.id).into_iter().flatten().rev().copied());
            out.push(comment);
        }
    }
    out
}

fn balanced(listed: &[Listed]) -> Vec<i64> {
    let mut voices: HashMap<i64, Vec<i64>> = HashMap::new();
    // Whoever has no number (erased, or open to anyone) counts as a person of their own.
    let person = |comment: &Listed| comment.participant.unwrap_or(-comment.id);
    for comment in listed.iter().filter(|comment| comment.depth > 0 && comment.state == State::Public) {
        voices.entry(comment.root).or_default().push(person(comment));
    }
    let roots = listed.iter().filter(|comment| comment.depth == 0);
    let threads: Vec<Thread<i64>> = roots
        .map(|comment| Thread { id: comment.id, author: person(comment), stance: comment.stance, voices: voices.remove(&comment.id).unwrap_or_default() })
        .collect();
    ranking::balanced(&threads)
}

fn items(words: &Words, listed: Vec<Listed>) -> Vec<Item> {
    let t = words.t;
    let (in_favour, against) = (t.get("comment-stance-for"), t.get("comment-stance-against"));
    let names: HashMap<i64, String> =
        listed.iter().filter(|comment| comment.depth >= rules::DEPTH_MAX).map(|comment| (comment.id, comment.author_name.clone())).collect();
    let answered: std::collections::HashSet<i64> = listed.iter().filter_map(|comment| comment.parent).collect();
    // Comments come in crowds: many of one day.
    let mut days: HashMap<Date, String> = HashMap::new();
    let mut out = Vec::with_capacity(listed.len());
    for comment in listed {
        // What its author took back is only named where somebody answered it.
        if comment.state == State::Withdrawn && !answered.contains(&comment.id) {
            continue;
        }
        let hidden = match comment.state {
            State::Hidden => Some(t.with("comment-hidden", &[("reason", comment.reason.as_deref().unwrap_or_default().into())])),
            State::Withdrawn => Some(t.get("comment-withdrawn").to_owned()),
            State::Public | State::Unconfirmed | State::Waiting => None,
        };
        let is_deep = comment.depth > rules::DEPTH_MAX;
        let answers = comment.parent.filter(|_| is_deep).and_then(|parent| Some((parent, names.get(&parent)?.clone())));
        out.push(Item {
            id: comment.id,
            depth: comment.depth.min(rules::DEPTH_MAX),
            day: days.entry(words.date(comment.submitted_at)).or_insert_with_key(|date| words.day(*date)).clone(),
            author: if hidden.is_some() { String::new() } else { comment.author_name },
            stance: match comment.stance {
                Some(Stance::For) => in_favour,
                Some(Stance::Against) => against,
                None => "",
            },
            is_edited: comment.edited_at.is_some(),
            stands: matches!(comment.state, State::Waiting | State::Unconfirmed).then(|| words.stands(comment.state)),
            care: (comment.state == State::Public && !comment.is_own).then(|| words.care(COMMENT, comment.id)),
            text: comment.text,
            is_own: comment.is_own,
            hidden,
            answers,
        });
    }
    out
}

#[derive(Template)]
#[template(path = "beteiligung/diskussion.html")]
struct TalkPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    frame: Frame,
    heading: String,
    intro: String,
    talk: Talk,
    shares: Vec<ShareRow>,
    desk_path: Option<String>,
}

/// A row of the table of who wrote how much.
struct ShareRow {
    label: String,
    people: String,
    comments: String,
    /// Of all comments, in hundredths.
    percent: i64,
}

/// The page of a discussion. Five statements.
///
/// # Errors
/// 404 for what is no discussion of a public process.
pub async fn show(Axum(app): Axum<App>, ctx: Ctx, Path(slug): Path<String>, Query(query): Parameters) -> Result<Response, AppError> {
    let wanted = Wanted::read(&query);
    show_with(&app, &ctx, &slug, number(&query, "teil"), wanted, None).await
}

async fn show_with(app: &App, ctx: &Ctx, slug: &str, part: Option<i64>, wanted: Wanted, refused: Option<Form>) -> Result<Response, AppError> {
    let (id, reader, is_refused) = (id_of(slug)?, ctx.actor.person(), refused.is_some());
    let read = move |tx: &mut Tx<'_>| {
        frame::foresee(tx, id, |tx| drop(phases::list_parts(tx, id)));
        let process = frame::public(processes::find(tx, id)?)?;
        let phases = phases::list(tx, id)?;
        let part = phases::list_parts(tx, id)?.into_iter().find(|own| own.format == "discussion" && part.is_none_or(|part| own.id == part));
        let part = part.ok_or(AppError::NotFound)?;
        let listed = store::list(tx, On::Part(part.id), reader, wanted.sort, wanted.from)?;
        let voices = store::voices(tx, On::Part(part.id))?;
        Ok(Read { process, phases, part, listed, voices, now: tx.now()? })
    };
    let write = |read: Read| {
        let mut view = view(app, ctx, read, wanted, refused)?;
        if let Some(writing) = &view.talk.writing {
            writing.mark(&mut view.shell);
        }
        let page = if is_refused { refused_page(&view) } else { page(&view) }?;
        Ok(Original::from(page).stamped(view.talk.writing.as_ref().map(|writing| &writing.issued)))
    };
    app.page_together(ctx, &(id, part, reader, wanted), is_refused, read, write).await
}

/// What the page of a discussion is made from.
#[derive(Clone)]
struct Read {
    process: Process,
    phases: Vec<Phase>,
    part: Part,
    listed: Vec<Listed>,
    voices: Vec<(i64, i64)>,
    now: Instant,
}

fn view(app: &App, ctx: &Ctx, read: Read, wanted: Wanted, refused: Option<Form>) -> Result<TalkPage, AppError> {
    let Read { process, phases, part, listed, voices, now } = read;
    let (t, words) = (ctx.t, Words::new(ctx, now));
    let path = format!("{}/diskussion", process.path());
    let around = Around { app, ctx, words: &words, process: &process, phases: &phases, part: part.id, on: On::Part(part.id), path, now };
    let talk = talk(&around, wanted, listed, refused)?;
    let shell =
        frame::shell(app, ctx, &process, format!("{}: {}", part.title, process.title)).crumb(process.title.clone(), process.path()).here(part.title.clone());
    Ok(TalkPage {
        shell,
        frame: Frame::new(&words, &process, &phases, &[], Here::Discussion),
        heading: part.title,
        intro: part.intro,
        shares: share_rows(&words, &rules::shares(&voices)),
        desk_path: may(&ctx.actor, Permission::RunProcesses).then(|| format!("/verwaltung/beteiligung/{}", process.id)),
        talk,
        words,
        t,
    })
}

fn share_rows(words: &Words, shares: &[Share]) -> Vec<ShareRow> {
    let t = words.t;
    let all: i64 = shares.iter().map(|share| share.comments).sum();
    let row = |share: &Share| ShareRow {
        label: match share.to {
            Some(to) if to == share.from => t.with("comment-share-one", &[("count", to.into())]),
            Some(to) => t.with("comment-share-some", &[("from", share.from.into()), ("to", to.into())]),
            None => t.with("comment-share-many", &[("from", share.from.into())]),
        },
        people: t.number(share.people),
        comments: t.number(share.comments),
        percent: (share.comments * 100).checked_div(all).unwrap_or(0),
    };
    shares.iter().map(row).collect()
}

/// What a comment is on, from the form; with the part whose phases count and the page to go back to.
fn target(tx: &mut Tx<'_>, process: &Process, kind: &str, id: i64) -> Result<(On, i64, String), AppError> {
    let on = On::of(kind, id).ok_or(AppError::NotFound)?;
    match on {
        On::Part(part) => {
            let is_there = phases::list_parts(tx, process.id)?.iter().any(|own| own.id == part && own.format == "discussion");
            if is_there { Ok((on, part, format!("{}/diskussion", process.path()))) } else { Err(AppError::NotFound) }
        }
        On::Idea(idea) => {
            let idea = ideas::find_row(tx, idea)?.filter(|idea| idea.process == process.id && idea.state == crate::formats::ideas::rules::State::Public);
            let idea = idea.ok_or(AppError::NotFound)?;
            Ok((on, idea.part, ideas::path(idea.process, idea.number)))
        }
    }
}

/// Takes a comment.
///
/// # Errors
/// 404 for what is not there; 422 with the page and what was refused.
pub async fn send(Axum(app): Axum<App>, ctx: Ctx, Path(slug): Path<String>, fields: Fields) -> Result<Response, AppError> {
    let id = id_of(&slug)?;
    let (sender, mut refusals) = Sender::read(&ctx, &fields)?;
    let (text, kind, on) = (fields.text("comment"), fields.raw("on").to_owned(), fields.raw("on_id").parse::<i64>().map_err(|_| AppError::NotFound)?);
    let (stance, parent) = (Stance::of(fields.raw("stance")), fields.raw("parent").parse::<i64>().ok());
    refusals.extend(rules::check_text(&text).err());
    let wanted = Wanted { sort: Sort::Newest, from: None, answering: parent };
    let again = async |refusals: Vec<Refusal>| {
        let form = Some(Form::refused(ctx.t, &fields, refusals));
        if kind == "idea" {
            crate::formats::ideas::pages::one::show_refused(&app, &ctx, id, on, wanted, form).await
        } else {
            show_with(&app, &ctx, &slug, Some(on), wanted, form).await
        }
    };
    if !refusals.is_empty() || Question::open(ctx.t, &[&text], &fields).is_some() {
        return again(refusals).await;
    }
    let (asked, running, sender, target_kind, given) = (ctx.clone(), app.clone(), std::sync::Arc::new(sender), kind.clone(), fields.clone());
    let sent = app
        .write(&ctx, move |tx| {
            let process = frame::public(processes::find(tx, id)?)?;
            let (on, part, path) = target(tx, &process, &target_kind, on)?;
            let guard = sender::guard(&running, &asked, COMMENT_FORM);
            if let Some(once) = guard.once(&given, tx.now()?)
                && let Some((comment, state)) = store::find_sent(tx, &once)?
            {
                return Ok((path, comment, state));
            }
            let attempt = Attempt { ctx: &asked, guard: &guard, fields: &given, process: &process, part, act: Act::Comment, text: &text };
            let admitted = sender.admit(tx, &attempt)?;
            let parent = match parent {
                Some(parent) => {
                    let parent = store::find(tx, parent, None)?.filter(|parent| parent.on == on && parent.listed.state == State::Public);
                    let parent = parent.ok_or(AppError::Refused(Refusal::new("comment-parent-gone")))?;
                    Some((parent.listed.id, parent.listed.root, parent.listed.depth))
                }
                None => None,
            };
            let new = New {
                on,
                parent,
                participant: admitted.participant,
                author_name: admitted.name.clone(),
                stance,
                text: text.clone(),
                state: admitted.state,
                submitted_at: tx.now()?,
                once: admitted.once.clone(),
            };
            let comment = store::insert(tx, &process, &new)?;
            let told = Told { kind: COMMENT, id: comment, receipt: None, answer_by: None, path: path.clone() };
            sender.tell(tx, &running, &asked, &process, &admitted, &told)?;
            Ok::<_, AppError>((path, comment, admitted.state))
        })
        .await;
    match sent {
        Ok((path, comment, State::Public)) => Ok(Redirect::to(&format!("{path}?kommentare=neu&hinweis=comment-sent#k{comment}")).into_response()),
        Ok((path, _, State::Unconfirmed)) => Ok(Redirect::to(&format!("{path}?hinweis=comment-sent-unconfirmed")).into_response()),
        Ok((path, ..)) => Ok(Redirect::to(&format!("{path}?hinweis=comment-sent-waiting")).into_response()),
        Err(AppError::Refused(refusal)) => again(vec![refusal]).await,
        Err(error) => Err(error),
    }
}
