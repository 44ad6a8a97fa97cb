//! What is kept of people who report, correct, explain and note decisions: their departments go with the account, what they did
//! in office stays without their name.

use allmende_core::{Id, Person};
use allmende_db::{DbError, Tx, sql};
use allmende_platform::own_rows;
use allmende_platform::personal::Personal;

/// What this room keeps for people with an account.
pub const PERSONAL: Personal = Personal {
    export: |tx, person| {
        let departments = own_rows!(
            tx,
            "department_person",
            ["site_id", "department_id", "person_id", "added_at"],
            "WHERE person_id = $1 AND site_id = site_id ORDER BY department_id",
            &[&person]
        )?;
        Ok(vec![departments])
    },
    erase,
    ..Personal::NOTHING
};

fn erase(tx: &mut Tx<'_>, person: Id<Person>) -> Result<(), DbError> {
    // On all sites: an account is one in the whole installation.
    for statement in [
        sql!("DELETE FROM department_person WHERE person_id = $1 AND site_id = site_id"),
        sql!("UPDATE department_person SET added_by = NULL WHERE added_by = $1 AND site_id = site_id"),
        sql!("UPDATE decision_record SET person_id = NULL WHERE person_id = $1 AND site_id = site_id"),
        sql!("UPDATE decision_note SET person_id = NULL WHERE person_id = $1 AND site_id = site_id"),
        sql!("UPDATE decision_correction SET person_id = NULL WHERE person_id = $1 AND site_id = site_id"),
        sql!("UPDATE decision_explanation SET person_id = NULL WHERE person_id = $1 AND site_id = site_id"),
    ] {
        tx.execute(statement, &[&person])?;
    }
    Ok(())
}
