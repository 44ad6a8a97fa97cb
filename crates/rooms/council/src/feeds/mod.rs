//! Calendars and feeds: every meeting for one's own calendar, new papers for programs that collect news.
//!
//! Only public rows reach this module ([`crate::store::feeds`]). The formats are written by libraries: RFC 5545 by `icalendar`,
//! RFC 4287 by `atom_syndication`.

pub mod atom;
pub mod calendar;

use allmende_platform::web::{Policy, Routes};

/// The routes of calendars and feeds.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/rat/kalender.ics", Policy::Open, calendar::all)
        .get("/rat/gremien/{slug}/kalender.ics", Policy::Open, calendar::of_organization)
        .get("/rat/vorlagen.atom", Policy::Open, atom::all)
        .get("/rat/gremien/{slug}/vorlagen.atom", Policy::Open, atom::of_organization)
        .get("/rat/orte/{slug}/vorlagen.atom", Policy::Open, atom::of_location)
}

/// The row number at the front of a readable address.
fn number_of<T>(slug: &str) -> Option<allmende_core::Id<T>> {
    slug.split('-').next()?.parse().ok()
}

/// Others may ask again after five minutes; the site answers from its own data at once.
const CACHED: &str = "public, max-age=300";
