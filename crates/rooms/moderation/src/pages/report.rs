//! `/meldung`: a report without an account: the link beside a contribution leads here, one choice and one button send it.

use super::{asked, own_shell, words};
use crate::acts::offered;
use crate::rules::{self, PAGE, Report};
use crate::store::{self, Object};
use crate::{links, mails};
use allmende_core::Refusal;
use allmende_db::Tx;
use allmende_platform::moderated::Standing;
use allmende_platform::texts::Speaker;
use allmende_platform::thread;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::guard::{Guard, Issued};
use allmende_platform::web::{Choice, Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

const FORM: &str = "moderation-report";

#[derive(Template)]
#[template(path = "moderation/report.html")]
struct ReportPage {
    shell: Shell,
    t: Speaker,
    form: Form,
    issued: Issued,
    object: Object,
    kind: &'static str,
    categories: Vec<Choice>,
}

/// What is to be reported: a public contribution of a room, a public thing of the thread, or an address of this site.
///
/// # Errors
/// `NotFound` for what strangers must not know of; `illegal-refusal-place` for an address of another site.
pub(crate) fn find_object(tx: &mut Tx<'_>, app: &App, ctx: &Ctx, kind: &str, number: &str, place: &str) -> Result<Object, AppError> {
    if let Ok(object_id) = number.parse::<i64>() {
        if let Some(offered) = offered(app, kind) {
            let found = (offered.find)(tx, object_id)?.filter(|found| found.standing == Standing::Public);
            let found = found.ok_or(AppError::NotFound)?;
            return Ok(Object { kind: kind.to_owned(), object_id, path: found.path, title: found.title });
        }
        let path = thread::find_public_path(tx, kind, object_id)?.ok_or(AppError::NotFound)?;
        return Ok(page_object(path));
    }
    Ok(page_object(rules::place(place, &ctx.site.base_url)?))
}

fn page_object(path: String) -> Object {
    Object { kind: PAGE.to_owned(), object_id: rules::page_number(&path), title: path.clone(), path }
}

/// The form.
///
/// # Errors
/// 404 for what is not public.
pub async fn show(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let (kind, number, place) = (asked(&ctx, "art"), asked(&ctx, "nr"), asked(&ctx, "ort"));
    if number.is_empty() && place.is_empty() {
        // Nothing was named: the form that asks for the place.
        return Ok(Redirect::to("/meldung/rechtswidrig").into_response());
    }
    let (own, asking) = (app.clone(), ctx.clone());
    let (object, issued) = app
        .read(&ctx, move |tx| {
            let object = find_object(tx, &own, &asking, &kind, &number, &place)?;
            Ok::<_, AppError>((object, guard(&own, &asking).issue(tx)?))
        })
        .await?;
    page(&report_page(&app, &ctx, Form::new(ctx.t), object, issued))
}

fn guard(app: &App, ctx: &Ctx) -> Guard {
    Guard::new(app, ctx, FORM).at_most(rules::REPORTS_MAX)
}

fn report_page(app: &App, ctx: &Ctx, form: Form, object: Object, issued: Issued) -> ReportPage {
    let t = ctx.t;
    let mut shell = own_shell(app, ctx, t.get("report-heading"));
    form.mark(&mut shell);
    let kind = words::kind(app, t, &object.kind);
    ReportPage { shell, t, form, issued, kind, object, categories: words::categories(&ctx.site, t) }
}

/// Takes a report; the same form sent twice is one report.
///
/// # Errors
/// 422 with the form for what is missing.
pub async fn send(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let checked = rules::report(fields.raw("category"), &fields.text("words"), &fields.line("email"));
    let guard = guard(&app, &ctx);
    match write(&app, &ctx, &guard, &fields, checked).await? {
        Ok(path) => Ok(Redirect::to(&path).into_response()),
        Err(Refused { refusals, object, issued }) => {
            let form = Form::refused(ctx.t, &fields, refusals);
            refused_page(&report_page(&app, &ctx, form, object, issued))
        }
    }
}

/// What the page of a refused report is made from.
pub(crate) struct Refused {
    pub refusals: Vec<Refusal>,
    pub object: Object,
    pub issued: Issued,
}

/// Writes a report and its receipt, once; or says what was refused.
pub(crate) async fn write(
    app: &App,
    ctx: &Ctx,
    guard: &Guard,
    fields: &Fields,
    checked: Result<Report, Vec<Refusal>>,
) -> Result<Result<String, Refused>, AppError> {
    let (own, asking, guard, fields) = (app.clone(), ctx.clone(), guard.clone(), fields.clone());
    app.write(ctx, move |tx| {
        let found = find_object(tx, &own, &asking, &fields.line("art"), &fields.line("nr"), &fields.line("place"));
        let (object, mut refusals) = match found {
            Ok(object) => (object, Vec::new()),
            Err(AppError::Refused(refusal)) => (page_object(fields.line("place")), vec![refusal]),
            Err(other) => return Err(other),
        };
        refusals.extend(checked.as_ref().err().into_iter().flatten().cloned());
        let refused = |tx: &mut Tx<'_>, refusals| Ok::<_, AppError>(Err(Refused { refusals, object: object.clone(), issued: guard.issue_again(tx, &fields)? }));
        let Ok(report) = checked.as_ref() else { return refused(tx, refusals) };
        if !refusals.is_empty() {
            return refused(tx, refusals);
        }
        let passed = match guard.check(tx, &fields) {
            Ok(passed) => passed,
            Err(AppError::Refused(refusal)) => return refused(tx, vec![refusal]),
            Err(other) => return Err(other),
        };
        let (id, is_new) = store::insert(tx, &object, report, asking.language(), &passed.once)?;
        if is_new && let Some(reported) = store::find(tx, id)? {
            mails::receipt(tx, &own, &asking, &reported)?;
        }
        Ok(Ok(format!("{}?hinweis=report-received", links::of_report(&own.parts.seal, asking.site.id, id))))
    })
    .await
}
