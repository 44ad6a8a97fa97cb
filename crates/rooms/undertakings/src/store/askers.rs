//! Who asked to take part or joined: found by the link in a mail or by the account, counted once, taken away again.

use super::{course, requests, sheets};
use crate::rules::{self, CONFIRM_SECONDS};
use allmende_core::{Actor, Id, Instant, Language, Person, Refusal};
use allmende_db::{DbError, Row, Tx, sql};
use allmende_platform::AppError;
use allmende_platform::sessions::{Token, digest_of};
use jiff::civil::Date;

/// Marker of a row in `undertaking_asker`.
#[derive(Debug)]
pub enum AskerRow {}

/// Who asks.
#[derive(Debug, Clone, Copy)]
pub enum Who<'a> {
    /// An account; its address is read from there.
    Account(Id<Person>),
    /// An address that is still to be confirmed, as typed and folded.
    Mail(&'a str, &'a str),
}

/// What somebody sent.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// The row of the undertaking.
    pub undertaking: i64,
    /// The key of the form: the same send twice is one.
    pub once: &'a str,
    /// Who asks.
    pub who: Who<'a>,
    /// Name and reason.
    pub asked: &'a rules::Request,
    /// The language of mails to them.
    pub language: Language,
}

/// Keeps what somebody sent, unconfirmed. Returns its row and the token of its link; nothing if this form was sent before.
///
/// # Errors
/// What the database reports.
pub fn insert(tx: &mut Tx<'_>, new: &New<'_>) -> Result<Option<(i64, Token)>, DbError> {
    let (site, now, token) = (tx.site()?, tx.now()?, Token::random()?);
    let (person, email, who) = match new.who {
        Who::Account(person) => {
            let folded = tx.find(sql!("SELECT email_folded FROM person WHERE id = $1"), &[&person], |row| row.get::<String>(0))?;
            (Some(person), None, folded.ok_or(DbError::Conflict)?)
        }
        Who::Mail(email, folded) => (None, Some(email), folded.to_owned()),
    };
    let id = tx.find(
        sql!(
            "INSERT INTO undertaking_asker (site_id, undertaking_id, is_first, once_key, person_id, email, who, name, reason, language, digest, \
             confirm_until, created_at) VALUES ($1, $2, 0, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING RETURNING id"
        ),
        &[
            &site,
            &new.undertaking,
            &new.once,
            &person,
            &email,
            &who,
            &new.asked.name,
            &new.asked.reason,
            &new.language,
            &token.digest(),
            &now.plus_seconds(CONFIRM_SECONDS),
            &now,
        ],
        |row| row.get(0),
    )?;
    Ok(id.map(|id| (id, token)))
}

/// Somebody who asked.
#[derive(Debug, Clone)]
pub struct Asker {
    /// Their row.
    pub id: i64,
    /// The row of the undertaking.
    pub undertaking: i64,
    /// The title of the undertaking.
    pub title: String,
    /// The request, once confirmed.
    pub request: Option<i64>,
    /// Whether they asked first.
    pub is_first: bool,
    /// Name and reason.
    pub asked: rules::Request,
    /// When it was confirmed.
    pub confirmed_at: Option<Instant>,
    /// When it was sent.
    pub created_at: Instant,
}

macro_rules! askers {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT a.id, a.undertaking_id, u.title, a.request_id, a.is_first, a.name, a.reason, a.confirmed_at, a.created_at \
             FROM undertaking_asker a JOIN undertaking u ON u.id = a.undertaking_id WHERE ",
            $rest
        ))
    };
}

fn asker(row: &Row<'_>) -> Result<Asker, DbError> {
    Ok(Asker {
        id: row.get(0)?,
        undertaking: row.get(1)?,
        title: row.get(2)?,
        request: row.get(3)?,
        is_first: row.get(4)?,
        asked: rules::Request { name: row.get(5)?, reason: row.get(6)? },
        confirmed_at: row.get(7)?,
        created_at: row.get(8)?,
    })
}

/// Whoever has this link; nothing once it has ended.
///
/// # Errors
/// What the database reports.
pub fn find_by_token(tx: &mut Tx<'_>, token: &str) -> Result<Option<Asker>, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let statement = askers!("a.site_id = $1 AND a.digest = $2 AND (a.confirmed_at IS NOT NULL OR a.confirm_until >= $3)");
    tx.find(statement, &[&site, &digest_of(token), &now], asker)
}

/// What an account asked for on this site, the newest first, at most 200. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_of_person(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Vec<Asker>, DbError> {
    let site = tx.site()?;
    tx.list(askers!("a.site_id = $1 AND a.person_id = $2 ORDER BY a.id DESC LIMIT 200"), &[&site, &person], asker)
}

/// A row of an account on this site.
///
/// # Errors
/// What the database reports.
pub fn find_of_person(tx: &mut Tx<'_>, person: Id<Person>, id: i64) -> Result<Option<Asker>, DbError> {
    let site = tx.site()?;
    tx.find(askers!("a.site_id = $1 AND a.person_id = $2 AND a.id = $3"), &[&site, &person, &id], asker)
}

