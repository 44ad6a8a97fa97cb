//! Bodies, terms, files and locations.

use super::{Grouped, Loading, OWN, addresses, common, day_at, group, pair, shared, shown, texts};
use allmende_db::{DbError, Row, Tx, sql};
use allmende_oparl::{Body, Embedded, File, Kind, LegislativeTerm, Location};
use std::collections::HashMap;

/// Objects that others embed, by row. A place can stand in several.
pub(super) struct ByRow<T>(HashMap<i64, T>);

impl<T: allmende_oparl::Entity + Clone> ByRow<T> {
    pub(super) fn take(&mut self, id: i64) -> Option<Embedded<T>> {
        self.0.get(&id).cloned().map(Embedded::new)
    }
}

/// Places to be embedded.
pub(super) fn by_row(tx: &mut Tx<'_>, loading: &Loading<'_>, ids: impl Iterator<Item = i64>) -> Result<ByRow<Location>, DbError> {
    let ids: Vec<i64> = ids.collect();
    if ids.is_empty() {
        return Ok(ByRow(HashMap::new()));
    }
    Ok(ByRow(plain_locations(tx, loading, &ids)?.into_iter().collect()))
}

/// Files to be embedded, without the list of those who use them.
pub(super) fn embedded_files(tx: &mut Tx<'_>, loading: &Loading<'_>, ids: impl Iterator<Item = i64>) -> Result<ByRow<File>, DbError> {
    let ids: Vec<i64> = ids.collect();
    if ids.is_empty() {
        return Ok(ByRow(HashMap::new()));
    }
    Ok(ByRow(plain_files(tx, loading, &ids)?.into_iter().collect()))
}

/// Locations by row, with those that are there.
///
/// # Errors
/// What the database reports.
pub fn locations(tx: &mut Tx<'_>, loading: &Loading<'_>, ids: &[i64]) -> Result<Vec<Location>, DbError> {
    let site = tx.site()?;
    let mut meetings = addresses(
        tx.list(
            sql!("SELECT location_id, id FROM council_meeting WHERE site_id = $1 AND location_id ANY_OF($2) AND state = 'public' ORDER BY location_id, id"),
            &[&site, &ids],
            pair,
        )?,
        loading,
        Kind::Meeting,
    );
    let mut papers = addresses(
        tx.list(
            sql!(
                "SELECT l.location_id, p.id FROM council_paper_location l JOIN council_paper p ON p.id = l.paper_id \
                 WHERE l.site_id = $1 AND l.location_id ANY_OF($2) AND p.state = 'public' ORDER BY l.location_id, p.id"
            ),
            &[&site, &ids],
            pair,
        )?,
        loading,
        Kind::Paper,
    );
    let rows = plain_locations(tx, loading, ids)?;
    Ok(rows
        .into_iter()
        .map(|(id, mut location)| {
            location.meetings = meetings.remove(&id).unwrap_or_default();
            location.papers = papers.remove(&id).unwrap_or_default();
            location
        })
        .collect())
}

fn plain_locations(tx: &mut Tx<'_>, loading: &Loading<'_>, ids: &[i64]) -> Result<Vec<(i64, Location)>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(concat!(
            "SELECT ",
            shared!("x", "location"),
            ", x.description, x.geojson, x.street_address, x.room, x.postal_code, x.sub_locality, x.locality",
            " FROM council_location x WHERE x.site_id = $1 AND x.id ANY_OF($2) AND x.state IN ('public', 'withdrawn') ORDER BY x.id"
        )),
        &[&site, &ids],
        |row| {
            let description: Option<String> = row.get(OWN)?;
            let location = Location {
                common: common(row, loading, Kind::Location, description.as_deref().unwrap_or_default())?,
                description,
                geojson: row.get::<Option<String>>(OWN + 1)?.and_then(|text| serde_json::from_str(&text).ok()),
                street_address: row.get(OWN + 2)?,
                room: row.get(OWN + 3)?,
                postal_code: row.get(OWN + 4)?,
                sub_locality: row.get(OWN + 5)?,
                locality: row.get(OWN + 6)?,
                ..Location::default()
            };
            Ok((row.get(0)?, location))
        },
    )
}

