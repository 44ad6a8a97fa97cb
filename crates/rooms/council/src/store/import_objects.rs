//! One function per type: an OParl object into its table, new or known.
//!
//! The columns that all types share are written by one macro; each column of a type is named once. References come resolved:
//! this module knows rows, not addresses.

use allmende_core::fold::{fold, sort_key};
use allmende_db::{DbError, Tx, sql};
use allmende_oparl::{AgendaItem, Body, Common, Consultation, File, Kind, LegislativeTerm, Location, Meeting, Membership, Organization, Paper, Person, time};
use jiff::Timestamp;
use jiff::civil::Date;

/// What all tables share, and the row if there is one.
#[derive(Debug)]
pub struct Shared {
    id: Option<i64>,
    state: &'static str,
    license: Option<String>,
    keywords: Option<String>,
    web: Option<String>,
    vendor: Option<String>,
    created_at: i64,
    modified_at: i64,
}

impl Shared {
    /// The shared columns of an object; `id` is its row if it has one already.
    #[must_use]
    pub fn of(common: &Common, id: Option<i64>, created_at: i64, modified_at: i64) -> Self {
        Self {
            id,
            state: if common.deleted { "withdrawn" } else { "public" },
            license: common.license.clone(),
            keywords: texts(&common.keyword),
            web: common.web.clone(),
            vendor: (!common.vendor.is_empty()).then(|| serde_json::to_string(&common.vendor).unwrap_or_default()),
            created_at,
            modified_at,
        }
    }

    /// The shared columns of an object that was entered here, in a state of its own.
    #[must_use]
    pub fn entered(common: &Common, id: Option<i64>, state: &'static str, created_at: i64, modified_at: i64) -> Self {
        Self { state, ..Self::of(common, id, created_at, modified_at) }
    }
}

/// Writes a row: INSERT without an id, UPDATE with one. Own parameters begin at `$9`; `$last` follows them.
macro_rules! keep {
    ($tx:expr, $shared:expr, $table:literal, $last:literal, $($column:literal $parameter:literal = $value:expr),+ $(,)?) => {{
        let (site, shared) = ($tx.site()?, $shared);
        match shared.id {
            Some(id) => {
                $tx.execute(
                    sql!(concat!(
                        "UPDATE ", $table, " SET state = $2, license = $3, keywords = $4, web = $5, vendor = $6, created_at = $7, modified_at = $8",
                        $(", ", $column, " = ", $parameter,)+ " WHERE site_id = $1 AND id = ", $last
                    )),
                    &[&site, &shared.state, &shared.license, &shared.keywords, &shared.web, &shared.vendor, &shared.created_at, &shared.modified_at, $(&$value,)+ &id],
                )?;
                Ok(id)
            }
            None => $tx
                .insert::<str>(
                    sql!(concat!(
                        "INSERT INTO ", $table, " (site_id, state, license, keywords, web, vendor, created_at, modified_at",
                        $(", ", $column,)+ ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8", $(", ", $parameter,)+ ") RETURNING id"
                    )),
                    &[&site, &shared.state, &shared.license, &shared.keywords, &shared.web, &shared.vendor, &shared.created_at, &shared.modified_at, $(&$value,)+],
                )
                .map(allmende_core::Id::get),
        }
    }};
}

/// A list of texts as the database holds it; nothing if it is empty.
#[must_use]
pub fn texts(list: &[String]) -> Option<String> {
    (!list.is_empty()).then(|| serde_json::to_string(list).unwrap_or_default())
}

fn day(date: Option<Date>) -> Option<String> {
    date.map(time::write_day)
}

fn millis(instant: Option<Timestamp>) -> Option<i64> {
    instant.map(Timestamp::as_millisecond)
}

fn flag(value: Option<bool>) -> Option<i64> {
    value.map(i64::from)
}

/// Writes a location and returns its row.
///
/// # Errors
/// What the database reports.
pub fn location(tx: &mut Tx<'_>, shared: &Shared, location: &Location) -> Result<i64, DbError> {
    keep!(tx, shared, "council_location", "$16",
        "description" "$9" = location.description, "geojson" "$10" = location.geojson.as_ref().map(ToString::to_string),
        "street_address" "$11" = location.street_address, "room" "$12" = location.room, "postal_code" "$13" = location.postal_code,
        "sub_locality" "$14" = location.sub_locality, "locality" "$15" = location.locality)
}

