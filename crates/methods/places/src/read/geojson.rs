//! GeoJSON (RFC 7946): a FeatureCollection of points, lines and areas with names.

use super::columns::{Column, column};
use super::{ROWS_MAX, Reading, Row, Trouble, check_name, kind_of, other_names};
use crate::geometry::{Geometry, GeometryError};
use crate::place::Place;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

/// The places of a file.
pub(super) fn rows(text: &str, reading: &mut Reading) -> Vec<Row> {
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        reading.report(error.line().max(1), Trouble::NotJson, &error.to_string());
        return Vec::new();
    }
    let outline = outline(text);
    if outline.kind.as_deref() != Some("FeatureCollection") {
        reading.report(1, Trouble::NotFeatures, outline.kind.as_deref().unwrap_or_default());
        return Vec::new();
    }
    if let Some((line, name)) = outline.system.filter(|(_, name)| !is_wgs84(name)) {
        reading.report(line, Trouble::OtherReferenceSystem, &name);
        return Vec::new();
    }
    let mut out = Vec::with_capacity(outline.features.len());
    for (line, text) in outline.features {
        if out.len() == ROWS_MAX {
            reading.report(line, Trouble::TooManyPlaces, "");
            break;
        }
        match serde_json::from_str::<Value>(text) {
            Ok(feature) => out.extend(row(&feature, line, reading)),
            Err(error) => reading.report(line + error.line().saturating_sub(1), Trouble::NotJson, &error.to_string()),
        }
    }
    out
}

fn is_wgs84(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    name.ends_with("CRS84") || name.ends_with("4326") || name.contains("WGS 84") || name.contains("WGS84")
}

/// What the outermost object says, with the line and text of each feature.
#[derive(Default)]
struct Outline<'t> {
    kind: Option<String>,
    system: Option<(usize, String)>,
    features: Vec<(usize, &'t str)>,
}

/// Takes valid JSON apart along its brackets: the reader of JSON does not tell where a value stood.
fn outline(text: &str) -> Outline<'_> {
    let mut out = Outline::default();
    let mut at = skip_blanks(text, 0);
    if text.as_bytes().get(at) != Some(&b'{') {
        return out;
    }
    let mut line = Lines::default();
    at += 1;
    while let Some(b'"') = text.as_bytes().get(skip_separators(text, at)) {
        let name_at = skip_separators(text, at);
        let name_end = value_end(text, name_at);
        let value_at = skip_separators(text, name_end);
        let value_end = value_end(text, value_at);
        let value = &text[value_at..value_end];
        match &text[name_at..name_end] {
            "\"type\"" => out.kind = serde_json::from_str(value).ok(),
            "\"crs\"" => {
                let name = serde_json::from_str::<Value>(value).ok().and_then(|crs| Some(crs.pointer("/properties/name")?.as_str()?.to_owned()));
                out.system = name.map(|name| (line.of(text, value_at), name));
            }
            "\"features\"" if value.starts_with('[') => out.features = elements(text, value_at, &mut line),
            _ => {}
        }
        at = value_end;
    }
    out
}

/// The elements of an array with their lines.
fn elements<'t>(text: &'t str, array_at: usize, line: &mut Lines) -> Vec<(usize, &'t str)> {
    let mut out = Vec::new();
    let mut at = skip_separators(text, array_at + 1);
    while text.as_bytes().get(at).is_some_and(|byte| *byte != b']') {
        let end = value_end(text, at);
        out.push((line.of(text, at), &text[at..end]));
        at = skip_separators(text, end);
    }
    out
}

/// Counts lines on the way, each byte once.
#[derive(Default)]
struct Lines {
    at: usize,
    breaks: usize,
}

impl Lines {
    /// The line of a position that is not before the last one asked for.
    fn of(&mut self, text: &str, at: usize) -> usize {
        let between = text.as_bytes().get(self.at..at).unwrap_or_default();
        self.breaks += between.iter().filter(|byte| **byte == b'\n').count();
        self.at = self.at.max(at);
        self.breaks + 1
    }
}

fn skip_blanks(text: &str, at: usize) -> usize {
    at + text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

fn skip_separators(text: &str, at: usize) -> usize {
    at + text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_whitespace() || matches!(byte, b',' | b':')).count()
}

/// Where the value that begins here ends.
fn value_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let (mut depth, mut end, mut is_text) = (0_usize, at, false);
    while let Some(byte) = bytes.get(end) {
        end += 1;
        match byte {
            b'\\' if is_text => end += 1,
            b'"' => {
                is_text = !is_text;
                if !is_text && depth == 0 {
                    break;
                }
            }
            _ if is_text => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            // A number or a word ends before what separates it.
            _ if depth == 0 && matches!(bytes.get(end), None | Some(b',' | b'}' | b']')) => break,
            _ if depth == 0 && bytes.get(end).is_some_and(u8::is_ascii_whitespace) => break,
            _ => {}
        }
    }
    end.min(bytes.len())
}

fn row(feature: &Value, line: usize, reading: &mut Reading) -> Option<Row> {
    let empty = Map::new();
    let properties = feature.get("properties").and_then(Value::as_object).unwrap_or(&empty);
    let name = check_name(&property(properties, Column::Name).unwrap_or_default(), line, reading);
    let geometry = match feature.get("geometry") {
        None | Some(Value::Null) => None,
        Some(geometry) => match Geometry::from_json(geometry) {
            Ok(geometry) => Some(geometry),
            Err(GeometryError::Shape) => {
                reading.report(line, Trouble::Geometry, geometry.get("type").and_then(Value::as_str).unwrap_or_default());
                return None;
            }
            Err(GeometryError::Bounds) => {
                let is_metres = has_large_number(geometry);
                reading.report(line, if is_metres { Trouble::Metres } else { Trouble::Swapped }, name.as_deref().unwrap_or_default());
                return None;
            }
        },
    };
    let name = name?;
    if geometry.is_none() {
        reading.report(line, Trouble::NoGeometry, &name);
    }
    let others: Vec<String> =
        properties.iter().filter(|(own, _)| matches!(column(own), Some((Column::OtherNames, _)))).flat_map(|(_, value)| texts(value)).collect();
    let other_names = other_names(others.iter().flat_map(|names| names.split(['|', ';'])), &name, line, reading);
    let kind = kind_of(&property(properties, Column::Kind).unwrap_or_default(), &name, geometry.as_ref(), line, reading);
    let district = property(properties, Column::District).and_then(|district| check_name(&district, line, reading));
    Some(Row { line, place: Place { name, kind, district, other_names, geometry } })
}

/// The property under the most telling of its names.
fn property(properties: &Map<String, Value>, wanted: Column) -> Option<String> {
    let ranked = properties.iter().filter_map(|(name, value)| match column(name) {
        Some((own, rank)) if own == wanted => texts(value).into_iter().next().map(|text| (rank, text)),
        _ => None,
    });
    ranked.filter(|(_, text)| !text.trim().is_empty()).min_by_key(|(rank, _)| *rank).map(|(_, text)| text)
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(values) => values.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

fn has_large_number(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.as_f64().is_some_and(|number| number.abs() > 180.0),
        Value::Array(values) => values.iter().any(has_large_number),
        Value::Object(fields) => fields.values().any(has_large_number),
        _ => false,
    }
}
