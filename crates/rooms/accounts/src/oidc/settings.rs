//! The administrator's page for the provider of accounts: issuer, client, secret, button.
//!
//! What is entered is tried before it is kept: the provider must answer and speak of the same issuer. The secret never comes
//! back to the page; an empty field leaves the one that is kept, as long as the issuer stays.

use super::client::Asking;
use super::pages::{BACK, beside};
use super::{Fault, provider, secret};
use crate::pages::form;
use crate::store::providers::{self, Provider};
use allmende_core::Refusal;
use allmende_platform::limits::PASSWORD_CHARS_MAX;
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::refused_page;
use allmende_platform::web::shell::{NavItem, desk};
use allmende_platform::web::{Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx, claims};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use std::collections::BTreeSet;

/// The page.
pub(crate) const PATH: &str = "/verwaltung/seite/anmeldung";

#[derive(Template)]
#[template(path = "extern_settings.html")]
struct SettingsPage {
    shell: Shell,
    t: Speaker,
    desk: Vec<NavItem>,
    form: Form,
    is_set: bool,
    has_secret: bool,
    back: String,
    after: String,
}

async fn build(app: &App, ctx: &Ctx, sent: Option<Form>) -> Result<SettingsPage, AppError> {
    let (kept, claims) = app.read(ctx, |tx| Ok::<_, AppError>((providers::find(tx)?, claims::list_names(tx)?))).await?;
    let t = ctx.t;
    let mut shell = Shell::new(app, ctx, t.get("admin-extern")).crumb(t.get("admin-heading"), "/verwaltung").crumb(t.get("admin-site"), "/verwaltung/seite");
    let form = match (sent, &kept) {
        (Some(sent), _) => sent,
        (None, Some(kept)) => {
            form(t).with("issuer", &kept.issuer).with("client_id", &kept.client_id).with("button", &kept.button).with("claims", claims.join(", "))
        }
        (None, None) => form(t),
    };
    form.mark(&mut shell);
    Ok(SettingsPage {
        shell,
        t,
        desk: desk(app, ctx),
        form,
        is_set: kept.is_some(),
        has_secret: kept.is_some_and(|kept| !kept.secret.is_empty()),
        back: format!("{}{BACK}", ctx.site.base_url),
        after: format!("{}/", ctx.site.base_url),
    })
}

/// The settings.
pub(crate) async fn show(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    page(&build(&app, &ctx, None).await?)
}

/// Tries and keeps the provider, or takes it away.
pub(crate) async fn save(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    if fields.has("remove") {
        app.write(&ctx, |tx| {
            providers::delete(tx)?;
            Ok::<_, AppError>(claims::set_names(tx, &BTreeSet::new())?)
        })
        .await?;
        return Ok(Redirect::to(&format!("{PATH}?hinweis=saved")).into_response());
    }
    let (issuer, client_id, button) = (fields.line("issuer"), fields.line("client_id"), fields.line("button"));
    let allow_private = app.parts.ports.private_sign_in;
    let checked =
        provider::check(&issuer, &client_id, &button, allow_private).and_then(|()| Ok((new_secret(&fields)?, claims::parse_names(&fields.text("claims"))?)));
    let (new_secret, names) = match checked {
        Ok(checked) => checked,
        Err(refusal) => return refuse(&app, &ctx, &fields, refusal).await,
    };
    let asked = issuer.clone();
    let known = match beside(move || Asking::new(allow_private).know(&asked)).await? {
        Ok(known) => known,
        Err(fault) => {
            tracing::info!(site = ctx.site.key, %fault, "a provider of accounts that was entered does not answer as it should");
            let key = match fault {
                Fault::Away(_) => "admin-extern-away",
                Fault::Issuer => "admin-extern-other-issuer",
                _ => "admin-extern-description",
            };
            return refuse(&app, &ctx, &fields, Refusal::of_field("issuer", key)).await;
        }
    };
    let (site, seal) = (ctx.site.id, app.parts.seal.clone());
    app.write(&ctx, move |tx| {
        let kept = providers::find(tx)?.filter(|kept| kept.issuer == issuer);
        // Nor does one provider answer for what another said.
        if kept.is_none() {
            claims::forget_all(tx)?;
        }
        claims::set_names(tx, &names)?;
        let secret = match &new_secret {
            Some(secret) => secret::close(&seal, site, secret)?,
            // The secret of one provider is never shown to another.
            None => kept.map(|kept| kept.secret).unwrap_or_default(),
        };
        Ok::<_, AppError>(providers::save(tx, &Provider::new(issuer.clone(), client_id.clone(), secret, button.clone()), &known)?)
    })
    .await?;
    Ok(Redirect::to(&format!("{PATH}?hinweis=saved")).into_response())
}

async fn refuse(app: &App, ctx: &Ctx, fields: &Fields, refusal: Refusal) -> Result<Response, AppError> {
    refused_page(&build(app, ctx, Some(Form::refused(ctx.t, fields, [refusal]))).await?)
}

/// The secret that was entered; nothing if the field is empty.
fn new_secret(fields: &Fields) -> Result<Option<String>, Refusal> {
    let secret = fields.raw("secret").trim();
    if secret.chars().count() > PASSWORD_CHARS_MAX || secret.chars().any(char::is_control) {
        return Err(Refusal::of_field("secret", "admin-extern-secret-form"));
    }
    Ok((!secret.is_empty()).then(|| secret.to_owned()))
}
