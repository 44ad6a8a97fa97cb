//! Rules that hold for any text and any file.

#![cfg(test)]

use allmende_places::fold::{Folded, key};
use allmende_places::read::read;
use allmende_places::{Geometry, Kind, Place, Point, Recogniser, What, write};
use proptest::prelude::*;
use std::sync::LazyLock;

static TOWN: LazyLock<Recogniser> = LazyLock::new(|| {
    let names = [
        ("Mühlburg", Kind::District),
        ("Aue", Kind::District),
        ("Kaiserstraße", Kind::Street),
        ("Am Anger", Kind::Street),
        ("Karl-Friedrich-Straße", Kind::Street),
        ("Hofweg", Kind::Street),
    ];
    let places = names.map(|(name, kind)| Place { name: name.to_owned(), kind, district: None, other_names: Vec::new(), geometry: None });
    Recogniser::new(places.to_vec()).unwrap_or_else(|error| panic!("{error}"))
});

/// Pieces from which texts grow that come near a name again and again.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Kaiser",
        "straße",
        "str.",
        "-",
        "\n",
        " ",
        "Mühlburg",
        "er",
        "s",
        "Am",
        "Anger",
        "Karl",
        "Friedrich",
        "Straße",
        "und",
        ",",
        "/",
        "Hof",
        "weg",
        "12",
        " a",
        "ß",
        "\u{308}",
        "\u{ad}",
        "ﬁ",
        "–",
        "49.0100",
        "8.3600",
        "°",
        "N",
        "'",
        "\"",
        ".",
        "Frau",
        "in",
        "日",
        "\u{1F600}",
        "\0",
        "É",
    ]);
    prop::collection::vec(prop_oneof![4 => piece.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)], 0..40).prop_map(|pieces| pieces.concat())
}

fn places() -> impl Strategy<Value = Vec<Place>> {
    let point = (5.5_f64..7.0, 50.0_f64..50.9).prop_map(|(longitude, latitude)| {
        let round = |number: f64| (number * 1e6).round() / 1e6;
        Point { longitude: round(longitude), latitude: round(latitude) }
    });
    let kind = prop::sample::select(Kind::ALL.to_vec());
    let one = ("[A-ZÄÖÜ][a-zäöüß;\"', |-]{1,20}[a-z]", kind, proptest::option::of("[A-Z][a-z;\"]{2,10}[a-z]"), proptest::option::of(point));
    prop::collection::vec(one, 1..20).prop_map(|all| {
        let mut seen = std::collections::HashSet::new();
        let tidy = |name: String| name.split_whitespace().collect::<Vec<_>>().join(" ");
        all.into_iter()
            .enumerate()
            .map(|(at, (name, kind, district, point))| Place {
                name: tidy(format!("{name} {at}")),
                kind,
                district: district.map(tidy),
                other_names: Vec::new(),
                geometry: point.map(|point| Geometry::Points(vec![point])),
            })
            .filter(|place| seen.insert(key(&place.name)))
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mentions_stand_in_order_within_the_text_and_name_what_they_say(text in texts()) {
        let mut end = 0;
        for mention in TOWN.find(&text) {
            let named = text.get(mention.range.clone());
            prop_assert!(named.is_some_and(|named| !named.is_empty()), "{:?} in {text:?}", mention.range);
            if let What::Place { place, .. } = mention.what {
                prop_assert!(mention.range.start >= end || TOWN.find(&text).iter().any(|other| matches!(other.what, What::Point(_))));
                let (named, name) = (key(named.unwrap_or_default()), key(&TOWN.places()[place].name));
                prop_assert!(named.starts_with(&name[..2]), "{named} {name}");
                end = mention.range.end;
            }
        }
    }

    #[test]
    fn folding_keeps_utf8_and_finds_its_way_back(text in texts()) {
        let folded = Folded::new(&text);
        prop_assert!(std::str::from_utf8(&folded.bytes).is_ok());
        let mut last = 0;
        for at in 0..folded.bytes.len() {
            let original = folded.original(at);
            prop_assert!(original >= last && original < text.len(), "{at} {original} {text:?}");
            last = original;
            let range = folded.range(&text, at, at + 1);
            prop_assert!(text.get(range).is_some());
        }
    }

    #[test]
    fn folding_twice_is_folding_once(text in texts()) {
        let once = key(&text);
        // A combining mark may now stand where it means something else; everything else is stable.
        if !text.contains('\u{308}') {
            prop_assert_eq!(key(&once), once);
        }
    }

    #[test]
    fn a_street_is_found_wherever_it_stands_between_other_words(before in "[a-zäöü,;( ]{0,20}", after in "[,;) ][a-zäöü ]{0,20}") {
        let text = format!("{before} Kaiserstraße{after}");
        let found = TOWN.find(&text).into_iter().filter(|mention| &text[mention.range.clone()] == "Kaiserstraße").count();
        prop_assert_eq!(found, 1);
    }

    #[test]
    fn an_address_never_fails(address in texts()) {
        prop_assert!(TOWN.resolve(&address).len() <= 10);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let reading = read(&bytes);
        prop_assert!(reading.errors > 0 || !reading.places.is_empty());
    }

    #[test]
    fn any_table_is_read_or_refused(rows in prop::collection::vec("[a-zA-Z0-9;,\t|\"\n\r.°-]{0,40}", 0..10), head in prop::sample::select(vec!["name;lat;lon", "Name,Art,x,y,Ortsteil", "sep=;\nname;alias", "straße\tlat\tlon"])) {
        let text = format!("{head}\n{}", rows.join("\n"));
        let reading = read(text.as_bytes());
        let lines = text.split(['\n', '\r']).count();
        prop_assert!(reading.problems.iter().all(|problem| (1..=lines).contains(&problem.line)), "{:?}", reading.problems);
    }

    #[test]
    fn a_broken_geojson_is_refused_and_names_a_line_of_it(cut in 0_usize..600, byte in any::<u8>(), at in 0_usize..600) {
        let good = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:4326"}},
"features":[{"type":"Feature","properties":{"name":"Rosenweg","kind":"street","other_names":["A-Weg","B\"-Weg"]},
"geometry":{"type":"LineString","coordinates":[[7.05,54.38],[7.06,54.38]]}},
{"type":"Feature","properties":{"name":"Oberau"},"geometry":{"type":"Polygon","coordinates":[[[7.0,54.3],[7.1,54.3],[7.1,54.4],[7.0,54.3]]]}}]}"#;
        let mut bytes = good.as_bytes().to_vec();
        if let Some(slot) = bytes.get_mut(at) {
            *slot = byte;
        }
        bytes.truncate(cut.max(1));
        let reading = read(&bytes);
        let lines = bytes.split(|byte| matches!(byte, b'\n' | b'\r')).count();
        prop_assert!(reading.errors > 0 || !reading.places.is_empty());
        prop_assert!(reading.problems.iter().all(|problem| (1..=lines).contains(&problem.line)), "{:?}", reading.problems);
    }

    #[test]
    fn both_formats_give_back_what_was_written(places in places()) {
        let csv = read(write::csv(places.iter()).as_bytes());
        prop_assert_eq!(&csv.places, &places, "{:?}", csv.problems);
        let geojson = read(write::geojson(places.iter(), |_| serde_json::Map::new()).as_bytes());
        prop_assert_eq!(&geojson.places, &places, "{:?}", geojson.problems);
    }
}
