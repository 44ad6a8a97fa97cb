//! The weighing table goes to a paper of the council as an attachment: the council decides with every answer before it.

use super::own_path;
use crate::desk::process_shell;
use crate::store::processes;
use crate::weighing::pages::files;
use crate::weighing::store::table::Shows;
use allmende_core::Refusal;
use allmende_platform::attachments::{NewFile, OpenPaper};
use allmende_platform::files::Files;
use allmende_platform::limits::UPLOAD_BYTES_MAX;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{AppError, Choice, Fields, Form, Shell, page};
use allmende_platform::{App, Ctx};
use askama::Template;
use axum::extract::{Path, State as Axum};
use axum::response::{IntoResponse, Redirect, Response};

/// Papers that can be chosen: those somebody worked on last.
const PAPERS: i64 = 100;

#[derive(Template)]
#[template(path = "beteiligung/abwaegung_attach.html")]
struct AttachPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    own: String,
    papers: Vec<Choice>,
    kinds: Vec<Choice>,
    form: Form,
}

async fn build(app: &App, ctx: &Ctx, id: i64, form: Form) -> Result<AttachPage, AppError> {
    let list = app.parts.ports.attachments.ok_or(AppError::NotFound)?.papers;
    let (process, papers) = app
        .read(ctx, move |tx| {
            let process = processes::find(tx, id)?.ok_or(AppError::NotFound)?;
            Ok::<_, AppError>((process, list(tx, PAPERS)?))
        })
        .await?;
    let t = ctx.t;
    let mut shell = process_shell(app, ctx, &process, t.get("admin-weighing-attach"));
    form.mark(&mut shell);
    Ok(AttachPage {
        own: own_path(id),
        papers: papers.into_iter().map(|OpenPaper { id, title }| Choice::new(id.to_string(), title)).collect(),
        kinds: vec![Choice::new("odt", t.get("admin-weighing-attach-odt")), Choice::new("docx", t.get("admin-weighing-attach-docx"))],
        desk: desk(app, ctx),
        shell,
        form,
        t,
    })
}

/// The form: which paper, and as what.
pub(super) async fn show(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>) -> Result<Response, AppError> {
    page(&build(&app, &ctx, id, Form::new(ctx.t).with("form", "odt")).await?)
}

/// Makes the table as it stands now, keeps it and attaches it.
pub(super) async fn act(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let attach = app.parts.ports.attachments.ok_or(AppError::NotFound)?.attach;
    let Ok(paper) = fields.raw("paper").parse::<i64>() else {
        let refusal = Refusal::of_field("paper", "admin-weighing-attach-which");
        return refused_page(&build(&app, &ctx, id, Form::refused(ctx.t, &fields, vec![refusal])).await?);
    };
    let name = if fields.raw("form") == "docx" { "abwaegung.docx" } else { "abwaegung.odt" };
    let made = files::make(&app, &ctx, id, name, Shows::Proposals).await?;
    let store = Files::of(&app.parts.data);
    let kept = tokio::task::spawn_blocking(move || store.store(&mut made.bytes.as_slice(), UPLOAD_BYTES_MAX as u64).map(|stored| (stored, made)));
    let (stored, made) = kept.await.map_err(anyhow::Error::from)?.map_err(anyhow::Error::from)?;
    let title = ctx.t.get("admin-weighing-attach-title");
    let path = app.write(&ctx, move |tx| attach(tx, paper, &NewFile { title, name: &made.name, content: &made.bytes, stored: &stored })).await;
    match path {
        Ok(path) => Ok(Redirect::to(&format!("{path}?hinweis=admin-weighing-attached#unterlagen")).into_response()),
        Err(AppError::Refused(refusal)) => refused_page(&build(&app, &ctx, id, Form::refused(ctx.t, &fields, vec![refusal])).await?),
        Err(error) => Err(error),
    }
}
