//! Proposing an idea in two steps that work without script: what one wants to say, then the ideas that are similar, then it is sent.
//! Where nothing is similar the second step is left out.

use super::super::rules::{self, Settings};
use super::super::store::lists;
use super::super::store::{self, IDEA, New, Sent, pictures};
use super::list::{Item, Rows};
use super::picture::{self, Taken, Wish};
use crate::care::IDEA_FORM;
use crate::care::question::Question;
use crate::formats::receipt::Receipt;
use crate::formats::sender::{self, Attempt, Open, Sender, Told, Writing, number};
use crate::pages::words::Words;
use crate::pages::{Parameters, frame, id_of, parameter};
use crate::place::{Field, Marked, Place};
use crate::rules::{self as common, Act};
use crate::store::phases::{self, Part};
use crate::store::processes::{self, Process};
use allmende_core::{Instant, Refusal};
use allmende_db::Tx;
use allmende_places::drawn;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::guard::Issued;
use allmende_platform::web::{AppError, Choice, Fields, Form, MapParts, Shell, Upload, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, Query, State as Axum};
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;

/// Similar ideas that are shown.
const SIMILAR_MAX: usize = 5;

#[derive(Template)]
#[template(path = "beteiligung/idee_neu.html")]
struct FormPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    process: String,
    process_path: String,
    heading: &'static str,
    lead: String,
    own: String,
    part: i64,
    categories: Vec<Choice>,
    writing: Option<Writing>,
    place: Field,
    similar: Vec<Item>,
    open: Open,
    limit: Option<String>,
}

struct Read {
    process: Process,
    phases: Vec<phases::Phase>,
    part: Part,
    now: Instant,
}

fn read(tx: &mut Tx<'_>, process: i64, part: Option<i64>) -> Result<Read, AppError> {
    let process = frame::public(processes::find(tx, process)?)?;
    Ok(Read { phases: phases::list(tx, process.id)?, part: super::part_of(tx, process.id, part)?, now: tx.now()?, process })
}

/// The empty form.
///
/// # Errors
/// 404 for what is no collection of a public process.
pub async fn form(Axum(app): Axum<App>, ctx: Ctx, Path(slug): Path<String>, Query(query): Parameters) -> Result<Response, AppError> {
    let (id, part) = (id_of(&slug)?, number(&query, "teil"));
    let read = app.read(&ctx, move |tx| read(tx, id, part)).await?;
    answer(&view(&app, &ctx, &read, None, Vec::new())?, false)
}

/// The page with the policy of its map.
fn answer(view: &FormPage, is_refused: bool) -> Result<Response, AppError> {
    let page = if is_refused { refused_page(view) } else { page(view) };
    MapParts::admit(Some(&view.place.map), page?)
}

fn view(app: &App, ctx: &Ctx, read: &Read, form: Option<Form>, similar: Vec<lists::Listed>) -> Result<FormPage, AppError> {
    let (t, words, process) = (ctx.t, Words::new(ctx, read.now), &read.process);
    let own = format!("{}/ideen", process.path());
    let open = Open::of(ctx, process, &read.phases, read.part.id, Act::Propose, read.now, &format!("{own}/neu"));
    let settings = Settings::parse(&read.part.settings);
    let none = (!settings.categories.is_empty()).then(|| Choice::new("", t.get("idea-category-none")));
    let heading = if similar.is_empty() { t.get("idea-new") } else { t.get("idea-similar") };
    let rows = Rows::new(&words, process.id);
    let items: Vec<Item> = similar.into_iter().map(|row| rows.item(row)).collect();
    let guard = sender::guard(app, ctx, IDEA_FORM);
    let writing = if open.is_open { Some(Writing::new(ctx, &guard, process, read.now, form)?) } else { None };
    let mut shell = frame::shell(app, ctx, process, format!("{heading}: {}", process.title))
        .crumb(process.title.clone(), process.path())
        .crumb(read.part.title.clone(), own.clone())
        .here(heading);
    shell.hidden_from_search = true;
    if let Some(writing) = &writing {
        writing.mark(&mut shell);
    }
    Ok(FormPage {
        place: Field::new(app, &shell, t, &[drawn::Shape::Point]),
        shell,
        heading,
        lead: read.part.intro.clone(),
        part: read.part.id,
        categories: none.into_iter().chain(settings.categories.iter().map(|own| Choice::new(own, own))).collect(),
        limit: settings.per_person.map(|count| t.with("idea-limit-note", &[("count", count.into())])),
        process: process.title.clone(),
        process_path: process.path(),
        similar: items,
        writing,
        open,
        own,
        words,
        t,
    })
}

