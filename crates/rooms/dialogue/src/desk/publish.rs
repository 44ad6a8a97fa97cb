//! Step 4: the preview as the public will see it, and publishing. Then the page of a process at the desk: what can be done with it.

use super::{Step, Whole, own_path, process_shell, steps};
use crate::audience;
use crate::audience::rules::lists;
use crate::pages::frame::{Frame, Here};
use crate::pages::passages::{self, Passage};
use crate::pages::words::{State, Words};
use crate::rules::{self, Standing, standing};
use crate::store::phases::{self, NewPhase};
use crate::store::processes::{self, About, Ways};
use crate::store::{statements, versions};
use allmende_core::{Act, Refusal, may};
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{AppError, Choice, Fields, Form, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, State as Axum};
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "beteiligung/desk_preview.html")]
struct PreviewPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    words: Words,
    steps: Vec<Step>,
    id: i64,
    form: Form,
    frame: Frame,
    phases: Vec<String>,
    version: Option<String>,
    passages: Vec<Passage>,
    is_public: bool,
}

async fn build(app: &App, ctx: &Ctx, id: i64, refusal: Option<Refusal>) -> Result<PreviewPage, AppError> {
    let (whole, shown) = app
        .read(ctx, move |tx| {
            let whole = Whole::read(tx, id)?;
            let version = whole.draft().or_else(|| whole.newest_public()).cloned();
            let shown = version.map(|version| versions::shown(tx, &version)).transpose()?;
            Ok::<_, AppError>((whole, shown))
        })
        .await?;
    let (t, words) = (ctx.t, Words::new(ctx, whole.now));
    let mut frame = Frame::new(&words, &whole.process, &whole.phases, &[], Here::Text);
    frame.views.clear();
    let form = Form::refused(t, &Fields::default(), refusal);
    let mut shell = process_shell(app, ctx, &whole.process, t.get("admin-dialogue-step-preview"));
    form.mark(&mut shell);
    let version = whole.draft().or_else(|| whole.newest_public());
    let phases = whole.phases.iter().map(|phase| {
        let (first, last) = (words.dates.local(phase.period.starts_at).date(), words.last_day(phase.period.ends_at));
        let days = t.with("dialogue-from-to", &[("first", (&words.dates.day_short(first)).into()), ("last", (&words.dates.day(last)).into())]);
        format!("{}: {days}", phase.title)
    });
    Ok(PreviewPage {
        shell,
        t,
        desk: desk(app, ctx),
        steps: steps(ctx, id, whole.consultation().is_some(), 4),
        id,
        form,
        frame,
        phases: phases.collect(),
        version: version.map(|version| t.with("admin-dialogue-version", &[("number", version.number.into())])),
        passages: match (&shown, version) {
            (Some(shown), Some(version)) => passages::passages(&words, shown, &[], &[], version.id, None),
            _ => Vec::new(),
        },
        is_public: whole.process.is_public(),
        words,
    })
}

/// The preview.
pub(super) async fn preview(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>) -> Result<Response, AppError> {
    page(&build(&app, &ctx, id, None).await?)
}

/// What a process lacks to be public.
fn lacks(whole: &Whole) -> Result<(), Refusal> {
    if whole.consultation().is_some() && whole.versions.is_empty() {
        return Err(Refusal::new("admin-dialogue-publish-text"));
    }
    if standing(whole.process.begins_at, whole.process.ends_at, whole.now) == Standing::Ended {
        return Err(Refusal::new("admin-dialogue-publish-over"));
    }
    Ok(())
}

/// Publishes a draft with the first version of its text.
pub(super) async fn publish(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>) -> Result<Response, AppError> {
    let asked = ctx.clone();
    let done = app
        .write(&ctx, move |tx| {
            let whole = Whole::read(tx, id)?;
            lacks(&whole)?;
            audience::desk::lacks(tx, &whole.process)?;
            if let Some(draft) = whole.draft() {
                versions::publish(tx, &whole.process, draft, &asked.actor)?;
            }
            processes::publish(tx, id, &asked.actor)?;
            Ok::<_, AppError>(whole.process.path())
        })
        .await;
    match done {
        Ok(path) => Ok(Redirect::to(&format!("{path}?hinweis=admin-dialogue-published")).into_response()),
        Err(AppError::Refused(refusal)) => refused_page(&build(&app, &ctx, id, Some(refusal)).await?),
        Err(error) => Err(error),
    }
}

