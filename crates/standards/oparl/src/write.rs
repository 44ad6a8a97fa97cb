//! One object into JSON by the rules of OParl 1.1, streamed into any serializer.
//!
//! Nulls, blank texts and empty arrays are left out, required properties are there, a deleted object is a tombstone and
//! is never embedded. Start with [`Encoding`].

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use crate::{Common, Embedded, Entity, Shape, address, text, time};

/// How to write.
#[derive(Debug, Clone)]
pub struct Encoding {
    /// The time zone in which instants are written.
    pub zone: TimeZone,
    /// Stands in for `created` and `modified`, which the standard requires, where neither the object nor the one that
    /// embeds it has them.
    pub undated: Timestamp,
    /// Write an address where the standard embeds an object and only the address is known, and addresses that are none.
    /// Breaks a MUST; for comparing with what was read.
    pub faithful: bool,
    /// Leave out embedded objects, as a client asks with `omit_internal=true`.
    pub omit_internal: bool,
}

impl Encoding {
    /// By the standard: what it forbids is left out. Undated objects are dated 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn strict(zone: TimeZone) -> Self {
        Self { zone, undated: Timestamp::UNIX_EPOCH, faithful: false, omit_internal: false }
    }

    /// As it was read, for comparing.
    #[must_use]
    pub fn faithful(zone: TimeZone) -> Self {
        Self { faithful: true, ..Self::strict(zone) }
    }
}

/// An object together with how to write it; see [`Entity::encode`].
#[derive(Debug, Clone, Copy)]
pub struct Encoded<'a, T> {
    object: &'a T,
    encoding: &'a Encoding,
    /// `created` and `modified` of the object that embeds this one.
    inherited: Option<(Timestamp, Timestamp)>,
    /// Where it stands among its siblings, from 1.
    position: Option<i64>,
}

impl<'a, T: Entity> Encoded<'a, T> {
    pub(crate) fn new(object: &'a T, encoding: &'a Encoding) -> Self {
        Self { object, encoding, inherited: None, position: None }
    }
}

impl<T: Entity> Serialize for Encoded<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let common = self.object.common();
        let mut map = serializer.serialize_map(None)?;
        if !common.id.is_empty() {
            map.serialize_entry("id", &common.id)?;
        }
        map.serialize_entry("type", T::KIND.type_url())?;
        let dates = self.dates(common);
        let mut writer = Writer { map: &mut map, encoding: self.encoding, required: T::KIND.required(), dates, position: self.position };
        if !common.deleted {
            self.object.write_properties(&mut writer)?;
            let license = T::KIND.property("license").map_or(Shape::Text, |property| property.shape);
            writer.property("license", license, &common.license)?;
            if T::KIND.property("keyword").is_some() {
                writer.property("keyword", Shape::Texts, &common.keyword)?;
            }
            writer.property("web", Shape::Url, &common.web)?;
        }
        map.serialize_entry("created", &time::write_instant(dates.0, &self.encoding.zone))?;
        map.serialize_entry("modified", &time::write_instant(dates.1, &self.encoding.zone))?;
        if common.deleted {
            map.serialize_entry("deleted", &true)?;
        } else {
            for (key, value) in common.vendor.iter().filter(|(key, value)| key.contains(':') && !value.is_null()) {
                map.serialize_entry(key, value)?;
            }
        }
        map.end()
    }
}

impl<T: Entity> Encoded<'_, T> {
    /// Each of the two dates stands in for the other; then those of the embedding object.
    fn dates(&self, common: &Common) -> (Timestamp, Timestamp) {
        let (created, modified) = self.inherited.unwrap_or((self.encoding.undated, self.encoding.undated));
        (common.created.or(common.modified).unwrap_or(created), common.modified.or(common.created).unwrap_or(modified))
    }
}

/// What the macro of `model` generates for writing a type.
pub trait WriteProperties {
    #[doc(hidden)]
    fn write_properties<M: SerializeMap>(&self, writer: &mut Writer<'_, M>) -> Result<(), M::Error>;
}

/// Writes the properties of one object.
pub struct Writer<'w, M> {
    map: &'w mut M,
    encoding: &'w Encoding,
    required: &'static [&'static str],
    dates: (Timestamp, Timestamp),
    position: Option<i64>,
}

impl<M: SerializeMap> Writer<'_, M> {
    /// Writes a property, or leaves it out if it says nothing.
    pub(crate) fn property<V: WriteValue>(&mut self, name: &'static str, shape: Shape, value: &V) -> Result<(), M::Error> {
        value.write(name, shape, self)
    }

    /// Whether a text may stand here: not blank, and an address where one belongs.
    fn admits(&self, shape: Shape, value: &str) -> bool {
        !value.trim().is_empty() && (self.encoding.faithful || !shape.is_address() || address::is_web_address(value))
    }

    fn embeds<T: Entity>(&self, embedded: &Embedded<T>) -> bool {
        match embedded {
            Embedded::Reference(_) => self.encoding.faithful,
            Embedded::Object(object) => !object.common().deleted,
        }
    }

    fn omits(&self, name: &str) -> bool {
        self.encoding.omit_internal && !self.required.contains(&name)
    }
}

