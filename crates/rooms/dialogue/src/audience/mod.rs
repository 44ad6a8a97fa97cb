//! Who may take part in a process: the conditions that a clerk sets, and how residents show that they meet them.
//!
//! Conditions and what they mean come from the crate `allmende_audience`. Signing in and addresses are judged at every send; what is shown
//! once (a code from a letter, an entry of the census, postal code, age) is asked for on a page of its own and kept as a pass, which holds
//! the conditions that were met and nothing else. Owns the tables `audience_*`. Read in this order: [`rules`], [`words`], [`store`],
//! [`entry`] (what every send asks), [`show`] (the residents' page), [`desk`] and [`letters`] (lists and codes at the desk).

mod census;
pub mod desk;
pub mod entry;
mod form;
mod letters;
pub mod rules;
pub mod show;
pub mod store;
pub mod words;

pub(crate) use form::AudienceForm;

use allmende_audience::LetterCode;
use allmende_audience::code::{RANDOM, generate};
use allmende_core::Act;
use allmende_db::DbError;
use allmende_platform::chance;
use allmende_platform::texts::Source;
use allmende_platform::web::{Policy, Routes};

/// The texts of this folder.
pub const TEXTS: Source = Source { german: include_str!("i18n/de.ftl"), english: include_str!("i18n/en.ftl"), easy: include_str!("i18n/leicht.ftl") };

/// As many new codes as wanted, each of its own.
///
/// # Errors
/// If the system gives no randomness.
pub fn new_codes(count: usize) -> Result<Vec<LetterCode>, DbError> {
    let mut failed = None;
    let made = generate(count, || {
        chance::bytes::<RANDOM>().unwrap_or_else(|error| {
            failed = Some(error);
            [0; RANDOM]
        })
    });
    failed.map_or(Ok(made), Err)
}

pub(crate) fn routes() -> Routes {
    let run = Policy::Act(Act::RunProcesses);
    Routes::new()
        .get("/beteiligung/{slug}/mitmachen", Policy::Public, show::page)
        .post("/beteiligung/{slug}/mitmachen", Policy::Public, show::show)
        .get("/verwaltung/beteiligung/{id}/teilnahme", run, desk::page)
        .post("/verwaltung/beteiligung/{id}/einwohnerliste", run, census::upload)
        .post("/verwaltung/beteiligung/{id}/codes", run, letters::make)
        .post("/verwaltung/beteiligung/{id}/codes/sperren", run, desk::lock)
}
