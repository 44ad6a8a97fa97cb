//! Papers and consultations.

use super::meetings::file_uses;
use super::{Grouped, Loading, OWN, addresses, common, day_at, group, pair, places, shared, shown};
use allmende_db::{DbError, Row, Tx, sql};
use allmende_oparl::{Consultation, Embedded, Kind, Paper};

/// Papers by row, with consultations, files, places and relations.
///
/// # Errors
/// What the database reports.
pub fn papers(tx: &mut Tx<'_>, loading: &Loading<'_>, ids: &[i64]) -> Result<Vec<Paper>, DbError> {
    let (site, further) = (tx.site()?, loading.further_state());
    let rows = tx.list(
        sql!(concat!(
            "SELECT ",
            shared!("x", "paper"),
            ", x.name, x.reference, x.kind, x.dated_on, ",
            shown!("council_body", "x.body_id"),
            " FROM council_paper x WHERE x.site_id = $1 AND x.id ANY_OF($2) AND x.state IN ('public', 'withdrawn') ORDER BY x.id"
        )),
        &[&site, &ids, &further],
        |row| {
            let name: Option<String> = row.get(OWN)?;
            let paper = Paper {
                common: common(row, loading, Kind::Paper, name.as_deref().unwrap_or_default())?,
                name,
                reference: row.get(OWN + 1)?,
                paper_type: row.get(OWN + 2)?,
                date: day_at(row, OWN + 3)?,
                body: loading.reference(Kind::Body, row.get(OWN + 4)?),
                ..Paper::default()
            };
            Ok((row.get::<i64>(0)?, paper))
        },
    )?;
    let of_papers = sql!(
        "SELECT u.paper_id, u.file_id, u.role FROM council_file_use u JOIN council_file f ON f.id = u.file_id AND f.state = 'public' \
         WHERE u.site_id = $1 AND u.paper_id ANY_OF($2) ORDER BY u.paper_id, u.position"
    );
    let mut files = file_uses(tx, loading, of_papers, ids)?;
    let mut consultations: Grouped<Consultation> = group(consultations_where(tx, loading, Chosen::Papers, ids)?);
    let mut relations = relations(tx, loading, ids)?;
    let placed = tx.list(
        sql!("SELECT paper_id, location_id FROM council_paper_location WHERE site_id = $1 AND paper_id ANY_OF($2) ORDER BY paper_id, position"),
        &[&site, &ids],
        pair,
    )?;
    let mut places = places::by_row(tx, loading, placed.iter().map(|(_, place)| *place))?;
    let mut placed = group(placed);
    Ok(rows
        .into_iter()
        .map(|(id, mut paper)| {
            for (role, file) in files.remove(&id).unwrap_or_default() {
                if role == "main" {
                    paper.main_file = Some(file);
                } else {
                    paper.auxiliary_file.push(file);
                }
            }
            paper.consultation = consultations.remove(&id).unwrap_or_default().into_iter().map(Embedded::new).collect();
            paper.location = placed.remove(&id).unwrap_or_default().into_iter().filter_map(|place| places.take(place)).collect();
            for (kind, address) in relations.remove(&id).unwrap_or_default() {
                match kind.as_str() {
                    "related" => paper.related_paper.push(address),
                    "superordinate" => paper.superordinated_paper.push(address),
                    "subordinate" => paper.subordinated_paper.push(address),
                    "person" => paper.originator_person.push(address),
                    "organization" => paper.originator_organization.push(address),
                    _ => paper.under_direction_of.push(address),
                }
            }
            paper
        })
        .collect())
}

