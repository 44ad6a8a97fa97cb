//! Places that papers are about or meetings are held at, and where the objects of an old council system went.

use allmende_db::{DbError, Tx, sql};

/// A place in the list.
#[derive(Debug, Clone)]
pub struct PlaceRow {
    /// Its row.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// The district it lies in.
    pub sub_locality: Option<String>,
    /// Papers about it.
    pub papers: i64,
    /// Meetings held there.
    pub meetings: i64,
}

/// Places that a public paper is about or a public meeting was held at, most papers first, at most `limit`.
/// Some council systems give each meeting a place of its own: rows of one name are one place, by the lowest of them.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<PlaceRow>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT MIN(id), name, MIN(sub_locality), CAST(SUM(papers) AS BIGINT), CAST(SUM(meetings) AS BIGINT) FROM ( \
               SELECT l.id AS id, COALESCE(l.description, l.street_address, l.sub_locality, l.locality) AS name, l.sub_locality AS sub_locality, \
               (SELECT COUNT(*) FROM council_paper_location k JOIN council_paper p ON p.id = k.paper_id AND p.state = 'public' WHERE k.location_id = l.id) AS papers, \
               (SELECT COUNT(*) FROM council_meeting m WHERE m.location_id = l.id AND m.state = 'public') AS meetings \
               FROM council_location l WHERE l.site_id = $1 AND l.state = 'public') AS places \
             WHERE name IS NOT NULL AND name <> '' AND papers + meetings > 0 GROUP BY name ORDER BY 4 DESC, 5 DESC, 2 LIMIT $2"
        ),
        &[&site, &limit],
        |row| Ok(PlaceRow { id: row.get(0)?, name: row.get(1)?, sub_locality: row.get(2)?, papers: row.get(3)?, meetings: row.get(4)? }),
    )
}

/// A place with what its own page needs.
#[derive(Debug, Clone)]
pub struct Place {
    /// Its row.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// Its state: see the schema.
    pub state: String,
    /// Street and number.
    pub street_address: Option<String>,
    /// The room.
    pub room: Option<String>,
    /// The postal code.
    pub postal_code: Option<String>,
    /// The district.
    pub sub_locality: Option<String>,
    /// The municipality.
    pub locality: Option<String>,
}

/// A place whatever its state.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Place>, DbError> {
    let site = tx.site()?;
    tx.find(
        sql!(
            "SELECT id, COALESCE(description, street_address, sub_locality, locality, ''), state, street_address, room, postal_code, sub_locality, locality \
             FROM council_location WHERE site_id = $1 AND id = $2"
        ),
        &[&site, &id],
        |row| {
            Ok(Place {
                id: row.get(0)?,
                name: row.get(1)?,
                state: row.get(2)?,
                street_address: row.get(3)?,
                room: row.get(4)?,
                postal_code: row.get(5)?,
                sub_locality: row.get(6)?,
                locality: row.get(7)?,
            })
        },
    )
}

/// Where the object of an old address went: its kind and row.
///
/// # Errors
/// What the database reports.
pub fn find_origin(tx: &mut Tx<'_>, url: &str) -> Result<Option<(String, i64)>, DbError> {
    let site = tx.site()?;
    tx.find(sql!("SELECT kind, object_id FROM council_origin WHERE site_id = $1 AND url = $2"), &[&site, &url], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// The page that an object without a page of its own stands on: the meeting and position of an agenda item, or the paper of
/// a consultation.
///
/// # Errors
/// What the database reports.
pub fn find_host(tx: &mut Tx<'_>, kind: &str, id: i64) -> Result<Option<(String, i64, i64)>, DbError> {
    let site = tx.site()?;
    tx.find(
        sql!(
            "SELECT 'meeting', a.meeting_id, a.position FROM council_agenda_item a WHERE a.site_id = $1 AND a.id = $2 AND $3 = 'agenda_item' AND a.state = 'public' AND a.meeting_id IS NOT NULL \
             UNION ALL SELECT 'paper', c.paper_id, 0 FROM council_consultation c WHERE c.site_id = $1 AND c.id = $2 AND $3 = 'consultation' AND c.state = 'public' AND c.paper_id IS NOT NULL \
             UNION ALL SELECT 'person', s.person_id, 0 FROM council_membership s WHERE s.site_id = $1 AND s.id = $2 AND $3 = 'membership' AND s.state = 'public' AND s.person_id IS NOT NULL"
        ),
        &[&site, &id, &kind],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}
