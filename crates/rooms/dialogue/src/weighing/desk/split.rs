//! A statement with several wishes is split: the clerk ticks the sentences that are a point of their own.

use super::{bundle_path, done, own_path};
use crate::desk::own_path as process_path;
use crate::weighing::rules::{may_change, segments};
use crate::weighing::store::bundles::{self, Point};
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{AppError, Fields, Form, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, State as Axum};
use axum::response::Response;

struct Sentence {
    place: usize,
    text: String,
    is_ticked: bool,
}

#[derive(Template)]
#[template(path = "beteiligung/abwaegung_split.html")]
struct SplitPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    german: &'static str,
    heading: String,
    path: String,
    back: String,
    can_change: bool,
    can_join: bool,
    sentences: Vec<Sentence>,
    form: Form,
}

async fn build(app: &App, ctx: &Ctx, process: i64, id: i64, refused: Option<Form>) -> Result<SplitPage, AppError> {
    let point: Point = app.read(ctx, move |tx| bundles::find_point(tx, process, id)?.ok_or(AppError::NotFound)).await?;
    let t = ctx.t;
    let heading = t.with("admin-weighing-split-heading", &[("number", point.number.into())]);
    let mut shell = crate::desk::shell(app, ctx, heading.clone())
        .crumb(t.get("admin-dialogue"), "/verwaltung/beteiligung")
        .crumb(t.get("admin-dialogue-work"), process_path(process))
        .crumb(t.get("admin-weighing"), own_path(process))
        .here(heading.clone());
    let form = refused.unwrap_or_else(|| Form::new(t));
    form.mark(&mut shell);
    let sentences = segments(&point.text).into_iter().enumerate().map(|(place, text)| Sentence {
        place,
        text: text.trim().to_owned(),
        is_ticked: form.has("sentence", &place.to_string()),
    });
    Ok(SplitPage {
        german: if ctx.language() == allmende_core::Language::German { "" } else { " lang=\"de\"" },
        path: format!("{}/punkt/{id}", own_path(process)),
        back: bundle_path(process, point.bundle),
        can_change: may_change(point.stage).is_ok(),
        can_join: point.siblings > 1,
        sentences: sentences.collect(),
        desk: desk(app, ctx),
        heading,
        shell,
        form,
        t,
    })
}

/// The sentences of a point.
pub(super) async fn show(Axum(app): Axum<App>, ctx: Ctx, Path((process, id)): Path<(i64, i64)>) -> Result<Response, AppError> {
    page(&build(&app, &ctx, process, id, None).await?)
}

/// Splits, or puts the points of the statement together again.
pub(super) async fn act(Axum(app): Axum<App>, ctx: Ctx, Path((process, id)): Path<(i64, i64)>, fields: Fields) -> Result<Response, AppError> {
    let (asked, joins) = (ctx.clone(), fields.raw("act") == "join");
    let picked: Vec<usize> = fields.all("sentence").filter_map(|place| place.parse().ok()).collect();
    let result = app
        .write(&ctx, move |tx| if joins { bundles::join(tx, process, id, &asked.actor) } else { bundles::split(tx, process, id, &picked, &asked.actor) })
        .await;
    match result {
        Ok(bundle) => Ok(done(&bundle_path(process, bundle), if joins { "admin-weighing-joined" } else { "admin-weighing-split" })),
        Err(AppError::Refused(refusal)) => {
            let form = Form::refused(ctx.t, &fields, [refusal]);
            refused_page(&build(&app, &ctx, process, id, Some(form)).await?)
        }
        Err(error) => Err(error),
    }
}
