//! Notes of the house on statements, and reasons that are used again. Nothing of it is ever read by a public page.

use allmende_core::{Id, Instant, Person};
use allmende_db::{DbError, Tx, sql};

/// Writes a note of the house on a statement of this process. Returns false for a statement of another.
///
/// # Errors
/// What the database reports.
pub fn insert(tx: &mut Tx<'_>, process: i64, number: i64, text: &str, person: Option<Id<Person>>) -> Result<bool, DbError> {
    let (site, now) = (tx.site()?, tx.now()?);
    let written = tx.execute(
        sql!(
            "INSERT INTO statement_note (site_id, statement_id, text, written_at, person_id) \
             SELECT s.site_id, s.id, $4, $5, $6 FROM statement s WHERE s.site_id = $1 AND s.process_id = $2 AND s.number = $3"
        ),
        &[&site, &process, &number, &text, &now, &person],
    )?;
    Ok(written == 1)
}

/// Something the house wrote or did.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The number of the statement for a note; what was done for an act.
    pub subject: String,
    /// Whether it is a note.
    pub is_note: bool,
    /// The words.
    pub text: String,
    /// When.
    pub at: Instant,
    /// Who.
    pub name: String,
}

/// Notes on the statements of a bundle and what was done with it, the latest first, at most 100. One statement.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, bundle: i64) -> Result<Vec<Entry>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT CAST(1 AS BIGINT), CAST(s.number AS TEXT), n.text, n.written_at, COALESCE(q.public_name, '') FROM statement_note n JOIN statement s ON s.id = n.statement_id \
             LEFT JOIN person q ON q.id = n.person_id \
             WHERE +n.site_id = $1 AND n.statement_id IN (SELECT p.statement_id FROM statement_point p WHERE p.bundle_id = $2) \
             UNION ALL SELECT CAST(0 AS BIGINT), r.act, COALESCE(r.note, ''), r.recorded_at, COALESCE(q.public_name, '') FROM weighing_record r \
             LEFT JOIN person q ON q.id = r.person_id WHERE +r.site_id = $1 AND r.weighing_id = $2 ORDER BY 4 DESC LIMIT 100"
        ),
        &[&site, &bundle],
        |row| Ok(Entry { is_note: row.get::<i64>(0)? == 1, subject: row.get(1)?, text: row.get(2)?, at: row.get(3)?, name: row.get(4)? }),
    )
}

/// A reason that is used again.
#[derive(Debug, Clone)]
pub struct Block {
    /// Its row.
    pub id: i64,
    /// What it is called.
    pub title: String,
    /// The code it was written for.
    pub code: Option<i64>,
    /// The words.
    pub reason: String,
}

/// The reasons of a process that are used again, by title, at most 100. One statement.
///
/// # Errors
/// What the database reports.
pub fn list_blocks(tx: &mut Tx<'_>, process: i64) -> Result<Vec<Block>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!("SELECT id, title, code, reason FROM weighing_text WHERE +site_id = $1 AND process_id = $2 ORDER BY title, id LIMIT 100"),
        &[&site, &process],
        |row| Ok(Block { id: row.get(0)?, title: row.get(1)?, code: row.get(2)?, reason: row.get(3)? }),
    )
}

/// Keeps a reason for use again.
///
/// # Errors
/// What the database reports.
pub fn insert_block(tx: &mut Tx<'_>, process: i64, title: &str, code: i64, reason: &str) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(
        sql!("INSERT INTO weighing_text (site_id, process_id, title, code, reason) VALUES ($1, $2, $3, $4, $5)"),
        &[&site, &process, &title, &code, &reason],
    )?;
    Ok(())
}

/// Removes a reason from those that are used again; where it was used it stays.
///
/// # Errors
/// What the database reports.
pub fn delete_block(tx: &mut Tx<'_>, process: i64, block: i64) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(sql!("DELETE FROM weighing_text WHERE site_id = $1 AND process_id = $2 AND id = $3"), &[&site, &process, &block])?;
    Ok(())
}
