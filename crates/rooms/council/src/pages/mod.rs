//! The public pages of the council, below `/rat`. One file for each family of pages; [`words`] turns council matters into
//! residents' words, [`address`] keeps addresses permanent.
//!
//! Every page is one closure on the database with at most five statements, then a template. Read in this order: [`words`],
//! [`papers`], [`paper`], [`meeting`].

pub mod address;
pub mod calendar;
pub mod entrance;
pub mod file;
pub mod front;
pub mod markup;
pub mod meeting;
pub mod meetings;
pub mod organizations;
pub mod paper;
pub mod papers;
pub mod people;
pub mod places;
pub mod words;

pub use front::{decided_part, front_part};

use allmende_platform::Ctx;
use allmende_platform::app::App;
use allmende_platform::web::{Policy, Routes, Shell};

/// The routes of the public pages.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/rat", Policy::Public, entrance::entrance)
        .get("/rat/kalender", Policy::Public, calendar::calendar)
        .get("/rat/sitzungen", Policy::Public, meetings::meetings)
        .get("/rat/sitzungen/{slug}", Policy::Public, meeting::meeting)
        .get("/rat/vorlagen", Policy::Public, papers::papers)
        .get("/rat/vorlagen/{slug}", Policy::Public, paper::paper)
        .get("/rat/dateien/{id}", Policy::Public, file::file)
        .get("/rat/gremien", Policy::Public, organizations::organizations)
        .get("/rat/gremien/{slug}", Policy::Public, organizations::organization)
        .get("/rat/menschen", Policy::Public, people::people)
        .get("/rat/menschen/{slug}", Policy::Public, people::person)
        .get("/rat/wahlperioden", Policy::Public, organizations::terms)
        .get("/rat/orte", Policy::Public, places::places)
        .get("/rat/orte/{slug}", Policy::Public, places::place)
        .get("/rat/alt", Policy::Public, address::old)
}

/// Media types of what a page offers to take along.
const ATOM: &str = "application/atom+xml";
const CALENDAR: &str = "text/calendar";

/// The surroundings of a page below `/rat`.
fn shell(app: &App, ctx: &Ctx, title: impl Into<String>) -> Shell {
    Shell::new(app, ctx, title).crumb(ctx.t.get("council-start"), "/").crumb(ctx.t.get("council-rat"), "/rat")
}
