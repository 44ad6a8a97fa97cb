//! Questions that can be asked of a town: find by key, the way of a paper, who belongs to what on a day.

use jiff::civil::Date;

use super::{AgendaItem, Meeting, Membership, Organization, OrganizationKind, Paper, Person, Place, Stage, Town};

/// One station on a paper's way through the committees (Beratungsfolge).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consultation<'a> {
    /// The meeting.
    pub meeting: &'a Meeting,
    /// The item on its agenda.
    pub item: &'a AgendaItem,
    /// Whether this organization decides.
    pub is_authoritative: bool,
}

impl Town {
    /// The person with this key.
    #[must_use]
    pub fn person(&self, key: &str) -> Option<&Person> {
        self.persons.iter().find(|person| person.key == key)
    }

    /// The organization with this key.
    #[must_use]
    pub fn organization(&self, key: &str) -> Option<&Organization> {
        self.organizations.iter().find(|organization| organization.key == key)
    }

    /// The place with this key.
    #[must_use]
    pub fn place(&self, key: &str) -> Option<&Place> {
        self.places.iter().find(|place| place.key == key)
    }

    /// The paper with this key.
    #[must_use]
    pub fn paper(&self, key: &str) -> Option<&Paper> {
        self.papers.iter().find(|paper| paper.key == key)
    }

    /// The meeting with this key.
    #[must_use]
    pub fn meeting(&self, key: &str) -> Option<&Meeting> {
        self.meetings.iter().find(|meeting| meeting.key == key)
    }

    /// The way of a paper through the committees, in order of time. Stations to come have no outcome yet.
    #[must_use]
    pub fn consultations(&self, paper: &str) -> Vec<Consultation<'_>> {
        let mut found = Vec::new();
        for meeting in &self.meetings {
            for item in &meeting.agenda {
                if item.paper.as_deref() == Some(paper) || item.more_papers.iter().any(|key| key == paper) {
                    found.push(Consultation { meeting, item, is_authoritative: item.stage == Some(Stage::Decision) });
                }
            }
        }
        found
    }

    /// The memberships in an organization that hold on a day.
    #[must_use]
    pub fn members_on(&self, organization: &str, day: Date) -> Vec<&Membership> {
        self.memberships.iter().filter(|m| m.organization == organization && m.holds_on(day)).collect()
    }

    /// The council itself.
    #[must_use]
    pub fn council(&self) -> Option<&Organization> {
        self.organizations.iter().find(|organization| organization.kind == OrganizationKind::Council)
    }

    /// Whether a meeting has taken place: it began before the Monday of this week and was not called off.
    #[must_use]
    pub fn has_taken_place(&self, meeting: &Meeting) -> bool {
        meeting.start.date() < self.today && !meeting.is_cancelled
    }
}

impl Membership {
    /// Whether the membership holds on a day; both ends count.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.start <= day && self.end.is_none_or(|end| day <= end)
    }
}

impl Person {
    /// First and last name with academic title.
    #[must_use]
    pub fn full_name(&self) -> String {
        match &self.title {
            Some(title) => format!("{title} {} {}", self.given_name, self.family_name),
            None => format!("{} {}", self.given_name, self.family_name),
        }
    }
}

impl AgendaItem {
    /// Whether the item is dealt with in public.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.not_public_because.is_none()
    }
}
