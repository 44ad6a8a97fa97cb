//! Organizations, persons and memberships.

use super::{Grouped, Loading, OWN, addresses, common, day_at, group, pair, places, shared, shown, texts};
use allmende_db::{DbError, Row, Tx, sql};
use allmende_oparl::{Embedded, Kind, Membership, Organization, Person};

/// Organizations by row, with their place and the addresses of their memberships.
///
/// # Errors
/// What the database reports.
pub fn organizations(tx: &mut Tx<'_>, loading: &Loading<'_>, ids: &[i64]) -> Result<Vec<Organization>, DbError> {
    let (site, further) = (tx.site()?, loading.further_state());
    let rows = tx.list(
        sql!(concat!(
            "SELECT ",
            shared!("x", "organization"),
            ", x.name, x.short_name, x.kind, x.classification, x.posts, ",
            shown!("council_organization", "x.parent_id"),
            ", x.starts_on, x.ends_on, x.website, ",
            shown!("council_location", "x.location_id"),
            ", x.external_body, x.member_count, x.voting_member_count, ",
            shown!("council_body", "x.body_id"),
            " FROM council_organization x WHERE x.site_id = $1 AND x.id ANY_OF($2) AND x.state IN ('public', 'withdrawn') ORDER BY x.id"
        )),
        &[&site, &ids, &further],
        |row| {
            let name: String = row.get(OWN)?;
            let organization = Organization {
                common: common(row, loading, Kind::Organization, &name)?,
                name: Some(name),
                short_name: row.get(OWN + 1)?,
                organization_type: row.get(OWN + 2)?,
                classification: row.get(OWN + 3)?,
                post: texts(row.get(OWN + 4)?),
                sub_organization_of: loading.reference(Kind::Organization, row.get(OWN + 5)?),
                start_date: day_at(row, OWN + 6)?,
                end_date: day_at(row, OWN + 7)?,
                website: row.get(OWN + 8)?,
                external_body: row.get(OWN + 10)?,
                member_count: row.get(OWN + 11)?,
                voting_member_count: row.get(OWN + 12)?,
                body: loading.reference(Kind::Body, row.get(OWN + 13)?),
                ..Organization::default()
            };
            Ok((row.get::<i64>(0)?, row.get::<Option<i64>>(OWN + 9)?, organization))
        },
    )?;
    let members = tx.list(
        sql!(
            "SELECT m.organization_id, m.id FROM council_membership m WHERE m.site_id = $1 AND m.organization_id ANY_OF($2) \
             AND (m.state = 'public' OR m.state = $3) ORDER BY m.organization_id, m.id"
        ),
        &[&site, &ids, &further],
        pair,
    )?;
    let mut members = addresses(members, loading, Kind::Membership);
    let mut places = places::by_row(tx, loading, rows.iter().filter_map(|(_, place, _)| *place))?;
    Ok(rows
        .into_iter()
        .map(|(id, place, mut organization)| {
            organization.membership = members.remove(&id).unwrap_or_default();
            organization.location = place.and_then(|place| places.take(place));
            organization
        })
        .collect())
}

