//! The contents in the data folder that files of the council refer to: `doctor` compares both.

use allmende_db::{DbError, Tx, sql};

/// The digests of all contents that must be there, of all sites.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<String>, DbError> {
    // Of all sites: the folder is one for the installation.
    tx.list(sql!("SELECT DISTINCT stored_sha256 FROM council_file WHERE stored_sha256 IS NOT NULL AND site_id = site_id"), &[], |row| row.get(0))
}
