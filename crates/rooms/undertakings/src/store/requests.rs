//! Requests to take part, as the public reads them, and their answers. Who asked stands in [`super::askers`].

use super::moderated::standing;
use super::{course, day_at, path, sheets};
use crate::rules::{self, Answer};
use crate::store::sheets::Undertaking;
use allmende_core::{Actor, Id, Instant};
use allmende_db::{DbError, Row, Tx, sql};
use allmende_platform::jobs::{self, NewJob};
use allmende_platform::moderated::Standing;
use allmende_platform::web::guard::links::links_wait;
use jiff::civil::Date;

/// A request.
#[derive(Debug, Clone)]
pub struct Request {
    /// Its row.
    pub id: i64,
    /// The row of its undertaking.
    pub undertaking: i64,
    /// The title of its undertaking.
    pub title: String,
    /// Who asked first; nothing once the name was taken back.
    pub name: Option<String>,
    /// Why.
    pub reason: String,
    /// How many people ask.
    pub voices: i64,
    /// When it was asked.
    pub asked_at: Instant,
    /// The day by which it has an answer.
    pub answer_by: Option<Date>,
    /// The answer: yes or no with its words, and when.
    pub answer: Option<(bool, String, Instant)>,
    /// Whether its words are shown.
    pub standing: Standing,
    /// Why they are not.
    pub standing_reason: Option<String>,
}

impl Request {
    /// The page of its undertaking.
    #[must_use]
    pub fn path(&self) -> String {
        path(self.undertaking, &self.title)
    }

    /// Whether it waits for an answer that is late.
    #[must_use]
    pub fn is_overdue(&self, today: Date) -> bool {
        self.answer.is_none() && self.answer_by.is_some_and(|day| rules::is_overdue(day, today))
    }
}

macro_rules! requests {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT q.id, q.undertaking_id, u.title, q.name, q.reason, q.voices, q.asked_at, q.answer_by, q.answer, q.answer_text, q.answered_at, \
             q.standing, q.standing_reason \
             FROM undertaking_request q JOIN undertaking u ON u.id = q.undertaking_id WHERE q.site_id = $1",
            $rest
        ))
    };
}

fn request(row: &Row<'_>) -> Result<Request, DbError> {
    let answer: Option<String> = row.get(8)?;
    let told = row.get::<Option<String>>(9)?.zip(row.get::<Option<Instant>>(10)?);
    Ok(Request {
        id: row.get(0)?,
        undertaking: row.get(1)?,
        title: row.get(2)?,
        name: row.get(3)?,
        reason: row.get(4)?,
        voices: row.get(5)?,
        asked_at: row.get(6)?,
        answer_by: day_at(row, 7)?,
        answer: answer.zip(told).map(|(answer, (text, at))| (answer == "yes", text, at)),
        standing: standing(&row.get::<String>(11)?),
        standing_reason: row.get(12)?,
    })
}

/// The requests on one undertaking, the newest first, at most 50. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_of(tx: &mut Tx<'_>, undertaking: i64) -> Result<Vec<Request>, DbError> {
    let site = tx.site()?;
    tx.list(requests!(" AND q.undertaking_id = $2 ORDER BY q.id DESC LIMIT 50"), &[&site, &undertaking], request)
}

/// Open requests on public undertakings, what is due first; after a day and row, at most `limit`. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_open(tx: &mut Tx<'_>, after: (&str, i64), limit: i64) -> Result<Vec<Request>, DbError> {
    let site = tx.site()?;
    tx.list(
        requests!(" AND q.state = 'open' AND u.visibility = 'public' AND (q.answer_by, q.id) > ($2, $3) ORDER BY q.answer_by, q.id LIMIT $4"),
        &[&site, &after.0, &after.1, &limit],
        request,
    )
}

/// The latest answers on public undertakings, at most `limit`. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_answered(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Request>, DbError> {
    let site = tx.site()?;
    tx.list(requests!(" AND q.state = 'answered' AND u.visibility = 'public' ORDER BY q.answered_at DESC, q.id DESC LIMIT $2"), &[&site, &limit], request)
}

/// A request by its row.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Request>, DbError> {
    let site = tx.site()?;
    tx.find(requests!(" AND q.id = $2"), &[&site, &id], request)
}

/// How many requests on public undertakings are overdue on a day. One statement.
///
/// # Errors
/// What the database reports.
pub fn count_overdue(tx: &mut Tx<'_>, today: Date) -> Result<i64, DbError> {
    let (site, today) = (tx.site()?, today.to_string());
    let count = tx.find(
        sql!(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM undertaking_request q JOIN undertaking u ON u.id = q.undertaking_id \
             WHERE q.site_id = $1 AND q.state = 'open' AND q.answer_by < $2 AND u.visibility = 'public'"
        ),
        &[&site, &today],
        |row| row.get(0),
    )?;
    Ok(count.unwrap_or(0))
}

/// The open request on an undertaking.
///
/// # Errors
/// What the database reports.
pub fn find_open(tx: &mut Tx<'_>, undertaking: i64) -> Result<Option<i64>, DbError> {
    let site = tx.site()?;
    tx.find(sql!("SELECT id FROM undertaking_request WHERE site_id = $1 AND undertaking_id = $2 AND state = 'open'"), &[&site, &undertaking], |row| row.get(0))
}

