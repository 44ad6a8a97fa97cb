//! Between the places and the search: documents are given the places that their texts name, and a new gazetteer asks for a new index.
//!
//! The rooms do not know one another; this is where the server ties them. Start with [`Gazetteers`].

use crate::rooms::SEARCH_FOLDER;
use allmende_core::{Id, Site};
use allmende_db::{Db, DbError, Scope, Tx};
use allmende_places::coordinates::Near;
use allmende_places::{Kind, Recogniser};
use allmende_places_room::{recognise, store};
use allmende_platform::app::Surroundings;
use allmende_platform::search::{Document, Point};
use allmende_platform::sites;
use allmende_search_index::request_rebuild;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Metres up to which a street is said to be close by.
const STREET_M_MAX: f64 = 400.0;
/// For so long a site's gazetteer is taken to be the same while documents are read.
const FRESH: Duration = Duration::from_secs(2);

/// Gives documents the places that their texts name.
pub struct Gazetteers {
    db: Db,
    known: Mutex<HashMap<i64, (Instant, Arc<Recogniser>)>>,
}

impl Gazetteers {
    /// On a database.
    #[must_use]
    pub fn new(db: Db) -> Self {
        Self { db, known: Mutex::default() }
    }

    fn of(&self, site: Id<Site>) -> Result<Arc<Recogniser>, DbError> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&site.get()).cloned();
        if let Some((_, recogniser)) = known.filter(|(seen, _)| seen.elapsed() < FRESH) {
            return Ok(recogniser);
        }
        let recogniser = self.db.read_blocking(site, recognise::recogniser)?;
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(site.get(), (Instant::now(), Arc::clone(&recogniser)));
        Ok(recogniser)
    }

    /// Gives a document of a site the places that its text names.
    pub fn enrich(&self, site: Id<Site>, document: &mut Document) {
        match self.of(site) {
            Ok(recogniser) => recognise::enrich(&recogniser, document),
            Err(error) => tracing::warn!(%error, "a document goes into the search without the places that it names"),
        }
    }
}

/// Where an address on the transaction's site lies.
///
/// # Errors
/// What the database reports.
pub fn resolve(tx: &mut Tx<'_>, address: &str) -> Result<Option<Point>, DbError> {
    let found = recognise::resolve(tx, address)?;
    let point = found.into_iter().find_map(|(_, candidate)| candidate.point);
    Ok(point.map(|point| Point { longitude: point.longitude, latitude: point.latitude }))
}

/// What lies around a point of the transaction's site.
///
/// # Errors
/// What the database reports.
pub fn survey(tx: &mut Tx<'_>, point: Point) -> Result<Surroundings, DbError> {
    let recogniser = recognise::recogniser(tx)?;
    let point = allmende_places::Point { longitude: point.longitude, latitude: point.latitude };
    let name = |place: usize| recogniser.places()[place].name.clone();
    let street = recogniser.nearest(point, Kind::Street).filter(|(_, distance_m)| *distance_m <= STREET_M_MAX);
    let Near(bounds) = recogniser.near();
    Ok(Surroundings { bounds, street: street.map(|(place, _)| name(place)), district: recogniser.districts_at(point).first().copied().map(name) })
}

/// What the gazetteers of all sites looked like: compares with what they look like now and asks for a new index if one changed.
#[derive(Debug, Default)]
pub struct Seen(Option<HashMap<i64, String>>);

impl Seen {
    /// Looks again. The first look only remembers.
    ///
    /// # Errors
    /// What the database or the file system reports.
    pub fn look(&mut self, db: &Db, data: &Path) -> anyhow::Result<()> {
        let mut versions = HashMap::new();
        for site in db.read_blocking::<_, DbError>(Scope::Installation, sites::list)? {
            let gazetteer = db.read_blocking::<_, DbError>(site.id, store::find_gazetteer)?;
            versions.extend(gazetteer.map(|gazetteer| (site.id.get(), gazetteer.version)));
        }
        if self.0.as_ref().is_some_and(|seen| *seen != versions) {
            request_rebuild(&data.join(SEARCH_FOLDER))?;
        }
        self.0 = Some(versions);
        Ok(())
    }
}
