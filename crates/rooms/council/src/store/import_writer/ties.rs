//! What ties an object to others, its parts, and parts that are no longer there.

use super::{Whole, Writer};
use crate::import::tree::{Content, Digest, Part, Role, digest_of};
use crate::store::import_batch::Owned;
use crate::store::import_links::{self as links, Link};
use crate::store::import_memory::{Entry, half};
use crate::store::kind_of;
use allmende_db::{DbError, sql};
use allmende_oparl::{Kind, Object};
use std::collections::HashSet;

impl Writer<'_, '_> {
    /// Writes what ties an object to others, beside the columns of its row.
    pub(super) fn own_links(&mut self, object: &Object, id: i64) -> Result<(), DbError> {
        let url = object.common().id.clone();
        match object {
            Object::Organization(organization) => {
                for membership in &organization.membership {
                    self.whole_of_reference(&url, membership, Kind::Organization, Kind::Membership, id)?;
                }
            }
            Object::Meeting(meeting) => {
                self.many(&url, Link::MeetingOrganization, Kind::Organization, id, &meeting.organization)?;
                self.many(&url, Link::MeetingParticipant, Kind::Person, id, &meeting.participant)?;
            }
            Object::Consultation(consultation) => self.many(&url, Link::ConsultationOrganization, Kind::Organization, id, &consultation.organization)?,
            Object::Paper(paper) => {
                let papers = [("related", &paper.related_paper), ("superordinate", &paper.superordinated_paper), ("subordinate", &paper.subordinated_paper)];
                for (kind, urls) in papers {
                    for (position, other) in (1..).zip(urls) {
                        if let Some(other) = self.reference(&url, Some(other), Kind::Paper)? {
                            links::add_paper(self.tx, id, other, kind, position)?;
                        }
                    }
                }
                let originators = [
                    ("person", Kind::Person, &paper.originator_person),
                    ("organization", Kind::Organization, &paper.originator_organization),
                    ("direction", Kind::Organization, &paper.under_direction_of),
                ];
                for (kind, target, urls) in originators {
                    for (position, other) in (1..).zip(urls) {
                        if let Some(other) = self.reference(&url, Some(other), target)? {
                            links::add_originator(self.tx, id, kind, position, other)?;
                        }
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn many(&mut self, from: &str, link: Link, kind: Kind, id: i64, urls: &[String]) -> Result<(), DbError> {
        for (position, url) in (1..).zip(urls) {
            if let Some(other) = self.reference(from, Some(url), kind)? {
                links::add(self.tx, link, id, other, position)?;
            }
        }
        Ok(())
    }

    fn whole_of_reference(&mut self, from: &str, url: &str, whole: Kind, part: Kind, whole_id: i64) -> Result<(), DbError> {
        if let Some(part_id) = self.reference(from, Some(url), part)? {
            links::fill_whole(self.tx, whole, part, part_id, whole_id)?;
        }
        Ok(())
    }

    /// Writes a part that comes after its object's own row.
    pub(super) fn part(&mut self, part: &Part, whole: &Whole<'_>, present: &mut HashSet<Digest>) -> Result<(), DbError> {
        let kind = match part.role {
            Role::Location | Role::Image => {
                if let Content::Here(branch) = &part.content {
                    present.insert(digest_of(branch.url.as_bytes()));
                }
                return Ok(());
            }
            Role::Place => Kind::Location,
            Role::File(_) => Kind::File,
            Role::Term => Kind::LegislativeTerm,
            Role::Membership => Kind::Membership,
            Role::AgendaItem => Kind::AgendaItem,
            Role::Consultation => Kind::Consultation,
            Role::Stray => Kind::System,
        };
        let id = match &part.content {
            Content::Here(branch) => {
                present.insert(digest_of(branch.url.as_bytes()));
                self.branch(branch, part.role, part.position, Some(whole))?
            }
            Content::Elsewhere(url) => {
                present.insert(digest_of(url.as_bytes()));
                let id = self.reference(whole.url, Some(url), kind)?;
                if let Some(id) = id {
                    links::fill_whole(self.tx, whole.kind, kind, id, whole.id)?;
                    links::place(self.tx, kind, id, part.position)?;
                }
                id
            }
        };
        match (part.role, id) {
            (Role::File(role), Some(id)) => {
                let owner = |kind: Kind| Owned::Int((whole.kind == kind).then_some(whole.id));
                let use_of = [
                    Owned::Int(Some(id)),
                    Owned::Text(Some(role.to_owned())),
                    Owned::Int(Some(part.position)),
                    owner(Kind::Paper),
                    owner(Kind::Meeting),
                    owner(Kind::AgendaItem),
                ];
                self.batch.file_use(self.tx, use_of)
            }
            (Role::Place, Some(id)) => links::add(self.tx, Link::PaperLocation, whole.id, id, part.position),
            _ => Ok(()),
        }
    }

    /// Withdraws the parts that an object had and no longer has.
    pub(super) fn vanish(&mut self, url: &str, present: &HashSet<Digest>, modified_at: i64) -> Result<(), DbError> {
        self.batch.flush(self.tx)?;
        let site = self.tx.site()?;
        let parts = self.tx.list(
            sql!(
                "SELECT url, kind, object_id, digest, digest_alone FROM council_origin \
                 WHERE site_id = $1 AND parent_url = $2 AND (digest IS NOT NULL OR digest_alone IS NOT NULL) ORDER BY id"
            ),
            &[&site, &url],
            |row| {
                let kind: String = row.get(1)?;
                Ok((row.get::<String>(0)?, kind_of(&kind), row.get::<i64>(2)?, half(row.get(3)?), half(row.get(4)?)))
            },
        )?;
        for (url, kind, id, embedded, alone) in parts {
            let Some(kind) = kind.filter(|_| !present.contains(&digest_of(url.as_bytes()))) else { continue };
            self.written.push((kind, id));
            let stands_alone = alone.is_some() && !is_exclusive(kind);
            if !stands_alone && !links::is_used(self.tx, kind, id)? {
                self.withdraw(&url, Entry { kind, id, embedded, alone }, modified_at)?;
            }
        }
        Ok(())
    }
}

/// Whether an object of this type is a part of one other object only.
pub(super) const fn is_exclusive(kind: Kind) -> bool {
    matches!(kind, Kind::LegislativeTerm | Kind::Membership | Kind::AgendaItem | Kind::Consultation)
}
