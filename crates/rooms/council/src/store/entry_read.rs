//! What the desk reads of one row: the values of its form, its agenda, its files. Its lists stand in `entry_list`.
//!
//! Unlike the public pages this sees every state; the desk's routes decide who may come here.

use crate::entry::kinds::VARIANTS;
use crate::entry::rules::State;
use crate::store::entry_list::{Entry, entry};
use allmende_core::Language;
use allmende_db::{DbError, Statement, Tx, sql};
use allmende_oparl::{Common, Kind};

/// The state and dates of a row.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    /// Where it stands.
    pub state: State,
    /// When it was made.
    pub created_at: i64,
    /// When it was changed: whoever saves must have seen this.
    pub modified_at: i64,
    /// Whether it came with an import: then its server is the place to change it.
    pub is_imported: bool,
}

/// One statement for each table, with the table's own name where `{}` would stand.
macro_rules! of_kind {
    ($kind:expr, $before:literal, $after:literal) => {
        match $kind {
            Kind::Body => sql!(concat!($before, "council_body", $after)),
            Kind::LegislativeTerm => sql!(concat!($before, "council_term", $after)),
            Kind::Organization => sql!(concat!($before, "council_organization", $after)),
            Kind::Person => sql!(concat!($before, "council_person", $after)),
            Kind::Membership => sql!(concat!($before, "council_membership", $after)),
            Kind::Meeting => sql!(concat!($before, "council_meeting", $after)),
            Kind::AgendaItem => sql!(concat!($before, "council_agenda_item", $after)),
            Kind::Paper => sql!(concat!($before, "council_paper", $after)),
            Kind::Consultation => sql!(concat!($before, "council_consultation", $after)),
            Kind::File => sql!(concat!($before, "council_file", $after)),
            Kind::Location => sql!(concat!($before, "council_location", $after)),
            Kind::System => return Err(DbError::Unsupported("a row for a system")),
        }
    };
}
pub(crate) use of_kind;

/// The state and dates of a row.
///
/// # Errors
/// What the database reports.
pub fn mark(tx: &mut Tx<'_>, kind: Kind, id: i64) -> Result<Option<Mark>, DbError> {
    let site = tx.site()?;
    let statement = of_kind!(
        kind,
        "SELECT x.state, x.created_at, x.modified_at, (SELECT COUNT(*) FROM council_origin o WHERE o.site_id = $1 AND o.kind = $3 AND o.object_id = x.id) FROM ",
        " x WHERE x.site_id = $1 AND x.id = $2 AND x.state <> 'placeholder'"
    );
    tx.find(statement, &[&site, &id, &crate::store::kind_key(kind)], |row| {
        Ok(Mark { state: State::of(&row.get::<String>(0)?), created_at: row.get(1)?, modified_at: row.get(2)?, is_imported: row.get::<i64>(3)? > 0 })
    })
}

/// The properties that all objects share and that no form shows, so that saving keeps them.
///
/// # Errors
/// What the database reports.
pub fn common(tx: &mut Tx<'_>, kind: Kind, id: i64) -> Result<Common, DbError> {
    let site = tx.site()?;
    let statement = of_kind!(kind, "SELECT license, keywords, web, vendor FROM ", " WHERE site_id = $1 AND id = $2");
    let found = tx.find(statement, &[&site, &id], |row| {
        let json = |position| row.get::<Option<String>>(position);
        Ok(Common {
            license: row.get(0)?,
            keyword: json(1)?.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default(),
            web: row.get(2)?,
            vendor: json(3)?.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default(),
            ..Common::default()
        })
    })?;
    Ok(found.unwrap_or_default())
}

/// The agenda of a meeting with all its items, in order.
///
/// # Errors
/// What the database reports.
pub fn agenda(tx: &mut Tx<'_>, meeting_id: i64) -> Result<Vec<Entry>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!(
            "SELECT id, COALESCE(number || ' ', '') || COALESCE(name, ''), state FROM council_agenda_item \
             WHERE site_id = $1 AND meeting_id = $2 AND state <> 'placeholder' ORDER BY position, id"
        ),
        &[&site, &meeting_id],
        entry,
    )
}

