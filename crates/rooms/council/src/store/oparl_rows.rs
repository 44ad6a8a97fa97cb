//! The columns of each type, read into OParl objects without their parts.
//!
//! One macro writes the three statements that a type needs: a page of its list, given rows, the parts of given objects.
//! References to objects that are not served are left out by the statement itself.

use crate::store::oparl::{Pick, Rows, View};
use allmende_db::{DbError, Row, Tx, sql};
use allmende_oparl::{AgendaItem, Body, Common, Consultation, File, Kind, LegislativeTerm, Location, Meeting, Membership, Organization, Paper, Person, time};
use jiff::Timestamp;
use jiff::civil::Date;

/// A referred row if it is served, or in any state if all references are wanted.
macro_rules! served {
    ($table:literal, $column:literal) => {
        concat!(
            "(SELECT s.id FROM ", $table, " s WHERE s.id = t.", $column,
            " AND (s.state IN ('public', 'withdrawn') OR CAST($2 AS BIGINT) = 1 AND s.state = 'placeholder'))"
        )
    };
}

/// Reads rows of a table: `columns` follow the eight that all share (id, state, license, keywords, web, vendor, dates).
macro_rules! pick {
    ($tx:expr, $view:expr, $pick:expr, $table:literal, owner $owner:literal by $order:literal, [$($column:expr),+ $(,)?], $read:expr) => {{
        let site = $tx.site()?;
        let flag = $view.flag();
        match $pick {
            Pick::Page(filter, after, limit) => $tx.list(
                sql!(concat!(
                    "SELECT t.id, t.state, t.license, t.keywords, t.web, t.vendor, t.created_at, t.modified_at", $(", ", $column,)+ " FROM ", $table,
                    " t WHERE t.site_id = $1 AND t.id > $3 AND (t.state = 'public' OR t.state = 'withdrawn' AND CAST($5 AS BIGINT) = 1)",
                    " AND t.created_at >= $6 AND t.created_at <= $7 AND t.modified_at >= $8 AND t.modified_at <= $9",
                    " AND CAST($2 AS BIGINT) >= 0 ORDER BY t.id LIMIT $4"
                )),
                &[
                    &site, &flag, &after, &limit, &i64::from(filter.with_withdrawn), &filter.created_since, &filter.created_until,
                    &filter.modified_since, &filter.modified_until,
                ],
                $read,
            ),
            Pick::Ids(ids) => $tx.list(
                sql!(concat!(
                    "SELECT t.id, t.state, t.license, t.keywords, t.web, t.vendor, t.created_at, t.modified_at", $(", ", $column,)+ " FROM ", $table,
                    " t WHERE t.site_id = $1 AND t.id ANY_OF($3) AND t.state IN ('public', 'withdrawn') AND CAST($2 AS BIGINT) >= 0 ORDER BY t.id"
                )),
                &[&site, &flag, &ids],
                $read,
            ),
            Pick::Owners(ids) => $tx.list(
                sql!(concat!(
                    "SELECT t.id, t.state, t.license, t.keywords, t.web, t.vendor, t.created_at, t.modified_at", $(", ", $column,)+ " FROM ", $table,
                    " t WHERE t.site_id = $1 AND t.", $owner, " ANY_OF($3) AND t.state = 'public' AND CAST($2 AS BIGINT) >= 0 ORDER BY t.", $owner, ", t.", $order, ", t.id"
                )),
                &[&site, &flag, &ids],
                $read,
            ),
        }
    }};
}

fn common(row: &Row<'_>, view: View<'_>, kind: Kind) -> Result<(i64, Common), DbError> {
    let id: i64 = row.get(0)?;
    let state: String = row.get(1)?;
    let deleted = state == "withdrawn";
    let vendor: Option<String> = row.get(5)?;
    let kept = |text: Option<String>| text.filter(|_| !deleted);
    let common = Common {
        id: view.url(kind, id),
        created: Some(instant(row.get(6)?)),
        modified: Some(instant(row.get(7)?)),
        license: kept(row.get(2)?),
        keyword: texts(kept(row.get(3)?)),
        web: kept(row.get(4)?),
        deleted,
        vendor: kept(vendor).and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default(),
        strays: Vec::new(),
    };
    Ok((id, common))
}