/// One thing that can be done, and where.
struct Work {
    path: String,
    label: String,
}

#[derive(Template)]
#[template(path = "beteiligung/desk_process.html")]
struct OverviewPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    words: Words,
    id: i64,
    title: String,
    kind: &'static str,
    state: State,
    when: String,
    so_far: String,
    public_path: Option<String>,
    withdrawn: Option<String>,
    works: Vec<Work>,
    phases: Vec<Choice>,
    extend: Form,
    round: Form,
    withdraw: Form,
    is_clerk: bool,
    is_public: bool,
}

async fn overview_page(app: &App, ctx: &Ctx, id: i64, refused: Option<(&'static str, Form)>) -> Result<OverviewPage, AppError> {
    let whole = app.read(ctx, move |tx| Whole::read(tx, id)).await?;
    let (t, words, process) = (ctx.t, Words::new(ctx, whole.now), &whole.process);
    let (mut extend, mut round, mut withdraw) =
        (Form::new(t).prefixed("verlaengern-"), Form::new(t).prefixed("runde-"), Form::new(t).prefixed("zurueckziehen-"));
    let mut shell = process_shell(app, ctx, process, t.get("admin-dialogue-work"));
    match refused {
        Some(("verlaengern-", form)) => extend = form.prefixed("verlaengern-"),
        Some(("runde-", form)) => round = form.prefixed("runde-"),
        Some((_, form)) => withdraw = form.prefixed("zurueckziehen-"),
        None => {}
    }
    extend.mark(&mut shell);
    round.mark(&mut shell);
    withdraw.mark(&mut shell);
    let phases = whole.phases.iter().filter(|phase| phase.period.acts.are_for_residents()).map(|phase| {
        let last = words.dates.day(words.last_day(phase.period.ends_at));
        Choice::new(phase.id.to_string(), t.with("admin-dialogue-phase-ends", &[("phase", (&phase.title).into()), ("day", (&last).into())]))
    });
    Ok(OverviewPage {
        phases: phases.collect(),
        shell,
        desk: desk(app, ctx),
        id,
        title: process.title.clone(),
        kind: words.kind(&process.template),
        state: match process.state.as_str() {
            "draft" => State { shape: "open", text: t.get("admin-dialogue-draft").to_owned() },
            "withdrawn" => State { shape: "no", text: t.get("admin-dialogue-withdrawn").to_owned() },
            _ => words.state(process),
        },
        when: words.when(process),
        so_far: words.so_far(process),
        public_path: process.is_public().then(|| process.path()),
        withdrawn: process.withdrawn_reason.clone(),
        works: works(ctx, &whole),
        extend,
        round,
        withdraw,
        is_clerk: may(&ctx.actor, Act::RunProcesses),
        is_public: process.is_public(),
        words,
        t,
    })
}

fn works(ctx: &Ctx, whole: &Whole) -> Vec<Work> {
    let (t, own) = (ctx.t, own_path(whole.process.id));
    let work = |word: &str, label: &'static str| Work { path: format!("{own}/{word}"), label: label.to_owned() };
    let mut works = Vec::new();
    let (is_clerk, is_public, has_text) = (may(&ctx.actor, Act::RunProcesses), whole.process.is_public(), whole.consultation().is_some());
    if is_clerk {
        works.push(work("worum", t.get(if is_public { "admin-dialogue-about" } else { "admin-dialogue-step-about" })));
        if has_text {
            works.push(work("text", t.get(if is_public { "admin-dialogue-next-version" } else { "admin-dialogue-step-text" })));
        }
        works.push(work("wann", t.get(if is_public { "admin-dialogue-when" } else { "admin-dialogue-step-when" })));
        if lists(&whole.process.audience).next().is_some() {
            works.push(work("teilnahme", t.get("admin-audience")));
        }
        if !is_public {
            works.push(work("vorschau", t.get("admin-dialogue-step-preview")));
        }
    }
    if is_public && has_text {
        works.push(work("stellungnahmen", t.get("admin-dialogue-statements")));
        works.push(work("papier", t.get("admin-dialogue-paper")));
        if has_text && may(&ctx.actor, Act::WeighStatements) {
            works.push(work("abwaegung", t.get("admin-weighing")));
        }
    }
    if is_public && whole.process.has_ideas {
        works.push(work("ideen", t.get("admin-ideas")));
    }
    if is_public && may(&ctx.actor, Act::Moderate) {
        works.push(Work { path: "/verwaltung/moderation".to_owned(), label: t.get("admin-dialogue-care").to_owned() });
    }
    works
}

/// The page of a process at the desk. Four statements.
pub(super) async fn overview(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>) -> Result<Response, AppError> {
    page(&overview_page(&app, &ctx, id, None).await?)
}

/// The same with a form that was refused; `which` is the prefix of its fields.
pub(super) async fn refused(app: &App, ctx: &Ctx, id: i64, which: &'static str, form: Form) -> Result<Response, AppError> {
    refused_page(&overview_page(app, ctx, id, Some((which, form))).await?)
}

/// Withdraws a public process with the reason that its followers are told.
pub(super) async fn withdraw(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let reason = fields.text("reason");
    if let Err(refusal) = rules::check_reason(&reason) {
        return refused(&app, &ctx, id, "zurueckziehen-", Form::refused(ctx.t, &fields, [refusal])).await;
    }
    let asked = ctx.clone();
    app.write(&ctx, move |tx| {
        let process = processes::find(tx, id)?.filter(processes::Process::is_public).ok_or(AppError::NotFound)?;
        processes::withdraw(tx, &process, &reason, &asked.actor)?;
        Ok::<_, AppError>(statements::withdraw_nodes(tx, id)?)
    })
    .await?;
    Ok(Redirect::to(&format!("{}?hinweis=admin-dialogue-withdrawn", own_path(id))).into_response())
}

/// Makes a draft that begins as this process is: words, formats, phases (from tomorrow on), who may take part. Nothing that people gave.
pub(super) async fn copy(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>) -> Result<Response, AppError> {
    let asked = ctx.clone();
    let new = app
        .write(&ctx, move |tx| {
            let whole = Whole::read(tx, id)?;
            let process = &whole.process;
            let about = About {
                title: asked.t.with("admin-dialogue-copy-of", &[("title", (&process.title).into())]).chars().take(*rules::TITLE_CHARS.end()).collect(),
                lead: process.lead.clone(),
                open_text: process.open_text.clone(),
                fixed_text: process.fixed_text.clone(),
                decides: process.decides.clone(),
                decides_on: None,
                paper_way: process.paper_way.clone(),
                contact: process.contact.clone(),
                department: process.department,
            };
            let ways = Ways { audience: process.audience.clone(), is_moderated_before: process.is_moderated_before, answer_days: process.answer_days };
            let new = processes::insert(tx, &process.template, &about, &ways, Some(id), &asked.actor)?;
            let mut parts = Vec::new();
            for part in &whole.parts {
                parts.push((part.id, phases::insert_part(tx, new, part)?));
            }
            let moved = shifted(&whole, &asked, &parts);
            phases::replace(tx, new, &moved)?;
            Ok::<_, AppError>(new)
        })
        .await?;
    Ok(Redirect::to(&format!("{}/worum?hinweis=admin-dialogue-copied", own_path(new))).into_response())
}

/// The phases of a process as they would be if it began tomorrow.
fn shifted(whole: &Whole, ctx: &Ctx, parts: &[(i64, i64)]) -> Vec<NewPhase> {
    use crate::templates::start_of;
    use jiff::ToSpan;
    let zone = &ctx.site.zone;
    let tomorrow = whole.now.at(zone).date().saturating_add(1.day());
    let Some(first) = whole.phases.iter().map(|phase| phase.period.starts_at).min() else { return Vec::new() };
    let by = (tomorrow - first.at(zone).date()).get_days();
    let day = |at: allmende_core::Instant| start_of(at.at(zone).date().saturating_add(by.days()), zone);
    let phase = |phase: &phases::Phase| NewPhase {
        part: phase.part.and_then(|old| parts.iter().find(|(own, _)| *own == old)).map(|(_, new)| *new),
        title: phase.title.clone(),
        note: phase.note.clone(),
        period: rules::Period { starts_at: day(phase.period.starts_at), ends_at: day(phase.period.ends_at), acts: phase.period.acts },
    };
    whole.phases.iter().map(phase).collect()
}
