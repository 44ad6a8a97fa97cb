//! Comments: the discussion of a process, and what people say on ideas. Threads, stance, order, history, mentions.
//!
//! Owns the tables `comment*` and the addresses `…/diskussion` and `…/kommentar`. Read in this order: [`rules`], [`ranking`],
//! [`store`], [`pages`], [`own`], [`mentions`].

pub mod mentions;
pub mod own;
pub mod pages;
pub mod ranking;
pub mod rules;
pub mod store;

use allmende_platform::web::Routes;

pub(super) fn routes() -> Routes {
    pages::routes()
}
