//! From a request to a page: who asks and where, which rule stands before a route, how answers and errors look.
//!
//! A request passes [`layers`] from the outside in: limits, panics, headers, the context (site, language, session), the check
//! against forged requests, the route's policy. Read in this order: [`routes`], [`request`], [`layers`], [`shell`].

pub mod assets;
pub mod cookies;
pub mod copies;
pub mod crowd;
pub mod download;
pub mod error;
pub mod forms;
pub mod guard;
pub mod layers;
pub mod map;
pub mod operations;
pub mod request;
pub mod routes;
pub mod serve;
pub mod shell;
pub mod upload;

pub use copies::Original;
pub use error::AppError;
pub use forms::{Choice, Fields, Form};
pub use guard::Guard;
pub use map::MapParts;
pub use request::Ctx;
pub use routes::{Policy, Routes};
pub use shell::{Crumb, Feed, Shell, page};
pub use upload::Upload;
