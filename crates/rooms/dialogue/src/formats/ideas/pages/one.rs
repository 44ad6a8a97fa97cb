//! One idea: what it says, where, its answer, what it came out of, who supports it, and the comments. Five statements at most.

use super::super::rules::{self, State};
use super::super::store::lists::{self, Relative};
use super::super::store::{self, Idea};
use super::picture::Figure;
use super::stands;
use crate::audience::entry::supposed;
use crate::care;
use crate::formats::discussion::pages::{Around, Talk, Wanted, talk};
use crate::formats::discussion::rules::Sort;
use crate::formats::discussion::store::{self as comments, Listed, On};
use crate::pages::words::{State as Shape, Words};
use crate::pages::{Parameters, frame, id_of};
use crate::rules::{Act, may_take_part};
use crate::store::phases::{self, Phase};
use crate::store::processes::{self, Process};
use allmende_core::{Act as Permission, Id, Instant, Person, may};
use allmende_db::Tx;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::guard::Issued;
use allmende_platform::web::routes::encode;
use allmende_platform::web::{AppError, Form, Original, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, Query, State as Axum};
use axum::response::Response;

/// A sentence about an idea that this one is tied to.
struct Kin {
    text: &'static str,
    path: String,
    title: String,
    reason: String,
    day: String,
}

