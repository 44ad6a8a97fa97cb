//! What came by letter, telephone, postcard, at the counter or an event: entered with its channel and day, confirmed by a second
//! person, then counted and shown like all others, with how it came.

use super::{Whole, own_path, process_shell};
use crate::pages::sheet;
use crate::place::{Field, Marked};
use crate::rules::{self, Act, Audience, Channel, NAME_CHARS, Proof, STATEMENT_CHARS, State, may_take_part};
use crate::store::statements::{self, New};
use crate::store::{phases, versions};
use crate::templates::start_of;
use crate::texts;
use allmende_core::Refusal;
use allmende_places::drawn::Shape;
use allmende_platform::sessions::Token;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{AppError, Choice, Fields, Form, MapParts, Shell, page};
use allmende_platform::{App, Ctx};
use allmende_texts::{Anchor, Kind};
use askama::Template;
use axum::extract::{Path, State as Axum};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;

#[derive(Template)]
#[template(path = "beteiligung/desk_paper.html")]
struct PaperPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    id: i64,
    form: Form,
    once: String,
    code: String,
    sheet: String,
    channels: Vec<Choice>,
    passages: Vec<Choice>,
    place: Option<Field>,
}

async fn answer(app: &App, ctx: &Ctx, id: i64, refused: Option<Form>) -> Result<Response, AppError> {
    let is_refused = refused.is_some();
    let view = build(app, ctx, id, refused).await?;
    let page = if is_refused { refused_page(&view) } else { page(&view) };
    MapParts::admit(view.place.as_ref().map(|place| &place.map), page?)
}

async fn build(app: &App, ctx: &Ctx, id: i64, refused: Option<Form>) -> Result<PaperPage, AppError> {
    let (whole, version, shown) = app
        .read(ctx, move |tx| {
            let whole = Whole::read(tx, id)?;
            let version = whole.newest_public().filter(|_| whole.process.is_public()).cloned().ok_or(AppError::NotFound)?;
            let shown = versions::shown(tx, &version)?;
            Ok::<_, AppError>((whole, version, shown))
        })
        .await?;
    let t = ctx.t;
    let once = match &refused {
        Some(form) if !form.value("once").is_empty() => form.value("once").to_owned(),
        _ => Token::random()?.text(),
    };
    let form = refused.unwrap_or_else(|| Form::new(t).with("received_on", whole.now.at(&ctx.site.zone).date().to_string()).with("channel", "letter"));
    let mut shell = process_shell(app, ctx, &whole.process, t.get("admin-dialogue-paper"));
    form.mark(&mut shell);
    let whole_text = Choice::new("0", t.get("dialogue-whole"));
    let passages = shown.text.units().iter().filter(|unit| !matches!(unit.kind, Kind::Heading { .. })).map(|unit| {
        let number = texts::number(unit.id);
        Choice::new(number.to_string(), format!("{number}: {}", texts::name(&shown.text, unit.id)))
    });
    let channels = Channel::ALL.into_iter().filter(|channel| *channel != Channel::Web).map(|channel| {
        let label = t.find(&format!("dialogue-channel-{}", channel.key())).unwrap_or_default();
        Choice::new(channel.key(), label)
    });
    let has_places = whole.phases.iter().any(|phase| phase.part.is_none_or(|part| part == version.part) && phase.period.acts.marks_places(Act::State));
    Ok(PaperPage {
        place: has_places.then(|| Field::new(app, &shell, t, &Shape::ALL)),
        shell,
        t,
        desk: desk(app, ctx),
        id,
        form,
        once,
        code: sheet::code(id, version.number),
        sheet: format!("{}/bogen", whole.process.path()),
        channels: channels.collect(),
        passages: std::iter::once(whole_text).chain(passages).collect(),
    })
}

/// The form.
pub(super) async fn show(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>) -> Result<Response, AppError> {
    answer(&app, &ctx, id, None).await
}

/// What was entered.
#[derive(Clone)]
struct Input {
    channel: Channel,
    received_on: Date,
    unit: i64,
    name: String,
    text: String,
    suggestion: Option<String>,
    place: Option<Marked>,
    once: String,
}

