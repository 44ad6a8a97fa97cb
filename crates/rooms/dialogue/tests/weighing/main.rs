//! The weighing through this room alone: the run of five hundred statements on both engines, bundles and points, four eyes, files, mails.

mod bundles;
mod course;
mod town;
