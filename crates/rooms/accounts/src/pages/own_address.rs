//! A new e-mail address for one's own account: asked for with the password, confirmed by a link to the new address.
//!
//! The link says everything itself and bears a seal over the account as it was: it ends with the first change of address or
//! password, and nothing of an address that nobody confirmed is kept. The address changes only with the password, so that a
//! mistyped one opens the account to nobody. Read in this order: [`ask`], [`show`], [`confirm`].

use super::account::{Refused, build, load_for_password, password_fits};
use super::{count_client, form, reader};
use crate::mails;
use crate::rules::{self, Email};
use crate::store::{self, Account, attempts, links};
use allmende_core::{Id, Instant, Person, Refusal};
use allmende_db::{DbError, Tx};
use allmende_platform::sessions::{self, digest_of};
use allmende_platform::texts::Speaker;
use allmende_platform::web::forms::{pairs, refused_page};
use allmende_platform::web::{Fields, Form, Shell, page};
use allmende_platform::{App, AppError, Ctx, mail};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

/// Where the link leads.
pub(crate) const PATH: &str = "/konto/adresse";

/// What a link says: whose address, the new one, until when.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub person: Id<Person>,
    pub email: Email,
    pub until: Instant,
}

impl Change {
    fn read(fields: &Fields) -> Option<Self> {
        let number = |name: &str| fields.raw(name).parse::<i64>().ok().filter(|number| *number > 0);
        let email = Email::new(&fields.line("adresse")).ok()?;
        Some(Self { person: Id::new(number("konto")?), email, until: Instant::from_millis(number("bis")?) })
    }

    /// The seal over the change and the account as it is now.
    pub(crate) fn seal(&self, app: &App, account: &Account) -> String {
        let hash = account.password_hash.as_deref().unwrap_or_default();
        let said = format!("{}\n{}\n{}\n{}\n{hash}", self.person, account.email, self.email.as_str(), self.until.millis());
        app.parts.seal.daily("address", &said, self.until)
    }
}

/// Sends the link to the new address. The answer is the same if that has an account already.
pub(crate) async fn ask(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    count_client(&app, &ctx).await?;
    let person = reader(&ctx)?.person;
    let account = load_for_password(&app, &ctx, person).await?;
    let fits = password_fits(&app, &account, &fields).await?;
    let wrong = (!fits).then_some(Refusal { key: "password-old-wrong", field: Some("old") });
    let email = Email::new(&fields.line("email"))
        .and_then(|email| if email.folded() == mail::folded(&account.email) { Err(Refusal { key: "email-same", field: Some("email") }) } else { Ok(email) });
    let email = match (wrong, email) {
        (None, Ok(email)) => email,
        (wrong, email) => {
            let address = Some(Form::refused(ctx.t, &fields, email.err().into_iter().chain(wrong)).prefixed("adresse-"));
            return refused_page(&build(&app, &ctx, Refused { address, ..Refused::default() }).await?);
        }
    };
    let (own_app, site) = (app.clone(), ctx.site.clone());
    let too_often = app
        .write(&ctx, move |tx| {
            let subject = own_app.parts.seal.daily("address", &person.to_string(), tx.now()?);
            if attempts::add(tx, &subject, rules::MAIL_WINDOW_SECONDS)? > rules::RESET_MAILS_MAX {
                return Ok::<_, AppError>(true);
            }
            if store::find_by_email(tx, &email.folded())?.is_none() {
                let change = Change { person, email: email.clone(), until: tx.now()?.plus_seconds(rules::RESET_SECONDS) };
                mails::send_address_link(tx, &own_app, &site, &account, &change)?;
            }
            Ok(false)
        })
        .await?;
    if too_often { Err(AppError::TooMany) } else { Ok(Redirect::to("/konto?hinweis=address-sent").into_response()) }
}

#[derive(Template)]
#[template(path = "own_address.html")]
struct AddressPage {
    shell: Shell,
    t: Speaker,
    form: Form,
    lead: String,
}

