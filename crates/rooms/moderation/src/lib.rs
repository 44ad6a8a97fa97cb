//! Moderation: reports of contributions, decisions on them with reasons, objections, and the public log of all of it.
//!
//! Owns the tables `moderation_report`, `moderation_decision` and `moderation_appeal`, and the addresses `/moderation…`, `/meldung…` and
//! `/verwaltung/moderation…`. Works on contributions of other rooms by kind and number through
//! [`allmende_platform::moderated`]; knows nothing of what they are. What no room offers there can be reported too: then it is a
//! page, and the house answers without hiding anything itself.
//! The law behind it is the Digital Services Act: notices (Art. 16), statements of reasons (Art. 17), complaints within six months
//! decided by a person (Art. 20). Nobody needs an account for any of it; secret links are made from the row's number by
//! [`allmende_platform::seal`], so none is kept. Read in this order: [`rules`], [`store`], [`acts`], [`pages`], [`desk`], [`open`].

pub mod acts;
pub mod desk;
mod links;
mod mails;
pub mod open;
pub mod pages;
pub mod rules;
pub mod store;

use allmende_core::Act;
use allmende_platform::app::DeskEntry;
use allmende_platform::personal::Personal;
use allmende_platform::texts::Source;
use allmende_platform::web::{Policy, Routes};

/// The texts of this room.
pub const TEXTS: Source = allmende_platform::texts!();

/// The routes of this room.
#[must_use]
pub fn routes() -> Routes {
    let moderate = Policy::Act(Act::Moderate);
    Routes::new()
        .get("/moderation", Policy::Public, pages::log::log)
        .get("/moderation/regeln", Policy::Public, pages::rules::rules)
        .get("/moderation.csv", Policy::Open, open::csv)
        .get("/moderation.atom", Policy::Open, open::atom)
        .get("/meldung", Policy::Public, pages::report::show)
        .post("/meldung", Policy::Public, pages::report::send)
        .get("/meldung/rechtswidrig", Policy::Public, pages::notice::show)
        .post("/meldung/rechtswidrig", Policy::Public, pages::notice::send)
        .get("/meldung/stand/{secret}", Policy::Public, pages::status::of_report)
        .post("/meldung/stand/{secret}/widerspruch", Policy::Public, pages::status::appeal_of_reporter)
        .get("/meldung/entscheidung/{secret}", Policy::Public, pages::status::of_decision)
        .post("/meldung/entscheidung/{secret}/widerspruch", Policy::Public, pages::status::appeal_of_author)
        .get("/verwaltung/moderation", moderate, desk::queue::queue)
        .get("/verwaltung/moderation/regeln", Policy::Act(Act::ManageSite), desk::rules::show)
        .post("/verwaltung/moderation/regeln", Policy::Act(Act::ManageSite), desk::rules::save)
        .get("/verwaltung/moderation/{kind}/{id}", moderate, desk::case::show)
        .post("/verwaltung/moderation/{kind}/{id}", moderate, desk::case::decide)
        .post("/verwaltung/moderation/widerspruch/{id}", moderate, desk::case::decide_appeal)
}

/// The entry of this room on the desk of the administration.
#[must_use]
pub fn desk() -> Vec<DeskEntry> {
    vec![DeskEntry { key: "admin-moderation", help_key: "admin-moderation-help", path: "/verwaltung/moderation", act: Act::Moderate }]
}

pub use store::delete_outdated;

/// What is kept of people with an account: who decided, so that somebody else decides an objection.
pub const PERSONAL: Personal = Personal { erase: store::forget_person, ..Personal::NOTHING };
