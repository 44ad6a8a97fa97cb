//! Rules receive time and chance as arguments: only the platform asks the clock or the random source.

use super::{Findings, rust, tree::Tree};

const SOURCES: &[&str] = &["Timestamp::now", "SystemTime::now", "Instant::now", "Zoned::now", "getrandom", "rand::", "fastrand::"];

/// Where they may stand: the seam itself, what assembles the program, the tools.
const ALLOWED: &[&str] = &["crates/platform/", "crates/server/", "crates/xtask/"];

pub fn check(tree: &Tree, findings: &mut Findings) {
    for file in tree.rust() {
        if ALLOWED.iter().any(|folder| file.path.starts_with(folder)) {
            continue;
        }
        for source in SOURCES {
            for at in rust::places_of(&file.code, source) {
                let line = rust::line_of(&file.code, at);
                if !file.is_test_line(line) {
                    findings.error(&file.path, line + 1, format!("`{source}` outside of the platform"));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{SOURCES, check};
    use crate::tidy::tests::errors;

    #[test]
    fn each_source_is_found_in_a_room_and_allowed_in_platform_and_tests() {
        for source in SOURCES {
            let text = format!("//! a\nfn f() {{ {source}(); }}\n");
            let count = |path: &str| errors(check, &[(path, &text)]).len();
            assert_eq!(count("crates/rooms/a/src/rules.rs"), 1, "{source}");
            assert_eq!(count("crates/core/src/lib.rs"), 1, "{source}");
            assert_eq!(count("crates/platform/base/src/lib.rs"), 0, "{source}");
            assert_eq!(count("crates/server/src/main.rs"), 0, "{source}");
            assert_eq!(count("crates/rooms/a/src/tests.rs"), 0, "{source}");
        }
    }
}
