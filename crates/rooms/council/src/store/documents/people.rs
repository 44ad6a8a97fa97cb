//! Organizations and people for the search. Of people only what their public page shows; no contact detail leaves through here.

use super::{DIMENSION, Places, said, start_of};
use crate::store::nodes;
use allmende_core::Language;
use allmende_db::{DbError, Tx, sql};
use allmende_platform::search::{Document, Source};
use std::collections::HashMap;

/// Organizations.
pub const ORGANIZATIONS: Source = Source { kind: "organization", load: load_organizations, list_after: list_organizations_after };
/// People.
pub const PERSONS: Source = Source { kind: "person", load: load_persons, list_after: list_persons_after };

fn list_organizations_after(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Vec<i64>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!("SELECT o.id FROM council_organization o WHERE o.id > $2 AND +o.site_id = $1 AND o.state = 'public' AND o.name <> '' ORDER BY o.id LIMIT $3"),
        &[&site, &after, &limit],
        |row| row.get(0),
    )
}

fn list_persons_after(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Vec<i64>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!("SELECT h.id FROM council_person h WHERE h.id > $2 AND +h.site_id = $1 AND h.state = 'public' AND h.name <> '' ORDER BY h.id LIMIT $3"),
        &[&site, &after, &limit],
        |row| row.get(0),
    )
}

/// One statement for any number of organizations.
fn load_organizations(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Document>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT o.id, o.name, o.short_name, COALESCE(o.classification, o.kind), o.starts_on, b.name, \
             COALESCE(l.description, l.street_address, l.sub_locality, l.locality), l.sub_locality, l.geojson FROM council_organization o \
             LEFT JOIN council_body b ON b.id = o.body_id AND b.state = 'public' \
             LEFT JOIN council_location l ON l.id = o.location_id AND l.state = 'public' \
             WHERE o.id ANY_OF($1) AND +o.site_id = $2 AND o.state = 'public' AND o.name <> '' ORDER BY o.id"
        ),
        &[&ids, &site],
        |row| {
            let (id, title): (i64, String) = (row.get(0)?, row.get(1)?);
            let short: Option<String> = said(row.get(2)?).filter(|short| *short != title);
            let mut places = Places::default();
            places.read(row, 6)?;
            Ok(Document {
                kind: ORGANIZATIONS.kind,
                object_id: id,
                path: nodes::organization_path(id, &title),
                pages: short.into_iter().collect(),
                committees: vec![title.clone()],
                title,
                language: Language::German,
                type_word: said(row.get(3)?),
                body: said(row.get(5)?),
                places: places.names,
                points: places.points,
                happened_at: start_of(row.get::<Option<String>>(4)?.as_deref()),
                dimension: DIMENSION,
                ..Document::default()
            })
        },
    )
}

/// Two statements for any number of people, and one for the clock.
fn load_persons(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Document>, DbError> {
    let (site, today) = (tx.site()?, tx.now()?.timestamp().to_zoned(jiff::tz::TimeZone::UTC).date().to_string());
    let mut seats: HashMap<i64, Vec<(String, String, bool)>> = HashMap::new();
    tx.each(
        sql!(
            "SELECT s.person_id, o.name, COALESCE(s.role, ''), CASE WHEN (s.starts_on IS NULL OR s.starts_on <= $3) AND (s.ends_on IS NULL OR s.ends_on >= $3) \
             THEN 1 ELSE 0 END FROM council_membership s JOIN council_organization o ON o.id = s.organization_id AND o.state = 'public' \
             WHERE s.person_id ANY_OF($1) AND +s.site_id = $2 AND s.state = 'public' ORDER BY s.person_id, 4 DESC, o.sort_key, s.id"
        ),
        &[&ids, &site, &today],
        |row| {
            seats.entry(row.get(0)?).or_default().push((row.get(1)?, row.get(2)?, row.get::<i64>(3)? == 1));
            Ok(())
        },
    )?;
    tx.list(
        sql!(
            "SELECT h.id, h.name, h.life, b.name FROM council_person h LEFT JOIN council_body b ON b.id = h.body_id AND b.state = 'public' \
             WHERE h.id ANY_OF($1) AND +h.site_id = $2 AND h.state = 'public' AND h.name <> '' ORDER BY h.id"
        ),
        &[&ids, &site],
        |row| {
            let (id, title): (i64, String) = (row.get(0)?, row.get(1)?);
            let seats = seats.remove(&id).unwrap_or_default();
            let lines: Vec<String> =
                seats.iter().map(|(organization, role, _)| if role.is_empty() { organization.clone() } else { format!("{organization}: {role}") }).collect();
            let current = seats.into_iter().filter(|(_, _, is_current)| *is_current).map(|(organization, _, _)| organization);
            Ok(Document {
                kind: PERSONS.kind,
                object_id: id,
                path: nodes::person_path(id, &title),
                title,
                summary: said(row.get(2)?),
                pages: if lines.is_empty() { Vec::new() } else { vec![lines.join("\n")] },
                language: Language::German,
                body: said(row.get(3)?),
                committees: super::once(current),
                dimension: DIMENSION,
                ..Document::default()
            })
        },
    )
}
