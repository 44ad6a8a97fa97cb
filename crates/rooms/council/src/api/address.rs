//! Addresses of the interface: one per object and list, built from the site's own address.

use crate::store::nodes;
use allmende_core::fold::slug;
use allmende_oparl::Kind;
use allmende_platform::Ctx;

/// The word for a type in addresses.
const WORDS: [(Kind, &str, &str); 11] = [
    (Kind::Body, "body", "bodies"),
    (Kind::LegislativeTerm, "legislative-term", "legislative-terms"),
    (Kind::Organization, "organization", "organizations"),
    (Kind::Person, "person", "persons"),
    (Kind::Membership, "membership", "memberships"),
    (Kind::Meeting, "meeting", "meetings"),
    (Kind::AgendaItem, "agenda-item", "agenda-items"),
    (Kind::Paper, "paper", "papers"),
    (Kind::Consultation, "consultation", "consultations"),
    (Kind::File, "file", "files"),
    (Kind::Location, "location", "locations"),
];

fn words(kind: Kind) -> (&'static str, &'static str) {
    WORDS.into_iter().find_map(|(known, one, many)| (known == kind).then_some((one, many))).unwrap_or(("system", "systems"))
}

/// The type of an object's address.
pub(super) fn kind_of(word: &str) -> Option<Kind> {
    WORDS.into_iter().find_map(|(kind, one, _)| (one == word).then_some(kind))
}

/// The type of a list's address.
pub(super) fn listed_kind(word: &str) -> Option<Kind> {
    WORDS.into_iter().find_map(|(kind, _, many)| (many == word).then_some(kind))
}

/// The addresses of one site.
#[derive(Debug, Clone)]
pub(super) struct Addresses {
    base: String,
}

impl Addresses {
    pub(super) fn of(ctx: &Ctx) -> Self {
        Self { base: ctx.site.base_url.clone() }
    }

    /// The site's own address.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    pub(super) fn system(&self) -> String {
        format!("{}/oparl/v1.1/system", self.base)
    }

    pub(super) fn bodies(&self) -> String {
        format!("{}/oparl/v1.1/bodies", self.base)
    }

    pub(super) fn object(&self, kind: Kind, id: i64) -> String {
        format!("{}/oparl/v1.1/{}/{id}", self.base, words(kind).0)
    }

    pub(super) fn list(&self, owner: Kind, id: i64, kind: Kind) -> String {
        format!("{}/{}", self.object(owner, id), words(kind).1)
    }

    /// The page for people.
    pub(super) fn page(&self, kind: Kind, id: i64, title: &str) -> Option<String> {
        let path = match kind {
            Kind::Paper => nodes::paper_path(id, title),
            Kind::Meeting => nodes::meeting_path(id, title),
            Kind::Organization => nodes::organization_path(id, title),
            Kind::Person => format!("/rat/menschen/{id}-{}", slug(title)),
            Kind::File => format!("/rat/dateien/{id}"),
            Kind::Body => "/rat".to_owned(),
            _ => return None,
        };
        Some(format!("{}{}", self.base, path.trim_end_matches('-')))
    }

    /// Where a file that the house keeps can be had.
    pub(super) fn kept_file(&self, id: i64, name: &str) -> String {
        let name = allmende_platform::web::routes::encode(name).replace('/', "_");
        format!("{}/dateien/{id}/{}", self.base, if name.is_empty() { "datei" } else { &name })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_has_one_word_for_itself_and_one_for_its_list() {
        for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::System) {
            let (one, many) = words(kind);
            assert_eq!((kind_of(one), listed_kind(many)), (Some(kind), Some(kind)));
        }
        assert_eq!(kind_of("system"), None);
    }
}
