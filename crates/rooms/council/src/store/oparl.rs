//! Rows as OParl objects: what the OParl interface serves and what tests compare with an imported server.
//!
//! A page of any type costs a bounded number of statements, at most seven, however many rows it has: parts and links of all
//! its objects are read together. A withdrawn object is a tombstone; drafts, internal objects and placeholders never
//! appear. Start with [`list_papers`] and [`View`]; the columns of each type stand in `oparl_rows`.

use crate::store::oparl_rows as rows;
use allmende_db::{DbError, Tx, sql};
use allmende_oparl::{AgendaItem, Body, Consultation, Embedded, Entity, File, Kind, LegislativeTerm, Location, Meeting, Membership, Organization, Paper, Person};
use std::collections::HashMap;

/// Gives an object its address.
pub trait Addresses {
    /// The address under which the object of this type and row is served.
    fn object(&self, kind: Kind, id: i64) -> String;
}

/// How objects are read.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// Their addresses.
    pub addresses: &'a dyn Addresses,
    /// Whether references to objects that are not served (placeholders) are given too. Only for comparing with a source.
    pub all_references: bool,
}

impl View<'_> {
    pub(super) fn flag(&self) -> i64 {
        i64::from(self.all_references)
    }

    pub(super) fn url(&self, kind: Kind, id: i64) -> String {
        self.addresses.object(kind, id)
    }

    pub(super) fn reference(&self, kind: Kind, id: Option<i64>) -> Option<String> {
        id.map(|id| self.url(kind, id))
    }
}

/// Which rows of a list: those after an id, within bounds (milliseconds UTC, inclusive).
#[derive(Debug, Clone, Copy)]
pub struct Filter {
    /// Created at or after.
    pub created_since: i64,
    /// Created at or before.
    pub created_until: i64,
    /// Modified at or after.
    pub modified_since: i64,
    /// Modified at or before.
    pub modified_until: i64,
    /// Whether tombstones belong to it; so if `modified_since` was asked.
    pub with_withdrawn: bool,
}

impl Default for Filter {
    fn default() -> Self {
        Self { created_since: i64::MIN, created_until: i64::MAX, modified_since: i64::MIN, modified_until: i64::MAX, with_withdrawn: false }
    }
}

