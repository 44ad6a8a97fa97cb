//! Files as towns have them, and what is said of broken ones: each problem with its line.

#![cfg(test)]

use allmende_places::read::{self, FILE_BYTES_MAX, PROBLEMS_MAX, Reading, read};
use allmende_places::{Geometry, Kind, Point, Trouble, write};

fn troubles(reading: &Reading) -> Vec<(usize, Trouble)> {
    reading.problems.iter().map(|problem| (problem.line, problem.trouble)).collect()
}

#[track_caller]
fn check(text: &str, expected: &[(usize, Trouble)]) {
    assert_eq!(troubles(&read(text.as_bytes())), expected, "{text}");
}

#[test]
fn a_table_is_read_with_each_separator_and_header() {
    for text in [
        "name;kind;lat;lon;district\nRosenweg;street;54,38;7,05;Oberau\n",
        "\u{feff}Name;Art;Breite;Länge;Stadtteil\r\nRosenweg;Straße;54.38;7.05;Oberau\r\n",
        "Straßenname\tTyp\tLatitude\tLongitude\tOrtsteil\nRosenweg\tWeg\t54.38\t7.05\tOberau",
        "\"strasse\",\"art\",\"lat\",\"lng\",\"bezirk\"\n\"Rosenweg\",\"strasse\",\"54,38\",\"7,05\",\"Oberau\"\n",
        "x|y|name|kind|ortsteil\n7.05|54.38|Rosenweg|street|Oberau\n",
        "sep=;\nname;kind;lat;lon;district;;\n\nRosenweg;street;54.38;7.05;Oberau;;\n\n",
    ] {
        let reading = read(text.as_bytes());
        assert!(reading.is_sound() && reading.places.len() == 1, "{text}: {reading:?}");
        let place = &reading.places[0];
        assert_eq!((place.name.as_str(), place.kind, place.district.as_deref()), ("Rosenweg", Kind::Street, Some("Oberau")), "{text}");
        assert_eq!(place.point(), Some(Point { longitude: 7.05, latitude: 54.38 }), "{text}");
    }
}

#[test]
fn a_table_in_windows_encoding_is_read_and_said() {
    let reading = read(b"name;kind;lat;lon\nM\xfchlweg;street;54,38;7,05\n");
    assert_eq!(reading.places[0].name, "Mühlweg");
    assert_eq!(troubles(&reading), [(1, Trouble::OtherEncoding)]);
    assert!(reading.is_sound());
}

#[test]
fn every_problem_of_a_table_names_its_line() {
    check("", &[(1, Trouble::Empty)]);
    check("name;kind\n", &[(1, Trouble::Empty)]);
    check("nothing;known\n1;2\n", &[(1, Trouble::UnknownFormat)]);
    check("lat;lon\n1;2\n", &[(1, Trouble::UnknownFormat)]);
    check("name;lat;lon\nA-Weg;54,38;7,05\nB-Weg;54,38\n", &[(3, Trouble::ColumnCount)]);
    check("name;lat;lon\n;54,38;7,05\n", &[(2, Trouble::NameMissing)]);
    check("name;lat;lon\nA;54,38;7,05\n", &[(2, Trouble::NameLength)]);
    check(&format!("name;lat;lon\n{};54,38;7,05\n", "a".repeat(121)), &[(2, Trouble::NameLength)]);
    check(&format!("name;lat;lon\n{};54,38;7,05\n", "a".repeat(120)), &[]);
    check("name;lat;lon\nAm Weg;54,38;\n", &[(2, Trouble::HalfAPoint)]);
    check("name;lat;lon\nAm Weg;vier;7,05\n", &[(2, Trouble::NotANumber)]);
    check("name;lat;lon\nAm Weg;NaN;inf\n", &[(2, Trouble::NotANumber)]);
    check("name;lat;lon\nAm Weg;6025123;456789\n", &[(2, Trouble::Metres)]);
    check("name;lat;lon\nAm Weg;7,05;54,38\n", &[(2, Trouble::Swapped)]);
    check("name;lat;lon\nAm Weg;54,38;7,05\nBei Weg;54,39;7,06\nZum Weg;7,05;54,38\n", &[(4, Trouble::Swapped)]);
    check("name;lat;lon\nAm Weg;54,38;7,05\nBei Weg;54,39;7,06\nZum Weg;49,0;8,4\n", &[(4, Trouble::FarAway)]);
    check("name;kind;lat;lon\nAm Weg;Teich;54,38;7,05\n", &[(2, Trouble::UnknownKind)]);
    check("name;lat;lon\nAm Weg;;\n", &[(2, Trouble::NoGeometry)]);
    check("name;lat;lon\nAm Weg;54,38;7,05\nAm  Weg;54,38;7,05\n", &[(3, Trouble::Twice)]);
    check("name;lat;lon\n\"Am\nWeg\";54,38;7,05\n;1;1\n", &[(4, Trouble::NameMissing)]);
    check("name;lat;lon\nAm Weg;54,38;7,05\n\"Am Ende;54,38;7,05\n", &[(3, Trouble::OpenQuote), (3, Trouble::ColumnCount)]);
    check("name;kind;lat;lon;district\nOberau;district;54,38;7,05;\nAm Weg;street;54,38;7,05;Unterau\n", &[(1, Trouble::UnknownDistrict)]);
}

