//! What kind of value a property holds, and the properties that all types have.
//!
//! Reading, writing and checking share these tables, so a property is described in one place: its line in `model/`.

use crate::Kind;

/// What a property holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Free text.
    Text,
    /// A web address.
    Url,
    /// The address of an object of this type.
    Reference(Kind),
    /// The address of a list of objects of this type.
    ExternalList(Kind),
    /// Several texts.
    Texts,
    /// Several web addresses.
    Urls,
    /// The addresses of objects of this type.
    References(Kind),
    /// A date with time and offset.
    Instant,
    /// A calendar day.
    Day,
    /// True or false.
    Flag,
    /// A whole number.
    Integer,
    /// A JSON object that the standard does not describe (`geojson`).
    Json,
    /// One object of this type, embedded.
    One(Kind),
    /// Objects of this type, embedded.
    Many(Kind),
}

impl Shape {
    /// The type that a value of this shape names or embeds.
    #[must_use]
    pub fn target(self) -> Option<Kind> {
        match self {
            Self::Reference(kind) | Self::ExternalList(kind) | Self::References(kind) | Self::One(kind) | Self::Many(kind) => Some(kind),
            _ => None,
        }
    }

    /// Whether the value is an address, or a list of them.
    #[must_use]
    pub fn is_address(self) -> bool {
        matches!(self, Self::Url | Self::Reference(_) | Self::ExternalList(_) | Self::Urls | Self::References(_))
    }
}

/// A property of a type: its name in JSON and what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Property {
    /// The name in JSON, as the standard spells it.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
}

/// The properties that every type has. `license` is an address in `System` and `Body`; `System` has no `keyword`.
pub(crate) const COMMON: [Property; 8] = [
    Property { name: "id", shape: Shape::Url },
    Property { name: "type", shape: Shape::Text },
    Property { name: "created", shape: Shape::Instant },
    Property { name: "modified", shape: Shape::Instant },
    Property { name: "license", shape: Shape::Text },
    Property { name: "keyword", shape: Shape::Texts },
    Property { name: "web", shape: Shape::Url },
    Property { name: "deleted", shape: Shape::Flag },
];
