//! Objections to decisions: one from each side, answered by a decision of their own.

use allmende_core::{Id, Instant, Language, Person};
use allmende_db::{DbError, Row, Tx, sql};

/// Whose objection it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appellant {
    /// Who wrote the contribution.
    Author,
    /// Who reported it.
    Reporter(i64),
}

impl Appellant {
    fn key(self) -> String {
        match self {
            Self::Author => "author".to_owned(),
            Self::Reporter(report) => format!("report:{report}"),
        }
    }

    const fn report(self) -> Option<i64> {
        match self {
            Self::Author => None,
            Self::Reporter(report) => Some(report),
        }
    }
}

/// An objection as it is kept.
#[derive(Debug, Clone)]
pub struct Appeal {
    /// The row.
    pub id: i64,
    /// The decision it is about.
    pub decision: i64,
    /// The report of whoever objects; nothing for the author.
    pub report: Option<i64>,
    /// Why.
    pub words: String,
    /// When it came.
    pub created_at: Instant,
    /// The decision that answers it.
    pub answer: Option<i64>,
}

macro_rules! appeals {
    ($which:literal) => {
        sql!(concat!("SELECT a.id, a.decision_id, a.report_id, a.words, a.created_at, a.answer_id FROM moderation_appeal a WHERE a.site_id = $1 AND ", $which))
    };
}

fn appeal(row: &Row<'_>) -> Result<Appeal, DbError> {
    Ok(Appeal { id: row.get(0)?, decision: row.get(1)?, report: row.get(2)?, words: row.get(3)?, created_at: row.get(4)?, answer: row.get(5)? })
}

/// Writes an objection; a second one of the same side is none. Returns whether it was written.
///
/// # Errors
/// What the database reports.
pub fn insert(tx: &mut Tx<'_>, decision: i64, appellant: Appellant, words: &str, language: Language) -> Result<bool, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let added = tx.execute(
        sql!(
            "INSERT INTO moderation_appeal (site_id, decision_id, report_id, appellant, words, language, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (decision_id, appellant) DO NOTHING"
        ),
        &[&site, &decision, &appellant.report(), &appellant.key(), &words, &language, &now],
    )?;
    Ok(added == 1)
}

/// The objection of one side to a decision.
///
/// # Errors
/// What the database reports.
pub fn find_of(tx: &mut Tx<'_>, decision: i64, appellant: Appellant) -> Result<Option<Appeal>, DbError> {
    let site = tx.site()?;
    tx.find(appeals!("a.decision_id = $2 AND a.appellant = $3"), &[&site, &decision, &appellant.key()], appeal)
}

/// An objection by its number.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Appeal>, DbError> {
    let site = tx.site()?;
    tx.find(appeals!("a.id = $2"), &[&site, &id], appeal)
}

/// The objections to all decisions on a contribution, newest first, at most 100.
///
/// # Errors
/// What the database reports.
pub fn list_of(tx: &mut Tx<'_>, kind: &str, object_id: i64) -> Result<Vec<Appeal>, DbError> {
    let site = tx.site()?;
    tx.list(
        appeals!("a.decision_id IN (SELECT id FROM moderation_decision WHERE site_id = $1 AND kind = $2 AND object_id = $3) ORDER BY a.id DESC LIMIT 100"),
        &[&site, &kind, &object_id],
        appeal,
    )
}

/// Lets a decision answer an objection. Returns false if it was answered already.
///
/// # Errors
/// What the database reports.
pub fn answer(tx: &mut Tx<'_>, id: i64, decision: i64) -> Result<bool, DbError> {
    let site = tx.site()?;
    let answered =
        tx.execute(sql!("UPDATE moderation_appeal SET answer_id = $3 WHERE site_id = $1 AND id = $2 AND answer_id IS NULL"), &[&site, &id, &decision])?;
    Ok(answered == 1)
}

/// An objection that waits, for the desk.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The kind of the contribution.
    pub kind: String,
    /// Its number.
    pub object_id: i64,
    /// What it was called.
    pub title: String,
    /// Since when it waits.
    pub since: Instant,
    /// Who decided first, and so may not decide now.
    pub first: Option<Id<Person>>,
}

/// The objections that wait, the oldest first, at most `limit`.
///
/// # Errors
/// What the database reports.
pub fn list_waiting(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Waiting>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT d.kind, d.object_id, d.title, a.created_at, d.decided_by FROM moderation_appeal a JOIN moderation_decision d ON d.id = a.decision_id \
             WHERE a.site_id = $1 AND a.answer_id IS NULL ORDER BY a.id LIMIT $2"
        ),
        &[&site, &limit],
        |row| Ok(Waiting { kind: row.get(0)?, object_id: row.get(1)?, title: row.get(2)?, since: row.get(3)?, first: row.get(4)? }),
    )
}