/// Files by row, with the papers, meetings and agenda items that have them.
///
/// # Errors
/// What the database reports.
pub fn files(tx: &mut Tx<'_>, loading: &Loading<'_>, ids: &[i64]) -> Result<Vec<File>, DbError> {
    let (site, further) = (tx.site()?, loading.further_state());
    let mut uses: Grouped<(Option<i64>, Option<i64>, Option<i64>)> = group(tx.list(
        sql!(concat!(
            "SELECT u.file_id, ",
            shown!("council_paper", "u.paper_id"),
            ", ",
            shown!("council_meeting", "u.meeting_id"),
            ", ",
            shown!("council_agenda_item", "u.agenda_item_id"),
            " FROM council_file_use u WHERE u.site_id = $1 AND u.file_id ANY_OF($2)",
            " ORDER BY u.file_id, u.paper_id, u.meeting_id, u.agenda_item_id"
        )),
        &[&site, &ids, &further],
        |row: &Row<'_>| Ok((row.get(0)?, (row.get(1)?, row.get(2)?, row.get(3)?))),
    )?);
    let mut derived = addresses(
        tx.list(
            sql!(
                "SELECT master_file_id, id FROM council_file WHERE site_id = $1 AND master_file_id ANY_OF($2) AND state = 'public' ORDER BY master_file_id, id"
            ),
            &[&site, &ids],
            pair,
        )?,
        loading,
        Kind::File,
    );
    let rows = plain_files(tx, loading, ids)?;
    Ok(rows
        .into_iter()
        .map(|(id, mut file)| {
            for (paper, meeting, item) in uses.remove(&id).unwrap_or_default() {
                file.paper.extend(loading.reference(Kind::Paper, paper));
                file.meeting.extend(loading.reference(Kind::Meeting, meeting));
                file.agenda_item.extend(loading.reference(Kind::AgendaItem, item));
            }
            file.derivative_file = derived.remove(&id).unwrap_or_default();
            file
        })
        .collect())
}

fn plain_files(tx: &mut Tx<'_>, loading: &Loading<'_>, ids: &[i64]) -> Result<Vec<(i64, File)>, DbError> {
    let (site, further) = (tx.site()?, loading.further_state());
    tx.list(
        sql!(concat!(
            "SELECT ",
            shared!("x", "file"),
            ", x.name, x.file_name, x.mime_type, x.dated_on, x.size_bytes, x.sha1, x.sha512, x.access_url, x.download_url, ",
            "x.external_service_url, ",
            shown!("council_file", "x.master_file_id"),
            ", x.file_license, x.origin_text, x.stored_sha256",
            " FROM council_file x WHERE x.site_id = $1 AND x.id ANY_OF($2) AND x.state IN ('public', 'withdrawn') ORDER BY x.id"
        )),
        &[&site, &ids, &further],
        |row| {
            let (id, name, file_name): (i64, Option<String>, Option<String>) = (row.get(0)?, row.get(OWN)?, row.get(OWN + 1)?);
            let kept = row.get::<Option<String>>(OWN + 13)?.is_some();
            let own = |there: Option<String>| there.or_else(|| kept.then(|| (loading.kept_file)(id, file_name.as_deref().unwrap_or_default())));
            let file = File {
                common: common(row, loading, Kind::File, name.as_deref().unwrap_or_default())?,
                mime_type: row.get(OWN + 2)?,
                date: day_at(row, OWN + 3)?,
                size: row.get(OWN + 4)?,
                sha1_checksum: row.get(OWN + 5)?,
                sha512_checksum: row.get(OWN + 6)?,
                access_url: own(row.get(OWN + 7)?),
                download_url: row.get(OWN + 8)?,
                external_service_url: row.get(OWN + 9)?,
                master_file: loading.reference(Kind::File, row.get(OWN + 10)?),
                file_license: row.get(OWN + 11)?,
                text: row.get(OWN + 12)?,
                name,
                file_name,
                ..File::default()
            };
            Ok((id, file))
        },
    )
}

