//! One JSON value into one object, whatever is wrong with it.
//!
//! Reading never fails for a bad property: what is readable is kept, and what was wrong is noted. Start with [`read()`];
//! [`Reader`] walks one object, `values` reads one property.

mod values;

use std::collections::HashSet;

use serde_json::{Map, Value};

pub(crate) use values::ReadValue;

use crate::shape::COMMON;
use crate::{
    AgendaItem, Body, Common, Consultation, Defect, Entity, File, Findings, Kind, LegislativeTerm, ListPage, Location, Meeting, Membership, Object,
    Organization, Paper, Person, Shape, System, address,
};

/// A `name` with more characters than this (Unicode scalar values) is noted; it is kept whole.
pub const NAME_CHARS_MAX: usize = 250;

/// Objects may stand in one another so deep; the standard itself needs three levels.
const DEPTH_MAX: u8 = 8;

/// What the macro of `model` generates for reading a type.
pub trait ReadProperties {
    #[doc(hidden)]
    fn read_properties(reader: &mut Reader<'_, '_>) -> Self;
    #[doc(hidden)]
    fn ends_before_it_starts(&self) -> bool;
}

/// Reads one object. If it states a type that OParl knows, that type counts, otherwise the expected one. None only if the
/// value is no object at all. An object without id is returned with an empty id.
#[must_use]
pub fn read(value: &Value, expected: Kind, findings: &mut Findings) -> Option<Object> {
    let map = single(value, expected, findings)?;
    Some(read_as_stated(map, expected, 0, findings))
}

/// Reads the object that an address was asked for, and notes if it calls itself otherwise.
#[must_use]
pub fn read_answer(value: &Value, asked: &str, expected: Kind, findings: &mut Findings) -> Option<Object> {
    let object = read(value, expected, findings)?;
    let id = &object.common().id;
    if !id.is_empty() && id != asked {
        let kind = Some(object.kind());
        findings.note(Defect::IdDiffersFromAddress, kind, id, "id", || format!("asked: {asked}"));
    }
    Some(object)
}

/// Reads the objects of a list page. `filtered` says whether the list was asked with `modified_since`: only then do
/// deleted objects belong in it. Items that are no objects are noted and left out.
#[must_use]
pub fn read_items(page: &ListPage, expected: Kind, filtered: bool, findings: &mut Findings) -> Vec<Object> {
    let mut objects = Vec::with_capacity(page.data.len());
    for item in &page.data {
        let Some(object) = read(item, expected, findings) else {
            continue;
        };
        if object.common().deleted && !filtered {
            let kind = Some(object.kind());
            findings.note(Defect::DeletedInUnfilteredList, kind, &object.common().id, "deleted", String::new);
        }
        objects.push(object);
    }
    let mut seen = HashSet::new();
    for object in objects.iter().filter(|object| !object.common().id.is_empty()) {
        if !seen.insert(object.common().id.as_str()) {
            let kind = Some(object.kind());
            findings.note(Defect::DuplicateInList, kind, &object.common().id, "", String::new);
        }
    }
    objects
}

/// The object itself, or the only element of an array (some servers wrap it).
fn single<'a>(value: &'a Value, expected: Kind, findings: &mut Findings) -> Option<&'a Map<String, Value>> {
    let kind = Some(expected);
    match value {
        Value::Object(map) => Some(map),
        Value::Null => {
            findings.note(Defect::NullBody, kind, "", "", String::new);
            None
        }
        Value::Array(items) => {
            findings.note(Defect::ArrayForObject, kind, "", "", || format!("array of {}", items.len()));
            items.first()?.as_object()
        }
        other => {
            findings.note(Defect::NotAnObject, kind, "", "", || other.to_string());
            None
        }
    }
}

