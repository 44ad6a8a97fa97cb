//! The room through HTTP in an invented town, on both engines: with a small kind of contribution that belongs to these tests.

#![cfg(test)]

mod appeals;
mod desk;
mod posts;
mod public;
mod reports;
