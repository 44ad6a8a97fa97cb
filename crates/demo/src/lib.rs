//! The invented town of Musterau as plain structs, with dates that follow the calendar, and its papers as PDF.
//!
//! Owns the reading of the files in `demo/musterau`, the rule by which their dates move to the current week, the
//! checks that hold the town together, and the rendering of papers, invitations and minutes as accessible PDF.
//! Knows no database, no network, no clock and no room: the caller passes `today` and writes what it gets.
//! Read in this order: `model` (what a town is), `load`, `shift`, `check`, `document` (what a PDF says), `pdf`.

mod check;
pub mod document;
mod error;
mod files;
mod load;
pub mod model;
pub mod pdf;
mod shift;

pub use document::{Block, Document, Span};
pub use error::DemoError;
pub use model::*;

#[cfg(test)]
mod tests;