#[derive(Template)]
#[template(path = "beteiligung/idee.html")]
struct OnePage {
    shell: Shell,
    t: Speaker,
    words: Words,
    process: String,
    process_path: String,
    title: String,
    facts: Vec<(&'static str, String)>,
    text: String,
    picture: Option<Figure>,
    place: Option<String>,
    hidden: Option<String>,
    state: Option<Shape>,
    stands: Shape,
    answer: Option<String>,
    answered: String,
    is_with_council: bool,
    kin: Vec<Kin>,
    merged_into: Option<(String, String)>,
    supports: String,
    can_support: bool,
    is_supported: bool,
    is_own: bool,
    can_edit: bool,
    can_withdraw: bool,
    care: Option<care::Link>,
    is_edited: bool,
    own: String,
    sign_in: Option<String>,
    talk: Option<Talk>,
    desk_path: Option<String>,
}

#[derive(Clone)]
struct Read {
    process: Process,
    phases: Vec<Phase>,
    idea: Idea,
    kin: Vec<Relative>,
    comments: Vec<Listed>,
    now: Instant,
}

fn read(tx: &mut Tx<'_>, process: i64, number: i64, reader: Option<Id<Person>>, wanted: Wanted) -> Result<Read, AppError> {
    frame::foresee(tx, process, |tx| drop(store::find(tx, process, number, reader)));
    let process = frame::public(processes::find(tx, process)?)?;
    let idea = store::find(tx, process.id, number, reader)?.ok_or(AppError::NotFound)?;
    let is_shown = matches!(idea.state, State::Public | State::Merged | State::Hidden);
    if !is_shown && !idea.is_own {
        return Err(if idea.state == State::Withdrawn { AppError::Gone } else { AppError::NotFound });
    }
    let phases = phases::list(tx, process.id)?;
    let kin = if idea.has_lineage { lists::relatives(tx, idea.id)? } else { Vec::new() };
    let is_talked = idea.comments > 0 || idea.is_own || reader.is_some();
    let comments = if is_talked && idea.state != State::Hidden { comments::list(tx, On::Idea(idea.id), reader, wanted.sort, wanted.from)? } else { Vec::new() };
    Ok(Read { now: tx.now()?, process, phases, idea, kin, comments })
}

/// The page. An idea that was merged leads on to where it went; one that was hidden says why.
///
/// # Errors
/// 404 for no such idea, 410 for one that its author took back.
pub async fn one(Axum(app): Axum<App>, ctx: Ctx, Path((slug, number)): Path<(String, i64)>, Query(query): Parameters) -> Result<Response, AppError> {
    show(&app, &ctx, id_of(&slug)?, number, Wanted::read(&query), None).await
}

/// The page with what was refused in the form of a comment.
pub(crate) async fn show_refused(app: &App, ctx: &Ctx, process: i64, idea: i64, wanted: Wanted, form: Option<Form>) -> Result<Response, AppError> {
    let found = app.read(ctx, move |tx| store::find_row(tx, idea)).await?;
    let number = found.filter(|idea| idea.process == process).ok_or(AppError::NotFound)?.number;
    show(app, ctx, process, number, Wanted { sort: Sort::Balanced, ..wanted }, form).await
}

async fn show(app: &App, ctx: &Ctx, process: i64, number: i64, wanted: Wanted, refused: Option<Form>) -> Result<Response, AppError> {
    let (reader, is_refused) = (ctx.actor.person(), refused.is_some());
    let write = |read: Read| {
        let mut view = view(app, ctx, read, wanted, refused)?;
        let writing = view.talk.as_ref().and_then(|talk| talk.writing.as_ref());
        if let Some(writing) = writing {
            writing.mark(&mut view.shell);
        }
        let page = if is_refused { refused_page(&view) } else { page(&view) }?;
        Ok(Original::from(page).stamped(writing.map(|writing| &writing.issued)))
    };
    app.page_together(ctx, &(process, number, reader, wanted), is_refused, move |tx| read(tx, process, number, reader, wanted), write).await
}

fn view(app: &App, ctx: &Ctx, mut read: Read, wanted: Wanted, refused: Option<Form>) -> Result<OnePage, AppError> {
    let (t, words, listed) = (ctx.t, Words::new(ctx, read.now), std::mem::take(&mut read.comments));
    let (idea, process) = (&read.idea, &read.process);
    let own = store::path(process.id, idea.number);
    let around = Around { app, ctx, words: &words, process, phases: &read.phases, part: idea.part, on: On::Idea(idea.id), path: own.clone(), now: read.now };
    let is_hidden = idea.state == State::Hidden;
    let talk = if is_hidden { None } else { Some(talk(&around, wanted, listed, refused)?) };
    let (title, reason) = (idea.title.clone(), idea.reason.clone().unwrap_or_default());
    let is_supportable = idea.state == State::Public && !idea.is_own && may_support(ctx, &read);
    let kin: Vec<Kin> = read.kin.iter().map(|kin| relative(&words, process.id, kin)).collect();
    let merged_into = read.kin.iter().find(|kin| kin.is_target && kin.kind == "merged");
    let mut shell = frame::shell(app, ctx, process, if is_hidden { t.get("idea-hidden").to_owned() } else { format!("{title}: {}", process.title) })
        .crumb(process.title.clone(), process.path())
        .crumb(idea.part_title.clone(), format!("{}/ideen", process.path()))
        .here(t.with("idea-number", &[("number", idea.number.into())]));
    shell.hidden_from_search = idea.state != State::Public;
    Ok(OnePage {
        facts: facts(&words, idea, is_hidden),
        hidden: is_hidden.then(|| t.with("idea-hidden-why", &[("reason", (&reason).into())])),
        state: matches!(idea.state, State::Unconfirmed | State::Waiting | State::Withdrawn).then(|| own_state(&words, idea.state)),
        stands: stands(&words, idea.answer, idea.answer_by),
        answered: answered(&words, idea),
        answer: idea.answer_text.clone().filter(|_| !is_hidden),
        is_with_council: idea.to_council_at.is_some(),
        merged_into: merged_into.map(|kin| (store::path(process.id, kin.number), kin.title.clone())),
        kin: if is_hidden { Vec::new() } else { kin },
        supports: t.with("idea-supports-count", &[("count", idea.supports.into())]),
        can_support: is_supportable && ctx.actor.person().is_some(),
        sign_in: (is_supportable && ctx.actor.person().is_none()).then(|| format!("/anmelden?weiter={}", encode(&own))),
        is_supported: idea.is_supported,
        is_own: idea.is_own,
        can_edit: idea.is_own && idea.state.may_be_withdrawn() && rules::may_edit(idea.submitted_at, read.now),
        can_withdraw: idea.is_own && idea.state.may_be_withdrawn(),
        care: (matches!(idea.state, State::Public | State::Merged) && !idea.is_own).then(|| words.care(store::IDEA, idea.id)),
        is_edited: idea.edited_at.is_some() && !is_hidden,
        text: if is_hidden { String::new() } else { idea.text.clone() },
        picture: idea.picture.as_ref().filter(|_| rules::shows_picture(idea.state, idea.is_own, false)).map(|picture| Figure::new(&own, picture)),
        place: idea.place.clone().filter(|_| !is_hidden),
        desk_path: may(&ctx.actor, Permission::EnterStatements).then(|| format!("/verwaltung/beteiligung/{}/ideen/{}", process.id, idea.number)),
        title: if is_hidden { t.get("idea-hidden").to_owned() } else { title },
        process: process.title.clone(),
        process_path: format!("{}/ideen", process.path()),
        own,
        talk,
        shell,
        words,
        t,
    })
}

fn may_support(ctx: &Ctx, read: &Read) -> bool {
    let periods = phases::periods_of(&read.phases, Some(read.idea.part));
    match may_take_part(Act::Support, &periods, &read.process.audience, &supposed(ctx, &read.process), read.now) {
        Ok(()) => true,
        Err(refusal) => refusal.key == "dialogue-needs-account" && ctx.actor.person().is_none(),
    }
}

fn facts(words: &Words, idea: &Idea, is_hidden: bool) -> Vec<(&'static str, String)> {
    let t = words.t;
    let author = if is_hidden { String::new() } else { idea.author_name.clone() };
    let facts = [
        (t.get("idea-fact-author"), author),
        (t.get("idea-fact-day"), words.dates.day(words.dates.local(idea.submitted_at).date())),
        (t.get("idea-fact-category"), idea.category.clone().unwrap_or_default()),
        (t.get("idea-fact-receipt"), idea.receipt.clone()),
    ];
    facts.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

/// "Bauamt, 3. März 2026"
fn answered(words: &Words, idea: &Idea) -> String {
    let day = idea.answered_at.map(|at| words.dates.day(words.dates.local(at).date()));
    idea.department.as_ref().map(|(_, name)| name.clone()).into_iter().chain(day).collect::<Vec<_>>().join(", ")
}

fn own_state(words: &Words, state: State) -> Shape {
    let shape = if state == State::Withdrawn { "no" } else { "open" };
    Shape { shape, text: words.t.find(&format!("dialogue-state-{}", state.key())).unwrap_or_default().to_owned() }
}

fn relative(words: &Words, process: i64, kin: &Relative) -> Kin {
    let t = words.t;
    Kin {
        text: match (kin.kind.as_str(), kin.is_target) {
            ("merged", true) => t.get("idea-merged-into"),
            ("merged", false) => t.get("idea-merged-here"),
            (_, true) => t.get("idea-split-into"),
            (_, false) => t.get("idea-split-from"),
        },
        path: store::path(process, kin.number),
        title: if kin.title.is_empty() { t.with("idea-number", &[("number", kin.number.into())]) } else { kin.title.clone() },
        reason: kin.reason.clone(),
        day: words.day_of(kin.happened_at),
    }
}
