//! What caused the changes of a version: answers that followed statements, or words such as a committee's decision.

use crate::weighing::rules::Stage;
use crate::weighing::store::stage_at;
use allmende_db::{DbError, Tx, sql};

/// A bundle that may have caused a change: its answer is "followed" and its first statement stands at the unit.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The bundle.
    pub bundle: i64,
    /// The unit at which its first statement stands.
    pub unit: i64,
    /// The numbers of its statements, at most 20.
    pub number: i64,
    /// Statements behind it.
    pub points: i64,
    /// What it says.
    pub text: String,
    /// Where its answer stands.
    pub stage: Stage,
}

/// The followed bundles of a part, by unit and number, at most 1,000. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_candidates(tx: &mut Tx<'_>, part: i64) -> Result<Vec<Candidate>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT w.id, s.unit, s.number, w.points, f.text, w.state FROM weighing w JOIN statement_point f ON f.id = w.first_point \
             JOIN statement s ON s.id = f.statement_id WHERE +w.site_id = $1 AND w.part_id = $2 AND w.code = 1000 AND w.points > 0 \
             ORDER BY s.unit, s.number LIMIT 1000"
        ),
        &[&site, &part],
        |row| Ok(Candidate { bundle: row.get(0)?, unit: row.get(1)?, number: row.get(2)?, points: row.get(3)?, text: row.get(4)?, stage: stage_at(row, 5)? }),
    )
}

/// A cause that was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    /// The unit.
    pub unit: i64,
    /// The sentence, from 1; 0 the whole unit.
    pub sentence: i64,
    /// The bundle.
    pub bundle: Option<i64>,
    /// Words.
    pub text: Option<String>,
}

/// The causes that were set for a version. One statement.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, version: i64) -> Result<Vec<Set>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!("SELECT unit, sentence, weighing_id, text FROM change_cause WHERE +site_id = $1 AND version_id = $2 ORDER BY unit, sentence, id LIMIT 2000"),
        &[&site, &version],
        |row| Ok(Set { unit: row.get(0)?, sentence: row.get(1)?, bundle: row.get(2)?, text: row.get(3)? }),
    )
}

/// Sets the causes of one change in the place of those that were set before. Bundles of other texts are left out.
///
/// # Errors
/// What the database reports.
pub fn set(tx: &mut Tx<'_>, version: i64, part: i64, unit: i64, sentence: i64, bundles: &[i64], words: &str) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(sql!("DELETE FROM change_cause WHERE site_id = $1 AND version_id = $2 AND unit = $3 AND sentence = $4"), &[&site, &version, &unit, &sentence])?;
    tx.execute(
        sql!(
            "INSERT INTO change_cause (site_id, version_id, unit, sentence, weighing_id) SELECT site_id, $2, $3, $4, id FROM weighing \
             WHERE site_id = $1 AND part_id = $5 AND points > 0 AND id ANY_OF($6)"
        ),
        &[&site, &version, &unit, &sentence, &part, &bundles.to_vec()],
    )?;
    if !words.is_empty() {
        tx.execute(
            sql!("INSERT INTO change_cause (site_id, version_id, unit, sentence, text) VALUES ($1, $2, $3, $4, $5)"),
            &[&site, &version, &unit, &sentence, &words],
        )?;
    }
    Ok(())
}
