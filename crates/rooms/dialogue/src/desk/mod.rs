//! The desk.

use allmende_platform::web::Routes;

pub(crate) fn routes() -> Routes {
    Routes::new()
}
