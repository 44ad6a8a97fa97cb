//! Undertakings (Vorhaben): what the municipality intends to do, on one sheet each, and residents who ask to take part.
//!
//! Owns the tables `undertaking*` and the addresses below `/vorhaben`, `/konto/vorhaben` and `/verwaltung/vorhaben`. Ties its
//! undertakings to decisions, papers and processes through the thread; knows nothing of the rooms behind them. Read in this order:
//! [`rules`], [`sheet`], [`geometry`], [`store`], [`pages`], [`desk`], [`open`], [`mails`].

pub mod desk;
pub mod geometry;
pub mod mails;
pub mod open;
pub mod pages;
pub mod rules;
pub mod sheet;
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
    use pages::{ask, confirm, list, own, requests, sheet};
    let own_account = Policy::Act(Act::KeepOwnAccount);
    Routes::new()
        .get("/vorhaben", Policy::Public, list::list)
        .get("/vorhaben/karte", Policy::Public, list::map)
        .get("/vorhaben/anfragen", Policy::Public, requests::list)
        .get("/vorhaben/anfrage/gesendet", Policy::Public, ask::sent)
        .get("/vorhaben/anfrage/bestaetigen", Policy::Public, confirm::show)
        .post("/vorhaben/anfrage/bestaetigen", Policy::Public, confirm::confirm)
        .post("/vorhaben/anfrage/zurueckziehen", Policy::Public, confirm::leave)
        .get("/vorhaben/{slug}", Policy::Public, sheet::sheet)
        .post("/vorhaben/{slug}", Policy::Public, ask::ask)
        .get("/vorhaben.atom", Policy::Open, open::atom)
        .get("/vorhaben.json", Policy::Open, open::json)
        .get("/vorhaben.csv", Policy::Open, open::csv)
        .get("/vorhaben.csv-metadata.json", Policy::Open, open::csv_metadata)
        .get("/vorhaben.geojson", Policy::Open, open::geojson)
        .get("/konto/vorhaben", own_account, own::show)
        .post("/konto/vorhaben/{id}/zurueckziehen", own_account, own::leave)
        .merge(desk::routes())
}

pub use store::moderated::OFFERED;

/// What this room has on the desk of the administration.
#[must_use]
pub fn desk() -> Vec<DeskEntry> {
    vec![DeskEntry { key: "admin-undertakings", help_key: "admin-undertakings-help", path: "/verwaltung/vorhaben", act: Act::ReportUndertakings }]
}

/// Removes what is of no use any more: requests nobody confirmed. For a daily job, for the whole installation.
///
/// # Errors
/// What the database reports.
pub fn delete_outdated(tx: &mut allmende_db::Tx<'_>) -> Result<u64, allmende_db::DbError> {
    store::askers::delete_unconfirmed(tx)
}