struct Input {
    title: String,
    text: String,
    category: Option<String>,
    place: Option<Marked>,
    sender: Sender,
    fields: Fields,
}

/// What came of a send.
enum Outcome {
    /// It was written; with the key of its receipt.
    Sent(Sent, String),
    /// There are similar ones.
    Similar(Box<Read>, Vec<lists::Listed>),
}

/// Takes an idea; shows similar ones first, once.
///
/// # Errors
/// 404 for no collection; 422 with the page and what was refused.
pub async fn send(Axum(app): Axum<App>, ctx: Ctx, Path(slug): Path<String>, upload: Upload) -> Result<Response, AppError> {
    let Upload { mut fields, picture: given } = upload;
    let (id, part) = (id_of(&slug)?, fields.raw("teil").parse::<i64>().ok());
    let (sender, mut refusals) = Sender::read(&ctx, &fields)?;
    let place = Marked::read(&fields, &[drawn::Shape::Point]).unwrap_or_else(|refusal| {
        refusals.insert(0, refusal);
        None
    });
    let input = Arc::new(Input {
        title: fields.line("title"),
        text: fields.text("text"),
        category: Some(fields.line("category")).filter(|category| !category.is_empty()),
        place,
        sender,
        fields: fields.clone(),
    });
    // A guest's name and address are refused together with the words, so that one sees all of it at once.
    let (asked, running, taken, has_seen) = (ctx.clone(), app.clone(), Arc::clone(&input), fields.raw("seen") == "1");
    let early = app
        .read(&ctx, move |tx| {
            let read = read(tx, id, part)?;
            let found = rules::check_words(&taken.title, &taken.text, taken.category.as_deref(), &Settings::parse(&read.part.settings));
            let once = sender::guard(&running, &asked, IDEA_FORM).once(&taken.fields, read.now);
            let is_sent = once.as_deref().map(|once| store::find_sent(tx, once)).transpose()?.flatten().is_some();
            let similar =
                if found.is_empty() && !has_seen && !is_sent { lists::similar(tx, read.part.id, &taken.title, None, SIMILAR_MAX)? } else { Vec::new() };
            Ok::<_, AppError>((read, found, similar, once.filter(|_| !is_sent), is_sent))
        })
        .await?;
    let (asked_of, found, similar, once, is_sent) = early;
    // A picture stays with its form; what was sent before has the one it has.
    let bound = once.map(|once| format!("{}\n{once}", ctx.site.id));
    let taken = if is_sent { Taken::default() } else { picture::take(&app, &ctx, given, &mut fields, bound.as_deref(), false).await? };
    let again = async |refusals: Vec<Refusal>| {
        let read = app.read(&ctx, move |tx| read(tx, id, part)).await?;
        answer(&view(&app, &ctx, &read, Some(Form::refused(ctx.t, &fields, refusals)), Vec::new())?, true)
    };
    let refusals: Vec<Refusal> = found.into_iter().chain(taken.refusals.iter().cloned()).chain(refusals).collect();
    if !refusals.is_empty() || Question::open(ctx.t, &[&input.title, &input.text, &taken.description], &fields).is_some() {
        return again(refusals).await;
    }
    let (asked, running) = (ctx.clone(), app.clone());
    let outcome = if similar.is_empty() {
        let (process, part) = (asked_of.process.id, asked_of.part.id);
        match Marked::locate(input.place.as_ref(), &app, &ctx).await.map(Option::unwrap_or_default) {
            Ok(place) => app
                .write(&ctx, move |tx| write(tx, &running, &asked, (process, part), &input, (&taken, &place)))
                .await
                .map(|(sent, once)| Outcome::Sent(sent, once)),
            Err(refused) => Err(refused),
        }
    } else {
        Ok(Outcome::Similar(Box::new(asked_of), similar))
    };
    match outcome {
        Ok(Outcome::Sent(sent, once)) => Ok(Redirect::to(&format!("/beteiligung/{}/ideen/eingang?schluessel={once}", sent.process)).into_response()),
        Ok(Outcome::Similar(read, similar)) => answer(&view(&app, &ctx, &read, Some(Form::refused(ctx.t, &fields, [])), similar)?, false),
        Err(AppError::Refused(refusal)) => again(vec![refusal]).await,
        Err(error) => Err(error),
    }
}

