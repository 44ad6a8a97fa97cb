//! What a text names and what it does not, in an invented town with awkward names.

#![cfg(test)]

use allmende_places::{Geometry, Kind, Place, Point, Recogniser, What};

fn place(name: &str, kind: Kind, district: Option<&str>) -> Place {
    Place { name: name.to_owned(), kind, district: district.map(str::to_owned), other_names: Vec::new(), geometry: None }
}

fn town() -> Recogniser {
    let mut places = vec![
        place("Mühlburg", Kind::District, None),
        place("Grünwinkel", Kind::District, None),
        place("Rintheim", Kind::District, None),
        place("Knielingen", Kind::District, None),
        place("Beiertheim-Bulach", Kind::District, None),
        place("Innenstadt", Kind::District, None),
        place("Innenstadt-Ost", Kind::District, None),
        place("Aue", Kind::District, None),
    ];
    for name in [
        "Kaiserstraße",
        "Kaiserallee",
        "Lindenallee",
        "Karlstraße",
        "Kriegsstraße",
        "Amalienstraße",
        "Durlacher Allee",
        "Karl-Friedrich-Straße",
        "Friedrichstraße",
        "Marktplatz",
        "Rosenweg",
        "Am Anger",
        "Straße des 17. Juni",
        "Hollmann",
        "Zirkel",
        "Otto-Wels-Straße",
        "Hofweg",
    ] {
        places.push(place(name, Kind::Street, None));
    }
    places.push(place("Hauptstraße", Kind::Street, Some("Mühlburg")));
    places.push(place("Hauptstraße", Kind::Street, Some("Rintheim")));
    places[4].other_names = vec!["Beiertheim".to_owned(), "Bulach".to_owned()];
    places[0].geometry = Some(Geometry::Points(vec![Point { longitude: 8.36, latitude: 49.01 }]));
    Recogniser::new(places).unwrap_or_else(|error| panic!("{error}"))
}

/// What is found, each as `Name`, with its house number after a blank, with `?` where it is uncertain.
fn found(town: &Recogniser, text: &str) -> Vec<String> {
    let name = |what: What| match what {
        What::Place { place, house_number, is_certain } => {
            let name = &town.places()[place].name;
            format!("{name}{}{}", house_number.map(|number| format!(" {number}")).unwrap_or_default(), if is_certain { "" } else { "?" })
        }
        What::Point(point) => format!("{:.4} {:.4}", point.latitude, point.longitude),
    };
    town.find(text).into_iter().map(|mention| name(mention.what)).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(found(&town(), text), expected, "{text}");
}

#[test]
fn a_street_is_found_in_all_its_spellings() {
    for text in [
        "in der Kaiserstraße",
        "in der KAISERSTRASSE",
        "Kaiserstr.",
        "Kaiserstr",
        "Kaiser-Straße",
        "Kaiser-Str.",
        "Kaiser-\nstraße",
        "Kaiser-\nStraße",
        "Kai-\nserstraße",
        "Kai\u{ad}serstraße",
        "Kaiserstraßen",
        "die Kaiserstraße.",
        "(Kaiserstraße)",
        "„Kaiserstraße“",
        "»Kaiserstraße«",
        "•Kaiserstraße",
        "–Kaiserstraße",
        "Kaiserstraße/Ecke",
        "U-Bahn Kaiserstraße",
    ] {
        check(text, &["Kaiserstraße"]);
    }
    check("an der Durlacher\nAllee", &["Durlacher Allee"]);
    check("Karl-Friedrich-Str.", &["Karl-Friedrich-Straße"]);
    check("Karl Friedrich Straße", &["Karl-Friedrich-Straße"]);
    check("die Str. des 17. Juni", &["Straße des 17. Juni"]);
    check("Mitten auf des Marktplatzes Stein", &["Marktplatz"]);
    check("Rand des Rosenwegs", &["Rosenweg"]);
    check("Rand des Rosenweges", &["Rosenweg"]);
}

#[test]
fn a_longer_word_is_another_word() {
    for text in [
        "Kaiserstraßenfest",
        "Oberkaiserstraße",
        "Kaiser Straße wird im Text nie so gemeint",
        "Rosen Weg",
        "Hof weg",
        "kaiserstraße",
        "Rosenwegerich",
        "Adolf-Friedrich-Straße",
    ] {
        check(text, &[]);
    }
}

