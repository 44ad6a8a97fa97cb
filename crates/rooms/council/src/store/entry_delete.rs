//! Deletes what was entered and never published, with what belongs to it alone. What the public has seen is withdrawn instead.
//!
//! Parts go first: the agenda of a meeting, the stations of a paper, files that nothing else uses. Where another object still
//! names the row, the database's foreign keys say no. Start with [`delete`].

use crate::store::entry_read::of_kind;
use crate::store::kind_key;
use allmende_db::{DbError, Tx, sql};
use allmende_oparl::Kind;

/// What goes along with an object.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Parts {
    /// Items of its agenda.
    pub items: i64,
    /// Files that nothing else uses.
    pub files: i64,
}

macro_rules! used_files {
    ($before:literal, $column:literal) => {
        sql!(concat!(
            $before,
            " FROM council_file_use u WHERE u.site_id = $1 AND u.",
            $column,
            " = $2 AND (SELECT COUNT(*) FROM council_file_use o WHERE o.file_id = u.file_id) = 1"
        ))
    };
}

/// What would go along if the object were deleted.
///
/// # Errors
/// What the database reports.
pub fn parts(tx: &mut Tx<'_>, kind: Kind, id: i64) -> Result<Parts, DbError> {
    let site = tx.site()?;
    let mut count = |statement| Ok::<_, DbError>(tx.find(statement, &[&site, &id], |row| row.get::<i64>(0))?.unwrap_or(0));
    Ok(match kind {
        Kind::Paper => Parts { items: 0, files: count(used_files!("SELECT CAST(COUNT(*) AS BIGINT)", "paper_id"))? },
        Kind::AgendaItem => Parts { items: 0, files: count(used_files!("SELECT CAST(COUNT(*) AS BIGINT)", "agenda_item_id"))? },
        Kind::Meeting => Parts {
            items: count(sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM council_agenda_item WHERE site_id = $1 AND meeting_id = $2"))?,
            files: count(used_files!("SELECT CAST(COUNT(*) AS BIGINT)", "meeting_id"))?
                + count(sql!(
                    "SELECT CAST(COUNT(*) AS BIGINT) FROM council_file_use u JOIN council_agenda_item i ON i.id = u.agenda_item_id \
                     WHERE u.site_id = $1 AND i.meeting_id = $2 AND (SELECT COUNT(*) FROM council_file_use o WHERE o.file_id = u.file_id) = 1"
                ))?,
        },
        _ => Parts::default(),
    })
}

/// Deletes an object with its parts. Whether it may be deleted was decided before.
///
/// # Errors
/// `DbError::Constraint` where another object names it; then nothing is deleted if the transaction ends with the error.
pub fn delete(tx: &mut Tx<'_>, kind: Kind, id: i64) -> Result<(), DbError> {
    let site = tx.site()?;
    match kind {
        Kind::Meeting => {
            let items = tx.list(sql!("SELECT id FROM council_agenda_item WHERE site_id = $1 AND meeting_id = $2"), &[&site, &id], |row| row.get::<i64>(0))?;
            for item in items {
                delete(tx, Kind::AgendaItem, item)?;
            }
            stations(tx, kind, id)?;
            tx.execute(sql!("DELETE FROM council_meeting_organization WHERE site_id = $1 AND meeting_id = $2"), &[&site, &id])?;
            tx.execute(sql!("DELETE FROM council_meeting_participant WHERE site_id = $1 AND meeting_id = $2"), &[&site, &id])?;
        }
        Kind::Paper => {
            stations(tx, kind, id)?;
            tx.execute(sql!("DELETE FROM council_paper_originator WHERE site_id = $1 AND paper_id = $2"), &[&site, &id])?;
            tx.execute(sql!("DELETE FROM council_paper_location WHERE site_id = $1 AND paper_id = $2"), &[&site, &id])?;
            tx.execute(sql!("DELETE FROM council_paper_link WHERE +site_id = $1 AND paper_id = $2"), &[&site, &id])?;
            tx.execute(sql!("DELETE FROM council_paper_link WHERE +site_id = $1 AND other_id = $2"), &[&site, &id])?;
        }
        Kind::AgendaItem => stations(tx, kind, id)?,
        Kind::File => {
            tx.execute(sql!("DELETE FROM council_file_text WHERE site_id = $1 AND file_id = $2"), &[&site, &id])?;
            tx.execute(sql!("DELETE FROM council_file_use WHERE site_id = $1 AND file_id = $2"), &[&site, &id])?;
        }
        _ => {}
    }
    files(tx, kind, id)?;
    tx.execute(sql!("DELETE FROM council_text WHERE site_id = $1 AND kind = $2 AND object_id = $3"), &[&site, &kind_key(kind), &id])?;
    tx.execute(of_kind!(kind, "DELETE FROM ", " WHERE site_id = $1 AND id = $2"), &[&site, &id])?;
    Ok(())
}

/// Deletes the stations of a paper, a meeting or an agenda item; the items that named them name them no longer.
fn stations(tx: &mut Tx<'_>, kind: Kind, id: i64) -> Result<(), DbError> {
    macro_rules! stations {
        ($column:literal) => {
            sql!(concat!("SELECT id FROM council_consultation WHERE site_id = $1 AND ", $column, " = $2"))
        };
    }
    let statement = match kind {
        Kind::Paper => stations!("paper_id"),
        Kind::Meeting => stations!("meeting_id"),
        _ => stations!("agenda_item_id"),
    };
    let site = tx.site()?;
    for station in tx.list(statement, &[&site, &id], |row| row.get::<i64>(0))? {
        tx.execute(sql!("UPDATE council_agenda_item SET consultation_id = NULL WHERE site_id = $1 AND consultation_id = $2"), &[&site, &station])?;
        tx.execute(sql!("DELETE FROM council_consultation_organization WHERE site_id = $1 AND consultation_id = $2"), &[&site, &station])?;
        tx.execute(sql!("DELETE FROM council_consultation WHERE site_id = $1 AND id = $2"), &[&site, &station])?;
    }
    Ok(())
}

/// Takes the files of an object away from it, and deletes those that nothing else uses. What they hold is cleaned up later.
fn files(tx: &mut Tx<'_>, kind: Kind, id: i64) -> Result<(), DbError> {
    macro_rules! uses {
        ($column:literal) => {
            (used_files!("SELECT u.file_id", $column), sql!(concat!("DELETE FROM council_file_use WHERE site_id = $1 AND ", $column, " = $2")))
        };
    }
    let (alone, all) = match kind {
        Kind::Paper => uses!("paper_id"),
        Kind::Meeting => uses!("meeting_id"),
        Kind::AgendaItem => uses!("agenda_item_id"),
        _ => return Ok(()),
    };
    let site = tx.site()?;
    let alone = tx.list(alone, &[&site, &id], |row| row.get::<i64>(0))?;
    tx.execute(all, &[&site, &id])?;
    for file in alone {
        delete(tx, Kind::File, file)?;
    }
    Ok(())
}
