//! Signing in with a passkey, and adding one: the two forms that the script fills in, as the pages show and send them.

use super::ceremony::{Answer, Flaw, new_key, signed_in};
use super::challenge::{Purpose, holds, issue};
use super::{CHALLENGE_SECONDS, KEYS_MAX, Party, encoded, handle};
use crate::pages::account::load_for_password;
use crate::pages::register::let_in;
use crate::pages::{ONWARD, count_client, home, proof, reader, sign_in, ways_in};
use crate::rules;
use crate::store::ways::Way;
use crate::store::{self, passkeys};
use allmende_core::{Id, Instant, Person, Refusal};
use allmende_db::{DbError, Tx};
use allmende_platform::sessions::Token;
use allmende_platform::web::{Fields, Form};
use allmende_platform::{App, AppError, Ctx, chance};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;

/// What the script needs to ask a device for a signature, as JSON; nothing on a site without a name.
///
/// # Errors
/// `DbError::Unavailable` if the system gives no randomness.
pub(crate) fn options_to_sign_in(app: &App, ctx: &Ctx, now: Instant) -> Result<Option<String>, DbError> {
    let Some(party) = Party::of(&ctx.site) else { return Ok(None) };
    let challenge = issue(&app.parts.seal, ctx.site.id, Purpose::SignIn, now, chance::bytes()?);
    Ok(Some(json!({ "challenge": challenge, "rp": party.id, "milliseconds": CHALLENGE_SECONDS * 1_000 }).to_string()))
}

/// What the script needs to ask a device for a new key, as JSON.
///
/// # Errors
/// `DbError::Unavailable` if the system gives no randomness.
pub(crate) fn options_to_add(app: &App, ctx: &Ctx, person: Id<Person>, email: &str, kept: &[Way], now: Instant) -> Result<Option<String>, DbError> {
    let Some(party) = Party::of(&ctx.site) else { return Ok(None) };
    let challenge = issue(&app.parts.seal, ctx.site.id, Purpose::Add(person), now, chance::bytes()?);
    let name = ctx.actor.signed_in().map_or("", |reader| reader.public_name.as_str());
    let known: Vec<String> = kept.iter().filter_map(|way| way.credential.as_deref()).map(encoded).collect();
    let options = json!({
        "challenge": challenge, "rp": party.id, "site": ctx.site.name, "milliseconds": CHALLENGE_SECONDS * 1_000,
        "user": handle(&app.parts.seal, person), "email": email, "name": name, "known": known, "algorithms": super::key::ALGORITHMS,
    });
    Ok(Some(options.to_string()))
}

fn answer_in(fields: &Fields) -> Answer {
    Answer::read(fields.raw("credential"), fields.raw("client"), fields.raw("data"), fields.raw("signature"))
}

/// What became of an answer inside the closure; a refusal is no error there, because the challenge must stay used.
type Outcome<T> = Result<T, &'static str>;

const fn key_of(flaw: Flaw) -> &'static str {
    match flaw {
        Flaw::Counter => "passkey-copied",
        _ => "passkey-wrong",
    }
}

/// Signs somebody in. An unknown key, another's signature and a blocked account have one answer.
pub(crate) async fn sign_in(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    count_client(&app, &ctx).await?;
    let Some(party) = Party::of(&ctx.site) else { return Err(AppError::NotFound) };
    let (own, own_ctx, sent) = (app.clone(), ctx.clone(), fields.clone());
    let outcome = app.write(&ctx, move |tx| enter(tx, &own, &own_ctx, &party, &sent)).await?;
    match outcome {
        Ok((token, home)) => Ok(crate::pages::signed_in(&ctx.site, &token, rules::onward(fields.raw(ONWARD)).unwrap_or(home))),
        Err(key) => sign_in::refuse(&app, &ctx, &fields, Refusal::new(key)).await,
    }
}

