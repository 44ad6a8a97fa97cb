//! A gazetteer: streets, districts and other places of a town, read from files, and where a text names them.
//!
//! Pure: no database, no network, no clock. [`read::read`] makes a list of [`Place`]s out of a GeoJSON or CSV file or says,
//! line by line, what is wrong with it. A [`Recogniser`] finds those places in texts, resolves what somebody typed as an
//! address, and knows what lies where. Knows nothing of documents or sites. Read in this order: [`place`], [`geometry`],
//! [`read`], [`fold`], `spelling`, [`recogniser`], [`resolve`], [`drawn`].

mod context;
pub mod coordinates;
pub mod drawn;
pub mod fold;
pub mod geometry;
mod lists;
pub mod place;
pub mod read;
pub mod recogniser;
pub mod resolve;
mod spelling;
pub mod write;

pub use drawn::Drawn;
pub use geometry::{Geometry, Point};
pub use place::{Kind, Place};
pub use read::{Problem, Reading, Severity, Trouble};
pub use recogniser::{Mention, Recogniser, What};
pub use resolve::Candidate;
