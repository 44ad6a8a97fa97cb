//! The mails of this room, written in the language of whoever gets them.

use crate::pages::own_address::{self, Change};
use crate::pages::register;
use crate::rules;
use crate::store::Account;
use crate::store::links::{self, Purpose};
use crate::store::registrations::{self, Registration};
use allmende_core::Language;
use allmende_db::Tx;
use allmende_platform::mail::{self, Mail};
use allmende_platform::sessions::Token;
use allmende_platform::sites::Settings;
use allmende_platform::web::routes::encode;
use allmende_platform::{App, AppError};

/// The address that a link has in a mail or on paper.
pub(crate) fn address(site: &Settings, purpose: Purpose, token: &Token) -> String {
    format!("{}{}?schluessel={}", site.base_url, purpose.path(), token.text())
}

fn send(tx: &mut Tx<'_>, app: &App, site: &Settings, to: (&str, Language), keys: (&'static str, &'static str), link: &str) -> Result<(), AppError> {
    let t = app.speak(to.1);
    let args = [("site", (&site.name).into()), ("link", link.into())];
    let (subject, text) = (t.with(keys.0, &args), t.with(keys.1, &args));
    mail::enqueue(tx, &Mail { to: to.0.to_owned(), subject, text, html: None, language: to.1 })?;
    Ok(())
}

/// A link for a new password. Who was invited and has not come yet gets the invitation again.
pub(crate) fn send_reset(tx: &mut Tx<'_>, app: &App, site: &Settings, account: &Account) -> Result<(), AppError> {
    if account.is_awaited() {
        return send_invitation(tx, app, site, account);
    }
    let token = links::insert(tx, account.id, Purpose::Reset, rules::RESET_SECONDS)?;
    let link = address(site, Purpose::Reset, &token);
    send(tx, app, site, (&account.email, account.language), ("mail-reset-subject", "mail-reset-text"), &link)
}

/// The address of a link, and after it the page where its owner wanted to go on.
fn leading_on(link: String, onward: &str) -> String {
    if onward.is_empty() { link } else { format!("{link}&weiter={}", encode(onward)) }
}

/// A link for signing in, which leads on to a page of this site. Who was invited and has not come yet gets the invitation again.
pub(crate) fn send_sign_in(tx: &mut Tx<'_>, app: &App, site: &Settings, account: &Account, onward: &str) -> Result<(), AppError> {
    if account.is_awaited() {
        return send_invitation(tx, app, site, account);
    }
    let token = links::insert(tx, account.id, Purpose::SignIn, rules::RESET_SECONDS)?;
    let link = leading_on(address(site, Purpose::SignIn, &token), onward);
    send(tx, app, site, (&account.email, account.language), ("mail-sign-in-subject", "mail-sign-in-text"), &link)
}

/// The link that makes an account of a registration. Nothing of what was written stands in it: anybody can write to anybody so.
pub(crate) fn send_registration(tx: &mut Tx<'_>, app: &App, site: &Settings, new: &Registration, onward: &str) -> Result<(), AppError> {
    let token = registrations::insert(tx, new, rules::REGISTRATION_SECONDS)?;
    let link = leading_on(format!("{}{}?schluessel={}", site.base_url, register::CONFIRM, token.text()), onward);
    send(tx, app, site, (&new.email, new.language), ("mail-register-subject", "mail-register-text"), &link)
}

/// An invitation to somebody who has not come yet.
pub(crate) fn send_invitation(tx: &mut Tx<'_>, app: &App, site: &Settings, account: &Account) -> Result<(), AppError> {
    let token = links::insert(tx, account.id, Purpose::Invitation, rules::INVITATION_SECONDS)?;
    let link = address(site, Purpose::Invitation, &token);
    send(tx, app, site, (&account.email, account.language), ("mail-invitation-subject", "mail-invitation-text"), &link)
}

/// The news that somebody with an account has roles on this site now.
pub(crate) fn send_welcome(tx: &mut Tx<'_>, app: &App, site: &Settings, account: &Account) -> Result<(), AppError> {
    let link = format!("{}/anmelden", site.base_url);
    send(tx, app, site, (&account.email, account.language), ("mail-welcome-subject", "mail-welcome-text"), &link)
}

/// The news that the password was changed: whoever did not do it hears of it.
pub(crate) fn send_changed(tx: &mut Tx<'_>, app: &App, site: &Settings, account: &Account) -> Result<(), AppError> {
    let link = format!("{}/passwort-vergessen", site.base_url);
    send(tx, app, site, (&account.email, account.language), ("mail-changed-subject", "mail-changed-text"), &link)
}

/// The link that makes a new address the account's. It goes to the new address.
pub(crate) fn send_address_link(tx: &mut Tx<'_>, app: &App, site: &Settings, account: &Account, change: &Change) -> Result<(), AppError> {
    let (email, seal) = (change.email.as_str(), change.seal(app, account));
    let query = format!("konto={}&adresse={}&bis={}&siegel={}", change.person, encode(email), change.until.millis(), encode(&seal));
    let link = format!("{}{}?{query}", site.base_url, own_address::PATH);
    send(tx, app, site, (email, account.language), ("mail-address-subject", "mail-address-text"), &link)
}

/// The news for the old address that it is the account's no more.
pub(crate) fn send_address_changed(tx: &mut Tx<'_>, app: &App, site: &Settings, account: &Account) -> Result<(), AppError> {
    send(tx, app, site, (&account.email, account.language), ("mail-address-changed-subject", "mail-address-changed-text"), &site.base_url)
}

/// The news that the account is gone.
pub(crate) fn send_farewell(tx: &mut Tx<'_>, app: &App, site: &Settings, account: &Account) -> Result<(), AppError> {
    send(tx, app, site, (&account.email, account.language), ("mail-farewell-subject", "mail-farewell-text"), &site.base_url)
}
