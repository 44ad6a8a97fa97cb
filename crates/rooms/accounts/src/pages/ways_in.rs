//! How the reader signs in: passkeys, accounts elsewhere, and the ways that everybody has.

use super::proof::{Proof, proof};
use super::{form, reader};
use crate::oidc::pages::BEGIN;
use crate::passkeys::pages::options_to_add;
use crate::store::ways::{self, Way};
use crate::store::{self, identities, passkeys, providers};
use allmende_core::Instant;
use allmende_platform::dates::Dates;
use allmende_platform::sessions;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::{Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx, claims};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

/// The page.
pub(crate) const PATH: &str = "/konto/zugang";

#[derive(Template)]
#[template(path = "ways_in.html")]
struct WaysPage {
    shell: Shell,
    t: Speaker,
    form: Form,
    email: String,
    has_password: bool,
    proof: Proof,
    passkeys: Vec<Row>,
    identities: Vec<Row>,
    /// What the script needs; nothing where devices keep no keys.
    options: Option<String>,
    /// What stands on the provider's button, if the site has one.
    button: Option<String>,
    /// Leads to the provider and back here.
    begin: String,
}

struct Row {
    id: i64,
    name: String,
    issuer: String,
    since: String,
    used: Option<String>,
}

impl Row {
    fn new(dates: &Dates, way: Way) -> Self {
        let day = |at: Instant| dates.day(dates.local(at).date());
        Self { id: way.id, name: way.name, issuer: way.issuer, since: day(way.since), used: way.used_at.map(day) }
    }
}

async fn build(app: &App, ctx: &Ctx, sent: Option<Form>) -> Result<WaysPage, AppError> {
    let (person, token) = (reader(ctx)?.person, ctx.session_token.clone().unwrap_or_default());
    let (account, proof, kept, button, now) = app
        .read(ctx, move |tx| {
            let account = store::find(tx, person)?.ok_or(AppError::NotFound)?;
            Ok::<_, AppError>((account.clone(), proof(tx, &account, &token)?, ways::list(tx, person)?, providers::find_button(tx)?, tx.now()?))
        })
        .await?;
    let t = ctx.t;
    let mut shell = Shell::new(app, ctx, t.get("ways-heading")).crumb(t.get("nav-start"), "/").crumb(t.get("account-heading"), "/konto");
    shell.hidden_from_search = true;
    let form = sent.unwrap_or_else(|| form(t));
    form.mark(&mut shell);
    let options = options_to_add(app, ctx, person, &account.email, &kept, now)?;
    let dates = Dates::new(t, ctx.site.zone.clone(), now);
    let (passkeys, identities): (Vec<Way>, Vec<Way>) = kept.into_iter().partition(|way| way.credential.is_some());
    let rows = |ways: Vec<Way>| ways.into_iter().map(|way| Row::new(&dates, way)).collect();
    Ok(WaysPage {
        shell,
        t,
        form,
        email: account.email,
        has_password: account.password_hash.is_some(),
        proof,
        passkeys: rows(passkeys),
        identities: rows(identities),
        options,
        button,
        begin: super::with_onward(BEGIN, PATH),
    })
}

/// The page.
pub(crate) async fn show(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    page(&build(&app, &ctx, None).await?)
}

/// The page with a refused form.
pub(crate) async fn refuse(app: &App, ctx: &Ctx, sent: Form) -> Result<Response, AppError> {
    refused_page(&build(app, ctx, Some(sent)).await?)
}

/// Takes a way in away; whoever came in by it elsewhere is signed out.
pub(crate) async fn remove(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    let (person, token) = (reader(&ctx)?.person, ctx.session_token.clone().unwrap_or_default());
    let number = |name: &str| fields.raw(name).parse::<i64>().ok();
    let (passkey, identity) = (number("passkey"), number("identity"));
    app.write(&ctx, move |tx| {
        let has_gone = match (passkey, identity) {
            (Some(id), _) => passkeys::delete(tx, person, id)?,
            (None, Some(id)) => {
                let has_gone = identities::delete(tx, person, id)?;
                if has_gone {
                    claims::forget(tx, person)?;
                }
                has_gone
            }
            (None, None) => false,
        };
        if has_gone {
            sessions::end_others(tx, person, &token)?;
        }
        Ok::<_, AppError>(())
    })
    .await?;
    Ok(Redirect::to("/konto/zugang?hinweis=way-gone").into_response())
}
