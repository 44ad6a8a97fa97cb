//! The weighing (Abwägung): equal points bundled, each answered once by two pairs of eyes, published, told and handed on.
//!
//! A statement has points, each point lies in one bundle, each bundle gets one answer: a code of XBeteiligung 1.2 and a reason. There is
//! no "partly": a statement is split. The desk takes new points up ([`store::bundles::take_up`]), proposes bundles ([`similar`]), and
//! carries each bundle through `open → proposed → approved → published` ([`rules`]). Read in this order: [`rules`], [`store`],
//! [`similar`], [`desk`], [`pages`], [`table`] with its files, [`told`].

pub mod desk;
pub mod pages;
pub mod rules;
pub mod similar;
pub mod store;
pub mod table;
pub mod told;

use allmende_platform::web::Routes;

/// The routes of the weighing, at the desk and in public.
pub(crate) fn routes() -> Routes {
    desk::routes().merge(pages::routes())
}
