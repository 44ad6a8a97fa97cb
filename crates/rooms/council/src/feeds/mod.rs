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

/// A text without the control characters that neither XML nor iCalendar may contain: titles of other servers have some.
fn clean(text: &str) -> String {
    text.chars().filter(|letter| matches!(letter, '\n' | '\t') || !(letter.is_control() || matches!(letter, '\u{FFFE}' | '\u{FFFF}'))).collect()
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn what_a_feed_must_not_contain_is_left_out() {
        assert_eq!(clean("Bau\u{2}plan\u{b}\r\nÄ\t\u{85}\u{FFFF} 😀"), "Bauplan\nÄ\t 😀");
    }
}
