//! What columns and properties are called in the files of German towns, and what kinds are called.

use crate::fold::key;
use crate::place::Kind;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The name.
    Name,
    /// The kind.
    Kind,
    /// Degrees north.
    Latitude,
    /// Degrees east.
    Longitude,
    /// The district.
    District,
    /// What else the place is called.
    OtherNames,
}

/// The names of each column, folded, the most telling first.
const COLUMNS: [(Column, &[&str]); 6] = [
    (
        Column::Name,
        &["name", "bezeichnung", "strassenname", "strasse", "str_name", "strname", "stn", "lagebezeichnung", "ortsname", "street", "title", "titel", "gen"],
    ),
    (Column::Kind, &["kind", "art", "typ", "type", "kategorie", "category", "klasse", "objektart", "place", "highway", "boundary"]),
    (Column::Latitude, &["lat", "latitude", "breite", "breitengrad", "geo_lat", "lat_wgs84", "y", "y_coord", "nord", "north"]),
    (Column::Longitude, &["lon", "lng", "long", "longitude", "laenge", "laengengrad", "geo_lon", "geo_lng", "lon_wgs84", "x", "x_coord", "ost", "east"]),
    (Column::District, &["district", "stadtteil", "ortsteil", "bezirk", "stadtbezirk", "ortschaft", "gemeindeteil", "suburb", "quartier", "otl_name"]),
    (
        Column::OtherNames,
        &[
            "other_names",
            "alternative names",
            "alternative_names",
            "alternativnamen",
            "andere namen",
            "andere_namen",
            "alias",
            "auch",
            "alt_name",
            "old_name",
            "short_name",
            "weitere namen",
        ],
    ),
];

/// What a column of this name holds, and how telling the name is: 0 is best.
#[must_use]
pub fn column(name: &str) -> Option<(Column, usize)> {
    let folded = key(name.trim_matches(['"', '\'', ' ']));
    COLUMNS.iter().find_map(|(column, names)| names.iter().position(|own| *own == folded).map(|rank| (*column, rank)))
}

/// The kind of a word in a file; nothing for an unknown one.
#[must_use]
pub fn kind(word: &str) -> Option<Kind> {
    Some(match key(word).as_str() {
        "district" | "stadtteil" | "ortsteil" | "bezirk" | "stadtbezirk" | "ortschaft" | "gemeindeteil" | "quartier" | "viertel" | "suburb"
        | "neighbourhood" | "quarter" | "borough" | "village" | "hamlet" | "administrative" | "dorf" | "stadtviertel" | "wohnplatz" => Kind::District,
        "street" | "strasse" | "str" | "weg" | "gasse" | "allee" | "residential" | "primary" | "secondary" | "tertiary" | "unclassified" | "service"
        | "pedestrian" | "footway" | "living_street" | "track" | "path" | "cycleway" | "trunk" | "road" | "verkehrsflaeche" | "strassenname" => Kind::Street,
        "place" | "ort" | "poi" | "gebaeude" | "building" | "platz" | "square" | "einrichtung" | "park" | "haltestelle" | "objekt" | "sonstiges"
        | "locality" => Kind::Place,
        _ => return None,
    })
}
