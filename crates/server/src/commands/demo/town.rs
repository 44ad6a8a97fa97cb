//! Writes an invented town into the site of a transaction, from its body to the last agenda item.
//!
//! The order is that of [`Town`]: each record only refers to those before it. Start with [`write`].

use super::documents::{Kept, Owner};
use super::{objects, threads};
use allmende_core::{Id, Instant, Language};
use allmende_council::entry::rules::{State, Votes};
use allmende_council::store::entry::{self, ConsultationEntry, ItemEntry, MeetingEntry, PaperEntry, Stand};
use allmende_council::store::entry_nodes::tell;
use allmende_council::store::import_objects::{MembershipRows, OrganizationRows, PersonRows};
use allmende_council::store::{import_links, kind_key, nodes};
use allmende_db::{DbError, Tx};
use allmende_demo::{AgendaItem, Department, Meeting, OrganizationKind, Paper, Stage, Text, Town};
use allmende_oparl::{self as oparl, Kind};
use allmende_platform::thread::{self, NodeData};
use jiff::civil::{Date, time};
use jiff::{Zoned, tz::TimeZone};
use std::collections::HashMap;

/// Writes everything.
///
/// # Errors
/// What the database reports.
pub(super) fn write(tx: &mut Tx<'_>, town: &Town, documents: &HashMap<Owner, Kept>, now: &Zoned) -> Result<Written, DbError> {
    let mut writer =
        Writer { tx, town, documents, zone: now.time_zone().clone(), today: now.date(), now: now.timestamp().as_millisecond(), rows: Rows::default() };
    writer.town()?;
    let rows = std::mem::take(&mut writer.rows);
    Ok(Written { nodes: rows.nodes, items: rows.items })
}

/// What the threads and the decisions hang on.
pub(super) struct Written {
    /// The nodes of council matters.
    pub nodes: threads::Nodes,
    /// The rows of agenda items, by meeting and number.
    pub items: HashMap<(String, String), i64>,
}

/// The rows of what was written so far, by the keys of the files.
#[derive(Default)]
struct Rows {
    body: Option<i64>,
    persons: HashMap<String, i64>,
    organizations: HashMap<String, i64>,
    departments: HashMap<Department, i64>,
    locations: HashMap<String, i64>,
    papers: HashMap<String, i64>,
    stations: HashMap<String, i64>,
    nodes: threads::Nodes,
    items: HashMap<(String, String), i64>,
}

struct Writer<'w, 'c> {
    tx: &'w mut Tx<'c>,
    town: &'w Town,
    documents: &'w HashMap<Owner, Kept>,
    zone: TimeZone,
    today: Date,
    now: i64,
    rows: Rows,
}