#[test]
fn every_problem_of_geojson_names_its_line() {
    let file = |features: &str| format!("{{\n\"type\": \"FeatureCollection\",\n\"features\": [\n{features}\n]}}");
    let point = |name: &str, place: &str| {
        format!("{{\"type\":\"Feature\",\"properties\":{{\"name\":\"{name}\"}},\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{place}]}}}}")
    };
    check("{\n\"type\": \"FeatureCollection\",\n", &[(3, Trouble::NotJson)]);
    check("[1]", &[(1, Trouble::NotFeatures)]);
    check("{\"type\":\"Feature\"}", &[(1, Trouble::NotFeatures)]);
    check(&file(""), &[(1, Trouble::Empty)]);
    check(&file(&point("Rosenweg", "7.05,54.38")), &[]);
    check(&file(&format!("{},\n{}", point("Rosenweg", "7.05,54.38"), point("", "7.05,54.38"))), &[(5, Trouble::NameMissing)]);
    check(&file(&point("Rosenweg", "54.38,7.05")), &[(4, Trouble::Swapped)]);
    check(&file(&point("Rosenweg", "456789,6025123")), &[(4, Trouble::Metres)]);
    check(&file(&point("Rosenweg", "\"x\",1")), &[(4, Trouble::Geometry)]);
    check(&file("{\"properties\":{\"name\":\"Rosenweg\"},\"geometry\":null}"), &[(4, Trouble::NoGeometry)]);
    check(&file("{\"properties\":{\"name\":\"Rosenweg\"},\"geometry\":{\"type\":\"GeometryCollection\"}}"), &[(4, Trouble::Geometry)]);
    check(&file("7"), &[(4, Trouble::NameMissing)]);
    let projected = file("").replace("\"features\"", "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::25832\"}},\n\"features\"");
    check(&projected, &[(3, Trouble::OtherReferenceSystem)]);
    let named = file(&point("Rosenweg", "7.05,54.38"))
        .replace("\"features\"", "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}},\n\"features\"");
    check(&named, &[]);
}

