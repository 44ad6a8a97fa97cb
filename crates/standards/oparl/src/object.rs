//! What all types have in common: the common properties, embedding, and one enum over the twelve.
//!
//! Knows nothing of single properties; those stand in `model/`.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;

use crate::model::{AgendaItem, Body, Consultation, File, LegislativeTerm, Location, Meeting, Membership, Organization, Paper, Person, System};
use crate::write::{Encoded, Encoding};
use crate::{Kind, read, write};

/// The properties that every object has.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Common {
    /// The object's address and identity. Empty where the server stated none.
    pub id: String,
    /// When the object was created.
    pub created: Option<Timestamp>,
    /// When the object was last changed.
    pub modified: Option<Timestamp>,
    /// The licence of the data, usually an address.
    pub license: Option<String>,
    /// Keywords.
    pub keyword: Vec<String>,
    /// The page for people that shows this object.
    pub web: Option<String>,
    /// Whether the object was deleted: what remains is a tombstone with id, type and dates.
    pub deleted: bool,
    /// Properties that the standard does not know: those of vendors (`VENDOR:name`) and unknown ones. Only names with a
    /// colon are written.
    pub vendor: BTreeMap<String, Value>,
    /// Objects that stood where the standard wants only their address. Never written: an importer stores them apart.
    pub strays: Vec<Object>,
}

/// A property that the standard embeds: the object itself, or, against the standard, its address.
#[derive(Debug, Clone, PartialEq)]
pub enum Embedded<T> {
    /// Only the address.
    Reference(String),
    /// The object.
    Object(Box<T>),
}

impl<T: Entity> Embedded<T> {
    /// Embeds an object.
    pub fn new(object: T) -> Self {
        Self::Object(Box::new(object))
    }

    /// The address of what is embedded or referred to.
    pub fn id(&self) -> &str {
        match self {
            Self::Reference(url) => url,
            Self::Object(object) => &object.common().id,
        }
    }

    /// The object, if it is here.
    pub fn object(&self) -> Option<&T> {
        match self {
            Self::Reference(_) => None,
            Self::Object(object) => Some(object),
        }
    }
}

/// An object of one of the twelve types.
pub trait Entity: read::ReadProperties + write::WriteProperties + Default {
    /// Which type this is.
    const KIND: Kind;

    /// What every object has.
    fn common(&self) -> &Common;

    /// What every object has, to change it.
    fn common_mut(&mut self) -> &mut Common;

    /// This object as one of the twelve.
    fn into_object(self) -> Object;

    /// The object as JSON that is written directly into a serializer, without a tree between.
    fn encode<'a>(&'a self, encoding: &'a Encoding) -> Encoded<'a, Self> {
        Encoded::new(self, encoding)
    }

    /// The object as a JSON tree.
    fn to_json(&self, encoding: &Encoding) -> Value {
        // A tree fails only for maps whose keys are not text, and ours are.
        serde_json::to_value(self.encode(encoding)).unwrap_or_default()
    }
}

macro_rules! objects {
    ($($kind:ident),* $(,)?) => {
        /// An object of any of the twelve types.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Object {
            $(#[doc = concat!("A `", stringify!($kind), "`.")] $kind(Box<$kind>),)*
        }

        impl Object {
            /// Which type this is.
            #[must_use]
            pub fn kind(&self) -> Kind {
                match self { $(Self::$kind(_) => Kind::$kind,)* }
            }

            /// What every object has.
            #[must_use]
            pub fn common(&self) -> &Common {
                match self { $(Self::$kind(object) => &object.common,)* }
            }

            /// What every object has, to change it.
            pub fn common_mut(&mut self) -> &mut Common {
                match self { $(Self::$kind(object) => &mut object.common,)* }
            }

            /// The object as a JSON tree.
            #[must_use]
            pub fn to_json(&self, encoding: &Encoding) -> Value {
                match self { $(Self::$kind(object) => object.to_json(encoding),)* }
            }

            /// Writes the object into a serializer, without a tree between.
            ///
            /// # Errors
            /// Those of the serializer, such as a full disk.
            pub fn serialize<S: serde::Serializer>(&self, encoding: &Encoding, serializer: S) -> Result<S::Ok, S::Error> {
                match self { $(Self::$kind(object) => serde::Serialize::serialize(&object.encode(encoding), serializer),)* }
            }
        }

        $(impl From<$kind> for Object {
            fn from(object: $kind) -> Self {
                Self::$kind(Box::new(object))
            }
        })*
    };
}

objects!(System, Body, LegislativeTerm, Organization, Person, Membership, Meeting, AgendaItem, Paper, Consultation, File, Location,);
