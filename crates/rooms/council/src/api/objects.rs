//! Row ids into objects of any type, with the addresses of this site.

use super::address::Addresses;
use crate::store::kind_key;
use crate::store::oparl::{self, Loading};
use allmende_db::{DbError, Tx};
use allmende_oparl::{AgendaItem, Embedded, Entity, Kind, Object};
use allmende_platform::outcomes::Extra;

/// A list of the interface.
#[derive(Debug, Clone)]
pub(super) struct List {
    /// What it lists.
    pub kind: Kind,
    /// Whose list it is; the list of bodies is the system's.
    pub owner: Option<(Kind, i64)>,
    /// Its address without a query.
    pub address: String,
}

/// The objects of these rows that may be seen, in the order of their ids.
pub(super) fn load(tx: &mut Tx<'_>, addresses: &Addresses, kind: Kind, ids: &[i64]) -> Result<Vec<Object>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let loading = Loading {
        address: &|kind, id| addresses.object(kind, id),
        page: &|kind, id, title| addresses.page(kind, id, title),
        kept_file: &|id, name| addresses.kept_file(id, name),
        unseen: false,
        origin_property: "allmende:origin",
    };
    Ok(match kind {
        Kind::System => Vec::new(),
        Kind::Body => {
            let mut bodies = oparl::bodies(tx, &loading, ids)?;
            for (body, id) in bodies.iter_mut().zip(ids) {
                let list = |kind| Some(addresses.list(Kind::Body, *id, kind));
                body.system = Some(addresses.system());
                body.organization = list(Kind::Organization);
                body.person = list(Kind::Person);
                body.meeting = list(Kind::Meeting);
                body.paper = list(Kind::Paper);
                body.agenda_item = list(Kind::AgendaItem);
                body.consultation = list(Kind::Consultation);
                body.file = list(Kind::File);
                body.location_list = list(Kind::Location);
                body.legislative_term_list = list(Kind::LegislativeTerm);
                body.membership = list(Kind::Membership);
            }
            all(bodies)
        }
        Kind::Organization => {
            let mut organizations = oparl::organizations(tx, &loading, ids)?;
            for organization in &mut organizations {
                let of = |word: &str| Some(format!("{}/{word}", organization.common.id));
                (organization.meeting, organization.consultation) = (of("meetings"), of("consultations"));
            }
            all(organizations)
        }
        Kind::LegislativeTerm => all(oparl::terms(tx, &loading, ids)?),
        Kind::Person => all(oparl::persons(tx, &loading, ids)?),
        Kind::Membership => all(oparl::memberships(tx, &loading, ids)?),
        Kind::Meeting => all(oparl::meetings(tx, &loading, ids)?),
        Kind::AgendaItem => all(oparl::agenda_items(tx, &loading, ids)?),
        Kind::Paper => all(oparl::papers(tx, &loading, ids)?),
        Kind::Consultation => all(oparl::consultations(tx, &loading, ids)?),
        Kind::File => all(oparl::files(tx, &loading, ids)?),
        Kind::Location => all(oparl::locations(tx, &loading, ids)?),
    })
}

/// Adds what other rooms say about agenda items, also to those that stand in their meetings. One statement for each room.
pub(super) fn add_extras(tx: &mut Tx<'_>, addresses: &Addresses, extras: &[Extra], objects: &mut [Object]) -> Result<(), DbError> {
    let mut items: Vec<&mut AgendaItem> = Vec::new();
    for object in objects.iter_mut() {
        match object {
            Object::AgendaItem(item) => items.push(item),
            Object::Meeting(meeting) => items.extend(meeting.agenda_item.iter_mut().filter_map(|item| match item {
                Embedded::Object(item) => Some(&mut **item),
                Embedded::Reference(_) => None,
            })),
            _ => {}
        }
    }
    let rows: Vec<i64> = items.iter().filter(|item| !item.common.deleted).filter_map(|item| row_of(&item.common.id)).collect();
    for extra in extras.iter().filter(|extra| extra.kind == kind_key(Kind::AgendaItem) && !rows.is_empty()) {
        let mut values = (extra.load)(tx, addresses.base(), &rows)?;
        for item in &mut items {
            if let Some(value) = row_of(&item.common.id).and_then(|row| values.remove(&row)) {
                item.common.vendor.insert(extra.property.to_owned(), value.into());
            }
        }
    }
    Ok(())
}

/// The row behind an address of this interface.
fn row_of(address: &str) -> Option<i64> {
    address.rsplit('/').next()?.parse().ok()
}

fn all<T: Entity>(objects: Vec<T>) -> Vec<Object> {
    objects.into_iter().map(Entity::into_object).collect()
}
