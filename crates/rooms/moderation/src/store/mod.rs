//! Reports and what became of them. Decisions are in [`decisions`], objections in [`appeals`].

pub mod appeals;
pub mod decisions;

use crate::rules::Report;
use allmende_core::{Id, Instant, Language, Person};
use allmende_db::{DbError, Row, Tx, sql};

/// What is reported: a contribution or a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// Its kind, as in the thread, or `page`.
    pub kind: String,
    /// The number of its row, or a number made of the path of a page.
    pub object_id: i64,
    /// Its address.
    pub path: String,
    /// What it was called when it was reported or decided on.
    pub title: String,
}

/// A report as it is kept.
#[derive(Debug, Clone)]
pub struct Reported {
    /// The row.
    pub id: i64,
    /// What was reported.
    pub object: Object,
    /// What was said.
    pub is_notice: bool,
    /// A key of the rules, or of the offences.
    pub category: String,
    /// In the reporter's words.
    pub words: String,
    /// Who reported, if they said so.
    pub name: Option<String>,
    /// Where the answer goes.
    pub email: Option<String>,
    /// The language of the answer.
    pub language: Language,
    /// When it came.
    pub created_at: Instant,
    /// The decision that answers it.
    pub decision: Option<i64>,
}

macro_rules! reports {
    ($which:literal) => {
        sql!(concat!(
            "SELECT id, kind, object_id, path, title, is_notice, category, words, reporter_name, reporter_email, language, created_at, decision_id \
             FROM moderation_report WHERE site_id = $1 AND ",
            $which
        ))
    };
}

fn reported(row: &Row<'_>) -> Result<Reported, DbError> {
    Ok(Reported {
        id: row.get(0)?,
        object: Object { kind: row.get(1)?, object_id: row.get(2)?, path: row.get(3)?, title: row.get(4)? },
        is_notice: row.get(5)?,
        category: row.get(6)?,
        words: row.get(7)?,
        name: row.get(8)?,
        email: row.get(9)?,
        language: row.get(10)?,
        created_at: row.get(11)?,
        decision: row.get(12)?,
    })
}

/// Writes a report. The same `once` is the same report: then nothing is written. Returns its number and whether it is new.
///
/// # Errors
/// What the database reports.
pub fn insert(tx: &mut Tx<'_>, object: &Object, report: &Report, language: Language, once: &str) -> Result<(i64, bool), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let new = tx.find(
        sql!(
            "INSERT INTO moderation_report (site_id, kind, object_id, path, title, is_notice, category, words, reporter_name, reporter_email, \
             language, once_key, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
             ON CONFLICT (site_id, once_key) DO NOTHING RETURNING id"
        ),
        &[
            &site,
            &object.kind,
            &object.object_id,
            &object.path,
            &object.title,
            &i64::from(report.is_notice),
            &report.category,
            &report.words,
            &report.name,
            &report.email,
            &language,
            &once,
            &now,
        ],
        |row| row.get(0),
    )?;
    if let Some(id) = new {
        return Ok((id, true));
    }
    let known = tx.find(sql!("SELECT id FROM moderation_report WHERE site_id = $1 AND once_key = $2"), &[&site, &once], |row| row.get(0))?;
    known.map(|id| (id, false)).ok_or(DbError::Conflict)
}

/// A report by its number.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Reported>, DbError> {
    let site = tx.site()?;
    tx.find(reports!("id = $2"), &[&site, &id], reported)
}

/// The reports of a contribution, newest first, at most 100.
///
/// # Errors
/// What the database reports.
pub fn list_of(tx: &mut Tx<'_>, kind: &str, object_id: i64) -> Result<Vec<Reported>, DbError> {
    let site = tx.site()?;
    tx.list(reports!("kind = $2 AND object_id = $3 ORDER BY id DESC LIMIT 100"), &[&site, &kind, &object_id], reported)
}

/// The reports that a decision answers, at most 500.
///
/// # Errors
/// What the database reports.
pub fn list_answered_by(tx: &mut Tx<'_>, decision: i64) -> Result<Vec<Reported>, DbError> {
    let site = tx.site()?;
    tx.list(reports!("decision_id = $2 ORDER BY id LIMIT 500"), &[&site, &decision], reported)
}

/// Lets a decision answer all open reports of its contribution. Returns whether there was a notice or a report at all.
///
/// # Errors
/// What the database reports.
pub fn close(tx: &mut Tx<'_>, kind: &str, object_id: i64, decision: i64) -> Result<u64, DbError> {
    let site = tx.site()?;
    tx.execute(
        sql!("UPDATE moderation_report SET decision_id = $4 WHERE site_id = $1 AND kind = $2 AND object_id = $3 AND decision_id IS NULL"),
        &[&site, &kind, &object_id, &decision],
    )
}

/// A contribution with reports that nobody decided on.
#[derive(Debug, Clone)]
pub struct Queued {
    /// What was reported.
    pub object: Object,
    /// How many reports wait.
    pub count: i64,
    /// Whether one of them is a notice of illegal content.
    pub has_notice: bool,
    /// Since when the first waits.
    pub since: Instant,
}

/// What waits for a decision: notices first, then the oldest, at most `limit`.
///
/// # Errors
/// What the database reports.
pub fn list_queue(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Queued>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT kind, object_id, MAX(path), MAX(title), COUNT(*), MAX(is_notice), MIN(created_at) FROM moderation_report \
             WHERE site_id = $1 AND decision_id IS NULL GROUP BY kind, object_id ORDER BY MAX(is_notice) DESC, MIN(created_at), object_id LIMIT $2"
        ),
        &[&site, &limit],
        |row| {
            Ok(Queued {
                object: Object { kind: row.get(0)?, object_id: row.get(1)?, path: row.get(2)?, title: row.get(3)? },
                count: row.get(4)?,
                has_notice: row.get(5)?,
                since: row.get(6)?,
            })
        },
    )
}

/// Takes name, address and words out of reports whose time to object is long over, on all sites. The decisions stay.
///
/// # Errors
/// What the database reports.
pub fn delete_outdated(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    let before = tx.now()?.plus_seconds(-(crate::rules::APPEAL_DAYS + 90) * 86_400);
    tx.execute(
        sql!(
            "UPDATE moderation_report SET reporter_name = NULL, reporter_email = NULL, words = '', title = '' WHERE site_id = site_id \
             AND (reporter_email IS NOT NULL OR reporter_name IS NOT NULL OR words <> '' OR title <> '') \
             AND decision_id IN (SELECT id FROM moderation_decision WHERE decided_at < $1 AND site_id = site_id)"
        ),
        &[&before],
    )
}

/// Takes a person out of the decisions on all sites: what was decided stays, with the role and without the name.
///
/// # Errors
/// What the database reports.
pub fn forget_person(tx: &mut Tx<'_>, person: Id<Person>) -> Result<(), DbError> {
    tx.execute(sql!("UPDATE moderation_decision SET decided_by = NULL WHERE decided_by = $1 AND site_id = site_id"), &[&person])?;
    Ok(())
}