/// The row with this id.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Asker>, DbError> {
    let site = tx.site()?;
    tx.find(askers!("a.site_id = $1 AND a.id = $2"), &[&site, &id], asker)
}

/// How a confirmation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmed {
    /// It opened a request.
    Asked,
    /// It joined one.
    Joined,
    /// This person asks already.
    Already,
}

/// Confirms what somebody sent: it opens a request, or joins the open one. Twice is once.
///
/// # Errors
/// What [`rules::may_ask`] refuses now; `undertaking-ask-reason` where the request to join has been answered meanwhile and no reason
/// was given for a new one; what the database reports.
pub fn confirm(tx: &mut Tx<'_>, asker: &Asker, actor: &Actor, today: Date) -> Result<Confirmed, AppError> {
    if asker.confirmed_at.is_some() {
        return Ok(Confirmed::Already);
    }
    let own = sheets::find(tx, asker.undertaking)?.ok_or(AppError::NotFound)?;
    rules::may_ask(own.asking())?;
    if asker.asked.reason.is_empty() && requests::find_open(tx, own.id)?.is_none() {
        return Err(Refusal::of_field("reason", "undertaking-ask-reason").into());
    }
    let (request, is_new) = requests::open(tx, own.id, &asker.asked, today)?;
    let (site, now) = (tx.site()?, tx.now()?);
    let counted = tx.execute(
        sql!(
            "UPDATE undertaking_asker SET request_id = $3, is_first = $4, confirmed_at = $5, confirm_until = NULL WHERE site_id = $1 AND id = $2 \
             AND NOT EXISTS (SELECT 1 FROM undertaking_asker o WHERE o.request_id = $3 AND o.who = undertaking_asker.who)"
        ),
        &[&site, &asker.id, &request, &i64::from(is_new), &now],
    )?;
    if counted == 0 {
        tx.execute(sql!("DELETE FROM undertaking_asker WHERE site_id = $1 AND id = $2"), &[&site, &asker.id])?;
        return Ok(Confirmed::Already);
    }
    requests::count_voices(tx, request)?;
    if is_new {
        let node = course::keep_node(tx, own.id)?;
        course::tell(tx, node, actor, "undertaking-part-asked", None)?;
        return Ok(Confirmed::Asked);
    }
    Ok(Confirmed::Joined)
}

/// Takes somebody out of a request again. An open request without anybody goes too; an answered one stays without the name.
///
/// # Errors
/// What the database reports.
pub fn leave(tx: &mut Tx<'_>, asker: &Asker) -> Result<(), DbError> {
    tx.execute(sql!("DELETE FROM undertaking_asker WHERE id = $1 AND site_id = site_id"), &[&asker.id])?;
    if let Some(request) = asker.request {
        if asker.is_first {
            requests::forget_first(tx, request)?;
        }
        requests::delete_empty(tx, request)?;
    }
    Ok(())
}

/// Takes away what is kept of an account on all sites, with the account.
///
/// # Errors
/// What the database reports.
pub fn erase_person(tx: &mut Tx<'_>, person: Id<Person>) -> Result<(), DbError> {
    // Of all sites: an account is one in the whole installation.
    let rows = tx.list(askers!("a.person_id = $1 AND a.site_id = a.site_id ORDER BY a.id"), &[&person], asker)?;
    for row in &rows {
        leave(tx, row)?;
    }
    requests::forget_staff(tx, person)
}

/// Removes what nobody confirmed in time; of all sites.
///
/// # Errors
/// What the database reports.
pub fn delete_unconfirmed(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    let now = tx.now()?;
    tx.execute(sql!("DELETE FROM undertaking_asker WHERE confirmed_at IS NULL AND confirm_until < $1 AND site_id = site_id"), &[&now])
}

/// Somebody who is still to be told of an answer: row, address and language.
pub type Untold = (i64, String, Language);

/// Who asked and was not told of the answer yet, at most `limit`.
///
/// # Errors
/// What the database reports.
pub fn list_untold(tx: &mut Tx<'_>, request: i64, limit: i64) -> Result<Vec<Untold>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT a.id, COALESCE(p.email, a.email), COALESCE(p.language, a.language) FROM undertaking_asker a LEFT JOIN person p ON p.id = a.person_id \
             WHERE a.site_id = $1 AND a.request_id = $2 AND a.told_at IS NULL AND (p.id IS NULL OR p.blocked_at IS NULL) ORDER BY a.id LIMIT $3"
        ),
        &[&site, &request, &limit],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// Notes that somebody was told.
///
/// # Errors
/// What the database reports.
pub fn mark_told(tx: &mut Tx<'_>, id: i64) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(sql!("UPDATE undertaking_asker SET told_at = $3 WHERE site_id = $1 AND id = $2"), &[&site, &id, &now])?;
    Ok(())
}
