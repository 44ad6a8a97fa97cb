//! Subscriptions: whoever wants to hear of a search, a committee, a paper, a thread or a place is told, once, and can stop at once.
//!
//! Owns the tables `subscription_reader`, `subscription`, `subscription_item`, `subscription_news` and `subscription_try`, and the
//! addresses `/abonnieren`, `/abos` and `/konto/abos`. Follows the change feed, asks the rooms' sources for documents and the search
//! which of them match; reads nodes, links and events of the thread. Addresses stand in `subscription_reader` only, those of
//! accounts in `person`, from where they are read when a mail is written. Knows nothing of what rooms publish. What is news and whose
//! it is follows the feed at once ([`follow`]); mails go out by the clock ([`jobs`]). Read in this order: [`rules`], [`address`],
//! [`news`], [`matching`], [`digest`], [`jobs`], `pages`.

pub mod address;
pub mod digest;
mod feeds;
pub mod jobs;
mod mails;
pub mod matching;
pub mod news;
mod pages;
pub mod rules;
pub mod store;

pub use store::personal::PERSONAL;

use allmende_core::Act;
use allmende_db::{Db, DbError, Tx};
use allmende_platform::app::Ports;
use allmende_platform::mail::{self, Returned};
use allmende_platform::texts::Source;
use allmende_platform::web::{Policy, Routes};

/// The texts of this room.
pub const TEXTS: Source = allmende_platform::texts!();

/// The routes of this room.
#[must_use]
pub fn routes() -> Routes {
    use pages::{confirm, leave, manage, subscribe};
    let own = Policy::Act(Act::KeepOwnAccount);
    Routes::new()
        .get("/abonnieren", Policy::Public, subscribe::show)
        .post("/abonnieren", Policy::Public, subscribe::subscribe)
        .get("/abonnieren/gesendet", Policy::Public, subscribe::sent)
        .get("/abonnieren/bestaetigen", Policy::Public, confirm::show)
        .post("/abonnieren/bestaetigen", Policy::Public, confirm::confirm)
        .get("/abos", Policy::Public, subscribe::lost)
        .post("/abos", Policy::Public, subscribe::send_link)
        .get("/abos/feed/{secret}/neues.atom", Policy::Public, feeds::atom)
        .get("/abos/feed/{secret}/termine.ics", Policy::Public, feeds::calendar)
        .get("/abos/{secret}", Policy::Public, manage::show)
        .post("/abos/{secret}/abo", Policy::Public, manage::change)
        .post("/abos/{secret}/zeit", Policy::Public, manage::set_schedule)
        .post("/abos/{secret}/weiter", Policy::Public, manage::resume)
        .post("/abos/{secret}/loeschen", Policy::Public, manage::erase)
        .get("/abos/{secret}/daten.json", Policy::Public, manage::export)
        .get("/abos/{secret}/abmelden", Policy::Public, leave::show)
        .post("/abos/{secret}/abmelden", Policy::Public, leave::leave)
        .get("/konto/abos", own, manage::show_own)
        .post("/konto/abos/abo", own, manage::change_own)
        .post("/konto/abos/zeit", own, manage::set_schedule_own)
        .post("/konto/abos/weiter", own, manage::resume_own)
        .post("/konto/abos/loeschen", own, manage::erase_own)
        .get("/konto/abos/daten.json", own, manage::export_own)
}

/// Follows the change feed: keeps what is news and whose it is. Returns whether there may be more.
///
/// # Errors
/// What the database or the search reports; the changes wait then.
pub fn follow(db: &Db, ports: &Ports) -> Result<bool, matching::StepError> {
    Ok(matching::step(db, ports)?.changes > 0)
}

/// A mail came back: the subscriptions of its address on this site rest until their owner lets them go on.
///
/// # Errors
/// What the database reports.
pub fn on_returned(tx: &mut Tx<'_>, returned: &Returned) -> Result<(), DbError> {
    store::readers::pause(tx, &mail::folded(&returned.recipient), returned.cause)
}

/// Removes what is of no use any more: requests nobody confirmed, old news, old tries. For a daily job, for the whole installation.
///
/// # Errors
/// What the database reports.
pub fn delete_outdated(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    Ok(store::delete_unconfirmed(tx)? + store::news::delete_old(tx)? + store::tries::delete_old(tx)?)
}
