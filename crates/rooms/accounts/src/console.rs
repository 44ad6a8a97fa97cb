//! What the command line does with accounts: the link of a site's first administrator, and a new one when it was lost.

use crate::mails;
use crate::rules::{self, Email};
use crate::store::links::{self, Purpose};
use crate::store::{self};
use allmende_core::{Language, Role};
use allmende_db::{DbError, Tx};
use allmende_platform::sessions;
use allmende_platform::sites::Settings;

/// Why there is no link.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// What was given as an e-mail address is none.
    #[error("not an e-mail address")]
    Email,
    /// Somebody administers the site already; a new link needs their address.
    #[error("this site has an administrator already: say whose link you want with --email")]
    NotAwaited,
    /// The account is blocked.
    #[error("this account is blocked")]
    Blocked,
    /// What the database reports.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl allmende_db::Conflicts for LinkError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Db(DbError::Conflict))
    }
}

/// Makes an account with a password and roles on the site of `tx`, for invented towns. `hash` is what
/// [`allmende_platform::passwords::Passwords::hash`] made.
///
/// # Errors
/// `LinkError::Email` for what is no address; what the database reports, such as an address that is taken.
pub fn account_with_password(tx: &mut Tx<'_>, email: &str, name: &str, hash: &str, roles: allmende_core::Roles) -> Result<(), LinkError> {
    let email = Email::new(email).map_err(|_| LinkError::Email)?;
    let person = match store::find_by_email(tx, &email.folded())? {
        Some(account) => account.id,
        None => store::insert(tx, email.as_str(), &email.folded(), name, Language::German)?,
    };
    store::set_password(tx, person, hash)?;
    store::set_roles(tx, person, roles, None)?;
    Ok(())
}

/// The link of the first administrator of the site of `tx`, valid for seven days and once. Makes the account that waits for them.
///
/// # Errors
/// `LinkError::NotAwaited` if somebody with a password administers the site.
pub fn first_link(tx: &mut Tx<'_>, site: &Settings) -> Result<String, LinkError> {
    let person = match links::find_awaited(tx)? {
        Some(person) => person,
        // Nobody has the id 0: all administrators count.
        None if store::count_other_administrators(tx, allmende_core::Id::new(0))? > 0 => return Err(LinkError::NotAwaited),
        None => {
            // No address has this form, so nobody can claim it.
            let person = store::insert(tx, "", &format!("first-administrator:{}", site.key), "", Language::German)?;
            store::set_roles(tx, person, allmende_core::Roles::default().with(Role::Administrator), None)?;
            person
        }
    };
    let token = links::insert(tx, person, Purpose::First, rules::INVITATION_SECONDS)?;
    Ok(mails::address(site, Purpose::First, &token))
}

/// A link for an administrator whose address is known: an invitation if nobody has come to the account yet, else one for a new
/// password. Makes the account and gives the role if they are missing, because whoever has this console has the house.
///
/// # Errors
/// `LinkError::Email` for what is no address, `LinkError::Blocked` for a blocked account.
pub fn link_for(tx: &mut Tx<'_>, site: &Settings, email: &str) -> Result<String, LinkError> {
    let email = Email::new(email).map_err(|_| LinkError::Email)?;
    let account = match store::find_by_email(tx, &email.folded())? {
        Some(account) => account,
        None => {
            let id = store::insert(tx, email.as_str(), &email.folded(), "", Language::German)?;
            store::find(tx, id)?.ok_or_else(|| DbError::Other("the account is gone".to_owned()))?
        }
    };
    if account.is_blocked {
        return Err(LinkError::Blocked);
    }
    let roles = store::find_roles(tx, account.id)?.unwrap_or_default();
    if !roles.has(Role::Administrator) {
        store::set_roles(tx, account.id, roles.with(Role::Administrator), None)?;
        sessions::end_all(tx, account.id)?;
    }
    let (purpose, seconds) = if account.is_awaited() { (Purpose::Invitation, rules::INVITATION_SECONDS) } else { (Purpose::Reset, rules::RESET_SECONDS) };
    let token = links::insert(tx, account.id, purpose, seconds)?;
    Ok(mails::address(site, purpose, &token))
}
