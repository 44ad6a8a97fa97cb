//! Accounts: who signs in, how they come in, and who may do what on a site.
//!
//! Owns the tables `person`, `person_role`, `person_identity`, `passkey`, `passkey_challenge`, `sign_in_link`, `sign_in_provider`,
//! `sign_in_errand`, `sign_in_arrival`, `registration` and `attempt`, and the addresses `/registrieren`, `/anmelden`, `/abmelden`,
//! `/konto`, `/passwort-vergessen`, `/passwort-neu`, `/willkommen`, `/verwaltung`, `/verwaltung/menschen` and `/verwaltung/seite`. Sessions belong to the
//! platform; the settings of a site too, this room has their pages. Knows nothing of what other rooms let people do beyond the
//! desk's entries. Read in this order: `rules`, `store`, `pages::sign_in`, `pages::register`,
//! `pages::links`, the other pages, `oidc` (accounts elsewhere), `passkeys`, `console`.

pub mod console;
mod mails;
mod oidc;
mod pages;
mod passkeys;
pub mod rules;
mod store;

pub use store::personal::PERSONAL;

use allmende_core::Act;
use allmende_db::{DbError, Tx};
use allmende_platform::app::DeskEntry;
use allmende_platform::texts::Source;
use allmende_platform::web::{Policy, Routes};

/// The texts of this room.
pub const TEXTS: Source = allmende_platform::texts!();

/// The desk's entries of this room.
#[must_use]
pub fn desk() -> Vec<DeskEntry> {
    vec![
        DeskEntry { key: "admin-people", help_key: "admin-people-help", path: "/verwaltung/menschen", act: Act::ManagePeople },
        DeskEntry { key: "admin-site", help_key: "admin-site-help", path: "/verwaltung/seite", act: Act::ManageSite },
    ]
}

/// The routes of this room.
#[must_use]
pub fn routes() -> Routes {
    use oidc::{arrival, pages as extern_pages, settings};
    use pages::{account, desk, farewell, given, links, own_address, own_data, people, register, sign_in, sign_in_link, site, site_parts, ways_in};
    use passkeys::pages as passkey_pages;
    let (own, people_act, site_act) = (Policy::Act(Act::KeepOwnAccount), Policy::Act(Act::ManagePeople), Policy::Act(Act::ManageSite));
    Routes::new()
        .get("/anmelden", Policy::Public, sign_in::show)
        .post("/anmelden", Policy::Public, sign_in::sign_in)
        .post("/anmelden/link-schicken", Policy::Public, sign_in_link::ask)
        .get(sign_in_link::SENT, Policy::Public, register::sent)
        .get("/anmelden/link", Policy::Public, sign_in_link::show)
        .post("/anmelden/link", Policy::Public, sign_in_link::accept)
        .post("/anmelden/passkey", Policy::Public, passkey_pages::sign_in)
        .get(extern_pages::BEGIN, Policy::Public, extern_pages::begin)
        .get(extern_pages::BACK, Policy::Public, extern_pages::come_back)
        .get(arrival::PATH, Policy::Public, arrival::show)
        .post(arrival::PATH, Policy::Public, arrival::make)
        .post("/anmelden/extern/verbinden", own, arrival::link)
        .get(extern_pages::LEAVE, Policy::Public, extern_pages::leave)
        .get(register::PATH, Policy::Public, register::show)
        .post(register::PATH, Policy::Public, register::register)
        .get(register::SENT, Policy::Public, register::sent)
        .get(register::CONFIRM, Policy::Public, register::show_confirm)
        .post(register::CONFIRM, Policy::Public, register::confirm)
        .post("/abmelden", Policy::Public, sign_in::sign_out)
        .get("/passwort-vergessen", Policy::Public, links::forgotten)
        .post("/passwort-vergessen", Policy::Public, links::send_reset)
        .get("/passwort-neu", Policy::Public, links::show)
        .post("/passwort-neu", Policy::Public, links::accept)
        .get("/willkommen", Policy::Public, links::show)
        .post("/willkommen", Policy::Public, links::accept)
        .get("/konto", own, account::show)
        .post("/konto", own, account::set_profile)
        .post("/konto/passwort", own, account::set_password)
        .post("/konto/sitzungen", own, account::end_sessions)
        .post("/konto/adresse-aendern", own, own_address::ask)
        .get(own_address::PATH, Policy::Public, own_address::show)
        .post(own_address::PATH, Policy::Public, own_address::confirm)
        .get(ways_in::PATH, own, ways_in::show)
        .post("/konto/zugang/passkey", own, passkey_pages::add)
        .post("/konto/zugang/entfernen", own, ways_in::remove)
        .get("/konto/beitraege", own, given::show)
        .get("/konto/daten", own, own_data::show)
        .get("/konto/daten.json", own, own_data::file)
        .get("/konto/loeschen", own, farewell::show)
        .post("/konto/loeschen", own, farewell::delete)
        .get("/verwaltung", Policy::Act(Act::EnterDesk), desk::show)
        .get("/verwaltung/menschen", people_act, people::list)
        .post("/verwaltung/menschen", people_act, people::invite)
        .get("/verwaltung/menschen/{id}", people_act, people::show)
        .post("/verwaltung/menschen/{id}", people_act, people::set_roles)
        .post("/verwaltung/menschen/{id}/sperre", people_act, people::set_blocked)
        .post("/verwaltung/menschen/{id}/link", people_act, people::print_link)
        .get("/verwaltung/seite", site_act, site::show)
        .post("/verwaltung/seite", site_act, site::save)
        .get("/verwaltung/seite/vorschau.svg", site_act, site::preview)
        .post("/verwaltung/seite/adressen", site_act, site_parts::set_hosts)
        .post("/verwaltung/seite/logo", site_act, site_parts::set_logo)
        .get(settings::PATH, site_act, settings::show)
        .post(settings::PATH, site_act, settings::save)
        .get("/verwaltung/seite/texte", site_act, site_parts::show_texts)
        .post("/verwaltung/seite/texte", site_act, site_parts::save_texts)
}

/// Removes what is of no use any more: old windows of tries, ended links, registrations that nobody confirmed, errands to a provider
/// and arrivals from one, answered challenges. For a daily job, for the whole installation.
///
/// # Errors
/// What the database reports.
pub fn delete_outdated(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    let ended = store::links::delete_ended(tx)? + store::registrations::delete_ended(tx)? + store::providers::delete_ended(tx)?;
    Ok(store::attempts::delete_old(tx)? + ended + store::passkeys::delete_ended(tx)?)
}
