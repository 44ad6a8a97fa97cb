//! The desk of moderation: what waits, one case with everything about it, and the wording of the rules.

pub mod case;
pub mod queue;
pub mod rules;

use allmende_platform::web::Shell;
use allmende_platform::{App, Ctx};

fn shell(app: &App, ctx: &Ctx, title: &str) -> Shell {
    let mut shell = Shell::new(app, ctx, title).crumb(ctx.t.get("nav-start"), "/").crumb(ctx.t.get("shell-desk"), "/verwaltung");
    shell.hidden_from_search = true;
    shell
}