/// Writes a body and returns its row.
///
/// # Errors
/// What the database reports.
pub fn body(tx: &mut Tx<'_>, shared: &Shared, body: &Body, location_id: Option<i64>, main_organization_id: Option<i64>) -> Result<i64, DbError> {
    keep!(tx, shared, "council_body", "$22",
        "name" "$9" = body.name.as_deref().unwrap_or_default(), "short_name" "$10" = body.short_name, "website" "$11" = body.website,
        "license_valid_since" "$12" = body.license_valid_since.map(|instant| instant.to_string()),
        "oparl_since" "$13" = body.oparl_since.map(|instant| instant.to_string()),
        "ags" "$14" = body.ags, "rgs" "$15" = body.rgs, "equivalents" "$16" = texts(&body.equivalent), "contact_email" "$17" = body.contact_email,
        "contact_name" "$18" = body.contact_name, "classification" "$19" = body.classification, "location_id" "$20" = location_id,
        "main_organization_id" "$21" = main_organization_id)
}

/// Writes a term and returns its row.
///
/// # Errors
/// What the database reports.
pub fn term(tx: &mut Tx<'_>, shared: &Shared, term: &LegislativeTerm, body_id: Option<i64>) -> Result<i64, DbError> {
    keep!(tx, shared, "council_term", "$13",
        "body_id" "$9" = body_id, "name" "$10" = term.name, "starts_on" "$11" = day(term.start_date), "ends_on" "$12" = day(term.end_date))
}

/// What an organization refers to.
#[derive(Debug, Default)]
pub struct OrganizationRows {
    /// Its body.
    pub body_id: Option<i64>,
    /// The organization above it.
    pub parent_id: Option<i64>,
    /// Its place.
    pub location_id: Option<i64>,
}

/// Writes an organization and returns its row.
///
/// # Errors
/// What the database reports.
pub fn organization(tx: &mut Tx<'_>, shared: &Shared, organization: &Organization, rows: &OrganizationRows) -> Result<i64, DbError> {
    let name = organization.name.as_deref().unwrap_or_default();
    keep!(tx, shared, "council_organization", "$24",
        "name" "$9" = name, "short_name" "$10" = organization.short_name, "sort_key" "$11" = sort_key(name),
        "kind" "$12" = organization.organization_type, "classification" "$13" = organization.classification,
        "posts" "$14" = texts(&organization.post), "starts_on" "$15" = day(organization.start_date), "ends_on" "$16" = day(organization.end_date),
        "website" "$17" = organization.website, "external_body" "$18" = organization.external_body,
        "member_count" "$19" = organization.member_count, "voting_member_count" "$20" = organization.voting_member_count,
        "body_id" "$21" = rows.body_id, "parent_id" "$22" = rows.parent_id, "location_id" "$23" = rows.location_id)
}

/// What a person refers to.
#[derive(Debug, Default)]
pub struct PersonRows {
    /// Its body.
    pub body_id: Option<i64>,
    /// Where it can be reached.
    pub location_id: Option<i64>,
    /// Its portrait.
    pub image_file_id: Option<i64>,
}

/// Writes a person and returns its row.
///
/// # Errors
/// What the database reports.
pub fn person(tx: &mut Tx<'_>, shared: &Shared, person: &Person, rows: &PersonRows) -> Result<i64, DbError> {
    let name = person.name.as_deref().unwrap_or_default();
    let family_first = match &person.family_name {
        Some(family) => format!("{family} {}", person.given_name.as_deref().unwrap_or_default()),
        None => name.to_owned(),
    };
    keep!(tx, shared, "council_person", "$25",
        "name" "$9" = name, "sort_key" "$10" = sort_key(&family_first), "family_name" "$11" = person.family_name,
        "given_name" "$12" = person.given_name, "form_of_address" "$13" = person.form_of_address, "affix" "$14" = person.affix,
        "titles" "$15" = texts(&person.title), "gender" "$16" = person.gender, "phones" "$17" = texts(&person.phone),
        "emails" "$18" = texts(&person.email), "statuses" "$19" = texts(&person.status), "life" "$20" = person.life,
        "life_source" "$21" = person.life_source, "body_id" "$22" = rows.body_id, "location_id" "$23" = rows.location_id,
        "image_file_id" "$24" = rows.image_file_id)
}

/// What a membership refers to.
#[derive(Debug, Default)]
pub struct MembershipRows {
    /// Who.
    pub person_id: Option<i64>,
    /// In what.
    pub organization_id: Option<i64>,
    /// For whom.
    pub on_behalf_of_id: Option<i64>,
}

