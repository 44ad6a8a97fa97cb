//! Places: the site's gazetteer of streets, districts and other places, its pages, and the recogniser made of it.
//!
//! Owns the tables `place` and `place_gazetteer` and the addresses below `/orte` and `/verwaltung/orte`. What a file says and
//! what a text names is decided by the crate `allmende-places`; the places of council papers (`/rat/orte`) belong to the
//! council. Knows no index: [`recognise::enrich`] adds to a document what its text names. Read in this order: [`store`],
//! [`recognise`], [`pages`], [`desk`].

pub mod desk;
pub mod pages;
pub mod recognise;
pub mod shape;
pub mod store;

use allmende_core::Act;
use allmende_platform::app::DeskEntry;
use allmende_platform::texts::Source;
use allmende_platform::web::{Policy, Routes};

/// The texts of this room.
pub const TEXTS: Source = allmende_platform::texts!();

/// The routes of this room.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/orte", Policy::Public, pages::index)
        .get("/orte/{slug}", Policy::Public, pages::place)
        .get("/orte.geojson", Policy::Open, pages::geojson)
        .get("/orte.csv", Policy::Open, pages::csv)
        .get("/verwaltung/orte", Policy::Act(Act::ManageSite), desk::overview)
        .post("/verwaltung/orte", Policy::Act(Act::ManageSite), desk::load)
        .post("/verwaltung/orte/pruefen", Policy::Act(Act::ManageSite), desk::preview)
}

/// The entry of this room on the desk of the administration.
#[must_use]
pub fn desk() -> Vec<DeskEntry> {
    vec![DeskEntry { key: "admin-places", help_key: "admin-places-help", path: "/verwaltung/orte", act: Act::ManageSite }]
}
