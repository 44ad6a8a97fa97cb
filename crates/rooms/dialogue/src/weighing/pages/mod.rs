//! The weighing in public: all answers with their counts, the table as files, answers that are later than promised.

pub mod answers;
pub mod files;
pub mod late;

use allmende_platform::web::{Policy, Routes};

pub(crate) fn routes() -> Routes {
    Routes::new().get("/beteiligung/ueberfaellig", Policy::Public, late::list).get("/beteiligung/{slug}/antworten", Policy::Public, answers::list).get(
        "/beteiligung/{slug}/antworten/{name}",
        Policy::Open,
        files::public,
    )
}