/// Writes a membership and returns its row.
///
/// # Errors
/// What the database reports.
pub fn membership(tx: &mut Tx<'_>, shared: &Shared, membership: &Membership, rows: &MembershipRows) -> Result<i64, DbError> {
    keep!(tx, shared, "council_membership", "$16",
        "person_id" "$9" = rows.person_id, "organization_id" "$10" = rows.organization_id, "on_behalf_of_id" "$11" = rows.on_behalf_of_id,
        "role" "$12" = membership.role, "voting_right" "$13" = flag(membership.voting_right), "starts_on" "$14" = day(membership.start_date),
        "ends_on" "$15" = day(membership.end_date))
}

/// Writes a meeting and returns its row.
///
/// # Errors
/// What the database reports.
pub fn meeting(tx: &mut Tx<'_>, shared: &Shared, meeting: &Meeting, body_id: Option<i64>, location_id: Option<i64>) -> Result<i64, DbError> {
    keep!(tx, shared, "council_meeting", "$16",
        "name" "$9" = meeting.name, "meeting_state" "$10" = meeting.meeting_state, "cancelled" "$11" = flag(meeting.cancelled),
        "starts_at" "$12" = millis(meeting.start), "ends_at" "$13" = millis(meeting.end), "location_id" "$14" = location_id, "body_id" "$15" = body_id)
}

/// Writes a paper and returns its row.
///
/// # Errors
/// What the database reports.
pub fn paper(tx: &mut Tx<'_>, shared: &Shared, paper: &Paper, body_id: Option<i64>) -> Result<i64, DbError> {
    keep!(tx, shared, "council_paper", "$15",
        "body_id" "$9" = body_id, "name" "$10" = paper.name, "reference" "$11" = paper.reference,
        "reference_folded" "$12" = paper.reference.as_deref().map(fold), "kind" "$13" = paper.paper_type, "dated_on" "$14" = day(paper.date))
}

/// What an agenda item refers to.
#[derive(Debug, Default)]
pub struct AgendaItemRows {
    /// Its meeting.
    pub meeting_id: Option<i64>,
    /// Its consultation.
    pub consultation_id: Option<i64>,
    /// Its place in the agenda; without one a known item keeps its own.
    pub position: Option<i64>,
}

/// Writes an agenda item and returns its row.
///
/// # Errors
/// What the database reports.
pub fn agenda_item(tx: &mut Tx<'_>, shared: &Shared, item: &AgendaItem, rows: &AgendaItemRows) -> Result<i64, DbError> {
    match rows.position {
        Some(position) => keep!(tx, shared, "council_agenda_item", "$19",
            "meeting_id" "$9" = rows.meeting_id, "number" "$10" = item.number, "name" "$11" = item.name, "is_public" "$12" = flag(item.public),
            "consultation_id" "$13" = rows.consultation_id, "result" "$14" = item.result, "resolution_text" "$15" = item.resolution_text,
            "starts_at" "$16" = millis(item.start), "ends_at" "$17" = millis(item.end), "position" "$18" = position),
        None => keep!(tx, shared, "council_agenda_item", "$18",
            "meeting_id" "$9" = rows.meeting_id, "number" "$10" = item.number, "name" "$11" = item.name, "is_public" "$12" = flag(item.public),
            "consultation_id" "$13" = rows.consultation_id, "result" "$14" = item.result, "resolution_text" "$15" = item.resolution_text,
            "starts_at" "$16" = millis(item.start), "ends_at" "$17" = millis(item.end)),
    }
}

/// What a consultation refers to.
#[derive(Debug, Default)]
pub struct ConsultationRows {
    /// Its paper.
    pub paper_id: Option<i64>,
    /// Its agenda item.
    pub agenda_item_id: Option<i64>,
    /// Its meeting.
    pub meeting_id: Option<i64>,
    /// Its place among the paper's stations; without one a known consultation keeps its own.
    pub position: Option<i64>,
}

/// Writes a consultation and returns its row.
///
/// # Errors
/// What the database reports.
pub fn consultation(tx: &mut Tx<'_>, shared: &Shared, consultation: &Consultation, rows: &ConsultationRows) -> Result<i64, DbError> {
    match rows.position {
        Some(position) => keep!(tx, shared, "council_consultation", "$15",
            "paper_id" "$9" = rows.paper_id, "agenda_item_id" "$10" = rows.agenda_item_id, "meeting_id" "$11" = rows.meeting_id,
            "authoritative" "$12" = flag(consultation.authoritative), "role" "$13" = consultation.role, "position" "$14" = position),
        None => keep!(tx, shared, "council_consultation", "$14",
            "paper_id" "$9" = rows.paper_id, "agenda_item_id" "$10" = rows.agenda_item_id, "meeting_id" "$11" = rows.meeting_id,
            "authoritative" "$12" = flag(consultation.authoritative), "role" "$13" = consultation.role),
    }
}