/// Persons by row, with their memberships.
///
/// # Errors
/// What the database reports.
pub fn persons(tx: &mut Tx<'_>, loading: &Loading<'_>, ids: &[i64]) -> Result<Vec<Person>, DbError> {
    let (site, further) = (tx.site()?, loading.further_state());
    let rows = tx.list(
        sql!(concat!(
            "SELECT ",
            shared!("x", "person"),
            ", x.name, x.family_name, x.given_name, x.form_of_address, x.affix, x.titles, x.gender, x.phones, x.emails, ",
            shown!("council_location", "x.location_id"),
            ", x.statuses, ",
            shown!("council_file", "x.image_file_id"),
            ", x.life, x.life_source, ",
            shown!("council_body", "x.body_id"),
            " FROM council_person x WHERE x.site_id = $1 AND x.id ANY_OF($2) AND x.state IN ('public', 'withdrawn') ORDER BY x.id"
        )),
        &[&site, &ids, &further],
        |row| {
            let name: String = row.get(OWN)?;
            let person = Person {
                common: common(row, loading, Kind::Person, &name)?,
                name: Some(name),
                family_name: row.get(OWN + 1)?,
                given_name: row.get(OWN + 2)?,
                form_of_address: row.get(OWN + 3)?,
                affix: row.get(OWN + 4)?,
                title: texts(row.get(OWN + 5)?),
                gender: row.get(OWN + 6)?,
                phone: texts(row.get(OWN + 7)?),
                email: texts(row.get(OWN + 8)?),
                location: loading.reference(Kind::Location, row.get(OWN + 9)?),
                status: texts(row.get(OWN + 10)?),
                life: row.get(OWN + 12)?,
                life_source: row.get(OWN + 13)?,
                body: loading.reference(Kind::Body, row.get(OWN + 14)?),
                ..Person::default()
            };
            Ok((row.get::<i64>(0)?, row.get::<Option<i64>>(OWN + 11)?, person))
        },
    )?;
    let mut memberships: Grouped<Membership> = group(memberships_where(tx, loading, Chosen::Persons, ids)?);
    let mut images = places::embedded_files(tx, loading, rows.iter().filter_map(|(_, image, _)| *image))?;
    Ok(rows
        .into_iter()
        .map(|(id, image, mut person)| {
            person.membership = memberships.remove(&id).unwrap_or_default().into_iter().map(Embedded::new).collect();
            person.image = image.and_then(|image| images.take(image));
            person
        })
        .collect())
}

/// Memberships by row.
///
/// # Errors
/// What the database reports.
pub fn memberships(tx: &mut Tx<'_>, loading: &Loading<'_>, ids: &[i64]) -> Result<Vec<Membership>, DbError> {
    Ok(memberships_where(tx, loading, Chosen::Rows, ids)?.into_iter().map(|(_, membership)| membership).collect())
}

enum Chosen {
    Rows,
    Persons,
}

macro_rules! membership_columns {
    ($where:literal) => {
        sql!(concat!(
            "SELECT ",
            shared!("x", "membership"),
            ", x.role, x.voting_right, x.starts_on, x.ends_on, ",
            shown!("council_person", "x.person_id"),
            ", ",
            shown!("council_organization", "x.organization_id"),
            ", ",
            shown!("council_organization", "x.on_behalf_of_id"),
            ", x.person_id FROM council_membership x WHERE x.site_id = $1 AND ",
            $where
        ))
    };
}

/// Memberships with the person they belong to.
fn memberships_where(tx: &mut Tx<'_>, loading: &Loading<'_>, chosen: Chosen, ids: &[i64]) -> Result<Vec<(i64, Membership)>, DbError> {
    let (site, further) = (tx.site()?, loading.further_state());
    let statement = match chosen {
        Chosen::Rows => membership_columns!("x.id ANY_OF($2) AND x.state IN ('public', 'withdrawn') ORDER BY x.id"),
        Chosen::Persons => membership_columns!("x.person_id ANY_OF($2) AND x.state = 'public' ORDER BY x.person_id, x.id"),
    };
    tx.list(statement, &[&site, &ids, &further], |row: &Row<'_>| {
        let membership = Membership {
            common: common(row, loading, Kind::Membership, "")?,
            role: row.get(OWN)?,
            voting_right: row.get(OWN + 1)?,
            start_date: day_at(row, OWN + 2)?,
            end_date: day_at(row, OWN + 3)?,
            person: loading.reference(Kind::Person, row.get(OWN + 4)?),
            organization: loading.reference(Kind::Organization, row.get(OWN + 5)?),
            on_behalf_of: loading.reference(Kind::Organization, row.get(OWN + 6)?),
        };
        Ok((row.get::<Option<i64>>(OWN + 7)?.unwrap_or(0), membership))
    })
}
