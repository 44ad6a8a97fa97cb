//! The only list of all rooms: their routes, texts, navigation and sections of the start page.

use allmende_core::Act;
use allmende_platform::app::{DeskEntry, FrontPart, NavEntry};
use allmende_platform::texts::{Source, Texts, TextsError};
use allmende_platform::web::Routes;

/// The routes of all rooms.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().merge(allmende_start::routes()).merge(allmende_council::routes())
}

const TEXTS: &[Source] = &[allmende_platform::TEXTS, allmende_start::TEXTS, allmende_council::TEXTS];

/// The texts of all rooms.
///
/// # Errors
/// A file that is not Fluent, or a key that stands in two rooms.
pub fn texts() -> Result<&'static Texts, TextsError> {
    Texts::load(TEXTS)
}

/// The main navigation, in order.
#[must_use]
pub fn navigation() -> Vec<NavEntry> {
    vec![NavEntry { key: "nav-start", path: "/" }, NavEntry { key: "nav-council", path: "/rat" }]
}

/// The sections of the start page, in order.
#[must_use]
pub fn front() -> Vec<FrontPart> {
    Vec::new()
}

/// The desk of the administration, in order.
#[must_use]
pub fn desk() -> Vec<DeskEntry> {
    vec![DeskEntry { key: "admin-council", help_key: "admin-council-help", path: "/verwaltung/rat", act: Act::ReadDrafts }]
}