fn enter(tx: &mut Tx<'_>, app: &App, ctx: &Ctx, party: &Party, fields: &Fields) -> Result<Outcome<(Token, &'static str)>, AppError> {
    let (answer, challenge, now) = (answer_in(fields), fields.raw("challenge"), tx.now()?);
    let until = holds(&app.parts.seal, ctx.site.id, Purpose::SignIn, now, challenge);
    let Some(until) = until else { return Ok(Err("passkey-late")) };
    if !passkeys::use_up(tx, challenge, until)? {
        return Ok(Err("passkey-late"));
    }
    let Some(kept) = passkeys::find(tx, &answer.credential)? else { return Ok(Err("passkey-wrong")) };
    // A device names the person for whom it made the key: that must be the one who has it here.
    if !fields.raw("handle").is_empty() && fields.raw("handle") != handle(&app.parts.seal, kept.person) {
        return Ok(Err("passkey-wrong"));
    }
    let counter = match signed_in(&answer, challenge, party, &kept.public_key, kept.counter) {
        Ok(counter) => counter,
        Err(flaw) => {
            tracing::info!(site = ctx.site.key, ?flaw, "a passkey was not taken");
            return Ok(Err(key_of(flaw)));
        }
    };
    let account = store::find(tx, kept.person)?.filter(|account| !account.is_blocked);
    let Some(account) = account else { return Ok(Err("passkey-wrong")) };
    if !passkeys::note_used(tx, &kept, counter)? {
        return Ok(Err("passkey-wrong"));
    }
    let token = let_in(tx, &account, ctx.session_token.as_deref())?;
    let roles = store::find_roles(tx, account.id)?.unwrap_or_default();
    Ok(Ok((token, home(account.id, &account.name, roles))))
}

/// Adds a passkey to the reader's account.
pub(crate) async fn add(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    count_client(&app, &ctx).await?;
    let person = reader(&ctx)?.person;
    let Some(party) = Party::of(&ctx.site) else { return Err(AppError::NotFound) };
    let refuse = async |refusal: Refusal| ways_in::refuse(&app, &ctx, Form::refused(ctx.t, &fields, [refusal])).await;
    let name = match rules::key_name(&fields.line("name")) {
        Ok(name) => name,
        Err(refusal) => return refuse(refusal).await,
    };
    let account = load_for_password(&app, &ctx, person).await?;
    if let (_, Some(wrong)) = proof::check(&app, &ctx, &account, &fields).await? {
        return refuse(wrong).await;
    }
    let (own, own_ctx, sent) = (app.clone(), ctx.clone(), fields.clone());
    let kept = app.write(&ctx, move |tx| keep(tx, &own, &own_ctx, &party, person, &name, &sent)).await;
    match kept {
        Ok(Ok(())) => Ok(Redirect::to("/konto/zugang?hinweis=passkey").into_response()),
        Ok(Err(key)) => refuse(Refusal::new(key)).await,
        Err(AppError::Refused(refusal)) => refuse(refusal).await,
        Err(error) => Err(error),
    }
}

fn keep(tx: &mut Tx<'_>, app: &App, ctx: &Ctx, party: &Party, person: Id<Person>, name: &str, fields: &Fields) -> Result<Outcome<()>, AppError> {
    let (challenge, now) = (fields.raw("challenge"), tx.now()?);
    let until = holds(&app.parts.seal, ctx.site.id, Purpose::Add(person), now, challenge);
    let Some(until) = until else { return Ok(Err("passkey-late")) };
    if !passkeys::use_up(tx, challenge, until)? {
        return Ok(Err("passkey-late"));
    }
    let new = match new_key(&answer_in(fields), challenge, party) {
        Ok(new) => new,
        Err(flaw) => {
            tracing::info!(site = ctx.site.key, ?flaw, "a new passkey was not taken");
            return Ok(Err(key_of(flaw)));
        }
    };
    if store::ways::list(tx, person)?.iter().filter(|way| way.credential.is_some()).count() >= KEYS_MAX {
        return Ok(Err("passkey-too-many"));
    }
    match passkeys::insert(tx, person, &new, name) {
        Err(DbError::Unique(_)) => Err(Refusal::new("passkey-kept").into()),
        other => Ok(Ok(other?)),
    }
}