/// Papers, people and organizations that papers refer to, with the kind of reference.
fn relations(tx: &mut Tx<'_>, loading: &Loading<'_>, ids: &[i64]) -> Result<Grouped<(String, String)>, DbError> {
    let (site, further) = (tx.site()?, loading.further_state());
    let rows = tx.list(
        sql!(
            "SELECT l.paper_id, l.kind, l.position, p.id, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT) FROM council_paper_link l JOIN council_paper p ON p.id = l.other_id \
             WHERE l.site_id = $1 AND l.paper_id ANY_OF($2) AND (p.state IN ('public', 'withdrawn') OR p.state = $3) \
             UNION ALL \
             SELECT a.paper_id, a.kind, a.position, NULL, p.id, NULL FROM council_paper_originator a JOIN council_person p ON p.id = a.person_id \
             WHERE a.site_id = $1 AND a.paper_id ANY_OF($2) AND (p.state IN ('public', 'withdrawn') OR p.state = $3) \
             UNION ALL \
             SELECT a.paper_id, a.kind, a.position, NULL, NULL, o.id FROM council_paper_originator a JOIN council_organization o ON o.id = a.organization_id \
             WHERE a.site_id = $1 AND a.paper_id ANY_OF($2) AND (o.state IN ('public', 'withdrawn') OR o.state = $3) \
             ORDER BY 1, 2, 3"
        ),
        &[&site, &ids, &further],
        |row| Ok((row.get::<i64>(0)?, row.get::<String>(1)?, row.get::<Option<i64>>(3)?, row.get::<Option<i64>>(4)?, row.get::<Option<i64>>(5)?)),
    )?;
    let address = |paper: Option<i64>, person: Option<i64>, organization: Option<i64>| {
        let paper = loading.reference(Kind::Paper, paper);
        paper.or_else(|| loading.reference(Kind::Person, person)).or_else(|| loading.reference(Kind::Organization, organization))
    };
    let rows = rows.into_iter().filter_map(|(owner, kind, paper, person, organization)| Some((owner, (kind, address(paper, person, organization)?))));
    Ok(group(rows.collect()))
}

/// Consultations by row.
///
/// # Errors
/// What the database reports.
pub fn consultations(tx: &mut Tx<'_>, loading: &Loading<'_>, ids: &[i64]) -> Result<Vec<Consultation>, DbError> {
    Ok(consultations_where(tx, loading, Chosen::Rows, ids)?.into_iter().map(|(_, consultation)| consultation).collect())
}

enum Chosen {
    Rows,
    Papers,
}

macro_rules! consultation_columns {
    ($where:literal) => {
        sql!(concat!(
            "SELECT ",
            shared!("x", "consultation"),
            ", ",
            shown!("council_paper", "x.paper_id"),
            ", ",
            shown!("council_agenda_item", "x.agenda_item_id"),
            ", ",
            shown!("council_meeting", "x.meeting_id"),
            ", x.authoritative, x.role, x.paper_id FROM council_consultation x WHERE x.site_id = $1 AND ",
            $where
        ))
    };
}

/// Consultations with the paper they belong to.
fn consultations_where(tx: &mut Tx<'_>, loading: &Loading<'_>, chosen: Chosen, ids: &[i64]) -> Result<Vec<(i64, Consultation)>, DbError> {
    let (site, further) = (tx.site()?, loading.further_state());
    let statement = match chosen {
        Chosen::Rows => consultation_columns!("x.id ANY_OF($2) AND x.state IN ('public', 'withdrawn') ORDER BY x.id"),
        Chosen::Papers => consultation_columns!("x.paper_id ANY_OF($2) AND x.state = 'public' ORDER BY x.paper_id, x.position, x.id"),
    };
    let rows = tx.list(statement, &[&site, &ids, &further], |row: &Row<'_>| {
        let consultation = Consultation {
            common: common(row, loading, Kind::Consultation, "")?,
            paper: loading.reference(Kind::Paper, row.get(OWN)?),
            agenda_item: loading.reference(Kind::AgendaItem, row.get(OWN + 1)?),
            meeting: loading.reference(Kind::Meeting, row.get(OWN + 2)?),
            authoritative: row.get(OWN + 3)?,
            role: row.get(OWN + 4)?,
            organization: Vec::new(),
        };
        Ok((row.get::<i64>(0)?, row.get::<Option<i64>>(OWN + 5)?.unwrap_or(0), consultation))
    })?;
    let chosen: Vec<i64> = rows.iter().map(|(id, _, _)| *id).collect();
    let mut organizations = addresses(
        tx.list(
            sql!(
                "SELECT m.consultation_id, o.id FROM council_consultation_organization m JOIN council_organization o ON o.id = m.organization_id \
                 WHERE m.site_id = $1 AND m.consultation_id ANY_OF($2) AND (o.state IN ('public', 'withdrawn') OR o.state = $3) \
                 ORDER BY m.consultation_id, m.position"
            ),
            &[&site, &chosen, &further],
            pair,
        )?,
        loading,
        Kind::Organization,
    );
    Ok(rows
        .into_iter()
        .map(|(id, paper, mut consultation)| {
            consultation.organization = organizations.remove(&id).unwrap_or_default();
            (paper, consultation)
        })
        .collect())
}
