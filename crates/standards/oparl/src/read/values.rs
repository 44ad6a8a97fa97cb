//! One property's value, whatever was sent instead of it.
//!
//! One implementation of [`ReadValue`] per Rust type that a field can have; the shape tells texts from addresses.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::{NAME_CHARS_MAX, Reader};
use crate::{Defect, Embedded, Entity, Kind, Shape, address, text, time};

/// A field's type that can be read from a JSON value. Never called with `null`.
pub trait ReadValue: Default {
    #[doc(hidden)]
    fn read(value: &Value, name: &'static str, shape: Shape, reader: &mut Reader<'_, '_>) -> Self;
}

impl ReadValue for Option<String> {
    fn read(value: &Value, name: &'static str, shape: Shape, reader: &mut Reader<'_, '_>) -> Self {
        if !shape.is_address() {
            return text_of(value, name, reader);
        }
        match value {
            Value::Array(items) => {
                reader.note(Defect::ArrayForText, name, || format!("array of {}", items.len()));
                let mut first = None;
                // All are walked, so that embedded objects are kept; the first address counts.
                for item in items {
                    let url = address_of(item, name, shape, reader);
                    first = first.or(url);
                }
                // A list of objects is not the address of a list: the objects were kept, and there is no address.
                first.filter(|_| !matches!(shape, Shape::ExternalList(_)))
            }
            other => address_of(other, name, shape, reader),
        }
    }
}

impl ReadValue for Vec<String> {
    fn read(value: &Value, name: &'static str, shape: Shape, reader: &mut Reader<'_, '_>) -> Self {
        let items = items_of(value, name, reader);
        let one = |item| {
            if shape.is_address() { address_of(item, name, shape, reader) } else { text_of(item, name, reader) }
        };
        items.iter().filter_map(one).collect()
    }
}

impl ReadValue for Option<Timestamp> {
    fn read(value: &Value, name: &'static str, _: Shape, reader: &mut Reader<'_, '_>) -> Self {
        let text = text_of(value, name, reader)?;
        spelled(time::read_instant(&text), &text, name, reader)
    }
}

impl ReadValue for Option<Date> {
    fn read(value: &Value, name: &'static str, _: Shape, reader: &mut Reader<'_, '_>) -> Self {
        let text = text_of(value, name, reader)?;
        spelled(time::read_day(&text), &text, name, reader)
    }
}

impl ReadValue for Option<bool> {
    fn read(value: &Value, name: &'static str, _: Shape, reader: &mut Reader<'_, '_>) -> Self {
        if let Value::Bool(flag) = value {
            return Some(*flag);
        }
        let text = match value {
            Value::String(text) => text.trim().to_lowercase(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        };
        let flag = match text.as_str() {
            "true" | "1" | "ja" | "yes" => Some(true),
            "false" | "0" | "nein" | "no" => Some(false),
            _ => None,
        };
        let defect = if flag.is_some() { Defect::TextForFlag } else { Defect::Unreadable };
        reader.note(defect, name, || value.to_string());
        flag
    }
}

impl ReadValue for Option<i64> {
    fn read(value: &Value, name: &'static str, _: Shape, reader: &mut Reader<'_, '_>) -> Self {
        if let Some(number) = value.as_i64() {
            return Some(number);
        }
        let number = match value {
            Value::String(text) => text.trim().parse().ok(),
            Value::Number(number) => number.as_f64().and_then(whole),
            _ => None,
        };
        let defect = if number.is_some() { Defect::TextForNumber } else { Defect::Unreadable };
        reader.note(defect, name, || value.to_string());
        number
    }
}

impl ReadValue for Option<Value> {
    fn read(value: &Value, name: &'static str, _: Shape, reader: &mut Reader<'_, '_>) -> Self {
        match value {
            Value::Object(map) if map.is_empty() => None,
            Value::Object(_) => Some(value.clone()),
            Value::String(text) if text::is_blank(text) => {
                reader.note(Defect::BlankText, name, || format!("{text:?}"));
                None
            }
            other => {
                // Some servers put the object into a text.
                let inner = other.as_str().and_then(|text| serde_json::from_str(text).ok()).filter(Value::is_object);
                reader.note(Defect::Unreadable, name, || other.to_string());
                inner
            }
        }
    }
}

impl<T: Entity> ReadValue for Option<Embedded<T>> {
    fn read(value: &Value, name: &'static str, shape: Shape, reader: &mut Reader<'_, '_>) -> Self {
        let Value::Array(items) = value else {
            return embedded_of(value, name, shape, reader);
        };
        reader.note(Defect::ArrayForObject, name, || format!("array of {}", items.len()));
        let (first, rest) = items.split_first()?;
        for map in rest.iter().filter_map(Value::as_object) {
            reader.keep_stray(map, T::KIND, name);
        }
        embedded_of(first, name, shape, reader)
    }
}

impl<T: Entity> ReadValue for Vec<Embedded<T>> {
    fn read(value: &Value, name: &'static str, shape: Shape, reader: &mut Reader<'_, '_>) -> Self {
        items_of(value, name, reader).iter().filter_map(|item| embedded_of(item, name, shape, reader)).collect()
    }
}

/// The elements of an array, or the single thing that stands in its place.
fn items_of<'v>(value: &'v Value, name: &'static str, reader: &mut Reader<'_, '_>) -> &'v [Value] {
    match value {
        Value::Array(items) => items,
        Value::String(text) if text::is_blank(text) => {
            reader.note(Defect::BlankText, name, || format!("{text:?}"));
            &[]
        }
        other => {
            let defect = if other.is_object() { Defect::ObjectForArray } else { Defect::TextForArray };
            reader.note(defect, name, || excerpt(other));
            std::slice::from_ref(other)
        }
    }
}

/// A text; numbers and truth values are spelled out, several texts are joined.
fn text_of(value: &Value, name: &'static str, reader: &mut Reader<'_, '_>) -> Option<String> {
    match value {
        Value::String(text) => clean(text, name, reader),
        Value::Number(_) | Value::Bool(_) => {
            reader.note(Defect::NumberForText, name, || value.to_string());
            clean(&value.to_string(), name, reader)
        }
        Value::Array(items) => {
            reader.note(Defect::ArrayForText, name, || format!("array of {}", items.len()));
            let texts: Vec<_> = items.iter().filter_map(|item| item.as_str()).filter(|t| !text::is_blank(t)).collect();
            if texts.is_empty() { None } else { clean(&texts.join(", "), name, reader) }
        }
        Value::Object(map) => {
            reader.note(Defect::ObjectForText, name, || excerpt(value));
            map.get("name").and_then(Value::as_str).and_then(|inner| clean(inner, name, reader))
        }
        Value::Null => None,
    }
}

/// None if the text says nothing. Undoes HTML escaping and the loss of a municipality key's leading zero.
fn clean(text: &str, name: &'static str, reader: &mut Reader<'_, '_>) -> Option<String> {
    if text::is_blank(text) {
        let number = (reader.kind, name) == (Kind::AgendaItem, "number");
        let defect = if number { Defect::EmptyNumber } else { Defect::BlankText };
        reader.note(defect, name, || format!("{text:?}"));
        return None;
    }
    let plain = text::unescaped(text);
    if let Cow::Owned(_) = plain {
        reader.note(Defect::HtmlEscaped, name, || text.to_owned());
        if text::is_blank(&plain) {
            return None;
        }
    }
    if name == "name" && plain.len() > NAME_CHARS_MAX && plain.chars().count() > NAME_CHARS_MAX {
        reader.note(Defect::OverLongName, name, || plain.to_string());
    }
    if name == "ags" && plain.len() == 7 && plain.bytes().all(|byte| byte.is_ascii_digit()) {
        reader.note(Defect::AgsSevenDigits, name, || plain.to_string());
        return Some(format!("0{plain}"));
    }
    Some(plain.into_owned())
}

/// An address. An object in its place gives its id and is kept apart. What is no address is kept and noted: it may be
/// the only name that a thing has.
fn address_of(value: &Value, name: &'static str, shape: Shape, reader: &mut Reader<'_, '_>) -> Option<String> {
    if let Value::Object(map) = value {
        reader.note(Defect::ObjectForUrl, name, || excerpt(value));
        if let Some(kind) = shape.target() {
            reader.keep_stray(map, kind, name);
        }
        return id_of(map);
    }
    let text = text_of(value, name, reader)?;
    let url = match text.trim() {
        bare if bare.starts_with("www.") => {
            reader.note(Defect::BadUrl, name, || bare.to_owned());
            return Some(format!("https://{bare}"));
        }
        trimmed if trimmed.len() < text.len() => trimmed.to_owned(),
        _ => text,
    };
    examine_address(&url, name, reader);
    Some(url)
}

fn examine_address(url: &str, name: &'static str, reader: &mut Reader<'_, '_>) {
    if !address::is_web_address(url) {
        reader.note(Defect::BadUrl, name, || url.to_owned());
    } else if address::has_double_slash(url) {
        reader.note(Defect::DoubleSlash, name, || url.to_owned());
    }
    if address::schemes_differ(&reader.id, url) {
        reader.note(Defect::MixedSchemes, name, || url.to_owned());
    }
}

fn embedded_of<T: Entity>(value: &Value, name: &'static str, shape: Shape, reader: &mut Reader<'_, '_>) -> Option<Embedded<T>> {
    match value {
        Value::Object(map) => match reader.embedded(map, name) {
            Some(object) => Some(Embedded::new(object)),
            None => id_of(map).map(Embedded::Reference),
        },
        Value::String(_) => {
            let url = address_of(value, name, shape, reader)?;
            reader.note(Defect::UrlForObject, name, || url.clone());
            Some(Embedded::Reference(url))
        }
        // Servers that wrap a single object in an array do it within arrays too.
        Value::Array(items) => {
            reader.note(Defect::ArrayForObject, name, || excerpt(value));
            items.first().filter(|first| !first.is_array()).and_then(|first| embedded_of(first, name, shape, reader))
        }
        Value::Null => {
            reader.note(Defect::NullValue, name, String::new);
            None
        }
        other => {
            reader.note(Defect::Unreadable, name, || other.to_string());
            None
        }
    }
}

fn id_of(map: &Map<String, Value>) -> Option<String> {
    map.get("id").and_then(Value::as_str).map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned)
}

/// Notes how a date is spelled, or that it cannot be understood.
fn spelled<D>(read: Option<(D, Option<Defect>)>, text: &str, name: &'static str, reader: &mut Reader<'_, '_>) -> Option<D> {
    let (date, defect) = match read {
        Some((date, defect)) => (Some(date), defect),
        None => (None, Some(Defect::BadDate)),
    };
    if let Some(defect) = defect {
        reader.note(defect, name, || text.to_owned());
    }
    date
}

/// A whole number sent as a fraction (`12.0`), within what a double holds exactly.
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[allow(clippy::cast_possible_truncation, reason = "whole and within what a double holds exactly")]
    (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
}

/// Enough of a value to recognise it, without spelling out a large one.
fn excerpt(value: &Value) -> String {
    match value {
        Value::Object(map) => id_of(map).unwrap_or_else(|| format!("object with {} properties", map.len())),
        Value::Array(items) => format!("array of {}", items.len()),
        other => other.to_string(),
    }
}
