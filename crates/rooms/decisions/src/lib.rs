//! Decisions and what became of them (Beschlusskontrolle): made from the council's outcomes, reported on by departments.
//!
//! Owns the tables `decision*` and the addresses below `/beschluesse`,
//! `/verwaltung/beschluesse` and `/verwaltung/aemter`. Learns of outcomes through [`allmende_platform::outcomes`] and the change feed;
//! knows nothing of meetings or imports. In the thread a paper is `decided_by` a decision, which was `discussed_in` an agenda item.
//! Read in this order: [`rules`], [`follow`], [`store`], [`pages`], [`desk`], [`open`], [`reminders`].

pub mod desk;
pub mod follow;
pub mod open;
pub mod pages;
pub mod reminders;
pub mod rules;
pub mod store;

use allmende_core::Act;
use allmende_platform::app::DeskEntry;
pub(crate) use allmende_platform::table;
use allmende_platform::texts::Source;
use allmende_platform::web::{Policy, Routes};

/// The texts of this room.
pub const TEXTS: Source = allmende_platform::texts!();

/// The routes of this room.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/beschluesse", Policy::Public, pages::list::list)
        .get("/beschluesse/{slug}", Policy::Public, pages::decision::decision)
        .get("/beschluesse/bericht/{name}", Policy::Public, pages::report::report)
        .get("/beschluesse.atom", Policy::Open, open::atom)
        .get("/beschluesse.json", Policy::Open, open::json)
        .get("/beschluesse.csv", Policy::Open, open::csv)
        .get("/beschluesse.csv-metadata.json", Policy::Open, open::csv_metadata)
        .merge(desk::routes())
}

/// What this room has on the desk of the administration.
#[must_use]
pub fn desk() -> Vec<DeskEntry> {
    vec![
        DeskEntry { key: "admin-decisions", help_key: "admin-decisions-help", path: "/verwaltung/beschluesse", act: Act::ReportDecisions },
        DeskEntry { key: "admin-explanations", help_key: "admin-explanations-help", path: "/verwaltung/erklaerungen", act: Act::ExplainDecisions },
        DeskEntry { key: "admin-departments", help_key: "admin-departments-help", path: "/verwaltung/aemter", act: Act::ManageDepartments },
    ]
}
