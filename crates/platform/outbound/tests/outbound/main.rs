//! The client against servers that mean well and servers that do not, all on loopback.
//!
//! `server` is the stage; `requests` what is sent and received, `redirects`, `limits` (servers that never end,
//! dawdle, lie or break off), `forbidden` (addresses that must not be asked, with a canary that counts).

#![allow(clippy::unwrap_used)]

mod forbidden;
mod limits;
mod redirects;
mod requests;
mod server;