#[test]
fn a_house_number_stands_behind_its_street() {
    check("Kaiserstraße 12 a, 76131", &["Kaiserstraße 12 a"]);
    check("Kaiserstr. 12-16", &["Kaiserstraße 12-16"]);
    check("Kaiserstraße\n12", &["Kaiserstraße 12"]);
    check("Kaiserstraße 2024 saniert", &["Kaiserstraße"]);
    check("Mühlburg 12", &["Mühlburg"]);
}

#[test]
fn a_list_says_the_type_once() {
    check("Kaiser- und Lindenallee", &["Kaiserallee", "Lindenallee"]);
    check("Kriegs-, Karl- und Amalienstraße", &["Kriegsstraße", "Karlstraße", "Amalienstraße"]);
    check("Karl-/Amalienstraße", &["Karlstraße", "Amalienstraße"]);
    check("Karl-\nund Amalienstraße", &["Karlstraße", "Amalienstraße"]);
    check("Karl- und Unbekanntstraße", &["Karlstraße"]);
    check("Karl- und Bürgerfest", &[]);
    check("Karl und die Amalienstraße", &["Amalienstraße"]);
}

#[test]
fn a_district_is_no_person_and_no_part_of_another_name() {
    check("im Stadtteil Mühlburg", &["Mühlburg"]);
    check("Mühlburgs Mitte", &["Mühlburg"]);
    check("der Mühlburger Bahnhof", &["Mühlburg"]);
    check("die Knielinger Vereine und Grünwinkler Geschichten", &["Knielingen", "Grünwinkel"]);
    check("das Mühlburger Tor, die Mühlburger Straße, der Mühlburger Feldweg", &[]);
    for person in [
        "Herr Mühlburg",
        "Frau Dr. Mühlburg",
        "Stadträtin Mühlburg",
        "Hans Mühlburg",
        "H. Mühlburg",
        "Mühlburg, Hans",
        "Ursula Müller-Mühlburg",
        "Familie Rintheim",
        "Prof. Grünwinkel",
        "Bernd von Mühlburg",
    ] {
        check(person, &[]);
    }
    check("in Karlsruhe-Mühlburg und Mühlburg-West", &["Mühlburg", "Mühlburg"]);
    check("Innenstadt-Ost, Innenstadt", &["Innenstadt-Ost", "Innenstadt"]);
    check("Bulach und Beiertheim", &["Beiertheim-Bulach", "Beiertheim-Bulach"]);
    check("mühlburg", &[]);
}

#[test]
fn a_name_that_may_be_any_word_needs_a_sign() {
    check("durch die Aue", &["Aue"]);
    check("Die Aue blüht", &[]);
    check("im Ortsteil Aue", &["Aue"]);
    check("Frau Hollmann sagte, Hollmann lehne ab", &[]);
    check("Baugebiet Hollmann", &["Hollmann"]);
    check("Hollmann 12", &["Hollmann 12"]);
    check("mit dem Zirkel gemessen", &[]);
    check("das Haus am Zirkel", &["Zirkel"]);
    check("wohnt Am Anger", &["Am Anger"]);
    check("Am Anger ist es still.", &[]);
    check("Am Anger 3 ist es still.", &["Am Anger 3"]);
    check("am Anger stehen Bäume", &[]);
    check("Otto Wels sprach", &[]);
}

#[test]
fn of_streets_of_one_name_the_one_of_the_nearest_district_is_meant() {
    check("Hauptstraße", &["Hauptstraße?"]);
    let town = town();
    let in_rintheim = town.find("In Rintheim wird die Hauptstraße gebaut");
    assert_eq!(in_rintheim[1].what, What::Place { place: 26, house_number: None, is_certain: true });
}

#[test]
fn coordinates_near_the_town_are_found_too() {
    check("bei 49,0100 N 8,3600 O in Mühlburg", &["49.0100 8.3600", "Mühlburg"]);
    check("49.0100, 8.3600", &["49.0100 8.3600"]);
    check("52.5200, 13.4050", &[]);
}

