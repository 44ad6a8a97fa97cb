//! What accounts subscribed to: shown on the account's page, given out with its data, taken away with it.

use super::{erase, readers};
use crate::pages::reason;
use crate::rules::Target;
use allmende_core::{Id, Person};
use allmende_db::{DbError, Tx, sql};
use allmende_platform::own_rows;
use allmende_platform::personal::{Fate, OwnPage, Personal, Rows};
use allmende_platform::texts::Speaker;

/// What this room keeps for people with an account.
pub const PERSONAL: Personal = Personal {
    page: Some(OwnPage { key: "abo-own-heading", help_key: "abo-own-lead", path: "/konto/abos" }),
    followed: Some(list_followed),
    fates: |_, _| Ok(vec![Fate::goes("abo-own-gone")]),
    export,
    erase: erase_person,
    ..Personal::NOTHING
};

/// What an account follows on this site, the newest first, at most 20. One statement.
fn list_followed(tx: &mut Tx<'_>, person: Id<Person>, t: Speaker) -> Result<Vec<String>, DbError> {
    let site = tx.site()?;
    let found = tx.list(
        sql!(
            "SELECT s.target, s.name FROM subscription s JOIN subscription_reader r ON r.id = s.reader_id \
             WHERE r.site_id = $1 AND r.person_id = $2 AND s.confirmed_at IS NOT NULL ORDER BY s.id DESC LIMIT 20"
        ),
        &[&site, &person],
        |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)),
    )?;
    Ok(found.into_iter().filter_map(|(target, name)| Some(reason(t, &Target::parse(&target).ok()?, &name))).collect())
}

/// Everything that is kept of an account's subscriptions on all sites.
fn export(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Vec<Rows>, DbError> {
    Ok(vec![
        own_rows!(
            tx,
            "subscription_reader",
            ["id", "site_id", "person_id", "email", "language", "hour", "weekday", "confirmed_at", "paused_at", "pause_cause", "created_at"],
            "WHERE person_id = $1 AND site_id = site_id ORDER BY id",
            &[&person]
        )?,
        own_rows!(
            tx,
            "subscription",
            ["id", "site_id", "reader_id", "target", "name", "frequency", "confirm_until", "confirmed_at", "created_at"],
            "WHERE reader_id IN (SELECT id FROM subscription_reader WHERE person_id = $1) AND site_id = site_id ORDER BY id",
            &[&person]
        )?,
        own_rows!(
            tx,
            "subscription_news",
            ["site_id", "subscription_id", "item_id", "reader_id", "due_at", "sent_at"],
            "WHERE reader_id IN (SELECT id FROM subscription_reader WHERE person_id = $1) AND site_id = site_id ORDER BY subscription_id, item_id",
            &[&person]
        )?,
    ])
}

/// Removes everything that is kept of an account's subscriptions, on all sites.
fn erase_person(tx: &mut Tx<'_>, person: Id<Person>) -> Result<(), DbError> {
    for reader in readers::list_of_person(tx, person)? {
        erase(tx, reader)?;
    }
    Ok(())
}