/// One transaction: find the first send, judge, write, tell.
fn write(
    tx: &mut Tx<'_>,
    app: &App,
    ctx: &Ctx,
    (process, part): (i64, i64),
    input: &Input,
    (taken, place): (&Taken, &Place),
) -> Result<(Sent, String), AppError> {
    let (guard, now) = (sender::guard(app, ctx, IDEA_FORM), tx.now()?);
    if let Some(once) = guard.once(&input.fields, now)
        && let Some(sent) = store::find_sent(tx, &once)?
    {
        return if sent.process == process { Ok((sent, once)) } else { Err(AppError::NotFound) };
    }
    let process = frame::public(processes::find(tx, process)?)?;
    let part = super::part_of(tx, process.id, Some(part))?;
    let settings = Settings::parse(&part.settings);
    let text = format!("{}\n{}", input.title, input.text);
    let attempt = Attempt { ctx, guard: &guard, fields: &input.fields, process: &process, part: part.id, act: Act::Propose, text: &text };
    let admitted = input.sender.admit(tx, &attempt)?;
    let new = New {
        part: part.id,
        participant: admitted.participant,
        author_name: admitted.name.clone(),
        title: input.title.clone(),
        text: input.text.clone(),
        category: input.category.clone(),
        point: place.pin(),
        place: Some(place.plain()).filter(|words| !words.is_empty()),
        state: admitted.state.into(),
        submitted_at: now,
        answer_by: common::answer_by(now.at(&ctx.site.zone).date(), process.answer_days),
        once: admitted.once.clone(),
    };
    let sent = store::insert(tx, &process, &settings, &new, &ctx.actor)?;
    if let Wish::Put(picture) = &taken.wish {
        pictures::put(tx, sent.id, picture, &taken.description)?;
    }
    let told = Told { kind: IDEA, id: sent.id, receipt: Some(&sent.receipt), answer_by: sent.answer_by, path: store::path(process.id, sent.number) };
    input.sender.tell(tx, app, ctx, &process, &admitted, &told)?;
    Ok((sent, admitted.once))
}

/// The receipt of what was sent from the form with this key: only who sent it knows the key.
///
/// # Errors
/// 404 for no such send.
pub async fn receipt(Axum(app): Axum<App>, ctx: Ctx, Path(slug): Path<String>, Query(query): Parameters) -> Result<Response, AppError> {
    let id = id_of(&slug)?;
    let once = parameter(&query, "schluessel").ok_or(AppError::NotFound)?.to_owned();
    let (sent, process, now) = app
        .read(&ctx, move |tx| {
            let sent = store::find_sent(tx, &once)?.filter(|sent| sent.process == id).ok_or(AppError::NotFound)?;
            Ok::<_, AppError>((sent, frame::public(processes::find(tx, id)?)?, tx.now()?))
        })
        .await?;
    let state = sent.state.common();
    let receipt = Receipt {
        is_idea: true,
        back: if state == common::State::Public { store::path(process.id, sent.number) } else { format!("{}/ideen", process.path()) },
        number: sent.receipt,
        text: format!("{}\n\n{}", sent.title, sent.text),
        state,
        submitted_at: sent.submitted_at,
        answer_by: sent.answer_by,
    };
    receipt.show(&app, &ctx, &process, now)
}