impl<'w> Writer<'w, '_> {
    fn town(&mut self) -> Result<(), DbError> {
        let town = self.town;
        self.body()?;
        for term in &town.terms {
            let object = oparl::LegislativeTerm {
                common: objects::common(),
                name: Some(term.name.clone()),
                start_date: Some(term.start),
                end_date: Some(term.end),
                ..oparl::LegislativeTerm::default()
            };
            entry::term(self.tx, &self.since(term.start), &object, self.rows.body)?;
        }
        for person in &town.persons {
            let rows = PersonRows { body_id: self.rows.body, ..PersonRows::default() };
            let id = entry::person(self.tx, &self.since(self.beginning()), &objects::person(town, person), &rows)?;
            self.rows.persons.insert(person.key.clone(), id);
        }
        self.organizations()?;
        self.memberships()?;
        for paper in &town.papers {
            self.paper(paper)?;
        }
        self.paper_links()?;
        for meeting in &town.meetings {
            self.meeting(meeting)?;
        }
        Ok(())
    }

    /// Public since a day, and not changed since then.
    fn since(&self, day: Date) -> Stand {
        let at = objects::millis(day.to_datetime(time(10, 0, 0, 0)), &self.zone).min(self.now);
        Stand { id: None, state: State::Public, created_at: at, modified_at: at }
    }

    fn beginning(&self) -> Date {
        self.town.terms.first().map_or(self.town.today, |term| term.start)
    }

    fn body(&mut self) -> Result<(), DbError> {
        let site = &self.town.site;
        let place = oparl::Location {
            common: objects::common(),
            description: Some(site.locality.clone()),
            geojson: Some(objects::boundary(site)),
            street_address: Some(site.street_address.clone()),
            postal_code: Some(site.postal_code.clone()),
            locality: Some(site.locality.clone()),
            ..oparl::Location::default()
        };
        let stand = self.since(self.beginning());
        let place = entry::location(self.tx, &stand, &place)?;
        self.rows.body = Some(entry::body(self.tx, &stand, &objects::body(site), Some(place), None)?);
        Ok(())
    }

    /// The place with these words, made when it is first needed. `key` is that of a place with coordinates.
    fn location(&mut self, words: &str, key: Option<&str>) -> Result<i64, DbError> {
        if let Some(id) = self.rows.locations.get(words) {
            return Ok(*id);
        }
        let town = self.town;
        let place = key.and_then(|key| town.place(key));
        let district = place.and_then(|place| town.districts.iter().find(|district| district.key == place.district));
        let object = oparl::Location {
            common: objects::common(),
            description: Some(words.to_owned()),
            geojson: place.map(|place| objects::point(place.longitude, place.latitude)),
            street_address: place.and_then(|place| place.street.clone()),
            sub_locality: district.map(|district| district.name.clone()),
            postal_code: Some(town.site.postal_code.clone()),
            locality: Some(town.site.locality.clone()),
            ..oparl::Location::default()
        };
        let id = entry::location(self.tx, &self.since(self.beginning()), &object)?;
        self.rows.locations.insert(words.to_owned(), id);
        Ok(id)
    }

    fn district(&mut self, key: &str) -> Result<Option<i64>, DbError> {
        let town = self.town;
        let Some(district) = town.districts.iter().find(|district| district.key == key) else { return Ok(None) };
        if let Some(id) = self.rows.locations.get(&district.name) {
            return Ok(Some(*id));
        }
        let object = oparl::Location {
            common: objects::common(),
            description: Some(district.name.clone()),
            geojson: Some(objects::point(district.longitude, district.latitude)),
            sub_locality: Some(district.name.clone()),
            locality: Some(town.site.locality.clone()),
            ..oparl::Location::default()
        };
        let id = entry::location(self.tx, &self.since(self.beginning()), &object)?;
        self.rows.locations.insert(district.name.clone(), id);
        Ok(Some(id))
    }

    fn organizations(&mut self) -> Result<(), DbError> {
        let town = self.town;
        let (first, rest): (Vec<_>, Vec<_>) =
            town.organizations.iter().partition(|one| matches!(one.kind, OrganizationKind::Council | OrganizationKind::Administration));
        for organization in first.into_iter().chain(rest) {
            let location_id = organization.location.as_deref().map(|words| self.location(words, None)).transpose()?;
            let parent = match organization.kind {
                OrganizationKind::Committee | OrganizationKind::Group => town.council().and_then(|council| self.rows.organizations.get(&council.key)).copied(),
                _ => None,
            };
            let stand = self.since(organization.start);
            let rows = OrganizationRows { body_id: self.rows.body, parent_id: parent, location_id };
            let id = entry::organization(self.tx, &stand, &objects::organization(organization), &rows)?;
            self.rows.organizations.insert(organization.key.clone(), id);
            self.translate(Kind::Organization, id, "name", &organization.name)?;
            self.translate(Kind::Organization, id, "summary", &organization.description)?;
            let title = &organization.name.de;
            self.tell(Kind::Organization, id, title, &nodes::organization_path(id, title), None, None, Some(&organization.description.de), stand.state)?;
        }
        self.departments()
    }

    /// The offices of the administration as organizations of their own, so that papers can name who answers.
    fn departments(&mut self) -> Result<(), DbError> {
        let Some(administration) = self.town.organizations.iter().find(|one| one.kind == OrganizationKind::Administration) else { return Ok(()) };
        let parent_id = self.rows.organizations.get(&administration.key).copied();
        for paper in &self.town.papers {
            if self.rows.departments.contains_key(&paper.department) {
                continue;
            }
            let object = oparl::Organization {
                common: objects::common(),
                name: Some(paper.department.label().to_owned()),
                organization_type: Some("Verwaltungsbereich".to_owned()),
                classification: Some("Amt".to_owned()),
                start_date: Some(administration.start),
                ..oparl::Organization::default()
            };
            let rows = OrganizationRows { body_id: self.rows.body, parent_id, location_id: None };
            let id = entry::organization(self.tx, &self.since(administration.start), &object, &rows)?;
            let title = paper.department.label();
            self.tell(Kind::Organization, id, title, &nodes::organization_path(id, title), None, None, None, State::Public)?;
            self.rows.departments.insert(paper.department, id);
        }
        Ok(())
    }

    fn memberships(&mut self) -> Result<(), DbError> {
        let town = self.town;
        for membership in &town.memberships {
            let object = oparl::Membership {
                common: objects::common(),
                role: Some(membership.role.clone()),
                voting_right: Some(membership.voting),
                start_date: Some(membership.start),
                end_date: membership.end,
                ..oparl::Membership::default()
            };
            let rows = MembershipRows {
                person_id: self.rows.persons.get(&membership.person).copied(),
                organization_id: self.rows.organizations.get(&membership.organization).copied(),
                on_behalf_of_id: membership.on_behalf_of.as_ref().and_then(|key| self.rows.organizations.get(key)).copied(),
            };
            entry::membership(self.tx, &self.since(membership.end.unwrap_or(membership.start)), &object, &rows)?;
        }
        Ok(())
    }

    fn paper_entry(&self, paper: &Paper) -> PaperEntry {
        let all = |rows: &HashMap<String, i64>, keys: &[String]| keys.iter().filter_map(|key| rows.get(key)).copied().collect::<Vec<_>>();
        PaperEntry {
            object: objects::paper(paper),
            summary: Some(paper.summary.clone()),
            body_id: self.rows.body,
            person_ids: all(&self.rows.persons, &paper.from_persons),
            organization_ids: all(&self.rows.organizations, &paper.from_organizations),
            direction_ids: self.rows.departments.get(&paper.department).copied().into_iter().collect(),
            ..PaperEntry::default()
        }
    }

    fn paper(&mut self, paper: &'w Paper) -> Result<(), DbError> {
        let mut entered = self.paper_entry(paper);
        if let Some(place) = paper.place.as_deref().and_then(|key| self.town.place(key)) {
            entered.location_ids.push(self.location(&place.name, Some(&place.key))?);
        }
        if let Some(key) = &paper.district {
            entered.location_ids.extend(self.district(key)?);
        }
        let stand = self.stand_of(paper);
        let id = entry::paper(self.tx, &stand, &entered)?;
        self.rows.papers.insert(paper.key.clone(), id);
        for (key, language) in [("en", Language::English), ("leicht", Language::Easy)] {
            if let Some(words) = paper.translations.get(key) {
                entry::set_text(self.tx, Kind::Paper, id, "name", language, &words.title)?;
                entry::set_text(self.tx, Kind::Paper, id, "summary", language, &words.summary)?;
            }
        }
        let at = objects::millis(paper.date.to_datetime(time(0, 0, 0, 0)), &self.zone);
        let node = self.tell(Kind::Paper, id, &paper.title, &nodes::paper_path(id, &paper.title), Some(at), None, Some(&paper.summary), stand.state)?;
        self.rows.nodes.papers.extend(node.map(|node| (paper.key.clone(), node)));
        self.document(&Owner::Paper(paper.key.clone()), Kind::Paper, id, "main")
    }

    /// A paper changes when a committee has dealt with it; one of a day to come is a draft.
    fn stand_of(&self, paper: &Paper) -> Stand {
        let mut stand = self.since(paper.date);
        let held = self.town.consultations(&paper.key).into_iter().filter(|station| self.town.has_taken_place(station.meeting));
        let last = held.map(|station| objects::millis(station.meeting.end, &self.zone)).max();
        stand.modified_at = last.unwrap_or(stand.created_at).clamp(stand.created_at, self.now.max(stand.created_at));
        if paper.date > self.today {
            stand.state = State::Draft;
        }
        stand
    }

    /// Ties between papers, once all of them have rows.
    fn paper_links(&mut self) -> Result<(), DbError> {
        let town = self.town;
        for paper in &town.papers {
            let Some(id) = self.rows.papers.get(&paper.key).copied() else { continue };
            let other = |key: &String| self.rows.papers.get(key).copied();
            let related = paper.related.iter().filter_map(other).collect::<Vec<_>>();
            let superordinate = paper.superordinate.iter().filter_map(other).collect::<Vec<_>>();
            for (position, other) in (1..).zip(&related) {
                import_links::add_paper(self.tx, id, *other, "related", position)?;
                import_links::add_paper(self.tx, *other, id, "related", position)?;
            }
            for (position, other) in (1..).zip(&superordinate) {
                import_links::add_paper(self.tx, id, *other, "superordinate", position)?;
                import_links::add_paper(self.tx, *other, id, "subordinate", position)?;
            }
        }
        Ok(())
    }

    fn meeting(&mut self, meeting: &'w Meeting) -> Result<(), DbError> {
        let is_invited = meeting.invited_on <= self.today;
        let object = objects::meeting(self.town, meeting, is_invited, &self.zone);
        let organization = self.rows.organizations.get(&meeting.organization).copied();
        let location = self.location(&meeting.location, meeting.place.as_deref())?;
        let mut stand = self.since(meeting.invited_on);
        if self.town.has_taken_place(meeting) {
            stand.modified_at = objects::millis(meeting.end, &self.zone).clamp(stand.created_at, self.now.max(stand.created_at));
        }
        let entered = MeetingEntry {
            object,
            number: Some(format!("{}/{}", meeting.number, meeting.start.year())),
            summary: Some(meeting.summary.clone()),
            guest_count: meeting.guests.map(i64::from),
            body_id: self.rows.body,
            location_id: Some(location),
            organization_ids: organization.into_iter().collect(),
            participant_ids: meeting.present.iter().filter_map(|key| self.rows.persons.get(key)).copied().collect(),
        };
        let id = entry::meeting(self.tx, &stand, &entered)?;
        for (key, language) in [("en", Language::English), ("leicht", Language::Easy)] {
            entry::set_text(self.tx, Kind::Meeting, id, "summary", language, meeting.translations.get(key).map_or("", String::as_str))?;
        }
        let (title, state) = (entered.object.name.clone().unwrap_or_default(), entered.object.meeting_state.clone());
        let (path, start) = (nodes::meeting_path(id, &title), objects::millis(meeting.start, &self.zone));
        let node = self.tell(Kind::Meeting, id, &title, &path, Some(start), state.as_deref(), Some(&meeting.summary), stand.state)?;
        self.rows.nodes.meetings.extend(node.map(|node| (meeting.key.clone(), node)));
        for (position, item) in (1..).zip(&meeting.agenda) {
            self.item(meeting, item, position, id, &path, &stand)?;
        }
        self.document(&Owner::Invitation(meeting.key.clone()), Kind::Meeting, id, "invitation")?;
        self.document(&Owner::Minutes(meeting.key.clone()), Kind::Meeting, id, "results")
    }

    /// An item with the stations of its papers. A non-public one says only what may be said: its title and the reason.
    fn item(&mut self, meeting: &Meeting, item: &AgendaItem, position: i64, meeting_id: i64, path: &str, stand: &Stand) -> Result<(), DbError> {
        let count = |number: u32| Some(i64::from(number));
        let votes = item.votes.map_or_else(Votes::default, |votes| Votes { yes: count(votes.yes), no: count(votes.no), abstained: count(votes.abstentions) });
        let summary = objects::item_summary(item);
        let entered = ItemEntry {
            object: objects::agenda_item(item, position),
            meeting_id: Some(meeting_id),
            position,
            summary: summary.clone(),
            reason_non_public: item.not_public_because.clone(),
            consultation_id: None,
            votes,
        };
        let id = entry::agenda_item(self.tx, stand, &entered)?;
        self.rows.items.insert((meeting.key.clone(), item.number.clone()), id);
        let organization = self.rows.organizations.get(&meeting.organization).copied();
        for key in item.paper.iter().chain(&item.more_papers) {
            let Some(paper_id) = self.rows.papers.get(key).copied() else { continue };
            let station = self.rows.stations.entry(key.clone()).and_modify(|station| *station += 1).or_insert(1);
            let consultation = ConsultationEntry {
                object: oparl::Consultation {
                    common: objects::common(),
                    authoritative: Some(item.stage == Some(Stage::Decision)),
                    role: item.stage.map(|stage| stage.label().to_owned()),
                    ..oparl::Consultation::default()
                },
                paper_id: Some(paper_id),
                agenda_item_id: Some(id),
                meeting_id: Some(meeting_id),
                position: *station,
                organization_ids: organization.into_iter().collect(),
            };
            entry::consultation(self.tx, stand, &consultation)?;
        }
        let is_told = item.outcome.is_some()
            || self
                .town
                .threads
                .iter()
                .any(|thread| thread.nodes.iter().any(|node| node.meeting.as_ref() == Some(&meeting.key) && node.item.as_ref() == Some(&item.number)));
        if is_told && item.is_public() {
            let (path, start) = (nodes::agenda_item_path(path, position), objects::millis(meeting.start, &self.zone));
            let result = item.outcome.map(allmende_demo::Outcome::label);
            let node = self.tell(Kind::AgendaItem, id, &item.title, &path, Some(start), result, summary.as_deref(), stand.state)?;
            self.rows.nodes.items.extend(node.map(|node| ((meeting.key.clone(), item.number.clone()), node)));
        }
        Ok(())
    }

    fn document(&mut self, owner: &Owner, kind: Kind, id: i64, role: &'static str) -> Result<(), DbError> {
        let Some(kept) = self.documents.get(owner) else { return Ok(()) };
        let object = oparl::File {
            common: objects::common(),
            name: Some(kept.name.clone()),
            file_name: Some(kept.file_name.clone()),
            mime_type: Some("application/pdf".to_owned()),
            date: Some(kept.date),
            size: i64::try_from(kept.stored.size_bytes).ok(),
            sha512_checksum: Some(kept.stored.sha512.clone()),
            ..oparl::File::default()
        };
        let file = entry::file(self.tx, &self.since(kept.date), &object, &kept.stored.sha256)?;
        entry::file_text(self.tx, file, &kept.pages)?;
        import_links::add_file(self.tx, kind, id, role, 1, file)
    }

    fn translate(&mut self, kind: Kind, id: i64, field: &'static str, text: &Text) -> Result<(), DbError> {
        entry::set_text(self.tx, kind, id, field, Language::English, &text.en)?;
        entry::set_text(self.tx, kind, id, field, Language::Easy, &text.leicht)
    }

    #[expect(clippy::too_many_arguments, reason = "one line per column of the thread")]
    fn tell(
        &mut self,
        kind: Kind,
        object_id: i64,
        title: &str,
        path: &str,
        happened_at: Option<i64>,
        words: Option<&str>,
        summary: Option<&str>,
        state: State,
    ) -> Result<Option<Id<thread::Node>>, DbError> {
        let happened_at = happened_at.map(Instant::from_millis);
        tell(self.tx, &NodeData { kind: kind_key(kind), object_id, title, summary, path, happened_at, state: words }, state)
    }
}
