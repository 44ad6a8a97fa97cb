//! The recogniser of a site, made from its gazetteer and kept in memory until that changes, and what it adds to documents.

use crate::store;
use allmende_db::{DbError, Tx};
use allmende_places::{Candidate, Kind, Recogniser, What};
use allmende_platform::search::{Document, Point};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

/// Names that one document is given at the most: a list of all streets is about none of them.
pub const NAMES_MAX: usize = 200;
/// Points that one document is given at the most.
pub const POINTS_MAX: usize = 100;
/// Recognisers in memory: the sites of a large installation take turns.
const KEPT_MAX: usize = 64;

/// A recogniser and the rows of its places.
#[derive(Debug)]
pub struct Known {
    /// Finds the places in texts.
    pub recogniser: Arc<Recogniser>,
    /// The row of each of [`Recogniser::places`].
    pub ids: Vec<i64>,
}

/// By version of the gazetteer; the oldest goes first.
#[derive(Default)]
struct Cache {
    known: HashMap<String, Arc<Known>>,
    order: VecDeque<String>,
}

static CACHE: Mutex<Option<Cache>> = Mutex::new(None);

/// The recogniser of the transaction's site. One statement if it is in memory, two if it must be made.
///
/// # Errors
/// What the database reports.
pub fn recogniser(tx: &mut Tx<'_>) -> Result<Arc<Recogniser>, DbError> {
    Ok(Arc::clone(&known(tx)?.recogniser))
}

/// [`recogniser`] with the rows of its places.
///
/// # Errors
/// What the database reports.
pub fn known(tx: &mut Tx<'_>) -> Result<Arc<Known>, DbError> {
    let version = store::find_gazetteer(tx)?.map_or_else(String::new, |gazetteer| gazetteer.version);
    let cached = CACHE.lock().ok().and_then(|cache| cache.as_ref()?.known.get(&version).cloned());
    if let Some(known) = cached {
        return Ok(known);
    }
    let rows = if version.is_empty() { Vec::new() } else { store::list_all(tx)? };
    let (ids, places) = rows.into_iter().map(|row| (row.id, row.place)).unzip();
    let recogniser = Recogniser::new(places).map_err(|error| DbError::Unavailable(format!("the gazetteer is too large: {error}")))?;
    let known = Arc::new(Known { recogniser: Arc::new(recogniser), ids });
    if let Ok(mut cache) = CACHE.lock() {
        let cache = cache.get_or_insert_default();
        if cache.known.insert(version.clone(), Arc::clone(&known)).is_none() {
            cache.order.push_back(version);
        }
        while cache.order.len() > KEPT_MAX {
            if let Some(oldest) = cache.order.pop_front() {
                cache.known.remove(&oldest);
            }
        }
    }
    Ok(known)
}

/// Adds to a document the places that its title, its summary and its text name: their names and the districts they lie in to
/// `places`, their points and the coordinates in the text to `points`. What is uncertain is named but given no point.
pub fn enrich(recogniser: &Recogniser, document: &mut Document) {
    let mut added = Added { names: Vec::new(), points: Vec::new() };
    added.take(recogniser, &document.title);
    added.take(recogniser, document.summary.as_deref().unwrap_or_default());
    for page in &document.pages {
        added.take(recogniser, page);
    }
    for name in added.names {
        if document.places.len() < NAMES_MAX && !document.places.contains(&name) {
            document.places.push(name);
        }
    }
    for point in added.points {
        if document.points.len() < POINTS_MAX && !document.points.contains(&point) {
            document.points.push(point);
        }
    }
}

struct Added {
    names: Vec<String>,
    points: Vec<Point>,
}

impl Added {
    fn take(&mut self, recogniser: &Recogniser, text: &str) {
        if text.is_empty() {
            return;
        }
        for mention in recogniser.find(text) {
            match mention.what {
                What::Point(point) => self.point(point),
                What::Place { place, is_certain, .. } => {
                    let place = &recogniser.places()[place];
                    self.name(&place.name);
                    if is_certain {
                        place.district.iter().for_each(|district| self.name(district));
                        // A whole district has no point: everything in it would seem to lie in its middle.
                        place.point().filter(|_| place.kind != Kind::District).into_iter().for_each(|point| self.point(point));
                    }
                }
            }
        }
    }

    fn name(&mut self, name: &str) {
        if self.names.len() < NAMES_MAX && !self.names.iter().any(|own| own == name) {
            self.names.push(name.to_owned());
        }
    }

    fn point(&mut self, point: allmende_places::Point) {
        let point = Point { longitude: point.longitude, latitude: point.latitude };
        if self.points.len() < POINTS_MAX && !self.points.contains(&point) {
            self.points.push(point);
        }
    }
}

/// What an address on this site may mean, the best first, each with the row of its place.
///
/// # Errors
/// What the database reports.
pub fn resolve(tx: &mut Tx<'_>, address: &str) -> Result<Vec<(Option<i64>, Candidate)>, DbError> {
    let known = known(tx)?;
    let found = known.recogniser.resolve(address);
    Ok(found.into_iter().map(|candidate| (candidate.place.and_then(|place| known.ids.get(place).copied()), candidate)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use allmende_places::{Geometry, Place};

    fn place(name: &str, kind: Kind, district: Option<&str>, longitude: f64) -> Place {
        let geometry = Some(Geometry::Points(vec![allmende_places::Point { longitude, latitude: 54.38 }]));
        Place { name: name.to_owned(), kind, district: district.map(str::to_owned), other_names: Vec::new(), geometry }
    }

    #[test]
    fn a_document_is_given_each_name_and_point_once() -> Result<(), Box<dyn std::error::Error>> {
        let places = vec![
            place("Oberau", Kind::District, None, 7.0),
            place("Rosenweg", Kind::Street, Some("Oberau"), 7.1),
            place("Hauptstraße", Kind::Street, Some("Oberau"), 7.2),
            place("Hauptstraße", Kind::Street, Some("Unterau"), 7.3),
        ];
        let recogniser = Recogniser::new(places)?;
        let mut document = Document { title: "Ausbau Rosenweg".to_owned(), pages: vec!["Der Rosenweg, bei 54.3811, 7.1212".to_owned()], ..Document::default() };
        document.places.push("Oberau".to_owned());
        enrich(&recogniser, &mut document);
        assert_eq!(document.places, ["Oberau", "Rosenweg"]);
        assert_eq!(document.points, [Point { longitude: 7.1, latitude: 54.38 }, Point { longitude: 7.1212, latitude: 54.3811 }]);
        let mut unclear = Document { summary: Some("An der Hauptstraße".to_owned()), ..Document::default() };
        enrich(&recogniser, &mut unclear);
        assert_eq!((unclear.places, unclear.points), (vec!["Hauptstraße".to_owned()], Vec::new()));
        Ok(())
    }

    #[test]
    fn a_document_is_given_no_more_than_the_limit() -> Result<(), Box<dyn std::error::Error>> {
        let many = (0..300).map(|number| place(&format!("Weg{number}straße"), Kind::Street, None, 7.0 + f64::from(number) / 1e3)).collect();
        let recogniser = Recogniser::new(many)?;
        let text = (0..300).map(|number| format!("Weg{number}straße")).collect::<Vec<_>>().join(", ");
        let mut document = Document { pages: vec![text], ..Document::default() };
        enrich(&recogniser, &mut document);
        assert_eq!((document.places.len(), document.points.len()), (NAMES_MAX, POINTS_MAX));
        Ok(())
    }
}
