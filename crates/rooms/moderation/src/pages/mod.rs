//! The public pages: the log, the rules, the two forms, and what became of a report or a contribution. All work without script.

pub mod log;
pub mod notice;
pub mod report;
pub mod rules;
pub mod status;
pub(crate) mod words;

use allmende_platform::web::Shell;
use allmende_platform::web::forms::pairs;
use allmende_platform::{App, Ctx};

/// A value of the request's query.
pub(crate) fn asked(ctx: &Ctx, name: &str) -> String {
    pairs(ctx.query.as_bytes()).into_iter().find(|(own, _)| own == name).map(|(_, value)| value).unwrap_or_default()
}

/// The surroundings of a page below the log.
fn shell(app: &App, ctx: &Ctx, title: &str) -> Shell {
    Shell::new(app, ctx, title).crumb(ctx.t.get("nav-start"), "/").crumb(ctx.t.get("moderation-heading"), "/moderation")
}

/// A page that only its reader has use for.
fn own_shell(app: &App, ctx: &Ctx, title: &str) -> Shell {
    let mut shell = shell(app, ctx, title);
    shell.hidden_from_search = true;
    shell
}
