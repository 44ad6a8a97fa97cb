//! Reading a gazetteer from a file: GeoJSON or CSV, told by its content.
//!
//! A file with an error gives no gazetteer: nobody wants half a town. Each problem names its line. Coordinates are WGS 84
//! degrees; swapped ones and metres of a projection are told apart from them. Read in this order: this file, [`columns`],
//! [`encoding`], then the two formats.

pub mod columns;
mod csv;
pub mod encoding;
mod geojson;

use crate::fold::key;
use crate::geometry::{Geometry, Point};
use crate::place::{Kind, Place};
use std::collections::HashMap;
use std::fmt;

/// Bytes of a file.
pub const FILE_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Places of one gazetteer, after streets in several pieces were joined.
pub const PLACES_MAX: usize = 50_000;
/// Pieces of places in one file.
pub const ROWS_MAX: usize = 200_000;
/// Characters of a name, at least and at most.
pub const NAME_CHARS: std::ops::RangeInclusive<usize> = 2..=120;
/// Other names of one place.
pub const OTHER_NAMES_MAX: usize = 20;
/// Points of one place.
pub const POINTS_MAX: usize = 20_000;
/// Problems that are kept; all are counted.
pub const PROBLEMS_MAX: usize = 200;

/// Whether a problem stops the loading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file can be loaded; somebody should look at it.
    Warning,
    /// Nothing is loaded.
    Error,
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// The file is larger than [`FILE_BYTES_MAX`].
    FileTooLarge,
    /// There is nothing in it.
    Empty,
    /// It is neither GeoJSON nor CSV with a column for names.
    UnknownFormat,
    /// It is no JSON.
    NotJson,
    /// It is JSON but no FeatureCollection.
    NotFeatures,
    /// The file names another reference system than WGS 84.
    OtherReferenceSystem,
    /// A line has more or fewer columns than the first.
    ColumnCount,
    /// A quotation mark is never closed.
    OpenQuote,
    /// A place has no name.
    NameMissing,
    /// A name is shorter or longer than [`NAME_CHARS`].
    NameLength,
    /// What the kind is to be is not known.
    UnknownKind,
    /// The geometry is no point, line or area.
    Geometry,
    /// A coordinate is no number.
    NotANumber,
    /// A coordinate is missing.
    HalfAPoint,
    /// The coordinates are metres of a projection.
    Metres,
    /// Longitude and latitude changed places.
    Swapped,
    /// A place lies far away from all others.
    FarAway,
    /// A place has more points than [`POINTS_MAX`].
    TooManyPoints,
    /// There are more than [`PLACES_MAX`] places or [`ROWS_MAX`] lines.
    TooManyPlaces,
    /// There are more than [`OTHER_NAMES_MAX`] other names.
    TooManyNames,
    /// A place has no coordinates.
    NoGeometry,
    /// The district is no place of the file.
    UnknownDistrict,
    /// The same place stands in the file twice.
    Twice,
    /// The text was not UTF-8 and was read as Windows-1252.
    OtherEncoding,
}

impl Trouble {
    /// The key of its sentence.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::FileTooLarge => "file-too-large",
            Self::Empty => "empty",
            Self::UnknownFormat => "unknown-format",
            Self::NotJson => "not-json",
            Self::NotFeatures => "not-features",
            Self::OtherReferenceSystem => "other-reference-system",
            Self::ColumnCount => "column-count",
            Self::OpenQuote => "open-quote",
            Self::NameMissing => "name-missing",
            Self::NameLength => "name-length",
            Self::UnknownKind => "unknown-kind",
            Self::Geometry => "geometry",
            Self::NotANumber => "not-a-number",
            Self::HalfAPoint => "half-a-point",
            Self::Metres => "metres",
            Self::Swapped => "swapped",
            Self::FarAway => "far-away",
            Self::TooManyPoints => "too-many-points",
            Self::TooManyPlaces => "too-many-places",
            Self::TooManyNames => "too-many-names",
            Self::NoGeometry => "no-geometry",
            Self::UnknownDistrict => "unknown-district",
            Self::Twice => "twice",
            Self::OtherEncoding => "other-encoding",
        }
    }

    /// Whether it stops the loading.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::UnknownKind | Self::FarAway | Self::NoGeometry | Self::UnknownDistrict | Self::Twice | Self::OtherEncoding | Self::TooManyNames => {
                Severity::Warning
            }
            _ => Severity::Error,
        }
    }

    /// What it means, for the command line.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::FileTooLarge => "the file is larger than 16 MB: leave out what is no street, district or place",
            Self::Empty => "there is no place in the file",
            Self::UnknownFormat => "this is neither GeoJSON nor CSV with a column \"name\" in its first line",
            Self::NotJson => "this is no valid JSON",
            Self::NotFeatures => "this is no GeoJSON FeatureCollection",
            Self::OtherReferenceSystem => "the file names another reference system; export it as WGS 84 (EPSG:4326)",
            Self::ColumnCount => "the line has another number of columns than the first line",
            Self::OpenQuote => "a quotation mark is never closed",
            Self::NameMissing => "the place has no name",
            Self::NameLength => "a name has 2 to 120 characters",
            Self::UnknownKind => "the kind is neither street, district nor place; it was guessed",
            Self::Geometry => "the geometry is no point, line or area",
            Self::NotANumber => "the coordinate is no number",
            Self::HalfAPoint => "one of the two coordinates is missing",
            Self::Metres => "the coordinates are metres of a projection (such as UTM); export them as WGS 84 degrees (EPSG:4326)",
            Self::Swapped => "longitude and latitude have changed places: GeoJSON wants the longitude first",
            Self::FarAway => "the place lies far away from all others",
            Self::TooManyPoints => "the place has more than 20,000 points: simplify its outline",
            Self::TooManyPlaces => "there are more than 50,000 places or 200,000 lines",
            Self::TooManyNames => "only the first 20 other names were kept",
            Self::NoGeometry => "the place has no coordinates: it is found by name, but not near a point",
            Self::UnknownDistrict => "the district is no place of kind district in this file",
            Self::Twice => "the place stands in the file twice; the first one was kept",
            Self::OtherEncoding => "the text is not UTF-8; it was read as Windows-1252",
        }
    }
}