/// A file at the desk.
#[derive(Debug, Clone)]
pub struct FileEntry {
    /// As in every list.
    pub entry: Entry,
    /// Its name as a file.
    pub file_name: String,
    /// `none`, `waiting`, `done` or `failed`.
    pub text_state: String,
    /// When it was changed.
    pub modified_at: i64,
}

/// The files of a paper, meeting or agenda item.
///
/// # Errors
/// What the database reports.
pub fn files(tx: &mut Tx<'_>, owner: Kind, id: i64) -> Result<Vec<FileEntry>, DbError> {
    macro_rules! files {
        ($column:literal) => {
            sql!(concat!(
                "SELECT f.id, COALESCE(f.name, f.file_name, ''), f.state, COALESCE(f.file_name, ''), f.text_state, f.modified_at FROM council_file_use u \
                 JOIN council_file f ON f.id = u.file_id WHERE u.site_id = $1 AND u.",
                $column,
                " = $2 AND f.state <> 'placeholder' ORDER BY u.position, f.id"
            ))
        };
    }
    let statement = match owner {
        Kind::Paper => files!("paper_id"),
        Kind::Meeting => files!("meeting_id"),
        Kind::AgendaItem => files!("agenda_item_id"),
        _ => return Ok(Vec::new()),
    };
    let site = tx.site()?;
    tx.list(statement, &[&site, &id], |row| Ok(FileEntry { entry: entry(row)?, file_name: row.get(3)?, text_state: row.get(4)?, modified_at: row.get(5)? }))
}

/// The references of all papers of a year.
///
/// # Errors
/// What the database reports.
pub fn references(tx: &mut Tx<'_>, year: i16) -> Result<Vec<String>, DbError> {
    let site = tx.site()?;
    let (from, until) = (format!("{year}/"), format!("{year}0"));
    tx.list(
        sql!("SELECT reference_folded FROM council_paper WHERE site_id = $1 AND reference_folded >= $2 AND reference_folded < $3"),
        &[&site, &from, &until],
        |row| row.get(0),
    )
}

/// The values of a form, by field; a field with many values comes several times.
pub type Values = Vec<(&'static str, String)>;

/// The values of the form of a row.
///
/// # Errors
/// What the database reports.
pub fn values(tx: &mut Tx<'_>, kind: Kind, id: i64) -> Result<Option<Values>, DbError> {
    let site = tx.site()?;
    let (statement, names): (_, &'static [&'static str]) = columns(kind)?;
    let found = tx.find(statement, &[&site, &id], |row| {
        names
            .iter()
            .enumerate()
            .map(|(position, name)| Ok((*name, row.get::<Option<String>>(position)?.unwrap_or_default())))
            .collect::<Result<Values, DbError>>()
    })?;
    let Some(mut values) = found else { return Ok(None) };
    for (name, statement) in links(kind) {
        tx.each(statement, &[&site, &id], |row| {
            values.push((name, row.get::<i64>(0)?.to_string()));
            Ok(())
        })?;
    }
    variants(tx, kind, id, &mut values)?;
    Ok(Some(values))
}

