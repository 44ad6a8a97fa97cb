//! Committees, groups and offices as pages show them, and the terms of the council.

use super::Named;
use allmende_core::Language;
use allmende_db::{DbError, Tx, sql};

/// An organization in the list.
#[derive(Debug, Clone)]
pub struct OrganizationRow {
    /// Its row.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its short name.
    pub short_name: Option<String>,
    /// What it is, in the council's own words.
    pub kind: Option<String>,
    /// What it is called there.
    pub classification: Option<String>,
    /// Since when, `YYYY-MM-DD`.
    pub starts_on: Option<String>,
    /// Until when, `YYYY-MM-DD`.
    pub ends_on: Option<String>,
    /// Members today.
    pub members: i64,
}

/// All public organizations in the order of their names, with the number of their members on a day. At most 1,000.
///
/// # Errors
/// What the database reports.
pub fn list(tx: &mut Tx<'_>, today: &str) -> Result<Vec<OrganizationRow>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT o.id, o.name, o.short_name, o.kind, o.classification, o.starts_on, o.ends_on, \
             (SELECT CAST(COUNT(DISTINCT s.person_id) AS BIGINT) FROM council_membership s WHERE s.organization_id = o.id AND s.state = 'public' \
              AND (s.starts_on IS NULL OR s.starts_on <= $2) AND (s.ends_on IS NULL OR s.ends_on >= $2)) \
             FROM council_organization o WHERE o.site_id = $1 AND o.state = 'public' AND o.name <> '' ORDER BY o.sort_key, o.id LIMIT 1000"
        ),
        &[&site, &today],
        |row| {
            Ok(OrganizationRow {
                id: row.get(0)?,
                name: row.get(1)?,
                short_name: row.get(2)?,
                kind: row.get(3)?,
                classification: row.get(4)?,
                starts_on: row.get(5)?,
                ends_on: row.get(6)?,
                members: row.get(7)?,
            })
        },
    )
}

/// An organization with what its own page needs.
#[derive(Debug, Clone)]
pub struct Organization {
    /// As in the list; `members` is 0.
    pub row: OrganizationRow,
    /// Its name in the language asked for.
    pub name_in: Option<String>,
    /// Its state: see the schema.
    pub state: String,
    /// Its own page elsewhere.
    pub website: Option<String>,
    /// The organization it belongs to.
    pub parent: Option<Named>,
}

/// An organization whatever its state.
///
/// # Errors
/// What the database reports.
pub fn find(tx: &mut Tx<'_>, id: i64, language: Language) -> Result<Option<Organization>, DbError> {
    let site = tx.site()?;
    tx.find(
        sql!(
            "SELECT o.id, o.name, o.short_name, o.kind, o.classification, o.starts_on, o.ends_on, o.state, o.website, u.id, u.name, n.text \
             FROM council_organization o LEFT JOIN council_organization u ON u.id = o.parent_id AND u.state = 'public' \
             LEFT JOIN council_text n ON n.site_id = o.site_id AND n.kind = 'organization' AND n.object_id = o.id AND n.field = 'name' AND n.language = $3 \
             WHERE o.site_id = $1 AND o.id = $2"
        ),
        &[&site, &id, &language],
        |row| {
            Ok(Organization {
                row: OrganizationRow {
                    id: row.get(0)?,
                    name: row.get(1)?,
                    short_name: row.get(2)?,
                    kind: row.get(3)?,
                    classification: row.get(4)?,
                    starts_on: row.get(5)?,
                    ends_on: row.get(6)?,
                    members: 0,
                },
                state: row.get(7)?,
                website: row.get(8)?,
                parent: super::named(row, 9)?,
                name_in: row.get(11)?,
            })
        },
    )
}