fn read_as_stated(map: &Map<String, Value>, expected: Kind, depth: u8, findings: &mut Findings) -> Object {
    let stated = map.get("type").and_then(Value::as_str).and_then(Kind::from_type_url);
    match stated.unwrap_or(expected) {
        Kind::System => read_entity::<System>(map, expected, depth, findings).into(),
        Kind::Body => read_entity::<Body>(map, expected, depth, findings).into(),
        Kind::LegislativeTerm => read_entity::<LegislativeTerm>(map, expected, depth, findings).into(),
        Kind::Organization => read_entity::<Organization>(map, expected, depth, findings).into(),
        Kind::Person => read_entity::<Person>(map, expected, depth, findings).into(),
        Kind::Membership => read_entity::<Membership>(map, expected, depth, findings).into(),
        Kind::Meeting => read_entity::<Meeting>(map, expected, depth, findings).into(),
        Kind::AgendaItem => read_entity::<AgendaItem>(map, expected, depth, findings).into(),
        Kind::Paper => read_entity::<Paper>(map, expected, depth, findings).into(),
        Kind::Consultation => read_entity::<Consultation>(map, expected, depth, findings).into(),
        Kind::File => read_entity::<File>(map, expected, depth, findings).into(),
        Kind::Location => read_entity::<Location>(map, expected, depth, findings).into(),
    }
}

/// Reads an object as type `T`, whatever it states.
fn read_entity<T: Entity>(map: &Map<String, Value>, expected: Kind, depth: u8, findings: &mut Findings) -> T {
    let mut reader = Reader::new(map, T::KIND, depth, findings);
    reader.examine_type(expected);
    let mut common = reader.common();
    let mut entity = if common.deleted {
        // A tombstone has nothing else to say, whatever a server still tells.
        T::default()
    } else {
        common.vendor = reader.vendor();
        let entity = T::read_properties(&mut reader);
        reader.examine_required();
        if entity.ends_before_it_starts() {
            reader.note(Defect::EndBeforeStart, "", String::new);
        }
        entity
    };
    common.strays = reader.strays;
    common.id = reader.id;
    *entity.common_mut() = common;
    entity
}

/// Walks the properties of one object.
pub struct Reader<'a, 'f> {
    object: &'a Map<String, Value>,
    kind: Kind,
    id: String,
    depth: u8,
    /// Properties found under another spelling, by their proper name.
    respelled: Vec<(&'static str, &'a Value)>,
    strays: Vec<Object>,
    findings: &'f mut Findings,
}

impl<'a, 'f> Reader<'a, 'f> {
    fn new(object: &'a Map<String, Value>, kind: Kind, depth: u8, findings: &'f mut Findings) -> Self {
        let mut reader = Self { object, kind, id: String::new(), depth, respelled: Vec::new(), strays: Vec::new(), findings };
        reader.id = match object.get("id") {
            Some(Value::String(id)) => id.trim().to_owned(),
            Some(Value::Number(id)) => id.to_string(),
            _ => String::new(),
        };
        reader
    }

    /// Reads a property of the standard; its default if it is missing.
    pub(crate) fn property<V: ReadValue>(&mut self, name: &'static str, shape: Shape) -> V {
        let respelled = || self.respelled.iter().find(|(proper, _)| *proper == name).map(|(_, value)| *value);
        match self.object.get(name).or_else(respelled) {
            None => {
                if (self.kind, name) == (Kind::AgendaItem, "number") {
                    self.note(Defect::MissingNumber, "number", String::new);
                }
                V::default()
            }
            Some(Value::Null) => {
                self.note(Defect::NullValue, name, String::new);
                V::default()
            }
            Some(value) => V::read(value, name, shape, self),
        }
    }

    /// Notes a defect of this object.
    fn note(&mut self, defect: Defect, property: &'static str, detail: impl FnOnce() -> String) {
        self.findings.note(defect, Some(self.kind), &self.id, property, detail);
    }

    fn examine_type(&mut self, expected: Kind) {
        if self.id.is_empty() {
            self.note(Defect::MissingId, "id", String::new);
        } else if !address::is_web_address(&self.id) {
            let id = self.id.clone();
            self.note(Defect::BadUrl, "id", || id);
        } else if address::has_double_slash(&self.id) {
            let id = self.id.clone();
            self.note(Defect::DoubleSlash, "id", || id);
        }
        match self.object.get("type") {
            None | Some(Value::Null) => self.note(Defect::MissingType, "type", String::new),
            Some(stated) => match stated.as_str().and_then(Kind::from_type_url) {
                None => self.note(Defect::UnknownType, "type", || stated.to_string()),
                Some(kind) if kind != expected => {
                    self.note(Defect::UnexpectedType, "type", || format!("{} for {}", kind.name(), expected.name()));
                }
                Some(_) => {}
            },
        }
    }

