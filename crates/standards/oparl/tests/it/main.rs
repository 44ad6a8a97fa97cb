//! What the crate promises, from outside: against the standard's own schema, against the mistakes of real servers one by
//! one, against arbitrary JSON, and against two recorded councils. Start with `tolerance`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod pages;
mod properties;
mod real_data;
mod schema;
mod shared;
mod tolerance;
