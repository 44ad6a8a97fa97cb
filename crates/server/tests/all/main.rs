//! The assembled program, driven through HTTP in an invented town on both engines, and what holds for all rooms together.
//!
//! Start with [`town`]; the snapshots in `tests/snapshots` are written again with `UPDATE_SNAPSHOTS=1`.

mod accounts;
mod administration;
mod audience;
mod care;
mod catalogue;
mod decisions;
mod desk;
mod dialogue;
mod entry;
mod fetched_files;
mod idea_pictures;
mod ideas;
mod interfaces;
mod limits;
mod links;
mod own_account;
mod own_data;
mod places;
mod policies;
mod reading;
mod registry;
mod residents;
mod search;
mod separation;
mod sign_in;
mod subscriptions;
mod town;
mod undertakings;
mod withdrawn;