/// A field's type that can be written as a property.
pub trait WriteValue {
    #[doc(hidden)]
    fn write<M: SerializeMap>(&self, name: &'static str, shape: Shape, writer: &mut Writer<'_, M>) -> Result<(), M::Error>;
}

impl WriteValue for Option<String> {
    fn write<M: SerializeMap>(&self, name: &'static str, shape: Shape, w: &mut Writer<'_, M>) -> Result<(), M::Error> {
        match self {
            Some(value) if w.admits(shape, value) => w.map.serialize_entry(name, &*text::unescaped(value)),
            _ => Ok(()),
        }
    }
}

impl WriteValue for Vec<String> {
    fn write<M: SerializeMap>(&self, name: &'static str, shape: Shape, w: &mut Writer<'_, M>) -> Result<(), M::Error> {
        let texts: Vec<_> = self.iter().filter(|value| w.admits(shape, value)).map(|value| text::unescaped(value)).collect();
        if texts.is_empty() { Ok(()) } else { w.map.serialize_entry(name, &texts) }
    }
}

impl WriteValue for Option<Timestamp> {
    fn write<M: SerializeMap>(&self, name: &'static str, _: Shape, w: &mut Writer<'_, M>) -> Result<(), M::Error> {
        match self {
            Some(instant) => w.map.serialize_entry(name, &time::write_instant(*instant, &w.encoding.zone)),
            None => Ok(()),
        }
    }
}

impl WriteValue for Option<Date> {
    fn write<M: SerializeMap>(&self, name: &'static str, _: Shape, w: &mut Writer<'_, M>) -> Result<(), M::Error> {
        match self {
            Some(day) => w.map.serialize_entry(name, &time::write_day(*day)),
            None => Ok(()),
        }
    }
}

impl WriteValue for Option<bool> {
    fn write<M: SerializeMap>(&self, name: &'static str, _: Shape, w: &mut Writer<'_, M>) -> Result<(), M::Error> {
        match self {
            Some(flag) => w.map.serialize_entry(name, flag),
            None => Ok(()),
        }
    }
}

impl WriteValue for Option<i64> {
    fn write<M: SerializeMap>(&self, name: &'static str, _: Shape, w: &mut Writer<'_, M>) -> Result<(), M::Error> {
        // The only required number is the order of an agenda item, for which its place in the agenda stands in.
        let stand_in = w.position.filter(|_| w.required.contains(&name));
        match self.or(stand_in) {
            Some(number) => w.map.serialize_entry(name, &number),
            None => Ok(()),
        }
    }
}

impl WriteValue for Option<Value> {
    fn write<M: SerializeMap>(&self, name: &'static str, _: Shape, w: &mut Writer<'_, M>) -> Result<(), M::Error> {
        match self {
            Some(value @ Value::Object(map)) if !map.is_empty() => w.map.serialize_entry(name, value),
            _ => Ok(()),
        }
    }
}

impl<T: Entity> WriteValue for Option<Embedded<T>> {
    fn write<M: SerializeMap>(&self, name: &'static str, _: Shape, w: &mut Writer<'_, M>) -> Result<(), M::Error> {
        match self {
            Some(embedded) if w.embeds(embedded) && !w.omits(name) => {
                w.map.serialize_entry(name, &Part { embedded, encoding: w.encoding, dates: w.dates, position: 1 })
            }
            _ => Ok(()),
        }
    }
}

impl<T: Entity> WriteValue for Vec<Embedded<T>> {
    fn write<M: SerializeMap>(&self, name: &'static str, _: Shape, w: &mut Writer<'_, M>) -> Result<(), M::Error> {
        let parts: Vec<_> = (1..)
            .zip(self.iter().filter(|embedded| w.embeds(embedded)))
            .map(|(position, embedded)| Part { embedded, encoding: w.encoding, dates: w.dates, position })
            .collect();
        if (parts.is_empty() || w.omits(name)) && !w.required.contains(&name) {
            return Ok(());
        }
        w.map.serialize_entry(name, &parts)
    }
}

/// An embedded object with what it inherits.
struct Part<'a, T> {
    embedded: &'a Embedded<T>,
    encoding: &'a Encoding,
    dates: (Timestamp, Timestamp),
    position: i64,
}

impl<T: Entity> Serialize for Part<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.embedded {
            Embedded::Reference(url) => serializer.serialize_str(url),
            Embedded::Object(object) => {
                Encoded { object: &**object, encoding: self.encoding, inherited: Some(self.dates), position: Some(self.position) }.serialize(serializer)
            }
        }
    }
}