#[test]
fn pages_are_counted_and_ranges_cover_the_name() {
    let town = town();
    let pages = ["Nichts.".to_owned(), "Die Kaiser-\nstraße 5".to_owned()];
    let mentions = town.find_in_pages(&pages);
    assert_eq!(mentions.iter().map(|mention| (mention.page, &pages[mention.page][mention.range.clone()])).collect::<Vec<_>>(), [(1, "Kaiser-\nstraße")]);
}

#[test]
fn an_address_is_resolved_in_spite_of_errors() {
    let town = town();
    let best = |address: &str| {
        let found = town.resolve(address);
        found
            .first()
            .and_then(|candidate| candidate.place)
            .map(|place| (town.places()[place].name.clone(), town.places()[place].district.clone().unwrap_or_default()))
    };
    let check = |address: &str, name: &str, district: &str| assert_eq!(best(address), Some((name.to_owned(), district.to_owned())), "{address}");
    check("Kaiserstraße", "Kaiserstraße", "");
    check("kaiserstr. 12", "Kaiserstraße", "");
    check("Kaiserstrasse 12a, 76131 Karlsruhe", "Kaiserstraße", "");
    check("Kaisersrtaße", "Kaiserstraße", "");
    check("Amalienstrase", "Amalienstraße", "");
    check("Hauptstraße 3, Rintheim", "Hauptstraße", "Rintheim");
    check("Hauptstr. 3 Mühlburg", "Hauptstraße", "Mühlburg");
    check("Amali", "Amalienstraße", "");
    check("Muehlburg", "Mühlburg", "");
    assert_eq!(best("Xylophonweg"), None);
    assert_eq!(best(""), None);
    assert_eq!(best("7"), None);
    let numbered = town.resolve("Kaiserstr. 12 a");
    assert_eq!(numbered[0].house_number.as_deref(), Some("12 a"));
    let point = town.resolve("49.0100, 8.3600");
    assert_eq!(point[0].point, Some(Point { longitude: 8.36, latitude: 49.01 }));
    assert!(town.resolve(&"ä".repeat(100_000)).is_empty());
}

#[test]
fn a_point_knows_its_district_and_its_nearest_street() {
    let square = |west: f64| {
        let ring = [(0.0, 0.0), (0.01, 0.0), (0.01, 0.01), (0.0, 0.01), (0.0, 0.0)].map(|(x, y)| Point { longitude: west + x, latitude: 49.0 + y });
        Some(Geometry::Areas(vec![vec![ring.to_vec()]]))
    };
    let line = |west: f64| Some(Geometry::Lines(vec![vec![Point { longitude: west, latitude: 49.0 }, Point { longitude: west, latitude: 49.01 }]]));
    let mut places = vec![
        place("Westen", Kind::District, None),
        place("Osten", Kind::District, None),
        place("Westweg", Kind::Street, None),
        place("Ostweg", Kind::Street, None),
    ];
    places[0].geometry = square(8.0);
    places[1].geometry = square(8.01);
    places[2].geometry = line(8.0);
    places[3].geometry = line(8.02);
    let town = Recogniser::new(places).unwrap_or_else(|error| panic!("{error}"));
    let at = |longitude: f64| Point { longitude, latitude: 49.005 };
    assert_eq!(town.districts_at(at(8.005)), [0]);
    assert_eq!(town.districts_at(at(8.015)), [1]);
    assert!(town.districts_at(at(8.05)).is_empty());
    assert_eq!(town.nearest(at(8.005), Kind::Street).map(|(place, _)| place), Some(2));
    let (nearest, metres) = town.nearest(at(8.021), Kind::Street).unwrap();
    assert!(nearest == 3 && (72.0..75.0).contains(&metres), "{metres}");
    assert_eq!(town.nearest(at(8.0), Kind::Place), None);
}

#[test]
fn an_empty_gazetteer_finds_nothing_but_coordinates() {
    let nowhere = Recogniser::new(Vec::new()).unwrap();
    assert_eq!(found(&nowhere, "Kaiserstraße bei 49.0100, 8.3600"), ["49.0100 8.3600"]);
    assert!(nowhere.resolve("Kaiserstraße").is_empty());
}
