//! The files of `demo/musterau`, embedded at build time and sorted by path.

/// Path below `demo/musterau` and text of each file, in order of path.
pub(crate) const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));
