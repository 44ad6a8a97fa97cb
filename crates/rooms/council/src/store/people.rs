//! People with a mandate, as pages show them. No phone number, no address and no mail address leaves through here.

use super::Named;
use allmende_db::{DbError, Tx, sql};

/// A person in the list.
#[derive(Debug, Clone)]
pub struct PersonRow {
    /// Its row.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The key the list is sorted by.
    pub sort_key: String,
    /// One organization the person sits in today, with the part played there.
    pub current: Option<Named>,
    /// In how many organizations the person sits today.
    pub memberships: i64,
}

/// People in the order of their names: those who sit somewhere today, or those who no longer do. After a key (exclusive).
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, is_current: bool, after: (&str, i64), today: &str, limit: i64) -> Result<Vec<PersonRow>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT h.id, h.name, h.sort_key, \
             (SELECT MIN(o.id) FROM council_membership s JOIN council_organization o ON o.id = s.organization_id AND o.state = 'public' \
              WHERE s.person_id = h.id AND s.state = 'public' AND (s.starts_on IS NULL OR s.starts_on <= $4) AND (s.ends_on IS NULL OR s.ends_on >= $4) \
              AND o.sort_key = (SELECT MIN(x.sort_key) FROM council_membership y JOIN council_organization x ON x.id = y.organization_id AND x.state = 'public' \
                WHERE y.person_id = h.id AND y.state = 'public' AND (y.starts_on IS NULL OR y.starts_on <= $4) AND (y.ends_on IS NULL OR y.ends_on >= $4))), \
             (SELECT MIN(o.name) FROM council_membership s JOIN council_organization o ON o.id = s.organization_id AND o.state = 'public' \
              WHERE s.person_id = h.id AND s.state = 'public' AND (s.starts_on IS NULL OR s.starts_on <= $4) AND (s.ends_on IS NULL OR s.ends_on >= $4) \
              AND o.sort_key = (SELECT MIN(x.sort_key) FROM council_membership y JOIN council_organization x ON x.id = y.organization_id AND x.state = 'public' \
                WHERE y.person_id = h.id AND y.state = 'public' AND (y.starts_on IS NULL OR y.starts_on <= $4) AND (y.ends_on IS NULL OR y.ends_on >= $4))), \
             (SELECT CAST(COUNT(DISTINCT s.organization_id) AS BIGINT) FROM council_membership s JOIN council_organization o ON o.id = s.organization_id \
              AND o.state = 'public' WHERE s.person_id = h.id AND s.state = 'public' \
              AND (s.starts_on IS NULL OR s.starts_on <= $4) AND (s.ends_on IS NULL OR s.ends_on >= $4)) \
             FROM council_person h WHERE h.site_id = $1 AND h.state = 'public' AND h.name <> '' AND (h.sort_key, h.id) > ($2, $3) \
             AND CAST(CASE WHEN EXISTS (SELECT 1 FROM council_membership s WHERE s.person_id = h.id AND s.state = 'public' \
                AND (s.starts_on IS NULL OR s.starts_on <= $4) AND (s.ends_on IS NULL OR s.ends_on >= $4)) THEN 1 ELSE 0 END AS BIGINT) = $6 \
             ORDER BY h.sort_key, h.id LIMIT $5"
        ),
        &[&site, &after.0, &after.1, &today, &limit, &i64::from(is_current)],
        |row| Ok(PersonRow { id: row.get(0)?, name: row.get(1)?, sort_key: row.get(2)?, current: super::named(row, 3)?, memberships: row.get(5)? }),
    )
}

/// A person with what the own page needs.
#[derive(Debug, Clone)]
pub struct Person {
    /// The row.
    pub id: i64,
    /// The name.
    pub name: String,
    /// Its state: see the schema.
    pub state: String,
    /// What the municipality tells about the person.
    pub life: Option<String>,
    /// Where that comes from.
    pub life_source: Option<String>,
}

/// A person whatever the state.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Person>, DbError> {
    let site = tx.site()?;
    tx.find(sql!("SELECT id, name, state, life, life_source FROM council_person WHERE site_id = $1 AND id = $2"), &[&site, &id], |row| {
        Ok(Person { id: row.get(0)?, name: row.get(1)?, state: row.get(2)?, life: row.get(3)?, life_source: row.get(4)? })
    })
}

/// Papers that a person brought in, newest first, at most `limit`.
///
/// # Errors
/// What the database reports.
pub fn list_brought_in(tx: &mut Tx<'_>, person: i64, limit: i64) -> Result<Vec<super::papers::PaperRow>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT p.id, p.name, p.reference, p.kind, p.dated_on FROM council_paper p WHERE +p.site_id = $2 AND p.state = 'public' \
             AND p.id IN (SELECT g.paper_id FROM council_paper_originator g WHERE g.person_id = $1 AND +g.site_id = $2) \
             ORDER BY COALESCE(p.dated_on, '') DESC, p.id DESC LIMIT $3"
        ),
        &[&person, &site, &limit],
        |row| Ok(super::papers::PaperRow { id: row.get(0)?, name: row.get(1)?, reference: row.get(2)?, kind: row.get(3)?, dated_on: row.get(4)? }),
    )
}
