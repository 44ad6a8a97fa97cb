//! One place of a gazetteer, as a file names it.

use crate::geometry::{Geometry, Point};

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A part of the town: district, quarter, village.
    District,
    /// A street, way or square with an address.
    Street,
    /// Anything else with a name: a building, a park, a stop.
    Place,
}

impl Kind {
    /// All kinds, the largest first.
    pub const ALL: [Self; 3] = [Self::District, Self::Street, Self::Place];

    /// The key in files and in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::Street => "street",
            Self::Place => "place",
        }
    }

    /// The kind of a key as [`Kind::key`] gives it.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// One place.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its official name, 2 to 120 characters.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The district it lies in, by name.
    pub district: Option<String>,
    /// What else it is called, at most 20 names.
    pub other_names: Vec<String>,
    /// Where it is, if the file says so.
    pub geometry: Option<Geometry>,
}

impl Place {
    /// A point on or in it, to stand for the whole.
    #[must_use]
    pub fn point(&self) -> Option<Point> {
        self.geometry.as_ref().map(Geometry::centre)
    }

    /// All its names, the official one first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.other_names.iter().map(String::as_str))
    }
}
