//! Which objects a list page holds: filters, order, count.

use allmende_db::{DbError, Tx, sql};
use allmende_oparl::Kind;

/// What a list is asked for. Instants are milliseconds UTC, both ends inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filter {
    /// Created then or later.
    pub created_since: i64,
    /// Created then or earlier.
    pub created_until: i64,
    /// Modified then or later.
    pub modified_since: i64,
    /// Modified then or earlier.
    pub modified_until: i64,
    /// Also tombstones; only if the client asked with `modified_since`.
    pub withdrawn: bool,
    /// Only those of this body. Files and places belong to the site as a whole.
    pub body_id: Option<i64>,
    /// Only those of this organization; for meetings, consultations and memberships.
    pub organization_id: Option<i64>,
}

impl Default for Filter {
    fn default() -> Self {
        let (first, last) = (i64::MIN, i64::MAX);
        Self { created_since: first, created_until: last, modified_since: first, modified_until: last, withdrawn: false, body_id: None, organization_id: None }
    }
}

/// The condition of a list, once for its page and once for its count. `$8` is the body, `$9` the organization, -1 for all.
macro_rules! listed {
    ($what:literal, $table:literal, $belongs:literal, $end:literal) => {
        sql!(concat!(
            "SELECT ",
            $what,
            " FROM ",
            $table,
            " x WHERE x.site_id = $1 AND x.state IN ('public', $2) AND x.created_at >= $3 AND x.created_at <= $4 \
             AND x.modified_at >= $5 AND x.modified_at <= $6 AND (CAST($7 AS BIGINT) = -1 OR ",
            $belongs,
            ")",
            $end
        ))
    };
    ($table:literal, $belongs:literal) => {
        (listed!("x.id", $table, $belongs, " ORDER BY x.id LIMIT $8 OFFSET $9"), listed!("CAST(COUNT(*) AS BIGINT)", $table, $belongs, ""))
    };
}

/// The two statements of a list and the number that its condition compares with.
fn statements(kind: Kind, filter: &Filter) -> Result<(&'static allmende_db::Statement, &'static allmende_db::Statement, i64), DbError> {
    let body = filter.body_id.unwrap_or(-1);
    let ((page, count), owner) = match (kind, filter.organization_id) {
        (Kind::Meeting, Some(organization)) => (
            listed!("council_meeting", "EXISTS (SELECT 1 FROM council_meeting_organization m WHERE m.meeting_id = x.id AND m.organization_id = $7)"),
            organization,
        ),
        (Kind::Consultation, Some(organization)) => (
            listed!(
                "council_consultation",
                "EXISTS (SELECT 1 FROM council_consultation_organization m WHERE m.consultation_id = x.id AND m.organization_id = $7)"
            ),
            organization,
        ),
        (Kind::Body, _) => (listed!("council_body", "x.id = $7"), body),
        (Kind::LegislativeTerm, _) => (listed!("council_term", "COALESCE(x.body_id, $7) = $7"), body),
        (Kind::Organization, _) => (listed!("council_organization", "COALESCE(x.body_id, $7) = $7"), body),
        (Kind::Person, _) => (listed!("council_person", "COALESCE(x.body_id, $7) = $7"), body),
        (Kind::Meeting, None) => (listed!("council_meeting", "COALESCE(x.body_id, $7) = $7"), body),
        (Kind::Paper, _) => (listed!("council_paper", "COALESCE(x.body_id, $7) = $7"), body),
        (Kind::AgendaItem, _) => {
            (listed!("council_agenda_item", "NOT EXISTS (SELECT 1 FROM council_meeting m WHERE m.id = x.meeting_id AND m.body_id <> $7)"), body)
        }
        (Kind::Consultation, None) => {
            (listed!("council_consultation", "NOT EXISTS (SELECT 1 FROM council_paper p WHERE p.id = x.paper_id AND p.body_id <> $7)"), body)
        }
        (Kind::Membership, _) => {
            (listed!("council_membership", "NOT EXISTS (SELECT 1 FROM council_organization o WHERE o.id = x.organization_id AND o.body_id <> $7)"), body)
        }
        (Kind::File, _) => (listed!("council_file", "$7 = $7"), -1),
        (Kind::Location, _) => (listed!("council_location", "$7 = $7"), -1),
        (Kind::System, _) => return Err(DbError::Unsupported("a list of systems")),
    };
    Ok((page, count, owner))
}

/// The rows of a list page in the list's order, which never changes.
///
/// # Errors
/// What the database reports.
pub fn ids(tx: &mut Tx<'_>, kind: Kind, filter: &Filter, limit: i64, offset: i64) -> Result<Vec<i64>, DbError> {
    let (site, (page, _, owner)) = (tx.site()?, statements(kind, filter)?);
    let state = further(filter);
    tx.list(
        page,
        &[&site, &state, &filter.created_since, &filter.created_until, &filter.modified_since, &filter.modified_until, &owner, &limit, &offset],
        |row| row.get(0),
    )
}

/// How many objects the whole list has.
///
/// # Errors
/// What the database reports.
pub fn count(tx: &mut Tx<'_>, kind: Kind, filter: &Filter) -> Result<i64, DbError> {
    let (site, (_, count, owner)) = (tx.site()?, statements(kind, filter)?);
    let state = further(filter);
    let params: [&dyn allmende_db::Param; 7] =
        [&site, &state, &filter.created_since, &filter.created_until, &filter.modified_since, &filter.modified_until, &owner];
    Ok(tx.find(count, &params, |row| row.get(0))?.unwrap_or(0))
}

const fn further(filter: &Filter) -> &'static str {
    if filter.withdrawn { "withdrawn" } else { "public" }
}
