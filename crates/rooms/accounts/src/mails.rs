//! The mails of this room, written in the language of whoever gets them.

use crate::rules;
use crate::store::Account;
use crate::store::links::{self, Purpose};
use crate::store::mail::{self, Mail};
use allmende_core::Language;
use allmende_db::{DbError, Tx};
use allmende_platform::App;
use allmende_platform::sessions::Token;
use allmende_platform::sites::Settings;

/// The address that a link has in a mail or on paper.
pub(crate) fn address(site: &Settings, purpose: Purpose, token: &Token) -> String {
    format!("{}{}?schluessel={}", site.base_url, purpose.path(), token.text())
}

fn send(tx: &mut Tx<'_>, app: &App, site: &Settings, to: (&str, Language), keys: (&'static str, &'static str), link: &str) -> Result<(), DbError> {
    let t = app.speak(to.1);
    let args = [("site", (&site.name).into()), ("link", link.into())];
    let (subject, text) = (t.with(keys.0, &args), t.with(keys.1, &args));
    mail::enqueue(tx, &Mail { to: to.0, subject: &subject, text: &text, html: None })
}

/// A link for a new password. Who was invited and has none yet gets the invitation again.
pub(crate) fn send_reset(tx: &mut Tx<'_>, app: &App, site: &Settings, account: &Account) -> Result<(), DbError> {
    if account.password_hash.is_none() {
        return send_invitation(tx, app, site, account);
    }
    let token = links::insert(tx, account.id, Purpose::Reset, rules::RESET_SECONDS)?;
    let link = address(site, Purpose::Reset, &token);
    send(tx, app, site, (&account.email, account.language), ("mail-reset-subject", "mail-reset-text"), &link)
}

/// An invitation to somebody without a password.
pub(crate) fn send_invitation(tx: &mut Tx<'_>, app: &App, site: &Settings, account: &Account) -> Result<(), DbError> {
    let token = links::insert(tx, account.id, Purpose::Invitation, rules::INVITATION_SECONDS)?;
    let link = address(site, Purpose::Invitation, &token);
    send(tx, app, site, (&account.email, account.language), ("mail-invitation-subject", "mail-invitation-text"), &link)
}

/// The news that somebody with an account has roles on this site now.
pub(crate) fn send_welcome(tx: &mut Tx<'_>, app: &App, site: &Settings, account: &Account) -> Result<(), DbError> {
    let link = format!("{}/anmelden", site.base_url);
    send(tx, app, site, (&account.email, account.language), ("mail-welcome-subject", "mail-welcome-text"), &link)
}

/// The news that the password was changed: whoever did not do it hears of it.
pub(crate) fn send_changed(tx: &mut Tx<'_>, app: &App, site: &Settings, account: &Account) -> Result<(), DbError> {
    let link = format!("{}/passwort-vergessen", site.base_url);
    send(tx, app, site, (&account.email, account.language), ("mail-changed-subject", "mail-changed-text"), &link)
}
