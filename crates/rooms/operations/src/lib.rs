//! Operations: what an administrator sees of the installation, and the few things to do about it.
//!
//! Owns no table and the address `/verwaltung/betrieb`. Jobs and mails belong to the platform; this room shows them. What
//! only the machine's operator can do stands in `allmende doctor`. Read `pages` first.

mod pages;

use allmende_core::Act;
use allmende_platform::app::DeskEntry;
use allmende_platform::texts::Source;
use allmende_platform::web::{Policy, Routes};

/// The texts of this room.
pub const TEXTS: Source = allmende_platform::texts!();

/// The routes of this room.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get("/verwaltung/betrieb", Policy::Act(Act::SeeOperations), pages::overview).post(
        "/verwaltung/betrieb/aufgaben/{id}/wiederholen",
        Policy::Act(Act::SeeOperations),
        pages::retry,
    )
}

/// The entry of this room on the desk of the administration.
#[must_use]
pub fn desk() -> Vec<DeskEntry> {
    vec![DeskEntry { key: "admin-operations", help_key: "admin-operations-lead", path: "/verwaltung/betrieb", act: Act::SeeOperations }]
}
