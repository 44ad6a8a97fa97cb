//! The rules of OParl 1.1 for what is served, walked along the tables of `model`.
//!
//! Knows nothing of reading or writing: it judges JSON as any client would see it. A clean result of both functions means
//! that no MUST and no SHOULD that shows in single objects and pages is broken.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::{Kind, Property, Shape, address, text, time};

/// How binding a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The standard says MUST.
    Must,
    /// The standard says SHOULD.
    Should,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $key:literal $severity:ident,)*) => {
        /// A rule of the standard.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Rule {
            $($(#[$doc])* $name,)*
        }

        impl Rule {
            /// The stable key in kebab case.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// How binding it is.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

rules! {
    /// What is served is an object.
    Object = "object" Must,
    /// An object states a type of the standard, in version 1.1.
    Type = "type" Must,
    /// An embedded object has the type that its place asks for.
    EmbeddedType = "embedded-type" Must,
    /// Required properties are there, and not null.
    Required = "required" Must,
    /// A property holds what the standard says.
    Value = "value" Must,
    /// An instant is written `yyyy-mm-ddThh:mm:ss+hh:mm`.
    Instant = "instant" Must,
    /// A day is written `yyyy-mm-dd`.
    Day = "day" Must,
    /// An address is one.
    Url = "url" Must,
    /// Texts are not escaped for HTML.
    HtmlEscaping = "html-escaping" Must,
    /// Properties that the standard does not know have a vendor's prefix.
    VendorPrefix = "vendor-prefix" Must,
    /// Deleted objects are not embedded.
    DeletedEmbedded = "deleted-embedded" Must,
    /// Deleted objects are delivered only if changes are asked for.
    DeletedUnasked = "deleted-unasked" Must,
    /// A tombstone tells nothing but id, type, dates and that it is one.
    TombstoneSilent = "tombstone-silent" Should,
    /// Properties that are null are left out.
    NoNull = "no-null" Should,
    /// Empty texts are left out.
    NoEmptyText = "no-empty-text" Should,
    /// Empty arrays are left out.
    NoEmptyArray = "no-empty-array" Should,
    /// A list page has data, pagination and links of the right kind.
    Page = "page" Must,
    /// A page that is not the last says which is next.
    NextPage = "next-page" Must,
    /// An object stands once in a list.
    Once = "once" Must,
}

/// A rule that is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Which.
    pub rule: Rule,
    /// Where, such as `Meeting.agendaItem.order`.
    pub place: String,
    /// The id of the object, as far as it has one.
    pub object: String,
    /// What stands there; at most 200 characters.
    pub detail: String,
}

/// Checks an object and all that it embeds. Nothing is found if it keeps the rules.
#[must_use]
pub fn check(object: &Value) -> Vec<Violation> {
    let mut checker = Checker::default();
    checker.object(object, None, "");
    checker.violations
}

/// Checks a list page and the objects on it. `filtered`: the list was asked with `modified_since`.
#[must_use]
pub fn check_page(page: &Value, expected: Kind, filtered: bool) -> Vec<Violation> {
    let mut checker = Checker::default();
    let data = page.get("data").and_then(Value::as_array);
    if data.is_none() {
        checker.report(Rule::Page, "data", || "no array".to_owned());
    }
    let (mut seen, place) = (HashSet::new(), "data");
    for item in data.into_iter().flatten() {
        checker.object(item, None, "");
        checker.id = id_of(item);
        let stated = item.get("type").and_then(Value::as_str);
        if stated.and_then(Kind::from_type_url) != Some(expected) {
            checker.report(Rule::EmbeddedType, place, || format!("{stated:?} for {}", expected.name()));
        }
        if is_deleted(item) && !filtered {
            checker.report(Rule::DeletedUnasked, place, String::new);
        }
        if !seen.insert(checker.id.clone()) {
            checker.report(Rule::Once, place, String::new);
        }
    }
    checker.id.clear();
    checker.links(page);
    checker.violations
}

/// Required of every object, beside its type.
const ALWAYS: [&str; 3] = ["id", "created", "modified"];
const LINKS: [&str; 6] = ["first", "prev", "self", "next", "last", "web"];
const PAGINATION: [&str; 4] = ["totalElements", "elementsPerPage", "currentPage", "totalPages"];

/// Collects violations; `id` is that of the object being walked.
#[derive(Default)]
struct Checker {
    id: String,
    violations: Vec<Violation>,
}

impl Checker {
    fn report(&mut self, rule: Rule, place: &str, detail: impl FnOnce() -> String) {
        let detail = detail().chars().take(200).collect();
        self.violations.push(Violation { rule, place: place.to_owned(), object: self.id.clone(), detail });
    }

    fn links(&mut self, page: &Value) {
        let (links, pagination) = (page.get("links"), page.get("pagination"));
        match links.and_then(Value::as_object) {
            None => self.report(Rule::Page, "links", || "no object".to_owned()),
            Some(links) => {
                for (name, link) in links.iter().filter(|(name, _)| LINKS.contains(&name.as_str())) {
                    if !link.as_str().is_some_and(address::is_web_address) {
                        self.report(Rule::Url, &format!("links.{name}"), || link.to_string());
                    }
                }
            }
        }
        match pagination.and_then(Value::as_object) {
            None => self.report(Rule::Page, "pagination", || "no object".to_owned()),
            Some(pagination) => {
                for (name, number) in pagination.iter().filter(|(name, _)| PAGINATION.contains(&name.as_str())) {
                    if !number.is_u64() {
                        self.report(Rule::Page, &format!("pagination.{name}"), || number.to_string());
                    }
                }
            }
        }
        let number = |name| pagination.and_then(|pagination| pagination.get(name)).and_then(Value::as_u64);
        let is_last = number("currentPage") >= number("totalPages");
        if !is_last && links.and_then(|links| links.get("next")).is_none() {
            self.report(Rule::NextPage, "links.next", || "missing".to_owned());
        }
    }

    /// Walks an object. `embedded` is the type that its place asks for; a top-level object may be of any.
    fn object(&mut self, value: &Value, embedded: Option<Kind>, place: &str) {
        let outer = std::mem::replace(&mut self.id, id_of(value));
        match value.as_object() {
            None => self.report(Rule::Object, place, || value.to_string()),
            Some(map) => self.map(map, value, embedded, place),
        }
        self.id = outer;
    }

    fn map(&mut self, map: &Map<String, Value>, value: &Value, embedded: Option<Kind>, place: &str) {
        let stated = map.get("type").and_then(Value::as_str);
        let known = Kind::ALL.into_iter().find(|kind| Some(kind.type_url()) == stated);
        let Some(kind) = embedded.or(known) else {
            return self.report(Rule::Type, place, || format!("{stated:?}"));
        };
        let place = if place.is_empty() { kind.name() } else { place };
        if known != Some(kind) {
            let rule = if known.is_some() { Rule::EmbeddedType } else { Rule::Type };
            self.report(rule, place, || format!("{stated:?} for {}", kind.name()));
        }
        if is_deleted(value) {
            return self.tombstone(map, kind, embedded.is_some(), place);
        }
        for name in ALWAYS.iter().chain(kind.required()) {
            if map.get(*name).is_none_or(Value::is_null) {
                self.report(Rule::Required, &format!("{place}.{name}"), || "missing".to_owned());
            }
        }
        for (name, value) in map {
            match kind.property(name) {
                Some(property) => self.property(property, value, kind, &format!("{place}.{name}")),
                None if name.contains(':') => {}
                None => self.report(Rule::VendorPrefix, &format!("{place}.{name}"), || name.clone()),
            }
        }
    }

    fn tombstone(&mut self, map: &Map<String, Value>, kind: Kind, embedded: bool, place: &str) {
        const TELLS: [&str; 5] = ["id", "type", "created", "modified", "deleted"];
        if embedded {
            self.report(Rule::DeletedEmbedded, place, String::new);
        }
        for name in TELLS {
            match map.get(name).filter(|value| !value.is_null()).zip(kind.property(name)) {
                Some((value, property)) => self.property(property, value, kind, &format!("{place}.{name}")),
                None => self.report(Rule::Required, &format!("{place}.{name}"), || "missing".to_owned()),
            }
        }
        for name in map.keys().filter(|name| !TELLS.contains(&name.as_str())) {
            self.report(Rule::TombstoneSilent, &format!("{place}.{name}"), String::new);
        }
    }

    fn property(&mut self, property: Property, value: &Value, kind: Kind, place: &str) {
        let is_required = ALWAYS.contains(&property.name) || kind.required().contains(&property.name);
        match (property.shape, value) {
            (_, Value::Null) if is_required => {}
            (_, Value::Null) => self.report(Rule::NoNull, place, String::new),
            (Shape::Texts | Shape::Urls | Shape::References(_) | Shape::Many(_), Value::Array(items)) => {
                if items.is_empty() && !is_required {
                    self.report(Rule::NoEmptyArray, place, String::new);
                }
                for item in items {
                    self.single(element(property.shape), item, place);
                }
            }
            (Shape::Texts | Shape::Urls | Shape::References(_) | Shape::Many(_), other) => {
                self.report(Rule::Value, place, || format!("array expected: {other}"));
            }
            (shape, value) => self.single(shape, value, place),
        }
    }

    /// A value that is no array.
    fn single(&mut self, shape: Shape, value: &Value, place: &str) {
        match (shape, value) {
            (Shape::One(kind), Value::Object(_)) => self.object(value, Some(kind), place),
            (Shape::Flag, Value::Bool(_)) | (Shape::Json, Value::Object(_)) => {}
            (Shape::Integer, Value::Number(number)) if number.is_i64() || number.is_u64() => {}
            (Shape::One(_) | Shape::Flag | Shape::Json | Shape::Integer, _) => {
                self.report(Rule::Value, place, || format!("{shape:?} expected: {value}"));
            }
            (_, Value::String(string)) => self.string(shape, string, place),
            _ => self.report(Rule::Value, place, || format!("text expected: {value}")),
        }
    }

    fn string(&mut self, shape: Shape, string: &str, place: &str) {
        let rule = match shape {
            _ if string.is_empty() => Some(Rule::NoEmptyText),
            _ if matches!(text::unescaped(string), std::borrow::Cow::Owned(_)) => Some(Rule::HtmlEscaping),
            Shape::Instant => (!matches!(time::read_instant(string), Some((_, None)))).then_some(Rule::Instant),
            Shape::Day => (!matches!(time::read_day(string), Some((_, None)))).then_some(Rule::Day),
            shape if shape.is_address() => (!address::is_web_address(string)).then_some(Rule::Url),
            _ => None,
        };
        if let Some(rule) = rule {
            self.report(rule, place, || string.to_owned());
        }
        // An empty text where a date or an address belongs is none, beside being empty.
        if string.is_empty() && (shape.is_address() || matches!(shape, Shape::Instant | Shape::Day)) {
            self.report(Rule::Value, place, || "empty".to_owned());
        }
    }
}

/// The shape of an array's elements.
fn element(shape: Shape) -> Shape {
    match shape {
        Shape::Texts => Shape::Text,
        Shape::Urls => Shape::Url,
        Shape::References(kind) => Shape::Reference(kind),
        Shape::Many(kind) => Shape::One(kind),
        other => other,
    }
}

fn id_of(value: &Value) -> String {
    value.get("id").and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn is_deleted(value: &Value) -> bool {
    value.get("deleted").and_then(Value::as_bool) == Some(true)
}
