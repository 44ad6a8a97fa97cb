//! What people report, correct, explain and note of decisions stays when they leave, without their name.

use allmende_core::{Id, Person};
use allmende_db::{DbError, Tx, sql};
use allmende_platform::personal::Personal;

/// What this room keeps for people with an account. That it stays is said with all else that is on record.
pub const PERSONAL: Personal = Personal { erase, ..Personal::NOTHING };

fn erase(tx: &mut Tx<'_>, person: Id<Person>) -> Result<(), DbError> {
    // On all sites: an account is one in the whole installation.
    for statement in [
        sql!("UPDATE decision_record SET person_id = NULL WHERE person_id = $1 AND site_id = site_id"),
        sql!("UPDATE decision_note SET person_id = NULL WHERE person_id = $1 AND site_id = site_id"),
        sql!("UPDATE decision_correction SET person_id = NULL WHERE person_id = $1 AND site_id = site_id"),
        sql!("UPDATE decision_explanation SET person_id = NULL WHERE person_id = $1 AND site_id = site_id"),
    ] {
        tx.execute(statement, &[&person])?;
    }
    Ok(())
}
