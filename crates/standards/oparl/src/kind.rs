//! The twelve types of OParl, their addresses and what each requires.
//!
//! Knows nothing of values. The properties of each type stand in `model/`, gathered by [`Kind::properties`].

use crate::model;
use crate::shape::{COMMON, Property, Shape};

/// One of the twelve object types of OParl 1.0 and 1.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The interface itself, the entry to everything.
    System,
    /// A municipality, district or other corporation (»Körperschaft«).
    Body,
    /// A term of a council (»Wahlperiode«).
    LegislativeTerm,
    /// A committee, faction, party or office (»Gruppierung«).
    Organization,
    /// A human being.
    Person,
    /// A person's membership in an organization.
    Membership,
    /// A meeting (»Sitzung«).
    Meeting,
    /// An item of a meeting's agenda (»Tagesordnungspunkt«).
    AgendaItem,
    /// A printed matter of the council (»Drucksache«, »Vorlage«).
    Paper,
    /// The discussion of a paper in a meeting (»Beratung«).
    Consultation,
    /// A file with its metadata.
    File,
    /// A place, as text, as geometry or both.
    Location,
}

impl Kind {
    /// All twelve, in the order of the standard.
    pub const ALL: [Self; 12] = [
        Self::System,
        Self::Body,
        Self::LegislativeTerm,
        Self::Organization,
        Self::Person,
        Self::Membership,
        Self::Meeting,
        Self::AgendaItem,
        Self::Paper,
        Self::Consultation,
        Self::File,
        Self::Location,
    ];

    /// The type's name as the standard spells it.
    #[must_use]
    pub fn name(self) -> &'static str {
        // The names are the tails of the addresses, so they are written down once.
        self.type_url().rsplit('/').next().unwrap_or_default()
    }

    /// The address that an object of OParl 1.1 states as its `type`.
    #[must_use]
    pub fn type_url(self) -> &'static str {
        match self {
            Self::System => "https://schema.oparl.org/1.1/System",
            Self::Body => "https://schema.oparl.org/1.1/Body",
            Self::LegislativeTerm => "https://schema.oparl.org/1.1/LegislativeTerm",
            Self::Organization => "https://schema.oparl.org/1.1/Organization",
            Self::Person => "https://schema.oparl.org/1.1/Person",
            Self::Membership => "https://schema.oparl.org/1.1/Membership",
            Self::Meeting => "https://schema.oparl.org/1.1/Meeting",
            Self::AgendaItem => "https://schema.oparl.org/1.1/AgendaItem",
            Self::Paper => "https://schema.oparl.org/1.1/Paper",
            Self::Consultation => "https://schema.oparl.org/1.1/Consultation",
            Self::File => "https://schema.oparl.org/1.1/File",
            Self::Location => "https://schema.oparl.org/1.1/Location",
        }
    }

    /// The type that an address names, of any version of the standard and in any case: only the last segment counts.
    #[must_use]
    pub fn from_type_url(url: &str) -> Option<Self> {
        let tail = url.trim().trim_end_matches('/').rsplit(['/', ':']).next()?;
        Self::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(tail))
    }

    /// The properties that are this type's own, without those that all types have.
    #[must_use]
    pub fn properties(self) -> &'static [Property] {
        model::properties(self)
    }

    /// What the property of this name holds: own or common. None for vendor's properties and unknown ones.
    #[must_use]
    pub fn property(self, name: &str) -> Option<Property> {
        let found = self.properties().iter().chain(&COMMON).find(|property| property.name == name).copied();
        match (self, found) {
            (Self::System | Self::Body, Some(Property { name: name @ "license", .. })) => Some(Property { name, shape: Shape::Url }),
            (Self::System, Some(Property { name: "keyword", .. })) => None,
            _ => found,
        }
    }

    /// The properties that every object of this type must have, beside `id`, `type`, `created` and `modified`.
    #[must_use]
    pub fn required(self) -> &'static [&'static str] {
        match self {
            Self::System => &["oparlVersion", "body"],
            Self::Body => &["name", "organization", "person", "meeting", "paper", "legislativeTerm"],
            Self::AgendaItem => &["order"],
            Self::File => &["accessUrl"],
            _ => &[],
        }
    }

    /// The 1.1 name of a property that OParl 1.0 named otherwise. Source: OParl 1.0.7, object »Location«.
    pub(crate) fn renamed(self, name: &str) -> Option<&'static str> {
        match (self, name) {
            (Self::Location, "organization") => Some("organizations"),
            (Self::Location, "meeting") => Some("meetings"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_recognised_in_every_version_and_spelling() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_type_url(kind.type_url()), Some(kind));
            assert_eq!(Kind::from_type_url(&format!("https://schema.oparl.org/1.0/{}", kind.name())), Some(kind));
        }
        assert_eq!(Kind::from_type_url("http://oparl.org/schema/1.0/agendaitem/"), Some(Kind::AgendaItem));
        assert_eq!(Kind::from_type_url("oparl:Paper"), Some(Kind::Paper));
        assert_eq!(Kind::from_type_url("https://schema.oparl.org/1.1/Error"), None);
        assert_eq!(Kind::from_type_url(""), None);
    }
}
