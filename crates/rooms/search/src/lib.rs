//! The one entrance: a search over everything public, as page, map, JSON, Atom and OpenSearch, with suggestions while typing.
//!
//! Owns the addresses below `/suche` and `/opensearch.xml`; owns no table and knows no index: it asks
//! [`allmende_platform::search::Search`], which the server puts into the ports. An address as a query and back is
//! [`allmende_platform::asked`]. Read in this order: [`words`], [`shown`] (hits in residents' words), [`pages`], [`api`].

pub mod api;
pub mod pages;
pub mod shown;
pub mod words;

use allmende_platform::texts::Source;
use allmende_platform::web::{Policy, Routes};

/// The texts of this room.
pub const TEXTS: Source = allmende_platform::texts!();

/// The routes of this room.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/suche", Policy::Public, pages::results)
        .get("/suche/karte", Policy::Public, pages::map)
        .get("/suche/hilfe", Policy::Public, pages::help)
        .get("/suche/vorschlaege.json", Policy::Public, api::suggestions)
        .get("/suche.json", Policy::Open, api::json)
        .get("/suche.atom", Policy::Open, api::atom)
        .get("/opensearch.xml", Policy::Public, api::open_search)
}
