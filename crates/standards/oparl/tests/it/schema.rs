//! The tables of the crate against the schema files of the standard: a property forgotten or misspelled fails here.

use std::fs;

use allmende_oparl::{Kind, Shape};
use serde_json::Value;

use crate::shared;

/// The shape that a property of the schema describes.
fn shape(name: &str, property: &Value) -> Shape {
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let items = property.get("items").unwrap_or(&Value::Null);
    let embeds = |value: &Value| Kind::from_type_url(text(value, "schema").trim_end_matches(".json"));
    let refers = Kind::from_type_url(&text(property, "references")).or_else(|| Kind::from_type_url(&text(items, "references")));
    let is_url = |value: &Value| text(value, "format") == "url";
    match (text(property, "type").as_str(), text(property, "format").as_str()) {
        _ if text(property, "references") == "externalList" => Shape::ExternalList(embeds(items).unwrap()),
        ("array", _) => match (embeds(items), refers) {
            (Some(kind), _) => Shape::Many(kind),
            (None, Some(kind)) => Shape::References(kind),
            (None, None) if is_url(items) => Shape::Urls,
            (None, None) => Shape::Texts,
        },
        ("object", _) => embeds(property).map_or(Shape::Json, Shape::One),
        ("boolean", _) => Shape::Flag,
        ("integer", _) => Shape::Integer,
        (_, "date-time") => Shape::Instant,
        (_, "date") => Shape::Day,
        // `oparlVersion` is the address of a version, which the schema gives as a pattern.
        (_, "url") => refers.map_or(Shape::Url, Shape::Reference),
        _ if name == "oparlVersion" => Shape::Url,
        _ => Shape::Text,
    }
}

#[test]
fn every_property_of_the_standard_is_there_with_its_shape() {
    let Some(folder) = shared::path("data/oparl/spec/schema") else {
        return;
    };
    for kind in Kind::ALL {
        let file = fs::read(folder.join(format!("{}.json", kind.name()))).unwrap();
        let schema: Value = serde_json::from_slice(&file).unwrap();
        let properties = schema["properties"].as_object().unwrap();
        for (name, property) in properties {
            let ours = kind.property(name).unwrap_or_else(|| panic!("{}.{name} is missing", kind.name()));
            assert_eq!(ours.shape, shape(name, property), "{}.{name}", kind.name());
        }
        for property in kind.properties() {
            assert!(properties.contains_key(property.name), "{}.{} is not in the schema", kind.name(), property.name);
        }
        let required: Vec<_> = schema["required"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let ours: Vec<_> = ["id", "type"].iter().chain(kind.required()).copied().collect();
        assert_eq!(required, ours, "{}", kind.name());
        let pattern = properties["type"]["pattern"].as_str().unwrap().replace('\\', "");
        assert_eq!(pattern, format!("^{}$", kind.type_url()));
    }
}

#[test]
fn version_1_0_holds_nothing_that_is_lost() {
    let Some(folder) = shared::path("data/oparl/spec/schema-1.0.7/schema") else {
        return;
    };
    for entry in fs::read_dir(folder).unwrap() {
        let schema: Value = serde_json::from_slice(&fs::read(entry.unwrap().path()).unwrap()).unwrap();
        let kind = Kind::from_type_url(schema["title"].as_str().unwrap()).unwrap();
        for name in schema["properties"].as_object().unwrap().keys() {
            let is_renamed = kind == Kind::Location && ["organization", "meeting"].contains(&name.as_str());
            assert!(is_renamed || kind.property(name).is_some(), "{}.{name}", kind.name());
        }
    }
}

#[test]
fn the_examples_of_the_standard_are_read_and_written_again() {
    use allmende_oparl::{Encoding, Findings, read, time};
    let Some(folder) = shared::path("data/oparl/spec/examples") else {
        return;
    };
    for entry in fs::read_dir(folder).unwrap() {
        let example: Value = serde_json::from_slice(&fs::read(entry.unwrap().path()).unwrap()).unwrap();
        let object = read(&example, Kind::System, &mut Findings::default()).unwrap();
        assert_eq!(example["type"], object.kind().type_url());
        let again = read(&object.to_json(&Encoding::faithful(time::berlin())), object.kind(), &mut Findings::default());
        let again = again.unwrap();
        assert_eq!(again.common().id, object.common().id);
        assert_eq!(again.kind(), object.kind());
    }
}