/// Bodies by row, with their terms and place. The addresses of their lists are the interface's business.
///
/// # Errors
/// What the database reports.
pub fn bodies(tx: &mut Tx<'_>, loading: &Loading<'_>, ids: &[i64]) -> Result<Vec<Body>, DbError> {
    let (site, further) = (tx.site()?, loading.further_state());
    let rows = tx.list(
        sql!(concat!(
            "SELECT ",
            shared!("x", "body"),
            ", x.name, x.short_name, x.website, x.license_valid_since, x.oparl_since, x.ags, x.rgs, x.equivalents, ",
            "x.contact_email, x.contact_name, x.classification, ",
            shown!("council_location", "x.location_id"),
            ", ",
            shown!("council_organization", "x.main_organization_id"),
            " FROM council_body x WHERE x.site_id = $1 AND x.id ANY_OF($2) AND x.state IN ('public', 'withdrawn') ORDER BY x.id"
        )),
        &[&site, &ids, &further],
        |row| {
            let name: String = row.get(OWN)?;
            let moment = |position| Ok::<_, DbError>(row.get::<Option<String>>(position)?.and_then(|text| text.parse().ok()));
            let body = Body {
                common: common(row, loading, Kind::Body, &name)?,
                name: Some(name),
                short_name: row.get(OWN + 1)?,
                website: row.get(OWN + 2)?,
                license_valid_since: moment(OWN + 3)?,
                oparl_since: moment(OWN + 4)?,
                ags: row.get(OWN + 5)?,
                rgs: row.get(OWN + 6)?,
                equivalent: texts(row.get(OWN + 7)?),
                contact_email: row.get(OWN + 8)?,
                contact_name: row.get(OWN + 9)?,
                classification: row.get(OWN + 10)?,
                main_organization: loading.reference(Kind::Organization, row.get(OWN + 12)?),
                ..Body::default()
            };
            Ok((row.get::<i64>(0)?, row.get::<Option<i64>>(OWN + 11)?, body))
        },
    )?;
    let mut terms: Grouped<LegislativeTerm> = group(terms_where(tx, loading, Chosen::Bodies, ids)?);
    let mut places = by_row(tx, loading, rows.iter().filter_map(|(_, place, _)| *place))?;
    Ok(rows
        .into_iter()
        .map(|(id, place, mut body)| {
            body.legislative_term = terms.remove(&id).unwrap_or_default().into_iter().map(Embedded::new).collect();
            body.location = place.and_then(|place| places.take(place));
            body
        })
        .collect())
}

/// Terms by row.
///
/// # Errors
/// What the database reports.
pub fn terms(tx: &mut Tx<'_>, loading: &Loading<'_>, ids: &[i64]) -> Result<Vec<LegislativeTerm>, DbError> {
    Ok(terms_where(tx, loading, Chosen::Rows, ids)?.into_iter().map(|(_, term)| term).collect())
}

enum Chosen {
    Rows,
    Bodies,
}

macro_rules! term_columns {
    ($where:literal) => {
        sql!(concat!(
            "SELECT ",
            shared!("x", "term"),
            ", x.name, x.starts_on, x.ends_on, ",
            shown!("council_body", "x.body_id"),
            ", x.body_id FROM council_term x WHERE x.site_id = $1 AND ",
            $where
        ))
    };
}

fn terms_where(tx: &mut Tx<'_>, loading: &Loading<'_>, chosen: Chosen, ids: &[i64]) -> Result<Vec<(i64, LegislativeTerm)>, DbError> {
    let (site, further) = (tx.site()?, loading.further_state());
    let statement = match chosen {
        Chosen::Rows => term_columns!("x.id ANY_OF($2) AND x.state IN ('public', 'withdrawn') ORDER BY x.id"),
        Chosen::Bodies => term_columns!("x.body_id ANY_OF($2) AND x.state = 'public' ORDER BY x.body_id, x.starts_on, x.id"),
    };
    tx.list(statement, &[&site, &ids, &further], |row: &Row<'_>| {
        let name: Option<String> = row.get(OWN)?;
        let term = LegislativeTerm {
            common: common(row, loading, Kind::LegislativeTerm, name.as_deref().unwrap_or_default())?,
            name,
            start_date: day_at(row, OWN + 1)?,
            end_date: day_at(row, OWN + 2)?,
            body: loading.reference(Kind::Body, row.get(OWN + 3)?),
        };
        Ok((row.get::<Option<i64>>(OWN + 4)?.unwrap_or(0), term))
    })
}
