//! Step 3: the phases with their days, and who may take part. A deadline of a public process moves only by [`extend`], with a reason.

use super::{Step, Whole, own_path, process_shell, steps};
use crate::audience::AudienceForm;
use crate::audience::rules::lists;
use crate::audience::store::list_kinds;
use crate::rules::{self, ANSWER_DAYS_MAX, Act, Acts, Audience, Period};
use crate::store::phases::{self, NewPhase, Phase};
use crate::store::processes::{self, Ways};
use crate::templates::{last_day, start_of};
use allmende_core::Refusal;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{AppError, Choice, Fields, Form, Shell, page};
use allmende_platform::{App, Ctx, claims};
use askama::Template;
use axum::extract::{Path, State as Axum};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::ToSpan;
use jiff::civil::Date;

/// Phases of a form at the most.
const PHASES_MAX: usize = 8;

/// The names of a phase's fields: static, because a refusal names its field.
const FIELDS: [(&str, &str, &str, &str); PHASES_MAX] = [
    ("title1", "from1", "until1", "places1"),
    ("title2", "from2", "until2", "places2"),
    ("title3", "from3", "until3", "places3"),
    ("title4", "from4", "until4", "places4"),
    ("title5", "from5", "until5", "places5"),
    ("title6", "from6", "until6", "places6"),
    ("title7", "from7", "until7", "places7"),
    ("title8", "from8", "until8", "places8"),
];

struct Line {
    title: &'static str,
    from: &'static str,
    until: &'static str,
    /// The field that says whether places can be marked; nothing where nobody writes.
    places: Option<&'static str>,
    number: usize,
    acts: Vec<&'static str>,
}

#[derive(Template)]
#[template(path = "beteiligung/desk_when.html")]
struct WhenPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    steps: Vec<Step>,
    id: i64,
    form: Form,
    lines: Vec<Line>,
    audience: AudienceForm,
    moderations: Vec<Choice>,
    is_public: bool,
}

fn moderations(t: Speaker) -> Vec<Choice> {
    vec![Choice::new("after", t.get("admin-dialogue-moderation-after")), Choice::new("before", t.get("admin-dialogue-moderation-before"))]
}

async fn build(app: &App, ctx: &Ctx, id: i64, refused: Option<Form>) -> Result<WhenPage, AppError> {
    let (whole, claims) = app.read(ctx, move |tx| Ok::<_, AppError>((Whole::read(tx, id)?, claims::list_names(tx)?))).await?;
    let (t, process) = (ctx.t, &whole.process);
    let zone = &ctx.site.zone;
    let form = refused.unwrap_or_else(|| {
        let mut form = AudienceForm::fill(Form::new(t), &process.audience)
            .with("moderation", if process.is_moderated_before { "before" } else { "after" })
            .with("answer_days", process.answer_days.map(|days| days.to_string()).unwrap_or_default());
        for (phase, (title, from, until, places)) in whole.phases.iter().zip(FIELDS) {
            if phase.period.acts.has(Act::Annotate) {
                form = form.with(places, "1");
            }
            form = form
                .with(title, &phase.title)
                .with(from, phase.period.starts_at.at(zone).date().to_string())
                .with(until, last_day(phase.period.ends_at, zone).to_string());
        }
        form
    });
    let mut shell = process_shell(app, ctx, process, t.get("admin-dialogue-step-when"));
    form.mark(&mut shell);
    let lines = whole.phases.iter().zip(FIELDS).enumerate().map(|(index, (phase, (title, from, until, places)))| Line {
        title,
        from,
        until,
        places: takes_places(phase.period.acts).then_some(places),
        number: index + 1,
        acts: acts_words(t, phase.period.acts),
    });
    Ok(WhenPage {
        lines: lines.collect(),
        shell,
        t,
        desk: desk(app, ctx),
        steps: steps(ctx, id, whole.consultation().is_some(), 3),
        id,
        form,
        audience: AudienceForm::new(t, &process.audience, &claims),
        moderations: moderations(t),
        is_public: process.is_public(),
    })
}

fn acts_words(t: Speaker, acts: Acts) -> Vec<&'static str> {
    Act::ALL
        .into_iter()
        .filter(|act| acts.has(*act) && (*act != Act::Annotate || !takes_places(acts)))
        .filter_map(|act| t.find(&format!("admin-dialogue-act-{}", act.key())))
        .collect()
}

/// The page.
pub(super) async fn show(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>) -> Result<Response, AppError> {
    page(&build(&app, &ctx, id, None).await?)
}

/// Reads who may take part and how contributions are treated.
fn ways(fields: &Fields, before: &Audience, refusals: &mut Vec<Refusal>) -> Ways {
    let audience = AudienceForm::read(fields, before).unwrap_or_else(|wrong| {
        refusals.extend(wrong);
        before.clone()
    });
    let days = fields.line("answer_days");
    let answer_days = days.parse::<i64>().ok().filter(|days| (1..=ANSWER_DAYS_MAX).contains(days));
    if !days.is_empty() && answer_days.is_none() {
        refusals.push(Refusal::of_field("answer_days", "admin-dialogue-answer-days"));
    }
    Ways { audience, is_moderated_before: fields.raw("moderation") == "before", answer_days }
}

/// Whether the clerk chooses for a phase that places can be marked: with statements. An idea always takes a point.
const fn takes_places(acts: Acts) -> bool {
    acts.has(Act::State)
}

