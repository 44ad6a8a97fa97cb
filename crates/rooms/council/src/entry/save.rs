//! From a form to rows: reads the fields, asks the rules, writes through the store. One transaction, one act.

use crate::entry::kinds::{Sort, VARIANTS};
use crate::entry::rules::{self, Openness, State, Votes};
use crate::store::entry::{self, ConsultationEntry, ItemEntry, MeetingEntry, PaperEntry, Stand};
use crate::store::entry_read::{self, Mark, Values};
use crate::store::entry_state::{self, Station};
use crate::store::import_objects::{MembershipRows, OrganizationRows, PersonRows};
use crate::store::noted;
use allmende_core::{Actor, Refusal};
use allmende_db::Tx;
use allmende_oparl::{self as oparl, Common, Kind};
use allmende_platform::AppError;
use allmende_platform::web::Fields;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Who saves, and whose clocks the form means.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Who saves.
    pub actor: Actor,
    /// The clocks of the place.
    pub zone: TimeZone,
}

/// What came of saving.
#[derive(Debug)]
pub enum Saved {
    /// The row.
    Kept(i64),
    /// Somebody else saved in between: their values.
    Stale(Values),
}

/// Saves a form as a new row or into a known one.
///
/// # Errors
/// `AppError::Refused` with the key and field of what a rule does not allow; `AppError::NotFound` for an unknown row.
pub fn save(tx: &mut Tx<'_>, desk: &Desk, sort: &Sort, id: Option<i64>, fields: &Fields) -> Result<Saved, AppError> {
    let now = tx.now()?.millis();
    let Some(id) = id else {
        let stand = Stand { id: None, state: State::Draft, created_at: now, modified_at: now };
        let id = write(tx, desk, sort, stand, Common::default(), fields)?;
        noted::note(tx, &[(sort.kind, id)])?;
        return Ok(Saved::Kept(id));
    };
    let mark = entry_read::mark(tx, sort.kind, id)?.ok_or(AppError::NotFound)?;
    if mark.is_imported {
        return Err(Refusal::new("admin-council-refusal-imported").into());
    }
    let before = shown(entry_read::values(tx, sort.kind, id)?.unwrap_or_default(), &desk.zone);
    if fields.raw("modified_at") != mark.modified_at.to_string() {
        return Ok(Saved::Stale(before));
    }
    let common = entry_read::common(tx, sort.kind, id)?;
    let at = now.max(mark.modified_at + 1);
    let stand = Stand { id: Some(id), state: mark.state, created_at: mark.created_at, modified_at: at };
    write(tx, desk, sort, stand, common, fields)?;
    after(tx, desk, sort, id, mark, &before, fields, at)?;
    Ok(Saved::Kept(id))
}

/// What follows from a change of a known row: its node, its stations, its owners, and the reason for a correction.
#[expect(clippy::too_many_arguments, reason = "the row before and after, and who changed it")]
fn after(tx: &mut Tx<'_>, desk: &Desk, sort: &Sort, id: i64, mark: Mark, before: &Values, fields: &Fields, at: i64) -> Result<(), AppError> {
    entry_state::touch_owners(tx, sort.kind, id, at)?;
    entry_state::settle_stations(tx, sort.kind, id, at)?;
    entry_state::tell_of(tx, sort.kind, id)?;
    noted::note(tx, &[(sort.kind, id)])?;
    if mark.state != State::Public {
        return Ok(());
    }
    let changes = changes(sort, before, fields);
    if changes.is_empty() {
        return Ok(());
    }
    let is_correction = rules::is_correction(changes.iter().map(|(_, before, after)| (before.as_str(), after.as_str())));
    let reason = if is_correction { Some(rules::check_reason(&fields.text("reason"))?) } else { None };
    let detail = changes
        .iter()
        .map(|(name, before, after)| ((*name).to_owned(), serde_json::json!({"before": before, "after": after})))
        .collect::<serde_json::Map<_, _>>();
    let act = match (is_correction, changes.iter().any(|(name, ..)| *name == "result")) {
        (true, _) => "corrected",
        (false, true) => "result",
        (false, false) => "changed",
    };
    entry_state::record(tx, sort.kind, id, &desk.actor, act, reason.as_deref(), Some(&serde_json::Value::from(detail).to_string()))?;
    Ok(())
}