/// Opens a request, or finds the one that somebody opened before. Returns its row and whether it is new.
///
/// # Errors
/// What the database reports.
pub fn open(tx: &mut Tx<'_>, undertaking: i64, asked: &rules::Request, today: Date) -> Result<(i64, bool), DbError> {
    if let Some(open) = find_open(tx, undertaking)? {
        return Ok((open, false));
    }
    let (site, now) = (tx.site()?, tx.now()?);
    // Links wait for a look: nothing of whoever asks was let through before.
    let standing = if links_wait(&asked.reason, false) { Standing::Waiting } else { Standing::Public };
    let made = tx.find(
        sql!(
            "INSERT INTO undertaking_request (site_id, undertaking_id, state, name, reason, voices, asked_at, answer_by, standing) \
             VALUES ($1, $2, 'open', $3, $4, 0, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING id"
        ),
        &[&site, &undertaking, &asked.name, &asked.reason, &now, &rules::answer_by(today).to_string(), &standing.key()],
        |row| row.get(0),
    )?;
    match made {
        Some(id) => Ok((id, true)),
        None => Ok((find_open(tx, undertaking)?.ok_or(DbError::Conflict)?, false)),
    }
}

/// Counts who asks anew. Returns how many.
///
/// # Errors
/// What the database reports.
pub fn count_voices(tx: &mut Tx<'_>, id: i64) -> Result<i64, DbError> {
    let site = tx.site()?;
    let voices = tx.find(
        sql!(
            "UPDATE undertaking_request SET voices = (SELECT CAST(COUNT(*) AS BIGINT) FROM undertaking_asker a WHERE a.request_id = $2) \
             WHERE site_id = $1 AND id = $2 RETURNING voices"
        ),
        &[&site, &id],
        |row| row.get(0),
    )?;
    Ok(voices.unwrap_or(0))
}

/// Answers an open request in public, once. `own` is the undertaking with steps and references ([`sheets::find_whole`]). Writes the
/// answer on the sheet if it is yes, tells the thread, and writes the job that
/// tells everybody who asked. Returns false if somebody answered before.
///
/// # Errors
/// What the database reports.
pub fn answer(tx: &mut Tx<'_>, own: &Undertaking, request: i64, answer: &Answer, actor: &Actor) -> Result<bool, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let (role, key) = (course::role_of(actor), if answer.is_yes { "yes" } else { "no" });
    let done = tx.execute(
        sql!(
            "UPDATE undertaking_request SET state = 'answered', answer = $4, answer_text = $5, answered_at = $6, answered_role = $7, answered_by = $8 \
             WHERE site_id = $1 AND id = $2 AND undertaking_id = $3 AND state = 'open'"
        ),
        &[&site, &request, &own.id, &key, &answer.text, &now, &role, &actor.person()],
    )?;
    if done == 0 {
        return Ok(false);
    }
    if answer.is_yes {
        let mut sheet = own.sheet.clone();
        (sheet.takes_part, sheet.german.part) = (true, answer.text.clone());
        // What the other languages said of it is wrong from now on.
        (sheet.english.part, sheet.easy.part) = (String::new(), String::new());
        sheets::save(tx, own, &sheet, actor)?;
    }
    let node = course::keep_node(tx, own.id)?;
    course::tell(tx, node, actor, if answer.is_yes { "undertaking-part-yes" } else { "undertaking-part-no" }, Some(&answer.text))?;
    let job = NewJob { unique_key: Some(format!("undertaking-answer:{request}")), ..NewJob::new(crate::mails::JOB, request.to_string()) };
    jobs::enqueue(tx, &job)?;
    Ok(true)
}

/// Takes the name of whoever asked first from a request.
///
/// # Errors
/// What the database reports.
pub fn forget_first(tx: &mut Tx<'_>, id: i64) -> Result<(), DbError> {
    tx.execute(sql!("UPDATE undertaking_request SET name = NULL WHERE id = $1 AND site_id = site_id"), &[&id])?;
    Ok(())
}

/// Removes an open request without voices, and counts the voices of any other anew.
///
/// # Errors
/// What the database reports.
pub fn delete_empty(tx: &mut Tx<'_>, id: i64) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "DELETE FROM undertaking_request WHERE id = $1 AND state = 'open' AND site_id = site_id \
             AND NOT EXISTS (SELECT 1 FROM undertaking_asker a WHERE a.request_id = $1)"
        ),
        &[&id],
    )?;
    tx.execute(
        sql!(
            "UPDATE undertaking_request SET voices = (SELECT CAST(COUNT(*) AS BIGINT) FROM undertaking_asker a WHERE a.request_id = $1) \
             WHERE id = $1 AND site_id = site_id"
        ),
        &[&id],
    )?;
    Ok(())
}

/// Takes the name of an account from what it answered and recorded on all sites.
///
/// # Errors
/// What the database reports.
pub fn forget_staff(tx: &mut Tx<'_>, person: Id<allmende_core::Person>) -> Result<(), DbError> {
    tx.execute(sql!("UPDATE undertaking_request SET answered_by = NULL WHERE answered_by = $1 AND site_id = site_id"), &[&person])?;
    tx.execute(sql!("UPDATE undertaking_record SET person_id = NULL WHERE person_id = $1 AND site_id = site_id"), &[&person])?;
    Ok(())
}
