//! A gazetteer as open data: GeoJSON and CSV that [`crate::read`] reads back.

use crate::place::Place;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// All places as a GeoJSON `FeatureCollection`. `extra` gives more properties of a place, such as its address on the web.
#[must_use]
pub fn geojson<'p>(places: impl Iterator<Item = &'p Place>, extra: impl Fn(usize) -> Map<String, Value>) -> String {
    let feature = |(position, place): (usize, &Place)| {
        let mut properties = Map::new();
        properties.insert("name".to_owned(), json!(place.name));
        properties.insert("kind".to_owned(), json!(place.kind.key()));
        if let Some(district) = &place.district {
            properties.insert("district".to_owned(), json!(district));
        }
        if !place.other_names.is_empty() {
            properties.insert("other_names".to_owned(), json!(place.other_names));
        }
        properties.extend(extra(position));
        json!({ "type": "Feature", "properties": properties, "geometry": place.geometry.as_ref().map(crate::Geometry::to_json) }).to_string()
    };
    let features = places.enumerate().map(feature).collect::<Vec<_>>().join(",\n");
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{features}\n]}}\n")
}

/// All places as CSV with semicolons, one point each.
#[must_use]
pub fn csv<'p>(places: impl Iterator<Item = &'p Place>) -> String {
    let mut out = "name;kind;lat;lon;district;other_names\r\n".to_owned();
    for place in places {
        let (latitude, longitude) = place.point().map_or_else(Default::default, |point| (format!("{:.6}", point.latitude), format!("{:.6}", point.longitude)));
        let district = place.district.as_deref().unwrap_or_default();
        let names = place.other_names.join("|");
        let _ = write!(out, "{};{};{latitude};{longitude};{};{}\r\n", cell(&place.name), place.kind.key(), cell(district), cell(&names));
    }
    out
}

/// A value that a spreadsheet neither splits nor takes for a formula.
fn cell(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([';', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
