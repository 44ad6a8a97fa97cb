//! One idea at the desk, with a form for each thing that the house does with it.

use super::super::rules::{ANSWER_CHARS, Answer, State, shows_picture};
use super::super::store::lists::{self, Listed};
use super::super::store::{self, IDEA, Idea, New, desk as acts};
use super::{list_path, shell};
use crate::formats::ideas::pages::picture::Figure;
use crate::formats::ideas::pages::{answer_word, stands};
use crate::formats::ideas::rules::check_words;
use crate::pages::frame;
use crate::pages::words::{State as Shape, Words};
use crate::rules::check_reason;
use crate::store::processes::{self, Process};
use allmende_core::{Act as Permission, Instant, Refusal, may};
use allmende_db::Tx;
use allmende_platform::departments::{self, Department};
use allmende_platform::moderated;
use allmende_platform::sessions::Token;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{AppError, Choice, Fields, Form, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, State as Axum};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;

/// Similar ideas that the desk names beside the form for merging.
const SIMILAR_MAX: usize = 8;

#[derive(Template)]
#[template(path = "beteiligung/desk_idee.html")]
struct OnePage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    words: Words,
    own: String,
    title: String,
    text: String,
    picture: Option<Figure>,
    kind: String,
    stands: Shape,
    state: Option<String>,
    public_path: Option<String>,
    answer: Form,
    promise: Form,
    care: Option<String>,
    merge: Option<Form>,
    split: Option<Form>,
    answers: Vec<Choice>,
    departments: Vec<Choice>,
    similar: Vec<(i64, String)>,
}

/// The form that was refused, by the act that it stands for.
type Refused = Option<(String, Form)>;

struct Read {
    process: Process,
    idea: Idea,
    departments: Vec<Department>,
    similar: Vec<Listed>,
    now: Instant,
}

fn read(tx: &mut Tx<'_>, process: i64, number: i64) -> Result<Read, AppError> {
    let process = processes::find(tx, process)?.ok_or(AppError::NotFound)?;
    let idea = store::find(tx, process.id, number, None)?.ok_or(AppError::NotFound)?;
    let similar = lists::similar(tx, idea.part, &idea.title, Some(idea.id), SIMILAR_MAX)?;
    Ok(Read { departments: departments::list(tx)?, now: tx.now()?, process, idea, similar })
}

/// The page.
pub(super) async fn show(Axum(app): Axum<App>, ctx: Ctx, Path((id, number)): Path<(i64, i64)>) -> Result<Response, AppError> {
    build(&app, &ctx, id, number, None).await
}

async fn build(app: &App, ctx: &Ctx, id: i64, number: i64, refused: Refused) -> Result<Response, AppError> {
    let read = app.read(ctx, move |tx| read(tx, id, number)).await?;
    let (t, words, idea) = (ctx.t, Words::new(ctx, read.now), &read.idea);
    let is_clerk = may(&ctx.actor, Permission::RunProcesses);
    let is_refused = refused.is_some();
    let mut shell = shell(app, ctx, &read.process, &t.with("idea-number", &[("number", number.into())]));
    let own_form = |act: &str, prefix: &'static str, first: Form| match &refused {
        Some((own, form)) if own == act => form.clone().prefixed(prefix),
        _ => first.prefixed(prefix),
    };
    let department = idea.department.as_ref().map_or(0, |(id, _)| *id).to_string();
    let answer = Form::new(t)
        .with("answer", idea.answer.map(Answer::key).unwrap_or_default())
        .with("text", idea.answer_text.clone().unwrap_or_default())
        .with("department", department.clone());
    let promise = Form::new(t).with("day", idea.answer_by.map(|day| day.to_string()).unwrap_or_default()).with("department", department);
    let is_public = idea.state == State::Public;
    if let Some((_, form)) = &refused {
        form.mark(&mut shell);
    }
    let view = OnePage {
        answer: own_form("answer", "antwort-", answer),
        promise: own_form("promise", "zusage-", promise),
        care: (may(&ctx.actor, Permission::Moderate) && !matches!(idea.state, State::Unconfirmed | State::Withdrawn))
            .then(|| moderated::desk_path(IDEA, idea.id)),
        merge: (is_clerk && is_public).then(|| own_form("merge", "verbinden-", Form::new(t))),
        split: (is_clerk && is_public).then(|| own_form("split", "teilen-", Form::new(t))),
        answers: Answer::ALL.into_iter().map(|answer| Choice::new(answer.key(), answer_word(&words, answer))).collect(),
        departments: std::iter::once(Choice::new("0", t.get("admin-ideas-no-department")))
            .chain(read.departments.iter().map(|department| Choice::new(department.id.to_string(), department.name.clone())))
            .collect(),
        similar: read.similar.into_iter().map(|row| (row.number, row.title)).collect(),
        kind: format!("{} · {} · {}", idea.receipt, idea.author_name, words.dates.day(words.dates.local(idea.submitted_at).date())),
        stands: stands(&words, idea.answer, idea.answer_by),
        state: (!is_public).then(|| t.find(&format!("idea-state-{}", idea.state.key())).unwrap_or_default().to_owned()),
        public_path: (is_public && read.process.is_public()).then(|| store::path(id, number)),
        own: format!("{}/{number}", list_path(id)),
        picture: idea.picture.as_ref().filter(|_| shows_picture(idea.state, false, true)).map(|picture| Figure::new(&store::path(id, number), picture)),
        title: idea.title.clone(),
        text: idea.text.clone(),
        desk: desk(app, ctx),
        shell,
        words,
        t,
    };
    if is_refused { refused_page(&view) } else { page(&view) }
}