/// One problem of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub trouble: Trouble,
    /// The value or name that is meant, at most 80 characters; may be empty.
    pub detail: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.trouble.sentence())?;
        if self.detail.is_empty() { Ok(()) } else { write!(f, " ({})", self.detail) }
    }
}

/// What was understood of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// The places, in the order of the file. With an error among the problems they are only good for a preview.
    pub places: Vec<Place>,
    /// The first [`PROBLEMS_MAX`] problems: errors before warnings, each in the order of lines.
    pub problems: Vec<Problem>,
    /// All errors.
    pub errors: usize,
    /// All warnings.
    pub warnings: usize,
}

impl Reading {
    /// Whether it may be loaded.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        self.errors == 0
    }

    fn report(&mut self, line: usize, trouble: Trouble, detail: &str) {
        let count = match trouble.severity() {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        *count += 1;
        if *count <= PROBLEMS_MAX {
            let detail = detail.chars().filter(|letter| !letter.is_control()).take(80).collect();
            self.problems.push(Problem { line, trouble, detail });
        }
    }
}

/// A place and the line it stands on.
struct Row {
    line: usize,
    place: Place,
}

/// Reads a file.
#[must_use]
pub fn read(bytes: &[u8]) -> Reading {
    let mut reading = Reading::default();
    if bytes.len() > FILE_BYTES_MAX {
        reading.report(1, Trouble::FileTooLarge, "");
        return reading;
    }
    let (text, is_utf8) = encoding::decode(bytes);
    if !is_utf8 {
        reading.report(1, Trouble::OtherEncoding, "");
    }
    let rows = match text.trim_start().chars().next() {
        None => Vec::new(),
        Some('{' | '[') => geojson::rows(&text, &mut reading),
        Some(_) => csv::rows(&text, &mut reading),
    };
    if rows.is_empty() && reading.is_sound() {
        reading.report(1, Trouble::Empty, "");
    }
    check_positions(&rows, &mut reading);
    join(rows, &mut reading);
    check_districts(&mut reading);
    reading.problems.sort_by_key(|problem| (std::cmp::Reverse(problem.trouble.severity()), problem.line));
    reading.problems.truncate(PROBLEMS_MAX);
    reading
}

/// Checks a name; nothing if it is none.
fn check_name(name: &str, line: usize, reading: &mut Reading) -> Option<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    // A text with a NUL cannot be kept by PostgreSQL, and no name has one.
    let name: String = name.chars().filter(|letter| !letter.is_control()).collect();
    if name.is_empty() || key(&name).is_empty() {
        reading.report(line, Trouble::NameMissing, "");
        return None;
    }
    if !NAME_CHARS.contains(&name.chars().count()) {
        reading.report(line, Trouble::NameLength, &name);
        return None;
    }
    Some(name)
}

/// Other names, without empty ones, without the name itself.
fn other_names<'n>(names: impl Iterator<Item = &'n str>, own: &str, line: usize, reading: &mut Reading) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for name in names.map(str::trim).filter(|name| !name.is_empty()) {
        if out.len() == OTHER_NAMES_MAX {
            reading.report(line, Trouble::TooManyNames, own);
            break;
        }
        if let Some(name) = check_name(name, line, reading)
            && name != own
            && !out.contains(&name)
        {
            out.push(name);
        }
    }
    out
}