/// Which rows to read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Pick<'p> {
    /// A page of a list: at most so many after this id, by id.
    Page(&'p Filter, i64, i64),
    /// These, tombstones included.
    Ids(&'p [i64]),
    /// The public parts of these objects, in their order.
    Owners(&'p [i64]),
}

/// Rows and their objects.
pub type Rows<T> = Vec<(i64, T)>;

macro_rules! lists {
    ($($(#[$doc:meta])* $list:ident, $load:ident: $type:ident = $read:path;)+) => {$(
        $(#[$doc])*
        ///
        /// # Errors
        /// What the database reports.
        pub fn $list(tx: &mut Tx<'_>, view: View<'_>, filter: &Filter, after: i64, limit: i64) -> Result<Rows<$type>, DbError> {
            $read(tx, view, Pick::Page(filter, after, limit))
        }

        /// One object by its row, tombstones included. Nothing for what is not served.
        ///
        /// # Errors
        /// What the database reports.
        pub fn $load(tx: &mut Tx<'_>, view: View<'_>, id: i64) -> Result<Option<$type>, DbError> {
            Ok($read(tx, view, Pick::Ids(&[id]))?.pop().map(|(_, object)| object))
        }
    )+};
}

lists! {
    /// At most `limit` bodies after the row `after`, by row.
    list_bodies, load_body: Body = bodies;
    /// At most `limit` terms after the row `after`, by row.
    list_terms, load_term: LegislativeTerm = rows::terms;
    /// At most `limit` organizations after the row `after`, by row.
    list_organizations, load_organization: Organization = organizations;
    /// At most `limit` persons after the row `after`, by row.
    list_persons, load_person: Person = persons;
    /// At most `limit` memberships after the row `after`, by row.
    list_memberships, load_membership: Membership = rows::memberships;
    /// At most `limit` meetings after the row `after`, by row.
    list_meetings, load_meeting: Meeting = meetings;
    /// At most `limit` agenda items after the row `after`, by row.
    list_agenda_items, load_agenda_item: AgendaItem = agenda_items;
    /// At most `limit` papers after the row `after`, by row.
    list_papers, load_paper: Paper = papers;
    /// At most `limit` consultations after the row `after`, by row.
    list_consultations, load_consultation: Consultation = consultations;
    /// At most `limit` files after the row `after`, by row, with the objects that have them.
    list_files, load_file: File = files_alone;
    /// At most `limit` places after the row `after`, by row.
    list_locations, load_location: Location = rows::locations;
}

fn ids<T>(rows: &Rows<T>) -> Vec<i64> {
    rows.iter().map(|(id, _)| *id).collect()
}

/// Gives each object its parts.
fn attach<T, P>(rows: &mut Rows<T>, parts: Vec<(i64, P)>, mut give: impl FnMut(&mut T, P)) {
    let places: HashMap<i64, usize> = rows.iter().enumerate().map(|(place, (id, _))| (*id, place)).collect();
    for (owner, part) in parts {
        if let Some((_, object)) = places.get(&owner).and_then(|place| rows.get_mut(*place)) {
            give(object, part);
        }
    }
}

/// The public places of these objects, by object. `wanted` pairs objects with places.
fn places(tx: &mut Tx<'_>, view: View<'_>, wanted: &[(i64, i64)]) -> Result<Vec<(i64, Embedded<Location>)>, DbError> {
    let location_ids: Vec<_> = wanted.iter().map(|(_, location)| *location).collect();
    if location_ids.is_empty() {
        return Ok(Vec::new());
    }
    let locations: HashMap<i64, Location> = rows::locations(tx, view, Pick::Ids(&location_ids))?.into_iter().collect();
    Ok(wanted.iter().filter_map(|(owner, id)| Some((*owner, Embedded::new(locations.get(id).filter(|place| !place.common.deleted)?.clone())))).collect())
}

fn bodies(tx: &mut Tx<'_>, view: View<'_>, pick: Pick<'_>) -> Result<Rows<Body>, DbError> {
    let (mut rows, wanted) = split(rows::bodies(tx, view, pick)?);
    let places = places(tx, view, &wanted)?;
    attach(&mut rows, places, |body, place| body.location = Some(place));
    let terms = rows::terms_of(tx, view, &ids(&rows))?;
    attach(&mut rows, terms, |body, term| body.legislative_term.push(Embedded::new(term)));
    Ok(rows)
}

fn organizations(tx: &mut Tx<'_>, view: View<'_>, pick: Pick<'_>) -> Result<Rows<Organization>, DbError> {
    let (mut rows, wanted) = split(rows::organizations(tx, view, pick)?);
    let places = places(tx, view, &wanted)?;
    attach(&mut rows, places, |organization, place| organization.location = Some(place));
    let site = tx.site()?;
    let memberships = tx.list(
        sql!(
            "SELECT organization_id, id FROM council_membership WHERE site_id = $1 AND organization_id ANY_OF($3) \
             AND (state IN ('public', 'withdrawn') OR CAST($2 AS BIGINT) = 1 AND state = 'placeholder') ORDER BY id"
        ),
        &[&site, &view.flag(), &ids(&rows)],
        |row| Ok((row.get(0)?, row.get::<i64>(1)?)),
    )?;
    attach(&mut rows, memberships, |organization, id| organization.membership.push(view.url(Kind::Membership, id)));
    bury(&mut rows);
    Ok(rows)
}

fn persons(tx: &mut Tx<'_>, view: View<'_>, pick: Pick<'_>) -> Result<Rows<Person>, DbError> {
    let (mut rows, wanted) = split(rows::persons(tx, view, pick)?);
    let (wanted, images): (Vec<_>, Vec<_>) = wanted.into_iter().partition(|(_, _, is_image)| !is_image);
    let wanted: Vec<_> = wanted.into_iter().map(|(owner, id, _)| (owner, id)).collect();
    let places = places(tx, view, &wanted)?;
    attach(&mut rows, places, |person, place| person.location_object = Some(place));
    let memberships = rows::memberships_of(tx, view, &ids(&rows))?;
    attach(&mut rows, memberships, |person, membership| person.membership.push(Embedded::new(membership)));
    if !images.is_empty() {
        let file_ids: Vec<_> = images.iter().map(|(_, id, _)| *id).collect();
        let files: HashMap<i64, File> = rows::files(tx, view, Pick::Ids(&file_ids))?.into_iter().collect();
        let images = images.into_iter().filter_map(|(owner, id, _)| Some((owner, files.get(&id).filter(|file| !file.common.deleted)?.clone()))).collect();
        attach(&mut rows, images, |person, image| person.image = Some(Embedded::new(image)));
    }
    bury(&mut rows);
    Ok(rows)
}

fn meetings(tx: &mut Tx<'_>, view: View<'_>, pick: Pick<'_>) -> Result<Rows<Meeting>, DbError> {
    let (mut rows, wanted) = split(rows::meetings(tx, view, pick)?);
    let places = places(tx, view, &wanted)?;
    attach(&mut rows, places, |meeting, place| meeting.location = Some(place));
    let all = ids(&rows);
    let organizations = rows::meeting_organizations(tx, view, &all)?;
    attach(&mut rows, organizations, |meeting, id| meeting.organization.push(view.url(Kind::Organization, id)));
    let participants = rows::meeting_participants(tx, view, &all)?;
    attach(&mut rows, participants, |meeting, id| meeting.participant.push(view.url(Kind::Person, id)));
    let files = rows::files_of(tx, view, Kind::Meeting, &all)?;
    attach(&mut rows, files, |meeting, (role, file)| match role.as_str() {
        "invitation" => meeting.invitation = Some(Embedded::new(file)),
        "results" => meeting.results_protocol = Some(Embedded::new(file)),
        "verbatim" => meeting.verbatim_protocol = Some(Embedded::new(file)),
        _ => meeting.auxiliary_file.push(Embedded::new(file)),
    });
    let (agenda, owners) = split_owned(rows::agenda_items(tx, view, Pick::Owners(&all))?);
    let agenda = with_files(tx, view, agenda)?;
    let agenda = agenda.into_iter().filter_map(|(id, item)| Some((*owners.get(&id)?, item))).collect();
    attach(&mut rows, agenda, |meeting, item| meeting.agenda_item.push(Embedded::new(item)));
    bury(&mut rows);
    Ok(rows)
}

fn agenda_items(tx: &mut Tx<'_>, view: View<'_>, pick: Pick<'_>) -> Result<Rows<AgendaItem>, DbError> {
    let (rows, _) = split_owned(rows::agenda_items(tx, view, pick)?);
    let mut rows = with_files(tx, view, rows)?;
    bury(&mut rows);
    Ok(rows)
}

fn with_files(tx: &mut Tx<'_>, view: View<'_>, mut rows: Rows<AgendaItem>) -> Result<Rows<AgendaItem>, DbError> {
    let files = rows::files_of(tx, view, Kind::AgendaItem, &ids(&rows))?;
    attach(&mut rows, files, |item, (role, file)| match role.as_str() {
        "resolution" => item.resolution_file = Some(Embedded::new(file)),
        _ => item.auxiliary_file.push(Embedded::new(file)),
    });
    Ok(rows)
}

fn papers(tx: &mut Tx<'_>, view: View<'_>, pick: Pick<'_>) -> Result<Rows<Paper>, DbError> {
    let mut rows = rows::papers(tx, view, pick)?;
    let all = ids(&rows);
    let files = rows::files_of(tx, view, Kind::Paper, &all)?;
    attach(&mut rows, files, |paper, (role, file)| match role.as_str() {
        "main" => paper.main_file = Some(Embedded::new(file)),
        _ => paper.auxiliary_file.push(Embedded::new(file)),
    });
    let links = rows::paper_links(tx, view, &all)?;
    attach(&mut rows, links, |paper, (kind, id)| {
        let url = view.url(Kind::Paper, id);
        match kind.as_str() {
            "related" => paper.related_paper.push(url),
            "superordinate" => paper.superordinated_paper.push(url),
            _ => paper.subordinated_paper.push(url),
        }
    });
    let originators = rows::paper_originators(tx, view, &all)?;
    attach(&mut rows, originators, |paper, (kind, id)| match kind.as_str() {
        "person" => paper.originator_person.push(view.url(Kind::Person, id)),
        "organization" => paper.originator_organization.push(view.url(Kind::Organization, id)),
        _ => paper.under_direction_of.push(view.url(Kind::Organization, id)),
    });
    let wanted = rows::paper_places(tx, &all)?;
    let places = places(tx, view, &wanted)?;
    attach(&mut rows, places, |paper, place| paper.location.push(place));
    let (stations, owners) = split_owned(rows::consultations(tx, view, Pick::Owners(&all))?);
    let stations = with_organizations(tx, view, stations)?;
    let stations = stations.into_iter().filter_map(|(id, station)| Some((*owners.get(&id)?, station))).collect();
    attach(&mut rows, stations, |paper, station| paper.consultation.push(Embedded::new(station)));
    bury(&mut rows);
    Ok(rows)
}

fn consultations(tx: &mut Tx<'_>, view: View<'_>, pick: Pick<'_>) -> Result<Rows<Consultation>, DbError> {
    let (rows, _) = split_owned(rows::consultations(tx, view, pick)?);
    let mut rows = with_organizations(tx, view, rows)?;
    bury(&mut rows);
    Ok(rows)
}

fn with_organizations(tx: &mut Tx<'_>, view: View<'_>, mut rows: Rows<Consultation>) -> Result<Rows<Consultation>, DbError> {
    let organizations = rows::consultation_organizations(tx, view, &ids(&rows))?;
    attach(&mut rows, organizations, |consultation, id| consultation.organization.push(view.url(Kind::Organization, id)));
    Ok(rows)
}

fn files_alone(tx: &mut Tx<'_>, view: View<'_>, pick: Pick<'_>) -> Result<Rows<File>, DbError> {
    let mut rows = rows::files(tx, view, pick)?;
    let uses = rows::file_uses(tx, &ids(&rows))?;
    attach(&mut rows, uses, |file, (kind, id)| match kind {
        Kind::Paper => file.paper.push(view.url(kind, id)),
        Kind::Meeting => file.meeting.push(view.url(kind, id)),
        _ => file.agenda_item.push(view.url(kind, id)),
    });
    bury(&mut rows);
    Ok(rows)
}

fn split<T, W: Copy + WithOwner>(rows: Vec<(i64, T, Vec<W>)>) -> (Rows<T>, Vec<W::Owned>) {
    let mut wanted = Vec::new();
    let rows = rows
        .into_iter()
        .map(|(id, object, wants)| {
            wanted.extend(wants.into_iter().map(|want| want.of(id)));
            (id, object)
        })
        .collect();
    (rows, wanted)
}

/// A row that an object refers to, with the object's own.
trait WithOwner {
    type Owned;
    fn of(self, owner: i64) -> Self::Owned;
}

impl WithOwner for i64 {
    type Owned = (i64, i64);
    fn of(self, owner: i64) -> (i64, i64) {
        (owner, self)
    }
}

impl WithOwner for (i64, bool) {
    type Owned = (i64, i64, bool);
    fn of(self, owner: i64) -> (i64, i64, bool) {
        (owner, self.0, self.1)
    }
}

fn split_owned<T>(rows: Vec<(i64, T, Option<i64>)>) -> (Rows<T>, HashMap<i64, i64>) {
    let owners = rows.iter().filter_map(|(id, _, owner)| Some((*id, (*owner)?))).collect();
    (rows.into_iter().map(|(id, object, _)| (id, object)).collect(), owners)
}

/// A tombstone has nothing but what all objects have.
fn bury<T: Entity + Default>(rows: &mut Rows<T>) {
    for (_, object) in rows.iter_mut().filter(|(_, object)| object.common().deleted) {
        let common = std::mem::take(object.common_mut());
        *object = T::default();
        *object.common_mut() = common;
    }
}
