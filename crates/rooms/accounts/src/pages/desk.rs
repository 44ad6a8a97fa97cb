//! The desk: what one's roles may do here, as links.

use allmende_core::may;
use allmende_platform::texts::Speaker;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

#[derive(Template)]
#[template(path = "desk_home.html")]
struct DeskPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    entries: Vec<Entry>,
}

struct Entry {
    label: &'static str,
    help: &'static str,
    path: &'static str,
}

/// The first page of the administration.
pub(crate) async fn show(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let shell = Shell::new(&app, &ctx, ctx.t.get("admin-heading")).crumb(ctx.t.get("nav-start"), "/");
    let allowed = app.parts.desk.iter().filter(|entry| may(&ctx.actor, entry.act));
    let entries = allowed.map(|entry| Entry { label: ctx.t.get(entry.key), help: ctx.t.get(entry.help_key), path: entry.path }).collect();
    page(&DeskPage { shell, t: ctx.t, desk: desk(&app, &ctx), entries })
}
