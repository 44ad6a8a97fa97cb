//! Ideas: residents propose something, others support and discuss it, the house answers.
//!
//! Owns the tables `idea*` and the addresses `…/ideen`. Comments are those of [`super::discussion`]. Read in this order: [`rules`],
//! [`similar`], [`store`], [`pages`], [`desk`].

pub mod desk;
pub mod pages;
pub mod rules;
pub mod similar;
pub mod store;

use allmende_platform::web::Routes;

pub(super) fn routes() -> Routes {
    pages::routes().merge(desk::routes())
}
