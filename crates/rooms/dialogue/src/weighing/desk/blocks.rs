//! Reasons that are used again within a process.

use super::{done, own_path};
use crate::desk::process_shell;
use crate::store::processes;
use crate::weighing::rules::{Proposal, REASON_CHARS};
use crate::weighing::store::notes::{self, Block};
use allmende_core::Refusal;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{AppError, Choice, Fields, Form, Shell, page};
use allmende_platform::{App, Ctx};
use allmende_xbeteiligung::Weighing as Code;
use askama::Template;
use axum::extract::{Path, State as Axum};
use axum::response::Response;

#[derive(Template)]
#[template(path = "beteiligung/abwaegung_blocks.html")]
struct BlocksPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    german: &'static str,
    own: String,
    codes: Vec<Choice>,
    blocks: Vec<(Block, String)>,
    form: Form,
}

async fn build(app: &App, ctx: &Ctx, id: i64, form: Form) -> Result<BlocksPage, AppError> {
    let (process, blocks) = app
        .read(ctx, move |tx| {
            let process = processes::find(tx, id)?.ok_or(AppError::NotFound)?;
            Ok::<_, AppError>((process, notes::list_blocks(tx, id)?))
        })
        .await?;
    let t = ctx.t;
    let word = |code: u16| t.find(&format!("admin-weighing-code-{code}")).unwrap_or_default();
    let mut shell = process_shell(app, ctx, &process, t.get("admin-weighing-blocks"));
    form.mark(&mut shell);
    let named = |block: Block| {
        let code = block.code.and_then(Code::of).map_or("", |code| word(code.code())).to_owned();
        (block, code)
    };
    Ok(BlocksPage {
        german: if ctx.language() == allmende_core::Language::German { "" } else { " lang=\"de\"" },
        own: own_path(id),
        codes: Code::ALL.into_iter().map(|code| Choice::new(code.code().to_string(), word(code.code()))).collect(),
        blocks: blocks.into_iter().map(named).collect(),
        desk: desk(app, ctx),
        shell,
        form,
        t,
    })
}

/// The list and the form of a new one.
pub(super) async fn show(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>) -> Result<Response, AppError> {
    page(&build(&app, &ctx, id, Form::new(ctx.t)).await?)
}

/// Keeps a reason, or removes one.
pub(super) async fn act(Axum(app): Axum<App>, ctx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, AppError> {
    let path = format!("{}/bausteine", own_path(id));
    if let Ok(block) = fields.raw("delete").parse::<i64>() {
        app.write(&ctx, move |tx| Ok::<_, AppError>(notes::delete_block(tx, id, block)?)).await?;
        return Ok(done(&path, "admin-weighing-block-deleted"));
    }
    let title = fields.line("title");
    let mut refusals = Vec::new();
    if !(2..=120).contains(&title.chars().count()) {
        refusals.push(Refusal::of_field("title", "admin-weighing-block-title-length"));
    }
    let reason = fields.text("reason");
    match Proposal::read(fields.raw("code"), &reason, "", "", "") {
        Ok(proposal) if refusals.is_empty() && reason.chars().count() <= *REASON_CHARS.end() => {
            app.write(&ctx, move |tx| {
                processes::find(tx, id)?.ok_or(AppError::NotFound)?;
                Ok::<_, AppError>(notes::insert_block(tx, id, &title, i64::from(proposal.code.code()), &proposal.reason)?)
            })
            .await?;
            Ok(done(&path, "admin-weighing-block-saved"))
        }
        other => {
            refusals.extend(other.err().into_iter().flatten());
            refused_page(&build(&app, &ctx, id, Form::refused(ctx.t, &fields, refusals)).await?)
        }
    }
}