/// A membership: who, where, as what, from when to when.
#[derive(Debug, Clone)]
pub struct MembershipRow {
    /// The person.
    pub person: Named,
    /// The organization.
    pub organization: Named,
    /// What the organization is, in the council's own words.
    pub kind: Option<String>,
    /// The part the person plays there.
    pub role: Option<String>,
    /// Whether the person may vote.
    pub voting_right: Option<bool>,
    /// First day, `YYYY-MM-DD`.
    pub starts_on: Option<String>,
    /// Last day, `YYYY-MM-DD`.
    pub ends_on: Option<String>,
    /// For whom the person sits there.
    pub on_behalf_of: Option<Named>,
}

macro_rules! memberships {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT h.id, h.name, o.id, o.name, o.kind, s.role, s.voting_right, s.starts_on, s.ends_on, b.id, b.name FROM council_membership s \
             JOIN council_person h ON h.id = s.person_id AND h.state = 'public' \
             JOIN council_organization o ON o.id = s.organization_id AND o.state = 'public' \
             LEFT JOIN council_organization b ON b.id = s.on_behalf_of_id AND b.state = 'public' ",
            $rest
        ))
    };
}

fn membership(row: &allmende_db::Row<'_>) -> Result<MembershipRow, DbError> {
    Ok(MembershipRow {
        person: Named { id: row.get(0)?, name: row.get(1)? },
        organization: Named { id: row.get(2)?, name: row.get(3)? },
        kind: row.get(4)?,
        role: row.get(5)?,
        voting_right: row.get(6)?,
        starts_on: row.get(7)?,
        ends_on: row.get(8)?,
        on_behalf_of: super::named(row, 9)?,
    })
}

/// All memberships in an organization, by name and then by time, at most 600.
///
/// # Errors
/// What the database reports.
pub fn members(tx: &mut Tx<'_>, organization: i64) -> Result<Vec<MembershipRow>, DbError> {
    let site = tx.site()?;
    tx.list(
        memberships!("WHERE s.organization_id = $1 AND +s.site_id = $2 AND s.state = 'public' ORDER BY h.sort_key, h.id, s.starts_on LIMIT 600"),
        &[&organization, &site],
        membership,
    )
}

/// All memberships of a person, newest first, at most 300.
///
/// # Errors
/// What the database reports.
pub fn memberships_of(tx: &mut Tx<'_>, person: i64) -> Result<Vec<MembershipRow>, DbError> {
    let site = tx.site()?;
    tx.list(
        memberships!(
            "WHERE s.person_id = $1 AND +s.site_id = $2 AND s.state = 'public' \
             ORDER BY CASE WHEN s.ends_on IS NULL THEN 0 ELSE 1 END, s.ends_on DESC, s.starts_on DESC, o.sort_key LIMIT 300"
        ),
        &[&person, &site],
        membership,
    )
}

/// A term of the council.
#[derive(Debug, Clone)]
pub struct TermRow {
    /// Its row.
    pub id: i64,
    /// Its name.
    pub name: Option<String>,
    /// First day, `YYYY-MM-DD`.
    pub starts_on: Option<String>,
    /// Last day, `YYYY-MM-DD`.
    pub ends_on: Option<String>,
    /// Its municipality, where there are several.
    pub body: Option<String>,
}

/// All terms, newest first, at most 200.
///
/// # Errors
/// What the database reports.
pub fn terms(tx: &mut Tx<'_>) -> Result<Vec<TermRow>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT t.id, t.name, t.starts_on, t.ends_on, b.name FROM council_term t \
             LEFT JOIN council_body b ON b.id = t.body_id AND b.state = 'public' WHERE t.site_id = $1 AND t.state = 'public' \
             ORDER BY CASE WHEN t.starts_on IS NULL THEN 1 ELSE 0 END, t.starts_on DESC, t.id DESC LIMIT 200"
        ),
        &[&site],
        |row| Ok(TermRow { id: row.get(0)?, name: row.get(1)?, starts_on: row.get(2)?, ends_on: row.get(3)?, body: row.get(4)? }),
    )
}
