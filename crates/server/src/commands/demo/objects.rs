//! Records of the invented town as OParl objects. Pure: names and words only, no rows.

use allmende_demo::{AgendaItem, Meeting, Organization, OrganizationKind, Paper, Person, Site, Town};
use allmende_oparl as oparl;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

/// Everything invented is free for everybody.
const LICENSE: &str = "https://creativecommons.org/publicdomain/zero/1.0/";

/// Milliseconds UTC of a local time; the beginning of the calendar for one that does not exist.
pub(super) fn millis(local: DateTime, zone: &TimeZone) -> i64 {
    local.to_zoned(zone.clone()).map_or(0, |at| at.timestamp().as_millisecond())
}

pub(super) fn common() -> oparl::Common {
    oparl::Common { license: Some(LICENSE.to_owned()), ..oparl::Common::default() }
}

pub(super) fn point(longitude: f64, latitude: f64) -> Value {
    json!({"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [longitude, latitude]}})
}

pub(super) fn boundary(site: &Site) -> Value {
    let ring = site.boundary.iter().map(|(longitude, latitude)| json!([longitude, latitude])).collect::<Vec<_>>();
    json!({"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}})
}

pub(super) fn body(site: &Site) -> oparl::Body {
    oparl::Body {
        common: common(),
        name: Some(site.name.de.clone()),
        short_name: Some(site.locality.clone()),
        contact_email: Some(site.email.clone()),
        contact_name: Some("Ratsbüro".to_owned()),
        classification: Some("Gemeinde".to_owned()),
        ..oparl::Body::default()
    }
}

/// The words that OParl proposes for the type, and the German word beside it.
pub(super) fn organization(organization: &Organization) -> oparl::Organization {
    let kind = match organization.kind {
        OrganizationKind::Council | OrganizationKind::Committee | OrganizationKind::LocalCouncil => "Gremium",
        OrganizationKind::Group => "Fraktion",
        OrganizationKind::Administration => "Verwaltungsbereich",
    };
    oparl::Organization {
        common: common(),
        name: Some(organization.name.de.clone()),
        short_name: Some(organization.short_name.clone()),
        organization_type: Some(kind.to_owned()),
        classification: Some(organization.kind.label().to_owned()),
        start_date: Some(organization.start),
        end_date: organization.end,
        ..oparl::Organization::default()
    }
}

pub(super) fn person(town: &Town, person: &Person) -> oparl::Person {
    let district = person.district.as_ref().and_then(|key| town.districts.iter().find(|district| district.key == *key));
    let home = district.map(|district| format!("wohnt in {}", district.name));
    let life = person.profession.clone().into_iter().chain(home).collect::<Vec<_>>().join(", ");
    oparl::Person {
        common: common(),
        name: Some(person.full_name()),
        given_name: Some(person.given_name.clone()),
        family_name: Some(person.family_name.clone()),
        form_of_address: person.form_of_address.clone(),
        title: person.title.clone().into_iter().collect(),
        life: (!life.is_empty()).then_some(life),
        ..oparl::Person::default()
    }
}

pub(super) fn paper(paper: &Paper) -> oparl::Paper {
    oparl::Paper {
        common: common(),
        name: Some(paper.title.clone()),
        reference: Some(paper.reference.clone()),
        date: Some(paper.date),
        paper_type: Some(paper.kind.label().to_owned()),
        ..oparl::Paper::default()
    }
}

pub(super) fn meeting(town: &Town, meeting: &Meeting, is_invited: bool, zone: &TimeZone) -> oparl::Meeting {
    let organization = town.organization(&meeting.organization).map_or("", |organization| &organization.name.de);
    let state = match (town.has_taken_place(meeting), is_invited) {
        (true, _) => "durchgeführt",
        (false, true) => "eingeladen",
        (false, false) => "terminiert",
    };
    let instant = |local: DateTime| local.to_zoned(zone.clone()).map(|at| at.timestamp()).ok();
    oparl::Meeting {
        common: common(),
        name: Some(format!("{organization}, {}. Sitzung {}", meeting.number, meeting.start.year())),
        meeting_state: Some(state.to_owned()),
        cancelled: Some(meeting.is_cancelled),
        start: instant(meeting.start),
        end: instant(meeting.end),
        ..oparl::Meeting::default()
    }
}

pub(super) fn agenda_item(item: &AgendaItem, position: i64) -> oparl::AgendaItem {
    oparl::AgendaItem {
        common: common(),
        number: Some(item.number.clone()),
        order: Some(position),
        name: Some(item.title.clone()),
        public: Some(item.is_public()),
        result: item.outcome.map(|outcome| outcome.label().to_owned()),
        resolution_text: item.resolution.clone(),
        ..oparl::AgendaItem::default()
    }
}

/// What an item is about and what to know of its outcome.
pub(super) fn item_summary(item: &AgendaItem) -> Option<String> {
    let parts = [&item.summary, &item.note].into_iter().flatten().map(String::as_str).collect::<Vec<_>>();
    (!parts.is_empty()).then(|| parts.join(" "))
}
