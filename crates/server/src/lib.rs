//! The server: the command line, the configuration, and the only list of all rooms.
//!
//! Everything here is assembly; what the program can do stands in the rooms. Read in this order: [`rooms`], [`commands`].

pub mod commands;
pub mod config;
pub mod doctor;
pub mod figures;
pub mod findable;
pub mod followers;
pub mod gazetteers;
pub mod keys;
pub mod rooms;
