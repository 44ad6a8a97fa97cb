//! What an account gave in all processes of a site, with what became of each: for its own page. Statements, ideas and comments in one
//! statement; [`crate::pages::given`] puts it into words.

use super::day_at;
use allmende_core::{Id, Instant, Person};
use allmende_db::{DbError, Row, Tx, sql};
use jiff::civil::Date;

/// Something that an account gave.
#[derive(Debug, Clone)]
pub struct Contribution {
    /// `statement`, `idea` or `comment`.
    pub kind: String,
    /// Its process.
    pub process: i64,
    /// The title of that.
    pub process_title: String,
    /// Its number within the process; of a comment its row.
    pub number: i64,
    /// The title of an idea, else the beginning of what it says.
    pub text: String,
    /// The key of its state.
    pub state: String,
    /// Why it was hidden.
    pub reason: Option<String>,
    /// When it was given.
    pub submitted_at: Instant,
    /// Until when an answer is promised.
    pub answer_by: Option<Date>,
    /// The newest answer.
    pub answer: Option<Answer>,
    /// The idea that it went into: number and title.
    pub merged_into: Option<(i64, String)>,
    /// Of a statement the newest public version with a sentence that reads differently because of it.
    pub changed_version: Option<i64>,
    /// Whether an idea was handed to the council.
    pub is_with_council: bool,
    /// Public answers to a comment.
    pub replies: i64,
}

/// The newest answer to a contribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The word of an idea's answer, or the code of a statement's only point.
    pub word: Option<String>,
    /// Why.
    pub text: String,
    /// When it was published.
    pub at: Instant,
}

/// The contributions of an account on this site before a moment, the latest first. One statement.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, person: Id<Person>, before: Instant, limit: i64) -> Result<Vec<Contribution>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT 'statement', p.id, p.title, s.number, substr(s.text, 1, 400), s.state, s.state_reason, s.submitted_at, s.answer_by, \
             CASE WHEN (SELECT COUNT(*) FROM statement_point q WHERE q.statement_id = s.id) = 1 THEN CAST(w.code AS TEXT) END, w.reason, w.published_at, \
             CAST(NULL AS BIGINT), CAST(NULL AS TEXT), (SELECT MAX(v.number) FROM statement_point q JOIN change_cause c ON c.weighing_id = q.bundle_id \
             JOIN weighing o ON o.id = c.weighing_id AND o.state = 'published' JOIN text_version v ON v.id = c.version_id AND v.state = 'public' \
             WHERE q.statement_id = s.id), CAST(NULL AS BIGINT), CAST(0 AS BIGINT), s.id \
             FROM participant a JOIN statement s ON s.participant_id = a.id JOIN process p ON p.id = s.process_id \
             LEFT JOIN weighing w ON w.id = (SELECT MAX(x.id) FROM statement_point q JOIN weighing x ON x.id = q.bundle_id AND x.state = 'published' \
             WHERE q.statement_id = s.id) WHERE +a.site_id = $1 AND a.person_id = $2 AND s.submitted_at < $3 \
             UNION ALL SELECT 'idea', p.id, p.title, i.number, i.title, i.state, i.state_reason, i.submitted_at, i.answer_by, \
             i.answer_state, i.answer_text, i.answered_at, o.number, o.title, CAST(NULL AS BIGINT), i.to_council_at, CAST(0 AS BIGINT), i.id \
             FROM participant a JOIN idea i ON i.participant_id = a.id JOIN process p ON p.id = i.process_id \
             LEFT JOIN idea_lineage l ON l.from_idea_id = i.id AND l.kind = 'merged' AND i.state = 'merged' \
             LEFT JOIN idea o ON o.id = l.to_idea_id AND o.state IN ('public', 'merged') \
             WHERE +a.site_id = $1 AND a.person_id = $2 AND i.submitted_at < $3 \
             UNION ALL SELECT 'comment', p.id, p.title, c.id, substr(c.text, 1, 400), c.state, c.state_reason, c.submitted_at, CAST(NULL AS TEXT), \
             CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS TEXT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), \
             c.replies, c.id FROM participant a JOIN comment c ON c.participant_id = a.id JOIN process p ON p.id = c.process_id \
             WHERE +a.site_id = $1 AND a.person_id = $2 AND c.submitted_at < $3 ORDER BY 8 DESC, 1, 18 DESC LIMIT $4"
        ),
        &[&site, &person, &before, &limit],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<Contribution, DbError> {
    let (word, text, at): (Option<String>, Option<String>, Option<Instant>) = (row.get(9)?, row.get(10)?, row.get(11)?);
    let merged: (Option<i64>, Option<String>) = (row.get(12)?, row.get(13)?);
    Ok(Contribution {
        kind: row.get(0)?,
        process: row.get(1)?,
        process_title: row.get(2)?,
        number: row.get(3)?,
        text: super::short(&row.get::<String>(4)?),
        state: row.get(5)?,
        reason: row.get(6)?,
        submitted_at: row.get(7)?,
        answer_by: day_at(row, 8)?,
        answer: text.zip(at).map(|(text, at)| Answer { word, text: super::short(&text), at }),
        merged_into: merged.0.zip(merged.1),
        changed_version: row.get(14)?,
        is_with_council: row.get::<Option<Instant>>(15)?.is_some(),
        replies: row.get(16)?,
    })
}
