//! Entry by hand, for towns without a council system or licence: the desk below `/verwaltung/rat`.
//!
//! What is entered goes through the same writing functions as what is imported. Read in this order: [`rules`] (what is
//! allowed), `store::entry` (rows), then the pages.

pub mod names;
pub mod rules;
