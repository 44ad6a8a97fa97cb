//! The public pages of the council, below `/rat`.

use allmende_platform::web::Routes;

/// The routes of the public pages.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
}