/// Reads the phases that the form shows; their parts stay as they are, and of their acts only the marking of places is chosen.
fn read(fields: &Fields, known: &[Phase], zone: &jiff::tz::TimeZone, refusals: &mut Vec<Refusal>) -> Vec<NewPhase> {
    let mut out = Vec::new();
    for (phase, (title, from, until, places)) in known.iter().zip(FIELDS) {
        let acts = match (takes_places(phase.period.acts), fields.has(places)) {
            (false, _) => phase.period.acts,
            (true, true) => phase.period.acts.with(Act::Annotate),
            (true, false) => phase.period.acts.without(Act::Annotate),
        };
        let name = fields.line(title);
        let (first, last) = (fields.line(from).parse::<Date>().ok(), fields.line(until).parse::<Date>().ok());
        if name.is_empty() {
            refusals.push(Refusal::of_field(title, "admin-dialogue-phase-title"));
        }
        match (first, last) {
            (Some(first), Some(last)) if first <= last => {
                let period = Period { starts_at: start_of(first, zone), ends_at: start_of(last.saturating_add(1.day()), zone), acts };
                out.push(NewPhase { part: phase.part, title: name, note: phase.note.clone(), period });
            }
            (Some(_), Some(_)) => refusals.push(Refusal::of_field(until, "admin-dialogue-phase-order")),
            (None, _) => refusals.push(Refusal::of_field(from, "admin-dialogue-day")),
            (_, None) => refusals.push(Refusal::of_field(until, "admin-dialogue-day")),
        }
    }
    out
}

/// Writes phases and ways, and goes on to the preview, or first to the lists and codes that the audience needs.
pub(super) async fn save(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let (zone, sent) = (ctx.site.zone.clone(), fields.clone());
    let (refused, is_ready) = app
        .write(&ctx, move |tx| {
            let whole = Whole::read(tx, id)?;
            let mut refusals = Vec::new();
            let ways = ways(&sent, &whole.process.audience, &mut refusals);
            let phases = if whole.process.is_public() { Vec::new() } else { read(&sent, &whole.phases, &zone, &mut refusals) };
            if refusals.is_empty() {
                processes::update_ways(tx, id, &ways)?;
                if !whole.process.is_public() {
                    phases::replace(tx, id, &phases)?;
                }
            }
            let kinds = list_kinds(tx, id)?;
            let is_ready = lists(&ways.audience).all(|kind| kinds.iter().any(|own| own == kind));
            Ok::<_, AppError>((refusals, is_ready))
        })
        .await?;
    if !refused.is_empty() {
        return refused_page(&build(&app, &ctx, id, Some(Form::refused(ctx.t, &fields, refused))).await?);
    }
    Ok(Redirect::to(&format!("{}/{}", own_path(id), if is_ready { "vorschau" } else { "teilnahme" })).into_response())
}

/// Moves the deadline of a phase of a public process.
pub(super) async fn extend(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let (asked, sent) = (ctx.clone(), fields.clone());
    let done = app
        .write(&ctx, move |tx| {
            let whole = Whole::read(tx, id)?;
            let number = sent.raw("phase").parse::<i64>().map_err(|_| AppError::NotFound)?;
            let phase = whole.phases.iter().find(|phase| phase.id == number).ok_or(AppError::NotFound)?;
            let last: Date = sent.line("until").parse().map_err(|_| AppError::Refused(Refusal::of_field("until", "admin-dialogue-day")))?;
            let (ends_at, reason) = (start_of(last.saturating_add(1.day()), &asked.site.zone), sent.text("reason"));
            rules::may_extend(phase.period.ends_at, ends_at, &reason)?;
            Ok(phases::extend(tx, &whole.process, phase, ends_at, &reason, &asked.actor)?)
        })
        .await;
    match done {
        Ok(()) => Ok(Redirect::to(&format!("{}?hinweis=admin-dialogue-extended", own_path(id))).into_response()),
        Err(AppError::Refused(refusal)) => super::publish::refused(&app, &ctx, id, "verlaengern-", Form::refused(ctx.t, &fields, [refusal])).await,
        Err(error) => Err(error),
    }
}

/// Adds a further round to a public process: a phase in which the same can be done as in the first one.
pub(super) async fn append(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let (asked, sent) = (ctx.clone(), fields.clone());
    let done = app
        .write(&ctx, move |tx| {
            let whole = Whole::read(tx, id)?;
            let like = whole.phases.iter().find(|phase| phase.period.acts.are_for_residents()).filter(|_| whole.process.is_public());
            let like = like.ok_or(AppError::NotFound)?;
            let day = |field: &'static str| sent.line(field).parse::<Date>().map_err(|_| AppError::Refused(Refusal::of_field(field, "admin-dialogue-day")));
            let (first, last, title) = (day("from")?, day("until")?, sent.line("title"));
            if title.is_empty() {
                return Err(AppError::Refused(Refusal::of_field("title", "admin-dialogue-phase-title")));
            }
            let period = Period {
                starts_at: start_of(first, &asked.site.zone),
                ends_at: start_of(last.saturating_add(1.day()), &asked.site.zone),
                acts: like.period.acts,
            };
            if last < first || period.ends_at <= whole.now {
                return Err(AppError::Refused(Refusal::of_field("until", "admin-dialogue-phase-order")));
            }
            let phase = NewPhase { part: like.part, title, note: sent.line("note"), period };
            Ok(phases::append(tx, &whole.process, &phase, &asked.actor)?)
        })
        .await;
    match done {
        Ok(()) => Ok(Redirect::to(&format!("{}?hinweis=admin-dialogue-round", own_path(id))).into_response()),
        Err(AppError::Refused(refusal)) => super::publish::refused(&app, &ctx, id, "runde-", Form::refused(ctx.t, &fields, [refusal])).await,
        Err(error) => Err(error),
    }
}
