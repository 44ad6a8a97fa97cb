//! `/verwaltung/moderation/{kind}/{id}`: one contribution with its reports, what was decided, and the objections; and the decision itself.

use crate::acts::{self, Subject};
use crate::pages::words;
use crate::rules::{self, Action};
use crate::store::appeals::{self, Appeal};
use crate::store::decisions::{self, Decided};
use crate::store::{self, Reported};
use allmende_core::Refusal;
use allmende_platform::dates::Dates;
use allmende_platform::moderated::{Picture, desk_path};
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{Choice, Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

struct ReportRow {
    number: String,
    day: String,
    category: String,
    words: String,
    who: String,
    is_notice: bool,
    is_open: bool,
}

struct DecisionRow {
    day: String,
    action: &'static str,
    shape: &'static str,
    role: &'static str,
    rule: String,
    words: String,
}

struct AppealRow {
    id: i64,
    day: String,
    who: &'static str,
    words: String,
    /// Whether the reader may answer it: it is open, and somebody else decided first.
    may_answer: bool,
    is_open: bool,
    /// Whether agreeing hides something, which needs a rule.
    hides: bool,
}

#[derive(Template)]
#[template(path = "moderation/case.html")]
struct CasePage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    kind: &'static str,
    own_path: String,
    title: String,
    author: String,
    text: String,
    place: String,
    picture: Option<Picture>,
    public_path: String,
    standing: Option<(&'static str, &'static str)>,
    reports: Vec<ReportRow>,
    decisions: Vec<DecisionRow>,
    appeals: Vec<AppealRow>,
    form: Form,
    actions: Vec<Choice>,
    grounds: Vec<Choice>,
}

/// Everything about a case, read in one transaction.
#[derive(Clone)]
struct Case {
    subject: Subject,
    reports: Vec<Reported>,
    decisions: Vec<Decided>,
    appeals: Vec<Appeal>,
    now: allmende_core::Instant,
}

async fn find(app: &App, ctx: &Ctx, kind: String, id: i64) -> Result<Case, AppError> {
    let own = app.clone();
    app.read(ctx, move |tx| {
        let reports = store::list_of(tx, &kind, id)?;
        let subject = acts::find_subject(tx, &own, &kind, id, &reports)?.ok_or(AppError::NotFound)?;
        let (decisions, appeals) = (decisions::list_of(tx, &kind, id)?, appeals::list_of(tx, &kind, id)?);
        Ok::<_, AppError>(Case { subject, reports, decisions, appeals, now: tx.now()? })
    })
    .await
}

/// The case.
///
/// # Errors
/// 404 for what is neither a contribution nor reported.
pub async fn show(State(app): State<App>, ctx: Ctx, Path((kind, id)): Path<(String, i64)>) -> Result<Response, AppError> {
    let case = find(&app, &ctx, kind, id).await?;
    page(&case_page(&app, &ctx, &case, Form::new(ctx.t)))
}

fn case_page(app: &App, ctx: &Ctx, case: &Case, form: Form) -> CasePage {
    let t = ctx.t;
    let object = &case.subject.object;
    let contribution = case.subject.contribution.as_ref();
    let standing = contribution.map(|contribution| contribution.standing);
    let rows = Rows { ctx, dates: Dates::new(t, ctx.site.zone.clone(), case.now) };
    let mut shell = super::shell(app, ctx, &object.title).crumb(t.get("admin-moderation"), "/verwaltung/moderation");
    form.mark(&mut shell);
    let action = |action: &Action| Choice::new(action.key(), t.find(&format!("admin-moderation-do-{}", action.key())).unwrap_or_default());
    CasePage {
        shell,
        t,
        desk: desk(app, ctx),
        kind: words::kind(app, t, &object.kind),
        own_path: desk_path(&object.kind, object.object_id),
        title: object.title.clone(),
        author: contribution.map(|contribution| contribution.author_name.clone()).unwrap_or_default(),
        text: contribution.map(|contribution| contribution.text.clone()).unwrap_or_default(),
        place: contribution.map(|contribution| contribution.place.clone()).unwrap_or_default(),
        picture: contribution.and_then(|contribution| contribution.picture.clone()),
        public_path: object.path.clone(),
        standing: standing.map(|standing| (shape(standing.key()), t.find(&format!("admin-moderation-standing-{}", standing.key())).unwrap_or_default())),
        reports: case.reports.iter().map(|report| rows.report(report)).collect(),
        decisions: case.decisions.iter().map(|decided| rows.decision(decided)).collect(),
        appeals: case.appeals.iter().map(|appeal| rows.appeal(appeal, &case.decisions)).collect(),
        form,
        actions: rules::actions(standing).iter().map(action).collect(),
        grounds: words::grounds(&ctx.site, t),
    }
}

