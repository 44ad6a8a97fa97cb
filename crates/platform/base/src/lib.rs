//! What every room stands on: sites, sessions, texts in three languages, pages, routes with policies, assets, the thread.
//!
//! Knows no room. A room hands the server its [`web::Routes`], its texts and its part of the start page; the server puts
//! them together in [`app::App`]. Read in this order: [`app`], [`web`], [`texts`], [`sites`], [`thread`], [`changes`], [`search`].

pub mod app;
pub mod asked;
pub mod assets;
pub mod attachments;
pub mod chance;
pub mod changes;
pub mod claims;
pub mod clock;
pub mod dates;
pub mod departments;
pub mod files;
pub mod follow;
pub mod fresh;
pub mod guests;
pub mod jobs;
pub mod limits;
pub mod log;
pub mod mail;
pub mod markdown;
pub mod moderated;
pub mod money;
pub mod nouns;
pub mod outcomes;
pub mod passwords;
pub mod people;
pub mod personal;
pub mod picture_store;
pub mod pictures;
pub mod seal;
pub mod search;
pub mod sessions;
pub mod sites;
pub mod table;
pub mod texts;
pub mod thread;
pub mod tiles;
pub mod together;
pub mod web;

/// The texts of the platform itself.
pub const TEXTS: texts::Source = texts!();

pub use app::App;
pub use web::error::AppError;
pub use web::request::Ctx;