fn read(fields: &Fields) -> Result<Input, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let (channel, received_on) =
        (Channel::of(fields.raw("channel")).filter(|channel| *channel != Channel::Web), fields.line("received_on").parse::<Date>().ok());
    let (name, text, suggestion) = (fields.line("name"), fields.text("text"), fields.text("suggestion"));
    if channel.is_none() {
        refusals.push(Refusal::of_field("channel", "admin-dialogue-channel"));
    }
    if received_on.is_none() {
        refusals.push(Refusal::of_field("received_on", "admin-dialogue-day"));
    }
    if !NAME_CHARS.contains(&name.chars().count()) {
        refusals.push(Refusal::of_field("name", "dialogue-name-length"));
    }
    if !STATEMENT_CHARS.contains(&text.chars().count()) {
        refusals.push(Refusal::of_field("text", "dialogue-text-length"));
    }
    let place = Marked::read(fields, &Shape::ALL).unwrap_or_else(|refusal| {
        refusals.push(refusal);
        None
    });
    let once = fields.raw("once").to_owned();
    match (channel, received_on) {
        (Some(channel), Some(received_on)) if refusals.is_empty() => Ok(Input {
            channel,
            received_on,
            unit: fields.raw("unit").parse().unwrap_or(0),
            name,
            text,
            suggestion: Some(suggestion).filter(|text| !text.is_empty()),
            place,
            once,
        }),
        _ => Err(refusals),
    }
}

/// Enters a statement. The day on which it came in decides whether it was in time, not the day on which it is entered.
pub(super) async fn enter(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let input = match read(&fields) {
        Ok(input) => input,
        Err(refusals) => return answer(&app, &ctx, id, Some(Form::refused(ctx.t, &fields, refusals))).await,
    };
    let asked = ctx.clone();
    let place = match Marked::locate(input.place.as_ref(), &app, &ctx).await {
        Ok(place) => place,
        Err(AppError::Refused(refusal)) => return answer(&app, &ctx, id, Some(Form::refused(ctx.t, &fields, [refusal]))).await,
        Err(error) => return Err(error),
    };
    let done = app
        .write(&ctx, move |tx| {
            if let Some(sent) = statements::find_sent(tx, &input.once)? {
                return Ok(sent.receipt);
            }
            let whole = Whole::read(tx, id)?;
            let version = whole.newest_public().filter(|_| whole.process.is_public()).ok_or(AppError::NotFound)?;
            let received_at = start_of(input.received_on, &asked.site.zone).plus_seconds(12 * 3_600).min(whole.now);
            let periods = phases::periods_of(&whole.phases, Some(version.part));
            may_take_part(Act::State, &periods, &Audience::open(), &Proof::default(), received_at)
                .map_err(|_| AppError::Refused(Refusal::of_field("received_on", "admin-dialogue-received")))?;
            let anchor = match texts::unit_of(input.unit) {
                None => None,
                Some(unit) => {
                    let shown = versions::shown(tx, version)?;
                    let anchor = Anchor::whole(&shown.text, unit);
                    Some(anchor.map_err(|_| AppError::Refused(Refusal::of_field("unit", "dialogue-passage-unknown")))?)
                }
            };
            if place.is_some() && !rules::may_mark_places(Act::State, &periods, received_at) {
                return Err(AppError::Refused(Refusal::of_field("place", "dialogue-drawn-closed")));
            }
            let new = New {
                part: version.part,
                version: version.id,
                anchor,
                participant: None,
                author_name: input.name.clone(),
                text: input.text.clone(),
                suggestion: input.suggestion.clone(),
                place: place.as_ref().map(|place| place.json().to_string()),
                channel: input.channel,
                state: State::first(true, whole.process.is_moderated_before),
                submitted_at: received_at,
                answer_by: rules::answer_by(input.received_on, whole.process.answer_days),
                once: input.once.clone(),
            };
            Ok(statements::insert(tx, &whole.process, &new, &asked.actor)?.receipt)
        })
        .await;
    match done {
        Ok(_) => Ok(Redirect::to(&format!("{}/stellungnahmen?hinweis=admin-dialogue-entered", own_path(id))).into_response()),
        Err(AppError::Refused(refusal)) => answer(&app, &ctx, id, Some(Form::refused(ctx.t, &fields, [refusal]))).await,
        Err(error) => Err(error),
    }
}