fn instant(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn maybe_instant(millis: Option<i64>) -> Option<Timestamp> {
    millis.map(instant)
}

fn texts(json: Option<String>) -> Vec<String> {
    json.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
}

fn day(text: Option<String>) -> Option<Date> {
    text.and_then(|text| time::read_day(&text)).map(|(day, _)| day)
}

fn flag(number: Option<i64>) -> Option<bool> {
    number.map(|number| number == 1)
}

fn said(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

pub(super) fn locations(tx: &mut Tx<'_>, view: View<'_>, pick: Pick<'_>) -> Result<Rows<Location>, DbError> {
    pick!(tx, view, pick, "council_location", owner "id" by "id",
        ["t.description", "t.geojson", "t.street_address", "t.room", "t.postal_code", "t.sub_locality", "t.locality"],
        |row| {
            let (id, common) = common(row, view, Kind::Location)?;
            if common.deleted {
                return Ok((id, Location { common, ..Location::default() }));
            }
            let geojson: Option<String> = row.get(9)?;
            Ok((id, Location {
                common,
                description: row.get(8)?,
                geojson: geojson.and_then(|json| serde_json::from_str(&json).ok()),
                street_address: row.get(10)?,
                room: row.get(11)?,
                postal_code: row.get(12)?,
                sub_locality: row.get(13)?,
                locality: row.get(14)?,
                ..Location::default()
            }))
        })
}

pub(super) fn bodies(tx: &mut Tx<'_>, view: View<'_>, pick: Pick<'_>) -> Result<Vec<(i64, Body, Vec<i64>)>, DbError> {
    pick!(tx, view, pick, "council_body", owner "id" by "id",
        ["t.name", "t.short_name", "t.website", "t.license_valid_since", "t.oparl_since", "t.ags", "t.rgs", "t.equivalents", "t.contact_email",
         "t.contact_name", "t.classification", "t.location_id", served!("council_organization", "main_organization_id")],
        |row| {
            let (id, common) = common(row, view, Kind::Body)?;
            let since = |text: Option<String>| text.and_then(|text| text.parse().ok());
            let location: Option<i64> = row.get(19)?;
            let body = Body {
                common,
                name: said(row.get(8)?),
                short_name: row.get(9)?,
                website: row.get(10)?,
                license_valid_since: since(row.get(11)?),
                oparl_since: since(row.get(12)?),
                ags: row.get(13)?,
                rgs: row.get(14)?,
                equivalent: texts(row.get(15)?),
                contact_email: row.get(16)?,
                contact_name: row.get(17)?,
                classification: row.get(18)?,
                main_organization: view.reference(Kind::Organization, row.get(20)?),
                ..Body::default()
            };
            Ok((id, body, location.into_iter().collect()))
        })
}

pub(super) fn terms(tx: &mut Tx<'_>, view: View<'_>, pick: Pick<'_>) -> Result<Rows<LegislativeTerm>, DbError> {
    Ok(owned_terms(tx, view, pick)?.into_iter().map(|(id, term, _)| (id, term)).collect())
}

pub(super) fn terms_of(tx: &mut Tx<'_>, view: View<'_>, bodies: &[i64]) -> Result<Vec<(i64, LegislativeTerm)>, DbError> {
    Ok(owned_terms(tx, view, Pick::Owners(bodies))?.into_iter().filter_map(|(_, term, owner)| Some((owner?, term))).collect())
}

fn owned_terms(tx: &mut Tx<'_>, view: View<'_>, pick: Pick<'_>) -> Result<Vec<(i64, LegislativeTerm, Option<i64>)>, DbError> {
    pick!(tx, view, pick, "council_term", owner "body_id" by "starts_on",
        ["t.name", "t.starts_on", "t.ends_on", served!("council_body", "body_id")],
        |row| {
            let (id, common) = common(row, view, Kind::LegislativeTerm)?;
            let body: Option<i64> = row.get(11)?;
            let mut term = LegislativeTerm { common, ..LegislativeTerm::default() };
            if !term.common.deleted {
                term.body = view.reference(Kind::Body, body);
                term.name = row.get(8)?;
                term.start_date = day(row.get(9)?);
                term.end_date = day(row.get(10)?);
            }
            Ok((id, term, body))
        })
}

pub(super) fn organizations(tx: &mut Tx<'_>, view: View<'_>, pick: Pick<'_>) -> Result<Vec<(i64, Organization, Vec<i64>)>, DbError> {
    pick!(tx, view, pick, "council_organization", owner "body_id" by "sort_key",
        ["t.name", "t.short_name", "t.kind", "t.classification", "t.posts", "t.starts_on", "t.ends_on", "t.website", "t.external_body", "t.member_count",
         "t.voting_member_count", "t.location_id", served!("council_body", "body_id"), served!("council_organization", "parent_id")],
        |row| {
            let (id, common) = common(row, view, Kind::Organization)?;
            let location: Option<i64> = row.get(19)?;
            let organization = Organization {
                common,
                name: said(row.get(8)?),
                short_name: row.get(9)?,
                organization_type: row.get(10)?,
                classification: row.get(11)?,
                post: texts(row.get(12)?),
                start_date: day(row.get(13)?),
                end_date: day(row.get(14)?),
                website: row.get(15)?,
                external_body: row.get(16)?,
                member_count: row.get(17)?,
                voting_member_count: row.get(18)?,
                body: view.reference(Kind::Body, row.get(20)?),
                sub_organization_of: view.reference(Kind::Organization, row.get(21)?),
                ..Organization::default()
            };
            Ok((id, organization, location.into_iter().collect()))
        })
}

pub(super) fn persons(tx: &mut Tx<'_>, view: View<'_>, pick: Pick<'_>) -> Result<Vec<(i64, Person, Vec<(i64, bool)>)>, DbError> {
    pick!(tx, view, pick, "council_person", owner "body_id" by "sort_key",
        ["t.name", "t.family_name", "t.given_name", "t.form_of_address", "t.affix", "t.titles", "t.gender", "t.phones", "t.emails", "t.statuses", "t.life",
         "t.life_source", "t.image_file_id", "t.location_id", served!("council_body", "body_id"), served!("council_location", "location_id")],
        |row| {
            let (id, common) = common(row, view, Kind::Person)?;
            let (image, location): (Option<i64>, Option<i64>) = (row.get(20)?, row.get(21)?);
            let person = Person {
                common,
                name: said(row.get(8)?),
                family_name: row.get(9)?,
                given_name: row.get(10)?,
                form_of_address: row.get(11)?,
                affix: row.get(12)?,
                title: texts(row.get(13)?),
                gender: row.get(14)?,
                phone: texts(row.get(15)?),
                email: texts(row.get(16)?),
                status: texts(row.get(17)?),
                life: row.get(18)?,
                life_source: row.get(19)?,
                body: view.reference(Kind::Body, row.get(22)?),
                location: view.reference(Kind::Location, row.get(23)?),
                ..Person::default()
            };
            let wanted = location.map(|id| (id, false)).into_iter().chain(image.map(|id| (id, true))).collect();
            Ok((id, person, wanted))
        })
}

pub(super) fn memberships(tx: &mut Tx<'_>, view: View<'_>, pick: Pick<'_>) -> Result<Rows<Membership>, DbError> {
    Ok(owned_memberships(tx, view, pick)?.into_iter().map(|(id, membership, _)| (id, membership)).collect())
}

pub(super) fn memberships_of(tx: &mut Tx<'_>, view: View<'_>, persons: &[i64]) -> Result<Vec<(i64, Membership)>, DbError> {
    Ok(owned_memberships(tx, view, Pick::Owners(persons))?.into_iter().filter_map(|(_, membership, owner)| Some((owner?, membership))).collect())
}

fn owned_memberships(tx: &mut Tx<'_>, view: View<'_>, pick: Pick<'_>) -> Result<Vec<(i64, Membership, Option<i64>)>, DbError> {
    pick!(tx, view, pick, "council_membership", owner "person_id" by "id",
        ["t.role", "t.voting_right", "t.starts_on", "t.ends_on", served!("council_person", "person_id"), served!("council_organization", "organization_id"),
         served!("council_organization", "on_behalf_of_id")],
        |row| {
            let (id, common) = common(row, view, Kind::Membership)?;
            let person: Option<i64> = row.get(12)?;
            let mut membership = Membership { common, ..Membership::default() };
            if !membership.common.deleted {
                membership.role = row.get(8)?;
                membership.voting_right = flag(row.get(9)?);
                membership.start_date = day(row.get(10)?);
                membership.end_date = day(row.get(11)?);
                membership.person = view.reference(Kind::Person, person);
                membership.organization = view.reference(Kind::Organization, row.get(13)?);
                membership.on_behalf_of = view.reference(Kind::Organization, row.get(14)?);
            }
            Ok((id, membership, person))
        })
}

pub(super) fn meetings(tx: &mut Tx<'_>, view: View<'_>, pick: Pick<'_>) -> Result<Vec<(i64, Meeting, Vec<i64>)>, DbError> {
    pick!(tx, view, pick, "council_meeting", owner "body_id" by "starts_at",
        ["t.name", "t.meeting_state", "t.cancelled", "t.starts_at", "t.ends_at", "t.location_id"],
        |row| {
            let (id, common) = common(row, view, Kind::Meeting)?;
            let location: Option<i64> = row.get(13)?;
            let meeting = Meeting {
                common,
                name: row.get(8)?,
                meeting_state: row.get(9)?,
                cancelled: flag(row.get(10)?),
                start: maybe_instant(row.get(11)?),
                end: maybe_instant(row.get(12)?),
                ..Meeting::default()
            };
            Ok((id, meeting, location.into_iter().collect()))
        })
}

pub(super) fn agenda_items(tx: &mut Tx<'_>, view: View<'_>, pick: Pick<'_>) -> Result<Vec<(i64, AgendaItem, Option<i64>)>, DbError> {
    pick!(tx, view, pick, "council_agenda_item", owner "meeting_id" by "position",
        ["t.position", "t.number", "t.name", "t.is_public", "t.result", "t.resolution_text", "t.starts_at", "t.ends_at",
         served!("council_meeting", "meeting_id"), served!("council_consultation", "consultation_id")],
        |row| {
            let (id, common) = common(row, view, Kind::AgendaItem)?;
            let meeting: Option<i64> = row.get(16)?;
            let item = AgendaItem {
                common,
                order: Some(row.get(8)?),
                number: row.get(9)?,
                name: row.get(10)?,
                public: flag(row.get(11)?),
                result: row.get(12)?,
                resolution_text: row.get(13)?,
                start: maybe_instant(row.get(14)?),
                end: maybe_instant(row.get(15)?),
                meeting: view.reference(Kind::Meeting, meeting),
                consultation: view.reference(Kind::Consultation, row.get(17)?),
                ..AgendaItem::default()
            };
            Ok((id, item, meeting))
        })
}

pub(super) fn papers(tx: &mut Tx<'_>, view: View<'_>, pick: Pick<'_>) -> Result<Rows<Paper>, DbError> {
    pick!(tx, view, pick, "council_paper", owner "body_id" by "dated_on",
        ["t.name", "t.reference", "t.kind", "t.dated_on", served!("council_body", "body_id")],
        |row| {
            let (id, common) = common(row, view, Kind::Paper)?;
            Ok((id, Paper {
                common,
                name: row.get(8)?,
                reference: row.get(9)?,
                paper_type: row.get(10)?,
                date: day(row.get(11)?),
                body: view.reference(Kind::Body, row.get(12)?),
                ..Paper::default()
            }))
        })
}

pub(super) fn consultations(tx: &mut Tx<'_>, view: View<'_>, pick: Pick<'_>) -> Result<Vec<(i64, Consultation, Option<i64>)>, DbError> {
    pick!(tx, view, pick, "council_consultation", owner "paper_id" by "position",
        ["t.authoritative", "t.role", served!("council_paper", "paper_id"), served!("council_agenda_item", "agenda_item_id"),
         served!("council_meeting", "meeting_id")],
        |row| {
            let (id, common) = common(row, view, Kind::Consultation)?;
            let paper: Option<i64> = row.get(10)?;
            let consultation = Consultation {
                common,
                authoritative: flag(row.get(8)?),
                role: row.get(9)?,
                paper: view.reference(Kind::Paper, paper),
                agenda_item: view.reference(Kind::AgendaItem, row.get(11)?),
                meeting: view.reference(Kind::Meeting, row.get(12)?),
                ..Consultation::default()
            };
            Ok((id, consultation, paper))
        })
}

fn file(row: &Row<'_>, view: View<'_>) -> Result<(i64, File), DbError> {
    let (id, common) = common(row, view, Kind::File)?;
    if common.deleted {
        return Ok((id, File { common, ..File::default() }));
    }
    Ok((id, File {
        common,
        name: row.get(8)?,
        file_name: row.get(9)?,
        mime_type: row.get(10)?,
        date: day(row.get(11)?),
        size: row.get(12)?,
        sha1_checksum: row.get(13)?,
        sha512_checksum: row.get(14)?,
        access_url: row.get(15)?,
        download_url: row.get(16)?,
        external_service_url: row.get(17)?,
        file_license: row.get(18)?,
        text: row.get(19)?,
        master_file: view.reference(Kind::File, row.get(20)?),
        ..File::default()
    }))
}

pub(super) fn files(tx: &mut Tx<'_>, view: View<'_>, pick: Pick<'_>) -> Result<Rows<File>, DbError> {
    pick!(tx, view, pick, "council_file", owner "master_file_id" by "id",
        ["t.name", "t.file_name", "t.mime_type", "t.dated_on", "t.size_bytes", "t.sha1", "t.sha512", "t.access_url", "t.download_url",
         "t.external_service_url", "t.file_license", "t.origin_text", served!("council_file", "master_file_id")],
        |row| file(row, view))
}

/// The public files of papers, meetings or agenda items with the role they play, by owner and position.
pub(super) fn files_of(tx: &mut Tx<'_>, view: View<'_>, owner: Kind, ids: &[i64]) -> Result<Vec<(i64, (String, File))>, DbError> {
    macro_rules! of {
        ($column:literal) => {
            sql!(concat!(
                "SELECT t.id, t.state, t.license, t.keywords, t.web, t.vendor, t.created_at, t.modified_at, t.name, t.file_name, t.mime_type, t.dated_on, \
                 t.size_bytes, t.sha1, t.sha512, t.access_url, t.download_url, t.external_service_url, t.file_license, t.origin_text, ",
                served!("council_file", "master_file_id"), ", u.", $column, ", u.role FROM council_file_use u JOIN council_file t ON t.id = u.file_id \
                 WHERE u.site_id = $1 AND u.", $column, " ANY_OF($3) AND t.state = 'public' AND CAST($2 AS BIGINT) >= 0 ORDER BY u.", $column, ", u.role, u.position"
            ))
        };
    }
    let statement = match owner {
        Kind::Paper => of!("paper_id"),
        Kind::Meeting => of!("meeting_id"),
        _ => of!("agenda_item_id"),
    };
    let site = tx.site()?;
    tx.list(statement, &[&site, &view.flag(), &ids], |row| Ok((row.get(21)?, (row.get(22)?, file(row, view)?.1))))
}

/// Who has these files, as far as it is public.
pub(super) fn file_uses(tx: &mut Tx<'_>, files: &[i64]) -> Result<Vec<(i64, (Kind, i64))>, DbError> {
    let site = tx.site()?;
    let uses = tx.list(
        sql!(
            "SELECT u.file_id, \
             (SELECT p.id FROM council_paper p WHERE p.id = u.paper_id AND p.state = 'public'), \
             (SELECT m.id FROM council_meeting m WHERE m.id = u.meeting_id AND m.state = 'public'), \
             (SELECT a.id FROM council_agenda_item a WHERE a.id = u.agenda_item_id AND a.state = 'public') \
             FROM council_file_use u WHERE u.site_id = $1 AND u.file_id ANY_OF($2) ORDER BY u.file_id, u.paper_id, u.meeting_id, u.agenda_item_id"
        ),
        &[&site, &files],
        |row| Ok((row.get::<i64>(0)?, [row.get::<Option<i64>>(1)?, row.get(2)?, row.get(3)?])),
    )?;
    let kinds = [Kind::Paper, Kind::Meeting, Kind::AgendaItem];
    Ok(uses.into_iter().flat_map(|(file, ids)| kinds.into_iter().zip(ids).filter_map(move |(kind, id)| Some((file, (kind, id?))))).collect())
}

/// Served targets of a link table, by owner and position.
macro_rules! links {
    ($name:ident, $link:literal, $owner:literal, $target:literal, $table:literal) => {
        pub(super) fn $name(tx: &mut Tx<'_>, view: View<'_>, ids: &[i64]) -> Result<Vec<(i64, i64)>, DbError> {
            let site = tx.site()?;
            tx.list(
                sql!(concat!(
                    "SELECT t.", $owner, ", s.id FROM ", $link, " t JOIN ", $table, " s ON s.id = t.", $target, " WHERE t.site_id = $1 AND t.", $owner,
                    " ANY_OF($3) AND (s.state IN ('public', 'withdrawn') OR CAST($2 AS BIGINT) = 1 AND s.state = 'placeholder') ORDER BY t.", $owner, ", t.position"
                )),
                &[&site, &view.flag(), &ids],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
        }
    };
}

links!(meeting_organizations, "council_meeting_organization", "meeting_id", "organization_id", "council_organization");
links!(meeting_participants, "council_meeting_participant", "meeting_id", "person_id", "council_person");
links!(consultation_organizations, "council_consultation_organization", "consultation_id", "organization_id", "council_organization");

pub(super) fn paper_places(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, i64)>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!("SELECT paper_id, location_id FROM council_paper_location WHERE site_id = $1 AND paper_id ANY_OF($2) ORDER BY paper_id, position"),
        &[&site, &ids],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(super) fn paper_links(tx: &mut Tx<'_>, view: View<'_>, ids: &[i64]) -> Result<Vec<(i64, (String, i64))>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT t.paper_id, t.kind, s.id FROM council_paper_link t JOIN council_paper s ON s.id = t.other_id WHERE t.site_id = $1 AND t.paper_id ANY_OF($3) \
             AND (s.state IN ('public', 'withdrawn') OR CAST($2 AS BIGINT) = 1 AND s.state = 'placeholder') ORDER BY t.paper_id, t.kind, t.position"
        ),
        &[&site, &view.flag(), &ids],
        |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))),
    )
}

pub(super) fn paper_originators(tx: &mut Tx<'_>, view: View<'_>, ids: &[i64]) -> Result<Vec<(i64, (String, i64))>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT t.paper_id, t.kind, COALESCE(p.id, o.id) FROM council_paper_originator t LEFT JOIN council_person p ON p.id = t.person_id \
             LEFT JOIN council_organization o ON o.id = t.organization_id WHERE t.site_id = $1 AND t.paper_id ANY_OF($3) \
             AND (COALESCE(p.state, o.state) IN ('public', 'withdrawn') OR CAST($2 AS BIGINT) = 1 AND COALESCE(p.state, o.state) = 'placeholder') \
             ORDER BY t.paper_id, t.kind, t.position"
        ),
        &[&site, &view.flag(), &ids],
        |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))),
    )
}
