//! Who is still to be told what became of their statement. A notice is written with its cause and marked in the transaction that
//! writes the mail: nobody is told twice, and nobody is forgotten.

use crate::store::participants::Participant;
use allmende_core::{Id, Language};
use allmende_db::{DbError, Tx, sql};

/// Notes that the authors of these statements are to be told their answer; guests only if their address was confirmed.
///
/// # Errors
/// What the database reports.
pub fn note_answered(tx: &mut Tx<'_>, process: i64, statements: &[i64]) -> Result<(), DbError> {
    let now = tx.now()?;
    note(tx, process, statements, &format!("answered:{}", now.millis()))
}

/// Notes that everybody whose statement has an answer is to be told what was decided. `decision` names the decision for good: the
/// same decision is told once.
///
/// # Errors
/// What the database reports.
pub fn note_decided(tx: &mut Tx<'_>, process: i64, decision: &str) -> Result<(), DbError> {
    let site = tx.site()?;
    let answered: Vec<i64> = tx.list(
        sql!("SELECT id FROM statement WHERE site_id = $1 AND process_id = $2 AND state = 'public' AND answered_at IS NOT NULL"),
        &[&site, &process],
        |row| row.get(0),
    )?;
    note(tx, process, &answered, &format!("decided:{decision}"))
}

fn note(tx: &mut Tx<'_>, process: i64, statements: &[i64], occasion: &str) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!(
            "INSERT INTO weighing_notice (site_id, process_id, statement_id, participant_id, occasion, noted_at) \
             SELECT s.site_id, s.process_id, s.id, s.participant_id, $4, $5 FROM statement s JOIN participant a ON a.id = s.participant_id \
             WHERE s.site_id = $1 AND s.process_id = $2 AND s.id ANY_OF($3) AND (a.person_id IS NOT NULL OR (a.guest_email IS NOT NULL AND a.confirmed_at IS NOT NULL)) \
             ON CONFLICT (statement_id, occasion) DO NOTHING"
        ),
        &[&site, &process, &statements.to_vec(), &occasion, &now],
    )?;
    Ok(())
}

/// Forgets notices that nobody was sent yet: the answer was taken back.
///
/// # Errors
/// What the database reports.
pub fn forget(tx: &mut Tx<'_>, statements: &[i64]) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(sql!("DELETE FROM weighing_notice WHERE site_id = $1 AND statement_id ANY_OF($2) AND told_at IS NULL"), &[&site, &statements.to_vec()])?;
    Ok(())
}

/// Somebody who waits for a mail.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The row.
    pub participant: Id<Participant>,
    /// The process.
    pub process: i64,
    /// The title of the process.
    pub title: String,
    /// Where the mail goes; nobody any more, if the account is gone.
    pub email: Option<String>,
    /// The language.
    pub language: Language,
}

/// People who wait for a mail on this site, each once, at most `limit`. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_waiting(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Waiting>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT a.id, a.process_id, r.title, COALESCE(p.email, a.guest_email), COALESCE(p.language, a.language) FROM participant a \
             JOIN process r ON r.id = a.process_id LEFT JOIN person p ON p.id = a.person_id AND p.blocked_at IS NULL \
             WHERE a.id IN (SELECT n.participant_id FROM weighing_notice n WHERE n.site_id = $1 AND n.told_at IS NULL) ORDER BY a.id LIMIT $2"
        ),
        &[&site, &limit],
        |row| Ok(Waiting { participant: row.get(0)?, process: row.get(1)?, title: row.get(2)?, email: row.get(3)?, language: row.get(4)? }),
    )
}

/// What somebody is told of one point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The number of the statement.
    pub number: i64,
    /// Its receipt number.
    pub receipt: String,
    /// Points of the statement.
    pub points: i64,
    /// What the point says.
    pub point: String,
    /// The code of the answer.
    pub code: i64,
    /// Why.
    pub reason: String,
    /// The decision after which it is told.
    pub decision: Option<String>,
}

/// Marks what somebody waits for as told and returns it: in the transaction that writes their mail.
///
/// # Errors
/// What the database reports.
pub fn take(tx: &mut Tx<'_>, participant: Id<Participant>) -> Result<Vec<Told>, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let taken: Vec<(i64, String)> = tx.list(
        sql!("UPDATE weighing_notice SET told_at = $3 WHERE site_id = $1 AND participant_id = $2 AND told_at IS NULL RETURNING statement_id, occasion"),
        &[&site, &participant, &now],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let statements: Vec<i64> = taken.iter().map(|(statement, _)| *statement).collect();
    let decision_of = |statement: i64| {
        let mut own = taken.iter().filter(|(other, _)| *other == statement).filter_map(|(_, occasion)| occasion.strip_prefix("decided:"));
        own.next().map(str::to_owned)
    };
    tx.list(
        sql!(
            "SELECT s.id, s.number, s.receipt, (SELECT CAST(COUNT(*) AS BIGINT) FROM statement_point o WHERE o.statement_id = s.id), p.text, w.code, w.reason \
             FROM statement s JOIN statement_point p ON p.statement_id = s.id JOIN weighing w ON w.id = p.bundle_id AND w.state = 'published' AND w.code IS NOT NULL \
             WHERE s.site_id = $1 AND s.state = 'public' AND s.id ANY_OF($2) ORDER BY s.number, p.position"
        ),
        &[&site, &statements],
        |row| {
            let decision = decision_of(row.get(0)?);
            Ok(Told {
                number: row.get(1)?,
                receipt: row.get(2)?,
                points: row.get(3)?,
                point: row.get(4)?,
                code: row.get(5)?,
                reason: row.get(6)?,
                decision,
            })
        },
    )
}

/// Public processes with answers, for what happens after a decision, at most 500. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_answered(tx: &mut Tx<'_>) -> Result<Vec<i64>, DbError> {
    let site = tx.site()?;
    tx.list(sql!("SELECT id FROM process WHERE site_id = $1 AND state = 'public' AND answered > 0 ORDER BY id DESC LIMIT 500"), &[&site], |row| row.get(0))
}

/// Whether anybody of a process was told, or is to be told, of a decision.
///
/// # Errors
/// What the database reports.
pub fn knows(tx: &mut Tx<'_>, process: i64, decision: &str) -> Result<bool, DbError> {
    let (site, occasion) = (tx.site()?, format!("decided:{decision}"));
    let found = tx.find(
        sql!("SELECT 1 FROM weighing_notice WHERE +site_id = $1 AND process_id = $2 AND occasion = $3 LIMIT 1"),
        &[&site, &process, &occasion],
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}
