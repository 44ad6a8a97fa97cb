//! The only list of all rooms: their routes, texts, navigation, sections of the start page, and the work behind the pages.

use crate::config::Config;
use crate::findable;
use crate::gazetteers::{self, Gazetteers};
use allmende_council::import::jobs as imports;
use allmende_db::{Db, DbError, Scope, Tx};
use allmende_decisions::reminders;
use allmende_dialogue::formats::discussion::mentions;
use allmende_dialogue::weighing::told;
use allmende_platform::app::{DeskEntry, FrontPart, NavEntry, Ports};
use allmende_platform::changes;
use allmende_platform::claims;
use allmende_platform::departments;
use allmende_platform::files::Files;
use allmende_platform::jobs::{self, Backoff, Every, Handlers, JobContext, JobError, Outcome};
use allmende_platform::mail::{self, Mailer, OnReturned};
use allmende_platform::personal::Personal;
use allmende_platform::search::EnrichDocument;
use allmende_platform::sessions;
use allmende_platform::texts::{Source, Texts, TextsError};
use allmende_platform::thread;
use allmende_platform::web::{Routes, guard};
use allmende_search_index::Indexer;
use allmende_undertakings::mails as answers;
use anyhow::Result;
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

/// The routes of all rooms.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .merge(allmende_start::routes())
        .merge(allmende_search::routes())
        .merge(allmende_accounts::routes())
        .merge(allmende_council::routes())
        .merge(allmende_decisions::routes())
        .merge(allmende_dialogue::routes())
        .merge(allmende_operations::routes())
        .merge(allmende_places_room::routes())
        .merge(allmende_subscriptions::routes())
        .merge(allmende_undertakings::routes())
        .merge(allmende_moderation::routes())
}

const TEXTS: &[Source] = &[
    allmende_platform::TEXTS,
    allmende_start::TEXTS,
    allmende_search::TEXTS,
    allmende_accounts::TEXTS,
    allmende_council::TEXTS,
    allmende_decisions::TEXTS,
    allmende_dialogue::TEXTS,
    allmende_dialogue::audience::TEXTS,
    allmende_dialogue::formats::TEXTS,
    allmende_operations::TEXTS,
    allmende_places_room::TEXTS,
    allmende_subscriptions::TEXTS,
    allmende_undertakings::TEXTS,
    allmende_moderation::TEXTS,
];

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
    vec![
        NavEntry { key: "nav-start", path: "/" },
        NavEntry { key: "nav-dialogue", path: "/beteiligung" },
        NavEntry { key: "nav-council", path: "/rat" },
        NavEntry { key: "nav-decisions", path: "/beschluesse" },
        NavEntry { key: "nav-undertakings", path: "/vorhaben" },
        NavEntry { key: "nav-places", path: "/orte" },
        NavEntry { key: "nav-search", path: "/suche" },
    ]
}

/// The desk of the administration, in order.
#[must_use]
pub fn desk() -> Vec<DeskEntry> {
    let mut desk = allmende_council::desk();
    desk.extend(allmende_decisions::desk());
    desk.extend(allmende_undertakings::desk());
    desk.extend(allmende_dialogue::desk());
    desk.extend(allmende_moderation::desk());
    desk.extend(allmende_places_room::desk());
    desk.extend(allmende_accounts::desk());
    desk.extend(allmende_operations::desk());
    desk
}

/// The folder of the search index below the data folder. It is derived: a backup leaves it out, and losing it loses nothing.
pub const SEARCH_FOLDER: &str = "search";

/// Where rooms meet, and what keeps the search at what the database says as long as it lives.
///
/// # Errors
/// If the index's folder cannot be made.
pub fn ports(db: &Db, data: &Path) -> Result<(Ports, Indexer)> {
    let gazetteers = Gazetteers::new(db.clone());
    let enrich: EnrichDocument = Arc::new(move |site, document| gazetteers.enrich(site, document));
    let (index, indexer) = Indexer::start(db.clone(), findable::indexed(), &data.join(SEARCH_FOLDER), Arc::clone(&enrich))?;
    Ok((Ports { search: index, sources: findable::sources(), enrich, ..offers() }, indexer))
}

/// What rooms offer one another besides the search.
#[must_use]
pub fn offers() -> Ports {
    Ports {
        resolve_place: gazetteers::resolve,
        survey_place: gazetteers::survey,
        boundaries_path: "/orte.geojson",
        outcomes: Some(allmende_council::store::outcomes::OUTCOMES),
        attachments: Some(allmende_council::ATTACHMENTS),
        extras: vec![allmende_decisions::store::open::EXTRA],
        personal: PERSONAL.to_vec(),
        moderated: allmende_dialogue::OFFERED.into_iter().chain([allmende_undertakings::OFFERED]).collect(),
        ..Ports::default()
    }
}

