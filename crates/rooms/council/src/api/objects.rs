//! Row ids into objects of any type, with the addresses of this site.

use super::address::Addresses;
use crate::store::oparl::{self, Loading};
use allmende_db::{DbError, Tx};
use allmende_oparl::{Entity, Kind, Object};

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

fn all<T: Entity>(objects: Vec<T>) -> Vec<Object> {
    objects.into_iter().map(Entity::into_object).collect()
}