#[test]
fn pieces_of_one_street_are_joined_and_properties_found_by_their_usual_names() {
    let text = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"name":"Rosenweg","highway":"residential","alt_name":"Rosengasse|Alter Weg"},"geometry":{"type":"LineString","coordinates":[[7.05,54.38],[7.06,54.38]]}},
        {"type":"Feature","properties":{"name":"Rosenweg","highway":"footway","other_names":["Rosenpfad"]},"geometry":{"type":"LineString","coordinates":[[7.06,54.38],[7.07,54.38]]}},
        {"type":"Feature","properties":{"name":"Oberau","place":"suburb","note":"a \"quoted\" } ] text"},"geometry":{"type":"Polygon","coordinates":[[[7.0,54.3],[7.1,54.3],[7.1,54.4],[7.0,54.3]]]}}]}"#;
    let reading = read(text.as_bytes());
    assert!(reading.is_sound() && reading.problems.is_empty(), "{reading:?}");
    assert_eq!(
        reading.places.iter().map(|place| (place.name.as_str(), place.kind)).collect::<Vec<_>>(),
        [("Rosenweg", Kind::Street), ("Oberau", Kind::District)]
    );
    assert_eq!(reading.places[0].other_names, ["Rosengasse", "Alter Weg", "Rosenpfad"]);
    assert!(matches!(&reading.places[0].geometry, Some(Geometry::Lines(lines)) if lines.len() == 2));
}

#[test]
fn limits_hold_on_both_sides() {
    let table = |rows: usize| (0..rows).fold("name;lat;lon\n".to_owned(), |text, row| text + &format!("Weg {row};54,38;7,05\n"));
    assert_eq!(read(table(50_000).as_bytes()).errors, 0);
    assert_eq!(troubles(&read(table(50_001).as_bytes())), [(50_002, Trouble::TooManyPlaces)]);
    let mut bytes = b"name;lat;lon\nAm Weg;54,38;7,05\n".to_vec();
    bytes.resize(FILE_BYTES_MAX, b'\n');
    assert!(read(&bytes).is_sound());
    bytes.push(b'\n');
    assert_eq!(troubles(&read(&bytes)), [(1, Trouble::FileTooLarge)]);
    let names = |count: usize| format!("name;alias\nAm Weg;{}\n", (0..count).map(|at| format!("Name {at}")).collect::<Vec<_>>().join("|"));
    assert_eq!(read(names(20).as_bytes()).places[0].other_names.len(), 20);
    assert_eq!(read(names(21).as_bytes()).problems.iter().filter(|problem| problem.trouble == Trouble::TooManyNames).count(), 1);
    let broken = (0..1_000).fold("name;lat;lon\n".to_owned(), |text, _| text + ";1;1\n");
    let reading = read(broken.as_bytes());
    assert_eq!((reading.errors, reading.problems.len()), (1_000, PROBLEMS_MAX));
    let line = |points: usize| {
        let all = (0..points).map(|at| format!("[7.05,54.{:06}]", 380_000 + at)).collect::<Vec<_>>().join(",");
        format!(
            "{{\"type\":\"FeatureCollection\",\"features\":[{{\"properties\":{{\"name\":\"Rosenweg\"}},\"geometry\":{{\"type\":\"LineString\",\"coordinates\":[{all}]}}}}]}}"
        )
    };
    assert!(read(line(read::POINTS_MAX).as_bytes()).is_sound());
    assert_eq!(troubles(&read(line(read::POINTS_MAX + 1).as_bytes())), [(1, Trouble::TooManyPoints)]);
}

#[test]
fn what_is_written_is_read_again() {
    let text = "name;kind;lat;lon;district;other_names\n\"Am \"\"alten\"\" Weg; hinten\";street;54.38;7.05;Oberau;Altweg|Hinterweg\nOberau;district;54.4;7.06;;\nOhne Punkt;place;;;;\n";
    let first = read(text.as_bytes());
    assert_eq!(read(write::csv(first.places.iter()).as_bytes()).places, first.places);
    assert_eq!(read(write::geojson(first.places.iter(), |_| serde_json::Map::new()).as_bytes()).places, first.places);
    let formula = read(b"name;kind;lat;lon\n=1+1 Weg;street;54.38;7.05\n");
    assert!(write::csv(formula.places.iter()).contains("'=1+1 Weg"));
}