/// What is kept of people with an account. Accounts come last: the others name them.
const PERSONAL: &[Personal] = &[
    allmende_dialogue::PERSONAL,
    allmende_subscriptions::PERSONAL,
    allmende_decisions::store::personal::PERSONAL,
    allmende_undertakings::store::personal::PERSONAL,
    allmende_moderation::PERSONAL,
    departments::PERSONAL,
    mail::PERSONAL,
    claims::PERSONAL,
    sessions::PERSONAL,
    thread::PERSONAL,
    allmende_accounts::PERSONAL,
];

/// The sections of the start page, in order.
#[must_use]
pub fn front() -> Vec<FrontPart> {
    vec![
        allmende_dialogue::pages::front::front_part,
        allmende_council::pages::front_part,
        allmende_undertakings::pages::front::front_part,
        allmende_decisions::pages::front::front_part,
        allmende_council::pages::decided_part,
    ]
}

/// Who is told that a mail came back.
pub const ON_RETURNED: &[OnReturned] = &[allmende_subscriptions::on_returned];

/// What follows the change feed in this process: works on the next changes and says whether there may be more.
pub type Follower = fn(&Db, &Ports) -> Result<bool>;

/// All followers by their names. The decisions come before the council, which follows them, and the subscriptions after both.
pub const FOLLOWERS: &[(&str, Follower)] = &[
    ("decisions", |db, ports| Ok(allmende_decisions::follow::step(db, ports)?)),
    ("council", |db, ports| Ok(allmende_council::follow(db, ports)?)),
    ("subscriptions", |db, ports| Ok(allmende_subscriptions::follow(db, ports)?)),
];

/// The work of all rooms by kind of job.
///
/// # Errors
/// A mail server whose name TLS cannot check; texts that cannot be read.
pub fn handlers(config: &Config, data: &Path) -> Result<Handlers> {
    let texts = texts()?;
    let mailer = Mailer::new(config.mail_settings(data))?.telling(ON_RETURNED);
    Ok(allmende_council::read_file::handlers(Handlers::new(), std::env::current_exe()?, false)
        .with_crowd(mail::JOB, Backoff::EAGER, move |mails| mailer.handle(mails))
        .with("tidy", Backoff::PATIENT, tidy)
        .with(allmende_subscriptions::jobs::JOB, Backoff::EAGER, move |context, _| allmende_subscriptions::jobs::handle(context, texts))
        .with(imports::IMPORT, Backoff::PATIENT, imports::import)
        .with(imports::IMPORT_ALL, Backoff::PATIENT, imports::import_all)
        .with(mentions::JOB, Backoff::PATIENT, move |context, _| mentions::handle(context, texts))
        .with(answers::JOB, Backoff::EAGER, move |context, request| answers::handle(context, request, texts))
        .with(told::JOB, Backoff::EAGER, move |context, _| told::handle(context, texts))
        .with(reminders::JOB, Backoff::PATIENT, move |context, _| reminders::handle(context, texts)))
}

/// The work that comes again and again.
#[must_use]
pub fn schedules() -> Vec<Every> {
    vec![
        Every { key: "tidy", seconds: 86_400, kind: "tidy" },
        imports::HOURLY,
        allmende_council::read_file::SCHEDULE,
        allmende_subscriptions::jobs::SCHEDULE,
        reminders::SCHEDULE,
        told::SCHEDULE,
        mentions::SCHEDULE,
    ]
}

/// Something that each room answers from its tables.
pub type Ask<T> = fn(&mut Tx<'_>) -> Result<T, DbError>;

/// What is deleted because its time is over, by each owner of a table.
const TIDY: &[Ask<u64>] = &[
    sessions::delete_expired,
    allmende_accounts::delete_outdated,
    allmende_subscriptions::delete_outdated,
    allmende_undertakings::delete_outdated,
    allmende_dialogue::delete_outdated,
    allmende_moderation::delete_outdated,
    guard::delete_old,
    jobs::delete_old,
    mail::delete_old,
    changes::delete_old,
];

fn tidy(context: &JobContext, _: &str) -> Result<Outcome, JobError> {
    for delete in TIDY {
        context.db.write_blocking(Scope::Installation, delete)?;
    }
    let mut named = HashSet::new();
    for list in KEPT {
        named.extend(context.db.read_blocking(Scope::Installation, list)?);
    }
    Files::of(&context.data).remove_unnamed(&named).map_err(|error| JobError::Transient(error.to_string()))?;
    Ok(Outcome::Done)
}

/// The contents of the data folder that rows refer to, by each room that keeps files.
pub const KEPT: &[Ask<Vec<String>>] = &[allmende_council::store::kept::list, allmende_dialogue::kept_files];
