//! The plain page before a decision, in each language its own: drafts and what is public, version by version.

use crate::rules::TEXT_CHARS_MAX;
use allmende_core::{Id, Instant, Language, Person};
use allmende_db::{DbError, Row, Tx, sql};

/// Characters of one part.
pub const PART_CHARS_MAX: usize = 2 * TEXT_CHARS_MAX;

/// What it is about, what was weighed, what was at odds, and why it was decided so. Markdown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Explanation {
    /// What it is about.
    pub about: String,
    /// The alternatives that were weighed.
    pub alternatives: String,
    /// Where interests were at odds.
    pub conflicts: String,
    /// Why it was decided so.
    pub reasons: String,
}

/// A version.
#[derive(Debug, Clone)]
pub struct Version {
    /// The language.
    pub language: Language,
    /// Whether it is public; otherwise a draft.
    pub is_public: bool,
    /// The text.
    pub text: Explanation,
    /// When it was written.
    pub written_at: Instant,
}

/// The public version of each language. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_public(tx: &mut Tx<'_>, decision: i64) -> Result<Vec<Version>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT language, state, about, alternatives, conflicts, reasons, written_at FROM decision_explanation \
             WHERE +site_id = $1 AND decision_id = $2 AND state = 'public' ORDER BY language, id"
        ),
        &[&site, &decision],
        version,
    )
}

/// The newest version of each language, draft or public. For the desk.
///
/// # Errors
/// What the database reports.
pub fn list_newest(tx: &mut Tx<'_>, decision: i64) -> Result<Vec<Version>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT e.language, e.state, e.about, e.alternatives, e.conflicts, e.reasons, e.written_at FROM decision_explanation e \
             WHERE +e.site_id = $1 AND e.decision_id = $2 AND e.state IN ('draft', 'public', 'withdrawn') AND e.id = \
             (SELECT MAX(x.id) FROM decision_explanation x WHERE x.decision_id = e.decision_id AND x.language = e.language) ORDER BY e.language"
        ),
        &[&site, &decision],
        version,
    )
}

fn version(row: &Row<'_>) -> Result<Version, DbError> {
    Ok(Version {
        language: row.get(0)?,
        is_public: row.get::<String>(1)? == "public",
        text: Explanation { about: row.get(2)?, alternatives: row.get(3)?, conflicts: row.get(4)?, reasons: row.get(5)? },
        written_at: row.get(6)?,
    })
}

/// What is done with a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Keep it inside.
    Draft,
    /// Show it.
    Publish,
    /// Keep it inside, and show none any more.
    Withdraw,
}

/// Writes a new version; what was public before is replaced by it or taken back.
///
/// # Errors
/// What the database reports.
pub fn insert(tx: &mut Tx<'_>, decision: i64, language: Language, text: &Explanation, act: Act, person: Option<Id<Person>>) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    if act != Act::Draft {
        tx.execute(
            sql!("UPDATE decision_explanation SET state = 'replaced' WHERE site_id = $1 AND decision_id = $2 AND language = $3 AND state = 'public'"),
            &[&site, &decision, &language],
        )?;
    }
    let state = match act {
        Act::Draft => "draft",
        Act::Publish => "public",
        Act::Withdraw => "withdrawn",
    };
    tx.execute(
        sql!(
            "INSERT INTO decision_explanation (site_id, decision_id, language, state, about, alternatives, conflicts, reasons, written_at, person_id) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        &[&site, &decision, &language, &state, &text.about, &text.alternatives, &text.conflicts, &text.reasons, &now, &person],
    )?;
    Ok(())
}