fn view(app: &App, ctx: &Ctx, change: &Change, form: Form) -> AddressPage {
    let mut shell = Shell::new(app, ctx, ctx.t.get("address-heading"));
    shell.hidden_from_search = true;
    form.mark(&mut shell);
    AddressPage { lead: ctx.t.with("address-lead", &[("email", change.email.as_str().into())]), shell, t: ctx.t, form }
}

/// The account of a link, if the link still holds.
fn find(tx: &mut Tx<'_>, app: &App, fields: &Fields) -> Result<Option<(Account, Change)>, AppError> {
    let Some(change) = Change::read(fields) else { return Ok(None) };
    let Some(account) = store::find(tx, change.person)?.filter(|account| !account.is_blocked) else { return Ok(None) };
    let holds = change.until > tx.now()? && digest_of(&change.seal(app, &account)) == digest_of(fields.raw("siegel"));
    Ok(holds.then_some((account, change)))
}

/// The form behind the link. Opening it changes nothing: programs that look at mails open links too.
pub(crate) async fn show(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let fields = Fields::new(pairs(ctx.query.as_bytes()));
    let (own, sent) = (app.clone(), fields.clone());
    let Some((_, change)) = app.read(&ctx, move |tx| find(tx, &own, &sent)).await? else { return super::links::ended(&app, &ctx) };
    let form = ["konto", "adresse", "bis", "siegel"].iter().fold(form(ctx.t), |form, name| form.with(*name, fields.raw(name)));
    page(&view(&app, &ctx, &change, form))
}

/// Changes the address: tells the old one, and ends all sessions but the reader's own.
pub(crate) async fn confirm(State(app): State<App>, ctx: Ctx, fields: Fields) -> Result<Response, AppError> {
    count_client(&app, &ctx).await?;
    let (own, sent) = (app.clone(), fields.clone());
    let Some((_, change)) = app.read(&ctx, move |tx| find(tx, &own, &sent)).await? else { return super::links::ended(&app, &ctx) };
    let account = load_for_password(&app, &ctx, change.person).await?;
    if !password_fits(&app, &account, &fields).await? {
        let refused = Form::refused(ctx.t, &fields, [Refusal { key: "password-old-wrong", field: Some("old") }]);
        return refused_page(&view(&app, &ctx, &change, refused));
    }
    let is_own = ctx.actor.signed_in().is_some_and(|reader| reader.person == change.person);
    let (own, sent, site) = (app.clone(), fields.clone(), ctx.site.clone());
    let token = ctx.session_token.clone().filter(|_| is_own);
    let done = app
        .write(&ctx, move |tx| {
            // The account may have changed since the password was compared.
            let Some((account, change)) = find(tx, &own, &sent)? else { return Ok(false) };
            let taken = || AppError::Refused(Refusal::new("email-taken"));
            if store::find_by_email(tx, &change.email.folded())?.is_some_and(|other| other.id != account.id) {
                return Err(taken());
            }
            match store::set_email(tx, account.id, change.email.as_str(), &change.email.folded()) {
                Err(DbError::Unique(_)) => return Err(taken()),
                other => other?,
            }
            match &token {
                Some(token) => sessions::end_others(tx, account.id, token)?,
                None => sessions::end_all(tx, account.id)?,
            };
            links::end_all(tx, account.id)?;
            mails::send_address_changed(tx, &own, &site, &account)?;
            Ok(true)
        })
        .await;
    match done {
        Ok(true) => Ok(Redirect::to(if is_own { "/konto?hinweis=address" } else { "/anmelden?hinweis=address" }).into_response()),
        Ok(false) => super::links::ended(&app, &ctx),
        Err(AppError::Refused(refusal)) => refused_page(&view(&app, &ctx, &change, Form::refused(ctx.t, &fields, [refusal]))),
        Err(error) => Err(error),
    }
}