/// The fields that differ: name, before, after.
#[must_use]
pub fn changes(sort: &Sort, before: &Values, fields: &Fields) -> Vec<(&'static str, String, String)> {
    let mut found = Vec::new();
    for field in sort.fields {
        let joined = |values: &mut dyn Iterator<Item = &str>| {
            values.filter(|value| !value.trim().is_empty()).map(str::trim).collect::<Vec<_>>().join(", ").replace("\r\n", "\n")
        };
        let old = joined(&mut before.iter().filter(|(name, _)| *name == field.name).map(|(_, value)| value.as_str()));
        let new = joined(&mut fields.all(field.name));
        if old != new {
            found.push((field.name, old, new));
        }
    }
    found
}

/// The values of a row as its form shows them: moments on the clocks of the place, titles as words.
#[must_use]
pub fn shown(values: Values, zone: &TimeZone) -> Values {
    let moment = |value: &str| {
        let at = value.parse().ok().and_then(|millis| Timestamp::from_millisecond(millis).ok());
        at.map(|at| at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default()
    };
    let words = |value: &str| serde_json::from_str::<Vec<String>>(value).map(|list| list.join(" ")).unwrap_or_default();
    values
        .into_iter()
        .map(|(name, value)| match name {
            "starts_at" | "ends_at" => (name, moment(&value)),
            "title" => (name, words(&value)),
            _ => (name, value),
        })
        .collect()
}

fn write(tx: &mut Tx<'_>, desk: &Desk, sort: &Sort, stand: Stand, common: Common, fields: &Fields) -> Result<i64, AppError> {
    let mut form = Reader { tx, fields, zone: &desk.zone };
    let id = match sort.kind {
        Kind::Body => form.body(&stand, common)?,
        Kind::LegislativeTerm => form.term(&stand, common)?,
        Kind::Organization => form.organization(&stand, common)?,
        Kind::Person => form.person(&stand, common)?,
        Kind::Membership => form.membership(&stand, common)?,
        Kind::Location => form.location(&stand, common)?,
        Kind::Meeting => form.meeting(&stand, common)?,
        Kind::Paper => form.paper(&stand, common)?,
        Kind::AgendaItem => form.item(&stand, common)?,
        Kind::File => form.file(&stand)?,
        Kind::Consultation | Kind::System => return Err(AppError::NotFound),
    };
    for variant in VARIANTS.iter().filter(|variant| sort.fields.iter().any(|field| field.name == variant.field)) {
        entry::set_text(tx, sort.kind, id, variant.of, variant.language, &fields.text(variant.field))?;
    }
    Ok(id)
}

/// Reads a form into entries and writes them.
struct Reader<'r, 'c> {
    tx: &'r mut Tx<'c>,
    fields: &'r Fields,
    zone: &'r TimeZone,
}

/// The fields of an agenda item that tell of its matter, in every language.
const TELLING: [&str; 6] = ["summary", "resolution_text", "summary_leicht", "summary_en", "resolution_text_leicht", "resolution_text_en"];

impl Reader<'_, '_> {
    fn line(&self, name: &str) -> Option<String> {
        Some(self.fields.line(name)).filter(|text| !text.is_empty())
    }

    fn long(&self, name: &str) -> Option<String> {
        Some(self.fields.text(name)).filter(|text| !text.is_empty())
    }

    fn title(&self) -> Result<Option<String>, AppError> {
        Ok(Some(rules::check_title("name", self.fields.raw("name"))?))
    }

    fn day(&self, name: &'static str) -> Result<Option<jiff::civil::Date>, AppError> {
        Ok(rules::check_day(name, self.fields.raw(name))?)
    }

    fn days(&self) -> Result<(Option<jiff::civil::Date>, Option<jiff::civil::Date>), AppError> {
        let (start, end) = (self.day("starts_on")?, self.day("ends_on")?);
        rules::check_period("ends_on", start.as_ref(), end.as_ref())?;
        Ok((start, end))
    }

    fn moment(&self, name: &'static str) -> Result<Option<Timestamp>, AppError> {
        let text = self.fields.line(name);
        if text.is_empty() {
            return Ok(None);
        }
        let refused = || Refusal::of_field(name, "admin-council-refusal-moment");
        let local: DateTime = text.parse().map_err(|_| refused())?;
        rules::check_day(name, &local.date().to_string())?;
        Ok(Some(local.to_zoned(self.zone.clone()).map_err(|_| refused())?.timestamp()))
    }

    fn number(&self, name: &'static str) -> Result<Option<i64>, AppError> {
        let text = self.fields.line(name);
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().ok().filter(|number| (0..=1000).contains(number)).map(Some).ok_or_else(|| Refusal::of_field(name, "admin-council-refusal-number").into())
    }

    fn flag(&self, name: &str) -> Option<bool> {
        match self.fields.raw(name) {
            "1" => Some(true),
            "0" => Some(false),
            _ => None,
        }
    }

    /// Rows that were chosen; each must be one of this site's.
    fn rows(&mut self, name: &'static str, kind: Kind) -> Result<Vec<i64>, AppError> {
        let refused = || Refusal::of_field(name, "admin-council-refusal-choice");
        let mut ids = Vec::new();
        for value in self.fields.all(name).filter(|value| !value.is_empty()) {
            let id = value.parse().map_err(|_| refused())?;
            if entry_read::mark(self.tx, kind, id)?.is_none() {
                return Err(refused().into());
            }
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        Ok(ids)
    }

    fn row(&mut self, name: &'static str, kind: Kind) -> Result<Option<i64>, AppError> {
        Ok(self.rows(name, kind)?.first().copied())
    }

    fn needed(&mut self, name: &'static str, kind: Kind) -> Result<Option<i64>, AppError> {
        match self.row(name, kind)? {
            None => Err(Refusal::of_field(name, "admin-council-refusal-choice").into()),
            some => Ok(some),
        }
    }

    fn body(&mut self, stand: &Stand, common: Common) -> Result<i64, AppError> {
        let object = oparl::Body {
            common,
            name: self.title()?,
            short_name: self.line("short_name"),
            classification: self.line("classification"),
            website: self.line("website"),
            contact_name: self.line("contact_name"),
            contact_email: self.line("contact_email"),
            ..oparl::Body::default()
        };
        let location = self.row("location_id", Kind::Location)?;
        Ok(entry::body(self.tx, stand, &object, location, None)?)
    }

    fn term(&mut self, stand: &Stand, common: Common) -> Result<i64, AppError> {
        let (start_date, end_date) = self.days()?;
        let object = oparl::LegislativeTerm { common, name: self.title()?, start_date, end_date, ..oparl::LegislativeTerm::default() };
        let body = self.row("body_id", Kind::Body)?;
        Ok(entry::term(self.tx, stand, &object, body)?)
    }

    fn organization(&mut self, stand: &Stand, common: Common) -> Result<i64, AppError> {
        let (start_date, end_date) = self.days()?;
        let object = oparl::Organization {
            common,
            name: self.title()?,
            short_name: self.line("short_name"),
            organization_type: self.line("kind"),
            classification: self.line("classification"),
            start_date,
            end_date,
            ..oparl::Organization::default()
        };
        let parent = self.row("parent_id", Kind::Organization)?.filter(|parent| Some(*parent) != stand.id);
        let rows = OrganizationRows { body_id: self.row("body_id", Kind::Body)?, parent_id: parent, location_id: self.row("location_id", Kind::Location)? };
        Ok(entry::organization(self.tx, stand, &object, &rows)?)
    }

    fn person(&mut self, stand: &Stand, common: Common) -> Result<i64, AppError> {
        let (given, family, title) = (self.fields.line("given_name"), self.fields.line("family_name"), self.line("title"));
        if given.is_empty() || family.is_empty() {
            let field = if given.is_empty() { "given_name" } else { "family_name" };
            return Err(Refusal::of_field(field, "admin-council-refusal-name").into());
        }
        let name = title.iter().cloned().chain([given.clone(), family.clone()]).collect::<Vec<_>>().join(" ");
        let object = oparl::Person {
            common,
            name: Some(name),
            given_name: Some(given),
            family_name: Some(family),
            title: title.into_iter().collect(),
            form_of_address: self.line("form_of_address"),
            life: self.long("life"),
            ..oparl::Person::default()
        };
        let rows = PersonRows { body_id: self.row("body_id", Kind::Body)?, ..PersonRows::default() };
        Ok(entry::person(self.tx, stand, &object, &rows)?)
    }

    fn membership(&mut self, stand: &Stand, common: Common) -> Result<i64, AppError> {
        let (start_date, end_date) = self.days()?;
        let role = self.line("role").ok_or(Refusal::of_field("role", "admin-council-refusal-name"))?;
        let object =
            oparl::Membership { common, role: Some(role), voting_right: self.flag("voting_right"), start_date, end_date, ..oparl::Membership::default() };
        let rows = MembershipRows {
            person_id: self.needed("person_id", Kind::Person)?,
            organization_id: self.needed("organization_id", Kind::Organization)?,
            on_behalf_of_id: self.row("on_behalf_of_id", Kind::Organization)?,
        };
        Ok(entry::membership(self.tx, stand, &object, &rows)?)
    }

    fn location(&mut self, stand: &Stand, common: Common) -> Result<i64, AppError> {
        let object = oparl::Location {
            common,
            description: self.title()?,
            street_address: self.line("street_address"),
            room: self.line("room"),
            postal_code: self.line("postal_code"),
            locality: self.line("locality"),
            sub_locality: self.line("sub_locality"),
            geojson: match stand.id {
                Some(id) => entry_read::geojson(self.tx, id)?,
                None => None,
            },
            ..oparl::Location::default()
        };
        Ok(entry::location(self.tx, stand, &object)?)
    }

    fn meeting(&mut self, stand: &Stand, common: Common) -> Result<i64, AppError> {
        let (start, end) = (self.moment("starts_at")?, self.moment("ends_at")?);
        if start.is_none() {
            return Err(Refusal::of_field("starts_at", "admin-council-refusal-moment").into());
        }
        rules::check_period("ends_at", start.as_ref(), end.as_ref())?;
        let organization_ids = self.rows("organization_ids", Kind::Organization)?;
        if organization_ids.is_empty() {
            return Err(Refusal::of_field("organization_ids", "admin-council-refusal-choice").into());
        }
        let object = oparl::Meeting {
            common,
            name: self.title()?,
            meeting_state: self.line("meeting_state"),
            cancelled: self.flag("cancelled"),
            start,
            end,
            ..oparl::Meeting::default()
        };
        let entered = MeetingEntry {
            object,
            number: self.line("number"),
            summary: self.long("summary"),
            guest_count: self.number("guest_count")?,
            body_id: self.row("body_id", Kind::Body)?,
            location_id: self.row("location_id", Kind::Location)?,
            organization_ids,
            participant_ids: self.rows("participant_ids", Kind::Person)?,
        };
        Ok(entry::meeting(self.tx, stand, &entered)?)
    }

    fn paper(&mut self, stand: &Stand, common: Common) -> Result<i64, AppError> {
        let object = oparl::Paper {
            common,
            name: self.title()?,
            reference: self.line("reference"),
            paper_type: self.line("kind"),
            date: self.day("dated_on")?,
            ..oparl::Paper::default()
        };
        if stand.state == State::Public {
            rules::check_public_paper(object.name.as_deref(), object.paper_type.as_deref(), object.date)?;
        }
        let entered = PaperEntry {
            object,
            summary: self.long("summary"),
            body_id: self.row("body_id", Kind::Body)?,
            person_ids: self.rows("person_ids", Kind::Person)?,
            organization_ids: self.rows("organization_ids", Kind::Organization)?,
            direction_ids: self.rows("direction_ids", Kind::Organization)?,
            location_ids: self.rows("location_ids", Kind::Location)?,
            related_ids: self.rows("related_ids", Kind::Paper)?,
            superordinate_ids: self.rows("superordinate_ids", Kind::Paper)?,
        };
        Ok(entry::paper(self.tx, stand, &entered)?)
    }

    fn item(&mut self, stand: &Stand, common: Common) -> Result<i64, AppError> {
        let meeting_id = match stand.id {
            Some(id) => entry_read::place_of_item(self.tx, id)?.ok_or(AppError::NotFound)?,
            None => {
                let meeting = self.needed("meeting_id", Kind::Meeting)?.unwrap_or_default();
                (meeting, entry_state::next_position(self.tx, meeting)?)
            }
        };
        let (meeting_id, position) = meeting_id;
        let openness = Openness::of(self.fields.raw("openness"));
        let paper = self.row("paper_id", Kind::Paper)?;
        let has_files = match stand.id {
            Some(id) => !entry_read::files(self.tx, Kind::AgendaItem, id)?.is_empty(),
            None => false,
        };
        let reason = self.line("reason_non_public");
        let told_in = TELLING.into_iter().find(|field| !self.fields.raw(field).trim().is_empty());
        rules::check_item(openness, self.fields.raw("name"), reason.as_deref().unwrap_or_default(), paper.is_some() || has_files, told_in)?;
        let votes = Votes { yes: self.number("votes_yes")?, no: self.number("votes_no")?, abstained: self.number("votes_abstained")? };
        let votes = votes.check(entry_read::present(self.tx, meeting_id)?)?;
        let state = match (openness, stand.state) {
            (Openness::Closed, State::Public) => return Err(Refusal::of_field("openness", "admin-council-refusal-withdraw-instead").into()),
            (Openness::Closed, State::Withdrawn) => return Err(Refusal::of_field("openness", "admin-council-refusal-withdrawn-stays").into()),
            (Openness::Closed, _) => State::Internal,
            (_, State::Internal) => State::Draft,
            (_, state) => state,
        };
        let stand = Stand { state, ..*stand };
        let object = oparl::AgendaItem {
            common,
            number: self.line("number"),
            order: Some(position),
            name: self.title()?,
            public: Some(openness == Openness::Public),
            result: self.line("result"),
            resolution_text: self.long("resolution_text"),
            ..oparl::AgendaItem::default()
        };
        let station = match stand.id {
            Some(id) => entry_state::station_of(self.tx, id)?,
            None => None,
        };
        let entered = ItemEntry {
            object,
            meeting_id: Some(meeting_id),
            position,
            summary: self.long("summary"),
            reason_non_public: if openness == Openness::Public { None } else { reason },
            consultation_id: station.map(|station| station.id),
            votes,
        };
        let id = entry::agenda_item(self.tx, &stand, &entered)?;
        self.station(id, meeting_id, paper, station, stand.modified_at)?;
        entry_state::settle_stations(self.tx, Kind::AgendaItem, id, stand.modified_at)?;
        if stand.id.is_none() {
            entry_state::touch(self.tx, Kind::Meeting, meeting_id, stand.modified_at)?;
        }
        Ok(id)
    }

    /// The station of the item's paper, written, changed or taken back.
    fn station(&mut self, item: i64, meeting: i64, paper: Option<i64>, known: Option<Station>, at: i64) -> Result<(), AppError> {
        let Some(paper) = paper else {
            if let Some(station) = known {
                entry_state::drop_station(self.tx, item, &station, at)?;
            }
            return Ok(());
        };
        let position = match known {
            Some(station) if station.paper_id == Some(paper) => station.position,
            _ => entry_state::next_station(self.tx, paper)?,
        };
        let stand = Stand { id: known.map(|station| station.id), state: known.map_or(State::Draft, |station| station.state), created_at: at, modified_at: at };
        let entered = ConsultationEntry {
            object: oparl::Consultation { authoritative: self.flag("authoritative"), role: self.line("role"), ..oparl::Consultation::default() },
            paper_id: Some(paper),
            agenda_item_id: Some(item),
            meeting_id: Some(meeting),
            position,
            organization_ids: entry_read::organizations_of(self.tx, meeting)?,
        };
        entry::consultation(self.tx, &stand, &entered)?;
        Ok(())
    }

    fn file(&mut self, stand: &Stand) -> Result<i64, AppError> {
        let id = stand.id.ok_or(AppError::NotFound)?;
        let name = self.title()?;
        let day = self.day("dated_on")?.map(|day| day.to_string());
        entry::rename_file(self.tx, id, name.as_deref(), day.as_deref(), stand.modified_at)?;
        Ok(id)
    }
}
