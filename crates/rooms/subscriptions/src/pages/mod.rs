//! The pages: asking for a subscription, confirming it, looking after one's own, and leaving. All work without script.

pub(crate) mod confirm;
pub(crate) mod leave;
pub(crate) mod manage;
pub(crate) mod subscribe;

use crate::digest;
use crate::rules::{self, Frequency, Target};
use crate::store::tries;
use allmende_core::Refusal;
use allmende_db::{DbError, Tx};
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::pairs;
use allmende_platform::web::{Choice, Shell};
use allmende_platform::{App, Ctx, seal};

/// What a subscription is, in words: »Suche „Radweg“«.
#[must_use]
pub fn reason(t: Speaker, target: &Target, name: &str) -> String {
    let key = format!("abo-reason-{}", target.key());
    match target {
        Target::Place(near) => t.with(&key, &[("name", name.into()), ("radius", t.number(near.radius_m.into()).as_str().into())]),
        _ => t.with(&key, &[("name", name.into())]),
    }
}

/// The page of what a subscription is about, if it has one that needs no look into the database.
fn path_of(target: &Target) -> Option<String> {
    match target {
        Target::Search(query) => Some(format!("/suche?{query}")),
        Target::Place(_) => Some(format!("/suche?{}", target.text())),
        Target::Committee(id) => Some(format!("/rat/gremien/{id}")),
        Target::Paper(id) => Some(format!("/rat/vorlagen/{id}")),
        Target::Thread { .. } => None,
    }
}

/// Counts a request of the client and says whether it was one too many. The count stays even if the request fails later.
fn client_tries_too_often(tx: &mut Tx<'_>, app: &App, ctx: &Ctx) -> Result<bool, DbError> {
    let client = ctx.client.map_or_else(|| "unknown".to_owned(), seal::household);
    let subject = app.parts.seal.daily("abo-client", &client, tx.now()?);
    Ok(tries::add(tx, &subject, rules::WINDOW_SECONDS)? > rules::CLIENT_TRIES_MAX)
}

/// Counts a mail that strangers cause to an address and says whether it is one too many.
fn mails_too_often(tx: &mut Tx<'_>, app: &App, folded: &str) -> Result<bool, DbError> {
    let subject = app.parts.seal.daily("abo-mail", folded, tx.now()?);
    Ok(tries::add(tx, &subject, rules::MAIL_WINDOW_SECONDS)? > rules::MAILS_MAX)
}

/// A value of the request's query.
fn asked(ctx: &Ctx, name: &str) -> String {
    pairs(ctx.query.as_bytes()).into_iter().find(|(own, _)| own == name).map(|(_, value)| value).unwrap_or_default()
}

fn frequencies(t: Speaker) -> Vec<Choice> {
    Frequency::ALL.into_iter().map(|frequency| Choice::new(frequency.key(), digest::frequency(t, frequency))).collect()
}

/// A page that only its reader has use for.
fn shell(app: &App, ctx: &Ctx, title: &str) -> Shell {
    let mut shell = Shell::new(app, ctx, title).crumb(ctx.t.get("nav-start"), "/");
    shell.hidden_from_search = true;
    shell
}

/// A refusal of the field that holds a frequency, an hour or a weekday; the numbers of the last two.
fn number(text: &str, refused: Refusal) -> Result<i64, Refusal> {
    text.parse().map_err(|_| refused)
}
