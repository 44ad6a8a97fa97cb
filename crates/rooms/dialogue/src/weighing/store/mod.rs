//! All SQL of the weighing.
//!
//! [`bundles`] makes and changes bundles and points, [`answers`] carries answers from proposal to publication, [`lists`] reads what the
//! desk shows, [`table`] the rows of the weighing table, [`causes`] what caused a change of the text, [`notes`] the notes and reasons of
//! the house, [`notices`] who is still to be told.

pub mod answers;
pub mod bundles;
pub mod causes;
pub mod lists;
pub mod notes;
pub mod notices;
pub mod table;

use crate::weighing::rules::Stage;
use allmende_core::{Id, Person};
use allmende_db::{DbError, Row, Tx, sql};

fn stage_at(row: &Row<'_>, position: usize) -> Result<Stage, DbError> {
    Stage::of(&row.get::<String>(position)?).ok_or(DbError::Type { position, expected: "a stage" })
}

/// Keeps bundles as they are now under the name of an act. Nothing of the record is ever overwritten.
fn record(tx: &mut Tx<'_>, bundles: &[i64], act: &str, note: Option<&str>, person: Option<Id<Person>>) -> Result<(), DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    tx.execute(
        sql!(
            "INSERT INTO weighing_record (site_id, weighing_id, act, title, code, reason, calculation, department_id, answer_by, state, note, recorded_at, person_id) \
             SELECT site_id, id, $3, title, code, reason, calculation, department_id, answer_by, state, $4, $5, $6 FROM weighing WHERE site_id = $1 AND id ANY_OF($2)"
        ),
        &[&site, &bundles.to_vec(), &act, &note, &now, &person],
    )?;
    Ok(())
}
