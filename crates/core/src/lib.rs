//! The words every room shares: typed ids, instants, languages, refusals, actors and what a role may do.
//!
//! Pure: no database, no network, no clock, no async. Start with [`actor`] and [`permission`].

pub mod actor;
pub mod fold;
mod hex;
pub mod ident;
pub mod language;
pub mod permission;
pub mod redacted;
pub mod refusal;
pub mod time;

pub use actor::{Actor, Person, Role, Roles, SignedIn};
pub use hex::hex;
pub use ident::{Id, Site};
pub use language::Language;
pub use permission::{Act, may};
pub use redacted::Redacted;
pub use refusal::Refusal;
pub use time::Instant;
