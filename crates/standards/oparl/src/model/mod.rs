//! One struct per type. Each property is declared in one line: field, Rust type, name in JSON, shape.
//!
//! From that line the `entity!` macro makes the public field, reads it, writes it and puts it into the table that the
//! check walks. A property of a new version of the standard is one new line. `tests/schema.rs` holds the tables against
//! the standard's own schema files. Source of all: OParl 1.1 and, for what came after it, the standard's main branch.

mod body;
mod file;
mod meeting;
mod paper;
mod people;

pub use body::{Body, LegislativeTerm, System};
pub use file::{File, Location};
pub use meeting::{AgendaItem, Meeting};
pub use paper::{Consultation, Paper};
pub use people::{Membership, Organization, Person};

use crate::{Kind, Property};

/// Declares a type; see the head of this file. `period a to b` names two properties of which the second must not be
/// before the first.
macro_rules! entity {
    (
        $(#[$about:meta])*
        $name:ident $(, period $from:ident to $to:ident)? {
            $($(#[$doc:meta])* $field:ident: $type:ty = $key:literal $shape:expr;)*
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct $name {
            /// What every object has.
            pub common: $crate::Common,
            $($(#[$doc])* pub $field: $type,)*
        }

        impl $name {
            pub(super) const PROPERTIES: &'static [$crate::Property] =
                &[$($crate::Property { name: $key, shape: $shape }),*];
        }

        impl $crate::Entity for $name {
            const KIND: $crate::Kind = $crate::Kind::$name;

            fn common(&self) -> &$crate::Common {
                &self.common
            }

            fn common_mut(&mut self) -> &mut $crate::Common {
                &mut self.common
            }

            fn into_object(self) -> $crate::Object {
                self.into()
            }
        }

        impl $crate::read::ReadProperties for $name {
            fn read_properties(reader: &mut $crate::read::Reader<'_, '_>) -> Self {
                $(let $field = reader.property::<$type>($key, $shape);)*
                Self { common: $crate::Common::default(), $($field),* }
            }

            fn ends_before_it_starts(&self) -> bool {
                $(if let (Some(from), Some(to)) = (self.$from, self.$to) {
                    return to < from;
                })?
                false
            }
        }

        impl $crate::write::WriteProperties for $name {
            fn write_properties<M: serde::ser::SerializeMap>(
                &self,
                writer: &mut $crate::write::Writer<'_, M>,
            ) -> Result<(), M::Error> {
                $(writer.property($key, $shape, &self.$field)?;)*
                Ok(())
            }
        }
    };
}
use entity;

/// The own properties of a type.
pub(crate) fn properties(kind: Kind) -> &'static [Property] {
    match kind {
        Kind::System => System::PROPERTIES,
        Kind::Body => Body::PROPERTIES,
        Kind::LegislativeTerm => LegislativeTerm::PROPERTIES,
        Kind::Organization => Organization::PROPERTIES,
        Kind::Person => Person::PROPERTIES,
        Kind::Membership => Membership::PROPERTIES,
        Kind::Meeting => Meeting::PROPERTIES,
        Kind::AgendaItem => AgendaItem::PROPERTIES,
        Kind::Paper => Paper::PROPERTIES,
        Kind::Consultation => Consultation::PROPERTIES,
        Kind::File => File::PROPERTIES,
        Kind::Location => Location::PROPERTIES,
    }
}
