//! How somebody shows that the account is theirs before something is done that an open screen must not be enough for.

use super::account::password_fits;
use crate::rules;
use crate::store::Account;
use allmende_core::Refusal;
use allmende_db::{DbError, Tx};
use allmende_platform::web::Fields;
use allmende_platform::{App, AppError, Ctx, sessions};

/// How somebody shows that it is their account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// With the password.
    Password,
    /// By having signed in a moment ago.
    Fresh,
    /// By signing in once more.
    Link,
}

/// How the account's owner shows it in this session.
pub(crate) fn proof(tx: &mut Tx<'_>, account: &Account, token: &str) -> Result<Proof, DbError> {
    if account.password_hash.is_some() {
        return Ok(Proof::Password);
    }
    let (began, now) = (sessions::began(tx, token)?, tx.now()?);
    let is_fresh = began.is_some_and(|began| began.plus_seconds(rules::FRESH_SECONDS) > now);
    Ok(if is_fresh { Proof::Fresh } else { Proof::Link })
}

/// Which proof is due now, and what is wrong with the one that was sent, if anything.
pub(crate) async fn check(app: &App, ctx: &Ctx, account: &Account, fields: &Fields) -> Result<(Proof, Option<Refusal>), AppError> {
    let (asked, token) = (account.clone(), ctx.session_token.clone().unwrap_or_default());
    let proof = app.read(ctx, move |tx| Ok::<_, AppError>(proof(tx, &asked, &token)?)).await?;
    let wrong = match proof {
        Proof::Password if password_fits(app, account, fields).await? => None,
        Proof::Password => Some(Refusal { key: "password-old-wrong", field: Some("old") }),
        Proof::Fresh => None,
        Proof::Link => Some(Refusal::new("proof-again-first")),
    };
    Ok((proof, wrong))
}
