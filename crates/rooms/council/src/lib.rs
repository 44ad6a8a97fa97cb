//! The council room: meetings, agendas, papers, committees and people, and OParl in and out.
//!
//! Owns the tables `council_*` and the addresses below `/rat` and `/oparl`. Records each step in the thread; knows nothing of
//! processes, impulses or accounts. Read in this order: [`model`], [`import`], [`store`], then the pages and the OParl interface.

pub mod import;
pub mod model;
pub mod store;