/// Writes a file and returns its row.
///
/// # Errors
/// What the database reports.
pub fn file(tx: &mut Tx<'_>, shared: &Shared, file: &File, master_file_id: Option<i64>) -> Result<i64, DbError> {
    keep!(tx, shared, "council_file", "$22",
        "name" "$9" = file.name, "file_name" "$10" = file.file_name, "mime_type" "$11" = file.mime_type, "dated_on" "$12" = day(file.date),
        "size_bytes" "$13" = file.size, "sha1" "$14" = file.sha1_checksum, "sha512" "$15" = file.sha512_checksum,
        "access_url" "$16" = file.access_url, "download_url" "$17" = file.download_url, "external_service_url" "$18" = file.external_service_url,
        "file_license" "$19" = file.file_license, "origin_text" "$20" = file.text, "master_file_id" "$21" = master_file_id)
}

/// Lets the job that reads texts take a file up (again).
///
/// # Errors
/// What the database reports.
pub fn wait_for_text(tx: &mut Tx<'_>, file_id: i64) -> Result<(), DbError> {
    let site = tx.site()?;
    tx.execute(sql!("UPDATE council_file SET text_state = 'waiting', text_problem = NULL WHERE site_id = $1 AND id = $2"), &[&site, &file_id])?;
    Ok(())
}

/// A row for an object that is only referred to so far.
///
/// # Errors
/// What the database reports.
pub fn placeholder(tx: &mut Tx<'_>, kind: Kind, now: i64) -> Result<i64, DbError> {
    macro_rules! plain {
        ($table:literal, $columns:literal, $values:literal) => {
            sql!(concat!(
                "INSERT INTO ",
                $table,
                " (site_id, state, created_at, modified_at",
                $columns,
                ") VALUES ($1, 'placeholder', $2, $2",
                $values,
                ") RETURNING id"
            ))
        };
    }
    let statement = match kind {
        Kind::System => return Err(DbError::Unsupported("a row for a system")),
        Kind::Body => plain!("council_body", ", name", ", ''"),
        Kind::LegislativeTerm => plain!("council_term", "", ""),
        Kind::Organization => plain!("council_organization", ", name, sort_key", ", '', ''"),
        Kind::Person => plain!("council_person", ", name, sort_key", ", '', ''"),
        Kind::Membership => plain!("council_membership", "", ""),
        Kind::Meeting => plain!("council_meeting", "", ""),
        Kind::AgendaItem => plain!("council_agenda_item", "", ""),
        Kind::Paper => plain!("council_paper", "", ""),
        Kind::Consultation => plain!("council_consultation", "", ""),
        Kind::File => plain!("council_file", "", ""),
        Kind::Location => plain!("council_location", "", ""),
    };
    let site = tx.site()?;
    tx.insert::<str>(statement, &[&site, &now]).map(allmende_core::Id::get)
}

/// Withdraws an object that its server no longer has. Returns false if it was not public.
///
/// # Errors
/// What the database reports.
pub fn withdraw(tx: &mut Tx<'_>, kind: Kind, id: i64, modified_at: i64) -> Result<bool, DbError> {
    macro_rules! plain {
        ($table:literal) => {
            sql!(concat!("UPDATE ", $table, " SET state = 'withdrawn', modified_at = $3 WHERE site_id = $1 AND id = $2 AND state = 'public'"))
        };
    }
    let statement = match kind {
        Kind::System => return Err(DbError::Unsupported("a row for a system")),
        Kind::Body => plain!("council_body"),
        Kind::LegislativeTerm => plain!("council_term"),
        Kind::Organization => plain!("council_organization"),
        Kind::Person => plain!("council_person"),
        Kind::Membership => plain!("council_membership"),
        Kind::Meeting => plain!("council_meeting"),
        Kind::AgendaItem => plain!("council_agenda_item"),
        Kind::Paper => plain!("council_paper"),
        Kind::Consultation => plain!("council_consultation"),
        Kind::File => plain!("council_file"),
        Kind::Location => plain!("council_location"),
    };
    let site = tx.site()?;
    Ok(tx.execute(statement, &[&site, &id, &modified_at])? == 1)
}
