//! Files as they are served from the content store, and those whose text is still to be read.

use crate::entry::rules::State;
use allmende_db::{DbError, Tx, sql};
use allmende_platform::attachments::OpenPaper;

/// A kept file as it is served: state, stored digest, name, media type, size, and whether a public thing has it.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Where it stands.
    pub state: State,
    /// The digest of its content.
    pub sha256: String,
    /// Its name as a file.
    pub file_name: String,
    /// Its media type.
    pub media_type: String,
}

/// A file whose content is kept here.
///
/// # Errors
/// What the database reports.
pub fn kept(tx: &mut Tx<'_>, id: i64) -> Result<Option<Kept>, DbError> {
    let site = tx.site()?;
    tx.find(
        sql!(
            "SELECT state, stored_sha256, COALESCE(file_name, 'datei'), COALESCE(mime_type, 'application/octet-stream') FROM council_file \
             WHERE site_id = $1 AND id = $2 AND stored_sha256 IS NOT NULL"
        ),
        &[&site, &id],
        |row| Ok(Kept { state: State::of(&row.get::<String>(0)?), sha256: row.get(1)?, file_name: row.get(2)?, media_type: row.get(3)? }),
    )
}

/// Papers that were entered here and not withdrawn, the newest first, at most so many: they can take files.
///
/// # Errors
/// What the database reports.
pub fn open_papers(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<OpenPaper>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT id, reference, COALESCE(name, '') FROM council_paper p \
             WHERE site_id = $1 AND state IN ('draft', 'internal', 'public') \
             AND NOT EXISTS (SELECT 1 FROM council_origin o WHERE o.site_id = $1 AND o.kind = 'paper' AND o.object_id = p.id) \
             ORDER BY modified_at DESC, id DESC LIMIT $2"
        ),
        &[&site, &limit],
        |row| {
            let (reference, name) = (row.get::<Option<String>>(1)?, row.get::<String>(2)?);
            let title = reference.map_or_else(|| name.clone(), |reference| format!("{reference}: {name}"));
            Ok(OpenPaper { id: row.get(0)?, title })
        },
    )
}

/// A file whose text is wanted.
#[derive(Debug, Clone)]
pub struct Unread {
    /// The digest of its content, if that is kept here.
    pub sha256: Option<String>,
    /// Its media type as its source labelled it.
    pub media_type: String,
    /// Where it can be loaded, if it is not kept here.
    pub url: Option<String>,
    /// Whether a copy is to be kept.
    pub keeps_copy: bool,
}

/// A file that waits for its text to be read.
///
/// # Errors
/// What the database reports.
pub fn unread(tx: &mut Tx<'_>, id: i64) -> Result<Option<Unread>, DbError> {
    let site = tx.site()?;
    tx.find(
        sql!(
            "SELECT f.stored_sha256, COALESCE(f.mime_type, ''), COALESCE(f.download_url, f.access_url), \
             (SELECT COUNT(*) FROM council_origin o JOIN council_source s ON s.id = o.source_id \
              WHERE o.site_id = $1 AND o.kind = 'file' AND o.object_id = f.id AND s.file_mode = 'keep') \
             FROM council_file f WHERE f.site_id = $1 AND f.id = $2 AND f.text_state = 'waiting' AND f.state <> 'withdrawn'"
        ),
        &[&site, &id],
        |row| Ok(Unread { sha256: row.get(0)?, media_type: row.get(1)?, url: row.get(2)?, keeps_copy: row.get::<i64>(3)? > 0 }),
    )
}

/// Files that wait for their text and have no job yet, of all sites: site, row and moment of change, oldest first. The key of a
/// job begins with `key`: whoever has one that failed must not stand before those that come after.
///
/// # Errors
/// What the database reports.
pub fn list_unread(tx: &mut Tx<'_>, key: &str, limit: i64) -> Result<Vec<(i64, i64, i64)>, DbError> {
    tx.list(
        sql!(
            "SELECT f.site_id, f.id, f.modified_at FROM council_file f WHERE f.text_state = 'waiting' AND f.state IN ('draft', 'internal', 'public') \
             AND NOT EXISTS (SELECT 1 FROM job j WHERE j.unique_key = CAST($2 AS TEXT) || CAST(f.id AS TEXT) || ':' || CAST(f.modified_at AS TEXT)) \
             ORDER BY f.id LIMIT $1"
        ),
        &[&limit, &key],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}
