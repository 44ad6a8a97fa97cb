//! SQL stands in stores: `store.rs`, a folder `store`, the platform. Tests may ask the database what they like.

use super::{Findings, rust, tree::Tree};

/// The macro that registers a statement.
const STATEMENT: &str = "sql!(";

pub fn check(tree: &Tree, findings: &mut Findings) {
    for file in tree.rust() {
        let is_store = file.name() == "store.rs" || file.is_in("store");
        if is_store || file.path.starts_with("crates/platform/") {
            continue;
        }
        for at in rust::places_of(&file.code, STATEMENT) {
            let line = rust::line_of(&file.code, at);
            if !file.is_test_line(line) {
                findings.error(&file.path, line + 1, "SQL outside of `store.rs`");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::tests::errors;

    #[test]
    fn a_statement_outside_of_a_store_is_found() {
        let text = "//! a\nfn f() { sql!(\"SELECT 1\"); }\n";
        let count = |path: &str| errors(check, &[(path, text)]).len();
        assert_eq!(count("crates/rooms/a/src/pages.rs"), 1);
        assert_eq!(count("crates/rooms/a/src/store.rs"), 0);
        assert_eq!(count("crates/rooms/a/src/store/papers.rs"), 0);
        assert_eq!(count("crates/platform/db/src/lib.rs"), 0);
        assert_eq!(count("crates/rooms/a/src/tests.rs"), 0);
        assert_eq!(errors(check, &[("crates/a.rs", "// sql!(…)")]).len(), 0);
    }
}