/// The kind that a file says or, failing that, that name and geometry suggest.
fn kind_of(said: &str, name: &str, geometry: Option<&Geometry>, line: usize, reading: &mut Reading) -> Kind {
    if let Some(kind) = columns::kind(said) {
        return kind;
    }
    if !said.trim().is_empty() {
        reading.report(line, Trouble::UnknownKind, said);
    }
    match geometry {
        Some(Geometry::Areas(_)) => Kind::District,
        Some(Geometry::Lines(_)) => Kind::Street,
        _ if crate::spelling::sure_type(&key(name)).is_some() => Kind::Street,
        _ => Kind::Place,
    }
}

/// Longitude 5 to 16, latitude 45 to 56, in which all German-speaking towns lie.
const fn is_likely(point: Point) -> bool {
    point.longitude >= 5.0 && point.longitude <= 17.5 && point.latitude >= 45.0 && point.latitude <= 56.0
}

/// Swapped coordinates of the whole file, and places that lie far from all others.
fn check_positions(rows: &[Row], reading: &mut Reading) {
    let centres: Vec<(usize, &str, Point)> = rows.iter().filter_map(|row| Some((row.line, row.place.name.as_str(), row.place.point()?))).collect();
    let swapped = |point: Point| Point { longitude: point.latitude, latitude: point.longitude };
    let mut longitudes: Vec<f64> = centres.iter().map(|(_, _, point)| point.longitude).collect();
    let mut latitudes: Vec<f64> = centres.iter().map(|(_, _, point)| point.latitude).collect();
    longitudes.sort_by(f64::total_cmp);
    latitudes.sort_by(f64::total_cmp);
    let (Some(longitude), Some(latitude)) = (longitudes.get(longitudes.len() / 2), latitudes.get(latitudes.len() / 2)) else { return };
    let middle = Point { longitude: *longitude, latitude: *latitude };
    if is_likely(swapped(middle)) && !is_likely(middle) {
        let (line, name, _) = centres.first().copied().unwrap_or((1, "", middle));
        reading.report(line, Trouble::Swapped, name);
        return;
    }
    for (line, name, point) in centres {
        let near = |point: Point| (point.longitude - middle.longitude).abs() < 1.5 && (point.latitude - middle.latitude).abs() < 1.0;
        if near(point) {
            continue;
        }
        reading.report(line, if near(swapped(point)) { Trouble::Swapped } else { Trouble::FarAway }, name);
    }
}

/// Joins the pieces of one street or district; tells of points that stand twice.
fn join(rows: Vec<Row>, reading: &mut Reading) {
    let mut known = HashMap::<(String, Kind, String), usize>::with_capacity(rows.len());
    for Row { line, place } in rows {
        let own = (key(&place.name), place.kind, key(place.district.as_deref().unwrap_or_default()));
        match known.get(&own).and_then(|at| reading.places.get_mut(*at)) {
            None => {
                if reading.places.len() == PLACES_MAX {
                    reading.report(line, Trouble::TooManyPlaces, "");
                    return;
                }
                known.insert(own, reading.places.len());
                reading.places.push(place);
            }
            Some(first) => {
                let is_piece = matches!(place.geometry, Some(Geometry::Lines(_) | Geometry::Areas(_)));
                for name in place.other_names {
                    if first.other_names.len() < OTHER_NAMES_MAX && !first.other_names.contains(&name) {
                        first.other_names.push(name);
                    }
                }
                let is_joined = match (&mut first.geometry, place.geometry) {
                    (own @ None, more @ Some(_)) => {
                        *own = more;
                        true
                    }
                    (Some(own), Some(more)) if is_piece => own.join(more),
                    _ => false,
                };
                if !is_joined {
                    reading.report(line, Trouble::Twice, &place.name);
                }
            }
        }
    }
    let too_long = reading.places.iter().filter(|place| place.geometry.as_ref().is_some_and(|geometry| geometry.points().count() > POINTS_MAX));
    let too_long: Vec<String> = too_long.map(|place| place.name.clone()).collect();
    too_long.iter().for_each(|name| reading.report(1, Trouble::TooManyPoints, name));
}

/// A district that is named but missing: said once for each name. A file without any district says nothing of them.
fn check_districts(reading: &mut Reading) {
    let known: Vec<String> = reading.places.iter().filter(|place| place.kind == Kind::District).flat_map(Place::names).map(key).collect();
    if known.is_empty() {
        return;
    }
    let mut missing: Vec<String> = Vec::new();
    for district in reading.places.iter().filter_map(|place| place.district.as_ref()) {
        if !known.contains(&key(district)) && !missing.contains(district) {
            missing.push(district.clone());
        }
    }
    missing.iter().for_each(|name| reading.report(1, Trouble::UnknownDistrict, name));
}