    fn common(&mut self) -> Common {
        self.respell();
        let common = Common {
            id: String::new(),
            created: self.property("created", Shape::Instant),
            modified: self.property("modified", Shape::Instant),
            license: self.property("license", Shape::Text),
            keyword: self.property("keyword", Shape::Texts),
            web: self.property("web", Shape::Url),
            deleted: self.property::<Option<bool>>("deleted", Shape::Flag).unwrap_or(false),
            ..Common::default()
        };
        if !self.has("created") {
            self.note(Defect::MissingCreated, "created", String::new);
        }
        if !self.has("modified") {
            self.note(Defect::MissingModified, "modified", String::new);
        }
        common
    }

    fn has(&self, name: &str) -> bool {
        self.object.contains_key(name) || self.respelled.iter().any(|(proper, _)| *proper == name)
    }

    /// Finds properties whose names are spelled otherwise (`start_date`, `EndDate`), and those that 1.0 named otherwise.
    fn respell(&mut self) {
        for (key, value) in self.object {
            if self.kind.property(key).is_some() || key.contains(':') {
                continue;
            }
            if let Some(proper) = self.kind.renamed(key) {
                self.respelled.push((proper, value));
            } else if let Some(proper) = proper_name(self.kind, key).filter(|proper| !self.has(proper)) {
                // Of several odd spellings the first counts, so this list stays as short as the table.
                self.note(Defect::WrongCase, proper, || key.clone());
                self.respelled.push((proper, value));
            }
        }
    }

    /// The properties that the standard does not know.
    fn vendor(&mut self) -> std::collections::BTreeMap<String, Value> {
        let mut vendor = std::collections::BTreeMap::new();
        for (key, value) in self.object {
            let known = self.kind.property(key).is_some() || self.kind.renamed(key).is_some();
            if known || self.respelled.iter().any(|(_, taken)| std::ptr::eq(*taken, value)) {
                continue;
            }
            if !key.contains(':') {
                self.note(Defect::UnknownProperty, "", || key.clone());
            }
            vendor.insert(key.clone(), value.clone());
        }
        vendor
    }

    fn examine_required(&mut self) {
        for &name in self.kind.required() {
            if !self.has(name) {
                let defect = if name == "order" { Defect::MissingOrder } else { Defect::MissingRequired };
                self.note(defect, name, String::new);
            }
        }
    }

    /// Reads an embedded object as type `T`.
    fn embedded<T: Entity>(&mut self, map: &Map<String, Value>, name: &'static str) -> Option<T> {
        if self.depth >= DEPTH_MAX {
            self.note(Defect::NestedTooDeep, name, String::new);
            return None;
        }
        let entity = read_entity::<T>(map, T::KIND, self.depth + 1, self.findings);
        if entity.common().deleted {
            let id = entity.common().id.clone();
            self.note(Defect::DeletedEmbedded, name, || id);
        }
        Some(entity)
    }

    /// Keeps an object that stands where only its address belongs.
    fn keep_stray(&mut self, map: &Map<String, Value>, expected: Kind, name: &'static str) {
        // An object that says nothing but its id is no more than its address.
        if map.len() < 2 {
            return;
        }
        if self.depth >= DEPTH_MAX {
            self.note(Defect::NestedTooDeep, name, String::new);
            return;
        }
        let stray = read_as_stated(map, expected, self.depth + 1, self.findings);
        self.strays.push(stray);
    }
}

/// The property of this type whose name differs only in case, underscores and hyphens.
fn proper_name(kind: Kind, key: &str) -> Option<&'static str> {
    let folded = |text: &str| -> String { text.chars().filter(|c| !matches!(c, '_' | '-')).map(|c| c.to_ascii_lowercase()).collect() };
    let key = folded(key);
    let names = kind.properties().iter().chain(&COMMON).map(|property| property.name);
    names.into_iter().find(|name| name.len() == key.len() && folded(name) == key && kind.property(name).is_some())
}
