//! Leaving by one press, from the link in every mail, with or without an account: one subscription (`?abo=ID`) or all.
//!
//! Mail programs press for their readers (RFC 8058): the `POST` asks nothing back, takes any body, and answers the same however
//! often it comes. Opening the page alone changes nothing.

use super::{asked, confirm, reason, shell};
use crate::store::readers::{self, Door};
use crate::store::{self, Subscription, subscriptions};
use allmende_core::Id;
use allmende_platform::texts::Speaker;
use allmende_platform::web::{Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

#[derive(Template)]
#[template(path = "abos/leave.html")]
struct LeavePage {
    shell: Shell,
    t: Speaker,
    /// The subscription that is to end; none for all of them.
    what: Option<String>,
    action: String,
    manage: String,
}

#[derive(Template)]
#[template(path = "abos/left.html")]
struct LeftPage {
    shell: Shell,
    t: Speaker,
    /// The page with what is left; empty if nothing is.
    manage: String,
}

fn asked_subscription(ctx: &Ctx) -> Option<Id<Subscription>> {
    asked(ctx, "abo").parse().ok()
}

/// What would end.
pub(crate) async fn show(State(app): State<App>, ctx: Ctx, Path(secret): Path<String>) -> Result<Response, AppError> {
    let door = Door::Secret(secret.clone());
    let found = app
        .read(&ctx, move |tx| {
            let Some(reader) = readers::find(tx, &door)? else { return Ok::<_, AppError>(None) };
            let listed = subscriptions::list(tx, reader.id)?;
            Ok(Some((reader, listed)))
        })
        .await?;
    let Some((reader, listed)) = found else { return confirm::ended(&app, &ctx) };
    let chosen = match asked_subscription(&ctx) {
        None => None,
        Some(id) => match listed.iter().find(|listed| listed.id == id) {
            Some(listed) => Some(listed),
            None => return confirm::ended(&app, &ctx),
        },
    };
    let action = chosen.map_or_else(|| format!("/abos/{secret}/abmelden"), |listed| format!("/abos/{secret}/abmelden?abo={}", listed.id));
    let manage = if reader.person.is_some() { "/konto/abos".to_owned() } else { format!("/abos/{secret}") };
    let what = chosen.map(|listed| reason(ctx.t, &listed.target, &listed.name));
    page(&LeavePage { shell: shell(&app, &ctx, ctx.t.get("abo-leave-heading")), t: ctx.t, what, action, manage })
}

/// Ends it. The body is not read: what ends stands in the address.
pub(crate) async fn leave(State(app): State<App>, ctx: Ctx, Path(secret): Path<String>) -> Result<Response, AppError> {
    let (door, chosen) = (Door::Secret(secret.clone()), asked_subscription(&ctx));
    let is_all = asked(&ctx, "abo").is_empty();
    let manage = app
        .write(&ctx, move |tx| {
            let Some(reader) = readers::find(tx, &door)? else { return Ok::<_, AppError>(String::new()) };
            match chosen {
                Some(id) => store::remove(tx, reader.id, id).map(|_| ())?,
                None if is_all => store::erase(tx, reader.id)?,
                None => {}
            }
            let remains = readers::find(tx, &door)?.is_some();
            Ok(match (remains, reader.person.is_some()) {
                (false, _) => String::new(),
                (true, true) => "/konto/abos".to_owned(),
                (true, false) => format!("/abos/{secret}"),
            })
        })
        .await?;
    page(&LeftPage { shell: shell(&app, &ctx, ctx.t.get("abo-left-heading")), t: ctx.t, manage })
}