fn columns(kind: Kind) -> Result<(&'static Statement, &'static [&'static str]), DbError> {
    macro_rules! read {
        ($table:literal, $($name:literal = $column:literal),+ $(,)?) => {
            (sql!(concat!("SELECT ", read!(@list $($column),+), " FROM ", $table, " WHERE site_id = $1 AND id = $2")), &[$($name),+])
        };
        (@list $first:literal $(, $rest:literal)*) => { concat!("CAST(", $first, " AS TEXT)" $(, ", CAST(", $rest, " AS TEXT)")*) };
    }
    Ok(match kind {
        Kind::Body => read!(
            "council_body",
            "name" = "name",
            "short_name" = "short_name",
            "classification" = "classification",
            "website" = "website",
            "contact_name" = "contact_name",
            "contact_email" = "contact_email",
            "location_id" = "location_id"
        ),
        Kind::LegislativeTerm => read!("council_term", "name" = "name", "starts_on" = "starts_on", "ends_on" = "ends_on", "body_id" = "body_id"),
        Kind::Organization => read!(
            "council_organization",
            "name" = "name",
            "short_name" = "short_name",
            "kind" = "kind",
            "classification" = "classification",
            "parent_id" = "parent_id",
            "starts_on" = "starts_on",
            "ends_on" = "ends_on",
            "location_id" = "location_id",
            "body_id" = "body_id"
        ),
        Kind::Person => read!(
            "council_person",
            "given_name" = "given_name",
            "family_name" = "family_name",
            "title" = "titles",
            "form_of_address" = "form_of_address",
            "life" = "life",
            "body_id" = "body_id"
        ),
        Kind::Membership => read!(
            "council_membership",
            "person_id" = "person_id",
            "organization_id" = "organization_id",
            "role" = "role",
            "voting_right" = "voting_right",
            "on_behalf_of_id" = "on_behalf_of_id",
            "starts_on" = "starts_on",
            "ends_on" = "ends_on"
        ),
        Kind::Meeting => read!(
            "council_meeting",
            "name" = "name",
            "number" = "number",
            "starts_at" = "starts_at",
            "ends_at" = "ends_at",
            "location_id" = "location_id",
            "meeting_state" = "meeting_state",
            "cancelled" = "cancelled",
            "summary" = "summary",
            "guest_count" = "guest_count",
            "body_id" = "body_id"
        ),
        Kind::Paper => read!(
            "council_paper",
            "name" = "name",
            "reference" = "reference",
            "kind" = "kind",
            "dated_on" = "dated_on",
            "summary" = "summary",
            "body_id" = "body_id"
        ),
        Kind::Location => read!(
            "council_location",
            "name" = "description",
            "street_address" = "street_address",
            "room" = "room",
            "postal_code" = "postal_code",
            "locality" = "locality",
            "sub_locality" = "sub_locality"
        ),
        Kind::File => read!("council_file", "name" = "name", "dated_on" = "dated_on"),
        Kind::AgendaItem => (
            sql!(
                "SELECT i.number, i.name, CASE WHEN i.state = 'internal' THEN 'closed' WHEN i.is_public = 0 THEN 'announced' ELSE 'public' END, \
                 i.reason_non_public, i.summary, CAST(c.paper_id AS TEXT), c.role, CAST(c.authoritative AS TEXT), i.result, i.resolution_text, \
                 CAST(i.votes_yes AS TEXT), CAST(i.votes_no AS TEXT), CAST(i.votes_abstained AS TEXT), CAST(i.meeting_id AS TEXT) \
                 FROM council_agenda_item i LEFT JOIN council_consultation c ON c.id = i.consultation_id AND c.agenda_item_id = i.id \
                 WHERE i.site_id = $1 AND i.id = $2"
            ),
            &[
                "number",
                "name",
                "openness",
                "reason_non_public",
                "summary",
                "paper_id",
                "role",
                "authoritative",
                "result",
                "resolution_text",
                "votes_yes",
                "votes_no",
                "votes_abstained",
                "meeting_id",
            ],
        ),
        Kind::Consultation | Kind::System => return Err(DbError::Unsupported("a form of this kind")),
    })
}

fn links(kind: Kind) -> Vec<(&'static str, &'static Statement)> {
    match kind {
        Kind::Meeting => vec![
            ("organization_ids", sql!("SELECT organization_id FROM council_meeting_organization WHERE site_id = $1 AND meeting_id = $2 ORDER BY position")),
            ("participant_ids", sql!("SELECT person_id FROM council_meeting_participant WHERE site_id = $1 AND meeting_id = $2 ORDER BY position")),
        ],
        Kind::Paper => vec![
            ("person_ids", sql!("SELECT person_id FROM council_paper_originator WHERE site_id = $1 AND paper_id = $2 AND kind = 'person' ORDER BY position")),
            (
                "organization_ids",
                sql!("SELECT organization_id FROM council_paper_originator WHERE site_id = $1 AND paper_id = $2 AND kind = 'organization' ORDER BY position"),
            ),
            (
                "direction_ids",
                sql!("SELECT organization_id FROM council_paper_originator WHERE site_id = $1 AND paper_id = $2 AND kind = 'direction' ORDER BY position"),
            ),
            ("location_ids", sql!("SELECT location_id FROM council_paper_location WHERE site_id = $1 AND paper_id = $2 ORDER BY position")),
            (
                "superordinate_ids",
                sql!("SELECT other_id FROM council_paper_link WHERE site_id = $1 AND paper_id = $2 AND kind = 'superordinate' ORDER BY position"),
            ),
            ("related_ids", sql!("SELECT other_id FROM council_paper_link WHERE site_id = $1 AND paper_id = $2 AND kind = 'related' ORDER BY position")),
        ],
        _ => Vec::new(),
    }
}

fn variants(tx: &mut Tx<'_>, kind: Kind, id: i64, values: &mut Values) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.each(
        sql!("SELECT field, language, text FROM council_text WHERE site_id = $1 AND kind = $2 AND object_id = $3"),
        &[&site, &crate::store::kind_key(kind), &id],
        |row| {
            let (field, language) = (row.get::<String>(0)?, row.get::<Language>(1)?);
            let Some(variant) = VARIANTS.iter().find(|variant| variant.of == field && variant.language == language) else { return Ok(()) };
            let name = variant.field;
            values.push((name, row.get(2)?));
            Ok(())
        },
    )
}