/// What the house does, as a form sends it.
enum Task {
    Answer { answer: Answer, text: String, department: Option<i64> },
    Promise { day: Date, department: Option<i64> },
    Merge { into: i64, reason: String },
    Split { title: String, text: String, reason: String },
}

impl Task {
    fn read(fields: &Fields) -> Result<Self, Vec<Refusal>> {
        let reason = fields.text("reason");
        let department = fields.raw("department").parse::<i64>().ok().filter(|id| *id > 0);
        let mut refusals = Vec::new();
        match fields.raw("act") {
            "answer" => {
                let (answer, text) = (Answer::of(fields.raw("answer")), fields.text("text"));
                if answer.is_none() {
                    refusals.push(Refusal::of_field("answer", "admin-ideas-answer-missing"));
                }
                if !ANSWER_CHARS.contains(&text.chars().count()) {
                    refusals.push(Refusal::of_field("text", "admin-ideas-answer-length"));
                }
                answer.filter(|_| refusals.is_empty()).map(|answer| Self::Answer { answer, text, department }).ok_or(refusals)
            }
            "promise" => {
                let day = fields.line("day").parse::<Date>();
                day.map(|day| Self::Promise { day, department }).map_err(|_| vec![Refusal::of_field("day", "admin-ideas-day")])
            }
            "merge" => {
                refusals.extend(check_reason(&reason).err());
                let into = fields.line("into").trim_start_matches('#').parse::<i64>().ok();
                if into.is_none() {
                    refusals.push(Refusal::of_field("into", "admin-ideas-merge-unknown"));
                }
                into.filter(|_| refusals.is_empty()).map(|into| Self::Merge { into, reason }).ok_or(refusals)
            }
            _ => {
                let (title, text) = (fields.line("title"), fields.text("text"));
                refusals.extend(check_words(&title, &text, None, &super::super::rules::Settings::default()));
                refusals.extend(check_reason(&reason).err());
                if refusals.is_empty() { Ok(Self::Split { title, text, reason }) } else { Err(refusals) }
            }
        }
    }

    /// Whether the departments may do it too.
    const fn is_for_departments(&self) -> bool {
        matches!(self, Self::Answer { .. } | Self::Promise { .. })
    }
}

/// Does one thing with an idea.
pub(super) async fn act(Axum(app): Axum<App>, ctx: Ctx, Path((id, number)): Path<(i64, i64)>, fields: Fields) -> Result<Response, AppError> {
    let refused = async |refusals: Vec<Refusal>| {
        let form = Form::refused(ctx.t, &fields, refusals);
        build(&app, &ctx, id, number, Some((fields.raw("act").to_owned(), form))).await
    };
    let task = match Task::read(&fields) {
        Ok(task) => task,
        Err(refusals) => return refused(refusals).await,
    };
    if !task.is_for_departments() && !may(&ctx.actor, Permission::RunProcesses) {
        return Err(AppError::Forbidden);
    }
    let (asked, token) = (ctx.clone(), Token::random()?.text());
    let done = app.write(&ctx, move |tx| perform(tx, &asked, id, number, &task, &token)).await;
    match done {
        Ok(notice) => Ok(Redirect::to(&format!("{}/{number}?hinweis={notice}", list_path(id))).into_response()),
        Err(AppError::Refused(refusal)) => refused(vec![refusal]).await,
        Err(error) => Err(error),
    }
}

fn perform(tx: &mut Tx<'_>, ctx: &Ctx, id: i64, number: i64, task: &Task, token: &str) -> Result<&'static str, AppError> {
    let process = frame::public(processes::find(tx, id)?)?;
    let idea = store::find(tx, id, number, None)?.ok_or(AppError::NotFound)?;
    let (actor, is_public) = (&ctx.actor, idea.state == State::Public);
    let public = || if is_public { Ok(()) } else { Err(AppError::Refused(Refusal::new("admin-ideas-not-public"))) };
    let may_become = |next: State| if idea.state.may_become(next) { Ok(()) } else { Err(AppError::Refused(Refusal::new("admin-dialogue-state"))) };
    match task {
        Task::Answer { answer, text, department } => {
            public()?;
            acts::answer(tx, &idea, *answer, text, *department, actor)?;
            Ok("admin-ideas-answered")
        }
        Task::Promise { day, department } => {
            public()?;
            if *day < tx.now()?.at(&ctx.site.zone).date() {
                return Err(Refusal::of_field("day", "admin-ideas-day").into());
            }
            acts::promise(tx, &idea, *day, *department, actor)?;
            Ok("admin-ideas-promised")
        }
        Task::Merge { into, reason } => {
            may_become(State::Merged)?;
            let other = store::find(tx, id, *into, None)?.filter(|other| other.state == State::Public && other.id != idea.id && other.part == idea.part);
            let other = other.ok_or(AppError::Refused(Refusal::of_field("into", "admin-ideas-merge-unknown")))?;
            acts::merge(tx, &process, &idea, &other, reason, actor)?;
            Ok("admin-ideas-merged")
        }
        Task::Split { title, text, reason } => {
            public()?;
            let new = New {
                part: idea.part,
                participant: idea.participant,
                author_name: idea.author_name.clone(),
                title: title.clone(),
                text: text.clone(),
                category: idea.category.clone(),
                place: idea.place.clone(),
                point: idea.point,
                state: State::Public,
                submitted_at: tx.now()?,
                answer_by: idea.answer_by,
                once: token.to_owned(),
            };
            acts::split(tx, &process, &idea, &new, reason, actor)?;
            Ok("admin-ideas-was-split")
        }
    }
}
