//! The start page and what belongs to the house itself: colours, logo, display settings, legal pages, list of interfaces.
//!
//! Owns the addresses `/`, `/darstellung`, `/schnittstellen` and the legal pages; owns no table. The sections of the start page
//! come from the rooms through [`allmende_platform::app::FrontPart`]. Read `pages` first.

mod files;
mod pages;

use allmende_platform::texts::Source;
use allmende_platform::web::{Policy, Routes};

/// The texts of this room.
pub const TEXTS: Source = allmende_platform::texts!();

/// The routes of this room.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/", Policy::Public, pages::start)
        .post("/darstellung", Policy::Public, pages::set_display)
        .get("/schnittstellen", Policy::Public, pages::interfaces)
        .get("/barrierefreiheit", Policy::Public, pages::accessibility)
        .get("/datenschutz", Policy::Public, pages::privacy)
        .get("/impressum", Policy::Public, pages::imprint)
        .get("/site.css", Policy::Public, files::colours)
        .get("/site.svg", Policy::Public, files::mark)
        .get("/logo", Policy::Public, files::logo)
        .get("/robots.txt", Policy::Public, files::robots)
}
