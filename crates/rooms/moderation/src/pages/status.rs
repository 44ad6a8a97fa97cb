//! What became of a report, and why something was done with a contribution: two pages behind secret links, each with the way to object.

use super::{own_shell, words};
use crate::links;
use crate::rules;
use crate::store::appeals::{self, Appeal, Appellant};
use crate::store::decisions::{self, Decided};
use crate::store::{self, Reported};
use allmende_core::Refusal;
use allmende_platform::dates::Dates;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::{Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

/// What is known of an objection.
struct AppealView {
    day: String,
    words: String,
    answer: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "moderation/status.html")]
struct StatusPage {
    shell: Shell,
    t: Speaker,
    heading: &'static str,
    /// The receipt number; empty for an author.
    number: String,
    facts: Vec<(&'static str, String)>,
    /// The reported page, as long as strangers may see it.
    path: Option<String>,
    reasons: Vec<(&'static str, String)>,
    appeal: Option<AppealView>,
    /// Where an objection goes, if one may object.
    appeal_path: Option<String>,
    form: Form,
}

/// Everything that one side sees, read in one transaction.
#[derive(Clone)]
struct Found {
    report: Option<Reported>,
    decision: Option<Decided>,
    appeal: Option<Appeal>,
    answer: Option<Decided>,
    now: allmende_core::Instant,
}

async fn find(app: &App, ctx: &Ctx, report: Option<i64>, decision: Option<i64>) -> Result<Found, AppError> {
    app.read(ctx, move |tx| {
        let report = match report {
            Some(id) => Some(store::find(tx, id)?.ok_or(AppError::NotFound)?),
            None => None,
        };
        let decision = match decision.or_else(|| report.as_ref().and_then(|report| report.decision)) {
            Some(id) => decisions::find(tx, id)?,
            None => None,
        };
        let appellant = report.as_ref().map_or(Appellant::Author, |report| Appellant::Reporter(report.id));
        let appeal = match &decision {
            Some(decision) => appeals::find_of(tx, decision.id, appellant)?,
            None => None,
        };
        let answer = match appeal.as_ref().and_then(|appeal| appeal.answer) {
            Some(id) => decisions::find(tx, id)?,
            None => None,
        };
        Ok::<_, AppError>(Found { report, decision, appeal, answer, now: tx.now()? })
    })
    .await
}

/// `/meldung/stand/{secret}`: what became of a report.
///
/// # Errors
/// 404 for a secret that opens nothing.
pub async fn of_report(State(app): State<App>, ctx: Ctx, Path(secret): Path<String>) -> Result<Response, AppError> {
    let id = links::report(&app.parts.seal, ctx.site.id, &secret).ok_or(AppError::NotFound)?;
    let found = find(&app, &ctx, Some(id), None).await?;
    page(&report_status(&app, &ctx, found, Form::new(ctx.t)))
}

/// `/meldung/entscheidung/{secret}`: why something was done with what one wrote.
///
/// # Errors
/// 404 for a secret that opens nothing.
pub async fn of_decision(State(app): State<App>, ctx: Ctx, Path(secret): Path<String>) -> Result<Response, AppError> {
    let id = links::decision(&app.parts.seal, ctx.site.id, &secret).ok_or(AppError::NotFound)?;
    let found = find(&app, &ctx, None, Some(id)).await?;
    page(&decision_status(&app, &ctx, found, Form::new(ctx.t))?)
}

fn report_status(app: &App, ctx: &Ctx, found: Found, form: Form) -> StatusPage {
    let t = ctx.t;
    let dates = Dates::new(t, ctx.site.zone.clone(), found.now);
    let report = found.report.as_ref();
    let mut facts = Vec::new();
    let mut path = None;
    if let Some(report) = report {
        facts.push((t.get("report-state"), t.get(if report.decision.is_some() { "report-state-decided" } else { "report-state-open" }).to_owned()));
        facts.push((t.get("report-day"), dates.moment(report.created_at)));
        facts.push((t.get("report-category"), words::category(&ctx.site, t, &report.category)));
        if !report.words.is_empty() {
            facts.push((t.get("report-own-words"), report.words.clone()));
        }
        path = Some(report.object.path.clone());
    }
    let number = report.map(|report| words::receipt(report.id)).unwrap_or_default();
    let own = report.map(|report| links::of_report(&app.parts.seal, ctx.site.id, report.id)).unwrap_or_default();
    status_page(app, ctx, &found, form, Head { heading: t.get("report-status-heading"), number, facts, path, own }, &dates)
}

fn decision_status(app: &App, ctx: &Ctx, found: Found, form: Form) -> Result<StatusPage, AppError> {
    let t = ctx.t;
    let dates = Dates::new(t, ctx.site.zone.clone(), found.now);
    let Some(decision) = found.decision.as_ref().filter(|decision| decision.author.is_some()) else { return Err(AppError::NotFound) };
    let facts = vec![(t.get("verdict-about"), decision.object.title.clone()), (t.get("verdict-day"), dates.day(dates.local(decision.decided_at).date()))];
    let own = links::of_decision(&app.parts.seal, ctx.site.id, decision.id);
    Ok(status_page(app, ctx, &found, form, Head { heading: t.get("verdict-status-heading"), number: String::new(), facts, path: None, own }, &dates))
}

/// The first part of the page, which differs between the two sides.
struct Head {
    heading: &'static str,
    number: String,
    facts: Vec<(&'static str, String)>,
    path: Option<String>,
    own: String,
}

fn status_page(app: &App, ctx: &Ctx, found: &Found, form: Form, head: Head, dates: &Dates) -> StatusPage {
    let t = ctx.t;
    let mut shell = own_shell(app, ctx, head.heading);
    form.mark(&mut shell);
    let reasons = found.decision.as_ref().map(|decision| words::reasons(&ctx.site, t, dates, decision)).unwrap_or_default();
    let appeal = found.appeal.as_ref().map(|appeal| AppealView {
        day: dates.moment(appeal.created_at),
        words: appeal.words.clone(),
        answer: found.answer.as_ref().map(|answer| words::reasons(&ctx.site, t, dates, answer)).unwrap_or_default(),
    });
    let may_appeal = found.appeal.is_none() && found.decision.as_ref().is_some_and(|decision| may_appeal(decision, found));
    StatusPage {
        shell,
        t,
        heading: head.heading,
        number: head.number,
        facts: head.facts,
        path: head.path,
        reasons,
        appeal,
        appeal_path: may_appeal.then(|| format!("{}/widerspruch", head.own)),
        form,
    }
}

/// Whether the side that looks may object: the author to what restricts, the reporter to what does not.
fn may_appeal(decision: &Decided, found: &Found) -> bool {
    let is_against = decision.action.restricts() == found.report.is_none();
    is_against && rules::reversed(decision.action).is_some() && rules::check_appeal(decision.decided_at, found.now).is_ok()
}

/// The objection of a reporter.
///
/// # Errors
/// 404 for a secret that opens nothing, 422 for an objection without reasons or too late.
pub async fn appeal_of_reporter(State(app): State<App>, ctx: Ctx, Path(secret): Path<String>, fields: Fields) -> Result<Response, AppError> {
    let id = links::report(&app.parts.seal, ctx.site.id, &secret).ok_or(AppError::NotFound)?;
    let found = find(&app, &ctx, Some(id), None).await?;
    match appeal(&app, &ctx, &found, Appellant::Reporter(id), &fields).await? {
        Ok(()) => Ok(sent(&links::of_report(&app.parts.seal, ctx.site.id, id))),
        Err(refusal) => refused_page(&report_status(&app, &ctx, found, Form::refused(ctx.t, &fields, [refusal]))),
    }
}

/// The objection of an author.
///
/// # Errors
/// As [`appeal_of_reporter`].
pub async fn appeal_of_author(State(app): State<App>, ctx: Ctx, Path(secret): Path<String>, fields: Fields) -> Result<Response, AppError> {
    let id = links::decision(&app.parts.seal, ctx.site.id, &secret).ok_or(AppError::NotFound)?;
    let found = find(&app, &ctx, None, Some(id)).await?;
    match appeal(&app, &ctx, &found, Appellant::Author, &fields).await? {
        Ok(()) => Ok(sent(&links::of_decision(&app.parts.seal, ctx.site.id, id))),
        Err(refusal) => refused_page(&decision_status(&app, &ctx, found, Form::refused(ctx.t, &fields, [refusal]))?),
    }
}

fn sent(path: &str) -> Response {
    Redirect::to(&format!("{path}?hinweis=appeal-received")).into_response()
}

/// Writes an objection, once for each side.
async fn appeal(app: &App, ctx: &Ctx, found: &Found, appellant: Appellant, fields: &Fields) -> Result<Result<(), Refusal>, AppError> {
    let Some(decision) = found.decision.clone() else { return Err(AppError::NotFound) };
    let written = fields.text("words");
    if let Err(refusal) = rules::reason(&written, "appeal-refusal-words") {
        return Ok(Err(refusal));
    }
    if found.appeal.is_some() {
        // The same objection again: the answer is the same page.
        return Ok(Ok(()));
    }
    let is_for_this_side = decision.action.restricts() == found.report.is_none() && rules::reversed(decision.action).is_some();
    if !is_for_this_side {
        return Err(AppError::NotFound);
    }
    let language = ctx.language();
    app.write(ctx, move |tx| {
        if let Err(refusal) = rules::check_appeal(decision.decided_at, tx.now()?) {
            return Ok::<_, AppError>(Err(refusal));
        }
        appeals::insert(tx, decision.id, appellant, &written, language)?;
        Ok(Ok(()))
    })
    .await
}
