//! The one way out: every request of the product to another server goes through this client.
//!
//! Importers, the link checker, web hooks and signing in with accounts elsewhere share its limits: only `http` and `https`, only addresses that
//! everybody may reach (unless the operator opens the own network), each name looked up once and connected to
//! exactly where it was checked, every redirect checked anew, and bounds on bytes, headers and time. Knows
//! nothing of OParl or of databases, keeps nothing on disk. Read in this order: `policy`, `client`, `target`,
//! `resolver`, `body`, `retry`.
//!
//! ```no_run
//! use allmende_outbound::{Backoff, Client, Policy, Request, Sleep, retry};
//!
//! let client = Client::new(Policy::default());
//! let request = Request::new("https://rat.example.org/oparl/v1.1/system");
//! let system = retry(&Backoff::with_seed(1), &mut Sleep, |_| client.get(&request))?;
//! # Ok::<(), allmende_outbound::FetchError>(())
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod address;
mod body;
mod client;
mod error;
mod policy;
mod resolver;
mod response;
mod retry;
mod target;

pub use address::{AddressClass, class_of};
pub use client::{Client, Request};
pub use error::{FetchError, Phase};
pub use policy::{Policy, Ports};
pub use resolver::{Lookup, SystemLookup};
pub use response::{Download, Headers, Response, RetryAfter, Written};
pub use retry::{Answered, Backoff, Pause, Sleep, retry};