/// The meeting of an agenda item and the item's place in it.
///
/// # Errors
/// What the database reports.
pub fn place_of_item(tx: &mut Tx<'_>, item: i64) -> Result<Option<(i64, i64)>, DbError> {
    let site = tx.site()?;
    tx.find(sql!("SELECT meeting_id, position FROM council_agenda_item WHERE site_id = $1 AND id = $2 AND meeting_id IS NOT NULL"), &[&site, &item], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// How many people were present at a meeting, if that was entered.
///
/// # Errors
/// What the database reports.
pub fn present(tx: &mut Tx<'_>, meeting_id: i64) -> Result<Option<i64>, DbError> {
    let site = tx.site()?;
    let count = tx.find(sql!("SELECT COUNT(*) FROM council_meeting_participant WHERE site_id = $1 AND meeting_id = $2"), &[&site, &meeting_id], |row| {
        row.get::<i64>(0)
    })?;
    Ok(count.filter(|count| *count > 0))
}

/// The organizations of a meeting, in order.
///
/// # Errors
/// What the database reports.
pub fn organizations_of(tx: &mut Tx<'_>, meeting_id: i64) -> Result<Vec<i64>, DbError> {
    let site = tx.site()?;
    tx.list(
        sql!("SELECT organization_id FROM council_meeting_organization WHERE site_id = $1 AND meeting_id = $2 ORDER BY position"),
        &[&site, &meeting_id],
        |row| row.get(0),
    )
}

/// Where a place lies.
///
/// # Errors
/// What the database reports.
pub fn geojson(tx: &mut Tx<'_>, location: i64) -> Result<Option<serde_json::Value>, DbError> {
    let site = tx.site()?;
    let text = tx.find(sql!("SELECT geojson FROM council_location WHERE site_id = $1 AND id = $2"), &[&site, &location], |row| row.get::<Option<String>>(0))?;
    Ok(text.flatten().and_then(|text| serde_json::from_str(&text).ok()))
}

/// Whether only title and reason of an agenda item are public.
///
/// # Errors
/// What the database reports.
pub fn is_announced(tx: &mut Tx<'_>, item: i64) -> Result<bool, DbError> {
    let site = tx.site()?;
    let found =
        tx.find(sql!("SELECT 1 FROM council_agenda_item WHERE site_id = $1 AND id = $2 AND is_public = 0 AND state <> 'internal'"), &[&site, &item], |_| {
            Ok(())
        })?;
    Ok(found.is_some())
}
