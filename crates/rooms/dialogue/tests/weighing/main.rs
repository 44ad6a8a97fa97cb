//! The weighing through this room alone: the run of five hundred statements on both engines, bundles and points, four eyes, files,
//! mails, statements that were taken back, what an account gave.

mod bundles;
mod course;
mod given;
mod town;
mod withdrawn;