fn shape(standing: &str) -> &'static str {
    match standing {
        "public" => "done",
        "hidden" => "no",
        "waiting" => "busy",
        _ => "open",
    }
}

struct Rows<'a> {
    ctx: &'a Ctx,
    dates: Dates,
}

impl Rows<'_> {
    fn report(&self, report: &Reported) -> ReportRow {
        let who = [report.name.as_deref(), report.email.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", ");
        ReportRow {
            number: words::receipt(report.id),
            day: self.dates.moment(report.created_at),
            category: words::category(&self.ctx.site, self.ctx.t, &report.category),
            words: report.words.clone(),
            who,
            is_notice: report.is_notice,
            is_open: report.decision.is_none(),
        }
    }

    fn decision(&self, decided: &Decided) -> DecisionRow {
        let t = self.ctx.t;
        DecisionRow {
            day: self.dates.moment(decided.decided_at),
            action: words::action(t, decided.action.key()),
            shape: words::shape(decided.action),
            role: words::role(t, &decided.role),
            rule: decided.rule.as_deref().map(|rule| words::rule(&self.ctx.site, t, rule).0).unwrap_or_default(),
            words: decided.words.clone(),
        }
    }

    fn appeal(&self, appeal: &Appeal, decisions: &[Decided]) -> AppealRow {
        let t = self.ctx.t;
        let first = decisions.iter().find(|decided| decided.id == appeal.decision);
        let is_open = appeal.answer.is_none();
        AppealRow {
            id: appeal.id,
            day: self.dates.moment(appeal.created_at),
            who: if appeal.report.is_some() { t.get("admin-moderation-of-reporter") } else { t.get("admin-moderation-of-author") },
            words: appeal.words.clone(),
            may_answer: is_open && rules::check_second(self.ctx.actor.person(), first.and_then(|decided| decided.person)).is_ok(),
            is_open,
            hides: first.and_then(|decided| rules::reversed(decided.action)).is_some_and(Action::restricts),
        }
    }
}

/// Decides: writes the decision and everything that follows from it.
///
/// # Errors
/// 404 as for the page; 422 with the form for a decision without rule or reason.
pub async fn decide(State(app): State<App>, ctx: Ctx, Path((kind, id)): Path<(String, i64)>, fields: Fields) -> Result<Response, AppError> {
    let (own, asking, sent, of_kind) = (app.clone(), ctx.clone(), fields.clone(), kind.clone());
    let outcome = app
        .write(&ctx, move |tx| {
            let reports = store::list_of(tx, &of_kind, id)?;
            let subject = acts::find_subject(tx, &own, &of_kind, id, &reports)?.ok_or(AppError::NotFound)?;
            let standing = subject.contribution.as_ref().map(|contribution| contribution.standing);
            match rules::verdict(sent.raw("action"), sent.raw("rule"), &sent.text("words"), standing) {
                Ok(verdict) => acts::decide(tx, &own, &asking, &subject, &verdict, &reports).map(|_| Ok(())),
                Err(refusals) => Ok(Err(refusals)),
            }
        })
        .await?;
    match outcome {
        Ok(()) => Ok(Redirect::to("/verwaltung/moderation?hinweis=admin-moderation-decided").into_response()),
        Err(refusals) => refuse(&app, &ctx, kind, id, &fields, refusals).await,
    }
}

async fn refuse(app: &App, ctx: &Ctx, kind: String, id: i64, fields: &Fields, refusals: Vec<Refusal>) -> Result<Response, AppError> {
    let case = find(app, ctx, kind, id).await?;
    refused_page(&case_page(app, ctx, &case, Form::refused(ctx.t, fields, refusals)))
}

/// Answers an objection.
///
/// # Errors
/// 404 for one that is not there or was answered; 422 for whoever decided first, and for an answer without reason.
pub async fn decide_appeal(State(app): State<App>, ctx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let (own, asking) = (app.clone(), ctx.clone());
    let object = app
        .write(&ctx, move |tx| acts::decide_appeal(tx, &own, &asking, id, fields.raw("answer") == "agree", fields.raw("rule"), &fields.text("words")))
        .await?;
    Ok(Redirect::to(&format!("{}?hinweis=admin-moderation-decided", desk_path(&object.kind, object.object_id))).into_response())
}
