//! For all inputs: reading never panics, writing what was read is lossless, and what is written keeps the rules.

use allmende_oparl::{Encoding, Findings, Kind, Repair, Shape, check, parse, read, read_list, time};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const TEXTS: [&str; 8] = ["Radweg", "Öffentliche Sitzung – TOP 1", "a\nb\t\"c\"\\", "-", "👩‍⚖️ Ältestenrat", "2026", " vorn", "A & B; C"];

/// A stream of choices from which an object is built; proptest shrinks the stream.
struct Choices(std::vec::IntoIter<u32>);

impl Choices {
    fn below(&mut self, bound: u32) -> u32 {
        self.0.next().unwrap_or(0) % bound
    }

    fn text(&mut self) -> Value {
        json!(TEXTS[self.below(8) as usize])
    }

    fn url(&mut self) -> Value {
        json!(format!("https://rat.example/x/{}?a={}", self.below(9), self.below(3)))
    }

    fn instant(&mut self) -> Value {
        let second = i64::from(self.0.next().unwrap_or(0)) - 1_000_000_000;
        json!(time::write_instant(jiff::Timestamp::from_second(second).unwrap(), &time::berlin()))
    }

    fn day(&mut self) -> Value {
        json!(format!("{}-{:02}-{:02}", 1900 + self.below(200), 1 + self.below(12), 1 + self.below(28)))
    }

    fn value(&mut self, shape: Shape) -> Value {
        let length = 1 + self.below(3);
        match shape {
            Shape::Text => self.text(),
            Shape::Url | Shape::Reference(_) | Shape::ExternalList(_) => self.url(),
            Shape::Texts => (0..length).map(|_| self.text()).collect(),
            Shape::Urls | Shape::References(_) => (0..length).map(|_| self.url()).collect(),
            Shape::Instant => self.instant(),
            Shape::Day => self.day(),
            Shape::Flag => json!(self.below(2) == 1),
            Shape::Integer => json!(i64::from(self.below(u32::MAX)) - 9),
            Shape::Json => json!({"type": "Point", "coordinates": [8.4, 49.0]}),
            Shape::One(kind) => self.object(kind),
            Shape::Many(kind) => (0..length).map(|_| self.object(kind)).collect(),
        }
    }

    fn object(&mut self, kind: Kind) -> Value {
        let mut map = Map::new();
        map.insert("id".into(), json!(format!("https://rat.example/{}/{}", kind.name(), self.below(1000))));
        map.insert("type".into(), json!(kind.type_url()));
        map.insert("created".into(), self.instant());
        map.insert("modified".into(), self.instant());
        let common = ["license", "keyword", "web"].iter().filter_map(|name| kind.property(name));
        for property in kind.properties().iter().copied().chain(common) {
            if kind.required().contains(&property.name) || self.below(2) == 1 {
                map.insert(property.name.into(), self.value(property.shape));
            }
        }
        if self.below(4) == 1 {
            map.insert("allmende:thread".into(), json!({"n": [1, null]}));
        }
        Value::Object(map)
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let names: Vec<String> = Kind::ALL
        .iter()
        .flat_map(|kind| kind.properties())
        .map(|property| property.name.to_owned())
        .chain(["id", "type", "created", "deleted", "keyword", "start_date", "data", "links", "x:y", "error"].map(Into::into))
        .collect();
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
        proptest::sample::select(Kind::ALL.to_vec()).prop_map(|kind| json!(kind.type_url())),
        proptest::sample::select(vec!["2026-02-30", "0000-00-00", "24:00", "&amp;#0;", "https://a//b", "N/A", "ja"]).prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 96, 8, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::hash_map(proptest::sample::select(names.clone()), inner, 0..8).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn any_kind() -> impl Strategy<Value = Kind> {
    proptest::sample::select(Kind::ALL.to_vec())
}

proptest! {
    #[test]
    fn reading_never_panics_and_what_was_read_can_be_written_and_read_again(value in any_json(), kind in any_kind()) {
        let mut findings = Findings::default();
        if let Some(object) = read(&value, kind, &mut findings) {
            let encoding = Encoding::strict(time::berlin());
            let written = object.to_json(&encoding);
            let again = read(&written, object.kind(), &mut Findings::default()).unwrap();
            prop_assert_eq!(again.to_json(&encoding), written, "writing is stable");
        }
        let _ = check(&value);
    }

    #[test]
    fn bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), value in any_json()) {
        let mut findings = Findings::default();
        let _ = read_list(&bytes, Repair::Allow, &mut findings);
        let mut json = serde_json::to_vec(&value).unwrap();
        let whole = parse(&json, Repair::Refuse, &mut findings).unwrap();
        prop_assert_eq!(whole.is_null(), value.is_null());
        let _ = read_list(&json, Repair::Refuse, &mut findings);
        json.truncate(bytes.len());
        json.extend(&bytes);
        let _ = read_list(&json, Repair::Allow, &mut findings);
    }

    #[test]
    fn what_is_proper_is_kept_exactly_and_keeps_the_rules(
        kind in any_kind(),
        choices in proptest::collection::vec(any::<u32>(), 0..300),
    ) {
        let proper = Choices(choices.into_iter()).object(kind);
        prop_assert_eq!(check(&proper), vec![]);
        let mut findings = Findings::default();
        let object = read(&proper, kind, &mut findings).unwrap();
        let encoding = Encoding::strict(time::berlin());
        let written = object.to_json(&encoding);
        prop_assert_eq!(&written, &proper);
        prop_assert_eq!(check(&written), vec![]);
        let again = read(&written, kind, &mut Findings::default()).unwrap();
        prop_assert_eq!(&again, &object);
        let streamed = object.serialize(&encoding, serde_json::value::Serializer).unwrap();
        prop_assert_eq!(streamed, written);
    }
}
