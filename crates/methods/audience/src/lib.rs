//! Who may take part: conditions that a clerk sets per process, and the proofs that meet them.
//!
//! Pure: no database, no network, no clock, no chance; randomness and the day come as arguments. An [`Audience`] is a list of
//! [`Condition`]s that must all hold, kept as JSON; a [`Proof`] is what is known of somebody. A census file becomes keys that
//! are the same for every spelling of a name ([`census`]); letters carry codes that survive being copied by hand ([`code`]).
//! Plain names, birth dates and codes are never meant to be kept: whoever keeps something keeps keyed digests of
//! [`census::Claim::key`] and [`LetterCode::text`]. Knows nothing of processes, accounts or texts of pages: what is wrong is an
//! enum with a key. Read in this order: [`condition`], [`proof`], [`census`], [`names`], [`code`].

pub mod census;
pub mod code;
pub mod condition;
pub mod names;
pub mod postal;
pub mod proof;

pub use code::{CodeError, LetterCode};
pub use condition::{Audience, AudienceError, Condition};
pub use postal::PostalCode;
pub use proof::{Ask, Proof};
