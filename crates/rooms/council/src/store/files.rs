//! Files as pages show them: those of a paper or a meeting, one file with its readable text, and what it belongs to.

use super::Named;
use allmende_core::Instant;
use allmende_db::{DbError, Row, Tx, sql};

/// A file in a list.
#[derive(Debug, Clone)]
pub struct FileRow {
    /// Its row.
    pub id: i64,
    /// Its title.
    pub name: Option<String>,
    /// Its name as a file.
    pub file_name: Option<String>,
    /// Its media type.
    pub mime_type: Option<String>,
    /// Its size in bytes.
    pub size_bytes: Option<i64>,
    /// Its day, `YYYY-MM-DD`.
    pub dated_on: Option<String>,
    /// Number of pages.
    pub page_count: Option<i64>,
    /// Whether its text can be read here.
    pub has_text: bool,
    /// What it is to the thing it belongs to: `main`, `auxiliary`, `invitation`, `results`, `verbatim` or `resolution`.
    pub role: String,
    /// The agenda item it belongs to, if it does not belong to the meeting itself.
    pub agenda_item: Option<i64>,
}

fn file(row: &Row<'_>) -> Result<FileRow, DbError> {
    Ok(FileRow {
        id: row.get(0)?,
        name: row.get(1)?,
        file_name: row.get(2)?,
        mime_type: row.get(3)?,
        size_bytes: row.get(4)?,
        dated_on: row.get(5)?,
        page_count: row.get(6)?,
        has_text: row.get::<String>(7)? == "done",
        role: row.get(8)?,
        agenda_item: row.get(9)?,
    })
}

/// The files of a paper, the main one first, at most 400.
///
/// # Errors
/// What the database reports.
pub fn list_of_paper(tx: &mut Tx<'_>, paper: i64) -> Result<Vec<FileRow>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT f.id, f.name, f.file_name, f.mime_type, f.size_bytes, f.dated_on, f.page_count, f.text_state, u.role, u.agenda_item_id \
             FROM council_file_use u JOIN council_file f ON f.id = u.file_id AND f.state = 'public' \
             WHERE u.paper_id = $1 AND +u.site_id = $2 ORDER BY CASE WHEN u.role = 'main' THEN 0 ELSE 1 END, u.position, f.id LIMIT 400"
        ),
        &[&paper, &site],
        file,
    )
}

/// The files of a meeting and of the items on its agenda, at most 600.
///
/// # Errors
/// What the database reports.
pub fn list_of_meeting(tx: &mut Tx<'_>, meeting: i64) -> Result<Vec<FileRow>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT f.id, f.name, f.file_name, f.mime_type, f.size_bytes, f.dated_on, f.page_count, f.text_state, u.role, CAST(NULL AS BIGINT), u.position \
             FROM council_file_use u JOIN council_file f ON f.id = u.file_id AND f.state = 'public' WHERE u.meeting_id = $1 AND +u.site_id = $2 \
             UNION ALL \
             SELECT f.id, f.name, f.file_name, f.mime_type, f.size_bytes, f.dated_on, f.page_count, f.text_state, u.role, a.id, u.position \
             FROM council_agenda_item a JOIN council_file_use u ON u.agenda_item_id = a.id \
             JOIN council_file f ON f.id = u.file_id AND f.state = 'public' WHERE a.meeting_id = $1 AND +a.site_id = $2 AND a.state = 'public' \
             ORDER BY 10, 11, 1 LIMIT 600"
        ),
        &[&meeting, &site],
        file,
    )
}

/// A file with what its own page needs.
#[derive(Debug, Clone)]
pub struct File {
    /// As in lists; role is `main`.
    pub row: FileRow,
    /// Its state: see the schema.
    pub state: String,
    /// Where the original can be read.
    pub access_url: Option<String>,
    /// Where the original can be loaded.
    pub download_url: Option<String>,
    /// Whether a copy is kept here, by its digest.
    pub stored_sha256: Option<String>,
    /// `none`, `waiting`, `done` or `failed`.
    pub text_state: String,
    /// Why there is no text: a key of the reading child.
    pub text_problem: Option<String>,
    /// The pages of the text, a JSON array of texts.
    pub pages: Option<String>,
    /// When the text was read.
    pub read_at: Option<Instant>,
    /// Its licence.
    pub license: Option<String>,
}

/// A file whatever its state.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<File>, DbError> {
    let site = tx.site()?;
    tx.find(
        sql!(
            "SELECT f.id, f.name, f.file_name, f.mime_type, f.size_bytes, f.dated_on, f.page_count, f.text_state, 'main', CAST(NULL AS BIGINT), \
             f.state, f.access_url, f.download_url, f.stored_sha256, f.text_problem, t.pages, t.read_at, COALESCE(f.file_license, f.license) \
             FROM council_file f LEFT JOIN council_file_text t ON t.file_id = f.id WHERE f.site_id = $1 AND f.id = $2"
        ),
        &[&site, &id],
        |row| {
            Ok(File {
                row: file(row)?,
                state: row.get(10)?,
                access_url: row.get(11)?,
                download_url: row.get(12)?,
                stored_sha256: row.get(13)?,
                text_state: row.get(7)?,
                text_problem: row.get(14)?,
                pages: row.get(15)?,
                read_at: row.get(16)?,
                license: row.get(17)?,
            })
        },
    )
}

/// A thing that a file belongs to.
#[derive(Debug, Clone)]
pub enum Owner {
    /// A paper, by its title.
    Paper(Named),
    /// A meeting, by its name, and when it begins.
    Meeting(Named, Option<Instant>),
}

/// The public things a file belongs to, at most 20.
///
/// # Errors
/// What the database reports.
pub fn owners(tx: &mut Tx<'_>, file: i64) -> Result<Vec<Owner>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT 0, p.id, COALESCE(p.name, p.reference, ''), CAST(NULL AS BIGINT) FROM council_file_use u \
               JOIN council_paper p ON p.id = u.paper_id AND p.state = 'public' WHERE u.file_id = $1 AND +u.site_id = $2 \
             UNION SELECT 1, m.id, COALESCE(m.name, ''), m.starts_at FROM council_file_use u \
               LEFT JOIN council_agenda_item a ON a.id = u.agenda_item_id AND a.state = 'public' \
               JOIN council_meeting m ON m.id = COALESCE(u.meeting_id, a.meeting_id) AND m.state = 'public' WHERE u.file_id = $1 AND +u.site_id = $2 \
             ORDER BY 1, 4, 2 LIMIT 20"
        ),
        &[&file, &site],
        |row| {
            let owner = Named { id: row.get(1)?, name: row.get(2)? };
            Ok(if row.get::<i64>(0)? == 0 { Owner::Paper(owner) } else { Owner::Meeting(owner, row.get(3)?) })
        },
    )
}
