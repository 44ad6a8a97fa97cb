//! Which words of a result make a decision: four lists, and below them how each result of the site is read today.

use crate::rules::{Kind, Rules};
use crate::store::{keep, words as store};
use allmende_core::Refusal;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

/// Rows read anew in one transaction.
const ROWS_MAX: i64 = 2_000;

struct Shown {
    text: String,
    kind: &'static str,
    shape: &'static str,
    count: String,
}

#[derive(Template)]
#[template(path = "beschluss/words.html")]
struct WordsPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    form: Form,
    results: Vec<Shown>,
}

async fn build(app: &App, ctx: &Ctx, form: Option<Form>) -> Result<WordsPage, AppError> {
    let (rules, results) = app.read(ctx, |tx| Ok::<_, AppError>((store::load(tx)?, store::list_results(tx)?))).await?;
    let t = ctx.t;
    let form = form.unwrap_or_else(|| Kind::ALL.into_iter().fold(Form::new(t), |form, kind| form.with(kind.key(), rules.lines(kind))));
    let mut shell = super::shell(app, ctx, t.get("admin-decision-words")).crumb(t.get("admin-decisions"), "/verwaltung/beschluesse");
    form.mark(&mut shell);
    let results = results.into_iter().map(|(text, kind, count)| Shown {
        text,
        kind: t.find(&format!("decision-kind-{}", kind.key())).unwrap_or_default(),
        shape: kind.shape(),
        count: t.number(count),
    });
    Ok(WordsPage { shell, t, desk: desk(app, ctx), form, results: results.collect() })
}

/// The page.
pub(super) async fn show(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    page(&build(&app, &ctx, None).await?)
}

/// Takes the lists, or the program's own ones, and reads all results anew.
pub(super) async fn save(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let (mut patterns, mut refusals): (Vec<(Kind, String)>, Vec<Refusal>) = (Vec::new(), Vec::new());
    if !fields.has("defaults") {
        for kind in Kind::ALL {
            match Rules::parse(kind, &fields.text(kind.key())) {
                Ok(own) => patterns.extend(own),
                Err(refusal) => refusals.push(refusal),
            }
        }
        if refusals.is_empty() && patterns.is_empty() {
            refusals.push(Refusal::of_field("adopted", "admin-decision-rule-none"));
        }
    }
    if !refusals.is_empty() {
        return refused_page(&build(&app, &ctx, Some(Form::refused(ctx.t, &fields, refusals))).await?);
    }
    app.write(&ctx, move |tx| Ok::<_, AppError>(store::replace(tx, &patterns)?)).await?;
    // In parts, so that nobody waits long for the one writer; the same rows twice come to the same.
    let mut after = 0;
    while let Some(last) = app.write(&ctx, move |tx| Ok::<_, AppError>(keep::read_anew(tx, after, ROWS_MAX)?)).await? {
        after = last;
    }
    Ok(Redirect::to("/verwaltung/beschluesse-woerter?hinweis=admin-decision-words").into_response())
}
